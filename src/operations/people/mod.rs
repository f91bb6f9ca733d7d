//! What the services do with people alike: one implementation below svcOrganization's property strings and svcAccounts' typed records.

mod change;
mod create;
pub mod export;
pub mod import;
mod login;
mod permissions;
mod remove;
mod roles;

pub use change::{Ask, Changed, Prepared, apply, change, languages, prepare};
pub use create::{Newcomer, PreparedNewcomer, insert};
pub use login::check_password;
pub use permissions::{check_category, permission_names};
pub use remove::remove;
pub use roles::{Assignment, Mode, asked_roles, assign, create_role, delete_role, rename_role};

use crate::domain::Error;
use crate::domain::ids::UserId;
use crate::domain::user::User;
use crate::store::Read;
use std::sync::Arc;

/// The person with this id, or the error that names the parameter.
pub fn user(read: &dyn Read, parameter: &'static str, id: i32) -> Result<Arc<User>, Error> {
    read.user(UserId(id))?.ok_or(Error::NotFound { parameter, what: "user" })
}

/// Fails if the person was the last administrator who could log in, after a change that may have made it none.
fn keep_an_administrator(read: &dyn Read) -> Result<(), Error> {
    if read.has_administrator_besides(UserId::QUEUE)? { Ok(()) } else { Err(Error::LastAdministrator) }
}
