//! Doing a row: its person is found and made or changed, by the same code as in single operations.

use super::groups::{self, Labels};
use super::row::{Password, Row, compared, find};
use crate::domain::Error;
use crate::domain::change::By;
use crate::domain::column::{GROUPS, ROLES};
use crate::domain::ids::{GroupId, UserId};
use crate::domain::import::{Job, Mode, OnDuplicate, Outcome};
use crate::domain::password::PasswordHash;
use crate::domain::role;
use crate::operations::Context;
use crate::operations::people::change::{Asked, make as change};
use crate::operations::people::create::make as create;
use crate::operations::people::{Assignment, Mode as Assign, asked_roles, assign};
use crate::store::Write;

/// What came of a row that was not refused.
pub struct Done {
    pub outcome: Outcome,
    pub user: Option<UserId>,
    pub changed: Vec<String>,
    /// Why it was passed over.
    pub note: Option<Error>,
}

/// Does a row. What it wrote before it failed is undone by whoever called.
pub fn apply(row: &Row, job: &Job, labels: Option<&Labels>, context: &Context<'_>, tx: &mut dyn Write) -> Result<Done, Error> {
    let plan = &job.plan;
    let found = match row.key.is_empty() {
        true => Vec::new(),
        false => find(plan.key, &row.key, 2, tx)?,
    };
    let found = match found.as_slice() {
        [] => None,
        [only] => Some(*only),
        _ => return Err(Error::invalid(plan.key.setting(), "is that of several people; find them by another key.")),
    };
    let earlier = earlier_row(row, job, found, tx)?;
    if let Some(earlier) = earlier {
        let problem = Error::invalid(plan.key.setting(), format!("is in row {earlier} already."));
        match plan.on_duplicate {
            OnDuplicate::Fail => return Err(with_the_rows(problem, row)),
            OnDuplicate::Skip => return Ok(skipped(found, problem)),
            OnDuplicate::Update => {}
        }
    } else if let (Some(user), Mode::Create) = (found, plan.mode) {
        let problem = Error::Taken { parameter: plan.key.setting().to_owned() };
        match plan.on_duplicate {
            OnDuplicate::Fail => return Err(with_the_rows(problem, row)),
            OnDuplicate::Skip => return Ok(skipped(Some(user), problem)),
            OnDuplicate::Update => {}
        }
    }
    match found {
        Some(user) => update(row, user, labels, context, tx),
        None if plan.mode == Mode::Update => Err(Error::NotFound { parameter: plan.key.setting(), what: "user" }),
        // In a rehearsal the person of an earlier row is not there any more, and would be made first and then changed.
        None if earlier.is_some() => Ok(Done { outcome: Outcome::Updated, ..insert(row, labels, context, tx)? }),
        None => insert(row, labels, context, tx),
    }
}

/// What is wrong, with all that is wrong with the row's values.
fn with_the_rows(problem: Error, row: &Row) -> Error {
    Error::together(row.wanted.changes.problems().iter().cloned().chain([problem]).collect())
}

/// The row of this import in which the person was before.
fn earlier_row(row: &Row, job: &Job, found: Option<UserId>, tx: &dyn Write) -> Result<Option<i32>, Error> {
    let by_person = found.map(|user| tx.import_row_of(job.id, user)).transpose()?.flatten();
    match by_person {
        None if job.plan.rehearse => tx.import_row_of_key(job.id, &compared(job.plan.key, &row.key)),
        earlier => Ok(earlier),
    }
}

fn skipped(user: Option<UserId>, why: Error) -> Done {
    Done { outcome: Outcome::Skipped, user, changed: Vec::new(), note: Some(why) }
}

fn insert(row: &Row, labels: Option<&Labels>, context: &Context<'_>, tx: &mut dyn Write) -> Result<Done, Error> {
    let (groups, problems) = wanted_groups(row, labels);
    let made = create(&row.wanted, row.hash(false)?, context, tx);
    let user = match (made, problems.is_empty()) {
        (Ok(user), true) => user,
        (made, _) => return Err(Error::together(made.err().into_iter().flat_map(each).chain(problems).collect())),
    };
    put_groups(user, groups.as_deref(), tx)?;
    Ok(Done { outcome: Outcome::Created, user: Some(user), changed: Vec::new(), note: None })
}

/// Changes a person: roles first, since it depends on them which settings it has.
fn update(row: &Row, user: UserId, labels: Option<&Labels>, context: &Context<'_>, tx: &mut dyn Write) -> Result<Done, Error> {
    let (groups, mut problems) = wanted_groups(row, labels);
    let mut changed = Vec::new();
    if row.gives_roles {
        match put_roles(row, user, tx) {
            Ok(differs) => changed.extend(differs.then(|| ROLES.to_owned())),
            Err(problem) => problems.extend(each(problem)),
        }
    }
    let (changes, custom) = (&row.wanted.changes, row.wanted.custom.as_slice());
    let asked = Asked { parameter: "userId", user: user.0, by: By::Administrator, changes, custom, expected_version: None };
    match row.hash(true).and_then(|hash| change(&asked, hash, context, tx)) {
        Ok(made) => changed.extend(made.fields.iter().map(|field| (*field).to_owned())),
        Err(problem) => problems.extend(each(problem)),
    }
    Error::all(problems)?;
    if put_groups(user, groups.as_deref(), tx)? {
        changed.push(GROUPS.to_owned());
    }
    let outcome = if changed.is_empty() { Outcome::Unchanged } else { Outcome::Updated };
    Ok(Done { outcome, user: Some(user), changed, note: None })
}

fn each(problem: Error) -> Vec<Error> {
    problem.each().to_vec()
}

fn wanted_groups(row: &Row, labels: Option<&Labels>) -> (Option<Vec<GroupId>>, Vec<Error>) {
    match (&row.groups, labels) {
        (Some(cell), Some(labels)) => {
            let (groups, problems) = labels.read(cell);
            (Some(groups), problems)
        }
        _ => (None, Vec::new()),
    }
}

/// Makes the person a member of exactly these groups, if any are given, and answers whether that changed anything.
fn put_groups(user: UserId, groups: Option<&[GroupId]>, tx: &mut dyn Write) -> Result<bool, Error> {
    let Some(groups) = groups else { return Ok(false) };
    let is_agent = groups.is_empty() || tx.user(user)?.is_some_and(|user| user.holds(role::AGENT));
    match is_agent {
        true => groups::replace(user, groups, tx),
        false => Err(Error::Rule { key: GROUPS.to_owned(), rule: "members of a group need the role Agent." }),
    }
}

fn put_roles(row: &Row, user: UserId, tx: &mut dyn Write) -> Result<bool, Error> {
    let (asked, problems) = asked_roles(tx, (ROLES, &row.wanted.role_ids), (ROLES, &row.wanted.role_names))?;
    Error::all(problems)?;
    let users = [user.0];
    let assignment = Assignment { people: "userId", roles: ROLES, users: &users, asked: &asked, mode: Assign::Replace };
    let outcome = assign(&assignment, tx)?;
    Ok(outcome.iter().any(|(before, after)| before.given_roles != after.given_roles))
}

impl Row {
    /// The hash that the person is to have, if it is to have another one.
    fn hash(&self, is_there: bool) -> Result<Option<&PasswordHash>, Error> {
        match &self.password {
            Password::Hashed(hash) => Ok(Some(hash)),
            Password::Same if is_there => Ok(None),
            // A row with problems was not hashed, and is told of these.
            Password::None if !self.gives_password || !self.wanted.changes.problems().is_empty() => Ok(None),
            Password::None if !is_there && !self.wanted.missing.is_empty() => Ok(None),
            Password::None | Password::Same => {
                let rule = "the person was made or removed while the row was being prepared; import it again.";
                Err(Error::Rule { key: "Password".to_owned(), rule })
            }
        }
    }
}
