//! JSON: an array with an object in each line. Values are texts, lists arrays of texts, and custom fields stand in an object of their own.

use super::{WriteError, Writer};
use crate::domain::column::{CUSTOM_FIELDS, SEPARATOR, custom_field, is_list};
use serde::Serialize;
use std::io::{self, Write};

/// A file that is written.
pub(super) struct Json<W: Write> {
    out: W,
    columns: Vec<String>,
    number: u64,
}

impl<W: Write> Json<W> {
    /// Begins the array.
    pub fn new(columns: &[String], mut out: W) -> Result<Json<W>, WriteError> {
        out.write_all(b"[")?;
        Ok(Json { out, columns: columns.to_vec(), number: 0 })
    }
}

impl<W: Write> Writer for Json<W> {
    fn row(&mut self, cells: &[String]) -> Result<(), WriteError> {
        self.number += 1;
        let (mut members, mut fields) = (Vec::new(), Vec::new());
        // The first object names all columns; in the others, what is empty is left out.
        let is_first = self.number == 1;
        for (column, cell) in self.columns.iter().zip(cells).filter(|(_, cell)| is_first || !cell.is_empty()) {
            match custom_field(column) {
                Some(field) => fields.push(member(field, cell)?),
                None if is_list(column) => members.push(member(column, &cell.split(SEPARATOR).collect::<Vec<_>>())?),
                None => members.push(member(column, cell)?),
            }
        }
        if !fields.is_empty() {
            members.push(format!("\"{}\":{{{}}}", CUSTOM_FIELDS.trim_end_matches('.'), fields.join(",")));
        }
        let separator = if is_first { "" } else { "," };
        Ok(write!(self.out, "{separator}\n{{{}}}", members.join(","))?)
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        self.out.write_all(b"\n]\n")?;
        Ok(self.out.flush()?)
    }
}

/// A member of an object, whose members keep their order because each is written by itself.
fn member(name: &str, value: &impl Serialize) -> io::Result<String> {
    Ok(format!("{}:{}", serde_json::to_string(name)?, serde_json::to_string(value)?))
}
