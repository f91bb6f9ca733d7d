//! The threads that hash: few, each with its own Argon2 memory, behind a bounded queue whose lines take turns (`turns.rs`).
//!
//! Memory is the number of threads times the cost's memory, whatever arrives; what does not fit the queue, or has waited there for too
//! long, is refused. Who waits is a number here and no name.

use super::turns::{Line, Turns};
use crate::domain::Error;
use crate::domain::ids::UserId;
use crate::domain::password::{Cost, Workspace};
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

/// Work for a hasher thread: it is given the thread's workspace, or told that there was no room for it.
pub type Task = Box<dyn FnOnce(Result<&mut Workspace, Error>) + Send>;

/// For whom a thread is to work.
#[derive(Debug, Clone, Copy)]
pub enum Asker<'n> {
    /// A caller whose login was checked already.
    Known(UserId),
    /// Somebody at this address who claims to have this user name.
    Claimed(IpAddr, &'n str),
}

/// Tasks that may wait for the thread of long ones.
const LONG_TASKS: usize = 16;
/// For how long: each of them may take minutes, so that patience is of no use.
const LONG_PATIENCE: Duration = Duration::from_secs(24 * 3600);

/// The hasher threads: those of logins and single passwords, and one for tasks that may take many hashes, so that logins need not wait
/// for these. Its memory is taken when the first such task comes.
pub struct Hasher {
    tasks: Arc<Queue>,
    long: Arc<Queue>,
    threads: Vec<JoinHandle<()>>,
    /// Makes numbers of names, with a key of the process: nobody can choose names that share a line with somebody else's.
    numbers: RandomState,
}

impl Hasher {
    /// Starts `threads` threads (at least 1) that hash new passwords at `cost`, with room for `queue` waiting tasks, which wait for
    /// `patience` at most.
    pub fn start(threads: usize, queue: usize, patience: Duration, cost: Cost) -> std::io::Result<Self> {
        let threads = threads.max(1);
        let (tasks, mut handles) = pool("asmxd-hasher", threads, Queue::new(threads, queue, patience), cost)?;
        let (long, handle) = pool("asmxd-hasher-long", 1, Queue::new(1, LONG_TASKS, LONG_PATIENCE), cost)?;
        handles.extend(handle);
        Ok(Hasher { threads: handles, tasks, long, numbers: RandomState::new() })
    }

    /// Queues a task; where there is no room, it or another one is told so, here and now.
    pub fn submit(&self, asker: Asker<'_>, task: Task) {
        self.tasks.put(self.line(asker), task);
    }

    /// Queues a task that may take many hashes.
    pub fn submit_long(&self, asker: Asker<'_>, task: Task) {
        self.long.put(self.line(asker), task);
    }

    fn line(&self, asker: Asker<'_>) -> Line {
        match asker {
            Asker::Known(id) => Line::Known(self.numbers.hash_one(id.0)),
            Asker::Claimed(from, name) => Line::Claimed(self.numbers.hash_one(network(from)), self.numbers.hash_one(name)),
        }
    }
}

/// What counts as one address: of IPv6 the first half, since everybody has as many of the others as they like.
fn network(address: IpAddr) -> u64 {
    match address.to_canonical() {
        IpAddr::V4(address) => u64::from(address.to_bits()),
        IpAddr::V6(address) => u64::try_from(address.to_bits() >> 64).unwrap_or_default(),
    }
}

/// The tasks that wait for the threads of a pool.
struct Queue {
    state: Mutex<State>,
    /// Claims that may be checked at once.
    most_claims: usize,
    news: Condvar,
}

struct State {
    turns: Turns<Waiting>,
    /// Claims that are being checked.
    claims: usize,
    /// No more tasks come: what waits is still done.
    closed: bool,
}

impl Queue {
    /// For a pool of so many threads, half of which at most check claims: whoever is known finds one, and a core beside it, however many
    /// strangers come.
    fn new(threads: usize, room: usize, patience: Duration) -> Self {
        let turns = Turns::new(room, patience, Instant::now());
        let state = Mutex::new(State { turns, claims: 0, closed: false });
        Queue { state, most_claims: threads.div_ceil(2), news: Condvar::new() }
    }

    fn put(&self, line: Line, task: Task) {
        let is_claim = matches!(line, Line::Claimed(..));
        let refused = self.state().turns.push(line, Waiting { is_claim, task }, Instant::now());
        self.news.notify_all();
        refuse(refused);
    }

    /// Waits for the next task; none when the queue is closed and empty.
    fn take(&self) -> Option<Waiting> {
        let mut state = self.state();
        loop {
            let now = Instant::now();
            let late = state.turns.late(now);
            let with_claims = state.claims < self.most_claims;
            let next = state.turns.pop(now, with_claims);
            state.claims += usize::from(next.as_ref().is_some_and(|next| next.is_claim));
            if !late.is_empty() {
                // They are answered without the lock, since others want to come in meanwhile.
                drop(state);
                refuse(late);
                match next {
                    Some(next) => return Some(next),
                    None => state = self.state(),
                }
                continue;
            }
            if next.is_some() || state.closed && state.turns.is_empty() {
                return next;
            }
            state = self.news.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A claim was checked: another one may be, and at the end others need not wait for it any more.
    fn checked(&self) {
        self.state().claims -= 1;
        self.news.notify_all();
    }

    fn close(&self) {
        self.state().closed = true;
        self.news.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A task in its line.
struct Waiting {
    is_claim: bool,
    task: Task,
}

/// Tells tasks that there was no room for them. One that panics over it must not take a thread along.
fn refuse(tasks: impl IntoIterator<Item = Waiting>) {
    for waiting in tasks {
        run_one(waiting.task, Err(Error::Busy));
    }
}

/// Threads that share a queue.
fn pool(name: &str, threads: usize, queue: Queue, cost: Cost) -> std::io::Result<(Arc<Queue>, Vec<JoinHandle<()>>)> {
    let queue = Arc::new(queue);
    let threads = (0..threads).map(|number| {
        let queue = Arc::clone(&queue);
        Builder::new().name(format!("{name}-{number}")).spawn(move || run(&queue, cost))
    });
    let threads = threads.collect::<Result<_, _>>()?;
    Ok((queue, threads))
}

/// Waits for the tasks that are queued; unless it is a task that held the last of the hasher, which cannot wait for itself.
impl Drop for Hasher {
    fn drop(&mut self) {
        self.tasks.close();
        self.long.close();
        let here = std::thread::current().id();
        for thread in self.threads.drain(..).filter(|thread| thread.thread().id() != here) {
            // Panics of tasks are caught within the thread.
            let _ = thread.join();
        }
    }
}

fn run(queue: &Queue, cost: Cost) {
    let mut workspace = Workspace::new(cost);
    while let Some(Waiting { is_claim, task }) = queue.take() {
        run_one(task, Ok(&mut workspace));
        if is_claim {
            queue.checked();
        }
    }
}

fn run_one(task: Task, room: Result<&mut Workspace, Error>) {
    if catch_unwind(AssertUnwindSafe(|| task(room))).is_err() {
        tracing::error!("a task of a hasher thread panicked");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    const CHEAP: Cost = Cost { memory_kib: 8, iterations: 1 };
    const PATIENCE: Duration = Duration::from_secs(60);
    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
    const SOMEBODY: Asker<'_> = Asker::Claimed(HERE, "somebody");

    #[test]
    fn what_does_not_fit_the_queue_is_refused_at_once_and_the_rest_runs() {
        let hasher = Hasher::start(1, 1, PATIENCE, CHEAP).unwrap();
        let (release, held) = mpsc::channel::<()>();
        let (report, reports) = mpsc::channel();
        let begun = report.clone();
        hasher.submit(
            SOMEBODY,
            Box::new(move |_| {
                begun.send("running").unwrap();
                held.recv().unwrap();
            }),
        );
        assert_eq!(reports.recv().unwrap(), "running");
        for _ in 0..2 {
            let report = report.clone();
            hasher.submit(
                SOMEBODY,
                Box::new(move |room| {
                    report.send(if room.is_ok() { "ran" } else { "refused" }).unwrap();
                }),
            );
        }
        assert_eq!(reports.recv().unwrap(), "refused");
        release.send(()).unwrap();
        assert_eq!(reports.recv().unwrap(), "ran");
    }

    #[test]
    fn a_task_that_panics_leaves_the_thread_at_work() {
        let hasher = Hasher::start(1, 4, PATIENCE, CHEAP).unwrap();
        let (report, reports) = mpsc::channel();
        hasher.submit(SOMEBODY, Box::new(|_| panic!("on purpose")));
        hasher.submit(SOMEBODY, Box::new(move |_| report.send(()).unwrap()));
        assert!(reports.recv().is_ok());
    }

    /// Holds the one thread of a hasher until the sender is dropped.
    fn hold(hasher: &Hasher) -> mpsc::Sender<()> {
        let (release, held) = mpsc::channel::<()>();
        let (report, begun) = mpsc::channel();
        hasher.submit(
            Asker::Known(UserId(1)),
            Box::new(move |_| {
                report.send(()).unwrap();
                let _ = held.recv();
            }),
        );
        begun.recv().unwrap();
        release
    }

    #[test]
    fn a_flood_of_claims_to_one_name_holds_up_neither_other_names_nor_who_is_known() {
        let hasher = Hasher::start(1, 100, PATIENCE, CHEAP).unwrap();
        let release = hold(&hasher);
        let (report, reports) = mpsc::channel();
        let submit = |asker: Asker<'_>, what: &'static str| {
            let report = report.clone();
            hasher.submit(asker, Box::new(move |room| report.send((what, room.is_ok())).unwrap()));
        };
        (0..120).for_each(|_| submit(Asker::Claimed(HERE, "flooded"), "flood"));
        submit(Asker::Claimed(HERE, "newcomer"), "newcomer");
        submit(Asker::Known(UserId(7)), "known");
        drop(release);
        let told: Vec<_> = reports.iter().take(122).collect();
        assert_eq!(told.iter().filter(|told| **told == ("flood", false)).count(), 22, "what is too much of the flood is refused");
        let done: Vec<_> = told.iter().filter(|(_, ran)| *ran).map(|(what, _)| *what).collect();
        assert!(done[..4].contains(&"newcomer") && done[..4].contains(&"known"), "{:?}", &done[..10]);
        assert_eq!(done.len(), 100);
    }

    #[test]
    fn who_has_waited_too_long_is_told_so_and_what_waits_at_the_end_is_done() {
        let hasher = Hasher::start(1, 100, Duration::ZERO, CHEAP).unwrap();
        let release = hold(&hasher);
        let (report, reports) = mpsc::channel();
        hasher.submit(SOMEBODY, Box::new(move |room| report.send(room.is_ok()).unwrap()));
        std::thread::sleep(Duration::from_millis(2));
        drop(release);
        assert_eq!(reports.recv(), Ok(false));
        let hasher = Hasher::start(1, 100, PATIENCE, CHEAP).unwrap();
        let release = hold(&hasher);
        let (report, reports) = mpsc::channel();
        for _ in 0..3 {
            let report = report.clone();
            hasher.submit(SOMEBODY, Box::new(move |room| report.send(room.is_ok()).unwrap()));
        }
        drop((release, report));
        drop(hasher);
        assert_eq!(reports.iter().collect::<Vec<_>>(), [true; 3]);
    }

    #[test]
    fn claims_leave_half_of_the_threads_to_those_who_are_known() {
        let hasher = Hasher::start(2, 100, PATIENCE, CHEAP).unwrap();
        let (report, reports) = mpsc::channel();
        let (release, held) = mpsc::channel::<()>();
        let held = Arc::new(Mutex::new(held));
        for _ in 0..5 {
            let (report, held) = (report.clone(), Arc::clone(&held));
            let claim = move |_: Result<&mut Workspace, Error>| {
                report.send("claim").unwrap();
                let _ = held.lock().unwrap().recv();
            };
            hasher.submit(SOMEBODY, Box::new(claim));
        }
        assert_eq!(reports.recv().unwrap(), "claim");
        for _ in 0..3 {
            let report = report.clone();
            hasher.submit(Asker::Known(UserId(7)), Box::new(move |_| report.send("known").unwrap()));
        }
        for _ in 0..3 {
            assert_eq!(reports.recv().unwrap(), "known", "though a claim is under way that does not end");
        }
        drop((release, report));
        drop(hasher);
        assert_eq!(reports.iter().collect::<Vec<_>>(), ["claim"; 4]);
    }
}
