//! What we make of the envelopes of requests.

use super::{assert_ran, client, code, creation, envelope, post, probe, send};
use crate::support::{ADMIN, Desk, PASSWORD, operation};
use asmxd::wire::soap::Version;

const DECLARED: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";

fn typed(version: Version) -> String {
    format!("Content-Type: {}\n", version.content_type())
}

fn media(version: Version) -> &'static str {
    version.content_type().split(';').next().unwrap()
}

/// A known deviation (R34): the profile knows one child only.
#[test]
fn r9981_of_two_children_of_a_body_the_first_runs_and_the_second_does_not() {
    let desk = Desk::open();
    let before = desk.dump();
    for version in Version::ALL {
        assert_ran(&send(&desk, version, &envelope(version, "", &format!("{}{}", probe(), creation()))), "two");
    }
    assert_eq!(desk.dump(), before);
}

#[test]
fn r1014_a_child_of_the_body_that_is_in_no_namespace_is_refused() {
    let desk = Desk::open();
    for version in Version::ALL {
        for action in
            ["", "SOAPAction: \"http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx/GetServerName\"\n"]
        {
            let document = envelope(version, "", "<GetServerName/>");
            let reply = post(&desk, &format!("{}{action}", typed(version)), document.as_bytes());
            assert_eq!((reply.status, code(&reply).as_str()), (500, client(version)), "{action}");
        }
    }
}

#[test]
fn r1008_an_envelope_with_a_dtd_is_refused_before_anything_is_expanded() {
    let desk = Desk::open();
    for version in Version::ALL {
        for dtd in ["<!DOCTYPE a>", "<!DOCTYPE a [<!ENTITY e \"lab\">]>", "<!DOCTYPE a SYSTEM \"file:///etc/hostname\">"] {
            let reply = send(&desk, version, &format!("{dtd}{}", envelope(version, "", &probe())));
            assert_eq!((reply.status, code(&reply).as_str()), (400, client(version)), "{dtd}");
        }
    }
}

#[test]
fn r1009_processing_instructions_are_passed_over() {
    let desk = Desk::open();
    for version in Version::ALL {
        let document = envelope(version, "<?run it?>", &format!("<?run it?>{}", probe()));
        assert_ran(&send(&desk, version, &format!("<?run it?>{document}<?run it?>")), "instructions");
    }
}

/// A known deviation (R34): the profile wants nothing after the body. A header there counts as one before it.
#[test]
fn r1011_what_follows_the_body_is_passed_over_but_for_a_header_that_must_be_understood() {
    let desk = Desk::open();
    let before = desk.dump();
    for version in Version::ALL {
        let followed = |body: &str, more: &str| envelope(version, "", body).replace("</s:Body>", &format!("</s:Body>{more}"));
        assert_ran(&send(&desk, version, &followed(&probe(), "<s:Header/>")), "a header");
        assert_ran(&send(&desk, version, &followed(&probe(), "<x:more xmlns:x=\"urn:x\"/>")), "an element");
        let mandatory = "<s:Header><h:Lock xmlns:h=\"urn:h\" s:mustUnderstand=\"1\"/></s:Header>";
        assert_eq!(code(&send(&desk, version, &followed(&creation(), mandatory))), "MustUnderstand");
    }
    assert_eq!(desk.dump(), before);
}

#[test]
fn r1013_a_header_is_mandatory_by_1_and_optional_by_0_and_true_counts_as_1() {
    let desk = Desk::open();
    for version in Version::ALL {
        let with = |value: &str| {
            let header = format!("<s:Header><h:Lock xmlns:h=\"urn:h\" s:mustUnderstand=\"{value}\"/></s:Header>");
            send(&desk, version, &envelope(version, &header, &probe()))
        };
        for value in ["1", "true"] {
            assert_eq!(code(&with(value)), "MustUnderstand", "{value}");
        }
        for value in ["0", "false"] {
            assert_ran(&with(value), value);
        }
    }
}

#[test]
fn r1017_no_request_needs_an_xsi_type_and_one_that_is_there_does_no_harm() {
    let desk = Desk::open();
    let xsi = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"";
    for version in Version::ALL {
        assert_ran(&send(&desk, version, &envelope(version, "", &probe())), "none");
        let typed = probe().replace("<authUserName>", &format!("<authUserName {xsi} xsi:type=\"xsd:string\">"));
        assert_ran(&send(&desk, version, &envelope(version, "", &typed)), "a type");
    }
}

#[test]
fn r2739_r2753_headers_that_nobody_described_may_come() {
    let desk = Desk::open();
    for version in Version::ALL {
        let header = "<s:Header><h:Trace xmlns:h=\"urn:h\">1</h:Trace></s:Header>";
        assert_ran(&send(&desk, version, &envelope(version, header, &probe())), "optional");
        // One that must be understood and is: who calls.
        let security = "<s:Header><w:Security s:mustUnderstand=\"1\" xmlns:w=\"http://docs.oasis-open.org/wss/2004/01/\
             oasis-200401-wss-wssecurity-secext-1.0.xsd\"><w:UsernameToken><w:Username>admin</w:Username>\
             <w:Password>secret</w:Password></w:UsernameToken></w:Security></s:Header>";
        assert_ran(&send(&desk, version, &envelope(version, security, &probe())), "mandatory");
    }
}

#[test]
fn r2751_headers_come_in_any_order() {
    let desk = Desk::open();
    let (one, two) = ("<h:One xmlns:h=\"urn:h\"/>", "<h:Two xmlns:h=\"urn:i\"/>");
    for version in Version::ALL {
        for blocks in [format!("{one}{two}"), format!("{two}{one}"), format!("{one}{one}")] {
            let header = format!("<s:Header>{blocks}</s:Header>");
            assert_ran(&send(&desk, version, &envelope(version, &header, &probe())), &blocks);
        }
    }
}

#[test]
fn r9701_a_request_that_declares_xml_1_1_is_refused() {
    let desk = Desk::open();
    for version in Version::ALL {
        let document = format!("<?xml version=\"1.1\"?>{}", envelope(version, "", &probe()));
        let reply = send(&desk, version, &document);
        assert_eq!((reply.status, code(&reply).as_str()), (400, client(version)));
    }
}

#[test]
fn r1010_a_declaration_may_be_there_or_not() {
    let desk = Desk::open();
    for version in Version::ALL {
        let document = envelope(version, "", &probe());
        for declaration in
            ["", DECLARED, "<?xml version='1.0'?>", "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"]
        {
            assert_ran(&send(&desk, version, &format!("{declaration}{document}")), declaration);
        }
    }
}

#[test]
fn r4001_r1012_a_byte_order_mark_is_taken_and_tells_the_encoding() {
    let desk = Desk::open();
    for version in Version::ALL {
        let document = envelope(version, "", &probe());
        let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            std::iter::once(0xfeff).chain(document.encode_utf16()).flat_map(bytes).collect()
        };
        let marked = [format!("\u{feff}{document}").into_bytes(), utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)];
        for (bytes, name) in marked.iter().zip(["UTF-8", "UTF-16LE", "UTF-16BE"]) {
            assert_ran(&post(&desk, &format!("Content-Type: {}\n", media(version)), bytes), name);
        }
    }
}

/// Where a charset is told, the declaration does not count (R1019); where none is, it does: a known deviation (R34, D1).
#[test]
fn r1019_r1012_the_charset_of_the_content_type_beats_the_declaration() {
    let desk = Desk::open();
    let keys = "<userId>2</userId><requestedValues><string>Bé</string></requestedValues>";
    for version in Version::ALL {
        let body = operation(ADMIN, PASSWORD, "GetUsersProperties", keys);
        let utf8 = format!("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>{}", envelope(version, "", &body));
        let latin1: Vec<u8> = utf8.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect();
        for (charset, bytes) in [("; charset=utf-8", utf8.as_bytes()), ("; charset=iso-8859-1", &latin1), ("", &latin1)] {
            let reply = post(&desk, &format!("Content-Type: {}{charset}\n", media(version)), bytes);
            assert!(reply.body.contains("<string>Bé=</string>"), "{charset}: {}", reply.body);
        }
    }
}
