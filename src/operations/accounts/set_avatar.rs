//! SetAvatar.

use super::picture::{Picture, keep, picture_change};
use super::records::UpdateResult;
use crate::contract::{Bytes, operation};
use crate::domain::Error;
use crate::domain::change::By;
use crate::operations::{Bench, Context, Prepares};
use crate::store::Write;

operation! {
    /// Gives a person a picture; the provider of its avatar becomes Upload.
    writes SetAvatar by Administrator {
        /// The person.
        user_id as "userId": i32,
        /// PNG, JPEG, GIF or WebP of at most 1 MiB and 4096 by 4096 pixels; the bytes decide which.
        picture: Option<Bytes>,
    } -> UpdateResult
}

impl Prepares for SetAvatar {
    type Prepared = Picture;

    fn is_slow(&self) -> bool {
        true
    }

    fn prepare(self, bench: &mut Bench<'_>) -> Result<Picture, Error> {
        picture_change(self.user_id, By::Administrator, self.picture, bench)
    }

    fn apply(prepared: &Picture, context: &Context<'_>, tx: &mut dyn Write) -> Result<UpdateResult, Error> {
        keep(prepared, context, tx)
    }
}
