//! The contract's `Source` over the XML reader: members are elements of one namespace.

use super::XSI;
use super::reader::{Token, XmlReader};
use crate::contract::{Enumeration, Field, ReadError, ReadErrorKind, Source};
use crate::wire::lexical;
use secrecy::SecretString;

/// Reads the members of the element on which the reader stands.
pub struct XmlSource<'r, 'a> {
    reader: &'r mut XmlReader<'a>,
    namespace: &'static str,
    /// The member that is being read, for error messages.
    path: Option<&'static str>,
    items: usize,
}

impl<'r, 'a> XmlSource<'r, 'a> {
    /// A source for the element that began last; its members are in `namespace`.
    pub fn new(reader: &'r mut XmlReader<'a>, namespace: &'static str) -> Self {
        XmlSource { reader, namespace, path: None, items: 0 }
    }

    /// Moves to the next child element for which `wanted` answers something; passes over the others.
    fn child<T>(&mut self, wanted: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ReadError> {
        loop {
            match self.reader.token()? {
                Token::Start => {
                    let found = if self.reader.namespace() == self.namespace { wanted(self.reader.name()) } else { None };
                    match found {
                        Some(found) => return Ok(Some(found)),
                        None => self.reader.skip_element()?,
                    }
                }
                Token::Text(_) => {}
                Token::End | Token::Eof => return Ok(None),
            }
        }
    }

    fn parsed<T>(&mut self, parse: impl Fn(&str) -> Result<T, String>) -> Result<T, ReadError> {
        let text = self.reader.element_text()?;
        parse(&text).map_err(|message| ReadError {
            kind: ReadErrorKind::Value,
            path: self.path,
            position: Some(self.reader.after_value()),
            message,
        })
    }
}

impl Source for XmlSource<'_, '_> {
    fn field(&mut self, fields: &'static [Field]) -> Result<Option<usize>, ReadError> {
        let index = self.child(|name| fields.iter().position(|field| field.name == name))?;
        self.path = index.and_then(|index| fields.get(index)).map(|field| field.name);
        self.items = 0;
        Ok(index)
    }

    fn item(&mut self, item: &'static str) -> Result<bool, ReadError> {
        let found = self.child(|name| (name == item).then_some(()))?.is_some();
        self.items += usize::from(found);
        if self.items > self.reader.limits().items {
            let limit = self.reader.limits().items;
            return Err(self.reader.beyond("limits.items", &format!("An array has more than {limit} items.")));
        }
        Ok(found)
    }

    fn null(&mut self) -> Result<bool, ReadError> {
        let nil = self.reader.attribute(XSI, "nil").is_some_and(|value| lexical::boolean(&value) == Ok(true));
        if nil {
            self.reader.skip_element()?;
        }
        Ok(nil)
    }

    fn string(&mut self) -> Result<String, ReadError> {
        self.reader.element_text().map(String::from)
    }

    fn secret(&mut self) -> Result<SecretString, ReadError> {
        self.string().map(SecretString::from)
    }

    fn boolean(&mut self) -> Result<bool, ReadError> {
        self.parsed(lexical::boolean)
    }

    fn int(&mut self) -> Result<i32, ReadError> {
        self.parsed(lexical::int)
    }

    fn short(&mut self) -> Result<i16, ReadError> {
        self.parsed(lexical::short)
    }

    fn long(&mut self) -> Result<i64, ReadError> {
        self.parsed(lexical::long)
    }

    fn decimal(&mut self) -> Result<String, ReadError> {
        self.parsed(lexical::decimal)
    }

    fn date_time(&mut self) -> Result<String, ReadError> {
        self.parsed(lexical::date_time)
    }

    fn base64(&mut self) -> Result<Vec<u8>, ReadError> {
        self.parsed(lexical::base64)
    }

    fn double(&mut self) -> Result<f64, ReadError> {
        self.parsed(lexical::double)
    }

    fn word(&mut self, enumeration: &'static Enumeration) -> Result<usize, ReadError> {
        self.parsed(|text| {
            enumeration
                .words
                .iter()
                .position(|word| *word == lexical::trim(text))
                .ok_or_else(|| format!("Instance validation error: '{text}' is not a valid value for {}.", enumeration.name))
        })
    }

    fn skip(&mut self) -> Result<(), ReadError> {
        self.reader.skip_element()
    }
}
