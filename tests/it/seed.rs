//! Seed files: applied, applied again, printed, refused.

use crate::support::{cheap, repository};
use asmxd::domain::caller::Caller;
use asmxd::domain::ids::UserId;
use asmxd::domain::role;
use asmxd::domain::structure::Scope;
use asmxd::domain::time::Instant;
use asmxd::operations::{Context, Server};
use asmxd::seed::{self, Applied, Seed};
use asmxd::store::Store;
use asmxd::store::sqlite::{SqliteStore, Tuning};
use std::sync::mpsc;
use tempfile::TempDir;

fn store(folder: &TempDir) -> SqliteStore {
    SqliteStore::open(&folder.path().join("seed.db"), Tuning::default()).unwrap()
}

/// Applies a seed; the error is what the operator is told.
fn apply(store: &dyn Store, text: &str) -> Result<Applied, String> {
    let seed = Seed::parse(text)?;
    let (told, reason) = mpsc::channel();
    let outcome = store.change(move |tx| {
        let caller = Caller { id: UserId(2), roles: vec![(role::ADMINISTRATOR, true)] };
        let server = Server { name: "lab".to_owned(), rules: cheap().rules };
        let context = Context { caller: &caller, server: &server, now: Instant(0) };
        seed::apply(&seed, &context, tx).map_err(|error| {
            told.send(error.to_string()).unwrap();
            error.error
        })
    });
    outcome.map_err(|_| reason.recv().unwrap())
}

fn printed(store: &dyn Store) -> String {
    toml::to_string_pretty(&store.view(|read| seed::print(read)).unwrap()).unwrap()
}

fn example() -> String {
    std::fs::read_to_string(repository("fixtures/seed/help-desk.toml")).unwrap()
}

#[test]
fn applying_the_example_twice_changes_nothing_the_second_time() {
    let folder = TempDir::new().unwrap();
    let store: &dyn Store = &store(&folder);
    let first = apply(store, &example()).unwrap();
    assert!(first.created > 20, "{first:?}");
    let state = printed(store);
    assert_eq!(apply(store, &example()).unwrap(), Applied::default());
    assert_eq!(printed(store), state);
    let (departments, agents) =
        store.view(|read| Ok((read.departments(Scope::Everything)?, read.agents(Scope::Everything)?))).unwrap();
    assert_eq!((departments.len(), agents.len()), (4, 3), "a newcomer sees departments and agents at once");
}

#[test]
fn what_is_printed_makes_the_same_state_anew() {
    let (one, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (one, other): (&dyn Store, &dyn Store) = (&store(&one), &store(&other));
    apply(one, &example()).unwrap();
    let state = printed(one);
    apply(other, &state).unwrap();
    assert_eq!(printed(other), state);
    assert_eq!(apply(one, &state).unwrap(), Applied::default());
}

#[test]
fn a_changed_seed_changes_what_differs_and_removes_nothing() {
    let folder = TempDir::new().unwrap();
    let store: &dyn Store = &store(&folder);
    apply(store, &example()).unwrap();
    let more = "[[brands]]\nname = 'DEFAULT'\n[[brands.departments]]\nname = 'Sales'\ninternal = true\n\
                [[roles]]\nname = 'Partner'\npermissions = { KB = ['view'], 'KB 7' = ['Add'] }\n";
    assert_eq!(apply(store, more).unwrap(), Applied { created: 0, changed: 3 });
    assert_eq!(apply(store, more).unwrap(), Applied::default());
    let departments = store.view(|read| read.departments(Scope::Everything)).unwrap();
    assert_eq!(departments.len(), 4);
    assert!(departments.iter().any(|department| department.name == "Sales" && department.internal));
}

#[test]
fn a_seed_that_spells_values_otherwise_than_they_are_kept_changes_nothing_the_second_time() {
    let folder = TempDir::new().unwrap();
    let store: &dyn Store = &store(&folder);
    let text = "[[time_log_categories]]\nname = 'T'\ndescription = ' d '\n\
                [[custom_fields]]\nname = 'f'\ntype = 'boolean'\ndefault = 'True'\n\
                [[roles]]\nname = 'R'\npermissions = { News = ['View', 'view '] }\n\
                [[languages]]\ntag = 'EN'\nname = ' English '\n";
    apply(store, text).unwrap();
    let state = printed(store);
    assert_eq!(apply(store, text).unwrap(), Applied::default());
    assert_eq!(printed(store), state);
}

#[test]
fn a_bad_seed_names_the_place_and_leaves_no_trace() {
    let folder = TempDir::new().unwrap();
    let store: &dyn Store = &store(&folder);
    let before = printed(store);
    for (text, place) in [
        ("[[brands]]\nname = 'A'\n[[brands.departments]]\nname = ''", "brands.A.departments."),
        ("[[brands]]\nname = 'A'\n[[brands.departments]]\nname = 'B'\nlimited_to = ['Nobody']", "there is no role 'Nobody'"),
        ("[[roles]]\nname = 'X'\npermissions = { Ticket = ['Fly'] }", "roles.X"),
        ("[[roles]]\nname = 'X'\npermissions = { Tickets = [] }", "'Tickets' is no area"),
        ("[[custom_fields]]\nname = 'f'\ntype = 'Colour'", "custom_fields.f: type"),
        ("[[people]]\nusername = 'p'\nemail = 'nobody'", "people.p: email"),
        ("[[brand]]\nname = 'A'", "unknown field `brand`"),
        ("[[brands]]\nnam = 'A'", "line 2"),
    ] {
        let error = apply(store, text).unwrap_err();
        assert!(error.contains(place), "{text}: {error}");
        assert_eq!(printed(store), before, "{text}");
    }
}

#[test]
fn a_seed_file_that_cannot_be_read_leaves_no_database_behind() {
    let folder = TempDir::new().unwrap();
    let database = folder.path().join("new.db");
    for arguments in [["seed", "nowhere.toml"], ["serve", "--seed=nowhere.toml"]] {
        let program = std::process::Command::new(env!("CARGO_BIN_EXE_asmxd"))
            .args(arguments)
            .arg("--database")
            .arg(&database)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&program.stderr).into_owned();
        assert_eq!((program.status.code(), told.contains("nowhere.toml")), (Some(3), true), "{told}");
        assert!(!database.exists(), "{arguments:?}");
    }
}
