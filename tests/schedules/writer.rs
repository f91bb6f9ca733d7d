//! The writer's queue, its batches and its end: everybody is told once, after the commit, and nothing that was queued is lost.

use super::in_many_orders;
use shuttle::rand::{Rng, thread_rng};
use shuttle::sync::mpsc::{Receiver, Sender, SyncSender, TrySendError, channel, sync_channel};
use shuttle::sync::{Arc, Mutex};
use shuttle::thread::{JoinHandle, spawn};

const BATCH: usize = 2;

/// A change: its number, and to whom its end is told.
struct Job {
    number: u32,
    told: Sender<(u32, Result<(), Refused>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    Busy,
    Undone,
}

struct Writer {
    queue: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    fn start(room: usize, committed: Arc<Mutex<Vec<u32>>>) -> Writer {
        let (sender, jobs) = sync_channel(room);
        let thread = spawn(move || {
            while let Ok(first) = jobs.recv() {
                batch(&committed, first, &jobs);
            }
        });
        Writer { queue: Some(sender), thread: Some(thread) }
    }

    fn submit(&self, job: Job) {
        if let Err(TrySendError::Full(job) | TrySendError::Disconnected(job)) = self.queue.as_ref().unwrap().try_send(job) {
            finish(job, Err(Refused::Busy));
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        self.thread.take().unwrap().join().unwrap();
    }
}

fn batch(committed: &Mutex<Vec<u32>>, first: Job, jobs: &Receiver<Job>) {
    let waiting = std::iter::once(first).chain(std::iter::from_fn(|| jobs.try_recv().ok())).take(BATCH);
    let mut pending = Vec::new();
    let mut done = Vec::new();
    for job in waiting {
        // A job that fails is undone by its savepoint.
        let outcome = by_chance();
        if outcome.is_ok() {
            pending.push(job.number);
        }
        done.push((job, outcome));
    }
    let outcome = by_chance();
    if outcome.is_ok() {
        committed.lock().unwrap().extend(pending);
    }
    for (job, of_job) in done {
        finish(job, of_job.and(outcome));
    }
}

/// How a job, or a commit, ends.
fn by_chance() -> Result<(), Refused> {
    if thread_rng().gen_bool(0.2) { Err(Refused::Undone) } else { Ok(()) }
}

fn finish(job: Job, outcome: Result<(), Refused>) {
    job.told.send((job.number, outcome)).unwrap();
}

fn everybody_is_told_once_and_rightly() {
    let committed = Arc::new(Mutex::new(Vec::new()));
    let writer = Arc::new(Writer::start(2, Arc::clone(&committed)));
    let callers: Vec<_> = (0..3)
        .map(|caller| {
            let (writer, committed) = (Arc::clone(&writer), Arc::clone(&committed));
            spawn(move || {
                let (told, outcomes) = channel();
                for number in [2 * caller, 2 * caller + 1] {
                    writer.submit(Job { number, told: told.clone() });
                }
                drop((told, writer));
                let mut count = 0;
                while let Ok((number, outcome)) = outcomes.recv() {
                    let there = committed.lock().unwrap().contains(&number);
                    assert_eq!(there, outcome.is_ok(), "{number} was told {outcome:?}");
                    count += 1;
                }
                assert_eq!(count, 2, "each job is told once");
            })
        })
        .collect();
    // The last of the writer may be a caller's: whoever lets go last waits for the thread.
    drop(writer);
    callers.into_iter().for_each(|caller| caller.join().unwrap());
}

#[test]
fn whoever_queues_a_change_is_told_once_and_after_its_commit() {
    in_many_orders(everybody_is_told_once_and_rightly);
}

#[test]
fn what_was_queued_before_the_end_is_written_before_the_end() {
    in_many_orders(|| {
        let committed = Arc::new(Mutex::new(Vec::new()));
        let writer = Writer::start(4, Arc::clone(&committed));
        let (told, outcomes) = channel();
        (0..4).for_each(|number| writer.submit(Job { number, told: told.clone() }));
        drop((writer, told));
        let told: Vec<_> = std::iter::from_fn(|| outcomes.recv().ok()).collect();
        let done: Vec<u32> = told.iter().filter(|(_, outcome)| outcome.is_ok()).map(|(number, _)| *number).collect();
        assert_eq!((told.len(), &done), (4, &*committed.lock().unwrap()), "told in the order in which they were queued");
    });
}
