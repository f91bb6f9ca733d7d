// What an employee does itself: its preferences and its password; and the logins
// that the administrator checks.

import { AUTHENTICATION_FAILED, INVALID_VALUE, NOT_PERMITTED } from "./caller.js";

const NEXT_PASSWORD = "Another-Pass-2026";

export class Self {
  constructor(caller, userId, who) {
    this.caller = caller;
    this.checks = caller.checks;
    this.userId = userId;
    this.who = who;
  }

  async tell() {
    await this.preferences();
    await this.preferencesAreRefused();
    await this.passwordIsChanged();
    await this.loginIsChecked();
  }

  async preferences() {
    const { caller, checks, who } = this;
    const seen = await caller.account("GetMyPreferences", {}, who);
    checks.equal("User of the preferences", this.userId, seen.User.UserId);
    checks.equal("HourlyCost for its employee", undefined, seen.Preferences.Reporting?.HourlyCost);
    const { LiveChat: chat } = seen.Preferences;
    checks.equal("MaxActiveChats for its employee", undefined, chat.MaxActiveChats);
    checks.equal("ChatPopup for its employee", true, chat.ChatPopup);
    const preferences = { LiveChat: { ChatPopup: false } };
    const changed = await caller.account("UpdateMyPreferences", { preferences }, who);
    checks.equal("Changed", ["ChatPopup"], changed.Changed.string);
  }

  async preferencesAreRefused() {
    const preferences = { Reporting: { HourlyCost: 1 } };
    await this.caller.accountRefused(
      "UpdateMyPreferences", NOT_PERMITTED, ["HourlyCost"], { preferences }, this.who,
    );
  }

  async passwordIsChanged() {
    const { caller, who } = this;
    const newPassword = NEXT_PASSWORD;
    const wrong = { oldPassword: "wrong", newPassword };
    await caller.accountRefused("ChangePassword", INVALID_VALUE, ["oldPassword"], wrong, who);
    await caller.account("ChangePassword", { oldPassword: who.password, newPassword }, who);
    await caller.accountRefused("GetMyPreferences", AUTHENTICATION_FAILED, [], {}, who);
    await caller.account("GetMyPreferences", {}, { name: who.name, password: newPassword });
  }

  async loginIsChecked() {
    const { checks, who } = this;
    const granted = await this.login(NEXT_PASSWORD);
    checks.equal("IsAuthenticated and Outcome", [true, "Granted"], outcome(granted));
    checks.equal("Username of the login", who.name, granted.User.Username);
    const denied = await this.login("wrong");
    checks.equal("IsAuthenticated and Outcome", [false, "Denied"], outcome(denied));
    checks.equal("User of a login that fails", undefined, denied.User);
    const { User: user } = await this.caller.account("GetUser", { userId: this.userId });
    const { LastLogin: last } = user;
    checks.holds("LastLogin", "a date", last instanceof Date, last);
    const late = last >= user.CreatedAt && last - user.CreatedAt < 3_600_000;
    checks.holds("LastLogin", `a time soon after ${user.CreatedAt.toISOString()}`, late, last);
  }

  login(password) {
    return this.caller.account("Authenticate", { username: this.who.name, password });
  }
}

function outcome({ IsAuthenticated, Outcome }) {
  return [IsAuthenticated, Outcome];
}
