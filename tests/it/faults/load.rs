//! Several clients at once on a running server, for as long as it is there or as long as they are told.

use super::clients::{Client, Clock, Outcome};
use super::state::inspect;
use crate::cli::program::Program;
use crate::support::Wire;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// How many clients there are.
const CLIENTS: u64 = 4;

/// The clients.
pub struct Load(Vec<Client>);

impl Load {
    /// Clients whose choices follow from the seed.
    pub fn new(seed: u64, wordy: bool) -> Load {
        Load((0..CLIENTS).map(|number| Client::new(&format!("client{number}"), seed.wrapping_add(number << 48), wordy)).collect())
    }

    /// How many calls were made.
    pub fn calls(&self) -> u32 {
        self.0.iter().map(Client::calls).sum()
    }

    /// Lets all call until the server is gone; meanwhile `end` runs, which sees to that.
    pub fn until_gone(&mut self, program: Program, clock: Clock<'_>, end: impl FnOnce(Program)) {
        let connected: Vec<_> = self.0.iter_mut().map(|client| (client, Wire::connect(program.address()))).collect();
        std::thread::scope(|scope| {
            for (client, mut wire) in connected {
                scope.spawn(move || {
                    loop {
                        match client.call(&mut wire, clock) {
                            Outcome::Done => {}
                            Outcome::Gone => return,
                            refused @ Outcome::Refused(_) => panic!("{refused:?}"),
                        }
                    }
                });
            }
            end(program);
        });
    }

    /// Lets all call for as long as `meanwhile` runs; answers the codes of what was refused.
    pub fn during(&mut self, program: &Program, meanwhile: impl FnOnce()) -> Vec<i32> {
        let over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let calling: Vec<_> = self
                .0
                .iter_mut()
                .map(|client| (client, Wire::connect(program.address())))
                .map(|(client, mut wire)| scope.spawn(|| refusals(client, move |client| client.call(&mut wire, &|| 0), &over)))
                .collect();
            meanwhile();
            over.store(true, Ordering::Relaxed);
            calling.into_iter().flat_map(|client| client.join().unwrap()).collect()
        })
    }

    /// Fails unless the file is sound and holds what it may when the clock stood at `now`.
    pub fn check(&self, database: &Path, now: u64) -> Result<(), String> {
        let all = inspect(database)?;
        self.0.iter().try_for_each(|client| client.recognize(&all, now).map(drop))
    }

    /// The same, and goes on from what is there.
    pub fn check_and_adopt(&mut self, database: &Path, now: u64) -> Result<(), String> {
        let all = inspect(database)?;
        for client in &mut self.0 {
            let people = client.recognize(&all, now)?;
            client.adopt(people, now);
        }
        Ok(())
    }
}

/// Calls until it is over, and once more, and answers the codes of what was refused.
fn refusals(client: &mut Client, mut call: impl FnMut(&mut Client) -> Outcome, over: &AtomicBool) -> Vec<i32> {
    let mut codes = Vec::new();
    loop {
        let last = over.load(Ordering::Relaxed);
        match call(client) {
            Outcome::Done => {}
            Outcome::Refused(code) => codes.push(code),
            Outcome::Gone => panic!("the server is gone"),
        }
        if last {
            return codes;
        }
    }
}
