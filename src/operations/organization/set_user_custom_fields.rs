//! SetUserCustomFields.

use super::results::{GenericResult, user};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::custom_field;
use crate::domain::ids::UserId;
use crate::domain::setting::Audience;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Writes custom fields of a user, given as Field=Value: all of them or, if one is refused, none. An empty value takes it away.
    writes SetUserCustomFields by Administrator {
        /// The user.
        user_id as "userId": i32,
        /// Field=Value, split at the first equals sign; fields by display name or name, without regard to case.
        custom_field_values as "customFieldValues": Option<Vec<String>>,
    } -> GenericResult
}

impl Writes for SetUserCustomFields {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<GenericResult, Error> {
        let items = self.custom_field_values.as_deref().unwrap_or_default();
        let values = custom_field::parse("customFieldValues", items, &tx.custom_fields()?)?;
        let user = user(tx, "userId", self.user_id)?;
        if user.id == UserId::QUEUE && !values.is_empty() {
            return Err(Error::QueueUser { parameter: "userId" });
        }
        for (key, field, value) in values {
            if !field.applies_to(user.is_employee()) {
                let audience = if field.for_employees { Audience::Employees } else { Audience::EndUsers };
                return Err(Error::WrongAudience { key, audience });
            }
            tx.put_custom_value(user.id, field.id, &value)?;
        }
        Ok(GenericResult::default())
    }
}
