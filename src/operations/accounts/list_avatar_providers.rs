//! ListAvatarProviders.

use super::records::AvatarProvidersResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the providers of avatars: those that are always there, then the configured ones.
    reads ListAvatarProviders by Employee {} -> AvatarProvidersResult
}

impl Reads for ListAvatarProviders {
    fn answer(&self, context: &Context<'_>, _: &dyn Read) -> Result<AvatarProvidersResult, Error> {
        let providers = context.server.rules.avatars.names().map(str::to_owned).collect();
        Ok(AvatarProvidersResult { providers: Some(providers), ..AvatarProvidersResult::default() })
    }
}
