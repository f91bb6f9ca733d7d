//! SOAP faults: what they say, and how each version writes them (section 2.1 of `asmx-behaviour.md`).

use super::addressing::Addressing;
use super::version::Version;
use crate::contract::{ReadError, ReadErrorKind};
use crate::wire::xml::{XML_NAMESPACE, XmlWriter};

/// Whose mistake a fault tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultCode {
    /// The caller's: `Client`, in SOAP 1.2 `Sender`.
    Client,
    /// Ours: `Server`, in SOAP 1.2 `Receiver`.
    Server,
    /// The envelope is of no version that is spoken here.
    VersionMismatch,
    /// A mandatory header is not understood.
    MustUnderstand,
}

impl FaultCode {
    const fn name(self, version: Version) -> &'static str {
        match (self, version) {
            (FaultCode::Client, Version::Soap11) => "soap:Client",
            (FaultCode::Client, Version::Soap12) => "soap:Sender",
            (FaultCode::Server, Version::Soap11) => "soap:Server",
            (FaultCode::Server, Version::Soap12) => "soap:Receiver",
            (FaultCode::VersionMismatch, _) => "soap:VersionMismatch",
            (FaultCode::MustUnderstand, _) => "soap:MustUnderstand",
        }
    }
}

/// Why a request gets no result; this decides the HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It is not well formed: 400.
    Malformed,
    /// It is beyond the limit of form that has this key: 400.
    Limit(&'static str),
    /// There is no room for it at present: 503.
    Busy,
    /// Its body is too large: 413.
    TooLarge,
    /// Its content type is none of SOAP's: 415.
    MediaType,
    /// It came by GET and would change something: 405.
    Method,
    /// Routing, headers or values: 500, as ASMX has it.
    Fault,
}

/// The code that a standard about headers has for what is wrong: within `Sender` in SOAP 1.2, in its place in SOAP 1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subcode {
    /// The prefix by which it is written.
    pub prefix: &'static str,
    /// The standard's namespace.
    pub namespace: &'static str,
    /// The names, from the general to the particular.
    pub names: &'static [&'static str],
    /// The header that it is about, of the same namespace, where the standard wants it told.
    pub header: Option<&'static str>,
}

impl Subcode {
    fn qualified(&self, name: &str) -> String {
        format!("{}:{name}", self.prefix)
    }

    fn binding(&self) -> (String, &'static str) {
        (format!("xmlns:{}", self.prefix), self.namespace)
    }

    /// SOAP 1.1 has room for one code, which is the most particular.
    fn write_as_code(&self, writer: &mut XmlWriter) {
        let (name, namespace) = self.binding();
        writer.start_with("faultcode", &[(&name, namespace)]);
        writer.text(&self.qualified(self.names.last().copied().unwrap_or_default()));
        writer.end("faultcode");
    }

    fn write_nested(&self, names: &[&str], writer: &mut XmlWriter) {
        let Some((first, rest)) = names.split_first() else { return };
        let (name, namespace) = self.binding();
        writer.start("soap:Subcode");
        writer.start_with("soap:Value", &[(&name, namespace)]);
        writer.text(&self.qualified(first));
        writer.end("soap:Value");
        self.write_nested(rest, writer);
        writer.end("soap:Subcode");
    }

    /// The header's name, as WS-Addressing tells it.
    pub(super) fn write_problem(&self, writer: &mut XmlWriter) {
        if let Some(header) = self.header {
            let (name, namespace) = self.binding();
            let element = self.qualified("ProblemHeaderQName");
            writer.start_with(&element, &[(&name, namespace)]);
            writer.text(&self.qualified(header));
            writer.end(&element);
        }
    }
}

/// A fault: code, text, and the status that goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Whose mistake.
    pub code: FaultCode,
    /// The fault string or reason.
    pub text: String,
    /// What kind of refusal it is.
    pub refused: Refused,
    /// Names of headers that were not understood: namespace and local name.
    pub not_understood: Vec<(String, String)>,
    /// Whether it is about a header: SOAP 1.1 knows no details of those in the body (section 4.4).
    pub about_headers: bool,
    /// A more particular code.
    pub subcode: Option<Box<Subcode>>,
}

impl Fault {
    /// A fault that is the caller's mistake.
    pub fn client(text: impl Into<String>) -> Self {
        Fault {
            code: FaultCode::Client,
            text: text.into(),
            refused: Refused::Fault,
            not_understood: Vec::new(),
            about_headers: false,
            subcode: None,
        }
    }

    /// A fault that is the caller's mistake in a header.
    pub fn of_header(text: impl Into<String>, subcode: Option<Subcode>) -> Self {
        Fault { about_headers: true, subcode: subcode.map(Box::new), ..Fault::client(text) }
    }

    /// A fault that is ours.
    pub fn server(text: impl Into<String>) -> Self {
        Fault { code: FaultCode::Server, ..Fault::client(text) }
    }

    /// The caller's envelope has a root that is no SOAP envelope (WS-I R1015).
    pub fn version_mismatch(namespace: &str) -> Self {
        let text = format!(
            "Possible SOAP version mismatch: Envelope namespace {namespace} was unexpected. Expecting {}.",
            Version::Soap11.namespace()
        );
        Fault { code: FaultCode::VersionMismatch, ..Fault::client(text) }
    }

    /// Mandatory headers that nobody here understands; the text names the first.
    pub fn must_understand(headers: Vec<(String, String)>) -> Self {
        let name = headers.first().map(|(_, local)| local.as_str()).unwrap_or_default();
        let text = format!("SOAP header {name} was not understood.");
        Fault { code: FaultCode::MustUnderstand, not_understood: headers, ..Fault::of_header(text, None) }
    }

    /// The whole message, with headers of addressing when the request has some.
    pub fn encode(&self, version: Version, addressing: Option<&Addressing>) -> Vec<u8> {
        let mut writer = XmlWriter::compact(512);
        writer.raw(version.head());
        self.headers(version, addressing, &mut writer);
        writer.start("soap:Body");
        writer.start("soap:Fault");
        match version {
            Version::Soap11 => {
                match &self.subcode {
                    Some(subcode) => subcode.write_as_code(&mut writer),
                    None => writer.element("faultcode", self.code.name(version)),
                }
                writer.element("faultstring", &self.text);
                if !self.about_headers {
                    writer.empty("detail");
                }
            }
            Version::Soap12 => {
                writer.start("soap:Code");
                writer.element("soap:Value", self.code.name(version));
                if let Some(subcode) = &self.subcode {
                    subcode.write_nested(subcode.names, &mut writer);
                }
                writer.end("soap:Code");
                writer.start("soap:Reason");
                writer.start_with("soap:Text", &[("xml:lang", "en")]);
                writer.text(&self.text);
                writer.end("soap:Text");
                writer.end("soap:Reason");
                self.detail(&mut writer);
            }
        }
        writer.end("soap:Fault");
        writer.end("soap:Body");
        writer.end("soap:Envelope");
        writer.into_bytes()
    }

    /// `soap:Detail`, which tells of a header only where its standard wants that.
    fn detail(&self, writer: &mut XmlWriter) {
        match &self.subcode {
            Some(subcode) if subcode.header.is_some() => {
                writer.start("soap:Detail");
                subcode.write_problem(writer);
                writer.end("soap:Detail");
            }
            _ if self.about_headers => {}
            _ => writer.empty("soap:Detail"),
        }
    }

    /// What stands in `soap:Header`, which is left out when there is nothing.
    fn headers(&self, version: Version, addressing: Option<&Addressing>, writer: &mut XmlWriter) {
        let is_mismatch = self.code == FaultCode::VersionMismatch;
        let names = version == Version::Soap12 && !self.not_understood.is_empty();
        if !is_mismatch && !names && addressing.is_none() {
            return;
        }
        writer.start_with("soap:Header", addressing.map(Addressing::declaration).as_slice());
        if let Some(addressing) = addressing {
            addressing.write_of_fault(self, version, writer);
        }
        if is_mismatch {
            upgrade(writer);
        }
        if names {
            self.not_understood.iter().for_each(|(namespace, local)| not_understood(namespace, local, writer));
        }
        writer.end("soap:Header");
    }
}

/// `Upgrade` (SOAP 1.2 part 1 section 5.4.7).
fn upgrade(writer: &mut XmlWriter) {
    let (soap11, soap12) = (Version::Soap11.namespace(), Version::Soap12.namespace());
    writer.start_with("soap12:Upgrade", &[("xmlns:soap12", soap12)]);
    writer.empty_with("soap12:SupportedEnvelope", &[("qname", "soap:Envelope"), ("xmlns:soap", soap11)]);
    writer.empty_with("soap12:SupportedEnvelope", &[("qname", "soap12:Envelope"), ("xmlns:soap12", soap12)]);
    writer.end("soap12:Upgrade");
}

/// `NotUnderstood` (SOAP 1.2 part 1 section 5.4.8).
fn not_understood(namespace: &str, local: &str, writer: &mut XmlWriter) {
    // The prefix xml is bound by itself, and nothing else may be bound to its namespace.
    let (bound, of_xml) = (format!("h:{local}"), format!("xml:{local}"));
    let attributes: &[_] = match namespace {
        "" => &[("qname", local)],
        XML_NAMESPACE => &[("qname", of_xml.as_str())],
        _ => &[("qname", bound.as_str()), ("xmlns:h", namespace)],
    };
    writer.empty_with("soap:NotUnderstood", attributes);
}

/// What could not be read is the caller's mistake; the text is ASP.NET's, with the place.
impl From<ReadError> for Fault {
    fn from(error: ReadError) -> Self {
        let place = match error.position {
            Some((line, column)) => format!("There is an error in XML document ({line}, {column}). ---> "),
            None => String::new(),
        };
        let refused = match error.kind {
            ReadErrorKind::Malformed => Refused::Malformed,
            ReadErrorKind::Limit(key) => Refused::Limit(key),
            ReadErrorKind::Value => Refused::Fault,
        };
        Fault { refused, ..Fault::client(format!("Server was unable to read request. ---> {place}{}", error.message)) }
    }
}
