//! Load for a running server: keep-alive connections that call one operation, one call after the other, and check every answer.
//!
//! ```text
//! ASMXD_ADMIN_PASSWORD=... cargo run --release --example load -- --connections 64 --seconds 10 --operation read
//! ```
//!
//! It prints requests per second, the median, the 99th percentile and the worst time of an answer, and the number of errors. It ends
//! with code 1 if any answer was wrong, and with 2 if it could not begin. `create` really makes people, and each costs the server a
//! password hash at the configured cost. Only this machine is ever called: an address that is not a loopback one is refused.

use asmxd::operations::organization::SERVICE;
use asmxd::wire::soap::Version;
use asmxd::wire::xml::XmlWriter;
use clap::{Parser, ValueEnum};
use hdrhistogram::Histogram;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Request, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use std::net::{SocketAddr, ToSocketAddrs};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The longest that an answer, or a connection, is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
const PASSWORD: &str = "ASMXD_ADMIN_PASSWORD";

/// Calls a running server on this machine and tells how fast it answers.
#[derive(Parser)]
struct Options {
    /// Where the server is; a loopback address
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    url: Uri,
    /// An administrator's user name; its password is in ASMXD_ADMIN_PASSWORD
    #[arg(long, default_value = "admin")]
    user: String,
    /// Connections, each with one call at a time
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=4096))]
    connections: u16,
    /// For how long new calls are made
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,
    /// What is called
    #[arg(long, value_enum, default_value_t = Operation::Read)]
    operation: Operation,
    /// For `read`: the ids 1 to this one are asked about; they must exist
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1_000_000_000))]
    people: u32,
}

#[derive(Clone, Copy, ValueEnum)]
enum Operation {
    /// GetUsersProperties
    Read,
    /// CreateUser2
    Create,
    /// GetServerName
    Empty,
}

fn main() -> ExitCode {
    match run(Options::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(problem) => {
            eprintln!("load: {problem}");
            ExitCode::from(2)
        }
    }
}

/// Whether every answer was right.
fn run(options: Options) -> Result<bool, String> {
    let plan = Arc::new(Plan::new(&options)?);
    // One thread, so that the server has the other cores.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    let (tally, elapsed) = runtime.block_on(drive(&plan, &options))?;
    let milliseconds = |quantile| Duration::from_micros(tally.times.value_at_quantile(quantile)).as_secs_f64() * 1e3;
    println!("requests/s  {:.0}", tally.times.len() as f64 / elapsed.as_secs_f64());
    println!("p50         {:.2} ms", milliseconds(0.5));
    println!("p99         {:.2} ms", milliseconds(0.99));
    println!("worst       {:.2} ms", milliseconds(1.0));
    println!("errors      {}", tally.errors);
    if let Some(first) = &tally.first_error {
        println!("the first:  {first}");
    }
    Ok(tally.errors == 0)
}

/// Logs in once, so that the measured calls find the login remembered, and then keeps all connections busy.
async fn drive(plan: &Arc<Plan>, options: &Options) -> Result<(Tally, Duration), String> {
    let mut first = plan.connect().await?;
    plan.call(&mut first, Operation::Empty).await.map_err(|problem| format!("the first call failed: {problem}"))?;
    let begun = Instant::now();
    let until = begun + Duration::from_secs(options.seconds);
    let tasks: Vec<_> =
        (0..options.connections).map(|_| tokio::spawn(keep_busy(Arc::clone(plan), options.operation, until))).collect();
    let mut all = Tally::new()?;
    for task in tasks {
        all.add(task.await.map_err(|error| error.to_string())??)?;
    }
    Ok((all, begun.elapsed()))
}

/// One connection's calls. A connection that breaks is an error and is not opened again.
async fn keep_busy(plan: Arc<Plan>, operation: Operation, until: Instant) -> Result<Tally, String> {
    let mut tally = Tally::new()?;
    let mut sender = match plan.connect().await {
        Ok(sender) => sender,
        Err(problem) => {
            tally.error(problem);
            return Ok(tally);
        }
    };
    while Instant::now() < until && !sender.is_closed() {
        let begun = Instant::now();
        match plan.call(&mut sender, operation).await {
            Ok(()) => tally.times.saturating_record(begun.elapsed().as_micros().try_into().unwrap_or(u64::MAX)),
            Err(problem) => tally.error(problem),
        }
    }
    if Instant::now() < until {
        tally.error("a connection ended before its time".to_owned());
    }
    Ok(tally)
}

/// What came of the calls: how long the right answers took, and how many others there were.
struct Tally {
    times: Histogram<u64>,
    errors: u64,
    first_error: Option<String>,
}

impl Tally {
    fn new() -> Result<Self, String> {
        let longest = u64::try_from(PATIENCE.as_micros()).unwrap_or(u64::MAX);
        let times = Histogram::new_with_bounds(1, longest, 3).map_err(|error| error.to_string())?;
        Ok(Tally { times, errors: 0, first_error: None })
    }

    fn error(&mut self, problem: String) {
        self.errors += 1;
        self.first_error.get_or_insert(problem);
    }

    fn add(&mut self, other: Tally) -> Result<(), String> {
        self.errors += other.errors;
        self.first_error = self.first_error.take().or(other.first_error);
        self.times.add(other.times).map_err(|error| error.to_string())
    }
}

/// Whom to call, as whom, and what comes next.
struct Plan {
    address: SocketAddr,
    host: String,
    path: String,
    user: String,
    password: String,
    people: u32,
    /// Tells the names of this run from those of others.
    run: u64,
    next: AtomicU32,
}

impl Plan {
    fn new(options: &Options) -> Result<Self, String> {
        let password = std::env::var(PASSWORD).map_err(|_| format!("{PASSWORD} is not set"))?;
        let run = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|error| error.to_string())?.as_secs();
        Ok(Plan {
            address: loopback(&options.url)?,
            host: options.url.authority().map(ToString::to_string).unwrap_or_default(),
            path: format!("{}/Services2/{}.asmx", options.url.path().trim_end_matches('/'), SERVICE.name),
            user: options.user.clone(),
            password,
            people: options.people,
            run,
            next: AtomicU32::new(0),
        })
    }

    async fn connect(&self) -> Result<SendRequest<Full<Bytes>>, String> {
        let stream = timeout(PATIENCE, TcpStream::connect(self.address)).await.map_err(|_| "no connection in time")?;
        let stream = stream.map_err(|error| format!("{}: {error}", self.address))?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
        // Its errors come out at the sender, too.
        tokio::spawn(async move { drop(connection.await) });
        Ok(sender)
    }

    /// Makes the next call and checks its answer.
    async fn call(&self, sender: &mut SendRequest<Full<Bytes>>, operation: Operation) -> Result<(), String> {
        let request = self.request(operation)?;
        let answer = async {
            sender.ready().await?;
            let (head, body) = sender.send_request(request).await?.into_parts();
            Ok::<_, hyper::Error>((head.status, body.collect().await?.to_bytes()))
        };
        let answer = timeout(PATIENCE, answer).await.map_err(|_| "no answer in time")?;
        let (status, body) = answer.map_err(|error| error.to_string())?;
        let text = String::from_utf8_lossy(&body);
        if status == StatusCode::OK && text.contains("<Result>true</Result>") { Ok(()) } else { Err(format!("{status}: {text}")) }
    }

    fn request(&self, operation: Operation) -> Result<Request<Full<Bytes>>, String> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let (name, message) = match operation {
            Operation::Empty => ("GetServerName", self.message("GetServerName", |_| ())),
            Operation::Read => ("GetUsersProperties", self.message("GetUsersProperties", |writer| self.read(number, writer))),
            Operation::Create => ("CreateUser2", self.message("CreateUser2", |writer| self.create(number, writer))),
        };
        let request = Request::post(&self.path)
            .header(HOST, &self.host)
            .header(CONTENT_TYPE, Version::Soap11.content_type())
            .header("SOAPAction", format!("\"{}/{name}\"", SERVICE.namespace));
        request.body(Full::new(Bytes::from(message))).map_err(|error| error.to_string())
    }

    /// Five properties of somebody.
    fn read(&self, number: u32, writer: &mut XmlWriter) {
        writer.element("userId", &(1 + scattered(number) % self.people).to_string());
        writer.start("requestedValues");
        for key in ["Username", "DisplayName", "EmailAddress", "Enabled", "TimeZone"] {
            writer.element("string", key);
        }
        writer.end("requestedValues");
    }

    /// Somebody whose name nobody has.
    fn create(&self, number: u32, writer: &mut XmlWriter) {
        let name = format!("load-{:08x}-{:x}", scattered(number), self.run);
        writer.element("username", &name);
        writer.element("password", "Long-Enough-2026");
        writer.element("email", &format!("{name}@example.org"));
        writer.element("isEmailVerified", "true");
        writer.element("displayName", &format!("Person {name}"));
    }

    fn message(&self, operation: &str, parameters: impl FnOnce(&mut XmlWriter)) -> Vec<u8> {
        let mut writer = XmlWriter::compact(1024);
        writer.declaration();
        writer.start_with("soap:Envelope", &[("xmlns:soap", Version::Soap11.namespace())]);
        writer.start("soap:Body");
        writer.start_with(operation, &[("xmlns", SERVICE.namespace)]);
        writer.element("authUserName", &self.user);
        writer.element("authPassword", &self.password);
        parameters(&mut writer);
        writer.end(operation);
        writer.end("soap:Body");
        writer.end("soap:Envelope");
        writer.into_bytes()
    }
}

/// Numbers in no order, as real names and ids come; the factor is odd, so that no two become the same.
fn scattered(number: u32) -> u32 {
    number.wrapping_mul(0x9E37_79B1)
}

/// The address that `url` names, if it is one of this machine's own.
fn loopback(url: &Uri) -> Result<SocketAddr, String> {
    let (Some("http"), Some(host)) = (url.scheme_str(), url.host()) else {
        return Err(format!("{url}: an address such as http://127.0.0.1:8080 is expected"));
    };
    let place = format!("{host}:{}", url.port_u16().unwrap_or(80));
    let found: Vec<SocketAddr> = place.to_socket_addrs().map_err(|error| format!("{place}: {error}"))?.collect();
    match found.first() {
        Some(address) if found.iter().all(|address| address.ip().is_loopback()) => Ok(*address),
        _ => Err(format!("{place} is not, or not only, a loopback address: only this machine may be put under load")),
    }
}
