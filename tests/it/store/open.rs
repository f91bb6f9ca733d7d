//! Opening: new, old and foreign files, and why one cannot be opened, said in a sentence.

use super::listing::{pages, part};
use super::{Shelf, add, id_of};
use asmxd::domain::ids::UserId;
use asmxd::domain::listing::Rank;
use asmxd::store::Store;
use asmxd::store::sqlite::{OpenError, SCHEMA_VERSION, SqliteStore, Tuning};
use std::path::Path;

fn refused(path: &Path) -> OpenError {
    match SqliteStore::open(path, Tuning::default()) {
        Ok(_) => panic!("{} was opened", path.display()),
        Err(error) => error,
    }
}

/// Every table, index and row count of a file.
fn outline(shelf: &Shelf) -> Vec<String> {
    let sql = shelf.sql();
    let mut statement = sql.prepare("SELECT type || ' ' || name || ' ' || ifnull(sql, '') FROM sqlite_schema").unwrap();
    let mut lines: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for table in ["users", "roles", "sqlite_sequence"] {
        let count = format!("SELECT '{table}' || count(*) FROM {table}");
        lines.push(sql.query_row(&count, [], |row| row.get(0)).unwrap());
    }
    lines.push(sql.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)).unwrap().to_string());
    lines
}

#[test]
fn an_empty_file_becomes_a_database_and_opening_it_again_changes_nothing() {
    let shelf = Shelf::new();
    std::fs::write(shelf.path(), "").unwrap();
    assert_eq!(add(&shelf.open(), "somebody"), UserId(2));
    let before = outline(&shelf);
    assert_eq!(before.last(), Some(&SCHEMA_VERSION.to_string()));
    let store = shelf.open();
    assert!(store.check().is_ok());
    assert_eq!(outline(&shelf), before);
}

#[test]
fn a_database_of_a_newer_program_is_refused_and_left_as_it_is() {
    let shelf = Shelf::new();
    add(&shelf.open(), "somebody");
    shelf.sql().pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
    let before = outline(&shelf);
    let error = refused(&shelf.path());
    assert!(matches!(error, OpenError::Newer { found, known } if (found, known) == (SCHEMA_VERSION + 1, SCHEMA_VERSION)));
    let sentence = format!("has schema version {}, and this asmxd knows up to {SCHEMA_VERSION}", SCHEMA_VERSION + 1);
    assert!(error.to_string().contains(&sentence), "{error}");
    assert_eq!(outline(&shelf), before);
    shelf.sql().pragma_update(None, "user_version", SCHEMA_VERSION).unwrap();
    assert_eq!(id_of(&shelf.open(), "somebody"), Some(UserId(2)));
}

#[test]
fn a_second_open_of_the_same_file_is_refused_until_the_first_is_closed() {
    let shelf = Shelf::new();
    let first = shelf.open();
    let error = refused(&shelf.path());
    assert!(matches!(error, OpenError::Locked { .. }));
    let path = shelf.path().display().to_string();
    assert!(error.to_string().starts_with(&format!("{path} is in use by another asmxd")), "{error}");
    assert_eq!(add(&first, "somebody"), UserId(2), "the first is not disturbed");
    drop(first);
    assert_eq!(id_of(&shelf.open(), "somebody"), Some(UserId(2)));
}

#[test]
fn a_second_open_by_another_name_of_the_same_file_is_refused() {
    let shelf = Shelf::new();
    let _first = shelf.open();
    let link = shelf.path().with_file_name("link.db");
    std::os::unix::fs::symlink(shelf.path(), &link).unwrap();
    assert!(matches!(refused(&link), OpenError::Locked { .. }));
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_as_it_is() {
    let shelf = Shelf::new();
    let text = "A letter to somebody, long enough to be taken for a header of a database by a careless reader.\n".repeat(100);
    std::fs::write(shelf.path(), &text).unwrap();
    let error = refused(&shelf.path());
    assert!(error.to_string().contains("not a database"), "{error}");
    assert_eq!(std::fs::read_to_string(shelf.path()).unwrap(), text);
}

#[test]
fn a_database_of_another_program_is_refused_and_left_as_it_is() {
    let shelf = Shelf::new();
    for version in [0, 1] {
        let foreign = format!("CREATE TABLE IF NOT EXISTS notes (text); PRAGMA user_version = {version};");
        shelf.sql().execute_batch(&foreign).unwrap();
        let before = std::fs::read(shelf.path()).unwrap();
        assert!(matches!(refused(&shelf.path()), OpenError::Foreign));
        assert_eq!(std::fs::read(shelf.path()).unwrap(), before);
    }
}

#[test]
fn a_place_where_no_file_can_be_made_is_refused_with_its_name_and_the_reason() {
    let shelf = Shelf::new();
    drop(shelf.open());
    let inside_a_file = shelf.path().join("store.db");
    let missing_folder = shelf.path().with_file_name("missing").join("store.db");
    for path in [&inside_a_file, &missing_folder] {
        let error = refused(path);
        assert!(matches!(error, OpenError::LockFile { .. }), "{error:?}");
        assert!(error.to_string().starts_with(&path.display().to_string()), "{error}");
    }
    let folder = shelf.path().with_file_name("folder");
    std::fs::create_dir(&folder).unwrap();
    assert!(refused(&folder).to_string().contains("unable to open database file"));
}

/// Nobody can make files in `/proc`, whatever their rights.
#[test]
#[cfg(target_os = "linux")]
fn an_unwritable_folder_is_refused_with_the_name_of_the_file_and_the_reason() {
    let error = refused(Path::new("/proc/asmxd.db"));
    assert!(matches!(error, OpenError::LockFile { .. }), "{error:?}");
    assert!(error.to_string().starts_with("/proc/asmxd.db.lock: "), "{error}");
}

#[test]
fn people_of_a_database_from_before_the_lists_are_ranked_and_found() {
    let shelf = Shelf::new();
    let folder = crate::support::repository("src/store/sqlite/migrations");
    for older in ["0001_people_and_roles.sql", "0002_structure.sql"] {
        shelf.sql().execute_batch(&std::fs::read_to_string(folder.join(older)).unwrap()).unwrap();
    }
    shelf
        .sql()
        .execute_batch(
            "PRAGMA user_version = 2; PRAGMA application_id = 0x61737864;
             WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n LIMIT 300)
                 INSERT INTO users (id, username, username_key, display_name, email, email_key, email_verified, enabled,
                     authentication, authentication_domain, force_password_change, created_at)
                 SELECT i, 'P' || i, 'p' || i, 'Straße ' || i, '', '', 0, 1, 0, '', 0, 0 FROM n;
             INSERT INTO user_roles VALUES (7, 4), (7, 5), (300, 6);",
        )
        .unwrap();
    let store = shelf.open();
    let found = |text: &str| pages(&store, &part(text)).iter().map(|person| (person.id.0, person.rank)).collect::<Vec<_>>();
    assert_eq!(found("STRASSE 7").first(), Some(&(7, Rank::Manager)), "in the search index");
    assert_eq!(found("strasse 300"), [(300, Rank::Administrator)], "not in the search index yet");
    assert_eq!(found("strasse").len(), 300);
}
