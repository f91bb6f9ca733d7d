//! XML by `schemas/xml/import.xsd`: people one after the other, each with an element for each of its columns.
//!
//! There is no document type and no entity but the five predefined ones, so nothing can be resolved, fetched or multiplied.

use super::ReadError;
use super::meter::{Gauge, Meter};
use super::objects::{Object, Take};
use crate::domain::column::{CUSTOM_FIELDS, same};
use crate::import::schema::{CUSTOM_FIELD, NAMESPACE, PERSON, ROOT};
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;
use std::io::BufRead;
use std::rc::Rc;

/// Gives all people of a text to `take`.
pub(super) fn read(text: impl BufRead, take: &mut dyn Take) -> Result<(), ReadError> {
    let (text, gauge) = Meter::new(text);
    let mut reader = NsReader::from_reader(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_comments = true;
    let mut people =
        People { gauge, depth: 0, root_seen: false, object: Object::default(), name: String::new(), in_group: false };
    let mut value = String::new();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let (namespace, event) = reader.read_resolved_event_into(&mut buffer).map_err(|error| people.malformed(error))?;
        match event {
            Event::Start(element) => {
                people.begin(&element, &namespace)?;
                value.clear();
                if people.depth == 2 {}
            }
            Event::End(_) => {
                if let Some(object) = people.end(&mut value) {
                    take.take(object)?;
                }
            }
            Event::Text(text) => people.text(&text.xml10_content(), &mut value)?,
            Event::CData(text) => people.text(&text.xml10_content(), &mut value)?,
            Event::GeneralRef(reference) => {
                let character = people.resolved(&reference)?;
                people.text(&character, &mut value)?;
            }
            Event::DocType(_) => return Err(people.wrong("a document type is not allowed; remove the line with <!DOCTYPE")),
            Event::Eof if people.depth == 0 && people.root_seen => return Ok(()),
            Event::Eof => return Err(people.wrong(format!("the document ends before its element {ROOT} does"))),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// Where in the document the reader stands.
struct People {
    gauge: Rc<Gauge>,
    /// 1 in the root, 2 in a person, 3 in a column or the group of custom fields, 4 in a custom field.
    depth: usize,
    root_seen: bool,
    object: Object,
    /// The column, or the custom field.
    name: String,
    in_group: bool,
}

impl People {
    fn begin(&mut self, element: &BytesStart<'_>, namespace: &ResolveResult<'_>) -> Result<(), ReadError> {
        self.depth += 1;
        let name = element.local_name().into_inner().to_owned();
        match self.depth {
            1 => self.root(&name, namespace),
            2 if name == PERSON => {
                self.gauge.renew();
                self.object = Object::new(self.gauge.line());
                Ok(())
            }
            2 => Err(self.wrong(format!("<{name}> stands where only <{PERSON}> may"))),
            3 => {
                self.in_group = same(&name, CUSTOM_FIELDS.trim_end_matches('.'));
                self.name = name;
                Ok(())
            }
            4 if self.in_group && name == CUSTOM_FIELD => {
                let attribute = element.try_get_attribute("Name").ok().flatten();
                let field =
                    attribute.and_then(|attribute| attribute.normalized_value(XmlVersion::Explicit1_0).ok().map(String::from));
                match field {
                    Some(field) => self.name = field,
                    None => self.object.is_wrong(|| format!("a {CUSTOM_FIELD} has no attribute Name")),
                }
                Ok(())
            }
            _ => {
                let within = &self.name;
                self.object.is_wrong(|| format!("'{within}' holds an element <{name}>, where only text may be"));
                Ok(())
            }
        }
    }

    fn root(&mut self, name: &str, namespace: &ResolveResult<'_>) -> Result<(), ReadError> {
        let is_ours = match namespace {
            ResolveResult::Bound(found) => found.into_inner() == NAMESPACE,
            ResolveResult::Unbound => true,
            ResolveResult::Unknown(_) => false,
        };
        if self.root_seen || name != ROOT || !is_ours {
            return Err(self.wrong(format!("the document has to be one element <{ROOT} xmlns=\"{NAMESPACE}\">")));
        }
        self.root_seen = true;
        Ok(())
    }

    /// Ends an element; the object if it was that of a person.
    fn end(&mut self, value: &mut String) -> Option<Object> {
        let depth = self.depth;
        self.depth = self.depth.saturating_sub(1);
        match depth {
            2 => {
                self.gauge.renew();
                Some(std::mem::take(&mut self.object))
            }
            3 if !self.in_group => {
                self.object.push(&self.name, std::mem::take(value), false);
                None
            }
            4 if self.in_group => {
                self.object.push(&self.name, std::mem::take(value), true);
                None
            }
            _ => None,
        }
    }

    /// Text of a value; between elements only white space may stand.
    fn text(&mut self, text: &str, value: &mut String) -> Result<(), ReadError> {
        let is_value = self.depth == if self.in_group { 4 } else { 3 };
        if is_value {
            value.push_str(text);
        } else if !text.trim().is_empty() && self.depth < 2 {
            return Err(self.wrong("text stands where only elements may"));
        } else if !text.trim().is_empty() {
            self.object.is_wrong(|| "text stands between the elements".to_owned());
        }
        Ok(())
    }

    fn resolved(&self, reference: &BytesRef<'_>) -> Result<String, ReadError> {
        match reference.resolve_char_ref() {
            Ok(Some(character)) => return Ok(character.to_string()),
            Ok(None) => {}
            Err(error) => return Err(self.malformed(error)),
        }
        let name: &str = reference;
        match resolve_predefined_entity(name) {
            Some(text) => Ok(text.to_owned()),
            None => Err(self.wrong(format!("the entity &{name}; is unknown; write the character itself, or its number"))),
        }
    }

    fn malformed(&self, error: quick_xml::Error) -> ReadError {
        match error {
            quick_xml::Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<ReadError>()) {
                Some(inner) => inner.clone(),
                None => ReadError::File(format!("the file cannot be read: {error}")),
            },
            other => self.wrong(format!("this is no XML: {other}")),
        }
    }

    fn wrong(&self, problem: impl Into<String>) -> ReadError {
        ReadError::at(self.gauge.line(), problem)
    }
}
