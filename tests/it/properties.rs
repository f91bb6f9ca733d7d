//! Every row of `settings.md` through svcOrganization's property strings: default, writing, reading back, refusals.

use crate::support::{Desk, PASSWORD, repository};
use asmxd::domain::setting::{ALIASES, Audience, Change, SETTINGS};

const ADMINISTRATOR: i32 = 2;
const AGENT: i32 = 3;
const CUSTOMER: i32 = 5;

/// A PNG of one pixel.
const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg==";

/// Per key: a value and what is then answered, and a value that is refused.
pub const EXAMPLES: &[(&str, &str, &str, Option<&str>)] = &[
    ("Username", "Agent.Two", "Agent.Two", Some("")),
    ("AuthenticationMethod", "externalprovider", "ExternalProvider", Some("Kerberos")),
    ("Password", "a=long=secret", "", Some("short")),
    ("ForcePasswordChange", "True", "true", Some("perhaps")),
    ("EmailAddress", "new@example.org", "new@example.org", Some("nobody")),
    ("Enabled", "0", "false", Some("")),
    ("ExternalId", "crm-17", "crm-17", None),
    ("IsEmailVerified", "false", "false", Some("2")),
    ("DisplayName", "Zoë <&> \"O'Neil\" 日本", "Zoë <&> \"O'Neil\" 日本", None),
    ("DisplayNameForChat", "Zoë", "Zoë", None),
    ("TimeZone", "W. Europe Standard Time", "W. Europe Standard Time", Some("Mars/Olympus")),
    ("PreferredLanguage", "DE", "de", Some("tlh")),
    ("SpellCheckDictionary", "en-gb", "en-GB", Some("tlh")),
    ("PortalSignature", "Regards\n= Zoë =", "Regards\n= Zoë =", None),
    ("AvatarProvider", "gravatar", "Gravatar", Some("Facebook")),
    ("Avatar", PIXEL, "", Some("AAAA")),
    ("SubscribeToCommunityPosts", "true", "true", Some("yes")),
    ("EmailCommunitySummaries", "1", "true", Some("yes")),
    ("EmailCommunityComments", "true", "true", Some("yes")),
    ("EmailConversationMessages", "true", "true", Some("yes")),
    ("CommunityMessagingEnabled", "false", "false", Some("yes")),
    ("ReminderPopup", "false", "false", Some("yes")),
    ("CopyToAddress", "copy@example.org", "copy@example.org", Some("nobody")),
    ("ReplyFromAddresses", "a@example.org; b@example.org", "a@example.org;b@example.org", Some("a@example.org;b")),
    ("ShowWaitingTicketCounters", "false", "false", Some("yes")),
    ("ShowFollowUpTicketCounters", "false", "false", Some("yes")),
    ("IncludeWaitingInRootCounts", "true", "true", Some("yes")),
    ("IncludeFollowUpsInRootCounts", "true", "true", Some("yes")),
    ("MaxActiveChats", "100", "100", Some("101")),
    ("ChatPopup", "false", "false", Some("yes")),
    ("ChatSounds", "false", "false", Some("yes")),
    ("ChatQueueSound", "false", "false", Some("yes")),
    ("BlockChatsDuringCallLogs", "true", "true", Some("yes")),
    ("PhoneNumbers", "+49 30 1;+49 30 2;3;4", "+49 30 1;+49 30 2;3;4", Some("1;2;3;4;5")),
    ("HourlyCost", "12.5", "12.50", Some("1.234")),
];

/// Keys whose rules need several values, or that cannot be written; they have tests of their own below.
const APART: &[&str] = &["AuthenticationDomain", "CopyToEnabled", "AvatarUrl", "CustomFields", "Roles", "LastLogin", "CreatedAt"];

fn table_keys() -> Vec<String> {
    let text = std::fs::read_to_string(repository("docs/contract/settings.md")).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next().map(str::to_owned));
    rows.collect()
}

fn answered(desk: &Desk, user: i32, key: &str) -> String {
    let answer = desk.properties(user, &[key]).remove(0);
    answer.strip_prefix(key).and_then(|rest| rest.strip_prefix('=')).unwrap_or_else(|| panic!("{answer}")).to_owned()
}

#[test]
fn every_row_of_the_table_is_a_setting_in_the_tables_order_and_has_an_example() {
    let keys = table_keys();
    assert_eq!(keys.len(), 42, "the table was read wrong");
    assert_eq!(SETTINGS.iter().map(|setting| setting.key).collect::<Vec<_>>(), keys);
    for key in &keys {
        let known = EXAMPLES.iter().any(|(name, ..)| name == key) || APART.contains(&key.as_str());
        assert!(known, "{key} has neither an example nor a test of its own");
    }
}

#[test]
fn every_setting_is_written_and_read_back_and_a_bad_value_changes_nothing() {
    for &(key, value, expected, bad) in EXAMPLES {
        let desk = Desk::open();
        if let Some(bad) = bad {
            let before = desk.dump();
            let (code, message) = desk.set(AGENT, &["DisplayName=Changed", &format!("{key}={bad}")]);
            assert_eq!(code, 5, "{key}={bad}: {message}");
            assert!(message.starts_with(key), "the message names {key}: {message}");
            assert_eq!(desk.dump(), before, "{key}={bad}");
        }
        assert_eq!(desk.set(AGENT, &[&format!("{}={value}", key.to_uppercase())]), (0, String::new()), "{key}={value}");
        assert_eq!(answered(&desk, AGENT, key), expected, "{key}");
    }
}

#[test]
fn a_picture_is_written_as_base64_and_answered_by_its_address_only() {
    let desk = Desk::open();
    let without = answered(&desk, AGENT, "AvatarUrl");
    assert_eq!(desk.set(AGENT, &[&format!("Avatar={PIXEL}")]).0, 0);
    assert_eq!((answered(&desk, AGENT, "Avatar").as_str(), answered(&desk, AGENT, "AvatarProvider").as_str()), ("", "Upload"));
    assert_ne!(answered(&desk, AGENT, "AvatarUrl"), without);
    assert_eq!(desk.set(AGENT, &["Avatar="]).0, 0, "empty takes it away");
    assert_eq!((answered(&desk, AGENT, "AvatarUrl"), answered(&desk, AGENT, "AvatarProvider")), (without, "None".to_owned()));
}

#[test]
fn settings_of_employees_are_refused_by_name_for_an_end_user_and_answered_empty() {
    let desk = Desk::open();
    for setting in SETTINGS.iter().filter(|setting| setting.audience != Audience::Everybody) {
        let key = setting.key;
        let value = EXAMPLES.iter().find(|(name, ..)| *name == key).map_or("false", |(_, value, ..)| value);
        let (code, message) = desk.set(CUSTOMER, &[&format!("{key}={value}")]);
        assert_eq!(code, 6, "{key}: {message}");
        assert!(message.starts_with(key), "{message}");
        assert_eq!(answered(&desk, CUSTOMER, key), "", "{key}");
    }
    assert_eq!(desk.set(ADMINISTRATOR, &["BlockChatsDuringCallLogs=true"]).0, 6, "it takes the role Agent");
}

#[test]
fn what_nobody_may_write_is_refused_and_still_read() {
    let desk = Desk::open();
    for key in ["AvatarUrl", "LastLogin", "CreatedAt", "UserID", "Roles", "CustomFields", "NoSuchKey"] {
        let (code, message) = desk.set(AGENT, &[&format!("{key}=1")]);
        assert_eq!(code, 5, "{key}: {message}");
        assert!(message.starts_with(key), "{message}");
    }
    let read_only: Vec<_> =
        SETTINGS.iter().filter(|setting| setting.change == Change::Never).map(|setting| setting.key).collect();
    assert_eq!(read_only, ["AvatarUrl", "LastLogin", "CreatedAt"]);
    assert!(answered(&desk, AGENT, "AvatarUrl").starts_with('/'));
    assert_eq!(answered(&desk, AGENT, "CreatedAt"), "2026-09-21T14:13:20Z");
    assert_eq!(answered(&desk, AGENT, "LastLogin"), "", "never");
    assert_eq!(answered(&desk, AGENT, "UserID"), "3");
    assert_eq!(answered(&desk, AGENT, "Roles"), "Everyone;Registered User;Registered User with Verified Email;Agent");
}

#[test]
fn aliases_read_and_write_the_setting_they_stand_for() {
    let desk = Desk::open();
    for (alias, key) in ALIASES {
        assert_eq!(answered(&desk, AGENT, alias), answered(&desk, AGENT, key), "{alias}");
    }
    assert_eq!(desk.set(AGENT, &["email=alias@example.org", "hourlypayrate=7"]), (0, String::new()));
    assert_eq!(answered(&desk, AGENT, "EmailAddress"), "alias@example.org");
    assert_eq!(answered(&desk, AGENT, "HourlyCost"), "7.00");
    let (code, message) = desk.set(AGENT, &["Email=a@example.org", "EmailAddress=b@example.org"]);
    assert_eq!(code, 5, "{message}");
}

#[test]
fn an_address_to_copy_to_switches_copying_on_unless_the_call_says_otherwise() {
    let desk = Desk::open();
    assert_eq!(desk.set(AGENT, &["CopyToEnabled=true"]).0, 6, "there is no address");
    assert_eq!(desk.set(AGENT, &["CopyToAddress=c@example.org"]).0, 0);
    assert_eq!(answered(&desk, AGENT, "CopyToEnabled"), "true");
    assert_eq!(desk.set(AGENT, &["CopyToEnabled=false", "CopyToAddress=d@example.org"]).0, 0);
    assert_eq!(answered(&desk, AGENT, "CopyToEnabled"), "false");
    assert_eq!(desk.set(AGENT, &["CopyToEnabled=true"]).0, 0);
    assert_eq!(desk.set(AGENT, &["CopyToEnabled=true", "CopyToAddress="]).0, 6, "judged on the final state");
    assert_eq!(desk.set(AGENT, &["CopyToAddress="]).0, 0);
    assert_eq!(answered(&desk, AGENT, "CopyToEnabled"), "false");
}

#[test]
fn authentication_is_judged_on_the_final_state_of_the_call() {
    let desk = Desk::open();
    assert_eq!(desk.set(AGENT, &["AuthenticationDomain=CORP"]).0, 6);
    assert_eq!(desk.set(AGENT, &["AuthenticationDomain=CORP", "AuthenticationMethod=ActiveDirectory"]).0, 0);
    assert_eq!(desk.set(AGENT, &["Password=long enough"]).0, 6, "a directory keeps the password");
    assert_eq!(desk.call_as("agent", PASSWORD, "GetServerName", "").code(), 1, "no directory is connected");
    assert_eq!(desk.set(AGENT, &["AuthenticationMethod=Password", "Password=long enough"]).0, 0);
    assert_eq!(answered(&desk, AGENT, "AuthenticationDomain"), "", "it went with the directory");
    assert_eq!(desk.call_as("agent", "long enough", "GetServerName", "").code(), 0);
}

#[test]
fn the_last_administrator_who_can_log_in_stays_one() {
    let desk = Desk::open();
    for change in ["Enabled=false", "AuthenticationMethod=ExternalProvider"] {
        assert_eq!(desk.set(ADMINISTRATOR, &[change]).0, 6, "{change}");
    }
    assert_eq!(desk.call("DeleteUser", "<userId>2</userId>").code(), 6);
    assert_eq!(desk.call("RemoveRoleFromUser", "<userID>2</userID><roleID>6</roleID>").code(), 6);
    assert_eq!(desk.call("AddRoleToUser", "<userID>3</userID><roleID>6</roleID>").code(), 0);
    assert_eq!(desk.set(AGENT, &["Enabled=false"]).0, 0);
    assert_eq!(desk.call("DeleteUser", "<userId>2</userId>").code(), 6, "a disabled administrator does not count");
    assert_eq!(desk.set(AGENT, &["Enabled=true"]).0, 0);
    assert_eq!(desk.call("DeleteUser", "<userId>2</userId>").code(), 0, "deleting oneself is allowed then");
    assert_eq!(desk.call("GetServerName", "").code(), 1);
}

#[test]
fn an_administrator_without_a_password_does_not_count_as_one_who_can_log_in() {
    let desk = Desk::seeded("help-desk.toml");
    let id: i32 = desk
        .call(
            "GetUsersPropertiesbyUsername",
            "<username>ada</username><requestedValues><string>UserID</string></requestedValues>",
        )
        .strings()[0]["UserID=".len()..]
        .parse()
        .unwrap();
    assert_eq!(desk.call("AddRoleToUser", &format!("<userID>{id}</userID><roleID>6</roleID>")).code(), 0);
    assert_eq!(desk.call("DeleteUser", "<userId>2</userId>").code(), 6, "a seeded person has no password yet");
    assert_eq!(desk.set(id, &["Password=long enough"]).0, 0);
    assert_eq!(desk.call("DeleteUser", "<userId>2</userId>").code(), 0);
    assert_eq!(desk.call_as("ada", "long enough", "GetServerName", "").code(), 0);
}

#[test]
fn an_end_user_who_was_an_employee_keeps_its_settings_unseen() {
    let desk = Desk::open();
    assert_eq!(desk.set(AGENT, &["HourlyCost=20", "PhoneNumbers=1;2;3"]).0, 0);
    assert_eq!(desk.call("RemoveRoleFromUser", "<userID>3</userID><roleID>4</roleID>").code(), 0);
    assert_eq!(desk.properties(AGENT, &["HourlyCost", "PhoneNumbers"]), ["HourlyCost=", "PhoneNumbers=1"]);
    assert_eq!(desk.set(AGENT, &["DisplayName=Still here"]).0, 0, "what is unseen does not stand in the way");
    assert_eq!(desk.set(AGENT, &["PhoneNumbers=1;2"]).0, 6);
    assert_eq!(desk.call("AddRoleToUser", "<userID>3</userID><roleID>4</roleID>").code(), 0);
    assert_eq!(desk.properties(AGENT, &["HourlyCost", "PhoneNumbers"]), ["HourlyCost=20.00", "PhoneNumbers=1;2;3"]);
}

#[test]
fn names_and_external_ids_stay_unique_and_a_person_may_keep_its_own() {
    let desk = Desk::open();
    assert_eq!(desk.set(CUSTOMER, &["Username= AGENT "]).0, 4);
    assert_eq!(desk.set(CUSTOMER, &["Username=queue"]).0, 4);
    assert_eq!(desk.set(CUSTOMER, &["Username=CUSTOMER"]).0, 0);
    assert_eq!(answered(&desk, CUSTOMER, "Username"), "CUSTOMER");
    assert_eq!(desk.set(CUSTOMER, &["ExternalId=x"]).0, 0);
    assert_eq!(desk.set(AGENT, &["ExternalId=x"]).0, 4);
    assert_eq!(desk.set(CUSTOMER, &["ExternalId="]).0, 0);
    assert_eq!(desk.set(AGENT, &["ExternalId=x"]).0, 0);
    assert_eq!(desk.set(CUSTOMER, &["ExternalId="]).0, 0, "empty is no key, and many may have none");
}

#[test]
fn the_address_of_the_default_avatar_leads_to_a_picture() {
    let desk = Desk::open();
    let address = answered(&desk, AGENT, "AvatarUrl");
    let reply = desk.send(format!("GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes());
    assert_eq!((reply.status, reply.header("Content-Type")), (200, Some("image/png")));
    assert!(reply.body.contains("PNG"));
}
