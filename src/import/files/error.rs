//! Why a file could not be read to its end, with the place. Of single rows that are wrong, the reader tells and goes on.

use std::io;

/// Asks the reader to stop; whoever asks keeps the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop;

/// Why reading ended before the end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The file as a whole cannot be read.
    #[error("{0}")]
    File(String),
    /// From a line on, the file cannot be read.
    #[error("line {line}: {problem}")]
    Line {
        /// The line, from 1.
        line: u64,
        /// What is wrong there, and what to do.
        problem: String,
    },
    /// Whoever was given the rows wanted no more.
    #[error("reading was stopped")]
    Stopped,
}

impl ReadError {
    /// What is wrong from a line on.
    pub(super) fn at(line: u64, problem: impl Into<String>) -> ReadError {
        ReadError::Line { line, problem: problem.into() }
    }
}

impl From<Stop> for ReadError {
    fn from(_: Stop) -> Self {
        ReadError::Stopped
    }
}

/// Readers in between only know errors of input and output; one that carries ours is ours again.
impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<ReadError>()) {
            Some(inner) => inner.clone(),
            None => ReadError::File(format!("the file cannot be read: {error}")),
        }
    }
}

impl From<ReadError> for io::Error {
    fn from(error: ReadError) -> Self {
        io::Error::other(error)
    }
}
