// The help desk: a brand with a department, its groups and an agent, made
// through svcStructure and looked at through both services.

import { ALREADY_EXISTS, AUTHENTICATION_FAILED, ROUND_TRIP, RULE_BROKEN } from "./caller.js";

const AGENT = 4;
const FRONT_LINE = "Front line";

export class Desk {
  constructor(caller) {
    this.caller = caller;
    this.checks = caller.checks;
    this.agent = `${caller.unique}-agent`;
    this.brand = `Brand ${ROUND_TRIP} ${caller.unique}`;
    this.department = `Department ${ROUND_TRIP}`;
    this.group = `Group ${ROUND_TRIP}`;
  }

  async open() {
    await this.brandComes();
    await this.departmentComes();
    await this.groupComes();
    await this.agentComes();
  }

  async look() {
    await this.listsOfStructure();
    await this.listsOfAgents();
    await this.listsAsAgent();
    await this.agentLogsIn();
  }

  async close() {
    const { caller, brandId } = this;
    await caller.refused("RemoveBrand", RULE_BROKEN, "brandId", { brandId, cascade: false });
    await caller.define("RemoveBrand", { brandId, cascade: true });
    const brands = (await caller.call("GetAllBrands")).Brands?.BrandInfo ?? [];
    const ours = brands.find((brand) => brand.ID === brandId);
    this.checks.equal("our brand at the end", undefined, ours);
    const groups = (await caller.call("GetGroupsForUser", { UserID: this.agentId })).Groups;
    this.checks.equal("groups of the agent at the end", null, groups);
    await caller.call("DeleteUser", { userId: this.agentId });
  }

  async brandComes() {
    const name = this.brand;
    this.brandId = (await this.caller.define("CreateBrand", { name })).Id;
    this.checks.holds("id of a new brand", "1 or more", this.brandId >= 1, this.brandId);
    const again = await this.caller.refused("CreateBrand", ALREADY_EXISTS, "name", { name });
    this.checks.equal("Id of a refused create", 0, again.Id);
  }

  async departmentComes() {
    const made = await this.caller.define("CreateDepartment", {
      brandId: this.brandId,
      name: this.department,
      isInternal: false,
      limitedToRoles: { short: [AGENT] },
      frontLineGroup: FRONT_LINE,
    });
    this.departmentId = made.Id;
    const departments = (await this.caller.define("ListDepartments")).Departments.Department;
    const ours = departments.filter((department) => department.BrandId === this.brandId);
    const expected = {
      DepartmentId: this.departmentId,
      BrandId: this.brandId,
      Name: this.department,
      IsInternal: false,
      LimitedToRoles: { short: [AGENT] },
      Position: 1,
    };
    this.checks.equal("departments of the brand", [expected], ours);
  }

  async groupComes() {
    const { caller, departmentId } = this;
    this.groupId = (await caller.define("CreateGroup", { departmentId, name: this.group })).Id;
    const [front, second] = await this.ourGroups();
    this.frontLineId = front.GroupId;
    const first = [front.Name, front.IsFrontLine, front.Position];
    this.checks.equal("first group", [FRONT_LINE, true, 1], first);
    const seen = [second.GroupId, second.Name, second.IsFrontLine, second.Position];
    this.checks.equal("second group", [this.groupId, this.group, false, 2], seen);
    const order = [this.groupId, this.frontLineId];
    await caller.define("ReorderGroups", { departmentId, groupIds: { int: order } });
    const places = (await this.ourGroups()).map((group) => [group.GroupId, group.Position]);
    this.checks.equal("places of the groups", [[order[0], 1], [order[1], 2]], places);
  }

  async ourGroups() {
    const groups = (await this.caller.define("ListGroups")).Groups.Group;
    return groups.filter((group) => group.DepartmentId === this.departmentId);
  }

  async agentComes() {
    const { caller, groupId } = this;
    const userId = (await caller.call("CreateUser2", caller.newUser(this.agent))).UserID;
    this.agentId = userId;
    const state = { activeForTickets: true, activeForChats: false, away: false };
    const membership = { groupId, userId, ...state };
    await caller.refused("SetMembership", RULE_BROKEN, "userId", membership);
    await caller.call("AddRoleToUser", { userID: userId, roleID: AGENT });
    await this.noAgentsIn("GetAgentsForGroup");
    await caller.define("SetMembership", membership);
    const members = (await caller.define("ListMemberships", { groupId })).Memberships.Membership;
    const expected = {
      GroupId: groupId,
      UserId: userId,
      ActiveForTickets: true,
      ActiveForChats: false,
      Away: false,
    };
    this.checks.equal("members of the group", [expected], members);
  }

  /** The package shows an empty list as null, a missing one as undefined. */
  async noAgentsIn(operation) {
    const answer = await this.caller.call(operation, { GroupID: this.groupId });
    this.checks.equal(`Agents of ${operation}`, null, answer.Agents);
  }

  async listsOfStructure() {
    const { caller, checks } = this;
    const brand = { ID: this.brandId, Name: this.brand };
    const department = { ID: this.departmentId, Name: this.department };
    const front = { ID: this.frontLineId, Name: FRONT_LINE };
    const group = { ID: this.groupId, Name: this.group };
    const brands = (await caller.call("GetAllBrands")).Brands.BrandInfo;
    checks.has("all brands", brand, brands);
    const ofBrand = await caller.call("GetDepartmentsForBrand", { BrandID: brand.ID });
    checks.equal("departments of our brand", [department], ofBrand.Departments.DepartmentInfo);
    await this.departmentsHoldOurs("GetAllDepartments");
    const inside = await caller.call("GetGroupsForDepartment", { DepartmentID: department.ID });
    checks.equal("groups of our department", [front, group], inside.Groups.GroupInfo);
    checks.has("all groups", group, (await caller.call("GetAllGroups")).Groups.GroupInfo);
    const ofAgent = await caller.call("GetGroupsForUser", { UserID: this.agentId });
    checks.equal("groups of our agent", [group], ofAgent.Groups.GroupInfo);
  }

  async listsOfAgents() {
    const ours = { DisplayName: ROUND_TRIP, ID: this.agentId, UserName: this.agent };
    const agents = async (operation, parameters) =>
      (await this.caller.call(operation, parameters)).Agents.AgentInfo;
    this.checks.has("all agents", ours, await agents("GetAllAgents"));
    const department = { DepartmentID: this.departmentId };
    const ofDepartment = await agents("GetAgentsForDepartment", department);
    this.checks.equal("agents of our department", [ours], ofDepartment);
    for (const operation of ["GetAgentsForGroup", "GetActiveTicketAgentsForGroup"]) {
      const ofGroup = await agents(operation, { GroupID: this.groupId });
      this.checks.equal(`agents of ${operation}`, [ours], ofGroup);
    }
    await this.noAgentsIn("GetActiveChatAgentsForGroup");
    await this.noAgentsIn("GetAvailableChatAgentsForGroup");
  }

  async listsAsAgent() {
    const credentials = this.caller.credentials({ name: this.agent });
    await this.departmentsHoldOurs("GetDeptsForUserTicketSubmission", credentials);
    await this.departmentsHoldOurs("GetAllDepartments", credentials);
  }

  async departmentsHoldOurs(operation, credentials) {
    const ours = { ID: this.departmentId, Name: this.department };
    const seen = (await this.caller.call(operation, credentials)).Departments.DepartmentInfo;
    this.checks.has(`departments of ${operation}`, ours, seen);
  }

  async agentLogsIn() {
    const name = this.agent;
    const valid = await this.caller.logIn("ValidateAgent", this.caller.credentials({ name }));
    const expected = { DisplayName: ROUND_TRIP, ID: this.agentId, UserName: name };
    this.checks.equal("Agent", expected, valid.Agent);
    this.checks.equal("Roles", [1, 2, 3, AGENT], valid.Roles.short);
    const wrong = this.caller.credentials({ name, password: "wrong" });
    const refusal = await this.caller.logIn("ValidateAgent", wrong, AUTHENTICATION_FAILED);
    this.checks.equal("Agent of a refusal", { ID: 0 }, refusal.Agent);
    this.checks.equal("Roles in a refusal", undefined, refusal.Roles);
  }
}
