//! The promise of `docs/durability.md` against the real program: killed in the middle of everything, without power, on a disk that
//! is full or fails, behind a lock, and with a damaged file.
//!
//! `FAULTS_SEED` chooses chance again as it was, as far as the machine's own timing lets it, and `FAULTS_ROUNDS` how often each is tried.

mod clients;
mod damage;
mod disk;
mod image;
mod kill;
mod load;
mod lock;
mod power;
mod state;
mod trouble;

use crate::cli::program::Program;
use crate::cli::{SECRET, call};
use crate::support::{Chance, newcomer};

/// A number from the environment.
fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable}={text} is no number")))
}

/// How often to try: as the environment says, or this often.
fn rounds(usual: u64) -> u64 {
    number("FAULTS_ROUNDS").unwrap_or(usual)
}

/// Another number in each run, unless the environment chooses it; it is printed, so that a failure can be had again.
fn seed() -> u64 {
    let seed = number("FAULTS_SEED").unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        Chance::new(u64::try_from(now.as_nanos()).unwrap()).next() >> 32
    });
    println!("FAULTS_SEED={seed}");
    seed
}

/// The code of making a person.
fn create(program: &Program, name: &str) -> i32 {
    call(program, "admin", SECRET, "CreateUser2", &newcomer(name)).code()
}
