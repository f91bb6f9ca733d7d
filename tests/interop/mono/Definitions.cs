// What the help desk defines: a custom field, permissions of a role, a report, a
// time-log category, and what the ticket system reports of an agent.

using System.Linq;
using OrganizationService;
using StructureService;

public class Definitions
{
    static readonly string[] Options = { "Gold <&>", "Silver" };

    readonly Caller caller;
    readonly Checks checks;
    readonly svcOrganization service;
    readonly svcStructure structure;
    readonly string admin, password, agent, field;
    readonly int agentId;

    public Definitions(Caller caller, int agentId, string agent)
    {
        this.caller = caller;
        this.agentId = agentId;
        this.agent = agent;
        checks = caller.Checks;
        service = caller.Organization;
        structure = caller.Structure;
        admin = caller.Name;
        password = caller.Password;
        field = $"Level {Caller.RoundTrip} {caller.Unique}";
    }

    public void Tell()
    {
        var fieldId = CustomFieldComes();
        CustomFieldIsListed(fieldId);
        CustomFieldHasValues();
        CustomFieldGoes(fieldId);
        Permissions();
        TimeLogCategory();
        Activity();
    }

    int CustomFieldComes()
    {
        var made = structure.CreateCustomField(
            admin, password, caller.Unique, field, DataType.List, "Silver", Options,
            isGlobal: true, required: false, forEmployees: true, forUsers: false);
        return caller.Define(made).Id;
    }

    void CustomFieldIsListed(int fieldId)
    {
        var fields = caller.Define(structure.ListCustomFields(admin, password)).CustomFields;
        var ours = fields.FirstOrDefault(row => row.FieldId == fieldId);
        checks.Holds("custom fields", "ours among them", ours != null, fields);
        checks.Equal("its names", (caller.Unique, field), (ours.Name, ours.DisplayName));
        checks.Equal("its DataType", DataType.List, ours.DataType);
        checks.Equal("its DefaultValue", "Silver", ours.DefaultValue);
        checks.Equal("its Options", Options, ours.Options);
        var flags = (ours.IsGlobal, ours.Required, ours.ForEmployees, ours.ForUsers);
        checks.Equal("its flags", (true, false, true, false), flags);
        var infos = caller.Call(service.GetAllCustomFields(admin, password)).CustomFields;
        var info = infos.FirstOrDefault(row => row.ID == fieldId);
        checks.Holds("GetAllCustomFields", "ours among them", info != null, infos);
        var texts = (info.DisplayName, info.DataType, info.DefaultValue, info.IsGlobal);
        checks.Equal("its info", (field, "List", "Silver", true), texts);
        checks.Equal("ValueOptions", Options, info.ValueOptions);
    }

    void CustomFieldHasValues()
    {
        checks.Equal("default", new[] { field + "=Silver", "NoSuch=" }, ValuesOf(field, "NoSuch"));
        SetValue("Gold <&>", Code.Success);
        SetValue("Bronze", Code.InvalidValue);
        var ours = field + "=Gold <&>";
        checks.Equal("value read back", new[] { ours }, ValuesOf(field));
        var all = caller.Call(service.GetUserCustomFieldsList(admin, password, agentId)).RequestResults;
        checks.Has("all values", ours, all);
    }

    void SetValue(string value, int code)
    {
        var values = new[] { $"{field}={value}" };
        caller.Call(service.SetUserCustomFields(admin, password, agentId, values), code);
    }

    string[] ValuesOf(params string[] fields)
    {
        return caller.Call(service.GetUserCustomFields(admin, password, agentId, fields)).RequestResults;
    }

    void CustomFieldGoes(int fieldId)
    {
        caller.Refused(structure.RemoveCustomField(admin, password, fieldId, false), Code.RuleBroken, "fieldId");
        caller.Define(structure.RemoveCustomField(admin, password, fieldId, true));
    }

    void Permissions()
    {
        var name = "Permissions " + caller.Unique;
        caller.Call(service.AddRole(admin, password, name, true));
        var roles = caller.Call(service.GetAllRoles(admin, password)).Roles;
        var roleId = roles.First(role => role.RoleName == name).RoleID;
        var allowed = new[] { "ViewOwn", "Reply" };
        caller.Call(service.SetTicketPermissions(admin, password, allowed, roleId));
        var unknown = new[] { "ViewOwn", "NoSuch" };
        caller.Call(service.SetTicketPermissions(admin, password, unknown, roleId), Code.InvalidValue);
        caller.Call(service.SetTicketPermissions(admin, password, new string[0], roleId));
        caller.Call(service.SetKBPermissions(admin, password, new[] { "View" }, roleId, 0));
        ReportComesAndGoes(roleId);
        caller.Call(service.RemoveRole(admin, password, roleId));
    }

    void ReportComesAndGoes(short roleId)
    {
        var name = $"Report {Caller.RoundTrip} {caller.Unique}";
        var reportId = caller.Define(structure.CreateReport(admin, password, name, null)).ReportId;
        var reports = caller.Call(service.GetAllReports(admin, password)).Reports;
        checks.Has("all reports", (reportId, name), reports.Select(row => (row.ReportID, row.ReportName)));
        caller.Call(service.SetReportPermissions(admin, password, new[] { reportId }, roleId));
        caller.Refused(structure.RemoveReport(admin, password, reportId, false), Code.RuleBroken, "reportId");
        caller.Define(structure.RemoveReport(admin, password, reportId, true));
    }

    void TimeLogCategory()
    {
        var name = $"Category {Caller.RoundTrip} {caller.Unique}";
        var id = caller.Define(structure.CreateTimeLogCategory(admin, password, name, Caller.RoundTrip)).Id;
        var found = caller.Call(service.GetAllTimeLogCategories(admin, password)).TimeLogCategories;
        var texts = found.Select(row => (row.ID, row.CategoryName, row.Description));
        checks.Has("all categories", (id, name, Caller.RoundTrip), texts);
        caller.Define(structure.RemoveTimeLogCategory(admin, password, id, false));
    }

    void Activity()
    {
        caller.Define(structure.ReportAgentActivity(
            admin, password, agentId, activeTickets: 1, activeLiveChats: 2, inProgressTasks: 3,
            dailyTickets: 4, dailyChats: 5, dailyCallLogs: 6, averageTicketResponseTime: 0.1));
        DailyTotals(service.GetDailyTotals(admin, password, false));
        DailyTotals(service.GetDailyTotals(agent, Caller.UserPassword, true));
        var items = caller.Call(service.GetActiveItemCounts(admin, password, false)).ActiveItems;
        var ours = items.First(item => item.Agent.ID == agentId);
        var counts = (ours.ActiveTicketsCount, ours.ActiveLiveChatsCount, ours.InProgressTasksCount);
        checks.Equal("active items of our agent", (1, 2, 3), counts);
    }

    void DailyTotals(DailyStatItemArrayResult answer)
    {
        var ours = caller.Call(answer).StatItems.First(item => item.Agent.ID == agentId);
        var person = (ours.Agent.UserName, ours.Agent.DisplayName);
        checks.Equal("agent of the daily totals", (agent, Caller.RoundTrip), person);
        var counts = (ours.DailyTicketCount, ours.DailyChatCount, ours.DailyCallLogCount);
        checks.Equal("daily totals of our agent", (4, 5, 6), counts);
        checks.Equal("AverageTicketResponseTime", 0.1, ours.AverageTicketResponseTime);
    }
}
