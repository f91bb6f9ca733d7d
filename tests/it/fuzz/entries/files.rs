//! Files of an import: a format in the first line, then the bytes of a file.
//!
//! Rows are numbered, go forward, and have a cell for each column; what was read can be written as JSON and is then read back as it was.

use super::head;
use asmxd::import::files::{BadRow, Format, Input, Options, Record, Rows, Source, Stop, read_from, write};
use std::io::{self, Cursor};

struct Bytes<'b>(&'b [u8]);

impl Source for Bytes<'_> {
    fn open(&self) -> io::Result<Box<dyn Input>> {
        Ok(Box::new(Cursor::new(self.0.to_vec())))
    }

    fn length(&self) -> u64 {
        self.0.len() as u64
    }
}

#[derive(Default)]
struct Found {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    number: u64,
}

impl Found {
    fn next(&mut self, record: &Record) {
        self.number += 1;
        assert_eq!(record.number, self.number, "rows are numbered one by one");
        assert!(record.line > 0, "lines begin at 1");
    }
}

impl Rows for Found {
    fn header(&mut self, columns: &[String]) -> Result<(), Stop> {
        self.columns = columns.to_vec();
        Ok(())
    }

    fn row(&mut self, record: Record) -> Result<(), Stop> {
        self.next(&record);
        assert_eq!(record.cells.len(), self.columns.len(), "a cell for each column");
        assert!(record.cells.iter().any(|cell| !cell.trim().is_empty()), "a row has some text");
        self.rows.push(record.cells);
        Ok(())
    }

    fn bad_row(&mut self, row: BadRow) -> Result<(), Stop> {
        self.next(&row.record);
        assert!(!row.problem.is_empty());
        Ok(())
    }

    fn progress(&mut self, done: u64, of: u64) {
        assert!(done <= of);
    }
}

/// Reads the file, writes what was found, and reads that.
pub fn run(bytes: &[u8]) {
    let (format, file) = head::line(bytes);
    let Some(format) = std::str::from_utf8(format).ok().and_then(|name| Format::named(name.trim())) else { return };
    let mut found = Found::default();
    if let Err(error) = read_from(&Bytes(file), format, &Options::default(), &mut found) {
        assert!(!error.to_string().is_empty());
    }
    // Names that mean the same become one in an object, and custom fields go together.
    let columns: Vec<String> = (0..found.columns.len()).map(|number| format!("c{number}")).collect();
    let mut written = Vec::new();
    let mut writer = write(Format::Json, &columns, &mut written).unwrap();
    found.rows.iter().for_each(|row| writer.row(row).unwrap());
    writer.finish().unwrap();
    let mut again = Found::default();
    read_from(&Bytes(&written), Format::Json, &Options::default(), &mut again).unwrap();
    assert_eq!(again.rows, found.rows);
}
