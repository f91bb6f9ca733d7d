//! The queue of the hasher threads: nobody sleeps while there is something to do, claims leave a thread free, and the end waits for all.

use super::in_many_orders;
use shuttle::sync::{Arc, Condvar, Mutex};
use shuttle::thread::spawn;

const THREADS: usize = 2;
const MOST_CLAIMS: usize = THREADS.div_ceil(2);

#[derive(Default)]
struct State {
    known: usize,
    waiting_claims: usize,
    claims: usize,
    closed: bool,
    done: usize,
}

#[derive(Default)]
struct Queue {
    state: Mutex<State>,
    news: Condvar,
}

impl Queue {
    fn put(&self, is_claim: bool) {
        let mut state = self.state.lock().unwrap();
        if is_claim {
            state.waiting_claims += 1
        } else {
            state.known += 1
        }
        drop(state);
        self.news.notify_all();
    }

    /// Whether what was taken is a claim.
    fn take(&self) -> Option<bool> {
        let mut state = self.state.lock().unwrap();
        loop {
            if state.known > 0 {
                state.known -= 1;
                return Some(false);
            }
            if state.waiting_claims > 0 && state.claims < MOST_CLAIMS {
                state.waiting_claims -= 1;
                state.claims += 1;
                assert!(state.claims <= MOST_CLAIMS);
                return Some(true);
            }
            if state.closed && state.known + state.waiting_claims == 0 {
                return None;
            }
            state = self.news.wait(state).unwrap();
        }
    }

    fn run(&self) {
        while let Some(is_claim) = self.take() {
            shuttle::thread::yield_now();
            self.state.lock().unwrap().done += 1;
            if is_claim {
                self.state.lock().unwrap().claims -= 1;
                self.news.notify_all();
            }
        }
    }

    fn close(&self) {
        self.state.lock().unwrap().closed = true;
        self.news.notify_all();
    }
}

#[test]
fn all_that_was_queued_is_done_and_all_threads_end() {
    in_many_orders(|| {
        let queue = Arc::new(Queue::default());
        let threads: Vec<_> = (0..THREADS).map(|_| Arc::clone(&queue)).map(|queue| spawn(move || queue.run())).collect();
        let callers = [[true, true], [false, true]].map(|claims| {
            let queue = Arc::clone(&queue);
            spawn(move || claims.into_iter().for_each(|is_claim| queue.put(is_claim)))
        });
        callers.into_iter().for_each(|caller| caller.join().unwrap());
        queue.close();
        // A thread that slept on would be a deadlock, which the scheduler reports.
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        let state = queue.state.lock().unwrap();
        assert_eq!((state.done, state.claims), (4, 0));
    });
}
