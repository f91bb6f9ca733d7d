//! The XML reader: one pass, bounded, namespace-aware, and strict where quick-xml leaves strictness to its user.
//!
//! quick-xml finds the tokens; added here are the limits, one root, nothing but white space around it, no document type, names and
//! characters that XML allows, known prefixes, and unique attributes. Entities are the five predefined ones and
//! character references; there is no resolver to attack.

use super::{XML_NAMESPACE, names, retold};
use crate::contract::{ReadError, ReadErrorKind};
use crate::wire::limits::{Forbidden, Limits};
use memchr::memchr;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{NamespaceError, NamespaceResolver, PrefixDeclaration, QName, ResolveResult};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;
use std::collections::HashSet;

const XMLNS_NAMESPACE: &str = "http://www.w3.org/2000/xmlns/";

/// What the reader came upon.
#[derive(Debug, PartialEq)]
pub enum Token<'a> {
    /// An element begins; the reader's `name`, `namespace` and `attribute` tell of it.
    Start,
    /// An element ends.
    End,
    /// Text, a CDATA section or a reference, unescaped, with line ends normalised.
    Text(Cow<'a, str>),
    /// The document is over; the root was complete.
    Eof,
}

/// Reads one document.
pub struct XmlReader<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    resolver: NamespaceResolver,
    limits: &'a Limits,
    element: Option<BytesStart<'a>>,
    /// Where the local name of the element begins in its name.
    local: usize,
    depth: usize,
    elements: usize,
    root_seen: bool,
    /// Whether the namespaces of the element that ended last have still to be forgotten.
    pop: bool,
}

impl<'a> XmlReader<'a> {
    /// A reader at the beginning of `text`, which must hold no character that XML forbids.
    pub fn new(text: &'a str, limits: &'a Limits) -> Result<Self, ReadError> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_comments = true;
        let mut resolver = NamespaceResolver::default();
        resolver.set_max_namespace_bindings(limits.namespaces);
        let (element, local, depth, elements, root_seen, pop) = (None, 0, 0, 0, false, false);
        let reader = XmlReader { text, reader, resolver, limits, element, local, depth, elements, root_seen, pop };
        match names::first_forbidden(text) {
            Some(at) => Err(reader.malformed_at(at, "The document holds a character that XML 1.0 forbids.")),
            None => Ok(reader),
        }
    }

    /// The limits it keeps.
    pub fn limits(&self) -> &'a Limits {
        self.limits
    }

    /// The levels of nesting at which the reader stands; the root is level 1.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The local name of the element that began last.
    pub fn name(&self) -> &str {
        self.element.as_ref().and_then(|element| element.name().into_inner().get(self.local..)).unwrap_or_default()
    }

    /// The namespace of the element that began last; empty for none.
    pub fn namespace(&self) -> &str {
        let prefix = self.element.as_ref().filter(|_| self.local > 0).and_then(|element| element.name().prefix());
        match self.resolver.resolve_prefix(prefix, self.element.is_some()) {
            ResolveResult::Bound(namespace) => namespace.into_inner(),
            _ => "",
        }
    }

    /// The value of the attribute `local` of `namespace` on the element that began last.
    pub fn attribute(&self, namespace: &str, local: &str) -> Option<Cow<'_, str>> {
        let element = self.element.as_ref()?;
        if element.attributes_raw().is_empty() {
            return None;
        }
        element.attributes().filter_map(Result::ok).find_map(|attribute| {
            let wanted =
                attribute.key.local_name().into_inner() == local && self.attribute_namespace(attribute.key) == Some(namespace);
            if wanted { attribute.normalized_value(XmlVersion::Explicit1_0).ok().map(|v| v.into_owned().into()) } else { None }
        })
    }

    /// The next token.
    pub fn token(&mut self) -> Result<Token<'a>, ReadError> {
        loop {
            if std::mem::take(&mut self.pop) {
                self.resolver.pop();
            }
            let before = self.position();
            let event = self.reader.read_event().map_err(|error| self.malformed_at(before, &error.to_string()))?;
            match event {
                Event::Start(element) => return self.begin(element).map(|()| Token::Start),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.pop = true;
                    return Ok(Token::End);
                }
                Event::Text(text) => {
                    let content = text.xml10_content();
                    if let Some(token) = self.character_data(content, before)? {
                        return Ok(token);
                    }
                }
                Event::CData(data) if self.depth > 0 => return Ok(Token::Text(data.xml10_content())),
                Event::GeneralRef(reference) if self.depth > 0 => {
                    return self.resolve(&reference).map(Token::Text);
                }
                Event::CData(_) | Event::GeneralRef(_) => return Err(self.root_level(before)),
                Event::DocType(_) => {
                    return Err(self.malformed("For security reasons DTD is prohibited in this XML document."));
                }
                Event::Decl(declaration) => {
                    if before != 0 || !names::is_declaration(&declaration) {
                        return Err(
                            self.malformed_at(before, "The XML declaration must come first, be well formed and say version 1.0.")
                        );
                    }
                }
                Event::PI(instruction) => {
                    let target = instruction.target();
                    if target.eq_ignore_ascii_case("xml") || !names::is_plain_name(target) {
                        return Err(self.malformed_at(before, "A processing instruction has an illegal name."));
                    }
                }
                Event::Comment(_) | Event::Empty(_) => {}
                Event::Eof => return self.end_of_document(),
            }
        }
    }

    /// The text up to the end of the element that began last, which must hold no element of its own.
    pub fn element_text(&mut self) -> Result<Cow<'a, str>, ReadError> {
        let mut collected: Cow<'a, str> = Cow::Borrowed("");
        loop {
            match self.token()? {
                Token::Text(text) if collected.is_empty() => collected = text,
                Token::Text(text) => collected.to_mut().push_str(&text),
                Token::Start => return Err(self.malformed("An element stands where only text is allowed.")),
                Token::End | Token::Eof => return Ok(collected),
            }
            if collected.len() > self.limits.text {
                return Err(self.beyond("limits.text", &format!("A value is longer than {} bytes.", self.limits.text)));
            }
        }
    }

    /// Passes over the rest of the element that began last.
    pub fn skip_element(&mut self) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if self.token()? == Token::Eof {
                break;
            }
        }
        Ok(())
    }

    /// The error of a document that is not well formed, where the reader stands.
    pub fn malformed(&self, message: &str) -> ReadError {
        self.malformed_at(self.position(), message)
    }

    /// The error of a document that goes beyond the limit of this key, where the reader stands.
    pub fn beyond(&self, key: &'static str, message: &str) -> ReadError {
        ReadError { kind: ReadErrorKind::Limit(key), ..self.malformed(message) }
    }

    /// The place of a value that could not be read, as ASP.NET tells it: the first letter of the next tag's name.
    pub fn after_value(&self) -> (usize, usize) {
        let at = self.position();
        let rest = self.text.get(at..).unwrap_or_default();
        let tag = rest.trim_start();
        let skipped = rest.len() - tag.len() + if tag.starts_with("</") { 2 } else { 1 };
        self.line_and_column(at + skipped)
    }

    fn begin(&mut self, mut element: BytesStart<'a>) -> Result<(), ReadError> {
        if self.depth == 0 && self.root_seen {
            return Err(self.malformed("There are multiple root elements."));
        }
        self.root_seen = true;
        self.depth += 1;
        self.elements += 1;
        if self.depth > self.limits.depth {
            return Err(self.beyond("limits.depth", &format!("Elements are nested deeper than {} levels.", self.limits.depth)));
        }
        if self.elements > self.limits.elements {
            return Err(self.beyond("limits.elements", &format!("There are more than {} elements.", self.limits.elements)));
        }
        self.check_name(element.name())?;
        let name = element.name().into_inner();
        let local = name.bytes().position(|byte| byte == b':').map_or(0, |colon| colon + 1);
        if name.starts_with("xmlns:") {
            return Err(self.malformed("An element has the prefix xmlns."));
        }
        if self.limits.forbidden == Forbidden::Replace && element.attributes_raw().contains("&#") {
            element = retold::with_replaced_references(&element);
        }
        let has_prefix = !element.attributes_raw().is_empty() && self.check_attributes(&element)?;
        if memchr(b'&', element.attributes_raw().as_bytes()).is_some() {
            element = retold::with_resolved_namespaces(&element);
        }
        let bound = self.resolver.push(&element);
        bound.map_err(|error| match error {
            NamespaceError::TooManyBindings(_) => {
                let message = format!("More than {} namespace declarations are in scope.", self.limits.namespaces);
                self.beyond("limits.namespaces", &message)
            }
            error => self.malformed(&error.to_string()),
        })?;
        if local > 0
            && let ResolveResult::Unknown(prefix) = self.resolver.resolve_prefix(element.name().prefix(), true)
        {
            return Err(self.malformed(&format!("'{prefix}' is an undeclared prefix.")));
        }
        if has_prefix {
            self.check_attribute_namespaces(&element)?;
        }
        (self.element, self.local) = (Some(element), local);
        Ok(())
    }

    fn check_name(&self, name: QName<'_>) -> Result<(), ReadError> {
        let name = name.into_inner();
        if name.len() > self.limits.name_length {
            return Err(self.beyond("limits.name_length", &format!("A name is longer than {} bytes.", self.limits.name_length)));
        }
        if !names::is_qualified_name(name) {
            return Err(self.malformed("A name holds a character that XML does not allow there."));
        }
        Ok(())
    }

    /// The count comes before all else, so that a flood of attributes costs no more than counting to the limit.
    ///
    /// Answers whether an attribute has a prefix that binds no namespace.
    fn check_attributes(&self, element: &BytesStart<'_>) -> Result<bool, ReadError> {
        let mut unchecked = element.attributes();
        // One takes up at least five bytes, so they need not be counted when there are few bytes.
        let may_be_many = element.attributes_raw().len() / 5 > self.limits.attributes;
        if may_be_many && unchecked.with_checks(false).take(self.limits.attributes + 1).count() > self.limits.attributes {
            let message = format!("An element has more than {} attributes.", self.limits.attributes);
            return Err(self.beyond("limits.attributes", &message));
        }
        if !names::are_separated(element.attributes_raw()) {
            return Err(self.malformed("There is no white space between two attributes."));
        }
        let mut has_prefix = false;
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|error| self.malformed(&error.to_string()))?;
            self.check_name(attribute.key)?;
            // Without references a value can hold nothing that the text as a whole did not, and is as long as it is written.
            let value = match memchr(b'&', attribute.value.as_bytes()).is_some() {
                true => attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|e| self.malformed(&e.to_string()))?,
                false => Cow::Borrowed(&*attribute.value),
            };
            if memchr(b'<', attribute.value.as_bytes()).is_some()
                || matches!(&value, Cow::Owned(value) if names::first_forbidden(value).is_some())
            {
                return Err(self.malformed("An attribute's value holds a character that XML does not allow there."));
            }
            if value.len() > self.limits.attribute_length {
                let limit = self.limits.attribute_length;
                return Err(
                    self.beyond("limits.attribute_length", &format!("An attribute's value is longer than {limit} bytes."))
                );
            }
            self.check_binding(attribute.key, &value)?;
            let key = attribute.key.into_inner();
            has_prefix |= key.bytes().any(|byte| byte == b':') && !key.starts_with("xmlns:");
        }
        Ok(has_prefix)
    }

    /// What Namespaces in XML (section 3) forbids to bind.
    fn check_binding(&self, key: QName<'_>, value: &str) -> Result<(), ReadError> {
        match key.as_namespace_binding() {
            Some(PrefixDeclaration::Named(_)) if value.is_empty() => {
                Err(self.malformed("A prefix is bound to an empty namespace."))
            }
            Some(PrefixDeclaration::Default) if value == XML_NAMESPACE || value == XMLNS_NAMESPACE => {
                Err(self.malformed("A namespace of XML itself cannot be the default one."))
            }
            _ => Ok(()),
        }
    }

    fn check_attribute_namespaces(&self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let mut seen = HashSet::new();
        for attribute in element.attributes().with_checks(false).filter_map(Result::ok) {
            if attribute.key.as_namespace_binding().is_some() || attribute.key.prefix().is_none() {
                continue;
            }
            let Some(namespace) = self.attribute_namespace(attribute.key) else {
                return Err(self.malformed("An attribute has an undeclared prefix."));
            };
            if !seen.insert((namespace, attribute.key.local_name().into_inner().to_owned())) {
                return Err(self.malformed("An attribute stands twice on one element."));
            }
        }
        Ok(())
    }

    /// The namespace of an attribute: empty without a prefix, `None` for an unknown prefix.
    fn attribute_namespace(&self, name: QName<'_>) -> Option<&str> {
        match self.resolver.resolve_prefix(name.prefix(), false) {
            ResolveResult::Bound(namespace) => Some(namespace.into_inner()),
            ResolveResult::Unbound => Some(""),
            ResolveResult::Unknown(_) => None,
        }
    }

    fn character_data(&self, text: Cow<'a, str>, at: usize) -> Result<Option<Token<'a>>, ReadError> {
        if self.depth > 0 {
            if memchr(b'>', text.as_bytes()).is_some() && text.contains("]]>") {
                return Err(self.malformed("']]>' stands in text."));
            }
            return Ok(Some(Token::Text(text)));
        }
        if text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')) {
            return Ok(None);
        }
        Err(self.root_level(at + text.len() - text.trim_start().len()))
    }

    fn resolve(&self, reference: &BytesRef<'_>) -> Result<Cow<'a, str>, ReadError> {
        let illegal = || self.malformed("A reference names a character that XML 1.0 forbids.");
        if self.limits.forbidden == Forbidden::Replace && names::is_forbidden_reference(&reference.borrow().into_inner()) {
            return Ok(Cow::Borrowed(names::REPLACEMENT));
        }
        if reference.is_char_ref() {
            let character = reference.resolve_char_ref().map_err(|_| illegal())?;
            let character = character.filter(|&character| names::is_char(character)).ok_or_else(illegal)?;
            return Ok(Cow::Owned(character.to_string()));
        }
        resolve_xml_entity(&reference.borrow().into_inner())
            .map(Cow::Borrowed)
            .ok_or_else(|| self.malformed("An entity other than the five predefined ones is referenced."))
    }

    fn end_of_document(&self) -> Result<Token<'a>, ReadError> {
        if self.depth > 0 {
            return Err(self.malformed("Unexpected end of file: an element is not closed."));
        }
        if !self.root_seen {
            return Err(self.malformed("Root element is missing."));
        }
        Ok(Token::Eof)
    }

    fn root_level(&self, at: usize) -> ReadError {
        let (line, column) = self.line_and_column(at);
        self.malformed_at(at, &format!("Data at the root level is invalid. Line {line}, position {column}."))
    }

    fn malformed_at(&self, at: usize, message: &str) -> ReadError {
        ReadError {
            kind: ReadErrorKind::Malformed,
            path: None,
            position: Some(self.line_and_column(at)),
            message: message.to_owned(),
        }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn line_and_column(&self, at: usize) -> (usize, usize) {
        let mut end = at.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.text.get(..end).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        (line, before.get(line_start..).unwrap_or_default().chars().count() + 1)
    }
}
