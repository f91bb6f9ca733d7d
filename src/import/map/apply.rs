//! A map applied to the header of a file: from then on, each row of the file becomes a row of ours.

use super::Map;
use crate::domain::column::{self, SEPARATOR, nearest, plain, same};
use std::collections::BTreeMap;

/// The name that stands for all others, and the value.
const OTHERS: &str = "*";
/// What stands between columns whose cells are joined.
const JOIN: &str = " + ";

/// How the rows of one file become ours.
#[derive(Debug, Clone)]
pub struct Mapping {
    names: Vec<String>,
    sources: Vec<Source>,
}

/// Where the cells of a column come from, and what is done with them.
#[derive(Debug, Clone, Default)]
struct Source {
    /// Columns of the file, whose cells are joined.
    from: Vec<usize>,
    constant: String,
    /// What stands between the items, where cells are lists.
    separator: Option<String>,
    values: BTreeMap<String, String>,
    prefix: String,
}

impl Map {
    /// Applies the map to a header; the errors tell all that does not fit.
    pub fn apply(&self, header: &[String]) -> Result<Mapping, Vec<String>> {
        let mut applying =
            Applying { map: self, header, named: vec![false; header.len()], sources: Vec::new(), wrong: Vec::new() };
        applying.columns();
        applying.others();
        applying.constants();
        applying.words();
        match applying.wrong.is_empty() {
            true => {
                let (names, sources) = applying.sources.into_iter().unzip();
                Ok(Mapping { names, sources })
            }
            false => Err(applying.wrong),
        }
    }
}

impl Mapping {
    /// The names of the columns that come out.
    pub fn columns(&self) -> &[String] {
        &self.names
    }

    /// A row of ours out of a row of the file: a cell for each column.
    pub fn cells(&self, cells: &[String]) -> Vec<String> {
        self.sources.iter().map(|source| source.cell(cells)).collect()
    }
}

impl Source {
    fn cell(&self, cells: &[String]) -> String {
        let found: Vec<&str> =
            self.from.iter().filter_map(|at| cells.get(*at)).map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        let cell = match found.as_slice() {
            [] => self.constant.clone(),
            [one] => (*one).to_owned(),
            several => several.iter().map(|cell| cell.trim()).collect::<Vec<_>>().join(" "),
        };
        let cell = match &self.separator {
            Some(separator) => {
                let items = cell.split(separator.as_str()).map(|item| self.word(item.trim()));
                items.filter(|item| !item.is_empty()).collect::<Vec<_>>().join(&SEPARATOR.to_string())
            }
            None => self.word(&cell),
        };
        if cell.is_empty() { cell } else { format!("{}{cell}", self.prefix) }
    }

    /// What stands for a value: that for the value itself, then that for the same in another case, then that for any other.
    fn word(&self, value: &str) -> String {
        if self.values.is_empty() {
            return value.to_owned();
        }
        let trimmed = value.trim();
        let alike = || self.values.iter().find(|(key, _)| key.to_lowercase() == trimmed.to_lowercase()).map(|(_, word)| word);
        let other = || self.values.get(OTHERS).filter(|_| !trimmed.is_empty());
        self.values.get(trimmed).or_else(alike).or_else(other).map_or(value, String::as_str).to_owned()
    }
}

/// A map that is being applied.
struct Applying<'m> {
    map: &'m Map,
    header: &'m [String],
    /// Which columns of the file the map names.
    named: Vec<bool>,
    sources: Vec<(String, Source)>,
    wrong: Vec<String>,
}

impl Applying<'_> {
    /// The columns that the map names.
    fn columns(&mut self) {
        let map = self.map;
        for (old, targets) in map.columns.iter().filter(|(old, _)| *old != OTHERS) {
            let is_wanted = targets.names().next().is_some();
            let from = match self.find(old) {
                Ok(from) => from,
                Err(_) if !is_wanted => continue,
                Err(wrong) => {
                    self.wrong.push(wrong);
                    continue;
                }
            };
            for at in &from {
                self.named.iter_mut().skip(*at).take(1).for_each(|named| *named = true);
            }
            for name in targets.names() {
                self.push(name, Source { from: from.clone(), ..Source::default() });
            }
        }
    }

    /// The columns that it does not name keep their names, unless it says otherwise of them all.
    fn others(&mut self) {
        let others = self.map.columns.get(OTHERS);
        if let Some(name) = others.and_then(|targets| targets.names().next()) {
            return self
                .wrong
                .push(format!("the map says \"{OTHERS}\" = \"{name}\", but all other columns can only be left out: \"\""));
        }
        if others.is_some() {
            return;
        }
        let header = self.header;
        for (at, name) in header.iter().enumerate() {
            if self.named.get(at) == Some(&false) && !name.trim().is_empty() {
                self.push(name.trim(), Source { from: vec![at], ..Source::default() });
            }
        }
    }

    fn constants(&mut self) {
        for (name, value) in &self.map.constants {
            self.push(name, Source { constant: value.clone(), ..Source::default() });
        }
    }

    /// What the map says of columns that come out.
    fn words(&mut self) {
        for (name, source) in &mut self.sources {
            let is_list = column::is_list(name);
            source.separator =
                is_list.then(|| SEPARATOR.to_string()).filter(|_| self.map.values.keys().any(|key| same(key, name)));
            if let Some((_, separator)) = self.map.separators.iter().find(|(key, _)| same(key, name)) {
                source.separator = Some(separator.clone()).filter(|separator| !separator.is_empty());
            }
            source.values =
                self.map.values.iter().find(|(key, _)| same(key, name)).map(|(_, values)| values.clone()).unwrap_or_default();
            source.prefix =
                self.map.prefixes.iter().find(|(key, _)| same(key, name)).map(|(_, text)| text.clone()).unwrap_or_default();
        }
        let told = [
            ("values", keys(&self.map.values)),
            ("separators", keys(&self.map.separators)),
            ("prefixes", keys(&self.map.prefixes)),
        ];
        for (part, names) in told {
            for name in names {
                if !self.sources.iter().any(|(known, _)| same(known, name)) {
                    let known = self.sources.iter().map(|(name, _)| name.as_str());
                    self.wrong.push(format!(
                        "the map's [{part}] names the column '{name}', which does not come out of it{}",
                        hint(name, known)
                    ));
                }
            }
        }
    }

    fn push(&mut self, name: &str, source: Source) {
        match self.sources.iter().find(|(known, _)| same(known, name)) {
            Some((known, _)) => self.wrong.push(format!(
                "the column '{known}' would come from several columns; join them with 'A{JOIN}B', or leave one out with an empty name"
            )),
            None => self.sources.push((name.to_owned(), source)),
        }
    }

    /// The places of the columns that a map calls so: one of this very name, or several that are joined.
    fn find(&self, old: &str) -> Result<Vec<usize>, String> {
        if let Ok(at) = self.place(old) {
            return Ok(vec![at]);
        }
        old.split(JOIN).map(|part| self.place(part)).collect()
    }

    fn place(&self, old: &str) -> Result<usize, String> {
        let exactly = self.header.iter().position(|name| name.trim() == old.trim());
        let found = exactly.or_else(|| self.header.iter().position(|name| plain(name) == plain(old)));
        let known = self.header.iter().map(String::as_str);
        found
            .ok_or_else(|| format!("the map names the column '{}', which the file does not have{}", old.trim(), hint(old, known)))
    }
}

fn keys<T>(table: &BTreeMap<String, T>) -> Vec<&str> {
    table.keys().map(String::as_str).collect()
}

fn hint<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    nearest(name, known).map_or(String::new(), |near| format!("; did you mean '{near}'?"))
}
