//! The encoding step: a charset in the first line, then the bytes of a document.
//!
//! What comes out is what a plain reading gives: the standard library's for UTF-8 and UTF-16, a table of Latin-1 that is none, and for
//! the rest the same tables, walked one byte at a time. A document that declares an encoding may be read as declared.

use super::head;
use asmxd::wire::encoding::decode;
use encoding_rs::{DecoderResult, Encoding};

const LATIN_1: [&str; 5] = ["iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "l1"];
const ASCII: [&str; 4] = ["us-ascii", "ascii", "ansi_x3.4-1968", "iso646-us"];

/// Decodes the bytes and holds the text against the plain reading.
pub fn run(bytes: &[u8]) {
    let (charset, document) = head::line(bytes);
    let Ok(charset) = std::str::from_utf8(charset) else { return };
    let charset = Some(charset.trim()).filter(|charset| !charset.is_empty());
    let found = decode(document, charset);
    if let Ok(text) = &found {
        assert!(text.len() <= document.len() * 4, "a text grew out of nothing");
    }
    let found = found.ok().map(String::from);
    let expected = readings(document, charset);
    assert!(expected.contains(&found), "{charset:?}: {found:?} is none of {expected:?}");
}

/// The readings that are right: one, unless the document itself may tell what it is.
fn readings(document: &[u8], charset: Option<&str>) -> Vec<Option<String>> {
    for (mark, label) in [(&b"\xEF\xBB\xBF"[..], "utf-8"), (b"\xFF\xFE", "utf-16le"), (b"\xFE\xFF", "utf-16be")] {
        if let Some(rest) = document.strip_prefix(mark) {
            return vec![plain(rest, label)];
        }
    }
    if let Some(charset) = charset.filter(|charset| is_known(charset)) {
        return vec![plain(document, charset)];
    }
    if document.starts_with(b"<\0") {
        return vec![plain(document, "utf-16le")];
    }
    if document.starts_with(b"\0<") {
        return vec![plain(document, "utf-16be")];
    }
    let mut readings = vec![plain(document, "utf-8")];
    if document.starts_with(b"<?xml") {
        let head = String::from_utf8_lossy(&document[..document.len().min(200)]).into_owned();
        let declared = head.split(['"', '\'']).filter(|label| is_known(label));
        readings.extend(declared.map(|label| plain(document, label)));
    }
    readings
}

fn is_one_of(label: &str, labels: &[&str]) -> bool {
    labels.iter().any(|known| known.eq_ignore_ascii_case(label))
}

fn is_known(label: &str) -> bool {
    is_one_of(label, &LATIN_1) || Encoding::for_label(label.as_bytes()).is_some()
}

/// The document in the encoding of this label, or `None` where it does not fit.
fn plain(document: &[u8], label: &str) -> Option<String> {
    if is_one_of(label, &ASCII) {
        return document.is_ascii().then(|| document.iter().map(|&byte| char::from(byte)).collect());
    }
    if is_one_of(label, &LATIN_1) {
        return Some(document.iter().map(|&byte| char::from(byte)).collect());
    }
    let is_big = document.first() == Some(&0);
    let encoding = Encoding::for_label(label.as_bytes())?;
    match encoding.name() {
        "UTF-8" => String::from_utf8(document.to_vec()).ok(),
        "UTF-16LE" if is_big && label.eq_ignore_ascii_case("utf-16") => utf_16(document, u16::from_be_bytes),
        "UTF-16LE" => utf_16(document, u16::from_le_bytes),
        "UTF-16BE" => utf_16(document, u16::from_be_bytes),
        _ => by_table(document, encoding),
    }
}

fn utf_16(document: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = document.as_chunks::<2>();
    let text = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<String, _>>().ok()?;
    rest.is_empty().then_some(text)
}

fn by_table(document: &[u8], encoding: &'static Encoding) -> Option<String> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(document.len() * 4 + 16);
    for byte in document.chunks(1) {
        if !matches!(decoder.decode_to_string_without_replacement(byte, &mut text, false).0, DecoderResult::InputEmpty) {
            return None;
        }
    }
    matches!(decoder.decode_to_string_without_replacement(b"", &mut text, true).0, DecoderResult::InputEmpty).then_some(text)
}
