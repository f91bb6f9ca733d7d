//! The WSDL of a service, as ASMX writes it (section 3 of `asmx-behaviour.md`): one port type, a SOAP 1.1 and a SOAP 1.2 binding.

use super::{wsdl_forms, xsd};
use crate::contract::Declaration;
use crate::operations::Service;
use crate::wire::xml::XmlWriter;

/// The two bindings: the prefix of their WSDL extension, and what their names end in.
const BINDINGS: [(&str, &str); 2] = [("soap", "Soap"), ("soap12", "Soap12")];

/// The document, with `address` as the location of both ports.
pub fn wsdl(service: &Service, address: &str) -> Vec<u8> {
    document(service, address, false)
}

/// The document with the bindings of HTTP GET and form posts besides, which trouble some tools.
pub fn wsdl_with_forms(service: &Service, address: &str) -> Vec<u8> {
    document(service, address, true)
}

fn document(service: &Service, address: &str, forms: bool) -> Vec<u8> {
    let mut writer = XmlWriter::indented();
    writer.declaration();
    let abstract_types = (forms && wsdl_forms::has_arrays(service)).then(|| wsdl_forms::abstract_types(service));
    let mut namespaces: Vec<_> = abstract_types.iter().map(|namespace| ("xmlns:s2", namespace.as_str())).collect();
    namespaces.extend([
        ("xmlns:soapenc", "http://schemas.xmlsoap.org/soap/encoding/"),
        ("xmlns:soap12", "http://schemas.xmlsoap.org/wsdl/soap12/"),
        ("xmlns:http", "http://schemas.xmlsoap.org/wsdl/http/"),
        ("xmlns:tns", service.namespace),
        ("xmlns:mime", "http://schemas.xmlsoap.org/wsdl/mime/"),
        ("xmlns:tm", "http://microsoft.com/wsdl/mime/textMatching/"),
        ("xmlns:s", crate::wire::xml::XSD),
        ("xmlns:soap", "http://schemas.xmlsoap.org/wsdl/soap/"),
        ("targetNamespace", service.namespace),
        ("xmlns:wsdl", "http://schemas.xmlsoap.org/wsdl/"),
    ]);
    writer.start_with("wsdl:definitions", &namespaces);
    writer.start("wsdl:types");
    xsd::schema(&mut writer, service, &[], forms.then_some(abstract_types.as_deref()));
    if abstract_types.is_some() {
        wsdl_forms::schema(&mut writer, service);
    }
    writer.end("wsdl:types");
    messages(&mut writer, service);
    if forms {
        wsdl_forms::messages(&mut writer, service);
    }
    port_type(&mut writer, service, "Soap", service.operations.iter().map(|entry| entry.declaration));
    if forms {
        wsdl_forms::port_types(&mut writer, service);
    }
    for (prefix, suffix) in BINDINGS {
        binding(&mut writer, service, prefix, suffix);
    }
    if forms {
        wsdl_forms::bindings(&mut writer, service);
    }
    ports(&mut writer, service, address, forms);
    writer.end("wsdl:definitions");
    writer.into_bytes()
}

fn messages(writer: &mut XmlWriter, service: &Service) {
    for entry in service.operations {
        let declaration = entry.declaration;
        for (suffix, element) in [("SoapIn", declaration.name), ("SoapOut", declaration.response_name)] {
            writer.start_with("wsdl:message", &[("name", &format!("{}{suffix}", declaration.name))]);
            writer.empty_with("wsdl:part", &[("name", "parameters"), ("element", &format!("tns:{element}"))]);
            writer.end("wsdl:message");
        }
    }
}

/// The port type whose name and messages end in `suffix`.
pub(super) fn port_type(
    writer: &mut XmlWriter,
    service: &Service,
    suffix: &str,
    operations: impl Iterator<Item = &'static Declaration>,
) {
    writer.start_with("wsdl:portType", &[("name", &format!("{}{suffix}", service.name))]);
    for declaration in operations {
        let name = declaration.name;
        writer.start_with("wsdl:operation", &[("name", name)]);
        if service.documented {
            writer.element("wsdl:documentation", declaration.doc.trim());
        }
        writer.empty_with("wsdl:input", &[("message", &format!("tns:{name}{suffix}In"))]);
        writer.empty_with("wsdl:output", &[("message", &format!("tns:{name}{suffix}Out"))]);
        writer.end("wsdl:operation");
    }
    writer.end("wsdl:portType");
}

fn binding(writer: &mut XmlWriter, service: &Service, prefix: &str, suffix: &str) {
    let of = |element: &str| format!("{prefix}:{element}");
    let name = format!("{}{suffix}", service.name);
    let port_type = format!("tns:{}Soap", service.name);
    writer.start_with("wsdl:binding", &[("name", &name), ("type", &port_type)]);
    writer.empty_with(&of("binding"), &[("transport", "http://schemas.xmlsoap.org/soap/http")]);
    for entry in service.operations {
        let operation = entry.declaration.name;
        let action = format!("{}/{operation}", service.namespace);
        writer.start_with("wsdl:operation", &[("name", operation)]);
        writer.empty_with(&of("operation"), &[("soapAction", &action), ("style", "document")]);
        for direction in ["wsdl:input", "wsdl:output"] {
            writer.start(direction);
            writer.empty_with(&of("body"), &[("use", "literal")]);
            writer.end(direction);
        }
        writer.end("wsdl:operation");
    }
    writer.end("wsdl:binding");
}

fn ports(writer: &mut XmlWriter, service: &Service, address: &str, forms: bool) {
    writer.start_with("wsdl:service", &[("name", service.name)]);
    for (prefix, suffix) in BINDINGS {
        let name = format!("{}{suffix}", service.name);
        writer.start_with("wsdl:port", &[("name", &name), ("binding", &format!("tns:{name}"))]);
        writer.empty_with(&format!("{prefix}:address"), &[("location", address)]);
        writer.end("wsdl:port");
    }
    if forms {
        wsdl_forms::ports(writer, service, address);
    }
    writer.end("wsdl:service");
}
