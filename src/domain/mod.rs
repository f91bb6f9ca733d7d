//! The rules and the words of the help desk: people, roles, passwords, settings.
//!
//! It depends on nothing else of asmxd: no contract, no wire, no store. Everything here is pure but for random salts.

mod assignment;
pub mod avatar;
pub mod caller;
pub mod change;
pub mod column;
pub mod credential;
pub mod custom_field;
pub mod error;
pub mod feed;
pub mod ids;
pub mod import;
pub mod listing;
pub mod name;
pub mod organization;
pub mod password;
pub mod permission;
pub mod picture;
pub mod policy;
pub mod property;
pub mod role;
pub mod rules;
pub mod setting;
pub mod structure;
pub mod time;
pub mod user;
pub mod value;
pub mod zone;

pub use error::Error;
