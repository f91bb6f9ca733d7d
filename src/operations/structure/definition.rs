//! The definition of a custom field, as two operations are given it.

use super::records::DataType;
use crate::domain::Error;
use crate::domain::custom_field::CustomField;
use crate::domain::ids::CustomFieldId;
use crate::domain::name::Name;
use crate::store::Read;

/// The parameters that define a custom field.
pub struct Definition<'d> {
    /// The name for programs.
    pub name: Option<&'d str>,
    /// The name that people see.
    pub display_name: Option<&'d str>,
    /// What it holds.
    pub data_type: DataType,
    /// What it holds where nothing was set.
    pub default_value: Option<&'d str>,
    /// What a list offers.
    pub options: Option<&'d [String]>,
    /// Whether it belongs to every department.
    pub is_global: bool,
    /// Whether it may not be emptied.
    pub required: bool,
    /// Whether employees have it.
    pub for_employees: bool,
    /// Whether end users have it.
    pub for_users: bool,
}

impl Definition<'_> {
    /// The custom field it defines, under this id, if it makes sense.
    pub fn checked(self, id: CustomFieldId) -> Result<CustomField, Error> {
        let named = |parameter: &'static str, text: &str| match Name::new(text) {
            Ok(name) if name.as_str().contains('=') => {
                Err(Error::invalid(parameter, "holds an equals sign, by which Field=Value is split."))
            }
            Ok(name) => Ok(name),
            Err(problem) => Err(Error::invalid(parameter, problem)),
        };
        let name = named("name", self.name.unwrap_or_default())?;
        let display_name = match self.display_name.filter(|text| !text.trim().is_empty()) {
            Some(text) => named("displayName", text)?,
            None => name.clone(),
        };
        let field = CustomField {
            id,
            name,
            display_name,
            data_type: self.data_type.into(),
            default: self.default_value.unwrap_or_default().to_owned(),
            options: self.options.unwrap_or_default().iter().map(|option| option.trim().to_owned()).collect(),
            global: self.is_global,
            required: self.required,
            for_employees: self.for_employees,
            for_users: self.for_users,
            position: 0,
        };
        field.checked()
    }
}

/// Fails if another custom field is called by one of the names.
pub fn refuse_taken_names(read: &dyn Read, field: &CustomField) -> Result<(), Error> {
    for other in read.custom_fields()?.iter().filter(|other| other.id != field.id) {
        if other.is_called(field.name.as_str()) {
            return Err(Error::Taken { parameter: "name".to_owned() });
        }
        if other.is_called(field.display_name.as_str()) {
            return Err(Error::Taken { parameter: "displayName".to_owned() });
        }
    }
    Ok(())
}
