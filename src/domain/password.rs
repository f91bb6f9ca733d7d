//! Passwords: Argon2id hashes in PHC form, and generated ones. What a new one must be is the policy's affair.
//!
//! Hashing is slow and takes memory on purpose: it runs only on hasher threads, each of which owns one [`Workspace`].

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use subtle::ConstantTimeEq;

/// The most bytes a password may have (R5).
pub const MAX_BYTES: usize = 1024;
const HASH_LENGTH: usize = 32;
/// Bounds on what a stored hash may ask for, so that a bad row cannot exhaust the server.
const MAX_MEMORY_KIB: u32 = 64 * 1024;
const MAX_ITERATIONS: u32 = 16;

/// A password's hash in PHC form, for instance `$argon2id$v=19$m=19456,t=2,p=1$...$...`.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes a hash as it is stored.
    pub fn from_stored(text: String) -> Self {
        PasswordHash(text)
    }

    /// The form in which it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(***)")
    }
}

/// What Argon2id costs. The default is 19 MiB and 2 passes (OWASP's floor); one lane always.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB, 8 to 65536.
    pub memory_kib: u32,
    /// Passes over it, 1 to 16.
    pub iterations: u32,
}

impl Default for Cost {
    fn default() -> Self {
        Cost { memory_kib: 19 * 1024, iterations: 2 }
    }
}

impl Cost {
    /// Whether the numbers are within their ranges.
    pub fn is_valid(self) -> bool {
        (8..=MAX_MEMORY_KIB).contains(&self.memory_kib) && (1..=MAX_ITERATIONS).contains(&self.iterations)
    }

    fn algorithm(self) -> Option<Argon2<'static>> {
        let params = Params::new(self.memory_kib, self.iterations, 1, Some(HASH_LENGTH)).ok()?;
        Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

/// The memory in which one thread hashes; kept, because fresh memory makes each hash half as slow again.
pub struct Workspace {
    cost: Cost,
    blocks: Vec<Block>,
}

impl Workspace {
    /// A workspace that hashes new passwords at this cost.
    pub fn new(cost: Cost) -> Self {
        Workspace { cost, blocks: Vec::new() }
    }

    /// The hash of a new password under a random salt.
    pub fn hash(&mut self, password: &SecretString) -> Result<PasswordHash, String> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|error| format!("no random bytes: {error}"))?;
        let hash = self.derive(self.cost, password.expose_secret().as_bytes(), &salt).ok_or("Argon2id refused its input")?;
        let Cost { memory_kib, iterations } = self.cost;
        Ok(PasswordHash(format!(
            "$argon2id$v=19$m={memory_kib},t={iterations},p=1${}${}",
            STANDARD_NO_PAD.encode(salt),
            STANDARD_NO_PAD.encode(hash)
        )))
    }

    /// Whether `password` has this hash. Without a hash, or with one that cannot be read, the answer is no after the same work.
    pub fn verify(&mut self, password: &SecretString, stored: Option<&PasswordHash>) -> bool {
        let mut password = password.expose_secret().as_bytes();
        let parsed = stored.and_then(parse).filter(|_| password.len() <= MAX_BYTES);
        let known = parsed.is_some();
        let (cost, salt, expected) = parsed.unwrap_or((self.cost, vec![0; 16], vec![0; HASH_LENGTH]));
        if password.len() > MAX_BYTES {
            password = &[];
        }
        let right = self.derive(cost, password, &salt).is_some_and(|hash| bool::from(hash.ct_eq(&expected)));
        if !right && cost != self.cost {
            // A hash from a time of other costs must not tell by its speed that there is somebody.
            let _ = self.derive(self.cost, password, &salt);
        }
        right && known
    }

    fn derive(&mut self, cost: Cost, password: &[u8], salt: &[u8]) -> Option<[u8; HASH_LENGTH]> {
        let algorithm = cost.algorithm()?;
        let needed = algorithm.params().block_count();
        if self.blocks.len() < needed {
            self.blocks.resize(needed, Block::default());
        }
        let mut out = [0; HASH_LENGTH];
        let blocks = self.blocks.get_mut(..needed)?;
        algorithm.hash_password_into_with_memory(password, salt, &mut out, blocks).ok()?;
        Some(out)
    }
}

/// Cost, salt and hash of a PHC string, if it is one of ours within the bounds.
fn parse(stored: &PasswordHash) -> Option<(Cost, Vec<u8>, Vec<u8>)> {
    let mut parts = stored.0.strip_prefix("$argon2id$v=19$")?.split('$');
    let mut numbers = parts.next()?.split(',');
    let mut number = |name: &str| numbers.next()?.strip_prefix(name)?.parse::<u32>().ok();
    let cost = Cost { memory_kib: number("m=")?, iterations: number("t=")? };
    if number("p=")? != 1 || !cost.is_valid() {
        return None;
    }
    let salt = STANDARD_NO_PAD.decode(parts.next()?).ok()?;
    let hash = STANDARD_NO_PAD.decode(parts.next()?).ok().filter(|hash| hash.len() == HASH_LENGTH)?;
    Some((cost, salt, hash))
}

/// A password of 24 random characters (144 bits).
pub fn generate() -> Result<SecretString, String> {
    let mut bytes = [0; 18];
    getrandom::fill(&mut bytes).map_err(|error| format!("no random bytes: {error}"))?;
    Ok(SecretString::from(URL_SAFE_NO_PAD.encode(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory_kib: 8, iterations: 1 };

    fn secret(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[test]
    fn a_hash_verifies_its_own_password_and_no_other() {
        let mut workspace = Workspace::new(CHEAP);
        let hash = workspace.hash(&secret("correct horse")).unwrap();
        assert!(workspace.verify(&secret("correct horse"), Some(&hash)));
        assert!(!workspace.verify(&secret("correct horsE"), Some(&hash)));
        assert!(!workspace.verify(&secret(""), Some(&hash)));
        assert_ne!(workspace.hash(&secret("correct horse")).unwrap(), hash, "salts differ");
    }

    #[test]
    fn a_hash_made_at_another_cost_still_verifies() {
        let hash = Workspace::new(Cost { memory_kib: 64, iterations: 3 }).hash(&secret("x")).unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=64,t=3,p=1$"));
        assert!(Workspace::new(CHEAP).verify(&secret("x"), Some(&hash)));
    }

    #[test]
    fn the_absence_of_a_hash_verifies_nothing() {
        let mut workspace = Workspace::new(CHEAP);
        for stored in ["", "plain", "$argon2id$v=19$m=99999999,t=2,p=1$AAAA$AAAA", "$2b$12$x"] {
            assert!(!workspace.verify(&secret("plain"), Some(&PasswordHash::from_stored(stored.to_owned()))), "{stored}");
        }
        assert!(!workspace.verify(&secret(""), None));
    }

    #[test]
    fn a_hash_never_shows_in_debug_output() {
        let hash = PasswordHash::from_stored("$argon2id$secret".to_owned());
        assert_eq!(format!("{hash:?}"), "PasswordHash(***)");
    }

    #[test]
    fn generated_passwords_are_long_and_differ() {
        let (one, other) = (generate().unwrap(), generate().unwrap());
        assert_eq!((one.expose_secret().len(), other.expose_secret().len()), (24, 24));
        assert_ne!(one.expose_secret(), other.expose_secret());
    }
}
