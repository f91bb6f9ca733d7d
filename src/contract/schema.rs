//! The static data that describes a contract: records, fields, arrays and operations.
//!
//! It is data and nothing else, so that a document, a decoder and a test can walk the same table.

/// The type of a field, of an array's item, or of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Type {
    /// `xs:string`.
    String,
    /// `xs:string` whose content is never printed, logged or echoed.
    Secret,
    /// `xs:boolean`.
    Boolean,
    /// `xs:short`: -32768 to 32767.
    Short,
    /// `xs:int`: 32 bits with a sign.
    Int,
    /// `xs:long`: 64 bits with a sign.
    Long,
    /// `xs:double`.
    Double,
    /// `xs:decimal`.
    Decimal,
    /// `xs:dateTime`, in UTC.
    DateTime,
    /// `xs:base64Binary`.
    Base64Binary,
    /// A named `simpleType` of the service's namespace: one of its words.
    Enumeration(&'static Enumeration),
    /// A named list type of the service's namespace.
    Array(&'static Array),
    /// A named record type of the service's namespace.
    Record(&'static Record),
}

/// A parameter of an operation or a member of a record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// The name on the wire, with its exact spelling.
    pub name: &'static str,
    /// What it is, for the documents.
    pub doc: &'static str,
    /// Its type.
    pub ty: Type,
    /// `minOccurs=1` (a value type in ASMX) rather than `minOccurs=0` (a reference type).
    pub required: bool,
}

/// A named `complexType`: an ordered list of members.
#[derive(Debug, PartialEq)]
pub struct Record {
    /// The type's name in the service's namespace.
    pub name: &'static str,
    /// What it is, for the documents.
    pub doc: &'static str,
    /// Its members in the order in which they stand on the wire.
    pub fields: &'static [Field],
}

/// A named list type: `ArrayOfX` holding `X` elements (section 3 of `asmx-behaviour.md`).
#[derive(Debug, PartialEq)]
pub struct Array {
    /// The type's name in the service's namespace.
    pub name: &'static str,
    /// The name of each item's element.
    pub item: &'static str,
    /// The type of each item.
    pub ty: Type,
    /// Whether an item may be `xsi:nil`; so for reference types only.
    pub nillable: bool,
}

/// A named `simpleType`: a restriction of `xs:string` to some words.
#[derive(Debug, PartialEq)]
pub struct Enumeration {
    /// The type's name in the service's namespace.
    pub name: &'static str,
    /// What it is, for the documents.
    pub doc: &'static str,
    /// The words in their order.
    pub words: &'static [&'static str],
    /// What each of them means, for the documents.
    pub docs: &'static [&'static str],
}

/// Whether an operation changes stored data; this picks its transaction and what its handler is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Reads only.
    Reads,
    /// Changes stored data; answered after the commit.
    Writes,
    /// Reads, and notes the time of the login; failing to note it never fails the call (R14).
    SignsIn,
}

impl Type {
    /// Whether texts can tell it: a simple value as one, an array of strings as one for each item.
    pub const fn fits_a_form(self) -> bool {
        match self {
            Type::String | Type::Secret | Type::Boolean | Type::Short | Type::Int | Type::Long => true,
            Type::Double | Type::Decimal | Type::DateTime | Type::Enumeration(_) => true,
            Type::Array(array) => matches!(array.ty, Type::String),
            Type::Base64Binary | Type::Record(_) => false,
        }
    }
}

impl Effect {
    /// The word in which the documents tell it.
    pub const fn word(self) -> &'static str {
        match self {
            Effect::Reads => "reads",
            Effect::Writes => "writes",
            Effect::SignsIn => "reads, notes the login",
        }
    }
}

/// Who may call an operation, once the credentials were found right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody with an account; the handler decides about whom it answers.
    Anybody,
    /// Whoever holds an employee role.
    Employee,
    /// Whoever holds the role Administrator.
    Administrator,
}

impl Access {
    /// The word in which the documents tell it.
    pub const fn word(self) -> &'static str {
        match self {
            Access::Anybody => "anybody with an account",
            Access::Employee => "employees",
            Access::Administrator => "administrators",
        }
    }
}

/// The two parameters that carry the caller's credentials; they come first in every operation.
#[derive(Debug)]
pub struct Credentials {
    /// The user name's parameter.
    pub user: Field,
    /// The password's parameter.
    pub password: Field,
}

impl Credentials {
    /// Credentials under these two parameter names.
    pub const fn named(user: &'static str, password: &'static str) -> Self {
        Credentials {
            user: Field { name: user, doc: "User name of the account that makes the call.", ty: Type::String, required: false },
            password: Field { name: password, doc: "Its password.", ty: Type::Secret, required: false },
        }
    }
}

/// All that is declared of one operation.
#[derive(Debug)]
pub struct Declaration {
    /// Its name, unchanged on the wire.
    pub name: &'static str,
    /// What it does, for the documents.
    pub doc: &'static str,
    /// Whether it reads or writes.
    pub effect: Effect,
    /// Who may call it.
    pub access: Access,
    /// Its parameters in order, the credentials first.
    pub parameters: &'static [Field],
    /// The record that it answers.
    pub result: &'static Record,
    /// The name of the answer's one member: the operation's name and `Result`.
    pub result_name: &'static str,
    /// The name of the answer's element: the operation's name and `Response`.
    pub response_name: &'static str,
}

impl Declaration {
    /// Whether each of its parameters can be told as text, so that a form can call it.
    pub fn fits_a_form(&self) -> bool {
        self.parameters.iter().all(|parameter| parameter.ty.fits_a_form())
    }

    /// Whether a query can call it: a form could, and it does nothing but read.
    pub fn fits_a_query(&self) -> bool {
        self.effect == Effect::Reads && self.fits_a_form()
    }
}
