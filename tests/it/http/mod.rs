//! The edge over raw sockets: HTTP/1.x as clients old and new speak it, limits, addresses, and how a server stops.

mod addresses;
mod answers;
mod bodies;
mod connections;
mod forbidden;
mod lifetime;
mod limits;
mod old;
mod slow;

use crate::support::{ADMIN, PASSWORD, cheap, operation, soap_request};
use asmxd::config::Config;
use asmxd::http::HttpLimits;
use asmxd::wire::soap::Version;

/// A configuration with other limits of the edge.
fn limited(limits: HttpLimits) -> Config {
    Config { http: limits, ..cheap() }
}

/// The envelope of a call by the administrator.
fn envelope(name: &str, parameters: &str) -> Vec<u8> {
    let request = soap_request(Version::Soap11, "/", None, &operation(ADMIN, PASSWORD, name, parameters));
    let body = request.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
    request[body..].to_vec()
}

/// A body in the chunked form, in chunks of this size.
fn chunked(body: &[u8], size: usize) -> Vec<u8> {
    let chunk = |piece: &[u8]| [format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat();
    let mut bytes: Vec<u8> = body.chunks(size).flat_map(chunk).collect();
    bytes.extend_from_slice(b"0\r\n\r\n");
    bytes
}
