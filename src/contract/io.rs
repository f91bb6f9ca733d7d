//! The wire's narrow waist: `Source`, from which a type is read, and `Sink`, to which it is written.
//!
//! A format (XML, forms) implements the two; a type is read and written without knowing which.

use super::schema::{Enumeration, Field};
use secrecy::SecretString;
use std::fmt;

/// Where a value is read from: the members of one record, one after the other, in any order.
///
/// Members that nobody asked for are passed over, and of a member that comes twice the first counts
/// (section 2.5 of `asmx-behaviour.md`).
pub trait Source {
    /// Moves to the next member that `fields` names and answers its index, or `None` at the record's end.
    /// The member must then be read by exactly one of the methods below, or skipped.
    fn field(&mut self, fields: &'static [Field]) -> Result<Option<usize>, ReadError>;
    /// Moves to the next item called `item` of the array that the source stands in; false at its end.
    fn item(&mut self, item: &'static str) -> Result<bool, ReadError>;
    /// Whether the member is an explicit null. It is then consumed.
    fn null(&mut self) -> Result<bool, ReadError>;
    /// The member's text, whatever it says.
    fn string(&mut self) -> Result<String, ReadError>;
    /// The member's text as a secret.
    fn secret(&mut self) -> Result<SecretString, ReadError>;
    /// The member as a boolean.
    fn boolean(&mut self) -> Result<bool, ReadError>;
    /// The member as a 32-bit integer.
    fn int(&mut self) -> Result<i32, ReadError>;
    /// The member as a 16-bit integer.
    fn short(&mut self) -> Result<i16, ReadError>;
    /// The member as a 64-bit integer.
    fn long(&mut self) -> Result<i64, ReadError>;
    /// The member as a floating-point number.
    fn double(&mut self) -> Result<f64, ReadError>;
    /// The member as the text of a decimal number, with its blanks taken away.
    fn decimal(&mut self) -> Result<String, ReadError>;
    /// The member as the text of a point in time, brought to UTC; without an offset it is taken for UTC.
    fn date_time(&mut self) -> Result<String, ReadError>;
    /// The member as the bytes that it encodes.
    fn base64(&mut self) -> Result<Vec<u8>, ReadError>;
    /// The member as the index of one of the words of an enumeration.
    fn word(&mut self, enumeration: &'static Enumeration) -> Result<usize, ReadError>;
    /// Passes over the member.
    fn skip(&mut self) -> Result<(), ReadError>;
}

/// Where a value is written to. Members are written in the order of their declaration.
pub trait Sink {
    /// Opens the member `name`.
    fn begin(&mut self, name: &'static str);
    /// Closes the member `name`, which must be the one opened last.
    fn end(&mut self, name: &'static str);
    /// A text member.
    fn string(&mut self, name: &'static str, value: &str);
    /// A boolean member.
    fn boolean(&mut self, name: &'static str, value: bool);
    /// An integer member.
    fn int(&mut self, name: &'static str, value: i32);
    /// A 64-bit integer member.
    fn long(&mut self, name: &'static str, value: i64);
    /// A floating-point member.
    fn double(&mut self, name: &'static str, value: f64);
    /// A member of bytes.
    fn base64(&mut self, name: &'static str, bytes: &[u8]);
    /// An explicit null.
    fn null(&mut self, name: &'static str);
    /// A record or array without members.
    fn empty(&mut self, name: &'static str);
}

/// Why a request could not be read: what kind of mistake, where, and what was wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// What kind of mistake it is; this decides status and fault code.
    pub kind: ReadErrorKind,
    /// The parameter that was being read, if one was.
    pub path: Option<&'static str>,
    /// Line and column, both from 1, where the format has them.
    pub position: Option<(usize, usize)>,
    /// What was wrong. It never holds the text of a secret.
    pub message: String,
}

/// The kinds of [`ReadError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadErrorKind {
    /// The request is not well formed.
    Malformed,
    /// The request goes beyond the limit of this key.
    Limit(&'static str),
    /// A value does not have the form of its type.
    Value,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReadError {}
