/* The lists that svcAccounts answers, those of people by pages, and a caller who is told
   of by HTTP Basic alone. */

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

/* A page of those whose names begin as ours do. */
#define PAGE(caller, operation, token)                                         \
    ACCOUNTS(caller, operation, .text = (caller)->unique,                      \
        .textMatch = &(enum accounts__TextMatch){accounts__TextMatch__Prefix}, \
        .sortBy = &(enum accounts__SortBy){accounts__SortBy__Username},        \
        .pageSize = NUMBER(2), .continuationToken = token)

static void check_listed(struct caller *caller, const struct accounts__ListedUser *seen, const char *who)
{
    check_text(caller, "Username in a list", text(caller, "%s-%s", caller->unique, who), seen->Username);
    check_int(caller, "Role in a list", accounts__ListedRole__Agent, seen->Role);
    check_int(caller, "Enabled in a list", 1, seen->Enabled);
    check_int(caller, "LastLogin in a list", strcmp(who, "employee") == 0, seen->LastLogin != NULL);
}

/* All of ours are agents by now. */
static void check_people(struct caller *caller, int only_employees)
{
    const char *whose[] = {"clone", "employee", "end-user"};
    int seen = 0;
    char *token = NULL;
    do {
        __auto_type page = only_employees ? PAGE(caller, ListEmployees, token) : PAGE(caller, ListUsers, token);
        int size = page->Users->__sizeListedUser;
        check(caller, "people of a page", "2 at most", size <= 2);
        check(caller, "people of all pages", "3 at most", seen + size <= 3);
        for (int at = 0; at < size; at++)
            check_listed(caller, &page->Users->ListedUser[at], whose[seen++]);
        token = page->ContinuationToken;
    } while (token != NULL);
    check_int(caller, "people of all pages", 3, seen);
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
    check_people(caller, 0);
    check_people(caller, 1);
    by_http_basic(caller);
}
