//! The search index follows what is written, and whoever looks for a text never sees whether it already has.

use super::listing::{ids, pages, part};
use super::{NOW, Shelf, add, insert, stored};
use crate::support::change;
use asmxd::domain::ids::UserId;
use asmxd::domain::user::User;
use asmxd::store::Store;
use std::time::{Duration, Instant};

/// Fewer entries than that may wait for company.
const STEP: i64 = 64;
/// Within this the index has followed, on however slow a machine.
const LONG: Duration = Duration::from_secs(60);

/// Entries that are to be made: of people behind the last one who is in the index, and of those whose entries are stale.
const MISSING: &str =
    "SELECT (SELECT count(*) FROM users WHERE id > done) + (SELECT count(*) FROM search_stale) FROM search_progress";
/// People who should have an entry and have none, and entries of nobody.
const WRONG: &str = "SELECT (SELECT count(*) FROM users WHERE id <= done AND id NOT IN (SELECT id FROM user_search_docsize)) \
     + (SELECT count(*) FROM user_search_docsize WHERE id > done \
        OR (id NOT IN (SELECT id FROM users) AND id NOT IN (SELECT id FROM search_stale))) FROM search_progress";

fn number(shelf: &Shelf, sql: &str) -> i64 {
    shelf.sql().query_row(sql, [], |row| row.get(0)).unwrap()
}

fn wait_until_it_has_followed(shelf: &Shelf) {
    let begun = Instant::now();
    while number(shelf, MISSING) >= STEP {
        assert!(begun.elapsed() < LONG, "the index does not follow: {} entries", number(shelf, MISSING));
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(number(shelf, WRONG), 0);
}

fn rename(store: &dyn Store, id: UserId, display_name: &str) {
    let display_name = display_name.to_owned();
    change(store, move |tx| {
        let user = tx.user(id)?.unwrap();
        tx.update_user(&user, &User { display_name: display_name.clone(), ..(*user).clone() })
    })
    .unwrap();
}

#[test]
fn texts_are_found_before_and_after_the_index_has_followed() {
    let shelf = Shelf::new();
    let store = shelf.open();
    let found = |text: &str| ids(&pages(&store, &part(text)));
    let people: Vec<UserId> =
        change(&store, |tx| (0..300).map(|number| insert(tx, &format!("somebody {number}"))).collect()).unwrap();
    let all: Vec<i32> = people.iter().map(|id| id.0).collect();
    assert_eq!(found("somebody"), all);
    wait_until_it_has_followed(&shelf);
    assert_eq!((found("somebody"), found("body 250, dis")), (all.clone(), vec![people[250].0]));

    let (renamed, gone) = (&people[..200], &people[100..150]);
    renamed.iter().for_each(|id| rename(&store, *id, "Quentin"));
    let leaving = gone.to_vec();
    change(&store, move |tx| leaving.iter().try_for_each(|id| tx.delete_user(*id))).unwrap();
    let left: Vec<i32> = all.iter().copied().filter(|id| !gone.contains(&UserId(*id))).collect();
    for _ in ["before", "after"] {
        assert_eq!((found("somebody"), found("uentin")), (left.clone(), left[..150].to_vec()));
        assert_eq!((found("body 99, displ"), found("body 250, displ")), (vec![], vec![people[250].0]));
        wait_until_it_has_followed(&shelf);
    }
    assert!(number(&shelf, "SELECT count(*) FROM user_search_docsize") < 300, "entries of people who are gone are removed");
}

#[test]
fn a_list_goes_on_in_its_order_while_the_index_follows() {
    let shelf = Shelf::new();
    let store = shelf.open();
    let people: Vec<UserId> =
        change(&store, |tx| (0..200).map(|number| insert(tx, &format!("somebody {number}"))).collect()).unwrap();
    wait_until_it_has_followed(&shelf);
    for descending in [false, true] {
        for (round, id) in people.iter().step_by(7).enumerate() {
            rename(&store, *id, &format!("Somebody of round {round}"));
            let mut listing = part("SOMEBODY");
            (listing.descending, listing.size) = (descending, 23);
            let mut all: Vec<i32> = people.iter().map(|id| id.0).collect();
            if descending {
                all.reverse();
            }
            assert_eq!(ids(&pages(&store, &listing)), all, "{round}");
        }
    }
}

#[test]
fn a_start_goes_on_where_the_last_one_ended() {
    let shelf = Shelf::new();
    drop(shelf.open());
    shelf
        .sql()
        .execute_batch(
            "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n LIMIT 1000)
                 INSERT INTO users (id, username, username_key, display_name, email, email_key, email_verified, enabled,
                     authentication, authentication_domain, force_password_change, created_at)
                 SELECT i, 'p' || i, 'p' || i, 'Straße ' || i, '', '', 0, 1, 0, '', 0, 0 FROM n;",
        )
        .unwrap();
    let store = shelf.open();
    assert_eq!(ids(&pages(&store, &part("strasse 777"))), [777]);
    wait_until_it_has_followed(&shelf);
    assert_eq!(ids(&pages(&store, &part("strasse 777"))), [777]);
}

#[test]
fn an_index_that_cannot_follow_holds_up_no_change() {
    let shelf = Shelf::new();
    drop(shelf.open());
    shelf.sql().execute_batch("DELETE FROM user_search_data").unwrap();
    let store = shelf.open();
    let people: Vec<UserId> = (0..200).map(|number| add(&store, &format!("somebody {number}"))).collect();
    people.iter().for_each(|id| rename(&store, *id, "Quentin"));
    let first = people[0];
    change(&store, move |tx| tx.note_login(first, NOW)).unwrap();
    assert_eq!(stored(&store, people[199]).unwrap().display_name, "Quentin");
}
