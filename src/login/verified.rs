//! The cache of verified logins: it remembers that a password was right for a stored hash, and nothing else.
//!
//! An entry is HMAC-SHA-256, under a random key of the process, of user, password and the stored hash. A hash that was changed by
//! anybody, in this process or another, therefore misses by itself; there is nothing to invalidate. Only successes are kept.

use crate::domain::ids::UserId;
use crate::domain::password::PasswordHash;
use hmac::{Hmac, KeyInit, Mac};
use quick_cache::sync::Cache;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use std::time::{Duration, Instant};
use subtle::ConstantTimeEq;

type Tag = [u8; 32];

/// The cache.
pub struct Verified {
    keyed: Hmac<Sha256>,
    entries: Cache<UserId, (Tag, Instant)>,
    life: Duration,
}

impl Verified {
    /// An empty cache of at most `capacity` people, each remembered for `life`.
    pub fn new(capacity: usize, life: Duration) -> Result<Self, String> {
        let mut key: Tag = [0; 32];
        getrandom::fill(&mut key).map_err(|error| format!("no random bytes: {error}"))?;
        let keyed = Hmac::new_from_slice(&key).map_err(|error| error.to_string())?;
        Ok(Verified { keyed, entries: Cache::new(capacity.max(1)), life })
    }

    /// Whether this password was found right for this hash not long ago.
    pub fn knows(&self, user: UserId, password: &SecretString, hash: &PasswordHash) -> bool {
        match self.entries.get(&user) {
            Some((tag, until)) => until > Instant::now() && bool::from(tag.ct_eq(&self.tag(user, password, hash))),
            None => false,
        }
    }

    /// Remembers that this password is right for this hash.
    pub fn remember(&self, user: UserId, password: &SecretString, hash: &PasswordHash) {
        self.entries.insert(user, (self.tag(user, password, hash), Instant::now() + self.life));
    }

    fn tag(&self, user: UserId, password: &SecretString, hash: &PasswordHash) -> Tag {
        let password = password.expose_secret().as_bytes();
        let mut keyed = self.keyed.clone();
        keyed.update(&user.0.to_be_bytes());
        keyed.update(&password.len().to_be_bytes());
        keyed.update(password);
        keyed.update(hash.as_str().as_bytes());
        keyed.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(600);

    fn hash(text: &str) -> PasswordHash {
        PasswordHash::from_stored(text.to_owned())
    }

    #[test]
    fn only_the_same_user_password_and_hash_hit() {
        let verified = Verified::new(10, LONG).unwrap();
        let (user, right, stored) = (UserId(7), SecretString::from("right"), hash("h1"));
        assert!(!verified.knows(user, &right, &stored));
        verified.remember(user, &right, &stored);
        assert!(verified.knows(user, &right, &stored));
        assert!(!verified.knows(UserId(8), &right, &stored));
        assert!(!verified.knows(user, &SecretString::from("wrong"), &stored));
        assert!(!verified.knows(user, &right, &hash("h2")), "a changed password misses by itself");
    }

    #[test]
    fn an_entry_ends_with_its_life_and_the_cache_is_bounded() {
        let verified = Verified::new(10, Duration::ZERO).unwrap();
        let (right, stored) = (SecretString::from("right"), hash("h"));
        verified.remember(UserId(1), &right, &stored);
        assert!(!verified.knows(UserId(1), &right, &stored));
        let verified = Verified::new(10, LONG).unwrap();
        (1..1000).for_each(|id| verified.remember(UserId(id), &right, &stored));
        assert!(verified.entries.len() <= 10, "{}", verified.entries.len());
    }
}
