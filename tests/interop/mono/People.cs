// People: a person and a role come, are changed, read and go again, with the
// refusals on the way.

using System.Collections.Generic;
using System.Linq;
using OrganizationService;

public class People
{
    readonly Caller caller;
    readonly Checks checks;
    readonly svcOrganization service;
    readonly string admin, password, user, role;

    public People(Caller caller)
    {
        this.caller = caller;
        checks = caller.Checks;
        service = caller.Organization;
        admin = caller.Name;
        password = caller.Password;
        user = caller.Unique;
        role = "Role " + caller.Unique;
    }

    public void Tell()
    {
        ServerHasAName();
        ListsArePresent();
        var userId = CreateUser();
        ReadProperties(userId);
        WriteProperties(userId);
        CreateUserWithoutId();
        RoleComesAndGoes(userId);
        LookAtAdministrator();
        WrongPassword();
        DeleteUser(userId);
    }

    void ServerHasAName()
    {
        var name = caller.Call(service.GetServerName(admin, password)).RequestResult;
        checks.Holds("name of the server", "some text", !string.IsNullOrEmpty(name), name);
    }

    /// Others work on the same server, so nothing is said of what the lists hold.
    void ListsArePresent()
    {
        var departments = caller.Call(service.GetAllDepartments(admin, password)).Departments;
        checks.Holds("Departments", "an array", departments != null, departments);
        var groups = caller.Call(service.GetAllGroups(admin, password)).Groups;
        checks.Holds("Groups", "an array", groups != null, groups);
        var refusal = caller.Call(service.GetAgentsForGroup(admin, password, 999999), Code.NotFound);
        checks.Equal("Agents in a refusal", null, refusal.Agents);
    }

    int CreateUser()
    {
        var userId = caller.Call(caller.CreateUser2(user)).UserID;
        checks.Holds("id of a new user", "3 or more", userId >= 3, userId);
        var again = caller.Call(caller.CreateUser2(user), Code.AlreadyExists);
        checks.Equal("UserID of a refused create", 0, again.UserID);
        return userId;
    }

    void ReadProperties(int userId)
    {
        var keys = new[] { "DisplayName", "EMAILADDRESS", "NoSuchKey", "isemailverified" };
        var answer = caller.Call(service.GetUsersProperties(admin, password, userId, keys));
        var expected = new[]
        {
            "DisplayName=" + Caller.RoundTrip,
            $"EMAILADDRESS={user}@example.org",
            "NoSuchKey=",
            "isemailverified=true",
        };
        checks.Equal("properties in the order asked", expected, answer.RequestResults);
        answer = caller.Call(service.GetUsersProperties(admin, password, userId, new string[0]));
        checks.Equal("properties if none is asked for", new string[0], answer.RequestResults);
    }

    void WriteProperties(int userId)
    {
        var written = new[]
        {
            "DisplayNameForChat=Zoë 😀 (chat)",
            "TimeZone=Europe/Berlin",
            "DisplayName=a=b == c=",
        };
        caller.Call(service.SetUsersProperties(admin, password, userId, written));
        var keys = written.Select(item => item.Split('=')[0]).ToArray();
        checks.Equal("properties read back", written, PropertiesByName(user, keys));
    }

    string[] PropertiesByName(string name, params string[] keys)
    {
        return caller.Call(service.GetUsersPropertiesbyUsername(admin, password, name, keys)).RequestResults;
    }

    /// CreateUser does not tell the id; a caller looks it up by name.
    void CreateUserWithoutId()
    {
        var name = user + "-b";
        var email = name + "@example.org";
        caller.Call(service.CreateUser(admin, password, name, Caller.UserPassword, email, true, Caller.RoundTrip));
        var found = PropertiesByName(name, "UserID")[0];
        var isNumber = int.TryParse(found.Replace("UserID=", ""), out var id);
        checks.Holds("UserID by user name", "UserID=<number>", isNumber, found);
        caller.Call(service.DeleteUser(admin, password, id));
    }

    void RoleComesAndGoes(int userId)
    {
        caller.Call(service.AddRole(admin, password, role, false));
        var roles = AllRoles();
        var roleId = roles.ContainsKey(role) ? roles[role] : (short)0;
        checks.Holds("id of the new role", "100 or more", roleId >= 100, roleId);
        caller.Call(service.AddRoleToUser(admin, password, userId, roleId));
        checks.Equal("roles of the user", new short[] { 1, 2, 3, roleId }, RolesOf(userId));
        caller.Call(service.RemoveRoleFromUser(admin, password, userId, roleId));
        checks.Equal("roles after taking it", new short[] { 1, 2, 3 }, RolesOf(userId));
        caller.Call(service.RemoveRole(admin, password, roleId));
        roles = AllRoles();
        checks.Holds("roles at the end", $"no \"{role}\"", !roles.ContainsKey(role), roles.Keys);
    }

    Dictionary<string, short> AllRoles()
    {
        var roles = caller.Call(service.GetAllRoles(admin, password)).Roles;
        return roles.ToDictionary(role => role.RoleName, role => role.RoleID);
    }

    IEnumerable<short> RolesOf(int userId)
    {
        return caller.Call(service.GetAllUserRoles(admin, password, userId)).Roles.Select(role => role.RoleID);
    }

    void LookAtAdministrator()
    {
        var valid = caller.Call(service.ValidateAgent(admin, password));
        checks.Equal("Agent.ID of the administrator", 2, valid.Agent.ID);
        checks.Has("Roles of the administrator", (short)6, valid.Roles);
        var queue = caller.Call(service.GetQueueUser(admin, password));
        checks.Equal("Agent.ID of the queue", 1, queue.Agent.ID);
        var agents = caller.Call(service.GetAllAgents(admin, password)).Agents;
        var names = agents.ToDictionary(agent => agent.ID, agent => agent.UserName);
        checks.Has("agents", new KeyValuePair<int, string>(2, admin), names);
        checks.Holds("agents", "no queue user 1", !names.ContainsKey(1), names);
    }

    /// Tried on the story's own user: the administrator must not be locked out.
    void WrongPassword()
    {
        var refusal = caller.Call(service.GetServerName(user, "wrong"), Code.AuthenticationFailed);
        checks.Equal("RequestResult of a refusal", null, refusal.RequestResult);
    }

    void DeleteUser(int userId)
    {
        caller.Call(service.DeleteUser(admin, password, userId));
        var keys = new[] { "DisplayName" };
        var refusal = caller.Call(service.GetUsersProperties(admin, password, userId, keys), Code.NotFound);
        checks.Equal("RequestResults of a refusal", null, refusal.RequestResults);
    }
}
