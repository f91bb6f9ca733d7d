//! Rows of texts out of files and into files: CSV, JSON, XML and Excel sheets, each read from its beginning in memory that stays flat.
//!
//! An empty cell and a missing one are the same. What the columns mean is not known here.

mod archive;
mod delimited;
mod delimiter;
mod encoding;
mod error;
mod format;
mod formula;
mod json;
mod meter;
mod objects;
mod sheet;
mod write;
mod xml;

pub use encoding::Encoding;
pub use error::{ReadError, Stop};
pub use format::Format;
pub use write::{WriteError, Writer, private, write};

use encoding::Decoded;
use objects::{Names, Take};
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;
use std::rc::Rc;

/// The most bytes that a row may have, so that memory stays flat.
pub const LONGEST_ROW: usize = 8 * 1024 * 1024;
/// The most columns that a file may have.
pub use crate::domain::import::MOST_COLUMNS;

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// 1 for the first row after the header; rows without any text are not counted.
    pub number: u64,
    /// The line where it begins, from 1; on a sheet, the number of its row.
    pub line: u64,
    /// A cell for each column.
    pub cells: Vec<String>,
}

/// A row that cannot be taken apart; reading goes on after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// What is told of it: its number, its line, and the cells that could be read, which may be more or fewer than there are columns.
    pub record: Record,
    /// What is wrong with it.
    pub problem: String,
}

/// Who is given what is read.
pub trait Rows {
    /// The names of the columns, once, before the first row.
    fn header(&mut self, columns: &[String]) -> Result<(), Stop>;
    /// A row.
    fn row(&mut self, record: Record) -> Result<(), Stop>;
    /// A row that is none.
    fn bad_row(&mut self, row: BadRow) -> Result<(), Stop>;
    /// How far reading has come, before each row: steps done, of how many. JSON and XML are read twice, and count twice.
    fn progress(&mut self, _done: u64, _of: u64) {}
}

/// How a file is to be read; what is left out is found by looking.
#[derive(Debug, Default, Clone)]
pub struct Options {
    /// The format.
    pub format: Option<Format>,
    /// The encoding of a text; else its byte order mark tells, else it is UTF-8.
    pub encoding: Option<Encoding>,
    /// What stands between the cells of a CSV file; else a comma, a semicolon or a tab.
    pub delimiter: Option<u8>,
}

/// Bytes that can be read from any place.
pub trait Input: Read + Seek {}

impl<T: Read + Seek> Input for T {}

/// What is read: a file, or what behaves as one.
pub trait Source {
    /// The bytes from their beginning; asked for once or several times.
    fn open(&self) -> io::Result<Box<dyn Input>>;
    /// How many bytes there are.
    fn length(&self) -> u64;
}

impl Source for Path {
    fn open(&self) -> io::Result<Box<dyn Input>> {
        Ok(Box::new(File::open(self)?))
    }

    fn length(&self) -> u64 {
        self.metadata().map_or(0, |metadata| metadata.len())
    }
}

/// Reads a file from its beginning, in constant memory; each row is given to `rows`.
pub fn read(path: &Path, options: &Options, rows: &mut dyn Rows) -> Result<(), ReadError> {
    let format = match options.format.or_else(|| Format::of(path)) {
        Some(format) => Some(format),
        None => Format::seen(path.open()?)?,
    };
    let format = format.ok_or_else(format::unknown)?;
    read_from(path, format, options, rows)
}

/// Reads what is not a file by its name but is like one; its format has to be known.
pub fn read_from<S: Source + ?Sized>(
    source: &S,
    format: Format,
    options: &Options,
    rows: &mut dyn Rows,
) -> Result<(), ReadError> {
    match format {
        Format::Csv => {
            let progress = Progress::new(0, source.length());
            delimited::read(text(source, options, &progress)?, options.delimiter, rows, &progress)
        }
        Format::Json => twice(source, options, rows, json::read),
        Format::Xml => twice(source, options, rows, xml::read),
        Format::Xlsx => sheet::read(source.open()?, rows),
    }
}

type Text = Decoded<Box<dyn Input>>;

fn text<S: Source + ?Sized>(source: &S, options: &Options, progress: &Progress) -> Result<Text, ReadError> {
    Decoded::new(source.open()?, options.encoding, Rc::clone(&progress.read))
}

/// Reads a text whose columns are told on the way: once for its columns, once for its rows.
fn twice<S: Source + ?Sized>(
    source: &S,
    options: &Options,
    rows: &mut dyn Rows,
    pass: fn(Text, &mut dyn Take) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let length = source.length();
    let progress = Progress::new(0, length * 2);
    let first = text(source, options, &progress)?;
    let mut names = Names::new(rows, progress);
    pass(first, &mut names)?;
    let progress = Progress::new(length, length * 2);
    let second = text(source, options, &progress)?;
    pass(second, &mut names.laid_out(progress)?)
}

/// How far reading has come.
struct Progress {
    /// The bytes of this pass.
    read: Rc<Cell<u64>>,
    /// The bytes of the passes before, and of all.
    before: u64,
    of: u64,
}

impl Progress {
    fn new(before: u64, of: u64) -> Progress {
        Progress { read: Rc::new(Cell::new(0)), before, of }
    }

    fn tell(&self, rows: &mut dyn Rows) {
        rows.progress((self.before + self.read.get()).min(self.of), self.of);
    }
}
