/* The help desk: a brand with a department, its groups and an agent, made through
   svcStructure and looked at through both services. */

#include "caller.h"

#define AGENT 4
#define FRONT_LINE "Front line"

static void brand_comes(struct caller *caller, struct desk *desk)
{
    desk->brand = text(caller, "Brand " ROUND_TRIP " %s", caller->unique);
    desk->brand_id = STRUCTURE(caller, CreateBrand, .name = desk->brand)->Id;
    check(caller, "id of a new brand", "1 or more", desk->brand_id >= 1);
    __auto_type again = REFUSED(caller, CreateBrand, ALREADY_EXISTS, "name", .name = desk->brand);
    check_int(caller, "Id of a refused create", 0, again->Id);
}

static void department_comes(struct caller *caller, struct desk *desk)
{
    short role = AGENT;
    desk->department = "Department " ROUND_TRIP;
    desk->department_id = STRUCTURE(caller, CreateDepartment, .brandId = desk->brand_id, .name = desk->department,
        .limitedToRoles = &(struct structure__ArrayOfShort){1, &role}, .frontLineGroup = FRONT_LINE)->Id;
    __auto_type list = STRUCTURE(caller, ListDepartments)->Departments;
    __auto_type ours = OURS(caller, "departments", list, Department, DepartmentId, desk->department_id);
    check_int(caller, "its BrandId", desk->brand_id, ours->BrandId);
    check_text(caller, "its Name", desk->department, ours->Name);
    check_int(caller, "its IsInternal", xsd__boolean__false_, ours->IsInternal);
    check_int(caller, "its Position", 1, ours->Position);
    CHECK_SIZE(caller, "its LimitedToRoles", ours->LimitedToRoles, short_, 1);
    check_int(caller, "its role", AGENT, ours->LimitedToRoles->short_[0]);
}

static void check_group(struct caller *caller, const struct structure__Group *group,
    const char *name, int front_line, int position)
{
    check_text(caller, "name of the group", name, group->Name);
    check_int(caller, "IsFrontLine of the group", front_line, group->IsFrontLine);
    check_int(caller, "Position of the group", position, group->Position);
}

static void group_comes(struct caller *caller, struct desk *desk)
{
    desk->group = "Group " ROUND_TRIP;
    desk->group_id = STRUCTURE(caller, CreateGroup, .departmentId = desk->department_id, .name = desk->group)->Id;
    __auto_type list = STRUCTURE(caller, ListGroups)->Groups;
    check_group(caller, OURS(caller, "groups", list, Group, GroupId, desk->group_id), desk->group, 0, 2);
    /* The other one of the department. */
    for (int at = 0; at < list->__sizeGroup; at++)
        if (list->Group[at].DepartmentId == desk->department_id && list->Group[at].GroupId != desk->group_id)
            desk->front_line_id = list->Group[at].GroupId;
    check_group(caller, OURS(caller, "groups", list, Group, GroupId, desk->front_line_id), FRONT_LINE, 1, 1);
    int order[] = {desk->group_id, desk->front_line_id};
    STRUCTURE(caller, ReorderGroups, .departmentId = desk->department_id,
        .groupIds = &(struct structure__ArrayOfInt){2, order});
    list = STRUCTURE(caller, ListGroups)->Groups;
    check_group(caller, OURS(caller, "groups", list, Group, GroupId, desk->group_id), desk->group, 0, 1);
    check_group(caller, OURS(caller, "groups", list, Group, GroupId, desk->front_line_id), FRONT_LINE, 1, 2);
}

static void agent_comes(struct caller *caller, struct desk *desk)
{
    desk->agent.name = text(caller, "%s-agent", caller->unique);
    int id = desk->agent.id = create_user(caller, desk->agent.name);
    REFUSED(caller, SetMembership, RULE_BROKEN, "userId", .groupId = desk->group_id, .userId = id);
    ORGANIZATION(caller, AddRoleToUser, SUCCESS, .userID = id, .roleID = AGENT);
    __auto_type agents = ORGANIZATION(caller, GetAgentsForGroup, SUCCESS, .GroupID = desk->group_id)->Agents;
    CHECK_SIZE(caller, "agents of a new group", agents, AgentInfo, 0);
    STRUCTURE(caller, SetMembership, .groupId = desk->group_id, .userId = id,
        .activeForTickets = xsd__boolean__true_);
    __auto_type members = STRUCTURE(caller, ListMemberships, .groupId = desk->group_id)->Memberships;
    CHECK_SIZE(caller, "members of the group", members, Membership, 1);
    check_int(caller, "UserId of the member", id, members->Membership[0].UserId);
    check_int(caller, "ActiveForTickets of the member", 1, members->Membership[0].ActiveForTickets);
    check_int(caller, "ActiveForChats of the member", 0, members->Membership[0].ActiveForChats);
    check_int(caller, "Away of the member", 0, members->Membership[0].Away);
}

void open_desk(struct caller *caller, struct desk *desk)
{
    brand_comes(caller, desk);
    department_comes(caller, desk);
    group_comes(caller, desk);
    agent_comes(caller, desk);
}

static void check_department(struct caller *caller, const struct desk *desk,
    struct organization__ArrayOfDepartmentInfo *list)
{
    __auto_type ours = OURS(caller, "departments", list, DepartmentInfo, ID, desk->department_id);
    check_text(caller, "name of our department", desk->department, ours->Name);
}

static void lists_of_structure(struct caller *caller, const struct desk *desk)
{
    __auto_type brands = ORGANIZATION(caller, GetAllBrands, SUCCESS)->Brands;
    __auto_type brand = OURS(caller, "all brands", brands, BrandInfo, ID, desk->brand_id);
    check_text(caller, "name of our brand", desk->brand, brand->Name);
    __auto_type departments =
        ORGANIZATION(caller, GetDepartmentsForBrand, SUCCESS, .BrandID = desk->brand_id)->Departments;
    CHECK_SIZE(caller, "departments of our brand", departments, DepartmentInfo, 1);
    check_department(caller, desk, departments);
    check_department(caller, desk, ORGANIZATION(caller, GetAllDepartments, SUCCESS)->Departments);
    __auto_type groups =
        ORGANIZATION(caller, GetGroupsForDepartment, SUCCESS, .DepartmentID = desk->department_id)->Groups;
    CHECK_SIZE(caller, "groups of our department", groups, GroupInfo, 2);
    groups = ORGANIZATION(caller, GetAllGroups, SUCCESS)->Groups;
    __auto_type group = OURS(caller, "all groups", groups, GroupInfo, ID, desk->front_line_id);
    check_text(caller, "name of our first group", FRONT_LINE, group->Name);
    groups = ORGANIZATION(caller, GetGroupsForUser, SUCCESS, .UserID = desk->agent.id)->Groups;
    CHECK_SIZE(caller, "groups of our agent", groups, GroupInfo, 1);
    check_text(caller, "name of its group", desk->group, groups->GroupInfo[0].Name);
}

static void check_agent(struct caller *caller, const struct desk *desk, const struct organization__AgentInfo *agent)
{
    check_int(caller, "ID of our agent", desk->agent.id, agent->ID);
    check_text(caller, "UserName of our agent", desk->agent.name, agent->UserName);
    check_text(caller, "DisplayName of our agent", ROUND_TRIP, agent->DisplayName);
}

static void check_only_agent(struct caller *caller, const struct desk *desk,
    struct organization__ArrayOfAgentInfo *list)
{
    CHECK_SIZE(caller, "agents", list, AgentInfo, 1);
    check_agent(caller, desk, &list->AgentInfo[0]);
}

static void lists_of_agents(struct caller *caller, const struct desk *desk)
{
    int group = desk->group_id, department = desk->department_id;
    __auto_type agents = ORGANIZATION(caller, GetAllAgents, SUCCESS)->Agents;
    check_agent(caller, desk, OURS(caller, "all agents", agents, AgentInfo, ID, desk->agent.id));
    agents = ORGANIZATION(caller, GetAgentsForDepartment, SUCCESS, .DepartmentID = department)->Agents;
    check_only_agent(caller, desk, agents);
    check_only_agent(caller, desk, ORGANIZATION(caller, GetAgentsForGroup, SUCCESS, .GroupID = group)->Agents);
    agents = ORGANIZATION(caller, GetActiveTicketAgentsForGroup, SUCCESS, .GroupID = group)->Agents;
    check_only_agent(caller, desk, agents);
    agents = ORGANIZATION(caller, GetActiveChatAgentsForGroup, SUCCESS, .GroupID = group)->Agents;
    CHECK_SIZE(caller, "agents for chats", agents, AgentInfo, 0);
    agents = ORGANIZATION(caller, GetAvailableChatAgentsForGroup, SUCCESS, .GroupID = group)->Agents;
    CHECK_SIZE(caller, "agents available for chats", agents, AgentInfo, 0);
}

static void lists_as_agent(struct caller *caller, const struct desk *desk)
{
    char *name = desk->agent.name;
    check_department(caller, desk,
        ORGANIZATION_AS(caller, name, PASSWORD, GetDeptsForUserTicketSubmission, SUCCESS)->Departments);
    __auto_type own = ORGANIZATION_AS(caller, name, PASSWORD, GetAllDepartments, SUCCESS)->Departments;
    CHECK_SIZE(caller, "departments of the agent", own, DepartmentInfo, 1);
    check_department(caller, desk, own);
}

static void agent_logs_in(struct caller *caller, const struct desk *desk)
{
    const short roles[] = {1, 2, 3, AGENT};
    __auto_type valid = LOG_IN(caller, desk->agent.name, PASSWORD, ValidateAgent, SUCCESS);
    check_agent(caller, desk, valid->Agent);
    CHECK_SIZE(caller, "Roles", valid->Roles, short_, 4);
    for (int at = 0; at < 4; at++)
        check_int(caller, "role of the agent", roles[at], valid->Roles->short_[at]);
    __auto_type refusal = LOG_IN(caller, desk->agent.name, "wrong", ValidateAgent, AUTHENTICATION_FAILED);
    check(caller, "Agent of a refusal", "a record", refusal->Agent != NULL);
    check_int(caller, "its ID", 0, refusal->Agent->ID);
    check_text(caller, "its UserName", NULL, refusal->Agent->UserName);
    check_text(caller, "its DisplayName", NULL, refusal->Agent->DisplayName);
    check(caller, "Roles of a refusal", "no list", refusal->Roles == NULL);
}

void look_at_desk(struct caller *caller, const struct desk *desk)
{
    lists_of_structure(caller, desk);
    lists_of_agents(caller, desk);
    lists_as_agent(caller, desk);
    agent_logs_in(caller, desk);
}

void close_desk(struct caller *caller, const struct desk *desk)
{
    REFUSED(caller, RemoveBrand, RULE_BROKEN, "brandId", .brandId = desk->brand_id);
    STRUCTURE(caller, RemoveBrand, .brandId = desk->brand_id, .cascade = xsd__boolean__true_);
    __auto_type brands = ORGANIZATION(caller, GetAllBrands, SUCCESS)->Brands;
    check(caller, "brands at the end", "not ours", FIND(brands, BrandInfo, ID, desk->brand_id) == NULL);
    __auto_type groups = ORGANIZATION(caller, GetGroupsForUser, SUCCESS, .UserID = desk->agent.id)->Groups;
    CHECK_SIZE(caller, "groups of the agent at the end", groups, GroupInfo, 0);
    ORGANIZATION(caller, DeleteUser, SUCCESS, .userId = desk->agent.id);
}
