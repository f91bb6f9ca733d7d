//! What an operation *is*: names, types, order, documentation, who may call it.
//!
//! Everything else reads these declarations: the WSDL, the schemas, decoding, encoding, dispatch and the documents.
//! This layer knows neither XML nor HTTP nor SQL nor the rules of the domain.

mod claim;
mod declare;
mod io;
mod schema;
mod value;

pub use claim::Claim;
pub(crate) use declare::{doc_text, enumeration, operation, read_members, record, wire_name};
pub use io::{ReadError, ReadErrorKind, Sink, Source};
pub use schema::{Access, Array, Credentials, Declaration, Effect, Enumeration, Field, Record, Type};
pub use value::{
    Bytes, DateTime, Decimal, Failure, FieldFailure, Item, Login, Outcome, Part, Reply, Request, Secret, Text, Value,
};
