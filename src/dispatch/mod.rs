//! The pipeline that every call takes: find, decode, authenticate, authorise, transaction, handle, commit, encode. There is no side door.
//!
//! It is synchronous. What takes a moment (hashing, the commit) is handed to its thread, and the call goes on there; whoever
//! drives the pipeline is told when the answer is ready. HTTP is not known here.

mod answer;
mod jobs;
mod pipeline;
mod route;

pub use answer::{Answer, Content, Dialect, Lost, Progress, Ticket, Waiting};
pub use pipeline::Pipeline;
pub use route::{FormRequest, Request, Verb};
