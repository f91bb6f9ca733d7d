//! The entry points of the fuzz targets, which live with the tests: `cargo test` runs them as well.

#[path = "../../tests/it/fuzz/entries/mod.rs"]
pub mod entries;
#[path = "../../tests/it/support/people.rs"]
mod people;

/// What the entries use of the tests' support.
mod support {
    pub use crate::people::{cheap, populate};
}
