//! A sheet of an Excel workbook: the first one that has any cell with a text. Its first such row names the columns.
//!
//! A cell is what a person sees of it, as a text: whole numbers without decimals, days and times as ISO 8601, of a formula its last value.

use super::{BadRow, Input, LONGEST_ROW, MOST_COLUMNS, ReadError, Record, Rows, archive, formula};
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx, XlsxCellReader, XlsxError};
use std::fs::File;
use std::io::{BufReader, Read, Seek};

/// Reads a workbook.
pub(super) fn read(input: Box<dyn Input>, rows: &mut dyn Rows) -> Result<(), ReadError> {
    let mut workbook: Xlsx<BufReader<File>> = Xlsx::new(BufReader::new(archive::measured(input)?)).map_err(unreadable)?;
    let sheets = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    for name in names {
        let cells = workbook.worksheet_cells_reader(&name).map_err(unreadable)?;
        let last = u64::from(cells.dimensions().end.0) + 1;
        let mut sheet = Sheet { cells, ahead: None, total: last, ended: false };
        if let Some(header) = sheet.row()? {
            return sheet.read(header, rows);
        }
    }
    Err(ReadError::File("the workbook has no cells: the first row of a sheet has to name the columns".to_owned()))
}

/// A row of cells up to the last one with any text.
#[derive(Default)]
struct Row {
    line: u64,
    cells: Vec<String>,
    problem: Option<String>,
}

struct Sheet<'w, R: Read + Seek> {
    cells: XlsxCellReader<'w, R>,
    /// The first cell of the next row, which tells that a row is over.
    ahead: Option<(u64, usize, Text)>,
    /// How many rows the sheet says that it has.
    total: u64,
    /// Whether the last cell was read, after which none may be asked for.
    ended: bool,
}

/// A cell's text, or what is wrong with it.
type Text = Result<String, String>;

impl<R: Read + Seek> Sheet<'_, R> {
    fn read(mut self, header: Row, rows: &mut dyn Rows) -> Result<(), ReadError> {
        if let Some(problem) = header.problem {
            return Err(ReadError::at(header.line, problem));
        }
        let columns = header.cells;
        rows.header(&columns)?;
        let mut number = 0;
        while let Some(row) = self.row()? {
            number += 1;
            rows.progress(row.line.min(self.total), self.total);
            let Row { line, mut cells, problem } = row;
            let (found, expected) = (cells.len(), columns.len());
            cells.resize(found.max(expected), String::new());
            let ragged = (found > expected).then(|| format!("the row has {found} cells, but the header has {expected}"));
            let record = Record { number, line, cells };
            match problem.or(ragged) {
                None => rows.row(record)?,
                Some(problem) => rows.bad_row(BadRow { record, problem })?,
            }
        }
        Ok(())
    }

    /// The next row that has any text.
    fn row(&mut self) -> Result<Option<Row>, ReadError> {
        loop {
            let Some((line, column, text)) = self.next()? else { return Ok(None) };
            let (mut row, mut length) = (Row { line, ..Row::default() }, 0);
            let mut next = Some((line, column, text));
            while let Some((_, column, text)) = next.take_if(|(found, ..)| *found == line) {
                length += text.as_ref().map_or(0, String::len);
                if column >= MOST_COLUMNS {
                    return Err(ReadError::at(line, format!("the row has more than {MOST_COLUMNS} columns")));
                }
                if length > LONGEST_ROW {
                    return Err(ReadError::at(line, format!("the row is longer than {} MiB", LONGEST_ROW / 1024 / 1024)));
                }
                row.put(column, text);
                next = self.next()?;
            }
            self.ahead = next;
            if row.problem.is_some() || row.cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some(row));
            }
        }
    }

    /// The next cell that has a text: its row from 1, its column from 0.
    fn next(&mut self) -> Result<Option<(u64, usize, Text)>, ReadError> {
        if let Some(cell) = self.ahead.take() {
            return Ok(Some(cell));
        }
        if self.ended {
            return Ok(None);
        }
        while let Some(cell) = self.cells.next_cell().map_err(unreadable)? {
            let (row, column) = cell.get_position();
            let text = text(cell.get_value());
            if text.as_ref().is_ok_and(String::is_empty) {
                continue;
            }
            return Ok(Some((u64::from(row) + 1, usize::try_from(column).unwrap_or(usize::MAX), text)));
        }
        self.ended = true;
        Ok(None)
    }
}

impl Row {
    fn put(&mut self, column: usize, text: Text) {
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        match text {
            Ok(text) => self.cells.iter_mut().skip(column).take(1).for_each(|cell| cell.clone_from(&text)),
            Err(problem) => {
                let _ =
                    self.problem.get_or_insert_with(|| format!("the cell in column {} holds the error {problem}", column + 1));
            }
        }
    }
}

fn text(value: &DataRef<'_>) -> Text {
    Ok(match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => formula::restored(text).to_owned(),
        DataRef::SharedString(text) => formula::restored(text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(time) => time_of(time),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => return Err(error.to_string()),
    })
}

/// A day, a time or both; a sheet has no zones.
fn time_of(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    match (time.as_f64() < 1.0, hour == 0 && minute == 0 && second == 0) {
        (true, _) => clock,
        (false, true) => format!("{year:04}-{month:02}-{day:02}"),
        (false, false) => format!("{year:04}-{month:02}-{day:02}T{clock}"),
    }
}

fn unreadable(error: XlsxError) -> ReadError {
    ReadError::File(format!("the workbook cannot be read: {error}; open it in Excel and save it again, or as CSV"))
}
