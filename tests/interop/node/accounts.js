// Accounts, through svcAccounts: an employee and an end user come with their roles
// and settings, are changed, read, cloned and go again. What the employee does
// itself stands in self.js, its picture in avatars.js, what the lists and the feed
// of changes tell of all that in lookups.js and changes.js.

import { Avatars } from "./avatars.js";
import { INVALID_VALUE, NOT_FOUND, PASSWORD, RULE_BROKEN } from "./caller.js";
import { Changes } from "./changes.js";
import { Lookups } from "./lookups.js";
import { Self } from "./self.js";

const AGENT = 4;
const EVERYBODY_VERIFIED = [1, 2, 3];
const NO_SUCH_USER = 999999;
const DISPLAY_NAME = "Zoë <&> 日本";
const SIGNATURE = "Zoë\nHelp desk";
const PHONES = ["+49 30 1", "+49 30 2"];
const PERMISSIONS = [
  { Area: "KB", CategoryId: 0, Name: "View" },
  { Area: "Ticket", CategoryId: 0, Name: "ViewGroup" },
];

export class Accounts {
  constructor(caller) {
    this.caller = caller;
    this.checks = caller.checks;
    this.employee = { name: `${caller.unique}-employee`, password: PASSWORD };
    this.role = `Role of ${caller.unique}`;
  }

  async tell() {
    const changes = new Changes(this.caller);
    await changes.remember();
    await this.employeeComes();
    await this.employeeIsRead();
    await this.settingsAreChanged();
    await this.settingsAreRefused();
    await this.endUserComes();
    await this.rolesAreAssigned();
    await this.roleHasPermissions();
    await new Self(this.caller, this.employeeId, this.employee).tell();
    await new Avatars(this.caller, this.employeeId).tell();
    await this.cloneComes();
    const people = [this.employeeId, this.endUserId, this.cloneId];
    await new Lookups(this.caller, people, this.roleId).tell();
    await changes.tell(this.employeeId);
    await this.everybodyGoes(people);
  }

  newPerson(name) {
    const emailAddress = `${name}@example.org`;
    return { username: name, password: PASSWORD, emailAddress };
  }

  async employeeComes() {
    const { caller, checks } = this;
    const role = { name: this.role, isEmployee: true };
    this.roleId = (await caller.account("CreateRole", role)).RoleId;
    checks.holds("id of a new role", "100 or more", this.roleId >= 100, this.roleId);
    const made = await caller.account("CreateEmployee", {
      ...this.newPerson(this.employee.name),
      isEmailVerified: true,
      displayName: DISPLAY_NAME,
      roleNames: { string: [this.role] },
      settings: {
        Options: { TimeZone: "W. Europe Standard Time", PortalSignature: SIGNATURE },
        Tickets: { CopyToAddress: "copies@example.org" },
        LiveChat: { MaxActiveChats: 3 },
        ContactInfo: { PhoneNumbers: { string: PHONES } },
        Reporting: { HourlyCost: 12.5 },
      },
    });
    this.employeeId = made.UserId;
    checks.holds("id of a new employee", "3 or more", made.UserId >= 3, made.UserId);
  }

  async employeeIsRead() {
    const { checks } = this;
    const user = await this.user(this.employeeId);
    checks.equal("Username", this.employee.name, user.Username);
    checks.equal("DisplayName", DISPLAY_NAME, user.DisplayName);
    checks.equal("AuthenticationMethod", "Password", user.AuthenticationMethod);
    checks.equal("Role", "Employee", user.Role);
    checks.holds("CreatedAt", "a date", user.CreatedAt instanceof Date, user.CreatedAt);
    const age = Math.abs(Date.now() - user.CreatedAt);
    checks.holds("CreatedAt", "a time within this hour", age < 3_600_000, user.CreatedAt);
    checks.equal("LastLogin before the first login", undefined, user.LastLogin);
    checks.equal("TimeZone", "W. Europe Standard Time", user.TimeZone);
    checks.equal("TimeZoneIana", "Europe/Berlin", user.TimeZoneIana);
    const role = { RoleId: this.roleId, Name: this.role, IsEmployee: true, IsBuiltIn: false };
    checks.has("Roles", role, user.Roles.Role);
    const asked = { username: this.employee.name.toUpperCase() };
    const named = await this.caller.account("GetUserByUsername", asked);
    checks.equal("the same by its name", user, named.User);
  }

  async user(userId) {
    return (await this.caller.account("GetUser", { userId })).User;
  }

  /**
   * Without the values of custom fields: those who run beside define some for everybody, and
   * what was read would name one that is gone when it is written back.
   */
  async settings(userId = this.employeeId) {
    const answer = await this.caller.account("GetEmployeeSettings", { userId });
    this.checks.equal("UserId of the settings", userId, answer.UserId);
    const { CustomFields: values } = answer.Settings;
    this.checks.holds("CustomFields", "a list", values !== undefined, values);
    delete answer.Settings.CustomFields;
    return answer;
  }

  /** The usual way of a proxy: read, change, write all of it back. */
  async settingsAreChanged() {
    const { checks } = this;
    const { Settings: settings, Version: expectedVersion } = await this.settings();
    this.areAsMade(settings);
    settings.Tickets.CopyToEnabled = false;
    settings.LiveChat.ChatSounds = false;
    const changed = await this.update({ settings, expectedVersion });
    const names = ["ChatSounds", "CopyToEnabled"];
    checks.equal("Changed after two changes", names, changed.Changed.string.toSorted());
    checks.holds("Version", "a later one", changed.Version > expectedVersion, changed.Version);
    checks.equal("settings read back", settings, (await this.settings()).Settings);
    const reset = await this.update({ reset: { string: ["MaxActiveChats"] } });
    checks.equal("Changed after a reset", ["MaxActiveChats"], reset.Changed.string);
    settings.LiveChat.MaxActiveChats = 1;
    checks.equal("settings after a reset", settings, (await this.settings()).Settings);
    this.oldVersion = expectedVersion;
  }

  areAsMade(settings) {
    const { checks } = this;
    checks.equal("HourlyCost", 12.5, settings.Reporting.HourlyCost);
    checks.equal("MaxActiveChats", 3, settings.LiveChat.MaxActiveChats);
    checks.equal("CopyToEnabled", true, settings.Tickets.CopyToEnabled);
    checks.equal("CopyToAddress", "copies@example.org", settings.Tickets.CopyToAddress);
    checks.equal("PhoneNumbers", PHONES, settings.ContactInfo.PhoneNumbers.string);
    checks.equal("PortalSignature", SIGNATURE, settings.Options.PortalSignature);
    checks.equal("Password", undefined, settings.Options.Password);
  }

  update(parameters) {
    const given = { userId: this.employeeId, ...parameters };
    return this.caller.account("UpdateEmployeeSettings", given);
  }

  async settingsAreRefused() {
    const { caller, checks } = this;
    const before = await this.settings();
    const wrong = {
      userId: this.employeeId,
      settings: {
        Options: { DisplayName: "Somebody else" },
        LiveChat: { MaxActiveChats: 500 },
        Reporting: { HourlyCost: -1 },
      },
    };
    const fields = ["HourlyCost", "MaxActiveChats"];
    const refusal = await caller.accountRefused(
      "UpdateEmployeeSettings", INVALID_VALUE, fields, wrong,
    );
    checks.equal("Changed of a refusal", undefined, refusal.Changed);
    checks.equal("Version of a refusal", 0, refusal.Version);
    checks.equal("settings after a refusal", before, await this.settings());
    const late = {
      userId: this.employeeId,
      settings: { LiveChat: { ChatPopup: false } },
      expectedVersion: this.oldVersion,
    };
    await caller.accountRefused(
      "UpdateEmployeeSettings", RULE_BROKEN, ["expectedVersion"], late,
    );
    checks.equal("settings after a late change", before, await this.settings());
  }

  async endUserComes() {
    const { caller, checks } = this;
    const made = await caller.account("CreateUser", {
      ...this.newPerson(`${caller.unique}-end-user`),
      isEmailVerified: true,
      displayName: DISPLAY_NAME,
      settings: {
        CommunityMessagingEnabled: false,
        PhoneNumbers: { string: ["+81 3 2"] },
      },
    });
    this.endUserId = made.UserId;
    const { Settings: settings } = await caller.account("GetUserSettings", { userId: made.UserId });
    checks.equal("PhoneNumbers of the end user", ["+81 3 2"], settings.PhoneNumbers.string);
    checks.equal("CommunityMessagingEnabled", false, settings.CommunityMessagingEnabled);
    checks.equal("Role of the end user", "EndUser", (await this.user(made.UserId)).Role);
  }

  async rolesAreAssigned() {
    const { caller, checks, employeeId, endUserId, roleId } = this;
    const given = { roleIds: { short: [AGENT] }, mode: "Add" };
    const withUnknown = { userIds: { int: [employeeId, NO_SUCH_USER, endUserId] }, ...given };
    const refusal = await caller.accountRefused(
      "AssignRoles", NOT_FOUND, ["userIds[1]"], withUnknown,
    );
    checks.equal("Assignments of a refusal", undefined, refusal.Assignments);
    for (const userId of [employeeId, endUserId]) {
      const { Roles: roles } = await caller.account("GetUserRoles", { userId });
      const ids = roles.Role.map((role) => role.RoleId);
      checks.holds("roles after a refusal", "no role 4", !ids.includes(AGENT), ids);
    }
    const both = { userIds: { int: [employeeId, endUserId] }, ...given };
    const answer = await caller.account("AssignRoles", both);
    const ids = (roles) => roles.Role.map((role) => role.RoleId);
    const seen = answer.Assignments.RoleAssignment.map((assignment) => [
      assignment.UserId, ids(assignment.Before), ids(assignment.After),
    ]);
    const expected = [
      [employeeId, [...EVERYBODY_VERIFIED, roleId], [...EVERYBODY_VERIFIED, AGENT, roleId]],
      [endUserId, EVERYBODY_VERIFIED, [...EVERYBODY_VERIFIED, AGENT]],
    ];
    checks.equal("Assignments", expected, seen);
  }

  async roleHasPermissions() {
    const { caller, checks, roleId } = this;
    const permissions = { Permission: PERMISSIONS };
    await caller.account("SetRolePermissions", { roleId, permissions });
    const ofRole = await caller.account("GetRolePermissions", { roleId });
    checks.equal("permissions of the role", PERMISSIONS, ofRole.Permissions.Permission);
    const asked = { userId: this.employeeId };
    const effective = await caller.account("GetEffectivePermissions", asked);
    for (const permission of PERMISSIONS) {
      const found = effective.Permissions.EffectivePermission.find(
        ({ Area, Name }) => Area === permission.Area && Name === permission.Name,
      );
      const granting = found?.GrantedBy.Role.map((role) => role.RoleId) ?? [];
      checks.has(`who grants ${permission.Name}`, roleId, granting);
    }
  }

  async cloneComes() {
    const clone = {
      userId: this.employeeId,
      ...this.newPerson(`${this.caller.unique}-clone`),
      displayName: "The clone",
    };
    this.cloneId = (await this.caller.account("CloneUser", clone)).UserId;
    const { Settings: model } = await this.settings();
    const { Settings: copy } = await this.settings(this.cloneId);
    const own = {
      Username: clone.username,
      EmailAddress: clone.emailAddress,
      IsEmailVerified: false,
      DisplayName: clone.displayName,
    };
    const expected = { ...model, Options: { ...model.Options, ...own } };
    this.checks.equal("settings of the clone", expected, copy);
  }

  async everybodyGoes(people) {
    const { caller, checks, roleId } = this;
    const oneTooMuch = { userIds: { int: [...people, NO_SUCH_USER] } };
    const field = `userIds[${people.length}]`;
    await caller.accountRefused("DeleteUsers", NOT_FOUND, [field], oneTooMuch);
    for (const userId of people) {
      checks.equal("UserId after a refusal", userId, (await this.user(userId)).UserId);
    }
    await caller.account("DeleteUsers", { userIds: { int: people } });
    for (const userId of people) {
      const gone = await caller.accountRefused("GetUser", NOT_FOUND, ["userId"], { userId });
      checks.equal("User of a refusal", undefined, gone.User);
    }
    await caller.account("DeleteRole", { roleId });
    const { Roles: roles } = await caller.account("ListRoles");
    const ours = roles.Role.find((role) => role.RoleId === roleId);
    checks.equal("our role at the end", undefined, ours);
  }
}
