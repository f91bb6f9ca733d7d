//! The text in which a hash is stored: our own, one of others that is good enough to be kept, or a wrapped one.
//!
//! A wrapped hash is `$wrapped`, the recipe of a weak hash, and an Argon2id hash of what the recipe makes. The weak digest is nowhere.

use super::PasswordHash;
use super::argon::Argon2Hash;
use super::recipe::Recipe;

const WRAPPED: &str = "$wrapped";

/// A stored hash, read.
#[derive(Clone, PartialEq, Eq)]
pub enum Stored {
    /// Argon2 of the password.
    Argon2(Argon2Hash),
    /// A digest of another kind.
    Foreign(Recipe, Vec<u8>),
    /// Argon2 of the digest that the recipe makes of the password.
    Wrapped(Recipe, Argon2Hash),
}

impl Stored {
    /// Reads a stored text. A weak digest is never stored, so it cannot be read either.
    pub fn read(text: &str) -> Result<Self, String> {
        let unknown = || "is no hash that asmxd stores.".to_owned();
        if text.starts_with("$argon2") {
            return Argon2Hash::read(text).map(Stored::Argon2);
        }
        if let Some(wrapped) = text.strip_prefix(WRAPPED) {
            let (recipe, outer) = Recipe::read(wrapped).ok_or_else(unknown)?;
            return Ok(Stored::Wrapped(recipe, Argon2Hash::read(outer)?));
        }
        let (recipe, digest) = Recipe::read(text).filter(|(recipe, _)| !recipe.is_weak()).ok_or_else(unknown)?;
        let digest = recipe.read_digest(digest).ok_or_else(unknown)?;
        Ok(Stored::Foreign(recipe, digest))
    }

    /// The text.
    pub fn hash(&self) -> PasswordHash {
        PasswordHash::from_stored(match self {
            Stored::Argon2(hash) => hash.to_string(),
            Stored::Foreign(recipe, digest) => recipe.write(digest),
            Stored::Wrapped(recipe, outer) => format!("{WRAPPED}{recipe}{outer}"),
        })
    }
}
