//! The end of a sync: people of the scope who were in no row are disabled or removed, within the safeguard (R45).

use super::job::{in_job, job as job_of, keep};
use crate::domain::Error;
use crate::domain::change::Changes;
use crate::domain::ids::{ImportId, UserId};
use crate::domain::import::{Job, Missing, Mode, Outcome, Problem, RowResult, State};
use crate::domain::rules::Rules;
use crate::failure;
use crate::operations::people::{Ask, change, remove};
use crate::operations::{Bench, Context};
use crate::store::{Read, Write};

/// How many people one call disables or removes.
const BATCH: usize = 500;

/// What a call that ends an import found before the writer.
pub struct Ending {
    import: ImportId,
    /// How far the import was then.
    state: State,
    reached: UserId,
    /// Some of those who are missing.
    missing: Vec<UserId>,
}

/// Looks who is missing, and whether those are too many. `most` overrides the safeguard of the import, in per cent.
pub fn prepare_end(id: i32, most: Option<u8>, bench: &Bench<'_>) -> Result<Ending, Error> {
    bench.view(|read| {
        let job = job_of(read, id)?;
        let missing = if ends_with_the_missing(&job) { candidates(&job, most, bench.caller(), read)? } else { Vec::new() };
        Ok(Ending { import: job.id, state: job.state, reached: job.reached, missing })
    })
}

/// Disables or removes the people that were found, and ends the import if there were no more. Called again, it goes on.
pub fn end(ending: &Ending, context: &Context<'_>, tx: &mut dyn Write) -> Result<Job, Error> {
    let mut job = job_of(tx, ending.import.0)?;
    if (job.state, job.reached) == (ending.state, ending.reached) && matches!(job.state, State::Open | State::Ending) {
        step(&mut job, &ending.missing, context, tx)?;
    }
    Ok(job)
}

/// The same at once, however many they are.
pub fn end_at_once(job: &mut Job, context: &Context<'_>, tx: &mut dyn Write) -> Result<Vec<RowResult>, Error> {
    let mut results = Vec::new();
    while matches!(job.state, State::Open | State::Ending) {
        let missing = if ends_with_the_missing(job) { candidates(job, None, context.caller.id, tx)? } else { Vec::new() };
        results.extend(step(job, &missing, context, tx)?);
    }
    Ok(results)
}

fn ends_with_the_missing(job: &Job) -> bool {
    job.plan.mode == Mode::Sync && job.counts.count(Outcome::Failed) == 0 || job.state == State::Ending
}

/// The next people to be disabled or removed. Their share is judged before the first of them.
fn candidates(job: &Job, most: Option<u8>, caller: UserId, read: &dyn Read) -> Result<Vec<UserId>, Error> {
    let Some(scope) = job.plan.scope else { return Ok(Vec::new()) };
    let disabled_too = job.plan.missing == Missing::Remove;
    let find = |after: UserId, most: usize| read.missing_people(job.id, scope, disabled_too, after, most);
    if job.state == State::Open {
        let most = most.unwrap_or(job.plan.most_missing);
        let total = read.count_people(scope, disabled_too)?;
        let missing = find(UserId(0), usize::MAX)?.iter().filter(|user| **user != caller).count();
        let missing = i64::try_from(missing).unwrap_or(i64::MAX);
        if missing.saturating_mul(100) > total.saturating_mul(most.into()) {
            return Err(Error::TooManyMissing { missing, total, most });
        }
    }
    let mut found = find(job.reached, BATCH)?;
    // One step goes up to somebody, so the caller alone would be a step; whoever calls is never disabled or removed.
    if found == [caller] {
        found.clear();
    }
    Ok(found)
}

fn step(job: &mut Job, missing: &[UserId], context: &Context<'_>, tx: &mut dyn Write) -> Result<Vec<RowResult>, Error> {
    let mut results = Vec::new();
    in_job(job, tx, |tx| {
        for user in missing.iter().filter(|user| **user != context.caller.id) {
            let number = job.counts.rows + 1 + i32::try_from(results.len()).unwrap_or(i32::MAX);
            results.push(one(*user, number, job.plan.missing, context, tx)?);
        }
        Ok(())
    })?;
    match missing.last() {
        Some(last) => (job.state, job.reached) = (State::Ending, *last),
        None => (job.state, job.ended_at) = (State::Finished, Some(context.now)),
    }
    keep(job, &results, tx)?;
    Ok(results)
}

/// Disables or removes one of the missing.
fn one(user: UserId, number: i32, how: Missing, context: &Context<'_>, tx: &mut dyn Write) -> Result<RowResult, Error> {
    let key = tx.user(user)?.map(|user| user.username.as_str().to_owned()).unwrap_or_default();
    let attempt = tx.attempt(&mut |tx| match how {
        Missing::Disable => change(&Ask::administrator(user.0, disabled(&context.server.rules)), None, context, tx).map(drop),
        Missing::Remove => remove(tx, "userId", &[user.0]),
    });
    let result =
        |outcome, problems| RowResult { number, key: key.clone(), outcome, user: Some(user), changed: Vec::new(), problems };
    match attempt {
        Ok(()) if how == Missing::Remove => Ok(result(Outcome::Removed, Vec::new())),
        Ok(()) => Ok(result(Outcome::Disabled, Vec::new())),
        Err(error) if error.is_the_servers() => Err(error),
        Err(error) => {
            let problem = Problem { column: String::new(), code: failure::code(&error), message: error.to_string() };
            Ok(result(Outcome::Failed, vec![problem]))
        }
    }
}

fn disabled(rules: &Rules) -> Changes {
    let mut changes = Changes::default();
    changes.set_untagged("Enabled", "false", rules);
    changes
}
