//! People in memory beside the writer: a view never mixes two states, never goes back behind what was answered before it began, and
//! what it remembers is never of a state that is over.

#![allow(clippy::indexing_slicing, reason = "of two people, which the tests name")]

use super::in_many_orders;
use shuttle::sync::atomic::{AtomicU64, Ordering};
use shuttle::sync::{Arc, Mutex};
use shuttle::thread::spawn;

/// Two people, each as the number of the last change that touched it.
type State = [u64; 2];

/// What is known of a person: its state, and after how many commits it was read.
type Known = Option<(u64, u64)>;

#[derive(Default)]
struct Desk {
    /// Every state that was committed; what a snapshot reads is the last.
    states: Mutex<Vec<State>>,
    clock: AtomicU64,
    memory: [Mutex<Known>; 2],
    answered: AtomicU64,
}

/// A view: its window, its snapshot once it is open, and whether it took something from memory.
struct View<'d> {
    desk: &'d Desk,
    window: Option<u64>,
    snapshot: Option<State>,
    took: bool,
}

impl View<'_> {
    fn person(&mut self, which: usize) -> u64 {
        if let Some(window) = self.window {
            let known = *self.desk.memory[which].lock().unwrap();
            if let Some((state, _)) = known.filter(|(_, since)| *since <= window / 3) {
                self.took = true;
                return state;
            }
        }
        let now = || *self.desk.states.lock().unwrap().last().unwrap();
        let state = self.snapshot.get_or_insert_with(now)[which];
        if let Some(window) = self.window {
            let mut memory = self.desk.memory[which].lock().unwrap();
            if window.is_multiple_of(3) && self.desk.clock.load(Ordering::SeqCst) == window {
                *memory = Some((state, window / 3));
            }
        }
        state
    }

    fn is_torn(&self) -> bool {
        let begun = |clock: u64| clock.div_ceil(3);
        let now = self.desk.clock.load(Ordering::SeqCst);
        self.snapshot.is_some() && self.took && self.window.is_some_and(|window| begun(now) != begun(window))
    }
}

impl Desk {
    fn open() -> Arc<Desk> {
        Arc::new(Desk { states: Mutex::new(vec![[0, 0]]), ..Desk::default() })
    }

    fn view(&self, order: [usize; 2]) -> State {
        let clock = self.clock.load(Ordering::SeqCst);
        let mut window = Some(clock).filter(|clock| clock % 3 != 1);
        loop {
            let mut view = View { desk: self, window, snapshot: None, took: false };
            let mut found = [0, 0];
            order.into_iter().for_each(|which| found[which] = view.person(which));
            if !view.is_torn() {
                return found;
            }
            window = None;
        }
    }

    /// A change of some of the people, from the writer's thread alone.
    fn commit(&self, number: u64, touched: &[usize]) {
        self.clock.fetch_add(1, Ordering::SeqCst);
        touched.iter().for_each(|which| *self.memory[*which].lock().unwrap() = None);
        self.clock.fetch_add(1, Ordering::SeqCst);
        {
            let mut states = self.states.lock().unwrap();
            let mut next = *states.last().unwrap();
            touched.iter().for_each(|which| next[*which] = number);
            states.push(next);
        }
        self.clock.fetch_add(1, Ordering::SeqCst);
        self.answered.store(number, Ordering::SeqCst);
    }
}

#[test]
fn a_view_is_of_one_state_and_never_behind_what_was_answered() {
    in_many_orders(|| {
        let desk = Desk::open();
        let readers = [[0, 1], [1, 0], [0, 1]].map(|order| {
            let desk = Arc::clone(&desk);
            spawn(move || {
                let mut last = 0;
                for _ in 0..3 {
                    let answered = usize::try_from(desk.answered.load(Ordering::SeqCst)).unwrap();
                    let found = desk.view(order);
                    let states = desk.states.lock().unwrap();
                    let at = states.iter().rposition(|state| *state == found);
                    let at = at.unwrap_or_else(|| panic!("{found:?} never was: {states:?}"));
                    assert!(at >= answered.max(last), "{found:?} was over when the view began: {states:?}");
                    last = at;
                }
            })
        });
        let writer = {
            let desk = Arc::clone(&desk);
            spawn(move || [(1, &[0, 1][..]), (2, &[0]), (3, &[1]), (4, &[0, 1])].map(|(number, who)| desk.commit(number, who)))
        };
        readers.into_iter().for_each(|reader| reader.join().unwrap());
        writer.join().unwrap();
        let last = *desk.states.lock().unwrap().last().unwrap();
        assert_eq!((desk.view([0, 1]), desk.view([1, 0])), (last, last));
    });
}
