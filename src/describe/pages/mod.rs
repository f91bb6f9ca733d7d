//! The pages for people: an index of the services, each service's page, and each operation's. Plain, and without scripts.
//!
//! They are made from the declarations. Where they are served and who looks at them is told to them.

mod form;
mod index;
mod operation;
mod page;
mod sample;
mod service;
mod types;

pub use form::Bindings;
pub use index::index;
pub use operation::{View, operation_page};
pub use service::service_page;
