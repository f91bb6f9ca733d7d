// People: a person comes through svcOrganization, is changed, becomes an agent who
// logs in and stands in the lists, and goes.

package story;

import java.util.Arrays;
import java.util.List;
import organization.SvcOrganizationSoap_PortType;

final class People {
    private final Caller caller;
    private final Checks checks;
    private final SvcOrganizationSoap_PortType service;
    private final String admin;
    private final String password;
    private final String user;

    People(Caller caller) {
        this.caller = caller;
        checks = caller.checks;
        service = caller.organization;
        admin = caller.name;
        password = caller.password;
        user = caller.unique + "-agent";
    }

    void tell() throws Exception {
        var userId = userComes();
        properties(userId);
        becomesAnAgent(userId);
        wrongPasswords();
        caller.call(service.deleteUser(admin, password, userId));
        var keys = new String[] {"DisplayName"};
        var refusal = caller.refused(service.getUsersProperties(admin, password, userId, keys), Caller.NOT_FOUND);
        checks.equal("RequestResults of a refusal", null, refusal.getRequestResults());
    }

    private int userComes() throws Exception {
        var email = user + "@example.org";
        var userId = caller.call(service.createUser2(
                admin, password, user, Caller.USER_PASSWORD, email, true, Caller.ROUND_TRIP)).getUserID();
        checks.holds("id of a new user", "3 or more", userId >= 3, userId);
        var again = service.createUser2(
                admin, password, user, Caller.USER_PASSWORD, email, true, Caller.ROUND_TRIP);
        checks.equal("UserID of a refused create", 0, caller.refused(again, Caller.ALREADY_EXISTS).getUserID());
        return userId;
    }

    /** Nothing beyond U+FFFF in it: Axis writes that as two references, which XML forbids. */
    private void properties(int userId) throws Exception {
        var email = "EMAILADDRESS=" + user + "@example.org";
        var expected = List.of("DisplayName=" + Caller.ROUND_TRIP, email, "NoSuchKey=", "isemailverified=true");
        var seen = read(userId, "DisplayName", "EMAILADDRESS", "NoSuchKey", "isemailverified");
        checks.equal("properties in the order asked", expected, seen);
        var written = List.of("DisplayNameForChat=Zoë ☕ (chat)", "TimeZone=Europe/Berlin", "DisplayName=a=b == c=");
        caller.call(service.setUsersProperties(admin, password, userId, written.toArray(String[]::new)));
        seen = read(userId, "DisplayNameForChat", "TimeZone", "DisplayName");
        checks.equal("properties read back", written, seen);
    }

    private List<String> read(int userId, String... keys) throws Exception {
        var answer = caller.call(service.getUsersProperties(admin, password, userId, keys));
        return List.of(answer.getRequestResults());
    }

    private void becomesAnAgent(int userId) throws Exception {
        caller.call(service.addRoleToUser(admin, password, userId, Caller.AGENT_ROLE));
        var roles = caller.call(service.getAllRoles(admin, password)).getRoles();
        var known = Arrays.stream(roles).anyMatch(role -> role.getRoleID() == Caller.AGENT_ROLE);
        checks.holds("all roles", "4 among them", known, roles.length);
        var agents = caller.call(service.getAllAgents(admin, password)).getAgents();
        var ours = Arrays.stream(agents).filter(agent -> agent.getID() == userId).toList();
        checks.equal("our agent among all", List.of(user), ours.stream().map(agent -> agent.getUserName()).toList());
        var valid = caller.call(service.validateAgent(user, Caller.USER_PASSWORD));
        checks.equal("Agent.ID", userId, valid.getAgent().getID());
        checks.equal("Roles", "[1, 2, 3, 4]", Arrays.toString(valid.getRoles()));
    }

    /** Tried on the story's own user: the administrator must not be locked out. */
    private void wrongPasswords() throws Exception {
        caller.refused(service.getServerName(user, "wrong"), Caller.AUTHENTICATION_FAILED);
        var refusal = caller.refused(service.validateAgent(user, "wrong"), Caller.AUTHENTICATION_FAILED);
        checks.equal("Roles of a refusal", null, refusal.getRoles());
    }
}
