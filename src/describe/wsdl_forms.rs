//! The part of a WSDL that tells of calls by HTTP GET and form posts (section 3 of `asmx-behaviour.md`): per method a port type, messages
//! and a binding of the operations that it can call.

use crate::contract::{Declaration, Type};
use crate::operations::Service;
use crate::wire::xml::XmlWriter;

/// A binding of HTTP's: what its names end in, its verb, and which operations it can call.
struct Http {
    suffix: &'static str,
    verb: &'static str,
    calls: fn(&Declaration) -> bool,
}

/// Both, in the order of the document.
const BOTH: [Http; 2] = [
    Http { suffix: "HttpGet", verb: "GET", calls: Declaration::fits_a_query },
    Http { suffix: "HttpPost", verb: "POST", calls: Declaration::fits_a_form },
];

impl Http {
    fn operations(&self, service: &Service) -> impl Iterator<Item = &'static Declaration> {
        let calls = self.calls;
        service.operations.iter().map(|entry| entry.declaration).filter(move |declaration| calls(declaration))
    }
}

/// Whether a form can hold an array of this service's, which a message names by a type of its own.
pub(super) fn has_arrays(service: &Service) -> bool {
    let parameters = BOTH.iter().flat_map(|http| http.operations(service)).flat_map(|declaration| declaration.parameters);
    parameters.into_iter().any(|parameter| matches!(parameter.ty, Type::Array(_)))
}

/// The namespace of the types of arrays in forms.
pub(super) fn abstract_types(service: &Service) -> String {
    format!("{}/AbstractTypes", service.namespace)
}

/// The schema of these types.
pub(super) fn schema(writer: &mut XmlWriter, service: &Service) {
    writer.start_with("s:schema", &[("targetNamespace", &abstract_types(service))]);
    writer.empty_with("s:import", &[("namespace", "http://schemas.xmlsoap.org/soap/encoding/")]);
    writer.start_with("s:complexType", &[("name", "StringArray")]);
    writer.start_with("s:complexContent", &[("mixed", "false")]);
    writer.start_with("s:restriction", &[("base", "soapenc:Array")]);
    writer.start("s:sequence");
    writer.empty_with("s:element", &[("minOccurs", "0"), ("maxOccurs", "unbounded"), ("name", "String"), ("type", "s:string")]);
    writer.end("s:sequence");
    writer.end("s:restriction");
    writer.end("s:complexContent");
    writer.end("s:complexType");
    writer.end("s:schema");
}

/// The global elements of results, one for each type, since a result is the root of its document.
pub(super) fn result_elements(writer: &mut XmlWriter, service: &Service) {
    let mut written = Vec::new();
    for result in BOTH.iter().flat_map(|http| http.operations(service)).map(|declaration| declaration.result.name) {
        if !written.contains(&result) {
            written.push(result);
            writer.empty_with("s:element", &[("name", result), ("nillable", "true"), ("type", &format!("tns:{result}"))]);
        }
    }
}

/// The messages: a part for each parameter, all of them texts, and the result.
pub(super) fn messages(writer: &mut XmlWriter, service: &Service) {
    for http in &BOTH {
        for declaration in http.operations(service) {
            let name = format!("{}{}", declaration.name, http.suffix);
            writer.start_with("wsdl:message", &[("name", &format!("{name}In"))]);
            for parameter in declaration.parameters {
                let ty = if matches!(parameter.ty, Type::Array(_)) { "s2:StringArray" } else { "s:string" };
                writer.empty_with("wsdl:part", &[("name", parameter.name), ("type", ty)]);
            }
            writer.end("wsdl:message");
            writer.start_with("wsdl:message", &[("name", &format!("{name}Out"))]);
            writer.empty_with("wsdl:part", &[("name", "Body"), ("element", &format!("tns:{}", declaration.result.name))]);
            writer.end("wsdl:message");
        }
    }
}

/// The port types.
pub(super) fn port_types(writer: &mut XmlWriter, service: &Service) {
    for http in &BOTH {
        super::wsdl::port_type(writer, service, http.suffix, http.operations(service));
    }
}

/// The bindings.
pub(super) fn bindings(writer: &mut XmlWriter, service: &Service) {
    for http in &BOTH {
        let name = format!("{}{}", service.name, http.suffix);
        writer.start_with("wsdl:binding", &[("name", &name), ("type", &format!("tns:{name}"))]);
        writer.empty_with("http:binding", &[("verb", http.verb)]);
        for declaration in http.operations(service) {
            writer.start_with("wsdl:operation", &[("name", declaration.name)]);
            writer.empty_with("http:operation", &[("location", &format!("/{}", declaration.name))]);
            writer.start("wsdl:input");
            match http.verb {
                "GET" => writer.empty("http:urlEncoded"),
                _ => writer.empty_with("mime:content", &[("type", "application/x-www-form-urlencoded")]),
            }
            writer.end("wsdl:input");
            writer.start("wsdl:output");
            writer.empty_with("mime:mimeXml", &[("part", "Body")]);
            writer.end("wsdl:output");
            writer.end("wsdl:operation");
        }
        writer.end("wsdl:binding");
    }
}

/// The ports.
pub(super) fn ports(writer: &mut XmlWriter, service: &Service, address: &str) {
    for http in &BOTH {
        let name = format!("{}{}", service.name, http.suffix);
        writer.start_with("wsdl:port", &[("name", &name), ("binding", &format!("tns:{name}"))]);
        writer.empty_with("http:address", &[("location", address)]);
        writer.end("wsdl:port");
    }
}
