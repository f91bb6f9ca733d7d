//! The rules of WS-I (Basic Profile 1.1, Simple SOAP Binding Profile 1.0, and for SOAP 1.2 Basic Profile 2.0): a test for each that can be
//! tested on this server, named by it. `docs/wsi.md` is the table of rules and tests; `rules` holds the two together.

mod envelope;
mod faults;
mod http;
mod requests;
mod rules;
mod samples;
mod wsdl;

use crate::support::{ADMIN, Desk, PASSWORD, PATH, Reply, newcomer, on_the_wire, operation};
use asmxd::wire::soap::Version;

/// What the tests call to see whether a request is taken: it answers `lab`.
fn probe() -> String {
    operation(ADMIN, PASSWORD, "GetServerName", "")
}

/// What the tests call to see whether something was done.
fn creation() -> String {
    operation(ADMIN, PASSWORD, "CreateUser2", &newcomer("jdoe"))
}

/// An envelope with this `Header` element, or none, and this in its body.
fn envelope(version: Version, header: &str, body: &str) -> String {
    format!("<s:Envelope xmlns:s=\"{}\">{header}<s:Body>{body}</s:Body></s:Envelope>", version.namespace())
}

/// Posts a document with just these header lines, each ending in a line break.
fn post(desk: &Desk, headers: &str, document: &[u8]) -> Reply {
    let head = format!("POST {PATH} HTTP/1.1\nHost: localhost\n{headers}\n");
    desk.send(&on_the_wire(&[head.as_bytes(), document].concat()))
}

/// Posts a document with the content type of its version and no action.
fn send(desk: &Desk, version: Version, document: &str) -> Reply {
    post(desk, &format!("Content-Type: {}\n", version.content_type()), document.as_bytes())
}

/// Fails unless the probe ran.
fn assert_ran(reply: &Reply, of: &str) {
    assert_eq!((reply.status, reply.text("RequestResult").as_str()), (200, "lab"), "{of}: {}", reply.body);
}

/// The fault's code without its prefix.
fn code(reply: &Reply) -> String {
    let code = if reply.has("faultcode") { reply.text("faultcode") } else { reply.text("Value") };
    code.split_once(':').unwrap_or_else(|| panic!("no fault: {} {}", reply.status, reply.body)).1.to_owned()
}

/// The name that SOAP 1.1's code for the caller's mistakes has in a version.
fn client(version: Version) -> &'static str {
    match version {
        Version::Soap11 => "Client",
        Version::Soap12 => "Sender",
    }
}
