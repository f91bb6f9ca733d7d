/* gSOAP as a client of asmxd: the story that every client of the interop tests
   tells, in all services and over SOAP 1.1 and SOAP 1.2. A person, a help desk and
   a customer come, are changed, read and go again, with the refusals on the way. It
   leaves nothing behind and may run beside others and again on the same server. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "caller.h"
#include "svcOrganizationSoap.nsmap"

static void check_fault(struct caller *caller, int error)
{
    char *expected = caller->version == 1 ? "SOAP-ENV:Client" : "SOAP-ENV:Sender";
    check(caller, "an unknown operation", "a fault", error != SOAP_OK);
    check_int(caller, "HTTP status of an unknown operation", 500, caller->soap->status);
    check_int(caller, "version of SOAP in the fault", caller->version, caller->soap->version);
    check_text(caller, "code of its fault", expected, *soap_faultcode(caller->soap));
}

static void unknown_operation(struct caller *caller)
{
    struct soap *soap = caller->soap;
    struct _organization__GetServerName organization = {0};
    struct _organization__GetServerNameResponse server;
    check_fault(caller,
        soap_call___organization__NoSuchOperation(soap, caller->organization, NULL, &organization, &server));
    struct _structure__ListBrands structure = {0};
    struct _structure__ListBrandsResponse brands;
    check_fault(caller,
        soap_call___structure__NoSuchOperation(soap, caller->structure, NULL, &structure, &brands));
    struct _accounts__ListRoles accounts = {0};
    struct _accounts__ListRolesResponse roles;
    check_fault(caller,
        soap_call___accounts__NoSuchOperation(soap, caller->accounts, NULL, &accounts, &roles));
    ORGANIZATION(caller, GetServerName, SUCCESS);
}

static void tell(struct caller *caller)
{
    struct desk desk;
    people(caller);
    open_desk(caller, &desk);
    look_at_desk(caller, &desk);
    definitions(caller, desk.agent);
    customers(caller);
    close_desk(caller, &desk);
    accounts(caller);
    unknown_operation(caller);
}

/* The generated table holds the namespaces of SOAP 1.2 to write, and those of 1.1
   to understand as well. The first ones decide on the version. */
static const struct Namespace *namespaces_of(int version)
{
    static struct Namespace soap11[sizeof namespaces / sizeof namespaces[0]];
    memcpy(soap11, namespaces, sizeof namespaces);
    for (int at = 0; at < 2; at++)
        soap11[at].ns = soap11[at].in;
    return version == 1 ? soap11 : namespaces;
}

static struct soap *new_soap(int version)
{
    struct soap *soap = soap_new1(SOAP_C_UTFSTRING | SOAP_XML_STRICT | SOAP_IO_KEEPALIVE);
    soap_set_namespaces(soap, namespaces_of(version));
    soap->connect_timeout = soap->send_timeout = soap->recv_timeout = 60;
    return soap;
}

static int run(int version, const char *base)
{
    struct caller caller = {.soap = new_soap(version), .version = version};
    unsigned random;
    if (getentropy(&random, sizeof random) != 0)
        abort();
    caller.unique = text(&caller, "gsoap-soap%d-%d-%08x", version, getpid(), random);
    caller.organization = text(&caller, "%s/Services2/svcOrganization.asmx", base);
    caller.structure = text(&caller, "%s/Services2/svcStructure.asmx", base);
    caller.accounts = text(&caller, "%s/Services2/svcAccounts.asmx", base);
    caller.base = base;
    caller.name = getenv("ASMXD_ADMIN_USERNAME");
    caller.password = getenv("ASMXD_ADMIN_PASSWORD");
    tell(&caller);
    soap_destroy(caller.soap);
    soap_end(caller.soap);
    soap_free(caller.soap);
    return caller.passed;
}

int main(int count, char **arguments)
{
    if (count != 2 || getenv("ASMXD_ADMIN_USERNAME") == NULL || getenv("ASMXD_ADMIN_PASSWORD") == NULL) {
        fputs("Usage: client BASE_URL, with ASMXD_ADMIN_USERNAME and ASMXD_ADMIN_PASSWORD set.\n", stderr);
        return 1;
    }
    int passed = run(1, arguments[1]) + run(2, arguments[1]);
    printf("gsoap: SOAP 1.1 and 1.2, %d checks passed\n", passed);
    return 0;
}
