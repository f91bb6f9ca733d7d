//! The discovery document of a service (section 2.9 of `asmx-behaviour.md`): where its contract, page and ports are.

use crate::operations::Service;
use crate::wire::xml::{XSD, XSI, XmlWriter};

/// The document.
pub fn disco(service: &Service, address: &str) -> Vec<u8> {
    let mut writer = XmlWriter::indented();
    writer.declaration();
    let namespaces = [("xmlns:xsd", XSD), ("xmlns:xsi", XSI), ("xmlns", "http://schemas.xmlsoap.org/disco/")];
    writer.start_with("discovery", &namespaces);
    let contract = format!("{address}?wsdl");
    let scl = "http://schemas.xmlsoap.org/disco/scl/";
    writer.empty_with("contractRef", &[("ref", &contract), ("docRef", address), ("xmlns", scl)]);
    for (prefix, suffix) in [("q1", "Soap"), ("q2", "Soap12")] {
        let declaration = format!("xmlns:{prefix}");
        let binding = format!("{prefix}:{}{suffix}", service.name);
        let soap = "http://schemas.xmlsoap.org/disco/soap/";
        writer.empty_with(
            "soap",
            &[("address", address), (&declaration, service.namespace), ("binding", &binding), ("xmlns", soap)],
        );
    }
    writer.end("discovery");
    writer.into_bytes()
}
