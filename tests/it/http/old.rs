//! HTTP as old clients speak it, where no other file has it: hosts, refusals of large bodies, encodings of requests.

use super::{chunked, envelope, limited};
use crate::support::{Desk, PATH, Wire, get, kept, post};
use asmxd::http::HttpLimits;

/// A POST of a body of 10 MB that nobody wants.
fn unwanted(target: &str, headers: &str) -> Vec<u8> {
    let head = format!("POST {target} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
    [head.as_bytes(), &vec![b'x'; 10_000_000]].concat()
}

#[test]
fn a_request_of_http_1_1_has_one_host_and_one_of_http_1_0_needs_none() {
    let desk = Desk::open();
    for (request, status) in [
        ("GET /healthz HTTP/1.1\r\n\r\n", 400),
        ("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("GET /healthz HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("GET http://a/healthz HTTP/1.1\r\n\r\n", 400),
        ("GET /healthz HTTP/1.1\r\nHost:\r\n\r\n", 200),
        ("GET /healthz HTTP/1.0\r\n\r\n", 200),
    ] {
        let mut wire = Wire::connect(desk.address());
        wire.send(request.as_bytes());
        assert_eq!(wire.reply().status, status, "{request}");
    }
}

#[test]
fn an_address_that_is_too_long_is_refused_as_such() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    wire.send(&get(&format!("{PATH}?{}", "a".repeat(8192 - PATH.len() - 1)), ""));
    assert_eq!(wire.reply().status, 200);
    wire.send(&get(&format!("{PATH}?{}", "a".repeat(8192 - PATH.len())), ""));
    let reply = wire.reply();
    assert_eq!((reply.status, reply.body.as_str()), (414, "The address is too long.\n"));
}

#[test]
fn who_sends_a_large_body_to_the_wrong_place_still_gets_the_answer() {
    let desk = Desk::open();
    let length = "Content-Length: 10000000\r\n";
    for (target, headers, status) in [
        ("/nowhere", String::new(), 404),
        ("/Services2", String::new(), 405),
        (PATH, "Content-Type: application/json\r\n".to_owned(), 415),
        (PATH, "Content-Type: text/xml\r\nContent-Encoding: br\r\n".to_owned(), 415),
        (PATH, "Content-Type: text/xml\r\n".to_owned(), 413),
    ] {
        let mut wire = Wire::connect(desk.address());
        wire.send(&unwanted(target, &format!("{headers}{length}")));
        assert_eq!(wire.reply().status, status, "{target} {headers}");
    }
    let mut wire = Wire::connect(desk.address());
    wire.send(&unwanted("/nowhere", length));
    assert_eq!(wire.reply().status, 404);
    wire.send(&kept("GetServerName", ""));
    assert_eq!(wire.reply().code(), 0, "the connection goes on");
}

#[test]
fn who_waits_with_a_body_that_nobody_wants_is_not_told_to_send_it() {
    let desk = Desk::open();
    for (target, status) in [("/nowhere", 404), ("/Services2", 405)] {
        let mut wire = Wire::connect(desk.address());
        let head = format!("POST {target} HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n");
        wire.send(head.as_bytes());
        let reply = wire.reply();
        assert_eq!((reply.status, reply.header("connection")), (status, Some("close")), "{target}");
        assert!(wire.rest().is_empty());
    }
}

#[test]
fn a_body_in_chunks_of_one_byte_is_put_together() {
    let desk = Desk::with(limited(HttpLimits { body: 100_000, ..HttpLimits::default() }));
    let mut wire = Wire::connect(desk.address());
    let mut body = envelope("GetServerName", "");
    body.resize(100_000, b'\n');
    wire.send(&post("Transfer-Encoding: chunked\r\n", &chunked(&body, 1)));
    assert_eq!(wire.reply().text("RequestResult"), "lab");
}

/// A call that asks for a key which is not there, so that it comes back as it was read.
fn asking(key: &str, encoding: &str) -> String {
    let body =
        envelope("GetUsersProperties", &format!("<userId>4</userId><requestedValues><string>{key}</string></requestedValues>"));
    String::from_utf8(body).unwrap().replacen("utf-8", encoding, 1)
}

#[test]
fn the_mark_the_charset_and_the_declaration_tell_the_encoding_in_this_order() {
    let desk = Desk::open();
    let utf16 = |text: &str, mark: &[u8], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        [mark, &text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>()].concat()
    };
    let single = |text: &str, letter: char, byte: u8| -> Vec<u8> {
        text.chars().map(|c| if c == letter { byte } else { u8::try_from(c).unwrap() }).collect()
    };
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("; charset=iso-8859-1", utf16(&asking("é☃", "utf-8"), &[0xFF, 0xFE], u16::to_le_bytes), "é☃"),
        ("", utf16(&asking("é☃", "utf-16"), &[0xFE, 0xFF], u16::to_be_bytes), "é☃"),
        ("; charset=utf-16", utf16(&asking("é☃😀", "utf-16"), &[], u16::to_le_bytes), "é☃😀"),
        ("; charset=\"UTF-16BE\"", utf16(&asking("é☃", "utf-8"), &[], u16::to_be_bytes), "é☃"),
        ("; charset=utf-8", asking("é☃", "iso-8859-1").into_bytes(), "é☃"),
        ("", asking("é☃", "utf-8").into_bytes(), "é☃"),
        ("", single(&asking("é", "iso-8859-1"), 'é', 0xE9), "é"),
        ("; charset=iso_8859-1:1987", single(&asking("§", "utf-8"), '§', 0x85), "\u{85}"),
        ("; charset=windows-1250", single(&asking("ł", "utf-8"), 'ł', 0xB3), "ł"),
        ("; charset=windows-1251", single(&asking("ж", "utf-8"), 'ж', 0xE6), "ж"),
        ("", single(&asking("€", "windows-1252"), '€', 0x80), "€"),
        ("; charset=windows-1253", single(&asking("λ", "utf-8"), 'λ', 0xEB), "λ"),
        ("; charset=windows-1254", single(&asking("ş", "utf-8"), 'ş', 0xFE), "ş"),
        ("; charset=windows-1255", single(&asking("א", "utf-8"), 'א', 0xE0), "א"),
        ("; charset=us-ascii", asking("plain", "us-ascii").into_bytes(), "plain"),
    ];
    for (charset, body, expected) in cases {
        let mut wire = Wire::connect(desk.address());
        let head = format!("POST {PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml{charset}\r\n");
        wire.send(&[format!("{head}Content-Length: {}\r\n\r\n", body.len()).as_bytes(), &body].concat());
        let reply = wire.reply();
        assert_eq!(reply.header("content-type"), Some("text/xml; charset=utf-8"), "{}", reply.body);
        let found = reply.all("string");
        assert_eq!(found, [format!("{expected}=")], "{charset}: {}", reply.body);
    }
}
