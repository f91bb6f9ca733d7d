"""Imports: people come by rows, at once and part by part, are rehearsed, repeated
and exported, and go again."""

from caller import PASSWORD, ROUND_TRIP

COLUMNS = ["User name", "E-Mail address", "Password", "Display Name", "Roles"]


class Imports:
    def __init__(self, caller):
        self.caller = caller
        self.account = caller.account
        self.checks = caller.checks
        self.prefix = f"{caller.unique}-import"

    def tell(self):
        first, second = f"{self.prefix}-1", f"{self.prefix}-2"
        made = self.at_once(first, second)
        self.part_by_part(second)
        self.exported(first, second)
        self.account("DeleteUsers", userIds={"int": made})

    def at_once(self, first, second):
        people = {
            "columns": {"string": COLUMNS},
            "rows": rows(self.row(first), self.row(second), self.row(first)),
            "mode": "Create",
        }
        rehearsed = self.account("ImportUsers", rehearse=True, **people)
        self.checks.equal("a rehearsal", (True, 2, 1), (rehearsed.Undone, *counts(rehearsed)))
        done = self.account("ImportUsers", idempotencyKey=self.prefix, **people)
        outcomes = [row.Outcome for row in done.Results.ImportRowResult]
        self.checks.equal("what came of the rows", ["Created", "Created", "Failed"], outcomes)
        errors = done.Results.ImportRowResult[2].Errors.FieldError
        told = [(error.Field, error.Code, error.Message) for error in errors]
        expected = [("User name", 5, "Username: is in row 1 already.")]
        self.checks.equal("why a row failed", expected, told)
        again = self.account("ImportUsers", idempotencyKey=self.prefix, **people)
        self.checks.equal("the same import", done.Import.ImportId, again.Import.ImportId)
        return [row.UserId for row in done.Results.ImportRowResult[:2]]

    def part_by_part(self, name):
        columns = {"string": ["Username", "DisplayName"]}
        options = {"OnDuplicate": "Update"}
        begun = self.account("StartImport", columns=columns, mode="Update", options=options)
        number = begun.Import.ImportId
        for at, shown in enumerate(["Once", "Once", ROUND_TRIP], 1):
            part = rows([name, shown])
            self.account("AppendImport", importId=number, firstRow=at, rows=part)
        done = self.account("FinishImport", importId=number)
        self.checks.equal("how far it is", ("Finished", 3), (done.Import.State, done.Import.Rows))
        report = self.account("GetImport", importId=number)
        changed = [row.Outcome for row in report.Results.ImportRowResult]
        self.checks.equal("its report", ["Updated", "Unchanged", "Updated"], changed)

    def exported(self, *names):
        token, seen = None, {}
        while True:
            columns = {"string": ["Username", "DisplayName", "Roles"]}
            part = self.account("ExportUsers", columns=columns, max=1000, continuationToken=token)
            for row in part.Rows.ExportedRow if part.Rows else []:
                values = [value or "" for value in row.Values.string]
                seen[values[0]] = values[1:]
            token = part.ContinuationToken
            if token is None:
                break
        expected = [[ROUND_TRIP, "Agent"]] * 2
        self.checks.equal("exported people", expected, [seen.get(name) for name in names])

    def row(self, name):
        return [name, f"{name}@example.org", PASSWORD, ROUND_TRIP, "Agent"]


def rows(*values):
    return {"ImportRow": [{"Values": {"string": row}} for row in values]}


def counts(result):
    return result.Import.Created, result.Import.Failed
