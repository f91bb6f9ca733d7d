//! Walks over the table of services: what must hold for every operation is tested over all of them.

use crate::support::{ADMIN, Desk, NS, PASSWORD, PATH, soap_request};
use asmxd::contract::{Access, Declaration, Effect, Field, Record, Type};
use asmxd::operations::{SERVICES, Service};
use asmxd::wire::soap::Version;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;

fn declarations() -> impl Iterator<Item = &'static Declaration> {
    SERVICES.iter().flat_map(|service| service.operations).map(|entry| entry.declaration)
}

fn records(ty: Type, found: &mut Vec<&'static Record>) {
    match ty {
        Type::Record(record) if !found.iter().any(|known| known.name == record.name) => {
            found.push(record);
            record.fields.iter().for_each(|field| records(field.ty, found));
        }
        Type::Array(array) => records(array.ty, found),
        _ => {}
    }
}

#[test]
fn names_are_unique_and_legal_and_everything_is_documented() {
    let mut names = BTreeSet::new();
    let of_service = SERVICES.iter().flat_map(|service| service.operations.iter().map(|entry| (service.name, entry.declaration)));
    for (service, declaration) in of_service {
        assert!(names.insert((service, declaration.name)), "{service}: {} stands twice", declaration.name);
        let mut seen = vec![];
        records(Type::Record(declaration.result), &mut seen);
        let fields = seen.iter().flat_map(|record| record.fields).chain(declaration.parameters);
        let documented = fields.map(|field: &Field| (field.name, field.doc));
        let texts = seen.iter().map(|record| (record.name, record.doc)).chain(documented);
        for (name, doc) in texts.chain([(declaration.name, declaration.doc)]) {
            assert!(!doc.trim().is_empty(), "{}: {name} has no documentation", declaration.name);
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric()), "{name} is no legal name");
        }
        assert!(declaration.parameters.len() <= 64, "a parameter has no bit in the set of those that were read");
    }
}

#[test]
fn the_credentials_come_first_and_every_result_tells_how_the_call_ended() {
    for declaration in declarations() {
        let [user, password, ..] = declaration.parameters else { panic!("{} has no credentials", declaration.name) };
        assert!(user.name.ends_with("UserName") && password.ty == Type::Secret, "{}", declaration.name);
        for name in ["Message", "Result", "ResultCode"] {
            assert!(declaration.result.fields.iter().any(|field| field.name == name), "{} {name}", declaration.name);
        }
    }
}

/// What people change of themselves (R22).
const OF_ONESELF: &[&str] = &["UpdateMyPreferences", "ChangePassword", "SetMyAvatar"];

#[test]
fn what_writes_is_for_administrators_unless_it_is_about_oneself() {
    for declaration in declarations().filter(|declaration| declaration.effect == Effect::Writes) {
        let access = if OF_ONESELF.contains(&declaration.name) { Access::Anybody } else { Access::Administrator };
        assert_eq!(declaration.access, access, "{} (R22)", declaration.name);
    }
}

/// Text for a parameter: sometimes fitting its type, sometimes anything.
fn value(ty: Type) -> BoxedStrategy<String> {
    let text = prop_oneof!["[a-z0-9@.=;]{0,12}", "\\PC{0,20}"]
        .prop_map(|text| text.replace('&', "&amp;").replace('<', "&lt;").replace("]]>", ""));
    match ty {
        Type::Int | Type::Short => prop_oneof![4 => (-3..300_i32).prop_map(|n| n.to_string()), 1 => text].boxed(),
        Type::Boolean => prop_oneof![4 => any::<bool>().prop_map(|b| b.to_string()), 1 => text].boxed(),
        Type::Array(array) => {
            let item = value(array.ty).prop_map(move |text| format!("<{0}>{text}</{0}>", array.item));
            prop::collection::vec(item, 0..4).prop_map(|items| items.concat()).boxed()
        }
        _ => text.boxed(),
    }
}

fn call(declaration: &'static Declaration) -> BoxedStrategy<String> {
    let parameters: Vec<_> = declaration.parameters[2..]
        .iter()
        .map(|field| {
            prop::option::weighted(0.9, value(field.ty))
                .prop_map(move |text| text.map_or(String::new(), |text| format!("<{0}>{text}</{0}>", field.name)))
        })
        .collect();
    parameters.prop_map(|parts| parts.concat()).boxed()
}

/// A call as the administrator, to the service that the operation belongs to.
fn request(service: &Service, declaration: &Declaration, parameters: &str) -> Vec<u8> {
    let [user, password, ..] = declaration.parameters else { panic!("{} has no credentials", declaration.name) };
    let body = format!(
        "<{0} xmlns=\"{1}\"><{2}>{ADMIN}</{2}><{3}>{PASSWORD}</{3}>{parameters}</{0}>",
        declaration.name, service.namespace, user.name, password.name
    );
    soap_request(Version::Soap11, &format!("/Services2/{}.asmx", service.name), None, &body)
}

#[test]
fn whatever_comes_is_answered_with_a_result_or_a_fault_and_the_server_lives_on() {
    let desk = Desk::open();
    let mut runner = TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() });
    for (service, declaration) in
        SERVICES.iter().flat_map(|service| service.operations.iter().map(|entry| (*service, entry.declaration)))
    {
        runner
            .run(&call(declaration), |parameters| {
                let reply = desk.send(&request(service, declaration, &parameters));
                prop_assert!(reply.status == 200 || reply.body.contains("Fault>"), "{} {}", reply.status, reply.body);
                prop_assert!(reply.status != 200 || matches!(reply.code(), 0..=6), "{}", reply.body);
                Ok(())
            })
            .unwrap();
    }
    assert_eq!(desk.call("GetServerName", "").code(), 0);
}

#[test]
fn random_bytes_in_place_of_an_envelope_are_refused_politely() {
    let desk = Desk::open();
    let valid = soap_request(
        Version::Soap11,
        PATH,
        None,
        &format!("<GetServerName xmlns=\"{NS}\"><authUserName>a</authUserName></GetServerName>"),
    );
    let split = valid.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
    let (head, body) = valid.split_at(split);
    let mut runner = TestRunner::new(Config { cases: 300, failure_persistence: None, ..Config::default() });
    runner
        .run(&(0..body.len(), prop::collection::vec(any::<u8>(), 1..6)), |(at, bytes)| {
            let mut damaged = body.to_vec();
            let end = (at + bytes.len()).min(damaged.len());
            damaged.splice(at..end, bytes);
            let head = String::from_utf8_lossy(head)
                .replace(&format!("Content-Length: {}", body.len()), &format!("Content-Length: {}", damaged.len()));
            let reply = desk.send(&[head.as_bytes(), &damaged].concat());
            prop_assert!(matches!(reply.status, 200 | 400 | 500), "{} {}", reply.status, reply.body);
            prop_assert!(!reply.body.is_empty() && !reply.body.contains("panicked"));
            Ok(())
        })
        .unwrap();
}
