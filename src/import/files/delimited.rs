//! CSV: rows of cells between delimiters, with quotes (RFC 4180) and whatever end of lines.
//!
//! The automaton is csv-core's; that a row has bounds, and where it begins, is ours.

use super::{BadRow, LONGEST_ROW, MOST_COLUMNS, Progress, ReadError, Record, Rows, delimiter, formula};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::io::{BufRead, Cursor, Read};

/// How many bytes are looked at for the delimiter.
const SAMPLE: u64 = 64 * 1024;

/// Reads a text.
pub(super) fn read(
    mut text: impl BufRead,
    delimiter: Option<u8>,
    rows: &mut dyn Rows,
    progress: &Progress,
) -> Result<(), ReadError> {
    let mut sample = Vec::new();
    (&mut text).take(SAMPLE).read_to_end(&mut sample)?;
    let declared = delimiter::declared(&sample);
    let delimiter = delimiter.or(declared.map(|(delimiter, _)| delimiter)).unwrap_or_else(|| delimiter::detected(&sample));
    let mut text = Cursor::new(sample).chain(text);
    let mut line = 1;
    if let Some((_, length)) = declared {
        text.consume(length);
        line = 2;
    }
    let mut table = Table::new(text, delimiter, line);
    let columns = match table.row()? {
        Some((_, cells)) => cells,
        None => return Err(ReadError::File("the file is empty: its first line has to name the columns".to_owned())),
    };
    rows.header(&columns)?;
    let mut number = 0;
    while let Some((line, cells)) = table.row()? {
        number += 1;
        progress.tell(rows);
        let (found, expected) = (cells.len(), columns.len());
        let record = Record { number, line, cells };
        if found == expected {
            rows.row(record)?;
        } else {
            let problem = format!("the row has {found} cells, but the header has {expected}");
            rows.bad_row(BadRow { record, problem })?;
        }
    }
    Ok(())
}

/// The rows of a text.
struct Table<R> {
    text: R,
    reader: Reader,
    /// The cells of the row that is read, one after the other, and where each ends.
    cells: Vec<u8>,
    ends: Vec<usize>,
    line: u64,
    /// Whether the byte before was a CR, after which an LF begins no further line.
    after_cr: bool,
}

impl<R: BufRead> Table<R> {
    fn new(text: R, delimiter: u8, line: u64) -> Table<R> {
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        Table { text, reader, cells: vec![0; 4096], ends: vec![0; MOST_COLUMNS + 1], line, after_cr: false }
    }

    /// The next row that has any text, and its line.
    fn row(&mut self) -> Result<Option<(u64, Vec<String>)>, ReadError> {
        loop {
            if !self.skip_breaks()? {
                return Ok(None);
            }
            let line = self.line;
            let count = self.record(line)?;
            let cells = self.cut(count);
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some((line, cells)));
            }
        }
    }

    /// Goes to the next byte that ends no line; there may be none.
    fn skip_breaks(&mut self) -> Result<bool, ReadError> {
        loop {
            let bytes = self.text.fill_buf()?;
            let length = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let is_over = bytes.is_empty();
            let goes_on = length < bytes.len();
            self.consume(length);
            if is_over || goes_on {
                return Ok(goes_on);
            }
        }
    }

    /// Reads a record and tells how many cells it has.
    fn record(&mut self, line: u64) -> Result<usize, ReadError> {
        let (mut length, mut count) = (0, 0);
        loop {
            let bytes = self.text.fill_buf()?;
            let is_over = bytes.is_empty();
            // A line break ends the last row as it ends any other, unless a quote is open.
            let bytes = if is_over { b"\n" } else { bytes };
            let room = self.cells.get_mut(length..).unwrap_or_default();
            let ends = self.ends.get_mut(count..).unwrap_or_default();
            let (result, read, written, ended) = self.reader.read_record(bytes, room, ends);
            length += written;
            count += ended;
            if !is_over {
                self.consume(read);
            }
            match result {
                ReadRecordResult::Record => return Ok(count),
                ReadRecordResult::InputEmpty if is_over => return Err(ReadError::at(line, UNCLOSED)),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if length < LONGEST_ROW => self.cells.resize((length * 2).min(LONGEST_ROW), 0),
                ReadRecordResult::OutputFull => return Err(too_long(line, self.line)),
                ReadRecordResult::OutputEndsFull => return Err(too_wide(line)),
                ReadRecordResult::End => return Ok(count),
            }
            if count > MOST_COLUMNS {
                return Err(too_wide(line));
            }
        }
    }

    /// The cells of the record that was read.
    fn cut(&self, count: usize) -> Vec<String> {
        let mut begin = 0;
        let ends = self.ends.iter().take(count);
        let cells = ends.map(|end| self.cells.get(std::mem::replace(&mut begin, *end)..*end).unwrap_or_default());
        cells.map(|cell| formula::restored(&String::from_utf8_lossy(cell)).to_owned()).collect()
    }

    fn consume(&mut self, length: usize) {
        let Ok(bytes) = self.text.fill_buf() else { return };
        for byte in bytes.iter().take(length) {
            self.line += u64::from(*byte == b'\r' || (*byte == b'\n' && !self.after_cr));
            self.after_cr = *byte == b'\r';
        }
        self.text.consume(length);
    }
}

const UNCLOSED: &str = "the row that begins here opens a quote that is never closed; close it, or write a quote in a cell twice";

fn too_long(line: u64, end: u64) -> ReadError {
    let limit = LONGEST_ROW / 1024 / 1024;
    match line == end {
        true => ReadError::at(line, format!("the row is longer than {limit} MiB")),
        false => ReadError::at(line, format!("{UNCLOSED} (the row is longer than {limit} MiB)")),
    }
}

fn too_wide(line: u64) -> ReadError {
    ReadError::at(line, format!("the row has more than {MOST_COLUMNS} columns"))
}
