//! A disk that is full, cannot be written or cannot sync, under a server at work: code 9 for what cannot be done, answers for
//! everything else, and as soon as the disk works again, so does the server.

use super::disk::{Disk, Faulty};
use super::load::Load;
use super::state::inspect;
use super::{create, seed};
use crate::cli::program::{Ended, Program};
use crate::cli::{SECRET, call};
use crate::support::{Wire, get};
use std::time::Duration;

/// For how long clients work in good times, and in bad ones.
const WHILE: Duration = Duration::from_millis(150);

fn code(program: &Program, operation: &str, parameters: &str) -> i32 {
    call(program, "admin", SECRET, operation, parameters).code()
}

/// Fails unless what only reads is answered, and a login that cannot be noted is none the less right.
fn assert_reads_go_on(program: &Program) {
    assert_eq!(code(program, "GetAllAgents", ""), 0);
    assert_eq!(code(program, "ValidateAgent", ""), 0);
    let properties = "<userId>2</userId><requestedValues><string>DisplayName</string></requestedValues>";
    assert_eq!(code(program, "GetUsersProperties", properties), 0);
    let mut wire = Wire::connect(program.address());
    wire.send(&get("/healthz", ""));
    assert_eq!(wire.reply().status, 200);
}

/// Clients work, the disk fails under them, and works again; answers how the server ended.
fn through(trouble: Disk) -> Ended {
    let seed = seed();
    let disk = Faulty::switched();
    let program = disk.serve();
    let mut load = Load::new(seed, false);
    let pause = || std::thread::sleep(WHILE);
    assert_eq!(load.during(&program, pause), [0; 0]);
    for _ in 0..2 {
        let refused = load.during(&program, || {
            pause();
            disk.switch(trouble);
            assert_reads_go_on(&program);
            pause();
            assert_eq!(create(&program, "unlucky"), 9);
        });
        assert!(!refused.is_empty() && refused.iter().all(|code| *code == 9), "FAULTS_SEED={seed}: {refused:?}");
        assert_reads_go_on(&program);
        disk.switch(Disk::Works);
        assert_eq!(load.during(&program, pause), [0; 0], "FAULTS_SEED={seed}: refused by a disk that works");
        load.check_and_adopt(&disk.database(), 0).unwrap_or_else(|wrong| panic!("FAULTS_SEED={seed}: {wrong}"));
    }
    assert_eq!(create(&program, "unlucky"), 0);
    let ended = program.terminate();
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    load.check(&disk.database(), 0).unwrap_or_else(|wrong| panic!("FAULTS_SEED={seed}: {wrong}"));
    ended
}

/// Fails unless the log says for calls that the store is not available, and why.
fn assert_logged(ended: &Ended, reason: &str) {
    let told = |line: &str| line.contains("WARN") && line.contains("the store is not available") && line.contains("CreateUser2");
    let lines: Vec<_> = ended.err.lines().filter(|line| told(line)).collect();
    assert!(!lines.is_empty() && lines.iter().all(|line| line.contains(reason)), "{}", ended.err);
    assert!(!ended.err.contains("ERROR") && !ended.err.contains("panicked"), "{}", ended.err);
}

#[test]
fn a_full_disk_refuses_changes_until_there_is_room_again() {
    assert_logged(&through(Disk::IsFull), "database or disk is full");
}

#[test]
fn a_disk_that_takes_no_writes_refuses_changes_until_it_takes_them_again() {
    assert_logged(&through(Disk::IsReadOnly), "disk I/O error");
}

#[test]
fn a_disk_that_cannot_sync_refuses_changes_until_it_syncs_again() {
    assert_logged(&through(Disk::CannotSync), "disk I/O error");
}

#[test]
fn of_a_change_whose_sync_failed_all_or_nothing_is_there_after_a_kill() {
    let disk = Faulty::switched();
    let program = disk.serve();
    assert_eq!(create(&program, "kept"), 0);
    disk.switch(Disk::CannotSync);
    assert_eq!(create(&program, "refused"), 9);
    program.kill();
    disk.switch(Disk::Works);
    let program = disk.serve();
    let people = inspect(&disk.database()).unwrap();
    assert!(people.contains_key("kept"));
    assert_eq!(create(&program, "refused"), if people.contains_key("refused") { 4 } else { 0 });
}

#[test]
fn a_server_that_starts_on_a_disk_that_fails_says_so_in_a_sentence_and_starts_when_it_works_again() {
    for (trouble, reason) in [(Disk::IsFull, "full"), (Disk::IsReadOnly, "ead-only"), (Disk::CannotSync, "disk I/O error")] {
        let disk = Faulty::switched();
        disk.switch(trouble);
        let ended = Ended::of(&mut disk.server());
        assert_eq!((ended.code, ended.out.as_str()), (Some(3), ""), "{trouble:?}: {}", ended.err);
        let sentence = |line: &str| line.starts_with("asmxd: ") && line.contains("asmxd.db") && line.contains(reason);
        assert!(ended.err.lines().any(sentence) && !ended.err.contains("panicked"), "{trouble:?}: {}", ended.err);
        disk.switch(Disk::Works);
        assert_eq!(code(&disk.serve(), "GetServerName", ""), 0);
    }
}
