//! What the tests share: a help desk with known people, a server over it, raw HTTP, canonical XML, golden files.

mod chance;
mod client;
#[allow(dead_code, reason = "the benchmark of growth uses the rest of it")]
mod crowd;
mod desk;
mod golden;
mod held;
mod people;
mod picture;
mod wire;
mod xml;

pub use chance::Chance;
pub use client::{Reply, newcomer, on_the_wire, operation, soap_request};
pub use crowd::{Crowd, name as crowd_name};
pub use desk::Desk;
pub use golden::{golden, repository};
pub use held::{Held, PATIENCE, change, patiently, queue, told};
pub use people::{ADMIN, PASSWORD, cheap, populate};
pub use picture::picture;
pub use wire::{Wire, get, kept, kept_as, post};
pub use xml::{assert_same_lines, canonical, elements, text_of};

/// The namespace of svcOrganization.
pub const NS: &str = "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx";
/// Its path.
pub const PATH: &str = "/Services2/svcOrganization.asmx";
