// KDSoap as a client of asmxd: a small story in all services, over SOAP 1.1 and SOAP
// 1.2. It leaves nothing behind and may run beside others and again on the same server.

#include <cstdio>

#include <QCoreApplication>

#include "caller.h"

static int run(const QString &base, int version, const QString &name, const QString &password)
{
    Caller caller(base, version, name, password);
    people(caller);
    desk(caller);
    accounts(caller);
    caller.unknown_operation(caller.organization.clientInterface(),
        "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx");
    caller.unknown_operation(caller.structure.clientInterface(), "urn:asmxd:svcStructure:1");
    caller.unknown_operation(caller.accounts.clientInterface(), "urn:asmxd:svcAccounts:1");
    return caller.checks.passed;
}

int main(int count, char **arguments)
{
    QCoreApplication application(count, arguments);
    auto name = qEnvironmentVariable("ASMXD_ADMIN_USERNAME");
    auto password = qEnvironmentVariable("ASMXD_ADMIN_PASSWORD");
    if (count != 2 || name.isEmpty() || password.isEmpty()) {
        std::fputs("Usage: client BASE_URL, with ASMXD_ADMIN_USERNAME and ASMXD_ADMIN_PASSWORD set.\n", stderr);
        return 1;
    }
    try {
        int passed = run(arguments[1], 1, name, password) + run(arguments[1], 2, name, password);
        std::printf("kdsoap: SOAP 1.1 and 1.2, %d checks passed\n", passed);
        return 0;
    } catch (const Failed &failed) {
        std::fprintf(stderr, "%s\n", qPrintable(failed.sentence));
        return 1;
    }
}
