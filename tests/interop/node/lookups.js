// The lists that svcAccounts answers, those of people by pages, and callers who are
// told of by HTTP Basic or a UsernameToken alone.

export class Lookups {
  constructor(caller, people, roleId) {
    this.caller = caller;
    this.checks = caller.checks;
    this.people = people;
    this.roleId = roleId;
  }

  async tell() {
    await this.lists();
    await this.listsOfPeople();
    await this.byOtherCredentials();
  }

  async lists() {
    const { caller, checks } = this;
    const zones = (await caller.account("ListTimeZones")).TimeZones.TimeZone;
    const berlin = zones.find((zone) => zone.Iana === "Europe/Berlin");
    checks.equal("Windows id of Europe/Berlin", "W. Europe Standard Time", berlin?.Windows);
    const roles = (await caller.account("ListRoles")).Roles.Role;
    const ids = roles.map((role) => role.RoleId);
    checks.equal("roles that are always there", [1, 2, 3, 4, 5, 6], ids.slice(0, 6));
    checks.has("all roles", this.roleId, ids);
    const { Providers: providers } = await caller.account("ListAvatarProviders");
    const always = ["None", "Upload", "Gravatar"];
    checks.equal("first providers of avatars", always, providers.string.slice(0, 3));
    const languages = (await caller.account("ListLanguages")).Languages.Language;
    const tags = languages.map((language) => language.Tag);
    checks.has("languages", "en", tags);
    const dictionaries = (await caller.account("ListDictionaries")).Languages.Language;
    const count = dictionaries.length;
    checks.holds("dictionaries", "more than 15", count > 15, count);
  }

  /** All of ours are agents by now. */
  async listsOfPeople() {
    const { checks, caller } = this;
    const names = ["clone", "employee", "end-user"].map((who) => `${caller.unique}-${who}`);
    for (const operation of ["ListUsers", "ListEmployees"]) {
      const seen = await this.pages(operation, {});
      const order = `names of ${operation} in their order`;
      checks.equal(order, names, seen.map((person) => person.Username));
      const ids = seen.map((person) => person.UserId);
      checks.equal(`ids of ${operation}`, this.people.toSorted(), ids.toSorted());
      const [clone, employee] = seen;
      checks.equal("Role in a list", ["Agent", "Agent"], [clone.Role, employee.Role]);
      checks.equal("LastLogin of the clone", undefined, clone.LastLogin);
      const { LastLogin: last } = employee;
      checks.holds("LastLogin of the employee", "a date", last instanceof Date, last);
    }
    checks.equal("end users", [], await this.pages("ListUsers", { onlyEndUsers: true }));
  }

  /** All pages of those whose names begin as ours do. */
  async pages(operation, filter) {
    const asked = {
      ...filter,
      text: this.caller.unique,
      textMatch: "Prefix",
      sortBy: "Username",
      pageSize: 2,
    };
    const all = [];
    let page;
    do {
      const continuationToken = page?.ContinuationToken;
      page = await this.caller.account(operation, { ...asked, continuationToken });
      const people = page.Users?.ListedUser ?? [];
      this.checks.holds("people of a page", "2 at most", people.length <= 2, people.length);
      all.push(...people);
    } while (page.ContinuationToken);
    return all;
  }

  async byOtherCredentials() {
    const { accounts, administrator } = this.caller;
    for (const way of ["Basic", "UsernameToken"]) {
      const answer = await accounts.callSecuredBy(way, administrator, "ListRoles");
      const seen = [answer.Result, answer.ResultCode, answer.Message];
      this.checks.equal(`Result, ResultCode and Message by ${way}`, [true, 0, ""], seen);
      const wrong = { ...administrator, name: `${this.caller.unique}-nobody` };
      const refusal = await accounts.callSecuredBy(way, wrong, "ListRoles");
      this.checks.equal(`ResultCode of an unknown name by ${way}`, 1, refusal.ResultCode);
    }
  }
}
