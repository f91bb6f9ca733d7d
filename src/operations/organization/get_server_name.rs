//! GetServerName.

use super::results::StringRequestResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Answers the name of this installation.
    reads GetServerName by Employee {} -> StringRequestResult
}

impl Reads for GetServerName {
    fn answer(&self, context: &Context<'_>, _: &dyn Read) -> Result<StringRequestResult, Error> {
        Ok(StringRequestResult { request_result: Some(context.server.name.clone()), ..StringRequestResult::default() })
    }
}
