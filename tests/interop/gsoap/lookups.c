/* The lists that svcAccounts answers, and a caller who is told of by HTTP Basic alone. */

#include <string.h>

#include "caller.h"

static void time_zones(struct caller *caller)
{
    __auto_type zones = ACCOUNTS(caller, ListTimeZones)->TimeZones;
    char *windows = NULL;
    for (int at = 0; at < zones->__sizeTimeZone; at++)
        if (strcmp(zones->TimeZone[at].Iana, "Europe/Berlin") == 0)
            windows = zones->TimeZone[at].Windows;
    check_text(caller, "Windows id of Europe/Berlin", "W. Europe Standard Time", windows);
}

static void other_lists(struct caller *caller, short role)
{
    OURS(caller, "all roles", ACCOUNTS(caller, ListRoles)->Roles, Role, RoleId, role);
    __auto_type providers = ACCOUNTS(caller, ListAvatarProviders)->Providers;
    char *always[] = {"None", "Upload", "Gravatar"};
    check(caller, "providers of avatars", "3 or more", providers != NULL && providers->__sizestring >= 3);
    for (int at = 0; at < 3; at++)
        check_text(caller, "provider of avatars", always[at], providers->string[at]);
    __auto_type languages = ACCOUNTS(caller, ListLanguages)->Languages;
    check(caller, "languages", "some", languages != NULL && languages->__sizeLanguage > 0);
    __auto_type dictionaries = ACCOUNTS(caller, ListDictionaries)->Languages;
    check(caller, "dictionaries", "more than 15", dictionaries != NULL && dictionaries->__sizeLanguage > 15);
}

/* gSOAP forgets the name and the password after each call. */
static void by_http_basic(struct caller *caller)
{
    caller->soap->userid = caller->name;
    caller->soap->passwd = caller->password;
    CALL(caller, accounts, ListRoles, SUCCESS, 0);
    CALL(caller, accounts, ListRoles, AUTHENTICATION_FAILED, 0);
}

void lookups(struct caller *caller, short role)
{
    time_zones(caller);
    other_lists(caller, role);
    by_http_basic(caller);
}
