//! What threads hand each other, in thousands of orders that a scheduler chooses (shuttle). These are models: they have the structure of
//! `store/sqlite/writer.rs`, `store/sqlite/people.rs` with `reader.rs`, `login/verified.rs` with `dispatch/jobs.rs`, and `login/hasher.rs`, line by line where threads meet, with a
//! number where these have a job. The sources themselves use `std` and SQLite, which no scheduler can hold; to put other types
//! into them for tests would make them harder to read than these models are to keep in step. That the sources do what the models say is
//! for `tests/it/store/jobs.rs`, `tests/it/overload/` and the search in `tests/it/concurrency/`, on real threads.
//!
//! They are a binary of their own because shuttle reports every panic of its process as if it were one of its own.

#![allow(clippy::unwrap_used, reason = "in a test, to stop with the place is to tell what was wrong")]

mod hashers;
mod logins;
mod people;
mod writer;

use shuttle::{check_pct, check_random};

/// Runs a model in many orders: some by chance, some that change their mind seldom, which finds what needs few changes in long runs.
fn in_many_orders(model: impl Fn() + Send + Sync + Copy + 'static) {
    check_random(model, 1500);
    check_pct(model, 500, 3);
}
