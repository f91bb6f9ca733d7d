//! The WSDL of every service, read by a stranger: whether it is a sound WSDL 1.1 document, and what WS-I Basic Profile 1.1 asks of it.
//! Two rules are left knowingly, as the reference leaves them: R2112 (types named `ArrayOf...`) and R2711 (two ports of one address).
//! The profile knows SOAP 1.1 only; its rules are held to by the binding for SOAP 1.2 as well.

use asmxd::describe;
use asmxd::operations::{SERVICES, Service};
use roxmltree::{Document, Node};
use std::collections::{BTreeMap, BTreeSet};

pub const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
pub const SOAP11: &str = "http://schemas.xmlsoap.org/wsdl/soap/";
pub const SOAP12: &str = "http://schemas.xmlsoap.org/wsdl/soap12/";
pub const XSD: &str = "http://www.w3.org/2001/XMLSchema";
const TRANSPORT: &str = "http://schemas.xmlsoap.org/soap/http";
const ADDRESS: &str = "https://desk.example.org/Services2";
/// The simple types of XML Schema that are used; another one is looked at before it is added here.
const SIMPLE: &[&str] = &["string", "boolean", "short", "int", "double", "long", "decimal", "dateTime", "base64Binary"];

/// Runs a check on the WSDL of every service.
pub fn each(check: impl Fn(&Service, Node<'_, '_>)) {
    for service in SERVICES {
        let bytes = describe::wsdl(service, &format!("{ADDRESS}/{}.asmx", service.name));
        let text = String::from_utf8(bytes).unwrap();
        check(service, Document::parse(&text).unwrap().root_element());
    }
}

/// The elements of this name anywhere below.
pub fn all<'a, 'i>(node: Node<'a, 'i>, namespace: &'static str, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |node| node.has_tag_name((namespace, name)))
}

/// The elements directly below.
pub fn children<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

/// The elements of this name directly below.
pub fn own<'a, 'i>(node: Node<'a, 'i>, namespace: &'static str, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    children(node).filter(move |node| node.has_tag_name((namespace, name)))
}

/// The one element of this name directly below.
pub fn only<'a, 'i>(node: Node<'a, 'i>, namespace: &'static str, name: &'static str) -> Node<'a, 'i> {
    let found: Vec<_> = own(node, namespace, name).collect();
    let [one] = found[..] else { panic!("{} {name} below {:?}", found.len(), node) };
    one
}

pub fn schema<'a, 'i>(root: Node<'a, 'i>) -> Node<'a, 'i> {
    only(only(root, WSDL, "types"), XSD, "schema")
}

pub fn name_of<'a>(node: Node<'a, '_>) -> &'a str {
    node.attribute("name").unwrap_or_else(|| panic!("no name: {node:?}"))
}

/// An attribute's QName as namespace and local name; its prefix has to be declared.
pub fn qname<'a>(node: Node<'a, '_>, attribute: &str) -> (&'a str, &'a str) {
    let value = node.attribute(attribute).unwrap_or_else(|| panic!("no {attribute}: {node:?}"));
    let (prefix, local) = value.split_once(':').unwrap_or_else(|| panic!("{value} has no prefix"));
    let namespace = node.lookup_namespace_uri(Some(prefix)).unwrap_or_else(|| panic!("the prefix of {value} is not declared"));
    (namespace, local)
}

/// The names of these elements, none of them twice.
fn names<'a, 'i: 'a>(nodes: impl Iterator<Item = Node<'a, 'i>>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    nodes.for_each(|node| assert!(found.insert(name_of(node)), "{} is declared twice", name_of(node)));
    found
}

/// The names of the types that the schema declares.
fn types<'a, 'i: 'a>(root: Node<'a, 'i>) -> BTreeSet<&'a str> {
    let declared = children(schema(root)).filter(|node| matches!(node.tag_name().name(), "complexType" | "simpleType"));
    names(declared)
}

#[test]
fn every_name_that_is_referred_to_is_declared_and_nothing_is_declared_twice() {
    each(|service, root| {
        let own_names = |name| names(own(root, WSDL, name));
        let declared: BTreeMap<_, _> = [
            ("message", own_names("message")),
            ("binding", own_names("binding")),
            ("type", own_names("portType")),
            ("element", names(own(schema(root), XSD, "element"))),
        ]
        .into();
        let types = types(root);
        for node in root.descendants().filter(Node::is_element) {
            let of_schema = node.tag_name().namespace() == Some(XSD);
            for attribute in
                ["message", "binding", "element", "type", "base", "ref"].into_iter().filter(|&a| node.has_attribute(a))
            {
                let (namespace, local) = qname(node, attribute);
                let known = match namespace {
                    XSD => of_schema && SIMPLE.contains(&local),
                    _ if of_schema => types.contains(local),
                    _ => declared[attribute].contains(local),
                };
                let place = if namespace == XSD { XSD } else { service.namespace };
                assert!(known && namespace == place, "{}: {attribute}={{{namespace}}}{local}", service.name);
            }
        }
    });
}

#[test]
fn what_is_declared_is_used() {
    each(|service, root| {
        let used = |attribute: &'static str| -> BTreeSet<_> {
            let there = root.descendants().filter(|node| node.has_attribute(attribute));
            there.map(|node| qname(node, attribute).1).collect()
        };
        let types_used: BTreeSet<_> = used("type").union(&used("base")).copied().collect();
        let unused: Vec<_> = types(root).difference(&types_used).copied().collect();
        assert!(unused.is_empty(), "{}: types {unused:?}", service.name);
        assert_eq!(names(own(root, WSDL, "message")), used("message"), "{}: messages", service.name);
        assert_eq!(names(own(schema(root), XSD, "element")), used("element"), "{}: elements", service.name);
    });
}

#[test]
fn elements_of_a_type_have_names_of_their_own_and_occur_in_a_way_that_can_be_met() {
    each(|service, root| {
        for sequence in all(root, XSD, "sequence") {
            names(own(sequence, XSD, "element"));
            for element in own(sequence, XSD, "element") {
                let occurs = |attribute| element.attribute(attribute).unwrap_or_else(|| panic!("{element:?} has no {attribute}"));
                let pair = (occurs("minOccurs"), occurs("maxOccurs"));
                assert!(matches!(pair, ("0" | "1", "1") | ("0", "unbounded")), "{} {}: {pair:?}", service.name, name_of(element));
            }
        }
        for restriction in all(root, XSD, "restriction") {
            let words: Vec<_> = own(restriction, XSD, "enumeration").filter_map(|word| word.attribute("value")).collect();
            let distinct: BTreeSet<_> = words.iter().collect();
            assert!(!words.is_empty() && distinct.len() == words.len(), "{}: {words:?}", service.name);
        }
    });
}

#[test]
fn a_service_of_ours_documents_every_operation_type_and_element() {
    each(|service, root| {
        let text = |node: Node<'_, '_>| node.text().unwrap_or_default().trim().to_owned();
        let annotated = |node: Node<'_, '_>| {
            let annotation = own(node, XSD, "annotation").next();
            annotation.is_some_and(|annotation| !text(only(annotation, XSD, "documentation")).is_empty())
        };
        if !service.documented {
            assert_eq!(all(root, XSD, "annotation").count() + all(root, WSDL, "documentation").count(), 0, "{}", service.name);
            return;
        }
        for operation in own(only(root, WSDL, "portType"), WSDL, "operation") {
            assert!(!text(only(operation, WSDL, "documentation")).is_empty(), "{}", name_of(operation));
        }
        let of_array = |element: Node<'_, '_>| element.attribute("maxOccurs") == Some("unbounded");
        let named = all(root, XSD, "complexType").chain(all(root, XSD, "simpleType")).filter(|node| node.has_attribute("name"));
        for ty in named.filter(|ty| !all(*ty, XSD, "element").any(of_array)) {
            assert!(annotated(ty), "{}: {}", service.name, name_of(ty));
        }
        for element in all(root, XSD, "sequence").flat_map(|sequence| own(sequence, XSD, "element").collect::<Vec<_>>()) {
            assert!(of_array(element) || annotated(element), "{}: {}", service.name, name_of(element));
        }
    });
}

#[test]
fn r2101_r2102_names_come_from_namespaces_that_the_document_defines_or_imports() {
    each(|service, root| {
        assert_eq!(root.attribute("targetNamespace"), Some(service.namespace));
        for (node, attribute) in ["type", "element", "base", "message", "binding"].into_iter().flat_map(|attribute| {
            root.descendants().filter(move |node| node.has_attribute(attribute)).map(move |node| (node, attribute))
        }) {
            let (namespace, local) = qname(node, attribute);
            assert!([XSD, service.namespace].contains(&namespace), "{}: {{{namespace}}}{local}", service.name);
        }
    });
}

#[test]
fn r2105_the_schema_has_a_target_namespace() {
    each(|service, root| {
        assert_eq!(schema(root).attribute("targetNamespace"), Some(service.namespace));
        assert_eq!(schema(root).attribute("elementFormDefault"), Some("qualified"));
    });
}

#[test]
fn r2110_r2111_arrays_are_neither_soap_encoded_nor_tell_a_wsdl_array_type() {
    each(|service, root| {
        let foreign = root.descendants().flat_map(|node| node.attributes()).find(|attribute| attribute.namespace().is_some());
        assert!(foreign.is_none(), "{}: {foreign:?}", service.name);
    });
}

#[test]
fn r2201_r2204_a_body_is_one_part_that_refers_to_an_element() {
    each(|service, root| {
        for message in own(root, WSDL, "message") {
            let part = only(message, WSDL, "part");
            assert!(part.has_attribute("element") && !part.has_attribute("type"), "{}: {}", service.name, name_of(message));
            assert_eq!(name_of(part), "parameters", "wrapped style");
        }
    });
}

#[test]
fn r2303_every_operation_is_asked_first_and_answered_then() {
    each(|service, root| {
        for operation in own(only(root, WSDL, "portType"), WSDL, "operation") {
            let parts: Vec<_> = children(operation).map(|node| node.tag_name().name()).collect();
            let expected: &[_] = if service.documented { &["documentation", "input", "output"] } else { &["input", "output"] };
            assert_eq!(parts, expected, "{}", name_of(operation));
        }
    });
}

#[test]
fn r2304_no_two_operations_of_a_port_type_have_one_name() {
    each(|service, root| {
        let found = names(own(only(root, WSDL, "portType"), WSDL, "operation"));
        assert_eq!(found.len(), service.operations.len(), "{}", service.name);
    });
}

/// Runs a check on each binding, with the namespace of its extension.
pub fn each_binding(check: impl Fn(&Service, Node<'_, '_>, Node<'_, '_>, &'static str)) {
    each(|service, root| {
        let bindings: Vec<_> = own(root, WSDL, "binding").collect();
        assert_eq!(bindings.len(), 2, "{}", service.name);
        bindings.into_iter().zip([SOAP11, SOAP12]).for_each(|(binding, soap)| check(service, root, binding, soap));
    });
}

#[test]
fn r2701_r2702_bindings_are_soap_over_http() {
    each_binding(|service, _, binding, soap| {
        let transport = only(binding, soap, "binding").attribute("transport");
        assert_eq!(transport, Some(TRANSPORT), "{} {}", service.name, name_of(binding));
    });
}

#[test]
fn r2705_r2706_every_operation_is_document_literal() {
    each_binding(|service, _, binding, soap| {
        let style = only(binding, soap, "binding").attribute("style");
        assert!(matches!(style, None | Some("document")), "{}: {style:?}", service.name);
        for operation in own(binding, WSDL, "operation") {
            assert_eq!(only(operation, soap, "operation").attribute("style"), Some("document"), "{}", name_of(operation));
            let bodies: Vec<_> = all(operation, soap, "body").collect();
            assert_eq!(bodies.len(), 2, "{}", name_of(operation));
            assert!(bodies.iter().all(|body| body.attribute("use") == Some("literal")), "{}", name_of(operation));
        }
    });
}

#[test]
fn r2710_every_operation_has_an_element_of_its_own_on_the_wire() {
    each(|service, root| {
        let mut elements = BTreeSet::new();
        for part in all(root, WSDL, "part") {
            assert!(elements.insert(qname(part, "element")), "{}: {:?} stands twice", service.name, qname(part, "element"));
        }
    });
}

#[test]
fn r2716_bodies_of_document_bindings_have_no_namespace_and_take_all_parts() {
    each_binding(|service, _, binding, soap| {
        for body in all(binding, soap, "body") {
            let more: Vec<_> = body.attributes().map(|attribute| attribute.name()).filter(|name| *name != "use").collect();
            assert!(more.is_empty(), "{}: {more:?}", service.name);
        }
    });
}

#[test]
fn r2718_a_binding_has_the_operations_of_its_port_type_and_no_others() {
    each_binding(|service, root, binding, _| {
        let port_type = only(root, WSDL, "portType");
        assert_eq!(qname(binding, "type"), (service.namespace, name_of(port_type)));
        let in_order = |node| own(node, WSDL, "operation").map(name_of).collect::<Vec<_>>();
        assert_eq!(in_order(binding), in_order(port_type), "{}", name_of(binding));
        let declared: Vec<_> = service.operations.iter().map(|entry| entry.declaration.name).collect();
        assert_eq!(in_order(binding), declared);
    });
}

#[test]
fn the_soap_action_of_an_operation_is_its_namespace_and_name() {
    each_binding(|service, _, binding, soap| {
        for operation in own(binding, WSDL, "operation") {
            let action = only(operation, soap, "operation").attribute("soapAction").map(str::to_owned);
            let namespace = service.namespace.trim_end_matches('/');
            assert_eq!(action, Some(format!("{namespace}/{}", name_of(operation))));
        }
    });
}

#[test]
fn each_port_offers_one_binding_at_the_address_that_was_asked_for() {
    each(|service, root| {
        let ports: Vec<_> = own(only(root, WSDL, "service"), WSDL, "port").collect();
        let bindings: BTreeSet<_> = ports.iter().map(|port| qname(*port, "binding").1).collect();
        assert_eq!(bindings, names(own(root, WSDL, "binding")), "{}", service.name);
        for (port, soap) in ports.into_iter().zip([SOAP11, SOAP12]) {
            let address = only(port, soap, "address").attribute("location").map(str::to_owned);
            assert_eq!(address, Some(format!("{ADDRESS}/{}.asmx", service.name)));
        }
    });
}

#[test]
fn sections_stand_in_the_order_of_wsdl_1_1() {
    each(|service, root| {
        let order = ["types", "message", "portType", "binding", "service"];
        let places: Vec<_> = children(root).map(|node| order.iter().position(|name| *name == node.tag_name().name())).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}", service.name);
    });
}
