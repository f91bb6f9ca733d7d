//! Passwords: their hashes as they are stored, what hashing costs, and generated ones. What a new one must be is the policy's affair.
//!
//! asmxd makes hashes of one kind, Argon2id. It checks those of others as well, which came with people from elsewhere; at the next login
//! they give way to one of its own. Hashing is slow and takes memory on purpose: it runs only on threads that own a [`Workspace`].

mod argon;
mod form;
mod imported;
mod recipe;
mod stored;
mod workspace;

pub use imported::Imported;
pub use workspace::Workspace;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;
use std::fmt;
use std::sync::Arc;

/// The most bytes a password may have (R5).
pub const MAX_BYTES: usize = 1024;

/// A password's hash as it is stored, for instance `$argon2id$v=19$m=19456,t=2,p=1$...$...`.
///
/// Each call copies that of its caller once or twice, so copies share the text.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(Arc<str>);

impl PasswordHash {
    /// Takes a hash as it is stored.
    pub fn from_stored(text: String) -> Self {
        PasswordHash(text.into())
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
        (8..=argon::MAX_MEMORY_KIB).contains(&self.memory_kib) && (1..=argon::MAX_ITERATIONS).contains(&self.iterations)
    }
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
    use secrecy::ExposeSecret;

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
