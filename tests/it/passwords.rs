//! Hashes of passwords that come from elsewhere: all that docs/passwords.md says of them, and what becomes of them when people log in.

mod logins;
mod refused;

use crate::support::{cheap, repository};
use asmxd::domain::password::{Cost, Imported, PasswordHash, Workspace};
use secrecy::SecretString;

/// The password of the examples.
const RIGHT: &str = "Grüne Äpfel 7";

/// An example of the document, and whether it says that the hash is kept.
struct Example {
    text: String,
    is_kept: bool,
}

/// The rows of the document's table of examples.
fn examples() -> Vec<Example> {
    let text = std::fs::read_to_string(repository("docs/passwords.md")).unwrap();
    let rows =
        text.lines().map(|line| line.split('|').map(str::trim).collect::<Vec<_>>()).filter(|cells| cells.len() == 7).skip(2);
    let example = |cells: Vec<&str>| Example {
        text: cells[4].trim_matches('`').to_owned(),
        is_kept: match cells[5] {
            "kept" => true,
            "wrapped" => false,
            other => panic!("{other} is neither kept nor wrapped"),
        },
    };
    rows.map(example).collect()
}

fn workspace() -> Workspace {
    Workspace::new(cheap().cost)
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn parse(text: &str) -> Imported {
    Imported::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// What is stored of a hash.
fn adopted(text: &str) -> PasswordHash {
    workspace().adopt(&parse(text)).unwrap()
}

#[test]
fn every_example_of_the_document_is_right_for_its_password_and_for_no_other() {
    let (examples, mut workspace) = (examples(), workspace());
    assert!(examples.len() > 30, "{}", examples.len());
    for Example { text, .. } in examples {
        let stored = adopted(&text);
        assert!(workspace.verify(&secret(RIGHT), Some(&stored)), "{text} as {}", stored.as_str());
        for wrong in ["Grüne Äpfel 8", "grüne Äpfel 7", "Grune Apfel 7", "Grüne Äpfel 7 ", "", &text, stored.as_str()] {
            assert!(!workspace.verify(&secret(wrong), Some(&stored)), "{text} with {wrong}");
        }
    }
}

#[test]
fn every_example_is_kept_or_wrapped_as_the_document_says_and_is_to_be_hashed_anew() {
    for Example { text, is_kept } in examples() {
        let stored = adopted(&text);
        assert_eq!((parse(&text).is_weak(), stored.as_str().starts_with("$wrapped$")), (!is_kept, !is_kept), "{text}");
        assert!(workspace().needs_upgrade(&stored), "{text}");
    }
}

#[test]
fn a_scheme_counts_in_any_case_and_may_be_left_out_where_the_hash_tells_it() {
    let mut workspace = workspace();
    let kept = examples().into_iter().filter(|example| example.is_kept);
    for text in kept.map(|example| example.text) {
        let Some((scheme, hash)) = text.split_once('}') else {
            continue;
        };
        let loud = format!("{}}}{hash}", scheme.to_uppercase());
        assert_eq!(adopted(&loud), adopted(&text));
        match hash.contains('$') {
            true => assert_eq!(adopted(hash), adopted(&text)),
            false => assert!(Imported::parse(hash).is_err(), "{hash}"),
        }
        let stored = adopted(&text);
        assert!(parse(stored.as_str()).is_stored_as(&stored, &mut workspace), "what is stored is taken as well");
    }
}

#[test]
fn the_same_hash_is_known_again_and_any_other_is_not() {
    let mut workspace = workspace();
    let all: Vec<_> = examples().into_iter().map(|example| (adopted(&example.text), example.text)).collect();
    for (stored, text) in &all {
        for (_, other) in &all {
            let same = parse(other).is_stored_as(stored, &mut workspace);
            let alike = text == other || same_digest(text) == same_digest(other);
            assert_eq!(same, alike, "{text} and {other}");
        }
    }
    let own = workspace.hash(&secret(RIGHT)).unwrap();
    assert!(parse(own.as_str()).is_stored_as(&own, &mut workspace));
    assert!(all.iter().all(|(_, text)| !parse(text).is_stored_as(&own, &mut workspace)));
}

/// Two spellings of one plain digest are the same hash.
fn same_digest(text: &str) -> &str {
    let scheme = text.split('}').next().unwrap_or_default();
    match scheme.to_lowercase().as_str() {
        "{md5" => "md5",
        "{sha1" | "{sha" => "sha1",
        _ => text,
    }
}

#[test]
fn a_hash_of_ours_is_to_be_made_anew_only_at_another_cost() {
    let mut workspace = workspace();
    let own = workspace.hash(&secret(RIGHT)).unwrap();
    assert_eq!(workspace.adopt(&parse(&format!("{{Argon2}}{}", own.as_str()))).unwrap(), own);
    assert!(!workspace.needs_upgrade(&own));
    for cost in [Cost { memory_kib: 16, iterations: 1 }, Cost { memory_kib: 8, iterations: 2 }] {
        assert!(Workspace::new(cost).needs_upgrade(&own));
    }
}

#[test]
fn a_wrapped_hash_has_a_salt_of_its_own_and_none_of_the_digest() {
    let digest = "37f2db7aa5f89d958b0db2de5c28a3a3";
    let (one, other) = (adopted(&format!("{{md5}}{digest}")), adopted(&format!("{{md5}}{digest}")));
    assert!(one.as_str().starts_with("$wrapped$md5$password$$argon2id$v=19$m=8,t=1,p=1$"), "{}", one.as_str());
    assert_ne!(one, other);
    for part in [digest, "N/LbeqX4nZWLDbLeXCijow"] {
        assert!(!one.as_str().contains(part));
    }
}

#[test]
fn nothing_of_a_hash_shows_in_debug_output() {
    for Example { text, .. } in examples() {
        assert_eq!(format!("{:?} {:?}", parse(&text), adopted(&text)), "Imported(***) PasswordHash(***)");
    }
}
