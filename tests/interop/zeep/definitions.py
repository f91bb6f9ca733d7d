"""What the help desk defines: a custom field, permissions of a role, a report,
a time-log category, and what the ticket system reports of an agent."""

from caller import INVALID_VALUE, ROUND_TRIP, RULE_BROKEN


class Definitions:
    def __init__(self, caller, agent_id, agent):
        self.caller = caller
        self.call = caller.call
        self.define = caller.define
        self.checks = caller.checks
        self.agent_id = agent_id
        self.agent = agent
        self.unique = caller.unique
        self.field = f"Level {ROUND_TRIP} {caller.unique}"

    def tell(self):
        field_id = self.custom_field_comes()
        self.custom_field_is_listed(field_id)
        self.custom_field_has_values()
        self.custom_field_goes(field_id)
        self.permissions()
        self.time_log_category()
        self.activity()

    def custom_field_comes(self):
        return self.define(
            "CreateCustomField",
            name=self.unique,
            displayName=self.field,
            dataType="List",
            defaultValue="Silver",
            options={"string": ["Gold <&>", "Silver"]},
            isGlobal=True,
            required=False,
            forEmployees=True,
            forUsers=False,
        ).Id

    def custom_field_is_listed(self, field_id):
        fields = self.define("ListCustomFields").CustomFields.CustomField
        ours = next((field for field in fields if field.FieldId == field_id), None)
        self.checks.holds("custom fields", "ours among them", ours is not None, fields)
        self.checks.equal("its names", (self.unique, self.field), (ours.Name, ours.DisplayName))
        self.checks.equal("its DataType", "List", ours.DataType)
        self.checks.equal("its DefaultValue", "Silver", ours.DefaultValue)
        self.checks.equal("its Options", ["Gold <&>", "Silver"], ours.Options.string)
        flags = (ours.IsGlobal, ours.Required, ours.ForEmployees, ours.ForUsers)
        self.checks.equal("its flags", (True, False, True, False), flags)
        infos = self.call("GetAllCustomFields").CustomFields.CustomFieldInfo
        info = next((info for info in infos if info.ID == field_id), None)
        self.checks.holds("GetAllCustomFields", "ours among them", info is not None, infos)
        self.checks.equal("DisplayName of its info", self.field, info.DisplayName)
        self.checks.equal("DataType of its info", ("List", True), (info.DataType, info.IsGlobal))
        self.checks.equal("ValueOptions", ["Gold <&>", "Silver"], info.ValueOptions.string)

    def custom_field_has_values(self):
        self.checks.equal("default", [f"{self.field}=Silver", "NoSuch="], self.values_of("NoSuch"))
        self.set_value("Gold <&>")
        self.set_value("Bronze", INVALID_VALUE)
        self.checks.equal("value read back", [f"{self.field}=Gold <&>"], self.values_of())
        found = self.call("GetUserCustomFieldsList", userId=self.agent_id).RequestResults.string
        ours = f"{self.field}=Gold <&>"
        self.checks.holds("all values", "ours among them", ours in found, found)

    def set_value(self, value, code=0):
        values = {"string": [f"{self.field}={value}"]}
        self.call("SetUserCustomFields", code, userId=self.agent_id, customFieldValues=values)

    def values_of(self, *more):
        asked = {"string": [self.field, *more]}
        answer = self.call(
            "GetUserCustomFields", userId=self.agent_id, requestedCustomFields=asked
        )
        return answer.RequestResults.string

    def custom_field_goes(self, field_id):
        self.caller.refused(
            "RemoveCustomField", RULE_BROKEN, "fieldId", fieldId=field_id, cascade=False
        )
        self.define("RemoveCustomField", fieldId=field_id, cascade=True)

    def permissions(self):
        name = f"Permissions {self.unique}"
        self.call("AddRole", roleName=name, employeeRole=True)
        roles = self.call("GetAllRoles").Roles.RoleInfo
        role_id = next((role.RoleID for role in roles if role.RoleName == name), 0)
        self.allow("SetTicketPermissions", role_id, ["ViewOwn", "Reply"])
        self.allow("SetTicketPermissions", role_id, ["ViewOwn", "NoSuch"], INVALID_VALUE)
        self.allow("SetKBPermissions", role_id, ["View"], categoryID=0)
        self.report_comes_and_goes(role_id)
        self.call("RemoveRole", roleID=role_id)

    def allow(self, operation, role_id, names, code=0, **parameters):
        allowed = {"string": names}
        self.call(operation, code, roleID=role_id, allowedPermissions=allowed, **parameters)

    def report_comes_and_goes(self, role_id):
        name = f"Report {ROUND_TRIP} {self.unique}"
        report_id = self.define("CreateReport", name=name).ReportId
        reports = self.call("GetAllReports").Reports.ReportInfo
        names = {report.ReportID: report.ReportName for report in reports}
        self.checks.equal("our report among all", name, names.get(report_id))
        self.allow("SetReportPermissions", role_id, [report_id])
        self.caller.refused(
            "RemoveReport", RULE_BROKEN, "reportId", reportId=report_id, cascade=False
        )
        self.define("RemoveReport", reportId=report_id, cascade=True)

    def time_log_category(self):
        name = f"Category {ROUND_TRIP} {self.unique}"
        category_id = self.define("CreateTimeLogCategory", name=name, description=ROUND_TRIP).Id
        found = self.call("GetAllTimeLogCategories").TimeLogCategories.TimeLogCategoryInfo
        texts = {row.ID: (row.CategoryName, row.Description) for row in found}
        self.checks.equal("our category among all", (name, ROUND_TRIP), texts.get(category_id))
        self.define("RemoveTimeLogCategory", categoryId=category_id, cascade=False)

    def activity(self):
        self.define(
            "ReportAgentActivity",
            userId=self.agent_id,
            activeTickets=1,
            activeLiveChats=2,
            inProgressTasks=3,
            dailyTickets=4,
            dailyChats=5,
            dailyCallLogs=6,
            averageTicketResponseTime=0.1,
        )
        self.daily_totals(useAuthenticatedUser=False)
        self.daily_totals(useAuthenticatedUser=True, **self.caller.credentials(self.agent))
        items = self.call("GetActiveItemCounts", useAuthenticatedAgent=False).ActiveItems.ActiveItem
        seen = [
            (item.ActiveTicketsCount, item.ActiveLiveChatsCount, item.InProgressTasksCount)
            for item in items
            if item.Agent.ID == self.agent_id
        ]
        self.checks.equal("active items of our agent", [(1, 2, 3)], seen)

    def daily_totals(self, **parameters):
        items = self.call("GetDailyTotals", **parameters).StatItems.DailyStatItem
        seen = [
            (
                item.Agent.UserName,
                item.DailyTicketCount,
                item.DailyChatCount,
                item.DailyCallLogCount,
                item.AverageTicketResponseTime,
            )
            for item in items
            if item.Agent.ID == self.agent_id
        ]
        self.checks.equal("daily totals of our agent", [(self.agent, 4, 5, 6, 0.1)], seen)
