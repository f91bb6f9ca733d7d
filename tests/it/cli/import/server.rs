//! Imports through a running server: the same rows, the same report.

use super::{CHEAP, VARIABLES, asmxd, counts, crowd, ends, people, place};
use crate::cli::serve;

#[test]
fn through_a_server_the_report_is_that_of_a_database() {
    let (local, remote) = (place(), place());
    for place in [&local, &remote] {
        crowd(place, "crowd.csv", 1..=1100);
        place.write("odd.csv", "Username,Email,Password,DisplayName\np5,,,Zoë <&> \"O'Neil\"\nnew,new@example.org,a long one,\nnew,,,\nx,nobody,short,\n");
    }
    let server = serve(&remote, &[("ASMXD_DATABASE", "asmxd.db")]);
    let address = format!("http://{}", server.address());
    for (file, further) in [
        ("crowd.csv", &[][..]),
        ("odd.csv", &["--mode", "upsert"]),
        ("odd.csv", &["--mode", "upsert", "--rehearse"]),
        ("odd.csv", &["--mode", "upsert", "--all-or-nothing"]),
    ] {
        let arguments = [&["import", file, "--report", "r.csv"][..], further].concat();
        let here = asmxd(&local, &arguments);
        let there = asmxd(&remote, &[&arguments[..], &["--server", &address]].concat());
        let what = format!("{file} {further:?}: {there:?}");
        assert_eq!((here.code, &here.out), (there.code, &there.out), "{what}");
        let report = |place: &crate::cli::Place| std::fs::read_to_string(place.path("r.csv")).unwrap();
        assert_eq!(report(&local), report(&remote), "{what}");
    }
    let exported = ends(&remote, 0, &["export", "--server", &address]);
    assert_eq!(exported, ends(&local, 0, &["export"]));
    server.terminate();
    let but_hashes = |rows: Vec<String>| rows.into_iter().filter(|row| !row.contains("$argon2")).collect::<Vec<_>>();
    assert_eq!(but_hashes(people(&local.path("asmxd.db"))), but_hashes(people(&remote.path("asmxd.db"))));
}

#[test]
fn a_database_that_a_server_holds_is_reached_through_that_server() {
    let place = place();
    crowd(&place, "people.csv", 1..=5);
    let server = serve(&place, &[("ASMXD_DATABASE", "asmxd.db")]);
    let ended = asmxd(&place, &["import", "people.csv"]);
    assert_eq!((ended.code, counts(&ended.out)), (Some(0), "5 rows: 5 created, 0 updated, 0 unchanged, 0 skipped, 0 failed"));
    assert!(ended.err.contains(&format!("importing through the server at http://{}", server.address())), "{}", ended.err);
    let template = ends(&place, 0, &["import", "--template"]);
    assert!(template.contains("CustomFields."), "{template}");
    let wrong = place.run(&["import", "people.csv"], &[CHEAP[0], CHEAP[1], ("ASMXD_ADMIN_PASSWORD", "another one")]);
    assert_eq!(wrong.code, Some(3));
    assert!(wrong.err.contains("Login failed.") && !wrong.err.contains("another one"), "{}", wrong.err);
    let nobody = place.run(&["import", "people.csv"], &CHEAP);
    assert!(nobody.code == Some(3) && nobody.err.contains("ASMXD_ADMIN_PASSWORD must hold the password of admin"), "{nobody:?}");
    server.terminate();
    let ended = asmxd(&place, &["import", "people.csv", "--mode", "upsert"]);
    assert!(ended.code == Some(0) && !ended.err.contains("through"), "{ended:?}");
}

#[test]
fn a_server_that_does_not_speak_svc_accounts_is_told_of() {
    let place = place();
    crowd(&place, "people.csv", 1..=2);
    let server = serve(&place, &[("ASMXD_DATABASE", "asmxd.db")]);
    let address = format!("http://{}/elsewhere", server.address());
    let ended = asmxd(&place, &["import", "people.csv", "--server", &address]);
    assert_eq!(ended.code, Some(3));
    assert!(ended.err.contains("status 404"), "{}", ended.err);
}

#[test]
fn a_file_that_is_larger_than_a_call_comes_through_a_server_in_parts_that_fit() {
    let place = place();
    let signature = "x".repeat(9_000);
    let rows: String = (1..=1500).map(|number| format!("p{number},p{number}@example.org,true,Agent,{signature}\n")).collect();
    place.write("large.csv", &format!("Username,Email,ForcePasswordChange,Roles,PortalSignature\n{rows}"));
    let server = serve(&place, &[("ASMXD_DATABASE", "asmxd.db")]);
    let ended = place.run(&["import", "large.csv", "--chunk", "1000"], &VARIABLES);
    assert_eq!(
        (ended.code, counts(&ended.out)),
        (Some(0), "1500 rows: 1500 created, 0 updated, 0 unchanged, 0 skipped, 0 failed"),
        "{}",
        ended.err
    );
    let before = ends(&place, 0, &["export"]);
    place.write(
        "some.csv",
        &std::fs::read_to_string(place.path("large.csv")).unwrap().lines().take(900).collect::<Vec<_>>().join("\n"),
    );
    let refused = asmxd(&place, &["import", "some.csv", "--mode", "upsert", "--empty", "clear", "--all-or-nothing"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("at most 1,000 rows and some 2 MB"), "{}", refused.err);
    let rehearsed = ends(&place, 0, &["import", "some.csv", "--mode", "upsert", "--rehearse"]);
    assert_eq!(counts(&rehearsed), "899 rows: 0 created, 0 updated, 899 unchanged, 0 skipped, 0 failed");
    assert_eq!(ends(&place, 0, &["export"]), before);
    server.terminate();
}
