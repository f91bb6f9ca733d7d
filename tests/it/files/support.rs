//! What the tests of files share: texts as sources, and what was read as plain values.

use asmxd::import::files::{BadRow, Format, Input, Options, ReadError, Record, Rows, Source, Stop, read_from};
use std::io::{self, Cursor};

/// Bytes in memory as a source.
pub struct Bytes(pub Vec<u8>);

impl Source for Bytes {
    fn open(&self) -> io::Result<Box<dyn Input>> {
        Ok(Box::new(Cursor::new(self.0.clone())))
    }

    fn length(&self) -> u64 {
        self.0.len() as u64
    }
}

/// All that was read.
#[derive(Debug, Default)]
pub struct Found {
    pub columns: Vec<String>,
    pub rows: Vec<Record>,
    pub bad: Vec<BadRow>,
    pub progress: Vec<(u64, u64)>,
}

impl Found {
    /// The cells alone.
    pub fn cells(&self) -> Vec<Vec<&str>> {
        self.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect()
    }

    /// Where the rows begin.
    pub fn lines(&self) -> Vec<u64> {
        self.rows.iter().map(|row| row.line).collect()
    }
}

impl Rows for Found {
    fn header(&mut self, columns: &[String]) -> Result<(), Stop> {
        assert!(self.columns.is_empty(), "the header came twice");
        self.columns = columns.to_vec();
        Ok(())
    }

    fn row(&mut self, record: Record) -> Result<(), Stop> {
        assert_eq!(record.cells.len(), self.columns.len());
        self.rows.push(record);
        Ok(())
    }

    fn bad_row(&mut self, row: BadRow) -> Result<(), Stop> {
        self.bad.push(row);
        Ok(())
    }

    fn progress(&mut self, done: u64, of: u64) {
        assert!(done <= of, "{done} of {of}");
        self.progress.push((done, of));
    }
}

/// What is found in some bytes, and the error at the end.
pub fn found_with(format: Format, bytes: impl AsRef<[u8]>, options: &Options) -> (Found, Result<(), ReadError>) {
    let mut found = Found::default();
    let result = read_from(&Bytes(bytes.as_ref().to_vec()), format, options, &mut found);
    (found, result)
}

/// What is found in bytes without an error.
pub fn found(format: Format, bytes: impl AsRef<[u8]>) -> Found {
    let (found, result) = found_with(format, bytes, &Options::default());
    assert_eq!(result, Ok(()));
    found
}

/// The text of the error that ends reading.
pub fn refused(format: Format, bytes: impl AsRef<[u8]>) -> String {
    let (_, result) = found_with(format, bytes, &Options::default());
    result.unwrap_err().to_string()
}
