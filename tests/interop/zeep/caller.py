"""What every part of the story needs: calls to all services that are judged at
once, and the names and values that it uses."""

import os
import secrets

ROUND_TRIP = "Zoë <&> \"O'Neil\" 日本"
PASSWORD = "Story-Pass-2026"

AUTHENTICATION_FAILED = 1
NOT_ALLOWED = 2
NOT_FOUND = 3
ALREADY_EXISTS = 4
INVALID_VALUE = 5
RULE_BROKEN = 6


class Caller:
    def __init__(self, organization, structure, accounts, checks, administrator):
        self.organization = organization
        self.structure = structure
        self.accounts = accounts
        self.checks = checks
        self.administrator = administrator
        self.last = organization
        soap = organization.soap_version[-1]
        self.unique = f"zeep-soap{soap}-{os.getpid()}-{secrets.token_hex(4)}"

    def call(self, operation, code=0, **parameters):
        """A call of svcOrganization as the administrator; its outcome has to be `code`."""
        return self.judged(operation, code, {**self.credentials(), **parameters})

    def define(self, operation, code=0, **parameters):
        """A call of svcStructure as the administrator. What it refuses stands in `Errors`."""
        return self.explained(self.structure, operation, code, parameters)

    def account(self, operation, code=0, **parameters):
        """A call of svcAccounts as the administrator. What it refuses stands in `Errors`."""
        return self.explained(self.accounts, operation, code, parameters)

    def explained(self, session, operation, code, parameters):
        answer = self.judged(operation, code, {**self.credentials(), **parameters}, session)
        told = code not in (0, AUTHENTICATION_FAILED)
        self.checks.equal(f"Errors of {operation} is there", told, bool(answer.Errors))
        return answer

    def refused(self, operation, code, field, **parameters):
        """A call of svcStructure that has to be refused with `code` because of `field`."""
        answer = self.define(operation, code, **parameters)
        errors = [(error.Field, error.Code, error.Message) for error in answer.Errors.FieldError]
        self.checks.equal(f"Errors of {operation}", [(field, code, answer.Message)], errors)
        return answer

    def account_refused(self, operation, code, fields, **parameters):
        """A call of svcAccounts that has to be refused with `code` because of just these fields."""
        answer = self.account(operation, code, **parameters)
        errors = answer.Errors.FieldError
        seen = [(error.Field, error.Code) for error in errors]
        self.checks.equal(f"Errors of {operation}", [(field, code) for field in fields], seen)
        said = " ".join(error.Message for error in errors)
        self.checks.equal(f"Message of {operation}", said, answer.Message)
        return answer

    def judged(self, operation, code, parameters, session=None):
        self.last = session or self.organization
        answer = self.last.call(operation, parameters)
        self.checks.equal(f"HTTP status of {operation}", 200, self.last.status)
        outcome = (answer.Result, answer.ResultCode)
        self.checks.equal(
            f"Result and ResultCode of {operation} ({answer.Message})", (code == 0, code), outcome
        )
        return answer

    def was_sent(self, element):
        """Whether the last answer holds the element."""
        return self.last.was_sent(element)

    def credentials(self, name=None, password=PASSWORD):
        """Those of the administrator, or of the user with this name."""
        if name is None:
            name, password = self.administrator
        return {"authUserName": name, "authPassword": password}

    def agent_login(self, name, password=PASSWORD):
        return {"agentUserName": name, "agentPassword": password}

    def new_user(self, name):
        return {
            "username": name,
            "password": PASSWORD,
            "email": f"{name}@example.org",
            "isEmailVerified": True,
            "displayName": ROUND_TRIP,
        }
