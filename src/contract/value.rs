//! How Rust types stand for types of the contract, and what a request and a result are.

use super::io::{ReadError, Sink, Source};
use super::schema::{Declaration, Record, Type};
use secrecy::{ExposeSecret, SecretString};

/// A Rust type that stands for a [`Type`]: the type of a parameter or of a record's member.
pub trait Part: Sized {
    /// Which type it stands for.
    const TYPE: Type;
    /// Whether the member is always there.
    const REQUIRED: bool;
    /// Reads the member on which the source stands.
    fn read(source: &mut dyn Source) -> Result<Self, ReadError>;
    /// Writes it as the member `name`; a missing one is left out.
    fn write(&self, name: &'static str, sink: &mut dyn Sink);
}

/// A record's content, written without its own element.
pub trait Value {
    /// The type's declaration.
    const RECORD: Record;
    /// Writes the members.
    fn members(&self, sink: &mut dyn Sink);
}

/// What can be answered: a result record that also tells of failures (section 10 of `svcOrganization.md`).
pub trait Outcome: Value + Default + Send + 'static {
    /// This record, telling that the call succeeded: empty message, true, code 0.
    fn succeed(self) -> Self;
    /// The record of a failure: lists left out, records by value present with ids 0, numbers 0.
    fn fail(failure: Failure) -> Self;
}

/// How a call failed, as a result record tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The result code.
    pub code: i32,
    /// What is wrong.
    pub message: String,
    /// What is wrong with each parameter or member that is, if the failure is about such.
    pub fields: Vec<FieldFailure>,
}

/// What is wrong with a parameter or member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFailure {
    /// Its name.
    pub field: String,
    /// The result code that it alone would have.
    pub code: i32,
    /// What is wrong.
    pub message: String,
}

/// An answer whose type is no longer known, ready to be written.
pub trait Reply: Send {
    /// Writes the members of the result record.
    fn members(&self, sink: &mut dyn Sink);
}

impl<T: Value + Send> Reply for T {
    fn members(&self, sink: &mut dyn Sink) {
        Value::members(self, sink);
    }
}

/// The credentials that came with a call.
#[derive(Default)]
pub struct Login {
    /// The user name, if one was given.
    pub user: Option<String>,
    /// The password, if one was given.
    pub password: Option<SecretString>,
}

/// The parameters of an operation: what `operation!` declares.
pub trait Request: Sized + Send + 'static {
    /// The operation's declaration.
    const DECLARATION: Declaration;
    /// What it answers.
    type Result: Outcome;
    /// Reads credentials and parameters, in whatever order they come.
    fn read(source: &mut dyn Source) -> Result<(Login, Self), ReadError>;
}

/// Parts that are always there: value types.
macro_rules! value_part {
    ($rust:ty, $ty:expr, $read:ident, |$value:ident, $name:ident, $sink:ident| $write:expr) => {
        impl Part for $rust {
            const TYPE: Type = $ty;
            const REQUIRED: bool = true;
            fn read(source: &mut dyn Source) -> Result<Self, ReadError> {
                source.$read()
            }
            fn write(&self, $name: &'static str, $sink: &mut dyn Sink) {
                let $value = *self;
                $write
            }
        }
    };
}

value_part!(bool, Type::Boolean, boolean, |value, name, sink| sink.boolean(name, value));
value_part!(i16, Type::Short, short, |value, name, sink| sink.int(name, value.into()));
value_part!(i64, Type::Long, long, |value, name, sink| sink.long(name, value));
value_part!(f64, Type::Double, double, |value, name, sink| sink.double(name, value));
value_part!(i32, Type::Int, int, |value, name, sink| sink.int(name, value));

/// Parts that may be missing. A nil one is missing: generated proxies send it for whatever was not set (R30).
macro_rules! optional_part {
    ($rust:ty, $ty:expr, |$source:ident| $read:expr, |$value:ident, $name:ident, $sink:ident| $write:expr) => {
        impl Part for Option<$rust> {
            const TYPE: Type = $ty;
            const REQUIRED: bool = false;
            fn read($source: &mut dyn Source) -> Result<Self, ReadError> {
                if $source.null()? { Ok(None) } else { $read.map(Some) }
            }
            fn write(&self, $name: &'static str, $sink: &mut dyn Sink) {
                if let Some($value) = self {
                    $write
                }
            }
        }
    };
}

/// A decimal number, in the text form of `xs:decimal`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal(pub String);

/// A point in time, in the text form of `xs:dateTime` in UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateTime(pub String);

/// The first moment that there is a text form for.
impl Default for DateTime {
    fn default() -> Self {
        DateTime("0001-01-01T00:00:00Z".to_owned())
    }
}

impl Part for DateTime {
    const TYPE: Type = Type::DateTime;
    const REQUIRED: bool = true;
    fn read(source: &mut dyn Source) -> Result<Self, ReadError> {
        source.date_time().map(DateTime)
    }
    fn write(&self, name: &'static str, sink: &mut dyn Sink) {
        sink.string(name, &self.0);
    }
}

/// Bytes that travel as base64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

/// A secret whose nil counts as missing, where an `Option<SecretString>` takes it for the empty string. It is read and never written.
#[derive(Debug, Clone)]
pub struct Secret(pub SecretString);

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

/// Text whose nil counts as missing, where an `Option<String>` takes it for the empty string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(pub String);

optional_part!(bool, Type::Boolean, |source| source.boolean(), |value, name, sink| sink.boolean(name, *value));
optional_part!(i16, Type::Short, |source| source.short(), |value, name, sink| sink.int(name, (*value).into()));
optional_part!(i32, Type::Int, |source| source.int(), |value, name, sink| sink.int(name, *value));
optional_part!(Text, Type::String, |source| source.string().map(Text), |value, name, sink| sink.string(name, &value.0));
optional_part!(Secret, Type::Secret, |source| source.secret().map(Secret), |_value, _name, _sink| ());
optional_part!(Decimal, Type::Decimal, |source| source.decimal().map(Decimal), |value, name, sink| sink.string(name, &value.0));
optional_part!(DateTime, Type::DateTime, |source| source.date_time().map(DateTime), |value, name, sink| sink
    .string(name, &value.0));
optional_part!(Bytes, Type::Base64Binary, |source| source.base64().map(Bytes), |value, name, sink| sink.base64(name, &value.0));

/// A nil string parameter is the empty string, not a missing one (section 2.5 of `asmx-behaviour.md`).
impl Part for Option<String> {
    const TYPE: Type = Type::String;
    const REQUIRED: bool = false;
    fn read(source: &mut dyn Source) -> Result<Self, ReadError> {
        source.string().map(Some)
    }
    fn write(&self, name: &'static str, sink: &mut dyn Sink) {
        if let Some(value) = self {
            sink.string(name, value);
        }
    }
}

/// A secret is read and never written.
impl Part for Option<SecretString> {
    const TYPE: Type = Type::Secret;
    const REQUIRED: bool = false;
    fn read(source: &mut dyn Source) -> Result<Self, ReadError> {
        source.secret().map(Some)
    }
    fn write(&self, _: &'static str, _: &mut dyn Sink) {}
}

/// A type that can be an item of an array.
pub trait Item: Sized {
    /// The array type that holds it.
    const ARRAY: super::schema::Array;
    /// Reads one item; `None` where items cannot be read because they only occur in answers.
    fn read(source: &mut dyn Source) -> Result<Self, ReadError>;
    /// Writes one item.
    fn write(&self, sink: &mut dyn Sink);
}

impl Item for String {
    const ARRAY: super::schema::Array =
        super::schema::Array { name: "ArrayOfString", item: "string", ty: Type::String, nillable: true };
    fn read(source: &mut dyn Source) -> Result<Self, ReadError> {
        source.string()
    }
    fn write(&self, sink: &mut dyn Sink) {
        sink.string(Self::ARRAY.item, self);
    }
}

/// A text that may be a secret: on the wire it is any text. It is read and never written.
impl Item for Secret {
    const ARRAY: super::schema::Array = <String as Item>::ARRAY;
    fn read(source: &mut dyn Source) -> Result<Self, ReadError> {
        source.secret().map(Secret)
    }
    fn write(&self, _: &mut dyn Sink) {}
}

impl Item for i16 {
    const ARRAY: super::schema::Array =
        super::schema::Array { name: "ArrayOfShort", item: "short", ty: Type::Short, nillable: false };
    fn read(source: &mut dyn Source) -> Result<Self, ReadError> {
        source.short()
    }
    fn write(&self, sink: &mut dyn Sink) {
        sink.int(Self::ARRAY.item, (*self).into());
    }
}

impl Item for i32 {
    const ARRAY: super::schema::Array = super::schema::Array { name: "ArrayOfInt", item: "int", ty: Type::Int, nillable: false };
    fn read(source: &mut dyn Source) -> Result<Self, ReadError> {
        source.int()
    }
    fn write(&self, sink: &mut dyn Sink) {
        sink.int(Self::ARRAY.item, *self);
    }
}

/// An array that is absent or nil is `None`, an empty one `Some` of nothing.
impl<T: Item + 'static> Part for Option<Vec<T>> {
    const TYPE: Type = Type::Array(&T::ARRAY);
    const REQUIRED: bool = false;
    fn read(source: &mut dyn Source) -> Result<Self, ReadError> {
        if source.null()? {
            return Ok(None);
        }
        let mut items = Vec::new();
        while source.item(T::ARRAY.item)? {
            items.push(T::read(source)?);
        }
        Ok(Some(items))
    }
    fn write(&self, name: &'static str, sink: &mut dyn Sink) {
        match self.as_deref() {
            None => {}
            Some([]) => sink.empty(name),
            Some(items) => {
                sink.begin(name);
                items.iter().for_each(|item| item.write(sink));
                sink.end(name);
            }
        }
    }
}
