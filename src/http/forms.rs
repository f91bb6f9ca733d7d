//! Calls by HTTP GET and by form posts: who may make them, and how they get to the pipeline (R36).
//!
//! A browser sends forms from any page to any server, with whatever it has cached. So such a call tells who calls by its parameters only, and
//! one that a page of another site made is refused.

use super::asked::{content_type, media_type, parameter};
use super::body::{self, Whole};
use super::respond::{Reply, Site, begun, message, refused, unread};
use crate::dispatch::{Dialect, FormRequest, Verb};
use crate::operations::Service;
use crate::wire::form;
use hyper::body::Incoming;
use hyper::header::{ALLOW, HOST, HeaderMap, HeaderValue, ORIGIN, X_CONTENT_TYPE_OPTIONS};
use hyper::{Method, Request, StatusCode, Uri};
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

/// Who may call by forms and queries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Forms {
    /// Nobody.
    Off,
    /// Whoever is on this machine, by POST.
    #[default]
    Local,
    /// Everybody; by GET only what reads.
    On,
}

impl FromStr for Forms {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "off" => Ok(Forms::Off),
            "local" => Ok(Forms::Local),
            "on" => Ok(Forms::On),
            _ => Err(()),
        }
    }
}

/// What a proxy adds to the requests that it passes on, besides `X-Forwarded-` and more.
const FORWARDED: [&str; 3] = ["forwarded", "via", "x-real-ip"];

impl Forms {
    /// Whether a request of this method may call. What a proxy of this machine passes on comes from somewhere else.
    pub fn allow(self, verb: Verb, peer: IpAddr, headers: &HeaderMap) -> bool {
        let forwarded =
            || headers.keys().any(|name| FORWARDED.contains(&name.as_str()) || name.as_str().starts_with("x-forwarded-"));
        match self {
            Forms::Off => false,
            Forms::Local => verb == Verb::Post && peer.to_canonical().is_loopback() && !forwarded(),
            Forms::On => true,
        }
    }
}

/// Whether a page of another site made the request: the browser says so, or names an origin that is none of our addresses.
fn is_of_another_site(headers: &HeaderMap, own: &[&str]) -> bool {
    let cross = headers.get_all("sec-fetch-site").iter().any(|site| site.as_bytes().eq_ignore_ascii_case(b"cross-site"));
    let foreign = |origin: &HeaderValue| match origin.to_str().ok().and_then(site) {
        Some(origin) => !own.iter().filter_map(|own| site(own)).any(|own| own == origin),
        None => true,
    };
    cross || headers.get_all(ORIGIN).iter().any(foreign)
}

/// Host and port of a URL. The port of its scheme counts as none, since `Host` leaves it out.
fn site(url: &str) -> Option<String> {
    let uri = url.parse::<Uri>().ok()?;
    let port = uri.port_u16().filter(|port| !matches!((uri.scheme_str(), port), (Some("http"), 80) | (Some("https"), 443)));
    let host = uri.host().filter(|_| uri.scheme().is_some())?.to_ascii_lowercase();
    Some(port.map_or_else(|| host.clone(), |port| format!("{host}:{port}")))
}

impl Site {
    /// Answers a call that a form or a query makes; `base` is the address under which we are known.
    pub(super) async fn form(
        &self,
        service: &'static Service,
        operation: &str,
        peer: SocketAddr,
        base: &str,
        request: Request<Incoming>,
    ) -> Reply {
        let verb = if request.method() == Method::POST { Verb::Post } else { Verb::Get };
        let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let mut reply = if !self.forms.allow(verb, peer.ip(), request.headers()) {
            let ending = form::escaped(operation);
            let reason = format!("Request format is unrecognized for URL unexpectedly ending in '/{ending}'.");
            self.after_the_body(refused(500, &reason, None, None), request).await
        } else if is_of_another_site(request.headers(), &[base, &format!("http://{host}")]) {
            let reply = refused(403, "A page of another site may not make calls here.", None, None);
            self.after_the_body(reply, request).await
        } else if verb == Verb::Post {
            self.posted(peer, service, operation, request).await
        } else {
            let parameters = request.uri().query().unwrap_or_default().as_bytes();
            let from = self.addresses.client(request.headers(), peer.ip());
            self.run_form(peer, FormRequest { service, operation, verb, from, parameters, charset: None }).await
        };
        // What is told may hold what was sent: no browser is to take it for something else.
        reply.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        reply
    }

    async fn posted(&self, peer: SocketAddr, service: &'static Service, operation: &str, request: Request<Incoming>) -> Reply {
        let (parts, body) = request.into_parts();
        let content_type = content_type(&parts.headers).to_owned();
        if !media_type(&content_type).eq_ignore_ascii_case(form::MEDIA_TYPE) {
            let reason = format!("Request format is invalid: {}.", form::escaped(&content_type));
            return self.after_the_body(refused(500, &reason, None, None), Request::from_parts(parts, body)).await;
        }
        let charset = parameter(&content_type, "charset");
        let limit = if service.large { self.limits.large_body } else { self.limits.body };
        match body::read(&parts.headers, body, limit, self.limits, &self.room).await {
            Ok(Whole { bytes, share }) => {
                let _share = share;
                let from = self.addresses.client(&parts.headers, peer.ip());
                self.run_form(peer, FormRequest { service, operation, verb: Verb::Post, from, parameters: &bytes, charset }).await
            }
            Err(error) => unread(peer, service, Dialect::Plain, error),
        }
    }

    async fn run_form(&self, peer: SocketAddr, request: FormRequest<'_>) -> Reply {
        let progress = begun(|| self.pipeline.begin_form(&request));
        let answer = self.finished(peer, request.service, Dialect::Plain, progress).await;
        let mut reply = message(&answer);
        if reply.status() == StatusCode::METHOD_NOT_ALLOWED {
            reply.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
        }
        reply
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderName;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn local_means_by_post_from_this_machine_and_through_no_proxy() {
        let local = |verb, peer: &str, pairs: &[(&str, &str)]| Forms::Local.allow(verb, peer.parse().unwrap(), &headers(pairs));
        for peer in ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"] {
            assert!(local(Verb::Post, peer, &[("host", "x"), ("accept", "*/*")]), "{peer}");
            assert!(!local(Verb::Get, peer, &[]), "{peer}");
        }
        for peer in ["192.0.2.1", "10.0.0.1", "::", "0.0.0.0", "::ffff:192.0.2.1", "fe80::1"] {
            assert!(!local(Verb::Post, peer, &[]), "{peer}");
        }
        for name in ["Forwarded", "X-Forwarded-For", "X-Forwarded-Anything", "Via", "X-Real-IP"] {
            assert!(!local(Verb::Post, "127.0.0.1", &[(name, "")]), "{name}");
        }
    }

    #[test]
    fn off_is_nobody_and_on_is_everybody() {
        let far = "192.0.2.1".parse().unwrap();
        for verb in [Verb::Get, Verb::Post] {
            assert!(!Forms::Off.allow(verb, "127.0.0.1".parse().unwrap(), &HeaderMap::new()));
            assert!(Forms::On.allow(verb, far, &headers(&[("via", "1.1 proxy")])));
        }
    }

    #[test]
    fn a_page_of_another_site_is_told_by_either_header() {
        let own = &["https://help.example.org/desk", "http://inner:8080"];
        let other = |pairs: &[(&str, &str)]| is_of_another_site(&headers(pairs), own);
        for good in [
            &[][..],
            &[("sec-fetch-site", "same-origin"), ("origin", "https://help.example.org")],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://HELP.example.org:443")],
            &[("origin", "http://inner:8080")],
        ] {
            assert!(!other(good), "{good:?}");
        }
        for bad in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://help.example.org")],
            &[("origin", "null")],
            &[("origin", "")],
            &[("origin", "https://evil.example")],
            &[("origin", "https://help.example.org.evil.example")],
            &[("origin", "http://inner")],
            &[("origin", "https://help.example.org"), ("origin", "https://evil.example")],
        ] {
            assert!(other(bad), "{bad:?}");
        }
    }
}
