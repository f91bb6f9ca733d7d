//! Changes queued by hand: with their outcome, and a writer that is held up for as long as a test needs it.

use asmxd::domain::Error;
use asmxd::store::{Job, Store, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// How long a test waits for what must come. Far more than is needed: it only keeps a test from hanging.
pub const PATIENCE: Duration = Duration::from_secs(60);

struct Told<F> {
    run: F,
    told: Sender<Result<(), Error>>,
}

impl<F: FnMut(&mut dyn Write) -> Result<(), Error> + Send> Job for Told<F> {
    fn run(&mut self, tx: &mut dyn Write) -> Result<(), Error> {
        (self.run)(tx)
    }

    fn finish(self: Box<Self>, outcome: Result<(), Error>) {
        // A test that no longer waits does not care.
        let _ = self.told.send(outcome);
    }
}

/// Queues a change; its outcome comes to the receiver.
pub fn queue(
    store: &dyn Store,
    run: impl FnMut(&mut dyn Write) -> Result<(), Error> + Send + 'static,
) -> Receiver<Result<(), Error>> {
    let (told, outcome) = channel();
    store.write(Box::new(Told { run, told }));
    outcome
}

/// What a queued change was told.
pub fn told(outcome: &Receiver<Result<(), Error>>) -> Result<(), Error> {
    outcome.recv_timeout(PATIENCE).expect("a change was never told how it ended")
}

/// Makes a change and answers what it answers.
pub fn change<T: Send + 'static>(
    store: &dyn Store,
    mut run: impl FnMut(&mut dyn Write) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let (give, made) = channel();
    let outcome = queue(store, move |tx| {
        give.send(run(tx)?).unwrap();
        Ok(())
    });
    told(&outcome).map(|()| made.try_recv().unwrap())
}

/// The store's writer, busy with a change of the test's until it is released or dropped.
pub struct Held {
    release: Option<Sender<()>>,
    outcome: Receiver<Result<(), Error>>,
}

impl Held {
    /// Returns once the writer is inside a change that `run` has made and that does not end.
    pub fn with(store: &dyn Store, mut run: impl FnMut(&mut dyn Write) -> Result<(), Error> + Send + 'static) -> Held {
        let (release, released) = channel();
        let (report, begun) = channel();
        let outcome = queue(store, move |tx| {
            run(tx)?;
            // It may be run again, and only the first time somebody listens.
            let _ = report.send(());
            // An error means that the test dropped its end, which releases as well.
            let _ = released.recv_timeout(PATIENCE);
            Ok(())
        });
        begun.recv_timeout(PATIENCE).expect("the writer did not begin");
        Held { release: Some(release), outcome }
    }

    /// The same with a change that changes nothing.
    pub fn writer(store: &dyn Store) -> Held {
        Held::with(store, |_| Ok(()))
    }

    /// Lets the writer go on, and waits for the outcome of the change that held it.
    pub fn release(mut self) -> Result<(), Error> {
        drop(self.release.take());
        told(&self.outcome)
    }
}

/// Asks again and again until the answer is there.
pub fn patiently<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(begun.elapsed() < PATIENCE, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
