//! The password policy through the operations that set passwords: which rule a refusal names, and that it changes nothing.

use crate::support::{Desk, PASSWORD, cheap, newcomer};
use asmxd::config::Config;
use asmxd::domain::policy::{Breached, Policy};
use asmxd::domain::rules::Rules;

const AGENT: i32 = 3;

/// A desk where passwords have at least six characters and two are known to be breached: `correct horse`, and `abcdef` by its SHA-1.
fn desk() -> Desk {
    let list = "correct horse\r\n1f8ac10f23c5b5bc1167bda84b833e5c057a77d2:5\n";
    let breached = Breached::read(list.as_bytes()).unwrap();
    let password = Policy { min_length: 6, breached: Some(breached) };
    Desk::with(Config { rules: Rules { password, ..Rules::default() }, ..cheap() })
}

/// Passwords that are refused, with what the message must say.
fn refused() -> [(String, &'static str); 5] {
    [
        ("short".to_owned(), "at least 6 characters"),
        ("x".repeat(1025), "more than 1024 bytes"),
        ("correct horse".to_owned(), "list of breached passwords"),
        ("CORRECT Horse".to_owned(), "list of breached passwords"),
        ("abcdef".to_owned(), "list of breached passwords"),
    ]
}

#[test]
fn nobody_is_created_with_a_password_that_the_policy_refuses() {
    let desk = desk();
    let before = desk.dump();
    let own = [("somebody".to_owned(), "user name"), (" Some Body ".to_owned(), "user name")];
    for (password, rule) in refused().into_iter().chain(own) {
        for operation in ["CreateUser", "CreateUser2"] {
            let reply = desk.call(operation, &newcomer("somebody").replace("long enough", &password));
            let message = reply.text("Message");
            assert_eq!(reply.code(), 5, "{operation} {password}: {message}");
            assert!(message.starts_with("password: ") && message.contains(rule), "{operation} {password}: {message}");
            assert!(!message.contains(&password), "{message}");
        }
    }
    assert_eq!(desk.dump(), before);
    assert_eq!(desk.call("CreateUser2", &newcomer("somebody").replace("long enough", "somebody else")).code(), 0);
}

#[test]
fn no_password_is_changed_to_one_that_the_policy_refuses() {
    let desk = desk();
    assert_eq!(desk.set(AGENT, &["Username=somebody"]).0, 0);
    let before = desk.dump();
    let own = ("SOME BODY".to_owned(), "user name");
    for (password, rule) in refused().into_iter().chain([own]) {
        let (code, message) = desk.set(AGENT, &["DisplayName=Changed", &format!("Password={password}")]);
        assert_eq!(code, 5, "{password}: {message}");
        assert!(message.starts_with("Password: ") && message.contains(rule), "{password}: {message}");
    }
    let (code, message) = desk.set(AGENT, &["Username=new name", "Password=newname"]);
    assert!(code == 5 && message.contains("user name"), "the name that comes with the call: {message}");
    assert_eq!(desk.dump(), before);
    assert_eq!(desk.set(AGENT, &["Username=new name", "Password=somebody"]), (0, String::new()), "no longer the name");
}

#[test]
fn every_operation_of_svc_accounts_that_sets_a_password_refuses_what_the_policy_does() {
    let desk = desk();
    let before = desk.dump();
    let new = "<username>somebody</username><emailAddress>s@example.org</emailAddress>";
    let agent = format!("<userId>{AGENT}</userId>");
    for (password, rule) in refused() {
        let typed = format!("<Password>{password}</Password>");
        let own = format!("<oldPassword>{PASSWORD}</oldPassword><newPassword>{password}</newPassword>");
        for (operation, field, parameters) in [
            ("CreateUser", "password", format!("{new}<password>{password}</password>")),
            ("CreateEmployee", "password", format!("{new}<password>{password}</password>")),
            ("CloneUser", "password", format!("{agent}{new}<password>{password}</password>")),
            ("SetPassword", "newPassword", format!("{agent}<newPassword>{password}</newPassword>")),
            ("UpdateUserSettings", "Password", format!("{agent}<settings>{typed}</settings>")),
            ("UpdateEmployeeSettings", "Password", format!("{agent}<settings><Options>{typed}</Options></settings>")),
            ("ChangePassword", "newPassword", own),
        ] {
            let reply = desk.accounts(operation, &parameters);
            assert_eq!((reply.code(), reply.all("Field")), (5, vec![field.to_owned()]), "{operation} {password}");
            let message = reply.text("Message");
            assert!(message.contains(rule) && !message.contains(&password), "{operation} {password}: {message}");
        }
    }
    assert_eq!(desk.dump(), before);
}
