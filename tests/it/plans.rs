//! What the store asks of SQLite, and how SQLite finds it: no call walks through all people, however many there are.
//!
//! Every method runs on a crowd, on a connection that SQLite itself tells of the statements that it executes and of the steps that
//! they take. Steps are counted, so they are the same each time; nothing here is measured in seconds.

mod calls;
mod imports;

use crate::support::{Crowd, repository};
use asmxd::domain::ids::{GroupId, UserId};
use asmxd::domain::structure::{Members, Scope};
use asmxd::store::ReadStructure;
use asmxd::store::sqlite::{Session, SqliteStore, Tuning};
use calls::{Call, FOLLOWING, READS, STRUCTURE_READS, STRUCTURE_WRITES, WRITES};
use imports::{IMPORT_READS, IMPORT_WRITES, import_everybody};
use rusqlite::config::DbConfig;
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use rusqlite::{Connection, StatementStatus};
use std::cell::RefCell;
use std::collections::BTreeMap;
use tempfile::TempDir;

/// The smaller crowd of two; everything but the size of a group and of a department is ten times as large in the other.
const SOME: Crowd = Crowd { people: 500, agents: 50, groups: 5, departments: 5 };
const MANY: Crowd = Crowd { people: 5000, agents: 500, groups: 50, departments: 50 };

/// What may be walked through, by the name that a plan gives it, and why. Everything else may not.
const WALKED: &[(&str, &str)] = &[
    ("CONSTANT", "no table: the one row of a question for yes or no"),
    ("(subquery-1)", "no table: the rows that a search has found, counted up to a thousand"),
    ("ranks", "no table: the one row that tells a person's rank"),
    ("sqlite_sequence", "a row for each table that gives out ids"),
    ("search_progress", "its one row"),
    ("search_stale", "entries of the search index that are to be made anew, as many as were asked for"),
    ("main.user_search_config", "the search index's own settings, a handful"),
    ("imports", "the last of them, as many as were asked for"),
    ("brands", "the answer is the list"),
    ("departments", "the answer is the list"),
    ("groups", "the answer is the list"),
    ("roles", "the answer is the list"),
    ("custom_fields", "the answer is the list"),
    ("reports", "the answer is the list"),
    ("time_log_categories", "the answer is the list"),
    ("languages", "the answer is the list"),
    ("dictionaries", "the answer is the list"),
    ("permissions", "only when a report is removed: some rows for each role, however many people hold it"),
];

/// Methods that sort what they found, and why that is little.
const SORTED: &[(&str, &str)] = &[
    ("groups", "the groups of a manager's departments"),
    ("groups_of_department", "the groups of one department"),
    ("members", "the filters of one organization"),
    ("delete", "the groups of a department, of which one becomes the front line"),
];

/// Calls that take more steps in the larger crowd, and what each of these steps is for.
const GROWING: &[(&str, &str, &str)] = &[
    ("agents", "everything", "an agent of the answer"),
    ("departments", "everything", "a department of the answer"),
    ("groups", "everything", "a group of the answer"),
    ("use_of", "a brand", "one of up to a thousand departments"),
    ("use_of", "a custom field", "one of up to a thousand values"),
    ("use_of", "a language", "one of up to a thousand choices"),
    ("insert_department", "", "a department of the same brand, for the last place among them"),
    ("count_people", "enabled employees", "somebody of the scope; once a sync, off the writer"),
    ("count_people", "everybody", "somebody of the scope; once a sync, off the writer"),
    ("missing_people", "", "somebody of the scope who was in a row; off the writer"),
    ("delete_role", "", "somebody who loses the role"),
    ("delete", "a brand", "a department or membership that goes with it"),
    ("delete", "a custom field", "a value that goes with it"),
    ("delete", "a language", "a choice that goes with it"),
];

thread_local! {
    /// The statements that this thread's connection has executed, each with the steps that it took in all.
    static EXECUTED: RefCell<BTreeMap<String, i32>> = const { RefCell::new(BTreeMap::new()) };
}

fn watch(event: TraceEvent<'_>) {
    if let TraceEvent::Profile(statement, _) = event {
        let steps = statement.get_status(StatementStatus::VmStep);
        EXECUTED.with_borrow_mut(|executed| executed.insert(statement.sql().into_owned(), steps));
    }
}

/// A database with a crowd, and a connection to it that checks references as the writer's does.
struct Field {
    connection: Connection,
    _folder: TempDir,
}

impl Field {
    fn with(crowd: Crowd) -> Field {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("plans.db");
        drop(SqliteStore::open(&path, Tuning::default()).unwrap());
        crowd.fill(&Connection::open(&path).unwrap(), "hash").unwrap();
        {
            let connection = Connection::open(&path).unwrap();
            connection.execute_batch("BEGIN").unwrap();
            import_everybody(&mut Session::new(&connection), crowd.people.cast_signed()).unwrap();
            connection.execute_batch("COMMIT").unwrap();
        }
        // The search index keeps its statements on a connection, with all steps that they ever took; so this is another one.
        let connection = Connection::open(&path).unwrap();
        connection.pragma_update(None, "foreign_keys", true).unwrap();
        // Plans then tell of what follows from a deletion, too.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRIGGER_EQP, true).unwrap();
        Field { connection, _folder: folder }
    }

    /// Makes a call, undoes it, and answers the statements that were executed with the steps that each took.
    fn executed(&self, call: &Call) -> BTreeMap<String, i32> {
        self.connection.flush_prepared_statement_cache();
        self.connection.execute_batch("BEGIN").unwrap();
        EXECUTED.take();
        self.connection.trace_v2(TraceEventCodes::SQLITE_TRACE_PROFILE, Some(watch));
        let outcome = (call.run)(&mut Session::new(&self.connection));
        (call.then)(&self.connection).unwrap();
        self.connection.trace_v2(TraceEventCodes::empty(), None);
        self.connection.execute_batch("ROLLBACK").unwrap();
        assert!(outcome.is_ok(), "{} {}: {outcome:?}", call.method, call.with);
        EXECUTED.take()
    }

    /// The lines of a statement's plan that walk through what is not [`WALKED`] or sort, unless the method is one of [`SORTED`].
    fn objections(&self, method: &str, sql: &str) -> Vec<String> {
        let wrong = |line: &String| match line.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next()) {
            // A search index is not walked when it is asked for texts or for an id.
            Some("user_search") => !line.contains(":M") && !line.contains(":="),
            Some(walked) => !WALKED.iter().any(|(name, _)| *name == walked),
            None if line.contains("AUTOMATIC") => true,
            None => line.contains("TEMP B-TREE") && !SORTED.iter().any(|(name, _)| *name == method),
        };
        self.plan(sql).into_iter().filter(wrong).collect()
    }

    /// The lines of a statement's plan.
    fn plan(&self, sql: &str) -> Vec<String> {
        let mut statement = self.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let rows = statement.raw_query().mapped(|row| row.get::<_, Option<String>>("detail"));
        rows.filter_map(Result::unwrap).collect()
    }
}

fn calls() -> impl Iterator<Item = &'static Call> {
    [READS, STRUCTURE_READS, IMPORT_READS, WRITES, FOLLOWING, STRUCTURE_WRITES, IMPORT_WRITES].into_iter().flatten()
}

/// The names of a trait's methods, from its source.
fn methods<'s>(source: &'s str, of: &str) -> Vec<&'s str> {
    let body = source.split_once(of).and_then(|(_, rest)| rest.split_once("\n}")).map(|(body, _)| body).unwrap();
    body.split("    fn ").skip(1).filter_map(|rest| rest.split('(').next()).collect()
}

#[test]
fn every_method_of_the_store_is_watched() {
    let source = |path: &str| std::fs::read_to_string(repository(path)).unwrap();
    let (store, structure, imports) =
        (source("src/store/mod.rs"), source("src/store/structure.rs"), source("src/store/imports.rs"));
    for (source, of, calls) in [
        (&store, "pub trait Read:", READS),
        (&store, "pub trait Write:", WRITES),
        (&structure, "pub trait ReadStructure {", STRUCTURE_READS),
        (&structure, "pub trait WriteStructure {", STRUCTURE_WRITES),
        (&imports, "pub trait ReadImports {", IMPORT_READS),
        (&imports, "pub trait WriteImports {", IMPORT_WRITES),
    ] {
        let mut called: Vec<&str> = calls.iter().map(|call| call.method).collect();
        called.dedup();
        assert_eq!(called, methods(source, of), "{of}: called, declared");
    }
}

#[test]
fn no_statement_walks_through_people_or_sorts_them() {
    let field = Field::with(MANY);
    let mut wrong = Vec::new();
    for statistics in ["", "ANALYZE"] {
        field.connection.execute_batch(statistics).unwrap();
        for call in calls() {
            let executed = field.executed(call);
            assert!(
                !executed.is_empty()
                    || call.with == "a time-log category"
                    || ["on_behalf_of", "within_import"].contains(&call.method),
                "{} {} asked nothing",
                call.method,
                call.with
            );
            for sql in executed.keys() {
                let found = field.objections(call.method, sql);
                wrong.extend(found.iter().map(|line| format!("{} {}: {line} {statistics}\n    {sql}", call.method, call.with)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_call_takes_more_steps_among_ten_times_as_many_people_unless_it_is_said_why() {
    let (some, many) = (Field::with(SOME), Field::with(MANY));
    let mut wrong = Vec::new();
    for call in calls() {
        let steps = |field: &Field| field.executed(call).values().sum::<i32>();
        let (few, more) = (steps(&some), steps(&many));
        let excused = GROWING.iter().any(|(method, with, _)| (*method, *with) == (call.method, call.with));
        // What an index holds may lie a little differently; ten times as much of anything is far more.
        if (more > few + few / 10) != excused {
            wrong.push(format!("{} {}: {few} steps became {more}; excused: {excused}", call.method, call.with));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_statement_that_walks_sorts_or_leaves_a_reference_without_an_index_would_be_found() {
    let field = Field::with(SOME);
    for sql in [
        "SELECT id FROM users WHERE display_name = ?1",
        "SELECT count(*) FROM user_roles",
        "SELECT id FROM users WHERE id IN (SELECT user_id FROM memberships) ",
        "SELECT user_id FROM memberships WHERE group_id = ?1 ORDER BY active_chats",
        "SELECT other.id FROM users JOIN users other ON other.display_name = users.username WHERE users.id = ?1",
        "DELETE FROM user_settings WHERE key = 'TimeZone'",
    ] {
        assert_eq!(field.objections("", sql).len(), 1, "{sql}");
    }
    field.connection.execute_batch("DROP INDEX memberships_by_user").unwrap();
    assert!(!field.objections("delete_user", "DELETE FROM users WHERE id = ?1").is_empty());
}

#[test]
fn every_reference_is_found_by_an_index_when_what_it_points_to_is_deleted() {
    let field = Field::with(SOME);
    let sql = "SELECT m.name, f.\"from\" FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'";
    let mut statement = field.connection.prepare(sql).unwrap();
    let references = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let references: Vec<(String, String)> = references.map(Result::unwrap).collect();
    assert!(references.len() >= 14, "{references:?}");
    for (table, column) in references {
        let plan = field.plan(&format!("DELETE FROM {table} WHERE {column} = ?1"));
        assert!(plan[0].starts_with(&format!("SEARCH {table} USING ")), "{table}.{column}: {plan:?}");
    }
}

#[test]
fn an_agent_with_several_roles_is_listed_once() {
    let field = Field::with(SOME);
    let session = Session::new(&field.connection);
    let agents = session.agents_of_group(GroupId(2), Members::All).unwrap();
    let ids: Vec<i32> = agents.iter().map(|agent| agent.id.0).collect();
    assert_eq!(ids, [12, 62, 112, 162, 212, 262, 312, 362, 412, 462]);
    assert_eq!(session.agents(Scope::GroupsOf(UserId(12))).unwrap(), agents);
    assert_eq!(session.agents(Scope::Everything).unwrap().len(), 50);
    assert_eq!(session.agent(UserId(12)).unwrap().as_ref(), agents.first());
    assert_eq!(session.agent(UserId(5)).unwrap(), None);
}
