//! Characters that XML 1.0 forbids: refused or replaced on their way in, as configured, and never on their way out.

use super::envelope;
use crate::support::{Desk, Reply, Wire, change, cheap, post};
use asmxd::config::Config;
use asmxd::domain::name::Name;
use asmxd::domain::time::Instant;
use asmxd::domain::user::User;
use asmxd::wire::limits::{Forbidden, Limits};
use roxmltree::Document;

fn replacing() -> Desk {
    Desk::with(Config { xml: Limits { forbidden: Forbidden::Replace, ..Limits::default() }, ..cheap() })
}

/// The answer to a question for a key that is not there, which comes back as it was read; `attributes` stand on the key.
fn asked(desk: &Desk, attributes: &str, key: &str) -> Reply {
    let parameters = format!("<userId>4</userId><requestedValues><string{attributes}>{key}</string></requestedValues>");
    let body = envelope("GetUsersProperties", &parameters);
    let mut wire = Wire::connect(desk.address());
    wire.send(&post(&format!("Content-Length: {}\r\n", body.len()), &body));
    wire.reply()
}

const FORBIDDEN: &[&str] = &[
    "\0",
    "\u{1}",
    "\u{b}",
    "\u{1f}",
    "\u{fffe}",
    "\u{ffff}",
    "&#0;",
    "&#x1;",
    "&#xD800;",
    "&#xDFFF;",
    "&#xFFFF;",
    "&#x110000;",
];

#[test]
fn forbidden_characters_are_refused_unless_configured_otherwise() {
    let desk = Desk::open();
    for forbidden in FORBIDDEN {
        assert_eq!(asked(&desk, "", &format!("a{forbidden}b")).status, 400, "{forbidden:?}");
        assert_eq!(asked(&desk, &format!(" x=\"{forbidden}\""), "a").status, 400, "{forbidden:?}");
    }
}

#[test]
fn where_it_is_configured_they_are_replaced_raw_and_by_reference() {
    let desk = replacing();
    for forbidden in FORBIDDEN {
        for attributes in [String::new(), format!(" x=\"{forbidden}\" y='&#65;&amp;{forbidden}'")] {
            let reply = asked(&desk, &attributes, &format!("a{forbidden}b"));
            assert_eq!(reply.strings(), ["a\u{fffd}b="], "{forbidden:?}");
        }
    }
    assert_eq!(asked(&desk, "", "a<![CDATA[&#0;]]>b").strings(), ["a&#0;b="], "in a CDATA section it is no reference");
    assert_eq!(asked(&desk, "", "&#x41;&#9;z").strings(), ["A\tz="], "what is allowed stays");
    for malformed in ["&#;", "&#x;", "&#X41;", "&#-1;", "&#65", "&nope;"] {
        assert_eq!(asked(&desk, "", malformed).status, 400, "{malformed}");
        assert_eq!(asked(&desk, &format!(" x=\"{malformed}\""), "a").status, 400, "{malformed}");
    }
}

#[test]
fn what_was_stored_past_the_server_leaves_with_replacements() {
    let desk = Desk::open();
    let person = User {
        username: Name::new("stored").unwrap(),
        display_name: "a\0b\u{1}c\u{ffff}d\u{fffe}".to_owned(),
        email: "stored@example.org".to_owned(),
        email_verified: true,
        password: None,
        ..User::nobody()
    };
    let id = change(desk.store(), move |tx| tx.insert_user(&person, Instant(1_790_000_000_000))).unwrap();
    let parameters = format!("<userId>{}</userId><requestedValues><string>DisplayName</string></requestedValues>", id.0);
    let reply = desk.send(&post(
        &format!("Connection: close\r\nContent-Length: {}\r\n", envelope("GetUsersProperties", &parameters).len()),
        &envelope("GetUsersProperties", &parameters),
    ));
    assert!(Document::parse(&reply.body).is_ok(), "{}", reply.body);
    assert_eq!(reply.strings(), ["DisplayName=a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}"]);
}
