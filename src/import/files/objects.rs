//! Rows out of formats that tell their columns only on the way: a first pass collects the names, a second lays out the rows.

use super::{BadRow, MOST_COLUMNS, Progress, ReadError, Record, Rows, Stop};
use crate::domain::column::CUSTOM_FIELDS;
use std::collections::{HashMap, HashSet};

/// What one person is in such a file.
#[derive(Debug, Default)]
pub(super) struct Object {
    /// The line where it begins.
    pub line: u64,
    /// Names and values, in their order.
    pub members: Vec<(String, String)>,
    /// The first thing that is wrong with it.
    pub problem: Option<String>,
}

impl Object {
    /// One that begins in this line.
    pub fn new(line: u64) -> Object {
        Object { line, ..Object::default() }
    }

    /// Adds a member; the name of a custom field gets its prefix.
    pub fn push(&mut self, name: &str, value: String, is_custom: bool) {
        let name = if is_custom { format!("{CUSTOM_FIELDS}{name}") } else { name.to_owned() };
        // One too many is kept, so that the columns are too many as well.
        if self.members.len() <= MOST_COLUMNS {
            self.members.push((name, value));
        }
    }

    /// Notes what is wrong, unless something was before.
    pub fn is_wrong(&mut self, problem: impl FnOnce() -> String) {
        self.problem.get_or_insert_with(problem);
    }
}

/// Takes objects as they are read.
pub(super) trait Take {
    /// Takes the next one.
    fn take(&mut self, object: Object) -> Result<(), ReadError>;
}

/// The first pass: the names of all members, in the order in which they first come.
pub(super) struct Names<'r> {
    rows: &'r mut dyn Rows,
    progress: Progress,
    names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Take for Names<'_> {
    fn take(&mut self, object: Object) -> Result<(), ReadError> {
        self.progress.tell(self.rows);
        for (name, _) in object.members {
            if self.places.contains_key(&name) {
                continue;
            }
            if self.names.len() == MOST_COLUMNS {
                return Err(ReadError::at(object.line, format!("there are more than {MOST_COLUMNS} columns up to here")));
            }
            self.places.insert(name.clone(), self.names.len());
            self.names.push(name);
        }
        Ok(())
    }
}

impl<'r> Names<'r> {
    /// None so far.
    pub fn new(rows: &'r mut dyn Rows, progress: Progress) -> Names<'r> {
        Names { rows, progress, names: Vec::new(), places: HashMap::new() }
    }

    /// The second pass, for which the header is told.
    pub fn laid_out(self, progress: Progress) -> Result<Layout<'r>, Stop> {
        self.rows.header(&self.names)?;
        Ok(Layout { rows: self.rows, progress, columns: self.names.len(), places: self.places, number: 0 })
    }
}

/// The second pass: each object becomes a row.
pub(super) struct Layout<'r> {
    rows: &'r mut dyn Rows,
    progress: Progress,
    columns: usize,
    places: HashMap<String, usize>,
    number: u64,
}

impl Take for Layout<'_> {
    fn take(&mut self, mut object: Object) -> Result<(), ReadError> {
        let mut cells = vec![String::new(); self.columns];
        let mut seen = HashSet::new();
        for (name, value) in std::mem::take(&mut object.members) {
            let Some(at) = self.places.get(&name) else {
                return Err(ReadError::at(object.line, "the file was changed while it was read"));
            };
            if !seen.insert(*at) {
                object.is_wrong(|| format!("'{name}' stands there twice"));
            }
            cells.iter_mut().skip(*at).take(1).for_each(|cell| cell.clone_from(&value));
        }
        if object.problem.is_none() && cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        self.number += 1;
        self.progress.tell(self.rows);
        let record = Record { number: self.number, line: object.line, cells };
        match object.problem {
            None => self.rows.row(record)?,
            Some(problem) => self.rows.bad_row(BadRow { record, problem })?,
        }
        Ok(())
    }
}
