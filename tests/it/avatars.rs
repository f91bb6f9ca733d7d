//! Avatars over real sockets: uploaded pictures with what lets browsers keep them, and the way to those of providers.

use crate::support::{Desk, Reply, Wire, change, cheap, get, picture};
use asmxd::config::Config;
use asmxd::domain::avatar::Providers;
use asmxd::domain::ids::UserId;
use asmxd::domain::picture::{Format, Picture};
use asmxd::domain::time::Instant;

const CUSTOMER: UserId = UserId(5);
const DEFAULT: &str = "/avatars/default.png";

fn put(desk: &Desk, picture: Picture) -> String {
    let path = format!("/avatars/{}", picture.name());
    change(desk.store(), move |tx| tx.put_avatar(CUSTOMER, &picture, Instant(0))).unwrap();
    path
}

fn asked(desk: &Desk, method: &str, path: &str, headers: &str) -> Reply {
    desk.send(format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n").as_bytes())
}

fn header<'r>(reply: &'r Reply, name: &str) -> &'r str {
    reply.header(name).unwrap_or_else(|| panic!("{name} is missing: {:?}", reply.headers))
}

#[test]
fn a_picture_of_each_format_comes_back_byte_for_byte_with_its_type() {
    let desk = Desk::open();
    for format in Format::ALL {
        let picture = picture(format, 1);
        let path = put(&desk, picture.clone());
        let reply = asked(&desk, "GET", &path, "");
        assert_eq!((reply.status, header(&reply, "content-type")), (200, format.media_type()));
        assert_eq!(header(&reply, "content-length"), picture.bytes().len().to_string());
        assert_eq!(reply.body, String::from_utf8_lossy(picture.bytes()));
        assert_eq!(header(&reply, "etag"), format!("\"{}\"", picture.hash()));
    }
}

#[test]
fn a_picture_may_be_kept_for_good_and_never_runs_anything() {
    let desk = Desk::open();
    let path = put(&desk, picture(Format::Png, 1));
    for (path, cache) in [(path.as_str(), "public, max-age=31536000, immutable"), (DEFAULT, "public, max-age=86400")] {
        let reply = asked(&desk, "GET", path, "");
        assert_eq!((reply.status, header(&reply, "cache-control")), (200, cache));
        assert_eq!(header(&reply, "x-content-type-options"), "nosniff");
        assert_eq!(header(&reply, "content-security-policy"), "default-src 'none'");
    }
}

#[test]
fn who_has_a_picture_already_is_told_so_without_it() {
    let desk = Desk::open();
    let path = put(&desk, picture(Format::Jpeg, 1));
    for path in [path.as_str(), DEFAULT] {
        let first = asked(&desk, "GET", path, "");
        let tag = header(&first, "etag");
        for known in [tag.to_owned(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
            let reply = asked(&desk, "GET", path, &format!("If-None-Match: {known}\r\n"));
            assert_eq!((reply.status, reply.body.as_str(), header(&reply, "etag")), (304, "", tag), "{path} {known}");
            assert_eq!(header(&reply, "cache-control"), header(&first, "cache-control"));
            assert_eq!(reply.header("content-type"), None);
        }
        for unknown in ["\"other\"", "W/\"other\"", tag.trim_matches('"')] {
            let reply = asked(&desk, "GET", path, &format!("If-None-Match: {unknown}\r\n"));
            assert_eq!((reply.status, reply.body == first.body), (200, true), "{path} {unknown}");
        }
    }
    let gone = "/avatars/0123456789abcdef0123456789abcdef.png";
    assert_eq!(asked(&desk, "GET", gone, "If-None-Match: *\r\n").status, 404, "what is not there is not kept either");
}

#[test]
fn an_answer_without_a_body_leaves_the_connection_for_the_next_one() {
    let desk = Desk::open();
    let path = put(&desk, picture(Format::Gif, 1));
    let mut wire = Wire::connect(desk.address());
    wire.send(format!("HEAD {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes());
    let head = wire.reply_to_head();
    assert_eq!((head.status, header(&head, "content-type")), (200, "image/gif"));
    assert_ne!(header(&head, "content-length"), "0");
    let known = format!("If-None-Match: {}\r\n", header(&head, "etag"));
    wire.send(&[get(&path, &known), get("/healthz", "Connection: close\r\n")].concat());
    let rest = String::from_utf8(wire.rest()).unwrap();
    assert!(rest.starts_with("HTTP/1.1 304 ") && rest.contains("HTTP/1.1 200 OK") && rest.ends_with("\r\n\r\nok\n"), "{rest}");
}

#[test]
fn a_path_is_matched_without_regard_to_case_and_behind_a_prefix() {
    let addresses =
        asmxd::http::Addresses { public_url: Some("https://help.example/desk".to_owned()), trusted_proxies: Vec::new() };
    let desk = Desk::with(Config { addresses, ..cheap() });
    let path = put(&desk, picture(Format::Png, 1));
    for path in [path.to_uppercase(), format!("/desk{path}"), format!("{path}?width=64")] {
        assert_eq!(asked(&desk, "GET", &path, "").status, 200, "{path}");
    }
}

#[test]
fn what_is_no_avatar_is_refused_in_plain_text() {
    let desk = Desk::open();
    let path = put(&desk, picture(Format::Png, 1));
    change(desk.store(), |tx| tx.delete_avatar(CUSTOMER)).unwrap();
    for path in [path.as_str(), "/avatars/", "/avatars/x.png", "/avatars/..%2fasmxd.db", "/avatars/crm/5", "/avatars/gravatar/.."]
    {
        let reply = asked(&desk, "GET", path, "");
        assert_eq!((reply.status, header(&reply, "content-type")), (404, "text/plain; charset=utf-8"), "{path}");
    }
    for method in ["POST", "PUT", "DELETE"] {
        let reply = asked(&desk, method, &path, "Content-Length: 0\r\n");
        assert_eq!((reply.status, header(&reply, "allow")), (405, "GET, HEAD"), "{method}");
    }
}

#[test]
fn the_address_of_a_provider_leads_to_its_template_with_the_value_put_in() {
    let mut config = cheap();
    config.rules.avatars.set_further(["CRM=https://crm.example.org/p/{external_id}.jpg?s=80"]).unwrap();
    let desk = Desk::with(config);
    for (path, target) in [
        ("/avatars/gravatar/0f", "https://www.gravatar.com/avatar/0f?d=mp"),
        ("/Avatars/CRM/a%2FB%20c", "https://crm.example.org/p/a%2FB%20c.jpg?s=80"),
    ] {
        for method in ["GET", "HEAD"] {
            let reply = asked(&desk, method, path, "");
            assert_eq!((reply.status, header(&reply, "location")), (302, target), "{method} {path}");
            assert_eq!(header(&reply, "cache-control"), "public, max-age=3600");
        }
    }
    for value in ["", "a/b", "a=b", "a%0d%0a:b", "%2e%2e", &"a".repeat(301)] {
        let reply = asked(&desk, "GET", &format!("/avatars/crm/{value}"), "");
        assert_eq!((reply.status, reply.header("location")), (404, None), "{value}");
    }
}

#[test]
fn the_address_that_a_person_gets_is_answered() {
    let desk = Desk::open();
    put(&desk, picture(Format::WebP, 1));
    let user = desk.store().view(|read| read.user(CUSTOMER)).unwrap().unwrap();
    for (provider, status) in [("None", 200), ("Upload", 200), ("Gravatar", 302)] {
        let address = Providers::default().address(provider, &user);
        assert_eq!(asked(&desk, "GET", &address, "").status, status, "{provider}: {address}");
    }
}
