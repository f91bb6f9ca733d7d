//! `asmxd import` and `asmxd export` as people run them: files in, files out, exit codes, and what is said.

mod broken;
mod documents;
mod files;
mod server;

use super::{ADMINISTRATOR, CHEAP, Ended, Place};
use crate::support::repository;
use rusqlite::Connection;
use std::path::Path;

/// Cheap hashing and a known administrator.
const VARIABLES: [(&str, &str); 3] = [CHEAP[0], CHEAP[1], ADMINISTRATOR];

/// A place with the database `asmxd.db`, which the example seed fills.
fn place() -> Place {
    let place = Place::new();
    let seed = repository("fixtures/seed/help-desk.toml");
    let ended = place.run(&["seed", seed.to_str().unwrap()], &VARIABLES);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    place
}

/// Runs a command in the place.
fn asmxd(place: &Place, arguments: &[&str]) -> Ended {
    place.run(arguments, &VARIABLES)
}

/// Runs a command that must end with this code, and answers what it said on standard output.
fn ends(place: &Place, code: i32, arguments: &[&str]) -> String {
    let ended = asmxd(place, arguments);
    assert_eq!(ended.code, Some(code), "{arguments:?}: {ended:?}");
    ended.out
}

fn fixture(name: &str) -> String {
    repository("fixtures/import").join(name).to_str().unwrap().to_owned()
}

/// The first line, which counts the rows.
fn counts(out: &str) -> &str {
    out.lines().next().unwrap_or_default()
}

/// A file for so many people without passwords.
fn crowd(place: &Place, name: &str, people: std::ops::RangeInclusive<u32>) {
    let rows = people.map(|number| format!("p{number},p{number}@example.org,Person {number},{},true\n", number % 7));
    place.write(name, &format!("Username,Email,DisplayName,PhoneNumbers,ForcePasswordChange\n{}", rows.collect::<String>()));
}

/// What is stored of people, without times: each row of the tables that are about them.
fn people(database: &Path) -> Vec<String> {
    let connection = Connection::open(database).unwrap();
    let mut rows = Vec::new();
    for query in [
        "SELECT id, username, display_name, email, email_verified, enabled, external_id, authentication, authentication_domain, \
         password_hash IS NULL, force_password_change, version FROM users ORDER BY id",
        "SELECT user_id, key, value FROM user_settings ORDER BY 1, 2",
        "SELECT user_id, role_id FROM user_roles ORDER BY 1, 2",
        "SELECT user_id, field_id, value FROM user_custom_fields ORDER BY 1, 2",
        "SELECT user_id, group_id FROM memberships ORDER BY 1, 2",
        "SELECT subject, subject_id, action, fields FROM changes WHERE subject <> 11 ORDER BY sequence",
    ] {
        let mut statement = connection.prepare(query).unwrap();
        let count = statement.column_count();
        let cells = statement
            .query_map([], |row| (0..count).map(|at| row.get::<_, rusqlite::types::Value>(at)).collect::<Result<Vec<_>, _>>());
        rows.extend(cells.unwrap().map(|row| format!("{:?}", row.unwrap())));
    }
    rows
}

#[test]
fn a_sample_with_every_column_can_be_imported_as_it_is_in_every_format() {
    for format in ["csv", "xlsx", "xml", "json"] {
        let place = place();
        let sample = place.command(&["import", "--template", "--format", format], &VARIABLES).output().unwrap();
        assert_eq!(sample.status.code(), Some(0));
        let name = format!("sample.{format}");
        std::fs::write(place.path(&name), sample.stdout).unwrap();
        let rehearsed = ends(&place, 0, &["import", &name, "--rehearse"]);
        let done = ends(&place, 0, &["import", &name]);
        assert_eq!(counts(&rehearsed), counts(&done), "{format}");
        assert_eq!(counts(&done), "2 rows: 2 created, 0 updated, 0 unchanged, 0 skipped, 0 failed", "{format}");
        let again = ends(&place, 0, &["import", &name, "--mode", "upsert"]);
        assert_eq!(counts(&again), "2 rows: 0 created, 0 updated, 2 unchanged, 0 skipped, 0 failed", "{format}");
    }
}

#[test]
fn a_sample_names_the_custom_fields_and_needs_no_database() {
    let out = ends(&place(), 0, &["import", "--template"]);
    assert!(out.lines().next().unwrap().contains(",CustomFields."), "{out}");
    let nowhere = Place::new();
    assert!(
        ends(&nowhere, 0, &["import", "--template"]).starts_with("\u{feff}Username,EmailAddress,DisplayName,Password,Roles,")
    );
    assert!(nowhere.is_empty(), "it makes no database");
}

#[test]
fn what_is_exported_and_imported_as_a_sync_changes_nothing_in_every_format() {
    let place = place();
    place.write("more.json", &std::fs::read_to_string(fixture("csvde.mapped.json")).unwrap());
    ends(&place, 0, &["import", "more.json", "--force-reset"]);
    let database = place.path("asmxd.db");
    for format in ["csv", "xlsx", "xml", "json"] {
        let name = format!("everybody.{format}");
        ends(&place, 0, &["export", "--output", &name]);
        let before = people(&database);
        let sync = ["import", &name, "--mode", "sync", "--only", "all", "--max-remove", "0%", "--yes"];
        for further in [&[][..], &["--empty", "clear"]] {
            let out = ends(&place, 0, &[&sync[..], further].concat());
            assert!(
                counts(&out).contains("0 created, 0 updated, ") && counts(&out).ends_with("0 skipped, 0 failed"),
                "{format}: {out}"
            );
            assert_eq!(people(&database), before, "{format} {further:?}");
        }
    }
}

#[test]
fn passwords_are_never_exported_and_their_hashes_only_by_name() {
    let place = place();
    let everything = ends(&place, 0, &["export"]);
    assert!(!everything.contains("argon2") && !everything.contains("PasswordHash"), "{everything}");
    let refused = asmxd(&place, &["export", "--columns", "Username,Password"]);
    assert_eq!(refused.code, Some(3));
    assert!(refused.err.contains("nobody knows"), "{}", refused.err);
    let hashes =
        ends(&place, 0, &["export", "--columns", "Username,PasswordHash,Email,Roles", "--output", "hashes.csv", "--only", "all"]);
    assert_eq!(hashes, "");
    let text = std::fs::read_to_string(place.path("hashes.csv")).unwrap();
    assert!(text.contains("$argon2id$"), "{text}");
    let mode = std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(place.path("hashes.csv")).unwrap());
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn exit_codes_tell_done_some_failed_wrong_use_and_could_not_run() {
    let place = place();
    crowd(&place, "good.csv", 1..=3);
    place.write("some.csv", "Username,Email,ForcePasswordChange\np1,,\nnew,new@example.org,true\n");
    place.write("wrong.csv", "Username,Shoe size\nx,44\n");
    crowd(&place, "never.csv", 1..=3);
    ends(&place, 0, &["import", "good.csv"]);
    let some = asmxd(&place, &["import", "some.csv"]);
    assert_eq!(some.code, Some(1));
    assert_eq!(counts(&some.out), "2 rows: 1 created, 0 updated, 0 unchanged, 0 skipped, 1 failed");
    assert_eq!(some.err, "asmxd: line 2: Username: is taken.\n");
    for wrong in [
        &["import", "wrong.csv"][..],
        &["import", "nowhere.csv"],
        &["import", "good.csv", "--mode", "merge"],
        &["import", "good.csv", "--mode", "sync"],
        &["import", "good.csv", "--max-remove", "101%"],
        &["import", "good.csv", "--chunk", "0"],
        &["import", "good.csv", "--map", "Shoe=Size"],
        &["import"],
    ] {
        let ended = asmxd(&place, wrong);
        assert_eq!(ended.code, Some(2), "{wrong:?}: {ended:?}");
        assert!(!ended.err.is_empty() && ended.out.is_empty(), "{wrong:?}: {ended:?}");
    }
    for cannot in [
        &["import", "good.csv", "--database", "nowhere.db"][..],
        &["import", "good.csv", "--server", "http://127.0.0.1:9"],
        &["import", "never.csv", "--resume"],
        &["import", "good.csv", "--report", "no/such/folder.csv"],
        &["export", "--output", "no/such/folder.csv"],
    ] {
        let ended = asmxd(&place, cannot);
        assert_eq!(ended.code, Some(3), "{cannot:?}: {ended:?}");
        assert!(ended.err.starts_with("asmxd: "), "{cannot:?}: {ended:?}");
    }
    assert!(!place.path("nowhere.db").exists());
}

#[test]
fn what_failed_is_reported_and_written_as_it_was_so_that_it_can_be_mended_and_sent_again() {
    let place = place();
    let rows = "Username;E-Mail;Password;Name\r\nanna;anna@example.org;secret of anna;Anna\r\nbob;nobody;short;\"Bob; the first\"\r\ncleo\r\n";
    place.write("people.csv", rows);
    let ended = asmxd(&place, &["import", "people.csv", "--map", "Name=DisplayName", "--report", "r.json", "--failed", "f.csv"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(
        ended.out.contains("Every row is in r.json") && ended.out.contains("The rows that failed are in f.csv"),
        "{}",
        ended.out
    );
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(place.path("r.json")).unwrap()).unwrap();
    let told = |row: &serde_json::Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let rows: Vec<_> =
        report.as_array().unwrap().iter().map(|row| ["Line", "Outcome", "Column"].map(|name| told(row, name))).collect();
    assert_eq!(rows, [["2", "Created", ""], ["3", "Failed", "E-Mail"], ["3", "Failed", "Password"], ["4", "Failed", ""]]);
    let failed = std::fs::read_to_string(place.path("f.csv")).unwrap();
    assert_eq!(failed, "\u{feff}Username,E-Mail,Password,Name\r\nbob,nobody,short,Bob; the first\r\ncleo,,,\r\n");
    let mode = std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(place.path("f.csv")).unwrap());
    assert_eq!(mode & 0o777, 0o600, "it may hold passwords");
    for text in [ended.out, ended.err, std::fs::read_to_string(place.path("r.json")).unwrap()] {
        assert!(!text.contains("secret of anna") && !text.contains("short"), "{text}");
    }
    place.write(
        "f.csv",
        &failed.replace("nobody,short", "bob@example.org,long enough").replace("cleo,,,", "cleo,cleo@example.org,long enough,"),
    );
    let out = ends(&place, 0, &["import", "f.csv", "--map", "Name=DisplayName"]);
    assert_eq!(counts(&out), "2 rows: 2 created, 0 updated, 0 unchanged, 0 skipped, 0 failed");
}

#[test]
fn a_rehearsal_and_an_import_that_must_be_whole_leave_the_database_as_it_was() {
    let place = place();
    crowd(&place, "people.csv", 1..=1200);
    let text = std::fs::read_to_string(place.path("people.csv")).unwrap();
    place.write("one-bad.csv", &(text + "p7,p7@example.org,Again,,true\n"));
    let database = place.path("asmxd.db");
    let before = people(&database);
    let rehearsed = ends(&place, 1, &["import", "one-bad.csv", "--rehearse", "--report", "rehearsed.csv"]);
    let whole = ends(&place, 1, &["import", "one-bad.csv", "--all-or-nothing"]);
    assert_eq!(counts(&rehearsed), counts(&whole));
    assert!(whole.contains("Nothing was changed"), "{whole}");
    assert_eq!(people(&database), before);
    let done = ends(&place, 1, &["import", "one-bad.csv", "--report", "done.csv"]);
    assert_eq!(counts(&rehearsed), counts(&done));
    let told = |name: &str| std::fs::read_to_string(place.path(name)).unwrap();
    assert_eq!(told("rehearsed.csv"), told("done.csv"), "ids included, since the rehearsal gave them out as the import does");
    assert!(told("done.csv").contains("Username: is in row 7 already."));
}

#[test]
fn a_sync_asks_first_and_touches_nobody_if_too_many_are_missing() {
    let place = place();
    crowd(&place, "hundred.csv", 1..=100);
    crowd(&place, "fewer.csv", 1..=96);
    ends(&place, 0, &["import", "hundred.csv"]);
    let sync = ["import", "fewer.csv", "--mode", "sync", "--only", "users"];
    let asked = asmxd(&place, &sync);
    assert_eq!((asked.code, asked.out.as_str()), (Some(2), ""));
    assert!(asked.err.contains("add --yes to go on"), "{}", asked.err);
    let refused = asmxd(&place, &[&sync[..], &["--yes", "--max-remove", "3%"]].concat());
    assert_eq!(refused.code, Some(3));
    assert!(refused.err.contains("people are in no row, and at most 3 per cent may be"), "{}", refused.err);
    let rehearsed = ends(&place, 0, &[&sync[..], &["--rehearse", "--max-remove", "10"]].concat());
    let done = ends(&place, 0, &[&sync[..], &["--yes", "--max-remove", "10%", "--resume"]].concat());
    assert!(rehearsed.contains(" disabled, 0 removed"), "{rehearsed}");
    assert!(done.contains(" disabled, 0 removed"), "{done}");
    let disabled = ends(&place, 0, &["export", "--columns", "Username,Enabled"]);
    assert!(disabled.contains("p97,false") && disabled.contains("p96,true"), "{disabled}");
    let removed = ends(
        &place,
        0,
        &[
            "import",
            "fewer.csv",
            "--mode",
            "sync",
            "--only",
            "users",
            "--yes",
            "--remove",
            "--max-remove",
            "50%",
            "--report",
            "r.csv",
        ],
    );
    assert!(removed.contains("0 disabled, ") && !removed.contains(", 0 removed"), "{removed}");
    assert!(std::fs::read_to_string(place.path("r.csv")).unwrap().contains(",p97,Removed,"), "the report names them");
}

#[test]
fn quietly_nothing_is_said_but_what_failed() {
    let place = place();
    crowd(&place, "people.csv", 1..=3);
    let ended = asmxd(&place, &["import", "people.csv", "--quiet", "--report", "r.csv"]);
    assert_eq!((ended.code, ended.out.as_str(), ended.err.as_str()), (Some(0), "", ""));
    let ended = asmxd(&place, &["import", "people.csv", "--quiet"]);
    assert_eq!((ended.code, ended.out.as_str(), ended.err.lines().count()), (Some(1), "", 3));
}
