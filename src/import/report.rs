//! What is kept of an import on this side: the report of every row, a file of those that failed, and the first failures for people.

use super::files::{self, Format, Record, WriteError, Writer};
use crate::operations::accounts::records_of_imports::{ImportRowResult, RowOutcome};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// The most failures that are shown at the end.
const SHOWN: usize = 10;
/// The columns of a report.
const COLUMNS: [&str; 9] = ["Row", "Line", "Key", "Outcome", "UserId", "Column", "Code", "Message", "Changed"];

/// A row and what came of it.
pub struct Line<'l> {
    /// The row, as it is in the file.
    pub record: &'l Record,
    /// What came of it.
    pub result: &'l ImportRowResult,
    /// What is wrong with the row itself, so that its cells were not even sent.
    pub problem: Option<&'l str>,
}

/// Why something could not be kept.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {error}")]
pub struct KeepError {
    path: String,
    error: WriteError,
}

/// Keeps what came of rows.
#[derive(Default)]
pub struct Keeper<'k> {
    report: Option<(PathBuf, Box<dyn Writer + 'k>)>,
    failed: Option<(PathBuf, Option<Box<dyn Writer + 'k>>)>,
    columns: usize,
    failures: Vec<String>,
}

impl<'k> Keeper<'k> {
    /// A keeper that writes a report, and the rows that failed, to these files; the ending says in which format.
    pub fn new(report: Option<&Path>, failed: Option<&Path>) -> Result<Self, KeepError> {
        let report = report.map(|path| {
            let columns = COLUMNS.map(str::to_owned);
            writer(path, &columns).map(|writer| (path.to_owned(), writer))
        });
        let failed = failed.map(|path| (path.to_owned(), None));
        Ok(Keeper { report: report.transpose()?, failed, ..Keeper::default() })
    }

    /// Is told the columns of the file.
    pub fn begin(&mut self, columns: &[String]) -> Result<(), KeepError> {
        self.columns = columns.len();
        if let Some((path, rows)) = &mut self.failed {
            *rows = Some(writer(path, columns)?);
        }
        Ok(())
    }

    /// Keeps what came of a row of the file.
    pub fn keep(&mut self, line: &Line<'_>) -> Result<(), KeepError> {
        let Line { record, result, problem } = line;
        let problems = problems(result, *problem);
        if result.outcome == RowOutcome::Failed {
            self.show(&problems, &format!("line {}", record.line));
            if let Some((path, Some(rows))) = &mut self.failed {
                rows.row(&fitted(&record.cells, self.columns)).map_err(|error| cannot(path, error))?;
            }
        }
        self.tell(result, &record.line.to_string(), &problems)
    }

    /// Keeps what became of somebody who was in no row.
    pub fn keep_missing(&mut self, result: &ImportRowResult) -> Result<(), KeepError> {
        let problems = problems(result, None);
        self.show(&problems, &format!("{}, who is missing", result.key.as_deref().unwrap_or_default()));
        self.tell(result, "", &problems)
    }

    fn show(&mut self, problems: &[Problem], place: &str) {
        let room = SHOWN.saturating_sub(self.failures.len());
        self.failures.extend(problems.iter().take(room).map(|(_, _, message)| format!("{place}: {message}")));
    }

    fn tell(&mut self, result: &ImportRowResult, line: &str, problems: &[Problem]) -> Result<(), KeepError> {
        let Some((path, report)) = &mut self.report else { return Ok(()) };
        let nothing = [(String::new(), String::new(), String::new())];
        let user = if result.user_id == 0 { String::new() } else { result.user_id.to_string() };
        for (column, code, message) in if problems.is_empty() { &nothing } else { problems } {
            let cells = [
                result.row.to_string(),
                line.to_owned(),
                result.key.clone().unwrap_or_default(),
                result.outcome.word().to_owned(),
                user.clone(),
                column.clone(),
                code.clone(),
                message.clone(),
                result.changed.as_deref().unwrap_or_default().join(";"),
            ];
            report.row(&cells).map_err(|error| cannot(path, error))?;
        }
        Ok(())
    }

    /// The first failures, as sentences with their places.
    pub fn failures(&self) -> &[String] {
        &self.failures
    }

    /// Writes what is left.
    pub fn finish(self) -> Result<(), KeepError> {
        let failed = self.failed.and_then(|(path, rows)| Some((path, rows?)));
        for (path, writer) in self.report.into_iter().chain(failed) {
            writer.finish().map_err(|error| cannot(&path, error))?;
        }
        Ok(())
    }
}

/// Column, code and sentence of what is wrong.
type Problem = (String, String, String);

fn problems(result: &ImportRowResult, own: Option<&str>) -> Vec<Problem> {
    if let Some(own) = own {
        return vec![(String::new(), "5".to_owned(), own.to_owned())];
    }
    let errors = result.errors.as_deref().unwrap_or_default().iter();
    let told = errors.map(|error| {
        (error.field.clone().unwrap_or_default(), error.code.to_string(), error.message.clone().unwrap_or_default())
    });
    told.collect()
}

/// A cell for each column: those that lack are empty, those that are too many stand in the last one.
fn fitted(cells: &[String], columns: usize) -> Vec<String> {
    let mut fitted: Vec<String> = cells.iter().take(columns).cloned().collect();
    if let (Some(last), Some(rest)) = (fitted.last_mut(), cells.get(columns..)) {
        rest.iter().for_each(|cell| *last = format!("{last} {cell}"));
    }
    fitted.resize(columns, String::new());
    fitted
}

/// A file for rows.
fn writer<'k>(path: &Path, columns: &[String]) -> Result<Box<dyn Writer + 'k>, KeepError> {
    let made = files::private(path)
        .map_err(WriteError::File)
        .and_then(|file| files::write(Format::of(path).unwrap_or(Format::Csv), columns, BufWriter::new(file)));
    made.map_err(|error| cannot(path, error))
}

fn cannot(path: &Path, error: WriteError) -> KeepError {
    KeepError { path: path.display().to_string(), error }
}
