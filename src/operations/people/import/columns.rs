//! What a column of an import means: a setting, roles, groups, a custom field, or the hash of a password.

use crate::domain::Error;
use crate::domain::column::{self, CUSTOM_FIELDS, GROUPS, PASSWORD_HASH, ROLES, built_in, nearest, same};
use crate::domain::custom_field::CustomField;
use crate::domain::import::{Key, MOST_COLUMNS};
use crate::domain::setting::{self, Change, Setting};

/// What a column means.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// A setting, a password in plain among them.
    Setting(&'static Setting),
    /// A password that is hashed already.
    PasswordHash,
    /// Roles, by name or id.
    Roles,
    /// Groups, by department and name.
    Groups,
    /// A custom field.
    CustomField {
        /// Its name, as people see it.
        name: String,
        /// Whether it may not be emptied.
        required: bool,
    },
}

/// The columns of an import in their order.
#[derive(Debug, Clone)]
pub struct Columns(Vec<(String, Option<Target>)>);

impl Columns {
    /// Looks up what the columns mean. An empty name is passed over; what is unknown, read only or there twice is refused, all at once.
    pub fn resolve(names: &[String], fields: &[CustomField]) -> Result<Self, Error> {
        if names.len() > MOST_COLUMNS {
            return Err(Error::invalid("columns", format!("are {}; at most {MOST_COLUMNS} are read.", names.len())));
        }
        let (mut columns, mut problems) = (Vec::<(String, Option<Target>)>::new(), Vec::new());
        for given in names {
            let found = if given.trim().is_empty() { Ok(None) } else { meaning(given, fields).map(Some) };
            match found {
                Err(problem) => problems.push(Error::invalid("columns", problem)),
                Ok(Some(target)) if columns.iter().any(|(_, known)| known.as_ref() == Some(&target)) => {
                    problems.push(Error::invalid("columns", format!("'{given}' names what another column names too.")));
                }
                Ok(target) => columns.push((given.clone(), target)),
            }
        }
        Error::all(problems)?;
        Ok(Columns(columns))
    }

    /// The same, with what is unknown or read only passed over: the names that remain, the others empty.
    pub fn known(names: &[String], fields: &[CustomField]) -> Vec<String> {
        names.iter().map(|given| meaning(given, fields).map(|_| given.clone()).unwrap_or_default()).collect()
    }

    /// Fails unless the column by which people are found is there.
    pub fn must_have(&self, key: Key) -> Result<(), Error> {
        match self.targets().any(|target| matches!(target, Target::Setting(setting) if setting.key == key.setting())) {
            true => Ok(()),
            false => Err(Error::invalid("columns", format!("lack {}, by which people are found.", key.setting()))),
        }
    }

    /// Each column's name as it was given, and what it means.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&Target>)> {
        self.0.iter().map(|(given, target)| (given.as_str(), target.as_ref()))
    }

    /// What the columns mean.
    pub fn targets(&self) -> impl Iterator<Item = &Target> {
        self.0.iter().filter_map(|(_, target)| target.as_ref())
    }

    /// The column that an error's field is about, as it was given; the field itself if no column is.
    pub fn named_by(&self, field: &str) -> String {
        let bare = field.split_once('[').map_or(field, |(bare, _)| bare);
        let is_it = |target: &Target| match target {
            Target::Setting(setting) => setting.key.eq_ignore_ascii_case(bare),
            Target::PasswordHash => PASSWORD_HASH == bare,
            Target::Roles => ROLES == bare,
            Target::Groups => GROUPS == bare,
            Target::CustomField { name, .. } => name == field,
        };
        let found = self.0.iter().find(|(_, target)| target.as_ref().is_some_and(is_it));
        found.map_or(field, |(given, _)| given).to_owned()
    }
}

/// What a column means by its name, however it is spelled; or what is wrong with it.
fn meaning(given: &str, fields: &[CustomField]) -> Result<Target, String> {
    if let Some(name) = column::custom_field(given) {
        return field_named(name, fields).ok_or_else(|| format!("'{given}' names no custom field that there is."));
    }
    match column::named(given) {
        Some(ROLES) => return Ok(Target::Roles),
        Some(GROUPS) => return Ok(Target::Groups),
        Some(PASSWORD_HASH) => return Ok(Target::PasswordHash),
        Some(key) => {
            return match setting::named(key) {
                Some(setting) if setting.change != Change::Never => Ok(Target::Setting(setting)),
                _ => Err(format!("'{given}' is read only; leave the column out, or ask for such columns to be passed over.")),
            };
        }
        None => {}
    }
    field_named(given, fields).ok_or_else(|| unknown(given, fields))
}

fn field_named(name: &str, fields: &[CustomField]) -> Option<Target> {
    let is_it = |field: &&CustomField| same(field.display_name.as_str(), name) || same(field.name.as_str(), name);
    let target =
        |field: &CustomField| Target::CustomField { name: field.display_name.as_str().to_owned(), required: field.required };
    fields.iter().find(is_it).map(target)
}

fn unknown(given: &str, fields: &[CustomField]) -> String {
    if CUSTOM_FIELDS.trim_end_matches('.').eq_ignore_ascii_case(given.trim()) {
        return format!("'{given}': give each custom field a column of its own, named as the field.");
    }
    let is_written = |name: &&str| setting::named(name).is_none_or(|setting| setting.change != Change::Never);
    let names: Vec<&str> = built_in()
        .map(|name| -> &str { name })
        .filter(is_written)
        .chain(fields.iter().map(|field| field.display_name.as_str()))
        .collect();
    match nearest(given, names) {
        Some(best) => format!("'{given}' is unknown; did you mean {best}?"),
        None => format!("'{given}' is unknown."),
    }
}

/// The name of a custom field's column.
pub fn column_of(field: &CustomField) -> String {
    format!("{CUSTOM_FIELDS}{}", field.display_name.as_str())
}
