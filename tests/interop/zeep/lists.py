"""Lists of people: our own, found by the beginning of their names and read page
by page."""

PAGE = 2


class Lists:
    def __init__(self, caller, operation, prefix):
        self.caller = caller
        self.operation = operation
        self.prefix = prefix
        self.checks = caller.checks

    def tells_of(self, names, **filters):
        """Just these people, once each, by user name."""
        listed = [person.Username for person in self.people(filters)]
        self.checks.equal(f"names in {self.operation}", sorted(names), listed)

    def people(self, filters):
        token, more = None, True
        while more:
            page = self.caller.account(
                self.operation,
                text=self.prefix,
                textMatch="Prefix",
                sortBy="Username",
                pageSize=PAGE,
                continuationToken=token,
                **filters,
            )
            rows = page.Users.ListedUser if page.Users else []
            self.checks.holds("a page", f"at most {PAGE} people", len(rows) <= PAGE, len(rows))
            yield from rows
            token = page.ContinuationToken
            more = token is not None
