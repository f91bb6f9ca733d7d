//! Limits of connections: their number, and how long they may say nothing.

use super::limited;
use crate::support::{Desk, Held, PATH, Wire, get, kept, patiently};
use asmxd::config::Config;
use asmxd::http::{Addresses, HttpLimits};
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

/// A connection on which a call is under way that cannot end before the writer goes on.
fn under_way(desk: &Desk, name: &str) -> Wire {
    let mut wire = Wire::connect(desk.address());
    wire.send(&kept("AddRole", &format!("<roleName>{name}</roleName><isEmployeeRole>true</isEmployeeRole>")));
    assert!(wire.is_silent(Duration::from_millis(100)));
    wire
}

#[test]
fn over_the_limit_of_connections_who_has_waited_longest_makes_room() {
    let desk = Desk::with(limited(HttpLimits { connections: 2, rest: Duration::ZERO, ..HttpLimits::default() }));
    let mut wires: Vec<Wire> = (0..2).map(|_| Wire::connect(desk.address())).collect();
    for index in [1, 0] {
        wires[index].send(&kept("GetServerName", ""));
        assert_eq!(wires[index].reply().code(), 0);
        // The server notes that a connection waits after the answer is on its way, so on a busy machine perhaps a little later.
        std::thread::sleep(Duration::from_millis(300));
    }
    let mut third = Wire::connect(desk.address());
    third.send(&kept("GetServerName", ""));
    assert_eq!(third.reply().text("RequestResult"), "lab");
    assert!(wires.pop().unwrap().rest().is_empty(), "closed between two requests");
    wires[0].send(&kept("GetServerName", ""));
    assert_eq!(wires[0].reply().code(), 0, "the other one stays");
}

/// Asserts that a new connection is turned away as it should be, whatever it asks.
fn is_turned_away(desk: &Desk) {
    for (request, fault) in [(kept("GetServerName", ""), true), (get("/healthz", ""), false)] {
        let mut wire = Wire::connect(desk.address());
        wire.send(&request);
        let reply = wire.reply();
        assert_eq!((reply.status, reply.header("retry-after"), reply.header("connection")), (503, Some("1"), Some("close")));
        assert_eq!(reply.body.contains("<faultstring>"), fault, "{}", reply.body);
        assert!(reply.body.contains("Too many connections at once. Try again."), "{}", reply.body);
        assert!(wire.rest().is_empty());
    }
}

#[test]
fn connections_over_the_limit_are_turned_away_while_all_others_are_served() {
    let desk = Desk::with(limited(HttpLimits { connections: 2, rest: Duration::ZERO, ..HttpLimits::default() }));
    let held = Held::writer(desk.store());
    let mut busy = ["first", "second"].map(|name| under_way(&desk, name));
    is_turned_away(&desk);
    held.release().unwrap();
    for wire in &mut busy {
        assert_eq!(wire.reply().code(), 0, "nobody who is served makes room");
    }
    assert_eq!(desk.call("GetServerName", "").code(), 0, "there is room again");
}

#[test]
fn a_connection_that_was_just_answered_does_not_make_room_since_its_next_request_may_be_on_its_way() {
    let desk = Desk::with(limited(HttpLimits { connections: 1, rest: Duration::from_secs(3600), ..HttpLimits::default() }));
    let mut wire = Wire::connect(desk.address());
    for _ in 0..3 {
        wire.send(&kept("GetServerName", ""));
        assert_eq!(wire.reply().code(), 0);
        is_turned_away(&desk);
    }
}

#[test]
fn a_request_that_is_turned_away_is_not_run() {
    let desk = Desk::with(limited(HttpLimits { connections: 1, rest: Duration::from_secs(3600), ..HttpLimits::default() }));
    let mut first = Wire::connect(desk.address());
    first.send(&kept("GetServerName", ""));
    assert_eq!(first.reply().code(), 0);
    let mut second = Wire::connect(desk.address());
    second.send(&kept("AddRole", "<roleName>nobody</roleName><isEmployeeRole>true</isEmployeeRole>"));
    assert_eq!(second.reply().status, 503);
    first.send(&kept("GetAllRoles", ""));
    assert!(!first.reply().all("RoleName").contains(&"nobody".to_owned()));
}

#[test]
fn one_address_has_no_more_than_its_share_of_the_connections() {
    let limits = HttpLimits { connections_per_client: 2, rest: Duration::ZERO, ..HttpLimits::default() };
    let desk = Desk::with(limited(limits));
    let held = Held::writer(desk.store());
    let mut busy = under_way(&desk, "first");
    let idle = Wire::connect(desk.address());
    let mut third = under_way(&desk, "third");
    assert!(idle.rest().is_empty(), "its own connection that waited made room");
    is_turned_away(&desk);
    held.release().unwrap();
    assert_eq!((busy.reply().code(), third.reply().code()), (0, 0));
    let proxied = Addresses { public_url: None, trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()] };
    let desk = Desk::with(Config { addresses: proxied, ..limited(limits) });
    let mut wires: Vec<Wire> = (0..5).map(|_| Wire::connect(desk.address())).collect();
    for wire in &mut wires {
        wire.send(&get("/healthz", ""));
        assert_eq!(wire.reply().status, 200, "a proxy stands for many");
    }
}

#[test]
fn a_client_that_does_not_read_is_cut_and_the_next_one_is_served() {
    let desk = Desk::with(limited(HttpLimits { write: SHORT, connections: 1, ..HttpLimits::default() }));
    let mut greedy = TcpStream::connect(desk.address()).unwrap();
    greedy.set_write_timeout(Some(Duration::from_secs(2))).unwrap();
    let request = format!("GET {PATH}?wsdl HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(200);
    // It may be cut while it still asks.
    let _ = greedy.write_all(request.as_bytes());
    let ask = || desk.send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let reply = patiently("its place is free", || Some(ask()).filter(|reply| reply.status != 503));
    assert_eq!((reply.status, reply.body.as_str()), (200, "ok\n"));
}
