/* People: a person and a role come, are changed, read and go again, with the
   refusals on the way. */

#include <stdlib.h>
#include <string.h>

#include "caller.h"

/* Others work on the same server, so nothing is said of what the lists hold. */
static void lists_are_present(struct caller *caller)
{
    __auto_type departments = ORGANIZATION(caller, GetAllDepartments, SUCCESS);
    check(caller, "Departments", "a list", departments->Departments != NULL);
    __auto_type groups = ORGANIZATION(caller, GetAllGroups, SUCCESS);
    check(caller, "Groups", "a list", groups->Groups != NULL);
    __auto_type refusal = ORGANIZATION(caller, GetAgentsForGroup, NOT_FOUND, .GroupID = 999999);
    check(caller, "Agents in a refusal", "no list", refusal->Agents == NULL);
}

static int user_comes(struct caller *caller, char *name)
{
    int id = create_user(caller, name);
    __auto_type again = ORGANIZATION(caller, CreateUser2, ALREADY_EXISTS, .username = name, .password = PASSWORD,
        .email = text(caller, "%s@example.org", name), .displayName = ROUND_TRIP);
    check_int(caller, "UserID of a refused create", 0, again->UserID);
    return id;
}

static void check_strings(struct caller *caller, const struct organization__ArrayOfString *list,
    int count, char **expected)
{
    CHECK_SIZE(caller, "properties", list, string, count);
    for (int at = 0; at < count; at++)
        check_text(caller, "property in the order asked", expected[at], list->string[at]);
}

static void read_properties(struct caller *caller, int id)
{
    __auto_type answer = ORGANIZATION(caller, GetUsersProperties, SUCCESS, .userId = id,
        .requestedValues = STRINGS(organization, "DisplayName", "EMAILADDRESS", "NoSuchKey", "isemailverified"));
    char *email = text(caller, "EMAILADDRESS=%s@example.org", caller->unique);
    char *expected[] = {"DisplayName=" ROUND_TRIP, email, "NoSuchKey=", "isemailverified=true"};
    check_strings(caller, answer->RequestResults, 4, expected);
}

static void write_properties(struct caller *caller, int id)
{
    char *written[] = {"DisplayNameForChat=Zoë 😀 (chat)", "TimeZone=Europe/Berlin", "DisplayName=a=b == c="};
    ORGANIZATION(caller, SetUsersProperties, SUCCESS, .userId = id,
        .userPropertyValues = &(struct organization__ArrayOfString){3, written});
    __auto_type answer = ORGANIZATION(caller, GetUsersPropertiesbyUsername, SUCCESS, .username = caller->unique,
        .requestedValues = STRINGS(organization, "DisplayNameForChat", "TimeZone", "DisplayName"));
    check_strings(caller, answer->RequestResults, 3, written);
}

/* CreateUser does not tell the id; a caller looks it up by name. */
static void create_user_without_id(struct caller *caller)
{
    char *name = text(caller, "%s-b", caller->unique);
    ORGANIZATION(caller, CreateUser, SUCCESS, .username = name, .password = PASSWORD,
        .email = text(caller, "%s@example.org", name), .displayName = ROUND_TRIP);
    __auto_type answer = ORGANIZATION(caller, GetUsersPropertiesbyUsername, SUCCESS, .username = name,
        .requestedValues = STRINGS(organization, "UserID"));
    CHECK_SIZE(caller, "UserID by user name", answer->RequestResults, string, 1);
    char *found = answer->RequestResults->string[0];
    check_text(caller, "its key", "UserID=", text(caller, "%.7s", found));
    ORGANIZATION(caller, DeleteUser, SUCCESS, .userId = atoi(found + strlen("UserID=")));
}

static short role_named(struct caller *caller, const char *name)
{
    struct organization__ArrayOfRoleInfo *roles = ORGANIZATION(caller, GetAllRoles, SUCCESS)->Roles;
    for (int at = 0; at < roles->__sizeRoleInfo; at++)
        if (strcmp(roles->RoleInfo[at].RoleName, name) == 0)
            return roles->RoleInfo[at].RoleID;
    return 0;
}

static void check_roles(struct caller *caller, int id, int count, short last)
{
    struct organization__ArrayOfRoleInfo *roles = ORGANIZATION(caller, GetAllUserRoles, SUCCESS, .userID = id)->Roles;
    CHECK_SIZE(caller, "roles of the user", roles, RoleInfo, count);
    for (int at = 0; at < count; at++)
        check_int(caller, "role of the user", at < 3 ? at + 1 : last, roles->RoleInfo[at].RoleID);
}

static void role_comes_and_goes(struct caller *caller, int id)
{
    char *name = text(caller, "Role %s", caller->unique);
    ORGANIZATION(caller, AddRole, SUCCESS, .roleName = name);
    short role = role_named(caller, name);
    check(caller, "id of the new role", "100 or more", role >= 100);
    ORGANIZATION(caller, AddRoleToUser, SUCCESS, .userID = id, .roleID = role);
    check_roles(caller, id, 4, role);
    ORGANIZATION(caller, RemoveRoleFromUser, SUCCESS, .userID = id, .roleID = role);
    check_roles(caller, id, 3, 0);
    ORGANIZATION(caller, RemoveRole, SUCCESS, .roleID = role);
    check_int(caller, "role at the end", 0, role_named(caller, name));
}

static void look_at_administrator(struct caller *caller)
{
    __auto_type valid = LOG_IN(caller, caller->name, caller->password, ValidateAgent, SUCCESS);
    check_int(caller, "Agent.ID of the administrator", 2, valid->Agent->ID);
    int is_administrator = 0;
    for (int at = 0; at < valid->Roles->__sizeshort_; at++)
        is_administrator |= valid->Roles->short_[at] == 6;
    check(caller, "Roles of the administrator", "6 among them", is_administrator);
    __auto_type queue = LOG_IN(caller, caller->name, caller->password, GetQueueUser, SUCCESS);
    check_int(caller, "Agent.ID of the queue", 1, queue->Agent->ID);
    struct organization__ArrayOfAgentInfo *agents = ORGANIZATION(caller, GetAllAgents, SUCCESS)->Agents;
    __auto_type agent = OURS(caller, "all agents", agents, AgentInfo, ID, 2);
    check_text(caller, "user name of agent 2", caller->name, agent->UserName);
    check(caller, "agents", "no queue user 1", FIND(agents, AgentInfo, ID, 1) == NULL);
}

static void delete_user(struct caller *caller, int id)
{
    ORGANIZATION(caller, DeleteUser, SUCCESS, .userId = id);
    __auto_type refusal = ORGANIZATION(caller, GetUsersProperties, NOT_FOUND, .userId = id,
        .requestedValues = STRINGS(organization, "DisplayName"));
    check(caller, "RequestResults of a refusal", "no list", refusal->RequestResults == NULL);
}

void people(struct caller *caller)
{
    char *server = ORGANIZATION(caller, GetServerName, SUCCESS)->RequestResult;
    check(caller, "name of the server", "some text", server != NULL && *server != '\0');
    lists_are_present(caller);
    int id = user_comes(caller, caller->unique);
    read_properties(caller, id);
    write_properties(caller, id);
    create_user_without_id(caller);
    role_comes_and_goes(caller, id);
    look_at_administrator(caller);
    /* Tried on the story's own user: the administrator must not be locked out. */
    ORGANIZATION_AS(caller, caller->unique, "wrong", GetServerName, AUTHENTICATION_FAILED);
    delete_user(caller, id);
}
