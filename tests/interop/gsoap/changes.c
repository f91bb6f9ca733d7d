/* The feed of changes: it goes on where it was, in order and without gaps, and tells
   no values. */

#include <string.h>

#include "caller.h"

char *token_of_changes(struct caller *caller)
{
    char *token = NULL;
    for (int more = 1; more;) {
        __auto_type page = ACCOUNTS(caller, GetChanges, .since = token, .max_ = NUMBER(200));
        token = page->Token;
        more = page->HasMore;
    }
    return token;
}

static void tells_no_value(struct caller *caller, const struct accounts__Change *change)
{
    static const char *values[] = {"-Pass-2026", "W. Europe", "12.5", "+49 30", "Zoë", "@example.org"};
    char *all = text(caller, "%s %s", change->Name, change->ByUsername);
    for (int at = 0; at < change->Fields->__sizestring; at++)
        all = text(caller, "%s %s", all, change->Fields->string[at]);
    for (size_t at = 0; at < sizeof values / sizeof *values; at++)
        check(caller, "a change", "no value", strstr(all, values[at]) == NULL);
}

static void is_like_ours(struct caller *caller, const struct accounts__Change *change, int first)
{
    int action = first ? accounts__ChangeAction__Created : accounts__ChangeAction__Updated;
    check_int(caller, "Action of a change of ours", action, change->Action);
    check(caller, "At of a change of ours", "a time", change->At.tv_sec > 0);
    check(caller, "Fields of a change of ours", "a list", change->Fields != NULL);
    check(caller, "fields of an update", "some", first || change->Fields->__sizestring > 0);
    tells_no_value(caller, change);
}

void changes(struct caller *caller, char *since, int user)
{
    char *id = text(caller, "%d", user);
    int ours = 0;
    LONG64 last = 0;
    for (int more = 1; more;) {
        __auto_type page = ACCOUNTS(caller, GetChanges, .since = since, .max_ = NUMBER(5));
        check(caller, "changes of a page", "5 at most", page->Changes->__sizeChange <= 5);
        for (int at = 0; at < page->Changes->__sizeChange; at++) {
            struct accounts__Change *change = &page->Changes->Change[at];
            check_int(caller, "Sequence", last == 0 ? change->Sequence : last + 1, change->Sequence);
            last = change->Sequence;
            if (change->Thing == accounts__ChangedThing__User && strcmp(change->Id, id) == 0)
                is_like_ours(caller, change, ours++ == 0);
        }
        since = page->Token;
        more = page->HasMore;
    }
    check(caller, "changes of ours", "more than 3", ours > 3);
}
