//! Start tags written anew, where quick-xml would take their attributes in another way than XML does. It judges nothing.

use super::names;
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use std::borrow::Cow;

/// The element with U+FFFD for the references in its attributes that name a forbidden character. In a tag, every `&` begins a reference.
pub fn with_replaced_references(element: &BytesStart<'_>) -> BytesStart<'static> {
    let mut parts = element.attributes_raw().split('&');
    let name = element.name().into_inner();
    let mut content = [name, parts.next().unwrap_or_default()].concat();
    for part in parts {
        match part.split_once(';').filter(|(reference, _)| names::is_forbidden_reference(reference)) {
            Some((_, rest)) => content.extend([names::REPLACEMENT, rest]),
            None => content.extend(["&", part]),
        }
    }
    BytesStart::from_content(content, name.len())
}

/// The element with the references in its namespace declarations resolved (XML 1.0 section 3.3.3), which quick-xml leaves as they are.
/// Its attributes were checked before.
pub fn with_resolved_namespaces(element: &BytesStart<'_>) -> BytesStart<'static> {
    let name = element.name().into_inner();
    let mut content = name.to_owned();
    for attribute in element.attributes().with_checks(false).filter_map(Result::ok) {
        let resolved = attribute.normalized_value(XmlVersion::Explicit1_0).ok();
        let value = match (attribute.key.as_namespace_binding(), resolved) {
            (Some(_), Some(resolved)) if !resolved.contains('"') => resolved,
            _ => Cow::Owned(attribute.value.replace('"', "&quot;")),
        };
        content.push_str(&format!(" {}=\"{value}\"", attribute.key.into_inner()));
    }
    BytesStart::from_content(content, name.len())
}
