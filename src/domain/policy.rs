//! What a new password must be: long enough, not in a list of breached ones, not the user name.
//!
//! It reads a list from wherever the caller opened it, keeps nothing of it that could be read back, and does not know where passwords go.

use super::name::{self, Name};
use super::password::MAX_BYTES;
use secrecy::{ExposeSecret, SecretString};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::fmt;
use std::io::{self, BufRead};
use std::sync::Arc;

/// The rules for new passwords (R5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The fewest characters.
    pub min_length: usize,
    /// Passwords that nobody may choose, because they are known.
    pub breached: Option<Breached>,
}

impl Default for Policy {
    fn default() -> Self {
        Policy { min_length: 8, breached: None }
    }
}

impl Policy {
    /// Checks a new password of the person with this name, where it is known; the error says which rule is broken.
    pub fn check(&self, password: &SecretString, username: Option<&Name>) -> Result<(), String> {
        let text = password.expose_secret();
        if text.chars().count() < self.min_length {
            return Err(format!("needs at least {} characters.", self.min_length));
        }
        if text.len() > MAX_BYTES {
            return Err(format!("has more than {MAX_BYTES} bytes."));
        }
        if username.is_some_and(|username| bare(text) == bare(username.as_str())) {
            return Err("must not be the user name.".to_owned());
        }
        if self.breached.as_ref().is_some_and(|breached| breached.contains(password)) {
            return Err("is in the list of breached passwords: choose another.".to_owned());
        }
        Ok(())
    }
}

/// A text as names are compared, and without any blank in it.
fn bare(text: &str) -> String {
    name::key(text).chars().filter(|character| !character.is_whitespace()).collect()
}

/// The first bytes of a hash: enough to tell passwords apart, and too few to hash on with.
type Mark = [u8; 8];

/// A list of breached passwords: eight bytes of a hash for each. Clones share it, and it prints its size only.
#[derive(Clone, PartialEq, Eq)]
pub struct Breached(Arc<Marks>);

#[derive(Default, PartialEq, Eq)]
struct Marks {
    /// SHA-256 of lower-cased passwords, in order.
    plain: Vec<Mark>,
    /// SHA-1 of passwords in the case in which they were breached, in order.
    sha1: Vec<Mark>,
}

impl Breached {
    /// Reads a list with a password a line, or its SHA-1 as 40 hexadecimal digits, behind which `:` and a count may stand. Lines end with LF or
    /// CRLF, empty ones are passed over, blanks count. The error names the line.
    pub fn read(mut list: impl BufRead) -> Result<Breached, String> {
        let (mut marks, mut line) = (Marks::default(), Vec::new());
        for number in 1_u64.. {
            line.clear();
            let bytes = list.read_until(b'\n', &mut line).map_err(|error: io::Error| format!("line {number}: {error}"))?;
            if bytes == 0 {
                break;
            }
            let text = std::str::from_utf8(&line).map_err(|_| format!("line {number} is not UTF-8"))?;
            marks.add(if number == 1 { text.strip_prefix('\u{FEFF}').unwrap_or(text) } else { text });
        }
        for kind in [&mut marks.plain, &mut marks.sha1] {
            kind.sort_unstable();
            kind.dedup();
            kind.shrink_to_fit();
        }
        Ok(Breached(Arc::new(marks)))
    }

    /// How many different passwords are in the list.
    pub fn len(&self) -> usize {
        self.0.plain.len() + self.0.sha1.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a password is in the list as it is or lower-cased.
    fn contains(&self, password: &SecretString) -> bool {
        let lower = SecretString::from(password.expose_secret().to_lowercase());
        let Marks { plain, sha1 } = &*self.0;
        let known = |mark: Option<Mark>| mark.is_some_and(|mark| sha1.binary_search(&mark).is_ok());
        mark::<Sha256>(lower.expose_secret()).is_some_and(|mark| plain.binary_search(&mark).is_ok())
            || known(mark::<Sha1>(password.expose_secret()))
            || known(mark::<Sha1>(lower.expose_secret()))
    }
}

impl Marks {
    fn add(&mut self, line: &str) {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.is_empty() {
            return;
        }
        match hexadecimal(line) {
            Some(mark) => self.sha1.push(mark),
            None => self.plain.extend(mark::<Sha256>(&line.to_lowercase())),
        }
    }
}

/// The mark of a password under a hash; there is always one, since hashes are longer.
fn mark<D: Digest>(text: &str) -> Option<Mark> {
    D::digest(text.as_bytes()).first_chunk().copied()
}

/// The mark of a line that is a SHA-1 in hexadecimal digits, perhaps with a count.
fn hexadecimal(line: &str) -> Option<Mark> {
    let (digits, count) = line.split_once(':').unwrap_or((line, ""));
    let is_hash = digits.len() == 40 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hash || !count.trim_end().bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(u64::from_str_radix(digits.get(..16)?, 16).ok()?.to_be_bytes())
}

impl fmt::Debug for Breached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Breached({})", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `correct horse` in SHA-1, in full.
    const HORSE: &str = "2f9e53523b62abc141a2b4d6019d23cba835dbd0";

    fn policy(list: &str) -> Policy {
        Policy { breached: Some(Breached::read(list.as_bytes()).unwrap()), ..Policy::default() }
    }

    fn check(policy: &Policy, password: &str, username: &str) -> Result<(), String> {
        policy.check(&SecretString::from(password), Name::new(username).ok().as_ref())
    }

    fn is_breached(policy: &Policy, password: &str) -> bool {
        check(policy, password, "").is_err_and(|problem| problem.contains("breached"))
    }

    #[test]
    fn a_refusal_names_the_rule_that_the_password_breaks() {
        let policy = policy("password1\n");
        for (password, rule) in [
            ("1234567", "at least 8 characters"),
            (&*"x".repeat(1025), "more than 1024 bytes"),
            ("password1", "breached"),
            ("jane.doe", "user name"),
        ] {
            assert!(check(&policy, password, "jane.doe").unwrap_err().contains(rule), "{rule}");
        }
        assert_eq!(check(&policy, "ümlauts!", "jane.doe"), Ok(()), "characters count, not bytes");
        assert_eq!(check(&policy, &"x".repeat(1024), "jane.doe"), Ok(()));
        assert_eq!(check(&Policy::default(), "password1", "jane.doe"), Ok(()), "no list, no refusal");
    }

    #[test]
    fn the_user_name_is_no_password_however_it_is_written() {
        let policy = Policy::default();
        for password in ["Zoë Straße", "ZOE\u{308} STRASSE", "  zoë  straße ", "ZoëStraße"] {
            assert!(check(&policy, password, "Zoë Straße").is_err(), "{password}");
        }
        assert_eq!(check(&policy, "Zoë Straße 1", "Zoë Straße"), Ok(()));
        assert_eq!(policy.check(&SecretString::from("Zoë Straße"), None), Ok(()), "whose it is, is not known");
    }

    #[test]
    fn a_breached_password_is_refused_as_it_is_and_in_another_case() {
        let policy = policy("\u{FEFF}first one\r\nPassword1\n\n  blanks  \nlast line");
        for known in ["first one", "password1", "Password1", "PASSWORD1", "  blanks  ", "last line"] {
            assert!(is_breached(&policy, known), "{known}");
        }
        for other in ["first one\r", "password11", "blanks  ", "   blanks", "        "] {
            assert!(!is_breached(&policy, other), "{other}");
        }
        assert_eq!(format!("{policy:?}"), "Policy { min_length: 8, breached: Some(Breached(4)) }");
    }

    #[test]
    fn hashes_may_stand_for_passwords() {
        for list in [HORSE.to_owned(), HORSE.to_uppercase(), format!("{HORSE}:12\r\n"), format!("plain one\n{HORSE}:1 \n")] {
            let policy = policy(&list);
            assert!(is_breached(&policy, "correct horse") && is_breached(&policy, "Correct Horse"), "{list}");
            assert!(!is_breached(&policy, HORSE), "it is the hash of a password, not one");
        }
        for plain in [&HORSE[1..], &format!("{HORSE}:x"), &format!("{HORSE} 3"), &HORSE.replace('2', "g")] {
            let policy = policy(plain);
            assert!(is_breached(&policy, plain) && !is_breached(&policy, "correct horse"), "{plain}");
        }
    }

    #[test]
    fn a_list_that_is_no_text_is_refused_with_the_line() {
        assert_eq!(Breached::read(&b"one\ntwo\nb\xfccher\n"[..]), Err("line 3 is not UTF-8".to_owned()));
        assert!(Breached::read(&b"\n\r\n"[..]).unwrap().is_empty());
    }

    #[test]
    fn clones_share_the_list_and_equal_lists_are_equal() {
        let one = Breached::read(&b"one\ntwo\none\n"[..]).unwrap();
        assert!(Arc::ptr_eq(&one.0, &one.clone().0) && one.len() == 2);
        assert_eq!(one, Breached::read(&b"TWO\r\none"[..]).unwrap());
        assert_ne!(one, Breached::read(&b"one\nsix"[..]).unwrap());
    }
}
