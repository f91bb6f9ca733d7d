//! A connection that is kept: requests go out as bytes, and answers are read one by one, each as long as it says it is.

use super::client::{Reply, operation, soap_request};
use super::held::PATIENCE;
use super::people::{ADMIN, PASSWORD};
use super::{NS, PATH};
use asmxd::wire::soap::Version;
use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

/// A connection with what was received of the next answer.
pub struct Wire {
    stream: TcpStream,
    received: Vec<u8>,
}

impl Wire {
    /// Connects.
    pub fn connect(address: SocketAddr) -> Wire {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        Wire { stream, received: Vec::new() }
    }

    /// Sends bytes.
    pub fn send(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).unwrap();
    }

    /// Sends bytes as far as the server takes them.
    pub fn send_what_is_taken(&mut self, bytes: &[u8]) -> Result<()> {
        self.stream.write_all(bytes)
    }

    /// Ends the sending half; answers can still be read.
    pub fn end_sending(&self) {
        self.stream.shutdown(Shutdown::Write).unwrap();
    }

    /// The next answer. One that only says "continue" has status 100 and nothing else.
    pub fn reply(&mut self) -> Reply {
        self.next(true).unwrap()
    }

    /// The answer to HEAD, which has a length but no body.
    pub fn reply_to_head(&mut self) -> Reply {
        self.next(false).unwrap()
    }

    /// The next answer, unless the connection ends before it is complete.
    pub fn reply_if_any(&mut self) -> Option<Reply> {
        match self.next(true) {
            Ok(reply) => Some(reply),
            Err(error) => {
                assert!(!is_timeout(&error), "neither an answer nor an end: {error}");
                None
            }
        }
    }

    fn next(&mut self, with_body: bool) -> Result<Reply> {
        let head = self.receive_until(|received| received.windows(4).position(|end| end == b"\r\n\r\n").map(|at| at + 4))?;
        if self.received.starts_with(b"HTTP/1.1 100 ") {
            self.received.drain(..head);
            return Ok(Reply { status: 100, headers: Vec::new(), body: String::new() });
        }
        let reply = Reply::parse(&self.received[..head]);
        assert_eq!(reply.header("transfer-encoding"), None, "answers have a length");
        let length: usize = reply.header("content-length").expect("answers have a length").parse().unwrap();
        let end = head + if with_body { length } else { 0 };
        self.receive_until(|received| (received.len() >= end).then_some(end))?;
        let reply = Reply::parse(&self.received[..end]);
        self.received.drain(..end);
        Ok(reply)
    }

    fn receive_until(&mut self, enough: impl Fn(&[u8]) -> Option<usize>) -> Result<usize> {
        loop {
            if let Some(found) = enough(&self.received) {
                return Ok(found);
            }
            let mut bytes = [0; 8192];
            let read = uninterrupted(|| self.stream.read(&mut bytes))?;
            if read == 0 {
                let received = String::from_utf8_lossy(&self.received);
                return Err(Error::new(ErrorKind::UnexpectedEof, format!("closed after {received:?}")));
            }
            self.received.extend_from_slice(&bytes[..read]);
        }
    }

    /// Waits until something has arrived, and leaves it unread.
    pub fn await_arrival(&self) {
        assert_ne!(uninterrupted(|| self.stream.peek(&mut [0])).unwrap(), 0, "closed without an answer");
    }

    /// Whether nothing arrives for a while.
    pub fn is_silent(&self, time: Duration) -> bool {
        self.stream.set_read_timeout(Some(time)).unwrap();
        let outcome = uninterrupted(|| self.stream.peek(&mut [0]));
        self.stream.set_read_timeout(Some(PATIENCE)).unwrap();
        outcome.is_err_and(|error| is_timeout(&error))
    }

    /// All that comes until the server closes.
    pub fn rest(mut self) -> Vec<u8> {
        match self.stream.read_to_end(&mut self.received) {
            Ok(_) => {}
            Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset, "not closed: {error}"),
        }
        self.received
    }
}

/// Does it again when a signal came in between.
fn uninterrupted<T>(mut work: impl FnMut() -> Result<T>) -> Result<T> {
    loop {
        match work() {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            outcome => return outcome,
        }
    }
}

fn is_timeout(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

/// A GET request with further header lines, each ending in a line break.
pub fn get(target: &str, headers: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n").into_bytes()
}

/// A POST request of SOAP 1.1 to svcOrganization with just these further headers: they have to tell the length.
pub fn post(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("POST {PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml; charset=utf-8\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

/// A call by the administrator that leaves the connection open.
pub fn kept(name: &str, parameters: &str) -> Vec<u8> {
    kept_as(ADMIN, PASSWORD, name, parameters)
}

/// A call that leaves the connection open.
pub fn kept_as(user: &str, password: &str, name: &str, parameters: &str) -> Vec<u8> {
    let body = operation(user, password, name, parameters);
    let request = soap_request(Version::Soap11, PATH, Some(&format!("{NS}/{name}")), &body);
    String::from_utf8(request).unwrap().replacen("Connection: close\r\n", "", 1).into_bytes()
}
