//! What a column of an import means: a setting, roles, groups, a custom field, or the hash of a password.

use crate::domain::Error;
use crate::domain::custom_field::CustomField;
use crate::domain::import::{Key, MOST_COLUMNS};
use crate::domain::name;
use crate::domain::setting::{self, ALIASES, Change, Kind, SETTINGS, Setting};

/// The column of passwords that are hashed already.
pub const PASSWORD_HASH: &str = "PasswordHash";
/// The column of roles.
pub const ROLES: &str = "Roles";
/// The column of groups.
pub const GROUPS: &str = "Groups";
/// What the column of a custom field may begin with; it must where the field is named as something else.
const CUSTOM_FIELD: &str = "CustomField:";
/// How much alike two names have to be for the one to be a suggestion for the other, from 0 to 1.
const ALIKE: f64 = 0.8;

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
    /// The custom field of this name.
    CustomField(String),
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
            Target::CustomField(name) => name == field,
        };
        let found = self.0.iter().find(|(_, target)| target.as_ref().is_some_and(is_it));
        found.map_or(field, |(given, _)| given).to_owned()
    }
}

/// What a column means by its name, without regard to case, blanks, underscores and hyphens; or what is wrong with it.
fn meaning(given: &str, fields: &[CustomField]) -> Result<Target, String> {
    let wanted = normalised(given);
    if let Some(name) = given.trim().get(..CUSTOM_FIELD.len()).filter(|start| start.eq_ignore_ascii_case(CUSTOM_FIELD)) {
        let name = given.trim().get(name.len()..).unwrap_or_default();
        return field_named(name, fields).ok_or_else(|| format!("'{given}' names no custom field that there is."));
    }
    match wanted.as_str() {
        "passwordhash" => return Ok(Target::PasswordHash),
        "roles" | "role" => return Ok(Target::Roles),
        "groups" | "group" => return Ok(Target::Groups),
        _ => {}
    }
    match setting_named(&wanted) {
        Some(setting) if setting.kind == Kind::Elsewhere => {
            Err(format!("'{given}': give each custom field a column of its own, named as the field."))
        }
        Some(setting) if setting.change == Change::Never => {
            Err(format!("'{given}' is read only; leave the column out, or ask for such columns to be passed over."))
        }
        Some(setting) => Ok(Target::Setting(setting)),
        None => field_named(given, fields).ok_or_else(|| unknown(given, &wanted, fields)),
    }
}

fn field_named(name: &str, fields: &[CustomField]) -> Option<Target> {
    let wanted = normalised(name);
    let is_it =
        |field: &&CustomField| normalised(field.display_name.as_str()) == wanted || normalised(field.name.as_str()) == wanted;
    fields.iter().find(is_it).map(|field| Target::CustomField(field.display_name.as_str().to_owned()))
}

fn setting_named(wanted: &str) -> Option<&'static Setting> {
    let alias = ALIASES.iter().find(|(alias, _)| normalised(alias) == wanted);
    match alias {
        Some((_, key)) => setting::named(key),
        None => SETTINGS.iter().find(|setting| normalised(setting.key) == wanted),
    }
}

fn unknown(given: &str, wanted: &str, fields: &[CustomField]) -> String {
    let names = SETTINGS.iter().filter(|setting| setting.change != Change::Never && setting.kind != Kind::Elsewhere);
    let names = names.map(|setting| setting.key).chain(ALIASES.iter().map(|(alias, _)| *alias));
    let names = names.chain([PASSWORD_HASH, ROLES, GROUPS]).chain(fields.iter().map(|field| field.display_name.as_str()));
    let alike = |name: &str| strsim::jaro_winkler(&normalised(name), wanted);
    let best = names.max_by(|one, other| alike(one).total_cmp(&alike(other)));
    match best.filter(|best| alike(best) >= ALIKE) {
        Some(best) => format!("'{given}' is unknown; did you mean {best}?"),
        None => format!("'{given}' is unknown."),
    }
}

/// A column's name as it is compared.
fn normalised(name: &str) -> String {
    name::key(name).chars().filter(|character| !character.is_whitespace() && !['_', '-'].contains(character)).collect()
}

/// The name of a custom field's column: its own, unless that means something else.
pub fn column_of(field: &CustomField) -> String {
    let name = field.display_name.as_str();
    match meaning(name, std::slice::from_ref(field)) {
        Ok(Target::CustomField(_)) => name.to_owned(),
        _ => format!("{CUSTOM_FIELD}{name}"),
    }
}
