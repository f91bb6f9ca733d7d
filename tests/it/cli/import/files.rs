//! Files as they come: other systems', messy and hostile ones, through the whole program.

use super::{asmxd, counts, ends, fixture, people, place};
use crate::cli::Place;

const SEED: &str = "
[[custom_fields]]
name = 'asset'
display_name = 'Asset no.'
type = 'Text'

[[custom_fields]]
name = 'card'
display_name = 'Student card'
type = 'Text'
";

/// A place whose help desk has the custom fields that the maps name.
fn with_fields() -> Place {
    let place = place();
    place.write("fields.toml", SEED);
    ends(&place, 0, &["seed", "fields.toml"]);
    place
}

#[test]
fn the_files_of_seven_systems_are_imported_with_their_maps() {
    for (system, failing) in
        [("zammad", 0), ("osticket", 0), ("zendesk", 0), ("moodle", 1), ("csvde", 0), ("ldif", 0), ("whmcs", 1)]
    {
        let place = with_fields();
        let (file, map) = (fixture(&format!("{system}.csv")), fixture(&format!("{system}.toml")));
        let arguments = ["import", &file, "--map", &map, "--force-reset", "--mode", "upsert"];
        let ended = asmxd(&place, &arguments);
        assert!(ended.out.contains(&format!("0 skipped, {failing} failed")), "{system}: {ended:?}");
        let again = asmxd(&place, &arguments);
        assert!(again.out.contains("0 created, 0 updated, "), "{system}: {again:?}");
    }
}

#[test]
fn the_same_people_come_out_of_every_format() {
    let mut stored = Vec::new();
    for name in ["people.csv", "people.json", "people.jsonl", "people.xml", "people.xlsx"] {
        let place = with_fields();
        let ended = asmxd(&place, &["import", &fixture(name), "--force-reset", "--ignore-unknown"]);
        assert_eq!(ended.code, Some(0), "{name}: {ended:?}");
        stored
            .push((name, people(&place.path("asmxd.db")).into_iter().filter(|row| !row.contains("$argon2")).collect::<Vec<_>>()));
    }
    for (name, rows) in &stored {
        assert_eq!(rows, &stored[0].1, "{name}");
    }
}

#[test]
fn a_messy_file_out_of_excel_is_told_of_step_by_step_until_it_is_imported() {
    let place = place();
    let file = fixture("messy-excel.csv");
    let ended = asmxd(&place, &["import", &file, "--rehearse"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("try --encoding windows-1252"), "{}", ended.err);
    let read = ["import", &file, "--encoding", "windows-1252"];
    let ended = asmxd(&place, &read);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("'Name' is unknown") && ended.err.contains("'Notes' is unknown"), "{}", ended.err);
    let mapped = [&read[..], &["--map", "Name=DisplayName", "--map", "Notes=", "--trim", "--force-reset"]].concat();
    let ended = asmxd(&place, &mapped);
    assert_eq!((ended.code, counts(&ended.out)), (Some(1), "4 rows: 3 created, 0 updated, 0 unchanged, 0 skipped, 1 failed"));
    assert_eq!(ended.err, "asmxd: line 7: the row has 3 cells, but the header has 6\n");
    let out = ends(&place, 0, &["export", "--only", "users", "--columns", "Username,DisplayName,TimeZone"]);
    for row in ["joerg,Jörg Weiß,W. Europe Standard Time", "zo,Zoë “Zo” O’Neil,UTC", "pia,Pia,Europe/Rome"] {
        assert!(out.contains(row), "{row}: {out}");
    }
}

#[test]
fn hostile_files_are_refused_or_do_no_harm() {
    for (name, code, told) in [
        ("wrong-encoding.csv", 2, "--encoding windows-1252"),
        ("unterminated-quote.csv", 2, "never closed"),
        ("entity-bomb.xml", 2, "document type"),
        ("deep.json", 1, "nested"),
        ("twice.json", 1, "twice"),
        ("nul.csv", 1, "such as a NUL"),
        ("ragged.csv", 1, "cells, but the header has"),
        ("duplicates.csv", 1, "already."),
        ("duplicates-by-case.csv", 1, "already."),
    ] {
        let place = with_fields();
        let ended = asmxd(&place, &["import", &fixture(&format!("hostile/{name}")), "--force-reset", "--ignore-unknown"]);
        assert_eq!(ended.code, Some(code), "{name}: {ended:?}");
        assert!(ended.err.contains(told), "{name}: {}", ended.err);
        assert!(!ended.err.contains("panicked"), "{name}: {}", ended.err);
    }
}

#[test]
fn formulas_are_stored_as_they_are_and_exported_as_texts() {
    let place = place();
    ends(&place, 0, &["import", &fixture("hostile/formulas.csv"), "--force-reset", "--ignore-unknown"]);
    let out = ends(&place, 0, &["export", "--format", "json", "--columns", "Username,DisplayName", "--only", "users"]);
    assert!(out.contains("\"=") && !out.contains("\"'="), "{out}");
    let out = ends(&place, 0, &["export", "--format", "csv", "--columns", "Username,DisplayName", "--only", "users"]);
    assert!(out.contains("'=") && !out.contains(",=") && !out.contains(",\"="), "{out}");
}

#[test]
fn a_line_without_end_and_a_hundred_thousand_columns_are_refused_at_once() {
    let place = place();
    place.write("line.csv", &format!("Username,Email\nx,\"{}", "x".repeat(9 << 20)));
    let columns: Vec<String> = (0..100_000).map(|number| format!("c{number}")).collect();
    place.write("columns.csv", &columns.join(","));
    for (name, told) in [("line.csv", "8 MiB"), ("columns.csv", "1000 columns")] {
        let ended = asmxd(&place, &["import", name]);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.err.replace("1,000", "1000").contains(told), "{name}: {}", ended.err);
    }
}
