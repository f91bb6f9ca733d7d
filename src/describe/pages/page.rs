//! The shell of every page: head, style, the trail of links above, and elements each on a line of its own.

use super::types::type_label;
use crate::contract::Field;
use crate::wire::xml::XmlWriter;

/// Colours are the system's, so that a dark desktop has dark pages. No line is longer than the window: long words break, on a phone the cells
/// of a row stand one below the other, and what cannot break (messages, wide tables) scrolls within itself.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;background:Canvas;color:CanvasText;\
overflow-wrap:break-word}\
h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.25rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1.5rem 0 .25rem}\
p{margin:.5rem 0}li{margin:.5rem 0}ul{padding-left:1.25rem}\
.wide{overflow-x:auto}\
table{border-collapse:collapse;width:100%}\
th,td{text-align:left;padding:.35rem .75rem .35rem 0;vertical-align:top;border-bottom:1px solid rgba(128,128,128,.35)}\
th{font-weight:600}td{min-width:5rem}\
code,pre{font-family:ui-monospace,monospace;font-size:.9rem}\
pre{overflow-x:auto;padding:.75rem;border:1px solid rgba(128,128,128,.35);border-radius:.25rem;background:rgba(128,128,128,.1);\
line-height:1.4}\
var{font-weight:700}\
input,select{font:inherit;width:100%;box-sizing:border-box;padding:.35rem}\
button{font:inherit;padding:.4rem 1.5rem;margin:.75rem 0}\
.error{border-left:.25rem solid #c33;padding-left:.75rem}\
@media(max-width:40rem){tr,td{display:block}th{display:inline-block}tr{padding:.35rem 0;border-bottom:1px solid rgba(128,128,128,.35)}\
th,td{border:0;padding:0 .75rem 0 0}td+td{padding-left:1rem}td{overflow-wrap:anywhere}}";

/// What begins on a line of its own, so that a page can be read as source and compared by lines.
const BLOCKS: &[&str] = &[
    "head", "meta", "link", "title", "style", "body", "nav", "main", "h1", "h2", "h3", "p", "ul", "li", "div", "table", "tr",
    "pre", "form", "input", "select", "button",
];

/// A page that is being written.
pub(super) struct Page {
    writer: XmlWriter,
}

impl Page {
    /// A page with this title. `trail` are the links to the pages above, and `alternate` is the address of the same for programs.
    pub fn open(title: &str, trail: &[(&str, &str)], alternate: Option<&str>) -> Page {
        let mut page = Page { writer: XmlWriter::compact(16 * 1024) };
        page.writer.raw(b"<!DOCTYPE html>\n");
        page.writer.start_with("html", &[("lang", "en")]);
        page.start("head", &[]);
        page.empty("meta", &[("charset", "utf-8")]);
        page.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
        page.element("title", title);
        if let Some(address) = alternate {
            page.empty("link", &[("rel", "alternate"), ("type", "text/xml"), ("href", address)]);
        }
        page.element("style", STYLE);
        page.end("head");
        page.start("body", &[]);
        if !trail.is_empty() {
            page.start("nav", &[("aria-label", "Pages above")]);
            for (at, (address, text)) in trail.iter().enumerate() {
                page.text(if at > 0 { " / " } else { "" });
                page.link(address, text);
            }
            page.end("nav");
        }
        page.start("main", &[]);
        page
    }

    /// The finished page.
    pub fn close(mut self) -> Vec<u8> {
        for name in ["main", "body", "html"] {
            self.end(name);
        }
        self.writer.raw(b"\n");
        self.writer.into_bytes()
    }

    /// `<name a="1">`
    pub fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.line_of(name);
        self.writer.start_with(name, attributes);
    }

    /// `<name a="1" />`, for elements that are empty in HTML.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.line_of(name);
        self.writer.empty_with(name, attributes);
    }

    /// `</name>`
    pub fn end(&mut self, name: &str) {
        self.writer.end(name);
    }

    /// `<name>text</name>`, also when the text is empty: HTML knows no short form.
    pub fn element(&mut self, name: &str, text: &str) {
        self.start(name, &[]);
        self.text(text);
        self.end(name);
    }

    /// Text, escaped.
    pub fn text(&mut self, text: &str) {
        self.writer.text(text);
    }

    /// `<name>text</name>` for a declaration's text, in which what stands between backticks is code.
    pub fn prose(&mut self, name: &str, text: &str) {
        self.start(name, &[]);
        self.words(text);
        self.end(name);
    }

    /// A declaration's text.
    pub fn words(&mut self, text: &str) {
        for (at, part) in text.trim().split('`').enumerate() {
            if at % 2 == 0 { self.text(part) } else { self.element("code", part) }
        }
    }

    /// A link.
    pub fn link(&mut self, address: &str, text: &str) {
        self.start("a", &[("href", address)]);
        self.text(text);
        self.end("a");
    }

    /// A table of parameters or members: name, type and meaning of each.
    pub fn fields(&mut self, heading: &str, fields: &[Field]) {
        self.table(&[heading, "Type", "Meaning"], |page| {
            for field in fields {
                page.row(field.name, &[&type_label(field.ty), field.doc]);
            }
        });
    }

    /// A table with these headings, and with the rows that `rows` writes.
    pub fn table(&mut self, headings: &[&str], rows: impl FnOnce(&mut Page)) {
        self.start("div", &[("class", "wide")]);
        self.start("table", &[]);
        self.start("tr", &[]);
        for heading in headings {
            self.start("th", &[("scope", "col")]);
            self.text(heading);
            self.end("th");
        }
        self.end("tr");
        rows(self);
        self.end("table");
        self.end("div");
    }

    /// A row of texts behind a name.
    pub fn row(&mut self, name: &str, texts: &[&str]) {
        self.start("tr", &[]);
        self.start("td", &[]);
        self.element("code", name);
        self.end("td");
        texts.iter().for_each(|text| self.prose("td", text));
        self.end("tr");
    }

    fn line_of(&mut self, name: &str) {
        if BLOCKS.contains(&name) {
            self.writer.raw(b"\n");
        }
    }
}
