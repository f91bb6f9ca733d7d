//! A client that believes nothing: bytes out, bytes in, over a socket of its own.

use super::NS;
use super::xml::{element, elements, text_of};
use asmxd::wire::soap::Version;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An answer as it came: status, headers in order, body.
#[derive(Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The headers with their spelling.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Reply {
    /// Reads an answer from its bytes.
    pub fn parse(bytes: &[u8]) -> Reply {
        let split = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        let split = split.unwrap_or_else(|| panic!("no answer: {:?}", String::from_utf8_lossy(bytes)));
        let head = String::from_utf8_lossy(&bytes[..split]).into_owned();
        if head.starts_with("HTTP/1.1 100 ") {
            return Reply::parse(&bytes[split + 4..]);
        }
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let header = |line: &str| line.split_once(':').map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
        let headers = lines.filter_map(header).collect();
        Reply { status, headers, body: String::from_utf8_lossy(&bytes[split + 4..]).into_owned() }
    }

    /// A header's value, by its name without regard to case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The text of the first element with this local name.
    pub fn text(&self, name: &str) -> String {
        text_of(&self.body, name)
    }

    /// Whether there is an element with this local name.
    pub fn has(&self, name: &str) -> bool {
        element(&self.body, name).is_some()
    }

    /// The texts of all elements with this local name.
    pub fn all(&self, name: &str) -> Vec<String> {
        elements(&self.body, name)
    }

    /// The result code; panics when the answer has none.
    pub fn code(&self) -> i32 {
        let code = self.text("ResultCode");
        code.parse().unwrap_or_else(|_| panic!("no ResultCode: {} {}", self.status, self.body))
    }

    /// The strings of a successful answer.
    pub fn strings(&self) -> Vec<String> {
        assert_eq!(self.code(), 0, "{}", self.body);
        self.all("string")
    }
}

/// The element of an operation of svcOrganization with its credentials; `parameters` is the XML after them.
pub fn operation(user: &str, password: &str, operation: &str, parameters: &str) -> String {
    let prefix = if matches!(operation, "ValidateAgent" | "GetQueueUser") { "agent" } else { "auth" };
    format!(
        "<{operation} xmlns=\"{NS}\"><{prefix}UserName>{user}</{prefix}UserName>\
         <{prefix}Password>{password}</{prefix}Password>{parameters}</{operation}>"
    )
}

/// The parameters of CreateUser2 for a person of this name.
pub fn newcomer(name: &str) -> String {
    format!(
        "<username>{name}</username><password>long enough</password><email>{name}@example.org</email>\
         <isEmailVerified>true</isEmailVerified><displayName>{name}</displayName>"
    )
}

/// A request with a SOAP body, with its envelope and headers.
pub fn soap_request(version: Version, path: &str, action: Option<&str>, body: &str) -> Vec<u8> {
    let envelope = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"{}\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soap:Body>{body}</soap:Body></soap:Envelope>",
        version.namespace()
    );
    let headers = match (version, action) {
        (Version::Soap11, Some(action)) => format!("Content-Type: text/xml; charset=utf-8\r\nSOAPAction: \"{action}\"\r\n"),
        (Version::Soap11, None) => "Content-Type: text/xml; charset=utf-8\r\n".to_owned(),
        (Version::Soap12, Some(action)) => format!("Content-Type: application/soap+xml; charset=utf-8; action=\"{action}\"\r\n"),
        (Version::Soap12, None) => "Content-Type: application/soap+xml; charset=utf-8\r\n".to_owned(),
    };
    let length = envelope.len();
    format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{envelope}")
        .into_bytes()
}

/// Sends `bytes` and reads until the server closes. A server that answers before it has read all is no error.
pub fn exchange(address: SocketAddr, bytes: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let sent = stream.write_all(bytes);
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::ConnectionReset && !answer.is_empty() => {}
        Err(error) => panic!("no answer: {error}; sending ended with {sent:?}"),
    }
    Reply::parse(&answer)
}

/// A request whose head was written with plain line ends, as it is sent, with the headers that need not be written.
pub fn on_the_wire(bytes: &[u8]) -> Vec<u8> {
    let end = bytes.windows(2).position(|window| window == b"\n\n").expect("a head ends with an empty line");
    let (head, body) = (std::str::from_utf8(&bytes[..end]).unwrap(), &bytes[end + 2..]);
    let mut lines: Vec<String> = head.lines().map(str::to_owned).collect();
    for (name, value) in [("Connection", "close".to_owned()), ("Content-Length", body.len().to_string())] {
        let is_there = lines.iter().any(|line| line.to_ascii_lowercase().starts_with(&format!("{}:", name.to_ascii_lowercase())));
        if !is_there {
            lines.push(format!("{name}: {value}"));
        }
    }
    [lines.join("\r\n").as_bytes(), b"\r\n\r\n", body].concat()
}
