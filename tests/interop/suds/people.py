"""People: a person comes, is changed, read and goes again, and the lists of
svcOrganization show what they should."""

from caller import ALREADY_EXISTS, AUTHENTICATION_FAILED, NOT_FOUND, PASSWORD, ROUND_TRIP

AGENT = 4


class People:
    def __init__(self, caller):
        self.caller = caller
        self.call = caller.call
        self.checks = caller.checks
        self.user = f"{caller.unique}-agent"

    def tell(self):
        user_id = self.user_comes()
        self.properties(user_id)
        self.becomes_an_agent(user_id)
        self.wrong_passwords()
        self.call("DeleteUser", userId=user_id)
        keys = {"string": ["DisplayName"]}
        self.call("GetUsersProperties", NOT_FOUND, userId=user_id, requestedValues=keys)

    def user_comes(self):
        person = {
            "username": self.user,
            "password": PASSWORD,
            "email": f"{self.user}@example.org",
            "isEmailVerified": True,
            "displayName": ROUND_TRIP,
        }
        user_id = self.call("CreateUser2", **person).UserID
        self.checks.holds("id of a new user", "3 or more", user_id >= 3, user_id)
        again = self.call("CreateUser2", ALREADY_EXISTS, **person)
        self.checks.equal("UserID of a refused create", 0, again.UserID)
        return user_id

    def properties(self, user_id):
        keys = ["DisplayName", "EMAILADDRESS", "NoSuchKey", "isemailverified"]
        expected = [
            f"DisplayName={ROUND_TRIP}",
            f"EMAILADDRESS={self.user}@example.org",
            "NoSuchKey=",
            "isemailverified=true",
        ]
        self.checks.equal("properties in the order asked", expected, self.read(user_id, keys))
        written = [
            "DisplayNameForChat=Zoë 😀 (chat)",
            "TimeZone=Europe/Berlin",
            "DisplayName=a=b == c=",
        ]
        self.call("SetUsersProperties", userId=user_id, userPropertyValues={"string": written})
        seen = self.read(user_id, [item.split("=")[0] for item in written])
        self.checks.equal("properties read back", written, seen)

    def read(self, user_id, keys):
        answer = self.call("GetUsersProperties", userId=user_id, requestedValues={"string": keys})
        return answer.RequestResults.string

    def becomes_an_agent(self, user_id):
        self.call("AddRoleToUser", userID=user_id, roleID=AGENT)
        roles = {role.RoleID: role.RoleName for role in self.call("GetAllRoles").Roles.RoleInfo}
        self.checks.holds("all roles", "1 to 4 among them", {1, 2, 3, AGENT} <= set(roles), roles)
        agents = {agent.ID: agent.UserName for agent in self.call("GetAllAgents").Agents.AgentInfo}
        self.checks.equal("our agent among all", self.user, agents.get(user_id))
        self.checks.equal("agent 2", self.caller.administrator[0], agents.get(2))
        valid = self.call("ValidateAgent", agentUserName=self.user, agentPassword=PASSWORD)
        self.checks.equal("Agent", (user_id, self.user), (valid.Agent.ID, valid.Agent.UserName))
        self.checks.equal("Roles", [1, 2, 3, AGENT], valid.Roles.short)

    def wrong_passwords(self):
        """Tried on the story's own user: the administrator must not be locked out."""
        login = {"authUserName": self.user, "authPassword": "wrong"}
        self.call("GetServerName", AUTHENTICATION_FAILED, **login)
        login = {"agentUserName": self.user, "agentPassword": "wrong"}
        refusal = self.call("ValidateAgent", AUTHENTICATION_FAILED, **login)
        self.checks.equal("Roles of a refusal", False, "Roles" in refusal)
