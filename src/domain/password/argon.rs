//! Argon2 hashes as PHC strings, those of asmxd and those of others. Whose password it is made of is not known here.

use super::Cost;
use super::form::{BASE64, key, number, salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::Engine;
use std::fmt;

/// Bounds on what a hash may ask for, so that a bad row cannot exhaust the server.
pub const MAX_MEMORY_KIB: u32 = 64 * 1024;
/// The most passes.
pub const MAX_ITERATIONS: u32 = 16;
const MAX_LANES: u32 = 16;
/// How long our own hashes are.
const LENGTH: usize = 32;

/// A hash with all that made it but the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Argon2Hash {
    algorithm: Algorithm,
    cost: Cost,
    lanes: u32,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

impl Argon2Hash {
    /// What a hash of our own begins as: all but the hash itself, which is zeros.
    pub fn blank(cost: Cost, salt: [u8; 16]) -> Self {
        Argon2Hash { algorithm: Algorithm::Argon2id, cost, lanes: 1, salt: salt.into(), hash: vec![0; LENGTH] }
    }

    /// The same with another hash.
    pub fn with(self, hash: Vec<u8>) -> Self {
        Argon2Hash { hash, ..self }
    }

    /// The memory that it takes.
    pub fn memory_kib(&self) -> u32 {
        self.cost.memory_kib
    }

    /// The hash itself.
    pub fn hash(&self) -> &[u8] {
        &self.hash
    }

    /// Whether it is what asmxd makes at this cost.
    pub fn is_ours(&self, cost: Cost) -> bool {
        let form = self.algorithm == Algorithm::Argon2id && self.lanes == 1;
        form && self.cost == cost && self.hash.len() == LENGTH && self.salt.len() >= 16
    }

    /// Reads a PHC string.
    pub fn read(text: &str) -> Result<Self, String> {
        let form = || "is no Argon2 hash; it has to be $argon2id$v=19$m=...,t=...,p=...$salt$hash.".to_owned();
        let mut parts = text.strip_prefix('$').ok_or_else(form)?.split('$');
        let mut part = || parts.next().ok_or_else(form);
        let algorithm = part()?.parse().map_err(|_| form())?;
        if part()? != "v=19" {
            return Err("is not of Argon2's version 19 (1.3), the only one that is taken.".to_owned());
        }
        let mut numbers = part()?.split(',');
        let mut parameter = |name: &str| numbers.next().and_then(|text| text.strip_prefix(name)).ok_or_else(form);
        let (memory, passes, lanes) = (parameter("m=")?, parameter("t=")?, parameter("p=")?);
        let (salted, hashed) = (part()?, part()?);
        if numbers.next().is_some() || parts.next().is_some() {
            return Err(form());
        }
        let lanes = number(lanes, "the lanes of Argon2 (p)", 1, MAX_LANES)?;
        let memory_kib = number(memory, "the KiB of memory of Argon2 (m)", 8 * lanes, MAX_MEMORY_KIB)?;
        let iterations = number(passes, "the passes of Argon2 (t)", 1, MAX_ITERATIONS)?;
        let cost = Cost { memory_kib, iterations };
        Ok(Argon2Hash { algorithm, cost, lanes, salt: salt(salted, 8)?, hash: key(hashed)? })
    }

    /// What these bytes make in place of the password's, worked out in `memory`.
    pub fn derive(&self, password: &[u8], memory: &mut Vec<Block>) -> Option<Vec<u8>> {
        let Cost { memory_kib, iterations } = self.cost;
        let params = Params::new(memory_kib, iterations, self.lanes, Some(self.hash.len())).ok()?;
        let needed = params.block_count();
        if memory.len() < needed {
            memory.resize(needed, Block::default());
        }
        let mut out = vec![0; self.hash.len()];
        let argon = Argon2::new(self.algorithm, Version::V0x13, params);
        argon.hash_password_into_with_memory(password, &self.salt, &mut out, memory.get_mut(..needed)?).ok()?;
        Some(out)
    }
}

impl fmt::Display for Argon2Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cost { memory_kib, iterations } = self.cost;
        let (salt, hash) = (BASE64.encode(&self.salt), BASE64.encode(&self.hash));
        write!(f, "${}$v=19$m={memory_kib},t={iterations},p={}${salt}${hash}", self.algorithm, self.lanes)
    }
}
