//! Imports of many calls: in order, once each, and readable afterwards.

use super::{columns, import, results, rows, seeded};
use crate::support::{Desk, Reply};

fn done(desk: &Desk, operation: &str, parameters: &str) -> Reply {
    let reply = desk.accounts(operation, parameters);
    assert_eq!(reply.code(), 0, "{operation}: {}", reply.body);
    reply
}

const NAMES: [&str; 3] = ["Username", "EmailAddress", "ForcePasswordChange"];

fn start(desk: &Desk, rest: &str) -> Reply {
    done(desk, "StartImport", &format!("{}<mode>Upsert</mode>{rest}", columns(&NAMES)))
}

/// Rows for the people with these numbers.
fn numbered(numbers: std::ops::RangeInclusive<usize>) -> String {
    let cells: Vec<[String; 3]> =
        numbers.map(|number| [format!("person-{number}"), format!("p{number}@example.org"), "true".to_owned()]).collect();
    let cells: Vec<Vec<&str>> = cells.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    rows(&cells.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

fn append(desk: &Desk, id: &str, first: usize, numbers: std::ops::RangeInclusive<usize>) -> Reply {
    desk.accounts("AppendImport", &format!("<importId>{id}</importId><firstRow>{first}</firstRow>{}", numbered(numbers)))
}

#[test]
fn rows_come_in_parts_are_taken_once_and_the_whole_report_is_there_afterwards() {
    let desk = seeded();
    let id =
        start(&desk, "<idempotencyKey>k</idempotencyKey><name>people.csv</name><fingerprint>abc</fingerprint>").text("ImportId");
    assert_eq!(results(&append(&desk, &id, 1, 1..=3)), ["Created"; 3]);
    let kept = desk.dump();
    let again = append(&desk, &id, 1, 1..=3);
    assert_eq!((results(&again), desk.dump()), (vec!["Created".to_owned(); 3], kept), "a call whose answer was lost");
    assert_eq!(results(&append(&desk, &id, 2, 2..=5)), ["Created"; 4], "two of which are new");
    let gap = append(&desk, &id, 7, 7..=7);
    assert_eq!((gap.code(), gap.text("Message").as_str()), (5, "firstRow: is 7, and the next row is 6."));
    let known = start(&desk, "<idempotencyKey>k</idempotencyKey><name>people.csv</name><fingerprint>abc</fingerprint>");
    assert_eq!((known.text("ImportId"), known.text("Rows")), (id.clone(), "5".to_owned()));
    let changed =
        format!("{}<mode>Upsert</mode><idempotencyKey>k</idempotencyKey><fingerprint>abd</fingerprint>", columns(&NAMES));
    assert_eq!(desk.accounts("StartImport", &changed).code(), 6, "the file was changed");

    let open = done(&desk, "ListImports", "<onlyOpen>true</onlyOpen>");
    assert_eq!((open.all("Name"), open.all("State")), (vec!["people.csv".to_owned()], vec!["Open".to_owned()]));
    assert_eq!(done(&desk, "FinishImport", &format!("<importId>{id}</importId>")).text("State"), "Finished");
    assert_eq!(done(&desk, "ListImports", "<onlyOpen>true</onlyOpen>").all("Name"), [""; 0]);
    assert_eq!(append(&desk, &id, 6, 6..=6).code(), 6);
    assert_eq!(results(&append(&desk, &id, 4, 4..=5)).len(), 2, "what was taken can still be asked again");

    let page =
        |after: usize| done(&desk, "GetImport", &format!("<importId>{id}</importId><afterRow>{after}</afterRow><max>3</max>"));
    let (first, second) = (page(0), page(3));
    assert_eq!(
        (first.all("Key"), first.text("HasMore")),
        (["person-1", "person-2", "person-3"].map(str::to_owned).to_vec(), "true".to_owned())
    );
    assert_eq!((second.all("Key").len(), second.text("HasMore")), (2, "false".to_owned()));
    assert_eq!(desk.accounts("GetImport", "<importId>77</importId>").code(), 3);
}

#[test]
fn of_the_same_rows_sent_twice_at_once_each_is_taken_once() {
    let desk = seeded();
    let id = start(&desk, "").text("ImportId");
    for part in 0..10 {
        let first = part * 20 + 1;
        std::thread::scope(|scope| {
            let sent: Vec<_> = (0..3).map(|_| scope.spawn(|| append(&desk, &id, first, first..=first + 19))).collect();
            for reply in sent {
                assert_eq!(results(&reply.join().unwrap()), ["Created"; 20]);
            }
        });
    }
    let report = done(&desk, "GetImport", &format!("<importId>{id}</importId><max>0</max>"));
    assert_eq!(
        (report.text("Rows"), report.text("Created"), report.text("Failed")),
        ("200".to_owned(), "200".to_owned(), "0".to_owned())
    );
}

#[test]
fn a_rehearsed_job_keeps_its_report_and_knows_the_keys_of_earlier_parts() {
    let desk = seeded();
    let before = super::people(&desk);
    let id = start(&desk, "<rehearse>true</rehearse>").text("ImportId");
    assert_eq!(results(&append(&desk, &id, 1, 1..=2)), ["Created"; 2]);
    let second = append(&desk, &id, 3, 2..=3);
    assert_eq!(results(&second), ["Failed Username: is in row 2 already.", "Created"]);
    assert_eq!(second.all("UserId"), ["0", "0"], "nobody was made");
    let update = "<rehearse>true</rehearse><options><OnDuplicate>Update</OnDuplicate></options>";
    let other = start(&desk, update).text("ImportId");
    assert_eq!(results(&append(&desk, &other, 1, 1..=2)), ["Created"; 2]);
    assert_eq!(results(&append(&desk, &other, 3, 2..=3)), ["Updated", "Created"]);
    assert_eq!(done(&desk, "FinishImport", &format!("<importId>{id}</importId>")).text("Rehearse"), "true");
    assert_eq!(super::people(&desk), before);
    assert_eq!(done(&desk, "GetImport", &format!("<importId>{id}</importId>")).all("Key").len(), 4);
}

#[test]
fn a_cancelled_import_keeps_what_was_done_and_takes_no_more() {
    let desk = seeded();
    let id = start(&desk, "").text("ImportId");
    append(&desk, &id, 1, 1..=2);
    let cancelled = done(&desk, "CancelImport", &format!("<importId>{id}</importId>"));
    assert_eq!((cancelled.text("State"), cancelled.text("Created")), ("Cancelled".to_owned(), "2".to_owned()));
    let refused = append(&desk, &id, 3, 3..=3);
    assert_eq!((refused.code(), refused.text("Message").as_str()), (6, "importId: takes no more rows: it is ended."));
    assert_eq!(desk.accounts("GetUserByUsername", "<username>person-2</username>").code(), 0);
}

#[test]
fn a_call_takes_a_thousand_rows_and_not_one_more() {
    let desk = seeded();
    let id = start(&desk, "").text("ImportId");
    assert_eq!(append(&desk, &id, 1, 1..=1001).text("Message"), "rows: are 1001; one call takes at most 1000.");
    assert_eq!(results(&append(&desk, &id, 1, 1..=1000)).len(), 1000);
}

#[test]
fn what_duplicates_do_is_as_it_was_asked() {
    let names = ["Username", "EmailAddress", "ForcePasswordChange"];
    let values: &[&[&str]] =
        &[&["new", "a@example.org", "true"], &["NEW ", "b@example.org", "true"], &["customer", "c@example.org", ""]];
    for (on_duplicate, expected) in [
        ("Fail", ["Created", "Failed Username: is in row 1 already.", "Failed Username: is taken."]),
        ("Skip", ["Created", "Skipped Username: is in row 1 already.", "Skipped Username: is taken."]),
        ("Update", ["Created", "Updated EmailAddress", "Updated EmailAddress"]),
    ] {
        let desk = seeded();
        let options = format!("<options><OnDuplicate>{on_duplicate}</OnDuplicate></options>");
        assert_eq!(results(&import(&desk, "Create", &names, values, &options)), expected);
        assert_eq!(desk.accounts("GetUserByUsername", "<username>new</username>").text("Username"), "new");
    }
}
