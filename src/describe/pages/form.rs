//! The form with which an operation is tried in a browser: it posts to the operation's own address, and needs no script.

use super::operation::View;
use super::page::Page;
use crate::contract::{Declaration, Effect, Field, Type};

/// What of calls without SOAP is there for whoever looks at a page (R36).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bindings {
    /// Nothing.
    Off,
    /// Forms may be posted from the server's own machine, and this caller is elsewhere.
    Elsewhere,
    /// Forms may be posted from the server's own machine, and this caller is there.
    Here,
    /// Forms may be posted, and reading operations be called by GET.
    On,
}

impl Bindings {
    /// Whether there are form posts at all.
    pub(super) fn has_post(self) -> bool {
        self != Bindings::Off
    }

    /// Whether operations that only read can be called by GET.
    pub(super) fn has_get(self) -> bool {
        self == Bindings::On
    }
}

/// The most values that a list has in the form; a program may send more.
const MOST_VALUES: usize = 20;

/// The form, or the sentence that says why there is none.
pub(super) fn form(page: &mut Page, declaration: &Declaration, view: View<'_>) {
    let refusal = match view.bindings {
        _ if !declaration.fits_a_form() => {
            "No test form is available: a form cannot tell all of the parameters, such as records and pictures."
        }
        Bindings::Off => "No test form is available: this server takes calls as SOAP only.",
        Bindings::Elsewhere => "The test form is only for requests from the local machine.",
        Bindings::Here | Bindings::On => return inputs(page, declaration, view),
    };
    page.element("p", refusal);
}

fn inputs(page: &mut Page, declaration: &Declaration, view: View<'_>) {
    let values = view.values.clamp(1, MOST_VALUES);
    let mut told = "To test the operation over HTTP POST, fill in the values and press Invoke.".to_owned();
    if declaration.effect == Effect::Writes {
        told.push_str(" It really changes what is stored.");
    }
    page.element("p", &told);
    let action = format!("{}/{}", view.here, declaration.name);
    page.start("form", &[("method", "post"), ("action", &action), ("target", "_blank"), ("rel", "noopener")]);
    page.table(&["Parameter", "Value"], |page| {
        for field in declaration.parameters {
            match field.ty {
                Type::Array(_) => (1..=values).for_each(|number| row(page, field, &format!("{}, value {number}", field.name))),
                _ => row(page, field, field.name),
            }
        }
    });
    page.element("button", "Invoke");
    page.end("form");
    let has_list = declaration.parameters.iter().any(|field| matches!(field.ty, Type::Array(_)));
    if has_list && values < MOST_VALUES {
        page.start("p", &[]);
        // An input that is left empty would be sent as an empty value, so there are as many as are wanted.
        page.link(&format!("{}?op={}&values={}", view.here, declaration.name, values + 1), "A form with one value more");
        page.text(" (what was filled in is lost).");
        page.end("p");
    }
}

fn row(page: &mut Page, field: &Field, label: &str) {
    let id = label.replace(", value ", "-");
    page.start("tr", &[]);
    page.start("td", &[]);
    page.start("label", &[("for", &id)]);
    page.text(label);
    page.end("label");
    page.end("td");
    page.start("td", &[]);
    input(page, field, &id);
    page.end("td");
    page.end("tr");
}

fn input(page: &mut Page, field: &Field, id: &str) {
    let named = [("id", id), ("name", field.name)];
    let text = |kind, hint| [("type", "text"), ("size", "50"), ("autocomplete", "off"), (kind, hint)];
    let further = match field.ty {
        Type::Boolean => return choice(page, &named, &["false", "true"]),
        Type::Enumeration(enumeration) => return choice(page, &named, enumeration.words),
        Type::Secret => [("type", "password"), ("size", "50"), ("autocomplete", "off"), ("spellcheck", "false")],
        Type::Short | Type::Int | Type::Long => text("inputmode", "numeric"),
        Type::Double | Type::Decimal => text("inputmode", "decimal"),
        Type::DateTime => text("placeholder", "2026-01-31T12:00:00Z"),
        _ => text("spellcheck", "false"),
    };
    page.empty("input", &[&named[..], &further[..]].concat());
}

fn choice(page: &mut Page, named: &[(&str, &str)], words: &[&str]) {
    page.start("select", named);
    words.iter().for_each(|word| page.element("option", word));
    page.end("select");
}
