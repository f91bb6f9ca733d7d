//! An operation's page: what it does, what it takes and answers, a form to try it, and sample messages.

use super::form::{self, Bindings};
use super::page::Page;
use super::sample::{self, Piece, Sample};
use super::service::index_of;
use super::types;
use crate::contract::Declaration;
use crate::operations::Service;

/// From where, and by whom, an operation's page is looked at.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The address of the service's page, as it is reached from this one.
    pub here: &'a str,
    /// The same with scheme and host, for the samples.
    pub address: &'a str,
    /// What may be sent without SOAP.
    pub bindings: Bindings,
    /// How many values the form has for a list.
    pub values: usize,
}

/// The page.
pub fn operation_page(service: &Service, declaration: &Declaration, view: View<'_>) -> Vec<u8> {
    let here = view.here;
    let title = format!("{} - {} Web Service", declaration.name, service.name);
    let trail = [(&*index_of(service, here), "Services"), (here, service.name)];
    let mut page = Page::open(&title, &trail, Some(&format!("{here}?disco")));
    page.element("h1", declaration.name);
    page.prose("p", declaration.doc);
    page.element("p", &format!("For {}; {}.", declaration.access.word(), declaration.effect.word()));
    page.element("h2", "Parameters");
    page.fields("Parameter", declaration.parameters);
    page.element("h2", "Answer");
    page.prose("p", &format!("`{}`: {}", declaration.result.name, declaration.result.doc.trim()));
    page.fields("Member", declaration.result.fields);
    page.element("h2", "Test");
    form::form(&mut page, declaration, view);
    for sample in sample::samples(service, declaration, view) {
        show(&mut page, &sample);
    }
    types::types(&mut page, declaration);
    page.close()
}

fn show(page: &mut Page, sample: &Sample) {
    let name = sample.protocol.name();
    page.element("h2", name);
    page.element("p", &format!("A {name} request and its answer. What is printed bold stands for actual values."));
    for (label, pieces) in [("request", &sample.request), ("answer", &sample.response)] {
        // A part that scrolls must be reachable without a mouse.
        page.start("pre", &[("tabindex", "0"), ("role", "region"), ("aria-label", &format!("{name} {label}"))]);
        for piece in pieces {
            match piece {
                Piece::Text(text) => page.text(text),
                Piece::Value(value) => page.element("var", value),
            }
        }
        page.end("pre");
    }
}
