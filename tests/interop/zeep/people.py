"""The story that every client of the interop tests tells: a person and a role
come, are changed, read and go again, with the refusals on the way. It leaves
nothing behind and may run beside others and again on the same server."""

import os
import secrets

DISPLAY_NAME = "Zoë <&> \"O'Neil\" 日本"
PASSWORD = "Story-Pass-2026"

ALREADY_EXISTS = 4
AUTHENTICATION_FAILED = 1
NOT_FOUND = 3


class Story:
    def __init__(self, session, checks, administrator, version):
        self.session = session
        self.checks = checks
        self.name, self.password = administrator
        unique = f"{os.getpid()}-{secrets.token_hex(4)}"
        self.user = f"zeep-soap{version}-{unique}"
        self.role = f"Role {self.user}"

    def tell(self, fault_code):
        self.server_has_a_name()
        self.new_store_has_empty_lists()
        user_id = self.create_user()
        self.read_properties(user_id)
        self.write_properties(user_id)
        self.create_user_without_id()
        self.role_comes_and_goes(user_id)
        self.look_at_administrator()
        self.wrong_password()
        self.delete_user(user_id)
        self.unknown_operation(fault_code)

    def call(self, operation, code=0, **parameters):
        """A call as the administrator; its outcome has to be `code`."""
        credentials = {"authUserName": self.name, "authPassword": self.password}
        return self.judged(operation, code, {**credentials, **parameters})

    def judged(self, operation, code, parameters):
        answer = self.session.call(operation, parameters)
        self.checks.equal(f"HTTP status of {operation}", 200, self.session.status)
        outcome = (answer.Result, answer.ResultCode)
        self.checks.equal(
            f"Result and ResultCode of {operation} ({answer.Message})", (code == 0, code), outcome
        )
        return answer

    def server_has_a_name(self):
        answer = self.call("GetServerName")
        self.checks.holds(
            "name of the server", "some text", bool(answer.RequestResult), answer.RequestResult
        )

    def new_store_has_empty_lists(self):
        for operation, field in (("GetAllDepartments", "Departments"), ("GetAllGroups", "Groups")):
            answer = self.call(operation)
            self.checks.equal(f"{field} of a new store as zeep reads it", None, answer[field])
            self.checks.equal(f"{field} stands in the answer", True, self.session.was_sent(field))
        self.call("GetAgentsForGroup", NOT_FOUND, GroupID=999999)
        self.checks.equal("Agents stands in a refusal", False, self.session.was_sent("Agents"))

    def new_user(self, name):
        return {
            "username": name,
            "password": PASSWORD,
            "email": f"{name}@example.org",
            "isEmailVerified": True,
            "displayName": DISPLAY_NAME,
        }

    def create_user(self):
        user_id = self.call("CreateUser2", **self.new_user(self.user)).UserID
        self.checks.holds("id of a new user", "3 or more", user_id >= 3, user_id)
        again = self.call("CreateUser2", ALREADY_EXISTS, **self.new_user(self.user))
        self.checks.equal("UserID of a refused create", 0, again.UserID)
        return user_id

    def read_properties(self, user_id):
        keys = ["DisplayName", "EMAILADDRESS", "NoSuchKey", "isemailverified"]
        answer = self.call("GetUsersProperties", userId=user_id, requestedValues={"string": keys})
        expected = [
            f"DisplayName={DISPLAY_NAME}",
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
        self.call("CreateUser", **self.new_user(name))
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
        login = {"agentUserName": self.name, "agentPassword": self.password}
        valid = self.judged("ValidateAgent", 0, login)
        self.checks.equal("Agent.ID of the administrator", 2, valid.Agent.ID)
        roles = valid.Roles.short
        self.checks.holds("Roles of the administrator", "6 among them", 6 in roles, roles)
        queue = self.judged("GetQueueUser", 0, login)
        self.checks.equal("Agent.ID of the queue", 1, queue.Agent.ID)
        agents = {agent.ID: agent.UserName for agent in self.call("GetAllAgents").Agents.AgentInfo}
        self.checks.equal("user name of agent 2", self.name, agents.get(2))
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

    def unknown_operation(self, fault_code):
        fault = self.session.fault_of("NoSuchOperation")
        self.checks.equal("HTTP status of an unknown operation", 500, self.session.status)
        self.checks.equal("code of its fault", fault_code, getattr(fault, "code", None))
        self.call("GetServerName")
