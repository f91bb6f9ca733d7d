//! Clients that are slow on purpose, or that never come to an end: each is ended by a limit, and others are served meanwhile.

use super::{chunked, envelope, limited};
use crate::support::{Desk, Wire, get, kept, post};
use asmxd::http::HttpLimits;
use std::time::Duration;

const SHORT: Duration = Duration::from_secs(1);
const LONG: Duration = Duration::from_secs(3600);

/// Sends a byte now and then until the server has enough, and answers all that it said.
fn drop_by_drop(mut wire: Wire, bytes: &[u8]) -> Vec<u8> {
    for byte in bytes.iter().cycle() {
        if wire.send_what_is_taken(&[*byte]).is_err() || !wire.is_silent(Duration::from_millis(20)) {
            break;
        }
    }
    wire.rest()
}

#[test]
fn a_head_that_comes_drop_by_drop_is_not_waited_for() {
    let desk = Desk::with(limited(HttpLimits { head: SHORT, idle: LONG, ..HttpLimits::default() }));
    let mut idle = Wire::connect(desk.address());
    idle.send(&get("/healthz", ""));
    assert_eq!(idle.reply().status, 200);
    let mut slow = Wire::connect(desk.address());
    slow.send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n");
    assert!(drop_by_drop(slow, b"X-A: b\r\n").is_empty(), "closed without a word");
    idle.send(&kept("GetServerName", ""));
    assert_eq!(idle.reply().code(), 0, "one that only waits may do so for longer");
}

#[test]
fn the_second_head_of_a_connection_has_its_time_as_well() {
    let desk = Desk::with(limited(HttpLimits { head: SHORT, idle: LONG, ..HttpLimits::default() }));
    let mut wire = Wire::connect(desk.address());
    for _ in 0..3 {
        wire.send(&kept("GetServerName", ""));
        assert_eq!(wire.reply().code(), 0);
        assert!(wire.is_silent(SHORT), "the time between two requests is not that of a head");
    }
    wire.send(b"GET /hea");
    assert!(wire.rest().is_empty());
}

#[test]
fn a_body_that_comes_too_slowly_is_refused_long_before_its_deadline() {
    let limits = HttpLimits { body_grace: SHORT, body_rate: 10_000, body_deadline: LONG, ..HttpLimits::default() };
    let desk = Desk::with(limited(limits));
    for head in ["Content-Length: 100000\r\n", "Transfer-Encoding: chunked\r\n"] {
        let mut wire = Wire::connect(desk.address());
        wire.send(&post(head, b""));
        let said = String::from_utf8(drop_by_drop(wire, b"1\r\nx\r\n")).unwrap();
        assert!(
            said.starts_with("HTTP/1.1 400 ") && said.contains("The body did not arrive in time: it came too slowly."),
            "{head}: {said}"
        );
        assert!(said.contains("Connection: close"), "{said}");
    }
    assert_eq!(desk.call("GetServerName", "").code(), 0);
}

#[test]
fn a_body_may_be_slow_for_a_while_and_in_pieces_as_long_as_it_comes() {
    let limits = HttpLimits { body_grace: SHORT, body_rate: 100, body_deadline: LONG, ..HttpLimits::default() };
    let desk = Desk::with(limited(limits));
    let mut wire = Wire::connect(desk.address());
    let bytes = chunked(&envelope("GetServerName", ""), 100);
    wire.send(&post("Transfer-Encoding: chunked\r\n", b""));
    for piece in bytes.chunks(120) {
        wire.send(piece);
        std::thread::sleep(Duration::from_millis(250));
    }
    assert_eq!(wire.reply().text("RequestResult"), "lab");
}

#[test]
fn chunks_without_an_end_are_taken_only_so_far() {
    let limits = HttpLimits { body: 64 * 1024, discarded: 1024 * 1024, body_deadline: LONG, ..HttpLimits::default() };
    let desk = Desk::with(limited(limits));
    let piece = [b"1000\r\n".as_slice(), &[b' '; 4096], b"\r\n"].concat();
    let mut wire = Wire::connect(desk.address());
    wire.send(&post("Transfer-Encoding: chunked\r\n", b""));
    let taken = (0..100_000).take_while(|_| wire.send_what_is_taken(&piece).is_ok()).count();
    assert!(taken < 100_000, "the server took all of it");
    assert_eq!(desk.call("GetServerName", "").code(), 0);
}

#[test]
fn large_bodies_share_their_memory_and_usual_calls_need_none_of_it() {
    let desk = Desk::with(limited(HttpLimits { bodies: 1024 * 1024, ..HttpLimits::default() }));
    let begun = post("Content-Length: 1000000\r\n", &[b' '; 500_000]);
    let mut first = Wire::connect(desk.address());
    first.send(&begun);
    assert!(first.is_silent(Duration::from_millis(300)));
    let mut second = Wire::connect(desk.address());
    second.send(&[begun.clone(), vec![b' '; 500_000]].concat());
    let reply = second.reply();
    assert_eq!((reply.status, reply.header("retry-after")), (503, Some("1")), "{}", reply.body);
    assert!(
        reply.text("faultcode").contains("Server")
            && reply.text("faultstring").contains("Too many large requests at once. Try again.")
    );
    assert_eq!(desk.call("GetServerName", "").code(), 0);
    drop(first);
    crate::support::patiently("the memory is free again", || {
        let mut wire = Wire::connect(desk.address());
        let mut body = envelope("GetServerName", "");
        body.resize(200_000, b' ');
        wire.send(&post("Content-Length: 200000\r\n", &body));
        (wire.reply().status == 200).then_some(())
    });
}
