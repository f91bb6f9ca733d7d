// Accounts: an employee with its settings and an end user come through svcAccounts,
// are read, changed and copied, look after themselves, and go again; the feed of
// changes has told it all.

using System;
using System.Linq;
using AccountsService;

public class Accounts
{
    public const string Signature = "Kind regards\nZoë & 日本";
    public static readonly string[] Phones = { "+49 30 1", "+81 3 2" };

    const short AgentRole = 4;
    const int Nobody = 999999999;

    readonly Caller caller;
    readonly Checks checks;
    readonly svcAccounts service;
    readonly AccountsFeed feed;
    readonly string admin, password, name, roleName;

    public Accounts(Caller caller)
    {
        this.caller = caller;
        checks = caller.Checks;
        service = caller.Accounts;
        admin = caller.Name;
        password = caller.Password;
        name = caller.Unique + "-account";
        roleName = "Accounts " + caller.Unique;
        feed = new AccountsFeed(caller);
    }

    public void Tell()
    {
        feed.Remember();
        var roleId = RoleComes();
        var employee = EmployeeComes(roleId);
        EmployeeIsRead(employee, roleId);
        new AccountsSettings(caller, employee).Tell();
        var endUser = EndUserComes();
        RolesAreAssigned(employee, endUser);
        new AccountsSelf(caller, employee, name).Tell();
        Lookups(roleId);
        Permissions(roleId, employee);
        var clone = CloneComes(employee);
        new AccountsLists(caller, name).Look(employee, clone, endUser);
        EverybodyGoes(employee, endUser, clone);
        RoleGoes(roleId);
        feed.Look(employee);
    }

    short RoleComes()
    {
        var roleId = caller.Account(service.CreateRole(admin, password, roleName, true)).RoleId;
        checks.Holds("id of a new role", "100 or more", roleId >= 100, roleId);
        return roleId;
    }

    int EmployeeComes(short roleId)
    {
        var settings = new EmployeeSettings
        {
            Options = new Options { TimeZone = "W. Europe Standard Time", PortalSignature = Signature },
            Tickets = new Tickets { CopyToAddress = "copy@example.org" },
            LiveChat = new LiveChat { MaxActiveChats = 3, MaxActiveChatsSpecified = true },
            Reporting = new Reporting { HourlyCost = 12.5m, HourlyCostSpecified = true },
            ContactInfo = new ContactInfo { PhoneNumbers = Phones },
        };
        var made = service.CreateEmployee(
            admin, password, name, Caller.UserPassword, name + "@example.org", true, true,
            Caller.RoundTrip, null, new[] { roleName }, settings);
        var userId = caller.Account(made).UserId;
        checks.Holds("id of a new employee", "3 or more", userId >= 3, userId);
        return userId;
    }

    void EmployeeIsRead(int employee, short roleId)
    {
        var user = caller.Account(service.GetUser(admin, password, employee)).User;
        var names = (user.UserId, user.Username, user.DisplayName, user.EmailAddress);
        checks.Equal("the employee", (employee, name, Caller.RoundTrip, name + "@example.org"), names);
        var flags = (user.IsEmailVerified, user.Enabled, user.IsEmployee, user.ForcePasswordChange);
        checks.Equal("its flags", (true, true, true, false), flags);
        checks.Equal("its AuthenticationMethod", AuthenticationMethod.Password, user.AuthenticationMethod);
        checks.Equal("its Role", ListedRole.Employee, user.Role);
        IsNow("CreatedAt", true, user.CreatedAt);
        checks.Equal("LastLogin is there", false, user.LastLoginSpecified);
        var zone = (user.TimeZone, user.TimeZoneIana, user.TimeZoneWindows);
        checks.Equal("its zone", ("W. Europe Standard Time", "Europe/Berlin", "W. Europe Standard Time"), zone);
        var role = user.Roles.FirstOrDefault(row => row.RoleId == roleId);
        checks.Holds("its roles", "ours among them", role != null, user.Roles);
        checks.Equal("our role", (roleName, true, false), (role.Name, role.IsEmployee, role.IsBuiltIn));
        var byName = caller.Account(service.GetUserByUsername(admin, password, name.ToUpperInvariant())).User;
        checks.Equal("who has the name", employee, byName.UserId);
    }

    void IsNow(string what, bool isThere, DateTime time)
    {
        var away = (DateTime.UtcNow - time).Duration();
        var good = isThere && time.Kind == DateTimeKind.Utc && away < TimeSpan.FromHours(1);
        checks.Holds(what, "a time near now in UTC", good, $"{time:o}");
    }

    int EndUserComes()
    {
        var settings = new UserSettings
        {
            PhoneNumbers = new[] { Phones[1] },
            CommunityMessagingEnabled = false,
            CommunityMessagingEnabledSpecified = true,
        };
        var username = name + "-end";
        var made = service.CreateUser(
            admin, password, username, Caller.UserPassword, username + "@example.org", false, false,
            null, null, null, settings);
        var userId = caller.Account(made).UserId;
        var kept = caller.Account(service.GetUserSettings(admin, password, userId)).Settings;
        checks.Equal("PhoneNumbers of the end user", settings.PhoneNumbers, kept.PhoneNumbers);
        checks.Equal("its DisplayName", username, kept.DisplayName);
        var messaging = (kept.CommunityMessagingEnabledSpecified, kept.CommunityMessagingEnabled);
        checks.Equal("its CommunityMessagingEnabled", (true, false), messaging);
        return userId;
    }

    void RolesAreAssigned(int employee, int endUser)
    {
        var both = new[] { employee, endUser };
        var strangers = new[] { employee, Nobody, endUser };
        var refused = Assign(strangers, AssignMode.Add);
        caller.AccountRefused(refused, Code.NotFound, "userIds[1]");
        checks.Equal("whether anybody is an agent now", false, both.Any(IsAgent));
        var told = caller.Account(Assign(both, AssignMode.Add)).Assignments;
        checks.Equal("whose roles were assigned", both, told.Select(row => row.UserId));
        checks.Equal("agents before", false, told.Any(row => HasAgent(row.Before)));
        checks.Equal("agents after", true, told.All(row => HasAgent(row.After)));
        checks.Equal("whether all are agents now", true, both.All(IsAgent));
        caller.Account(Assign(new[] { endUser }, AssignMode.Remove));
        checks.Equal("whether the end user is an agent at last", false, IsAgent(endUser));
    }

    AssignRolesResult Assign(int[] users, AssignMode mode)
    {
        return service.AssignRoles(admin, password, users, new[] { AgentRole }, null, mode, true);
    }

    bool IsAgent(int userId)
    {
        return HasAgent(caller.Account(service.GetUserRoles(admin, password, userId)).Roles);
    }

    static bool HasAgent(Role[] roles) => roles.Any(role => role.RoleId == AgentRole);

    void Lookups(short roleId)
    {
        var zones = caller.Account(service.ListTimeZones(admin, password)).TimeZones;
        var pairs = zones.Select(zone => (zone.Iana, zone.Windows));
        checks.Has("time zones", ("Europe/Berlin", "W. Europe Standard Time"), pairs);
        var roles = caller.Account(service.ListRoles(admin, password)).Roles;
        checks.Has("roles", (roleId, roleName), roles.Select(role => (role.RoleId, role.Name)));
        var providers = caller.Account(service.ListAvatarProviders(admin, password)).Providers;
        checks.Equal("first providers of avatars", new[] { "None", "Upload", "Gravatar" }, providers.Take(3));
        var languages = caller.Account(service.ListLanguages(admin, password)).Languages;
        checks.Has("languages", "en", languages.Select(row => row.Tag));
        var dictionaries = caller.Account(service.ListDictionaries(admin, password)).Languages;
        checks.Holds("dictionaries", "more than 15", dictionaries.Length > 15, dictionaries.Length);
        caller.Account(service.ListCustomFields(admin, password));
    }

    void Permissions(short roleId, int employee)
    {
        var allowed = new[]
        {
            new Permission { Area = PermissionArea.KB, Name = "View" },
            new Permission { Area = PermissionArea.Ticket, Name = "ViewOwn" },
        };
        caller.Account(service.SetRolePermissions(admin, password, roleId, allowed));
        var kept = caller.Account(service.GetRolePermissions(admin, password, roleId)).Permissions;
        var expected = allowed.Select(row => (row.Area, row.CategoryId, row.Name));
        checks.Equal("permissions of the role", expected, kept.Select(row => (row.Area, row.CategoryId, row.Name)));
        var effective = caller.Account(service.GetEffectivePermissions(admin, password, employee)).Permissions;
        var granted = effective.FirstOrDefault(row => row.Area == PermissionArea.Ticket && row.Name == "ViewOwn");
        checks.Holds("what the employee may", "ViewOwn among it", granted != null, effective);
        checks.Has("who grants it", roleName, granted.GrantedBy.Select(role => role.Name));
    }

    int CloneComes(int employee)
    {
        var username = name + "-clone";
        var made = service.CloneUser(
            admin, password, employee, username, Caller.UserPassword, username + "@example.org", null);
        var clone = caller.Account(made).UserId;
        var model = caller.Account(service.GetEmployeeSettings(admin, password, employee)).Settings;
        var copy = caller.Account(service.GetEmployeeSettings(admin, password, clone)).Settings;
        var own = (copy.Options.Username, copy.Options.DisplayName, copy.Options.EmailAddress);
        checks.Equal("what is the clone's own", (username, username, username + "@example.org"), own);
        checks.Equal("its IsEmailVerified", false, copy.Options.IsEmailVerified);
        checks.Equal("its settings", WithoutOwn(model), WithoutOwn(copy));
        return clone;
    }

    static string WithoutOwn(EmployeeSettings settings)
    {
        settings.Options.Username = settings.Options.DisplayName = settings.Options.EmailAddress = null;
        settings.Options.IsEmailVerified = false;
        return AccountsSettings.Comparable(settings);
    }

    void EverybodyGoes(params int[] all)
    {
        var strangers = all.Concat(new[] { Nobody }).ToArray();
        caller.AccountRefused(service.DeleteUsers(admin, password, strangers), Code.NotFound, "userIds[3]");
        foreach (var userId in all)
            caller.Account(service.GetUser(admin, password, userId));
        caller.Account(service.DeleteUsers(admin, password, all));
        foreach (var userId in all)
        {
            var refusal = caller.AccountRefused(service.GetUser(admin, password, userId), Code.NotFound, "userId");
            checks.Equal("User of a refusal", null, refusal.User);
        }
    }

    void RoleGoes(short roleId)
    {
        caller.Account(service.DeleteRole(admin, password, roleId));
        var roles = caller.Account(service.ListRoles(admin, password)).Roles;
        checks.Equal("our role at the end", false, roles.Any(role => role.RoleId == roleId));
    }
}
