//! Limits of connections: their number, and how long they may say nothing.

use super::limited;
use crate::support::{Desk, Held, PATH, Wire, get, kept};
use asmxd::http::HttpLimits;
use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

const SHORT: Duration = Duration::from_secs(1);

/// A desk that closes connections that say nothing for a second.
fn impatient() -> Desk {
    Desk::with(limited(HttpLimits { idle: SHORT, ..HttpLimits::default() }))
}

#[test]
fn a_connection_that_says_nothing_is_closed() {
    let desk = impatient();
    let silent = Wire::connect(desk.address());
    let mut kept_open = Wire::connect(desk.address());
    kept_open.send(&get("/healthz", ""));
    assert_eq!(kept_open.reply().status, 200);
    let mut begun = Wire::connect(desk.address());
    begun.send(b"GET /healthz HTTP/1.1\r\nHost: local");
    for wire in [silent, kept_open, begun] {
        assert!(wire.rest().is_empty(), "closed without a word");
    }
    assert_eq!(desk.call("GetServerName", "").code(), 0);
}

#[test]
fn a_call_that_takes_longer_than_a_connection_may_be_silent_is_answered() {
    let desk = impatient();
    let mut wire = Wire::connect(desk.address());
    let held = Held::writer(desk.store());
    wire.send(&kept("AddRole", "<roleName>patient</roleName><isEmployeeRole>true</isEmployeeRole>"));
    assert!(wire.is_silent(2 * SHORT));
    held.release().unwrap();
    assert_eq!(wire.reply().code(), 0);
}

#[test]
fn connections_over_the_limit_wait_and_do_not_fail() {
    let desk = Desk::with(limited(HttpLimits { connections: 2, ..HttpLimits::default() }));
    let mut wires: Vec<Wire> = (0..2).map(|_| Wire::connect(desk.address())).collect();
    for wire in &mut wires {
        wire.send(&kept("GetServerName", ""));
        assert_eq!(wire.reply().code(), 0);
    }
    let mut third = Wire::connect(desk.address());
    third.send(&kept("GetServerName", ""));
    assert!(third.is_silent(Duration::from_millis(300)), "it waits");
    wires[1].send(&kept("GetServerName", ""));
    assert_eq!(wires[1].reply().code(), 0, "who is in is served");
    drop(wires.remove(0));
    assert_eq!(third.reply().text("RequestResult"), "lab");
}

#[test]
fn a_client_that_does_not_read_is_cut_and_the_next_one_is_served() {
    let desk = Desk::with(limited(HttpLimits { write: SHORT, connections: 1, ..HttpLimits::default() }));
    let mut greedy = TcpStream::connect(desk.address()).unwrap();
    greedy.set_write_timeout(Some(Duration::from_secs(2))).unwrap();
    let request = format!("GET {PATH}?wsdl HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(200);
    // It may be cut while it still asks.
    let _ = greedy.write_all(request.as_bytes());
    let reply = desk.send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!((reply.status, reply.body.as_str()), (200, "ok\n"));
}
