"""zeep as a client of asmxd: tells the story over SOAP 1.1 and SOAP 1.2.
Usage: main.py BASE_URL, with ASMXD_ADMIN_USERNAME and ASMXD_ADMIN_PASSWORD set."""

import os
import sys

from caller import Caller
from checks import CheckFailed, Checks
from session import Session
from story import Story

SERVICES = ("svcOrganization", "svcStructure", "svcAccounts")
VERSIONS = (("1.1", "soap:Client"), ("1.2", "soap:Sender"))


def run(base, administrator):
    passed = 0
    for version, fault_code in VERSIONS:
        checks = Checks(f"zeep, SOAP {version}")
        try:
            services = [Session(base, service, version) for service in SERVICES]
            Story(Caller(*services, checks, administrator)).tell(fault_code)
        except CheckFailed as failed:
            sys.exit(str(failed))
        except Exception as error:
            sys.exit(f"{checks.label}: expected an answer, saw {type(error).__name__}: {error}")
        passed += checks.passed
    print(f"zeep: SOAP 1.1 and 1.2, {passed} checks passed")


def main():
    try:
        base = sys.argv[1]
        administrator = (os.environ["ASMXD_ADMIN_USERNAME"], os.environ["ASMXD_ADMIN_PASSWORD"])
    except (IndexError, KeyError):
        sys.exit(__doc__)
    run(base, administrator)


main()
