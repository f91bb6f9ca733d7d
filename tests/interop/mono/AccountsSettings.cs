// The settings of an employee by tab: read with their real types, changed the way
// users of proxies do it, which is to send back what was read, and refused.

using System.Collections.Generic;
using System.Linq;
using AccountsService;

public class AccountsSettings
{
    readonly Caller caller;
    readonly Checks checks;
    readonly svcAccounts service;
    readonly string admin, password;
    readonly int employee;

    public AccountsSettings(Caller caller, int employee)
    {
        this.caller = caller;
        this.employee = employee;
        checks = caller.Checks;
        service = caller.Accounts;
        admin = caller.Name;
        password = caller.Password;
    }

    public void Tell()
    {
        var first = Read();
        RealTypesComeBack(first.Settings);
        ReadChangeWrite(first);
        Reset();
        WrongValues();
        OldVersion(first.Version);
    }

    /// Without custom fields, since others make and remove them meanwhile.
    EmployeeSettingsResult Read()
    {
        var answer = caller.Account(service.GetEmployeeSettings(admin, password, employee));
        checks.Equal("CustomFields is there", true, answer.Settings.CustomFields != null);
        answer.Settings.CustomFields = null;
        return answer;
    }

    UpdateResult Update(EmployeeSettings settings, string[] reset = null, int? version = null)
    {
        return service.UpdateEmployeeSettings(
            admin, password, employee, settings, reset, version.GetValueOrDefault(), version.HasValue);
    }

    void RealTypesComeBack(EmployeeSettings settings)
    {
        var options = settings.Options;
        checks.Equal("PortalSignature", Accounts.Signature, options.PortalSignature);
        checks.Equal("TimeZone", "W. Europe Standard Time", options.TimeZone);
        checks.Equal("Password is there", false, options.Password != null);
        var cost = (settings.Reporting.HourlyCostSpecified, $"{settings.Reporting.HourlyCost}");
        checks.Equal("HourlyCost", (true, $"{12.50m}"), cost);
        var chats = (settings.LiveChat.MaxActiveChatsSpecified, settings.LiveChat.MaxActiveChats);
        checks.Equal("MaxActiveChats", (true, 3), chats);
        var tickets = settings.Tickets;
        checks.Equal("CopyToAddress", "copy@example.org", tickets.CopyToAddress);
        checks.Equal("CopyToEnabled", (true, true), (tickets.CopyToEnabledSpecified, tickets.CopyToEnabled));
        checks.Equal("ReplyFromAddresses", new string[0], tickets.ReplyFromAddresses);
        checks.Equal("PhoneNumbers", Accounts.Phones, settings.ContactInfo.PhoneNumbers);
    }

    void ReadChangeWrite(EmployeeSettingsResult read)
    {
        read.Settings.Tickets.CopyToEnabled = false;
        read.Settings.LiveChat.ChatSounds = false;
        var answer = caller.Account(Update(read.Settings, null, read.Version));
        checks.Equal("changed", new[] { "ChatSounds", "CopyToEnabled" }, answer.Changed.OrderBy(field => field));
        checks.Holds("version after a change", $"above {read.Version}", answer.Version > read.Version, answer.Version);
        var kept = Read();
        checks.Equal("version read back", answer.Version, kept.Version);
        checks.Equal("settings read back", Comparable(read.Settings), Comparable(kept.Settings));
    }

    void Reset()
    {
        var expected = Read().Settings;
        expected.LiveChat.MaxActiveChats = 1;
        var answer = caller.Account(Update(null, new[] { "MaxActiveChats" }));
        checks.Equal("reset", new[] { "MaxActiveChats" }, answer.Changed);
        checks.Equal("settings after a reset", Comparable(expected), Comparable(Read().Settings));
    }

    void WrongValues()
    {
        var before = Read();
        var settings = new EmployeeSettings
        {
            Options = new Options { DisplayName = "Somebody else" },
            LiveChat = new LiveChat { MaxActiveChats = 500, MaxActiveChatsSpecified = true },
            Reporting = new Reporting { HourlyCost = -1, HourlyCostSpecified = true },
        };
        var refusal = caller.AccountRefused(Update(settings), Code.InvalidValue, "HourlyCost", "MaxActiveChats");
        checks.Equal("Changed of a refusal", null, refusal.Changed);
        var after = Read();
        checks.Equal("version after a refusal", before.Version, after.Version);
        checks.Equal("settings after a refusal", Comparable(before.Settings), Comparable(after.Settings));
    }

    void OldVersion(int version)
    {
        var settings = new EmployeeSettings { Options = new Options { DisplayName = "Somebody else" } };
        caller.AccountRefused(Update(settings, null, version), Code.RuleBroken, "expectedVersion");
    }

    /// All settings as text, but for custom fields.
    public static string Comparable(EmployeeSettings settings)
    {
        return string.Join("; ", new object[] {
            settings.Options, settings.WebInterface, settings.Tickets, settings.LiveChat,
            settings.ContactInfo, settings.Reporting, settings.Community,
        }.SelectMany(Members));
    }

    static IEnumerable<string> Members(object tab)
    {
        return tab.GetType().GetProperties().Select(member => $"{member.Name}={Text(member.GetValue(tab))}");
    }

    static string Text(object value) => value is string[] list ? string.Join(",", list) : $"{value}";
}
