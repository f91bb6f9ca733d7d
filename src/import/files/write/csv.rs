//! CSV as RFC 4180 has it, in UTF-8 with a byte order mark: without one, Excel takes a file for windows-1252.

use super::{WriteError, Writer};
use crate::import::files::formula;
use csv::{Terminator, WriterBuilder};
use std::io::{self, Write};

/// A file that is written.
pub(super) struct Csv<W: Write> {
    writer: csv::Writer<W>,
}

impl<W: Write> Csv<W> {
    /// Writes the header.
    pub fn new(columns: &[String], mut out: W) -> Result<Csv<W>, WriteError> {
        out.write_all("\u{FEFF}".as_bytes())?;
        let mut csv = Csv { writer: WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out) };
        csv.row(columns)?;
        Ok(csv)
    }
}

impl<W: Write> Writer for Csv<W> {
    fn row(&mut self, cells: &[String]) -> Result<(), WriteError> {
        let cells = cells.iter().map(|cell| formula::neutral(cell));
        self.writer.write_record(cells.map(|cell| cell.into_owned())).map_err(|error| WriteError::File(io::Error::from(error)))
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        Ok(self.writer.flush()?)
    }
}
