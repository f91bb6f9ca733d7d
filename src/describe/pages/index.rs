//! The index: every service with a table of its functions, what they take and what they answer.

use super::page::Page;
use super::types::type_label;
use crate::contract::{Declaration, Field};
use crate::operations::{SERVICES, Service};

/// The page at `/Services2`; `here` is the folder of the services, as it is reached from there.
pub fn index(here: &str) -> Vec<u8> {
    let mut page = Page::open("Services", &[], None);
    page.element("h1", "Services");
    page.start("ul", &[]);
    for service in SERVICES {
        page.start("li", &[]);
        page.link(&format!("#{}", service.name), service.name);
        page.text(": ");
        page.words(service.doc);
        page.end("li");
    }
    page.end("ul");
    SERVICES.iter().for_each(|service| of_service(&mut page, service, &format!("{here}{}.asmx", service.name)));
    page.close()
}

fn of_service(page: &mut Page, service: &Service, address: &str) {
    page.start("h2", &[("id", service.name)]);
    page.link(address, service.name);
    page.end("h2");
    page.start("p", &[]);
    page.text(&format!("{} functions. For programs: ", service.operations.len()));
    page.link(&format!("{address}?WSDL"), "service description (WSDL)");
    page.text(", ");
    page.link(&format!("{address}?disco"), "discovery");
    page.text(".");
    page.end("p");
    page.table(&["Function", "Inputs", "Returns"], |page| {
        service.operations.iter().for_each(|entry| function(page, entry.declaration, address));
    });
}

fn function(page: &mut Page, declaration: &Declaration, address: &str) {
    page.start("tr", &[]);
    page.start("td", &[]);
    page.link(&format!("{address}?op={}", declaration.name), declaration.name);
    page.end("td");
    let input = |field: &Field| format!("{} {}", type_label(field.ty), field.name);
    let inputs: Vec<_> = declaration.parameters.iter().map(input).collect();
    page.element("td", &inputs.join(", "));
    page.element("td", declaration.result.name);
    page.end("tr");
}
