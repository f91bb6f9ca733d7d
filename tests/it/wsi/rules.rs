//! The table of `docs/wsi.md` against the tests: each rule has the tests that are named after it, or the reason why there is none.

use crate::support::repository;
use std::collections::{BTreeMap, BTreeSet};

/// What R34 leaves knowingly, by rule.
const DEVIATIONS: &[&str] = &["R1011", "R1019", "R2112", "R2711", "R9981"];
/// The rules of Basic Profile 2.0 that concern SOAP 1.2 are one row.
const OF_SOAP_1_2: &str = "BP20";

/// A row of the table: tests, reason, and whether it is a deviation.
struct Row {
    tests: BTreeSet<String>,
    note: String,
}

fn table() -> BTreeMap<String, Row> {
    let text = std::fs::read_to_string(repository("docs/wsi.md")).unwrap();
    let mut rows = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("| R") || line.starts_with("| BP20")) {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [rule, tests, note] = cells[..] else { panic!("{line} has not three cells") };
        let tests = tests.split(' ').filter(|name| !name.is_empty()).map(|name| name.trim_matches(['`', ',']).to_owned());
        let row = Row { tests: tests.collect(), note: note.to_owned() };
        assert!(rows.insert(rule.to_owned(), row).is_none(), "{rule} stands twice");
    }
    rows
}

/// The tests that are named after rules, by rule.
fn tests() -> BTreeMap<String, BTreeSet<String>> {
    let files = std::fs::read_dir(repository("tests/it/wsi")).unwrap().map(|entry| entry.unwrap().path());
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files.chain([repository("tests/it/wsdl.rs")]) {
        let text = std::fs::read_to_string(file).unwrap();
        let mut lines = text.lines();
        while lines.by_ref().any(|line| line == "#[test]") {
            let name = lines.next().and_then(|line| line.strip_prefix("fn ")?.split('(').next()).unwrap();
            let is_rule = |word: &str| word == "bp20" || word.len() == 5 && word[1..].parse::<u16>().is_ok();
            for rule in name.split('_').take_while(|word| is_rule(word)) {
                found.entry(rule.to_uppercase()).or_default().insert(name.to_owned());
            }
        }
    }
    found
}

#[test]
fn every_rule_has_the_tests_that_are_named_after_it_or_a_reason_why_there_is_none() {
    let (table, tests) = (table(), tests());
    assert!(table.len() > 100 && table.contains_key(OF_SOAP_1_2), "the table was read wrong");
    let none = BTreeSet::new();
    for (rule, row) in &table {
        assert_eq!(&row.tests, tests.get(rule).unwrap_or(&none), "docs/wsi.md and the tests differ about {rule}");
        assert!(!row.tests.is_empty() || row.note.len() > 10, "{rule} has neither a test nor a reason");
    }
    let untold: Vec<_> = tests.keys().filter(|rule| !table.contains_key(*rule)).collect();
    assert!(untold.is_empty(), "docs/wsi.md does not tell of {untold:?}");
}

#[test]
fn the_known_deviations_are_those_that_were_decided_and_no_others() {
    let deviations: Vec<_> = table().into_iter().filter(|(_, row)| row.note.contains("R34")).map(|(rule, _)| rule).collect();
    assert_eq!(deviations, DEVIATIONS);
}
