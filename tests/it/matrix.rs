//! Who may call what: every operation, tried by every kind of caller; the outcome is checked in as `docs/access.md`.

use crate::support::{ADMIN, Desk, PASSWORD, golden, soap_request};
use asmxd::contract::{Declaration, Field, Type};
use asmxd::operations::{SERVICES, Service};
use asmxd::wire::soap::Version;
use std::fmt::Write;

/// The kinds of caller, each with a user name and password.
const CALLERS: &[(&str, &str, &str)] = &[
    ("nobody", "nobody", PASSWORD),
    ("disabled", "disabled", PASSWORD),
    ("end user", "customer", PASSWORD),
    ("verified end user", "verified", PASSWORD),
    ("agent", "agent", PASSWORD),
    ("manager", "manager", PASSWORD),
    ("administrator", ADMIN, PASSWORD),
];

/// Parameters that harm nobody: they are well formed and mean something that is not there.
fn parameter(field: &Field) -> String {
    match field.ty {
        Type::Int | Type::Short => format!("<{0}>-1</{0}>", field.name),
        _ => String::new(),
    }
}

fn code(desk: &Desk, service: &Service, declaration: &Declaration, user: &str, password: &str, parameters: &str) -> i32 {
    let [name, secret, ..] = declaration.parameters else { panic!("no credentials") };
    let body = format!(
        "<{0} xmlns=\"{1}\"><{2}>{user}</{2}><{3}>{password}</{3}>{parameters}</{0}>",
        declaration.name, service.namespace, name.name, secret.name
    );
    let path = format!("/Services2/{}.asmx", service.name);
    desk.send(&soap_request(Version::Soap11, &path, None, &body)).code()
}

fn word(code: i32) -> &'static str {
    match code {
        1 => "login failed",
        2 => "refused",
        _ => "may",
    }
}

fn desk() -> Desk {
    let desk = Desk::open();
    for (name, verified) in [("disabled", false), ("verified", true), ("manager", false)] {
        let parameters = format!(
            "<username>{name}</username><password>long enough</password><email>{name}@example.org</email>\
             <isEmailVerified>{verified}</isEmailVerified>"
        );
        let id: i32 = desk.call("CreateUser2", &parameters).text("UserID").parse().unwrap();
        // The password policy does not let tests have the short one that everybody has here.
        match name {
            "disabled" => assert_eq!(desk.set(id, &["Enabled=false"]).0, 0),
            "manager" => {
                let role = format!("<userID>{id}</userID><roleID>5</roleID>");
                assert_eq!(desk.call("AddRoleToUser", &role).code(), 0);
            }
            _ => {}
        }
    }
    desk
}

#[test]
fn who_may_call_what_is_as_it_is_checked_in() {
    let desk = desk();
    let mut text = String::from(
        "# Who may call what\n\nMade by calling every operation as every kind of caller; `BLESS=1 cargo test` rewrites this file.\n\
         What somebody may call it may still be shown only in part: see R21 and the reference of operations.\n",
    );
    for service in SERVICES {
        write!(text, "\n## {}\n\n| operation |", service.name).unwrap();
        CALLERS.iter().for_each(|(kind, ..)| write!(text, " {kind} |").unwrap());
        writeln!(text, "\n|---|{}", "---|".repeat(CALLERS.len())).unwrap();
        for entry in service.operations {
            let declaration = entry.declaration;
            let parameters: String = declaration.parameters.iter().skip(2).map(parameter).collect();
            write!(text, "| {} |", declaration.name).unwrap();
            for (_, user, password) in CALLERS {
                let password = if ["disabled", "verified", "manager"].contains(user) { "long enough" } else { password };
                let code = code(&desk, service, declaration, user, password, &parameters);
                write!(text, " {} |", word(code)).unwrap();
            }
            text.push('\n');
        }
    }
    golden("docs/access.md", &text);
}

#[test]
fn an_end_user_learns_nothing_about_others_not_even_whether_they_exist() {
    let desk = desk();
    for user in ["customer", "verified"] {
        let password = if user == "customer" { PASSWORD } else { "long enough" };
        for other in [1, 2, 3, 4, 999_999] {
            let reply = desk.call_as(user, password, "GetUsersProperties", &format!("<userId>{other}</userId>"));
            assert_eq!((reply.code(), reply.has("RequestResults")), (2, false), "{user} about {other}");
        }
        for other in [ADMIN, "agent", "nobody at all", ""] {
            let parameters = format!("<username>{other}</username>");
            assert_eq!(desk.call_as(user, password, "GetUsersPropertiesbyUsername", &parameters).code(), 2, "{other}");
        }
    }
    let own = "<userId>5</userId><requestedValues><string>Username</string></requestedValues>";
    assert_eq!(desk.call_as("customer", PASSWORD, "GetUsersProperties", own).strings(), ["Username=customer"]);
}
