//! The memory in which one thread hashes, and all that is done in it. Where hashes are stored and when they are checked is not known here.

use super::argon::Argon2Hash;
use super::imported::Imported;
use super::stored::Stored;
use super::{Cost, MAX_BYTES, PasswordHash};
use argon2::Block;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

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
        Ok(Stored::Argon2(self.salted(password.expose_secret().as_bytes())?).hash())
    }

    /// Whether `password` has this hash. Without a hash, or with one that cannot be read, the answer is no after the same work.
    pub fn verify(&mut self, password: &SecretString, stored: Option<&PasswordHash>) -> bool {
        let password = Some(password.expose_secret()).filter(|password| password.len() <= MAX_BYTES);
        let stored = stored.and_then(|stored| Stored::read(stored.as_str()).ok()).filter(|_| password.is_some());
        let password = password.unwrap_or_default();
        let right = stored.as_ref().and_then(|stored| self.is_right(password, stored));
        let as_ours = right.is_some() && stored.as_ref().is_some_and(|stored| self.costs_as_ours(stored));
        if right != Some(true) && !as_ours {
            // Neither somebody unknown nor a hash of another kind or cost may be told by being refused too soon.
            let _ = self.derive(&Argon2Hash::blank(self.cost, [0; 16]), password.as_bytes());
        }
        right == Some(true)
    }

    /// Whether a password is to be hashed anew at the next occasion: its hash is not what [`Workspace::hash`] makes.
    pub fn needs_upgrade(&self, stored: &PasswordHash) -> bool {
        !matches!(Stored::read(stored.as_str()), Ok(Stored::Argon2(hash)) if hash.is_ours(self.cost))
    }

    /// What is stored of a hash that comes from elsewhere: itself, or Argon2id over it if it is weak.
    pub fn adopt(&mut self, imported: &Imported) -> Result<PasswordHash, String> {
        match imported.stored() {
            Stored::Foreign(recipe, digest) if recipe.is_weak() => {
                Ok(Stored::Wrapped(recipe.clone(), self.salted(digest)?).hash())
            }
            kept => Ok(kept.hash()),
        }
    }

    /// Whether what [`Workspace::adopt`] made of this hash once is what is stored.
    pub(super) fn is_adopted(&mut self, imported: &Stored, stored: &PasswordHash) -> bool {
        let Ok(stored) = Stored::read(stored.as_str()) else { return false };
        match (imported, &stored) {
            (Stored::Foreign(recipe, digest), Stored::Wrapped(inner, outer)) if recipe.is_weak() => {
                recipe == inner && self.matches(outer, digest) == Some(true)
            }
            (imported, stored) => imported == stored,
        }
    }

    fn is_right(&mut self, password: &str, stored: &Stored) -> Option<bool> {
        match stored {
            Stored::Argon2(hash) => self.matches(hash, password.as_bytes()),
            Stored::Foreign(recipe, digest) => Some(recipe.digest(password)?.ct_eq(digest).into()),
            Stored::Wrapped(recipe, outer) => self.matches(outer, &recipe.digest(password)?),
        }
    }

    fn costs_as_ours(&self, stored: &Stored) -> bool {
        match stored {
            Stored::Argon2(hash) | Stored::Wrapped(_, hash) => hash.is_ours(self.cost),
            Stored::Foreign(..) => false,
        }
    }

    /// A hash of these bytes at our cost.
    fn salted(&mut self, bytes: &[u8]) -> Result<Argon2Hash, String> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|error| format!("no random bytes: {error}"))?;
        let blank = Argon2Hash::blank(self.cost, salt);
        let hash = self.derive(&blank, bytes).ok_or("Argon2id refused its input")?;
        Ok(blank.with(hash))
    }

    fn matches(&mut self, hash: &Argon2Hash, bytes: &[u8]) -> Option<bool> {
        Some(self.derive(hash, bytes)?.ct_eq(hash.hash()).into())
    }

    /// Hashes in the memory that is kept; a hash that asks for more than ours has memory of its own, which is given back.
    fn derive(&mut self, hash: &Argon2Hash, bytes: &[u8]) -> Option<Vec<u8>> {
        match hash.memory_kib() <= self.cost.memory_kib {
            true => hash.derive(bytes, &mut self.blocks),
            false => hash.derive(bytes, &mut Vec::new()),
        }
    }
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
    fn a_hash_made_at_another_cost_still_verifies_and_is_to_be_made_anew() {
        let costly = Cost { memory_kib: 64, iterations: 3 };
        let hash = Workspace::new(costly).hash(&secret("x")).unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=64,t=3,p=1$"));
        let mut workspace = Workspace::new(CHEAP);
        assert!(workspace.verify(&secret("x"), Some(&hash)));
        assert!(workspace.needs_upgrade(&hash) && !Workspace::new(costly).needs_upgrade(&hash));
        assert!(workspace.blocks.len() <= 8, "memory for another's hash is given back");
    }

    #[test]
    fn the_absence_of_a_hash_verifies_nothing() {
        let mut workspace = Workspace::new(CHEAP);
        for stored in ["", "plain", "$argon2id$v=19$m=99999999,t=2,p=1$AAAA$AAAA", "$2b$12$x", "$wrapped", "{md5}"] {
            assert!(!workspace.verify(&secret("plain"), Some(&PasswordHash::from_stored(stored.to_owned()))), "{stored}");
        }
        assert!(!workspace.verify(&secret(""), None));
    }

    #[test]
    fn a_password_that_is_too_long_is_wrong_even_for_its_own_hash() {
        let mut workspace = Workspace::new(CHEAP);
        let (longest, longer) = (secret(&"x".repeat(MAX_BYTES)), secret(&"x".repeat(MAX_BYTES + 1)));
        for (password, right) in [(longest, true), (longer, false)] {
            let hash = workspace.hash(&password).unwrap();
            assert_eq!(workspace.verify(&password, Some(&hash)), right);
        }
    }
}
