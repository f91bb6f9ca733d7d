//! One connection of the flood: a call, and what kind of answer it got. Whether the server did well is not judged here.

use asmxd::operations::organization::SERVICE;
use asmxd::wire::soap::Version;
use asmxd::wire::xml::XmlWriter;
use clap::ValueEnum;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, HOST, RETRY_AFTER as RETRY_AFTER_HEADER};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::TcpSocket;
use tokio::time::timeout;

/// The longest that an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(60);
/// For how long who is refused at the door stays away.
pub const RETRY_AFTER: Duration = Duration::from_secs(1);
const PASSWORD: &str = "Long-Enough-2026";

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// GetUsersProperties by a login that is remembered
    Read,
    /// CreateUser2: a password hash and a commit
    Create,
    /// Logins with wrong passwords, by turns of people who exist and of names that nobody has
    Wrong,
    /// The first login of a person that a create has made.
    #[value(skip)]
    Newcomer(u32),
}

/// What kind of answer a call got.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Good,
    /// Status 503 with Retry-After.
    Shed,
    /// Code 9.
    Nine,
    /// Code 1, as it should be for a wrong password.
    Denied,
    /// Anything else, an end of the connection included.
    Wrong(String),
}

/// How many answers there were of which kind.
#[derive(Default)]
pub struct Seen {
    /// Refused at the door.
    pub shed: u64,
    /// Refused inside.
    pub nine: u64,
    /// Wrong logins.
    pub denied: u64,
    /// Whatever should not be.
    pub wrong: u64,
    /// The first of those.
    pub first: Option<String>,
}

impl Seen {
    /// One more.
    pub fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Good => {}
            Outcome::Shed => self.shed += 1,
            Outcome::Nine => self.nine += 1,
            Outcome::Denied => self.denied += 1,
            Outcome::Wrong(text) => {
                self.wrong += 1;
                self.first.get_or_insert(text);
            }
        }
    }

    /// Adds others.
    pub fn add(&mut self, other: Seen) {
        self.shed += other.shed;
        self.nine += other.nine;
        self.denied += other.denied;
        self.wrong += other.wrong;
        self.first = self.first.take().or(other.first);
    }
}

/// Whom to call, and what comes next.
pub struct Plan {
    server: SocketAddrV4,
    addresses: u8,
    administrator: String,
    /// Tells the names of this run from those of others.
    run: u64,
    next: AtomicU32,
    created: AtomicU32,
}

impl Plan {
    /// A plan; the administrator's password is taken from the environment.
    pub fn new(host: Ipv4Addr, port: u16, addresses: u8) -> Result<Self, String> {
        if !host.is_loopback() {
            return Err(format!("{host} is not a loopback address: only this machine may be put under load"));
        }
        let administrator = std::env::var("ASMXD_ADMIN_PASSWORD").map_err(|_| "ASMXD_ADMIN_PASSWORD is not set")?;
        let run = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|error| error.to_string())?.as_secs();
        let server = SocketAddrV4::new(host, port);
        Ok(Plan { server, addresses, administrator, run, next: AtomicU32::new(0), created: AtomicU32::new(0) })
    }

    fn name(&self, number: u32) -> String {
        format!("flood-{number:08x}-{:x}", self.run)
    }

    fn request(&self, kind: Kind) -> Result<Request<Full<Bytes>>, String> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let (operation, message) = match kind {
            Kind::Read => ("GetUsersProperties", self.read("admin", &self.administrator)),
            Kind::Create => ("CreateUser2", self.create()),
            Kind::Newcomer(number) => ("GetUsersProperties", self.read(&self.name(number), PASSWORD)),
            Kind::Wrong if number.is_multiple_of(2) => ("GetUsersProperties", self.read("admin", &format!("wrong {number}"))),
            Kind::Wrong => ("GetUsersProperties", self.read(&format!("nobody-{number}"), PASSWORD)),
        };
        let request = Request::post(format!("/Services2/{}.asmx", SERVICE.name))
            .header(HOST, self.server.to_string())
            .header(CONTENT_TYPE, Version::Soap11.content_type())
            .header("SOAPAction", format!("\"{}/{operation}\"", SERVICE.namespace));
        request.body(Full::new(Bytes::from(message))).map_err(|error| error.to_string())
    }

    /// A read that everybody may make who can log in: it is refused with code 2 where it is about somebody else.
    fn read(&self, user: &str, password: &str) -> Vec<u8> {
        message("GetUsersProperties", user, password, |writer| {
            writer.element("userId", "2");
            writer.start("requestedValues");
            ["Username", "DisplayName", "EmailAddress"].iter().for_each(|key| writer.element("string", key));
            writer.end("requestedValues");
        })
    }

    fn create(&self) -> Vec<u8> {
        let name = self.name(self.created.fetch_add(1, Ordering::Relaxed));
        message("CreateUser2", "admin", &self.administrator, |writer| {
            writer.element("username", &name);
            writer.element("password", PASSWORD);
            writer.element("email", &format!("{name}@example.org"));
            writer.element("isEmailVerified", "true");
            writer.element("displayName", &name);
        })
    }
}

fn message(operation: &str, user: &str, password: &str, parameters: impl FnOnce(&mut XmlWriter)) -> Vec<u8> {
    let mut writer = XmlWriter::compact(1024);
    writer.declaration();
    writer.start_with("soap:Envelope", &[("xmlns:soap", Version::Soap11.namespace())]);
    writer.start("soap:Body");
    writer.start_with(operation, &[("xmlns", SERVICE.namespace)]);
    writer.element("authUserName", user);
    writer.element("authPassword", password);
    parameters(&mut writer);
    writer.end(operation);
    writer.end("soap:Body");
    writer.end("soap:Envelope");
    writer.into_bytes()
}

/// A client that keeps its connection and opens another one where that ended.
pub struct Caller {
    plan: Arc<Plan>,
    /// The address of this machine that it calls from.
    own: Ipv4Addr,
    sender: Option<SendRequest<Full<Bytes>>>,
}

impl Caller {
    /// A client with an address of its own.
    pub fn new(plan: Arc<Plan>) -> Self {
        Caller { plan, own: Ipv4Addr::LOCALHOST, sender: None }
    }

    /// One of the flood, by its number.
    pub fn of_flood(plan: Arc<Plan>, number: u16) -> Self {
        let last = 2 + u8::try_from(number % u16::from(plan.addresses)).unwrap_or_default();
        Caller { plan, own: Ipv4Addr::new(127, 0, 0, last), sender: None }
    }

    /// Makes a call.
    pub async fn call(&mut self, kind: Kind) -> Outcome {
        match timeout(PATIENCE, self.answer(kind)).await {
            Ok(Ok((status, told, text))) => judged(kind, status, told, &text),
            Ok(Err(problem)) => {
                self.sender = None;
                Outcome::Wrong(problem)
            }
            Err(_) => {
                self.sender = None;
                Outcome::Wrong("no answer in time".to_owned())
            }
        }
    }

    /// Makes a call that must succeed.
    pub async fn expect(&mut self, kind: Kind) -> Result<(), String> {
        match self.call(kind).await {
            Outcome::Good => Ok(()),
            other => Err(format!("{kind:?}: {other:?}")),
        }
    }

    async fn answer(&mut self, kind: Kind) -> Result<(StatusCode, bool, String), String> {
        let request = self.plan.request(kind)?;
        let sender = match self.sender.take().filter(|sender| !sender.is_closed()) {
            Some(sender) => sender,
            None => self.connect().await?,
        };
        let sender = self.sender.insert(sender);
        sender.ready().await.map_err(|error| error.to_string())?;
        let (head, body) = sender.send_request(request).await.map_err(|error| format!("{error:?}"))?.into_parts();
        let body = body.collect().await.map_err(|error| error.to_string())?.to_bytes();
        let told = head.headers.contains_key(RETRY_AFTER_HEADER);
        Ok((head.status, told, String::from_utf8_lossy(&body).into_owned()))
    }

    async fn connect(&self) -> Result<SendRequest<Full<Bytes>>, String> {
        let socket = TcpSocket::new_v4().map_err(|error| error.to_string())?;
        let own = SocketAddrV4::new(self.own, 0);
        socket.bind(own.into()).map_err(|error| error.to_string())?;
        let stream = socket.connect(self.plan.server.into()).await.map_err(|error| error.to_string())?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
        // Its errors come out at the sender, too.
        tokio::spawn(async move { drop(connection.await) });
        Ok(sender)
    }
}

fn judged(kind: Kind, status: StatusCode, told: bool, text: &str) -> Outcome {
    let code = |code: &str| text.contains(&format!("<ResultCode>{code}</ResultCode>"));
    match status {
        StatusCode::SERVICE_UNAVAILABLE if told => Outcome::Shed,
        StatusCode::OK if code("0") && kind != Kind::Wrong => Outcome::Good,
        // Somebody who got in, but may not ask about others.
        StatusCode::OK if code("2") && matches!(kind, Kind::Newcomer(_)) => Outcome::Good,
        StatusCode::OK if code("9") => Outcome::Nine,
        StatusCode::OK if code("1") && kind == Kind::Wrong => Outcome::Denied,
        _ => Outcome::Wrong(format!("{status}: {text}")),
    }
}
