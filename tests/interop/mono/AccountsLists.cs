// The lists of people, page by page: everybody stands in them exactly once, in the
// order that was asked for, and with what lists show of a person.

using System;
using System.Collections.Generic;
using System.Linq;
using AccountsService;

public class AccountsLists
{
    readonly Caller caller;
    readonly Checks checks;
    readonly svcAccounts service;
    readonly string name;

    /// Looks for people whose user names begin with `name`.
    public AccountsLists(Caller caller, string name)
    {
        this.caller = caller;
        this.name = name;
        checks = caller.Checks;
        service = caller.Accounts;
    }

    public void Look(int employee, int clone, int endUser)
    {
        Holds("users", new[] { employee, clone, endUser }, token => Users(false, token));
        Holds("end users", new[] { endUser }, token => Users(true, token));
        Holds("employees", new[] { employee, clone }, Employees);
        var first = caller.Account(Employees(null)).Users[0];
        var texts = (first.Username, first.DisplayName, first.EmailAddress);
        checks.Equal("the first employee", (name, Caller.RoundTrip, name + "@example.org"), texts);
        var flags = (first.Role, first.IsEmailVerified, first.Enabled);
        checks.Equal("its flags", (ListedRole.Agent, true, true), flags);
        var login = (first.LastLoginSpecified, first.LastLogin.Kind);
        checks.Equal("its LastLogin", (true, DateTimeKind.Utc), login);
        caller.AccountRefused(Employees("no token"), Code.InvalidValue, "continuationToken");
    }

    void Holds(string which, int[] expected, Func<string, ListUsersResult> ask)
    {
        checks.Equal(which, expected, Pages(ask).SelectMany(page => page.Users).Select(user => user.UserId));
    }

    IEnumerable<ListUsersResult> Pages(Func<string, ListUsersResult> ask)
    {
        string token = null;
        do
        {
            var page = caller.Account(ask(token));
            checks.Holds("people of a page", "2 at the most", page.Users.Length <= 2, page.Users.Length);
            token = page.ContinuationToken;
            yield return page;
        }
        while (token != null);
    }

    ListUsersResult Users(bool onlyEndUsers, string token)
    {
        return service.ListUsers(
            caller.Name, caller.Password, onlyEndUsers, onlyEndUsers, name, TextMatch.Prefix, true,
            0, false, false, false, false, false, default(DateTime), false, default(DateTime), false,
            false, false, SortBy.Username, true, false, false, 2, true, token);
    }

    ListUsersResult Employees(string token)
    {
        return service.ListEmployees(
            caller.Name, caller.Password, name, TextMatch.Prefix, true,
            0, false, false, false, false, false, default(DateTime), false, default(DateTime), false,
            false, false, SortBy.Username, true, false, false, 2, true, token);
    }
}
