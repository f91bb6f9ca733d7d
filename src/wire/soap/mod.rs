//! SOAP 1.1 and 1.2: the envelope read and written, faults, and the one table of what differs between the versions.

mod envelope;
mod fault;
mod security;
mod version;

pub use envelope::{Envelope, answer};
pub use fault::{Fault, FaultCode, Refused};
pub use version::Version;
