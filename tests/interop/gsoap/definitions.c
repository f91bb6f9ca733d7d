/* What the help desk defines: a custom field, permissions of a role, a report, a
   time-log category, and what the ticket system reports of an agent. */

#include <string.h>

#include "caller.h"

static char *field_name(struct caller *caller)
{
    return text(caller, "Level " ROUND_TRIP " %s", caller->unique);
}

static int custom_field_comes(struct caller *caller)
{
    return STRUCTURE(caller, CreateCustomField, .name = caller->unique, .displayName = field_name(caller),
        .dataType = structure__DataType__List, .defaultValue = "Silver",
        .options = STRINGS(structure, "Gold <&>", "Silver"), .isGlobal = xsd__boolean__true_,
        .forEmployees = xsd__boolean__true_)->Id;
}

static void custom_field_is_defined(struct caller *caller, int id)
{
    __auto_type list = STRUCTURE(caller, ListCustomFields)->CustomFields;
    __auto_type ours = OURS(caller, "custom fields", list, CustomField, FieldId, id);
    check_text(caller, "its Name", caller->unique, ours->Name);
    check_text(caller, "its DisplayName", field_name(caller), ours->DisplayName);
    check_int(caller, "its DataType", structure__DataType__List, ours->DataType);
    check_text(caller, "its DefaultValue", "Silver", ours->DefaultValue);
    CHECK_SIZE(caller, "its Options", ours->Options, string, 2);
    check_text(caller, "its first option", "Gold <&>", ours->Options->string[0]);
    check_text(caller, "its second option", "Silver", ours->Options->string[1]);
    check_int(caller, "its IsGlobal", 1, ours->IsGlobal);
    check_int(caller, "its Required", 0, ours->Required);
    check_int(caller, "its ForEmployees", 1, ours->ForEmployees);
    check_int(caller, "its ForUsers", 0, ours->ForUsers);
}

static void custom_field_is_listed(struct caller *caller, int id)
{
    __auto_type list = ORGANIZATION(caller, GetAllCustomFields, SUCCESS)->CustomFields;
    __auto_type info = OURS(caller, "all custom fields", list, CustomFieldInfo, ID, id);
    check_text(caller, "its DisplayName", field_name(caller), info->DisplayName);
    check_text(caller, "its DataType", "List", info->DataType);
    check_text(caller, "its DefaultValue", "Silver", info->DefaultValue);
    check_int(caller, "its IsGlobal", 1, info->IsGlobal);
    CHECK_SIZE(caller, "its ValueOptions", info->ValueOptions, string, 2);
    check_text(caller, "its first option", "Gold <&>", info->ValueOptions->string[0]);
}

static void set_value(struct caller *caller, struct agent agent, char *value, int code)
{
    char *given = text(caller, "%s=%s", field_name(caller), value);
    ORGANIZATION(caller, SetUserCustomFields, code, .userId = agent.id,
        .customFieldValues = STRINGS(organization, given));
}

static void check_value(struct caller *caller, struct agent agent, char *value)
{
    char *field = field_name(caller);
    __auto_type values = ORGANIZATION(caller, GetUserCustomFields, SUCCESS, .userId = agent.id,
        .requestedCustomFields = STRINGS(organization, field, "NoSuch"))->RequestResults;
    CHECK_SIZE(caller, "values of custom fields", values, string, 2);
    check_text(caller, "value of our field", text(caller, "%s=%s", field, value), values->string[0]);
    check_text(caller, "value of an unknown field", "NoSuch=", values->string[1]);
}

static void custom_field_has_values(struct caller *caller, struct agent agent)
{
    check_value(caller, agent, "Silver");
    set_value(caller, agent, "Gold <&>", SUCCESS);
    set_value(caller, agent, "Bronze", INVALID_VALUE);
    check_value(caller, agent, "Gold <&>");
    __auto_type all = ORGANIZATION(caller, GetUserCustomFieldsList, SUCCESS, .userId = agent.id)->RequestResults;
    char *ours = text(caller, "%s=Gold <&>", field_name(caller));
    int found = 0;
    for (int at = 0; at < all->__sizestring; at++)
        found |= strcmp(all->string[at], ours) == 0;
    check(caller, "all values", "ours among them", found);
}

static void custom_field_goes(struct caller *caller, int id)
{
    REFUSED(caller, RemoveCustomField, RULE_BROKEN, "fieldId", .fieldId = id);
    STRUCTURE(caller, RemoveCustomField, .fieldId = id, .cascade = xsd__boolean__true_);
}

static void report_comes_and_goes(struct caller *caller, short role)
{
    char *name = text(caller, "Report " ROUND_TRIP " %s", caller->unique);
    char *id = STRUCTURE(caller, CreateReport, .name = name)->ReportId;
    __auto_type reports = ORGANIZATION(caller, GetAllReports, SUCCESS)->Reports;
    char *seen = NULL;
    for (int at = 0; at < reports->__sizeReportInfo; at++)
        if (strcmp(reports->ReportInfo[at].ReportID, id) == 0)
            seen = reports->ReportInfo[at].ReportName;
    check_text(caller, "name of our report", name, seen);
    ORGANIZATION(caller, SetReportPermissions, SUCCESS, .roleID = role,
        .allowedPermissions = STRINGS(organization, id));
    REFUSED(caller, RemoveReport, RULE_BROKEN, "reportId", .reportId = id);
    STRUCTURE(caller, RemoveReport, .reportId = id, .cascade = xsd__boolean__true_);
}

static void permissions(struct caller *caller)
{
    char *name = text(caller, "Permissions %s", caller->unique);
    ORGANIZATION(caller, AddRole, SUCCESS, .roleName = name, .employeeRole = xsd__boolean__true_);
    struct organization__ArrayOfRoleInfo *roles = ORGANIZATION(caller, GetAllRoles, SUCCESS)->Roles;
    short role = 0;
    for (int at = 0; at < roles->__sizeRoleInfo; at++)
        if (strcmp(roles->RoleInfo[at].RoleName, name) == 0)
            role = roles->RoleInfo[at].RoleID;
    ORGANIZATION(caller, SetTicketPermissions, SUCCESS, .roleID = role,
        .allowedPermissions = STRINGS(organization, "ViewOwn", "Reply"));
    ORGANIZATION(caller, SetTicketPermissions, INVALID_VALUE, .roleID = role,
        .allowedPermissions = STRINGS(organization, "ViewOwn", "NoSuch"));
    ORGANIZATION(caller, SetKBPermissions, SUCCESS, .roleID = role,
        .allowedPermissions = STRINGS(organization, "View"), .categoryID = 0);
    report_comes_and_goes(caller, role);
    ORGANIZATION(caller, RemoveRole, SUCCESS, .roleID = role);
}

static void time_log_category(struct caller *caller)
{
    char *name = text(caller, "Category " ROUND_TRIP " %s", caller->unique);
    int id = STRUCTURE(caller, CreateTimeLogCategory, .name = name, .description = ROUND_TRIP)->Id;
    __auto_type list = ORGANIZATION(caller, GetAllTimeLogCategories, SUCCESS)->TimeLogCategories;
    __auto_type ours = OURS(caller, "all categories", list, TimeLogCategoryInfo, ID, id);
    check_text(caller, "its CategoryName", name, ours->CategoryName);
    check_text(caller, "its Description", ROUND_TRIP, ours->Description);
    STRUCTURE(caller, RemoveTimeLogCategory, .categoryId = id);
}

static void check_totals(struct caller *caller, struct agent agent, struct organization__ArrayOfDailyStatItem *items)
{
    __auto_type ours = OURS(caller, "daily totals", items, DailyStatItem, Agent->ID, agent.id);
    check_text(caller, "UserName of its agent", agent.name, ours->Agent->UserName);
    check_text(caller, "DisplayName of its agent", ROUND_TRIP, ours->Agent->DisplayName);
    check_int(caller, "DailyTicketCount", 4, ours->DailyTicketCount);
    check_int(caller, "DailyChatCount", 5, ours->DailyChatCount);
    check_int(caller, "DailyCallLogCount", 6, ours->DailyCallLogCount);
    check_double(caller, "AverageTicketResponseTime", 0.1, ours->AverageTicketResponseTime);
}

static void activity(struct caller *caller, struct agent agent)
{
    STRUCTURE(caller, ReportAgentActivity, .userId = agent.id, .activeTickets = 1, .activeLiveChats = 2,
        .inProgressTasks = 3, .dailyTickets = 4, .dailyChats = 5, .dailyCallLogs = 6,
        .averageTicketResponseTime = 0.1);
    check_totals(caller, agent, ORGANIZATION(caller, GetDailyTotals, SUCCESS)->StatItems);
    __auto_type own = ORGANIZATION_AS(caller, agent.name, PASSWORD, GetDailyTotals, SUCCESS,
        .useAuthenticatedUser = xsd__boolean__true_);
    check_totals(caller, agent, own->StatItems);
    __auto_type items = ORGANIZATION(caller, GetActiveItemCounts, SUCCESS)->ActiveItems;
    __auto_type ours = OURS(caller, "active items", items, ActiveItem, Agent->ID, agent.id);
    check_int(caller, "ActiveTicketsCount", 1, ours->ActiveTicketsCount);
    check_int(caller, "ActiveLiveChatsCount", 2, ours->ActiveLiveChatsCount);
    check_int(caller, "InProgressTasksCount", 3, ours->InProgressTasksCount);
}

void definitions(struct caller *caller, struct agent agent)
{
    int field = custom_field_comes(caller);
    custom_field_is_defined(caller, field);
    custom_field_is_listed(caller, field);
    custom_field_has_values(caller, agent);
    custom_field_goes(caller, field);
    permissions(caller);
    time_log_category(caller);
    activity(caller, agent);
}
