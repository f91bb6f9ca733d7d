//! The files of other systems with their maps, and one crowd of people in every format: `BLESS=1 cargo test` writes what comes out.

use super::support::Found;
use crate::support::{golden, repository};
use asmxd::domain::column;
use asmxd::import::files::{Encoding, Format, Options, read, write};
use asmxd::import::map::Map;
use asmxd::import::schema;
use std::path::PathBuf;

const SYSTEMS: [&str; 7] = ["zammad", "osticket", "zendesk", "moodle", "csvde", "ldif", "whmcs"];

fn fixture(name: &str) -> PathBuf {
    repository("fixtures/import").join(name)
}

fn found(name: &str, options: &Options) -> Found {
    let mut found = Found::default();
    read(&fixture(name), options, &mut found).unwrap_or_else(|error| panic!("{name}: {error}"));
    found
}

/// The rows as a file of this format.
fn written(format: Format, columns: &[String], rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = write(format, columns, &mut bytes).unwrap();
    rows.into_iter().for_each(|row| writer.row(&row).unwrap());
    writer.finish().unwrap();
    bytes
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn each_system_comes_out_of_its_map_as_columns_of_ours() {
    for system in SYSTEMS {
        let found = found(&format!("{system}.csv"), &Options::default());
        assert!(found.bad.is_empty() && found.rows.len() >= 5, "{system}: {:?}", found.bad);
        let map = Map::from_toml(&std::fs::read_to_string(fixture(&format!("{system}.toml"))).unwrap()).unwrap();
        let mapping = map.apply(&found.columns).unwrap_or_else(|wrong| panic!("{system}: {wrong:?}"));
        for column in mapping.columns() {
            assert!(column::named(column).is_some() || column::custom_field(column).is_some(), "{system}: {column}");
        }
        let rows = found.rows.iter().map(|row| mapping.cells(&row.cells));
        golden(&format!("fixtures/import/{system}.mapped.json"), &text(written(Format::Json, mapping.columns(), rows)));
    }
}

#[test]
fn the_same_people_are_read_out_of_every_format() {
    let expected = found("people.csv", &Options::default());
    let rows = || expected.rows.iter().map(|row| row.cells.clone());
    let json = text(written(Format::Json, &expected.columns, rows()));
    golden("fixtures/import/people.json", &json);
    golden("fixtures/import/people.jsonl", &json.trim_start_matches("[\n").trim_end_matches("]\n").replace("},\n", "}\n"));
    golden("fixtures/import/people.xml", &text(written(Format::Xml, &expected.columns, rows())));
    if std::env::var_os("BLESS").is_some() && !fixture("people.xlsx").exists() {
        std::fs::write(fixture("people.xlsx"), written(Format::Xlsx, &expected.columns, rows())).unwrap();
    }
    for name in ["people.json", "people.jsonl", "people.xml", "people.xlsx"] {
        let found = found(name, &Options::default());
        assert_eq!((&found.columns, found.cells()), (&expected.columns, expected.cells()), "{name}");
        assert!(found.progress.is_sorted() && found.progress.len() >= 5, "{name}: {:?}", found.progress);
    }
}

#[test]
fn a_messy_file_of_excel_is_read_and_its_headers_are_ours() {
    let options = Options { encoding: Some(Encoding::Windows1252), ..Options::default() };
    let found = found("messy-excel.csv", &options);
    let names: Vec<_> = found.columns.iter().map(|name| column::named(name)).collect();
    let ours = [None, Some("EmailAddress"), Some("Username"), Some("PhoneNumbers"), Some("TimeZone"), None];
    assert_eq!(names, ours);
    assert_eq!(found.lines(), [2, 5, 8]);
    assert_eq!(found.cells()[0][5], "first line\r\nsecond line; with a semicolon");
    assert_eq!(found.cells()[1][0], "Zoë “Zo” O’Neil");
    assert_eq!((found.bad.len(), found.bad[0].record.line), (1, 7));
    let refused = read(&fixture("messy-excel.csv"), &Options::default(), &mut Found::default()).unwrap_err().to_string();
    assert!(refused.contains("--encoding windows-1252"), "{refused}");
}

#[test]
fn the_schema_of_xml_files_is_checked_in() {
    golden("schemas/xml/import.xsd", &text(schema::xsd().unwrap()));
}

fn header(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn arguments_map_columns_and_may_name_one_twice_join_several_or_leave_one_out() {
    let mut map = Map::default();
    for argument in ["Mail=EmailAddress", "mail = Username", "First + Last = DisplayName", "a=b=PhoneNumbers", "Notes=", "Gone="]
    {
        map.add(argument).unwrap();
    }
    map.columns.remove("mail");
    map.add("Mail=Username").unwrap();
    let mapping = map.apply(&header(&["MAIL", "first", "Last", "a=b", "notes", "Time_Zone"])).unwrap();
    assert_eq!(mapping.columns(), ["DisplayName", "EmailAddress", "Username", "PhoneNumbers", "Time_Zone"]);
    let cells = header(&["a@x.example", " Ann ", "Archer", "1", "n", "UTC"]);
    assert_eq!(mapping.cells(&cells), ["Ann Archer", "a@x.example", "a@x.example", "1", "UTC"]);
    assert_eq!(mapping.cells(&header(&["", "", "Archer", "", "", ""])), ["Archer", "", "", "", ""]);
    for argument in ["Mail", "=Username", ""] {
        assert!(Map::default().add(argument).unwrap_err().contains("write OLD=NEW"), "{argument}");
    }
}

#[test]
fn what_is_wrong_with_a_map_is_told_all_at_once_with_suggestions() {
    let map = "columns = { Emial = \"EmailAddress\", Login = \"Username\", Nick = \"user_name\" }\nvalues.Rolls = { a = \"b\" }\n\
        separators.Email = \",\"";
    let wrong = Map::from_toml(map).unwrap().apply(&header(&["Email", "Login", "Nick", "Roles"])).unwrap_err();
    assert_eq!(
        wrong,
        [
            "the map names the column 'Emial', which the file does not have; did you mean 'Email'?",
            "the column 'Username' would come from several columns; join them with 'A + B', or leave one out with an empty name",
            "the map's [values] names the column 'Rolls', which does not come out of it; did you mean 'Roles'?",
        ]
    );
    assert!(Map::from_toml("[colums]\na = \"b\"").unwrap_err().contains("unknown field `colums`"));
    assert!(Map::from_toml("[columns]\na = 1").unwrap_err().contains("a column's name, or a list of names"));
}
