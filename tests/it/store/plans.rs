//! How SQLite finds what is asked: no statement of the store walks through all people.
//!
//! The statements are taken from the source: every string literal there that begins as SQL does. SQLite then tells its plan.

use super::{Shelf, department, group, insert, join};
use crate::support::change;
use asmxd::domain::role;
use rusqlite::Connection;

const READS: &str = include_str!("../../../src/store/sqlite/read.rs");
const WRITES: &str = include_str!("../../../src/store/sqlite/write.rs");
/// What statements are put together from: the placeholder and the constant that takes its place.
const AGENTS: &str = "{AGENTS}";
/// Tables whose size does not follow the number of people, with the names that queries give them. All others do.
const SMALL: [&str; 4] = ["roles", "departments", "groups", "near"];

/// The string literals of Rust source, as the compiler reads them.
fn literals(source: &str) -> Vec<String> {
    let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut rest = code.chars().peekable();
    let mut found = Vec::new();
    while rest.by_ref().any(|character| character == '"') {
        let mut literal = String::new();
        while let Some(character) = rest.next().filter(|character| *character != '"') {
            match (character, rest.peek()) {
                ('\\', Some('\n')) => while rest.next_if(|blank| blank.is_whitespace()).is_some() {},
                ('\\', _) => literal.extend(rest.next()),
                _ => literal.push(character),
            }
        }
        found.push(literal);
    }
    found
}

fn statements(source: &str) -> Vec<String> {
    let all = literals(source);
    let is_sql =
        |text: &&String| ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", AGENTS].iter().any(|begin| text.starts_with(begin));
    for other in all.iter().filter(|text| !is_sql(text)) {
        assert!(!["FROM", "WHERE", "JOIN"].iter().any(|word| other.contains(word)), "is this a part of a statement? {other}");
    }
    let agents = all.iter().find(|text| text.contains("role_id IN (4, 5, 6)")).cloned().unwrap_or_default();
    all.iter().filter(is_sql).map(|text| text.replace(AGENTS, &agents)).collect()
}

/// The steps of a statement's plan that walk through a whole table, or a whole index, that grows with the number of people.
fn walks(connection: &Connection, statement: &str) -> Vec<String> {
    let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).unwrap_or_else(|error| panic!("{error}"));
    let mut rows = plan.raw_query();
    let mut walks = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        let step: String = row.get("detail").unwrap();
        let walked = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
        if walked.is_some_and(|table| table != "CONSTANT" && !SMALL.contains(&table)) {
            walks.push(step);
        }
    }
    walks
}

/// A file with a few thousand people, some of them agents.
fn crowd() -> Shelf {
    let shelf = Shelf::new();
    let made = change(&shelf.open(), |tx| {
        let department = department(tx, "Sales")?;
        let group = group(tx, department, "Pre-sales")?;
        for number in 0..3000 {
            let id = insert(tx, &format!("person {number}"))?;
            if number % 10 == 0 {
                tx.give_role(id, role::AGENT)?;
                join(tx, group, id)?;
            }
        }
        Ok(())
    });
    made.unwrap();
    shelf
}

#[test]
fn no_statement_walks_through_all_people() {
    let (reads, writes) = (statements(READS), statements(WRITES));
    assert!(reads.len() >= 20 && writes.len() >= 10, "{} and {} statements were found", reads.len(), writes.len());
    let shelf = crowd();
    let connection = shelf.sql();
    for statistics in ["", "ANALYZE"] {
        connection.execute_batch(statistics).unwrap();
        for statement in reads.iter().chain(&writes) {
            let found = walks(&connection, statement);
            assert!(
                found.is_empty(),
                "{statement}\n{found:?} {statistics}; does it grow with the people, or does SMALL lack a table?"
            );
        }
    }
}

#[test]
fn a_statement_that_does_walk_through_all_people_would_be_found() {
    let shelf = crowd();
    let connection = shelf.sql();
    for statement in [
        "SELECT id FROM users WHERE display_name = ?1",
        "SELECT id FROM users WHERE lower(username_key) = ?1",
        "SELECT count(*) FROM user_roles",
    ] {
        assert_eq!(walks(&connection, statement).len(), 1, "{statement}");
    }
}

#[test]
fn every_reference_is_found_by_an_index_when_what_it_points_to_is_deleted() {
    let shelf = crowd();
    let connection = shelf.sql();
    let sql = "SELECT m.name, f.\"from\" FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'";
    let mut statement = connection.prepare(sql).unwrap();
    let references = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).unwrap();
    let references: Vec<(String, String)> = references.map(Result::unwrap).collect();
    assert!(references.len() >= 6, "{references:?}");
    for (table, column) in references {
        let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN DELETE FROM {table} WHERE {column} = ?1")).unwrap();
        let step: String = plan.raw_query().next().unwrap().unwrap().get("detail").unwrap();
        assert!(step.starts_with(&format!("SEARCH {table} USING ")), "{table}.{column}: {step}");
    }
}
