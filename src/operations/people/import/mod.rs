//! Batch imports: rows become the same changes that single operations ask for, and are made by the same code.
//!
//! `columns` says what a column means, `row` makes a row's cells ready off the writer, `apply` makes or changes its person, `job` takes
//! rows in their order and keeps what came of them, `missing` ends a sync. Files and their forms are not known here.

mod apply;
mod columns;
mod groups;
mod job;
mod missing;
mod row;

pub use columns::{Columns, Target, column_of};
pub use groups::{Labels, groups_of_user, labels};
pub use job::{Batch, PreparedBatch, Taken, append, job, notice, open, prepare, whole};
pub use missing::{Ending, end, prepare_end};
pub use row::Cells;
