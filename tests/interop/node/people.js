// People: a person and a role come, are changed, read and go again, with the
// refusals on the way.

import { ALREADY_EXISTS, AUTHENTICATION_FAILED, NOT_FOUND, ROUND_TRIP } from "./caller.js";

export class People {
  constructor(caller) {
    this.caller = caller;
    this.checks = caller.checks;
    this.user = caller.unique;
    this.role = `Role ${caller.unique}`;
  }

  async tell() {
    await this.serverHasAName();
    await this.listsArePresent();
    const userId = await this.createUser();
    await this.readProperties(userId);
    await this.writeProperties(userId);
    await this.createUserWithoutId();
    await this.roleComesAndGoes(userId);
    await this.lookAtAdministrator();
    await this.wrongPassword();
    await this.deleteUser(userId);
  }

  async serverHasAName() {
    const name = (await this.caller.call("GetServerName")).RequestResult;
    this.checks.holds("name of the server", "some text", Boolean(name), name);
  }

  /**
   * The package shows an empty list as null, a missing one as undefined. Others work on the
   * same server, so nothing is said of what the lists hold.
   */
  async listsArePresent() {
    const departments = (await this.caller.call("GetAllDepartments")).Departments;
    this.checks.holds("Departments", "a list", departments !== undefined, departments);
    const groups = (await this.caller.call("GetAllGroups")).Groups;
    this.checks.holds("Groups", "a list", groups !== undefined, groups);
    const refusal = await this.caller.call("GetAgentsForGroup", { GroupID: 999999 }, NOT_FOUND);
    this.checks.equal("Agents in a refusal", undefined, refusal.Agents);
  }

  async createUser() {
    const user = this.caller.newUser(this.user);
    const userId = (await this.caller.call("CreateUser2", user)).UserID;
    this.checks.holds("id of a new user", "3 or more", userId >= 3, userId);
    const again = await this.caller.call("CreateUser2", user, ALREADY_EXISTS);
    this.checks.equal("UserID of a refused create", 0, again.UserID);
    return userId;
  }

  async readProperties(userId) {
    const keys = ["DisplayName", "EMAILADDRESS", "NoSuchKey", "isemailverified"];
    const reading = { userId, requestedValues: { string: keys } };
    const answer = await this.caller.call("GetUsersProperties", reading);
    const expected = [
      `DisplayName=${ROUND_TRIP}`,
      `EMAILADDRESS=${this.user}@example.org`,
      "NoSuchKey=",
      "isemailverified=true",
    ];
    this.checks.equal("properties in the order asked", expected, answer.RequestResults.string);
  }

  async writeProperties(userId) {
    const written = [
      "DisplayNameForChat=Zoë 😀 (chat)",
      "TimeZone=Europe/Berlin",
      "DisplayName=a=b == c=",
    ];
    const userPropertyValues = { string: written };
    await this.caller.call("SetUsersProperties", { userId, userPropertyValues });
    const keys = written.map((item) => item.split("=")[0]);
    const seen = await this.propertiesByName(this.user, keys);
    this.checks.equal("properties read back", written, seen);
  }

  async propertiesByName(username, keys) {
    const reading = { username, requestedValues: { string: keys } };
    return (await this.caller.call("GetUsersPropertiesbyUsername", reading)).RequestResults.string;
  }

  /** CreateUser does not tell the id; a caller looks it up by name. */
  async createUserWithoutId() {
    const name = `${this.user}-b`;
    await this.caller.call("CreateUser", this.caller.newUser(name));
    const [found] = await this.propertiesByName(name, ["UserID"]);
    const id = /^UserID=(\d+)$/.exec(found);
    this.checks.holds("UserID by user name", "UserID=<number>", id !== null, found);
    await this.caller.call("DeleteUser", { userId: Number(id[1]) });
  }

  async roleComesAndGoes(userID) {
    await this.caller.call("AddRole", { roleName: this.role, employeeRole: false });
    const roleID = (await this.allRoles()).get(this.role);
    this.checks.holds("id of the new role", "100 or more", roleID >= 100, roleID);
    await this.caller.call("AddRoleToUser", { userID, roleID });
    this.checks.equal("roles of the user", [1, 2, 3, roleID], await this.rolesOf(userID));
    await this.caller.call("RemoveRoleFromUser", { userID, roleID });
    this.checks.equal("roles after taking it", [1, 2, 3], await this.rolesOf(userID));
    await this.caller.call("RemoveRole", { roleID });
    const names = [...(await this.allRoles()).keys()];
    this.checks.holds("roles at the end", `no "${this.role}"`, !names.includes(this.role), names);
  }

  async allRoles() {
    const roles = (await this.caller.call("GetAllRoles")).Roles.RoleInfo;
    return new Map(roles.map((role) => [role.RoleName, role.RoleID]));
  }

  async rolesOf(userID) {
    const answer = await this.caller.call("GetAllUserRoles", { userID });
    return answer.Roles.RoleInfo.map((role) => role.RoleID);
  }

  async lookAtAdministrator() {
    const valid = await this.caller.logIn("ValidateAgent");
    this.checks.equal("Agent.ID of the administrator", 2, valid.Agent.ID);
    const roles = valid.Roles.short;
    this.checks.holds("Roles of the administrator", "6 among them", roles.includes(6), roles);
    const queue = await this.caller.logIn("GetQueueUser");
    this.checks.equal("Agent.ID of the queue", 1, queue.Agent.ID);
    const agents = (await this.caller.call("GetAllAgents")).Agents.AgentInfo;
    const named = (id) => agents.find((agent) => agent.ID === id)?.UserName;
    this.checks.equal("user name of agent 2", this.caller.administrator.name, named(2));
    this.checks.holds("agents", "no queue user 1", named(1) === undefined, agents);
  }

  /** Tried on the story's own user: the administrator must not be locked out. */
  async wrongPassword() {
    const wrong = { authUserName: this.user, authPassword: "wrong" };
    await this.caller.call("GetServerName", wrong, AUTHENTICATION_FAILED);
  }

  async deleteUser(userId) {
    await this.caller.call("DeleteUser", { userId });
    const reading = { userId, requestedValues: { string: ["DisplayName"] } };
    await this.caller.call("GetUsersProperties", reading, NOT_FOUND);
  }
}
