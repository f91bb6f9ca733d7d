//! The operations: one short file each, and `SERVICES`, the one ordered table of them.
//!
//! A handler is a plain function over plain values: it is given the caller, the rules and a transaction, and knows neither XML nor HTTP
//! nor SQL.

/// Lists a service's operations in the order of the WSDL: file, name, and effect. Those of another service come after a semicolon: the
/// parameters and records are the same, in the namespace of each.
macro_rules! table {
    ($($effect:ident $file:ident :: $name:ident),* $(; $($shared:ident $other:ident :: $of_other:ident),*)? $(,)?) => {
        $(mod $file;)*
        $(pub use $file::$name;)*
        const OPERATIONS: &[Entry] =
            &[$(Entry::$effect::<$name>()),* $(, $(Entry::$shared::<super::$other::$of_other>()),*)?];
    };
}

pub mod accounts;
mod field_error;
mod handler;
pub mod organization;
pub mod people;
pub mod structure;

pub use field_error::FieldError;
pub use handler::{
    Bench, Call, Checking, Checks, Context, Entry, Outdated, Pace, Prepared, Prepares, Reading, Reads, Server, Writes, Writing,
};

/// A service: operations under one name and namespace.
pub struct Service {
    /// Its name, which is that of its page: `/Services2/<name>.asmx`.
    pub name: &'static str,
    /// Its target namespace.
    pub namespace: &'static str,
    /// What it is for, for the documents.
    pub doc: &'static str,
    /// Whether it is asmxd's own: its WSDL carries the documentation (R28), and its answers keep every CR of a text.
    pub documented: bool,
    /// Whether a call without credentials may be answered by a challenge; the legacy contract knows none (R4).
    pub challenges: bool,
    /// Whether its requests may be large: pictures, and what is meant for many people (R8).
    pub large: bool,
    /// Whether a form has to name every parameter, as it had to for the legacy contract (section 2.8 of `asmx-behaviour.md`).
    pub forms_are_complete: bool,
    /// Its operations in the order of the WSDL.
    pub operations: &'static [Entry],
}

impl Service {
    /// The operation of this exact name.
    pub fn operation(&self, name: &str) -> Option<&'static Entry> {
        self.operations.iter().find(|entry| entry.declaration.name == name)
    }

    /// The operation of this name, without regard to case.
    pub fn operation_in_any_case(&self, name: &str) -> Option<&'static Entry> {
        self.operations.iter().find(|entry| entry.declaration.name.eq_ignore_ascii_case(name))
    }

    /// The operation that an action names: namespace, slash, name.
    pub fn operation_of_action(&self, action: &str) -> Option<&'static Entry> {
        self.operation(action.strip_prefix(self.namespace)?.strip_prefix('/')?)
    }
}

/// Every service.
pub static SERVICES: &[&Service] = &[&organization::SERVICE, &accounts::SERVICE, &structure::SERVICE];

/// The service of this name, without regard to case (D5).
pub fn service(name: &str) -> Option<&'static Service> {
    SERVICES.iter().copied().find(|service| service.name.eq_ignore_ascii_case(name))
}
