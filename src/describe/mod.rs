//! Documents made from the contract: WSDL, XML Schema, the service pages, the reference in Markdown.
//!
//! They read the declarations and nothing else, so they cannot disagree with what is served.

mod disco;
mod markdown;
mod pages;
mod wsdl;
mod wsdl_forms;
mod xsd;

pub use disco::disco;
pub use markdown::operations;
pub use pages::{Bindings, View, index, operation_page, service_page};
pub use wsdl::{wsdl, wsdl_with_forms};
pub use xsd::xsd;
