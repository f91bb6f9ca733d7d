//! Jobs: rows are taken in their order, each by itself, and what came of each is kept in the same transaction.

use super::apply::{Done, apply};
use super::columns::{Columns, Target};
use super::groups::labels;
use super::missing::end_at_once;
use super::row::{Cells, Row, compared, find};
use crate::domain::Error;
use crate::domain::ids::ImportId;
use crate::domain::import::{Job, Mode, Outcome, Plan, Problem, RowResult, State};
use crate::failure;
use crate::operations::{Bench, Context};
use crate::store::{Read, Write};

/// Rows that follow one another.
pub struct Batch {
    /// The number of the first, from 1.
    pub first: i32,
    /// The rows.
    pub rows: Vec<Cells>,
}

/// Rows that are ready for the writer.
pub struct PreparedBatch {
    columns: Columns,
    first: i32,
    count: usize,
    /// Those that were not taken yet when they were prepared.
    rows: Vec<Row>,
}

/// A job, and what came of the rows of a call.
pub struct Taken {
    /// The job as it is now.
    pub job: Job,
    /// What came of the rows, in their order.
    pub results: Vec<RowResult>,
    /// Whether all of it was undone: it was a rehearsal, or one row failed where all or none was asked for.
    pub undone: bool,
}

/// The job with this id.
pub fn job(read: &dyn Read, id: i32) -> Result<Job, Error> {
    read.import(ImportId(id))?.ok_or(Error::NotFound { parameter: "importId", what: "import" })
}

/// Begins a job, or answers the one that was begun by the same key.
pub fn open(wanted: &Job, context: &Context<'_>, tx: &mut dyn Write) -> Result<Job, Error> {
    if let Some(known) = tx.import_by_key(&wanted.idempotency_key)? {
        // How many may be missing can be said anew with each call that ends an import.
        let plan = Plan { most_missing: known.plan.most_missing, ..wanted.plan.clone() };
        let is_same = known.plan == plan && known.columns == wanted.columns && known.fingerprint == wanted.fingerprint;
        let rule = "belongs to an import with other columns, options or source.";
        return if is_same { Ok(known) } else { Err(Error::Rule { key: "idempotencyKey".to_owned(), rule }) };
    }
    let job = Job { by: context.caller.id, begun_at: context.now, ..wanted.clone() };
    let id = tx.insert_import(&job)?;
    Ok(Job { id, ..job })
}

/// Reads the rows of a batch that the job has not taken, and hashes their passwords.
pub fn prepare(job: &Job, batch: &Batch, bench: &mut Bench<'_>) -> Result<PreparedBatch, Error> {
    if batch.first < 1 {
        return Err(Error::invalid("firstRow", "is not a number from 1."));
    }
    let columns = bench.view(|read| Columns::resolve(&job.columns, &read.custom_fields()?))?;
    let taken = usize::try_from(job.counts.rows + 1 - batch.first).unwrap_or_default();
    let new = batch.rows.get(taken..).unwrap_or_default();
    let first = batch.first.max(job.counts.rows + 1);
    let rows = Row::read_all(first, new, &columns, &job.plan, bench)?;
    Ok(PreparedBatch { columns, first: batch.first, count: batch.rows.len(), rows })
}

/// Takes the rows of a batch; of those that were taken already it answers what came of them then.
pub fn append(id: i32, batch: &PreparedBatch, context: &Context<'_>, tx: &mut dyn Write) -> Result<Taken, Error> {
    let mut job = job(tx, id)?;
    if batch.first > job.counts.rows + 1 {
        let problem = format!("is {}, and the next row is {}.", batch.first, job.counts.rows + 1);
        return Err(Error::invalid("firstRow", problem));
    }
    let end = batch.first + i32::try_from(batch.count).unwrap_or(i32::MAX) - 1;
    if end > job.counts.rows && job.state != State::Open {
        return Err(Error::Rule { key: "importId".to_owned(), rule: "takes no more rows: it is ended." });
    }
    let known = usize::try_from(end.min(job.counts.rows) - batch.first + 1).unwrap_or_default();
    let mut results = if known > 0 { tx.import_results(job.id, batch.first - 1, known)? } else { Vec::new() };
    let new = batch.rows.iter().filter(|row| row.number > job.counts.rows).collect::<Vec<_>>();
    results.extend(take(&mut job, &batch.columns, &new, context, tx)?);
    Ok(Taken { job, results, undone: false })
}

/// Begins a job, takes all its rows and ends it: wholly, or without a trace if it is a rehearsal or must be done wholly and cannot.
pub fn whole(
    wanted: &Job,
    batch: &PreparedBatch,
    (rehearse, all_or_nothing): (bool, bool),
    context: &Context<'_>,
    tx: &mut dyn Write,
) -> Result<Taken, Error> {
    if tx.import_by_key(&wanted.idempotency_key)?.is_some() {
        let job = open(wanted, context, tx)?;
        let results = tx.import_results(job.id, 0, usize::MAX)?;
        return Ok(Taken { job, results, undone: false });
    }
    let mut taken = None;
    let mut everything = |tx: &mut dyn Write| {
        let mut job = open(wanted, context, tx)?;
        let mut results = take(&mut job, &batch.columns, &batch.rows.iter().collect::<Vec<_>>(), context, tx)?;
        results.extend(end_at_once(&mut job, context, tx)?);
        let undone = rehearse || (all_or_nothing && job.counts.count(Outcome::Failed) > 0);
        taken = Some(Taken { job, results, undone });
        // What the part answers when it is to be undone is seen by nobody but the match below.
        if undone { Err(Error::Busy) } else { Ok(()) }
    };
    // What is kept in any case is no part that could be undone by itself.
    let done = if rehearse || all_or_nothing { tx.attempt(&mut everything) } else { everything(tx) };
    match (done, taken) {
        (Err(Error::Busy), Some(taken)) if taken.undone => Ok(taken),
        (Ok(()), Some(taken)) => Ok(taken),
        (Err(error), _) => Err(error),
        (Ok(()), None) => Err(Error::internal("a part of a change was not run")),
    }
}

/// Takes rows that follow on those taken before, and keeps what came of them.
fn take(
    job: &mut Job,
    columns: &Columns,
    rows: &[&Row],
    context: &Context<'_>,
    tx: &mut dyn Write,
) -> Result<Vec<RowResult>, Error> {
    let labels = columns.targets().any(|target| *target == Target::Groups).then(|| labels(tx)).transpose()?;
    let mut results = Vec::with_capacity(rows.len());
    in_job(job, tx, |tx| {
        for row in rows {
            results.push(one(row, job, columns, |tx| apply(row, job, labels.as_ref(), context, tx), tx)?);
        }
        Ok(())
    })?;
    for (row, result) in rows.iter().zip(&results) {
        keep_seen(job, row, result, tx)?;
    }
    keep(job, &results, tx)?;
    Ok(results)
}

/// Runs changes of a job: they are told of in its name, and undone if it is a rehearsal.
pub fn in_job(job: &Job, tx: &mut dyn Write, mut work: impl FnMut(&mut dyn Write) -> Result<(), Error>) -> Result<(), Error> {
    if !job.plan.rehearse {
        tx.within_import(Some(job.id));
        let done = work(tx);
        tx.within_import(None);
        return done;
    }
    let mut done = Ok(());
    let undone = tx.attempt(&mut |tx| {
        done = work(tx);
        Err(Error::Busy)
    });
    match undone {
        Err(Error::Busy) => done,
        other => other,
    }
}

/// Does one row in a part of its own, and tells what came of it. Only what is no fault of the row is an error.
fn one(
    row: &Row,
    job: &Job,
    columns: &Columns,
    mut work: impl FnMut(&mut dyn Write) -> Result<Done, Error>,
    tx: &mut dyn Write,
) -> Result<RowResult, Error> {
    let mut done = None;
    let attempt = tx.attempt(&mut |tx| {
        let made = work(tx)?;
        if let Some(user) = made.user {
            tx.put_import_person(job.id, user, row.number)?;
        }
        done = Some(made);
        Ok(())
    });
    let mut result = RowResult {
        number: row.number,
        key: row.key.clone(),
        outcome: Outcome::Failed,
        user: None,
        changed: Vec::new(),
        problems: Vec::new(),
    };
    match (attempt, done) {
        (Ok(()), Some(done)) => {
            result.problems = done.note.iter().map(|note| problem(note, columns)).collect();
            (result.outcome, result.user, result.changed) = (done.outcome, done.user, done.changed);
        }
        (Err(error), _) if error.is_the_servers() => return Err(error),
        (Err(error), _) => result.problems = error.each().iter().map(|error| problem(error, columns)).collect(),
        (Ok(()), None) => return Err(Error::internal("a row of an import was not run")),
    }
    if job.plan.rehearse && result.outcome == Outcome::Created {
        result.user = None;
    }
    Ok(result)
}

fn problem(error: &Error, columns: &Columns) -> Problem {
    let column = error.field().map(|field| columns.named_by(field)).unwrap_or_default();
    Problem { column, code: failure::code(error), message: error.to_string() }
}

/// Notes who was in a row of a rehearsal, since the note of the row itself was undone with the rest.
fn keep_seen(job: &Job, row: &Row, result: &RowResult, tx: &mut dyn Write) -> Result<(), Error> {
    if row.key.is_empty() || !job.plan.rehearse || result.outcome == Outcome::Failed {
        return Ok(());
    }
    tx.put_import_key(job.id, &compared(job.plan.key, &row.key), row.number)?;
    for user in find(job.plan.key, &row.key, 2, tx)? {
        tx.put_import_person(job.id, user, row.number)?;
    }
    Ok(())
}

/// Counts results and keeps them with the job.
pub fn keep(job: &mut Job, results: &[RowResult], tx: &mut dyn Write) -> Result<(), Error> {
    for result in results {
        job.counts.rows = job.counts.rows.max(result.number);
        job.counts.add(result.outcome);
    }
    tx.put_import_results(job.id, results)?;
    tx.update_import(job)
}

/// What a job's counts do not tell.
pub fn notice(job: &Job) -> Option<String> {
    let failed = job.counts.count(Outcome::Failed);
    let withheld = job.plan.mode == Mode::Sync && job.state == State::Finished && failed > 0 && job.reached.0 == 0;
    withheld.then(|| {
        format!("{failed} rows failed, and their people might be those who are missing: nobody was disabled or removed. Mend the rows and sync again.")
    })
}
