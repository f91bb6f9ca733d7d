//! Pictures through both services: given, answered, taken away, and as large as they may be.

use super::{AGENT, CUSTOMER, of, seeded};
use crate::support::{Desk, PASSWORD, Reply, picture};
use asmxd::domain::picture::{Format, MAX_BYTES};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A small picture as base64; another shade makes another one.
pub fn base64(shade: u8) -> String {
    STANDARD.encode(picture(Format::Png, shade).bytes())
}

fn given(shade: u8) -> String {
    format!("<picture>{}</picture>", base64(shade))
}

fn address(desk: &Desk, user: i32) -> String {
    let address = of(desk, "GetUser", user, "").text("AvatarUrl");
    assert_eq!(desk.properties(user, &["AvatarUrl"]), [format!("AvatarUrl={address}")]);
    address
}

fn fetched(desk: &Desk, address: &str, headers: &str) -> Reply {
    desk.send(format!("GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n").as_bytes())
}

/// A picture of exactly so many bytes: a chunk that nobody reads fills it up.
fn of_size(bytes: usize) -> Vec<u8> {
    let small = picture(Format::Png, 1);
    let (before, end) = small.bytes().split_at(small.bytes().len() - 12);
    let filling = bytes - small.bytes().len() - 12;
    let chunk = [b"fiLl".as_slice(), &vec![7; filling]].concat();
    let mut check = flate2::Crc::new();
    check.update(&chunk);
    let length = u32::try_from(filling).unwrap().to_be_bytes();
    [before, &length, &chunk, &check.sum().to_be_bytes(), end].concat()
}

#[test]
fn a_picture_given_through_any_door_is_answered_at_the_same_address() {
    let desk = seeded();
    let nothing = address(&desk, CUSTOMER);
    let mut addresses = Vec::new();
    for give in ["SetAvatar", "SetMyAvatar", "property", "UpdateUserSettings", "UpdateMyPreferences"] {
        match give {
            "SetAvatar" => drop(of(&desk, give, CUSTOMER, &given(1))),
            "SetMyAvatar" => assert_eq!(desk.accounts_as("customer", PASSWORD, give, &given(1)).code(), 0),
            "property" => assert_eq!(desk.set(CUSTOMER, &[&format!("Avatar={}", base64(1))]).0, 0),
            "UpdateUserSettings" => {
                of(&desk, give, CUSTOMER, &format!("<settings><Avatar>{}</Avatar></settings>", base64(1)));
            }
            _ => {
                let preferences = format!("<preferences><Options><Avatar>{}</Avatar></Options></preferences>", base64(1));
                assert_eq!(desk.accounts_as("customer", PASSWORD, give, &preferences).code(), 0);
            }
        }
        assert_eq!(desk.properties(CUSTOMER, &["AvatarProvider"]), ["AvatarProvider=Upload"], "{give}");
        let address = address(&desk, CUSTOMER);
        let reply = fetched(&desk, &address, "");
        assert_eq!((reply.status, reply.header("content-type")), (200, Some("image/png")), "{give}");
        let tag = reply.header("etag").unwrap();
        assert_eq!(fetched(&desk, &address, &format!("If-None-Match: {tag}\r\n")).status, 304, "{give}");
        let answered = of(&desk, "GetAvatar", CUSTOMER, "");
        assert_eq!((answered.text("Picture"), answered.text("AvatarUrl")), (base64(1), address.clone()), "{give}");
        addresses.push(address);
        let removed = of(&desk, "RemoveAvatar", CUSTOMER, "");
        assert_eq!(removed.all("string"), ["AvatarProvider", "Avatar"], "{give}");
        assert_eq!(self::address(&desk, CUSTOMER), nothing, "{give}");
    }
    addresses.dedup();
    assert_eq!(addresses.len(), 1, "one picture has one address");
    assert_eq!(fetched(&desk, &addresses[0], "").status, 404, "nobody has it any more");
    assert_eq!(of(&desk, "RemoveAvatar", CUSTOMER, "").all("string"), [""; 0]);
}

#[test]
fn another_picture_has_another_address_and_the_same_one_again_changes_nothing() {
    let desk = seeded();
    let first = of(&desk, "SetAvatar", AGENT, &given(1));
    let at_first = address(&desk, AGENT);
    let before = desk.dump();
    let again = of(&desk, "SetAvatar", AGENT, &given(1));
    assert_eq!((again.all("string"), again.text("Version")), (vec![], first.text("Version")));
    assert_eq!(desk.dump(), before);
    of(&desk, "SetAvatar", AGENT, &given(2));
    assert_ne!(address(&desk, AGENT), at_first);
}

#[test]
fn the_address_of_a_gravatar_leads_to_it() {
    let desk = seeded();
    of(&desk, "UpdateUserSettings", CUSTOMER, "<settings><AvatarProvider>Gravatar</AvatarProvider></settings>");
    let reply = fetched(&desk, &address(&desk, CUSTOMER), "");
    assert_eq!(reply.status, 302);
    assert!(reply.header("location").unwrap().starts_with("https://www.gravatar.com/avatar/"));
}

#[test]
fn a_picture_of_a_mebibyte_is_taken_and_one_byte_more_is_not() {
    let desk = seeded();
    assert_eq!(MAX_BYTES, 1024 * 1024);
    let taken = of_size(MAX_BYTES);
    of(&desk, "SetAvatar", CUSTOMER, &format!("<picture>{}</picture>", STANDARD.encode(&taken)));
    let answered = of(&desk, "GetAvatar", CUSTOMER, "").text("Picture");
    assert!(STANDARD.decode(answered).unwrap() == taken);
    let before = desk.feed_length();
    let larger = format!("<userId>{CUSTOMER}</userId><picture>{}</picture>", STANDARD.encode(of_size(MAX_BYTES + 1)));
    let refused = desk.accounts("SetAvatar", &larger);
    assert_eq!((refused.code(), refused.text("Field").as_str()), (5, "picture"), "{}", refused.text("Message"));
    assert_eq!(desk.feed_length(), before);
}

#[test]
fn a_body_may_be_larger_where_pictures_are_sent() {
    let desk = Desk::open();
    let parameters = |bytes: usize| format!("<userId>3</userId>{}", " ".repeat(bytes));
    assert_eq!(desk.accounts("GetUser", &parameters(31 << 20)).status, 200);
    assert_eq!(desk.accounts("GetUser", &parameters(32 << 20)).status, 413);
    assert_eq!(desk.call("GetAllUserRoles", &parameters(3 << 20)).status, 200);
    assert_eq!(desk.call("GetAllUserRoles", &parameters(4 << 20)).status, 413);
}
