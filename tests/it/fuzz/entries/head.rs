//! A request as bytes, in the form of a `request.http`: its head, line by line, an empty line, its body. No limits, no transport: what
//! cannot be a head is none.

use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Uri};

/// A request.
pub struct Head<'a> {
    /// The method.
    pub method: Method,
    /// The target.
    pub target: Uri,
    /// The headers; lines that are none are left out.
    pub headers: HeaderMap,
    /// What follows the empty line.
    pub body: &'a [u8],
}

/// The request, if its first line is one.
pub fn parse(bytes: &[u8]) -> Option<Head<'_>> {
    let (first, mut rest) = line(bytes);
    let first = std::str::from_utf8(first).ok()?;
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let mut headers = HeaderMap::new();
    loop {
        let (header, after) = line(rest);
        rest = after;
        if header.is_empty() {
            return Some(Head { method, target, headers, body: rest });
        }
        let mut parts = header.splitn(2, |&byte| byte == b':');
        let name = parts.next().and_then(|name| HeaderName::from_bytes(name).ok());
        let value = parts.next().and_then(|value| HeaderValue::from_bytes(value.trim_ascii()).ok());
        // A map takes no more than 32,768 headers, and the server far less.
        if let (Some(name), Some(value), true) = (name, value, headers.len() < 100) {
            headers.append(name, value);
        }
    }
}

/// The first line without its end, and what follows it.
pub fn line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len());
    let line = bytes[..end].strip_suffix(b"\r").unwrap_or(&bytes[..end]);
    (line, bytes.get(end + 1..).unwrap_or_default())
}
