//! The contract's `Sink` over the XML writer: members in the service's default namespace, without prefixes.

use super::writer::XmlWriter;
use crate::contract::Sink;
use crate::wire::lexical;

/// Writes values as elements.
#[derive(Debug)]
pub struct XmlSink<'w> {
    writer: &'w mut XmlWriter,
}

impl<'w> XmlSink<'w> {
    /// A sink that appends to `writer`.
    pub fn new(writer: &'w mut XmlWriter) -> Self {
        XmlSink { writer }
    }
}

impl Sink for XmlSink<'_> {
    fn begin(&mut self, name: &'static str) {
        self.writer.start(name);
    }
    fn end(&mut self, name: &'static str) {
        self.writer.end(name);
    }
    fn string(&mut self, name: &'static str, value: &str) {
        self.writer.element(name, value);
    }
    fn boolean(&mut self, name: &'static str, value: bool) {
        self.writer.element(name, if value { "true" } else { "false" });
    }
    fn int(&mut self, name: &'static str, value: i32) {
        self.writer.number(name, value);
    }
    fn long(&mut self, name: &'static str, value: i64) {
        self.writer.element(name, &value.to_string());
    }
    fn base64(&mut self, name: &'static str, bytes: &[u8]) {
        self.writer.element(name, &lexical::write_base64(bytes));
    }
    fn double(&mut self, name: &'static str, value: f64) {
        self.writer.element(name, &lexical::write_double(value));
    }
    fn null(&mut self, name: &'static str) {
        self.writer.empty_with(name, &[("xsi:nil", "true")]);
    }
    fn empty(&mut self, name: &'static str) {
        self.writer.empty(name);
    }
}
