//! Ids: dense, and never given twice (R11).

use super::{add, id_of, insert, stored};
use crate::support::{change, queue, told};
use asmxd::domain::Error;
use asmxd::domain::ids::{RoleId, UserId};
use asmxd::domain::name::Name;
use asmxd::store::Store;

fn add_role(store: &dyn Store, name: &str) -> RoleId {
    let name = Name::new(name).unwrap();
    change(store, move |tx| tx.insert_role(&name, true)).unwrap()
}

pub fn people_are_numbered_from_two_without_gaps(store: &dyn Store) {
    for expected in 2..10 {
        assert_eq!(add(store, &format!("person {expected}")), UserId(expected));
    }
    assert_eq!(id_of(store, "PERSON 7"), Some(UserId(7)));
}

pub fn a_create_that_fails_or_panics_uses_no_id(store: &dyn Store) {
    assert_eq!(add(store, "first"), UserId(2));
    let refused = change(store, |tx| {
        insert(tx, "undone")?;
        Err::<(), _>(Error::LastAdministrator)
    });
    assert_eq!(refused, Err(Error::LastAdministrator));
    let panicked = queue(store, |tx| {
        insert(tx, "undone")?;
        panic!("on purpose");
    });
    assert!(matches!(told(&panicked), Err(Error::Internal { .. })));
    assert!(change(store, |tx| insert(tx, "FIRST")).is_err(), "the name is taken");
    assert_eq!(id_of(store, "undone"), None);
    assert_eq!(add(store, "second"), UserId(3));
}

pub fn a_deleted_id_never_comes_back(store: &dyn Store) {
    let (kept, last) = (add(store, "kept"), add(store, "last"));
    change(store, move |tx| tx.delete_user(last)).unwrap();
    assert_eq!(add(store, "last"), UserId(last.0 + 1), "the same name, another person");
    let made = change(store, move |tx| {
        let gone = insert(tx, "made and deleted")?;
        tx.delete_user(gone)?;
        tx.delete_user(kept)?;
        insert(tx, "after")
    });
    assert_eq!(made, Ok(UserId(last.0 + 3)));
    assert_eq!((stored(store, kept), stored(store, last)), (None, None));
}

pub fn custom_roles_are_numbered_from_a_hundred_and_a_deleted_one_never_comes_back(store: &dyn Store) {
    assert_eq!(add_role(store, "one"), RoleId(100));
    let two = Name::new("two").unwrap();
    let undone = change(store, move |tx| {
        tx.insert_role(&two, false)?;
        Err::<(), _>(Error::LastAdministrator)
    });
    assert_eq!(undone, Err(Error::LastAdministrator));
    assert_eq!(add_role(store, "two"), RoleId(101));
    change(store, |tx| tx.delete_role(RoleId(101))).unwrap();
    assert_eq!(add_role(store, "two"), RoleId(102));
    let ids: Vec<i16> = store.view(|read| read.roles()).unwrap().iter().map(|role| role.id.0).collect();
    assert_eq!(ids, [1, 2, 3, 4, 5, 6, 100, 102]);
}

pub fn when_role_ids_run_out_the_next_role_is_refused_and_people_are_not(store: &dyn Store) {
    let last = change(store, |tx| {
        let mut last = RoleId(0);
        while last < RoleId(i16::MAX) {
            last = tx.insert_role(&Name::new("comes and goes").unwrap(), false)?;
            tx.delete_role(last)?;
        }
        Ok(last)
    });
    assert_eq!(last, Ok(RoleId(i16::MAX)));
    let beyond = change(store, |tx| tx.insert_role(&Name::new("one too many").unwrap(), false));
    assert_eq!(beyond, Err(Error::NoRoleIdLeft));
    assert_eq!(store.view(|read| read.role_id_by_name("one too many")), Ok(None));
    assert_eq!(add(store, "somebody"), UserId(2));
}
