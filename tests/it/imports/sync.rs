//! The end of a sync: who is missing is disabled or removed, within the safeguard, and never the caller or the last administrator.

use super::{columns, import, results, rows, seeded};
use crate::support::Desk;

/// Everybody of the desk but those left out.
fn all_but(left_out: &[&str]) -> Vec<[&'static str; 1]> {
    let everybody = ["admin", "agent", "probe-ex-fix", "customer", "manager", "second"];
    everybody.into_iter().filter(|name| !left_out.contains(name)).map(|name| [name]).collect()
}

fn sync(desk: &Desk, present: &[[&'static str; 1]], options: &str) -> crate::support::Reply {
    let present: Vec<&[&str]> = present.iter().map(<[&str; 1]>::as_slice).collect();
    let parameters = format!("{}{}<mode>Sync</mode><options>{options}</options>", columns(&["Username"]), rows(&present));
    desk.accounts("ImportUsers", &parameters)
}

fn enabled(desk: &Desk, name: &str) -> String {
    desk.accounts("GetUserByUsername", &format!("<username>{name}</username>")).text("Enabled")
}

#[test]
fn a_scope_must_be_named_for_a_sync_and_for_nothing_else() {
    let desk = seeded();
    let reply = sync(&desk, &all_but(&[]), "");
    assert_eq!((reply.code(), reply.text("Field")), (5, "Scope".to_owned()));
    let parameters = format!("{}<mode>Upsert</mode><options><Scope>All</Scope></options>", columns(&["Username"]));
    assert_eq!(desk.accounts("StartImport", &parameters).code(), 5);
}

#[test]
fn those_who_are_missing_are_disabled_or_removed_within_the_scope() {
    let desk = seeded();
    let reply = sync(&desk, &all_but(&["customer", "second"]), "<Scope>Users</Scope><MostMissing>100</MostMissing>");
    assert_eq!(results(&reply), ["Unchanged", "Unchanged", "Unchanged", "Unchanged", "Disabled"]);
    assert_eq!((enabled(&desk, "customer"), enabled(&desk, "second")), ("false".to_owned(), "true".to_owned()));
    let reply = sync(&desk, &all_but(&["customer"]), "<Scope>All</Scope><MostMissing>0</MostMissing>");
    assert_eq!(results(&reply), ["Unchanged"; 5], "who is disabled already is not missing");
    let reply = sync(&desk, &all_but(&["customer"]), "<Scope>All</Scope><Missing>Remove</Missing><MostMissing>100</MostMissing>");
    assert_eq!(reply.text("Removed"), "1");
    assert_eq!(desk.accounts("GetUserByUsername", "<username>customer</username>").code(), 3);
}

#[test]
fn if_too_many_are_missing_nobody_is_touched() {
    let desk = seeded();
    let before = desk.dump();
    let reply = sync(&desk, &all_but(&["customer", "second"]), "<Scope>All</Scope><MostMissing>33</MostMissing>");
    let message = "mostMissing: 2 of 6 people are in no row, and at most 33 per cent may be; nobody was disabled or removed.";
    assert_eq!((reply.code(), reply.text("Message").as_str()), (6, message));
    assert_eq!(desk.dump(), before);
    assert_eq!(
        sync(&desk, &all_but(&["customer", "second"]), "<Scope>All</Scope><MostMissing>34</MostMissing>").text("Disabled"),
        "2"
    );
}

#[test]
fn whoever_calls_is_never_among_the_missing() {
    let desk = seeded();
    let reply = sync(&desk, &all_but(&["admin"]), "<Scope>All</Scope><MostMissing>0</MostMissing>");
    assert_eq!((reply.code(), reply.text("Disabled").as_str()), (0, "0"), "{}", reply.body);
    assert_eq!(enabled(&desk, "admin"), "true");
}

#[test]
fn a_row_that_fails_keeps_everybody() {
    let desk = seeded();
    let names = ["Username", "EmailAddress"];
    let options = "<options><Scope>All</Scope><MostMissing>100</MostMissing></options>";
    let reply = import(&desk, "Sync", &names, &[&["admin", ""], &["agent", "nobody"]], options);
    assert_eq!((reply.text("Disabled"), reply.text("State")), ("0".to_owned(), "Finished".to_owned()));
    assert!(reply.text("Notice").contains("nobody was disabled or removed"), "{}", reply.body);
    assert_eq!(enabled(&desk, "customer"), "true");
}

#[test]
fn a_large_sync_ends_in_steps_and_can_be_let_through_with_another_share() {
    let desk = seeded();
    let mut names = Vec::new();
    for part in 0..2 {
        let people: Vec<[String; 3]> = (0..600)
            .map(|number| [format!("p{part}-{number}"), format!("p{part}-{number}@example.org"), "true".to_owned()])
            .collect();
        let people: Vec<Vec<&str>> = people.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let values: Vec<&[&str]> = people.iter().map(Vec::as_slice).collect();
        import(&desk, "Create", &["Username", "EmailAddress", "ForcePasswordChange"], &values, "");
        names.push(values.len());
    }
    let start = format!("{}<mode>Sync</mode><options><Scope>Users</Scope></options>", columns(&["Username"]));
    let id = desk.accounts("StartImport", &start).text("ImportId");
    let append = format!("<importId>{id}</importId><firstRow>1</firstRow>{}", rows(&[&["customer"]]));
    assert_eq!(results(&desk.accounts("AppendImport", &append)), ["Unchanged"]);
    let finish = |rest: &str| desk.accounts("FinishImport", &format!("<importId>{id}</importId>{rest}"));
    assert_eq!(finish("").text("Field"), "mostMissing");
    let mut steps = 0;
    while finish("<mostMissing>100</mostMissing>").text("State") != "Finished" {
        steps += 1;
        assert!(steps < 10);
    }
    let report = desk.accounts("GetImport", &format!("<importId>{id}</importId><max>0</max>"));
    assert_eq!((report.text("Disabled"), steps), ("1200".to_owned(), 3));
    assert_eq!((enabled(&desk, "p1-599"), enabled(&desk, "customer")), ("false".to_owned(), "true".to_owned()));
}
