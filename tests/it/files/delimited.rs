//! CSV: delimiters, quotes, lines, encodings, and rows that are none.

use super::support::{found, found_with, refused};
use asmxd::import::files::{Encoding, Format, Options};

fn with(encoding: Encoding) -> Options {
    Options { encoding: Some(encoding), ..Options::default() }
}

#[test]
fn the_delimiter_is_found_by_looking_at_the_first_rows() {
    for delimiter in [",", ";", "\t"] {
        let text = "Username|Display Name|Note\r\nann|Ann|\"a, b; c\td\"\r\nbob|Bob|x\r\n".replace('|', delimiter);
        let found = found(Format::Csv, &text);
        assert_eq!(found.columns, ["Username", "Display Name", "Note"], "{delimiter:?}");
        assert_eq!(found.cells(), [["ann", "Ann", "a, b; c\td"], ["bob", "Bob", "x"]]);
        assert_eq!(found.lines(), [2, 3]);
    }
}

#[test]
fn commas_in_cells_between_semicolons_do_not_mislead() {
    let found = found(Format::Csv, "Name, first;E-mail, work\nAnn, B;a@x.example\nBob;b@x.example\nC, D, E;c@x.example\n");
    assert_eq!(found.columns, ["Name, first", "E-mail, work"]);
    assert_eq!(found.rows.len(), 3);
}

#[test]
fn a_file_with_one_column_needs_no_delimiter() {
    assert_eq!(found(Format::Csv, "Username\nann\nbob").cells(), [["ann"], ["bob"]]);
}

#[test]
fn the_first_line_of_excel_names_the_delimiter() {
    let found = found(Format::Csv, "sep=|\r\nUsername|Note\r\nann|a,b,c\r\n");
    assert_eq!(found.columns, ["Username", "Note"]);
    assert_eq!((found.cells(), found.lines()), (vec![vec!["ann", "a,b,c"]], vec![3]));
}

#[test]
fn a_delimiter_that_is_asked_for_is_taken() {
    let options = Options { delimiter: Some(b'|'), ..Options::default() };
    let (found, _) = found_with(Format::Csv, "a,b|c,d\n1,2|3,4\n", &options);
    assert_eq!((found.columns.len(), found.cells()), (2, vec![vec!["1,2", "3,4"]]));
}

#[test]
fn quoted_line_breaks_belong_to_the_cell_and_count_as_lines() {
    let found = found(Format::Csv, "a,b\n\"1\n2\r\n3\",x\n\n\r\n\"say \"\"no\"\"\",y\n");
    assert_eq!(found.cells(), [["1\n2\r\n3", "x"], ["say \"no\"", "y"]]);
    assert_eq!(found.lines(), [2, 7]);
}

#[test]
fn the_line_ends_of_old_machines_are_line_ends() {
    let found = found(Format::Csv, "a,b\r1,2\r\r3,4");
    assert_eq!((found.cells(), found.lines()), (vec![vec!["1", "2"], vec!["3", "4"]], vec![2, 4]));
}

#[test]
fn rows_without_any_text_are_passed_over_and_not_counted() {
    let found = found(Format::Csv, "a,b\n,\n1,2\n  \n,,,\n3,4\n");
    assert_eq!(found.cells(), [["1", "2"], ["3", "4"]]);
    assert_eq!(found.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2]);
    assert!(found.bad.is_empty());
}

#[test]
fn ragged_rows_are_told_with_their_line_and_both_counts_and_reading_goes_on() {
    let found = found(Format::Csv, "a,b,c\n1,2\n1,2,3\n1,2,3,4\n4,5,6\n");
    assert_eq!(found.cells(), [["1", "2", "3"], ["4", "5", "6"]]);
    let told = |number: usize| (found.bad[number].record.line, found.bad[number].problem.as_str());
    assert_eq!(told(0), (2, "the row has 2 cells, but the header has 3"));
    assert_eq!(told(1), (4, "the row has 4 cells, but the header has 3"));
    assert_eq!(found.bad[1].record.cells, ["1", "2", "3", "4"]);
    assert_eq!(found.bad.iter().chain(&[]).map(|bad| bad.record.number).collect::<Vec<_>>(), [1, 3]);
}

#[test]
fn a_quote_that_is_never_closed_is_told_with_the_row_where_it_opens() {
    let refused = refused(Format::Csv, "a,b\n1,2\n3,\"4\n5,6\n7,8\n");
    assert!(refused.starts_with("line 3: the row that begins here opens a quote that is never closed"), "{refused}");
}

#[test]
fn an_empty_file_is_told_to_need_a_header() {
    for text in ["", "\u{FEFF}", "\n\r\n"] {
        assert!(refused(Format::Csv, text).contains("its first line has to name the columns"));
    }
}

#[test]
fn a_byte_order_mark_decides_and_is_no_part_of_the_first_column() {
    let text = "Name,E\nJörg €,x\n";
    let utf_16 = |unit: fn(u16) -> [u8; 2]| format!("\u{FEFF}{text}").encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    for bytes in [format!("\u{FEFF}{text}").into_bytes(), utf_16(u16::to_le_bytes), utf_16(u16::to_be_bytes)] {
        let found = found(Format::Csv, &bytes);
        assert_eq!((found.columns[0].as_str(), found.cells()), ("Name", vec![vec!["Jörg €", "x"]]));
    }
}

#[test]
fn encodings_without_a_mark_are_read_when_asked_for() {
    let little: Vec<u8> = "Name,E\nJörg,x\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = "Name,E\nJörg,x\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (bytes, encoding, expected) in [
        (little, Encoding::Utf16, "Jörg"),
        (big, Encoding::Utf16, "Jörg"),
        (b"Name,E\nJ\xF6rg \x80,x\n".to_vec(), Encoding::Windows1252, "Jörg €"),
        (b"Name,E\nJ\xF6rg \x80,x\n".to_vec(), Encoding::Iso88591, "Jörg \u{80}"),
    ] {
        let (found, result) = found_with(Format::Csv, bytes, &with(encoding));
        assert_eq!(result, Ok(()));
        assert_eq!(found.cells()[0][0], expected);
    }
}

#[test]
fn bytes_that_do_not_fit_are_told_with_their_place_and_a_way_after_the_rows_before() {
    let bytes = [b"Name,E\n".as_slice(), &b"ann,x\n".repeat(20_000), b"J\xF6rg,x\nbob,x\n"].concat();
    let (found, result) = found_with(Format::Csv, bytes, &Options::default());
    assert_eq!(found.rows.len(), 20_000);
    let told = result.unwrap_err().to_string();
    assert!(told.starts_with("line 20002: the bytes from offset 120008 on are not UTF-8"), "{told}");
    assert!(told.contains("--encoding windows-1252"), "{told}");
}

#[test]
fn utf_16_without_a_mark_is_recognised_and_the_option_named() {
    let bytes: Vec<u8> = "Name,E\nann,x\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(refused(Format::Csv, bytes).contains("--encoding utf-16"));
}

#[test]
fn nul_bytes_come_through_for_the_rules_to_refuse() {
    assert_eq!(found(Format::Csv, "a,b\nx\0y,2\n").cells(), [["x\0y", "2"]]);
}

#[test]
fn workbooks_that_call_themselves_csv_are_recognised() {
    assert!(refused(Format::Csv, b"PK\x03\x04rest").contains("--format xlsx"));
    assert!(refused(Format::Csv, b"\xD0\xCF\x11\xE0rest").contains("save it as .xlsx"));
}
