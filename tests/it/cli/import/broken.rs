//! Imports that are broken off: killed at any moment or asked to stop, they are gone on with and end as if nothing had been.

use super::{ADMINISTRATOR, CHEAP, VARIABLES, asmxd, counts, crowd, ends, people, place};
use crate::cli::Place;
use std::process::Child;
use std::time::Duration;

/// A random number below `end`; what is killed when is different in every run.
fn random(end: u64) -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    RandomState::new().build_hasher().finish() % end
}

fn start(place: &Place, arguments: &[&str]) -> Child {
    place.command(arguments, &VARIABLES).spawn().unwrap()
}

/// Kills an import again and again, at moments that the time of a whole run spans, and goes on with it until it ends.
fn killed_until_done(place: &Place, arguments: &[&str]) -> u32 {
    let mut kills = 0;
    let mut resume = false;
    loop {
        let mut child = start(place, &[arguments, if resume { &["--resume"] } else { &[] }].concat());
        let patience = Duration::from_millis(15 + random(120) + u64::from(kills) * 4);
        std::thread::sleep(patience);
        let ended = child.try_wait().unwrap();
        if let Some(status) = ended {
            if status.code() == Some(0) {
                return kills;
            }
            // It was killed before it had begun.
            assert!(resume, "an import ended with {status}");
            resume = false;
            continue;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
        resume = true;
    }
}

#[test]
fn an_import_that_is_killed_at_random_moments_ends_as_one_that_was_not() {
    let (whole, broken) = (place(), place());
    for place in [&whole, &broken] {
        crowd(place, "first.csv", 100..=400);
        ends(place, 0, &["import", "first.csv"]);
        crowd(place, "people.csv", 1..=1500);
    }
    let arguments = [
        "import",
        "people.csv",
        "--mode",
        "sync",
        "--only",
        "users",
        "--yes",
        "--max-remove",
        "50%",
        "--chunk",
        "20",
        "--report",
        "r.csv",
    ];
    ends(&whole, 0, &arguments);
    let kills = killed_until_done(&broken, &arguments);
    assert!(kills > 0, "nothing was killed: the import is too short");
    let stored = |place: &Place| people(&place.path("asmxd.db"));
    assert_eq!(stored(&whole), stored(&broken), "after {kills} kills");
    let report = |place: &Place| std::fs::read_to_string(place.path("r.csv")).unwrap();
    assert_eq!(report(&whole), report(&broken), "after {kills} kills");
}

#[test]
fn an_import_through_a_server_that_is_killed_ends_as_one_that_was_not() {
    let (whole, broken) = (place(), place());
    for place in [&whole, &broken] {
        crowd(place, "people.csv", 1..=600);
    }
    ends(&whole, 0, &["import", "people.csv", "--chunk", "20"]);
    let mut resume: &[&str] = &[];
    for _ in 0..3 {
        let server = broken.serve(&["--database", "asmxd.db"], &[CHEAP[0], CHEAP[1], ADMINISTRATOR]);
        let address = format!("http://{}", server.address());
        let mut child = start(&broken, &[&["import", "people.csv", "--chunk", "20", "--server", &address][..], resume].concat());
        std::thread::sleep(Duration::from_millis(60 + random(150)));
        server.kill();
        child.kill().unwrap();
        child.wait().unwrap();
        let open = ends(&broken, 0, &["export", "--columns", "Username"]);
        resume = if open.contains("p1\r\n") { &["--resume"] } else { &[] };
    }
    ends(&broken, 0, &[&["import", "people.csv", "--chunk", "20"][..], resume].concat());
    let stored = |place: &Place| people(&place.path("asmxd.db"));
    assert_eq!(stored(&whole), stored(&broken));
}

#[test]
fn asked_to_stop_it_ends_its_chunk_and_says_how_to_go_on() {
    let place = place();
    crowd(&place, "people.csv", 1..=4000);
    let child = start(&place, &["import", "people.csv", "--chunk", "10"]);
    // Rows are taken as soon as the write-ahead log grows.
    let log = place.path("asmxd.db-wal");
    while std::fs::metadata(&log).map_or(0, |log| log.len()) < 400_000 {
        std::thread::sleep(Duration::from_millis(2));
    }
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let ended = child.wait_with_output().unwrap();
    let told = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(3), "{told}");
    assert!(told.contains("stopped after ") && told.contains(" rows; add --resume to go on"), "{told}");
    let out = ends(&place, 0, &["import", "people.csv", "--resume"]);
    assert_eq!(counts(&out), "4000 rows: 4000 created, 0 updated, 0 unchanged, 0 skipped, 0 failed");
    let again = ends(&place, 0, &["import", "people.csv", "--resume"]);
    assert_eq!(again, out, "what is finished is told of again");
    crowd(&place, "others.csv", 1..=1);
    let none = asmxd(&place, &["import", "others.csv", "--resume"]);
    assert!(none.err.contains("there is no import of others.csv to go on with"), "{}", none.err);
}

#[test]
fn a_file_that_was_changed_meanwhile_and_other_options_are_refused() {
    let place = place();
    crowd(&place, "people.csv", 1..=100);
    let text = std::fs::read_to_string(place.path("people.csv")).unwrap();
    // A sync whose end is refused stays open.
    let sync = ["import", "people.csv", "--mode", "sync", "--only", "all", "--yes", "--max-remove", "0%"];
    assert_eq!(asmxd(&place, &sync).code, Some(3));
    place.write("people.csv", &text.replace("Person 7,", "Person Seven,"));
    let changed = asmxd(&place, &[&sync[..], &["--resume"]].concat());
    assert_eq!(changed.code, Some(3));
    assert!(changed.err.contains("was changed since its import was begun"), "{}", changed.err);
    place.write("people.csv", &text);
    let trimmed = asmxd(&place, &[&sync[..], &["--resume", "--trim"]].concat());
    assert!(trimmed.err.contains("belongs to an import with other columns, options or source"), "{}", trimmed.err);
    let other = asmxd(&place, &["import", "people.csv", "--mode", "upsert", "--resume"]);
    assert_eq!(other.code, Some(3));
    assert!(other.err.contains("belongs to an import with other columns, options or source"), "{}", other.err);
}
