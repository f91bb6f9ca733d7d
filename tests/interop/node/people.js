// The story that every client of the interop tests tells: a person and a role
// come, are changed, read and go again, with the refusals on the way. It leaves
// nothing behind and may run beside others and again on the same server.

import { randomBytes } from "node:crypto";

const DISPLAY_NAME = "Zoë <&> \"O'Neil\" 日本";
const PASSWORD = "Story-Pass-2026";

const AUTHENTICATION_FAILED = 1;
const NOT_FOUND = 3;
const ALREADY_EXISTS = 4;

export class Story {
  constructor(session, checks, administrator, version) {
    this.session = session;
    this.checks = checks;
    this.administrator = administrator;
    this.user = `node-soap${version}-${process.pid}-${randomBytes(4).toString("hex")}`;
    this.role = `Role ${this.user}`;
  }

  async tell(faultCode) {
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
    await this.unknownOperation(faultCode);
  }

  /** A call as the administrator; its outcome has to be `code`. */
  call(operation, parameters = {}, code = 0) {
    const { name, password } = this.administrator;
    const credentials = { authUserName: name, authPassword: password };
    return this.judged(operation, { ...credentials, ...parameters }, code);
  }

  async judged(operation, parameters, code) {
    const answer = await this.session.call(operation, parameters);
    this.checks.equal(`HTTP status of ${operation}`, 200, this.session.status);
    const what = `Result and ResultCode of ${operation} (${answer.Message})`;
    this.checks.equal(what, [code === 0, code], [answer.Result, answer.ResultCode]);
    return answer;
  }

  async serverHasAName() {
    const name = (await this.call("GetServerName")).RequestResult;
    this.checks.holds("name of the server", "some text", Boolean(name), name);
  }

  /**
   * The package shows an empty list as null, a missing one as undefined. Others work on the
   * same server, so nothing is said of what the lists hold.
   */
  async listsArePresent() {
    const departments = (await this.call("GetAllDepartments")).Departments;
    this.checks.holds("Departments", "a list", departments !== undefined, departments);
    const groups = (await this.call("GetAllGroups")).Groups;
    this.checks.holds("Groups", "a list", groups !== undefined, groups);
    const refusal = await this.call("GetAgentsForGroup", { GroupID: 999999 }, NOT_FOUND);
    this.checks.equal("Agents in a refusal", undefined, refusal.Agents);
  }

  newUser(name) {
    return {
      username: name,
      password: PASSWORD,
      email: `${name}@example.org`,
      isEmailVerified: true,
      displayName: DISPLAY_NAME,
    };
  }

  async createUser() {
    const userId = (await this.call("CreateUser2", this.newUser(this.user))).UserID;
    this.checks.holds("id of a new user", "3 or more", userId >= 3, userId);
    const again = await this.call("CreateUser2", this.newUser(this.user), ALREADY_EXISTS);
    this.checks.equal("UserID of a refused create", 0, again.UserID);
    return userId;
  }

  async readProperties(userId) {
    const keys = ["DisplayName", "EMAILADDRESS", "NoSuchKey", "isemailverified"];
    const reading = { userId, requestedValues: { string: keys } };
    const answer = await this.call("GetUsersProperties", reading);
    const expected = [
      `DisplayName=${DISPLAY_NAME}`,
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
    await this.call("SetUsersProperties", { userId, userPropertyValues: { string: written } });
    const keys = written.map((item) => item.split("=")[0]);
    const seen = await this.propertiesByName(this.user, keys);
    this.checks.equal("properties read back", written, seen);
  }

  async propertiesByName(username, keys) {
    const reading = { username, requestedValues: { string: keys } };
    return (await this.call("GetUsersPropertiesbyUsername", reading)).RequestResults.string;
  }

  /** CreateUser does not tell the id; a caller looks it up by name. */
  async createUserWithoutId() {
    const name = `${this.user}-b`;
    await this.call("CreateUser", this.newUser(name));
    const [found] = await this.propertiesByName(name, ["UserID"]);
    const id = /^UserID=(\d+)$/.exec(found);
    this.checks.holds("UserID by user name", "UserID=<number>", id !== null, found);
    await this.call("DeleteUser", { userId: Number(id[1]) });
  }

  async roleComesAndGoes(userID) {
    await this.call("AddRole", { roleName: this.role, employeeRole: false });
    const roleID = (await this.allRoles()).get(this.role);
    this.checks.holds("id of the new role", "100 or more", roleID >= 100, roleID);
    await this.call("AddRoleToUser", { userID, roleID });
    this.checks.equal("roles of the user", [1, 2, 3, roleID], await this.rolesOf(userID));
    await this.call("RemoveRoleFromUser", { userID, roleID });
    this.checks.equal("roles after taking it", [1, 2, 3], await this.rolesOf(userID));
    await this.call("RemoveRole", { roleID });
    const names = [...(await this.allRoles()).keys()];
    this.checks.holds("roles at the end", `no "${this.role}"`, !names.includes(this.role), names);
  }

  async allRoles() {
    const roles = (await this.call("GetAllRoles")).Roles.RoleInfo;
    return new Map(roles.map((role) => [role.RoleName, role.RoleID]));
  }

  async rolesOf(userID) {
    const answer = await this.call("GetAllUserRoles", { userID });
    return answer.Roles.RoleInfo.map((role) => role.RoleID);
  }

  async lookAtAdministrator() {
    const { name, password } = this.administrator;
    const login = { agentUserName: name, agentPassword: password };
    const valid = await this.judged("ValidateAgent", login, 0);
    this.checks.equal("Agent.ID of the administrator", 2, valid.Agent.ID);
    const roles = valid.Roles.short;
    this.checks.holds("Roles of the administrator", "6 among them", roles.includes(6), roles);
    const queue = await this.judged("GetQueueUser", login, 0);
    this.checks.equal("Agent.ID of the queue", 1, queue.Agent.ID);
    const agents = (await this.call("GetAllAgents")).Agents.AgentInfo;
    const named = (id) => agents.find((agent) => agent.ID === id)?.UserName;
    this.checks.equal("user name of agent 2", name, named(2));
    this.checks.holds("agents", "no queue user 1", named(1) === undefined, agents);
  }

  /** Tried on the story's own user: the administrator must not be locked out. */
  async wrongPassword() {
    const wrong = { authUserName: this.user, authPassword: "wrong" };
    await this.call("GetServerName", wrong, AUTHENTICATION_FAILED);
  }

  async deleteUser(userId) {
    await this.call("DeleteUser", { userId });
    const reading = { userId, requestedValues: { string: ["DisplayName"] } };
    await this.call("GetUsersProperties", reading, NOT_FOUND);
  }

  async unknownOperation(faultCode) {
    const seen = await this.session.faultCodeOf("NoSuchOperation");
    this.checks.equal("HTTP status of an unknown operation", 500, this.session.status);
    this.checks.equal("code of its fault", faultCode, seen);
    await this.call("GetServerName");
  }
}
