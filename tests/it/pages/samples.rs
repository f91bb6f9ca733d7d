//! The sample messages, taken from the served pages as somebody would copy them, and really sent.

use super::{get, tree};
use crate::support::{ADMIN, Desk, PASSWORD, repository};
use asmxd::contract::Declaration;
use asmxd::operations::{SERVICES, Service};
use roxmltree::{Document, Node};

/// What to write for a word under a parameter's name.
type Fill = fn(&str, &str) -> String;

/// The text of the `pre` with this label, with or without values in place of the words that stand for them.
pub(super) fn sample(page: &Document<'_>, label: &str, value: Option<Fill>) -> String {
    let found = page.descendants().find(|node| node.has_tag_name("pre") && node.attribute("aria-label") == Some(label));
    let pre = found.unwrap_or_else(|| panic!("no {label}"));
    let mut text = String::new();
    for child in pre.children() {
        let word = child.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect::<String>();
        match value.filter(|_| child.has_tag_name("var")) {
            Some(value) => {
                let before = text.rsplit(['<', '&', '?', '\n']).next().unwrap_or_default();
                let name = before.trim_end_matches(['>', '=']).to_owned();
                text.push_str(&value(&name, &word));
            }
            None => text.push_str(&word),
        }
    }
    text
}

/// A plausible value for the word that stands for one, under a parameter's name.
fn plausible(name: &str, word: &str) -> String {
    match (name, word) {
        ("authUserName" | "agentUserName", _) => ADMIN,
        ("authPassword" | "agentPassword", _) => PASSWORD,
        (_, "string") => "text",
        (_, "boolean") => "true",
        (_, "short" | "int" | "long") => "2",
        (_, "double" | "decimal") => "1.5",
        (_, "dateTime") => "2026-01-31T12:00:00Z",
        (_, "base64Binary") => "aGVsbG8=",
        (_, words) => words.split(" or ").next().unwrap(),
    }
    .to_owned()
}

/// The bytes of a request as it is shown: line ends of HTTP, the length of the body.
fn on_the_wire(shown: &str) -> Vec<u8> {
    let (head, body) = shown.split_once("\n\n").unwrap_or((shown, ""));
    let body = body.trim_end();
    let head = head.trim_end().replace("Content-Length: text", &format!("Content-Length: {}", body.len())).replace('\n', "\r\n");
    format!("{head}\r\nConnection: close\r\n\r\n{body}").into_bytes()
}

pub(super) fn filled(page: &Document<'_>, label: &str) -> Vec<u8> {
    let value = |name: &str, word: &str| if word == "length" { "text".to_owned() } else { plausible(name, word) };
    on_the_wire(&sample(page, label, Some(value)))
}

pub(super) fn body(message: &str) -> &str {
    message.split_once("\n\n").unwrap().1
}

fn children<'d>(node: Node<'d, 'd>) -> Vec<Node<'d, 'd>> {
    node.children().filter(Node::is_element).collect()
}

fn named<'d>(node: Node<'d, 'd>, name: &str) -> Node<'d, 'd> {
    let found = children(node).into_iter().find(|child| child.tag_name().name() == name);
    found.unwrap_or_else(|| panic!("no {name} in {}", node.tag_name().name()))
}

/// The schema's definition with this name.
fn definition<'d>(schema: &'d Document<'d>, kind: &str, name: &str) -> Node<'d, 'd> {
    let found = children(schema.root_element())
        .into_iter()
        .find(|node| node.tag_name().name() == kind && node.attribute("name") == Some(name));
    found.unwrap_or_else(|| panic!("the schema has no {kind} {name}"))
}

/// Fails unless the element has exactly the members of a complex type, in their order, each with content of its type.
fn assert_has_members(schema: &Document<'_>, complex: Node<'_, '_>, element: Node<'_, '_>) {
    let sequence = complex.children().find(|node| node.tag_name().name() == "sequence");
    let declared: Vec<_> = sequence.map(|sequence| sequence.children().filter(Node::is_element).collect()).unwrap_or_default();
    let mut expected = Vec::new();
    for member in declared {
        let times = if member.attribute("maxOccurs") == Some("unbounded") { 2 } else { 1 };
        expected.extend(std::iter::repeat_n(member, times));
    }
    let found: Vec<_> = element.children().filter(Node::is_element).collect();
    let names = |nodes: &[Node<'_, '_>]| nodes.iter().map(|node| node.tag_name().name().to_owned()).collect::<Vec<_>>();
    let wanted: Vec<_> = expected.iter().map(|member| member.attribute("name").unwrap().to_owned()).collect();
    assert_eq!(names(&found), wanted, "in {}", element.tag_name().name());
    for (member, node) in expected.iter().zip(&found) {
        assert_eq!(node.tag_name().namespace(), element.tag_name().namespace());
        match member.attribute("type").unwrap().split_once(':').unwrap() {
            ("s", simple) => assert_eq!(node.text(), Some(simple), "in {}", node.tag_name().name()),
            (_, name) => assert_has_type(schema, name, *node),
        }
    }
}

fn assert_has_type(schema: &Document<'_>, name: &str, element: Node<'_, '_>) {
    let types = schema.root_element().children().filter(Node::is_element);
    let found =
        types.into_iter().find(|node| node.attribute("name") == Some(name) && node.tag_name().name() != "element").unwrap();
    if found.tag_name().name() == "complexType" {
        return assert_has_members(schema, found, element);
    }
    let words: Vec<_> = found
        .descendants()
        .filter(|node| node.tag_name().name() == "enumeration")
        .filter_map(|node| node.attribute("value"))
        .collect();
    assert_eq!(element.text(), Some(words.join(" or ").as_str()));
}

/// Fails unless a real answer has no element that the sample has not, and all in the sample's order; lists may have any length.
pub(super) fn assert_same_shape(real: Node<'_, '_>, shown: Node<'_, '_>, compared: &mut usize) {
    assert_eq!(real.tag_name(), shown.tag_name());
    let mut known = shown.children().filter(Node::is_element).peekable();
    let mut current = None;
    for child in real.children().filter(Node::is_element) {
        if current.is_none_or(|node: Node<'_, '_>| node.tag_name() != child.tag_name()) {
            let name = child.tag_name().name();
            let next = known.find(|node| node.tag_name() == child.tag_name());
            current = Some(next.unwrap_or_else(|| panic!("{name} stands elsewhere in {}", real.tag_name().name())));
        }
        assert_same_shape(child, current.unwrap(), compared);
        *compared += 1;
    }
}

fn content<'d>(document: &'d Document<'d>) -> Node<'d, 'd> {
    children(named(document.root_element(), "Body"))[0]
}

fn schema_of(service: &Service) -> String {
    std::fs::read_to_string(repository(&format!("schemas/xml/{}.xsd", service.name))).unwrap()
}

pub(super) fn page_of(desk: &Desk, service: &Service, declaration: &Declaration) -> String {
    get(desk, &format!("/Services2/{}.asmx?op={}", service.name, declaration.name)).body
}

#[test]
fn each_sample_has_exactly_the_elements_of_the_schema() {
    let desk = Desk::open();
    for service in SERVICES {
        let text = schema_of(service);
        let schema = Document::parse(&text).unwrap();
        for declaration in service.operations.iter().map(|entry| entry.declaration) {
            let page = page_of(&desk, service, declaration);
            let page = tree(&page);
            for version in ["SOAP 1.1", "SOAP 1.2"] {
                for (part, name) in [("request", declaration.name), ("answer", declaration.response_name)] {
                    let shown = sample(&page, &format!("{version} {part}"), None);
                    let document = Document::parse(body(&shown)).unwrap_or_else(|error| panic!("{error}: {shown}"));
                    let element = content(&document);
                    assert_eq!((element.tag_name().name(), element.tag_name().namespace()), (name, Some(service.namespace)));
                    let complex = children(definition(&schema, "element", name))[0];
                    assert_has_members(&schema, complex, element);
                }
            }
        }
    }
}

#[test]
fn each_sample_request_can_be_sent_as_it_is_shown_and_real_answers_look_like_the_sample_answer() {
    let (mut successes, mut compared) = (0, 0);
    for service in SERVICES {
        let desk = Desk::seeded("help-desk.toml");
        for declaration in service.operations.iter().map(|entry| entry.declaration) {
            let page = page_of(&desk, service, declaration);
            let page = tree(&page);
            for version in ["SOAP 1.1", "SOAP 1.2"] {
                let request = filled(&page, &format!("{version} request"));
                let reply = desk.send(&request);
                let sent = String::from_utf8_lossy(&request).into_owned();
                assert_eq!(reply.status, 200, "{sent}\n{}", reply.body);
                assert_ne!(reply.text("ResultCode"), "1", "the login was not read: {sent}\n{}", reply.body);
                let shown = sample(&page, &format!("{version} answer"), None);
                let type_shown = shown.lines().find_map(|line| line.strip_prefix("Content-Type: "));
                assert_eq!(reply.header("content-type"), type_shown);
                if reply.text("Result") == "true" {
                    successes += 1;
                    let (real, sample) = (Document::parse(&reply.body).unwrap(), Document::parse(body(&shown)).unwrap());
                    assert_same_shape(real.root_element(), sample.root_element(), &mut compared);
                }
            }
        }
    }
    assert!(successes > 80 && compared > 1000, "{successes} successes with {compared} elements");
}
