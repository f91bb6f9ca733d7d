//! Answers: statuses, headers, and the pages for people.

use crate::support::{Desk, PATH, Wire, get, kept, post};
use asmxd::operations::SERVICES;
use roxmltree::{Document, ParsingOptions};

fn request(method: &str, target: &str) -> Vec<u8> {
    format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n").into_bytes()
}

#[test]
fn head_answers_the_headers_of_get_and_no_body() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    for (target, status) in [
        (PATH.to_owned(), 200),
        (format!("{PATH}?wsdl"), 200),
        (format!("{PATH}?disco"), 200),
        ("/Services2".to_owned(), 200),
        ("/healthz".to_owned(), 200),
        ("/nowhere".to_owned(), 404),
    ] {
        wire.send(&request("GET", &target));
        let whole = wire.reply();
        wire.send(&request("HEAD", &target));
        let head = wire.reply_to_head();
        assert_eq!((whole.status, head.status), (status, status), "{target}");
        assert_eq!(head.header("content-length"), Some(whole.body.len().to_string().as_str()), "{target}");
        assert_eq!(head.header("content-type"), whole.header("content-type"), "{target}");
        assert_eq!(head.header("cache-control"), whole.header("cache-control"), "{target}");
    }
}

#[test]
fn a_method_that_an_address_does_not_take_is_refused_with_those_that_it_takes() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    for (method, target, allow) in [
        ("PUT", PATH, "GET, HEAD, POST"),
        ("DELETE", PATH, "GET, HEAD, POST"),
        ("OPTIONS", PATH, "GET, HEAD, POST"),
        ("BREW", PATH, "GET, HEAD, POST"),
        ("POST", "/Services2", "GET, HEAD"),
        ("POST", "/healthz", "GET, HEAD"),
    ] {
        wire.send(&request(method, target));
        let reply = wire.reply();
        assert_eq!((reply.status, reply.header("allow")), (405, Some(allow)), "{method} {target}");
    }
}

#[test]
fn an_unknown_address_is_answered_with_those_that_there_are() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    for target in ["/", "/Services2/svcNope.asmx?wsdl", "/Services2/svcOrganization.asm", "/favicon.ico", "*"] {
        wire.send(&request(if target == "*" { "OPTIONS" } else { "GET" }, target));
        let reply = wire.reply();
        assert_eq!(reply.status, 404, "{target}");
        for service in SERVICES {
            assert!(reply.body.contains(&format!("/Services2/{}.asmx", service.name)), "{}", reply.body);
        }
    }
}

#[test]
fn every_answer_has_a_length_and_headers_in_title_case() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    let requests = [
        get("/healthz", ""),
        get(PATH, ""),
        get(&format!("{PATH}?wsdl"), ""),
        get("/nowhere", ""),
        request("PUT", PATH),
        kept("GetServerName", ""),
        kept("GetAllRoles", ""),
        kept("DeleteUser", "<userId>99</userId>"),
        post("Content-Length: 4\r\n", b"<a/>"),
        get("/Services2", "Accept-Encoding: gzip\r\nTE: trailers\r\n"),
    ];
    for bytes in requests {
        wire.send(&bytes);
        let reply = wire.reply();
        let names: Vec<&str> = reply.headers.iter().map(|(name, _)| name.as_str()).collect();
        for expected in ["Content-Length", "Content-Type", "Cache-Control", "Date"] {
            assert!(names.contains(&expected), "{expected} is missing: {names:?}");
        }
        for name in names {
            let title = |part: &str| part.starts_with(|first: char| first.is_ascii_uppercase());
            assert!(name.split('-').all(title), "{name}");
        }
    }
}

#[test]
fn the_health_check_says_ok() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    for target in ["/healthz", "/HealthZ"] {
        wire.send(&get(target, ""));
        let reply = wire.reply();
        assert_eq!((reply.status, reply.body.as_str()), (200, "ok\n"), "{target}");
        assert_eq!(reply.header("content-type"), Some("text/plain; charset=utf-8"));
    }
}

#[test]
fn pages_are_well_formed_html_that_runs_no_scripts() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    for target in ["/Services2", "/Services2/", PATH, "/Services2/svcOrganization.asmx?op=CreateUser2"] {
        wire.send(&get(target, ""));
        let reply = wire.reply();
        assert_eq!((reply.status, reply.header("content-type")), (200, Some("text/html; charset=utf-8")), "{target}");
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none';") && !policy.contains("script"), "{policy}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let page = Document::parse_with_options(&reply.body, options).unwrap_or_else(|error| panic!("{target}: {error}"));
        assert!(page.root_element().has_tag_name("html"));
        assert!(page.descendants().all(|node| !node.has_tag_name("script")));
        assert!(reply.body.starts_with("<!DOCTYPE html>"));
    }
}
