//! XML 1.0 with namespaces: a bounded pull reader and the one writer through which every byte of XML leaves.

mod names;
mod reader;
mod retold;
mod sink;
mod source;
mod writer;

pub use names::{first_forbidden, without_forbidden};
pub use reader::{Token, XmlReader};
pub use sink::XmlSink;
pub use source::XmlSource;
pub use writer::XmlWriter;

/// The namespace to which the prefix `xml` is bound.
pub const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";
/// The namespace of `xsi:nil` and `xsi:type`.
pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// The namespace of XML Schema.
pub const XSD: &str = "http://www.w3.org/2001/XMLSchema";
