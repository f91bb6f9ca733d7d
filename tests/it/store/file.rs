//! What is kept in the file: everything that was answered, and nothing that belongs to nobody.

use super::{NOW, Shelf, add, department, group, id_of, insert, join, stored};
use crate::support::{Held, change, patiently, picture, queue, told};
use asmxd::domain::ids::UserId;
use asmxd::domain::name::Name;
use asmxd::domain::password::PasswordHash;
use asmxd::domain::picture::Format;
use asmxd::domain::role;
use asmxd::domain::user::User;
use asmxd::store::sqlite::{SCHEMA_VERSION, SqliteStore, Tuning};
use asmxd::store::{Store, Write};
use std::sync::Arc;

/// A person with one of everything.
fn furnish(tx: &mut dyn Write, name: &str) -> Result<UserId, asmxd::domain::Error> {
    let id = insert(tx, name)?;
    let custom = tx.insert_role(&Name::new(name).unwrap(), true)?;
    let department = department(tx, name)?;
    let group = group(tx, department, name)?;
    tx.give_role(id, role::AGENT)?;
    tx.give_role(id, custom)?;
    join(tx, group, id)?;
    tx.put_avatar(id, &picture(Format::Png, 1), NOW)?;
    let user = tx.user(id)?.unwrap();
    tx.update_user(&user, &User { settings: [("MaxActiveChats", "7".to_owned())].into(), ..(*user).clone() })?;
    Ok(id)
}

#[test]
fn what_was_answered_is_there_after_reopening_and_ids_go_on() {
    let shelf = Shelf::new();
    let (id, before) = {
        let store: &dyn Store = &shelf.open();
        let id = change(store, |tx| furnish(tx, "somebody")).unwrap();
        let last = add(store, "last");
        change(store, move |tx| tx.delete_user(last)).unwrap();
        (id, stored(store, id))
    };
    let store: &dyn Store = &shelf.open();
    assert!(before.is_some());
    assert_eq!(stored(store, id), before);
    assert_eq!(add(store, "newcomer"), UserId(4), "the id that was deleted before is not given again");
    assert_eq!(store.view(|read| read.roles()).unwrap().last().unwrap().name, "somebody");
}

#[test]
fn a_hash_that_was_replaced_is_nowhere_in_the_file() {
    let shelf = Shelf::new();
    // The longer one leaves room behind, in which a part of it might stay.
    let [old, new] = ["$the old one$".repeat(10), "$a new one$".repeat(5)].map(PasswordHash::from_stored);
    {
        let store: &dyn Store = &shelf.open();
        for number in 0..100 {
            let (id, old, new) = (add(store, &format!("person {number}")), old.clone(), new.clone());
            let given = old.clone();
            change(store, move |tx| {
                let user = tx.user(id)?.unwrap();
                tx.update_user(&user, &User { password: Some(given.clone()), ..(*user).clone() })
            })
            .unwrap();
            assert!(change(store, move |tx| tx.upgrade_password(id, &old, &new)).unwrap());
        }
    }
    let bytes = std::fs::read(shelf.path()).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(holds("$a new one$") && !holds("old one"));
}

#[test]
fn what_was_queued_when_the_store_is_closed_is_done_and_no_log_is_left() {
    let shelf = Shelf::new();
    let store = shelf.open();
    let held = Held::writer(&store);
    let outcomes: Vec<_> =
        (0..500).map(|number| queue(&store, move |tx| insert(tx, &format!("person {number}")).map(drop))).collect();
    std::thread::scope(|scope| {
        let closing = scope.spawn(move || drop(store));
        held.release().unwrap();
        closing.join().unwrap();
    });
    outcomes.iter().for_each(|outcome| assert_eq!(told(outcome), Ok(())));
    let log = shelf.path().with_extension("db-wal");
    assert_eq!(std::fs::metadata(log).map_or(0, |log| log.len()), 0, "the log was copied back");
    let (highest, people): (i32, i32) =
        shelf.sql().query_row("SELECT max(id), count(*) FROM users", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!((highest, people), (501, 501));
}

#[test]
fn a_store_whose_last_owner_is_a_change_of_its_own_closes_all_the_same() {
    let shelf = Shelf::new();
    let store = Arc::new(shelf.open());
    let held = Held::writer(&*store);
    let owner = Arc::clone(&store);
    let outcome = queue(&*store, move |tx| {
        let _ = &owner;
        insert(tx, "somebody").map(drop)
    });
    drop(store);
    held.release().unwrap();
    assert_eq!(told(&outcome), Ok(()));
    let store = patiently("the file is free", || SqliteStore::open(&shelf.path(), Tuning::default()).ok());
    assert_eq!(id_of(&store, "somebody"), Some(UserId(2)));
}

#[test]
fn nothing_of_a_deleted_user_or_role_is_left_in_any_table() {
    let shelf = Shelf::new();
    let store: &dyn Store = &shelf.open();
    change(store, |tx| furnish(tx, "kept")).unwrap();
    let counts = || {
        ["users", "user_settings", "user_roles", "memberships", "avatars"].map(|table| {
            let count = format!("SELECT count(*) FROM {table}");
            shelf.sql().query_row(&count, [], |row| row.get::<_, i64>(0)).unwrap()
        })
    };
    assert_eq!(counts(), [2, 1, 2, 1, 1], "the queue is a user");
    let gone = change(store, |tx| furnish(tx, "gone")).unwrap();
    assert_eq!(counts(), [3, 2, 4, 2, 2]);
    change(store, move |tx| {
        tx.delete_user(gone)?;
        let role = tx.role_id_by_name("gone")?.unwrap();
        tx.delete_role(role)
    })
    .unwrap();
    assert_eq!(counts(), [2, 1, 2, 1, 1]);
    let broken: i64 = shelf.sql().query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
    assert_eq!(broken, 0);
}

#[test]
fn a_new_file_is_sound_in_wal_mode_and_at_the_newest_version() {
    let shelf = Shelf::new();
    drop(shelf.open());
    let sql = shelf.sql();
    let text = |pragma: &str| sql.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!((text("journal_mode").as_str(), text("integrity_check").as_str()), ("wal", "ok"));
    let version: i64 = sql.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(version, SCHEMA_VERSION);
}
