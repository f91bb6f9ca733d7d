//! The header of WS-Security: what of it is understood, its time, and what is refused.

use super::{MUST, OPERATIONS, PROFILE, SECEXT, UTILITY, ask, security, token, token_of};
use crate::support::{ADMIN, Desk, PASSWORD, cheap};
use asmxd::wire::soap::Version;

const PAST: &str = "2001-01-01T00:00:00Z";
const FUTURE: &str = "9998-01-01T00:00:00Z";

fn timestamp(created: &str, expires: &str) -> String {
    format!("<u:Timestamp u:Id=\"T\"><u:Created>{created}</u:Created><u:Expires>{expires}</u:Expires></u:Timestamp>")
}

#[test]
fn a_token_that_must_be_understood_is_understood_beside_a_timestamp_that_is_good() {
    let desk = Desk::open();
    for stamp in ["", &timestamp(PAST, FUTURE), "<u:Timestamp/>", "<u:Timestamp><x xmlns=\"urn:x\"/></u:Timestamp>"] {
        for content in [format!("{stamp}{}", token(ADMIN, PASSWORD)), format!("{}{stamp}", token(ADMIN, PASSWORD))] {
            ask().header(&security(MUST, &content)).is_let_in(&desk);
            ask().header(&security(MUST, &content)).after_the_body().is_let_in(&desk);
        }
        ask().header(&security(MUST, &format!("{stamp}{}", token(ADMIN, "wrong")))).fails_to_log_in(&desk);
    }
    ask().header(&security(MUST, &timestamp(PAST, FUTURE))).parameters(ADMIN, PASSWORD).is_let_in(&desk);
}

#[test]
fn a_message_that_expired_or_comes_from_the_future_is_refused_whether_or_not_the_header_must_be_understood() {
    let desk = Desk::open();
    for (stamp, says) in [
        (timestamp("2001-01-01T00:00:00Z", "2001-01-01T00:01:00Z"), "The message has expired"),
        (timestamp(FUTURE, "9998-01-01T00:01:00Z"), "The message was created in the future"),
        (format!("<u:Timestamp><u:Expires>{PAST}</u:Expires></u:Timestamp>"), "The message has expired"),
    ] {
        for header in [security(MUST, &format!("{stamp}{}", token(ADMIN, PASSWORD))), security("", &stamp)] {
            let ask = ask().header(&header).parameters(ADMIN, PASSWORD);
            ask.is_refused(&desk, "MessageExpired", says);
            ask.after_the_body().is_refused(&desk, "MessageExpired", says);
        }
    }
}

#[test]
fn a_timestamp_that_cannot_be_read_is_the_callers_mistake() {
    let desk = Desk::open();
    for (stamp, says) in [
        (timestamp("yesterday", FUTURE), "has in Created no date"),
        (timestamp(PAST, "2030-02-30T00:00:00Z"), "has in Expires no date"),
        (timestamp(PAST, ""), "has in Expires no date"),
        (timestamp(FUTURE, PAST), "expires before it was created"),
        (
            timestamp(PAST, FUTURE).replace("<u:Expires>", "<u:Created>2001-01-02T00:00:00Z</u:Created><u:Expires>"),
            "Created more than once",
        ),
        (timestamp(PAST, FUTURE).repeat(2), "more than one Timestamp"),
    ] {
        for reply in ask().header(&security(MUST, &format!("{stamp}{}", token(ADMIN, PASSWORD)))).everywhere(&desk) {
            assert_eq!(reply.status, 500, "{}", reply.body);
            assert!(reply.body.contains(says), "{}", reply.body);
            assert!(reply.body.contains("soap:Client") || reply.body.contains("soap:Sender"), "{}", reply.body);
        }
    }
}

#[test]
fn how_far_clocks_may_differ_is_configured() {
    let lenient = Desk::with(asmxd::config::Config { clock_skew: std::time::Duration::from_secs(200 * 365 * 86_400), ..cheap() });
    let expired = security(MUST, &format!("{}{}", timestamp(PAST, "2001-01-01T00:01:00Z"), token(ADMIN, PASSWORD)));
    ask().header(&expired).is_let_in(&lenient);
    ask().header(&expired).is_refused(&Desk::open(), "MessageExpired", "the 300 seconds");
}

#[test]
fn a_security_header_with_anything_else_is_not_understood_but_its_token_is_read_where_it_need_not_be() {
    let desk = Desk::open();
    for more in [
        "<s:Signature xmlns:s=\"http://www.w3.org/2000/09/xmldsig#\"/>",
        "<e:EncryptedData xmlns:e=\"http://www.w3.org/2001/04/xmlenc#\"/>",
        "<a:Assertion xmlns:a=\"urn:oasis:names:tc:SAML:2.0:assertion\"/>",
        "<w:BinarySecurityToken>AAAA</w:BinarySecurityToken>",
        "<UsernameToken/>",
        "<u:UsernameToken/>",
    ] {
        let content = format!("{more}{}", token(ADMIN, PASSWORD));
        ask().header(&security(MUST, &content)).is_not_understood(&desk);
        ask().header(&security(MUST, &content)).after_the_body().is_not_understood(&desk);
        ask().header(&security("", &content)).is_let_in(&desk);
        ask().header(&security(MUST, more)).parameters(ADMIN, PASSWORD).is_not_understood(&desk);
        ask().header(&security("", more)).parameters(ADMIN, PASSWORD).is_let_in(&desk);
    }
    ask().header(&security(MUST, "")).parameters(ADMIN, PASSWORD).is_not_understood(&desk);
}

#[test]
fn a_digest_or_a_type_that_nobody_knows_is_refused_and_the_fault_says_what_to_send_and_no_password() {
    let desk = Desk::open();
    for (kind, says) in [("#PasswordDigest", "only hashes"), ("#Other", "unknown type"), ("", "unknown type")] {
        let password = format!("<w:Username>{ADMIN}</w:Username><w:Password Type=\"{PROFILE}{kind}\">{PASSWORD}</w:Password>");
        let content = token_of(&format!("{password}<w:Nonce>AAAA</w:Nonce><u:Created>2001-01-01T00:00:00Z</u:Created>"));
        for attributes in [MUST, ""] {
            let digest = ask().header(&security(attributes, &content));
            digest.is_refused(&desk, "UnsupportedSecurityToken", says);
            digest.clone().parameters(ADMIN, PASSWORD).is_refused(
                &desk,
                "UnsupportedSecurityToken",
                "Send the password as PasswordText",
            );
            digest.after_the_body().is_refused(&desk, "UnsupportedSecurityToken", says);
        }
        let nobody = security(MUST, &content.replace(ADMIN, "nobody"));
        let told = |header: &str| ask().header(header).send(&desk, OPERATIONS[0], Version::Soap12).body;
        assert_eq!(told(&nobody), told(&security(MUST, &content)), "it tells nothing of who exists");
    }
}

#[test]
fn a_header_that_is_not_understood_is_told_before_one_that_is_refused() {
    let desk = Desk::open();
    let expired = security("", &timestamp(PAST, PAST));
    let ask = ask().header(&expired).header("<x soap:mustUnderstand=\"1\" xmlns=\"urn:x\"/>");
    for reply in ask.everywhere(&desk).into_iter().chain(ask.clone().after_the_body().everywhere(&desk)) {
        assert!(reply.body.contains("SOAP header x was not understood."), "{}", reply.body);
    }
}

#[test]
fn a_password_without_a_type_is_one_as_it_is_and_what_else_a_token_holds_is_passed_over() {
    let desk = Desk::open();
    let (user, password) = (format!("<w:Username>{ADMIN}</w:Username>"), format!("<w:Password>{PASSWORD}</w:Password>"));
    ask().header(&security(MUST, &token_of(&format!("{user}{password}")))).is_let_in(&desk);
    ask().header(&security(MUST, &token_of(&format!("<w:Nonce>x</w:Nonce>{password}<u:Created/>{user}")))).is_let_in(&desk);
    ask().header(&security("", &token_of(&user))).fails_to_log_in(&desk);
    ask().header(&security("", &token_of(&format!("{user}{user}{password}")))).fails_to_log_in(&desk);
    ask().header(&security("", &token_of(&format!("{user}{password}{password}")))).fails_to_log_in(&desk);
}

#[test]
fn a_security_header_for_another_node_or_of_another_place_is_not_read() {
    let desk = Desk::open();
    for version in Version::ALL {
        let role = if version == Version::Soap11 { "actor" } else { "role" };
        let elsewhere = security(&format!("soap:{role}=\"urn:a:gateway\" {MUST}"), &token("nobody", "wrong"));
        let both = ask().header(&elsewhere).parameters(ADMIN, PASSWORD);
        assert_eq!(both.send(&desk, OPERATIONS[0], version).code(), 0, "it neither counts nor contradicts");
        assert_eq!(ask().header(&elsewhere).send(&desk, OPERATIONS[0], version).code(), 1);
    }
    let next = "soap:actor=\"http://schemas.xmlsoap.org/soap/actor/next\"";
    let reply = ask().header(&security(next, &token(ADMIN, PASSWORD))).send(&desk, OPERATIONS[0], Version::Soap11);
    assert_eq!(reply.code(), 0, "the next node is this one");
    ask().header(&format!("<x xmlns=\"urn:x\">{}</x>", security("", &token(ADMIN, PASSWORD)))).fails_to_log_in(&desk);
    ask()
        .header(
            &token(ADMIN, PASSWORD)
                .replace("<w:UsernameToken", &format!("<w:UsernameToken xmlns:w=\"{SECEXT}\" xmlns:u=\"{UTILITY}\"")),
        )
        .fails_to_log_in(&desk);
}

#[test]
fn a_password_with_an_element_in_it_is_malformed_as_it_is_in_a_parameter() {
    let desk = Desk::open();
    let header = security("", &token(ADMIN, "sec<b/>ret"));
    for reply in
        ask().header(&header).everywhere(&desk).into_iter().chain(ask().header(&header).after_the_body().everywhere(&desk))
    {
        assert_eq!(reply.status, 400, "{}", reply.body);
        assert!(!reply.body.contains("sec"), "{}", reply.body);
    }
}
