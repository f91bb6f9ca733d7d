"""Settings: those of an employee are read by tab as what they are, changed as
users of proxies do it (read, change, write all back), reset, and refused."""

from decimal import Decimal

from caller import INVALID_VALUE, RULE_BROKEN

SIGNATURE = "Zoë <&>\nsecond line"


class Settings:
    def __init__(self, caller, user_id, phones):
        self.caller = caller
        self.account = caller.account
        self.checks = caller.checks
        self.person = {"userId": user_id}
        self.phones = phones

    def tell(self):
        read = self.settings_come_by_tab()
        self.read_change_write(read)
        self.one_is_reset()
        self.refusals(read.Version)

    def settings_come_by_tab(self):
        answer = self.account("GetEmployeeSettings", **self.person)
        read = answer.Settings
        expected = ("W. Europe Standard Time", SIGNATURE, None, None)
        options = read.Options
        seen = (options.TimeZone, options.PortalSignature, options.Password, options.Avatar)
        self.checks.equal("Options", expected, seen)
        for what, wanted, seen in (
            ("HourlyCost", Decimal("12.50"), read.Reporting.HourlyCost),
            ("MaxActiveChats", 3, read.LiveChat.MaxActiveChats),
            ("CopyToEnabled", True, read.Tickets.CopyToEnabled),
            ("PhoneNumbers", self.phones, read.ContactInfo.PhoneNumbers.string),
        ):
            self.checks.equal(what, (type(wanted), wanted), (type(seen), seen))
        self.checks.equal("HourlyCost as text", "12.50", str(read.Reporting.HourlyCost))
        return answer

    def read_change_write(self, read):
        """All that was read goes back, but custom fields: others define some and remove them
        beside us, between our reading and our writing."""
        read.Settings.CustomFields = None
        read.Settings.Tickets.CopyToEnabled = False
        read.Settings.LiveChat.ChatSounds = False
        written = self.account(
            "UpdateEmployeeSettings",
            settings=read.Settings,
            expectedVersion=read.Version,
            **self.person,
        )
        changed = sorted(written.Changed.string)
        self.checks.equal("Changed", ["ChatSounds", "CopyToEnabled"], changed)
        self.checks.holds("Version", "another", written.Version > read.Version, written.Version)
        now = self.reads_as(read.Settings)
        self.checks.equal("Version read again", written.Version, now.Version)

    def one_is_reset(self):
        expected = self.account("GetEmployeeSettings", **self.person).Settings
        reset = {"string": ["MaxActiveChats"]}
        answer = self.account("UpdateEmployeeSettings", reset=reset, **self.person)
        self.checks.equal("Changed by a reset", ["MaxActiveChats"], answer.Changed.string)
        expected.LiveChat.MaxActiveChats = 1
        self.reads_as(expected)

    def refusals(self, old_version):
        before = self.account("GetEmployeeSettings", **self.person)
        self.caller.account_refused(
            "UpdateEmployeeSettings",
            INVALID_VALUE,
            ["MaxActiveChats", "HourlyCost"],
            settings={
                "Options": {"DisplayName": "A good name"},
                "LiveChat": {"MaxActiveChats": 500},
                "Reporting": {"HourlyCost": Decimal("-1")},
            },
            **self.person,
        )
        self.caller.account_refused(
            "UpdateEmployeeSettings",
            RULE_BROKEN,
            ["expectedVersion"],
            settings={"Options": {"DisplayName": "A good name"}},
            expectedVersion=old_version,
            **self.person,
        )
        after = self.reads_as(before.Settings)
        self.checks.equal("Version after refusals", before.Version, after.Version)

    def reads_as(self, expected):
        """All settings, but custom fields: whoever works beside us defines them."""
        now = self.account("GetEmployeeSettings", **self.person)
        now.Settings.CustomFields = expected.CustomFields = None
        self.checks.equal("settings", expected, now.Settings)
        return now
