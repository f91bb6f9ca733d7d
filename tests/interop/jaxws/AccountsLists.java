// The lists of people, page by page: everybody stands in them exactly once, in the
// order that was asked for, and with what lists show of a person.

package story;

import accounts.ListUsersResult;
import accounts.ListedRole;
import accounts.SortBy;
import accounts.SvcAccountsSoap;
import accounts.TextMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

final class AccountsLists {
    private final Caller caller;
    private final Checks checks;
    private final SvcAccountsSoap service;
    private final String name;

    /** Looks for people whose user names begin with {@code name}. */
    AccountsLists(Caller caller, String name) {
        this.caller = caller;
        this.name = name;
        checks = caller.checks;
        service = caller.accounts;
    }

    void look(int employee, int clone, int endUser) throws Exception {
        checks.equal("users", List.of(employee, clone, endUser), ids(token -> users(null, token)));
        checks.equal("end users", List.of(endUser), ids(token -> users(true, token)));
        checks.equal("employees", List.of(employee, clone), ids(this::employees));
        var first = caller.call(employees(null)).getUsers().getListedUser().get(0);
        var texts = List.of(first.getUsername(), first.getDisplayName(), first.getEmailAddress());
        checks.equal("the first employee", List.of(name, Caller.ROUND_TRIP, name + "@example.org"), texts);
        checks.equal("its Role", ListedRole.AGENT, first.getRole());
        checks.equal("its flags", List.of(true, true), List.of(first.isIsEmailVerified(), first.isEnabled()));
        checks.holds("its LastLogin", "a time", first.getLastLogin() != null, first.getLastLogin());
        caller.refused(employees("no token"), Caller.INVALID_VALUE, "continuationToken");
    }

    private List<Integer> ids(Function<String, ListUsersResult> ask) throws Exception {
        var ids = new ArrayList<Integer>();
        String token = null;
        do {
            var page = caller.call(ask.apply(token));
            var users = page.getUsers().getListedUser();
            checks.holds("people of a page", "2 at the most", users.size() <= 2, users.size());
            users.forEach(user -> ids.add(user.getUserId()));
            token = page.getContinuationToken();
        } while (token != null);
        return ids;
    }

    private ListUsersResult users(Boolean onlyEndUsers, String token) {
        return service.listUsers(
                caller.name, caller.password, onlyEndUsers, name, TextMatch.PREFIX,
                null, null, null, null, null, null, SortBy.USERNAME, null, 2, token);
    }

    private ListUsersResult employees(String token) {
        return service.listEmployees(
                caller.name, caller.password, name, TextMatch.PREFIX,
                null, null, null, null, null, null, SortBy.USERNAME, null, 2, token);
    }
}
