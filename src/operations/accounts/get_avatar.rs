//! GetAvatar.

use super::conversions::moment;
use super::records::AvatarResult;
use crate::contract::{Bytes, operation};
use crate::domain::{Error, property};
use crate::operations::people::user;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Answers the picture that was uploaded for a person, if there is one, and the address of the avatar that is shown.
    reads GetAvatar by Employee {
        /// The person.
        user_id as "userId": i32,
    } -> AvatarResult
}

impl Reads for GetAvatar {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<AvatarResult, Error> {
        let user = user(read, "userId", self.user_id)?;
        let avatar_url = Some(property::effective(&user, "AvatarUrl", &context.server.rules));
        let shown = AvatarResult { avatar_url, ..AvatarResult::default() };
        Ok(match read.avatar(user.id)? {
            None => shown,
            Some(avatar) => AvatarResult {
                media_type: Some(avatar.format.media_type().to_owned()),
                uploaded_at: moment(avatar.uploaded_at),
                picture: Some(Bytes(avatar.bytes)),
                ..shown
            },
        })
    }
}
