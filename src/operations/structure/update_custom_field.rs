//! UpdateCustomField.

use super::create_custom_field::CreateCustomField;
use super::definition::{Definition, refuse_taken_names};
use super::lookup::custom_field;
use super::records::ChangeResult;
use super::records::DataType;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::CustomFieldId;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Replaces the definition of a custom field; its type cannot change while people have values.
    writes UpdateCustomField by Administrator {
        /// The custom field.
        field_id as "fieldId": i32,
        /// The name for programs, unique without regard to case.
        name: Option<String>,
        /// The name that people see, unique as well; empty becomes the name.
        display_name as "displayName": Option<String>,
        /// What it holds.
        data_type as "dataType": DataType,
        /// What it holds where nothing was set.
        default_value as "defaultValue": Option<String>,
        /// What a list offers.
        options: Option<Vec<String>>,
        /// Whether it belongs to every department.
        is_global as "isGlobal": bool,
        /// Whether it may not be emptied.
        required: bool,
        /// Whether employees have it.
        for_employees as "forEmployees": bool,
        /// Whether end users have it.
        for_users as "forUsers": bool,
    } -> ChangeResult
}

impl Writes for UpdateCustomField {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let field = Definition {
            name: self.name.as_deref(),
            display_name: self.display_name.as_deref(),
            data_type: self.data_type,
            default_value: self.default_value.as_deref(),
            options: self.options.as_deref(),
            is_global: self.is_global,
            required: self.required,
            for_employees: self.for_employees,
            for_users: self.for_users,
        };
        let field = field.checked(CustomFieldId(self.field_id))?;
        let present = custom_field(tx, self.field_id)?;
        refuse_taken_names(tx, &field)?;
        if present.data_type != field.data_type && tx.use_of(&Item::CustomField(present.id))?.is_some() {
            return Err(Error::Rule { key: "dataType".to_owned(), rule: "cannot change while people have values." });
        }
        tx.update_custom_field(&field)?;
        Ok(ChangeResult::default())
    }
}

impl UpdateCustomField {
    /// The creation of the same definition.
    pub fn creating(self) -> CreateCustomField {
        CreateCustomField {
            name: self.name,
            display_name: self.display_name,
            data_type: self.data_type,
            default_value: self.default_value,
            options: self.options,
            is_global: self.is_global,
            required: self.required,
            for_employees: self.for_employees,
            for_users: self.for_users,
        }
    }
}
