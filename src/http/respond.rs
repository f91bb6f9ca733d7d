//! From a request to its response: what is asked is found out, run or looked up, and given HTTP's clothes.

use super::address::Addresses;
use super::asked::{Asked, asked};
use super::avatars;
use super::basic;
use super::body::{self, BodyError, Room, Whole};
use super::forms::Forms;
use super::limits::HttpLimits;
use crate::config::Config;
use crate::describe::{self, Bindings, View};
use crate::dispatch::{Answer, Content, Dialect, Pipeline, Progress, Request as SoapRequest, Verb};
use crate::domain::Error;
use crate::domain::avatar::Providers;
use crate::login::{Hasher, Verified};
use crate::operations::{self, Service};
use crate::store::Store;
use crate::wire::encoding;
use crate::wire::limits::Limits;
use crate::wire::soap::{Fault, FaultCode, Refused, Version};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderMap, HeaderValue, RETRY_AFTER,
    WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Request, Response, StatusCode, Version as HttpVersion};
use std::net::{IpAddr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// When to come again who finds no room: said by `Retry-After` at the door, and after this time where a call was refused inside.
const AGAIN: Duration = Duration::from_secs(1);
const TEXT: &str = "text/plain; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const XML: &str = "text/xml; charset=utf-8";
/// Cache headers as ASMX sends them (section 2.1 of `asmx-behaviour.md`).
const PRIVATE: &str = "private";
const PRIVATE_NOW: &str = "private, max-age=0";
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// All that a connection needs to answer requests.
pub struct Site {
    /// Where calls go.
    pub pipeline: Arc<Pipeline>,
    /// What is configured of addresses.
    pub addresses: Addresses,
    /// Limits of the edge.
    pub limits: HttpLimits,
    /// Who may call by forms and queries.
    pub forms: Forms,
    /// The memory for large bodies.
    pub room: Room,
    /// Whether calls without credentials are challenged, where the service allows it.
    pub challenge: bool,
    /// Where avatars may come from.
    pub avatars: Providers,
}

/// What is answered: its body is whole before the answer begins.
pub(super) type Reply = Response<Full<Bytes>>;

impl Site {
    /// A site over a store, with the threads and caches that the configuration asks for.
    pub fn new(store: Arc<dyn Store>, config: &Config) -> Result<Self, String> {
        let hasher = Hasher::start(config.hashers, config.hasher_queue, config.hasher_patience, config.cost)
            .map_err(|error| format!("the hasher threads could not be started: {error}"))?;
        let verified = Verified::new(config.verified_people, config.verified_life)?;
        let server = super::server_of(config);
        let limits = Limits { clock_skew: config.clock_skew, ..config.xml };
        let pipeline = Pipeline::new(store, hasher, verified, server, limits);
        let (addresses, avatars) = (config.addresses.clone(), config.rules.avatars.clone());
        let room = Room::new(config.http.bodies);
        let (limits, forms, challenge) = (config.http, config.forms, config.challenge);
        Ok(Site { pipeline, addresses, limits, room, forms, challenge, avatars })
    }

    /// Answers one request. What is rare is boxed: each request's future is moved as a whole, and has room for all that it may wait for.
    pub async fn respond(&self, peer: SocketAddr, local: SocketAddr, request: Request<Incoming>) -> Reply {
        let path = self.addresses.without_prefix(request.uri().path());
        let asked = match self.unheard(peer, &request) {
            Some((status, reason)) => Asked::Refused { status, reason: reason.to_owned(), allow: None, fault: None },
            None => asked(request.method(), path, request.uri().query(), request.headers()),
        };
        let base = || self.addresses.base(request.uri().authority(), request.headers(), peer.ip(), local);
        match asked {
            Asked::Call { service, action, guess, charset } => match operations::service(service) {
                Some(service) => self.call(peer, service, action.as_deref(), guess, charset.as_deref(), request).await,
                None => text(StatusCode::NOT_FOUND, "There is no such service."),
            },
            Asked::Form { service, operation } => match operations::service(service) {
                Some(service) => Box::pin(self.form(service, &operation, peer, &base(), request)).await,
                None => text(StatusCode::NOT_FOUND, "There is no such service."),
            },
            asked => {
                let reply = Box::pin(self.document(asked, base, path, peer.ip(), request.headers())).await;
                Box::pin(self.after_the_body(reply, request)).await
            }
        }
    }

    /// Answers a request on a connection for which there is no room.
    pub async fn turn_away(&self, request: Request<Incoming>) -> Reply {
        let path = self.addresses.without_prefix(request.uri().path());
        let dialect = match asked(request.method(), path, request.uri().query(), request.headers()) {
            Asked::Call { guess, .. } => Dialect::Soap(guess),
            _ => Dialect::Plain,
        };
        closing(self.after_the_body(busy(dialect, "Too many connections at once. Try again."), request).await)
    }

    /// What is answered to whatever is no call.
    async fn document(&self, asked: Asked, base: impl Fn() -> String, path: &str, peer: IpAddr, headers: &HeaderMap) -> Reply {
        let page = |service: &Service| format!("{}/Services2/{}.asmx", base(), service.name);
        match asked {
            Asked::Call { .. } | Asked::Form { .. } => text(StatusCode::NOT_FOUND, "There is no such service."),
            Asked::Wsdl(service) if self.forms == Forms::On => {
                found(service, |service| document(XML, describe::wsdl_with_forms(service, &page(service))))
            }
            Asked::Wsdl(service) => found(service, |service| document(XML, describe::wsdl(service, &page(service)))),
            Asked::Disco(service) => found(service, |service| document(XML, describe::disco(service, &page(service)))),
            Asked::Page(service) => {
                found(service, |service| html(describe::service_page(service, &relative(path, service), None)))
            }
            Asked::Operation { service, name, values } => found(service, |service| {
                let bindings = self.bindings(peer, headers);
                html(operation_page(
                    service,
                    &name,
                    View { here: &relative(path, service), address: &page(service), bindings, values },
                ))
            }),
            Asked::Index => html(describe::index(if path.ends_with('/') { "" } else { "Services2/" })),
            Asked::Health => self.health().await,
            Asked::DefaultAvatar => avatars::default(headers),
            Asked::Avatar(name) => avatars::uploaded(&**self.pipeline.store(), &name, headers),
            Asked::AvatarElsewhere { provider, value } => avatars::elsewhere(&self.avatars, &provider, &value),
            Asked::Refused { status, reason, allow, fault } => refused(status, &reason, allow, fault),
        }
    }

    /// Why a request is refused whatever it asks for: RFC 9112 section 3.2 wants one host, and a target has its limit.
    fn unheard(&self, peer: SocketAddr, request: &Request<Incoming>) -> Option<(u16, &'static str)> {
        let hosts = request.headers().get_all(HOST).iter().count();
        let target = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
        if target > self.limits.target {
            reached("limits.target_bytes", peer);
            return Some((414, "The address is too long."));
        }
        (hosts > 1 || hosts == 0 && request.version() == HttpVersion::HTTP_11)
            .then_some((400, "A request of HTTP/1.1 has the header Host, once."))
    }

    /// The answer to a request whose body nobody wants: it is read first, as far as it is not too much, so that the answer is not lost.
    pub(super) async fn after_the_body(&self, mut reply: Reply, request: Request<Incoming>) -> Reply {
        let (parts, body) = request.into_parts();
        if !body::discard(&parts.headers, body, self.limits).await {
            reply.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        reply
    }

    async fn call(
        &self,
        peer: SocketAddr,
        service: &'static Service,
        action: Option<&str>,
        guess: Version,
        charset: Option<&str>,
        request: Request<Incoming>,
    ) -> Reply {
        let (parts, body) = request.into_parts();
        let limit = if service.large { self.limits.large_body } else { self.limits.body };
        let Whole { bytes, share } = match body::read(&parts.headers, body, limit, self.limits, &self.room).await {
            Ok(whole) => whole,
            Err(error) => return unread(peer, service, Dialect::Soap(guess), error),
        };
        let progress = match encoding::decode(&bytes, charset) {
            Ok(text) => {
                let from = self.addresses.client(&parts.headers, peer.ip());
                let request = SoapRequest { service, action, guess, claim: basic::claim(&parts.headers), from, text: &text };
                begun(|| self.pipeline.begin(&request))
            }
            Err(problem) => return message(&Answer::fault(Dialect::Soap(guess), malformed(&problem))),
        };
        // What was made of the body may wait long, and counts for as much; the body itself is not needed any more.
        drop(bytes);
        let _share = share;
        self.answered(&self.finished(peer, service, Dialect::Soap(guess), progress).await)
    }

    /// Goes with a call to its end.
    pub(super) async fn finished(
        &self,
        peer: SocketAddr,
        service: &Service,
        dialect: Dialect,
        progress: std::thread::Result<Progress>,
    ) -> Answer {
        match progress {
            Ok(Progress::Done(answer)) => {
                if let Content::Fault(Fault { refused: Refused::Limit(limit), .. }) = answer.content {
                    reached(limit, peer);
                }
                answer
            }
            Ok(Progress::Waiting(waiting)) => {
                let (done, answer) = oneshot::channel();
                let lost = waiting.lost.clone();
                // Whoever asked may be gone by then; what was begun is finished all the same (R9).
                // A panic on the way drops the sender, which is an answer too.
                let _ = catch_unwind(AssertUnwindSafe(|| waiting.start(move |answer| drop(done.send(answer)))));
                let answer = answer.await.unwrap_or_else(|_| lost.answer());
                if answer.is_busy() {
                    // Who asks again at once would only take the time of those for whom there is room.
                    tokio::time::sleep(AGAIN).await;
                }
                answer
            }
            Err(_) => {
                let error = Error::internal("a call panicked before it was decoded, or while it read");
                crate::failure::log(service.name, &error);
                Answer::fault(dialect, Fault::server(error.to_string()))
            }
        }
    }

    /// The answer to a call, with the status and the header of a challenge where there is to be one (R4).
    fn answered(&self, answer: &Answer) -> Reply {
        let mut reply = message(answer);
        if self.challenge && answer.may_challenge() {
            *reply.status_mut() = StatusCode::UNAUTHORIZED;
            reply.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(basic::CHALLENGE));
        }
        reply
    }

    /// What of calls without SOAP there is for whoever sent a request, as the pages tell it.
    fn bindings(&self, peer: IpAddr, headers: &HeaderMap) -> Bindings {
        match self.forms {
            Forms::Off => Bindings::Off,
            Forms::Local if self.forms.allow(Verb::Post, peer, headers) => Bindings::Here,
            Forms::Local => Bindings::Elsewhere,
            Forms::On => Bindings::On,
        }
    }

    /// Touches the store, on a thread that may wait.
    async fn health(&self) -> Reply {
        let store = Arc::clone(self.pipeline.store());
        match tokio::task::spawn_blocking(move || store.check()).await {
            Ok(Ok(())) => text(StatusCode::OK, "ok\n"),
            Ok(Err(error)) => {
                crate::failure::log("healthz", &error);
                text(StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n")
            }
            Err(_) => text(StatusCode::SERVICE_UNAVAILABLE, "the check did not finish\n"),
        }
    }
}

/// The page of an operation, or that of its service, which says that there is none of this name.
fn operation_page(service: &Service, name: &str, view: View<'_>) -> Vec<u8> {
    match service.operation_in_any_case(name) {
        Some(entry) => describe::operation_page(service, entry.declaration, view),
        None => describe::service_page(service, view.here, Some(name)),
    }
}

/// The address of a service's page as it is reached from itself: links and forms stay with whatever name the browser knows this server by.
fn relative(path: &str, service: &Service) -> String {
    format!("{}{}.asmx", if path.ends_with('/') { "../" } else { "" }, service.name)
}

fn found(name: &str, answer: impl FnOnce(&'static Service) -> Reply) -> Reply {
    operations::service(name).map_or_else(|| text(StatusCode::NOT_FOUND, "There is no such service."), answer)
}

/// Begins a call; a panic is caught.
pub(super) fn begun(begin: impl FnOnce() -> Progress) -> std::thread::Result<Progress> {
    catch_unwind(AssertUnwindSafe(begin))
}

/// An answer with its status and headers.
pub(super) fn message(answer: &Answer) -> Reply {
    if answer.is_unwanted() {
        return unwanted();
    }
    let (status, cache) = match &answer.content {
        Content::Result { .. } => (StatusCode::OK, PRIVATE_NOW),
        Content::Fault(fault) => (
            match fault.refused {
                Refused::Malformed | Refused::Limit(_) => StatusCode::BAD_REQUEST,
                Refused::Busy => StatusCode::SERVICE_UNAVAILABLE,
                Refused::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                Refused::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
                Refused::Method => StatusCode::METHOD_NOT_ALLOWED,
                Refused::Fault => StatusCode::INTERNAL_SERVER_ERROR,
            },
            if fault.code == FaultCode::MustUnderstand { PRIVATE_NOW } else { PRIVATE },
        ),
    };
    response(status, answer.content_type(), cache, answer.encode())
}

/// What was asked for is done, and its answer is not wanted: HTTP's is empty (WS-Addressing 1.0 SOAP Binding, section 5.1.2).
fn unwanted() -> Reply {
    let mut reply = Response::new(Full::default());
    *reply.status_mut() = StatusCode::ACCEPTED;
    reply.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(PRIVATE_NOW));
    reply
}

/// A body that could not be read. The connection ends with the answer, since the rest of the body is not waited for.
pub(super) fn unread(peer: SocketAddr, service: &Service, dialect: Dialect, error: BodyError) -> Reply {
    let too_large = if service.large { "limits.large_body_bytes" } else { "limits.body_bytes" };
    let (limit, refused, problem) = match error {
        BodyError::TooLarge => (Some(too_large), Refused::TooLarge, "Maximum request length exceeded."),
        BodyError::TooLate => (Some("limits.body_seconds"), Refused::Malformed, "The body did not arrive in time."),
        BodyError::TooSlow => {
            (Some("limits.body_rate"), Refused::Malformed, "The body did not arrive in time: it came too slowly.")
        }
        BodyError::NoRoom => (Some("limits.bodies_bytes"), Refused::Busy, "Too many large requests at once. Try again."),
        BodyError::Encoding => (None, Refused::MediaType, "The content encoding is unknown: send it plain or as gzip."),
        BodyError::Broken => (None, Refused::Malformed, "The body broke off or is not what its content encoding says."),
    };
    if let Some(limit) = limit {
        reached(limit, peer);
    }
    let reply = match refused {
        Refused::Busy => busy(dialect, problem),
        refused => message(&Answer::fault(dialect, Fault { refused, ..malformed(problem) })),
    };
    closing(reply)
}

/// A request for which there is no room.
fn busy(dialect: Dialect, problem: &str) -> Reply {
    let fault = Fault { refused: Refused::Busy, code: FaultCode::Server, ..malformed(problem) };
    let mut reply = message(&Answer::fault(dialect, fault));
    reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from(AGAIN.as_secs()));
    reply
}

/// An answer after which the connection ends.
fn closing(mut reply: Reply) -> Reply {
    reply.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    reply
}

/// Tells the log that a request went beyond the limit of this key.
fn reached(limit: &str, peer: SocketAddr) {
    tracing::info!(limit, %peer, "a request was refused: it went beyond a limit");
}

fn malformed(problem: &str) -> Fault {
    let text = format!("Server was unable to read request. ---> {problem}");
    Fault { refused: Refused::Malformed, ..Fault::client(text) }
}

pub(super) fn refused(status: u16, reason: &str, allow: Option<&'static str>, fault: Option<Version>) -> Reply {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut reply = match fault {
        Some(version) => response(status, version.content_type(), PRIVATE, Fault::client(reason).encode(version, None)),
        // The reference lets nobody keep its complaints about documents.
        None if status.is_server_error() => response(status, TEXT, PRIVATE_NOW, format!("{reason}\n").into_bytes()),
        None => text(status, &format!("{reason}\n")),
    };
    if let Some(allow) = allow {
        reply.headers_mut().insert(ALLOW, HeaderValue::from_static(allow));
    }
    reply
}

pub(super) fn text(status: StatusCode, text: &str) -> Reply {
    response(status, TEXT, PRIVATE, text.as_bytes().to_vec())
}

fn document(content_type: &'static str, bytes: Vec<u8>) -> Reply {
    response(StatusCode::OK, content_type, PRIVATE_NOW, bytes)
}

fn html(bytes: Vec<u8>) -> Reply {
    let mut reply = document(HTML, bytes);
    reply.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    reply.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    reply
}

pub(super) fn response(status: StatusCode, content_type: &'static str, cache: &'static str, body: Vec<u8>) -> Reply {
    let mut reply = Response::new(Full::new(Bytes::from(body)));
    *reply.status_mut() = status;
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    reply.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    reply
}
