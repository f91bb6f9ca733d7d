//! The threads that hash: few, each with its own Argon2 memory, behind a bounded queue.
//!
//! Memory is the number of threads times the cost's memory, whatever arrives; what does not fit the queue is refused at once.

use crate::domain::Error;
use crate::domain::password::{Cost, Workspace};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

/// Work for a hasher thread: it is given the thread's workspace, or told that there was no room for it.
pub type Task = Box<dyn FnOnce(Result<&mut Workspace, Error>) + Send>;

/// Tasks that may wait for the thread of long ones.
const LONG_TASKS: usize = 16;

/// The hasher threads: those of logins and single passwords, and one for tasks that may take many hashes, so that logins need not wait
/// for these. Its memory is taken when the first such task comes.
pub struct Hasher {
    queue: Option<SyncSender<Task>>,
    long: Option<SyncSender<Task>>,
    threads: Vec<JoinHandle<()>>,
}

impl Hasher {
    /// Starts `threads` threads (at least 1) that hash new passwords at `cost`, with room for `queue` waiting tasks.
    pub fn start(threads: usize, queue: usize, cost: Cost) -> std::io::Result<Self> {
        let (queue, mut handles) = pool("asmxd-hasher", threads.max(1), queue, cost)?;
        let (long, handle) = pool("asmxd-hasher-long", 1, LONG_TASKS, cost)?;
        handles.extend(handle);
        Ok(Hasher { threads: handles, queue: Some(queue), long: Some(long) })
    }

    /// Queues a task; where there is no room it is told so, here and now.
    pub fn submit(&self, task: Task) {
        put(self.queue.as_ref(), task);
    }

    /// Queues a task that may take many hashes.
    pub fn submit_long(&self, task: Task) {
        put(self.long.as_ref(), task);
    }
}

fn put(queue: Option<&SyncSender<Task>>, task: Task) {
    match queue.map(|queue| queue.try_send(task)) {
        Some(Err(TrySendError::Full(task) | TrySendError::Disconnected(task))) => task(Err(Error::Busy)),
        Some(Ok(())) | None => {}
    }
}

/// Threads that share a queue.
fn pool(name: &str, threads: usize, queue: usize, cost: Cost) -> std::io::Result<(SyncSender<Task>, Vec<JoinHandle<()>>)> {
    let (sender, tasks) = sync_channel(queue);
    let tasks = Arc::new(Mutex::new(tasks));
    let threads = (0..threads).map(|number| {
        let tasks = Arc::clone(&tasks);
        Builder::new().name(format!("{name}-{number}")).spawn(move || run(&tasks, cost))
    });
    Ok((sender, threads.collect::<Result<_, _>>()?))
}

/// Waits for the tasks that are queued; unless it is a task that held the last of the hasher, which cannot wait for itself.
impl Drop for Hasher {
    fn drop(&mut self) {
        drop((self.queue.take(), self.long.take()));
        let here = std::thread::current().id();
        for thread in self.threads.drain(..).filter(|thread| thread.thread().id() != here) {
            // Panics of tasks are caught within the thread.
            let _ = thread.join();
        }
    }
}

fn run(tasks: &Mutex<Receiver<Task>>, cost: Cost) {
    let mut workspace = Workspace::new(cost);
    loop {
        let next = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(task) = next else { return };
        if catch_unwind(AssertUnwindSafe(|| task(Ok(&mut workspace)))).is_err() {
            tracing::error!("a task of a hasher thread panicked");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    const CHEAP: Cost = Cost { memory_kib: 8, iterations: 1 };

    #[test]
    fn what_does_not_fit_the_queue_is_refused_at_once_and_the_rest_runs() {
        let hasher = Hasher::start(1, 1, CHEAP).unwrap();
        let (release, held) = mpsc::channel::<()>();
        let (report, reports) = mpsc::channel();
        let begun = report.clone();
        hasher.submit(Box::new(move |_| {
            begun.send("running").unwrap();
            held.recv().unwrap();
        }));
        assert_eq!(reports.recv().unwrap(), "running");
        for _ in 0..2 {
            let report = report.clone();
            hasher.submit(Box::new(move |room| {
                report.send(if room.is_ok() { "ran" } else { "refused" }).unwrap();
            }));
        }
        assert_eq!(reports.recv().unwrap(), "refused");
        release.send(()).unwrap();
        assert_eq!(reports.recv().unwrap(), "ran");
    }

    #[test]
    fn a_task_that_panics_leaves_the_thread_at_work() {
        let hasher = Hasher::start(1, 4, CHEAP).unwrap();
        let (report, reports) = mpsc::channel();
        hasher.submit(Box::new(|_| panic!("on purpose")));
        hasher.submit(Box::new(move |_| report.send(()).unwrap()));
        assert!(reports.recv().is_ok());
    }
}
