//! What the operations of imports share: from their parameters to a job, and from a job to records.

use super::records_of_imports::*;
use crate::contract::{DateTime, Secret};
use crate::domain::Error;
use crate::domain::ids::{ImportId, UserId};
use crate::domain::import::{self, Counts, Job, Key, Missing, Mode, OnDuplicate, Outcome, Plan, RowResult, State};
use crate::domain::listing::People;
use crate::domain::time::Instant;
use crate::operations::FieldError;
use crate::operations::people::import::{Batch, Cells, Columns, Taken, notice};
use crate::store::Read;

/// The most characters of a name, key or fingerprint.
const MAX_LENGTH: usize = 200;

/// What an import is asked to be.
#[derive(Clone)]
pub struct Asked {
    pub columns: Option<Vec<String>>,
    pub mode: Option<ImportMode>,
    pub rehearse: bool,
    pub idempotency_key: Option<String>,
    pub name: Option<String>,
    pub fingerprint: Option<String>,
    pub options: Option<ImportOptions>,
}

impl Asked {
    /// The job that is asked for, or all that is wrong with it. Without a key it is one of its own.
    pub fn job(self, read: &dyn Read) -> Result<Job, Error> {
        let options = self.options.unwrap_or_default();
        let (mode, mut problems) = (self.mode.unwrap_or_default(), problems_of(self.mode, &options));
        let most_missing = options.most_missing.and_then(|share| u8::try_from(share).ok()).unwrap_or(import::USUAL_SHARE);
        let mut text = |parameter: &str, text: Option<String>| {
            let text = text.unwrap_or_default().trim().to_owned();
            if text.chars().count() > MAX_LENGTH || text.contains('\0') {
                problems.push(Error::invalid(parameter, format!("is not a text of at most {MAX_LENGTH} characters.")));
            }
            text
        };
        let (name, fingerprint) = (text("name", self.name), text("fingerprint", self.fingerprint));
        let idempotency_key = text("idempotencyKey", self.idempotency_key);
        let idempotency_key = if idempotency_key.is_empty() { uuid::Uuid::new_v4().to_string() } else { idempotency_key };
        let key = key_of(options.key.unwrap_or_default());
        let (columns, wrong) = columns(self.columns.unwrap_or_default(), key, options.ignore_unknown.unwrap_or_default(), read)?;
        problems.extend(wrong);
        Error::all(problems)?;
        let plan = Plan {
            mode: mode_of(mode),
            key,
            on_duplicate: on_duplicate_of(options.on_duplicate.unwrap_or_default()),
            clear_empty: options.empty_values == Some(EmptyValues::Clear),
            scope: options.scope.map(people_of),
            missing: match options.missing.unwrap_or_default() {
                MissingPeople::Disable => Missing::Disable,
                MissingPeople::Remove => Missing::Remove,
            },
            most_missing,
            force_reset: options.force_reset.unwrap_or_default(),
            rehearse: self.rehearse,
        };
        Ok(Job {
            id: ImportId(0),
            idempotency_key,
            name,
            fingerprint,
            plan,
            columns,
            state: State::Open,
            counts: Counts::default(),
            reached: UserId(0),
            by: UserId(0),
            begun_at: Instant(0),
            ended_at: None,
        })
    }
}

/// What is wrong with the mode and what goes with it.
fn problems_of(mode: Option<ImportMode>, options: &ImportOptions) -> Vec<Error> {
    let mut problems = Vec::new();
    match (mode, options.scope) {
        (None, _) => problems.push(Error::invalid("mode", "is required: Create, Update, Upsert or Sync.")),
        (Some(ImportMode::Sync), None) => {
            problems.push(Error::invalid("Scope", "is required with Sync: whose list is complete (All, Employees or Users)."));
        }
        (Some(ImportMode::Create | ImportMode::Update | ImportMode::Upsert), Some(_)) => {
            problems.push(Error::invalid("Scope", "belongs to Sync."));
        }
        _ => {}
    }
    if options.most_missing.is_some_and(|share| !(0..=100).contains(&share)) {
        problems.push(Error::invalid("MostMissing", "must be from 0 to 100 per cent."));
    }
    problems
}

/// The columns, with those empty that are passed over, and what is wrong with them.
fn columns(mut names: Vec<String>, key: Key, ignore: bool, read: &dyn Read) -> Result<(Vec<String>, Vec<Error>), Error> {
    let fields = read.custom_fields()?;
    if ignore {
        names = Columns::known(&names, &fields);
    }
    let checked = Columns::resolve(&names, &fields).and_then(|columns| columns.must_have(key));
    Ok((names, checked.err().map(|error| error.each().to_vec()).unwrap_or_default()))
}

fn mode_of(mode: ImportMode) -> Mode {
    match mode {
        ImportMode::Create => Mode::Create,
        ImportMode::Update => Mode::Update,
        ImportMode::Upsert => Mode::Upsert,
        ImportMode::Sync => Mode::Sync,
    }
}

fn key_of(key: ImportKey) -> Key {
    match key {
        ImportKey::Username => Key::Username,
        ImportKey::EmailAddress => Key::EmailAddress,
        ImportKey::ExternalId => Key::ExternalId,
    }
}

fn on_duplicate_of(on_duplicate: DuplicateRows) -> OnDuplicate {
    match on_duplicate {
        DuplicateRows::Fail => OnDuplicate::Fail,
        DuplicateRows::Skip => OnDuplicate::Skip,
        DuplicateRows::Update => OnDuplicate::Update,
    }
}

/// Whom a scope means.
pub fn people_of(scope: ImportScope) -> People {
    match scope {
        ImportScope::All => People::Everybody,
        ImportScope::Employees => People::Employees,
        ImportScope::Users => People::EndUsers,
    }
}

/// The rows of a call, from number `first` on.
pub fn batch(first: i32, rows: Option<Vec<ImportRow>>) -> Result<Batch, Error> {
    let rows = rows.unwrap_or_default();
    if rows.len() > import::MOST_ROWS {
        return Err(Error::invalid("rows", format!("are {}; one call takes at most {}.", rows.len(), import::MOST_ROWS)));
    }
    let cells = |row: ImportRow| -> Cells { row.values.unwrap_or_default().into_iter().map(|Secret(cell)| cell).collect() };
    Ok(Batch { first, rows: rows.into_iter().map(cells).collect() })
}

impl From<&Job> for Import {
    fn from(job: &Job) -> Self {
        let count = |outcome| job.counts.count(outcome);
        Import {
            import_id: job.id.0,
            idempotency_key: Some(job.idempotency_key.clone()),
            name: Some(job.name.clone()),
            fingerprint: Some(job.fingerprint.clone()),
            columns: Some(job.columns.clone()),
            mode: ImportMode::ALL.get(job.plan.mode as usize).copied().unwrap_or_default(),
            rehearse: job.plan.rehearse,
            state: ImportState::ALL.get(job.state as usize).copied().unwrap_or_default(),
            rows: job.counts.rows,
            created: count(Outcome::Created),
            updated: count(Outcome::Updated),
            unchanged: count(Outcome::Unchanged),
            skipped: count(Outcome::Skipped),
            failed: count(Outcome::Failed),
            disabled: count(Outcome::Disabled),
            removed: count(Outcome::Removed),
            by_user_id: job.by.0,
            begun_at: job.begun_at.into(),
            ended_at: job.ended_at.map(DateTime::from),
            notice: notice(job),
        }
    }
}

impl From<RowResult> for ImportRowResult {
    fn from(result: RowResult) -> Self {
        let error = |problem: import::Problem| FieldError {
            field: Some(problem.column).filter(|column| !column.is_empty()),
            code: problem.code,
            message: Some(problem.message),
        };
        ImportRowResult {
            row: result.number,
            key: Some(result.key),
            outcome: RowOutcome::ALL.get(result.outcome as usize).copied().unwrap_or_default(),
            user_id: result.user.map_or(0, |user| user.0),
            changed: Some(result.changed).filter(|changed| !changed.is_empty()),
            errors: Some(result.problems.into_iter().map(error).collect()).filter(|errors: &Vec<_>| !errors.is_empty()),
        }
    }
}

impl From<Taken> for ImportResult {
    fn from(Taken { job, results, undone }: Taken) -> Self {
        let mut import = Import::from(&job);
        if undone {
            import.import_id = 0;
        }
        let results = Some(results.into_iter().map(ImportRowResult::from).collect());
        ImportResult { import: Some(import), results, undone, ..ImportResult::default() }
    }
}

impl From<&Job> for ImportResult {
    fn from(job: &Job) -> Self {
        ImportResult { import: Some(Import::from(job)), ..ImportResult::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_contract_are_those_of_the_domain() {
        let same = |domain: Vec<String>, contract: &[&str]| assert_eq!(domain, contract);
        same(Mode::ALL.iter().map(|word| format!("{word:?}")).collect(), ImportMode::ENUMERATION.words);
        same(State::ALL.iter().map(|word| format!("{word:?}")).collect(), ImportState::ENUMERATION.words);
        same(Outcome::ALL.iter().map(|word| format!("{word:?}")).collect(), RowOutcome::ENUMERATION.words);
    }
}
