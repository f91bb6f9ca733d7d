//! SOAP faults: what they say, and how each version writes them (section 2.1 of `asmx-behaviour.md`).

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
    /// It is not well formed or beyond a limit of form: 400.
    Malformed,
    /// Its body is too large: 413.
    TooLarge,
    /// Its content type is none of SOAP's: 415.
    MediaType,
    /// It came by GET and would change something: 405.
    Method,
    /// Routing, headers or values: 500, as ASMX has it.
    Fault,
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
}

impl Fault {
    /// A fault that is the caller's mistake.
    pub fn client(text: impl Into<String>) -> Self {
        Fault { code: FaultCode::Client, text: text.into(), refused: Refused::Fault, not_understood: Vec::new() }
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
        Fault { code: FaultCode::MustUnderstand, not_understood: headers, ..Fault::client(text) }
    }

    /// Whether it is about headers that were not understood.
    pub fn is_about_headers(&self) -> bool {
        self.code == FaultCode::MustUnderstand
    }

    /// The whole message.
    pub fn encode(&self, version: Version) -> Vec<u8> {
        let mut writer = XmlWriter::compact(512);
        writer.raw(version.head());
        self.headers(version, &mut writer);
        writer.start("soap:Body");
        writer.start("soap:Fault");
        let detail = self.code != FaultCode::MustUnderstand;
        match version {
            Version::Soap11 => {
                writer.element("faultcode", self.code.name(version));
                writer.element("faultstring", &self.text);
                if detail {
                    writer.empty("detail");
                }
            }
            Version::Soap12 => {
                writer.start("soap:Code");
                writer.element("soap:Value", self.code.name(version));
                writer.end("soap:Code");
                writer.start("soap:Reason");
                writer.start_with("soap:Text", &[("xml:lang", "en")]);
                writer.text(&self.text);
                writer.end("soap:Text");
                writer.end("soap:Reason");
                if detail {
                    writer.empty("soap:Detail");
                }
            }
        }
        writer.end("soap:Fault");
        writer.end("soap:Body");
        writer.end("soap:Envelope");
        writer.into_bytes()
    }

    /// `Upgrade` (SOAP 1.2 part 1 section 5.4.7) and `NotUnderstood` (5.4.8, SOAP 1.2 only).
    fn headers(&self, version: Version, writer: &mut XmlWriter) {
        let soap12 = Version::Soap12.namespace();
        if self.code == FaultCode::VersionMismatch {
            writer.start("soap:Header");
            writer.start_with("soap12:Upgrade", &[("xmlns:soap12", soap12)]);
            let soap11 = Version::Soap11.namespace();
            writer.empty_with("soap12:SupportedEnvelope", &[("qname", "soap:Envelope"), ("xmlns:soap", soap11)]);
            writer.empty_with("soap12:SupportedEnvelope", &[("qname", "soap12:Envelope"), ("xmlns:soap12", soap12)]);
            writer.end("soap12:Upgrade");
            writer.end("soap:Header");
        } else if version == Version::Soap12 && !self.not_understood.is_empty() {
            writer.start("soap:Header");
            for (namespace, local) in &self.not_understood {
                let attributes = [("qname", format!("h:{local}")), ("xmlns:h", namespace.clone())];
                let attributes = attributes.each_ref().map(|(name, value)| (*name, value.as_str()));
                // The prefix xml is bound by itself, and nothing else may be bound to its namespace.
                let of_xml = format!("xml:{local}");
                let bare = [("qname", if namespace.is_empty() { local.as_str() } else { &of_xml })];
                let is_bare = namespace.is_empty() || namespace == XML_NAMESPACE;
                writer.empty_with("soap:NotUnderstood", if is_bare { &bare } else { &attributes });
            }
            writer.end("soap:Header");
        }
    }
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
            ReadErrorKind::Value => Refused::Fault,
        };
        Fault { refused, ..Fault::client(format!("Server was unable to read request. ---> {place}{}", error.message)) }
    }
}
