//! Another process holds a lock on the database: a backup, or somebody with a tool.

use super::create;
use crate::cli::program::{Place, Program};
use crate::cli::{SECRET, call, serve};
use std::time::Duration;

fn read(program: &Program) -> i32 {
    call(program, "admin", SECRET, "GetAllAgents", "").code()
}

#[test]
fn behind_a_lock_a_change_waits_then_is_refused_and_reads_go_on() {
    let place = Place::new();
    let program = serve(&place, &[]);
    assert_eq!(create(&program, "before"), 0);
    let outside = rusqlite::Connection::open(place.path("asmxd.db")).unwrap();
    outside.execute_batch("BEGIN EXCLUSIVE").unwrap();
    std::thread::scope(|scope| {
        let program = &program;
        let create_there = |name| scope.spawn(move || create(program, name));
        // All of them together wait as long as one does.
        let refused = ["a", "b", "c"].map(create_there);
        assert_eq!(read(program), 0);
        assert!(refused.into_iter().all(|call| call.join().unwrap() == 9));
        assert_eq!(read(program), 0);
        let waiting = create_there("patient");
        std::thread::sleep(Duration::from_millis(300));
        outside.execute_batch("ROLLBACK").unwrap();
        assert_eq!(waiting.join().unwrap(), 0, "the lock went while it waited");
    });
    assert_eq!(create(&program, "after"), 0);
    let ended = program.terminate();
    assert!(ended.err.contains("the store is not available") && ended.err.contains("database is locked"), "{}", ended.err);
    let names = "SELECT group_concat(username) FROM (SELECT username FROM users WHERE id > 2 ORDER BY id)";
    let names: String = outside.query_row(names, [], |row| row.get(0)).unwrap();
    assert_eq!(names, "before,patient,after");
}
