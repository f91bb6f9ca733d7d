//! Who goes and when: clients that leave in the middle of a call, and a server that is told to stop (R9).

use super::{envelope, limited};
use crate::support::{Desk, Held, Wire, get, kept, newcomer, patiently, post};
use asmxd::domain::ids::UserId;
use asmxd::http::HttpLimits;
use std::time::Duration;

fn person(desk: &Desk, name: &str) -> Option<UserId> {
    desk.store().view(|read| read.user_id_by_name(name)).unwrap()
}

/// A connection on which a call of CreateUser2 is under way: the server has asked for its body and got it.
fn calling(desk: &Desk, name: &str) -> Wire {
    let mut wire = Wire::connect(desk.address());
    let body = envelope("CreateUser2", &newcomer(name));
    wire.send(&post(&format!("Expect: 100-continue\r\nContent-Length: {}\r\n", body.len()), b""));
    assert_eq!(wire.reply().status, 100);
    wire.send(&body);
    wire
}

#[test]
fn a_write_whose_client_closes_in_the_middle_is_committed() {
    let desk = Desk::open();
    let held = Held::writer(desk.store());
    drop(calling(&desk, "orphan"));
    held.release().unwrap();
    patiently("the write is committed", || person(&desk, "orphan"));
    assert_eq!(desk.call("GetServerName", "").code(), 0);
}

#[test]
fn a_write_whose_connection_is_reset_in_the_middle_is_committed() {
    let desk = Desk::open();
    let held = Held::writer(desk.store());
    let mut wire = Wire::connect(desk.address());
    wire.send(&[get("/healthz", ""), kept("CreateUser2", &newcomer("orphan"))].concat());
    // To close with an answer unread resets the connection.
    wire.await_arrival();
    drop(wire);
    held.release().unwrap();
    patiently("the write is committed", || person(&desk, "orphan"));
    assert_eq!(desk.call("GetServerName", "").code(), 0);
}

#[test]
fn a_call_that_runs_when_the_server_is_told_to_stop_is_finished_and_answered() {
    let mut desk = Desk::open();
    let held = Held::writer(desk.store());
    let mut running = calling(&desk, "last");
    let mut idle = Wire::connect(desk.address());
    idle.send(&get("/healthz", ""));
    assert_eq!(idle.reply().status, 200);
    desk.stop();
    assert!(idle.rest().is_empty(), "an idle connection is closed at once");
    held.release().unwrap();
    let reply = running.reply();
    assert_eq!((reply.status, reply.code(), reply.text("UserID").as_str()), (200, 0, "6"));
    assert_eq!(reply.header("connection"), Some("close"));
    assert!(running.rest().is_empty());
    assert_eq!(person(&desk, "last"), Some(UserId(6)));
}

#[test]
fn connections_that_say_nothing_do_not_keep_the_server_from_stopping() {
    let hour = Duration::from_secs(3600);
    let mut desk = Desk::with(limited(HttpLimits { idle: hour, drain: hour, ..HttpLimits::default() }));
    let silent = Wire::connect(desk.address());
    let mut used = Wire::connect(desk.address());
    used.send(&kept("GetServerName", ""));
    assert_eq!(used.reply().code(), 0);
    desk.stop();
    assert!(used.rest().is_empty() && silent.rest().is_empty());
}

#[test]
fn a_server_that_stops_does_not_wait_longer_than_it_may() {
    let mut desk = Desk::with(limited(HttpLimits { drain: Duration::from_secs(1), ..HttpLimits::default() }));
    let mut slow = Wire::connect(desk.address());
    slow.send(&post("Expect: 100-continue\r\nContent-Length: 100\r\n", b""));
    assert_eq!(slow.reply().status, 100, "the server waits for a body that never comes");
    desk.stop();
    assert!(slow.rest().is_empty(), "cut");
}
