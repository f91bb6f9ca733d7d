//! The cache of verified logins: it remembers that a password was right for a stored hash, and nothing else.
//!
//! An entry is HMAC-SHA-256, under a random key of the process, of user, password and the stored hash. A hash that was changed by
//! anybody therefore misses by itself; there is nothing to invalidate. Only successes are kept.
//!
//! Beside it stands which hash took the place of which when a password was hashed anew: a call that was verified by the old one and
//! finds the new one stored is as verified as before.

use crate::domain::ids::UserId;
use crate::domain::password::PasswordHash;
use hmac::{Hmac, KeyInit, Mac};
use quick_cache::sync::Cache;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use std::time::{Duration, Instant};
use subtle::ConstantTimeEq;

type Tag = [u8; 32];

/// How many upgraded hashes are remembered. Calls need them only while they wait, and a thread makes no more than some dozens a second.
const UPGRADES: usize = 16 * 1024;

/// The cache.
pub struct Verified {
    keyed: Hmac<Sha256>,
    entries: Cache<UserId, (Tag, Instant)>,
    upgrades: Cache<UserId, Tag>,
    life: Duration,
}

impl Verified {
    /// An empty cache of at most `capacity` people, each remembered for `life`.
    pub fn new(capacity: usize, life: Duration) -> Result<Self, String> {
        let mut key: Tag = [0; 32];
        getrandom::fill(&mut key).map_err(|error| format!("no random bytes: {error}"))?;
        let keyed = Hmac::new_from_slice(&key).map_err(|error| error.to_string())?;
        Ok(Verified { keyed, entries: Cache::new(capacity.max(1)), upgrades: Cache::new(UPGRADES), life })
    }

    /// Whether this password was found right for this hash not long ago.
    pub fn knows(&self, user: UserId, password: &SecretString, hash: &PasswordHash) -> bool {
        self.until(user, password, hash).is_some_and(|until| until > Instant::now())
    }

    /// Whether it was found right at any time, as far as that is still remembered. That proves nothing any more, but whoever knows it is
    /// no stranger.
    pub fn knew(&self, user: UserId, password: &SecretString, hash: &PasswordHash) -> bool {
        self.until(user, password, hash).is_some()
    }

    fn until(&self, user: UserId, password: &SecretString, hash: &PasswordHash) -> Option<Instant> {
        let (tag, until) = self.entries.get(&user)?;
        bool::from(tag.ct_eq(&self.tag(user, password, hash))).then_some(until)
    }

    /// Remembers that this password is right for this hash.
    pub fn remember(&self, user: UserId, password: &SecretString, hash: &PasswordHash) {
        self.entries.insert(user, (self.tag(user, password, hash), Instant::now() + self.life));
    }

    /// Remembers that the new hash takes the place of the old one and is of the same password.
    pub fn upgraded(&self, user: UserId, old: &PasswordHash, new: &PasswordHash) {
        self.upgrades.insert(user, self.tag_of_upgrade(user, old, new));
    }

    /// Whether the new hash took the place of the old one without another password.
    pub fn is_upgrade(&self, user: UserId, old: &PasswordHash, new: &PasswordHash) -> bool {
        self.upgrades.get(&user).is_some_and(|tag| bool::from(tag.ct_eq(&self.tag_of_upgrade(user, old, new))))
    }

    fn tag_of_upgrade(&self, user: UserId, old: &PasswordHash, new: &PasswordHash) -> Tag {
        self.tag(user, &SecretString::from(old.as_str()), new)
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
    fn a_hash_counts_as_an_upgrade_only_of_the_one_it_replaced_and_for_the_same_person() {
        let verified = Verified::new(1, LONG).unwrap();
        let (user, [old, new, other]) = (UserId(7), ["h1", "h2", "h3"].map(hash));
        assert!(!verified.is_upgrade(user, &old, &new));
        verified.upgraded(user, &old, &new);
        verified.upgraded(UserId(8), &other, &new);
        assert!(verified.is_upgrade(user, &old, &new));
        for (user, from, to) in [(user, &old, &other), (user, &other, &new), (user, &new, &old), (UserId(8), &old, &new)] {
            assert!(!verified.is_upgrade(user, from, to));
        }
    }

    #[test]
    fn an_entry_ends_with_its_life_and_the_cache_is_bounded() {
        let verified = Verified::new(10, Duration::ZERO).unwrap();
        let (right, stored) = (SecretString::from("right"), hash("h"));
        verified.remember(UserId(1), &right, &stored);
        assert!(!verified.knows(UserId(1), &right, &stored));
        assert!(verified.knew(UserId(1), &right, &stored), "no stranger");
        assert!(!verified.knew(UserId(1), &SecretString::from("wrong"), &stored));
        let verified = Verified::new(10, LONG).unwrap();
        (1..1000).for_each(|id| verified.remember(UserId(id), &right, &stored));
        assert!(verified.entries.len() <= 10, "{}", verified.entries.len());
    }
}
