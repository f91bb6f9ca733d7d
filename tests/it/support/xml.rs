//! XML as trees: a canonical form for comparison, and look-ups by local name.

use roxmltree::{Document, Node};
use std::fmt::Write;

/// The document in a form in which prefixes, the order of attributes, comments and white space between elements do not count.
pub fn canonical(xml: &str) -> String {
    let document = Document::parse(xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    let mut text = String::new();
    write_node(document.root_element(), 0, &mut text);
    text
}

fn write_node(node: Node<'_, '_>, level: usize, text: &mut String) {
    let indent = "  ".repeat(level);
    if node.is_element() {
        let name = node.tag_name();
        write!(text, "{indent}{{{}}}{}", name.namespace().unwrap_or_default(), name.name()).unwrap();
        let mut attributes: Vec<_> = node
            .attributes()
            .map(|attribute| {
                format!(" {{{}}}{}={:?}", attribute.namespace().unwrap_or_default(), attribute.name(), attribute.value())
            })
            .collect();
        attributes.sort();
        writeln!(text, "{}", attributes.concat()).unwrap();
        node.children().for_each(|child| write_node(child, level + 1, text));
    } else if let Some(content) = node.text().filter(|_| node.is_text()) {
        let alone = node.parent().is_some_and(|parent| parent.children().filter(Node::is_element).count() == 0);
        if alone || !content.trim().is_empty() {
            writeln!(text, "{indent}{content:?}").unwrap();
        }
    }
}

/// The text of the first element with this local name; empty when there is none.
pub fn text_of(xml: &str, name: &str) -> String {
    element(xml, name).unwrap_or_default()
}

/// The text of the first element with this local name, if there is one.
pub fn element(xml: &str, name: &str) -> Option<String> {
    elements(xml, name).into_iter().next()
}

/// The texts of all elements with this local name.
pub fn elements(xml: &str, name: &str) -> Vec<String> {
    let document = Document::parse(xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    let found = document.descendants().filter(|node| node.is_element() && node.tag_name().name() == name);
    found.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

/// Fails with the first line that differs and what stands around it, instead of with two long texts.
pub fn assert_same_lines(ours: &str, expected: &str) {
    let mut pairs = ours.lines().zip(expected.lines()).enumerate();
    if let Some((at, (found, wanted))) = pairs.find(|(_, (found, wanted))| found != wanted) {
        let before: Vec<_> = expected.lines().skip(at.saturating_sub(4)).take(4).collect();
        panic!("line {} differs, after\n{}\nfound    {found}\nexpected {wanted}", at + 1, before.join("\n"));
    }
    assert_eq!(ours.lines().count(), expected.lines().count(), "one of the texts goes on");
}
