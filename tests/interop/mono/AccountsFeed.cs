// The feed of changes: from a token that was remembered it tells, without a gap,
// what has been done since. Others work on the same server, so that all but the
// order is looked at for one's own changes only.

using System;
using System.Collections.Generic;
using System.Linq;
using AccountsService;

public class AccountsFeed
{
    readonly Caller caller;
    readonly Checks checks;
    string token;

    public AccountsFeed(Caller caller)
    {
        this.caller = caller;
        checks = caller.Checks;
    }

    public void Remember()
    {
        token = Pages(null, 200).Last().Token;
        checks.Holds("token", "some text", !string.IsNullOrEmpty(token), token);
    }

    public void Look(int employee)
    {
        var changes = Pages(token, 5).SelectMany(page => page.Changes).ToList();
        var first = changes[0].Sequence;
        var expected = Enumerable.Range(0, changes.Count).Select(at => first + at);
        checks.Equal("sequence of the changes", expected, changes.Select(change => change.Sequence));
        var ours = changes.Where(change => change.Thing == ChangedThing.User && change.Id == $"{employee}").ToList();
        checks.Equal("the first of ours", ChangeAction.Created, ours.First().Action);
        checks.Equal("the last of ours", ChangeAction.Deleted, ours.Last().Action);
        var between = ours.Skip(1).Take(ours.Count - 2).ToList();
        checks.Equal("all between", true, between.All(change => change.Action == ChangeAction.Updated));
        checks.Has("changed of ours", "MaxActiveChats", between.SelectMany(change => change.Fields));
        checks.Has("who changed ours", caller.Name, ours.Select(change => change.ByUsername));
        checks.Equal("all is in UTC", true, ours.All(change => change.At.Kind == DateTimeKind.Utc));
        NothingIsTold(ours);
    }

    void NothingIsTold(IEnumerable<Change> ours)
    {
        var all = string.Join(" ", ours.SelectMany(change => change.Fields.Append(change.Name)));
        var secrets = new[] { Caller.UserPassword, Accounts.Phones[0], Accounts.Signature, "12.5" };
        foreach (var secret in secrets)
            checks.Holds("what the feed tells", $"nothing of {secret}", !all.Contains(secret), all);
    }

    IEnumerable<ChangesResult> Pages(string since, int max)
    {
        ChangesResult page;
        do
        {
            page = caller.Account(caller.Accounts.GetChanges(caller.Name, caller.Password, since, max, true));
            checks.Holds("changes of a page", $"{max} at the most", page.Changes.Length <= max, page.Changes.Length);
            since = page.Token;
            yield return page;
        }
        while (page.HasMore);
    }
}
