/* Customers: an organization with a member, as records by value. */

#include "caller.h"

#define DOMAIN 2
#define WEBSITE "https://example.org/?a=b&c=d"

static void looks_like(struct caller *caller, const struct organization__OrganizationInfo *seen,
    int id, const char *name, const char *phone)
{
    check_int(caller, "OrganizationID", id, seen->OrganizationID);
    check_text(caller, "Name of the organization", name, seen->Name);
    check_text(caller, "PhoneNumber of the organization", phone, seen->PhoneNumber);
    check_text(caller, "Website of the organization", WEBSITE, seen->Website);
}

/* A record by value stands in a refusal too, with nothing in it. */
static void no_organization(struct caller *caller, const struct organization__OrganizationInfo *seen)
{
    check(caller, "Organization of a refusal", "a record", seen != NULL);
    check_int(caller, "its OrganizationID", 0, seen->OrganizationID);
    check_text(caller, "its Name", NULL, seen->Name);
}

static int organization_comes(struct caller *caller, char *name)
{
    char *values[] = {text(caller, "Name=%s", name), "PhoneNumber=+49 30 1", "Website=" WEBSITE};
    struct organization__ArrayOfString given = {3, values};
    __auto_type made = ORGANIZATION(caller, CreateOrganization, SUCCESS, .values = &given)->Organization;
    check(caller, "id of a new organization", "1 or more", made->OrganizationID >= 1);
    looks_like(caller, made, made->OrganizationID, name, "+49 30 1");
    no_organization(caller, ORGANIZATION(caller, CreateOrganization, ALREADY_EXISTS, .values = &given)->Organization);
    return made->OrganizationID;
}

static void organization_is_found(struct caller *caller, int id, char *name)
{
    __auto_type seen = ORGANIZATION(caller, GetOrganizationByID, SUCCESS, .organizationID = id);
    looks_like(caller, seen->Organization, id, name, "+49 30 1");
    seen = ORGANIZATION(caller, GetOrganizationByName, SUCCESS, .organizationName = name);
    looks_like(caller, seen->Organization, id, name, "+49 30 1");
    seen = ORGANIZATION(caller, EditOrganization, SUCCESS, .organizationID = id,
        .valuesToChange = STRINGS(organization, "PhoneNumber=+81 3 2"));
    looks_like(caller, seen->Organization, id, name, "+81 3 2");
}

static void member_comes_and_goes(struct caller *caller, int id)
{
    char *domain = text(caller, "%s.example.org", caller->unique);
    int member = ORGANIZATION(caller, AddMemberToOrganization, SUCCESS, .organizationID = id,
        .type = DOMAIN, .value = domain)->ID;
    __auto_type members = ORGANIZATION(caller, GetAllMembersInOrganization, SUCCESS, .organizationID = id);
    CHECK_SIZE(caller, "members", members->OrganizationMembers, OrganizationMemberInfo, 1);
    struct organization__OrganizationMemberInfo *seen = members->OrganizationMembers->OrganizationMemberInfo;
    check_int(caller, "ID of the member", member, seen->ID);
    check_int(caller, "Type of the member", DOMAIN, seen->Type);
    check_text(caller, "Value of the member", domain, seen->Value);
    __auto_type removed = ORGANIZATION(caller, RemoveMemberFromOrganization, SUCCESS, .organizationMemberID = member);
    check_int(caller, "ID of the removed member", member, removed->ID);
    members = ORGANIZATION(caller, GetAllMembersInOrganization, SUCCESS, .organizationID = id);
    CHECK_SIZE(caller, "members at the end", members->OrganizationMembers, OrganizationMemberInfo, 0);
}

void customers(struct caller *caller)
{
    char *name = text(caller, ROUND_TRIP " %s", caller->unique);
    int id = organization_comes(caller, name);
    organization_is_found(caller, id, name);
    member_comes_and_goes(caller, id);
    __auto_type gone = ORGANIZATION(caller, RemoveOrganization, SUCCESS, .organizationID = id)->Organization;
    looks_like(caller, gone, id, name, "+81 3 2");
    __auto_type refusal = ORGANIZATION(caller, GetOrganizationByID, NOT_FOUND, .organizationID = id);
    no_organization(caller, refusal->Organization);
}
