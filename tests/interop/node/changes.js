// The feed of changes: it goes on where it was, in order and without gaps, and tells
// no values.

const MEMBERS = [
  "Sequence", "At", "ByUserId", "ByUsername", "Thing", "Id", "Name", "Action", "Fields", "ImportId",
];

export class Changes {
  constructor(caller) {
    this.caller = caller;
    this.checks = caller.checks;
  }

  /** Where the feed ends before the story begins. */
  async remember() {
    const { token } = await this.all(undefined, 200);
    this.token = token;
  }

  /** Everything since `since`, in pages of `max`. */
  async all(since, max) {
    const changes = [];
    let token = since;
    let more = true;
    while (more) {
      const given = token === undefined ? { max } : { since: token, max };
      const answer = await this.caller.account("GetChanges", given);
      const page = answer.Changes?.Change ?? [];
      const full = !answer.HasMore || page.length > 0;
      this.checks.holds("changes of a page", `at most ${max}`, page.length <= max, page.length);
      this.checks.holds("changes of a page", "some, as there are more", full, page.length);
      changes.push(...page);
      token = answer.Token;
      more = answer.HasMore;
    }
    return { changes, token };
  }

  async tell(userId) {
    const { checks } = this;
    const { changes, token } = await this.all(this.token, 5);
    const sequences = changes.map((change) => change.Sequence);
    const expected = sequences.map((_, at) => sequences[0] + at);
    checks.equal("Sequence, one by one", expected, sequences);
    checks.holds("Token", "another one", token !== this.token, token);
    const ours = changes.filter(({ Thing, Id }) => Thing === "User" && Id === String(userId));
    const actions = ours.map((change) => change.Action);
    checks.equal("first change of ours", "Created", actions[0]);
    const updates = new Set(actions.slice(1));
    checks.equal("further changes of ours", ["Updated"], [...updates]);
    const byAdministrator = ours[0].ByUsername;
    checks.equal("who made ours", this.caller.administrator.name, byAdministrator);
    checks.holds("At", "a date", ours[0].At instanceof Date, ours[0].At);
    const fields = ours.flatMap((change) => change.Fields?.string ?? []);
    for (const field of ["Roles", "MaxActiveChats", "ChatSounds", "ChatPopup", "Password"]) {
      checks.has("fields of our changes", field, fields);
    }
    this.tellNoValue(ours);
  }

  tellNoValue(changes) {
    for (const change of changes) {
      this.checks.equal("members of a change", MEMBERS, Object.keys(change));
    }
    // A time may hold anything.
    const told = JSON.stringify(changes.map((change) => ({ ...change, At: undefined })));
    for (const value of ["-Pass-2026", "W. Europe", "12.5", "+49 30", "Zoë", "@example.org"]) {
      this.checks.holds("our changes", `no ${value}`, !told.includes(value), told);
    }
  }
}
