//! The XML writer: bytes pushed into one buffer, escaped, never with a character that XML 1.0 forbids.
//!
//! Its forms are those of ASMX (section 2.1 of `asmx-behaviour.md`): `<x />` with the space, double quotes, `>` escaped. Compact for
//! messages, indented by two for documents.

/// Writes one XML document.
#[derive(Debug, Default)]
pub struct XmlWriter {
    out: Vec<u8>,
    /// The number of open elements when indenting.
    indent: Option<usize>,
    /// Whether the last thing written was an element's end, so that its parent's end goes on a line of its own.
    after_element: bool,
    /// Whether a CR in text is written as a reference, so that a reader does not take it for a part of a line's end.
    keeps_returns: bool,
}

impl XmlWriter {
    /// A message: no line breaks, no indentation.
    pub fn compact(capacity: usize) -> Self {
        XmlWriter { out: Vec::with_capacity(capacity), ..XmlWriter::default() }
    }

    /// A message, in memory that was used before; what it holds is overwritten.
    pub fn over(mut memory: Vec<u8>) -> Self {
        memory.clear();
        XmlWriter { out: memory, ..XmlWriter::default() }
    }

    /// The same, with each CR in text kept for the reader: XML reads a raw one as LF (section 2.11).
    pub fn keeping_returns(self, keeps_returns: bool) -> Self {
        XmlWriter { keeps_returns, ..self }
    }

    /// A document for people and tools: indented by two.
    pub fn indented() -> Self {
        XmlWriter { out: Vec::with_capacity(128 * 1024), indent: Some(0), ..XmlWriter::default() }
    }

    /// The bytes written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// The XML declaration.
    pub fn declaration(&mut self) {
        self.raw(br#"<?xml version="1.0" encoding="utf-8"?>"#);
    }

    /// Pushes bytes that are known to be well formed: constant heads and tails of messages.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// `<name>`
    pub fn start(&mut self, name: &str) {
        self.open(name);
        self.raw(b">");
    }

    /// `<name a="1" b="2">`
    pub fn start_with(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.open(name);
        self.attributes(attributes);
        self.raw(b">");
    }

    /// `<name a="1" />`
    pub fn empty_with(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.open(name);
        self.attributes(attributes);
        self.close_empty();
    }

    /// `<name />`
    pub fn empty(&mut self, name: &str) {
        self.open(name);
        self.close_empty();
    }

    /// `</name>`
    pub fn end(&mut self, name: &str) {
        if let Some(level) = self.indent.as_mut() {
            *level = level.saturating_sub(1);
            if self.after_element {
                self.new_line();
            }
        }
        self.raw(b"</");
        self.raw(name.as_bytes());
        self.raw(b">");
        self.after_element = true;
    }

    /// `<name>text</name>`, or `<name />` for an empty text.
    pub fn element(&mut self, name: &str, text: &str) {
        if text.is_empty() {
            return self.empty(name);
        }
        self.start(name);
        self.text(text);
        self.end(name);
    }

    /// `<name>7</name>`, written without a text of its own.
    pub fn number(&mut self, name: &str, value: i32) {
        use std::io::Write;
        self.start(name);
        // Writing to a Vec cannot fail.
        let _ = write!(self.out, "{value}");
        self.after_element = false;
        self.end(name);
    }

    /// Text, escaped. CR, LF and TAB are written raw, as the reference does; a CR only unless it is to be kept.
    pub fn text(&mut self, text: &str) {
        let keeps_returns = self.keeps_returns;
        self.escaped(text, |byte| match byte {
            b'\r' if keeps_returns => Some(b"&#xD;"),
            b'&' => Some(b"&amp;"),
            b'<' => Some(b"&lt;"),
            b'>' => Some(b"&gt;"),
            _ => None,
        });
        self.after_element = false;
    }

    fn open(&mut self, name: &str) {
        if self.indent.is_some() {
            self.new_line();
            self.indent = self.indent.map(|level| level + 1);
        }
        self.raw(b"<");
        self.raw(name.as_bytes());
        self.after_element = false;
    }

    fn close_empty(&mut self) {
        self.raw(b" />");
        self.indent = self.indent.map(|level| level.saturating_sub(1));
        self.after_element = true;
    }

    fn attributes(&mut self, attributes: &[(&str, &str)]) {
        for (name, value) in attributes {
            self.raw(b" ");
            self.raw(name.as_bytes());
            self.raw(b"=\"");
            self.escaped(value, |byte| match byte {
                b'&' => Some(b"&amp;"),
                b'<' => Some(b"&lt;"),
                b'>' => Some(b"&gt;"),
                b'"' => Some(b"&quot;"),
                b'\t' => Some(b"&#x9;"),
                b'\n' => Some(b"&#xA;"),
                b'\r' => Some(b"&#xD;"),
                _ => None,
            });
            self.raw(b"\"");
        }
    }

    /// Pushes `text` in runs between the bytes that need escaping; forbidden characters become U+FFFD.
    fn escaped(&mut self, text: &str, escape: impl Fn(u8) -> Option<&'static [u8]>) {
        let text = super::names::without_forbidden(text);
        let bytes = text.as_bytes();
        let mut done = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            if let Some(replacement) = escape(byte) {
                self.raw(bytes.get(done..at).unwrap_or_default());
                self.raw(replacement);
                done = at + 1;
            }
        }
        self.raw(bytes.get(done..).unwrap_or_default());
    }

    fn new_line(&mut self) {
        if !self.out.is_empty() {
            self.raw(b"\n");
        }
        for _ in 0..self.indent.unwrap_or(0) {
            self.raw(b"  ");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_no_white_space_of_its_own_and_empty_elements_have_the_space() {
        let mut writer = XmlWriter::compact(0);
        writer.start("a");
        writer.element("b", "");
        writer.element("c", "1 < 2 & \"x\" ]]>");
        writer.end("a");
        assert_eq!(writer.into_bytes(), b"<a><b /><c>1 &lt; 2 &amp; \"x\" ]]&gt;</c></a>");
    }

    #[test]
    fn characters_that_xml_forbids_never_leave() {
        let mut writer = XmlWriter::compact(0);
        writer.text("a\u{0}b\u{1}c\u{ffff}\td");
        assert_eq!(String::from_utf8(writer.into_bytes()).unwrap(), "a\u{fffd}b\u{fffd}c\u{fffd}\td");
    }

    #[test]
    fn a_document_is_indented_by_two() {
        let mut writer = XmlWriter::indented();
        writer.declaration();
        writer.start_with("a", &[("x", "<\"\n>")]);
        writer.start("b");
        writer.empty("c");
        writer.end("b");
        writer.element("d", "t");
        writer.end("a");
        let text = String::from_utf8(writer.into_bytes()).unwrap();
        assert_eq!(
            text,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a x=\"&lt;&quot;&#xA;&gt;\">\n  <b>\n    <c />\n  </b>\n  <d>t</d>\n</a>"
        );
    }
}
