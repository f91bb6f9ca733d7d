//! Custom fields: their definitions, and values checked against them.

use super::Error;
use super::ids::CustomFieldId;
use super::name::{self, Name};
use super::setting::Audience;
use std::collections::{BTreeMap, HashSet};

/// What a custom field holds. The number is that of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataType {
    /// Text in one line.
    Text = 0,
    /// Text in several lines.
    MultilineText = 1,
    /// A decimal number.
    Number = 2,
    /// `true` or `false`.
    Boolean = 3,
    /// A day, as `yyyy-MM-dd`.
    Date = 4,
    /// One of the options.
    List = 5,
}

impl DataType {
    /// All of them, in the order of their numbers.
    pub const ALL: [DataType; 6] =
        [DataType::Text, DataType::MultilineText, DataType::Number, DataType::Boolean, DataType::Date, DataType::List];

    /// Its name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            DataType::Text => "Text",
            DataType::MultilineText => "MultilineText",
            DataType::Number => "Number",
            DataType::Boolean => "Boolean",
            DataType::Date => "Date",
            DataType::List => "List",
        }
    }

    /// The one with this name, without regard to case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name))
    }
}

/// The definition of a custom field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomField {
    /// Its id; 0 before it is stored.
    pub id: CustomFieldId,
    /// Its name for programs, unique without regard to case.
    pub name: Name,
    /// The name that people see, by which values are addressed; unique as well.
    pub display_name: Name,
    /// What it holds.
    pub data_type: DataType,
    /// What it holds where nothing was set; empty for nothing.
    pub default: String,
    /// What a list offers.
    pub options: Vec<String>,
    /// Whether it belongs to every department.
    pub global: bool,
    /// Whether it may not be emptied.
    pub required: bool,
    /// Whether employees have it.
    pub for_employees: bool,
    /// Whether end users have it.
    pub for_users: bool,
    /// Its place in the list, from 1.
    pub position: i32,
}

/// The most characters of a value.
const MAX_LENGTH: usize = 10_000;
/// The most options of a list.
const MAX_OPTIONS: usize = 1000;
/// The most characters of an option.
const MAX_OPTION_LENGTH: usize = 200;

impl CustomField {
    /// Whether somebody of this kind has it.
    pub fn applies_to(&self, employee: bool) -> bool {
        if employee { self.for_employees } else { self.for_users }
    }

    /// The canonical text of a value, or what is wrong with it. Empty takes the value away.
    pub fn canonical(&self, text: &str) -> Result<String, String> {
        if text.contains('\0') || text.chars().count() > MAX_LENGTH {
            return Err(format!("is not a text of at most {MAX_LENGTH} characters."));
        }
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return if self.required { Err("is required.".to_owned()) } else { Ok(String::new()) };
        }
        match self.data_type {
            DataType::Text if text.contains(['\n', '\r']) => Err("has one line only.".to_owned()),
            DataType::Text | DataType::MultilineText => Ok(text.to_owned()),
            DataType::Number => number(trimmed),
            DataType::Boolean => match trimmed {
                "true" | "True" | "1" => Ok("true".to_owned()),
                "false" | "False" | "0" => Ok("false".to_owned()),
                _ => Err("must be true or false.".to_owned()),
            },
            DataType::Date => match trimmed.parse::<jiff::civil::Date>() {
                Ok(date) => Ok(date.to_string()),
                Err(_) => Err("is not a day such as 2026-11-21.".to_owned()),
            },
            DataType::List => {
                let key = name::key(trimmed);
                let found = self.options.iter().find(|option| name::key(option) == key);
                found.cloned().ok_or_else(|| format!("must be one of {}.", self.options.join(", ")))
            }
        }
    }

    /// Checks the definition itself: options belong to lists, and the default is a value of the type.
    pub fn checked(mut self) -> Result<Self, Error> {
        let bad = |option: &String| {
            option.trim().is_empty() || option.contains(['\n', '\r', ';', '\0']) || option.chars().count() > MAX_OPTION_LENGTH
        };
        match self.data_type {
            DataType::List if self.options.is_empty() => return Err(Error::invalid("options", "a list needs options.")),
            DataType::List if self.options.len() > MAX_OPTIONS => {
                return Err(Error::invalid("options", format!("are more than {MAX_OPTIONS}.")));
            }
            DataType::List if self.options.iter().any(bad) => {
                return Err(Error::invalid(
                    "options",
                    format!(
                        "an option is empty, longer than {MAX_OPTION_LENGTH} characters, or holds a line break or semicolon."
                    ),
                ));
            }
            DataType::List
                if self.options.iter().map(|option| name::key(option)).collect::<HashSet<_>>().len() < self.options.len() =>
            {
                return Err(Error::invalid("options", "an option stands twice."));
            }
            DataType::List => {}
            _ if self.options.is_empty() => {}
            _ => return Err(Error::invalid("options", "only a list has options.")),
        }
        if !self.default.is_empty() {
            self.default = self.canonical(&self.default).map_err(|problem| Error::invalid("defaultValue", problem))?;
        }
        Ok(self)
    }

    /// Whether `key` addresses it: by the name that people see or the one for programs.
    pub fn is_called(&self, key: &str) -> bool {
        let key = name::key(key);
        key == self.display_name.key() || key == self.name.key()
    }
}

fn number(text: &str) -> Result<String, String> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let sound = plain && digits.len() <= 30 && digits.bytes().filter(|&byte| byte == b'.').count() <= 1;
    if !sound || !digits.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err("must be a number such as -12.5.".to_owned());
    }
    Ok(text.trim_start_matches('+').to_owned())
}

/// Values of one person by field, in their canonical text.
pub type Values = BTreeMap<CustomFieldId, String>;

/// A custom field by the name that somebody gave, and the value that it is to have; without one it stays as it is.
pub type Given = (String, Option<String>);

/// Splits `Field=Value` items at the first `=`.
pub fn split(parameter: &'static str, items: &[String]) -> Result<Vec<Given>, Error> {
    let (mut values, mut problems) = (Vec::with_capacity(items.len()), Vec::new());
    for (index, item) in items.iter().enumerate() {
        match item.split_once('=').map(|(key, text)| (key.trim(), text)) {
            None => {
                problems.push(Error::invalid(parameter, format!("item {} has no '=': Field=Value is expected.", index + 1)));
            }
            Some(("", _)) => {
                problems.push(Error::invalid(parameter, format!("item {} has no field before its '='.", index + 1)));
            }
            Some((key, text)) => values.push((key.to_owned(), Some(text.to_owned()))),
        }
    }
    Error::all(problems)?;
    Ok(values)
}

/// Checks values by field name against the definitions: all fields known, of this kind of person and named once, all values well
/// formed; unless it is known which kind, that is not judged. `held` is what the person has. Answers those that are, and what is wrong with the others.
pub fn check(
    given: &[Given],
    fields: &[CustomField],
    employee: Option<bool>,
    held: &Values,
) -> (Vec<(CustomFieldId, String)>, Vec<Error>) {
    let (mut checked, mut problems) = (Vec::<(CustomFieldId, String)>::with_capacity(given.len()), Vec::new());
    for (key, text) in given {
        let Some(field) = fields.iter().find(|field| field.is_called(key)) else {
            problems.push(Error::invalid(key, "cannot be set: there is no such custom field."));
            continue;
        };
        let Some(text) = text else { continue };
        match field.canonical(text) {
            Err(problem) => problems.push(Error::invalid(key, problem)),
            // To take away what nobody gave changes nothing, whoever it is.
            Ok(value)
                if value.is_empty()
                    && !held.contains_key(&field.id)
                    && (field.default.is_empty() || employee.is_some_and(|employee| !field.applies_to(employee))) => {}
            Ok(_) if employee.is_some_and(|employee| !field.applies_to(employee)) => {
                let audience = if field.for_employees { Audience::Employees } else { Audience::EndUsers };
                problems.push(Error::WrongAudience { key: key.clone(), audience });
            }
            Ok(_) if checked.iter().any(|(id, _)| *id == field.id) => {
                problems.push(Error::invalid(key, "is set twice in one call."));
            }
            // To write what is read already chooses nothing.
            Ok(value) if value == field.default && !held.contains_key(&field.id) => {}
            Ok(value) => checked.push((field.id, value)),
        }
    }
    (checked, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(data_type: DataType, options: &[&str]) -> CustomField {
        CustomField {
            id: CustomFieldId(1),
            name: Name::new("asset").unwrap(),
            display_name: Name::new("Asset no.").unwrap(),
            data_type,
            default: String::new(),
            options: options.iter().map(|&option| option.to_owned()).collect(),
            global: true,
            required: false,
            for_employees: true,
            for_users: true,
            position: 1,
        }
    }

    #[test]
    fn values_are_checked_by_type_and_kept_in_one_form() {
        for (data_type, given, kept) in [
            (DataType::Text, " a = b ", Some(" a = b ")),
            (DataType::Text, "a\nb", None),
            (DataType::MultilineText, "a\nb", Some("a\nb")),
            (DataType::Number, "+1.50", Some("1.50")),
            (DataType::Number, "1.5.0", None),
            (DataType::Number, "1e5", None),
            (DataType::Boolean, "True", Some("true")),
            (DataType::Boolean, "yes", None),
            (DataType::Date, "2026-02-28", Some("2026-02-28")),
            (DataType::Date, "2026-02-30", None),
            (DataType::List, "GOLD", Some("Gold")),
            (DataType::List, "Tin", None),
            (DataType::Date, "  ", Some("")),
        ] {
            let options: &[&str] = if data_type == DataType::List { &["Gold", "Silver"] } else { &[] };
            assert_eq!(field(data_type, options).canonical(given).ok().as_deref(), kept, "{data_type:?} {given:?}");
        }
        let required = CustomField { required: true, ..field(DataType::Text, &[]) };
        assert!(required.canonical(" ").is_err());
    }

    #[test]
    fn a_definition_must_make_sense() {
        assert!(field(DataType::List, &[]).checked().is_err());
        assert!(field(DataType::List, &["a", "A"]).checked().is_err());
        assert!(field(DataType::Text, &["a"]).checked().is_err());
        let bad_default = CustomField { default: "x".to_owned(), ..field(DataType::Number, &[]) };
        assert!(bad_default.checked().is_err());
        let good = CustomField { default: "gold".to_owned(), ..field(DataType::List, &["Gold"]) };
        assert_eq!(good.checked().unwrap().default, "Gold");
    }
}
