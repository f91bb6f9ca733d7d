//! The text of a file as UTF-8, decoded as it is read, strictly: bytes that do not fit are an error with their place.

use super::ReadError;
use super::format;
use encoding_rs::{Decoder, DecoderResult, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// An encoding of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, the default.
    Utf8,
    /// UTF-16 in either order of bytes.
    Utf16,
    /// What Excel on Windows writes in western Europe and America.
    Windows1252,
    /// ISO-8859-1, whose bytes are the first 256 characters of Unicode.
    Iso88591,
}

impl Encoding {
    /// All of them.
    pub const ALL: [Encoding; 4] = [Encoding::Utf8, Encoding::Utf16, Encoding::Windows1252, Encoding::Iso88591];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16 => "UTF-16",
            Encoding::Windows1252 => "windows-1252",
            Encoding::Iso88591 => "ISO-8859-1",
        }
    }

    /// The one with this name, without regard to case, hyphens and underscores.
    pub fn named(name: &str) -> Option<Encoding> {
        let plain = |name: &str| name.to_ascii_lowercase().replace(['-', '_', ' '], "");
        let name = match plain(name).as_str() {
            "cp1252" | "ansi" => plain("windows-1252"),
            "latin1" => plain("iso-8859-1"),
            "utf16le" | "utf16be" => plain("utf-16"),
            other => other.to_owned(),
        };
        Self::ALL.into_iter().find(|encoding| plain(encoding.name()) == name)
    }
}

/// What makes characters of bytes.
enum Table {
    /// A table of the WHATWG's standard.
    Known(Decoder),
    /// Each byte is the character of its number, for which that standard has no table.
    Latin1,
}

/// How many bytes are read at once. What is decoded may be up to three times as long.
const STEP: usize = 32 * 1024;

/// A file's text as UTF-8.
pub(super) struct Decoded<R> {
    input: R,
    table: Table,
    /// What the bytes are held to be, for the error.
    name: &'static str,
    raw: Vec<u8>,
    /// The bytes of `raw` that are decoded.
    taken: usize,
    text: Vec<u8>,
    /// The bytes of `text` that were read, and that there are.
    at: usize,
    end: usize,
    /// The bytes of the file before `raw`, and the line breaks before the end of `text`.
    offset: u64,
    breaks: u64,
    ended: bool,
    /// What is told once all text before it was read.
    failed: Option<ReadError>,
    /// How many bytes of the file were read.
    read: Rc<Cell<u64>>,
}

impl<R: Read> Decoded<R> {
    /// The text of the input; its byte order mark, which is left out, tells more than what was asked for.
    pub fn new(mut input: R, asked: Option<Encoding>, read: Rc<Cell<u64>>) -> Result<Self, ReadError> {
        let mut raw = Vec::with_capacity(STEP);
        (&mut input).take(4).read_to_end(&mut raw)?;
        format::mistaken(&raw)?;
        let (table, name, taken) = match encoding_rs::Encoding::for_bom(&raw) {
            Some((encoding, mark)) => (encoding, encoding.name(), mark),
            None => match asked {
                Some(Encoding::Windows1252) => (WINDOWS_1252, "windows-1252", 0),
                Some(Encoding::Utf16) if raw.first() == Some(&0) => (UTF_16BE, "UTF-16", 0),
                Some(Encoding::Utf16) => (UTF_16LE, "UTF-16", 0),
                Some(Encoding::Utf8 | Encoding::Iso88591) => (UTF_8, "UTF-8", 0),
                None if looks_like_utf_16(&raw) => {
                    return Err(ReadError::at(1, "this looks like UTF-16 without a byte order mark; say --encoding utf-16"));
                }
                None => (UTF_8, "UTF-8", 0),
            },
        };
        let table = match asked {
            Some(Encoding::Iso88591) if taken == 0 => Table::Latin1,
            _ => Table::Known(table.new_decoder_without_bom_handling()),
        };
        let text = vec![0; STEP * 3 + 16];
        read.set(len(&raw));
        Ok(Decoded {
            input,
            table,
            name,
            raw,
            taken,
            text,
            at: 0,
            end: 0,
            offset: 0,
            breaks: 0,
            ended: false,
            failed: None,
            read,
        })
    }

    /// Decodes the next bytes, and reads some before if there are none. What does not fit is told once the text before it was read.
    fn refill(&mut self) -> Result<(), ReadError> {
        if self.taken == self.raw.len() {
            self.offset += len(&self.raw);
            self.raw.clear();
            (&mut self.input).take(STEP as u64).read_to_end(&mut self.raw)?;
            self.taken = 0;
            self.read.set(self.offset + len(&self.raw));
        }
        let bytes = self.raw.get(self.taken..).unwrap_or_default();
        let last = self.raw.is_empty();
        let (result, read, written) = match &mut self.table {
            Table::Known(decoder) => decoder.decode_to_utf8_without_replacement(bytes, &mut self.text, last),
            Table::Latin1 => {
                let (read, written) = encoding_rs::mem::convert_latin1_to_utf8_partial(bytes, &mut self.text);
                (DecoderResult::InputEmpty, read, written)
            }
        };
        self.taken += read;
        let written = self.text.get(..written).unwrap_or_default();
        self.breaks += written.iter().filter(|byte| **byte == b'\n').map(|_| 1).sum::<u64>();
        (self.at, self.end) = (0, written.len());
        self.ended = last && result == DecoderResult::InputEmpty;
        if let DecoderResult::Malformed(bad, after) = result {
            self.failed = Some(self.unfit(u64::from(bad) + u64::from(after)));
        }
        Ok(())
    }

    /// The error for bytes that began so many bytes ago.
    fn unfit(&self, ago: u64) -> ReadError {
        let offset = (self.offset + u64::try_from(self.taken).unwrap_or(u64::MAX)).saturating_sub(ago);
        let way = match self.name {
            "UTF-8" => "if it comes from Excel, try --encoding windows-1252",
            "UTF-16" | "UTF-16LE" | "UTF-16BE" => "it may be damaged or cut short; save it again, best as UTF-8",
            _ => "name the right one with --encoding",
        };
        let problem = format!("the bytes from offset {offset} on are not {}; {way}", self.name);
        ReadError::at(self.breaks + 1, problem)
    }
}

/// Whether every second byte is zero, as it is where ASCII is written in UTF-16.
fn looks_like_utf_16(first: &[u8]) -> bool {
    let is_zero: Vec<bool> = first.iter().map(|byte| *byte == 0).collect();
    is_zero == [true, false, true, false] || is_zero == [false, true, false, true]
}

fn len(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

impl<R: Read> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at == self.end && !self.ended {
            match &self.failed {
                Some(error) => return Err(error.clone().into()),
                None => self.refill()?,
            }
        }
        Ok(self.text.get(self.at..self.end).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.end);
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}
