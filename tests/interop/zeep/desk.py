"""The help desk: a brand with a department, its groups and an agent, made
through svcStructure and looked at through both services."""

from caller import ALREADY_EXISTS, AUTHENTICATION_FAILED, ROUND_TRIP, RULE_BROKEN

AGENT = 4


class Desk:
    def __init__(self, caller):
        self.caller = caller
        self.call = caller.call
        self.define = caller.define
        self.checks = caller.checks
        self.agent = f"{caller.unique}-agent"
        self.brand = f"Brand {ROUND_TRIP} {caller.unique}"
        self.department = f"Department {ROUND_TRIP}"
        self.groups = ["Front line", f"Group {ROUND_TRIP}"]

    def open(self):
        self.brand_comes()
        self.department_comes()
        self.group_comes()
        self.agent_comes()

    def look(self):
        self.lists_of_structure()
        self.lists_of_agents()
        self.lists_as_agent()
        self.agent_logs_in()

    def close(self):
        brand = {"brandId": self.brand_id}
        self.caller.refused("RemoveBrand", RULE_BROKEN, "brandId", **brand, cascade=False)
        self.define("RemoveBrand", **brand, cascade=True)
        brands = self.rows("GetAllBrands", "Brands", "BrandInfo")
        self.checks.equal("our brand at the end", None, brands.get(self.brand_id))
        groups = self.rows("GetGroupsForUser", "Groups", "GroupInfo", UserID=self.agent_id)
        self.checks.equal("groups of the agent at the end", {}, groups)
        self.call("DeleteUser", userId=self.agent_id)

    def brand_comes(self):
        self.brand_id = self.define("CreateBrand", name=self.brand).Id
        self.checks.holds("id of a new brand", "1 or more", self.brand_id >= 1, self.brand_id)
        again = self.caller.refused("CreateBrand", ALREADY_EXISTS, "name", name=self.brand)
        self.checks.equal("Id of a refused create", 0, again.Id)

    def department_comes(self):
        self.department_id = self.define(
            "CreateDepartment",
            brandId=self.brand_id,
            name=self.department,
            isInternal=False,
            limitedToRoles={"short": [AGENT]},
            frontLineGroup=self.groups[0],
        ).Id
        departments = self.define("ListDepartments").Departments.Department
        ours = [
            (row.DepartmentId, row.Name, row.IsInternal, row.LimitedToRoles.short, row.Position)
            for row in departments
            if row.BrandId == self.brand_id
        ]
        expected = [(self.department_id, self.department, False, [AGENT], 1)]
        self.checks.equal("departments of the brand", expected, ours)

    def group_comes(self):
        self.group_id = self.define(
            "CreateGroup", departmentId=self.department_id, name=self.groups[1]
        ).Id
        front, second = self.our_groups()
        self.front_line_id = front[0]
        self.checks.equal("first group", (self.groups[0], True, 1), front[1:])
        self.checks.equal("second group", (self.group_id, self.groups[1], False, 2), second)
        order = {"int": [self.group_id, self.front_line_id]}
        self.define("ReorderGroups", departmentId=self.department_id, groupIds=order)
        expected = [(self.group_id, 1), (self.front_line_id, 2)]
        seen = [(group[0], group[-1]) for group in self.our_groups()]
        self.checks.equal("groups in their new order", expected, seen)

    def our_groups(self):
        return [
            (group.GroupId, group.Name, group.IsFrontLine, group.Position)
            for group in self.define("ListGroups").Groups.Group
            if group.DepartmentId == self.department_id
        ]

    def agent_comes(self):
        self.agent_id = self.call("CreateUser2", **self.caller.new_user(self.agent)).UserID
        place = {"groupId": self.group_id, "userId": self.agent_id}
        state = {"activeForTickets": True, "activeForChats": False, "away": False}
        self.caller.refused("SetMembership", RULE_BROKEN, "userId", **place, **state)
        self.call("AddRoleToUser", userID=self.agent_id, roleID=AGENT)
        self.no_agents_in("GetAgentsForGroup")
        self.define("SetMembership", **place, **state)
        members = self.define("ListMemberships", groupId=self.group_id).Memberships.Membership
        seen = [(row.UserId, row.ActiveForTickets, row.ActiveForChats, row.Away) for row in members]
        self.checks.equal("members of the group", [(self.agent_id, True, False, False)], seen)

    def no_agents_in(self, operation):
        """zeep shows an empty list as None, so only the text can tell that it is there."""
        agents = self.call(operation, GroupID=self.group_id).Agents
        self.checks.equal(f"Agents of {operation} as zeep reads it", None, agents)
        self.checks.equal(f"Agents of {operation} was sent", True, self.caller.was_sent("Agents"))

    def lists_of_structure(self):
        brands = self.rows("GetAllBrands", "Brands", "BrandInfo")
        self.checks.equal("our brand among all", self.brand, brands.get(self.brand_id))
        departments = {self.department_id: self.department}
        self.departments_hold("GetAllDepartments")
        seen = self.rows(
            "GetDepartmentsForBrand", "Departments", "DepartmentInfo", BrandID=self.brand_id
        )
        self.checks.equal("departments of our brand", departments, seen)
        groups = {self.front_line_id: self.groups[0], self.group_id: self.groups[1]}
        seen = self.rows(
            "GetGroupsForDepartment", "Groups", "GroupInfo", DepartmentID=self.department_id
        )
        self.checks.equal("groups of our department", groups, seen)
        seen = self.rows("GetAllGroups", "Groups", "GroupInfo")
        self.checks.equal("our group among all", self.groups[1], seen.get(self.group_id))
        seen = self.rows("GetGroupsForUser", "Groups", "GroupInfo", UserID=self.agent_id)
        self.checks.equal("groups of our agent", {self.group_id: self.groups[1]}, seen)

    def lists_of_agents(self):
        ours = (self.agent_id, self.agent, ROUND_TRIP)
        seen = self.agents("GetAllAgents")
        self.checks.holds("all agents", f"{ours} among them", ours in seen, seen)
        seen = self.agents("GetAgentsForDepartment", DepartmentID=self.department_id)
        self.checks.equal("agents of our department", [ours], seen)
        for operation in ("GetAgentsForGroup", "GetActiveTicketAgentsForGroup"):
            seen = self.agents(operation, GroupID=self.group_id)
            self.checks.equal(f"agents of {operation}", [ours], seen)
        self.no_agents_in("GetActiveChatAgentsForGroup")
        self.no_agents_in("GetAvailableChatAgentsForGroup")

    def lists_as_agent(self):
        credentials = self.caller.credentials(self.agent)
        self.departments_hold("GetDeptsForUserTicketSubmission", **credentials)
        self.departments_hold("GetAllDepartments", **credentials)

    def departments_hold(self, operation, **parameters):
        seen = self.rows(operation, "Departments", "DepartmentInfo", **parameters)
        self.checks.equal(
            f"our department in {operation}", self.department, seen.get(self.department_id)
        )

    def agent_logs_in(self):
        valid = self.caller.judged("ValidateAgent", 0, self.caller.agent_login(self.agent))
        agent = (valid.Agent.ID, valid.Agent.UserName, valid.Agent.DisplayName)
        self.checks.equal("Agent", (self.agent_id, self.agent, ROUND_TRIP), agent)
        self.checks.equal("Roles", [1, 2, 3, AGENT], valid.Roles.short)
        wrong = self.caller.agent_login(self.agent, "wrong")
        refusal = self.caller.judged("ValidateAgent", AUTHENTICATION_FAILED, wrong)
        self.checks.equal("Agent.ID of a refusal", 0, refusal.Agent.ID)
        self.checks.equal("Roles stands in a refusal", False, self.caller.was_sent("Roles"))

    def rows(self, operation, field, item, **parameters):
        """The names in a list of svcOrganization, by id."""
        found = self.call(operation, **parameters)[field]
        return {row.ID: row.Name for row in (found[item] if found else [])}

    def agents(self, operation, **parameters):
        found = self.call(operation, **parameters).Agents.AgentInfo
        return [(agent.ID, agent.UserName, agent.DisplayName) for agent in found]
