//! What SetAvatar and SetMyAvatar share.

use super::records::UpdateResult;
use crate::contract::Bytes;
use crate::domain::Error;
use crate::domain::change::{By, Changes};
use crate::operations::people::{Ask, Prepared, apply, prepare};
use crate::operations::{Bench, Context};
use crate::store::Write;

/// A change of a picture, decoded.
pub type Picture = Prepared;

/// The change that gives somebody a picture.
pub fn picture_change(user: i32, by: By, picture: Option<Bytes>, bench: &mut Bench<'_>) -> Result<Picture, Error> {
    let bytes = picture.map(|Bytes(bytes)| bytes).filter(|bytes| !bytes.is_empty());
    let mut changes = Changes::default();
    match bytes {
        Some(bytes) => changes.set_picture("picture", bytes),
        None => changes.object(Error::invalid("picture", "is required.")),
    }
    prepare(Ask { by, ..Ask::administrator(user, changes) }, bench)
}

/// Makes the change.
pub fn keep(prepared: &Picture, context: &Context<'_>, tx: &mut dyn Write) -> Result<UpdateResult, Error> {
    apply(prepared, context, tx).map(UpdateResult::from)
}
