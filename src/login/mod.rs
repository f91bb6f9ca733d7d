//! Credentials with every call, at a bearable price: hasher threads for the slow check, and a cache of verified logins.

mod hasher;
mod turns;
mod verified;

pub use hasher::{Asker, Hasher, Task};
pub use verified::Verified;
