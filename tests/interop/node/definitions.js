// What the help desk defines: a custom field, permissions of a role, a report, a
// time-log category, and what the ticket system reports of an agent.

import { INVALID_VALUE, ROUND_TRIP, RULE_BROKEN } from "./caller.js";

const OPTIONS = ["Gold <&>", "Silver"];

export class Definitions {
  constructor(caller, agentId, agent) {
    this.caller = caller;
    this.checks = caller.checks;
    this.agentId = agentId;
    this.agent = agent;
    this.field = `Level ${ROUND_TRIP} ${caller.unique}`;
  }

  async tell() {
    const fieldId = await this.customFieldComes();
    await this.customFieldIsListed(fieldId);
    await this.customFieldHasValues();
    await this.customFieldGoes(fieldId);
    await this.permissions();
    await this.timeLogCategory();
    await this.activity();
  }

  async customFieldComes() {
    const made = await this.caller.define("CreateCustomField", {
      name: this.caller.unique,
      displayName: this.field,
      dataType: "List",
      defaultValue: "Silver",
      options: { string: OPTIONS },
      isGlobal: true,
      required: false,
      forEmployees: true,
      forUsers: false,
    });
    return made.Id;
  }

  async customFieldIsListed(fieldId) {
    const fields = (await this.caller.define("ListCustomFields")).CustomFields.CustomField;
    const ours = { ...fields.find((field) => field.FieldId === fieldId), Position: "any" };
    const expected = {
      FieldId: fieldId,
      Name: this.caller.unique,
      DisplayName: this.field,
      DataType: "List",
      DefaultValue: "Silver",
      Options: { string: OPTIONS },
      IsGlobal: true,
      Required: false,
      ForEmployees: true,
      ForUsers: false,
      Position: "any",
    };
    this.checks.equal("our custom field", expected, ours);
    const infos = (await this.caller.call("GetAllCustomFields")).CustomFields.CustomFieldInfo;
    const info = {
      DataType: "List",
      DefaultValue: "Silver",
      DisplayName: this.field,
      ID: fieldId,
      IsGlobal: true,
      ValueOptions: { string: OPTIONS },
    };
    this.checks.has("all custom fields", info, infos);
  }

  async customFieldHasValues() {
    const byDefault = [`${this.field}=Silver`, "NoSuch="];
    this.checks.equal("default", byDefault, await this.valuesOf(this.field, "NoSuch"));
    await this.setValue("Gold <&>");
    await this.setValue("Bronze", INVALID_VALUE);
    const ours = `${this.field}=Gold <&>`;
    this.checks.equal("value read back", [ours], await this.valuesOf(this.field));
    const answer = await this.caller.call("GetUserCustomFieldsList", { userId: this.agentId });
    this.checks.has("all values", ours, answer.RequestResults.string);
  }

  async setValue(value, code) {
    const customFieldValues = { string: [`${this.field}=${value}`] };
    const values = { userId: this.agentId, customFieldValues };
    await this.caller.call("SetUserCustomFields", values, code);
  }

  async valuesOf(...fields) {
    const asked = { userId: this.agentId, requestedCustomFields: { string: fields } };
    return (await this.caller.call("GetUserCustomFields", asked)).RequestResults.string;
  }

  async customFieldGoes(fieldId) {
    const kept = { fieldId, cascade: false };
    await this.caller.refused("RemoveCustomField", RULE_BROKEN, "fieldId", kept);
    await this.caller.define("RemoveCustomField", { fieldId, cascade: true });
  }

  async permissions() {
    const name = `Permissions ${this.caller.unique}`;
    await this.caller.call("AddRole", { roleName: name, employeeRole: true });
    const roles = (await this.caller.call("GetAllRoles")).Roles.RoleInfo;
    const roleID = roles.find((role) => role.RoleName === name)?.RoleID;
    await this.allow("SetTicketPermissions", { roleID }, ["ViewOwn", "Reply"]);
    await this.allow("SetTicketPermissions", { roleID }, ["ViewOwn", "NoSuch"], INVALID_VALUE);
    await this.allow("SetKBPermissions", { roleID, categoryID: 0 }, ["View"]);
    await this.reportComesAndGoes(roleID);
    await this.caller.call("RemoveRole", { roleID });
  }

  async allow(operation, role, names, code) {
    const allowedPermissions = { string: names };
    await this.caller.call(operation, { allowedPermissions, ...role }, code);
  }

  async reportComesAndGoes(roleID) {
    const name = `Report ${ROUND_TRIP} ${this.caller.unique}`;
    const reportId = (await this.caller.define("CreateReport", { name })).ReportId;
    const reports = (await this.caller.call("GetAllReports")).Reports.ReportInfo;
    this.checks.has("all reports", { ReportID: reportId, ReportName: name }, reports);
    await this.allow("SetReportPermissions", { roleID }, [reportId]);
    const kept = { reportId, cascade: false };
    await this.caller.refused("RemoveReport", RULE_BROKEN, "reportId", kept);
    await this.caller.define("RemoveReport", { reportId, cascade: true });
  }

  async timeLogCategory() {
    const name = `Category ${ROUND_TRIP} ${this.caller.unique}`;
    const texts = { name, description: ROUND_TRIP };
    const categoryId = (await this.caller.define("CreateTimeLogCategory", texts)).Id;
    const answer = await this.caller.call("GetAllTimeLogCategories");
    const ours = { CategoryName: name, Description: ROUND_TRIP, ID: categoryId };
    this.checks.has("all categories", ours, answer.TimeLogCategories.TimeLogCategoryInfo);
    await this.caller.define("RemoveTimeLogCategory", { categoryId, cascade: false });
  }

  async activity() {
    await this.caller.define("ReportAgentActivity", {
      userId: this.agentId,
      activeTickets: 1,
      activeLiveChats: 2,
      inProgressTasks: 3,
      dailyTickets: 4,
      dailyChats: 5,
      dailyCallLogs: 6,
      averageTicketResponseTime: 0.1,
    });
    await this.dailyTotals({ useAuthenticatedUser: false });
    const asAgent = this.caller.credentials({ name: this.agent });
    await this.dailyTotals({ ...asAgent, useAuthenticatedUser: true });
    const answer = await this.caller.call("GetActiveItemCounts", { useAuthenticatedAgent: false });
    const ours = {
      Agent: this.agentRecord(),
      ActiveTicketsCount: 1,
      ActiveLiveChatsCount: 2,
      InProgressTasksCount: 3,
    };
    this.checks.has("active items", ours, answer.ActiveItems.ActiveItem);
  }

  async dailyTotals(parameters) {
    const answer = await this.caller.call("GetDailyTotals", parameters);
    const ours = {
      Agent: this.agentRecord(),
      DailyTicketCount: 4,
      DailyChatCount: 5,
      DailyCallLogCount: 6,
      AverageTicketResponseTime: 0.1,
    };
    this.checks.has("daily totals", ours, answer.StatItems.DailyStatItem);
  }

  agentRecord() {
    return { DisplayName: ROUND_TRIP, ID: this.agentId, UserName: this.agent };
  }
}
