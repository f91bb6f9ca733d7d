//! What the tests share: a help desk with known people, a server over it, raw HTTP, canonical XML, golden files.

mod client;
#[allow(dead_code, reason = "the benchmark of growth uses the rest of it")]
mod crowd;
mod desk;
mod golden;
mod xml;

pub use client::{Reply, exchange, soap_request};
pub use crowd::Crowd;
pub use desk::{ADMIN, Desk, PASSWORD, cheap};
pub use golden::{golden, repository};
pub use xml::{assert_same_lines, canonical, element, elements, text_of};

/// The namespace of svcOrganization.
pub const NS: &str = "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx";
/// Its path.
pub const PATH: &str = "/Services2/svcOrganization.asmx";
