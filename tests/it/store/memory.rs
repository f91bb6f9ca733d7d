//! People in memory: whatever is done, views find what a connection finds that asks the file.

use super::{Shelf, add, insert, person, stored};
use crate::support::{change, patiently};
use asmxd::domain::Error;
use asmxd::domain::ids::UserId;
use asmxd::domain::name::Name;
use asmxd::domain::role;
use asmxd::domain::user::User;
use asmxd::store::sqlite::{Session, SqliteStore, Tuning};
use asmxd::store::{Read, Store, Write};
use proptest::prelude::*;
use std::sync::Arc;

/// People that the steps are about.
const PEOPLE: i32 = 6;

/// A change of one of the people.
#[derive(Debug, Clone)]
enum Step {
    Rename(i32, u8),
    Setting(i32, bool),
    Role(i32, bool),
    RenameRole(u8),
    Login(i32),
    Upgrade(i32, u8),
    Remove(i32),
    Insert,
    /// A change that is undone after it was made.
    Undone(i32),
}

fn step() -> impl Strategy<Value = Step> {
    let who = || 2..=PEOPLE + 1;
    prop_oneof![
        (who(), 0..9_u8).prop_map(|(id, name)| Step::Rename(id, name)),
        (who(), any::<bool>()).prop_map(|(id, set)| Step::Setting(id, set)),
        (who(), any::<bool>()).prop_map(|(id, given)| Step::Role(id, given)),
        (0..9_u8).prop_map(Step::RenameRole),
        who().prop_map(Step::Login),
        (who(), 0..9_u8).prop_map(|(id, hash)| Step::Upgrade(id, hash)),
        who().prop_map(Step::Remove),
        Just(Step::Insert),
        who().prop_map(Step::Undone),
    ]
}

fn take(step: &Step, tx: &mut dyn Write) -> Result<(), Error> {
    let user = |tx: &dyn Write, id: i32| tx.user(UserId(id));
    match step {
        Step::Insert => return insert(tx, "newcomer").map(drop).or(Ok(())),
        Step::RenameRole(name) => {
            return tx.rename_role(asmxd::domain::ids::RoleId(100), &Name::new(&format!("role {name}")).unwrap());
        }
        Step::Rename(id, _)
        | Step::Setting(id, _)
        | Step::Role(id, _)
        | Step::Login(id)
        | Step::Upgrade(id, _)
        | Step::Remove(id)
        | Step::Undone(id) => {
            let Some(before) = user(tx, *id)? else { return Ok(()) };
            let id = before.id;
            match step {
                // A name that somebody else has is refused, after statements that were not.
                Step::Rename(_, name) => {
                    let username = Name::new(&format!("name {name}")).unwrap();
                    tx.update_user(&before, &User { username, display_name: format!("{name}"), ..(*before).clone() })?;
                }
                Step::Setting(_, true) => {
                    let settings = [("MaxActiveChats", "7".to_owned())].into();
                    tx.update_user(&before, &User { settings, ..(*before).clone() })?;
                }
                Step::Setting(..) => tx.update_user(&before, &User { settings: [].into(), ..(*before).clone() })?,
                Step::Role(_, true) => {
                    tx.give_role(id, asmxd::domain::ids::RoleId(100)).and_then(|()| tx.give_role(id, role::AGENT))?
                }
                Step::Role(..) => tx.take_role(id, asmxd::domain::ids::RoleId(100))?,
                Step::Login(_) => tx.note_login(id, super::NOW)?,
                Step::Upgrade(_, hash) => {
                    let new = asmxd::domain::password::PasswordHash::from_stored(format!("hash {hash}"));
                    tx.upgrade_password(id, before.password.as_ref().unwrap(), &new)?;
                }
                Step::Remove(_) => tx.delete_user(id)?,
                _ => {
                    tx.delete_user(id)?;
                    return Err(Error::Busy);
                }
            }
            // Within the change, too, everybody is as it was just made.
            assert_eq!(user(tx, id.0)?.is_none(), matches!(step, Step::Remove(_)));
        }
    }
    Ok(())
}

/// Everybody as a view finds them, by id and by name, and as a connection of its own does.
fn everybody(read: &dyn Read) -> Vec<Option<Arc<User>>> {
    let by_id: Vec<_> = (1..=PEOPLE + 8).map(|id| read.user(UserId(id)).unwrap()).collect();
    for user in by_id.iter().flatten() {
        assert_eq!(read.user_id_by_name(user.username.key()).unwrap(), Some(user.id));
        assert_eq!(read.credential_by_name(user.username.key()), read.credential(user.id));
    }
    by_id
}

#[test]
fn views_find_what_is_in_the_file_after_any_changes() {
    let cases = proptest::test_runner::Config { cases: 24, failure_persistence: None, ..Default::default() };
    proptest!(cases, |(steps in prop::collection::vec((step(), any::<bool>()), 1..40))| {
        let shelf = Shelf::new();
        let store = shelf.open();
        for number in 0..PEOPLE {
            add(&store, &format!("name {number}"));
        }
        change(&store, |tx| tx.insert_role(&Name::new("role").unwrap(), false)).unwrap();
        let file = shelf.sql();
        for (step, looks) in &steps {
            let done = step.clone();
            let outcome = change(&store, move |tx| take(&done, tx));
            prop_assert!(!matches!(outcome, Err(Error::Unavailable { .. })), "{outcome:?}");
            if *looks {
                prop_assert_eq!(store_view(&store), everybody(&Session::new(&file)), "after {:?}", step);
            }
        }
        prop_assert_eq!(store_view(&store), everybody(&Session::new(&file)));
    });
}

fn store_view(store: &dyn Store) -> Vec<Option<Arc<User>>> {
    store.view(|read| Ok(everybody(read))).unwrap()
}

#[test]
fn a_person_is_read_once_and_again_only_after_it_was_changed() {
    let shelf = Shelf::new();
    let store: &dyn Store = &shelf.open();
    let (first, other) = (add(store, "first"), add(store, "other"));
    let look = |id| store.view(|read| read.user(id)).unwrap().unwrap();
    let (one, another) = (look(first), look(other));
    assert!(Arc::ptr_eq(&one, &look(first)), "it is shared");
    change(store, move |tx| tx.note_login(first, super::NOW)).unwrap();
    assert!(look(first).last_login.is_some());
    assert!(Arc::ptr_eq(&another, &look(other)), "nothing was done to the other");
}

#[test]
fn what_another_process_changes_is_seen_soon() {
    let shelf = Shelf::new();
    let store = shelf.open();
    let id = add(&store, "somebody");
    assert!(stored(&store, id).unwrap().enabled);
    shelf.sql().execute("UPDATE users SET enabled = 0 WHERE id = ?1", [id.0]).unwrap();
    patiently("the change of another is seen", || stored(&store, id).filter(|user| !user.enabled));
}

#[test]
fn a_store_without_memory_for_people_finds_the_same() {
    let shelf = Shelf::new();
    let store = SqliteStore::open(&shelf.path(), Tuning { people_kib: 0, ..Tuning::default() }).unwrap();
    let id = add(&store, "somebody");
    for _ in 0..3 {
        let expected = User { id, created_at: super::NOW, ..person("somebody") };
        assert_eq!(stored(&store, id), Some(expected));
    }
}
