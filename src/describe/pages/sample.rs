//! Sample messages of an operation over each protocol: what a client sends and what it is answered, with words in place of values.
//!
//! They have the elements, the order and the head lines of real messages. Only the prefix of SOAP 1.2 is `soap12`, as on ASMX's
//! pages, where real answers say `soap` (section 5 of `asmx-behaviour.md`), and a sample is indented where SOAP is not.

use super::operation::View;
use crate::contract::{Declaration, Field, Type};
use crate::describe::xsd::type_name;
use crate::operations::Service;
use crate::wire::soap::Version;
use crate::wire::xml::{XSD, XSI};

/// How a message travels.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    Soap(Version),
    Get,
    Post,
}

impl Protocol {
    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Protocol::Soap(Version::Soap11) => "SOAP 1.1",
            Protocol::Soap(Version::Soap12) => "SOAP 1.2",
            Protocol::Get => "HTTP GET",
            Protocol::Post => "HTTP POST",
        }
    }

    fn response_type(self) -> &'static str {
        match self {
            Protocol::Soap(version) => version.content_type(),
            Protocol::Get | Protocol::Post => Version::Soap11.content_type(),
        }
    }
}

/// A part of a message.
pub(super) enum Piece {
    /// What stands there as it is.
    Text(String),
    /// A word in the place of a value.
    Value(String),
}

/// A request and its response.
pub(super) struct Sample {
    pub protocol: Protocol,
    pub request: Vec<Piece>,
    pub response: Vec<Piece>,
}

/// The samples of each protocol that the operation can be called by.
pub(super) fn samples(service: &Service, declaration: &Declaration, view: View<'_>) -> Vec<Sample> {
    let mut protocols: Vec<_> = Version::ALL.into_iter().map(Protocol::Soap).collect();
    protocols.extend((view.bindings.has_get() && declaration.fits_a_query()).then_some(Protocol::Get));
    protocols.extend((view.bindings.has_post() && declaration.fits_a_form()).then_some(Protocol::Post));
    let sample = |protocol| Sample {
        protocol,
        request: request(service, declaration, view.address, protocol),
        response: response(service, declaration, protocol),
    };
    protocols.into_iter().map(sample).collect()
}

fn request(service: &Service, declaration: &Declaration, address: &str, protocol: Protocol) -> Vec<Piece> {
    let after_scheme = address.split_once("://").map_or(address, |(_, rest)| rest);
    let (host, path) =
        after_scheme.find('/').and_then(|slash| after_scheme.split_at_checked(slash)).unwrap_or((after_scheme, "/"));
    let (name, namespace) = (declaration.name, service.namespace);
    let mut message = Message::default();
    match protocol {
        Protocol::Get => {
            message.text(&format!("GET {path}/{name}?"));
            message.query(declaration.parameters);
            message.text(&format!(" HTTP/1.1\nHost: {host}\n"));
        }
        Protocol::Post => {
            message.text(&format!("POST {path}/{name} HTTP/1.1\nHost: {host}\n"));
            message.content("application/x-www-form-urlencoded");
            message.text("\n");
            message.query(declaration.parameters);
            message.text("\n");
        }
        Protocol::Soap(version) => {
            message.text(&format!("POST {path} HTTP/1.1\nHost: {host}\n"));
            message.content(version.content_type());
            if version == Version::Soap11 {
                message.text(&format!("SOAPAction: \"{namespace}/{name}\"\n"));
            }
            message.text("\n");
            message.envelope(version, |message| {
                message.within(name, &[("xmlns", namespace)], |message| message.members(declaration.parameters));
            });
        }
    }
    message.pieces
}

fn response(service: &Service, declaration: &Declaration, protocol: Protocol) -> Vec<Piece> {
    let fields = declaration.result.fields;
    let mut message = Message::default();
    message.text("HTTP/1.1 200 OK\n");
    message.content(protocol.response_type());
    message.text("\n");
    match protocol {
        Protocol::Soap(version) => message.envelope(version, |message| {
            message.within(declaration.response_name, &[("xmlns", service.namespace)], |message| {
                message.within(declaration.result_name, &[], |message| message.members(fields));
            });
        }),
        Protocol::Get | Protocol::Post => {
            message.text(DECLARATION);
            let namespaces = [("xmlns:xsd", XSD), ("xmlns:xsi", XSI), ("xmlns", service.namespace)];
            message.within(declaration.result.name, &namespaces, |message| message.members(fields));
        }
    }
    message.pieces
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// A message that is being written.
#[derive(Default)]
struct Message {
    pieces: Vec<Piece>,
    level: usize,
}

impl Message {
    fn text(&mut self, more: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(text)) => text.push_str(more),
            _ => self.pieces.push(Piece::Text(more.to_owned())),
        }
    }

    fn value(&mut self, word: &str) {
        self.pieces.push(Piece::Value(word.to_owned()));
    }

    fn content(&mut self, content_type: &str) {
        self.text(&format!("Content-Type: {content_type}\nContent-Length: "));
        self.value("length");
        self.text("\n");
    }

    fn query(&mut self, fields: &[Field]) {
        for (at, field) in fields.iter().enumerate() {
            let (times, word) = match field.ty {
                Type::Array(array) => (2, placeholder(array.ty)),
                ty => (1, placeholder(ty)),
            };
            for time in 0..times {
                self.text(if at + time > 0 { "&" } else { "" });
                self.text(&format!("{}=", field.name));
                self.value(&word);
            }
        }
    }

    fn envelope(&mut self, version: Version, content: impl FnOnce(&mut Message)) {
        let prefix = match version {
            Version::Soap11 => "soap",
            Version::Soap12 => "soap12",
        };
        let own = format!("xmlns:{prefix}");
        self.text(DECLARATION);
        let namespaces = [("xmlns:xsi", XSI), ("xmlns:xsd", XSD), (own.as_str(), version.namespace())];
        self.within(&format!("{prefix}:Envelope"), &namespaces, |message| {
            message.within(&format!("{prefix}:Body"), &[], content);
        });
    }

    fn within(&mut self, name: &str, attributes: &[(&str, &str)], content: impl FnOnce(&mut Message)) {
        self.indent();
        let attributes: String = attributes.iter().map(|(name, value)| format!(" {name}=\"{value}\"")).collect();
        self.text(&format!("<{name}{attributes}>\n"));
        self.level += 1;
        content(self);
        self.level -= 1;
        self.indent();
        self.text(&format!("</{name}>\n"));
    }

    fn members(&mut self, fields: &[Field]) {
        fields.iter().for_each(|field| self.member(field.name, field.ty));
    }

    fn member(&mut self, name: &str, ty: Type) {
        match ty {
            Type::Record(record) => self.within(name, &[], |message| message.members(record.fields)),
            Type::Array(array) => self.within(name, &[], |message| {
                message.member(array.item, array.ty);
                message.member(array.item, array.ty);
            }),
            simple => {
                self.indent();
                self.text(&format!("<{name}>"));
                self.value(&placeholder(simple));
                self.text(&format!("</{name}>\n"));
            }
        }
    }

    fn indent(&mut self) {
        self.text(&"  ".repeat(self.level));
    }
}

/// The word in the place of a value: its type, or the words of an enumeration.
fn placeholder(ty: Type) -> String {
    match ty {
        Type::Enumeration(enumeration) => enumeration.words.join(" or "),
        ty => type_name(ty).trim_start_matches("s:").to_owned(),
    }
}
