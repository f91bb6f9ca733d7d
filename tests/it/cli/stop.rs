//! Ending: in order by a signal, or killed in the middle of everything. What was answered is there afterwards.

use super::{Place, Program, SECRET, enter, serve};
use crate::support::{Wire, kept_as, newcomer, patiently};
use std::net::SocketAddr;
use std::sync::Mutex;

/// Clients that make people at once.
const CLIENTS: usize = 4;

/// What was answered: names and ids.
type Answered = Mutex<Vec<(String, i32)>>;

/// Makes people on one connection until it ends.
fn make_people(address: SocketAddr, prefix: &str, answered: &Answered) {
    let mut wire = Wire::connect(address);
    for number in 0.. {
        let name = format!("{prefix}-{number}");
        if wire.send_what_is_taken(&kept_as("admin", SECRET, "CreateUser2", &newcomer(&name))).is_err() {
            return;
        }
        let Some(reply) = wire.reply_if_any() else { return };
        assert_eq!(reply.code(), 0, "{}", reply.body);
        answered.lock().unwrap().push((name, reply.text("UserID").parse().unwrap()));
    }
}

/// Lets clients make people until `enough` were made, then ends the server; answers what was answered.
fn end_under_load(program: Program, prefix: &str, enough: usize, end: impl FnOnce(Program)) -> Vec<(String, i32)> {
    let answered = Answered::default();
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (answered, address) = (&answered, program.address());
            scope.spawn(move || make_people(address, &format!("{prefix}-{client}"), answered));
        }
        patiently("enough people are made", || (answered.lock().unwrap().len() >= enough).then_some(()));
        end(program);
    });
    answered.into_inner().unwrap()
}

/// Fails unless everybody is there under the id that was answered, ids are dense and the file is sound.
fn assert_all_there(place: &Place, answered: &[(String, i32)]) {
    let sql = rusqlite::Connection::open(place.path("asmxd.db")).unwrap();
    for (name, id) in answered {
        let found: Option<i32> =
            sql.query_row("SELECT max(id) FROM users WHERE username = ?1", [name], |row| row.get(0)).unwrap();
        assert_eq!(found, Some(*id), "{name} was answered and is gone");
    }
    let (highest, people): (i64, i64) =
        sql.query_row("SELECT max(id), count(*) FROM users", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(highest, people, "ids are dense");
    let sound: String = sql.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
}

fn log_length(place: &Place) -> u64 {
    std::fs::metadata(place.path("asmxd.db-wal")).map_or(0, |log| log.len())
}

#[test]
fn a_server_that_is_told_to_stop_ends_well_and_leaves_no_log_behind() {
    for signal in ["TERM", "INT"] {
        let place = Place::new();
        let program = serve(&place, &[]);
        let mut wire = Wire::connect(program.address());
        wire.send(&kept_as("admin", SECRET, "CreateUser2", &newcomer("somebody")));
        assert_eq!(wire.reply().text("UserID"), "3");
        program.signal(signal);
        let ended = program.ended();
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        assert!(ended.err.contains("stopped"), "{}", ended.err);
        assert_eq!(log_length(&place), 0, "the log was copied back");
        let program = serve(&place, &[]);
        assert_all_there(&place, &[("somebody".to_owned(), 3)]);
        assert_eq!(enter(&program, "somebody", "long enough"), 2, "known, but no employee");
    }
}

#[test]
fn a_server_that_is_told_to_stop_under_load_keeps_all_that_it_answered_and_leaves_no_log_behind() {
    let place = Place::new();
    let mut answered = Vec::new();
    for round in 0..5 {
        answered.extend(end_under_load(serve(&place, &[]), &format!("round-{round}"), 20, |program| {
            let ended = program.terminate();
            assert_eq!(ended.code, Some(0), "{}", ended.err);
        }));
        assert_eq!(log_length(&place), 0, "the log was copied back");
        assert_all_there(&place, &answered);
    }
}

#[test]
fn a_server_that_is_killed_again_and_again_has_everybody_whom_it_answered() {
    let place = Place::new();
    let mut answered = Vec::new();
    for round in 0..10 {
        let program = serve(&place, &[]);
        let enough = 10 + 7 * round;
        answered.extend(end_under_load(program, &format!("round-{round}"), enough, |program| {
            assert_eq!(program.kill().code, None, "ended by the signal");
        }));
        let program = serve(&place, &[]);
        assert_all_there(&place, &answered);
        assert_eq!(enter(&program, "admin", SECRET), 0);
        assert_eq!(program.kill().code, None);
    }
    assert!(answered.len() >= 400, "{}", answered.len());
}
