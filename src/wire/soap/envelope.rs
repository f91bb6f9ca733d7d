//! The envelope of a request, read up to its operation's element and then to its end; and that of an answer.

use super::addressing::{self, Addressing};
use super::fault::Fault;
use super::security;
use super::version::Version;
use crate::contract::{Claim, Declaration, Reply};
use crate::wire::lexical;
use crate::wire::limits::Limits;
use crate::wire::xml::{Token, XmlReader, XmlSink, XmlSource, XmlWriter};
use std::cell::Cell;

/// A request's envelope, open at the first element of its body.
pub struct Envelope<'a> {
    version: Version,
    reader: XmlReader<'a>,
    /// Whether the body has an element.
    has_operation: bool,
    not_understood: Vec<(String, String)>,
    /// The first thing that is wrong with a header that is understood.
    problem: Option<Fault>,
    claim: Claim,
    addressing: Option<Box<Addressing>>,
}

/// Why an envelope could not be opened, and what is known for the answer.
pub struct Unopened {
    /// What is wrong.
    pub fault: Fault,
    /// The version of the envelope, once it is known.
    pub version: Option<Version>,
    /// What the headers that were read say of the answer.
    pub addressing: Option<Box<Addressing>>,
}

impl<'a> Envelope<'a> {
    /// Reads up to the first element of `Body`.
    ///
    /// The order of checks is D15's: the version first, then mandatory headers, then the rest.
    pub fn open(text: &'a str, limits: &'a Limits) -> Result<Self, Unopened> {
        let unopened = |fault, version| Unopened { fault, version, addressing: None };
        let mut reader = XmlReader::new(text, limits).map_err(|error| unopened(error.into(), None))?;
        if reader.token().map_err(|error| unopened(error.into(), None))? != Token::Start {
            return Err(unopened(Fault::server("Server was unable to process request. ---> Root element is missing."), None));
        }
        let version = match (reader.name(), Version::of_namespace(reader.namespace())) {
            ("Envelope", Some(version)) => version,
            // Where the namespace tells no version, the fault is of the one that everybody knows.
            (_, namespace) => {
                let fault = Fault::version_mismatch(reader.namespace());
                return Err(unopened(fault, Some(namespace.unwrap_or(Version::Soap11))));
            }
        };
        let mut envelope = Envelope {
            version,
            reader,
            has_operation: false,
            not_understood: Vec::new(),
            problem: None,
            claim: Claim::Absent,
            addressing: None,
        };
        match envelope.find_body() {
            Ok(()) => Ok(envelope),
            Err(fault) => Err(Unopened { addressing: envelope.addressing, ..unopened(fault, Some(version)) }),
        }
    }

    /// The version of the envelope, and so of the answer.
    pub fn version(&self) -> Version {
        self.version
    }

    /// Namespace and local name of the body's first element, if it has one, as long as its parameters were not read.
    pub fn operation(&self) -> Option<(&str, &str)> {
        self.has_operation.then(|| (self.reader.namespace(), self.reader.name()))
    }

    /// The parameters: the children of the body's first element, which are in `namespace`.
    pub fn parameters(&mut self, namespace: &'static str) -> XmlSource<'_, 'a> {
        XmlSource::new(&mut self.reader, namespace)
    }

    /// Reads what follows the operation's element, so that nothing runs before the whole document was found well formed.
    /// Further elements of the body are passed over; a header after the body counts as one before it (R34).
    ///
    /// Answers who calls, as far as headers tell.
    pub fn finish(&mut self) -> Result<Claim, Fault> {
        self.leave(2)?;
        loop {
            match self.reader.token()? {
                Token::Start => self.envelope_child()?,
                Token::Text(_) | Token::End => {}
                Token::Eof => break,
            }
        }
        self.check_headers()?;
        match self.problem.take() {
            Some(problem) => Err(problem),
            None => Ok(std::mem::take(&mut self.claim)),
        }
    }

    /// The action that the headers that were read name by WS-Addressing.
    pub fn action(&self) -> Option<&str> {
        self.addressing.as_deref().and_then(Addressing::action)
    }

    /// What the headers that were read say by WS-Addressing.
    pub fn into_addressing(self) -> Option<Box<Addressing>> {
        self.addressing
    }

    fn find_body(&mut self) -> Result<(), Fault> {
        loop {
            match self.reader.token()? {
                Token::Start if self.reader.name() == "Body" && self.is_soap() => break,
                Token::Start => self.envelope_child()?,
                Token::Text(_) => {}
                Token::End | Token::Eof => {
                    self.check_headers()?;
                    return Err(self.problem.take().unwrap_or_else(|| {
                        Fault::client(
                            "Server was unable to read request. ---> Request format is invalid: Missing required soap:Body element.",
                        )
                    }));
                }
            }
        }
        self.check_headers()?;
        loop {
            match self.reader.token()? {
                Token::Start => {
                    self.has_operation = true;
                    return Ok(());
                }
                Token::Text(_) => {}
                Token::End | Token::Eof => return Ok(()),
            }
        }
    }

    /// A child of `Envelope` other than the body: headers are looked at, all else is passed over.
    fn envelope_child(&mut self) -> Result<(), Fault> {
        if self.reader.name() != "Header" || !self.is_soap() {
            return Ok(self.reader.skip_element()?);
        }
        loop {
            match self.reader.token()? {
                Token::Start => self.header()?,
                Token::Text(_) => {}
                Token::End | Token::Eof => return Ok(()),
            }
        }
    }

    /// One header. Those of WS-Security (D12) and of WS-Addressing (D16) are read when they are for us; of others it only counts whether
    /// they must be understood.
    fn header(&mut self) -> Result<(), Fault> {
        if !self.is_ours() {
            return Ok(self.reader.skip_element()?);
        }
        let mandatory = self.is_mandatory().unwrap_or_else(|fault| {
            self.problem.get_or_insert(fault);
            false
        });
        let name = mandatory.then(|| (self.reader.namespace().to_owned(), self.reader.name().to_owned()));
        let (understood, problem) = if security::begins(&self.reader) {
            let security = security::read(&mut self.reader)?;
            self.claim = std::mem::take(&mut self.claim).and(security.claim);
            (security.understood, security.problem)
        } else if let Some(header) = addressing::begins(&self.reader, self.addressing.as_deref()) {
            (true, header.read(&mut self.addressing, &mut self.reader)?)
        } else {
            self.reader.skip_element()?;
            (false, None)
        };
        self.problem = self.problem.take().or(problem);
        self.not_understood.extend(name.filter(|_| !understood));
        Ok(())
    }

    fn is_soap(&self) -> bool {
        self.reader.namespace() == self.version.namespace()
    }

    /// Whether the header must be understood by those for whom it is (SOAP 1.1 section 4.2.3, SOAP 1.2 part 1 section 2.4). What is no
    /// boolean is refused, as the reference refuses it: to take it for false could pass over what the caller relies on.
    fn is_mandatory(&self) -> Result<bool, Fault> {
        let Some(value) = self.reader.attribute(self.version.namespace(), "mustUnderstand") else { return Ok(false) };
        lexical::boolean(&value).map_err(|problem| {
            let name = self.reader.name();
            let text = format!("Server was unable to read request. ---> mustUnderstand of the SOAP header {name}: {problem}");
            Fault::of_header(text, None)
        })
    }

    /// Whether the header is for us (D14).
    fn is_ours(&self) -> bool {
        let role = self.reader.attribute(self.version.namespace(), self.version.role_attribute());
        self.version.is_ours(lexical::trim(&role.unwrap_or_default()))
    }

    fn check_headers(&mut self) -> Result<(), Fault> {
        match std::mem::take(&mut self.not_understood) {
            headers if headers.is_empty() => Ok(()),
            headers => Err(Fault::must_understand(headers)),
        }
    }

    /// Reads on until the reader stands within `level` elements or fewer.
    fn leave(&mut self, level: usize) -> Result<(), Fault> {
        while self.reader.depth() >= level {
            self.reader.token()?;
        }
        Ok(())
    }
}

/// The most bytes of memory that a thread keeps for messages.
const SCRATCH_BYTES: usize = 64 * 1024;

thread_local! {
    /// Where this thread writes messages before it copies them to memory of just their size: one allocation instead of up to six.
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// The message that answers an operation; with headers of addressing, given the action of the answer, when the request has some. `exact` keeps
/// each CR in text, where the reference writes it so that readers take it for LF.
pub fn answer(
    version: Version,
    namespace: &str,
    declaration: &Declaration,
    reply: &dyn Reply,
    addressing: Option<(&Addressing, &str)>,
    exact: bool,
) -> Vec<u8> {
    let mut writer = XmlWriter::over(SCRATCH.take()).keeping_returns(exact);
    writer.raw(version.head());
    if let Some((addressing, action)) = addressing {
        writer.start_with("soap:Header", &[addressing.declaration()]);
        addressing.write(action, &mut writer);
        writer.end("soap:Header");
    }
    writer.start("soap:Body");
    writer.start_with(declaration.response_name, &[("xmlns", namespace)]);
    writer.start(declaration.result_name);
    reply.members(&mut XmlSink::new(&mut writer));
    writer.end(declaration.result_name);
    writer.end(declaration.response_name);
    writer.end("soap:Body");
    writer.end("soap:Envelope");
    let written = writer.into_bytes();
    if written.capacity() > SCRATCH_BYTES {
        return written;
    }
    let message = written.clone();
    SCRATCH.set(written);
    message
}
