//! Bodies: announced, chunked, compressed; too large, too slow, broken off.

use super::{chunked, envelope, limited};
use crate::support::{Desk, Reply, Wire, newcomer, post};
use asmxd::http::HttpLimits;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::time::Duration;

const LIMIT: usize = 64 * 1024;

/// A desk that takes bodies of up to [`LIMIT`] bytes.
fn small() -> Desk {
    Desk::with(limited(HttpLimits { body: LIMIT, ..HttpLimits::default() }))
}

/// A call that is exactly so many bytes long, by white space at its end.
fn of_length(length: usize) -> Vec<u8> {
    let mut body = envelope("GetServerName", "");
    assert!(body.len() <= length);
    body.resize(length, b' ');
    body
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn announced(headers: &str, body: &[u8]) -> Vec<u8> {
    post(&format!("{headers}Content-Length: {}\r\n", body.len()), body)
}

/// Refused with this status and a fault that is the caller's, on a connection that ends with the answer.
fn assert_refused(reply: &Reply, status: u16, text: &str) {
    assert_eq!(reply.status, status, "{}", reply.body);
    assert_eq!(reply.text("faultcode"), "soap:Client");
    assert!(reply.text("faultstring").contains(text), "{}", reply.body);
    assert_eq!(reply.header("connection"), Some("close"));
}

#[test]
fn a_client_that_waits_to_be_told_to_continue_is_told() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    for expected in ["6", "7"] {
        let body = envelope("CreateUser2", &newcomer(&format!("person-{expected}")));
        wire.send(&post(&format!("Expect: 100-continue\r\nContent-Length: {}\r\n", body.len()), b""));
        assert_eq!(wire.reply().status, 100);
        wire.send(&body);
        assert_eq!(wire.reply().text("UserID"), expected);
    }
}

#[test]
fn a_client_that_does_not_wait_to_be_told_is_answered_too() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    wire.send(&announced("Expect: 100-continue\r\n", &envelope("GetServerName", "")));
    let first = wire.reply();
    let reply = if first.status == 100 { wire.reply() } else { first };
    assert_eq!(reply.text("RequestResult"), "lab");
}

#[test]
fn a_chunked_body_is_read_and_the_connection_goes_on() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    let body = envelope("GetServerName", "");
    for size in [1, 7, 4096] {
        wire.send(&post("Transfer-Encoding: chunked\r\n", &chunked(&body, size)));
        assert_eq!(wire.reply().text("RequestResult"), "lab");
    }
    let with_trailer = [&chunked(&body, 100)[..chunked(&body, 100).len() - 2], b"X-Sum: 1\r\n\r\n"].concat();
    wire.send(&post("Transfer-Encoding: chunked\r\n", &with_trailer));
    assert_eq!(wire.reply().text("RequestResult"), "lab");
}

#[test]
fn a_body_of_just_the_limit_is_taken_and_one_byte_more_is_refused() {
    let desk = small();
    for as_sent in [|body: &[u8]| announced("", body), |body: &[u8]| post("Transfer-Encoding: chunked\r\n", &chunked(body, 1000))]
    {
        let mut wire = Wire::connect(desk.address());
        wire.send(&as_sent(&of_length(LIMIT)));
        assert_eq!(wire.reply().text("RequestResult"), "lab");
        wire.send(&as_sent(&of_length(LIMIT + 1)));
        assert_refused(&wire.reply(), 413, "Maximum request length exceeded.");
        assert!(wire.rest().is_empty());
    }
}

#[test]
fn a_client_that_sends_all_of_a_huge_body_before_it_reads_is_told_that_it_is_too_large() {
    let desk = small();
    let body = of_length(64 * LIMIT);
    for request in [announced("", &body), post("Transfer-Encoding: chunked\r\n", &chunked(&body, 8192))] {
        let mut wire = Wire::connect(desk.address());
        wire.send(&request);
        assert_refused(&wire.reply(), 413, "Maximum request length exceeded.");
    }
}

#[test]
fn a_client_that_waits_with_a_body_that_is_too_large_is_refused_before_it_sends() {
    let desk = small();
    let mut wire = Wire::connect(desk.address());
    wire.send(&post("Expect: 100-continue\r\nContent-Length: 1000000000\r\n", b""));
    assert_refused(&wire.reply(), 413, "Maximum request length exceeded.");
    assert!(wire.rest().is_empty());
}

#[test]
fn a_body_that_does_not_arrive_in_time_is_refused() {
    let desk = Desk::with(limited(HttpLimits { body_deadline: Duration::from_secs(1), ..HttpLimits::default() }));
    let body = envelope("GetServerName", "");
    let mut wire = Wire::connect(desk.address());
    wire.send(&announced("", &body)[..body.len()]);
    assert_refused(&wire.reply(), 400, "The body did not arrive in time.");
    assert!(wire.rest().is_empty());
}

#[test]
fn a_body_that_breaks_off_is_refused_and_nothing_is_done() {
    let desk = Desk::open();
    let before = desk.dump();
    let body = envelope("CreateUser2", &newcomer("nobody"));
    let whole = announced("", &body);
    let cut = &chunked(&body, 100)[..400];
    for request in [whole[..whole.len() - 1].to_vec(), post("Transfer-Encoding: chunked\r\n", cut)] {
        let mut wire = Wire::connect(desk.address());
        wire.send(&request);
        wire.end_sending();
        assert_refused(&wire.reply(), 400, "broke off");
        assert!(wire.rest().is_empty());
    }
    let mut wire = Wire::connect(desk.address());
    wire.send(&post("Transfer-Encoding: chunked\r\n", b"no number\r\n"));
    assert_refused(&wire.reply(), 400, "broke off");
    assert_eq!(desk.dump(), before);
}

#[test]
fn a_compressed_body_is_inflated() {
    let desk = Desk::open();
    let mut wire = Wire::connect(desk.address());
    let body = gzip(&envelope("GetServerName", ""));
    for name in ["gzip", "GZIP", "x-gzip"] {
        wire.send(&announced(&format!("Content-Encoding: {name}\r\n"), &body));
        assert_eq!(wire.reply().text("RequestResult"), "lab");
    }
    wire.send(&post("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", &chunked(&body, 10)));
    let reply = wire.reply();
    assert_eq!((reply.text("RequestResult").as_str(), reply.header("content-encoding")), ("lab", None));
}

#[test]
fn a_compressed_body_is_held_to_the_limit_once_inflated() {
    let desk = small();
    let mut wire = Wire::connect(desk.address());
    wire.send(&announced("Content-Encoding: gzip\r\n", &gzip(&of_length(LIMIT))));
    assert_eq!(wire.reply().text("RequestResult"), "lab");
    let bomb = gzip(&of_length(500 * LIMIT));
    assert!(bomb.len() < LIMIT, "small as it is sent");
    wire.send(&announced("Content-Encoding: gzip\r\n", &bomb));
    assert_refused(&wire.reply(), 413, "Maximum request length exceeded.");
}

#[test]
fn an_unknown_or_false_content_encoding_is_refused() {
    let desk = Desk::open();
    let plain = envelope("GetServerName", "");
    let mut broken = gzip(&plain);
    broken.truncate(broken.len() - 10);
    for (encoding, body, status, text) in [
        ("br", &plain, 415, "content encoding is unknown"),
        ("gzip, gzip", &plain, 415, "content encoding is unknown"),
        ("gzip", &plain, 400, "not what its content encoding says"),
        ("gzip", &broken, 400, "not what its content encoding says"),
    ] {
        let mut wire = Wire::connect(desk.address());
        wire.send(&announced(&format!("Content-Encoding: {encoding}\r\n"), body));
        assert_refused(&wire.reply(), status, text);
    }
}
