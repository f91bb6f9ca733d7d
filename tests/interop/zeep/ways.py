"""Who calls, told by zeep's own means instead of by parameters: HTTP Basic and
WS-Security, alone, together and in disagreement, in every service."""

from caller import AUTHENTICATION_FAILED
from zeep.exceptions import Fault
from zeep.wsse.username import UsernameToken


class Ways:
    def __init__(self, caller):
        self.caller = caller

    def tell(self):
        caller = self.caller
        name, password = caller.administrator
        right, wrong = (name, password), (name, "Story-Wrong-2026")
        self.call(AUTHENTICATION_FAILED)
        self.call(0, basic=right)
        self.call(AUTHENTICATION_FAILED, basic=wrong)
        self.call(0, token=UsernameToken(*right))
        self.call(AUTHENTICATION_FAILED, token=UsernameToken(*wrong))
        self.call(0, basic=right, token=UsernameToken(*right))
        self.call(0, parameters=caller.credentials(), basic=right, token=UsernameToken(*right))
        self.call(AUTHENTICATION_FAILED, parameters=caller.credentials(), basic=wrong)
        self.call(AUTHENTICATION_FAILED, basic=right, token=UsernameToken(*wrong))
        self.digest_is_refused(UsernameToken(*right, use_digest=True))

    def digest_is_refused(self, token):
        """Only hashes of passwords are kept, so a digest is refused with a fault that says so."""
        session = self.caller.accounts
        session.client.wsse = token
        try:
            session.call("ListRoles", {})
            text = "no fault"
        except Fault as fault:
            text = fault.message
        finally:
            session.client.wsse = None
        self.caller.checks.equal("the fault is about the digest", True, "PasswordDigest" in text)

    def call(self, code, parameters=None, basic=None, token=None):
        """A call of each service that tells of the caller in just these ways."""
        for session, operation in (
            (self.caller.organization, "GetServerName"),
            (self.caller.structure, "ListBrands"),
            (self.caller.accounts, "ListRoles"),
        ):
            session.transport.session.auth, session.client.wsse = basic, token
            try:
                self.caller.judged(operation, code, parameters or {}, session)
            finally:
                session.transport.session.auth = session.client.wsse = None
