//! What a request asks for: a pure function of its method, path, query and headers.

use crate::domain::avatar::DEFAULT_AVATAR;
use crate::domain::{avatar, picture};
use crate::operations::{SERVICES, Service, service};
use crate::wire::soap::Version;
use hyper::Method;
use hyper::header::{CONTENT_TYPE, HeaderMap};
use percent_encoding::percent_decode_str;

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// To run an operation.
    Call {
        /// The service, by its name.
        service: &'static str,
        /// The action without quotes; `None` when missing or empty (D2).
        action: Option<String>,
        /// The version that the content type speaks of.
        guess: Version,
        /// The charset of the content type.
        charset: Option<String>,
    },
    /// To run an operation by a form or a query.
    Form {
        /// The service, by its name.
        service: &'static str,
        /// What follows its address and a slash.
        operation: String,
    },
    /// The WSDL of a service.
    Wsdl(&'static str),
    /// The discovery document of a service.
    Disco(&'static str),
    /// The page of a service.
    Page(&'static str),
    /// The page of an operation.
    Operation {
        /// The service, by its name.
        service: &'static str,
        /// What was given as the operation's name.
        name: String,
        /// How many values are wanted in its form for a list.
        values: usize,
    },
    /// The index of the services.
    Index,
    /// Whether the server is well.
    Health,
    /// The avatar of people who have none.
    DefaultAvatar,
    /// The uploaded picture of this name.
    Avatar(String),
    /// A picture that a provider has.
    AvatarElsewhere {
        /// The provider's name in lower case.
        provider: String,
        /// What stands for the person there, percent-encoded.
        value: String,
    },
    /// Something that this server does not have or do.
    Refused {
        /// The HTTP status.
        status: u16,
        /// What is told about it.
        reason: String,
        /// The methods that would be allowed, for 405.
        allow: Option<&'static str>,
        /// The version in which a fault tells it; else plain text does.
        fault: Option<Version>,
    },
}

const DOCUMENT_METHODS: &str = "GET, HEAD";
const SERVICE_METHODS: &str = "GET, HEAD, POST";
const FORM_METHODS: &str = "GET, POST";

/// Decides what is asked for. Paths are matched without regard to case and never by redirect (D5).
pub fn asked(method: &Method, path: &str, query: Option<&str>, headers: &HeaderMap) -> Asked {
    let lower = path.to_ascii_lowercase();
    let reads = matches!(*method, Method::GET | Method::HEAD);
    match lower.as_str() {
        "/healthz" if reads => return Asked::Health,
        DEFAULT_AVATAR if reads => return Asked::DefaultAvatar,
        "/services2" | "/services2/" if reads => return Asked::Index,
        "/healthz" | DEFAULT_AVATAR | "/services2" | "/services2/" => return method_refused(DOCUMENT_METHODS),
        _ => {}
    }
    if let Some(rest) = lower.strip_prefix(avatar::PATH) {
        return if reads { avatar(rest, path) } else { method_refused(DOCUMENT_METHODS) };
    }
    let Some((name, rest)) = lower.strip_prefix("/services2/").and_then(|rest| rest.split_once(".asmx")) else {
        return unknown_path();
    };
    let Some(service) = service(name) else { return unknown_path() };
    match (rest, method) {
        ("" | "/", &Method::POST) => call(service, headers),
        ("" | "/", _) if reads => document(service, query.unwrap_or_default()),
        (operation, &Method::GET | &Method::POST) if operation.starts_with('/') => {
            let ending = path.get(path.len() - operation.len()..).unwrap_or_default();
            Asked::Form { service: service.name, operation: decoded(ending.strip_prefix('/').unwrap_or_default()) }
        }
        (operation, _) if operation.starts_with('/') && operation.len() > 1 => method_refused(FORM_METHODS),
        (rest, _) if rest.is_empty() || rest.starts_with('/') => method_refused(SERVICE_METHODS),
        _ => unknown_path(),
    }
}

/// An avatar by what stands after its directory, in lower case; only the value keeps its case.
fn avatar(rest: &str, path: &str) -> Asked {
    match rest.split_once('/') {
        Some((provider, value)) => Asked::AvatarElsewhere {
            provider: provider.to_owned(),
            value: path.get(path.len() - value.len()..).unwrap_or_default().to_owned(),
        },
        None if picture::is_name(rest) => Asked::Avatar(rest.to_owned()),
        None => unknown_path(),
    }
}

fn document(service: &'static Service, query: &str) -> Asked {
    let first = query.split('&').next().unwrap_or_default();
    let (name, value) = first.split_once('=').map_or((first, None), |(name, value)| (name, Some(value)));
    match (name.to_ascii_lowercase().as_str(), value) {
        ("wsdl", None | Some("")) => Asked::Wsdl(service.name),
        ("wsdl", Some(_)) => refused(500, "XML Web service description was not found."),
        ("disco", _) => Asked::Disco(service.name),
        ("schema", Some(_)) => refused(500, "Schema not found."),
        _ => match queried(query, "op") {
            Some(name) => {
                let values = queried(query, "values").and_then(|values| values.parse().ok()).unwrap_or(1);
                Asked::Operation { service: service.name, name: decoded(name), values }
            }
            None => Asked::Page(service.name),
        },
    }
}

/// What the query says under this name, if it says something.
fn queried<'q>(query: &'q str, name: &str) -> Option<&'q str> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(known, value)| known.eq_ignore_ascii_case(name) && !value.is_empty()).map(|(_, value)| value)
}

fn call(service: &'static Service, headers: &HeaderMap) -> Asked {
    let soap_action = headers.get("soapaction").and_then(|value| value.to_str().ok());
    let content_type = content_type(headers);
    let media = media_type(content_type).to_ascii_lowercase();
    let guess = match media.as_str() {
        "text/xml" => Version::Soap11,
        "application/soap+xml" => Version::Soap12,
        _ => {
            let fault = if soap_action.is_some() { Version::Soap11 } else { Version::Soap12 };
            let reason = format!("The content type '{media}' is none of SOAP's: send text/xml or application/soap+xml.");
            return Asked::Refused { status: 415, reason, allow: None, fault: Some(fault) };
        }
    };
    let action = parameter(content_type, "action").or(soap_action.map(|action| action.trim().trim_matches('"')));
    Asked::Call {
        service: service.name,
        action: action.filter(|action| !action.is_empty()).map(decoded),
        guess,
        charset: parameter(content_type, "charset").map(str::to_owned),
    }
}

/// The content type, or nothing.
pub(super) fn content_type(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The media type that a content type names.
pub(super) fn media_type(content_type: &str) -> &str {
    parts(content_type).next().map(|(media, _)| media).unwrap_or_default()
}

/// The value of a content type's parameter, without its quotes.
pub(super) fn parameter<'t>(content_type: &'t str, name: &str) -> Option<&'t str> {
    let mut parameters = parts(content_type).skip(1);
    parameters.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim_matches('"').trim())
}

/// The media type and then the parameters of a content type; quoted values may hold semicolons.
fn parts(content_type: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut quoted = false;
    let parts = content_type.split(move |character| {
        quoted ^= character == '"';
        character == ';' && !quoted
    });
    parts.map(|part| part.split_once('=').map_or((part.trim(), ""), |(name, value)| (name.trim(), value.trim())))
}

fn refused(status: u16, reason: &str) -> Asked {
    Asked::Refused { status, reason: reason.to_owned(), allow: None, fault: None }
}

fn method_refused(allow: &'static str) -> Asked {
    Asked::Refused { status: 405, reason: format!("This address takes {allow}."), allow: Some(allow), fault: None }
}

/// 404, naming what there is (R10).
fn unknown_path() -> Asked {
    let services: Vec<_> = SERVICES.iter().map(|service| format!("/Services2/{}.asmx", service.name)).collect();
    refused(404, &format!("There is nothing at this address. Services: {}; their index: /Services2.", services.join(", ")))
}

/// `text` with its percent-encoded bytes decoded, or as it is when they are no UTF-8. Some clients encode actions.
fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderName;

    fn ask(method: Method, target: &str, headers: &[(&str, &str)]) -> Asked {
        let pairs = headers.iter().map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap()));
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
        asked(&method, path, query, &pairs.collect())
    }

    fn status(asked: &Asked) -> u16 {
        match asked {
            Asked::Refused { status, .. } => *status,
            _ => 200,
        }
    }

    #[test]
    fn paths_and_query_names_are_matched_without_regard_to_case() {
        for target in ["/Services2/svcOrganization.asmx?WSDL", "/services2/SVCORGANIZATION.ASMX/?wsdl&x=1"] {
            assert_eq!(ask(Method::GET, target, &[]), Asked::Wsdl("svcOrganization"), "{target}");
        }
        assert_eq!(ask(Method::HEAD, "/services2/", &[]), Asked::Index);
        let form = |name: &str, values| Asked::Operation { service: "svcOrganization", name: name.to_owned(), values };
        let operation = |name: &str| form(name, 1);
        assert_eq!(ask(Method::GET, "/Services2/svcOrganization.asmx?op=a&values=3", &[]), form("a", 3));
        assert_eq!(ask(Method::GET, "/Services2/svcOrganization.asmx?op=a&values=-3", &[]), form("a", 1));
        assert_eq!(ask(Method::GET, "/Services2/svcOrganization.asmx?op=CreateUser", &[]), operation("CreateUser"));
        assert_eq!(ask(Method::HEAD, "/services2/svcorganization.asmx/?x=1&OP=%3Ca%3E", &[]), operation("<a>"));
        assert_eq!(ask(Method::GET, "/Services2/svcOrganization.asmx?op=", &[]), Asked::Page("svcOrganization"));
        assert_eq!(ask(Method::GET, "/Services2/svcOrganization.asmx?schema", &[]), Asked::Page("svcOrganization"));
    }

    #[test]
    fn avatars_are_asked_for_by_their_name_or_by_provider_and_value() {
        let name = "0123456789abcdef0123456789abcdef.png";
        for target in [format!("/avatars/{name}?x=1"), format!("/Avatars/{}", name.to_uppercase())] {
            assert_eq!(ask(Method::HEAD, &target, &[]), Asked::Avatar(name.to_owned()), "{target}");
        }
        let elsewhere =
            |provider: &str, value: &str| Asked::AvatarElsewhere { provider: provider.to_owned(), value: value.to_owned() };
        assert_eq!(ask(Method::GET, "/AVATARS/Gravatar/a%2Fb.C", &[]), elsewhere("gravatar", "a%2Fb.C"));
        assert_eq!(ask(Method::GET, "/avatars/crm/a/b", &[]), elsewhere("crm", "a/b"));
        assert_eq!(ask(Method::GET, "/Avatars/Default.png", &[]), Asked::DefaultAvatar);
        for target in ["/avatars", "/avatars/", "/avatars/x.png", "/avatars/0123456789abcdef0123456789abcdef.svg"] {
            assert_eq!(status(&ask(Method::GET, target, &[])), 404, "{target}");
        }
        assert_eq!(status(&ask(Method::POST, &format!("/avatars/{name}"), &[])), 405);
    }

    #[test]
    fn what_is_not_there_is_refused_with_the_status_that_says_so() {
        for (method, target, expected) in [
            (Method::GET, "/", 404),
            (Method::POST, "/Services2/svcNope.asmx", 404),
            (Method::GET, "/Services2/svcOrganization.asmxx", 404),
            (Method::PUT, "/Services2/svcOrganization.asmx", 405),
            (Method::POST, "/Services2", 405),
            (Method::GET, "/Services2/svcOrganization.asmx?wsdl=1", 500),
            (Method::GET, "/Services2/svcOrganization.asmx?schema=x", 500),
            (Method::HEAD, "/Services2/svcOrganization.asmx/GetAllRoles?x=1", 405),
            (Method::PUT, "/Services2/svcOrganization.asmx/GetAllRoles", 405),
        ] {
            assert_eq!(status(&ask(method.clone(), target, &[])), expected, "{method} {target}");
        }
    }

    #[test]
    fn an_operation_is_named_behind_the_services_address_with_its_own_spelling() {
        let named = |operation: &str| Asked::Form { service: "svcOrganization", operation: operation.to_owned() };
        for (target, operation) in [("GetAllRoles?x=1", "GetAllRoles"), ("Nope/", "Nope/"), ("a%20b", "a b")] {
            let target = format!("/services2/svcorganization.asmx/{target}");
            assert_eq!(ask(Method::GET, &target, &[]), named(operation), "{target}");
            assert_eq!(ask(Method::POST, &target, &[]), named(operation), "{target}");
        }
    }

    #[test]
    fn the_action_is_found_in_either_place_with_and_without_quotes() {
        let call = |headers: &[(&str, &str)]| match ask(Method::POST, "/Services2/svcOrganization.asmx?op=X", headers) {
            Asked::Call { action, guess, charset, .. } => (action, guess, charset),
            other => panic!("{other:?}"),
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            call(&[("content-type", "text/xml; charset=UTF-8"), ("soapaction", "\"urn:a/Op\"")]),
            (some("urn:a/Op"), Version::Soap11, some("UTF-8"))
        );
        assert_eq!(call(&[("content-type", "text/xml"), ("soapaction", "urn:a%2FOp")]).0, some("urn:a/Op"));
        assert_eq!(call(&[("content-type", "text/xml"), ("soapaction", "\"\"")]).0, None);
        assert_eq!(
            call(&[("content-type", "application/soap+xml;action=\"urn:a;b=c/Op\";charset=\"utf-16\"")]),
            (some("urn:a;b=c/Op"), Version::Soap12, some("utf-16"))
        );
        assert_eq!(call(&[("content-type", "application/soap+xml; action=http://a/Op")]).0, some("http://a/Op"));
    }

    #[test]
    fn other_content_types_are_refused_in_the_version_that_the_caller_seems_to_speak() {
        for (headers, version) in [
            (&[("content-type", "application/json"), ("soapaction", "x")][..], Version::Soap11),
            (&[("content-type", "application/xml")][..], Version::Soap12),
            (&[][..], Version::Soap12),
        ] {
            match ask(Method::POST, "/Services2/svcOrganization.asmx", headers) {
                Asked::Refused { status: 415, fault, .. } => assert_eq!(fault, Some(version)),
                other => panic!("{other:?}"),
            }
        }
    }
}
