//! Credentials by parameters, by HTTP Basic and by WS-Security: each alone, together, in disagreement, and missing.

mod security;

use crate::support::{ADMIN, Desk, PASSWORD, Reply, cheap, newcomer, on_the_wire, repository};
use asmxd::operations::{Service, service};
use asmxd::wire::soap::Version;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write;

const SECEXT: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
const UTILITY: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
const PROFILE: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0";
const FAILED: &str = "Login failed.";

/// An operation that administrators may call, of each service.
const OPERATIONS: [(&str, &str); 3] =
    [("svcOrganization", "GetServerName"), ("svcStructure", "ListBrands"), ("svcAccounts", "ListRoles")];

/// A request, with nothing that tells of the caller until it is added.
#[derive(Clone, Default)]
struct Ask {
    heads: String,
    before: String,
    after: String,
    parameters: String,
}

impl Ask {
    fn parameters(mut self, user: &str, password: &str) -> Ask {
        write!(self.parameters, "<authUserName>{user}</authUserName><authPassword>{password}</authPassword>").unwrap();
        self
    }

    fn basic(self, user: &str, password: &str) -> Ask {
        self.authorization(&format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))))
    }

    fn authorization(mut self, value: &str) -> Ask {
        writeln!(self.heads, "Authorization: {value}").unwrap();
        self
    }

    fn header(mut self, header: &str) -> Ask {
        self.before.push_str(header);
        self
    }

    fn token(self, user: &str, password: &str) -> Ask {
        self.header(&security("", &token(user, password)))
    }

    fn after_the_body(mut self) -> Ask {
        self.after = std::mem::take(&mut self.before);
        self
    }

    fn send(&self, desk: &Desk, (of, operation): (&str, &str), version: Version) -> Reply {
        let Service { name, namespace, .. } = service(of).unwrap();
        let header = |inner: &str| if inner.is_empty() { String::new() } else { format!("<soap:Header>{inner}</soap:Header>") };
        let (heads, parameters) = (&self.heads, &self.parameters);
        let content_type = version.content_type();
        let request = format!(
            "POST /Services2/{name}.asmx HTTP/1.1\nHost: localhost\nContent-Type: {content_type}\n{heads}\n\
             <soap:Envelope xmlns:soap=\"{}\">{}<soap:Body><{operation} xmlns=\"{namespace}\">{parameters}</{operation}>\
             </soap:Body>{}</soap:Envelope>",
            version.namespace(),
            header(&self.before),
            header(&self.after),
        );
        desk.send(&on_the_wire(request.as_bytes()))
    }

    /// The replies of both services in both versions.
    fn everywhere(&self, desk: &Desk) -> Vec<Reply> {
        let of = |operation| Version::ALL.map(|version| self.send(desk, operation, version));
        OPERATIONS.into_iter().flat_map(of).collect()
    }

    fn is_let_in(&self, desk: &Desk) {
        for reply in self.everywhere(desk) {
            assert_eq!((reply.status, reply.code()), (200, 0), "{}", reply.body);
        }
    }

    fn fails_to_log_in(&self, desk: &Desk) {
        for reply in self.everywhere(desk) {
            assert_eq!((reply.status, reply.code(), reply.text("Message").as_str()), (200, 1, FAILED), "{}", reply.body);
            assert_eq!(reply.header("WWW-Authenticate"), None);
        }
    }

    /// Refused by a code of WS-Security, which stands in the place of the code in SOAP 1.1 and within it in SOAP 1.2.
    fn is_refused(&self, desk: &Desk, code: &str, says: &str) {
        for reply in self.everywhere(desk) {
            let is_11 = reply.body.contains(Version::Soap11.namespace());
            let place = if is_11 { "<faultcode" } else { "<soap:Value>soap:Sender</soap:Value><soap:Subcode><soap:Value" };
            let told = format!("{place} xmlns:wsse=\"{SECEXT}\">wsse:{code}</");
            assert_eq!(reply.status, 500, "{}", reply.body);
            assert!(reply.body.contains(&told) && reply.body.contains(says), "{told} and {says}: {}", reply.body);
            assert!(!reply.body.contains(PASSWORD), "{}", reply.body);
        }
    }

    fn is_not_understood(&self, desk: &Desk) {
        for reply in self.everywhere(desk) {
            assert_eq!(reply.status, 500, "{}", reply.body);
            assert!(reply.body.contains("SOAP header Security was not understood."), "{}", reply.body);
        }
    }
}

fn ask() -> Ask {
    Ask::default()
}

fn security(attributes: &str, content: &str) -> String {
    format!("<w:Security xmlns:w=\"{SECEXT}\" xmlns:u=\"{UTILITY}\" {attributes}>{content}</w:Security>")
}

fn token(user: &str, password: &str) -> String {
    token_of(&format!("<w:Username>{user}</w:Username><w:Password Type=\"{PROFILE}#PasswordText\">{password}</w:Password>"))
}

fn token_of(content: &str) -> String {
    format!("<w:UsernameToken u:Id=\"UT-1\">{content}</w:UsernameToken>")
}

const MUST: &str = "soap:mustUnderstand=\"1\"";

#[test]
fn each_way_of_telling_who_calls_is_taken_by_every_service_in_both_versions() {
    let desk = Desk::open();
    for (right, wrong) in [
        (ask().parameters(ADMIN, PASSWORD), ask().parameters(ADMIN, "wrong")),
        (ask().basic(ADMIN, PASSWORD), ask().basic(ADMIN, "wrong")),
        (ask().token(ADMIN, PASSWORD), ask().token(ADMIN, "wrong")),
        (ask().token(ADMIN, PASSWORD).after_the_body(), ask().token(ADMIN, "wrong").after_the_body()),
    ] {
        wrong.fails_to_log_in(&desk);
        right.is_let_in(&desk);
        wrong.fails_to_log_in(&desk);
    }
    ask().fails_to_log_in(&desk);
}

#[test]
fn roles_are_those_of_whoever_is_told_by_basic_or_a_token() {
    let desk = Desk::open();
    for agent in [ask().basic("agent", PASSWORD), ask().token("agent", PASSWORD)] {
        for version in Version::ALL {
            assert_eq!(agent.send(&desk, ("svcStructure", "CreateBrand"), version).code(), 2);
        }
    }
}

#[test]
fn the_same_credentials_in_several_places_are_as_good_as_in_one() {
    let desk = Desk::open();
    let twice = ask().parameters(ADMIN, PASSWORD).basic(ADMIN, PASSWORD);
    twice.is_let_in(&desk);
    twice.clone().token(ADMIN, PASSWORD).is_let_in(&desk);
    twice.token(ADMIN, PASSWORD).after_the_body().is_let_in(&desk);
    ask().token(ADMIN, PASSWORD).token(ADMIN, PASSWORD).is_let_in(&desk);
    ask().basic(ADMIN, PASSWORD).basic(ADMIN, PASSWORD).is_let_in(&desk);
    ask().token("nobody", PASSWORD).basic("nobody", PASSWORD).fails_to_log_in(&desk);
}

#[test]
fn different_credentials_in_two_places_fail_to_log_in_even_if_both_are_right() {
    let desk = Desk::open();
    for (user, password) in
        [("agent", PASSWORD), (ADMIN, "wrong"), (ADMIN, ""), ("", PASSWORD), ("Admin", PASSWORD), (" admin", PASSWORD)]
    {
        ask().parameters(ADMIN, PASSWORD).basic(user, password).fails_to_log_in(&desk);
        ask().parameters(user, password).token(ADMIN, PASSWORD).fails_to_log_in(&desk);
        ask().basic(ADMIN, PASSWORD).token(user, password).after_the_body().fails_to_log_in(&desk);
        ask().token(ADMIN, PASSWORD).token(user, password).fails_to_log_in(&desk);
        ask().basic(ADMIN, PASSWORD).basic(user, password).fails_to_log_in(&desk);
    }
}

#[test]
fn what_is_empty_in_one_place_leaves_it_to_the_other() {
    let desk = Desk::open();
    ask().parameters("", "").basic(ADMIN, PASSWORD).is_let_in(&desk);
    ask().parameters("", "").token(ADMIN, PASSWORD).is_let_in(&desk);
    ask().parameters(ADMIN, PASSWORD).basic("", "").token("", "").is_let_in(&desk);
    ask().parameters("", "").basic("", "").token("", "").fails_to_log_in(&desk);
}

#[test]
fn basic_that_cannot_be_read_fails_to_log_in_whatever_stands_beside_it() {
    let desk = Desk::open();
    let latin = STANDARD.encode(b"M\xfcller:secret");
    for value in
        ["Basic", "Basic secret", "Basic YWRtaW4=", "Basic YWRtaW46c2VjcmV", "Basic admin:secret", &format!("Basic {latin}")]
    {
        ask().authorization(value).fails_to_log_in(&desk);
        ask().authorization(value).parameters(ADMIN, PASSWORD).fails_to_log_in(&desk);
    }
}

#[test]
fn other_schemes_are_as_good_as_no_header() {
    let desk = Desk::open();
    for value in ["Bearer YWRtaW46c2VjcmV0", "Negotiate", "Digest username=\"admin\""] {
        ask().authorization(value).fails_to_log_in(&desk);
        ask().authorization(value).parameters(ADMIN, PASSWORD).is_let_in(&desk);
    }
}

#[test]
fn letters_of_any_script_come_by_every_way() {
    let desk = Desk::open();
    let made = desk.call("CreateUser2", &newcomer("zoë").replace("long enough", "пароль: très long"));
    assert_eq!(made.code(), 0, "{}", made.body);
    let password = "пароль: très long";
    for ask in [ask().parameters("zoë", password), ask().basic("zoë", password), ask().token("zoë", password)] {
        for version in Version::ALL {
            assert_eq!(ask.send(&desk, OPERATIONS[0], version).code(), 2, "an end user, who was let in");
        }
    }
}

#[test]
fn a_challenge_goes_only_to_calls_without_credentials_of_services_that_may_send_it() {
    let desk = Desk::with(asmxd::config::Config { challenge: true, ..cheap() });
    for version in Version::ALL {
        let empty = ask().parameters("", "").basic("", "").token("", "");
        for nothing in [ask(), empty, ask().authorization("Bearer x")] {
            for own in &OPERATIONS[1..] {
                let reply = nothing.send(&desk, *own, version);
                assert_eq!((reply.status, reply.code(), reply.text("Message").as_str()), (401, 1, FAILED));
                assert_eq!(reply.header("WWW-Authenticate"), Some("Basic realm=\"asmxd\", charset=\"UTF-8\""));
                assert_eq!(reply.header("Content-Type"), Some(version.content_type()));
            }
            let legacy = nothing.send(&desk, OPERATIONS[0], version);
            assert_eq!((legacy.status, legacy.code(), legacy.header("WWW-Authenticate")), (200, 1, None));
        }
    }
    for wrong in
        [ask().parameters(ADMIN, "wrong"), ask().basic(ADMIN, "wrong"), ask().token("", "x"), ask().authorization("Basic ?")]
    {
        wrong.fails_to_log_in(&desk);
    }
    ask().basic(ADMIN, PASSWORD).is_let_in(&desk);
}

#[test]
fn without_the_setting_nobody_is_challenged() {
    ask().fails_to_log_in(&Desk::open());
}

/// The fenced blocks of a document that are HTTP, in their order.
fn blocks(text: &str) -> Vec<&str> {
    text.split("```http\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn the_examples_of_the_documents_are_answered_as_they_say() {
    for document in ["docs/authentication.md", "docs/accounts.md"] {
        let text = std::fs::read_to_string(repository(document)).unwrap();
        let (usual, challenging) = (Desk::open(), Desk::with(asmxd::config::Config { challenge: true, ..cheap() }));
        let blocks = blocks(&text);
        assert!(blocks.len() >= 6 && blocks.len().is_multiple_of(2), "{document}: requests and answers take turns");
        for pair in blocks.chunks(2) {
            let (head, body) = pair[1].split_once("\n\n").unwrap();
            let status: u16 = head.split(' ').nth(1).unwrap().parse().unwrap();
            let desk = if status == 401 { &challenging } else { &usual };
            let reply = desk.send(&on_the_wire(pair[0].trim_end().as_bytes()));
            assert_eq!(reply.status, status, "{}{}", pair[0], reply.body);
            for (name, value) in head.lines().skip(1).map(|line| line.split_once(": ").unwrap()) {
                assert_eq!(reply.header(name), Some(value), "{}", pair[0]);
            }
            assert!(reply.body.contains(body.trim()), "{}{}", pair[0], reply.body);
        }
    }
}
