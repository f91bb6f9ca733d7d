//! Bytes to values and back: the one home of XML and of the charsets.
//!
//! It knows the contract's `Source` and `Sink`, and nothing of operations, rules or HTTP.

pub mod encoding;
pub mod form;
pub mod lexical;
pub mod limits;
pub mod soap;
pub mod xml;
