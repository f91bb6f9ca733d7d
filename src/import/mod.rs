//! What an import reads and an export writes: files in four formats, the names of their columns, and maps from other systems' columns to
//! ours.
//!
//! What becomes of a row is not known here, nor what a cell may hold: cells are texts, and an empty one is a missing one.

pub mod files;
pub mod map;
pub mod remote;
pub mod report;
pub mod run;
pub mod schema;
pub mod target;
