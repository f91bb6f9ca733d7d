//! Whose turn it is where many wait: addresses take turns, and the names that calls from one address claim take turns, so that a flood of
//! claims holds up neither calls from elsewhere nor other names. Callers whose login was checked already have a queue of their own and
//! every second turn. Nobody waits for long in vain.
//!
//! What is waited for is not known here, nor is what time it is.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

/// How long one may wait once there was no moment without anybody waiting for as long as one may wait at most. A queue that is emptied
/// now and then is a crowd that came at once, and is worked off; one that never is only makes everybody late.
const IMPATIENCE: Duration = Duration::from_secs(1);

/// Who waits; all numbers are whatever the caller makes of ids, addresses and names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// A caller whose login was checked.
    Known(u64),
    /// Somebody at an address who claims a name.
    Claimed(u64, u64),
}

impl Line {
    /// The number of the queue, of the group of lines in it, and of the line in that.
    fn place(self) -> (usize, u64, u64) {
        match self {
            Line::Known(id) => (0, id, 0),
            Line::Claimed(address, name) => (1, address, name),
        }
    }
}

/// Two queues that take turns.
pub struct Turns<T> {
    queues: [Queue<T>; 2],
    /// The queue whose turn it is.
    next: usize,
    room: usize,
    patience: Duration,
}

impl<T> Turns<T> {
    /// Room for so many, each of whom waits so long at most.
    pub fn new(room: usize, patience: Duration, now: Instant) -> Self {
        let queue = || Queue { groups: Ring::default(), empty: now };
        Turns { queues: [queue(), queue()], next: 0, room, patience }
    }

    /// Lets one more wait, and answers who has to go for it where there is no room: the last of the longest line, in the largest group of
    /// the larger queue. Where that is not more than what the newcomer has waiting there already, the newcomer has to.
    pub fn push(&mut self, line: Line, what: T, now: Instant) -> Option<T> {
        let (own, group, name) = line.place();
        let waiting = |queue: usize| self.queues.get(queue).map_or(0, |queue| queue.groups.weight());
        let other = 1 - own;
        let mut gone = None;
        if waiting(own) + waiting(other) >= self.room {
            let larger = if waiting(own) < waiting(other) { other } else { own };
            let newcomer = (larger == own).then_some((group, name));
            match self.queues.get_mut(larger).and_then(|queue| queue.make_room(newcomer)) {
                Some(last) => gone = Some(last),
                None => return Some(what),
            }
        }
        if let Some(queue) = self.queues.get_mut(own) {
            if queue.groups.weight() == 0 {
                queue.empty = now;
            }
            queue.groups.part(group).part(name).push_back((now, what));
        }
        gone
    }

    /// Whose turn it is, of all or of those who are known.
    pub fn pop(&mut self, now: Instant, with_claims: bool) -> Option<T> {
        for _ in 0..self.queues.len() {
            let turn = self.next;
            if turn > 0 && !with_claims {
                self.next = 0;
                continue;
            }
            self.next = (turn + 1) % self.queues.len();
            if let Some(found) = self.queues.get_mut(turn).and_then(|queue| queue.pop(now)) {
                return Some(found);
            }
        }
        None
    }

    /// Whether nobody waits.
    pub fn is_empty(&self) -> bool {
        self.queues.iter().all(|queue| queue.groups.weight() == 0)
    }

    /// All who have waited too long.
    pub fn late(&mut self, now: Instant) -> Vec<T> {
        let patience = self.patience;
        self.queues.iter_mut().flat_map(|queue| queue.late(patience, now)).collect()
    }
}

type Names<T> = Ring<VecDeque<(Instant, T)>>;

/// Groups of lines, and when nobody waited last.
struct Queue<T> {
    groups: Ring<Names<T>>,
    empty: Instant,
}

impl<T> Queue<T> {
    fn pop(&mut self, now: Instant) -> Option<T> {
        let found = self.groups.turn(|names| names.turn(VecDeque::pop_front));
        self.note_if_empty(now);
        found.map(|(_, what)| what)
    }

    /// Takes the last of the longest line in the largest group. A newcomer whose own group would be as large has to do with that one, and
    /// with a line that is longer than its own would be.
    fn make_room(&mut self, newcomer: Option<(u64, u64)>) -> Option<T> {
        let (largest, weight) = self.groups.heaviest()?;
        let (from, fewest) = match newcomer {
            Some((own, name)) if self.groups.weight_of(own) + 1 >= weight => (own, self.groups.part(own).weight_of(name) + 1),
            _ => (largest, 0),
        };
        let names = self.groups.part(from);
        let last = match names.heaviest() {
            Some((name, longest)) if longest > fewest => names.part(name).pop_back(),
            _ => None,
        };
        self.groups.tidy();
        last.map(|(_, what)| what)
    }

    fn late(&mut self, patience: Duration, now: Instant) -> Vec<T> {
        let crowded = now.saturating_duration_since(self.empty) > patience;
        let bound = if crowded { patience.min(IMPATIENCE) } else { patience };
        let mut late = Vec::new();
        for line in self.groups.parts.values_mut().flat_map(|names| names.parts.values_mut()) {
            while line.front().is_some_and(|(since, _)| now.saturating_duration_since(*since) > bound) {
                late.extend(line.pop_front().map(|(_, what)| what));
            }
        }
        if !late.is_empty() {
            self.groups.tidy();
            self.note_if_empty(now);
        }
        late
    }

    fn note_if_empty(&mut self, now: Instant) {
        if self.groups.weight() == 0 {
            self.empty = now;
        }
    }
}

/// What has something waiting in it.
trait Weight: Default {
    /// How many wait.
    fn weight(&self) -> usize;
    /// Forgets parts in which nobody waits.
    fn tidy(&mut self);
}

impl<T> Weight for VecDeque<T> {
    fn weight(&self) -> usize {
        self.len()
    }

    fn tidy(&mut self) {}
}

/// Parts that take turns. All that is counted is counted anew each time: there are some hundreds at most.
struct Ring<P> {
    parts: HashMap<u64, P>,
    /// The numbers of the parts, in their turn.
    order: VecDeque<u64>,
}

impl<P> Default for Ring<P> {
    fn default() -> Self {
        Ring { parts: HashMap::new(), order: VecDeque::new() }
    }
}

impl<P: Weight> Ring<P> {
    /// A part; a new one has its turn last.
    fn part(&mut self, number: u64) -> &mut P {
        self.parts.entry(number).or_insert_with(|| {
            self.order.push_back(number);
            P::default()
        })
    }

    fn weight_of(&self, number: u64) -> usize {
        self.parts.get(&number).map_or(0, P::weight)
    }

    fn heaviest(&self) -> Option<(u64, usize)> {
        self.parts.iter().map(|(number, part)| (*number, part.weight())).max_by_key(|(_, weight)| *weight)
    }

    /// Takes something from the part whose turn it is.
    fn turn<R>(&mut self, take: impl FnOnce(&mut P) -> Option<R>) -> Option<R> {
        let number = self.order.pop_front()?;
        let part = self.parts.get_mut(&number)?;
        let taken = take(part);
        if part.weight() == 0 {
            self.parts.remove(&number);
        } else {
            self.order.push_back(number);
        }
        taken
    }
}

impl<P: Weight> Weight for Ring<P> {
    fn weight(&self) -> usize {
        self.parts.values().map(P::weight).sum()
    }

    fn tidy(&mut self) {
        self.parts.values_mut().for_each(P::tidy);
        self.parts.retain(|_, part| part.weight() > 0);
        self.order.retain(|number| self.parts.contains_key(number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Line::{Claimed, Known};

    const PATIENCE: Duration = Duration::from_secs(5);

    fn all<T>(turns: &mut Turns<T>, now: Instant) -> Vec<T> {
        std::iter::from_fn(|| turns.pop(now, true)).collect()
    }

    #[test]
    fn lines_take_turns_and_within_one_the_first_is_first() {
        let now = Instant::now();
        let mut turns = Turns::new(100, PATIENCE, now);
        for (line, what) in [(1, "a1"), (1, "a2"), (1, "a3"), (2, "b1"), (3, "c1"), (2, "b2")] {
            assert_eq!(turns.push(Claimed(1, line), what, now), None);
        }
        assert_eq!(all(&mut turns, now), ["a1", "b1", "c1", "a2", "b2", "a3"]);
    }

    #[test]
    fn addresses_take_turns_and_the_one_with_most_makes_room() {
        let now = Instant::now();
        let mut turns = Turns::new(4, PATIENCE, now);
        for (name, what) in [(1, "a1"), (2, "a2"), (3, "a3"), (4, "a4")] {
            assert_eq!(turns.push(Claimed(1, name), what, now), None);
        }
        assert_eq!(turns.push(Claimed(1, 5), "a5", now), Some("a5"), "all of its address wait as it does");
        assert!(turns.push(Claimed(2, 5), "b1", now).unwrap().starts_with('a'));
        assert!(turns.push(Claimed(2, 6), "b2", now).unwrap().starts_with('a'));
        assert_eq!(turns.push(Claimed(2, 7), "b3", now), Some("b3"), "an address has no more than its share");
        let order: Vec<_> = all(&mut turns, now).iter().map(|what| &what[..1]).collect();
        assert_eq!(order, ["a", "b", "a", "b"]);
    }

    #[test]
    fn who_is_known_has_every_second_turn_however_many_claims_wait() {
        let now = Instant::now();
        let mut turns = Turns::new(100, PATIENCE, now);
        for number in 0..50 {
            assert_eq!(turns.push(Claimed(1, number), "claim", now), None);
        }
        for _ in 0..3 {
            assert_eq!(turns.push(Known(1), "known", now), None);
        }
        assert_eq!((turns.pop(now, false), turns.pop(now, false)), (Some("known"), Some("known")), "where claims have to wait");
        for _ in 0..2 {
            assert_eq!(turns.push(Known(1), "known", now), None);
        }
        assert_eq!(all(&mut turns, now)[..5], ["claim", "known", "claim", "known", "claim"]);
    }

    #[test]
    fn where_there_is_no_room_the_longest_line_makes_some_and_nobody_goes_for_a_line_as_long() {
        let now = Instant::now();
        let mut turns = Turns::new(4, PATIENCE, now);
        for what in ["a1", "a2", "a3", "a4"] {
            assert_eq!(turns.push(Claimed(1, 1), what, now), None);
        }
        assert_eq!(turns.push(Claimed(1, 1), "a5", now), Some("a5"));
        assert_eq!(turns.push(Claimed(1, 2), "b1", now), Some("a4"));
        assert_eq!(turns.push(Claimed(1, 2), "b2", now), Some("a3"));
        assert_eq!(turns.push(Claimed(1, 2), "b3", now), Some("b3"));
        assert_eq!(all(&mut turns, now), ["a1", "b1", "a2", "b2"]);
    }

    #[test]
    fn each_of_the_two_queues_has_half_of_the_room_when_it_needs_it() {
        let now = Instant::now();
        let mut turns = Turns::new(4, PATIENCE, now);
        for number in 0..4 {
            assert_eq!(turns.push(Claimed(1, number), format!("claim {number}"), now), None);
        }
        for number in 0..2 {
            let gone = turns.push(Known(number), format!("known {number}"), now).unwrap();
            assert!(gone.starts_with("claim"), "{gone}");
        }
        assert_eq!(turns.push(Known(3), "known 3".to_owned(), now).as_deref(), Some("known 3"));
        assert_eq!(turns.push(Claimed(1, 9), "claim 9".to_owned(), now).as_deref(), Some("claim 9"));
        assert_eq!(all(&mut turns, now).iter().filter(|what| what.starts_with("known")).count(), 2);
        assert_eq!(turns.pop(now, true), None);
    }

    #[test]
    fn a_crowd_that_came_at_once_has_patience_and_a_queue_that_is_never_empty_has_not() {
        let begun = Instant::now();
        let at = |seconds: f64| begun + Duration::from_secs_f64(seconds);
        let mut turns = Turns::new(100, PATIENCE, begun);
        for number in 0..3 {
            turns.push(Claimed(1, number), number, at(0.0));
        }
        assert!(turns.late(at(4.9)).is_empty());
        turns.push(Claimed(1, 7), 7, at(4.0));
        turns.push(Claimed(1, 8), 8, at(4.9));
        let mut late = turns.late(at(5.1));
        late.sort_unstable();
        assert_eq!(late, [0, 1, 2, 7], "never empty for five seconds: one second is enough");
        assert_eq!((turns.pop(at(5.1), true), turns.pop(at(5.1), true)), (Some(8), None));
        turns.push(Claimed(1, 9), 9, at(5.2));
        assert!(turns.late(at(10.0)).is_empty(), "it was empty in between");
        assert_eq!(turns.late(at(10.3)), [9]);
    }
}
