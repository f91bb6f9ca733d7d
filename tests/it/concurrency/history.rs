//! Looks for an order of calls that explains their answers: the search of Wing and Gong (1993), which remembers where it was in vain
//! (Lowe, 2017). A call may come next if no other one had ended before it began; what it was told must be right at that place.

use super::person::{Told, What, World};
use std::collections::HashSet;
use std::fmt::Write;
use std::time::Duration;

/// A call, what it was told, and between which moments.
#[derive(Debug, Clone)]
pub struct Call {
    /// What was asked.
    pub what: What,
    /// What was told.
    pub told: Told,
    /// Before it was sent.
    pub called: Duration,
    /// After the answer was read.
    pub returned: Duration,
}

/// Whether there is an order in which all that was told is right. At most 128 calls.
pub fn is_linearizable(begin: &World, calls: &[Call]) -> bool {
    assert!(calls.len() <= 128, "a set of calls has to fit a number");
    let mut in_vain = HashSet::new();
    search(begin, calls, 0, &mut in_vain)
}

fn search(world: &World, calls: &[Call], done: u128, in_vain: &mut HashSet<(u128, World)>) -> bool {
    let open = || calls.iter().enumerate().filter(|(index, _)| done & (1 << index) == 0);
    let Some(first_end) = open().map(|(_, call)| call.returned).min() else { return true };
    if !in_vain.insert((done, world.clone())) {
        return false;
    }
    let next = open().filter(|(_, call)| call.called <= first_end);
    let mut possible = next.filter_map(|(index, call)| Some((index, world.after(&call.what, &call.told)?)));
    possible.any(|(index, world)| search(&world, calls, done | (1 << index), in_vain))
}

/// The calls for whoever has to understand them.
pub fn explain(calls: &[Call]) -> String {
    let mut calls = calls.to_vec();
    calls.sort_by_key(|call| call.called);
    calls.iter().fold(String::new(), |mut text, Call { what, told, called, returned }| {
        writeln!(text, "{:>7} to {:>7} us  {what:?} -> {told:?}", called.as_micros(), returned.as_micros()).unwrap();
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin() -> World {
        World { name: "A".to_owned(), enabled: true, password: "secret".to_owned(), version: 1 }
    }

    fn call(what: What, told: Told, called: u64, returned: u64) -> Call {
        Call { what, told, called: Duration::from_micros(called), returned: Duration::from_micros(returned) }
    }

    fn seen(name: &str, version: i32) -> Told {
        Told::Person { name: name.to_owned(), enabled: true, version: Some(version) }
    }

    fn rename(called: u64, returned: u64) -> Call {
        call(What::Rename("B".to_owned(), None), Told::Changed(Some(2)), called, returned)
    }

    #[test]
    fn what_was_read_beside_a_change_may_be_before_or_after_it() {
        for told in [seen("A", 1), seen("B", 2)] {
            assert!(is_linearizable(&begin(), &[rename(0, 10), call(What::Read, told, 5, 15)]));
        }
        assert!(
            !is_linearizable(&begin(), &[rename(0, 10), call(What::Read, seen("B", 1), 5, 15)]),
            "a change is seen as a whole"
        );
    }

    #[test]
    fn what_was_answered_before_a_read_began_must_be_seen_by_it() {
        let stale = call(What::Read, seen("A", 1), 11, 15);
        assert!(!is_linearizable(&begin(), &[rename(0, 10), stale]));
        let [new, old] = [call(What::Read, seen("B", 2), 3, 5), call(What::Read, seen("A", 1), 6, 8)];
        assert!(!is_linearizable(&begin(), &[rename(0, 10), new, old]), "time does not go back");
    }

    #[test]
    fn of_two_changes_with_one_expected_version_only_one_can_succeed() {
        let change = |told| call(What::Rename("B".to_owned(), Some(1)), told, 0, 10);
        assert!(is_linearizable(&begin(), &[change(Told::Changed(Some(2))), change(Told::Outdated(2))]));
        assert!(!is_linearizable(&begin(), &[change(Told::Changed(Some(2))), change(Told::Changed(Some(2)))]));
    }

    #[test]
    fn an_old_password_is_no_good_after_its_change_was_answered() {
        let changed = call(What::SetPassword("another one".to_owned()), Told::Changed(Some(2)), 0, 10);
        let late =
            call(What::CallAs("secret".to_owned()), Told::Person { name: "A".to_owned(), enabled: true, version: None }, 11, 12);
        assert!(!is_linearizable(&begin(), &[changed.clone(), late.clone()]));
        assert!(is_linearizable(&begin(), &[changed, Call { called: Duration::from_micros(9), ..late }]));
    }
}
