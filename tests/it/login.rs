//! Credentials with every call: who gets in, and that nobody learns why somebody does not.

use crate::support::{ADMIN, Desk, PASSWORD, cheap};
use std::sync::Barrier;

/// An operation that everybody with an account may call.
fn enter(desk: &Desk, user: &str, password: &str) -> (i32, String) {
    let id = match user {
        "agent" => 3,
        "customer" => 5,
        _ => 2,
    };
    let reply = desk.call_as(user, password, "GetUsersProperties", &format!("<userId>{id}</userId>"));
    assert_eq!(reply.status, 200);
    (reply.code(), reply.text("Message"))
}

#[test]
fn unknown_wrong_disabled_empty_and_missing_credentials_are_answered_alike() {
    let desk = Desk::open();
    assert_eq!(enter(&desk, "agent", PASSWORD).0, 0);
    assert_eq!(desk.set(3, &["Enabled=false"]).0, 0);
    let refused = (1, "Login failed.".to_owned());
    for (user, password) in [
        ("nobody", PASSWORD),
        (ADMIN, "wrong"),
        (ADMIN, ""),
        ("", ""),
        ("", PASSWORD),
        ("agent", PASSWORD),
        ("agent", "wrong"),
        ("queue", ""),
        ("queue", PASSWORD),
        (ADMIN, "Secret"),
        (ADMIN, " secret"),
    ] {
        assert_eq!(enter(&desk, user, password), refused, "{user:?} {password:?}");
    }
    let none = desk.send(&crate::support::soap_request(
        asmxd::wire::soap::Version::Soap11,
        crate::support::PATH,
        None,
        &format!("<GetServerName xmlns=\"{}\" />", crate::support::NS),
    ));
    assert_eq!((none.code(), none.text("Message")), refused);
}

#[test]
fn a_login_is_found_without_regard_to_case_and_outer_blanks_of_the_name() {
    let desk = Desk::open();
    assert_eq!(enter(&desk, " ADMIN ", PASSWORD).0, 0);
}

#[test]
fn a_changed_password_counts_at_once_and_the_old_one_no_longer() {
    let desk = Desk::open();
    assert_eq!(enter(&desk, "agent", PASSWORD).0, 0);
    assert_eq!(desk.set(3, &["Password=another one"]).0, 0);
    assert_eq!(enter(&desk, "agent", PASSWORD).0, 1, "the remembered login must not outlive the password");
    assert_eq!(enter(&desk, "agent", "another one").0, 0);
    assert_eq!(enter(&desk, "agent", "another one").0, 0, "remembered");
}

#[test]
fn a_role_that_was_taken_away_counts_at_once() {
    let desk = Desk::open();
    assert_eq!(desk.call_as("agent", PASSWORD, "GetServerName", "").code(), 0);
    assert_eq!(desk.call("RemoveRoleFromUser", "<userID>3</userID><roleID>4</roleID>").code(), 0);
    assert_eq!(desk.call_as("agent", PASSWORD, "GetServerName", "").code(), 2);
}

#[test]
fn a_deleted_and_a_disabled_person_are_out_at_once() {
    let desk = Desk::open();
    assert_eq!(enter(&desk, "customer", PASSWORD).0, 0);
    assert_eq!(desk.call("DeleteUser", "<userId>5</userId>").code(), 0);
    assert_eq!(enter(&desk, "customer", PASSWORD).0, 1);
    assert_eq!(enter(&desk, "agent", PASSWORD).0, 0);
    assert_eq!(desk.set(3, &["Enabled=false"]).0, 0);
    assert_eq!(enter(&desk, "agent", PASSWORD).0, 1);
    assert_eq!(desk.set(3, &["Enabled=true"]).0, 0);
    assert_eq!(enter(&desk, "agent", PASSWORD).0, 0);
}

#[test]
fn validate_agent_notes_the_time_of_the_login_and_other_calls_do_not() {
    let desk = Desk::open();
    let last_login = || desk.properties(3, &["LastLogin"]).remove(0);
    assert_eq!(desk.call_as("agent", PASSWORD, "GetServerName", "").code(), 0);
    assert_eq!(desk.call_as("agent", "wrong", "ValidateAgent", "").code(), 1);
    assert_eq!(last_login(), "LastLogin=");
    let valid = desk.call_as("agent", PASSWORD, "ValidateAgent", "");
    assert_eq!((valid.code(), valid.all("short")), (0, ["1", "2", "3", "4"].map(str::to_owned).to_vec()));
    assert!(last_login().ends_with('Z'), "{}", last_login());
    assert_eq!(desk.call_as("customer", PASSWORD, "ValidateAgent", "").code(), 2, "no employee");
    assert_eq!(desk.properties(5, &["LastLogin"]), ["LastLogin="]);
}

#[test]
fn many_wrong_passwords_at_once_are_refused_or_told_to_wait_and_the_right_one_still_works() {
    let mut config = cheap();
    (config.hashers, config.hasher_queue) = (1, 2);
    let desk = Desk::with(config);
    assert_eq!(enter(&desk, ADMIN, PASSWORD).0, 0);
    let threads = 20;
    let start = Barrier::new(threads);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                start.wait();
                for _ in 0..3 {
                    let (code, _) = enter(&desk, ADMIN, "wrong");
                    assert!(matches!(code, 1 | 9), "{code}");
                }
            });
        }
    });
    assert_eq!(enter(&desk, ADMIN, PASSWORD).0, 0, "remembered logins need no hasher");
}
