//! The envelope of a request, read up to its operation's element and then to its end; and that of an answer.

use super::fault::Fault;
use super::security;
use super::version::Version;
use crate::contract::{Claim, Declaration, Reply};
use crate::wire::lexical;
use crate::wire::limits::Limits;
use crate::wire::xml::{Token, XmlReader, XmlSink, XmlSource, XmlWriter};

/// A request's envelope, open at the first element of its body.
pub struct Envelope<'a> {
    version: Version,
    reader: XmlReader<'a>,
    operation: Option<(String, String)>,
    not_understood: Vec<(String, String)>,
    claim: Claim,
}

impl<'a> Envelope<'a> {
    /// Reads up to the first element of `Body`. A fault here is of the version in the second place of the error:
    /// that of the envelope once it is known.
    ///
    /// The order of checks is D15's: the version first, then mandatory headers, then the rest.
    pub fn open(text: &'a str, limits: &'a Limits) -> Result<Self, (Fault, Option<Version>)> {
        let mut reader = XmlReader::new(text, limits).map_err(|error| (error.into(), None))?;
        if reader.token().map_err(|error| (error.into(), None))? != Token::Start {
            return Err((Fault::server("Server was unable to process request. ---> Root element is missing."), None));
        }
        let version = match (reader.name(), Version::of_namespace(reader.namespace())) {
            ("Envelope", Some(version)) => version,
            // Where the namespace tells no version, the fault is of the one that everybody knows.
            (_, namespace) => {
                let fault = Fault::version_mismatch(reader.namespace());
                return Err((fault, Some(namespace.unwrap_or(Version::Soap11))));
            }
        };
        let mut envelope = Envelope { version, reader, operation: None, not_understood: Vec::new(), claim: Claim::Absent };
        envelope.find_body().map_err(|fault| (fault, Some(version)))?;
        Ok(envelope)
    }

    /// The version of the envelope, and so of the answer.
    pub fn version(&self) -> Version {
        self.version
    }

    /// Namespace and local name of the body's first element, if it has one.
    pub fn operation(&self) -> Option<(&str, &str)> {
        self.operation.as_ref().map(|(namespace, name)| (namespace.as_str(), name.as_str()))
    }

    /// The parameters: the children of the body's first element, which are in `namespace`.
    pub fn parameters(&mut self, namespace: &'static str) -> XmlSource<'_, 'a> {
        XmlSource::new(&mut self.reader, namespace)
    }

    /// Reads what follows the operation's element, so that nothing runs before the whole document was found well formed.
    /// Further elements of the body are passed over; a header after the body counts as one before it (R34).
    ///
    /// Answers who calls, as far as headers tell.
    pub fn finish(mut self) -> Result<Claim, Fault> {
        self.leave(2)?;
        loop {
            match self.reader.token()? {
                Token::Start => self.envelope_child()?,
                Token::Text(_) | Token::End => {}
                Token::Eof => break,
            }
        }
        self.check_headers()?;
        Ok(self.claim)
    }

    fn find_body(&mut self) -> Result<(), Fault> {
        loop {
            match self.reader.token()? {
                Token::Start if self.reader.name() == "Body" && self.is_soap() => break,
                Token::Start => self.envelope_child()?,
                Token::Text(_) => {}
                Token::End | Token::Eof => {
                    self.check_headers()?;
                    return Err(Fault::client(
                        "Server was unable to read request. ---> Request format is invalid: Missing required soap:Body element.",
                    ));
                }
            }
        }
        self.check_headers()?;
        loop {
            match self.reader.token()? {
                Token::Start => {
                    self.operation = Some((self.reader.namespace().to_owned(), self.reader.name().to_owned()));
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

    /// One header. That of WS-Security is read when it is for us (D12); of others it only counts whether they must be understood.
    fn header(&mut self) -> Result<(), Fault> {
        let is_ours = self.is_ours();
        let mandatory = is_ours && self.is_mandatory();
        let name = mandatory.then(|| (self.reader.namespace().to_owned(), self.reader.name().to_owned()));
        let mut understood = false;
        if is_ours && security::begins(&self.reader) {
            let security = security::read(&mut self.reader)?;
            self.claim = std::mem::take(&mut self.claim).and(security.claim);
            understood = security.understood;
        } else {
            self.reader.skip_element()?;
        }
        self.not_understood.extend(name.filter(|_| !understood));
        Ok(())
    }

    fn is_soap(&self) -> bool {
        self.reader.namespace() == self.version.namespace()
    }

    /// Whether the header must be understood by those for whom it is (SOAP 1.1 section 4.2.3, SOAP 1.2 part 1 section 2.4).
    fn is_mandatory(&self) -> bool {
        let attribute = self.reader.attribute(self.version.namespace(), "mustUnderstand");
        attribute.is_some_and(|value| lexical::boolean(&value) == Ok(true))
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

/// The message that answers an operation.
pub fn answer(version: Version, namespace: &str, declaration: &Declaration, reply: &dyn Reply) -> Vec<u8> {
    let mut writer = XmlWriter::compact(1024);
    writer.raw(version.head());
    writer.start("soap:Body");
    writer.start_with(declaration.response_name, &[("xmlns", namespace)]);
    writer.start(declaration.result_name);
    reply.members(&mut XmlSink::new(&mut writer));
    writer.end(declaration.result_name);
    writer.end(declaration.response_name);
    writer.end("soap:Body");
    writer.end("soap:Envelope");
    writer.into_bytes()
}
