//! More than can be done: what does not fit is refused by the right status or code, memory stays within its bound, what is answered is
//! right, and afterwards everything is as before. How fast all this is, `benches/overload.sh` tells.

mod flood;

use crate::support::{ADMIN, Desk, Held, PASSWORD, Wire, cheap, kept, kept_as, newcomer, patiently};
use asmxd::domain::password::Cost;
use flood::{Answers, flood};
use std::time::Duration;

/// Hashing that takes a thread some milliseconds in a test's build as well.
const DEAR: Cost = Cost { memory_kib: 4096, iterations: 2 };

#[test]
fn a_flood_of_reads_is_answered_rightly_or_turned_away_and_then_all_is_as_before() {
    let mut config = cheap();
    config.http.connections_per_client = 40;
    config.http.rest = Duration::ZERO;
    config.http.connections = 60;
    let desk = Desk::with(config);
    assert_eq!(desk.call("GetServerName", "").code(), 0);
    let Answers { done, shed, others, .. } = flood(desk.address(), 100, 10, |_, _| kept("GetServerName", ""));
    assert_eq!(others, Vec::<String>::new());
    assert!(done > 0 && done + shed <= 1000);
    let mut wire = Wire::connect(desk.address());
    wire.send(&kept("GetServerName", ""));
    assert_eq!(wire.reply().text("RequestResult"), "lab");
}

#[test]
fn more_creates_than_can_wait_are_refused_by_code_9_and_those_done_are_there_and_no_others() {
    let mut config = cheap();
    (config.hashers, config.hasher_queue, config.cost) = (1, 4, DEAR);
    let desk = Desk::with(config);
    assert_eq!(desk.call("GetServerName", "").code(), 0);
    let name = |thread: usize, number: usize| format!("person-{thread}-{number}");
    let answers = flood(desk.address(), 24, 2, |thread, number| kept("CreateUser2", &newcomer(&name(thread, number))));
    assert_eq!(answers.others, Vec::<String>::new());
    assert!(answers.done > 0 && answers.busy > 0, "{answers:?}");
    let there =
        |thread: usize, number: usize| desk.store().view(|read| read.user_id_by_name(&name(thread, number))).unwrap().is_some();
    let found =
        (0..24).flat_map(|thread| (0..2).map(move |number| (thread, number))).filter(|&(thread, number)| there(thread, number));
    assert_eq!(found.count(), answers.done, "who was told 9 was not made, and who was told 0 was");
    assert_eq!(desk.call("CreateUser2", &newcomer("afterwards")).code(), 0);
}

#[test]
fn more_changes_than_the_writer_can_take_are_refused_by_code_9_and_the_rest_is_done_when_it_goes_on() {
    let mut config = cheap();
    config.tuning.queue = 8;
    let desk = Desk::with(config);
    assert_eq!(desk.call("GetServerName", "").code(), 0);
    let held = Held::writer(desk.store());
    let role = |number: usize| format!("<roleName>role {number}</roleName><isEmployeeRole>true</isEmployeeRole>");
    let mut wires: Vec<Wire> = (0..20).map(|_| Wire::connect(desk.address())).collect();
    for (number, wire) in wires.iter_mut().enumerate() {
        wire.send(&kept("AddRole", &role(number)));
    }
    let refused = patiently("some are refused while the writer stands still", || {
        let refused = wires.iter().filter(|wire| !wire.is_silent(Duration::from_millis(20))).count();
        (refused > 0).then_some(refused)
    });
    held.release().unwrap();
    let codes: Vec<i32> = wires.iter_mut().map(|wire| wire.reply().code()).collect();
    let done = codes.iter().filter(|code| **code == 0).count();
    assert!(refused <= codes.len() - done && done >= 8, "{codes:?}");
    assert!(codes.iter().all(|code| matches!(code, 0 | 9)), "{codes:?}");
    assert_eq!(desk.call("GetAllRoles", "").all("RoleName").len(), 7 + done);
}

#[test]
fn new_and_remembered_logins_get_through_a_flood_of_wrong_passwords_and_nobody_learns_more_than_before() {
    let mut config = cheap();
    (config.hashers, config.hasher_queue, config.cost) = (2, 16, DEAR);
    let desk = Desk::with(config);
    assert_eq!(desk.call("GetServerName", "").code(), 0);
    for number in 0..5 {
        assert_eq!(desk.call("CreateUser2", &newcomer(&format!("new-{number}"))).code(), 0);
    }
    std::thread::scope(|scope| {
        let flooding = scope.spawn(|| {
            flood(desk.address(), 60, 4, |thread, number| match thread % 2 {
                0 => kept_as(ADMIN, &format!("wrong {number}"), "GetServerName", ""),
                _ => kept_as(&format!("nobody-{thread}-{number}"), PASSWORD, "GetServerName", ""),
            })
        });
        for number in 0..5 {
            // No employee: code 2 tells that the login was right.
            let login = || desk.call_as(&format!("new-{number}"), "long enough", "GetServerName", "").code();
            patiently("a new login gets through", || (login() == 2).then_some(()));
            assert_eq!(desk.call("GetServerName", "").code(), 0, "a remembered one needs no hasher");
        }
        let answers = flooding.join().unwrap();
        assert_eq!((answers.done, answers.others.len()), (0, 0), "{answers:?}");
        assert!(answers.denied > 0);
    });
}
