//! Which operation a request means.

use crate::contract::Claim;
use crate::operations::{Entry, Service};
use crate::wire::soap::{Fault, Version};

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
    /// The document.
    pub text: &'a str,
}

/// The operation that the body names; the action may confirm it or say nothing, and must not name another (D3, D4).
pub(super) fn route(request: &Request<'_>, version: Version, body: Option<(&str, &str)>) -> Result<&'static Entry, Fault> {
    let service = request.service;
    let action = request.action.map(|action| (action, service.operation_of_action(action)));
    let operation = body.filter(|(namespace, _)| *namespace == service.namespace).and_then(|(_, name)| service.operation(name));
    let name = |entry: &Entry| entry.declaration.name;
    match (operation, action) {
        (Some(entry), Some((_, Some(other)))) if name(entry) != name(other) => Err(Fault::client(format!(
            "The action names the operation {}, but the body holds {}; nothing was done.",
            name(other),
            name(entry)
        ))),
        (Some(entry), _) => Ok(entry),
        (None, None) => {
            Err(Fault::client("Unable to handle request without a valid action parameter. Please supply a valid soap action."))
        }
        (None, Some((action, None))) => Err(Fault::client(match version {
            Version::Soap11 => format!("Server did not recognize the value of HTTP Header SOAPAction: {action}."),
            Version::Soap12 => format!("Unable to handle request. The action '{action}' was not recognized."),
        })),
        (None, Some((_, Some(expected)))) => Err(Fault::client(format!(
            "Server was unable to read request. ---> {}; the action promises {} of the namespace {}.",
            match body {
                Some((namespace, name)) => format!("The element {name} of the namespace '{namespace}' is no operation"),
                None => "The body is empty".to_owned(),
            },
            name(expected),
            service.namespace
        ))),
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
