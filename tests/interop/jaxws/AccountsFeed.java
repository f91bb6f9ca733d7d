// The feed of changes: from a token that was remembered it tells, without a gap,
// what has been done since. Others work on the same server, so that all but the
// order is looked at for one's own changes only.

package story;

import accounts.Change;
import accounts.ChangeAction;
import accounts.ChangedThing;
import accounts.ChangesResult;
import java.util.ArrayList;
import java.util.List;

final class AccountsFeed {
    private final Caller caller;
    private final Checks checks;
    private final String token;

    /** Remembers where the feed is now. */
    AccountsFeed(Caller caller) throws Exception {
        this.caller = caller;
        checks = caller.checks;
        var pages = pages(null, 200);
        token = pages.get(pages.size() - 1).getToken();
        checks.holds("token", "some text", token != null && !token.isEmpty(), token);
    }

    void look(int employee) throws Exception {
        var changes = pages(token, 5).stream().flatMap(page -> page.getChanges().getChange().stream()).toList();
        var next = changes.get(0).getSequence();
        for (var change : changes) {
            checks.equal("sequence of a change", next++, change.getSequence());
        }
        var ours = changes.stream()
                .filter(change -> change.getThing() == ChangedThing.USER && change.getId().equals("" + employee))
                .toList();
        var actions = ours.stream().map(Change::getAction).toList();
        var updates = actions.size() - 2;
        checks.holds("updates of ours", "1 or more", updates >= 1, actions);
        var expected = new ArrayList<ChangeAction>();
        expected.add(ChangeAction.CREATED);
        for (var at = 0; at < updates; at++) {
            expected.add(ChangeAction.UPDATED);
        }
        expected.add(ChangeAction.DELETED);
        checks.equal("what happened to ours", expected, actions);
        var fields = ours.stream().flatMap(change -> change.getFields().getString().stream()).toList();
        checks.has("changed of ours", "MaxActiveChats", fields);
        checks.has("who changed ours", caller.name, ours.stream().map(Change::getByUsername).toList());
        checks.equal("all is in UTC", true, ours.stream().allMatch(change -> change.getAt().getTimezone() == 0));
        nothingIsTold(fields + " " + ours.stream().map(Change::getName).toList());
    }

    private void nothingIsTold(String all) {
        var secrets = List.of(Caller.USER_PASSWORD, Accounts.PHONES.get(0), Accounts.SIGNATURE, "12.5");
        for (var secret : secrets) {
            checks.holds("what the feed tells", "nothing of " + secret, !all.contains(secret), all);
        }
    }

    private List<ChangesResult> pages(String since, int max) throws Exception {
        var pages = new ArrayList<ChangesResult>();
        ChangesResult page;
        do {
            page = caller.call(caller.accounts.getChanges(caller.name, caller.password, since, max));
            var size = page.getChanges().getChange().size();
            checks.holds("changes of a page", max + " at the most", size <= max, size);
            since = page.getToken();
            pages.add(page);
        } while (page.isHasMore());
        return pages;
    }
}
