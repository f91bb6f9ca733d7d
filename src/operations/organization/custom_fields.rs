//! What the two operations that read custom fields share.

use super::results::user;
use crate::domain::Error;
use crate::domain::custom_field::{CustomField, Values};
use crate::store::Read;

/// The custom fields that a user has, with its values.
pub struct CustomFieldsOf {
    fields: Vec<CustomField>,
    values: Values,
}

impl CustomFieldsOf {
    /// Those of the user with this id.
    pub fn user(read: &dyn Read, id: i32) -> Result<Self, Error> {
        let user = user(read, "userId", id)?;
        let mut fields = read.custom_fields()?;
        fields.retain(|field| field.applies_to(user.is_employee()));
        fields.sort_by(|one, other| one.display_name.key().cmp(other.display_name.key()));
        Ok(CustomFieldsOf { fields, values: read.custom_values(user.id)? })
    }

    /// The value of the field of this name; empty where there is no such field.
    pub fn value(&self, key: &str) -> &str {
        self.fields.iter().find(|field| field.is_called(key)).map_or("", |field| self.of(field))
    }

    /// All of them as `Field=Value`, by display name.
    pub fn list(&self) -> Vec<String> {
        self.fields.iter().map(|field| format!("{}={}", field.display_name.as_str(), self.of(field))).collect()
    }

    fn of<'v>(&'v self, field: &'v CustomField) -> &'v str {
        self.values.get(&field.id).unwrap_or(&field.default)
    }
}
