//! The pages for people: an index of the services, and each service's page with its operations. Plain, and without scripts.

use super::xsd::type_name;
use crate::contract::{Declaration, Field};
use crate::operations::{SERVICES, Service};
use crate::wire::xml::XmlWriter;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}\
h1{font-size:1.6rem}h2{font-size:1.15rem;margin:2rem 0 .25rem}p{margin:.25rem 0}\
table{border-collapse:collapse;margin:.5rem 0}th,td{text-align:left;padding:.15rem 1rem .15rem 0;vertical-align:top}\
code{font-size:.95em}";

/// The index: `/Services2`.
pub fn index(services_url: &str) -> Vec<u8> {
    page("Services", |writer| {
        writer.element("h1", "Services");
        for service in SERVICES {
            let address = format!("{services_url}/{}.asmx", service.name);
            writer.start("h2");
            link(writer, &address, service.name);
            writer.end("h2");
            writer.element("p", service.doc);
            writer.start("p");
            link(writer, &format!("{address}?WSDL"), "Service description (WSDL)");
            writer.end("p");
        }
    })
}

/// The page of a service.
pub fn service_page(service: &Service, address: &str) -> Vec<u8> {
    page(&format!("{} Web Service", service.name), |writer| {
        writer.element("h1", service.name);
        writer.element("p", service.doc);
        writer.start("p");
        writer.text("Programs generate their client from the ");
        link(writer, &format!("{address}?WSDL"), "service description (WSDL)");
        writer.text(". These operations are there:");
        writer.end("p");
        service.operations.iter().for_each(|entry| operation(writer, entry.declaration));
    })
}

fn operation(writer: &mut XmlWriter, declaration: &Declaration) {
    writer.start_with("h2", &[("id", declaration.name)]);
    writer.text(declaration.name);
    writer.end("h2");
    writer.element("p", declaration.doc.trim());
    writer.element(
        "p",
        &format!("For {}; {}. Answers {}.", declaration.access.word(), declaration.effect.word(), declaration.result.name),
    );
    writer.start("table");
    declaration.parameters.iter().for_each(|field| parameter(writer, field));
    writer.end("table");
}

fn parameter(writer: &mut XmlWriter, field: &Field) {
    let ty = type_name(field.ty);
    writer.start("tr");
    writer.start("td");
    writer.element("code", field.name);
    writer.end("td");
    writer.element("td", ty.split_once(':').map_or(ty.as_str(), |(_, local)| local));
    writer.element("td", field.doc.trim());
    writer.end("tr");
}

fn link(writer: &mut XmlWriter, target: &str, text: &str) {
    writer.start_with("a", &[("href", target)]);
    writer.text(text);
    writer.end("a");
}

fn page(title: &str, body: impl FnOnce(&mut XmlWriter)) -> Vec<u8> {
    let mut writer = XmlWriter::compact(16 * 1024);
    writer.raw(b"<!DOCTYPE html>\n");
    writer.start_with("html", &[("lang", "en")]);
    writer.start("head");
    writer.empty_with("meta", &[("charset", "utf-8")]);
    writer.empty_with("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    writer.element("title", title);
    writer.element("style", STYLE);
    writer.end("head");
    writer.start("body");
    body(&mut writer);
    writer.end("body");
    writer.end("html");
    writer.into_bytes()
}
