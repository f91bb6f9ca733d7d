//! The bytes of a request to UTF-8: byte order mark, else charset, else XML declaration, else UTF-8 (D1).
//!
//! ISO-8859-1 is real Latin-1 (R37), where the WHATWG tables would put windows-1252; bytes that do not fit their charset are
//! refused rather than replaced.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// The document's text without its byte order mark. `charset` is that of the content type.
///
/// An unknown charset counts as none, as on the reference. The error names the encoding that the bytes do not fit.
pub fn decode<'a>(bytes: &'a [u8], charset: Option<&str>) -> Result<Cow<'a, str>, String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strict(encoding, bytes.get(mark..).unwrap_or_default());
    }
    let declared = || declared_encoding(bytes);
    let label = charset.filter(|label| known(label)).map(str::to_owned).or_else(declared);
    labelled(bytes, label.as_deref())
}

/// The text of a part of a form, by the charset alone; else it is UTF-8. An encoding in which ASCII is not itself cannot be that of a form.
pub fn decode_part<'a>(bytes: &'a [u8], charset: Option<&str>) -> Result<Cow<'a, str>, String> {
    let label = charset.filter(|label| known(label));
    match label.and_then(|label| Encoding::for_label(label.as_bytes())) {
        Some(encoding) if !encoding.is_ascii_compatible() => Err(format!("A form cannot be in {}.", encoding.name())),
        _ => labelled(bytes, label),
    }
}

fn labelled<'a>(bytes: &'a [u8], label: Option<&str>) -> Result<Cow<'a, str>, String> {
    match label {
        Some(label) if is_ascii(label) && !bytes.is_ascii() => Err("The body holds bytes that are not US-ASCII.".to_owned()),
        Some(label) if label.eq_ignore_ascii_case("utf-16") => strict(utf_16_by_sight(bytes), bytes),
        Some(label) if is_latin1(label) => Ok(bytes.iter().map(|&byte| char::from(byte)).collect::<String>().into()),
        Some(label) => strict(Encoding::for_label(label.as_bytes()).unwrap_or(UTF_8), bytes),
        None => strict(UTF_8, bytes),
    }
}

fn strict<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Cow<'a, str>, String> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or_else(|| format!("The body holds bytes that are not {}.", encoding.name()))
}

/// The names of ISO-8859-1 in IANA's registry, and its usual misspellings.
const LATIN_1: [&str; 12] = [
    "iso-8859-1",
    "iso8859-1",
    "iso88591",
    "iso_8859-1",
    "iso_8859-1:1987",
    "iso-ir-100",
    "latin1",
    "latin-1",
    "l1",
    "ibm819",
    "cp819",
    "csisolatin1",
];

/// Whether the label names US-ASCII, which the WHATWG tables take for windows-1252.
fn is_ascii(label: &str) -> bool {
    ["us-ascii", "ascii", "ansi_x3.4-1968", "iso646-us"].iter().any(|name| label.eq_ignore_ascii_case(name))
}

/// UTF-16 without a mark: the first character of a document is one of ASCII, so its zero byte tells the order.
fn utf_16_by_sight(bytes: &[u8]) -> &'static Encoding {
    if bytes.first() == Some(&0) { UTF_16BE } else { UTF_16LE }
}

fn is_latin1(label: &str) -> bool {
    LATIN_1.iter().any(|name| label.eq_ignore_ascii_case(name))
}

fn known(label: &str) -> bool {
    is_latin1(label) || Encoding::for_label(label.as_bytes()).is_some()
}

/// The encoding that the XML declaration names, if one can be seen.
///
/// A document whose declaration could be read as single bytes is not UTF-16, whatever it says.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(200))?;
    if head.starts_with(b"<\0") || head.starts_with(b"\0<") {
        let encoding = if head.starts_with(b"<\0") { UTF_16LE } else { UTF_16BE };
        return Some(encoding.name().to_owned());
    }
    let head = head.strip_prefix(b"<?xml".as_slice())?;
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let text = std::str::from_utf8(head.get(..end)?).ok()?;
    let value = text.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (label, _) = value.get(1..)?.split_once(quote)?;
    (known(label) && !label.to_ascii_lowercase().starts_with("utf-16")).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_beats_the_charset_and_the_charset_beats_the_declaration() {
        assert_eq!(decode(b"\xEF\xBB\xBFB\xC3\xA9", Some("iso-8859-1")).unwrap(), "B\u{e9}");
        assert_eq!(decode(b"\xFF\xFEB\0\xE9\0", Some("utf-8")).unwrap(), "B\u{e9}");
        let declared = b"<?xml version='1.0' encoding='iso-8859-1'?><a>B\xC3\xA9</a>";
        assert!(decode(declared, Some("UTF-8")).unwrap().ends_with("<a>B\u{e9}</a>"));
        assert!(decode(declared, None).unwrap().ends_with("<a>B\u{c3}\u{a9}</a>"));
    }

    #[test]
    fn without_any_name_the_bytes_are_utf_8_and_an_unknown_charset_counts_as_none() {
        assert_eq!(decode("Bé☃".as_bytes(), None).unwrap(), "Bé☃");
        assert_eq!(decode("Bé☃".as_bytes(), Some("x-nope")).unwrap(), "Bé☃");
        assert!(decode(b"<?xml version='1.0' encoding='iso-8859-2 ?><a>\xFF</a>", None).is_err(), "no label ends");
    }

    #[test]
    fn latin_1_is_not_windows_1252() {
        assert_eq!(decode(b"\x80", Some("ISO-8859-1")).unwrap(), "\u{80}");
        assert_eq!(decode(b"\x80", Some("windows-1252")).unwrap(), "\u{20ac}");
    }

    #[test]
    fn bytes_that_do_not_fit_their_charset_are_refused() {
        let refused = decode(b"a\xC3\xFFb", Some("utf-8")).unwrap_err();
        assert_eq!(refused, "The body holds bytes that are not UTF-8.");
        assert!(decode(b"a\xC3\xFFb", None).is_err());
        assert!(decode("é".as_bytes(), Some("US-ASCII")).is_err());
        assert_eq!(decode(b"plain", Some("us-ascii")).unwrap(), "plain");
    }

    #[test]
    fn utf_16_without_a_mark_is_seen_by_its_first_bytes() {
        let text: Vec<u8> = "<a>é</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&text, None).unwrap(), "<a>é</a>");
        assert_eq!(decode(&text, Some("UTF-16")).unwrap(), "<a>é</a>");
        let big: Vec<u8> = "<a>é</a>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&big, Some("utf-16")).unwrap(), "<a>é</a>");
    }
}
