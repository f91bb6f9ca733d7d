//! Changes that share a commit: each is told its own outcome, and none harms another.

use super::{NOW, add, id_of, insert, person, stored};
use crate::support::{Held, change, queue, told};
use asmxd::domain::Error;
use asmxd::domain::ids::UserId;
use asmxd::store::{Job, Store, Write};
use std::sync::mpsc::{Sender, channel};

/// More than any writer takes into one commit.
const MANY: i32 = 600;

pub fn of_many_changes_in_one_commit_a_failing_or_panicking_one_undoes_only_itself(store: &dyn Store) {
    let held = Held::writer(store);
    let outcomes: Vec<_> = (0..MANY)
        .map(|number| {
            queue(store, move |tx| {
                let id = insert(tx, &format!("person {number}"))?;
                match number % 4 {
                    0 => Ok(()),
                    1 => Err(Error::AuthenticationFailed),
                    2 => panic!("on purpose"),
                    // Fails in the store itself, after a change that stood until then.
                    _ => {
                        let user = tx.user(id)?.unwrap();
                        tx.update_user(
                            &user,
                            &asmxd::domain::user::User { username: person("QUEUE").username, ..(*user).clone() },
                        )
                    }
                }
            })
        })
        .collect();
    held.release().unwrap();
    let mut next = 2;
    for (number, outcome) in (0..).zip(&outcomes) {
        let outcome = told(outcome);
        let found = id_of(store, &format!("person {number}"));
        match number % 4 {
            0 => {
                assert_eq!((outcome, found), (Ok(()), Some(UserId(next))), "change {number}");
                next += 1;
            }
            1 => assert_eq!((outcome, found), (Err(Error::AuthenticationFailed), None), "change {number}"),
            _ => {
                assert!(matches!(outcome, Err(Error::Internal { .. })), "change {number}: {outcome:?}");
                assert_eq!(found, None, "change {number}");
            }
        }
    }
    assert_eq!(add(store, "afterwards"), UserId(next), "the writer goes on, and no id was lost");
}

pub fn changes_are_made_in_the_order_in_which_they_were_queued(store: &dyn Store) {
    let held = Held::writer(store);
    let outcomes: Vec<_> = (2..MANY)
        .map(|expected| {
            queue(store, move |tx| {
                assert_eq!(insert(tx, &format!("person {expected}"))?, UserId(expected));
                Ok(())
            })
        })
        .collect();
    held.release().unwrap();
    outcomes.iter().for_each(|outcome| assert_eq!(told(outcome), Ok(())));
}

pub fn whoever_was_told_of_a_change_reads_it(store: &dyn Store) {
    std::thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || {
                for number in 0..25 {
                    let id = add(store, &format!("person {thread} {number}"));
                    let found = std::thread::scope(|inner| inner.spawn(|| stored(store, id)).join().unwrap());
                    assert_eq!(found.map(|user| user.id), Some(id), "on a thread that never read before");
                    assert_eq!(stored(store, id).map(|user| user.id), Some(id), "on one that did");
                }
            });
        }
    });
}

pub fn a_full_queue_refuses_at_once_and_what_was_queued_is_done(store: &dyn Store, room: usize) {
    let held = Held::writer(store);
    let queued: Vec<_> =
        (0..room).map(|number| queue(store, move |tx| insert(tx, &format!("queued {number}")).map(drop))).collect();
    for _ in 0..3 {
        let refused = queue(store, |tx| insert(tx, "refused").map(drop));
        assert_eq!(told(&refused), Err(Error::Busy), "told although the writer is held");
    }
    held.release().unwrap();
    queued.iter().for_each(|outcome| assert_eq!(told(outcome), Ok(())));
    assert_eq!(id_of(store, "refused"), None);
    assert_eq!(add(store, "afterwards"), UserId(2 + i32::try_from(room).unwrap()));
}

/// A change that panics when it is told how it ended.
struct Thrower(Sender<()>);

impl Job for Thrower {
    fn run(&mut self, tx: &mut dyn Write) -> Result<(), Error> {
        tx.insert_user(&person("thrower"), NOW).map(drop)
    }

    fn finish(self: Box<Self>, outcome: Result<(), Error>) {
        assert_eq!(outcome, Ok(()));
        self.0.send(()).unwrap();
        panic!("on purpose");
    }
}

pub fn a_change_that_panics_when_told_harms_neither_the_others_nor_the_writer(store: &dyn Store) {
    let held = Held::writer(store);
    let before = queue(store, |tx| insert(tx, "before").map(drop));
    let (report, reported) = channel();
    store.write(Box::new(Thrower(report)));
    let after = queue(store, |tx| insert(tx, "after").map(drop));
    held.release().unwrap();
    assert_eq!((told(&before), told(&after)), (Ok(()), Ok(())));
    assert_eq!(reported.recv(), Ok(()));
    assert_eq!(change(store, |tx| insert(tx, "later")), Ok(UserId(5)));
}
