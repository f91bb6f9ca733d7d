//! Golden documents: what is made from the declarations is checked in, so that a change of the contract shows as a diff.

use crate::support::{golden, repository};
use asmxd::operations::SERVICES;
use asmxd::{config, describe};
use tempfile::TempDir;

const ADDRESS: &str = "http://localhost/Services2";

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_wsdl_and_the_schema_of_each_service_are_checked_in() {
    for service in SERVICES {
        let name = service.name;
        golden(&format!("wsdl/{name}.wsdl"), &text(describe::wsdl(service, &format!("{ADDRESS}/{name}.asmx"))));
        golden(&format!("schemas/xml/{name}.xsd"), &text(describe::xsd(service)));
    }
}

#[test]
fn the_references_of_operations_and_settings_are_checked_in() {
    golden("docs/operations.md", &describe::operations(asmxd::failure::CODES));
    golden("docs/configuration.md", &config::markdown());
    golden("docs/limits.md", &config::limits_markdown());
    golden("docs/permissions.md", &asmxd::domain::permission::markdown());
}

#[test]
fn every_text_that_the_table_of_limits_promises_is_one_that_a_test_has_seen() {
    let cases =
        std::fs::read_dir(repository("fixtures/bad-input")).unwrap().map(|entry| entry.unwrap().path().join("response.11.xml"));
    let tests = ["old", "slow", "bodies"].map(|name| repository(&format!("tests/it/http/{name}.rs")));
    let seen: String = cases.chain(tests).filter_map(|file| std::fs::read_to_string(file).ok()).collect();
    for limit in config::LIMITS {
        assert!(seen.contains(limit.text), "{}: {}", limit.key, limit.text);
    }
}

#[test]
fn the_database_schema_after_all_migrations_is_checked_in() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("schema.db");
    drop(asmxd::store::sqlite::SqliteStore::open(&path, Default::default()).unwrap());
    let connection = rusqlite::Connection::open(&path).unwrap();
    let sql =
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY tbl_name, type DESC, name";
    let mut statement = connection.prepare(sql).unwrap();
    let parts: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    golden(
        "schemas/sql/schema.sql",
        &format!("-- The database after all migrations; made by a test.\n\n{};\n", parts.join(";\n\n")),
    );
}

#[test]
fn every_document_that_the_readme_points_to_is_there() {
    let readme = std::fs::read_to_string(repository("README.md")).unwrap();
    let links = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let local: Vec<_> = links.filter(|link| !link.contains("://")).collect();
    assert!(local.len() >= 3, "the README points nowhere: {local:?}");
    for link in local {
        assert!(repository(link.split('#').next().unwrap()).exists(), "README.md points to {link}");
    }
}
