//! SOAP 1.1 and 1.2: the envelope read and written, faults, and the one table of what differs between the versions.

mod addressing;
mod envelope;
mod fault;
mod security;
mod timestamp;
mod version;

pub use addressing::Addressing;
pub use envelope::{Envelope, Unopened, answer};
pub use fault::{Fault, FaultCode, Refused, Subcode};
pub use version::Version;
