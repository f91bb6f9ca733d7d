"""Accounts: an employee comes through svcAccounts with settings on several tabs,
which are read, sent back with changes, and refused; it is given a role and goes."""

from decimal import Decimal

from caller import INVALID_VALUE, NOT_FOUND, PASSWORD, ROUND_TRIP, RULE_BROKEN

AGENT = 4
NOBODY = 2_000_000_000
PHONES = ["+49 30 1", "+81 3 2"]
# suds takes "&amp;" in a text for an escaped "&", so there is none in it.
SIGNATURE = "Zoë\n-- \n<b>& 日本</b>"
ZONE = "W. Europe Standard Time"


class Accounts:
    def __init__(self, caller):
        self.caller = caller
        self.account = caller.account
        self.checks = caller.checks
        self.employee = f"{caller.unique}-employee"

    def tell(self):
        self.employee_comes()
        first = self.account("GetEmployeeSettings", **self.person)
        self.types(first.Settings)
        self.read_change_write(first)
        self.refusals(first.Version)
        self.roles()
        users = {"int": [self.person["userId"], NOBODY]}
        self.account("DeleteUsers", NOT_FOUND, ["userIds[1]"], userIds=users)
        self.account("DeleteUsers", userIds={"int": [self.person["userId"]]})
        self.account("GetUser", NOT_FOUND, ["userId"], **self.person)

    def employee_comes(self):
        made = self.account(
            "CreateEmployee",
            username=self.employee,
            password=PASSWORD,
            emailAddress=f"{self.employee}@example.org",
            isEmailVerified=True,
            displayName=ROUND_TRIP,
            settings={
                "Options": {"TimeZone": ZONE, "PortalSignature": SIGNATURE},
                "LiveChat": {"MaxActiveChats": 3, "ChatSounds": True},
                "Reporting": {"HourlyCost": Decimal("12.5")},
                "ContactInfo": {"PhoneNumbers": {"string": PHONES}},
            },
        )
        self.checks.holds("id of an employee", "3 or more", made.UserId >= 3, made.UserId)
        self.person = {"userId": made.UserId}

    def types(self, settings):
        options = settings.Options
        seen = (options.DisplayName, options.TimeZone, options.PortalSignature)
        self.checks.equal("texts of Options", (ROUND_TRIP, ZONE, SIGNATURE), seen)
        self.checks.equal("AuthenticationMethod", "Password", options.AuthenticationMethod)
        self.checks.equal("Password stands there", False, "Password" in options)
        chat = settings.LiveChat
        self.checks.equal("LiveChat", (3, True), (chat.MaxActiveChats, chat.ChatSounds))
        cost = settings.Reporting.HourlyCost
        self.checks.equal("HourlyCost", (Decimal("12.50"), Decimal), (cost, type(cost)))
        self.checks.equal("PhoneNumbers", PHONES, settings.ContactInfo.PhoneNumbers.string)

    def update(self, settings, code=0, fields=(), version=None):
        """Custom fields are not sent back: whoever works beside us defines them."""
        settings["CustomFields"] = None
        return self.account(
            "UpdateEmployeeSettings",
            code,
            fields,
            settings=settings,
            expectedVersion=version,
            **self.person,
        )

    def read_change_write(self, read):
        """All is sent back as suds read it, with empty lists and texts among it."""
        read.Settings.LiveChat.ChatSounds = False
        read.Settings.Reporting.HourlyCost = Decimal("13")
        written = self.update(read.Settings, version=read.Version)
        self.checks.equal("Changed", ["ChatSounds", "HourlyCost"], sorted(written.Changed.string))
        self.checks.holds("Version", "another", written.Version > read.Version, written.Version)
        now = self.account("GetEmployeeSettings", **self.person).Settings
        now.CustomFields = None
        self.checks.equal("settings read back", str(read.Settings), str(now).replace("13.00", "13"))

    def refusals(self, old_version):
        wrong = {
            "Options": {"DisplayName": "A good name"},
            "LiveChat": {"MaxActiveChats": 500},
            "Reporting": {"HourlyCost": Decimal("-1")},
        }
        refusal = self.update(wrong, INVALID_VALUE, ["MaxActiveChats", "HourlyCost"])
        self.checks.equal("Changed of a refusal", False, "Changed" in refusal)
        good = {"Options": {"DisplayName": "A good name"}}
        self.update(good, RULE_BROKEN, ["expectedVersion"], version=old_version)
        kept = self.account("GetUser", **self.person).User
        self.checks.equal("DisplayName after refusals", ROUND_TRIP, kept.DisplayName)

    def roles(self):
        """An employee that was given no roles is an agent."""
        self.assigned("Remove", [1, 2, 3, AGENT], [1, 2, 3])
        self.assigned("Add", [1, 2, 3], [1, 2, 3, AGENT])

    def assigned(self, mode, before, after):
        whose = {"userIds": {"int": [self.person["userId"]]}, "roleIds": {"short": [AGENT]}}
        row = self.account("AssignRoles", mode=mode, **whose).Assignments.RoleAssignment[0]
        seen = ([role.RoleId for role in row.Before.Role], [role.RoleId for role in row.After.Role])
        self.checks.equal(f"roles before and after {mode}", (before, after), seen)
