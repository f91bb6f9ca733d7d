//! Batch imports over SOAP: rows do what single operations do, and are refused as these refuse.

mod jobs;
mod sync;

use crate::properties::EXAMPLES;
use crate::support::{Desk, Reply};

const AGENT: i32 = 3;
const CUSTOMER: i32 = 5;

/// A desk with the structure of the replay cases.
fn seeded() -> Desk {
    Desk::seeded("cases.toml")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn strings(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("<string>{}</string>", escaped(text))).collect()
}

fn columns(names: &[&str]) -> String {
    format!("<columns>{}</columns>", strings(names))
}

fn rows(rows: &[&[&str]]) -> String {
    let row = |row: &&[&str]| format!("<ImportRow><Values>{}</Values></ImportRow>", strings(row));
    format!("<rows>{}</rows>", rows.iter().map(row).collect::<String>())
}

/// Imports rows at once; `rest` is what follows mode.
fn import(desk: &Desk, mode: &str, names: &[&str], values: &[&[&str]], rest: &str) -> Reply {
    let reply = desk.accounts("ImportUsers", &format!("{}{}<mode>{mode}</mode>{rest}", columns(names), rows(values)));
    assert_eq!(reply.code(), 0, "{}", reply.body);
    reply
}

/// What came of each row, in short: the outcome, what changed or what was wrong.
fn results(reply: &Reply) -> Vec<String> {
    let parts = reply.body.split("<ImportRowResult>").skip(1);
    let texts = |part: &str, name: &str| -> Vec<String> {
        part.split(&format!("<{name}>")).skip(1).map(|rest| rest.split("</").next().unwrap().to_owned()).collect()
    };
    let result = |part: &str| {
        let part = part.split("</ImportRowResult>").next().unwrap();
        let mut told = texts(part, "Outcome");
        told.extend(texts(part, "string"));
        told.extend(texts(part, "Message"));
        told.join(" ")
    };
    parts.map(result).collect()
}

/// What is stored, but for imports themselves and their entries of the feed.
fn people(desk: &Desk) -> String {
    let dump = desk.dump();
    let kept = dump.split("== ").filter(|table| !table.starts_with("import") && !table.starts_with("sqlite_sequence"));
    let is_job = |line: &&str| line.contains("subject=\"Integer(11)\"");
    kept.flat_map(str::lines).filter(|line| !is_job(line)).map(|line| format!("{line}\n")).collect()
}

#[test]
fn rows_make_change_and_leave_people_each_by_itself() {
    let desk = seeded();
    let names = ["User name", "e-mail_address", "Password", "DISPLAYNAME", "Roles", "Groups", "Asset"];
    let reply = import(
        &desk,
        "Upsert",
        &names,
        &[
            &["anna", "anna@example.org", "long enough", "Anna A.", "agent; 101", "Sales/Sales frontline", "A 1"],
            &["ben", "nobody", "short", "", "", "", ""],
            &["CUSTOMER", "", "", "Somebody <&>", "", "", ""],
            &["customer", "", "", "", "", "", ""],
            &["agent", "", "", "", "", "", ""],
        ],
        "",
    );
    assert_eq!(
        results(&reply),
        [
            "Created",
            "Failed EmailAddress: is not an e-mail address: Missing separator character '@'. Password: needs at least 8 characters.",
            "Updated DisplayName",
            "Failed Username: is in row 3 already.",
            "Unchanged",
        ]
    );
    let counts = ["Rows", "Created", "Updated", "Unchanged", "Skipped", "Failed"].map(|name| reply.text(name));
    assert_eq!(counts, ["5", "1", "1", "1", "0", "2"]);
    let anna = desk.accounts("GetUserByUsername", "<username>anna</username>");
    let id = anna.text("UserId");
    assert_eq!((anna.text("DisplayName"), anna.text("IsEmployee")), ("Anna A.".to_owned(), "true".to_owned()));
    assert_eq!(desk.accounts_as("anna", "long enough", "GetMyPreferences", "").code(), 0);
    let roles = desk.accounts("GetUserRoles", &format!("<userId>{id}</userId>"));
    assert!(roles.body.contains("<Name>Partner</Name>") && roles.body.contains("<Name>Agent</Name>"), "{}", roles.body);
    assert!(desk.call("GetGroupsForUser", &format!("<UserID>{id}</UserID>")).body.contains("Sales frontline"));
    assert_eq!(desk.properties(CUSTOMER, &["Username", "DisplayName"]), ["Username=customer", "DisplayName=Somebody <&>"]);
}

#[test]
fn every_setting_can_be_imported_and_is_refused_in_the_words_of_a_single_change() {
    for &(key, value, expected, bad) in EXAMPLES {
        let desk = Desk::open();
        let (names, who): (&[&str], &str) =
            if key == "Username" { (&["EmailAddress", key], "agent@example.org") } else { (&["Username", key], "agent") };
        let by = if key == "Username" { "<options><Key>EmailAddress</Key></options>" } else { "" };
        if let Some(bad) = bad.filter(|bad| !bad.is_empty()) {
            let before = people(&desk);
            let told = results(&import(&desk, "Update", names, &[&[who, bad]], by)).remove(0);
            assert_eq!(people(&desk), before, "{key}={bad}");
            let (_, message) = desk.set(AGENT, &[&format!("{key}={bad}")]);
            assert_eq!(told, format!("Failed {}", escaped(&message)), "{key}={bad}");
        }
        let told = results(&import(&desk, "Update", names, &[&[who, value]], by)).remove(0);
        assert!(told.starts_with("Updated "), "{key}={value}: {told}");
        let answered = desk.properties(AGENT, &[key]).remove(0);
        assert_eq!(answered, format!("{key}={expected}"), "{key}");
        let again = results(&import(&desk, "Update", names, &[&[who, value]], by));
        assert_eq!(again, ["Unchanged"], "{key} the second time");
    }
}

#[test]
fn a_rehearsal_tells_what_an_import_does_and_leaves_nothing() {
    let desk = seeded();
    let names = ["Username", "EmailAddress", "Password", "Roles"];
    let values: &[&[&str]] = &[
        &["anna", "anna@example.org", "long enough", "Agent"],
        &["anna", "other@example.org", "", ""],
        &["customer", "new@example.org", "", ""],
        &["agent", "", "", "Nobody"],
        &["", "x@example.org", "", ""],
    ];
    let options = "<options><OnDuplicate>Update</OnDuplicate></options>";
    let before = desk.dump();
    let rehearsed = import(&desk, "Upsert", &names, values, &format!("<rehearse>true</rehearse>{options}"));
    assert_eq!((rehearsed.text("Undone"), rehearsed.text("ImportId")), ("true".to_owned(), "0".to_owned()));
    assert_eq!(desk.dump(), before);
    let done = import(&desk, "Upsert", &names, values, options);
    assert_eq!(results(&rehearsed), results(&done));
    assert_eq!(
        results(&done),
        [
            "Created",
            "Updated EmailAddress",
            "Updated EmailAddress",
            "Failed Roles: no such role.",
            "Failed Password: needs at least 8 characters. Username: is empty, and people are found by it.",
        ]
    );
}

#[test]
fn all_or_nothing_undoes_the_rows_that_could_be_done() {
    let desk = seeded();
    let names = ["Username", "EmailAddress", "Password"];
    let good: &[&str] = &["anna", "anna@example.org", "long enough"];
    let before = desk.dump();
    let reply = import(&desk, "Create", &names, &[good, &["ben", "", ""]], "<allOrNothing>true</allOrNothing>");
    assert_eq!((reply.text("Undone"), reply.text("Failed")), ("true".to_owned(), "1".to_owned()));
    assert_eq!(desk.dump(), before);
    let reply = import(&desk, "Create", &names, &[good], "<allOrNothing>true</allOrNothing>");
    assert_eq!((reply.text("Undone"), results(&reply)), ("false".to_owned(), vec!["Created".to_owned()]));
}

#[test]
fn a_call_that_is_repeated_with_its_key_answers_what_came_of_the_first() {
    let desk = seeded();
    let call = |password: &str| {
        let values: &[&[&str]] = &[&["anna", "anna@example.org", password], &["ben", "", password]];
        let key = "<idempotencyKey>nightly-17</idempotencyKey>";
        import(&desk, "Create", &["Username", "EmailAddress", "Password"], values, key)
    };
    let first = call("long enough");
    let kept = desk.dump();
    let second = call("long enough");
    assert_eq!((first.body, kept), (second.body, desk.dump()));
    let names = format!("{}{}", columns(&["Username", "Enabled"]), rows(&[&["anna", "false"]]));
    let other = desk.accounts("ImportUsers", &format!("{names}<mode>Update</mode><idempotencyKey>nightly-17</idempotencyKey>"));
    assert_eq!((other.code(), other.text("Field")), (6, "idempotencyKey".to_owned()));
}

#[test]
fn columns_that_are_unknown_read_only_or_there_twice_are_refused_at_once_with_a_suggestion() {
    let desk = seeded();
    let names = ["Username", "Emial Adress", "LastLogin", "user_name", "Shoe size", "CustomFields", "Is VIP"];
    let parameters = format!("{}{}<mode>Update</mode>", columns(&names), rows(&[]));
    let reply = desk.accounts("ImportUsers", &parameters);
    assert_eq!(reply.code(), 5);
    for told in [
        "'Emial Adress' is unknown; did you mean EmailAddress?",
        "'LastLogin' is read only",
        "'user_name' names what another column names too.",
        "'Shoe size' is unknown.",
        "'CustomFields': give each custom field a column of its own",
    ] {
        assert!(reply.text("Message").contains(told), "{told}: {}", reply.text("Message"));
    }
    let names = ["Username", "LastLogin", "Shoe size", "Is VIP"];
    let ignore = "<options><IgnoreUnknownColumns>true</IgnoreUnknownColumns></options>";
    let reply = import(&desk, "Update", &names, &[&["customer", "never", "44", "true"]], ignore);
    assert_eq!(results(&reply), ["Updated CustomFields"]);
    let reply = desk.accounts("ImportUsers", &format!("{}{}<mode>Update</mode>", columns(&["DisplayName"]), rows(&[])));
    assert_eq!(reply.text("Message"), "columns: lack Username, by which people are found.");
}

#[test]
fn people_are_found_by_address_or_external_id_and_an_address_of_two_is_refused() {
    let desk = seeded();
    assert_eq!(desk.set(AGENT, &["EmailAddress=Customer@Example.org", "ExternalId=crm-1"]).0, 0);
    let by = |key: &str| format!("<options><Key>{key}</Key></options>");
    let names = ["EmailAddress", "DisplayName"];
    let reply =
        import(&desk, "Update", &names, &[&["CUSTOMER@example.org", "x"], &["manager@EXAMPLE.org", "Mia"]], &by("EmailAddress"));
    let several = "Failed EmailAddress: is that of several people; find them by another key.";
    assert_eq!(results(&reply), [several, "Updated DisplayName"]);
    assert_eq!(desk.properties(6, &["EmailAddress"]), ["EmailAddress=manager@example.org"], "the key stays as it is spelled");
    let names = ["External ID", "Username"];
    let reply = import(&desk, "Update", &names, &[&["crm-1", "agent.renamed"], &["crm-2", "x"]], &by("ExternalId"));
    assert_eq!(results(&reply), ["Updated Username", "Failed ExternalId: no such user."]);
    assert_eq!(desk.properties(AGENT, &["Username"]), ["Username=agent.renamed"]);
}

#[test]
fn an_empty_value_keeps_or_clears_as_it_was_asked() {
    let desk = seeded();
    assert_eq!(desk.set(AGENT, &["PortalSignature=Regards", "MaxActiveChats=7", "PhoneNumbers=1;2"]).0, 0);
    let names = ["Username", "PortalSignature", "MaxActiveChats", "PhoneNumbers", "Roles", "Groups", "Password", "TimeZone"];
    let values: &[&[&str]] = &[&["agent", "", "", "", "", "", "", ""]];
    assert_eq!(results(&import(&desk, "Update", &names, values, "")), ["Unchanged"]);
    let clear = "<options><EmptyValues>Clear</EmptyValues></options>";
    let names = &names[..4];
    assert_eq!(
        results(&import(&desk, "Update", names, &[&["agent", "", "", ""]], clear)),
        ["Updated PortalSignature MaxActiveChats PhoneNumbers"]
    );
    assert_eq!(
        desk.properties(AGENT, &["PortalSignature", "MaxActiveChats", "PhoneNumbers"]),
        ["PortalSignature=", "MaxActiveChats=1", "PhoneNumbers="]
    );
    let reply = import(&desk, "Update", &["Username", "Groups", "Roles"], &[&["second", "", ""]], clear);
    assert_eq!(results(&reply), ["Updated Roles Groups"]);
}

#[test]
fn what_is_exported_and_imported_again_changes_nothing() {
    let desk = seeded();
    crate::accounts::furnish(&desk);
    let inner = |reply: &Reply, name: &str| {
        let (_, rest) = reply.body.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("no {name}: {}", reply.body));
        rest.rsplit_once(&format!("</{name}>")).unwrap().0.to_owned()
    };
    for extra in ["", "<columns><string>Username</string><string>PasswordHash</string><string>Avatar</string></columns>"] {
        let exported = desk.accounts("ExportUsers", &format!("{extra}<max>1000</max>"));
        assert_eq!(exported.code(), 0, "{}", exported.body);
        assert!(extra.is_empty() != exported.body.contains("$argon2id$"), "hashes only where they are asked for");
        let rows = inner(&exported, "Rows").replace("ExportedRow>", "ImportRow>");
        let again = format!("<columns>{}</columns><rows>{rows}</rows>", inner(&exported, "Columns"));
        for options in ["", "<options><Scope>All</Scope><MostMissing>0</MostMissing></options>"] {
            let mode = if options.is_empty() { "Upsert" } else { "Sync" };
            let before = people(&desk);
            let reply = desk.accounts("ImportUsers", &format!("{again}<mode>{mode}</mode>{options}"));
            assert_eq!(reply.code(), 0, "{}", reply.body);
            assert_eq!(results(&reply), vec!["Unchanged"; 6], "{mode}: {}", reply.body);
            assert_eq!(people(&desk), before, "{mode}");
        }
    }
}

#[test]
fn somebody_without_a_password_must_be_forced_to_set_one_or_log_in_elsewhere() {
    let desk = seeded();
    let names = ["Username", "EmailAddress", "ForcePasswordChange", "AuthenticationMethod", "AuthenticationDomain"];
    let reply = import(
        &desk,
        "Create",
        &names,
        &[
            &["one", "one@example.org", "TRUE", "", ""],
            &["two", "two@example.org", "false", "", ""],
            &["three", "three@example.org", "", "ActiveDirectory", "CORP"],
        ],
        "",
    );
    assert_eq!(results(&reply), ["Created", "Failed Password: needs at least 8 characters.", "Created"]);
    let one = desk.accounts("GetUserByUsername", "<username>one</username>");
    assert_eq!(one.text("ForcePasswordChange"), "true");
    assert_eq!(desk.accounts_as("one", "", "GetMyPreferences", "").code(), 1);
}

#[test]
fn the_feed_has_one_entry_for_the_job_and_tells_with_each_change_of_which_job_it_is() {
    let desk = seeded();
    let token = desk.accounts("GetChanges", "<max>1000</max>").text("Token");
    let reply = import(
        &desk,
        "Upsert",
        &["Username", "EmailAddress", "Password", "DisplayName"],
        &[&["anna", "anna@example.org", "long enough", ""], &["customer", "", "", "Somebody"]],
        "",
    );
    assert_eq!(desk.set(CUSTOMER, &["DisplayName=After"]).0, 0);
    let changes = desk.accounts("GetChanges", &format!("<since>{token}</since>"));
    let of = |name: &str| changes.all(name);
    assert_eq!(of("Thing"), ["Import", "User", "User", "User"]);
    assert_eq!(of("Action"), ["Created", "Created", "Updated", "Updated"]);
    let id = reply.text("ImportId");
    assert_eq!(of("ImportId"), ["0", &id, &id, "0"]);
    assert_eq!(of("Id")[0], id);
}

#[test]
fn no_password_is_in_a_result_a_report_or_the_store() {
    let desk = seeded();
    let names = ["Username", "EmailAddress", "Password", "PasswordHash"];
    let reply = import(
        &desk,
        "Create",
        &names,
        &[
            &["anna", "anna@example.org", "hush-hush-hush", ""],
            &["ben", "ben@example.org", "hush", ""],
            &["cleo", "cleo@example.org", "", "{hush}hush"],
        ],
        "",
    );
    assert_eq!(reply.text("Failed"), "2", "{}", reply.body);
    let report = desk.accounts("GetImport", &format!("<importId>{}</importId>", reply.text("ImportId")));
    for text in [reply.body, report.body, desk.dump()] {
        assert!(!text.contains("hush"), "{text}");
    }
}
