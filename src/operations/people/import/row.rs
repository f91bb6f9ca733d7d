//! A row of an import before the writer: its cells read as changes, and its password hashed unless that would be in vain.

use super::columns::{Columns, Target};
use crate::domain::Error;
use crate::domain::change::Changes;
use crate::domain::column::{PASSWORD_HASH, ROLES};
use crate::domain::ids::UserId;
use crate::domain::import::{Key, Mode, OnDuplicate, Plan};
use crate::domain::name;
use crate::domain::password::{Imported, PasswordHash, Workspace};
use crate::domain::rules::Rules;
use crate::domain::setting::Kind;
use crate::domain::structure::Languages;
use crate::operations::Bench;
use crate::operations::people::Newcomer;
use crate::store::Read;
use secrecy::{ExposeSecret, SecretString};

/// A row as it came: a cell for each column. Any of them may hold a password.
pub type Cells = Vec<SecretString>;

/// The most characters of a key that a report tells.
const KEY_LENGTH: usize = 200;

/// A row that is ready for the writer.
pub struct Row {
    /// Its number, from 1.
    pub number: i32,
    /// The text by which its person is found.
    pub key: String,
    /// What is asked for: all of it of somebody new, of others what they are to have.
    pub wanted: Newcomer,
    /// Whether roles are given, which then are exactly these.
    pub gives_roles: bool,
    /// The cell that names groups, if they are given.
    pub groups: Option<String>,
    /// Whether a password is given, plain or hashed.
    pub gives_password: bool,
    /// The password.
    pub password: Password,
}

/// A row's password, when it is ready for the writer.
pub enum Password {
    /// None was given, or it was not hashed since the row cannot be done.
    None,
    /// Its hash.
    Hashed(PasswordHash),
    /// It is that of the person already.
    Same,
}

/// What is to be done about a password off the writer.
enum Work {
    Nothing,
    Plain(SecretString, Option<PasswordHash>),
    Hashed(Imported, Option<PasswordHash>),
}

/// The tags of the languages that rows may name.
struct Tags {
    supported: Vec<String>,
    dictionaries: Vec<String>,
}

/// What a rehearsal keeps in place of a hash: it is undone, and is the hash of nothing.
const REHEARSED: &str = "$rehearsed$";

impl Row {
    /// Reads rows, and hashes their passwords on all workspaces at once.
    pub fn read_all(
        first: i32,
        rows: &[Cells],
        columns: &Columns,
        plan: &Plan,
        bench: &mut Bench<'_>,
    ) -> Result<Vec<Row>, Error> {
        let rules = bench.rules();
        let (mut ready, work) = bench.view(|read| {
            let tags = Tags::read(columns, read)?;
            let (mut ready, mut work) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
            for (number, cells) in (first..).zip(rows) {
                let (row, hashed) = read_row(number, cells, columns, plan, rules, &tags)?;
                work.push(row.work(hashed, plan, read)?);
                ready.push(row);
            }
            Ok((ready, work))
        })?;
        if work.iter().all(|work| matches!(work, Work::Nothing)) {
            return Ok(ready);
        }
        let passwords = bench.each(work, |workspace, work| work.done(workspace, plan.rehearse))?;
        for (row, password) in ready.iter_mut().zip(passwords) {
            row.password = password?;
        }
        Ok(ready)
    }

    /// What is to be done about the password, as far as can be seen before the writer.
    fn work(&self, hashed: Option<Imported>, plan: &Plan, read: &dyn Read) -> Result<Work, Error> {
        let plain = self.wanted.changes.password();
        if (plain.is_none() && hashed.is_none()) || !self.wanted.changes.problems().is_empty() {
            return Ok(Work::Nothing);
        }
        let found = find(plan.key, &self.key, 1, read)?.first().copied();
        let in_vain = match found {
            Some(_) => plan.mode == Mode::Create && plan.on_duplicate != OnDuplicate::Update,
            None => plan.mode == Mode::Update || !self.wanted.missing.is_empty(),
        };
        if in_vain {
            return Ok(Work::Nothing);
        }
        let own = found.map(|id| read.credential(id)).transpose()?.flatten().and_then(|credential| credential.hash);
        Ok(match (plain, hashed) {
            (Some(password), _) => Work::Plain(password.clone(), own),
            (None, Some(imported)) => Work::Hashed(imported, own),
            (None, None) => Work::Nothing,
        })
    }
}

impl Work {
    fn done(self, workspace: &mut Workspace, rehearse: bool) -> Result<Password, Error> {
        let rehearsed = || Ok(PasswordHash::from_stored(REHEARSED.to_owned()));
        let hash = match self {
            Work::Nothing => return Ok(Password::None),
            Work::Plain(password, Some(own)) if workspace.verify(&password, Some(&own)) => return Ok(Password::Same),
            Work::Hashed(imported, Some(own)) if imported.is_stored_as(&own, workspace) => return Ok(Password::Same),
            Work::Plain(..) | Work::Hashed(..) if rehearse => rehearsed(),
            Work::Plain(password, _) => workspace.hash(&password),
            Work::Hashed(imported, _) => workspace.adopt(&imported),
        };
        hash.map(Password::Hashed).map_err(Error::internal)
    }
}

impl Tags {
    fn read(columns: &Columns, read: &dyn Read) -> Result<Self, Error> {
        let tags = |kind: Kind, which: Languages| {
            let needed = columns.targets().any(|target| matches!(target, Target::Setting(setting) if setting.kind == kind));
            let languages = if needed { read.languages(which)? } else { Vec::new() };
            Ok(languages.into_iter().map(|language| language.tag).collect())
        };
        Ok(Tags {
            supported: tags(Kind::Language, Languages::Supported)?,
            dictionaries: tags(Kind::Dictionary, Languages::Dictionaries)?,
        })
    }
}

/// The form in which keys are compared: external ids as they are, others as names.
pub fn compared(key: Key, text: &str) -> String {
    match key {
        Key::ExternalId => text.trim().to_owned(),
        Key::Username | Key::EmailAddress => name::key(text),
    }
}

/// The people whom a key names, up to `most`.
pub fn find(key: Key, text: &str, most: usize, read: &dyn Read) -> Result<Vec<UserId>, Error> {
    Ok(match key {
        Key::Username => read.user_id_by_name(&name::key(text))?.into_iter().collect(),
        Key::ExternalId => read.user_id_by_external_id(text.trim())?.into_iter().collect(),
        Key::EmailAddress => read.user_ids_by_email(text.trim(), most)?,
    })
}

fn read_row(
    number: i32,
    cells: &Cells,
    columns: &Columns,
    plan: &Plan,
    rules: &Rules,
    tags: &Tags,
) -> Result<(Row, Option<Imported>), Error> {
    let mut changes = Changes::default();
    changes.identify_by(plan.key.setting());
    let row = Row {
        number,
        key: String::new(),
        wanted: Newcomer { roles_are: Some(ROLES), force_reset: plan.force_reset, ..Newcomer::default() },
        gives_roles: false,
        groups: None,
        gives_password: false,
        password: Password::None,
    };
    let (given, expected) = (cells.len(), columns.iter().count());
    if given != expected {
        changes.object(Error::invalid("values", format!("are {given}, and there are {expected} columns.")));
    }
    let mut reading = Reading { changes, hashed: None, row, plan, rules, tags };
    for ((_, target), cell) in columns.iter().zip(cells) {
        if let Some(target) = target {
            reading.read(target, cell)?;
        }
    }
    let Reading { mut changes, hashed, mut row, .. } = reading;
    if row.key.is_empty() && given == expected {
        changes.object(Error::invalid(plan.key.setting(), "is empty, and people are found by it."));
    }
    if hashed.is_some() && changes.password().is_some() {
        changes.object(Error::invalid(PASSWORD_HASH, "comes with a Password; give one of them."));
    }
    row.gives_password = hashed.is_some() || changes.password().is_some();
    row.wanted.missing = missing(&changes, hashed.is_some() || plan.force_reset, rules);
    row.wanted.changes = changes;
    Ok((row, hashed))
}

impl Tags {
    fn of(&self, which: Languages) -> Vec<String> {
        match which {
            Languages::Supported => self.supported.clone(),
            Languages::Dictionaries => self.dictionaries.clone(),
        }
    }
}

/// A row that is being read, cell by cell.
struct Reading<'r> {
    changes: Changes,
    hashed: Option<Imported>,
    row: Row,
    plan: &'r Plan,
    rules: &'r Rules,
    tags: &'r Tags,
}

impl Reading<'_> {
    fn read(&mut self, target: &Target, cell: &SecretString) -> Result<(), Error> {
        let (text, rules, row) = (cell.expose_secret(), self.rules, &mut self.row);
        if text.trim().is_empty() {
            if self.plan.clear_empty {
                self.clear(target);
            }
            return Ok(());
        }
        match target {
            Target::Setting(setting) if setting.kind == Kind::Secret => self.changes.set_password(setting.key, cell, rules),
            Target::Setting(setting) => {
                if setting.key == self.plan.key.setting() {
                    row.key = text.trim().chars().take(KEY_LENGTH).collect();
                }
                let lower = text.to_ascii_lowercase();
                let text = if setting.kind == Kind::Flag { &lower } else { text };
                self.changes.set(setting.key, text, rules, &|which| Ok(self.tags.of(which)))?;
            }
            Target::PasswordHash => match Imported::parse(text) {
                Ok(imported) => self.hashed = Some(imported),
                Err(problem) => self.changes.object(Error::invalid(PASSWORD_HASH, problem)),
            },
            Target::CustomField { name, .. } => row.wanted.custom.push((name.clone(), Some(text.to_owned()))),
            Target::Roles => {
                row.gives_roles = true;
                (row.wanted.role_ids, row.wanted.role_names) = roles(text);
            }
            Target::Groups => row.groups = Some(text.to_owned()),
        }
        Ok(())
    }

    /// Brings back what somebody has who set nothing. What everybody needs stays.
    fn clear(&mut self, target: &Target) {
        match target {
            Target::Setting(setting) if matches!(setting.kind, Kind::Name | Kind::Secret) => {}
            Target::Setting(setting) if setting.key == "EmailAddress" && self.rules.require_email => {}
            Target::Setting(setting) => self.changes.clear(setting.key, self.rules),
            Target::CustomField { required: true, .. } | Target::PasswordHash => {}
            Target::CustomField { name, .. } => self.row.wanted.custom.push((name.clone(), Some(String::new()))),
            Target::Roles => self.row.gives_roles = true,
            Target::Groups => self.row.groups = Some(String::new()),
        }
    }
}

/// The roles that a cell names, by id and by name.
fn roles(text: &str) -> (Vec<i16>, Vec<String>) {
    let (mut ids, mut names) = (Vec::new(), Vec::new());
    for item in text.split(';').map(str::trim).filter(|item| !item.is_empty()) {
        match item.parse() {
            Ok(id) => ids.push(id),
            Err(_) => names.push(item.to_owned()),
        }
    }
    (ids, names)
}

/// What somebody new needs and the row does not give, in the words of single creations. Whoever has to set a password first needs none.
fn missing(changes: &Changes, needs_no_password: bool, rules: &Rules) -> Vec<Error> {
    let mut needed = Changes::default();
    for key in ["Username", "EmailAddress"] {
        if !changes.mentions(key) {
            needed.set_untagged(key, "", rules);
        }
    }
    let elsewhere = changes.text("AuthenticationMethod").is_some_and(|(_, method)| method != "Password");
    let is_forced = changes.text("ForcePasswordChange").is_some_and(|(_, forced)| forced == "true");
    if !needs_no_password && !elsewhere && !is_forced && !changes.mentions("Password") && !changes.mentions(PASSWORD_HASH) {
        needed.set_password("Password", &SecretString::default(), rules);
    }
    needed.problems().to_vec()
}
