"""People: a person and a role come, are changed, read and go again, with the
refusals on the way."""

from caller import ALREADY_EXISTS, AUTHENTICATION_FAILED, NOT_FOUND, PASSWORD, ROUND_TRIP


class People:
    def __init__(self, caller):
        self.caller = caller
        self.call = caller.call
        self.checks = caller.checks
        self.user = caller.unique
        self.role = f"Role {caller.unique}"

    def tell(self):
        self.server_has_a_name()
        self.lists_are_present()
        user_id = self.create_user()
        self.read_properties(user_id)
        self.write_properties(user_id)
        self.create_user_without_id()
        self.role_comes_and_goes(user_id)
        self.look_at_administrator()
        self.wrong_password()
        self.delete_user(user_id)

    def server_has_a_name(self):
        answer = self.call("GetServerName")
        self.checks.holds(
            "name of the server", "some text", bool(answer.RequestResult), answer.RequestResult
        )

    def lists_are_present(self):
        """Others work on the same server, so nothing is said of what the lists hold."""
        for operation, field in (("GetAllDepartments", "Departments"), ("GetAllGroups", "Groups")):
            self.call(operation)
            self.checks.equal(f"{field} stands in the answer", True, self.caller.was_sent(field))
        self.call("GetAgentsForGroup", NOT_FOUND, GroupID=999999)
        self.checks.equal("Agents stands in a refusal", False, self.caller.was_sent("Agents"))

    def create_user(self):
        user_id = self.call("CreateUser2", **self.caller.new_user(self.user)).UserID
        self.checks.holds("id of a new user", "3 or more", user_id >= 3, user_id)
        again = self.call("CreateUser2", ALREADY_EXISTS, **self.caller.new_user(self.user))
        self.checks.equal("UserID of a refused create", 0, again.UserID)
        return user_id

    def read_properties(self, user_id):
        keys = ["DisplayName", "EMAILADDRESS", "NoSuchKey", "isemailverified"]
        answer = self.call("GetUsersProperties", userId=user_id, requestedValues={"string": keys})
        expected = [
            f"DisplayName={ROUND_TRIP}",
            f"EMAILADDRESS={self.user}@example.org",
            "NoSuchKey=",
            "isemailverified=true",
        ]
        self.checks.equal("properties in the order asked", expected, answer.RequestResults.string)

    def write_properties(self, user_id):
        written = [
            "DisplayNameForChat=Zoë 😀 (chat)",
            "TimeZone=Europe/Berlin",
            "DisplayName=a=b == c=",
        ]
        self.call("SetUsersProperties", userId=user_id, userPropertyValues={"string": written})
        seen = self.properties_by_name(self.user, [item.split("=")[0] for item in written])
        self.checks.equal("properties read back", written, seen)

    def properties_by_name(self, name, keys):
        answer = self.call(
            "GetUsersPropertiesbyUsername", username=name, requestedValues={"string": keys}
        )
        return answer.RequestResults.string

    def create_user_without_id(self):
        """CreateUser does not tell the id; a caller looks it up by name."""
        name = f"{self.user}-b"
        self.call("CreateUser", **self.caller.new_user(name))
        found = self.properties_by_name(name, ["UserID"])[0]
        user_id = found.removeprefix("UserID=")
        self.checks.holds("UserID by user name", "UserID=<number>", user_id.isdigit(), found)
        self.call("DeleteUser", userId=int(user_id))

    def role_comes_and_goes(self, user_id):
        self.call("AddRole", roleName=self.role, employeeRole=False)
        role_id = self.all_roles().get(self.role, 0)
        self.checks.holds("id of the new role", "100 or more", role_id >= 100, role_id)
        self.call("AddRoleToUser", userID=user_id, roleID=role_id)
        self.checks.equal("roles of the user", [1, 2, 3, role_id], self.roles_of(user_id))
        self.call("RemoveRoleFromUser", userID=user_id, roleID=role_id)
        self.checks.equal("roles after taking it", [1, 2, 3], self.roles_of(user_id))
        self.call("RemoveRole", roleID=role_id)
        names = list(self.all_roles())
        self.checks.holds("roles at the end", f"no {self.role!r}", self.role not in names, names)

    def all_roles(self):
        roles = self.call("GetAllRoles").Roles.RoleInfo
        return {role.RoleName: role.RoleID for role in roles}

    def roles_of(self, user_id):
        return [role.RoleID for role in self.call("GetAllUserRoles", userID=user_id).Roles.RoleInfo]

    def look_at_administrator(self):
        login = self.caller.agent_login(*self.caller.administrator)
        valid = self.caller.judged("ValidateAgent", 0, login)
        self.checks.equal("Agent.ID of the administrator", 2, valid.Agent.ID)
        roles = valid.Roles.short
        self.checks.holds("Roles of the administrator", "6 among them", 6 in roles, roles)
        queue = self.caller.judged("GetQueueUser", 0, login)
        self.checks.equal("Agent.ID of the queue", 1, queue.Agent.ID)
        agents = {agent.ID: agent.UserName for agent in self.call("GetAllAgents").Agents.AgentInfo}
        self.checks.equal("user name of agent 2", self.caller.administrator[0], agents.get(2))
        self.checks.holds("agents", "no queue user 1", 1 not in agents, agents)

    def wrong_password(self):
        """Tried on the story's own user: the administrator must not be locked out."""
        self.call(
            "GetServerName", AUTHENTICATION_FAILED, authUserName=self.user, authPassword="wrong"
        )

    def delete_user(self, user_id):
        self.call("DeleteUser", userId=user_id)
        keys = {"string": ["DisplayName"]}
        self.call("GetUsersProperties", NOT_FOUND, userId=user_id, requestedValues=keys)
