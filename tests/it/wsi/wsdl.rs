//! What the WSDLs have to be, beyond what `tests/it/wsdl.rs` asks of them by rule.

use crate::wsdl::{SOAP11, SOAP12, WSDL, XSD, all, children, each, each_binding, name_of, only, own, qname, schema};
use asmxd::describe;
use asmxd::operations::SERVICES;
use roxmltree::Document;
use std::collections::BTreeSet;

const SOAPENC: &str = "http://schemas.xmlsoap.org/soap/encoding/";

fn bytes() -> impl Iterator<Item = Vec<u8>> {
    SERVICES.iter().map(|service| describe::wsdl(service, "http://localhost/"))
}

#[test]
fn r2001_r2002_r2003_r2004_r2007_r2803_nothing_is_imported() {
    each(|service, root| {
        for (namespace, name) in [(WSDL, "import"), (XSD, "import"), (XSD, "include"), (XSD, "redefine")] {
            assert_eq!(all(root, namespace, name).count(), 0, "{}: {name}", service.name);
        }
    });
}

#[test]
fn r2022_r2023_the_types_come_before_all_but_documentation() {
    each(|service, root| {
        let first = children(root).find(|child| child.tag_name().name() != "documentation").unwrap();
        assert!(first.has_tag_name((WSDL, "types")), "{}", service.name);
        assert_eq!(own(root, WSDL, "types").count(), 1, "{}", service.name);
    });
}

/// Against the schemas themselves the documents are held by `tests/schemas/run.sh`.
#[test]
fn r2028_r2029_the_document_has_only_elements_of_wsdl_its_soap_bindings_and_xml_schema() {
    each(|service, root| {
        for node in root.descendants().filter(roxmltree::Node::is_element) {
            let namespace = node.tag_name().namespace().unwrap_or_default();
            assert!([WSDL, SOAP11, SOAP12, XSD].contains(&namespace), "{}: {:?}", service.name, node.tag_name());
        }
    });
}

#[test]
fn r4003_r4004_descriptions_are_utf_8_and_xml_1_0() {
    for document in bytes() {
        let text = String::from_utf8(document).unwrap();
        assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"), "{}", &text[..60]);
    }
}

#[test]
fn r1034_r4005_no_description_declares_the_prefix_xml() {
    for document in bytes() {
        assert!(!String::from_utf8(document).unwrap().contains("xmlns:xml="));
    }
}

/// A known deviation (R34): the names are what proxies of the reference expect. What the rule is about holds: they are plain lists.
#[test]
fn r2112_types_named_array_of_are_kept_and_are_plain_lists_of_one_element() {
    each(|service, root| {
        let named = own(schema(root), XSD, "complexType").filter(|ty| name_of(*ty).starts_with("ArrayOf"));
        let mut found = 0;
        for ty in named {
            found += 1;
            let element = only(only(ty, XSD, "sequence"), XSD, "element");
            assert_eq!(element.attribute("maxOccurs"), Some("unbounded"), "{}: {}", service.name, name_of(ty));
            let soap_encoded = ty.descendants().any(|node| node.lookup_prefix(SOAPENC).is_some() && node.has_attribute("base"));
            assert!(!soap_encoded, "{}: {}", service.name, name_of(ty));
        }
        assert!(found > 0, "{} has none, so R2112 holds there: say so in docs/wsi.md", service.name);
    });
}

#[test]
fn r2206_r2210_r2306_a_part_refers_to_an_element_and_a_message_has_one_part() {
    each(|service, root| {
        for message in own(root, WSDL, "message") {
            let part = only(message, WSDL, "part");
            assert!(part.attribute("type").is_none(), "{}: {}", service.name, name_of(message));
            let (_, element) = qname(part, "element");
            let declared = own(schema(root), XSD, "element").any(|known| name_of(known) == element);
            assert!(declared, "{}: {element}", service.name);
        }
    });
}

#[test]
fn r2205_r2721_r2723_r2754_r2740_neither_faults_nor_headers_are_described() {
    each(|service, root| {
        for namespace in [WSDL, SOAP11, SOAP12] {
            for name in ["fault", "header", "headerfault"] {
                assert_eq!(all(root, namespace, name).count(), 0, "{}: {name}", service.name);
            }
        }
    });
}

#[test]
fn r2401_r9801_the_bindings_are_soap_alone_and_nothing_claims_conformance() {
    each_binding(|service, _, binding, soap| {
        for node in binding.descendants().filter(roxmltree::Node::is_element) {
            let namespace = node.tag_name().namespace().unwrap_or_default();
            assert!([WSDL, soap].contains(&namespace), "{}: {:?}", service.name, node.tag_name());
        }
    });
    for document in bytes() {
        assert!(!String::from_utf8(document).unwrap().contains("ws-i.org"));
    }
}

/// A known deviation (R34): the reference offers both versions of SOAP at one address.
#[test]
fn r2711_two_ports_share_an_address_and_differ_in_the_version_of_soap() {
    for document in bytes() {
        let text = String::from_utf8(document).unwrap();
        let document = Document::parse(&text).unwrap();
        let addresses: Vec<_> = document.descendants().filter(|node| node.tag_name().name() == "address").collect();
        let locations: BTreeSet<_> = addresses.iter().map(|address| address.attribute("location")).collect();
        let versions: BTreeSet<_> = addresses.iter().map(|address| address.tag_name().namespace()).collect();
        assert_eq!((locations.len(), versions.len()), (1, addresses.len()));
    }
}
