//! `asmxd import`: people from a file, into a database that no server holds or through a running server.

use super::chosen::{Chosen, choose, remote, target, worker};
use super::progress::{Progress, stopped_by_signals};
use super::serve::{self, Options};
use super::template;
use crate::config::Config;
use crate::domain::Error;
use crate::domain::password::Workspace;
use crate::import::files::{self, Encoding, Format};
use crate::import::map::Map;
use crate::import::remote::AtOnce;
use crate::import::report::Keeper;
use crate::import::run::{Broken, Known, Plan, know, run as run_import};
use crate::import::target::{InOne, Target, Worker};
use crate::operations::accounts::records_of_imports::{
    DuplicateRows, EmptyValues, Import, ImportKey, ImportMode, ImportOptions, ImportScope, MissingPeople,
};
use crate::store::Store;
use secrecy::SecretString;
use std::io::{BufRead, IsTerminal, stderr, stdin};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

/// How long hashing may take before it is told of.
const LONG: Duration = Duration::from_secs(10);

/// The arguments.
#[derive(clap::Args, Clone)]
pub struct Arguments {
    /// The file with people
    #[arg(value_name = "FILE", required_unless_present = "template")]
    file: Option<PathBuf>,
    /// Prints a sample with every column, custom fields included, and imports nothing
    #[arg(long, conflicts_with = "file")]
    template: bool,
    /// auto, csv, xlsx, xml or json
    #[arg(long, value_name = "FORMAT", default_value = "auto", value_parser = format)]
    format: Asked<Format>,
    /// The encoding of a text file: utf-8, utf-16, windows-1252 or iso-8859-1 [default: by its byte order mark, else utf-8]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
    /// What stands between the cells of a CSV file [default: a comma, semicolon or tab]
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    delimiter: Option<u8>,
    /// create makes people, update changes them, upsert does either, sync also disables those who are missing
    #[arg(long, value_name = "MODE", default_value = "create", value_parser = mode)]
    mode: ImportMode,
    /// The column by which people are found: Username, EmailAddress or ExternalId
    #[arg(long, value_name = "COLUMN", default_value = "Username", value_parser = key)]
    key: ImportKey,
    /// Tells what would be done and changes nothing
    #[arg(long)]
    rehearse: bool,
    /// How many rows are done at once
    #[arg(long, value_name = "ROWS", default_value_t = 500, value_parser = clap::value_parser!(u16).range(1..=1000))]
    chunk: u16,
    /// Does nothing unless every row can be done
    #[arg(long)]
    all_or_nothing: bool,
    /// What becomes of people who are in two rows or, with create, there already: fail, skip or update
    #[arg(long, value_name = "WHAT", default_value = "fail", value_parser = on_duplicate)]
    on_duplicate: DuplicateRows,
    /// keep leaves a setting as it is where a cell is empty, clear brings back its default
    #[arg(long, value_name = "WHAT", default_value = "keep", value_parser = empty)]
    empty: EmptyValues,
    /// A column's name and ours, as OLD=NEW, or a TOML file that maps columns; may be repeated
    #[arg(long, value_name = "OLD=NEW")]
    map: Vec<String>,
    /// Takes new people without a password, who are forced to change the one that an administrator gives them
    #[arg(long)]
    force_reset: bool,
    /// Takes the blanks around every cell away, but for passwords
    #[arg(long)]
    trim: bool,
    /// Passes over columns that are unknown or read only
    #[arg(long)]
    ignore_unknown: bool,
    /// Writes what came of each row into this file, as CSV, JSON or Excel by its ending
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Writes the rows that failed into this file, ready to be mended and imported again
    #[arg(long, value_name = "FILE")]
    failed: Option<PathBuf>,
    /// Goes on with an import of this file that was broken off
    #[arg(long, conflicts_with_all = ["rehearse", "all_or_nothing"])]
    resume: bool,
    /// Whose list the file is complete for, with sync: employees, users or all
    #[arg(long, value_name = "WHOM", value_parser = scope, required_if_eq("mode", "sync"))]
    only: Option<ImportScope>,
    /// With sync: removes people who are missing rather than disabling them
    #[arg(long)]
    remove: bool,
    /// With sync: the most people who may be missing; if there are more, nobody is touched
    #[arg(long, value_name = "SHARE", default_value = "5%", value_parser = share)]
    max_remove: u8,
    /// Asks nothing
    #[arg(long)]
    yes: bool,
    /// Says nothing but what is wrong
    #[arg(long)]
    quiet: bool,
    /// The address of a running server, without /Services2 [default: the server that holds the database, if one does]
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    #[command(flatten)]
    options: Options,
}

/// What was asked for, or whatever fits.
type Asked<T> = Option<T>;

/// Runs the command.
pub fn run(arguments: Arguments) -> ExitCode {
    serve::with_configuration(arguments.options.clone(), |config| {
        if arguments.template {
            return template::print(arguments.format, arguments.server.as_deref(), config);
        }
        match import(&arguments, config) {
            Ok(code) => Ok(code),
            Err(Broken::Use(problem)) => {
                problem.lines().for_each(|line| eprintln!("asmxd: {line}"));
                Ok(ExitCode::from(2))
            }
            Err(Broken::Run(problem)) => Err(problem),
            Err(Broken::Stopped(rows)) => {
                let again =
                    if arguments.rehearse || arguments.all_or_nothing { "nothing was changed" } else { "add --resume to go on" };
                Err(format!("stopped after {rows} rows; {again}"))
            }
        }
    })
}

/// What a run of the import needs, wherever it runs.
struct Work {
    arguments: Arguments,
    file: PathBuf,
    map: Map,
    known: Known,
    stops: Arc<AtomicBool>,
}

/// What came of it: the import, and the first failures as sentences.
type Came = Result<(Import, Vec<String>), Broken>;

fn import(arguments: &Arguments, config: &Config) -> Result<ExitCode, Broken> {
    let file = arguments.file.clone().unwrap_or_default();
    let stops = stopped_by_signals().map_err(Broken::Run)?;
    let map = map(&arguments.map)?;
    let mut work = Work { arguments: arguments.clone(), file, map, known: Known::default(), stops };
    work.known = know(&work.plan(false))?;
    let chosen = choose(arguments.server.as_deref(), config).map_err(Broken::Run)?;
    work.tell_before(&chosen, config);
    if !work.may_go_on()? {
        return Ok(ExitCode::from(2));
    }
    let (import, failures) = match &chosen {
        Chosen::Database(store) if arguments.rehearse || arguments.all_or_nothing => {
            let worker = worker(&**store, config).map_err(Broken::Run)?;
            in_one(work, &**store, worker)?
        }
        Chosen::Server(address) if arguments.all_or_nothing || (arguments.rehearse && work.known.fits_one_call()) => {
            if !work.known.fits_one_call() {
                let problem = "a server takes at most 1,000 rows and some 2 MB all or nothing; stop it and import into its database, or rehearse first";
                return Err(Broken::Use(problem.to_owned()));
            }
            let mut target = AtOnce::new(remote(address).map_err(Broken::Run)?, arguments.all_or_nothing);
            work.arguments.chunk = 1000;
            work.go(&mut target, arguments.rehearse)?
        }
        _ => work.go(&mut *target(&chosen, config).map_err(Broken::Run)?, arguments.rehearse)?,
    };
    Ok(tell_after(arguments, &import, &failures))
}

/// Runs the import in one transaction, which is undone if it is a rehearsal or a row fails.
fn in_one(work: Work, store: &dyn Store, worker: Worker) -> Came {
    let (tell, told) = mpsc::channel();
    let mut once = Some((work, worker));
    let changed = store.change(move |tx| {
        let Some((work, worker)) = once.take() else { return Err(Error::internal("an import was run twice")) };
        let came = work.go(&mut InOne::new(tx, worker), false);
        let stays = !work.arguments.rehearse && came.as_ref().is_ok_and(|(import, _)| import.failed == 0);
        // Whoever asked is waiting just below.
        let _ = tell.send(came);
        // The transaction is undone by any error; this one is seen by nobody.
        if stays { Ok(()) } else { Err(Error::Busy) }
    });
    match (told.try_recv(), changed) {
        (Ok(came), Ok(()) | Err(Error::Busy)) => came,
        (_, Err(error)) => Err(Broken::Run(serve::inner(&error))),
        (Err(_), Ok(())) => Err(Broken::Run("the import was not run".to_owned())),
    }
}

impl Work {
    fn plan(&self, rehearse: bool) -> Plan<'_> {
        let Arguments { mode, key, on_duplicate, empty, only, remove, max_remove, ignore_unknown, force_reset, .. } =
            &self.arguments;
        let finer = ImportOptions {
            key: Some(*key),
            on_duplicate: Some(*on_duplicate),
            empty_values: Some(*empty),
            scope: *only,
            missing: Some(if *remove { MissingPeople::Remove } else { MissingPeople::Disable }),
            most_missing: Some((*max_remove).into()),
            ignore_unknown: Some(*ignore_unknown),
            force_reset: Some(*force_reset),
        };
        Plan {
            file: &self.file,
            options: files::Options {
                format: self.arguments.format,
                encoding: self.arguments.encoding,
                delimiter: self.arguments.delimiter,
            },
            map: self.map.clone(),
            mode: *mode,
            finer,
            trim: self.arguments.trim,
            rehearse,
            chunk: self.arguments.chunk.into(),
            resume: self.arguments.resume,
        }
    }

    fn go(&self, target: &mut dyn Target, rehearse: bool) -> Came {
        let cannot = |error: crate::import::report::KeepError| Broken::Run(error.to_string());
        let arguments = &self.arguments;
        let mut keeper = Keeper::new(arguments.report.as_deref(), arguments.failed.as_deref()).map_err(cannot)?;
        let mut progress = Progress::new(arguments.quiet, Arc::clone(&self.stops));
        let import = run_import(&self.plan(rehearse), &self.known, target, &mut keeper, &mut progress);
        let failures = keeper.failures().to_vec();
        keeper.finish().map_err(cannot)?;
        Ok((import?, failures))
    }

    /// What is worth knowing before it begins: where it goes, and how long hashing takes.
    fn tell_before(&self, chosen: &Chosen, config: &Config) {
        let Arguments { quiet, rehearse, .. } = self.arguments;
        if quiet {
            return;
        }
        if let Chosen::Server(address) = chosen {
            eprintln!("asmxd: importing through the server at {address}");
        }
        let Known { rows, to_hash, .. } = self.known;
        if to_hash == 0 || rehearse {
            return;
        }
        let threads = match chosen {
            Chosen::Database(_) => std::thread::available_parallelism().map_or(1, usize::from),
            Chosen::Server(_) => 1,
        };
        let begun = Instant::now();
        if Workspace::new(config.cost).hash(&SecretString::from("how long this takes")).is_err() {
            return;
        }
        let all = begun.elapsed().as_secs_f64() * to_hash as f64 / threads as f64;
        if all > LONG.as_secs_f64() {
            eprintln!(
                "asmxd: {to_hash} of {rows} rows have passwords to hash, which takes some {:.0} minutes ({threads} at once). Strong hashes \
                 ({{argon2}}, {{bcrypt}}, {{pbkdf2-sha256}}) in a column PasswordHash are taken as they are, and nobody needs a password \
                 whose ForcePasswordChange is true.",
                (all / 60.0).ceil()
            );
        }
    }

    /// Whether a sync may begin: somebody at the terminal says so, or --yes does.
    fn may_go_on(&self) -> Result<bool, Broken> {
        let Arguments { mode, yes, rehearse, remove, max_remove, .. } = self.arguments;
        if mode != ImportMode::Sync || yes || rehearse {
            return Ok(true);
        }
        let what = if remove { "removed for good" } else { "disabled" };
        let question = format!("up to {max_remove} per cent of the people who are not in {} will be {what}", self.file.display());
        if !stdin().is_terminal() || !stderr().is_terminal() {
            return Err(Broken::Use(format!("{question}; add --yes to go on, or --rehearse to see who")));
        }
        eprint!("asmxd: {question}. Go on? [y/N] ");
        let mut answer = String::new();
        stdin().lock().read_line(&mut answer).map_err(|error| Broken::Run(error.to_string()))?;
        Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
    }
}

/// The map that the arguments say.
fn map(arguments: &[String]) -> Result<Map, Broken> {
    let mut map = Map::default();
    let (files, single): (Vec<_>, Vec<_>) = arguments.iter().partition(|argument| !argument.contains('='));
    if let [file, others @ ..] = files.as_slice() {
        if !others.is_empty() {
            return Err(Broken::Use("--map: only one file can map columns; OLD=NEW adds to it".to_owned()));
        }
        let text = std::fs::read_to_string(file).map_err(|error| Broken::Use(format!("{file}: {error}")))?;
        map = Map::from_toml(&text).map_err(|problem| Broken::Use(format!("{file}: {problem}")))?;
    }
    single.into_iter().try_for_each(|argument| map.add(argument)).map_err(|problem| Broken::Use(format!("--map: {problem}")))?;
    Ok(map)
}

/// Tells what came of it, and answers the exit code.
fn tell_after(arguments: &Arguments, import: &Import, failures: &[String]) -> ExitCode {
    let Import { created, updated, unchanged, skipped, failed, disabled, removed, .. } = import;
    let undone = arguments.rehearse || (arguments.all_or_nothing && *failed > 0);
    if !arguments.quiet {
        let rows = created + updated + unchanged + skipped + failed;
        let missing = if disabled + removed > 0 { format!(", {disabled} disabled, {removed} removed") } else { String::new() };
        println!(
            "{rows} rows: {created} created, {updated} updated, {unchanged} unchanged, {skipped} skipped, {failed} failed{missing}"
        );
        match (arguments.rehearse, undone) {
            (true, _) => println!("This was a rehearsal; nothing was changed."),
            (false, true) => println!("Nothing was changed, since not every row can be done."),
            (false, false) => {}
        }
        if let Some(notice) = &import.notice {
            println!("{notice}");
        }
    }
    for failure in failures {
        eprintln!("asmxd: {failure}");
    }
    let told = |what: &str, path: &Option<PathBuf>| {
        if let Some(path) = path.as_deref().map(Path::display).filter(|_| !arguments.quiet) {
            println!("{what} {path}");
        }
    };
    told("Every row is in", &arguments.report);
    if *failed > 0 {
        told("The rows that failed are in", &arguments.failed);
    }
    ExitCode::from(u8::from(*failed > 0))
}

/// The word of an enumeration, without regard to case.
fn word<T: Copy>(all: &[T], words: &[&str], text: &str) -> Result<T, String> {
    let found = words.iter().position(|word| word.eq_ignore_ascii_case(text)).and_then(|at| all.get(at));
    found.copied().ok_or_else(|| format!("one of {} is expected", words.join(", ")))
}

fn mode(text: &str) -> Result<ImportMode, String> {
    word(ImportMode::ALL, ImportMode::ENUMERATION.words, text)
}

fn key(text: &str) -> Result<ImportKey, String> {
    word(ImportKey::ALL, ImportKey::ENUMERATION.words, text)
}

fn on_duplicate(text: &str) -> Result<DuplicateRows, String> {
    word(DuplicateRows::ALL, DuplicateRows::ENUMERATION.words, text)
}

fn empty(text: &str) -> Result<EmptyValues, String> {
    word(EmptyValues::ALL, EmptyValues::ENUMERATION.words, text)
}

/// Whom an import or export is about.
pub fn scope(text: &str) -> Result<ImportScope, String> {
    word(ImportScope::ALL, ImportScope::ENUMERATION.words, text)
}

/// A format of files; auto is none.
pub fn format(text: &str) -> Result<Asked<Format>, String> {
    match Format::named(text) {
        Some(format) => Ok(Some(format)),
        None if text.eq_ignore_ascii_case("auto") => Ok(None),
        None => Err("one of auto, csv, xlsx, xml, json is expected".to_owned()),
    }
}

fn encoding(text: &str) -> Result<Encoding, String> {
    let names = || Encoding::ALL.map(Encoding::name).join(", ");
    Encoding::named(text).ok_or_else(|| format!("one of {} is expected", names()))
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        _ if text == "\\t" || text.eq_ignore_ascii_case("tab") => Ok(b'\t'),
        [byte] => Ok(*byte),
        _ => Err("one character is expected, or tab".to_owned()),
    }
}

fn share(text: &str) -> Result<u8, String> {
    let share = text.strip_suffix('%').unwrap_or(text).trim().parse().ok();
    share.filter(|share| *share <= 100).ok_or_else(|| "a share from 0% to 100% is expected".to_owned())
}
