// The help desk: a brand with a department, its groups and an agent, made
// through svcStructure and looked at through both services.

using System.Collections.Generic;
using System.Linq;
using OrganizationService;
using StructureService;

public class Desk
{
    const short AgentRole = 4;
    const string FrontLine = "Front line";

    readonly Caller caller;
    readonly Checks checks;
    readonly svcOrganization service;
    readonly svcStructure structure;
    readonly string admin, password, brand, department, group;
    int brandId, departmentId, groupId, frontLineId;

    public readonly string Agent;
    public int AgentId { get; private set; }

    public Desk(Caller caller)
    {
        this.caller = caller;
        checks = caller.Checks;
        service = caller.Organization;
        structure = caller.Structure;
        admin = caller.Name;
        password = caller.Password;
        Agent = caller.Unique + "-agent";
        brand = $"Brand {Caller.RoundTrip} {caller.Unique}";
        department = "Department " + Caller.RoundTrip;
        group = "Group " + Caller.RoundTrip;
    }

    public void Open()
    {
        BrandComes();
        DepartmentComes();
        GroupComes();
        AgentComes();
    }

    public void Look()
    {
        ListsOfStructure();
        ListsOfAgents();
        ListsAsAgent();
        AgentLogsIn();
    }

    public void Close()
    {
        caller.Refused(structure.RemoveBrand(admin, password, brandId, false), Code.RuleBroken, "brandId");
        caller.Define(structure.RemoveBrand(admin, password, brandId, true));
        var brands = caller.Call(service.GetAllBrands(admin, password)).Brands;
        var ours = brands.FirstOrDefault(row => row.ID == brandId);
        checks.Equal("our brand at the end", null, ours);
        var groups = caller.Call(service.GetGroupsForUser(admin, password, AgentId)).Groups;
        checks.Equal("groups of the agent at the end", new GroupInfo[0], groups);
        caller.Call(service.DeleteUser(admin, password, AgentId));
    }

    void BrandComes()
    {
        brandId = caller.Define(structure.CreateBrand(admin, password, brand)).Id;
        checks.Holds("id of a new brand", "1 or more", brandId >= 1, brandId);
        var again = structure.CreateBrand(admin, password, brand);
        caller.Refused(again, Code.AlreadyExists, "name");
        checks.Equal("Id of a refused create", 0, again.Id);
    }

    void DepartmentComes()
    {
        var roles = new[] { AgentRole };
        var made = structure.CreateDepartment(admin, password, brandId, department, false, roles, FrontLine);
        departmentId = caller.Define(made).Id;
        var departments = caller.Define(structure.ListDepartments(admin, password)).Departments;
        var ours = departments.Where(row => row.BrandId == brandId).ToList();
        checks.Equal("departments of the brand", 1, ours.Count);
        var seen = (ours[0].DepartmentId, ours[0].Name, ours[0].IsInternal, ours[0].Position);
        checks.Equal("our department", (departmentId, department, false, 1), seen);
        checks.Equal("roles of our department", roles, ours[0].LimitedToRoles);
        caller.Define(structure.SetDepartmentAccess(admin, password, departmentId, false, new short[0]));
        departments = caller.Define(structure.ListDepartments(admin, password)).Departments;
        var open = departments.First(row => row.DepartmentId == departmentId);
        checks.Equal("roles of an open department", new short[0], open.LimitedToRoles);
        caller.Define(structure.SetDepartmentAccess(admin, password, departmentId, false, roles));
    }

    void GroupComes()
    {
        groupId = caller.Define(structure.CreateGroup(admin, password, departmentId, group)).Id;
        var groups = OurGroups();
        frontLineId = groups[0].GroupId;
        var front = (groups[0].Name, groups[0].IsFrontLine, groups[0].Position);
        checks.Equal("first group", (FrontLine, true, 1), front);
        var second = (groups[1].GroupId, groups[1].Name, groups[1].IsFrontLine, groups[1].Position);
        checks.Equal("second group", (groupId, group, false, 2), second);
        var order = new[] { groupId, frontLineId };
        caller.Define(structure.ReorderGroups(admin, password, departmentId, order));
        var places = OurGroups().Select(row => (row.GroupId, row.Position));
        checks.Equal("places of the groups", new[] { (groupId, 1), (frontLineId, 2) }, places);
    }

    List<Group> OurGroups()
    {
        var groups = caller.Define(structure.ListGroups(admin, password)).Groups;
        return groups.Where(row => row.DepartmentId == departmentId).ToList();
    }

    void AgentComes()
    {
        AgentId = caller.Call(caller.CreateUser2(Agent)).UserID;
        caller.Refused(SetMembership(), Code.RuleBroken, "userId");
        caller.Call(service.AddRoleToUser(admin, password, AgentId, AgentRole));
        var agents = caller.Call(service.GetAgentsForGroup(admin, password, groupId)).Agents;
        checks.Equal("agents of a new group", new AgentInfo[0], agents);
        caller.Define(SetMembership());
        var members = caller.Define(structure.ListMemberships(admin, password, groupId)).Memberships;
        var seen = members.Select(row => (row.UserId, row.ActiveForTickets, row.ActiveForChats, row.Away));
        checks.Equal("members of the group", new[] { (AgentId, true, false, false) }, seen);
    }

    ChangeResult SetMembership() => structure.SetMembership(admin, password, groupId, AgentId, true, false, false);

    void ListsOfStructure()
    {
        var ours = (departmentId, department);
        var brands = caller.Call(service.GetAllBrands(admin, password)).Brands;
        checks.Has("all brands", (brandId, brand), brands.Select(row => (row.ID, row.Name)));
        var departments = caller.Call(service.GetDepartmentsForBrand(admin, password, brandId));
        checks.Equal("departments of our brand", new[] { ours }, Names(departments));
        departments = caller.Call(service.GetAllDepartments(admin, password));
        checks.Has("all departments", ours, Names(departments));
        var groups = caller.Call(service.GetGroupsForDepartment(admin, password, departmentId));
        var both = new[] { (frontLineId, FrontLine), (groupId, group) };
        checks.Equal("groups of our department", both, Names(groups));
        groups = caller.Call(service.GetAllGroups(admin, password));
        checks.Has("all groups", (groupId, group), Names(groups));
        groups = caller.Call(service.GetGroupsForUser(admin, password, AgentId));
        checks.Equal("groups of our agent", new[] { (groupId, group) }, Names(groups));
    }

    static IEnumerable<(int, string)> Names(DepartmentInfoArrayResult answer)
    {
        return answer.Departments.Select(row => (row.ID, row.Name));
    }

    static IEnumerable<(int, string)> Names(GroupInfoArrayResult answer)
    {
        return answer.Groups.Select(row => (row.ID, row.Name));
    }

    void ListsOfAgents()
    {
        var ours = (AgentId, Agent, Caller.RoundTrip);
        var one = new[] { ours };
        checks.Has("all agents", ours, Agents(service.GetAllAgents(admin, password)));
        var seen = Agents(service.GetAgentsForDepartment(admin, password, departmentId));
        checks.Equal("agents of our department", one, seen);
        checks.Equal("agents of our group", one, Agents(service.GetAgentsForGroup(admin, password, groupId)));
        seen = Agents(service.GetActiveTicketAgentsForGroup(admin, password, groupId));
        checks.Equal("agents for tickets", one, seen);
        var nobody = new (int, string, string)[0];
        seen = Agents(service.GetActiveChatAgentsForGroup(admin, password, groupId));
        checks.Equal("agents for chats", nobody, seen);
        seen = Agents(service.GetAvailableChatAgentsForGroup(admin, password, groupId));
        checks.Equal("agents available for chats", nobody, seen);
    }

    IEnumerable<(int, string, string)> Agents(AgentInfoArrayResult answer)
    {
        var agents = caller.Call(answer).Agents;
        return agents.Select(agent => (agent.ID, agent.UserName, agent.DisplayName));
    }

    void ListsAsAgent()
    {
        var ours = (departmentId, department);
        var open = caller.Call(service.GetDeptsForUserTicketSubmission(Agent, Caller.UserPassword));
        checks.Has("departments for tickets of the agent", ours, Names(open));
        var own = caller.Call(service.GetAllDepartments(Agent, Caller.UserPassword));
        checks.Equal("departments of the agent", new[] { ours }, Names(own));
    }

    void AgentLogsIn()
    {
        var valid = caller.Call(service.ValidateAgent(Agent, Caller.UserPassword));
        var agent = (valid.Agent.ID, valid.Agent.UserName, valid.Agent.DisplayName);
        checks.Equal("Agent", (AgentId, Agent, Caller.RoundTrip), agent);
        checks.Equal("Roles", new short[] { 1, 2, 3, AgentRole }, valid.Roles);
        var refusal = caller.Call(service.ValidateAgent(Agent, "wrong"), Code.AuthenticationFailed);
        agent = (refusal.Agent.ID, refusal.Agent.UserName, refusal.Agent.DisplayName);
        checks.Equal("Agent of a refusal", (0, (string)null, (string)null), agent);
        checks.Equal("Roles of a refusal", null, refusal.Roles);
    }
}
