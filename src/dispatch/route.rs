//! Which operation a request means.

use crate::contract::{Claim, ReadError, ReadErrorKind};
use crate::operations::{Entry, Service};
use crate::wire::form;
use crate::wire::soap::{Fault, Refused, Version};
use std::net::IpAddr;

/// A SOAP request as the edge found it.
pub struct Request<'a> {
    /// The service that was addressed.
    pub service: &'static Service,
    /// The `SOAPAction` header or `action` parameter, without quotes; `None` when missing or empty (D2).
    pub action: Option<&'a str>,
    /// The version that the content type speaks of, for faults that come before the envelope tells its own.
    pub guess: Version,
    /// Who calls, as far as the edge was told.
    pub claim: Claim,
    /// The address that it came from.
    pub from: IpAddr,
    /// The document.
    pub text: &'a str,
}

/// By which method of HTTP a form came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// As a query.
    Get,
    /// As a body.
    Post,
}

/// A call that a form makes, as the edge found it.
pub struct FormRequest<'a> {
    /// The service that was addressed.
    pub service: &'static Service,
    /// What follows the service's address and a slash: the operation's name.
    pub operation: &'a str,
    /// How it came.
    pub verb: Verb,
    /// The address that it came from.
    pub from: IpAddr,
    /// Names and values, as they are encoded in queries and forms.
    pub parameters: &'a [u8],
    /// The charset of the content type.
    pub charset: Option<&'a str>,
}

/// The operation that a form names, if a form may call it. One that changes something, or notes a login, is never run by GET (R36).
pub(super) fn route_form(request: &FormRequest<'_>) -> Result<&'static Entry, Fault> {
    let name = form::escaped(request.operation);
    let Some(entry) = request.service.operation(request.operation) else {
        let known = request.service.operations.iter().map(|entry| entry.declaration.name);
        let other = known.into_iter().find(|known| known.eq_ignore_ascii_case(request.operation));
        return Err(Fault::client(match other {
            Some(other) => format!(
                "Invalid method name '{name}', method names are case sensitive. The method name '{other}' with the same name but \
                 different casing was found.\nParameter name: methodName"
            ),
            None => not_valid(&name),
        }));
    };
    match request.verb {
        _ if !entry.declaration.fits_a_form() => Err(Fault::client(not_valid(&name))),
        Verb::Get if !entry.declaration.fits_a_query() => {
            let text = format!("{name} changes what is stored, which GET must not do: send it by POST.");
            Err(Fault { refused: Refused::Method, ..Fault::client(text) })
        }
        _ => Ok(entry),
    }
}

/// What cannot be read of a form. The complaints about values are whole sentences of the reference's.
pub(super) fn unreadable(error: ReadError) -> Fault {
    match error.kind {
        ReadErrorKind::Malformed | ReadErrorKind::Limit(_) => error.into(),
        ReadErrorKind::Value => Fault::client(error.message),
    }
}

fn not_valid(name: &str) -> String {
    format!("{name} Web Service method name is not valid.")
}

/// The operation that the body names; the action may confirm it or say nothing, and must not name another (D3, D4).
pub(super) fn route(request: &Request<'_>, version: Version, body: Option<(&str, &str)>) -> Result<&'static Entry, Fault> {
    let service = request.service;
    let operation = body.filter(|(namespace, _)| *namespace == service.namespace).and_then(|(_, name)| service.operation(name));
    if let Some(entry) = operation {
        return confirm(service, entry, request.action).map(|()| entry);
    }
    Err(Fault::client(match request.action.map(|action| (action, service.operation_of_action(action))) {
        None => "Unable to handle request without a valid action parameter. Please supply a valid soap action.".to_owned(),
        Some((action, None)) => match version {
            Version::Soap11 => format!("Server did not recognize the value of HTTP Header SOAPAction: {action}."),
            Version::Soap12 => format!("Unable to handle request. The action '{action}' was not recognized."),
        },
        Some((_, Some(expected))) => format!(
            "Server was unable to read request. ---> {}; the action promises {} of the namespace {}.",
            match body {
                Some((namespace, name)) => format!("The element {name} of the namespace '{namespace}' is no operation"),
                None => "The body is empty".to_owned(),
            },
            expected.declaration.name,
            service.namespace
        ),
    }))
}

/// Whether an action may stand beside this operation of the body: it names the same one, or none that is known (D3).
pub(super) fn confirm(service: &Service, entry: &Entry, action: Option<&str>) -> Result<(), Fault> {
    let name = entry.declaration.name;
    match action.and_then(|action| service.operation_of_action(action)).map(|other| other.declaration.name) {
        Some(other) if other != name => {
            Err(Fault::client(format!("The action names the operation {other}, but the body holds {name}; nothing was done.")))
        }
        _ => Ok(()),
    }
}

/// What is no XML at all and comes without an action is answered as the reference does: a SOAP 1.2 fault of the server's
/// (section 2.3 of `asmx-behaviour.md`).
pub(super) fn no_document(request: &Request<'_>) -> Option<Fault> {
    let text = request.text.trim_start();
    if request.action.is_some() || text.starts_with('<') {
        return None;
    }
    let reason =
        if text.is_empty() { "Root element is missing." } else { "Data at the root level is invalid. Line 1, position 1." };
    Some(Fault::server(format!("Server was unable to process request. ---> {reason}")))
}
