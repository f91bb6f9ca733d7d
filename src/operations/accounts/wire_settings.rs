//! Settings between typed records and texts by key: a record is written to a `Sink` that keeps what it is told, and read from a `Source`
//! that asks for each key. The names of the fields are the keys, so there is no list of them here.

use crate::contract::{Enumeration, Field, ReadError, ReadErrorKind, Sink, Source, Type, Value};
use crate::domain::setting;
use secrecy::SecretString;

/// What a record holds for a key.
#[derive(Debug, PartialEq, Eq)]
pub enum Given {
    /// A value in its text form; items of lists are joined as in property strings.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// What separates the items of a list.
const SEPARATOR: &str = ";";

/// The settings that a record holds, with their keys, in the record's order. Secrets and what is no setting are passed over.
pub fn given(record: &impl Value) -> Vec<(&'static str, Given)> {
    let mut keeper = Keeper::default();
    record.members(&mut keeper);
    keeper.found
}

#[derive(Default)]
struct Keeper {
    found: Vec<(&'static str, Given)>,
    /// The list that is being told, if one is.
    list: Option<(&'static str, Vec<String>)>,
}

impl Keeper {
    fn keep(&mut self, name: &'static str, text: String) {
        match &mut self.list {
            Some((_, items)) => items.push(text),
            None if setting::named(name).is_some() => self.found.push((name, Given::Text(text))),
            None => {}
        }
    }
}

impl Sink for Keeper {
    fn begin(&mut self, name: &'static str) {
        if setting::named(name).is_some() {
            self.list = Some((name, Vec::new()));
        }
    }
    fn end(&mut self, name: &'static str) {
        if let Some((list, items)) = self.list.take_if(|(list, _)| *list == name) {
            self.keep(list, items.join(SEPARATOR));
        }
    }
    fn string(&mut self, name: &'static str, value: &str) {
        self.keep(name, value.to_owned());
    }
    fn boolean(&mut self, name: &'static str, value: bool) {
        self.keep(name, value.to_string());
    }
    fn int(&mut self, name: &'static str, value: i32) {
        self.keep(name, value.to_string());
    }
    fn long(&mut self, name: &'static str, value: i64) {
        self.keep(name, value.to_string());
    }
    fn double(&mut self, name: &'static str, value: f64) {
        self.keep(name, value.to_string());
    }
    fn base64(&mut self, name: &'static str, bytes: &[u8]) {
        self.found.push((name, Given::Bytes(bytes.to_vec())));
    }
    fn null(&mut self, _: &'static str) {}
    fn empty(&mut self, name: &'static str) {
        self.keep(name, String::new());
    }
}

/// Reads a record of settings: `value` tells the text of a key, or that there is none to be shown.
pub struct Settings<'v> {
    value: &'v dyn Fn(&str) -> Option<String>,
    /// The records that are being read, outermost first, and how many of their fields were.
    open: Vec<(&'static [Field], usize)>,
    /// The value on which the source stands.
    text: String,
    /// The items of the list on which it stands.
    items: std::vec::IntoIter<String>,
}

impl<'v> Settings<'v> {
    /// A source over what `value` tells.
    pub fn new(value: &'v dyn Fn(&str) -> Option<String>) -> Self {
        Settings { value, open: Vec::new(), text: String::new(), items: Vec::new().into_iter() }
    }

    fn parsed<T>(&mut self, value: Option<T>) -> Result<T, ReadError> {
        value.ok_or_else(|| ReadError {
            kind: ReadErrorKind::Value,
            path: None,
            position: None,
            message: "a stored setting does not have the form of its type".to_owned(),
        })
    }

    /// Stands on the field if there is something to read.
    fn enter(&mut self, field: &Field) -> bool {
        if matches!(field.ty, Type::Record(_)) {
            return true;
        }
        let Some(text) = (self.value)(field.name) else { return false };
        if let Type::Array(_) = field.ty {
            let items: Vec<_> = text.split(SEPARATOR).filter(|item| !item.is_empty()).map(str::to_owned).collect();
            self.items = items.into_iter();
        }
        self.text = text;
        true
    }
}

impl Source for Settings<'_> {
    fn field(&mut self, fields: &'static [Field]) -> Result<Option<usize>, ReadError> {
        let is_open = self.open.last().is_some_and(|(open, _)| std::ptr::eq(*open, fields));
        if !is_open {
            self.open.push((fields, 0));
        }
        loop {
            let Some((_, next)) = self.open.last_mut() else { return Ok(None) };
            let index = *next;
            *next += 1;
            let Some(field) = fields.get(index) else {
                self.open.pop();
                return Ok(None);
            };
            if self.enter(field) {
                return Ok(Some(index));
            }
        }
    }
    fn item(&mut self, _: &'static str) -> Result<bool, ReadError> {
        let next = self.items.next();
        let found = next.is_some();
        self.text = next.unwrap_or_default();
        Ok(found)
    }
    fn null(&mut self) -> Result<bool, ReadError> {
        Ok(false)
    }
    fn string(&mut self) -> Result<String, ReadError> {
        Ok(std::mem::take(&mut self.text))
    }
    fn secret(&mut self) -> Result<SecretString, ReadError> {
        self.string().map(SecretString::from)
    }
    fn boolean(&mut self) -> Result<bool, ReadError> {
        let value = self.text.parse().ok();
        self.parsed(value)
    }
    fn int(&mut self) -> Result<i32, ReadError> {
        let value = self.text.parse().ok();
        self.parsed(value)
    }
    fn short(&mut self) -> Result<i16, ReadError> {
        let value = self.text.parse().ok();
        self.parsed(value)
    }
    fn long(&mut self) -> Result<i64, ReadError> {
        let value = self.text.parse().ok();
        self.parsed(value)
    }
    fn double(&mut self) -> Result<f64, ReadError> {
        let value = self.text.parse().ok();
        self.parsed(value)
    }
    fn decimal(&mut self) -> Result<String, ReadError> {
        self.string()
    }
    fn date_time(&mut self) -> Result<String, ReadError> {
        self.string()
    }
    fn base64(&mut self) -> Result<Vec<u8>, ReadError> {
        self.parsed(None)
    }
    fn word(&mut self, enumeration: &'static Enumeration) -> Result<usize, ReadError> {
        let index = enumeration.words.iter().position(|word| *word == self.text);
        self.parsed(index)
    }
    fn skip(&mut self) -> Result<(), ReadError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Record, Text};
    use crate::domain::setting::{Audience, Change, SETTINGS};
    use crate::operations::accounts::settings::{
        ContactInfo, EmployeeSettings, LiveChat, Options, Reporting, Tickets, UserSettings,
    };

    /// The fields of a record and of the records within it.
    fn fields(record: &Record, found: &mut Vec<&'static str>) {
        for field in record.fields {
            match field.ty {
                Type::Record(inner) => fields(inner, found),
                _ => found.push(field.name),
            }
        }
    }

    #[test]
    fn every_setting_that_can_be_changed_is_a_field_and_no_field_is_anything_else() {
        for (record, everybody) in [(EmployeeSettings::RECORD, false), (UserSettings::RECORD, true)] {
            let mut found = Vec::new();
            fields(&record, &mut found);
            found.sort_unstable();
            let mut expected: Vec<_> = SETTINGS
                .iter()
                .filter(|setting| setting.change != Change::Never && setting.key != "Roles")
                .filter(|setting| !everybody || setting.audience == Audience::Everybody)
                .map(|setting| setting.key)
                .collect();
            expected.sort_unstable();
            assert_eq!(found, expected, "{}", record.name);
        }
    }

    #[test]
    fn what_a_record_holds_is_told_by_key_and_read_back() {
        let text = |text: &str| Some(Text(text.to_owned()));
        let record = EmployeeSettings {
            options: Some(Options { username: text("zoe"), portal_signature: text(""), ..Options::default() }),
            tickets: Some(Tickets {
                reply_from_addresses: Some(vec!["a@example.org".to_owned(), "b@example.org".to_owned()]),
                copy_to_enabled: Some(false),
                ..Tickets::default()
            }),
            live_chat: Some(LiveChat { max_active_chats: Some(7), ..LiveChat::default() }),
            contact_info: Some(ContactInfo { phone_numbers: Some(Vec::new()) }),
            reporting: Some(Reporting { hourly_cost: Some(crate::contract::Decimal("12.50".to_owned())) }),
            ..EmployeeSettings::default()
        };
        let told = given(&record);
        let expected = [
            ("Username", "zoe"),
            ("PortalSignature", ""),
            ("CopyToEnabled", "false"),
            ("ReplyFromAddresses", "a@example.org;b@example.org"),
            ("MaxActiveChats", "7"),
            ("PhoneNumbers", ""),
            ("HourlyCost", "12.50"),
        ];
        assert_eq!(told, expected.map(|(key, value)| (key, Given::Text(value.to_owned()))));
        let value = |key: &str| expected.iter().find(|(known, _)| *known == key).map(|(_, value)| (*value).to_owned());
        let read = EmployeeSettings::read(&mut Settings::new(&value)).unwrap();
        assert_eq!((read.options, read.tickets, read.live_chat), (record.options, record.tickets, record.live_chat));
        assert_eq!((read.contact_info, read.reporting), (record.contact_info, record.reporting));
    }
}
