//! The feed of changes: through which door they come, how it is followed, and what it never tells.

use super::{AGENT, CUSTOMER, MANAGER, PARTNER, SECOND, done, of, seeded};
use crate::support::{Desk, PASSWORD, Reply, newcomer};
use roxmltree::Document;
use std::sync::atomic::{AtomicBool, Ordering};

/// A change, in the words of the contract.
type Told = (String, String, String, String, String, String);

fn page(desk: &Desk, since: &str, max: usize) -> Reply {
    done(desk, "GetChanges", &format!("<since>{since}</since><max>{max}</max>"))
}

/// Who, what, which, its name, how, and what of it.
fn changes(reply: &Reply) -> Vec<(i64, Told)> {
    let document = Document::parse(&reply.body).unwrap();
    let found = document.descendants().filter(|node| node.tag_name().name() == "Change");
    found
        .map(|change| {
            let text = |name: &str| {
                let node = change.descendants().find(|node| node.tag_name().name() == name);
                node.and_then(|node| node.text()).unwrap_or_default().to_owned()
            };
            let fields = change.descendants().filter(|node| node.tag_name().name() == "string");
            let fields: Vec<_> = fields.filter_map(|field| field.text()).collect();
            assert!(text("At").ends_with('Z'), "{}", reply.body);
            let told = (text("ByUsername"), text("Thing"), text("Id"), text("Name"), text("Action"), fields.join(" "));
            (text("Sequence").parse().unwrap(), told)
        })
        .collect()
}

/// All changes from a token on, read in pages of this size, and the last token.
fn followed(desk: &Desk, since: &str, max: usize) -> (Vec<(i64, Told)>, String) {
    let (mut all, mut token) = (Vec::new(), since.to_owned());
    loop {
        let reply = page(desk, &token, max);
        let found = changes(&reply);
        assert!(found.len() <= max);
        all.extend(found);
        token = reply.text("Token");
        if reply.text("HasMore") == "false" {
            return (all, token);
        }
    }
}

/// What is told of since a token.
fn since(desk: &Desk, token: &str) -> Vec<Told> {
    followed(desk, token, 1000).0.into_iter().map(|(_, told)| told).collect()
}

fn told(by: &str, thing: &str, id: impl ToString, name: &str, action: &str, fields: &str) -> Told {
    (by.to_owned(), thing.to_owned(), id.to_string(), name.to_owned(), action.to_owned(), fields.to_owned())
}

fn is_gapless(all: &[(i64, Told)]) {
    assert!(all.iter().map(|(sequence, _)| *sequence).eq(1..=i64::try_from(all.len()).unwrap()), "{all:?}");
}

#[test]
fn a_change_through_any_door_is_told_of_with_who_made_it() {
    let desk = seeded();
    let (seed, token) = followed(&desk, "", 1000);
    is_gapless(&seed);
    assert!(seed.iter().any(|(_, change)| *change == told("admin", "User", MANAGER, "manager", "Created", "")), "{seed:?}");
    assert!(seed.iter().any(|(_, change)| *change == told("admin", "Brand", 1, "Default", "Created", "")), "{seed:?}");
    let role = "<roleIds><short>6</short></roleIds><mode>Add</mode>";
    done(&desk, "AssignRoles", &format!("<userIds><int>{AGENT}</int></userIds>{role}"));
    let properties =
        "<userPropertyValues><string>IsEmailVerified=true</string><string>DisplayName=C</string></userPropertyValues>";
    let legacy = format!("<userId>{CUSTOMER}</userId>{properties}");
    assert_eq!(desk.call_as("agent", PASSWORD, "SetUsersProperties", &legacy).code(), 0);
    assert_eq!(desk.structure_as("agent", "CreateBrand", "<name>Third</name>").code(), 0);
    let mail = "<preferences><Options><EmailAddress>own@example.org</EmailAddress></Options></preferences>";
    assert_eq!(desk.accounts_as("customer", PASSWORD, "UpdateMyPreferences", mail).code(), 0);
    assert_eq!(desk.call("DeleteUser", &format!("<userId>{CUSTOMER}</userId>")).code(), 0);
    assert_eq!(
        since(&desk, &token),
        [
            told("admin", "User", AGENT, "agent", "Updated", "Roles"),
            told("agent", "User", CUSTOMER, "", "Updated", "IsEmailVerified DisplayName"),
            told("agent", "Brand", 3, "Third", "Created", ""),
            told("", "User", CUSTOMER, "", "Updated", "EmailAddress IsEmailVerified"),
            told("admin", "User", CUSTOMER, "customer", "Deleted", ""),
        ]
    );
}

#[test]
fn pages_of_every_size_tell_the_same_and_a_token_goes_on_where_it_was() {
    let desk = seeded();
    let (all, token) = followed(&desk, "", 1000);
    is_gapless(&all);
    for size in [1, 2, 3, 7, all.len(), all.len() + 1] {
        assert_eq!(followed(&desk, "", size), (all.clone(), token.clone()), "{size}");
    }
    assert_eq!(followed(&desk, &token, 5), (vec![], token.clone()), "it stays the same while nothing is changed");
    of(&desk, "DisableUser", CUSTOMER, "");
    of(&desk, "DisableUser", CUSTOMER, "");
    assert_eq!(since(&desk, &token), [told("admin", "User", CUSTOMER, "customer", "Updated", "Enabled")]);
}

#[test]
fn a_feed_that_is_followed_while_calls_succeed_and_fail_misses_nothing_and_has_no_gaps() {
    let desk = seeded();
    let (before, token) = followed(&desk, "", 1000);
    let written = AtomicBool::new(false);
    let write = |writer: usize| {
        for round in 0..12 {
            let person = newcomer(&format!("person-{writer}-{round}"));
            assert_eq!(desk.call("CreateUser2", &person).code(), 0);
            assert_eq!(desk.call("CreateUser2", &person).code(), 4);
            let bad = format!("<userIds><int>{CUSTOMER}</int><int>{AGENT}</int><int>9999</int></userIds>");
            assert_eq!(desk.accounts("DeleteUsers", &bad).code(), 3);
            let settings = format!("<settings><DisplayName>{writer} {round}</DisplayName></settings>");
            of(&desk, "UpdateUserSettings", CUSTOMER, &settings);
        }
    };
    let seen = std::thread::scope(|scope| {
        let follower = scope.spawn(|| {
            let (mut all, mut token) = (Vec::new(), token);
            loop {
                let is_last = written.load(Ordering::SeqCst);
                let (more, next) = followed(&desk, &token, 3);
                all.extend(more);
                token = next;
                if is_last {
                    return all;
                }
            }
        });
        let write = &write;
        let writers: Vec<_> = (0..3).map(|writer| scope.spawn(move || write(writer))).collect();
        writers.into_iter().for_each(|writer| writer.join().unwrap());
        written.store(true, Ordering::SeqCst);
        follower.join().unwrap()
    });
    let (all, _) = followed(&desk, "", 1000);
    is_gapless(&all);
    assert_eq!([before, seen].concat(), all);
    assert_eq!(all.iter().filter(|(_, change)| change.3.starts_with("person-") && change.4 == "Created").count(), 36);
    assert_eq!(all.iter().filter(|(_, change)| change.5 == "DisplayName").count(), 36);
}

#[test]
fn no_value_and_no_password_is_in_the_feed() {
    let desk = seeded();
    let values = "<Username>hush-name</Username><Password>hush-password</Password><EmailAddress>hush@example.org</EmailAddress>\
         <ExternalId>hush-key</ExternalId><DisplayName>hush-shown</DisplayName><PhoneNumbers><string>hush-1</string></PhoneNumbers>\
         <CustomFields><CustomFieldValue><Name>Asset</Name><Value>hush-field</Value></CustomFieldValue></CustomFields>";
    of(&desk, "UpdateUserSettings", CUSTOMER, &format!("<settings>{}</settings>", values.replace("hush-1", "+49 77712345")));
    of(&desk, "SetPassword", CUSTOMER, "<newPassword>hush-again</newPassword>");
    let own = "<oldPassword>hush-again</oldPassword><newPassword>hush-at-last</newPassword>";
    assert_eq!(desk.accounts_as("hush-name", "hush-again", "ChangePassword", own).code(), 0);
    of(
        &desk,
        "CloneUser",
        CUSTOMER,
        "<username>twin</username><password>hush-twin</password><emailAddress>hush-twin@example.org</emailAddress>",
    );
    let feed = page(&desk, "", 1000).body.replace("hush-name", "");
    assert!(!feed.contains("hush") && !feed.contains("77712345") && !feed.contains("$argon2"), "{feed}");
    let dump = desk.dump();
    let kept = dump.split("== ").find(|table| table.starts_with("changes\n")).unwrap();
    assert!(!kept.contains("hush") && !kept.contains("77712345"), "{kept}");
}

#[test]
fn logins_and_reports_of_the_ticket_system_are_no_changes() {
    let desk = seeded();
    let (length, version) = (desk.feed_length(), of(&desk, "GetUser", AGENT, "").text("Version"));
    let report = format!("<userId>{AGENT}</userId><activeTickets>1</activeTickets>");
    assert_eq!(desk.structure("ReportAgentActivity", &report).code(), 0);
    assert_eq!(desk.call_as("agent", PASSWORD, "ValidateAgent", "").code(), 0);
    done(&desk, "Authenticate", &format!("<username>agent</username><password>{PASSWORD}</password>"));
    assert_eq!((desk.feed_length(), of(&desk, "GetUser", AGENT, "").text("Version")), (length, version));
}

#[test]
fn whoever_loses_something_along_with_what_is_removed_is_told_of() {
    let desk = seeded();
    let both = format!("<userIds><int>{CUSTOMER}</int><int>{AGENT}</int></userIds><roleIds><short>{PARTNER}</short></roleIds>");
    done(&desk, "AssignRoles", &format!("{both}<mode>Add</mode>"));
    for user in [AGENT, CUSTOMER] {
        assert_eq!(desk.set(user, &["PreferredLanguage=de", "SpellCheckDictionary=fr"]).0, 0);
        let asset = "<settings><CustomFields><CustomFieldValue><Name>Asset</Name><Value>A1</Value></CustomFieldValue></CustomFields></settings>";
        of(&desk, "UpdateUserSettings", user, asset);
    }
    let lost = |operation: &str, parameters: &str, field: &str| {
        let (token, version) = (desk.feed_length().to_string(), of(&desk, "GetUser", AGENT, "").text("Version"));
        let reply = match operation {
            "DeleteRole" => desk.accounts(operation, parameters),
            _ => desk.structure(operation, &format!("{parameters}<cascade>true</cascade>")),
        };
        assert_eq!(reply.code(), 0, "{operation}: {}", reply.body);
        let told = since(&desk, &token);
        let people = told.iter().filter(|change| change.1 == "User");
        assert!(people.clone().all(|change| change.4 == "Updated" && change.5 == field), "{told:?}");
        assert_ne!(of(&desk, "GetUser", AGENT, "").text("Version"), version, "{operation}");
        assert_eq!(told.iter().filter(|change| change.4 == "Deleted").count(), 1, "{told:?}");
        people.map(|change| change.2.parse().unwrap()).collect::<Vec<i32>>()
    };
    assert_eq!(lost("DeleteRole", &format!("<roleId>{PARTNER}</roleId>"), "Roles"), [AGENT, CUSTOMER]);
    assert_eq!(lost("RemoveCustomField", "<fieldId>1</fieldId>", "CustomFields"), [AGENT, CUSTOMER]);
    assert_eq!(lost("RemoveLanguage", "<tag>de</tag>", "PreferredLanguage"), [AGENT, CUSTOMER]);
    assert_eq!(lost("RemoveDictionary", "<tag>fr</tag>", "SpellCheckDictionary"), [AGENT, CUSTOMER]);
    assert_eq!(lost("RemoveGroup", "<groupId>1</groupId>", "Groups"), [AGENT, SECOND]);
}
