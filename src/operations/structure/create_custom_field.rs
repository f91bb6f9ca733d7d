//! CreateCustomField.

use super::definition::{Definition, refuse_taken_names};
use super::records::CreateResult;
use super::records::DataType;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::CustomFieldId;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Defines a custom field of people and answers its id.
    writes CreateCustomField by Administrator {
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
    } -> CreateResult
}

impl Writes for CreateCustomField {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<CreateResult, Error> {
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
        let field = field.checked(CustomFieldId(0))?;
        refuse_taken_names(tx, &field)?;
        let CustomFieldId(id) = tx.insert_custom_field(&field)?;
        Ok(CreateResult { id, ..CreateResult::default() })
    }
}
