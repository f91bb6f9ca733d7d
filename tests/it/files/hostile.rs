//! Files that were made to do harm: none of them fills the memory, and each is told with its place.

use super::support::{Found, found, refused};
use crate::support::repository;
use asmxd::import::files::{BadRow, Format, Input, Options, Record, Rows, Source, Stop, read, read_from};
use std::cell::Cell;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::rc::Rc;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The most bytes that may be read of a row that never ends: its limit, and what readers take ahead.
const ENOUGH: u64 = 9 * 1024 * 1024;

/// A beginning, and then a piece again and again, without any of it being kept.
struct Endless {
    begin: &'static str,
    piece: &'static str,
    length: u64,
    read: Rc<Cell<u64>>,
}

struct Piecewise {
    rest: Box<dyn Read>,
    read: Rc<Cell<u64>>,
}

impl Read for Piecewise {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.rest.read(buffer)?;
        self.read.set(self.read.get() + read as u64);
        Ok(read)
    }
}

impl Seek for Piecewise {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Err(io::Error::other("texts are read from their beginning"))
    }
}

/// Some pieces for ever, and where the next bytes are.
struct Again(Vec<u8>, usize);

impl Read for Again {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = (&self.0[self.1..]).read(buffer)?;
        self.1 = (self.1 + read) % self.0.len();
        Ok(read)
    }
}

impl Source for Endless {
    fn open(&self) -> io::Result<Box<dyn Input>> {
        let rest = self.begin.as_bytes().chain(Again(self.piece.repeat(1_000).into_bytes(), 0)).take(self.length);
        Ok(Box::new(Piecewise { rest: Box::new(rest), read: Rc::clone(&self.read) }))
    }

    fn length(&self) -> u64 {
        self.length
    }
}

#[test]
fn what_never_ends_is_refused_after_as_many_bytes_as_a_row_may_have() {
    const GIGABYTE: u64 = 1 << 30;
    for (format, begin, piece, told) in [
        (Format::Csv, "a,b\n1,", "x", "line 2: the row is longer than 8 MiB"),
        (Format::Csv, "a,b\n1,2\n3,\"", "x\n", "line 3: the row that begins here opens a quote that is never closed"),
        (Format::Csv, "", ",", "line 1: the row has more than 1000 columns"),
        (Format::Csv, "a,b\n", ",", "line 2: the row has more than 1000 columns"),
        (Format::Json, "[{\"a\":\"", "x", "line 1: what begins here is longer than 8 MiB"),
        (Format::Json, "{\"a\":1}\n{\"a\":", "[", "line 2: what begins here is longer than 8 MiB"),
        (Format::Json, "{", "\"a\":1,", "line 1: what begins here is longer than 8 MiB"),
        (Format::Json, "", " ", "line 1: what begins here is longer than 8 MiB"),
        (Format::Xml, "<Import><User>", "<a>1</a>", "line 1: what begins here is longer than 8 MiB"),
        (Format::Xml, "<Import>\n<User><a>", "x", "line 2: what begins here is longer than 8 MiB"),
        (Format::Xml, "<Import ", "a='1' ", "line 1: what begins here is longer than 8 MiB"),
        (Format::Xml, "<!--", "<", "line 1: what begins here is longer than 8 MiB"),
    ] {
        let read = Rc::new(Cell::new(0));
        let source = Endless { begin, piece, length: GIGABYTE, read: Rc::clone(&read) };
        let refused = read_from(&source, format, &Options::default(), &mut Found::default()).unwrap_err().to_string();
        assert!(refused.starts_with(told), "{begin}{piece}...: {refused}");
        assert!(read.get() < ENOUGH, "{begin}{piece}...: {} bytes were read", read.get());
    }
}

#[test]
fn a_hundred_thousand_columns_are_refused_in_every_format() {
    let names: Vec<String> = (0..100_000).map(|number| format!("c{number}")).collect();
    let json = names.iter().map(|name| format!("\"{name}\":1")).collect::<Vec<_>>().join(",");
    let xml = names.iter().map(|name| format!("<{name}>1</{name}>")).collect::<String>();
    assert_eq!(refused(Format::Csv, names.join(",")), "line 1: the row has more than 1000 columns");
    assert_eq!(refused(Format::Json, format!("{{{json}}}")), "line 1: there are more than 1000 columns up to here");
    assert_eq!(
        refused(Format::Xml, format!("<Import><User>{xml}</User></Import>")),
        "line 1: there are more than 1000 columns up to here"
    );
    let wide = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c><c r=\"AMK1\" t=\"str\"><v>b</v></c></row>";
    assert_eq!(refused(Format::Xlsx, workbook(&[], wide.as_bytes())), "line 1: the row has more than 1000 columns");
}

/// A workbook with one sheet of these rows, and further parts.
fn workbook(parts: &[(&str, &[u8])], rows: &[u8]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let relation = |kind: &str, target: &str| {
        let package = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!(
            "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relations}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let sheet = [format!("<worksheet xmlns=\"{main}\"><sheetData>").as_bytes(), rows, b"</sheetData></worksheet>"].concat();
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let (package, list) = (relation("officeDocument", "xl/workbook.xml"), relation("worksheet", "worksheets/sheet1.xml"));
    let own: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", package.as_bytes()),
        ("xl/_rels/workbook.xml.rels", list.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    for (name, bytes) in own.iter().chain(parts) {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn what_a_sheet_shows_is_what_is_read() {
    let rows = "<row r=\"2\"><c r=\"B2\" t=\"str\"><v>Name</v></c><c r=\"C2\" t=\"str\"><v>Number</v></c><c r=\"D2\" t=\"str\"><v>Yes</v></c></row>\
        <row r=\"4\"><c r=\"B4\" t=\"inlineStr\"><is><t>ann</t></is></c><c r=\"C4\"><v>17</v></c><c r=\"D4\" t=\"b\"><v>1</v></c></row>\
        <row r=\"5\"><c r=\"B5\" t=\"s\"><v>0</v></c><c r=\"C5\"><f>1+1.5</f><v>2.5</v></c></row>\
        <row r=\"6\"><c r=\"B6\" t=\"str\"><v>eve</v></c><c r=\"C6\" t=\"e\"><v>#DIV/0!</v></c></row>\
        <row r=\"7\"><c r=\"B7\" t=\"str\"><v>4915550101</v></c><c r=\"C7\"><v>491555010199</v></c></row>\
        <row r=\"8\"><c r=\"C8\" s=\"1\"><v>45943</v></c><c r=\"D8\" s=\"1\"><v>45943.541</v></c></row>\
        <row r=\"9\"><c r=\"A9\" t=\"str\"><v> </v></c></row>\
        <row r=\"10\"><c r=\"B10\" t=\"str\"><v>x</v></c><c r=\"F10\" t=\"str\"><v>too far</v></c></row>";
    let shared = b"<sst uniqueCount=\"1\"><si><t>bob</t></si></sst>";
    let styles = b"<styleSheet><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>";
    let found = found(Format::Xlsx, workbook(&[("xl/sharedStrings.xml", shared), ("xl/styles.xml", styles)], rows.as_bytes()));
    assert_eq!(found.columns, ["", "Name", "Number", "Yes"]);
    assert_eq!(
        found.cells(),
        [
            ["", "ann", "17", "true"],
            ["", "bob", "2.5", ""],
            ["", "4915550101", "491555010199", ""],
            ["", "", "2025-10-13", "2025-10-13T12:59:02"]
        ]
    );
    assert_eq!(found.lines(), [4, 5, 7, 8]);
    let bad: Vec<(u64, &str)> = found.bad.iter().map(|bad| (bad.record.line, bad.problem.as_str())).collect();
    assert_eq!(bad, [(6, "the cell in column 3 holds the error #DIV/0!"), (10, "the row has 6 cells, but the header has 4")]);
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read() {
    let many = b"x".repeat(20 * 1024 * 1024);
    let cell = [b"<row r=\"1\"><c r=\"A1\" t=\"str\"><v>".as_slice(), &many, b"</v></c></row>"].concat();
    assert!(refused(Format::Xlsx, workbook(&[], &cell)).contains("xl/worksheets/sheet1.xml is too large"));
    let row = b"<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c></row>";
    let text = [b"<sst><si><t>".as_slice(), &many, b"</t></si></sst>"].concat();
    for (name, part) in [
        ("xl/sharedStrings.xml", text.as_slice()),
        ("xl/sharedStrings.xml", b"<sst uniqueCount=\"18446744073709551615\"/>"),
        ("xl/styles.xml", &[b"<styleSheet>".as_slice(), &many].concat()),
    ] {
        let told = refused(Format::Xlsx, workbook(&[(name, part)], row));
        assert!(told.contains(&format!("{name} is too large")), "{told}");
    }
    let many_sheets = "<sheet name=\"x\"/><row/>".repeat(1_000);
    let list = format!("<workbook><sheetData><row/></sheetData>{many_sheets}</workbook>");
    assert!(refused(Format::Xlsx, workbook(&[("xl/other.xml", list.as_bytes())], row)).contains("xl/other.xml is too large"));
    let picture = [("xl/media/image1.png", many.as_slice())];
    assert_eq!(found(Format::Xlsx, workbook(&picture, row)).columns, ["a"], "pictures are in nobody's way");
}

#[test]
fn what_is_no_workbook_is_told_so() {
    for bytes in [b"".as_slice(), b"PK\x03\x04 and no more", b"Username,EmailAddress\n"] {
        assert!(refused(Format::Xlsx, bytes).contains("this is no workbook that can be read"));
    }
    assert!(refused(Format::Xlsx, workbook(&[], b"")).contains("the workbook has no cells"));
}

#[test]
fn the_hostile_files_are_read_or_told_with_their_place() {
    let tried = |name: &str| {
        let mut found = Found::default();
        let result = read(&repository("fixtures/import/hostile").join(name), &Options::default(), &mut found);
        (found, result.err().map(|error| error.to_string()).unwrap_or_default())
    };
    let (formulas, _) = tried("formulas.csv");
    let first: Vec<&str> = formulas.rows.iter().map(|row| row.cells[0].as_str()).collect();
    assert_eq!(first, ["=cmd|' /C calc'!A0", "=1+1", "c"]);
    assert_eq!(tried("nul.csv").0.cells(), [["a\0b", "a@example.com"], ["b", "b@example.com"]]);
    assert!(tried("wrong-encoding.csv").1.starts_with("line 2: the bytes from offset 59 on are not UTF-8"));
    assert_eq!(tried("duplicates.csv").0.rows.len(), 3, "who is there twice is not the reader's business");
    assert_eq!(tried("duplicates-by-case.csv").0.rows.len(), 4);
    assert!(tried("unterminated-quote.csv").1.starts_with("line 3: the row that begins here opens a quote"));
    let (ragged, _) = tried("ragged.csv");
    assert_eq!((ragged.rows.len(), ragged.bad.len()), (2, 2));
    assert!(tried("entity-bomb.xml").1.starts_with("line 2: a document type is not allowed"));
    assert!(tried("deep.json").0.bad[0].problem.starts_with("'Username' is nested too deep"));
    assert_eq!(tried("twice.json").0.bad[0].problem, "'Username' stands there twice");
}

/// Keeps nothing, and notes the memory after the first tenth of the rows and after the last.
#[derive(Default)]
struct Counting(u64, u64);

impl Rows for Counting {
    fn header(&mut self, _: &[String]) -> Result<(), Stop> {
        Ok(())
    }

    fn row(&mut self, record: Record) -> Result<(), Stop> {
        self.0 = record.number;
        if record.number == ROWS / 10 {
            self.1 = peak();
        }
        Ok(())
    }

    fn bad_row(&mut self, row: BadRow) -> Result<(), Stop> {
        panic!("{row:?}");
    }
}

const ROWS: u64 = 60_000;
const ALONE: &str = "ASMXD_READS_ALONE";

/// The most memory that this process ever had, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Run by the next test in a process of its own, where no other test uses memory.
#[test]
fn a_large_file_read_alone() {
    if std::env::var_os(ALONE).is_none() {
        return;
    }
    for (format, begin, piece) in [
        (Format::Csv, "a,b\n", "some person,\"and, some text that is not short at all\"\n"),
        (Format::Json, "", "{\"a\":\"some person\",\"b\":\"and some text that is not short\"}\n"),
        (Format::Xml, "<Import>", "<User><a>some person</a><b>and some text that is not short</b></User>"),
    ] {
        let length = (begin.len() + piece.len() * usize::try_from(ROWS).unwrap()) as u64;
        let source = Endless { begin, piece, length, read: Rc::default() };
        let mut counting = Counting::default();
        // The document of XML is cut short after its last person.
        let result = read_from(&source, format, &Options::default(), &mut counting);
        assert_eq!(result.is_ok(), format != Format::Xml, "{result:?}");
        if format != Format::Xml {
            assert_eq!(counting.0, ROWS);
            assert!(peak() < counting.1 + 2_048, "{format:?}: {} KiB became {} KiB", counting.1, peak());
        }
    }
}

#[test]
fn memory_stays_flat_however_many_rows_there_are() {
    if !std::path::Path::new("/proc/self/status").exists() {
        return;
    }
    let mut alone = std::process::Command::new(std::env::current_exe().unwrap());
    alone.args(["--exact", "files::hostile::a_large_file_read_alone", "--test-threads=1"]).env(ALONE, "1");
    let output = alone.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
}
