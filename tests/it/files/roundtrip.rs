//! What was written is read back as it was, whatever the cells hold, in all formats.

use super::support::{Found, found};
use asmxd::import::files::{Format, WriteError, write};
use proptest::prelude::*;
use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;

const COLUMNS: [&str; 6] = ["Username", "DisplayName", "PhoneNumbers", "Roles", "CustomFields.Asset no.", "CustomFields.=<\"&'x"];

#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn written(format: Format, rows: &[Vec<String>]) -> Result<Vec<u8>, WriteError> {
    let out = Shared::default();
    let mut writer = write(format, &COLUMNS.map(str::to_owned), out.clone())?;
    rows.iter().try_for_each(|row| writer.row(row))?;
    writer.finish()?;
    Ok(out.0.take())
}

fn back(format: Format, rows: &[Vec<String>]) -> Found {
    let found = found(format, written(format, rows).unwrap());
    assert_eq!(found.columns, COLUMNS, "{format:?}");
    assert!(found.bad.is_empty(), "{:?}", found.bad);
    found
}

fn row(cell: &str) -> Vec<String> {
    let others = ["+49 30 123", "=1+2", "@x", "-"].into_iter();
    ["ann", cell].into_iter().chain(others).map(str::to_owned).collect()
}

#[test]
fn formulas_are_neutral_in_a_spreadsheet_and_come_back_as_they_were() {
    for cell in ["=1+2", "+49 30 123", "-1", "@SUM(A1)", "\t=x", "\r=x", "\n=x", "'", "''", "'=x", "'t Hooft", "＝1", "x=1", ""]
    {
        let rows = [row(cell)];
        for format in [Format::Csv, Format::Xlsx, Format::Json, Format::Xml] {
            assert_eq!(back(format, &rows).cells()[0][1], cell, "{format:?} {cell:?}");
        }
    }
    let text = String::from_utf8(written(Format::Csv, &[row("=1+2")]).unwrap()).unwrap();
    assert!(text.contains("ann,'=1+2,'+49 30 123,'=1+2,'@x,'-"), "{text}");
}

#[test]
fn an_apostrophe_of_a_foreign_file_stays_unless_it_hides_a_formula() {
    let found = found(Format::Csv, "a,b,c\n't Hooft,'=x,'\n");
    assert_eq!(found.cells(), [["'t Hooft", "=x", "'"]]);
}

#[test]
fn what_xml_cannot_hold_is_an_error_that_names_the_place() {
    let told = written(Format::Xml, &[row("fine"), row("a\u{1}b")]).unwrap_err().to_string();
    assert!(told.starts_with("row 2, column DisplayName: the text holds the character U+0001"), "{told}");
}

#[test]
fn what_a_sheet_cannot_hold_is_an_error_that_names_the_place() {
    let told = written(Format::Xlsx, &[row(&"x".repeat(32_768))]).unwrap_err().to_string();
    assert!(told.starts_with("row 1, column DisplayName: a cell of a sheet holds at most"), "{told}");
}

#[test]
fn columns_that_the_schema_does_not_know_are_refused_in_xml() {
    let told = write(Format::Xml, &["Shoe size".to_owned()], Vec::new()).err().unwrap().to_string();
    assert!(told.starts_with("row 0, column Shoe size"), "{told}");
}

/// Any text: with the characters that some format uses itself more often than chance would have them.
fn cell() -> impl Strategy<Value = String> {
    let odd = "[=+@'\"\t\r\n,;<>&_x0-9A-F\u{0}\u{1}\u{b}\u{85}\u{2028}\u{FEFF}\u{FFFE} -]{0,12}";
    prop_oneof![any::<String>(), odd.prop_map(|cell| cell), Just("_x0041_".to_owned())]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_cell_comes_back_as_it_was(cells in prop::collection::vec(prop::collection::vec(cell(), COLUMNS.len() - 1), 1..4)) {
        let rows: Vec<Vec<String>> =
            cells.into_iter().map(|cells| std::iter::once("ann".to_owned()).chain(cells).collect()).collect();
        for format in [Format::Csv, Format::Json, Format::Xlsx, Format::Xml] {
            let allowed = |c: char| {
                format != Format::Xml || matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..)
            };
            let rows: Vec<Vec<String>> =
                rows.iter().map(|row| row.iter().map(|cell| cell.chars().filter(|c| allowed(*c)).collect()).collect()).collect();
            let found = back(format, &rows);
            prop_assert_eq!(found.cells(), rows, "{:?}", format);
        }
    }
}
