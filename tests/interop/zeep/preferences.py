"""Preferences: what an employee reads and changes of itself, what it may not
change, and its password."""

from decimal import Decimal

from caller import AUTHENTICATION_FAILED, INVALID_VALUE, NOT_ALLOWED, PASSWORD


class Preferences:
    def __init__(self, caller, name, new_password):
        self.caller = caller
        self.account = caller.account
        self.checks = caller.checks
        self.name = name
        self.new_password = new_password
        self.me = caller.credentials(name)

    def tell(self):
        self.one_is_changed(self.own_preferences())
        self.cost_is_not_ones_own()
        self.password_changes()

    def own_preferences(self):
        mine = self.account("GetMyPreferences", **self.me)
        self.checks.equal("who asks", self.name, mine.User.Username)
        self.checks.equal("its ChatPopup", True, mine.Preferences.LiveChat.ChatPopup)
        for name in ("HourlyCost", "MaxActiveChats"):
            self.checks.equal(f"{name} was sent", False, self.caller.was_sent(name))
        return mine

    def one_is_changed(self, mine):
        """All that was read goes back, but custom fields: others remove theirs meanwhile."""
        mine.Preferences.CustomFields = None
        mine.Preferences.LiveChat.ChatPopup = False
        answer = self.account(
            "UpdateMyPreferences",
            preferences=mine.Preferences,
            expectedVersion=mine.User.Version,
            **self.me,
        )
        self.checks.equal("Changed", ["ChatPopup"], answer.Changed.string)
        mine = self.account("GetMyPreferences", **self.me)
        seen = (mine.Preferences.LiveChat.ChatPopup, mine.User.Version)
        self.checks.equal("ChatPopup and Version", (False, answer.Version), seen)

    def cost_is_not_ones_own(self):
        self.caller.account_refused(
            "UpdateMyPreferences",
            NOT_ALLOWED,
            ["HourlyCost"],
            preferences={"Reporting": {"HourlyCost": Decimal(1)}},
            **self.me,
        )

    def password_changes(self):
        wanted = {"newPassword": self.new_password, **self.me}
        self.caller.account_refused(
            "ChangePassword", INVALID_VALUE, ["oldPassword"], oldPassword="wrong", **wanted
        )
        self.account("ChangePassword", oldPassword=PASSWORD, **wanted)
        self.account("GetMyPreferences", AUTHENTICATION_FAILED, **self.me)
        me = self.caller.credentials(self.name, self.new_password)
        self.account("GetMyPreferences", **me)
