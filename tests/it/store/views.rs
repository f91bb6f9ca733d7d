//! Views: each is one committed state, and none outlives its call (R9).

use super::{add, id_of, insert, stored};
use crate::support::{Held, change, queue, told};
use asmxd::domain::Error;
use asmxd::domain::ids::UserId;
use asmxd::domain::user::User;
use asmxd::store::{Read, Store, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

fn rename(tx: &mut dyn Write, id: UserId, name: &str) -> Result<(), Error> {
    let user = tx.user(id)?.unwrap();
    tx.update_user(&user, &User { display_name: name.to_owned(), ..(*user).clone() })
}

fn display_name(read: &dyn Read, id: UserId) -> String {
    read.user(id).unwrap().unwrap().display_name.clone()
}

pub fn a_view_does_not_change_while_others_write(store: &dyn Store) {
    let id = add(store, "somebody");
    store
        .view(|read| {
            let before = read.user(id)?;
            change(store, move |tx| {
                rename(tx, id, "renamed")?;
                insert(tx, "newcomer")
            })?;
            assert_eq!(read.user(id)?, before);
            assert_eq!(read.user_id_by_name("newcomer")?, None);
            Ok(())
        })
        .unwrap();
    assert_eq!(stored(store, id).unwrap().display_name, "renamed");
    assert!(id_of(store, "newcomer").is_some());
}

pub fn nobody_sees_a_change_before_its_commit(store: &dyn Store) {
    let id = add(store, "somebody");
    let held = Held::with(store, move |tx| {
        rename(tx, id, "renamed")?;
        assert_eq!(display_name(tx, id), "renamed", "the change sees itself");
        insert(tx, "newcomer").map(drop)
    });
    let also = queue(store, |tx| insert(tx, "company").map(drop));
    assert_eq!(stored(store, id).unwrap().display_name, "somebody, displayed");
    assert_eq!(id_of(store, "newcomer"), None);
    held.release().unwrap();
    told(&also).unwrap();
    assert_eq!(stored(store, id).unwrap().display_name, "renamed");
    assert!(id_of(store, "newcomer").is_some() && id_of(store, "company").is_some());
}

/// Tells the readers to end, also when the writing side fails.
struct Ends<'d>(&'d AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

pub fn readers_at_once_see_only_whole_changes(store: &dyn Store) {
    let (left, right) = (add(store, "left"), add(store, "right"));
    let both = move |tx: &mut dyn Write, name: &str| {
        rename(tx, left, name)?;
        rename(tx, right, name)
    };
    change(store, move |tx| both(tx, "000")).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let _ends = Ends(&done);
        for _ in 0..3 {
            scope.spawn(|| {
                let mut last = String::new();
                while !done.load(Ordering::Relaxed) {
                    let pair = store.view(|read| Ok((display_name(read, left), display_name(read, right)))).unwrap();
                    assert_eq!(pair.0, pair.1, "half a change");
                    assert!(pair.0 >= last, "back from {last} to {}", pair.0);
                    last = pair.0;
                }
            });
        }
        for round in 1..100 {
            change(store, move |tx| both(tx, &format!("{round:03}"))).unwrap();
            let undone = change(store, move |tx| {
                both(tx, "undone")?;
                Err::<(), _>(Error::Busy)
            });
            assert_eq!(undone, Err(Error::Busy));
        }
    });
}

pub fn a_view_that_fails_or_panics_leaves_no_snapshot_behind(store: &dyn Store) {
    let failed: Result<(), _> = store.view(|read| {
        read.user_id_by_name("first")?;
        Err(Error::LastAdministrator)
    });
    assert_eq!(failed, Err(Error::LastAdministrator));
    let first = add(store, "first");
    assert_eq!(id_of(store, "first"), Some(first));
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        store.view(|read| -> Result<(), Error> {
            read.user_id_by_name("second")?;
            panic!("on purpose")
        })
    }));
    assert!(panicked.is_err());
    let second = add(store, "second");
    assert_eq!(id_of(store, "second"), Some(second));
}
