//! Passwords that are changed, and what a login leaves behind.

use super::{AGENT, CUSTOMER, done, of, seeded};
use crate::support::{Desk, PASSWORD};

/// Whether somebody gets in, by a call that everybody may make.
fn enters(desk: &Desk, user: &str, password: &str) -> bool {
    let reply = desk.accounts_as(user, password, "GetMyPreferences", "");
    assert!(matches!(reply.code(), 0 | 1), "{}", reply.body);
    reply.code() == 0
}

/// How Authenticate ends.
fn authenticated(desk: &Desk, user: &str, password: &str) -> String {
    let reply = done(desk, "Authenticate", &format!("<username>{user}</username><password>{password}</password>"));
    reply.text("Outcome")
}

fn change_password(desk: &Desk, user: &str, old: &str, new: &str) -> i32 {
    let parameters = format!("<oldPassword>{old}</oldPassword><newPassword>{new}</newPassword>");
    desk.accounts_as(user, old, "ChangePassword", &parameters).code()
}

#[test]
fn a_changed_password_counts_at_once_for_remembered_logins_too() {
    let desk = seeded();
    of(&desk, "RequirePasswordChange", CUSTOMER, "");
    assert!(enters(&desk, "customer", PASSWORD) && enters(&desk, "customer", PASSWORD));
    assert_eq!(change_password(&desk, "customer", PASSWORD, "quite another"), 0);
    assert!(!enters(&desk, "customer", PASSWORD) && enters(&desk, "customer", "quite another"));
    assert_eq!(of(&desk, "GetUser", CUSTOMER, "").text("ForcePasswordChange"), "false");
    of(&desk, "SetPassword", CUSTOMER, "<newPassword>and a third one</newPassword><requireChange>true</requireChange>");
    assert!(!enters(&desk, "customer", "quite another") && enters(&desk, "customer", "and a third one"));
    assert_eq!(of(&desk, "GetUser", CUSTOMER, "").text("ForcePasswordChange"), "true");
}

#[test]
fn of_two_changes_of_one_password_at_once_the_second_no_longer_knows_the_old_one() {
    let desk = seeded();
    let outcomes = std::thread::scope(|scope| {
        let change = |new: &'static str| (new, change_password(&desk, "customer", PASSWORD, new));
        let threads = ["the first one", "the second one"].map(|new| scope.spawn(move || change(new)));
        threads.map(|thread| thread.join().unwrap())
    });
    let won: Vec<_> = outcomes.iter().filter(|(_, code)| *code == 0).collect();
    assert!(won.len() == 1 && outcomes.iter().all(|(_, code)| matches!(code, 0 | 1 | 5)), "{outcomes:?}");
    assert!(enters(&desk, "customer", won[0].0));
}

#[test]
fn a_disabled_person_is_out_at_once_and_back_with_its_old_password() {
    let desk = seeded();
    assert!(enters(&desk, "agent", PASSWORD));
    of(&desk, "DisableUser", AGENT, "");
    assert!(!enters(&desk, "agent", PASSWORD));
    assert_eq!(authenticated(&desk, "agent", PASSWORD), "Disabled");
    of(&desk, "EnableUser", AGENT, "");
    assert!(enters(&desk, "agent", PASSWORD));
}

#[test]
fn a_login_that_is_right_is_noted_and_one_that_is_not_is_not() {
    let desk = seeded();
    let last_login = || of(&desk, "GetUser", CUSTOMER, "").text("LastLogin");
    assert_eq!(authenticated(&desk, "customer", "wrong"), "Denied");
    of(&desk, "DisableUser", CUSTOMER, "");
    assert_eq!(authenticated(&desk, "customer", PASSWORD), "Disabled");
    of(&desk, "EnableUser", CUSTOMER, "");
    assert_eq!(last_login(), "");
    let before = desk.feed_length();
    assert_eq!(authenticated(&desk, "customer", PASSWORD), "Granted");
    let noted = last_login();
    assert!(noted.ends_with('Z'), "{noted}");
    assert_eq!(desk.properties(CUSTOMER, &["LastLogin"]), [format!("LastLogin={noted}")]);
    assert_eq!(authenticated(&desk, "customer", "wrong"), "Denied");
    assert_eq!((last_login(), desk.feed_length()), (noted, before));
}

#[test]
fn the_first_login_takes_the_dictionary_of_the_language_that_was_chosen() {
    let desk = seeded();
    let dictionary = |user: i32| desk.properties(user, &["SpellCheckDictionary"]).remove(0);
    let usual = dictionary(AGENT);
    assert_eq!(desk.set(CUSTOMER, &["PreferredLanguage=de"]).0, 0);
    assert_eq!(dictionary(CUSTOMER), usual, "not before it logs in");
    let (length, version) = (desk.feed_length(), of(&desk, "GetUser", CUSTOMER, "").text("Version"));
    authenticated(&desk, "customer", PASSWORD);
    assert_eq!(dictionary(CUSTOMER), "SpellCheckDictionary=de");
    assert_eq!(desk.feed_length(), length + 1, "that is a change");
    assert_ne!(of(&desk, "GetUser", CUSTOMER, "").text("Version"), version);
    assert_eq!(desk.set(CUSTOMER, &["SpellCheckDictionary=fr"]).0, 0);
    authenticated(&desk, "customer", PASSWORD);
    assert_eq!(dictionary(CUSTOMER), "SpellCheckDictionary=fr", "only the first login");
    authenticated(&desk, "agent", PASSWORD);
    assert_eq!(dictionary(AGENT), usual, "it chose no language");
}

#[test]
fn the_first_login_leaves_a_dictionary_that_was_chosen_and_one_that_is_not_there() {
    let desk = seeded();
    assert_eq!(desk.set(AGENT, &["PreferredLanguage=de", "SpellCheckDictionary=fr"]).0, 0);
    authenticated(&desk, "agent", PASSWORD);
    assert_eq!(desk.properties(AGENT, &["SpellCheckDictionary"]), ["SpellCheckDictionary=fr"]);
    assert_eq!(desk.structure("RemoveDictionary", "<tag>de</tag><cascade>true</cascade>").code(), 0);
    assert_eq!(desk.set(CUSTOMER, &["PreferredLanguage=de"]).0, 0);
    let before = desk.dump();
    authenticated(&desk, "customer", PASSWORD);
    assert_eq!(desk.dump(), before);
}
