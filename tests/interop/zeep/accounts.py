"""Accounts: a role and the people who hold it come through svcAccounts, are
changed, read, copied and listed, and go again; the feed tells all of it."""

from base64 import b64decode
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from caller import INVALID_VALUE, NOT_FOUND, PASSWORD, ROUND_TRIP
from feed import Feed
from lists import Lists
from preferences import Preferences
from settings import SIGNATURE, Settings

AGENT = 4
NOBODY = 2_000_000_000
NEW_PASSWORD = "Story-Pass-2027"
PHONES = ["+49 30 1", "+81 3 2"]
PERMISSIONS = [("KB", 0, "View"), ("Ticket", 0, "Reply"), ("Ticket", 0, "ViewOwn")]
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA"
    "60e6kgAAAABJRU5ErkJggg=="
)


class Accounts:
    def __init__(self, caller):
        self.caller = caller
        self.account = caller.account
        self.checks = caller.checks
        self.prefix = f"{caller.unique}-account"
        self.role = f"Accounts {ROUND_TRIP} {caller.unique}"
        self.employee = f"{self.prefix}-employee"
        self.user = f"{self.prefix}-user"
        self.clone = f"{self.prefix}-clone"

    def tell(self):
        feed = Feed(self.caller)
        feed.read_to_the_end()
        self.role_comes()
        self.employee_comes()
        self.employee_is_read()
        Settings(self.caller, self.employee_id, PHONES).tell()
        self.user_comes()
        self.roles_are_assigned()
        Preferences(self.caller, self.employee, NEW_PASSWORD).tell()
        self.logins()
        self.avatar()
        self.lookups()
        self.permissions()
        self.clone_comes()
        self.lists()
        everybody = [self.employee_id, self.user_id, self.clone_id]
        values = (PASSWORD, NEW_PASSWORD, SIGNATURE.splitlines()[-1], *PHONES)
        feed.tells_of(self.employee_id, everybody, values)
        self.people_go(everybody)

    def role_comes(self):
        self.role_id = self.account("CreateRole", name=self.role, isEmployee=True).RoleId
        self.checks.holds("id of a new role", "100 or more", self.role_id >= 100, self.role_id)

    def employee_comes(self):
        settings = {
            "Options": {"TimeZone": "W. Europe Standard Time", "PortalSignature": SIGNATURE},
            "Tickets": {"CopyToAddress": "copy@example.org"},
            "LiveChat": {"MaxActiveChats": 3},
            "Reporting": {"HourlyCost": Decimal("12.5")},
            "ContactInfo": {"PhoneNumbers": {"string": PHONES}},
        }
        person = self.new_person(self.employee)
        roles = {"string": [self.role]}
        made = self.account("CreateEmployee", **person, roleNames=roles, settings=settings)
        self.employee_id = made.UserId
        self.checks.holds("id of an employee", "3 or more", made.UserId >= 3, made.UserId)

    def employee_is_read(self):
        user = self.account("GetUser", userId=self.employee_id).User
        expected = (self.employee_id, self.employee, ROUND_TRIP, "Password", True, "Employee")
        method, kind = user.AuthenticationMethod, user.IsEmployee
        seen = (user.UserId, user.Username, user.DisplayName, method, kind, user.Role)
        self.checks.equal("the employee", expected, seen)
        zones = (user.TimeZone, user.TimeZoneIana, user.TimeZoneWindows)
        expected = ("W. Europe Standard Time", "Europe/Berlin", "W. Europe Standard Time")
        self.checks.equal("its time zone", expected, zones)
        self.is_recent("CreatedAt", user.CreatedAt)
        self.checks.equal("LastLogin before any", None, user.LastLogin)
        self.checks.equal("its roles", [1, 2, 3, self.role_id], ids(user.Roles))
        self.checks.equal("name of its role", self.role, user.Roles.Role[-1].Name)

    def is_recent(self, what, moment):
        """A real time in UTC, and not that of another zone."""
        self.checks.equal(f"type of {what}", datetime, type(moment))
        self.checks.equal(f"zone of {what}", timedelta(0), moment.utcoffset())
        away = abs(datetime.now(timezone.utc) - moment)
        self.checks.holds(what, "a time near now", away < timedelta(minutes=15), moment)

    def user_comes(self):
        settings = {
            "CommunityMessagingEnabled": False,
            "PhoneNumbers": {"string": PHONES[:1]},
        }
        person = self.new_person(self.user)
        self.user_id = self.account("CreateUser", **person, settings=settings).UserId
        found = self.account("GetUserByUsername", username=self.user.upper()).User
        expected = (self.user_id, False, "EndUser")
        self.checks.equal("the user", expected, (found.UserId, found.IsEmployee, found.Role))
        settings = self.account("GetUserSettings", userId=self.user_id).Settings
        seen = (settings.CommunityMessagingEnabled, settings.PhoneNumbers.string)
        self.checks.equal("settings of the user", (False, PHONES[:1]), seen)

    def roles_are_assigned(self):
        both = [self.employee_id, self.user_id]
        given = {"roleIds": {"short": [AGENT]}, "mode": "Add"}
        assigned = self.account("AssignRoles", userIds={"int": both}, **given)
        rows = assigned.Assignments.RoleAssignment
        expected = [
            (self.employee_id, [1, 2, 3, self.role_id], [1, 2, 3, AGENT, self.role_id]),
            (self.user_id, [1, 2, 3], [1, 2, 3, AGENT]),
        ]
        seen = [(row.UserId, ids(row.Before), ids(row.After)) for row in rows]
        self.checks.equal("roles before and after", expected, seen)
        self.caller.account_refused(
            "AssignRoles",
            NOT_FOUND,
            ["userIds[1]"],
            userIds={"int": [self.employee_id, NOBODY, self.user_id]},
            roleIds={"short": [AGENT]},
            mode="Remove",
        )
        for user_id, _, after in expected:
            roles = self.account("GetUserRoles", userId=user_id).Roles
            self.checks.equal("roles after a refusal", after, ids(roles))

    def logins(self):
        login = {"username": self.employee, "password": NEW_PASSWORD}
        right = self.account("Authenticate", **login)
        outcome = (right.IsAuthenticated, right.Outcome, right.MustChangePassword)
        self.checks.equal("a right login", (True, "Granted", False), outcome)
        self.checks.equal("who logged in", self.employee_id, right.User.UserId)
        user = self.account("GetUser", userId=self.employee_id).User
        self.is_recent("LastLogin", user.LastLogin)
        wrong = self.account("Authenticate", username=self.employee, password="wrong")
        outcome = (wrong.IsAuthenticated, wrong.Outcome, wrong.User)
        self.checks.equal("a wrong login", (False, "Denied", None), outcome)

    def avatar(self):
        person = {"userId": self.employee_id}
        given = self.account("SetAvatar", picture=PICTURE, **person)
        self.checks.equal("Changed", {"Avatar", "AvatarProvider"}, set(given.Changed.string))
        seen = self.account("GetAvatar", **person)
        self.checks.equal("the picture", ("image/png", PICTURE), (seen.MediaType, seen.Picture))
        self.is_recent("UploadedAt", seen.UploadedAt)
        self.is_shown(seen.AvatarUrl, PICTURE)
        self.account("RemoveAvatar", **person)
        seen = self.account("GetAvatar", **person)
        nothing = (seen.MediaType, seen.Picture, seen.UploadedAt)
        self.checks.equal("the picture at the end", (None, None, None), nothing)
        self.caller.account_refused(
            "SetAvatar", INVALID_VALUE, ["picture"], picture=b"no picture", **person
        )

    def is_shown(self, address, picture):
        answer = self.caller.accounts.picture(address)
        seen = (answer.status_code, answer.headers["Content-Type"], answer.content)
        self.checks.equal("the picture at its address", (200, "image/png", picture), seen)

    def lookups(self):
        zones = self.account("ListTimeZones").TimeZones.TimeZone
        windows = {zone.Iana: zone.Windows for zone in zones}
        self.checks.equal("Berlin", "W. Europe Standard Time", windows.get("Europe/Berlin"))
        roles = self.account("ListRoles").Roles.Role
        ours = [
            (role.Name, role.IsEmployee, role.IsBuiltIn)
            for role in roles
            if role.RoleId == self.role_id
        ]
        self.checks.equal("our role among all", [(self.role, True, False)], ours)
        providers = self.account("ListAvatarProviders").Providers.string
        self.checks.equal("providers of avatars", ["None", "Upload", "Gravatar"], providers[:3])
        tags = [row.Tag for row in self.account("ListLanguages").Languages.Language]
        self.checks.holds("languages", "en among them", "en" in tags, tags)
        tags = [row.Tag for row in self.account("ListDictionaries").Languages.Language]
        self.checks.holds("dictionaries", "more than 15", len(tags) > 15, tags)

    def permissions(self):
        given = [
            {"Area": area, "CategoryId": category, "Name": name}
            for area, category, name in reversed(PERMISSIONS)
        ]
        role = {"roleId": self.role_id}
        self.account("SetRolePermissions", permissions={"Permission": given}, **role)
        found = self.account("GetRolePermissions", **role).Permissions.Permission
        seen = [permission(row) for row in found]
        self.checks.equal("permissions of the role", PERMISSIONS, seen)
        found = self.account("GetEffectivePermissions", userId=self.employee_id).Permissions
        granted = [
            permission(row)
            for row in found.EffectivePermission
            if self.role_id in ids(row.GrantedBy)
        ]
        self.checks.equal("permissions by the role", PERMISSIONS, granted)

    def clone_comes(self):
        self.clone_id = self.account(
            "CloneUser",
            userId=self.employee_id,
            username=self.clone,
            password=PASSWORD,
            emailAddress=f"{self.clone}@example.org",
            displayName="",
        ).UserId
        model = self.account("GetEmployeeSettings", userId=self.employee_id).Settings
        clone = self.account("GetEmployeeSettings", userId=self.clone_id).Settings
        for tab in ("WebInterface", "Tickets", "LiveChat", "ContactInfo", "Reporting", "Community"):
            self.checks.equal(f"{tab} of the clone", model[tab], clone[tab])
        options = ("TimeZone", "PreferredLanguage", "PortalSignature", "AvatarProvider")
        for name in options:
            self.checks.equal(f"{name} of the clone", model.Options[name], clone.Options[name])
        user = self.account("GetUser", userId=self.clone_id).User
        own = (user.Username, user.DisplayName, user.EmailAddress, user.IsEmailVerified)
        expected = (self.clone, self.clone, f"{self.clone}@example.org", False)
        self.checks.equal("what is the clone's own", expected, own)
        self.checks.equal("LastLogin of the clone", None, user.LastLogin)
        self.checks.equal("roles of the clone", [1, 2, AGENT, self.role_id], ids(user.Roles))

    def lists(self):
        """One of them is no employee any more."""
        agent = {"roleIds": {"short": [AGENT]}, "mode": "Remove"}
        self.account("AssignRoles", userIds={"int": [self.user_id]}, **agent)
        employees = [self.employee, self.clone]
        people = Lists(self.caller, "ListUsers", self.prefix)
        people.tells_of([*employees, self.user])
        people.tells_of([self.user], onlyEndUsers=True)
        Lists(self.caller, "ListEmployees", self.prefix).tells_of(employees)

    def people_go(self, everybody):
        self.caller.account_refused(
            "DeleteUsers",
            NOT_FOUND,
            [f"userIds[{len(everybody)}]"],
            userIds={"int": [*everybody, NOBODY]},
        )
        for user_id in everybody:
            self.account("GetUser", userId=user_id)
        self.account("DeleteUsers", userIds={"int": everybody})
        for user_id in everybody:
            self.caller.account_refused("GetUser", NOT_FOUND, ["userId"], userId=user_id)
        self.account("DeleteRole", roleId=self.role_id)
        left = ids(self.account("ListRoles").Roles)
        self.checks.holds("roles at the end", f"no {self.role_id}", self.role_id not in left, left)

    def new_person(self, name):
        return {
            "username": name,
            "password": PASSWORD,
            "emailAddress": f"{name}@example.org",
            "isEmailVerified": True,
            "displayName": ROUND_TRIP,
        }


def ids(roles):
    return [role.RoleId for role in roles.Role]


def permission(row):
    return (row.Area, row.CategoryId, row.Name)
