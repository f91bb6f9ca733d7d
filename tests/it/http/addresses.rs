//! Addresses: under which name the documents say the server is reached, and how paths are matched (R38, D5).

use crate::support::{Desk, PATH, Wire, cheap, elements, get};
use asmxd::config::Config;
use asmxd::http::Addresses;
use roxmltree::Document;

fn at(addresses: Addresses) -> Desk {
    Desk::with(Config { addresses, ..cheap() })
}

fn behind(proxy: &str) -> Desk {
    at(Addresses { public_url: None, trusted_proxies: vec![proxy.parse().unwrap()] })
}

/// The one address that the WSDL names for all its ports.
fn location(wsdl: &str) -> String {
    assert_eq!(elements(wsdl, "address").len(), 2, "{wsdl}");
    let document = Document::parse(wsdl).unwrap();
    let ports = document.descendants().filter(|node| node.tag_name().name() == "address");
    let mut locations: Vec<&str> = ports.filter_map(|port| port.attribute("location")).collect();
    locations.dedup();
    assert_eq!(locations.len(), 1, "{locations:?}");
    locations[0].to_owned()
}

/// The address in the WSDL that is answered to these headers.
fn told(desk: &Desk, headers: &str) -> String {
    let mut wire = Wire::connect(desk.address());
    wire.send(format!("GET {PATH}?WSDL HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").as_bytes());
    location(&wire.reply().body)
}

const FORWARDED: &str =
    "Host: inner:81\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: help.example.org\r\nX-Forwarded-Prefix: /desk\r\n";

#[test]
fn the_address_is_that_by_which_the_client_called() {
    let desk = Desk::open();
    assert_eq!(told(&desk, "Host: help.example.org:8080\r\n"), format!("http://help.example.org:8080{PATH}"));
    assert_eq!(told(&desk, "Host: [::1]:8080\r\n"), format!("http://[::1]:8080{PATH}"));
    assert_eq!(told(&desk, "Host: \r\n"), format!("http://{}{PATH}", desk.address()));
    assert_eq!(told(&desk, "Host: <evil>\r\n"), format!("http://{}{PATH}", desk.address()));
    let mut old = Wire::connect(desk.address());
    old.send(format!("GET {PATH}?wsdl HTTP/1.0\r\n\r\n").as_bytes());
    assert_eq!(location(&old.reply().body), format!("http://{}{PATH}", desk.address()), "HTTP/1.0 without a host");
}

#[test]
fn forwarded_headers_count_only_from_a_trusted_proxy() {
    assert_eq!(told(&behind("127.0.0.0/8"), FORWARDED), format!("https://help.example.org/desk{PATH}"));
    assert_eq!(told(&behind("10.0.0.0/8"), FORWARDED), format!("http://inner:81{PATH}"));
    assert_eq!(told(&Desk::open(), FORWARDED), format!("http://inner:81{PATH}"));
    let standard = "Host: inner\r\nForwarded: for=192.0.2.1;proto=https;host=\"help.example.org:8443\"\r\n";
    assert_eq!(told(&behind("127.0.0.1/32"), standard), format!("https://help.example.org:8443{PATH}"));
}

#[test]
fn the_public_url_beats_all_headers_and_its_prefix_may_be_there_or_not() {
    let addresses = Addresses {
        public_url: Some("https://public.example/help/desk".to_owned()),
        trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()],
    };
    let desk = at(addresses);
    let public = format!("https://public.example/help/desk{PATH}");
    assert_eq!(told(&desk, FORWARDED), public);
    let mut wire = Wire::connect(desk.address());
    for target in [format!("{PATH}?wsdl"), format!("/help/desk{PATH}?wsdl"), format!("/Help/DESK{PATH}?wsdl")] {
        wire.send(&get(&target, ""));
        let reply = wire.reply();
        assert_eq!(reply.status, 200, "{target}");
        assert_eq!(location(&reply.body), public);
    }
    for (target, status) in [
        ("/help/desk/Services2", 200),
        ("/help/desk/healthz", 200),
        ("/help/desk", 404),
        ("/help/deskServices2", 404),
        ("/help/Services2", 404),
        ("/help/des\u{e9}/Services2", 404),
    ] {
        wire.send(&get(target, ""));
        assert_eq!(wire.reply().status, status, "{target}");
    }
    // Links stay with the address that the browser came by; a sample tells the public one.
    wire.send(&get("/help/desk/Services2", ""));
    assert!(wire.reply().body.contains("href=\"Services2/svcOrganization.asmx\""));
    wire.send(&get(&format!("/help/desk{PATH}?op=GetAllRoles"), ""));
    let page = wire.reply().body;
    assert!(page.contains(&format!("POST /help/desk{PATH} HTTP/1.1\nHost: public.example\n")), "{page}");
}

#[test]
fn paths_are_matched_without_regard_to_case_and_a_slash_at_the_end() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    for target in [
        "/Services2/svcOrganization.asmx?WSDL",
        "/services2/svcorganization.asmx?wsdl",
        "/SERVICES2/SVCORGANIZATION.ASMX?Wsdl",
        "/Services2/svcOrganization.asmx/?wsdl",
        "/Services2/svcOrganization.asmx?wsdl=",
    ] {
        wire.send(&get(target, ""));
        let reply = wire.reply();
        assert_eq!((reply.status, reply.header("content-type")), (200, Some("text/xml; charset=utf-8")), "{target}");
        assert_eq!(location(&reply.body), format!("http://localhost{PATH}"), "spelled as it is, not as it was asked");
    }
    for (method, target) in [("GET", "/services2"), ("GET", "/SERVICES2/"), ("POST", "/services2/SVCORGANIZATION.asmx/")] {
        wire.send(
            format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: 0\r\n\r\n")
                .as_bytes(),
        );
        assert_ne!(wire.reply().status, 404, "{method} {target}");
    }
}
