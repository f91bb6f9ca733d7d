//! The address in the documents: a public URL in the first line, then a request's head, in which `Host` and the forwarded headers are
//! a stranger's.
//!
//! Whatever they say, the address is an `http` URL, those who are not trusted change nothing by forwarded headers, and the documents
//! are well formed and tell this address and no more.

use super::head::{self, Head};
use asmxd::config::{Config, Values};
use asmxd::describe::{disco, wsdl};
use asmxd::http::{Addresses, asked};
use asmxd::operations::SERVICES;
use hyper::Uri;
use hyper::header::HeaderMap;
use roxmltree::Document;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

const PROXY: &str = "10.0.0.1";
const STRANGER: &str = "192.0.2.1";
const FORWARDED: [&str; 4] = ["forwarded", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-prefix"];

/// Finds the address that the documents tell in answer to such a request.
pub fn run(bytes: &[u8]) {
    let (public_url, rest) = head::line(bytes);
    let Ok(public_url) = std::str::from_utf8(public_url) else { return };
    let (Some(addresses), Some(head)) = (configured(public_url.trim()), head::parse(rest)) else { return };
    let path = addresses.without_prefix(head.target.path());
    assert!(head.target.path().ends_with(path), "{path:?} is no end of the path");
    drop(asked(&head.method, path, head.target.query(), &head.headers));
    let to_proxy = base(&addresses, &head, &head.headers, PROXY);
    let to_stranger = base(&addresses, &head, &head.headers, STRANGER);
    let mut direct = head.headers.clone();
    FORWARDED.iter().for_each(|name| drop(direct.remove(*name)));
    assert_eq!(to_stranger, base(&addresses, &head, &direct, STRANGER), "forwarded headers of a stranger are believed");
    for base in [to_proxy, to_stranger] {
        check_url(&base);
        if is_new(&base) {
            check_documents(&base);
        }
    }
}

/// Whether the documents with this address were not looked at yet: most requests lead to one of few, and documents take their time.
fn is_new(base: &str) -> bool {
    static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    if seen.len() > 1_000 {
        seen.clear();
    }
    seen.insert(base.to_owned())
}

/// What the operator may have configured; what the configuration refuses is none.
fn configured(public_url: &str) -> Option<Addresses> {
    let mut values = Values::default();
    if !public_url.is_empty() {
        values.add("public_url", public_url.to_owned(), "here".to_owned());
    }
    values.add("trusted_proxies", PROXY.to_owned(), "here".to_owned());
    values.resolve(Vec::new()).ok().map(|Config { addresses, .. }| addresses)
}

fn base(addresses: &Addresses, head: &Head<'_>, headers: &HeaderMap, peer: &str) -> String {
    addresses.base(head.target.authority(), headers, peer.parse().unwrap(), "127.0.0.1:8080".parse().unwrap())
}

/// An address that a client can follow, to the host that it names, and that nobody takes for something else.
fn check_url(base: &str) {
    let url: Uri = base.parse().unwrap_or_else(|error| panic!("{base:?}: {error}"));
    assert!(matches!(url.scheme_str(), Some("http" | "https")), "{base:?}");
    let authority = url.authority().unwrap_or_else(|| panic!("{base:?} names no host"));
    assert!(!authority.host().is_empty(), "{base:?} names no host");
    assert!(!authority.as_str().contains('@'), "{base:?} holds somebody's name");
    let port = authority.as_str().strip_prefix(authority.host()).unwrap_or_default();
    assert!(port.is_empty() || authority.port_u16().is_some(), "{base:?} has a port that is none");
    assert!(!base.contains(['?', '#', '"', '<', '>', '\\', ' ']), "{base:?} holds more than a base");
    assert!(!base.ends_with('/'), "{base:?} ends in a slash");
}

/// The documents tell this address, all of it and nothing else: so it brings no markup along.
fn check_documents(base: &str) {
    let service = SERVICES[0];
    let address = format!("{base}/Services2/{}.asmx", service.name);
    let told = |document: Vec<u8>, attribute: &str| -> Vec<String> {
        let text = String::from_utf8(document).expect("a document is UTF-8");
        let parsed = Document::parse(&text).unwrap_or_else(|error| panic!("{address:?}: {error}"));
        parsed.descendants().filter_map(|node| node.attribute(attribute)).map(str::to_owned).collect()
    };
    assert_eq!(told(wsdl(service, &address), "location"), [&*address, &*address]);
    assert_eq!(told(disco(service, &address), "address"), [&*address, &*address]);
    assert_eq!(told(disco(service, &address), "ref"), [format!("{address}?wsdl")]);
    assert_eq!(told(disco(service, &address), "docRef"), [&*address]);
}
