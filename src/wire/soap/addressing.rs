//! WS-Addressing as far as it is spoken here (D16, R39): the headers of a request, and those of its answer.
//!
//! Answers go back on the connection that the request came by, or nowhere. What an operation is called is not known here, nor
//! whether an action fits the body.

use super::fault::{Fault, Refused, Subcode};
use super::version::Version;
use crate::contract::ReadError;
use crate::wire::lexical;
use crate::wire::xml::{Token, XmlReader, XmlWriter};

/// The prefix of everything of addressing in our answers.
const PREFIX: &str = "wsa";

/// An edition of WS-Addressing: the first header of a request decides, and those of the other one are not understood then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edition {
    /// The W3C's recommendation.
    V1,
    /// The submission of August 2004 that it was made from.
    August2004,
}

impl Edition {
    const ALL: [Edition; 2] = [Edition::V1, Edition::August2004];

    const fn namespace(self) -> &'static str {
        match self {
            Edition::V1 => "http://www.w3.org/2005/08/addressing",
            Edition::August2004 => "http://schemas.xmlsoap.org/ws/2004/08/addressing",
        }
    }

    /// The address that stands for the connection that a request came by.
    const fn anonymous(self) -> &'static str {
        match self {
            Edition::V1 => "http://www.w3.org/2005/08/addressing/anonymous",
            Edition::August2004 => "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous",
        }
    }

    /// The action of a fault. Addressing's own faults have another one than those of SOAP (SOAP Binding section 6).
    const fn fault_action(self, of_addressing: bool) -> &'static str {
        match (self, of_addressing) {
            (Edition::V1, true) => "http://www.w3.org/2005/08/addressing/fault",
            (Edition::V1, false) => "http://www.w3.org/2005/08/addressing/soap/fault",
            (Edition::August2004, _) => "http://schemas.xmlsoap.org/ws/2004/08/addressing/fault",
        }
    }

    /// The codes of a fault about a header, from outside in; the older edition has but one.
    const fn codes(self, flaw: Flaw) -> &'static [&'static str] {
        match (self, flaw) {
            (Edition::V1, Flaw::Repeated) => &["InvalidAddressingHeader", "InvalidCardinality"],
            (Edition::V1, Flaw::NotAnonymous) => &["InvalidAddressingHeader", "OnlyAnonymousAddressSupported"],
            (Edition::V1, Flaw::NoAddress) => &["InvalidAddressingHeader", "MissingAddressInEPR"],
            (Edition::August2004, _) => &["InvalidMessageInformationHeader"],
        }
    }
}

/// What can be wrong with a header.
#[derive(Debug, Clone, Copy)]
enum Flaw {
    Repeated,
    NotAnonymous,
    NoAddress,
}

/// The headers that are understood, in the order in which faults about them would name them.
const HEADERS: [&str; 8] = ["Action", "To", "MessageID", "From", "ReplyTo", "FaultTo", "RelatesTo", "ReferenceParameters"];
/// Those that may stand more than once.
const REPEATABLE: [&str; 2] = ["RelatesTo", "ReferenceParameters"];

/// Where an answer is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Destination {
    /// To whoever holds the connection.
    Here,
    /// Nowhere: it is not wanted.
    Nowhere,
}

/// What a request says by WS-Addressing, as far as its answer needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressing {
    edition: Edition,
    seen: Vec<&'static str>,
    action: Option<String>,
    message_id: Option<String>,
    reply_to: Option<Destination>,
    fault_to: Option<Destination>,
}

/// A header of addressing that has begun.
pub(super) struct Begun {
    edition: Edition,
    name: &'static str,
}

/// The header that began last, if it is one of addressing that is understood beside those that came before.
pub(super) fn begins(reader: &XmlReader<'_>, before: Option<&Addressing>) -> Option<Begun> {
    let edition = Edition::ALL.into_iter().find(|edition| edition.namespace() == reader.namespace())?;
    let name = HEADERS.into_iter().find(|name| *name == reader.name())?;
    before.is_none_or(|before| before.edition == edition).then_some(Begun { edition, name })
}

impl Begun {
    /// Reads the header into what is known. The fault tells what is wrong with it.
    pub(super) fn read(
        self,
        known: &mut Option<Box<Addressing>>,
        reader: &mut XmlReader<'_>,
    ) -> Result<Option<Fault>, ReadError> {
        let Begun { edition, name } = self;
        let known = known.get_or_insert_with(|| Box::new(Addressing::new(edition)));
        if known.seen.contains(&name) && !REPEATABLE.contains(&name) {
            reader.skip_element()?;
            return Ok(Some(fault(edition, name, Flaw::Repeated)));
        }
        known.seen.push(name);
        let slot = match name {
            "Action" => &mut known.action,
            "MessageID" => &mut known.message_id,
            "ReplyTo" | "FaultTo" => {
                let found = destination(edition, reader)?;
                let slot = if name == "ReplyTo" { &mut known.reply_to } else { &mut known.fault_to };
                *slot = found.ok();
                return Ok(found.err().map(|flaw| fault(edition, name, flaw)));
            }
            _ => return reader.skip_element().map(|()| None),
        };
        let text = reader.element_text()?;
        *slot = Some(lexical::trim(&text).to_owned()).filter(|text| !text.is_empty());
        Ok(None)
    }
}

/// Where an endpoint reference leads. Its parameters are passed over.
fn destination(edition: Edition, reader: &mut XmlReader<'_>) -> Result<Result<Destination, Flaw>, ReadError> {
    let mut found = Err(Flaw::NoAddress);
    loop {
        match reader.token()? {
            Token::Start if reader.name() == "Address" && reader.namespace() == edition.namespace() => {
                let address = reader.element_text()?;
                found = match lexical::trim(&address) {
                    "" => Err(Flaw::NoAddress),
                    address if address == edition.anonymous() => Ok(Destination::Here),
                    "http://www.w3.org/2005/08/addressing/none" if edition == Edition::V1 => Ok(Destination::Nowhere),
                    _ => Err(Flaw::NotAnonymous),
                };
            }
            Token::Start => reader.skip_element()?,
            Token::Text(_) => {}
            Token::End | Token::Eof => return Ok(found),
        }
    }
}

fn fault(edition: Edition, name: &'static str, flaw: Flaw) -> Fault {
    let text = match flaw {
        Flaw::Repeated => format!("The WS-Addressing header {name} stands more than once; nothing was done."),
        Flaw::NoAddress => format!("The WS-Addressing header {name} has no Address; nothing was done."),
        Flaw::NotAnonymous => format!(
            "The WS-Addressing header {name} asks for an answer at an address, but answers only go back on the same connection; \
             nothing was done. Leave it out, or send {}.",
            edition.anonymous()
        ),
    };
    let header = Some(name).filter(|_| edition == Edition::V1);
    let subcode = Subcode { prefix: PREFIX, namespace: edition.namespace(), names: edition.codes(flaw), header };
    Fault::of_header(text, Some(subcode))
}

impl Addressing {
    fn new(edition: Edition) -> Self {
        Addressing { edition, seen: Vec::new(), action: None, message_id: None, reply_to: None, fault_to: None }
    }

    /// The action that the request names.
    pub fn action(&self) -> Option<&str> {
        self.action.as_deref()
    }

    /// Whether the request wants no result.
    pub fn discards_results(&self) -> bool {
        self.reply_to == Some(Destination::Nowhere)
    }

    /// Whether the request does not want this fault. What cannot be read is told all the same, and so is what is wrong with these headers.
    pub fn discards(&self, fault: &Fault) -> bool {
        let unwanted = self.fault_to.or(self.reply_to) == Some(Destination::Nowhere);
        unwanted && fault.refused == Refused::Fault && !self.is_own(fault)
    }

    /// The attribute of `soap:Header` that binds our prefix.
    pub(super) fn declaration(&self) -> (&'static str, &'static str) {
        ("xmlns:wsa", self.edition.namespace())
    }

    /// The headers of an answer, inside `soap:Header`.
    pub(super) fn write(&self, action: &str, writer: &mut XmlWriter) {
        writer.element("wsa:Action", action);
        writer.element("wsa:MessageID", &format!("urn:uuid:{}", uuid::Uuid::new_v4()));
        if let Some(message_id) = &self.message_id {
            writer.element("wsa:RelatesTo", message_id);
        }
        writer.element("wsa:To", self.edition.anonymous());
    }

    /// The headers of a fault, inside `soap:Header`. In SOAP 1.1 the details of what is wrong with a header stand here
    /// (SOAP Binding section 6.2).
    pub(super) fn write_of_fault(&self, fault: &Fault, version: Version, writer: &mut XmlWriter) {
        self.write(self.edition.fault_action(self.is_own(fault)), writer);
        if let (Some(subcode), Version::Soap11) = (&fault.subcode, version)
            && subcode.header.is_some()
        {
            writer.start("wsa:FaultDetail");
            subcode.write_problem(writer);
            writer.end("wsa:FaultDetail");
        }
    }

    fn is_own(&self, fault: &Fault) -> bool {
        fault.subcode.as_ref().is_some_and(|subcode| subcode.namespace == self.edition.namespace())
    }
}
