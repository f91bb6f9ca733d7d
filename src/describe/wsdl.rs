//! The WSDL of a service, as ASMX writes it (section 3 of `asmx-behaviour.md`): one port type, a SOAP 1.1 and a SOAP 1.2 binding.

use super::xsd;
use crate::operations::Service;
use crate::wire::xml::XmlWriter;

/// The two bindings: the prefix of their WSDL extension, and what their names end in.
const BINDINGS: [(&str, &str); 2] = [("soap", "Soap"), ("soap12", "Soap12")];

/// The document, with `address` as the location of both ports.
pub fn wsdl(service: &Service, address: &str) -> Vec<u8> {
    let mut writer = XmlWriter::indented();
    writer.declaration();
    writer.start_with(
        "wsdl:definitions",
        &[
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
        ],
    );
    writer.start("wsdl:types");
    xsd::schema(&mut writer, service, &[]);
    writer.end("wsdl:types");
    messages(&mut writer, service);
    port_type(&mut writer, service);
    for (prefix, suffix) in BINDINGS {
        binding(&mut writer, service, prefix, suffix);
    }
    ports(&mut writer, service, address);
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

fn port_type(writer: &mut XmlWriter, service: &Service) {
    writer.start_with("wsdl:portType", &[("name", &format!("{}Soap", service.name))]);
    for entry in service.operations {
        let name = entry.declaration.name;
        writer.start_with("wsdl:operation", &[("name", name)]);
        if service.documented {
            writer.element("wsdl:documentation", entry.declaration.doc.trim());
        }
        writer.empty_with("wsdl:input", &[("message", &format!("tns:{name}SoapIn"))]);
        writer.empty_with("wsdl:output", &[("message", &format!("tns:{name}SoapOut"))]);
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

fn ports(writer: &mut XmlWriter, service: &Service, address: &str) {
    writer.start_with("wsdl:service", &[("name", service.name)]);
    for (prefix, suffix) in BINDINGS {
        let name = format!("{}{suffix}", service.name);
        writer.start_with("wsdl:port", &[("name", &name), ("binding", &format!("tns:{name}"))]);
        writer.empty_with(&format!("{prefix}:address"), &[("location", address)]);
        writer.end("wsdl:port");
    }
    writer.end("wsdl:service");
}
