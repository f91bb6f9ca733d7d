"""The feed of changes: read in pages from where it once ended, it tells every
change in its order, and no value."""


class Feed:
    def __init__(self, caller):
        self.caller = caller
        self.checks = caller.checks
        self.token = None

    def read_to_the_end(self):
        """Reads on, and remembers where the feed ended."""
        return list(self.changes(200))

    def tells_of(self, user_id, everybody, secrets):
        """What happened since to our people, page by page; none of `secrets` is told."""
        changes = list(self.changes(5, secrets))
        first = changes[0].Sequence
        numbers = [change.Sequence for change in changes]
        self.checks.equal("numbers", list(range(first, first + len(changes))), numbers)
        ours = {str(person): [] for person in everybody}
        for change in changes:
            if change.Thing == "User" and change.Id in ours:
                ours[change.Id].append((change.Action, change.Fields))
        for person, seen in ours.items():
            self.checks.equal(f"first of {person}", ("Created", None), seen[0] if seen else None)
        fields = [sorted(fields.string) for action, fields in ours[str(user_id)][1:]]
        for expected in (["ChatSounds", "CopyToEnabled"], ["MaxActiveChats"], ["Password"]):
            self.checks.holds("updates", f"{expected} among them", expected in fields, fields)

    def changes(self, most, secrets=()):
        more = True
        while more:
            page = self.caller.account("GetChanges", since=self.token, max=most)
            for secret in secrets:
                told = secret in self.caller.accounts.text
                self.checks.equal("a value is told in the feed", False, told)
            rows = page.Changes.Change if page.Changes else []
            self.checks.holds("a page", f"at most {most} changes", len(rows) <= most, len(rows))
            yield from rows
            self.token, more = page.Token, page.HasMore
