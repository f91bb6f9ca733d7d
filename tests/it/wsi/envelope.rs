//! What the envelopes of our answers hold: every sample, results and faults alike.

use super::samples::each;
use asmxd::operations::SERVICES;
use asmxd::wire::soap::Version;
use roxmltree::{Node, NodeType};

const SOAPENC: &str = "http://schemas.xmlsoap.org/soap/encoding/";

fn children<'a, 'i>(node: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    node.children().filter(Node::is_element).collect()
}

fn body<'a, 'i>(root: Node<'a, 'i>) -> Node<'a, 'i> {
    *children(root).last().unwrap()
}

fn in_envelope(node: Node<'_, '_>) -> bool {
    Version::of_namespace(node.tag_name().namespace().unwrap_or_default()).is_some()
}

#[test]
fn r9980_an_answer_is_an_envelope_of_at_most_a_header_and_then_a_body() {
    each(|sample, root| {
        let namespace = root.tag_name().namespace().unwrap();
        assert!(in_envelope(root) && root.has_tag_name((namespace, "Envelope")), "{}", sample.name);
        let names: Vec<_> = children(root).iter().map(|child| child.tag_name().name()).collect();
        assert!(matches!(names[..], ["Body"] | ["Header", "Body"]), "{}: {names:?}", sample.name);
        assert!(children(root).iter().all(|child| child.tag_name().namespace() == Some(namespace)), "{}", sample.name);
    });
}

#[test]
fn r9981_the_body_of_an_answer_has_one_child() {
    each(|sample, root| assert_eq!(children(body(root)).len(), 1, "{}", sample.name));
}

#[test]
fn r1014_the_child_of_an_answers_body_is_in_a_namespace() {
    each(|sample, root| assert!(children(body(root))[0].tag_name().namespace().is_some(), "{}", sample.name));
}

#[test]
fn r1005_r1006_no_answer_tells_an_encoding_style() {
    each(|sample, root| {
        let mut attributes = root.descendants().flat_map(|node| node.attributes());
        assert!(attributes.all(|attribute| attribute.name() != "encodingStyle"), "{}", sample.name);
    });
}

#[test]
fn r1008_r1009_answers_have_neither_a_dtd_nor_processing_instructions() {
    each(|sample, root| {
        assert!(!sample.reply.body.contains("<!DOCTYPE"), "{}", sample.name);
        let mut nodes = root.document().descendants();
        assert!(nodes.all(|node| node.node_type() != NodeType::PI), "{}", sample.name);
    });
}

#[test]
fn r1013_answers_have_no_header_that_must_be_understood() {
    each(|sample, root| {
        let mut attributes = root.descendants().flat_map(|node| node.attributes());
        let odd = attributes.find(|attribute| attribute.name() == "mustUnderstand" && !matches!(attribute.value(), "0" | "1"));
        assert!(odd.is_none(), "{}", sample.name);
    });
}

#[test]
fn r1032_envelope_header_and_body_have_no_attributes_of_soap() {
    each(|sample, root| {
        for node in children(root).into_iter().chain([root]) {
            let mut namespaces = node.attributes().filter_map(|attribute| attribute.namespace());
            assert!(namespaces.all(|namespace| Version::of_namespace(namespace).is_none()), "{}", sample.name);
        }
    });
}

#[test]
fn r1033_r9704_no_answer_declares_the_prefix_xml() {
    each(|sample, _| assert!(!sample.reply.body.contains("xmlns:xml="), "{}", sample.name));
}

#[test]
fn r1029_a_fault_stands_in_place_of_the_result_and_alone() {
    each(|sample, root| {
        let envelopes = root.descendants().filter(|node| in_envelope(*node) && node.tag_name().name() == "Envelope").count();
        assert_eq!(envelopes, 1, "{}", sample.name);
        let faults = root.descendants().filter(|node| in_envelope(*node) && node.tag_name().name() == "Fault").count();
        let results = root.descendants().filter(|node| node.tag_name().name().ends_with("Response")).count();
        assert_eq!(faults + results, 1, "{}", sample.name);
    });
}

#[test]
fn r9700_nothing_stands_before_or_after_the_envelope() {
    each(|sample, root| {
        assert!(sample.reply.body.starts_with("<?xml ") && sample.reply.body.ends_with("</soap:Envelope>"), "{}", sample.name);
        assert_eq!(root.document().root().children().count(), 1, "{}", sample.name);
    });
}

#[test]
fn r9701_r1010_answers_are_xml_1_0_and_declare_it() {
    each(|sample, _| {
        assert!(sample.reply.body.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?><"), "{}", sample.name);
    });
}

#[test]
fn r1012_r1018_r9702_r9703_the_content_type_tells_the_version_and_the_charset_that_is_used() {
    each(|sample, root| {
        let version = Version::of_namespace(root.tag_name().namespace().unwrap()).unwrap();
        assert_eq!(sample.reply.header("content-type"), Some(version.content_type()), "{}", sample.name);
        // The body was read as UTF-8: had a byte not fitted, its length would be another one now.
        let length = sample.reply.body.len().to_string();
        assert_eq!(sample.reply.header("content-length"), Some(length.as_str()), "{}", sample.name);
    });
}

#[test]
fn r2712_r2113_a_result_is_the_declared_element_and_its_arrays_are_not_encoded() {
    each(|sample, root| {
        let child = children(body(root))[0];
        let (namespace, name) = (child.tag_name().namespace().unwrap(), child.tag_name().name());
        let mut attributes = root.descendants().flat_map(|node| node.attributes());
        assert!(attributes.all(|attribute| attribute.namespace() != Some(SOAPENC)), "{}", sample.name);
        if !sample.is_fault() {
            let service = SERVICES.iter().find(|service| service.namespace == namespace);
            let entry = service.and_then(|service| service.operation(name.strip_suffix("Response")?));
            assert!(entry.is_some(), "{}: {{{namespace}}}{name}", sample.name);
        }
    });
}
