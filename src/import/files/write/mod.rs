//! Rows into a file of any of the four formats, as they come. What was written is read back as it was.

mod csv;
mod json;
mod xlsx;
mod xml;

use super::{Format, MOST_COLUMNS};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Why a row cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file cannot be written.
    #[error("the file cannot be written: {0}")]
    File(#[from] io::Error),
    /// The format has no place for what is to be written.
    #[error("row {number}, column {column}: {problem}")]
    Cell {
        /// The row, from 1; 0 for the header.
        number: u64,
        /// The column.
        column: String,
        /// What is wrong with the cell, and what to do.
        problem: String,
    },
}

/// Makes a file for rows that nobody but its owner may read: rows may hold passwords.
pub fn private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

/// Takes rows for a file.
pub trait Writer {
    /// Writes a row, with a cell for each column.
    fn row(&mut self, cells: &[String]) -> Result<(), WriteError>;
    /// Writes what is left; without it the file is not complete.
    fn finish(self: Box<Self>) -> Result<(), WriteError>;
}

/// Begins a file with these columns.
///
/// In CSV and on sheets, cells that a spreadsheet would take for formulas have an apostrophe before them, which the reader takes away.
pub fn write<'w>(format: Format, columns: &[String], out: impl Write + 'w) -> Result<Box<dyn Writer + 'w>, WriteError> {
    if let Some(column) = columns.get(MOST_COLUMNS) {
        return Err(misfit(0, column, format!("a file has at most {MOST_COLUMNS} columns")));
    }
    match format {
        Format::Csv => Ok(Box::new(csv::Csv::new(columns, out)?)),
        Format::Xlsx => Ok(Box::new(xlsx::Xlsx::new(columns, out)?)),
        Format::Xml => Ok(Box::new(xml::Xml::new(columns, out)?)),
        Format::Json => Ok(Box::new(json::Json::new(columns, out)?)),
    }
}

fn misfit(number: u64, column: &str, problem: String) -> WriteError {
    WriteError::Cell { number, column: column.to_owned(), problem }
}
