"""What every part of the story needs: a suds client for each service, made from
its live WSDL, calls that are judged at once, and the names and values that it
uses."""

import os
import secrets

from suds.client import Client

SECONDS = 60

ROUND_TRIP = "Zoë <&> \"O'Neil\" 日本"
PASSWORD = "Story-Pass-2026"

AUTHENTICATION_FAILED = 1
NOT_FOUND = 3
ALREADY_EXISTS = 4
INVALID_VALUE = 5
RULE_BROKEN = 6

ENVELOPE = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
    "<s:Body>{}</s:Body></s:Envelope>"
)


class Caller:
    def __init__(self, base, checks, administrator):
        self.checks = checks
        self.administrator = administrator
        self.unique = f"suds-{os.getpid()}-{secrets.token_hex(4)}"
        self.organization = client(base, "svcOrganization")
        self.structure = client(base, "svcStructure")
        self.accounts = client(base, "svcAccounts")

    def call(self, operation, code=0, **parameters):
        """A call of svcOrganization as the administrator; its outcome has to be `code`."""
        return self.judged(self.organization, operation, code, parameters)

    def define(self, operation, code=0, fields=(), **parameters):
        """A call of svcStructure as the administrator. What it refuses stands in `Errors`."""
        return self.explained(self.structure, operation, code, fields, parameters)

    def account(self, operation, code=0, fields=(), **parameters):
        """A call of svcAccounts as the administrator. What it refuses stands in `Errors`."""
        return self.explained(self.accounts, operation, code, fields, parameters)

    def explained(self, service, operation, code, fields, parameters):
        answer = self.judged(service, operation, code, parameters)
        errors = answer.Errors.FieldError if "Errors" in answer else []
        seen = [(error.Field, error.Code) for error in errors]
        self.checks.equal(f"Errors of {operation}", [(field, code) for field in fields], seen)
        return answer

    def judged(self, service, operation, code, parameters):
        name, password = self.administrator
        login = {"authUserName": name, "authPassword": password}
        if operation == "ValidateAgent":
            login = {}
        status, answer = getattr(service.service, operation)(**{**login, **parameters})
        self.checks.equal(f"HTTP status of {operation}", 200, status)
        outcome = (answer.Result, answer.ResultCode)
        what = f"Result and ResultCode of {operation} ({answer.Message})"
        self.checks.equal(what, (code == 0, code), outcome)
        return answer

    def fault_of(self, service, operation, instead_of):
        """The status and the fault that answer an operation that the WSDL does not have."""
        namespace = service.wsdl.tns[1]
        envelope = ENVELOPE.format(f'<{operation} xmlns="{namespace}"/>')
        method = getattr(service.service, instead_of)
        asked, method.method.soap.action = method.method.soap.action, f'"{namespace}/{operation}"'
        try:
            return method(__inject={"msg": envelope.encode()})
        finally:
            method.method.soap.action = asked


def client(base, service):
    """One that answers with the HTTP status and does not raise faults. suds speaks
    SOAP 1.1 only, also to a port of SOAP 1.2."""
    address = f"{base}/Services2/{service}.asmx?WSDL"
    return Client(address, cache=None, faults=False, timeout=SECONDS, port=f"{service}Soap")
