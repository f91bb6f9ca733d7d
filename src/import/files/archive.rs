//! A workbook's archive, measured before it is read: parts that would fill the memory are not in the copy that comes out.
//!
//! calamine keeps the table of shared texts, the styles, and each single tag and text. How large they are tells only the unpacking, since an
//! archive's own numbers may lie. So each part is unpacked once in little memory, by the same parser.

use super::meter::{Gauge, Meter};
use super::{Input, ReadError};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::fs::File;
use std::io::{BufReader, Read};
use std::rc::Rc;
use zip::result::ZipError;
use zip::{ZipArchive, ZipWriter};

/// The most bytes of the table of shared texts, and how many texts it may say that it has.
const SHARED: u64 = 128 * 1024 * 1024;
const MOST_TEXTS: u64 = 4 * 1024 * 1024;
/// The most bytes of any part, so that unpacking ends.
const PART: u64 = 4 * 1024 * 1024 * 1024;
/// The most parts of an archive.
const MOST_PARTS: usize = 10_000;

/// What a part turned out to be.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Fits,
    /// Too large, and of no use for reading cells, as pictures are.
    LeftOut,
    /// Too large, and needed.
    TooLarge,
}

/// The archive without what would fill the memory, in a file without a name.
pub(super) fn measured(input: Box<dyn Input>) -> Result<File, ReadError> {
    let mut archive = ZipArchive::new(BufReader::new(input)).map_err(damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(ReadError::File(format!("the workbook has more than {MOST_PARTS} parts")));
    }
    let mut copy = ZipWriter::new(tempfile::tempfile()?);
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.into_owned();
        match judged(&name, part)? {
            Verdict::Fits => copy.raw_copy_file(archive.by_index_raw(number).map_err(damaged)?).map_err(damaged)?,
            Verdict::LeftOut => {}
            Verdict::TooLarge => {
                let problem = format!("the workbook's part {name} is too large to be read in little memory; save it as CSV");
                return Err(ReadError::File(problem));
            }
        }
    }
    copy.finish().map_err(damaged)
}

/// Parses a part as calamine will, and sees whether any piece of it is too long to be kept.
fn judged(name: &str, mut part: impl Read) -> Result<Verdict, ReadError> {
    let mut begin = Vec::new();
    part.by_ref().take(1024).read_to_end(&mut begin)?;
    let is_markup = begin.iter().find(|byte| !b"\xEF\xBB\xBF\xFF\xFE\0 \t\r\n".contains(byte)) == Some(&b'<');
    let (text, gauge) = Meter::new(BufReader::new(begin.as_slice().chain(part).take(PART)));
    let mut reader = Reader::from_reader(text);
    let config = reader.config_mut();
    (config.check_end_names, config.expand_empty_elements) = (false, true);
    let mut part = Part { gauge, role: Role::of(name), root: None, is_markup, rows_seen: false, cells_over: false };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(quick_xml::Error::Io(error)) if error.get_ref().is_some_and(|inner| inner.is::<ReadError>()) => {
                return Ok(part.too_large());
            }
            // What is no XML up to here, calamine will not read further either.
            Err(_) => return Ok(Verdict::Fits),
        };
        let fits = match event {
            Event::Start(element) => part.begins(&element),
            Event::End(element) => {
                part.ends(element.local_name().into_inner());
                true
            }
            Event::Eof if reader.buffer_position() >= PART => return Ok(part.too_large()),
            Event::Eof => return Ok(Verdict::Fits),
            _ => true,
        };
        if !fits || (part.role == Role::Texts && reader.buffer_position() > SHARED) {
            return Ok(part.too_large());
        }
    }
}

/// As what a part may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The table of shared texts.
    Texts,
    /// Styles and relations, which are kept whole.
    Whole,
    /// A sheet, of which rows are read one by one; or the list of sheets, whose name is anything.
    Other,
}

impl Role {
    fn of(name: &str) -> Role {
        let name = name.to_lowercase().replace('\\', "/");
        match name.rsplit('/').next().unwrap_or_default() {
            "sharedstrings.xml" => Role::Texts,
            "styles.xml" | "theme1.xml" | "[content_types].xml" => Role::Whole,
            name if name.ends_with(".rels") => Role::Whole,
            _ => Role::Other,
        }
    }
}

/// A part that is being parsed.
struct Part {
    gauge: Rc<Gauge>,
    role: Role,
    root: Option<String>,
    is_markup: bool,
    rows_seen: bool,
    cells_over: bool,
}

impl Part {
    /// Whether an element that begins leaves the part one that fits.
    fn begins(&mut self, element: &BytesStart<'_>) -> bool {
        let name = element.local_name().into_inner();
        self.root.get_or_insert_with(|| name.to_owned());
        match (self.role, name) {
            (Role::Texts, "sst") => return texts(element) <= MOST_TEXTS,
            (Role::Texts, "si") => self.gauge.renew(),
            (Role::Other, "row") => {
                self.rows_seen = true;
                self.gauge.renew();
            }
            // A list of sheets is kept whole, so it must have no rows between which anything would fit.
            (Role::Other, "sheet" | "definedName") => return !self.rows_seen && !self.cells_over,
            // What follows the cells is read by nobody, if it is a sheet.
            _ if self.cells_over => self.gauge.renew(),
            _ => {}
        }
        true
    }

    fn ends(&mut self, name: &str) {
        match (self.role, name) {
            (Role::Other, "row") => self.gauge.renew(),
            (Role::Other, "sheetData") => self.cells_over = true,
            _ if self.cells_over => self.gauge.renew(),
            _ => {}
        }
    }

    fn too_large(&self) -> Verdict {
        let is_needed = matches!(self.root.as_deref(), Some("worksheet" | "workbook")) || self.role != Role::Other;
        match is_needed || (self.root.is_none() && self.is_markup) {
            true => Verdict::TooLarge,
            false => Verdict::LeftOut,
        }
    }
}

/// How many texts a table says that it has; room is made for them before they are read.
fn texts(element: &BytesStart<'_>) -> u64 {
    let count = element.try_get_attribute("uniqueCount").ok().flatten();
    count.map_or(0, |count| count.value.parse().unwrap_or(u64::MAX))
}

fn damaged(error: ZipError) -> ReadError {
    ReadError::File(format!("this is no workbook that can be read: {error}; open it in Excel and save it again, or as CSV"))
}
