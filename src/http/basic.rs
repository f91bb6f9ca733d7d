//! HTTP Basic (RFC 7617): user name and password in the header `Authorization`, and the challenge that asks for them.
//!
//! Whether they are right is not known here. Other schemes are as good as no header.

use crate::contract::Claim;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

/// The value of `WWW-Authenticate`.
pub const CHALLENGE: &str = "Basic realm=\"asmxd\", charset=\"UTF-8\"";

/// Who the headers say calls. What cannot be read is void, since it cannot be right.
pub fn claim(headers: &HeaderMap) -> Claim {
    headers.get_all(AUTHORIZATION).iter().filter_map(encoded).fold(Claim::Absent, |claims, encoded| claims.and(decoded(encoded)))
}

/// What follows the scheme, if that is Basic.
fn encoded(value: &HeaderValue) -> Option<&[u8]> {
    let bytes = value.as_bytes().trim_ascii();
    let end = bytes.iter().position(u8::is_ascii_whitespace).unwrap_or(bytes.len());
    let (scheme, rest) = bytes.split_at_checked(end)?;
    scheme.eq_ignore_ascii_case(b"Basic").then(|| rest.trim_ascii_start())
}

/// The user name ends at the first colon; the password may hold more of them.
fn decoded(encoded: &[u8]) -> Claim {
    let text = STANDARD.decode(encoded).ok().and_then(|bytes| String::from_utf8(bytes).ok()).map(SecretString::from);
    match text.as_ref().and_then(|text| text.expose_secret().split_once(':')) {
        Some((user, password)) => Claim::new(user.to_owned(), password.into()),
        None => Claim::Void,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(values: &[&[u8]]) -> String {
        let values = values.iter().map(|value| (AUTHORIZATION, HeaderValue::from_bytes(value).unwrap()));
        match claim(&values.collect()) {
            Claim::Absent => "absent".to_owned(),
            Claim::Of { user, password } => format!("{user}|{}", password.expose_secret()),
            Claim::Void => "void".to_owned(),
        }
    }

    fn basic(pair: &[u8]) -> Vec<u8> {
        format!("Basic {}", STANDARD.encode(pair)).into_bytes()
    }

    #[test]
    fn the_user_name_ends_at_the_first_colon_and_both_may_be_of_any_letters() {
        for (pair, expected) in [
            ("admin:secret", "admin|secret"),
            ("admin:a:b:", "admin|a:b:"),
            ("admin:", "admin|"),
            (":secret", "|secret"),
            ("Zoë Müller:пароль ", "Zoë Müller|пароль "),
            (":", "absent"),
        ] {
            assert_eq!(told(&[&basic(pair.as_bytes())]), expected);
        }
    }

    #[test]
    fn the_scheme_is_read_without_regard_to_case_and_blanks_around_it() {
        for value in ["basic YTpi", "BASIC YTpi", "  Basic   YTpi  ", "Basic\tYTpi"] {
            assert_eq!(told(&[value.as_bytes()]), "a|b", "{value:?}");
        }
    }

    #[test]
    fn other_schemes_are_as_good_as_none() {
        for value in ["", "Bearer YTpi", "Negotiate", "Digest username=\"a\"", "Basics YTpi", "Basic:YTpi"] {
            assert_eq!(told(&[value.as_bytes()]), "absent", "{value:?}");
        }
        assert_eq!(told(&[]), "absent");
        assert_eq!(told(&[b"Bearer x", b"Basic YTpi"]), "a|b");
    }

    #[test]
    fn what_cannot_be_read_is_void() {
        for value in ["Basic", "Basic ", "Basic a:b", "Basic YTp", "Basic YTpi YTpi", "Basic YTpi,", "Basic YWI="] {
            assert_eq!(told(&[value.as_bytes()]), "void", "{value:?}");
        }
        assert_eq!(told(&[b"Basic \xff\xfe"]), "void", "bytes that are no text");
        assert_eq!(told(&[&basic(b"M\xfcller:secret")]), "void", "Latin-1");
    }

    #[test]
    fn two_headers_have_to_agree() {
        assert_eq!(told(&[b"Basic YTpi", b"basic YTpi"]), "a|b");
        assert_eq!(told(&[b"Basic YTpi", b"Basic YTpj"]), "void");
    }
}
