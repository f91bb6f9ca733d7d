//! The cache of verified logins beside changes and upgrades of the stored hash: a right password is never refused because its hash was
//! made anew, and an old one is never taken after its change was answered.

use super::in_many_orders;
use shuttle::sync::{Arc, Mutex};
use shuttle::thread::spawn;

/// A stored hash, as what it is of and how it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Hash {
    password: &'static str,
    salt: u32,
}

const OLD: Hash = Hash { password: "right", salt: 0 };

struct Desk {
    /// What readers see: the last commit.
    stored: Mutex<Hash>,
    /// Held by who writes, from the beginning of a transaction to its commit.
    writer: Mutex<()>,
    verified: Mutex<Option<(&'static str, Hash)>>,
    upgrades: Mutex<Option<(Hash, Hash)>>,
}

impl Desk {
    fn open() -> Arc<Desk> {
        let (stored, writer, verified, upgrades) = (Mutex::new(OLD), Mutex::new(()), Mutex::new(None), Mutex::new(None));
        Arc::new(Desk { stored, writer, verified, upgrades })
    }

    /// A writing call: whether the login was right when it was checked, and still is where the change is made.
    fn call(&self, password: &'static str, salt: u32, change: Option<Hash>) -> bool {
        let hash = *self.stored.lock().unwrap();
        let known = *self.verified.lock().unwrap() == Some((password, hash));
        if !known && hash.password != password {
            return false;
        }
        *self.verified.lock().unwrap() = Some((password, hash));
        let done = {
            let _transaction = self.writer.lock().unwrap();
            let now = *self.stored.lock().unwrap();
            let valid = now == hash || *self.upgrades.lock().unwrap() == Some((hash, now));
            if let Some(change) = change.filter(|_| valid) {
                *self.stored.lock().unwrap() = change;
            }
            valid
        };
        if !known && hash == OLD {
            self.upgrade(hash, Hash { password, salt });
        }
        done
    }

    fn upgrade(&self, old: Hash, new: Hash) {
        let _transaction = self.writer.lock().unwrap();
        if *self.stored.lock().unwrap() == old {
            // Before the commit, so before anybody can read the new hash.
            *self.upgrades.lock().unwrap() = Some((old, new));
            *self.stored.lock().unwrap() = new;
        }
    }
}

#[test]
fn a_right_password_is_taken_whoever_makes_its_hash_anew_meanwhile() {
    in_many_orders(|| {
        let desk = Desk::open();
        let caller = |salt| {
            let desk = Arc::clone(&desk);
            spawn(move || {
                for _ in 0..2 {
                    assert!(desk.call("right", salt, None), "refused, though nobody changed the password");
                }
            })
        };
        (1..4).map(caller).collect::<Vec<_>>().into_iter().for_each(|caller| caller.join().unwrap());
        assert_ne!(*desk.stored.lock().unwrap(), OLD, "the old hash is gone");
    });
}

#[test]
fn once_a_change_was_answered_the_old_password_is_out_and_the_new_one_in() {
    in_many_orders(|| {
        let desk = Desk::open();
        let caller = |salt| {
            let desk = Arc::clone(&desk);
            // Before the change it is right, after it wrong; beside it, either.
            spawn(move || {
                desk.call("right", salt, None);
            })
        };
        let callers = [caller(1), caller(2)];
        let changed = desk.call("right", 3, Some(Hash { password: "new", salt: 9 }));
        assert!(changed, "nobody else changes it");
        assert!(!desk.call("right", 4, None), "an old password is out");
        assert!(desk.call("new", 5, None), "a late upgrade does not bring the old one back");
        callers.into_iter().for_each(|caller| caller.join().unwrap());
        assert!(desk.call("new", 6, None) && !desk.call("right", 7, None));
    });
}
