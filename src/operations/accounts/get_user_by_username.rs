//! GetUserByUsername.

use super::conversions::user_record;
use super::records::UserResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::name;
use crate::operations::people::user;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Answers the person of this login name.
    reads GetUserByUsername by Administrator {
        /// Login name, without regard to case, composition or outer blanks.
        username: Option<String>,
    } -> UserResult
}

impl Reads for GetUserByUsername {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<UserResult, Error> {
        let found = read.user_id_by_name(&name::key(self.username.as_deref().unwrap_or_default()))?;
        let id = found.ok_or(Error::NotFound { parameter: "username", what: "user" })?;
        let user = user(read, "username", id.0)?;
        Ok(UserResult { user: Some(user_record(&user, &context.server.rules)), ..UserResult::default() })
    }
}
