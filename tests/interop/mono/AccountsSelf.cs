// What an employee does for itself, with its own credentials: preferences and a
// password; then its logins and its picture, as the administrator.

using System;
using System.Linq;
using System.Net;
using AccountsService;

public class AccountsSelf
{
    const string NewPassword = "Another-Story-2026";

    /// One pixel.
    static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mMwTpsJAAICATNoejH4AAAAAElFTkSuQmCC");

    readonly Caller caller;
    readonly Checks checks;
    readonly svcAccounts service;
    readonly string admin, password, name;
    readonly int employee;

    public AccountsSelf(Caller caller, int employee, string name)
    {
        this.caller = caller;
        this.employee = employee;
        this.name = name;
        checks = caller.Checks;
        service = caller.Accounts;
        admin = caller.Name;
        password = caller.Password;
    }

    public void Tell()
    {
        Preferences();
        Password();
        Logins();
        PictureComesAndGoes();
    }

    void Preferences()
    {
        var mine = caller.Account(service.GetMyPreferences(name, Caller.UserPassword));
        checks.Equal("who I am", (employee, name), (mine.User.UserId, mine.User.Username));
        checks.Equal("my phones", Accounts.Phones, mine.Preferences.ContactInfo.PhoneNumbers);
        var hidden = (mine.Preferences.Reporting?.HourlyCostSpecified ?? false,
            mine.Preferences.LiveChat.MaxActiveChatsSpecified);
        checks.Equal("HourlyCost and MaxActiveChats are told me", (false, false), hidden);
        var popup = new LiveChat { ChatPopup = false, ChatPopupSpecified = true };
        var answer = caller.Account(Update(new EmployeeSettings { LiveChat = popup }));
        checks.Equal("what I changed", new[] { "ChatPopup" }, answer.Changed);
        var cost = new Reporting { HourlyCost = 1, HourlyCostSpecified = true };
        caller.AccountRefused(Update(new EmployeeSettings { Reporting = cost }), Code.NotAuthorized, "HourlyCost");
    }

    UpdateResult Update(EmployeeSettings preferences)
    {
        return service.UpdateMyPreferences(name, Caller.UserPassword, preferences, null, 0, false);
    }

    void Password()
    {
        var wrong = service.ChangePassword(name, Caller.UserPassword, "wrong", NewPassword);
        caller.AccountRefused(wrong, Code.InvalidValue, "oldPassword");
        caller.Account(service.ChangePassword(name, Caller.UserPassword, Caller.UserPassword, NewPassword));
        var old = service.GetMyPreferences(name, Caller.UserPassword);
        checks.Equal("what the old password shows", null, caller.AccountRefused(old, Code.AuthenticationFailed).User);
        caller.Account(service.GetMyPreferences(name, NewPassword));
    }

    void Logins()
    {
        var wrong = caller.Account(service.Authenticate(admin, password, name, Caller.UserPassword));
        checks.Equal("a wrong login", (false, LoginOutcome.Denied), (wrong.IsAuthenticated, wrong.Outcome));
        checks.Equal("User of a wrong login", null, wrong.User);
        var right = caller.Account(service.Authenticate(admin, password, name, NewPassword));
        checks.Equal("a right login", (true, LoginOutcome.Granted), (right.IsAuthenticated, right.Outcome));
        checks.Equal("who came in", (employee, false), (right.User.UserId, right.MustChangePassword));
        var user = caller.Account(service.GetUser(admin, password, employee)).User;
        checks.Equal("LastLogin is there", true, user.LastLoginSpecified);
        var good = user.LastLogin.Kind == DateTimeKind.Utc && user.LastLogin >= user.CreatedAt;
        checks.Holds("LastLogin", $"a time in UTC from {user.CreatedAt:o}", good, $"{user.LastLogin:o}");
    }

    void PictureComesAndGoes()
    {
        var set = caller.Account(service.SetAvatar(admin, password, employee, Picture));
        checks.Has("changed by a picture", "AvatarProvider", set.Changed);
        var kept = caller.Account(service.GetAvatar(admin, password, employee));
        checks.Equal("the picture", Picture, kept.Picture);
        checks.Equal("its MediaType", "image/png", kept.MediaType);
        checks.Equal("UploadedAt is there", true, kept.UploadedAtSpecified);
        checks.Equal("the picture at its address", Picture, Download(kept.AvatarUrl));
        var junk = service.SetAvatar(admin, password, employee, new byte[] { 1, 2, 3 });
        caller.AccountRefused(junk, Code.InvalidValue, "picture");
        caller.Account(service.RemoveAvatar(admin, password, employee));
        var none = caller.Account(service.GetAvatar(admin, password, employee));
        var left = (none.Picture != null, none.MediaType != null, none.UploadedAtSpecified);
        checks.Equal("the picture, its type and its time are there", (false, false, false), left);
    }

    /// Whatever is no success is an exception.
    byte[] Download(string path)
    {
        using (var client = new WebClient())
            return client.DownloadData(new Uri(new Uri(service.Url), path));
    }
}
