//! Maps: how the columns and words of another system's file become ours. They are told by arguments `OLD=NEW`, by a file, or by both.
//!
//! What our columns are is not known here: which of the names that come out are columns is judged by whoever imports.

mod apply;

pub use apply::Mapping;

use serde::Deserialize;
use std::collections::BTreeMap;

/// What a map says, as a file has it; each part may be left out.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Map {
    /// By the name of a column of the file, the columns that get its cells; none if it is not imported. `A + B` joins the cells of two
    /// columns with a blank, and `*` stands for all columns that the map does not name.
    pub columns: BTreeMap<String, Targets>,
    /// By column of ours, what stands for a value; `*` stands for any other. In lists, the values are the items.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// By column of ours, what stands between the items of its lists in the file.
    pub separators: BTreeMap<String, String>,
    /// By column of ours, what is put before each cell that is not empty.
    pub prefixes: BTreeMap<String, String>,
    /// By column of ours that the file lacks, the value for everybody.
    pub constants: BTreeMap<String, String>,
}

/// The columns that get a cell.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "a column's name, or a list of names")]
pub enum Targets {
    /// One, or with an empty name none.
    One(String),
    /// Several.
    Several(Vec<String>),
}

impl Targets {
    /// Their names.
    fn names(&self) -> impl Iterator<Item = &str> {
        let names = match self {
            Targets::One(name) => std::slice::from_ref(name),
            Targets::Several(names) => names,
        };
        names.iter().map(|name| name.trim()).filter(|name| !name.is_empty())
    }
}

impl Map {
    /// The map that a file holds; the error says what is wrong and in which line.
    pub fn from_toml(text: &str) -> Result<Map, String> {
        toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())
    }

    /// Adds what an argument `OLD=NEW` says. An OLD that was named before gets one more column.
    pub fn add(&mut self, argument: &str) -> Result<(), String> {
        let wrong = || format!("'{argument}' is no map; write OLD=NEW, or OLD= for a column that is not to be imported");
        let (old, new) = argument.rsplit_once('=').ok_or_else(wrong)?;
        let (old, new) = (old.trim(), new.trim());
        if old.is_empty() {
            return Err(wrong());
        }
        let before = self.columns.remove(old);
        let mut names: Vec<String> = before.iter().flat_map(Targets::names).map(str::to_owned).collect();
        names.push(new.to_owned());
        self.columns.insert(old.to_owned(), Targets::Several(names));
        Ok(())
    }
}
