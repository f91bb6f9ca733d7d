//! Which format a file has, by its name or by its first bytes.

use super::{Input, ReadError};
use std::io::Read;
use std::path::Path;

/// A format of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Cells between commas, semicolons or tabs.
    Csv,
    /// A workbook of Excel.
    Xlsx,
    /// A document by `schemas/xml/import.xsd`.
    Xml,
    /// An array of objects, or an object after the other.
    Json,
}

/// How a workbook begins, which is a ZIP archive; and how those of Excel before 2007 do.
const ZIP: &[u8] = b"PK\x03\x04";
const OLD_EXCEL: &[u8] = b"\xD0\xCF\x11\xE0";

impl Format {
    /// All of them.
    pub const ALL: [Format; 4] = [Format::Csv, Format::Xlsx, Format::Xml, Format::Json];

    /// Its name, which is its extension as well.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Xml => "xml",
            Format::Json => "json",
        }
    }

    /// The one with this name, without regard to case.
    pub fn named(name: &str) -> Option<Format> {
        Self::ALL.into_iter().find(|format| format.name().eq_ignore_ascii_case(name))
    }

    /// The one that the extension of a file's name tells.
    pub fn of(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "tsv" | "txt" => Some(Format::Csv),
            "jsonl" | "ndjson" => Some(Format::Json),
            name => Format::named(name),
        }
    }

    /// The one that the first bytes tell; bytes that tell nothing are CSV.
    pub fn seen(mut input: impl Input) -> Result<Option<Format>, ReadError> {
        let mut bytes = Vec::new();
        input.by_ref().take(256).read_to_end(&mut bytes)?;
        if bytes.starts_with(ZIP) {
            return Ok(Some(Format::Xlsx));
        }
        if bytes.starts_with(OLD_EXCEL) {
            return Ok(None);
        }
        // In UTF-16 every second byte of these is zero; a byte order mark goes before.
        let begins = |byte: &&u8| !b"\0\xEF\xBB\xBF\xFF\xFE \t\r\n".contains(byte);
        Ok(Some(match bytes.iter().find(begins) {
            Some(b'<') => Format::Xml,
            Some(b'[' | b'{') => Format::Json,
            _ => Format::Csv,
        }))
    }
}

/// What is told of a file that is of no format.
pub(super) fn unknown() -> ReadError {
    let problem = "this is a workbook of Excel before 2007, or one with a password; save it as .xlsx without password, or as CSV";
    ReadError::File(problem.to_owned())
}

/// What a workbook or a text is told that was said to be the other.
pub(super) fn mistaken(first: &[u8]) -> Result<(), ReadError> {
    match first {
        first if first.starts_with(ZIP) => {
            Err(ReadError::File("this is no text but a workbook or an archive; name its format with --format xlsx".to_owned()))
        }
        first if first.starts_with(OLD_EXCEL) => Err(unknown()),
        _ => Ok(()),
    }
}
