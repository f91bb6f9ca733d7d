"""suds as a client of asmxd: tells a small story in all services over SOAP 1.1.
It leaves nothing behind and may run beside others and again on the same server.
Usage: main.py BASE_URL, with ASMXD_ADMIN_USERNAME and ASMXD_ADMIN_PASSWORD set."""

import os
import sys

from accounts import Accounts
from caller import Caller
from checks import CheckFailed, Checks
from desk import Desk
from people import People


def unknown_operation(caller):
    for service, known in (
        (caller.organization, "GetServerName"),
        (caller.structure, "ListBrands"),
        (caller.accounts, "ListRoles"),
    ):
        status, fault = caller.fault_of(service, "NoSuchOperation", instead_of=known)
        caller.checks.equal("HTTP status of an unknown operation", 500, status)
        caller.checks.equal("code of its fault", "soap:Client", fault.faultcode)
    caller.call("GetServerName")


def run(base, administrator):
    checks = Checks("suds, SOAP 1.1")
    try:
        caller = Caller(base, checks, administrator)
        for part in (People, Desk, Accounts):
            part(caller).tell()
        unknown_operation(caller)
    except CheckFailed as failed:
        sys.exit(str(failed))
    except Exception as error:
        sys.exit(f"{checks.label}: expected an answer, saw {type(error).__name__}: {error}")
    print(f"{checks.label}: {checks.passed} checks passed")


def main():
    try:
        base = sys.argv[1]
        administrator = (os.environ["ASMXD_ADMIN_USERNAME"], os.environ["ASMXD_ADMIN_PASSWORD"])
    except (IndexError, KeyError):
        sys.exit(__doc__)
    run(base, administrator)


main()
