//! The configuration: one table of keys, read from the command line, the environment and a file, in this order of precedence.
//!
//! Unknown keys stop the start, and all problems are reported together. `docs/configuration.md` is made from the table.

mod keys;
mod limits;
mod values;

pub use keys::{KEYS, Key, PREFIX};
pub use limits::{LIMITS, Limit, markdown as limits_markdown};

use crate::domain::password::Cost;
use crate::domain::rules::Rules;
use crate::http::{Addresses, Forms, HttpLimits};
use crate::store::sqlite::Tuning;
use crate::wire::limits::Limits;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// What the server is to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The database file.
    pub database: PathBuf,
    /// A seed file that is applied before the first call.
    pub seed: Option<PathBuf>,
    /// What `GetServerName` answers.
    pub server_name: String,
    /// The configurable rules about people.
    pub rules: Rules,
    /// Under which addresses the server is reached.
    pub addresses: Addresses,
    /// Limits of the edge.
    pub http: HttpLimits,
    /// Who may call by forms and queries (R36).
    pub forms: Forms,
    /// Limits of a request's document, and what is done about characters that it must not hold.
    pub xml: Limits,
    /// Whether a call without credentials is challenged (R4).
    pub challenge: bool,
    /// How far the clock of whoever dates a message may be from ours.
    pub clock_skew: Duration,
    /// The store's tuning.
    pub tuning: Tuning,
    /// What hashing a new password costs.
    pub cost: Cost,
    /// Hasher threads.
    pub hashers: usize,
    /// Calls that may wait for a hasher thread.
    pub hasher_queue: usize,
    /// How long a call may wait for one of them.
    pub hasher_patience: Duration,
    /// People whose login is remembered.
    pub verified_people: usize,
    /// For how long it is remembered.
    pub verified_life: Duration,
    /// The least important events that are logged.
    pub log: tracing::Level,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database: PathBuf::from("./asmxd.db"),
            seed: None,
            server_name: gethostname::gethostname().to_string_lossy().into_owned(),
            rules: Rules::default(),
            addresses: Addresses::default(),
            http: HttpLimits::default(),
            forms: Forms::default(),
            xml: Limits::default(),
            challenge: false,
            clock_skew: Duration::from_secs(300),
            tuning: Tuning::default(),
            cost: Cost::default(),
            hashers: std::thread::available_parallelism().map_or(1, usize::from),
            hasher_queue: 512,
            hasher_patience: Duration::from_secs(5),
            verified_people: 10_000,
            verified_life: Duration::from_secs(600),
            log: tracing::Level::INFO,
        }
    }
}

/// Variables that are no keys of the file: they name the file, or hold the first administrator's secret.
pub const OTHER_VARIABLES: [&str; 3] = ["ASMXD_CONFIG", ADMIN_USERNAME, ADMIN_PASSWORD];
/// The first administrator's user name.
pub const ADMIN_USERNAME: &str = "ASMXD_ADMIN_USERNAME";
/// The first administrator's password.
pub const ADMIN_PASSWORD: &str = "ASMXD_ADMIN_PASSWORD";

/// Values by key, with the place each was read from, for messages.
#[derive(Debug, Default)]
pub struct Values(BTreeMap<String, (String, String)>);

impl Values {
    /// Adds a value unless an earlier, more important source has the key.
    pub fn add(&mut self, key: &str, value: String, place: String) {
        self.0.entry(key.to_owned()).or_insert((value, place));
    }

    /// Adds what the environment sets. Variables with our prefix that are unknown are reported.
    pub fn add_environment(&mut self, variables: impl Iterator<Item = (String, String)>, problems: &mut Vec<String>) {
        for (variable, value) in variables.filter(|(variable, _)| variable.starts_with(PREFIX)) {
            match KEYS.iter().find(|key| key.variable() == variable) {
                Some(key) => self.add(key.name, value, variable),
                None if OTHER_VARIABLES.contains(&variable.as_str()) => {}
                None => problems.push(format!("{variable}: there is no such setting")),
            }
        }
    }

    /// Adds what the file's text sets.
    pub fn add_file(&mut self, text: &str, place: &str, problems: &mut Vec<String>) {
        match text.parse::<toml::Table>() {
            Ok(table) => self.add_table(&table, "", place),
            Err(error) => problems.push(format!("{place}: {}", error.to_string().trim_end())),
        }
    }

    fn add_table(&mut self, table: &toml::Table, prefix: &str, place: &str) {
        for (name, value) in table {
            let key = format!("{prefix}{name}");
            let text = match value {
                toml::Value::Table(inner) => {
                    self.add_table(inner, &format!("{key}."), place);
                    continue;
                }
                toml::Value::String(text) => text.clone(),
                toml::Value::Array(items) => items
                    .iter()
                    .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
                    .collect::<Vec<_>>()
                    .join(","),
                other => other.to_string(),
            };
            self.add(&key, text, place.to_owned());
        }
    }

    /// The configuration, or every problem there is.
    pub fn resolve(self, mut problems: Vec<String>) -> Result<Config, Vec<String>> {
        let mut config = Config::default();
        for (name, (value, place)) in self.0 {
            let outcome = match KEYS.iter().find(|key| key.name == name) {
                Some(key) => (key.set)(&mut config, &value),
                None => Err("there is no such setting".to_owned()),
            };
            if let Err(problem) = outcome {
                problems.push(format!("{name} ({place}): {problem}"));
            }
        }
        if problems.is_empty() { Ok(config) } else { Err(problems) }
    }
}

/// `docs/configuration.md`.
pub fn markdown() -> String {
    let mut text = String::from(
        "# Configuration\n\nMade from the table in `src/config.rs`; `BLESS=1 cargo test` rewrites this file.\n\n\
         A setting is read from the command line (`--listen`, `--database`, `--public-url`), else from the environment, else from the \
         TOML file that `--config` or `ASMXD_CONFIG` names, where dots in keys are tables. Unknown keys stop the start, and all \
         problems are reported together.\n\n`ASMXD_ADMIN_USERNAME` (default `admin`) and `ASMXD_ADMIN_PASSWORD` (default: generated, \
         printed once to standard error) make the administrator of an empty database and count for nothing afterwards.\n\n\
         | key | environment | default | |\n|---|---|---|---|\n",
    );
    for key in KEYS {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| `{}` | `{}` | {} | {} |", key.name, key.variable(), key.default, key.doc);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(environment: &[(&str, &str)], file: &str) -> Result<Config, Vec<String>> {
        let (mut values, mut problems) = (Values::default(), Vec::new());
        let pairs = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        values.add_environment(pairs, &mut problems);
        values.add_file(file, "asmxd.toml", &mut problems);
        values.resolve(problems)
    }

    #[test]
    fn the_environment_beats_the_file_and_the_file_the_defaults() {
        let file = "listen = '127.0.0.1:1'\ntrusted_proxies = ['10.0.0.0/8', '::1']\n[password]\nmin_length = 12\nthreads = 3";
        let config = resolve(&[("ASMXD_PASSWORD_MIN_LENGTH", "10"), ("HOME", "/x")], file).unwrap();
        assert_eq!(config.listen, "127.0.0.1:1".parse().unwrap());
        assert_eq!((config.rules.password.min_length, config.hashers), (10, 3));
        assert_eq!(config.addresses.trusted_proxies.len(), 2);
        assert_eq!(config.hasher_queue, Config::default().hasher_queue);
    }

    #[test]
    fn all_problems_are_reported_together() {
        let problems = resolve(
            &[("ASMXD_LISTEM", "x"), ("ASMXD_LOG", "loud"), ("ASMXD_ADMIN_PASSWORD", "secret")],
            "colour = 'red'\n[password]\nmin_length = 0\n[limits]\nbody_bytes = true",
        )
        .unwrap_err();
        assert_eq!(problems.len(), 5, "{problems:?}");
        for part in ["ASMXD_LISTEM", "colour (asmxd.toml)", "password.min_length", "limits.body_bytes", "log (ASMXD_LOG)"] {
            assert!(problems.iter().any(|problem| problem.contains(part)), "{part}: {problems:?}");
        }
        assert!(!problems.iter().any(|problem| problem.contains("secret")));
    }

    #[test]
    fn every_key_has_a_variable_of_its_own() {
        let mut variables: Vec<_> = KEYS.iter().map(Key::variable).collect();
        variables.extend(OTHER_VARIABLES.map(str::to_owned));
        let count = variables.len();
        variables.sort();
        variables.dedup();
        assert_eq!(variables.len(), count);
    }
}
