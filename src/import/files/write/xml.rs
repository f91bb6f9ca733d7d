//! XML by `schemas/xml/import.xsd`. A character that XML 1.0 cannot hold is an error: to leave it out would be to change the value.

use super::{WriteError, Writer, misfit};
use crate::domain::column::{custom_field, named};
use crate::import::schema::{CUSTOM_FIELD, NAMESPACE, PERSON, ROOT};
use quick_xml::escape::escape;
use std::io::{self, Write};

/// A file that is written.
pub(super) struct Xml<W: Write> {
    out: W,
    /// The columns with their places; those of custom fields come last, as in the schema.
    plain: Vec<(usize, &'static str)>,
    fields: Vec<(usize, String)>,
    number: u64,
}

impl<W: Write> Xml<W> {
    /// Begins the document; each column must be ours or that of a custom field.
    pub fn new(columns: &[String], mut out: W) -> Result<Xml<W>, WriteError> {
        let (mut plain, mut fields) = (Vec::new(), Vec::new());
        for (at, column) in columns.iter().enumerate() {
            match (named(column), custom_field(column)) {
                (Some(name), _) => plain.push((at, name)),
                (None, Some(field)) => fields.push((at, escaped(field).map_err(|problem| misfit(0, column, problem))?)),
                (None, None) => {
                    let problem = "the schema of XML files has no element for this column; write CSV or JSON instead";
                    return Err(misfit(0, column, problem.to_owned()));
                }
            }
        }
        write!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{ROOT} xmlns=\"{NAMESPACE}\">\n")?;
        Ok(Xml { out, plain, fields, number: 0 })
    }

    /// The cells that are written, as text of the document, with the names of their columns. The first person names all columns.
    fn cells<'n>(&self, places: &'n [(usize, impl AsRef<str>)], cells: &[String]) -> Result<Vec<(&'n str, String)>, WriteError> {
        let present = places.iter().filter_map(|(at, name)| Some((name.as_ref(), cells.get(*at)?)));
        let wanted = present.filter(|(_, cell)| self.number == 1 || !cell.is_empty());
        let escaped = wanted.map(|(name, cell)| match escaped(cell) {
            Ok(cell) => Ok((name, cell)),
            Err(problem) => Err(misfit(self.number, name, problem)),
        });
        escaped.collect()
    }
}

impl<W: Write> Writer for Xml<W> {
    fn row(&mut self, cells: &[String]) -> Result<(), WriteError> {
        self.number += 1;
        let plain = self.cells(&self.plain, cells)?;
        let fields = self.cells(&self.fields, cells)?;
        let mut text = format!("<{PERSON}>");
        for (name, cell) in plain {
            text.push_str(&format!("<{name}>{cell}</{name}>"));
        }
        if !fields.is_empty() {
            let fields = fields.iter().map(|(name, cell)| format!("<{CUSTOM_FIELD} Name=\"{name}\">{cell}</{CUSTOM_FIELD}>"));
            text.push_str(&format!("<CustomFields>{}</CustomFields>", fields.collect::<String>()));
        }
        Ok(writeln!(self.out, "{text}</{PERSON}>")?)
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        writeln!(self.out, "</{ROOT}>")?;
        let flushed: io::Result<()> = self.out.flush();
        Ok(flushed?)
    }
}

/// The text as it stands in a document: what readers would turn into blanks or line feeds stands there by its number.
fn escaped(text: &str) -> Result<String, String> {
    let forbidden = |c: &char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    match text.chars().find(forbidden) {
        Some(c) => {
            Err(format!("the text holds the character U+{:04X}, which XML cannot hold; write CSV or JSON instead", u32::from(c)))
        }
        None => Ok(escape(text).replace('\r', "&#13;").replace('\n', "&#10;").replace('\t', "&#9;")),
    }
}
