//! What faults look like, on every path that leads to one, and when they come.

use super::samples::{each, each_fault};
use super::{client, code, creation, envelope, post, probe, send};
use crate::support::{ADMIN, Desk, PASSWORD, newcomer, operation};
use asmxd::wire::soap::Version;
use roxmltree::Node;

const SOAP11: &str = Version::Soap11.namespace();
const SOAP12: &str = Version::Soap12.namespace();

fn names<'a>(node: Node<'a, '_>) -> Vec<&'a str> {
    node.children().filter(Node::is_element).map(|child| child.tag_name().name()).collect()
}

/// The namespaces of the codes that faults about the headers of other specifications have: WS-Addressing and WS-Security.
const OF_HEADERS: [&str; 3] = [
    "http://www.w3.org/2005/08/addressing",
    "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
];

/// A header block that must be understood and is not, for this actor or role.
fn mandatory(role: &str) -> String {
    format!("<s:Header><h:Lock xmlns:h=\"urn:h\" s:mustUnderstand=\"1\"{role} /></s:Header>")
}

#[test]
fn r1000_r1001_a_fault_has_the_four_children_at_most_and_they_are_in_no_namespace() {
    each_fault(Version::Soap11, |sample, fault| {
        let names = names(fault);
        assert!(matches!(names[..], ["faultcode", "faultstring"] | ["faultcode", "faultstring", "detail"]), "{}", sample.name);
        let mut children = fault.children().filter(Node::is_element);
        assert!(children.all(|child| child.tag_name().namespace().is_none()), "{}", sample.name);
        assert_eq!(fault.attributes().count(), 0, "{}", sample.name);
    });
}

#[test]
fn r1004_r1031_the_code_of_a_fault_is_one_of_soaps_and_has_no_dots() {
    each_fault(Version::Soap11, |sample, fault| {
        let code = fault.children().find(|child| child.has_tag_name("faultcode")).unwrap();
        let (prefix, local) = code.text().unwrap().split_once(':').unwrap();
        let namespace = code.lookup_namespace_uri(Some(prefix)).unwrap();
        let soaps = matches!(local, "VersionMismatch" | "MustUnderstand" | "Client" | "Server");
        assert!(!local.contains('.'), "{}: {local}", sample.name);
        assert!(
            if namespace == SOAP11 { soaps } else { OF_HEADERS.contains(&namespace) },
            "{}: {namespace} {local}",
            sample.name
        );
    });
}

#[test]
fn bp20_a_fault_of_soap_1_2_has_a_code_of_soaps_and_a_reason_that_tells_its_language() {
    each_fault(Version::Soap12, |sample, fault| {
        assert!(matches!(names(fault)[..], ["Code", "Reason"] | ["Code", "Reason", "Detail"]), "{}", sample.name);
        let one = |name| fault.descendants().find(|node| node.has_tag_name((SOAP12, name))).unwrap();
        let (prefix, local) = one("Value").text().unwrap().split_once(':').unwrap();
        assert_eq!(fault.lookup_namespace_uri(Some(prefix)), Some(SOAP12), "{}", sample.name);
        assert!(matches!(local, "VersionMismatch" | "MustUnderstand" | "Sender" | "Receiver"), "{}: {local}", sample.name);
        let language = one("Text").attribute(("http://www.w3.org/XML/1998/namespace", "lang"));
        assert_eq!(language, Some("en"), "{}", sample.name);
    });
}

/// A request that cannot be read has the status that HTTP has for that; its fault only says why (D6, R8).
#[test]
fn r1126_a_fault_goes_with_500_unless_the_request_could_not_be_read() {
    each(|sample, _| match (sample.is_fault(), sample.reply.status) {
        (false, status) => assert_eq!(status, 200, "{}", sample.name),
        (true, status) => assert!(matches!(status, 500 | 400 | 413 | 415), "{}: {status}", sample.name),
    });
    let desk = Desk::open();
    for version in Version::ALL {
        for (header, body) in [("", "<x xmlns=\"urn:x\" />".to_owned()), (&*mandatory(""), probe()), ("", String::new())] {
            assert_eq!(send(&desk, version, &envelope(version, header, &body)).status, 500, "{body}");
        }
    }
}

#[test]
fn r1015_a_root_that_is_no_envelope_gets_a_fault() {
    let desk = Desk::open();
    for version in Version::ALL {
        for root in ["<Envelope xmlns=\"urn:x\"/>", "<Envelope/>", "<s:Message xmlns:s=\"urn:x\"/>"] {
            let reply = send(&desk, version, root);
            assert_eq!((reply.status, code(&reply).as_str()), (500, "VersionMismatch"), "{root}");
        }
    }
}

#[test]
fn bp20_a_mismatch_of_versions_tells_the_envelopes_that_are_spoken() {
    let reply = send(&Desk::open(), Version::Soap12, "<s:Envelope xmlns:s=\"urn:x\"><s:Body/></s:Envelope>");
    let document = roxmltree::Document::parse(&reply.body).unwrap();
    let spoken = document.descendants().filter(|node| node.has_tag_name((SOAP12, "SupportedEnvelope")));
    let namespaces: Vec<_> = spoken
        .map(|node| {
            let (prefix, local) = node.attribute("qname").unwrap().split_once(':').unwrap();
            assert_eq!(local, "Envelope");
            node.lookup_namespace_uri(Some(prefix)).unwrap()
        })
        .collect();
    assert_eq!(namespaces, [SOAP11, SOAP12]);
}

#[test]
fn r1025_r1028_a_header_that_is_not_understood_stops_the_call_before_anything_is_done() {
    let desk = Desk::open();
    let before = desk.dump();
    for version in Version::ALL {
        let reply = send(&desk, version, &envelope(version, &mandatory(""), &creation()));
        assert_eq!(code(&reply), "MustUnderstand", "{}", reply.body);
        // The second value cannot be read, when the first ones were.
        let parameters = newcomer("jdoe").replace("<isEmailVerified>true", "<isEmailVerified>maybe");
        let body = operation(ADMIN, PASSWORD, "CreateUser2", &parameters);
        let reply = send(&desk, version, &envelope(version, "", &body));
        assert_eq!(code(&reply), client(version), "{}", reply.body);
    }
    assert_eq!(desk.dump(), before);
}

#[test]
fn r1027_an_unknown_header_for_us_that_must_be_understood_is_a_fault() {
    let desk = Desk::open();
    let next = [
        (Version::Soap11, " s:actor=\"http://schemas.xmlsoap.org/soap/actor/next\""),
        (Version::Soap12, " s:role=\"http://www.w3.org/2003/05/soap-envelope/role/next\""),
    ];
    let alone = [(Version::Soap11, ""), (Version::Soap12, "")];
    for (version, role) in next.into_iter().chain(alone) {
        let reply = send(&desk, version, &envelope(version, &mandatory(role), &probe()));
        assert_eq!((reply.status, code(&reply).as_str()), (500, "MustUnderstand"), "{role}");
    }
    for (version, role) in [(Version::Soap11, " s:actor=\"urn:another\""), (Version::Soap12, " s:role=\"urn:another\"")] {
        super::assert_ran(&send(&desk, version, &envelope(version, &mandatory(role), &probe())), role);
    }
}

#[test]
fn bp20_a_header_that_was_not_understood_is_named_in_a_header_of_the_fault() {
    let reply = send(&Desk::open(), Version::Soap12, &envelope(Version::Soap12, &mandatory(""), &probe()));
    let document = roxmltree::Document::parse(&reply.body).unwrap();
    let named = document.descendants().find(|node| node.has_tag_name((SOAP12, "NotUnderstood"))).unwrap();
    let (prefix, local) = named.attribute("qname").unwrap().split_once(':').unwrap();
    assert_eq!((named.lookup_namespace_uri(Some(prefix)), local), (Some("urn:h"), "Lock"));
}

#[test]
fn r2724_an_envelope_that_is_not_as_described_is_the_clients_fault() {
    let desk = Desk::open();
    let wrong_type = operation(ADMIN, PASSWORD, "GetOrganizationByID", "<organizationId>x</organizationId>");
    let wrong_type = wrong_type.replace("GetOrganizationByID", "GetUsersProperties").replace("organizationId", "userId");
    for version in Version::ALL {
        for body in ["<Unknown xmlns=\"urn:x\"/>", "", &wrong_type, &probe().replace("GetServerName", "GetServerNames")] {
            let reply = send(&desk, version, &envelope(version, "", body));
            assert_eq!((reply.status, code(&reply).as_str()), (500, client(version)), "{body}");
        }
    }
}

#[test]
fn r2725_the_version_is_checked_first_then_headers_then_the_rest() {
    let desk = Desk::open();
    let wrong = "<Unknown xmlns=\"urn:x\"/>";
    for version in Version::ALL {
        let two = envelope(version, &mandatory(""), wrong);
        assert_eq!(code(&send(&desk, version, &two)), "MustUnderstand");
        let three = two.replace(version.namespace(), "urn:another-version");
        assert_eq!(code(&send(&desk, version, &three)), "VersionMismatch");
        let another = format!("Content-Type: {}\nSOAPAction: \"urn:unknown\"\n", version.content_type());
        assert_eq!(code(&post(&desk, &another, two.as_bytes())), "MustUnderstand");
        assert_eq!(code(&post(&desk, &another, three.as_bytes())), "VersionMismatch");
        assert_eq!(code(&send(&desk, version, &envelope(version, "", wrong))), client(version));
    }
}
