//! GetUser.

use super::conversions::user_record;
use super::records::UserResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people::user;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Answers a person.
    reads GetUser by Administrator {
        /// The person.
        user_id as "userId": i32,
    } -> UserResult
}

impl Reads for GetUser {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<UserResult, Error> {
        let user = user(read, "userId", self.user_id)?;
        Ok(UserResult { user: Some(user_record(&user, &context.server.rules)), ..UserResult::default() })
    }
}
