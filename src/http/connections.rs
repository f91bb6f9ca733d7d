//! Who is connected: how many, from where, and who of them waits. When there is no room for one more, the connection that has waited
//! longest for its next request makes room; one whose request is being read or answered never does.
//!
//! What is said on a connection is not known here.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// A request is being read or answered.
const BUSY: u64 = 0;
/// The answer is made, but not yet written.
const ANSWERED: u64 = 1;
/// The connection had to make room.
const CLOSED: u64 = 2;
/// From here on: since when it waits for the next request, in ticks of the one clock of all connections.
const FIRST_TICK: u64 = 3;

/// One connection, as far as others need to know of it.
#[derive(Debug)]
pub struct Line {
    state: AtomicU64,
    /// Requests that were begun.
    begun: AtomicU64,
    close: Notify,
    clock: Arc<AtomicU64>,
}

impl Line {
    fn new(clock: Arc<AtomicU64>) -> Self {
        let now = clock.fetch_add(1, Ordering::Relaxed);
        Line { state: AtomicU64::new(now), begun: AtomicU64::new(0), close: Notify::new(), clock }
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
            self.state.store(self.clock.fetch_add(1, Ordering::Relaxed), Ordering::Release);
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
    clock: Arc<AtomicU64>,
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
        Arc::new(Connections { clock: Arc::new(AtomicU64::new(FIRST_TICK)), lines: Mutex::default() })
    }

    /// One more.
    pub fn enter(self: &Arc<Self>, peer: IpAddr) -> Place {
        let line = Arc::new(Line::new(Arc::clone(&self.clock)));
        let number = self.clock.fetch_add(1, Ordering::Relaxed);
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

    /// Closes the connection that has waited longest, of all or of those from one address; answers where it came from.
    pub fn make_room(&self, of: Option<IpAddr>) -> Option<IpAddr> {
        let lines = self.lines();
        let candidates = lines.values().filter(|(address, _)| of.is_none_or(|of| of == *address));
        let waiting = candidates.filter_map(|(address, line)| line.since().map(|since| (since, *address, line)));
        let (since, address, line) = waiting.min_by_key(|(since, ..)| *since)?;
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
        assert_eq!(all.make_room(None), Some(address("10.0.0.2")));
        assert!(!places[1].line.begin(), "nothing is run on a connection that made room");
        assert_eq!(all.make_room(Some(address("10.0.0.1"))), None);
        places[0].line.answered();
        assert_eq!(all.make_room(Some(address("10.0.0.1"))), None, "its answer is not written yet");
        places[0].line.written();
        assert_eq!(all.make_room(None), Some(address("10.0.0.2")), "the other one has waited longer");
        assert_eq!(all.make_room(None), Some(address("10.0.0.1")));
        assert_eq!(all.make_room(None), None);
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
