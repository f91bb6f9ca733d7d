//! The legacy contract: what is served differs from it only by the operations that are listed as missing, and the list only shrinks.

use crate::support::{assert_same_lines, canonical, repository};
use asmxd::describe;
use asmxd::operations::organization::SERVICE;
use roxmltree::{Document, Node};
use std::collections::BTreeSet;

/// The operations of the legacy contract that are not there yet; it has 54. This number may only go down.
const MISSING: usize = 0;

fn legacy_wsdl() -> String {
    std::fs::read_to_string(repository("fixtures/contract/svcOrganization.wsdl")).unwrap()
}

fn missing() -> BTreeSet<String> {
    let text = std::fs::read_to_string(repository("fixtures/contract/missing-operations.txt")).unwrap();
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(str::to_owned).collect()
}

/// The legacy WSDL without the missing operations, and without the types that only they use.
fn reduced(wsdl: &str, missing: &BTreeSet<String>) -> String {
    let document = Document::parse(wsdl).unwrap();
    let mut cut: Vec<_> = document.descendants().filter(|node| names_missing(node, missing)).map(|node| node.range()).collect();
    let used = used_types(&document, missing);
    let unused = |node: &Node<'_, '_>| {
        node.tag_name().name() == "complexType" && node.attribute("name").is_some_and(|name| !used.contains(name))
    };
    cut.extend(document.descendants().filter(unused).map(|node| node.range()));
    cut.sort_by_key(|range| std::cmp::Reverse(range.start));
    let mut text = wsdl.to_owned();
    cut.into_iter().for_each(|range| text.replace_range(range, ""));
    text
}

/// Whether a node declares part of a missing operation: its elements, messages, and entries in port type and bindings.
fn names_missing(node: &Node<'_, '_>, missing: &BTreeSet<String>) -> bool {
    let Some(name) = node.attribute("name") else { return false };
    let base = match (node.tag_name().name(), node.parent().map(|parent| parent.tag_name().name())) {
        ("element", Some("schema")) => name.strip_suffix("Response").unwrap_or(name),
        ("message", _) => name.strip_suffix("SoapIn").or(name.strip_suffix("SoapOut")).unwrap_or(name),
        ("operation", _) => name,
        _ => return false,
    };
    missing.contains(base)
}

fn used_types(document: &Document<'_>, missing: &BTreeSet<String>) -> BTreeSet<String> {
    let types_within = |node: Node<'_, '_>| -> Vec<String> {
        let types = node.descendants().filter_map(|inner| inner.attribute("type")?.strip_prefix("tns:").map(str::to_owned));
        types.collect()
    };
    let elements = document.descendants().filter(|node| {
        node.tag_name().name() == "element"
            && node.parent().is_some_and(|parent| parent.tag_name().name() == "schema")
            && !names_missing(node, missing)
    });
    let mut waiting: Vec<String> = elements.flat_map(types_within).collect();
    let mut used = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if used.insert(name.clone()) {
            let declared = document
                .descendants()
                .find(|node| node.tag_name().name() == "complexType" && node.attribute("name") == Some(name.as_str()));
            waiting.extend(types_within(declared.unwrap()));
        }
    }
    used
}

#[test]
fn the_wsdl_differs_from_the_legacy_one_only_by_the_operations_that_are_missing() {
    let ours = String::from_utf8(describe::wsdl(&SERVICE, "http://localhost/Services2/svcOrganization.asmx")).unwrap();
    let missing = missing();
    let (ours, legacy) = (canonical(&ours), canonical(&reduced(&legacy_wsdl(), &missing)));
    if missing.is_empty() {
        assert_same_lines(&ours, &legacy);
    } else {
        // A type stands where it is first used, which may be in an operation that is not there yet.
        assert_same_lines(&with_sorted_types(&ours), &with_sorted_types(&legacy));
    }
}

/// The canonical text with the children of the schema in the order of their names.
fn with_sorted_types(canonical: &str) -> String {
    let child = "      {http://www.w3.org/2001/XMLSchema}";
    let mut blocks: Vec<String> = Vec::new();
    for line in canonical.lines() {
        if line.starts_with(child) || blocks.is_empty() || !line.starts_with("      ") {
            blocks.push(String::new());
        }
        let block = blocks.last_mut().unwrap();
        block.push_str(line);
        block.push('\n');
    }
    let is_type = |block: &String| block.starts_with(child);
    let mut sorted: Vec<_> = blocks.iter().filter(|block| is_type(block)).cloned().collect();
    sorted.sort();
    let mut sorted = sorted.into_iter();
    blocks.iter().map(|block| if is_type(block) { sorted.next().unwrap() } else { block.clone() }).collect()
}

#[test]
fn what_is_listed_as_missing_is_missing_and_the_list_only_shrinks() {
    let missing = missing();
    assert!(missing.len() <= MISSING, "{} operations are listed as missing, and it may be {MISSING}", missing.len());
    for name in &missing {
        assert!(SERVICE.operation(name).is_none(), "{name} is there: take it from the list");
        assert!(legacy_wsdl().contains(&format!("operation name=\"{name}\"")), "{name} is no operation of the legacy contract");
    }
    assert_eq!(SERVICE.operations.len() + missing.len(), 54);
}

#[test]
fn declarations_agree_with_the_contract_as_data() {
    let json = std::fs::read_to_string(repository("fixtures/contract/svcOrganization.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    for operation in json["operations"].as_array().unwrap() {
        let Some(entry) = SERVICE.operation(operation["name"].as_str().unwrap()) else { continue };
        let declared: Vec<_> = entry.declaration.parameters.iter().map(|field| (field.name, u64::from(field.required))).collect();
        let expected = operation["input"].as_array().unwrap().iter();
        let expected: Vec<_> = expected.map(|part| (part[0].as_str().unwrap(), part[2].as_u64().unwrap())).collect();
        assert_eq!(declared, expected, "{}", entry.declaration.name);
        assert_eq!(operation["output"][0][0].as_str(), Some(entry.declaration.result_name));
        assert_eq!(operation["output"][0][1].as_str(), Some(entry.declaration.result.name));
    }
}
