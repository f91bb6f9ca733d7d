//! The pages beside calls by forms and queries: who is shown the form, and that those samples are real, too.

use super::samples::{assert_same_shape, body, filled, page_of, sample};
use super::tree;
use crate::support::{Desk, PATH, cheap};
use asmxd::config::Config;
use asmxd::http::Forms;
use asmxd::operations::SERVICES;
use roxmltree::Document;

fn with(forms: Forms) -> Desk {
    Desk::with(Config { forms, ..cheap() })
}

#[test]
fn the_form_is_shown_to_those_who_may_post_it() {
    let elsewhere = "X-Forwarded-For: 192.0.2.1\r\n";
    for (forms, headers, has_form) in [
        (Forms::Off, "", false),
        (Forms::Local, "", true),
        (Forms::Local, elsewhere, false),
        (Forms::On, "", true),
        (Forms::On, elsewhere, true),
    ] {
        let desk = with(forms);
        let request = format!("GET {PATH}?op=GetAllRoles HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
        let page = desk.send(request.as_bytes()).body;
        assert_eq!(page.contains("<form"), has_form, "{forms:?} {headers}");
        assert_eq!(page.contains("<h2>HTTP GET</h2>"), forms == Forms::On, "{forms:?}");
        assert_eq!(page.contains("<h2>HTTP POST</h2>"), forms != Forms::Off, "{forms:?}");
    }
}

#[test]
fn each_sample_of_a_form_and_of_a_query_can_be_sent_as_it_is_shown() {
    let (mut sent, mut successes, mut compared) = (0, 0, 0);
    for service in SERVICES {
        let desk = with(Forms::On);
        for declaration in service.operations.iter().map(|entry| entry.declaration) {
            let page = page_of(&desk, service, declaration);
            let page = tree(&page);
            let protocols = [("HTTP GET", declaration.fits_a_query()), ("HTTP POST", declaration.fits_a_form())];
            for (protocol, _) in protocols.into_iter().filter(|(_, fits)| *fits) {
                let request = filled(&page, &format!("{protocol} request"));
                let reply = desk.send(&request);
                assert_eq!(reply.status, 200, "{}\n{}", String::from_utf8_lossy(&request), reply.body);
                assert_ne!(reply.code(), 1, "the login was not read: {}", reply.body);
                let shown = sample(&page, &format!("{protocol} answer"), None);
                let type_shown = shown.lines().find_map(|line| line.strip_prefix("Content-Type: "));
                assert_eq!(reply.header("content-type"), type_shown);
                let (real, sample) = (Document::parse(&reply.body).unwrap(), Document::parse(body(&shown)).unwrap());
                assert_eq!(real.root_element().tag_name(), sample.root_element().tag_name());
                if reply.text("Result") == "true" {
                    successes += 1;
                    assert_same_shape(real.root_element(), sample.root_element(), &mut compared);
                }
                sent += 1;
            }
        }
    }
    assert!(sent > 100 && successes > 40 && compared > 200, "{sent} sent, {successes} successes with {compared} elements");
}
