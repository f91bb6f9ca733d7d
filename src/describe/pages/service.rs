//! A service's page: what it is for, where programs find its description, and its operations.

use super::page::Page;
use crate::operations::Service;

/// How much of an unknown operation's name is told back.
const NAME_TOLD: usize = 80;

/// The page; `here` is its address as it is reached from itself. `unknown` is an operation that was asked for and is not there.
///
/// Operations stand in the order of the alphabet, as on ASMX's page; the WSDL and the index have them in that of their declaration.
pub fn service_page(service: &Service, here: &str, unknown: Option<&str>) -> Vec<u8> {
    let disco = format!("{here}?disco");
    let title = format!("{} Web Service", service.name);
    let mut page = Page::open(&title, &[(&index_of(service, here), "Services")], Some(&disco));
    page.element("h1", service.name);
    if let Some(name) = unknown {
        let told: String = name.chars().take(NAME_TOLD).collect();
        page.start("p", &[("class", "error"), ("role", "alert")]);
        page.text(&format!("{} has no operation '{told}'.", service.name));
        page.end("p");
    } else {
        page.prose("p", service.doc);
    }
    page.start("p", &[]);
    page.text("Programs make their client from the ");
    page.link(&format!("{here}?WSDL"), "service description (WSDL)");
    page.text(&format!(". It has {} operations:", service.operations.len()));
    page.end("p");
    page.start("ul", &[]);
    let mut operations: Vec<_> = service.operations.iter().map(|entry| entry.declaration).collect();
    operations.sort_by_key(|declaration| declaration.name.to_ascii_lowercase());
    for declaration in operations {
        page.start("li", &[]);
        page.link(&format!("{here}?op={}", declaration.name), declaration.name);
        page.empty("br", &[]);
        page.words(declaration.doc);
        page.end("li");
    }
    page.end("ul");
    page.close()
}

/// The index's address as it is reached from the page of a service: its folder, without the slash at the end.
pub(super) fn index_of(service: &Service, here: &str) -> String {
    let folder = here.strip_suffix(&format!("{}.asmx", service.name)).unwrap_or_default();
    format!("{folder}../Services2")
}
