//! The WSDL while calls by HTTP GET and forms are on: a stranger reads what is in it besides, and finds nothing of it otherwise.

use crate::support::{Desk, PATH, cheap, get};
use asmxd::config::Config;
use asmxd::contract::{Declaration, Effect, Type};
use asmxd::describe;
use asmxd::http::Forms;
use asmxd::operations::{SERVICES, Service};
use roxmltree::{Document, Node};
use std::collections::BTreeSet;

const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
const HTTP: &str = "http://schemas.xmlsoap.org/wsdl/http/";
const MIME: &str = "http://schemas.xmlsoap.org/wsdl/mime/";
const XSD: &str = "http://www.w3.org/2001/XMLSchema";
const ADDRESS: &str = "http://desk.example/x.asmx";

fn each(check: impl Fn(&Service, &Document<'_>)) {
    for service in SERVICES {
        let text = String::from_utf8(describe::wsdl_with_forms(service, ADDRESS)).unwrap();
        check(service, &Document::parse(&text).unwrap());
    }
}

fn all<'a, 'i>(node: Node<'a, 'i>, namespace: &'static str, name: &'static str) -> Vec<Node<'a, 'i>> {
    node.descendants().filter(|node| node.has_tag_name((namespace, name))).collect()
}

fn names<'a>(nodes: &[Node<'a, '_>]) -> Vec<&'a str> {
    nodes.iter().filter_map(|node| node.attribute("name")).collect()
}

fn named<'a, 'i>(document: &'a Document<'i>, element: &'static str, name: &str) -> Node<'a, 'i> {
    let found = all(document.root(), WSDL, element).into_iter().find(|node| node.attribute("name") == Some(name));
    found.unwrap_or_else(|| panic!("no {element} {name}"))
}

/// What can be told as text, said here once more.
fn is_simple(declaration: &Declaration) -> bool {
    declaration.parameters.iter().all(|parameter| match parameter.ty {
        Type::Array(array) => array.item == "string",
        Type::Record(_) | Type::Base64Binary => false,
        _ => true,
    })
}

fn callable(service: &Service, by: &str) -> Vec<&'static str> {
    let declarations = service.operations.iter().map(|entry| entry.declaration);
    let simple = declarations.filter(|declaration| is_simple(declaration));
    simple.filter(|one| by == "HttpPost" || one.effect == Effect::Reads).map(|declaration| declaration.name).collect()
}

#[test]
fn port_types_bindings_and_ports_come_in_the_references_order() {
    each(|service, document| {
        let of = |suffixes: &[&str]| suffixes.iter().map(|suffix| format!("{}{suffix}", service.name)).collect::<Vec<_>>();
        assert_eq!(names(&all(document.root(), WSDL, "portType")), of(&["Soap", "HttpGet", "HttpPost"]));
        assert_eq!(names(&all(document.root(), WSDL, "binding")), of(&["Soap", "Soap12", "HttpGet", "HttpPost"]));
        assert_eq!(names(&all(document.root(), WSDL, "port")), of(&["Soap", "Soap12", "HttpGet", "HttpPost"]));
        for address in all(document.root(), HTTP, "address") {
            assert_eq!(address.attribute("location"), Some(ADDRESS));
        }
    });
}

#[test]
fn get_calls_what_reads_and_post_whatever_text_can_tell() {
    each(|service, document| {
        for (by, verb) in [("HttpGet", "GET"), ("HttpPost", "POST")] {
            let expected = callable(service, by);
            assert!(!expected.is_empty());
            let name = format!("{}{by}", service.name);
            for element in ["portType", "binding"] {
                assert_eq!(names(&all(named(document, element, &name), WSDL, "operation")), expected, "{name}");
            }
            let binding = named(document, "binding", &name);
            assert_eq!(all(binding, HTTP, "binding")[0].attribute("verb"), Some(verb));
            let locations: Vec<_> =
                all(binding, HTTP, "operation").iter().filter_map(|node| node.attribute("location")).collect();
            assert_eq!(locations, expected.iter().map(|name| format!("/{name}")).collect::<Vec<_>>());
            let inputs = if verb == "GET" { all(binding, HTTP, "urlEncoded") } else { all(binding, MIME, "content") };
            assert_eq!(inputs.len(), expected.len());
            assert_eq!(all(binding, MIME, "mimeXml").len(), expected.len());
        }
    });
}

#[test]
fn messages_have_a_text_for_each_parameter_and_the_result_for_a_body() {
    each(|service, document| {
        for by in ["HttpGet", "HttpPost"] {
            for operation in callable(service, by) {
                let declaration = service.operation(operation).unwrap().declaration;
                let input = named(document, "message", &format!("{operation}{by}In"));
                let parts: Vec<_> = all(input, WSDL, "part");
                assert_eq!(names(&parts), declaration.parameters.iter().map(|field| field.name).collect::<Vec<_>>());
                for (part, field) in parts.iter().zip(declaration.parameters) {
                    let array = matches!(field.ty, Type::Array(_));
                    assert_eq!(part.attribute("type"), Some(if array { "s2:StringArray" } else { "s:string" }));
                }
                let output = named(document, "message", &format!("{operation}{by}Out"));
                let body = format!("tns:{}", declaration.result.name);
                assert_eq!(all(output, WSDL, "part")[0].attribute("element"), Some(body.as_str()));
            }
        }
    });
}

#[test]
fn every_result_of_a_form_is_one_global_element() {
    each(|service, document| {
        let schema = all(document.root(), XSD, "schema")[0];
        let globals: Vec<_> = schema.children().filter(|node| node.has_tag_name((XSD, "element"))).collect();
        let first = globals.iter().position(|node| node.has_attribute("type")).unwrap();
        let results = &globals[first..];
        assert!(results.iter().all(|node| node.attribute("nillable") == Some("true")), "{}", service.name);
        let of = |operation: &str| service.operation(operation).unwrap().declaration.result.name;
        let expected: BTreeSet<_> = callable(service, "HttpPost").into_iter().map(of).collect();
        assert_eq!(names(results).into_iter().collect::<BTreeSet<_>>(), expected, "{}", service.name);
        assert_eq!(results.len(), expected.len(), "{}", service.name);
    });
}

#[test]
fn arrays_have_a_type_in_a_schema_of_their_own_where_a_form_can_hold_them() {
    each(|service, document| {
        let schemas = all(document.root(), XSD, "schema");
        let imports: Vec<_> = all(schemas[0], XSD, "import").iter().filter_map(|node| node.attribute("namespace")).collect();
        assert_eq!(schemas.len(), 2, "{}", service.name);
        let space = format!("{}/AbstractTypes", service.namespace);
        assert_eq!(schemas[1].attribute("targetNamespace"), Some(space.as_str()));
        assert_eq!(names(&all(schemas[1], XSD, "complexType")), ["StringArray"]);
        assert_eq!(document.root_element().lookup_namespace_uri(Some("s2")), Some(space.as_str()));
        assert_eq!(imports, [space.as_str()]);
    });
}

#[test]
fn the_wsdl_that_is_served_tells_of_forms_only_while_they_are_on() {
    for (forms, told) in [(Forms::Off, false), (Forms::Local, false), (Forms::On, true)] {
        let desk = Desk::with(Config { forms, ..cheap() });
        let wsdl = desk.send(&get(&format!("{PATH}?WSDL"), "Connection: close\r\n")).body;
        assert_eq!(wsdl.contains("svcOrganizationHttpGet"), told, "{forms:?}");
        assert_eq!(wsdl.contains("AbstractTypes"), told, "{forms:?}");
    }
}
