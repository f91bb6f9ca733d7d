//! How SOAP is carried over HTTP.

use super::samples::each;
use super::{assert_ran, code, envelope, post, probe, send};
use crate::support::{ADMIN, Desk, NS, PASSWORD, PATH, cheap, on_the_wire, operation, soap_request};
use asmxd::config::Config;
use asmxd::http::Addresses;
use asmxd::wire::soap::Version;

const TEXT_XML: &str = "Content-Type: text/xml; charset=utf-8\n";

fn document() -> Vec<u8> {
    envelope(Version::Soap11, "", &probe()).into_bytes()
}

/// Sends a request whose first line is given.
fn ask(desk: &Desk, line: &str, headers: &str, body: &[u8]) -> crate::support::Reply {
    desk.send(&on_the_wire(&[format!("{line}\nHost: localhost\n{headers}\n").as_bytes(), body].concat()))
}

#[test]
fn r1140_r1141_calls_are_answered_over_http_1_1_and_1_0() {
    let desk = Desk::open();
    for number in ["1.1", "1.0"] {
        assert_ran(&ask(&desk, &format!("POST {PATH} HTTP/{number}"), TEXT_XML, &document()), number);
    }
}

#[test]
fn r1132_r1108_a_call_is_a_post_and_the_extension_framework_is_refused() {
    let desk = Desk::open();
    let reply = ask(
        &desk,
        &format!("M-POST {PATH} HTTP/1.1"),
        &format!("{TEXT_XML}Man: \"http://schemas.xmlsoap.org/soap/envelope/\"; ns=01\n01-SOAPAction: \"{NS}/GetServerName\"\n"),
        &document(),
    );
    assert_eq!((reply.status, reply.header("allow")), (405, Some("GET, HEAD, POST")));
}

#[test]
fn r1109_r1119_an_action_is_taken_with_and_without_quotes() {
    let desk = Desk::open();
    for action in [format!("\"{NS}/GetServerName\""), format!("{NS}/GetServerName")] {
        assert_ran(&post(&desk, &format!("{TEXT_XML}SOAPAction: {action}\n"), &document()), &action);
    }
}

#[test]
fn r1127_whatever_the_action_says_the_body_decides_and_only_another_operations_action_is_refused() {
    let desk = Desk::open();
    let unknown = [format!("\"{NS}/getservername\""), "\"urn:unknown\"".to_owned(), "\"\"".to_owned(), String::new()];
    for action in unknown {
        assert_ran(&post(&desk, &format!("{TEXT_XML}SOAPAction: {action}\n"), &document()), &action);
    }
    assert_ran(&post(&desk, TEXT_XML, &document()), "none");
    let reply = post(&desk, &format!("{TEXT_XML}SOAPAction: \"{NS}/GetAllRoles\"\n"), &document());
    assert_eq!((reply.status, code(&reply).as_str()), (500, "Client"));
}

#[test]
fn r2744_r2745_the_action_of_the_wsdl_works_as_it_is_sent() {
    let desk = Desk::open();
    for version in Version::ALL {
        let action = format!("{NS}/GetServerName");
        let body = operation(ADMIN, PASSWORD, "GetServerName", "");
        assert_ran(&desk.send(&soap_request(version, PATH, Some(&action), &body)), "the action");
    }
}

#[test]
fn bp20_the_action_parameter_of_soap_1_2_may_be_left_out() {
    let desk = Desk::open();
    assert_ran(&send(&desk, Version::Soap12, &envelope(Version::Soap12, "", &probe())), "no action");
}

#[test]
fn r1124_r1111_a_result_goes_with_200() {
    each(|sample, _| {
        if !sample.is_fault() {
            assert_eq!(sample.reply.status, 200, "{}", sample.name);
        }
    });
}

#[test]
fn r1125_r1113_what_is_no_http_or_no_xml_is_refused_with_400() {
    let desk = Desk::open();
    assert_eq!(desk.send(b"POST / HTTP/1.1\r\nno colon\r\n\r\n").status, 400);
    for version in Version::ALL {
        let whole = envelope(version, "", &probe());
        let truncated = whole.strip_suffix("</s:Envelope>").unwrap();
        for broken in ["<s:Envelope", "<s:Envelope/>", truncated, &whole.replace("</s:Body>", "</s:Bdy>"), &format!("{whole}<")] {
            let action = format!("Content-Type: {}\nSOAPAction: \"{NS}/GetServerName\"\n", version.content_type());
            assert_eq!(post(&desk, &action, broken.as_bytes()).status, 400, "{broken}");
        }
    }
}

#[test]
fn r1114_another_method_is_refused_with_405_and_those_that_are_taken() {
    let desk = Desk::open();
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS"] {
        let reply = ask(&desk, &format!("{method} {PATH} HTTP/1.1"), TEXT_XML, &document());
        assert_eq!((reply.status, reply.header("allow")), (405, Some("GET, HEAD, POST")), "{method}");
    }
}

#[test]
fn r1115_another_media_type_is_refused_with_415() {
    let desk = Desk::open();
    for media in ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"] {
        let reply = post(&desk, &format!("Content-Type: {media}\nSOAPAction: \"{NS}/GetServerName\"\n"), &document());
        assert_eq!(reply.status, 415, "{media}");
    }
    assert_eq!(post(&desk, &format!("SOAPAction: \"{NS}/GetServerName\"\n"), &document()).status, 415, "none");
}

#[test]
fn r1130_a_call_is_never_redirected_not_even_to_mend_case_or_a_slash() {
    let desk = Desk::open();
    for path in
        [PATH.to_lowercase(), PATH.to_uppercase(), format!("{PATH}/"), format!("{PATH}?x=1"), format!("{PATH}?op=GetServerName")]
    {
        assert_ran(&ask(&desk, &format!("POST {path} HTTP/1.1"), TEXT_XML, &document()), &path);
    }
    each(|sample, _| assert!(sample.reply.header("location").is_none(), "{}", sample.name));
}

#[test]
fn r1121_no_cookie_is_set_or_needed_and_one_that_comes_is_passed_over() {
    let desk = Desk::open();
    assert_ran(&post(&desk, &format!("{TEXT_XML}Cookie: ASP.NET_SessionId=x\n"), &document()), "a cookie");
    each(|sample, _| assert!(sample.reply.header("set-cookie").is_none(), "{}", sample.name));
}

#[test]
fn r0001_r5001_the_description_is_there_and_tells_the_address_of_the_scheme_that_was_used() {
    let addresses = Addresses { public_url: None, trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()] };
    let desk = Desk::with(Config { addresses, ..cheap() });
    for scheme in ["http", "https"] {
        let reply = ask(&desk, &format!("GET {PATH}?WSDL HTTP/1.1"), &format!("X-Forwarded-Proto: {scheme}\n"), b"");
        assert_eq!(reply.status, 200);
        let told = reply.body.matches(&format!(" location=\"{scheme}://localhost{PATH}\"")).count();
        assert_eq!(told, reply.all("port").len(), "{scheme}: {}", reply.body);
    }
}
