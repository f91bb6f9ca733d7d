//! SetUsersProperties.

use super::results::GenericResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::change::Changes;
use crate::domain::setting::{self, Kind};
use crate::operations::people::{self, Ask, Prepared};
use crate::operations::{Bench, Context, Prepares};
use crate::store::Write;

operation! {
    /// Writes properties of a user, given as Key=Value: all of them or, if one is refused, none.
    writes SetUsersProperties by Administrator {
        /// The user.
        user_id as "userId": i32,
        /// Key=Value, split at the first equals sign; keys without regard to case.
        user_property_values as "userPropertyValues": Option<Vec<String>>,
    } -> GenericResult
}

impl Prepares for SetUsersProperties {
    type Prepared = Prepared;

    /// Slow when a password is among the values, which only then is hashed, or a picture, which is decoded.
    fn is_slow(&self) -> bool {
        let is_slow = |item: &String| {
            let setting = item.split_once('=').and_then(|(key, _)| setting::named(key));
            setting.is_some_and(|setting| matches!(setting.kind, Kind::Secret | Kind::Picture))
        };
        self.user_property_values.as_deref().unwrap_or_default().iter().any(is_slow)
    }

    fn prepare(self, bench: &mut Bench<'_>) -> Result<Prepared, Error> {
        let items = self.user_property_values.unwrap_or_default();
        let tags = |which| people::languages(bench, which);
        let changes = Changes::parse("userPropertyValues", &items, bench.rules(), &tags)?;
        people::prepare(Ask::administrator(self.user_id, changes), bench)
    }

    fn apply(prepared: &Prepared, context: &Context<'_>, tx: &mut dyn Write) -> Result<GenericResult, Error> {
        people::apply(prepared, context, tx)?;
        Ok(GenericResult::default())
    }
}
