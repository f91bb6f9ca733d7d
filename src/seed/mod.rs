//! The seed: brands, departments, groups, roles, permissions, custom fields, languages and people, declared in one readable file.
//!
//! Applying a seed makes what is missing and changes what differs, through the same handlers as calls, in one transaction; it removes
//! nothing. Applied twice, it changes nothing. Printing writes the present state in the same form. There are no passwords in it.

mod apply;
mod people;
mod print;

pub use apply::{Applied, apply};
pub use print::print;

use crate::domain::Error;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a file declares; each list may be left out.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Seed {
    /// Languages that people may choose.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
    /// Dictionaries that people may choose.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dictionaries: Vec<Language>,
    /// Reports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<Report>,
    /// Time-log categories.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub time_log_categories: Vec<Category>,
    /// Roles; the six built-in ones may be named for their permissions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// Custom fields of people.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub custom_fields: Vec<CustomField>,
    /// People, without passwords: an administrator sets them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
    /// Brands with their departments and groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub brands: Vec<Brand>,
}

/// A language or dictionary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// Its tag, for instance `pt-BR`.
    pub tag: String,
    /// Its name in itself.
    pub name: String,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Its name.
    pub name: String,
    /// Its id, a GUID; made when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// A time-log category.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its name.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// Whether it makes its holders employees; only counts when it is made.
    #[serde(default)]
    pub employee: bool,
    /// By area, the names of what is allowed; the area `KB 7` is the category 7 of KB. Areas that are left out stay as they are.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub permissions: BTreeMap<String, Vec<String>>,
}

/// The definition of a custom field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomField {
    /// Its name for programs.
    pub name: String,
    /// The name that people see.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub display_name: String,
    /// `Text`, `MultilineText`, `Number`, `Boolean`, `Date` or `List`.
    #[serde(rename = "type")]
    pub data_type: String,
    /// What it holds where nothing was set.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub default: String,
    /// What a list offers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// Whether it belongs to every department.
    #[serde(default)]
    pub global: bool,
    /// Whether it may not be emptied.
    #[serde(default)]
    pub required: bool,
    /// Whether employees have it.
    #[serde(default = "yes")]
    pub for_employees: bool,
    /// Whether end users have it.
    #[serde(default = "yes")]
    pub for_users: bool,
}

fn yes() -> bool {
    true
}

/// A person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The name it logs in with.
    pub username: String,
    /// The name that people see; only counts when it is made.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub display_name: String,
    /// Its e-mail address; only counts when it is made.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// Names of roles that it is given; others that it holds stay.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
}

/// A brand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// Its name.
    pub name: String,
    /// Its departments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<Department>,
}

/// A department.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Its name.
    pub name: String,
    /// Whether it takes no tickets from outside.
    #[serde(default)]
    pub internal: bool,
    /// Names of the roles to which it is limited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limited_to: Vec<String>,
    /// Its groups; the first is its front line unless another says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Whether it is the front line of its department.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub front_line: bool,
    /// User names of its members; they need the role Agent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
}

/// Why a seed was not applied; nothing was changed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{place}: {error}")]
pub struct SeedError {
    /// The part of the file, for instance `brands.Default.departments.Sales`.
    pub place: String,
    /// What is wrong with it.
    pub error: Error,
}

impl Seed {
    /// Reads a file's text; the error tells line and column.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())
    }
}
