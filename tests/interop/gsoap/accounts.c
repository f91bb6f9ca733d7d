/* Accounts, through svcAccounts: an employee and an end user come with their roles
   and settings, are changed, read, cloned and go again. */

#include <string.h>
#include <time.h>

#include "caller.h"

#define AGENT 4
#define NO_SUCH_USER 999999
#define NAME "Zoë <&> 日本"
#define SIGNATURE "Zoë\nHelp desk"

struct staff {
    struct agent employee;
    int end_user, clone;
    short role;
    char *role_name;
};

/* The ids of a list of roles, as one text. */
static char *ids(struct caller *caller, const struct accounts__ArrayOfRole *roles)
{
    check(caller, "roles", "a list", roles != NULL);
    char *all = "";
    for (int at = 0; at < roles->__sizeRole; at++)
        all = text(caller, "%s %d", all, roles->Role[at].RoleId);
    return all;
}

static void employee_comes(struct caller *caller, struct staff *staff)
{
    staff->role_name = text(caller, "Role of %s", caller->unique);
    staff->role = ACCOUNTS(caller, CreateRole, .name = staff->role_name, .isEmployee = xsd__boolean__true_)->RoleId;
    check(caller, "id of a new role", "100 or more", staff->role >= 100);
    struct accounts__EmployeeSettings settings = {
        .Options = &(struct accounts__Options){.TimeZone = "W. Europe Standard Time", .PortalSignature = SIGNATURE},
        .Tickets = &(struct accounts__Tickets){.CopyToAddress = "copies@example.org"},
        .LiveChat = &(struct accounts__LiveChat){.MaxActiveChats = NUMBER(3)},
        .ContactInfo = &(struct accounts__ContactInfo){STRINGS(accounts, "+49 30 1", "+49 30 2")},
        .Reporting = &(struct accounts__Reporting){&(xsd__decimal){12.5}},
    };
    staff->employee.name = text(caller, "%s-employee", caller->unique);
    staff->employee.id = ACCOUNTS(caller, CreateEmployee, .username = staff->employee.name, .password = PASSWORD,
        .emailAddress = text(caller, "%s@example.org", staff->employee.name), .isEmailVerified = YES,
        .displayName = NAME, .roleNames = STRINGS(accounts, staff->role_name), .settings = &settings)->UserId;
    check(caller, "id of a new employee", "3 or more", staff->employee.id >= 3);
}

static void employee_is_read(struct caller *caller, const struct staff *staff)
{
    struct accounts__User *user = ACCOUNTS(caller, GetUser, .userId = staff->employee.id)->User;
    check_int(caller, "UserId", staff->employee.id, user->UserId);
    check_text(caller, "Username", staff->employee.name, user->Username);
    check_text(caller, "DisplayName", NAME, user->DisplayName);
    check_int(caller, "AuthenticationMethod", accounts__AuthenticationMethod__Password, user->AuthenticationMethod);
    check_int(caller, "Role", accounts__ListedRole__Employee, user->Role);
    check(caller, "CreatedAt", "a time", user->CreatedAt.tv_sec > 0);
    double age = difftime(time(NULL), user->CreatedAt.tv_sec);
    check(caller, "CreatedAt", "a time within this hour", age > -3600 && age < 3600);
    check(caller, "LastLogin before the first login", "none", user->LastLogin == NULL);
    check_text(caller, "TimeZone", "W. Europe Standard Time", user->TimeZone);
    check_text(caller, "TimeZoneIana", "Europe/Berlin", user->TimeZoneIana);
    __auto_type role = OURS(caller, "roles of the employee", user->Roles, Role, RoleId, staff->role);
    check_text(caller, "Name of its role", staff->role_name, role->Name);
    check_int(caller, "IsEmployee of its role", 1, role->IsEmployee);
    check_int(caller, "IsBuiltIn of its role", 0, role->IsBuiltIn);
}

/* Without the values of custom fields: those who run beside define some for everybody, and
   what was read would name one that is gone when it is written back. */
static struct accounts__EmployeeSettingsResult *read_settings(struct caller *caller, int user)
{
    struct accounts__EmployeeSettingsResult *read = ACCOUNTS(caller, GetEmployeeSettings, .userId = user);
    check_int(caller, "UserId of the settings", user, read->UserId);
    check(caller, "Settings", "a record", read->Settings != NULL);
    check(caller, "CustomFields", "a list", read->Settings->CustomFields != NULL);
    read->Settings->CustomFields = NULL;
    return read;
}

/* As they would be sent, for comparing all of them. */
static char *written(struct caller *caller, const struct accounts__EmployeeSettings *settings)
{
    struct soap *writer = soap_new1(SOAP_C_UTFSTRING | SOAP_XML_CANONICAL);
    soap_set_namespaces(writer, caller->soap->namespaces);
    const char *out = NULL;
    writer->os = &out;
    check_int(caller, "writing settings", SOAP_OK, soap_write_accounts__EmployeeSettings(writer, settings));
    char *copy = text(caller, "%s", out);
    soap_destroy(writer);
    soap_end(writer);
    soap_free(writer);
    return copy;
}

static void check_made(struct caller *caller, const struct accounts__EmployeeSettings *settings)
{
    check_double(caller, "HourlyCost", 12.5, *settings->Reporting->HourlyCost);
    check_int(caller, "MaxActiveChats", 3, *settings->LiveChat->MaxActiveChats);
    check_int(caller, "CopyToEnabled", 1, *settings->Tickets->CopyToEnabled);
    check_text(caller, "CopyToAddress", "copies@example.org", settings->Tickets->CopyToAddress);
    CHECK_SIZE(caller, "PhoneNumbers", settings->ContactInfo->PhoneNumbers, string, 2);
    check_text(caller, "first of PhoneNumbers", "+49 30 1", settings->ContactInfo->PhoneNumbers->string[0]);
    check_text(caller, "second of PhoneNumbers", "+49 30 2", settings->ContactInfo->PhoneNumbers->string[1]);
    check_text(caller, "PortalSignature", SIGNATURE, settings->Options->PortalSignature);
    check_text(caller, "Password", NULL, settings->Options->Password);
}

/* The usual way of a proxy: read, change, write all of it back. Answers the version that was read. */
static int settings_are_changed(struct caller *caller, int user)
{
    struct accounts__EmployeeSettingsResult *read = read_settings(caller, user);
    struct accounts__EmployeeSettings *settings = read->Settings;
    check_made(caller, settings);
    *settings->Tickets->CopyToEnabled = xsd__boolean__false_;
    *settings->LiveChat->ChatSounds = xsd__boolean__false_;
    __auto_type changed = ACCOUNTS(caller, UpdateEmployeeSettings, .userId = user, .settings = settings,
        .expectedVersion = &read->Version);
    CHECK_SIZE(caller, "Changed", changed->Changed, string, 2);
    char **names = changed->Changed->string;
    int sounds = strcmp(names[0], "ChatSounds") == 0;
    check_text(caller, "Changed", "ChatSounds", names[!sounds]);
    check_text(caller, "Changed", "CopyToEnabled", names[sounds]);
    check(caller, "Version", "a later one", changed->Version > read->Version);
    check_text(caller, "settings read back", written(caller, settings),
        written(caller, read_settings(caller, user)->Settings));
    changed = ACCOUNTS(caller, UpdateEmployeeSettings, .userId = user, .reset = STRINGS(accounts, "MaxActiveChats"));
    CHECK_SIZE(caller, "Changed after a reset", changed->Changed, string, 1);
    check_text(caller, "Changed after a reset", "MaxActiveChats", changed->Changed->string[0]);
    *settings->LiveChat->MaxActiveChats = 1;
    check_text(caller, "settings after a reset", written(caller, settings),
        written(caller, read_settings(caller, user)->Settings));
    return read->Version;
}

static void settings_are_refused(struct caller *caller, int user, int old_version)
{
    int version = read_settings(caller, user)->Version;
    struct accounts__EmployeeSettings settings = {
        .Options = &(struct accounts__Options){.DisplayName = "Somebody else"},
        .LiveChat = &(struct accounts__LiveChat){.MaxActiveChats = NUMBER(500)},
        .Reporting = &(struct accounts__Reporting){&(xsd__decimal){-1}},
    };
    __auto_type refusal = ACCOUNTS_REFUSED(caller, UpdateEmployeeSettings, INVALID_VALUE, "HourlyCost,MaxActiveChats",
        .userId = user, .settings = &settings);
    check(caller, "Changed of a refusal", "no list", refusal->Changed == NULL);
    check_int(caller, "Version of a refusal", 0, refusal->Version);
    struct accounts__EmployeeSettings late = {.LiveChat = &(struct accounts__LiveChat){.ChatPopup = NO}};
    ACCOUNTS_REFUSED(caller, UpdateEmployeeSettings, RULE_BROKEN, "expectedVersion", .userId = user,
        .settings = &late, .expectedVersion = &old_version);
    struct accounts__EmployeeSettingsResult *after = read_settings(caller, user);
    check_int(caller, "Version after refusals", version, after->Version);
    check_text(caller, "DisplayName after refusals", NAME, after->Settings->Options->DisplayName);
}

static void end_user_comes(struct caller *caller, struct staff *staff)
{
    char *name = text(caller, "%s-end-user", caller->unique);
    struct accounts__UserSettings given = {
        .CommunityMessagingEnabled = NO,
        .PhoneNumbers = STRINGS(accounts, "+81 3 2"),
    };
    staff->end_user = ACCOUNTS(caller, CreateUser, .username = name, .password = PASSWORD,
        .emailAddress = text(caller, "%s@example.org", name), .isEmailVerified = YES, .settings = &given)->UserId;
    __auto_type read = ACCOUNTS(caller, GetUserSettings, .userId = staff->end_user)->Settings;
    CHECK_SIZE(caller, "PhoneNumbers of the end user", read->PhoneNumbers, string, 1);
    check_text(caller, "its telephone number", "+81 3 2", read->PhoneNumbers->string[0]);
    check_int(caller, "its CommunityMessagingEnabled", 0, *read->CommunityMessagingEnabled);
    check_text(caller, "its DisplayName", name, read->DisplayName);
}

static void roles_are_assigned(struct caller *caller, const struct staff *staff)
{
    struct accounts__ArrayOfShort agent = {1, (short[]){AGENT}};
    enum accounts__AssignMode add = accounts__AssignMode__Add;
    ACCOUNTS_REFUSED(caller, AssignRoles, NOT_FOUND, "userIds[1]",
        .userIds = INTS(staff->employee.id, NO_SUCH_USER, staff->end_user), .roleIds = &agent, .mode = &add);
    char *mine = text(caller, " 1 2 3 %d", staff->role);
    check_text(caller, "roles of the employee after a refusal", mine,
        ids(caller, ACCOUNTS(caller, GetUserRoles, .userId = staff->employee.id)->Roles));
    check_text(caller, "roles of the end user after a refusal", " 1 2 3",
        ids(caller, ACCOUNTS(caller, GetUserRoles, .userId = staff->end_user)->Roles));
    __auto_type assigned = ACCOUNTS(caller, AssignRoles,
        .userIds = INTS(staff->employee.id, staff->end_user), .roleIds = &agent, .mode = &add)->Assignments;
    CHECK_SIZE(caller, "Assignments", assigned, RoleAssignment, 2);
    struct accounts__RoleAssignment *first = &assigned->RoleAssignment[0], *second = first + 1;
    check_int(caller, "UserId of the first", staff->employee.id, first->UserId);
    check_text(caller, "Before of the first", mine, ids(caller, first->Before));
    check_text(caller, "After of the first", text(caller, " 1 2 3 4 %d", staff->role), ids(caller, first->After));
    check_int(caller, "UserId of the second", staff->end_user, second->UserId);
    check_text(caller, "Before of the second", " 1 2 3", ids(caller, second->Before));
    check_text(caller, "After of the second", " 1 2 3 4", ids(caller, second->After));
}

static void role_has_permissions(struct caller *caller, const struct staff *staff)
{
    struct accounts__Permission given[] = {
        {accounts__PermissionArea__KB, 0, "View"},
        {accounts__PermissionArea__Ticket, 0, "ViewGroup"},
    };
    ACCOUNTS(caller, SetRolePermissions, .roleId = staff->role,
        .permissions = &(struct accounts__ArrayOfPermission){2, given});
    __auto_type read = ACCOUNTS(caller, GetRolePermissions, .roleId = staff->role)->Permissions;
    CHECK_SIZE(caller, "permissions of the role", read, Permission, 2);
    for (int at = 0; at < 2; at++) {
        check_int(caller, "Area of a permission", given[at].Area, read->Permission[at].Area);
        check_text(caller, "Name of a permission", given[at].Name, read->Permission[at].Name);
    }
    __auto_type effective = ACCOUNTS(caller, GetEffectivePermissions, .userId = staff->employee.id)->Permissions;
    __auto_type ours = OURS(caller, "permissions of the employee", effective, EffectivePermission, Area,
        accounts__PermissionArea__Ticket);
    check_text(caller, "its permission", "ViewGroup", ours->Name);
    check(caller, "GrantedBy", "our role", FIND(ours->GrantedBy, Role, RoleId, staff->role) != NULL);
}

static void clone_comes(struct caller *caller, struct staff *staff)
{
    char *name = text(caller, "%s-clone", caller->unique);
    char *email = text(caller, "%s@example.org", name);
    staff->clone = ACCOUNTS(caller, CloneUser, .userId = staff->employee.id, .username = name,
        .password = PASSWORD, .emailAddress = email, .displayName = "The clone")->UserId;
    struct accounts__EmployeeSettings *expected = read_settings(caller, staff->employee.id)->Settings;
    expected->Options->Username = name;
    expected->Options->EmailAddress = email;
    expected->Options->DisplayName = "The clone";
    *expected->Options->IsEmailVerified = xsd__boolean__false_;
    check_text(caller, "settings of the clone", written(caller, expected),
        written(caller, read_settings(caller, staff->clone)->Settings));
}

static void everybody_goes(struct caller *caller, const struct staff *staff)
{
    int all[] = {staff->employee.id, staff->end_user, staff->clone, NO_SUCH_USER};
    struct accounts__ArrayOfInt ours = {3, all}, one_too_much = {4, all};
    ACCOUNTS_REFUSED(caller, DeleteUsers, NOT_FOUND, "userIds[3]", .userIds = &one_too_much);
    for (int at = 0; at < 3; at++) {
        __auto_type kept = ACCOUNTS(caller, GetUser, .userId = all[at])->User;
        check_int(caller, "UserId after a refusal", all[at], kept->UserId);
    }
    ACCOUNTS(caller, DeleteUsers, .userIds = &ours);
    for (int at = 0; at < 3; at++) {
        __auto_type gone = ACCOUNTS_REFUSED(caller, GetUser, NOT_FOUND, "userId", .userId = all[at]);
        check(caller, "User of a refusal", "no record", gone->User == NULL);
    }
    ACCOUNTS(caller, DeleteRole, .roleId = staff->role);
    __auto_type roles = ACCOUNTS(caller, ListRoles)->Roles;
    check(caller, "roles at the end", "not ours", FIND(roles, Role, RoleId, staff->role) == NULL);
}

void accounts(struct caller *caller)
{
    struct staff staff;
    char *since = token_of_changes(caller);
    employee_comes(caller, &staff);
    employee_is_read(caller, &staff);
    int version = settings_are_changed(caller, staff.employee.id);
    settings_are_refused(caller, staff.employee.id, version);
    end_user_comes(caller, &staff);
    roles_are_assigned(caller, &staff);
    role_has_permissions(caller, &staff);
    self(caller, staff.employee);
    avatars(caller, staff.employee.id);
    clone_comes(caller, &staff);
    lookups(caller, staff.role);
    changes(caller, since, staff.employee.id);
    everybody_goes(caller, &staff);
}
