//! An import from a file to a target, twice through the file: once to know it, once to send its rows.
//!
//! Resuming is nothing special: the rows are sent again from the beginning, and the target answers of those that it took already what came
//! of them then. How the progress is shown is not known here.

use super::files::{self, BadRow, Options, ReadError, Record, Rows, Stop};
use super::map::{Map, Mapping};
use super::report::{Keeper, Line};
use super::target::{Refusal, Target};
use crate::contract::Secret;
use crate::domain::column::{self, PASSWORD_HASH};
use crate::domain::import::MOST_ROWS;
use crate::operations::accounts::StartImport;
use crate::operations::accounts::records_of_imports::{
    Import, ImportMode, ImportOptions, ImportResult, ImportRow, ImportState, RowOutcome,
};
use crate::wire::xml::first_forbidden;
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The most bytes of cells that are sent at once, whatever number of rows that is.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// The most cells that are sent at once, within the number of elements that a server takes.
const MOST_CELLS: usize = 100_000;

/// What is to be imported, and how.
pub struct Plan<'p> {
    /// The file.
    pub file: &'p Path,
    /// How it is read.
    pub options: Options,
    /// How its columns become ours.
    pub map: Map,
    /// What rows may do.
    pub mode: ImportMode,
    /// The finer points.
    pub finer: ImportOptions,
    /// Whether the blanks around cells are taken away, but for passwords.
    pub trim: bool,
    /// Whether every part is undone by the target.
    pub rehearse: bool,
    /// How many rows are sent at once.
    pub chunk: usize,
    /// Whether an import of this file that was broken off is gone on with.
    pub resume: bool,
}

/// What is known of a file before any of it is sent.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Known {
    /// SHA-256 of its bytes in hexadecimal, and after a hyphen what tells whether it is read in the same way.
    pub fingerprint: String,
    /// Its columns, as ours.
    pub columns: Vec<String>,
    /// How many rows it has.
    pub rows: u64,
    /// How many of them hold a password that has to be hashed.
    pub to_hash: u64,
    /// The bytes of all cells.
    pub bytes: u64,
}

impl Known {
    /// Whether one call of a server takes all rows. A map may make several cells out of one, so there is some room to spare.
    pub fn fits_one_call(&self) -> bool {
        let cells = self.rows.saturating_mul(self.columns.len() as u64);
        self.rows <= MOST_ROWS as u64 && cells <= MOST_CELLS as u64 && self.bytes.saturating_mul(4) <= MOST_BYTES as u64
    }
}

/// Why an import did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The file, the map or the columns are wrong.
    Use(String),
    /// The target refused or could not be reached, or a file could not be read or written.
    Run(String),
    /// It was asked to stop; the import with this many rows taken can be gone on with.
    Stopped(i32),
}

impl From<Refusal> for Broken {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Refused(5, message) => Broken::Use(message),
            other => Broken::Run(other.to_string()),
        }
    }
}

/// Who is told how an import goes.
pub trait Watcher {
    /// Rows were taken, of so many.
    fn taken(&mut self, import: &Import, of: u64);
    /// Whether the import is to stop after what was sent.
    fn stops(&self) -> bool;
}

/// Reads the file once, to know what is in it.
pub fn know(plan: &Plan<'_>) -> Result<Known, Broken> {
    let mut counting = Counting { map: &plan.map, mapping: None, wrong: None, known: Known::default() };
    let read = files::read(plan.file, &plan.options, &mut counting);
    if let Some(wrong) = counting.wrong {
        return Err(Broken::Use(wrong));
    }
    read.map_err(|error| unreadable(plan.file, &error))?;
    let of_file = hash_of_file(plan.file).map_err(|error| Broken::Run(format!("{}: {error}", plan.file.display())))?;
    let how = hexadecimal(&Sha256::digest(format!("{:?} {:?} {}", plan.options, plan.map, plan.trim)));
    let fingerprint = format!("{of_file}-{}", how.get(..16).unwrap_or_default());
    Ok(Known { fingerprint, ..counting.known })
}

/// Imports the file. What came of each row is given to `keeper`; the answer is the import as it then is.
pub fn run(
    plan: &Plan<'_>,
    known: &Known,
    target: &mut dyn Target,
    keeper: &mut Keeper<'_>,
    watcher: &mut dyn Watcher,
) -> Result<Import, Broken> {
    let import = begin(plan, known, target)?;
    let chunk = plan.chunk.min(MOST_CELLS / known.columns.len().max(1)).max(1);
    let mut sending =
        Sending { plan, known, target, keeper, watcher, mapping: None, import, chunk, rows: Vec::new(), bytes: 0, broken: None };
    let read = files::read(plan.file, &plan.options, &mut sending).map_err(|error| unreadable(plan.file, &error));
    if let Some(broken) = sending.broken.take() {
        return Err(broken);
    }
    read?;
    sending.flush()?;
    let Sending { mut import, target, keeper, .. } = sending;
    let mut told = i32::try_from(known.rows).unwrap_or(i32::MAX);
    while matches!(import.state, ImportState::Open | ImportState::Ending) {
        import = of(target.finish(import.import_id, plan.finer.most_missing)?)?.0;
    }
    while told < import.rows {
        let page = target.report(import.import_id, told)?.results.unwrap_or_default();
        let Some(last) = page.last() else { break };
        told = last.row;
        page.iter().try_for_each(|result| keeper.keep_missing(result)).map_err(|error| Broken::Run(error.to_string()))?;
    }
    Ok(import)
}

/// Begins an import, or finds the one that is to be gone on with.
fn begin(plan: &Plan<'_>, known: &Known, target: &mut dyn Target) -> Result<Import, Broken> {
    let name = plan.file.file_name().map(|name| name.to_string_lossy().chars().take(200).collect::<String>()).unwrap_or_default();
    let key = if plan.resume {
        let mut earlier = target.imports()?.imports.unwrap_or_default();
        earlier.retain(|import| {
            let is_named = import.name.as_deref() == Some(&name);
            is_named && import.rehearse == plan.rehearse && import.state != ImportState::Cancelled
        });
        let of_file = |fingerprint: &str| fingerprint.split('-').next().map(str::to_owned);
        let is_same = |import: &Import| import.fingerprint.as_deref().and_then(of_file) == of_file(&known.fingerprint);
        // One that was finished just before it was broken off only has to be told of again.
        earlier.retain(|import| import.state != ImportState::Finished || is_same(import));
        let Some(earlier) = earlier.into_iter().next() else {
            return Err(Broken::Run(format!("there is no import of {name} to go on with; leave --resume out to begin one")));
        };
        if !is_same(&earlier) {
            let problem =
                "was changed since its import was begun; put the file back as it was, or leave --resume out to begin anew";
            return Err(Broken::Run(format!("{name} {problem}")));
        }
        earlier.idempotency_key
    } else {
        // Every call may have to be made again, so every import has a key.
        Some(uuid::Uuid::new_v4().to_string())
    };
    let request = StartImport {
        columns: Some(known.columns.clone()),
        mode: Some(plan.mode),
        rehearse: Some(plan.rehearse),
        idempotency_key: key,
        name: Some(name),
        fingerprint: Some(known.fingerprint.clone()),
        options: Some(plan.finer.clone()),
    };
    Ok(of(target.start(request)?)?.0)
}

fn of(result: ImportResult) -> Result<(Import, ImportResult), Broken> {
    let mut result = result;
    let import = result.import.take().ok_or_else(|| Broken::Run("the answer tells of no import".to_owned()))?;
    Ok((import, result))
}

fn unreadable(file: &Path, error: &ReadError) -> Broken {
    Broken::Use(format!("{}: {error}", file.display()))
}

fn hash_of_file(file: &Path) -> io::Result<String> {
    let (mut file, mut hash, mut buffer) = (File::open(file)?, Sha256::new(), vec![0; 64 * 1024]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hexadecimal(&hash.finalize())),
            read => hash.update(buffer.get(..read).unwrap_or_default()),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first time through the file.
struct Counting<'p> {
    map: &'p Map,
    mapping: Option<(Mapping, Vec<usize>)>,
    wrong: Option<String>,
    known: Known,
}

impl Rows for Counting<'_> {
    fn header(&mut self, columns: &[String]) -> Result<(), Stop> {
        match self.map.apply(columns) {
            Ok(mapping) => {
                self.known.columns = mapping.columns().to_vec();
                let secrets = self.known.columns.iter().enumerate().filter(|(_, name)| is_secret(name)).map(|(at, _)| at);
                self.mapping = Some((mapping, secrets.collect()));
                Ok(())
            }
            Err(wrong) => {
                self.wrong = Some(wrong.join("\n"));
                Err(Stop)
            }
        }
    }

    fn row(&mut self, record: Record) -> Result<(), Stop> {
        self.known.rows += 1;
        self.known.bytes += record.cells.iter().map(|cell| cell.len() as u64).sum::<u64>();
        if let Some((mapping, secrets)) = self.mapping.as_ref().filter(|(_, secrets)| !secrets.is_empty()) {
            let cells = mapping.cells(&record.cells);
            self.known.to_hash += u64::from(secrets.iter().filter_map(|at| cells.get(*at)).any(|cell| costs_a_hash(cell)));
        }
        Ok(())
    }

    fn bad_row(&mut self, _: BadRow) -> Result<(), Stop> {
        self.known.rows += 1;
        Ok(())
    }
}

/// Whether a column holds passwords.
fn is_secret(column: &str) -> bool {
    matches!(column::named(column), Some("Password" | PASSWORD_HASH))
}

/// Whether a password takes an Argon2id: it is plain, or its hash is weak.
fn costs_a_hash(cell: &str) -> bool {
    !cell.is_empty() && crate::domain::password::Imported::parse(cell).map_or(true, |imported| imported.is_weak())
}

/// The second time through the file.
struct Sending<'r, 'k> {
    plan: &'r Plan<'r>,
    known: &'r Known,
    target: &'r mut dyn Target,
    keeper: &'r mut Keeper<'k>,
    watcher: &'r mut dyn Watcher,
    mapping: Option<Mapping>,
    import: Import,
    chunk: usize,
    /// What was read and not sent yet: the row as it is in the file, what is wrong with it, and its cells as ours.
    rows: Vec<(Record, Option<String>, Vec<String>)>,
    bytes: usize,
    broken: Option<Broken>,
}

impl Sending<'_, '_> {
    fn add(&mut self, record: Record, problem: Option<String>, cells: Vec<String>) -> Result<(), Stop> {
        self.bytes += cells.iter().map(String::len).sum::<usize>();
        self.rows.push((record, problem, cells));
        if self.rows.len() < self.chunk && self.bytes < MOST_BYTES {
            return Ok(());
        }
        self.flush().map_err(|broken| {
            self.broken = Some(broken);
            Stop
        })
    }

    /// Sends what was read, and keeps what came of it.
    fn flush(&mut self) -> Result<(), Broken> {
        let rows = std::mem::take(&mut self.rows);
        self.bytes = 0;
        let Some((first, ..)) = rows.first() else { return Ok(()) };
        let first = i32::try_from(first.number).map_err(|_| Broken::Use("the file has too many rows".to_owned()))?;
        let secret = |cell: &String| Secret(SecretString::from(cell.as_str()));
        // A row that cannot be read is sent without values, so that it counts and fails; why, is known here.
        let sent = rows.iter().map(|(_, problem, cells)| ImportRow {
            values: Some(if problem.is_some() { Vec::new() } else { cells.iter().map(secret).collect() }),
        });
        let sent = sent.collect();
        let (import, answer) = of(self.target.append(self.import.import_id, first, sent)?)?;
        self.import = import;
        for ((record, problem, _), result) in rows.iter().zip(answer.results.unwrap_or_default()) {
            let is_ours = result.outcome == RowOutcome::Failed;
            let line = Line { record, result: &result, problem: problem.as_deref().filter(|_| is_ours) };
            self.keeper.keep(&line).map_err(|error| Broken::Run(error.to_string()))?;
        }
        self.watcher.taken(&self.import, self.known.rows);
        // What one call has done wholly cannot be stopped any more.
        let goes_on = self.import.state == ImportState::Open;
        if goes_on && self.watcher.stops() { Err(Broken::Stopped(self.import.rows)) } else { Ok(()) }
    }
}

impl Rows for Sending<'_, '_> {
    fn header(&mut self, columns: &[String]) -> Result<(), Stop> {
        self.mapping = self.plan.map.apply(columns).ok();
        match self.keeper.begin(columns) {
            Ok(()) => Ok(()),
            Err(error) => {
                self.broken = Some(Broken::Run(error.to_string()));
                Err(Stop)
            }
        }
    }

    fn row(&mut self, record: Record) -> Result<(), Stop> {
        let mut cells = self.mapping.as_ref().map(|mapping| mapping.cells(&record.cells)).unwrap_or_default();
        if self.plan.trim {
            let columns = self.known.columns.iter().zip(&mut cells);
            columns.filter(|(name, _)| !is_secret(name)).for_each(|(_, cell)| *cell = cell.trim().to_owned());
        }
        let is_forbidden = |cell: &String| first_forbidden(cell).is_some();
        let problem = cells.iter().position(is_forbidden).map(|at| {
            let name = self.known.columns.get(at).map(String::as_str).unwrap_or_default();
            format!("{name}: holds a character that no message can carry, such as a NUL.")
        });
        self.add(record, problem, cells)
    }

    fn bad_row(&mut self, row: BadRow) -> Result<(), Stop> {
        self.add(row.record, Some(row.problem), Vec::new())
    }
}
