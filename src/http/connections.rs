//! Who is connected: how many, from where, and who of them waits. When there is no room for one more, the connection that has waited
//! longest for its next request makes room; one whose request is being read or answered never does.
//!
//! What is said on a connection is not known here.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// A request is being read or answered.
const BUSY: u64 = 0;
/// The answer is made, but not yet written.
const ANSWERED: u64 = 1;
/// The connection had to make room.
const CLOSED: u64 = 2;
/// From here on: since when it waits for the next request, in nanoseconds of the one clock of all connections.
const FIRST_TICK: u64 = 3;

/// The time since the first connection could come.
#[derive(Debug, Clone, Copy)]
struct Clock(Instant);

impl Clock {
    fn now(self) -> u64 {
        FIRST_TICK.saturating_add(nanoseconds(self.0.elapsed()))
    }
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

/// One connection, as far as others need to know of it.
#[derive(Debug)]
pub struct Line {
    state: AtomicU64,
    /// Requests that were begun.
    begun: AtomicU64,
    close: Notify,
    clock: Clock,
}

impl Line {
    fn new(clock: Clock) -> Self {
        Line { state: AtomicU64::new(clock.now()), begun: AtomicU64::new(0), close: Notify::new(), clock }
    }

    /// A request is complete but for its body. False when the connection had to make room: then nothing may be run.
    pub fn begin(&self) -> bool {
        self.begun.fetch_add(1, Ordering::Relaxed);
        self.state.fetch_update(Ordering::AcqRel, Ordering::Acquire, |state| (state != CLOSED).then_some(BUSY)).is_ok()
    }

    /// The answer is made.
    pub fn answered(&self) {
        self.state.store(ANSWERED, Ordering::Release);
    }

    /// All that there was to write is written.
    pub fn written(&self) {
        if self.state.load(Ordering::Acquire) == ANSWERED {
            self.state.store(self.clock.now(), Ordering::Release);
        }
    }

    /// Requests that were begun.
    pub fn begun(&self) -> u64 {
        self.begun.load(Ordering::Relaxed)
    }

    /// Whether the next request is waited for.
    pub fn waits(&self) -> bool {
        self.state.load(Ordering::Acquire) >= FIRST_TICK
    }

    /// Ready when the connection has to make room.
    pub async fn closed(&self) {
        self.close.notified().await;
    }

    fn since(&self) -> Option<u64> {
        Some(self.state.load(Ordering::Acquire)).filter(|state| *state >= FIRST_TICK)
    }

    /// Closes it, if it still waits as it did.
    fn close(&self, since: u64) -> bool {
        let closed = self.state.compare_exchange(since, CLOSED, Ordering::AcqRel, Ordering::Acquire).is_ok();
        if closed {
            self.close.notify_one();
        }
        closed
    }
}

/// All connections.
#[derive(Debug)]
pub struct Connections {
    clock: Clock,
    entered: AtomicU64,
    lines: Mutex<HashMap<u64, (IpAddr, Arc<Line>)>>,
}

/// A connection's place among the others, until it is dropped.
#[derive(Debug)]
pub struct Place {
    all: Arc<Connections>,
    number: u64,
    /// The connection.
    pub line: Arc<Line>,
}

impl Connections {
    /// Nobody yet.
    pub fn new() -> Arc<Self> {
        Arc::new(Connections { clock: Clock(Instant::now()), entered: AtomicU64::new(0), lines: Mutex::default() })
    }

    /// One more.
    pub fn enter(self: &Arc<Self>, peer: IpAddr) -> Place {
        let line = Arc::new(Line::new(self.clock));
        let number = self.entered.fetch_add(1, Ordering::Relaxed);
        self.lines().insert(number, (peer, Arc::clone(&line)));
        Place { all: Arc::clone(self), number, line }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.lines().len()
    }

    /// How many come from this address.
    pub fn count_of(&self, peer: IpAddr) -> usize {
        self.lines().values().filter(|(address, _)| *address == peer).count()
    }

    /// Closes the connection that has waited longest, of all or of those from one address; answers where it came from. It must have
    /// rested for a while: where much is asked, a connection that seems to wait has its next request in the socket already.
    pub fn make_room(&self, of: Option<IpAddr>, rest: Duration) -> Option<IpAddr> {
        let rested = self.clock.now().saturating_sub(nanoseconds(rest));
        let lines = self.lines();
        let candidates = lines.values().filter(|(address, _)| of.is_none_or(|of| of == *address));
        let waiting = candidates.filter_map(|(address, line)| line.since().map(|since| (since, *address, line)));
        let (since, address, line) = waiting.min_by_key(|(since, ..)| *since).filter(|(since, ..)| *since <= rested)?;
        line.close(since).then_some(address)
    }

    fn lines(&self) -> MutexGuard<'_, HashMap<u64, (IpAddr, Arc<Line>)>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.all.lines().remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn who_has_waited_longest_makes_room_and_who_is_served_does_not() {
        let all = Connections::new();
        let places: Vec<_> = ["10.0.0.1", "10.0.0.2", "10.0.0.2"].map(|peer| all.enter(address(peer))).into();
        assert!(places[0].line.begin());
        assert_eq!(all.make_room(None, Duration::ZERO), Some(address("10.0.0.2")));
        assert!(!places[1].line.begin(), "nothing is run on a connection that made room");
        assert_eq!(all.make_room(Some(address("10.0.0.1")), Duration::ZERO), None);
        places[0].line.answered();
        assert_eq!(all.make_room(Some(address("10.0.0.1")), Duration::ZERO), None, "its answer is not written yet");
        places[0].line.written();
        assert_eq!(all.make_room(None, Duration::ZERO), Some(address("10.0.0.2")), "the other one has waited longer");
        assert_eq!(all.make_room(None, Duration::ZERO), Some(address("10.0.0.1")));
        assert_eq!(all.make_room(None, Duration::ZERO), None);
    }

    #[test]
    fn who_has_not_rested_yet_does_not_make_room() {
        let all = Connections::new();
        let place = all.enter(address("10.0.0.1"));
        assert_eq!(all.make_room(None, Duration::from_secs(3600)), None);
        assert!(place.line.begin(), "it goes on");
        place.line.answered();
        place.line.written();
        std::thread::sleep(Duration::from_millis(2));
        assert_eq!(all.make_room(None, Duration::from_millis(1)), Some(address("10.0.0.1")));
    }

    #[test]
    fn a_place_is_free_again_when_it_is_dropped() {
        let all = Connections::new();
        let (first, second) = (all.enter(address("::1")), all.enter(address("::2")));
        assert_eq!((all.count(), all.count_of(address("::1"))), (2, 1));
        drop(first);
        assert_eq!((all.count(), all.count_of(address("::1"))), (1, 0));
        drop(second);
        assert_eq!(all.count(), 0);
    }
}
