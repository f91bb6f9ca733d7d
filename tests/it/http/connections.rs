//! Connections: kept and pipelined, of HTTP/1.0 and 1.1, half closed, and many at once.

use super::envelope;
use crate::support::{ADMIN, Desk, NS, PASSWORD, PATH, Wire, get, kept, newcomer, operation, post, soap_request};
use asmxd::wire::soap::Version;
use std::collections::BTreeSet;

#[test]
fn one_connection_serves_call_after_call() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    for expected in 6..20 {
        wire.send(&kept("CreateUser2", &newcomer(&format!("person-{expected}"))));
        let reply = wire.reply();
        assert_eq!((reply.code(), reply.text("UserID")), (0, expected.to_string()));
        assert_eq!(reply.header("connection"), None, "nothing says that it would be closed");
        wire.send(&kept("GetServerName", ""));
        assert_eq!(wire.reply().text("RequestResult"), "lab");
    }
}

#[test]
fn pipelined_requests_are_answered_in_their_order() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    let requests = [
        kept("CreateUser2", &newcomer("first")),
        get("/healthz", ""),
        kept("CreateUser2", &newcomer("second")),
        get("/nowhere", ""),
        kept("GetServerName", ""),
        get(&format!("{PATH}?wsdl"), ""),
        kept("CreateUser2", &newcomer("third")),
    ];
    wire.send(&requests.concat());
    assert_eq!(wire.reply().text("UserID"), "6");
    assert_eq!(wire.reply().body, "ok\n");
    assert_eq!(wire.reply().text("UserID"), "7");
    assert_eq!(wire.reply().status, 404);
    assert_eq!(wire.reply().text("RequestResult"), "lab");
    assert!(wire.reply().has("definitions"));
    assert_eq!(wire.reply().text("UserID"), "8");
}

#[test]
fn a_request_that_arrives_byte_by_byte_is_answered() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    for byte in kept("GetServerName", "") {
        wire.send(&[byte]);
    }
    assert_eq!(wire.reply().text("RequestResult"), "lab");
}

#[test]
fn a_connection_of_http_1_0_is_closed_unless_it_asks_to_be_kept() {
    let desk = Desk::open();
    let call = String::from_utf8(kept("GetServerName", "")).unwrap().replacen(" HTTP/1.1\r\nHost: localhost", " HTTP/1.0", 1);
    let mut wire = Wire::connect(desk.address());
    wire.send(call.as_bytes());
    assert_eq!(wire.reply().text("RequestResult"), "lab");
    assert!(wire.rest().is_empty(), "closed after the answer");
    let asking = call.replacen("\r\n", "\r\nConnection: keep-alive\r\n", 1);
    let mut wire = Wire::connect(desk.address());
    for _ in 0..3 {
        wire.send(asking.as_bytes());
        let reply = wire.reply();
        assert_eq!(reply.text("RequestResult"), "lab");
        assert!(reply.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("keep-alive")));
    }
}

#[test]
fn a_client_that_asks_to_close_is_told_so_and_closed() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    wire.send(&get("/healthz", "Connection: close\r\n"));
    assert_eq!(wire.reply().header("connection"), Some("close"));
    assert!(wire.rest().is_empty());
}

#[test]
fn a_client_that_has_ended_its_sending_half_still_gets_its_answers() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    wire.send(&[kept("CreateUser2", &newcomer("first")), kept("CreateUser2", &newcomer("second"))].concat());
    wire.end_sending();
    assert_eq!(wire.reply().text("UserID"), "6");
    assert_eq!(wire.reply().text("UserID"), "7");
    assert!(wire.rest().is_empty());
}

#[test]
fn a_target_in_absolute_form_is_understood() {
    let desk = Desk::open();
    let call = String::from_utf8(kept("GetServerName", "")).unwrap().replacen("POST /", "POST http://desk.example:81/", 1);
    let mut wire = Wire::connect(desk.address());
    wire.send(call.as_bytes());
    assert_eq!(wire.reply().text("RequestResult"), "lab");
    wire.send(&get(&format!("http://desk.example:81{PATH}?wsdl"), ""));
    assert!(wire.reply().body.contains("location=\"http://desk.example:81/Services2/svcOrganization.asmx\""));
}

#[test]
fn a_body_is_never_taken_for_a_request() {
    let desk = Desk::open();
    let smuggled = get("/healthz", "");
    for target in ["/nowhere", "/healthz", "/Services2/svcOrganization.asmx/GetServerName"] {
        let mut wire = Wire::connect(desk.address());
        let head = format!("POST {target} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n", smuggled.len());
        wire.send(&[head.as_bytes(), &smuggled, &get(&format!("{PATH}?wsdl"), "")].concat());
        assert!((400..=500).contains(&wire.reply().status), "{target}");
        assert!(wire.reply().has("definitions"), "{target}");
    }
}

#[test]
fn what_is_no_http_is_refused_and_closed_and_others_go_on() {
    let desk = Desk::open();
    let mut other = Wire::connect(desk.address());
    other.send(&kept("GetServerName", ""));
    assert_eq!(other.reply().code(), 0);
    let many_headers: String = (0..200).map(|number| format!("X-{number}: x\r\n")).collect();
    let long_header = format!("X: {}\r\n", "x".repeat(100 * 1024));
    for (bytes, status) in [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS greeting \r\n\r\n".to_vec(), 400),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n".to_vec(), 400),
        (post("Content-Length: 5\r\nContent-Length: 6\r\n", b"hello!"), 400),
        (post("Content-Length: five\r\n", b"hello"), 400),
        (get("/healthz", &many_headers), 431),
        (get("/healthz", &long_header), 431),
    ] {
        let mut wire = Wire::connect(desk.address());
        // The server may close before it has taken all.
        let _ = wire.send_what_is_taken(&bytes);
        assert_eq!(wire.reply().status, status, "{:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(60)]));
        assert!(wire.rest().is_empty());
    }
    other.send(&kept("GetServerName", ""));
    assert_eq!(other.reply().code(), 0);
}

#[test]
fn two_hundred_connections_at_once_are_all_answered() {
    let desk = Desk::open();
    let mut wires: Vec<Wire> = (0..200).map(|_| Wire::connect(desk.address())).collect();
    for (number, wire) in wires.iter_mut().enumerate() {
        wire.send(&match number % 4 {
            0 => get("/healthz", ""),
            1 => kept("GetAllRoles", ""),
            _ => kept("CreateUser2", &newcomer(&format!("person-{number}"))),
        });
    }
    let mut ids = BTreeSet::new();
    for (number, wire) in wires.iter_mut().enumerate() {
        let reply = wire.reply();
        assert_eq!(reply.status, 200);
        match number % 4 {
            0 => assert_eq!(reply.body, "ok\n"),
            1 => assert_eq!(reply.all("RoleName").len(), 7),
            _ => assert!(ids.insert(reply.text("UserID").parse::<i32>().unwrap()), "{}", reply.body),
        }
    }
    assert_eq!(ids, (6..106).collect(), "each person has an id of its own, and none is left out");
}

#[test]
fn both_versions_of_soap_share_a_connection() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    let body = operation(ADMIN, PASSWORD, "GetServerName", "");
    for version in [Version::Soap12, Version::Soap11, Version::Soap12] {
        let request = soap_request(version, PATH, Some(&format!("{NS}/GetServerName")), &body);
        wire.send(String::from_utf8(request).unwrap().replacen("Connection: close\r\n", "", 1).as_bytes());
        let reply = wire.reply();
        assert_eq!(reply.header("content-type"), Some(version.content_type()));
        assert!(reply.body.contains(version.namespace()));
    }
    let plain = envelope("GetServerName", "");
    wire.send(&post(&format!("Content-Length: {}\r\n", plain.len()), &plain));
    assert_eq!(wire.reply().text("RequestResult"), "lab", "no action at all");
}
