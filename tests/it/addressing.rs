//! WS-Addressing: what answers carry when the request does, where they go, and that nothing is added when it does not.

use crate::support::{ADMIN, Desk, NS, PASSWORD, Reply, newcomer, on_the_wire, text_of};
use asmxd::wire::soap::Version;

const V1: &str = "http://www.w3.org/2005/08/addressing";
const OLD: &str = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
const NONE: &str = "http://www.w3.org/2005/08/addressing/none";

/// A header as WCF sends it: marked as one that must be understood.
fn header(name: &str, content: &str) -> String {
    format!("<a:{name} soap:mustUnderstand=\"1\">{content}</a:{name}>")
}

fn endpoint(name: &str, address: &str) -> String {
    header(name, &format!("<a:Address>{address}</a:Address>"))
}

fn action(operation: &str) -> String {
    header("Action", &format!("{NS}/{operation}"))
}

/// What WCF's WSHttpBinding sends without security.
fn of_wcf(operation: &str) -> String {
    let to = header("To", "http://localhost/Services2/svcOrganization.asmx");
    let id = "<a:MessageID>urn:uuid:11111111-2222-3333-4444-555555555555</a:MessageID>";
    format!("{}{id}<a:ReplyTo><a:Address>{V1}/anonymous</a:Address></a:ReplyTo>{to}", action(operation))
}

fn login() -> String {
    format!("<authUserName>{ADMIN}</authUserName><authPassword>{PASSWORD}</authPassword>")
}

fn send(desk: &Desk, version: Version, namespace: &str, headers: &str, operation: &str, parameters: &str) -> Reply {
    let request = format!(
        "POST /Services2/svcOrganization.asmx HTTP/1.1\nHost: localhost\nContent-Type: {}\n\n\
         <soap:Envelope xmlns:soap=\"{}\" xmlns:a=\"{namespace}\"><soap:Header>{headers}</soap:Header><soap:Body>\
         <{operation} xmlns=\"{NS}\">{parameters}</{operation}></soap:Body></soap:Envelope>",
        version.content_type(),
        version.namespace(),
    );
    desk.send(&on_the_wire(request.as_bytes()))
}

fn get_server_name(desk: &Desk, version: Version, headers: &str) -> Reply {
    send(desk, version, V1, headers, "GetServerName", &login())
}

#[test]
fn an_answer_tells_its_action_and_which_message_it_answers_under_an_id_of_its_own() {
    let desk = Desk::open();
    for version in Version::ALL {
        let replies = [(); 2].map(|()| get_server_name(&desk, version, &of_wcf("GetServerName")));
        for reply in &replies {
            assert_eq!((reply.status, reply.code()), (200, 0), "{}", reply.body);
            assert_eq!(text_of(&reply.body, "Action"), format!("{NS}/svcOrganizationSoap/GetServerNameResponse"));
            assert_eq!(text_of(&reply.body, "RelatesTo"), "urn:uuid:11111111-2222-3333-4444-555555555555");
            assert_eq!(text_of(&reply.body, "To"), format!("{V1}/anonymous"));
            assert!(reply.body.contains(&format!("<soap:Header xmlns:wsa=\"{V1}\"><wsa:Action>")), "{}", reply.body);
        }
        let ids = replies.each_ref().map(|reply| text_of(&reply.body, "MessageID"));
        assert!(ids.iter().all(|id| id.starts_with("urn:uuid:")) && ids[0] != ids[1], "{ids:?}");
    }
}

#[test]
fn what_changes_and_what_waits_for_a_hash_is_answered_so_as_well() {
    let desk = Desk::open();
    for (name, version) in ["first", "second"].into_iter().zip(Version::ALL) {
        let parameters = format!("{}{}", login(), newcomer(name));
        let reply = send(&desk, version, V1, &of_wcf("CreateUser2"), "CreateUser2", &parameters);
        assert_eq!(reply.code(), 0, "{}", reply.body);
        assert_eq!(text_of(&reply.body, "Action"), format!("{NS}/svcOrganizationSoap/CreateUser2Response"));
        let wrong = send(&desk, version, V1, &of_wcf("GetServerName"), "GetServerName", "<authUserName>x</authUserName>");
        assert_eq!(wrong.code(), 1);
        assert_eq!(text_of(&wrong.body, "Action"), format!("{NS}/svcOrganizationSoap/GetServerNameResponse"));
    }
}

#[test]
fn an_answer_to_a_request_without_such_headers_has_none_and_neither_has_one_whose_headers_are_for_another() {
    let desk = Desk::open();
    for (version, role) in Version::ALL.into_iter().zip(["actor", "role"]) {
        let plain = get_server_name(&desk, version, "");
        assert!(!plain.body.contains("Header") && plain.code() == 0, "{}", plain.body);
        assert!(!get_server_name(&desk, version, "<x/>").body.contains("Header"));
        let gateways = format!("<a:Action soap:{role}=\"urn:a:gateway\" soap:mustUnderstand=\"1\">{NS}/GetAllRoles</a:Action>");
        assert_eq!(get_server_name(&desk, version, &gateways).body, plain.body);
    }
}

#[test]
fn each_header_is_understood_alone_and_none_is_needed() {
    let desk = Desk::open();
    for version in Version::ALL {
        for headers in [
            action("GetServerName"),
            header("Action", ""),
            header("Action", "urn:unknown"),
            header("To", "urn:elsewhere"),
            header("MessageID", "urn:uuid:1"),
            endpoint("From", "http://192.0.2.1/"),
            endpoint("ReplyTo", &format!(" {V1}/anonymous ")),
            endpoint("FaultTo", &format!("{V1}/anonymous")),
            header("RelatesTo", "urn:a").repeat(2),
            header("ReferenceParameters", "<x xmlns=\"urn:x\">1</x>"),
        ] {
            let reply = get_server_name(&desk, version, &headers);
            assert_eq!((reply.status, reply.code()), (200, 0), "{headers}: {}", reply.body);
            assert_eq!(reply.has("RelatesTo"), headers.contains("MessageID"), "{}", reply.body);
            assert!(reply.body.contains("<wsa:Action>"), "{}", reply.body);
        }
    }
}

#[test]
fn the_edition_of_2004_is_answered_in_its_own_namespace() {
    let desk = Desk::open();
    for version in Version::ALL {
        let headers = of_wcf("GetServerName").replace(&format!("{V1}/anonymous"), &format!("{OLD}/role/anonymous"));
        let reply = send(&desk, version, OLD, &headers, "GetServerName", &login());
        assert_eq!(reply.code(), 0, "{}", reply.body);
        assert!(reply.body.contains(&format!("<soap:Header xmlns:wsa=\"{OLD}\">")) && !reply.body.contains(V1), "{}", reply.body);
        assert_eq!(text_of(&reply.body, "To"), format!("{OLD}/role/anonymous"));
        let elsewhere = send(&desk, version, OLD, &endpoint("ReplyTo", NONE), "GetServerName", &login());
        assert!(
            elsewhere.body.contains(">wsa:InvalidMessageInformationHeader<"),
            "it knows no address of nobody: {}",
            elsewhere.body
        );
        assert_eq!(text_of(&elsewhere.body, "Action"), format!("{OLD}/fault"));
    }
}

#[test]
fn a_fault_has_the_action_of_addressing_when_it_is_about_addressing_and_that_of_soap_otherwise() {
    let desk = Desk::open();
    for version in Version::ALL {
        let told = |headers: &str| {
            let reply = get_server_name(&desk, version, headers);
            assert_eq!(reply.status, 500, "{}", reply.body);
            text_of(&reply.body, "Action")
        };
        assert_eq!(told(&header("To", "urn:x").repeat(2)), format!("{V1}/fault"));
        assert_eq!(told(&endpoint("ReplyTo", "http://192.0.2.1/")), format!("{V1}/fault"));
        assert_eq!(told(&format!("{}<x soap:mustUnderstand=\"1\"/>", of_wcf("GetServerName"))), format!("{V1}/soap/fault"));
        assert_eq!(told(&of_wcf("GetAllRoles")), format!("{V1}/soap/fault"));
    }
}

#[test]
fn a_request_that_wants_no_answer_is_done_and_gets_none() {
    let desk = Desk::open();
    for (name, version) in ["first", "second"].into_iter().zip(Version::ALL) {
        let parameters = format!("{}{}", login(), newcomer(name));
        let before = desk.feed_length();
        let headers = format!("{}{}", action("CreateUser2"), endpoint("ReplyTo", NONE));
        let reply = send(&desk, version, V1, &headers, "CreateUser2", &parameters);
        assert_eq!((reply.status, reply.body.as_str(), reply.header("Content-Length")), (202, "", Some("0")));
        assert!(desk.feed_length() > before, "it was done");
    }
}

#[test]
fn a_fault_goes_nowhere_only_when_faults_are_not_wanted_and_what_is_wrong_with_these_headers_is_always_told() {
    let desk = Desk::open();
    let unknown = "<x soap:mustUnderstand=\"1\"/>";
    let here = format!("{V1}/anonymous");
    for version in Version::ALL {
        let status = |headers: &str| get_server_name(&desk, version, headers).status;
        assert_eq!(status(&format!("{}{unknown}", endpoint("ReplyTo", NONE))), 202, "faults go where replies go");
        assert_eq!(status(&format!("{}{}{unknown}", endpoint("ReplyTo", NONE), endpoint("FaultTo", &here))), 500);
        assert_eq!(status(&format!("{}{unknown}", endpoint("FaultTo", NONE))), 202);
        assert_eq!(status(&endpoint("FaultTo", NONE)), 200, "a result is no fault");
        assert_eq!(status(&format!("{}{}", endpoint("ReplyTo", NONE), endpoint("FaultTo", "http://192.0.2.1/"))), 500);
        assert_eq!(status(&endpoint("ReplyTo", NONE).repeat(2)), 500);
    }
}
