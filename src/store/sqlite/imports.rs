//! Imports in SQL.

use super::read::Session;
use crate::domain::Error;
use crate::domain::feed::{Action, Subject};
use crate::domain::ids::{ImportId, UserId};
use crate::domain::import::{Counts, Job, Key, Missing, Mode, OnDuplicate, Outcome, Plan, Problem, RowResult, State};
use crate::domain::listing::People;
use crate::domain::time::Instant;
use crate::store::{ReadImports, WriteImports};
use rusqlite::Row;

const JOB: &str = "SELECT id, idempotency_key, name, fingerprint, mode, key, on_duplicate, clear_empty, scope, missing, most_missing, \
     rehearse, columns, state, counts, by_user, begun_at, ended_at, reached, force_reset FROM imports";

/// The numbers of scopes.
const SCOPES: [People; 3] = [People::Everybody, People::Employees, People::EndUsers];

/// What stands between texts that are kept as one, and between the parts of each: they cannot be typed.
const BETWEEN: char = '\u{1e}';
const WITHIN: char = '\u{1f}';

impl Session<'_> {
    fn job_where(&self, condition: &str, params: impl rusqlite::Params) -> Result<Option<Job>, Error> {
        self.one(&format!("{JOB} WHERE {condition}"), params, job)?.transpose()
    }
}

impl ReadImports for Session<'_> {
    fn import(&self, id: ImportId) -> Result<Option<Job>, Error> {
        self.job_where("id = ?1", [id.0])
    }

    fn import_by_key(&self, idempotency_key: &str) -> Result<Option<Job>, Error> {
        self.job_where("idempotency_key = ?1", [idempotency_key])
    }

    fn imports(&self, open: bool, most: usize) -> Result<Vec<Job>, Error> {
        let which = if open { "ended_at IS NULL" } else { "1" };
        let sql = format!("{JOB} WHERE {which} ORDER BY id DESC LIMIT ?1");
        self.all(&sql, [limit(most)], job)?.into_iter().collect()
    }

    fn import_results(&self, id: ImportId, after: i32, most: usize) -> Result<Vec<RowResult>, Error> {
        let sql = "SELECT number, key, outcome, user_id, changed, problems FROM import_rows WHERE import_id = ?1 AND number > ?2 \
             ORDER BY number LIMIT ?3";
        self.all(sql, (id.0, after, limit(most)), result)?.into_iter().collect()
    }

    fn import_row_of(&self, id: ImportId, user: UserId) -> Result<Option<i32>, Error> {
        self.one("SELECT number FROM import_people WHERE import_id = ?1 AND user_id = ?2", (id.0, user.0), |row| row.get(0))
    }

    fn import_row_of_key(&self, id: ImportId, key: &str) -> Result<Option<i32>, Error> {
        self.one("SELECT number FROM import_keys WHERE import_id = ?1 AND key = ?2", (id.0, key), |row| row.get(0))
    }

    fn count_people(&self, scope: People, disabled_too: bool) -> Result<i64, Error> {
        let sql = format!("SELECT count(*) FROM users WHERE id > 1 AND (?1 OR enabled = 1) AND {}", condition(scope));
        self.one(&sql, [disabled_too], |row| row.get(0)).map(Option::unwrap_or_default)
    }

    fn missing_people(
        &self,
        id: ImportId,
        scope: People,
        disabled_too: bool,
        after: UserId,
        most: usize,
    ) -> Result<Vec<UserId>, Error> {
        let sql = format!(
            "SELECT id FROM users WHERE id > 1 AND id > ?3 AND (?2 OR enabled = 1) AND {} AND NOT EXISTS (SELECT 1 FROM import_people \
             WHERE import_id = ?1 AND user_id = users.id) ORDER BY id LIMIT ?4",
            condition(scope)
        );
        self.all(&sql, (id.0, disabled_too, after.0, limit(most)), |row| row.get(0).map(UserId))
    }
}

impl WriteImports for Session<'_> {
    fn insert_import(&mut self, job: &Job) -> Result<ImportId, Error> {
        let plan = &job.plan;
        let scope = plan.scope.and_then(|scope| SCOPES.iter().position(|known| *known == scope));
        let sql = "INSERT INTO imports (idempotency_key, name, fingerprint, mode, key, on_duplicate, clear_empty, scope, missing, \
             most_missing, rehearse, columns, state, counts, by_user, begun_at, force_reset) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";
        self.execute(
            sql,
            rusqlite::params![
                &job.idempotency_key,
                &job.name,
                &job.fingerprint,
                plan.mode as i64,
                plan.key as i64,
                plan.on_duplicate as i64,
                plan.clear_empty,
                scope.map(limit),
                plan.missing as i64,
                plan.most_missing,
                plan.rehearse,
                job.columns.join(&BETWEEN.to_string()),
                job.state as i64,
                counts_to_text(&job.counts),
                job.by.0,
                job.begun_at.0,
                plan.force_reset,
            ],
        )?;
        let id = ImportId(self.new_id()?);
        if !plan.rehearse {
            self.note(Subject::Import, &id.0, &job.name, Action::Created, &[])?;
        }
        Ok(id)
    }

    fn update_import(&mut self, job: &Job) -> Result<(), Error> {
        let sql = "UPDATE imports SET state = ?2, counts = ?3, ended_at = ?4, reached = ?5 WHERE id = ?1";
        let ended_at = job.ended_at.map(|at| at.0);
        self.execute(sql, (job.id.0, job.state as i64, counts_to_text(&job.counts), ended_at, job.reached.0)).map(drop)
    }

    fn put_import_results(&mut self, id: ImportId, results: &[RowResult]) -> Result<(), Error> {
        let sql = "INSERT INTO import_rows (import_id, number, key, outcome, user_id, changed, problems) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        for result in results {
            let changed = result.changed.join(&BETWEEN.to_string());
            let problems: Vec<_> = result.problems.iter().map(problem_to_text).collect();
            let problems = problems.join(&BETWEEN.to_string());
            let user = result.user.map(|user| user.0);
            self.execute(sql, (id.0, result.number, &result.key, result.outcome as i64, user, changed, problems))?;
        }
        Ok(())
    }

    fn put_import_person(&mut self, id: ImportId, user: UserId, number: i32) -> Result<(), Error> {
        let sql = "INSERT OR IGNORE INTO import_people (import_id, user_id, number) VALUES (?1, ?2, ?3)";
        self.execute(sql, (id.0, user.0, number)).map(drop)
    }

    fn put_import_key(&mut self, id: ImportId, key: &str, number: i32) -> Result<(), Error> {
        let sql = "INSERT OR IGNORE INTO import_keys (import_id, key, number) VALUES (?1, ?2, ?3)";
        self.execute(sql, (id.0, key, number)).map(drop)
    }

    fn within_import(&mut self, id: Option<ImportId>) {
        self.import = id;
    }
}

/// Who belongs to a scope.
fn condition(scope: People) -> &'static str {
    match scope {
        People::Everybody => "1",
        People::Employees => "rank <> 0",
        People::EndUsers => "rank = 0",
    }
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(BETWEEN).filter(move |_| !text.is_empty())
}

fn counts_to_text(counts: &Counts) -> String {
    std::iter::once(&counts.rows).chain(&counts.of).map(i32::to_string).collect::<Vec<_>>().join(" ")
}

fn counts(text: &str) -> Counts {
    let mut numbers = text.split(' ').map(|number| number.parse().unwrap_or_default());
    let rows = numbers.next().unwrap_or_default();
    Counts { rows, of: std::array::from_fn(|_| numbers.next().unwrap_or_default()) }
}

fn problem_to_text(problem: &Problem) -> String {
    let plain = |text: &str| text.replace([BETWEEN, WITHIN], " ");
    format!("{}{WITHIN}{}{WITHIN}{}", plain(&problem.column), problem.code, plain(&problem.message))
}

fn problem(text: &str) -> Problem {
    let mut parts = text.splitn(3, WITHIN);
    let mut part = || parts.next().unwrap_or_default();
    Problem { column: part().to_owned(), code: part().parse().unwrap_or_default(), message: part().to_owned() }
}

/// The word of an enumeration with this number.
fn word<T: Copy>(words: &[T], number: u8) -> Result<T, Error> {
    words.get(usize::from(number)).copied().ok_or_else(|| Error::internal("a row of an import is damaged"))
}

fn job(row: &Row<'_>) -> rusqlite::Result<Result<Job, Error>> {
    let scope: Option<u8> = row.get(8)?;
    let (mode, key, on_duplicate, missing, state) = (row.get(4)?, row.get(5)?, row.get(6)?, row.get(9)?, row.get(13)?);
    let (clear_empty, most_missing, rehearse, force_reset) = (row.get(7)?, row.get(10)?, row.get(11)?, row.get(19)?);
    let plan = || {
        Ok(Plan {
            mode: word(Mode::ALL, mode)?,
            key: word(Key::ALL, key)?,
            on_duplicate: word(OnDuplicate::ALL, on_duplicate)?,
            clear_empty,
            scope: scope.map(|scope| word(&SCOPES, scope)).transpose()?,
            missing: word(Missing::ALL, missing)?,
            most_missing,
            force_reset,
            rehearse,
        })
    };
    let (plan, state) = match (plan(), word(State::ALL, state)) {
        (Ok(plan), Ok(state)) => (plan, state),
        (Err(error), _) | (_, Err(error)) => return Ok(Err(error)),
    };
    let (columns, kept): (String, String) = (row.get(12)?, row.get(14)?);
    let ended_at: Option<i64> = row.get(17)?;
    Ok(Ok(Job {
        id: ImportId(row.get(0)?),
        idempotency_key: row.get(1)?,
        name: row.get(2)?,
        fingerprint: row.get(3)?,
        plan,
        columns: columns.split(BETWEEN).map(str::to_owned).collect(),
        state,
        counts: counts(&kept),
        reached: UserId(row.get(18)?),
        by: UserId(row.get(15)?),
        begun_at: Instant(row.get(16)?),
        ended_at: ended_at.map(Instant),
    }))
}

fn result(row: &Row<'_>) -> rusqlite::Result<Result<RowResult, Error>> {
    let outcome = match word(Outcome::ALL, row.get(2)?) {
        Ok(outcome) => outcome,
        Err(error) => return Ok(Err(error)),
    };
    let (user, changed, problems): (Option<i32>, String, String) = (row.get(3)?, row.get(4)?, row.get(5)?);
    Ok(Ok(RowResult {
        number: row.get(0)?,
        key: row.get(1)?,
        outcome,
        user: user.map(UserId),
        changed: split(&changed).map(str::to_owned).collect(),
        problems: split(&problems).map(problem).collect(),
    }))
}
