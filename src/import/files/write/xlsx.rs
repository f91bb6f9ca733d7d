//! A workbook with one sheet, whose cells are all texts, so that no zero in front and no long number is lost.

use super::{WriteError, Writer, misfit};
use crate::import::files::formula;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::io::{self, Seek, Write};

/// A file that is written. Rows go to a file without a name as they come; it is copied to where it shall be at the end.
pub(super) struct Xlsx<W: Write> {
    out: W,
    workbook: Workbook,
    columns: Vec<String>,
    number: u32,
}

impl<W: Write> Xlsx<W> {
    /// Writes the header.
    pub fn new(columns: &[String], out: W) -> Result<Xlsx<W>, WriteError> {
        let mut workbook = Workbook::new();
        workbook.add_worksheet_with_constant_memory().map_err(|error| misfit(0, "", error.to_string()))?;
        let mut xlsx = Xlsx { out, workbook, columns: columns.to_vec(), number: 0 };
        xlsx.row(columns)?;
        Ok(xlsx)
    }
}

impl<W: Write> Writer for Xlsx<W> {
    fn row(&mut self, cells: &[String]) -> Result<(), WriteError> {
        let number = u64::from(self.number);
        // `@` is the format by which a sheet takes what is entered for a text.
        let text = Format::new().set_num_format("@");
        let sheet = self.workbook.worksheet_from_index(0).map_err(|error| misfit(number, "", error.to_string()))?;
        for ((column, cell), at) in self.columns.iter().zip(cells).zip(0..) {
            let written = sheet.write_string_with_format(self.number, at, formula::neutral(cell), &text);
            written.map_err(|error| misfit(number, column, told(&error)))?;
        }
        self.number += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        let mut file = tempfile::tempfile()?;
        self.workbook.save_to_writer(&mut file).map_err(|error| WriteError::File(io::Error::other(error.to_string())))?;
        file.rewind()?;
        io::copy(&mut file, &mut self.out)?;
        Ok(self.out.flush()?)
    }
}

fn told(error: &XlsxError) -> String {
    match error {
        XlsxError::MaxStringLengthExceeded => {
            "a cell of a sheet holds at most 32,767 characters; write CSV or JSON instead".to_owned()
        }
        XlsxError::RowColumnLimitError => "a sheet holds at most 1,048,576 rows; write CSV or JSON instead".to_owned(),
        other => other.to_string(),
    }
}
