"""The story that every client of the interop tests tells, in all services: a
person, a help desk, a customer and accounts come, are changed, read and go
again, with the refusals on the way. It leaves nothing behind and may run beside
others and again on the same server."""

from accounts import Accounts
from customers import Customers
from definitions import Definitions
from desk import Desk
from imports import Imports
from people import People
from ways import Ways


class Story:
    def __init__(self, caller):
        self.caller = caller

    def tell(self, fault_code):
        People(self.caller).tell()
        desk = Desk(self.caller)
        desk.open()
        desk.look()
        Definitions(self.caller, desk.agent_id, desk.agent).tell()
        Customers(self.caller).tell()
        Accounts(self.caller).tell()
        Imports(self.caller).tell()
        Ways(self.caller).tell()
        desk.close()
        self.unknown_operation(fault_code)

    def unknown_operation(self, fault_code):
        for session, known in (
            (self.caller.organization, "GetServerName"),
            (self.caller.structure, "ListBrands"),
            (self.caller.accounts, "ListRoles"),
        ):
            fault = session.fault_of("NoSuchOperation", instead_of=known)
            self.caller.checks.equal("HTTP status of an unknown operation", 500, session.status)
            self.caller.checks.equal("code of its fault", fault_code, getattr(fault, "code", None))
        self.caller.call("GetServerName")
