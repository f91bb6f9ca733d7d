//! One connection to a server on this machine, opened again when the server has ended it, and one call on it at a time.

use crate::answer;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Request, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use std::net::{SocketAddr, ToSocketAddrs};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The longest that an answer, or a connection, is waited for.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Whom to call, and where there.
pub struct Target {
    address: SocketAddr,
    host: String,
    path: String,
    action: String,
}

impl Target {
    /// The server that `url` names; for a SOAP call, without a path, its svcOrganization.
    pub fn new(url: &Uri, action: String, is_soap: bool) -> Result<Self, String> {
        let path = match url.path_and_query().map_or("/", |path| path.as_str()) {
            "/" if is_soap => "/Services2/svcOrganization.asmx".to_owned(),
            path => path.to_owned(),
        };
        let host = url.authority().map(ToString::to_string).unwrap_or_default();
        Ok(Target { address: loopback(url)?, host, path, action })
    }

    fn request(&self, message: Option<String>) -> Result<Request<Full<Bytes>>, String> {
        let request = match message {
            None => Request::get(&self.path).header(HOST, &self.host).body(Full::default()),
            Some(text) => Request::post(&self.path)
                .header(HOST, &self.host)
                .header(CONTENT_TYPE, "text/xml; charset=utf-8")
                .header("SOAPAction", format!("\"{}\"", self.action))
                .body(Full::new(Bytes::from(text))),
        };
        request.map_err(|error| error.to_string())
    }
}

/// A connection, if it is open.
#[derive(Default)]
pub struct Caller {
    sender: Option<SendRequest<Full<Bytes>>>,
    opened: u64,
}

impl Caller {
    /// How often the connection had to be opened again.
    pub fn reopened(&self) -> u64 {
        self.opened.saturating_sub(1)
    }

    /// Makes a call and checks its answer.
    pub async fn call(&mut self, target: &Target, message: Option<String>) -> Result<(), String> {
        let request = target.request(message)?;
        timeout(PATIENCE, self.send(target, request)).await.unwrap_or_else(|_| {
            self.sender = None;
            Err("no answer in time".to_owned())
        })
    }

    async fn send(&mut self, target: &Target, request: Request<Full<Bytes>>) -> Result<(), String> {
        let is_get = request.method() == hyper::Method::GET;
        let mut sender = self.open(target).await?;
        let (head, body) = sender.send_request(request).await.map_err(|error| error.to_string())?.into_parts();
        let body = body.collect().await.map_err(|error| error.to_string())?.to_bytes();
        self.sender = Some(sender);
        match head.status {
            StatusCode::OK if is_get => Ok(()),
            StatusCode::OK => answer::check(&body),
            status => Err(format!("{status}: {}", answer::shortened(&String::from_utf8_lossy(&body)))),
        }
    }

    /// The connection, if the server has not ended it, or a new one.
    async fn open(&mut self, target: &Target) -> Result<SendRequest<Full<Bytes>>, String> {
        if let Some(mut sender) = self.sender.take()
            && sender.ready().await.is_ok()
        {
            return Ok(sender);
        }
        let stream = TcpStream::connect(target.address).await.map_err(|error| format!("{}: {error}", target.address))?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
        // Its errors come out at the sender, too.
        tokio::spawn(async move { drop(connection.await) });
        self.opened += 1;
        Ok(sender)
    }
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

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn only_this_machine_is_called() {
        assert!(Target::new(&"http://192.0.2.1:80/".parse().unwrap(), String::new(), true).is_err());
        assert!(Target::new(&"https://127.0.0.1/".parse().unwrap(), String::new(), true).is_err());
        assert!(Target::new(&"http://127.0.0.1:80/".parse().unwrap(), String::new(), true).is_ok());
    }

    #[test]
    fn a_soap_call_without_a_path_goes_to_the_organization_service() {
        let path = |url: &str, is_soap| Target::new(&url.parse().unwrap(), String::new(), is_soap).unwrap().path;
        assert_eq!(path("http://127.0.0.1:80", true), "/Services2/svcOrganization.asmx");
        assert_eq!(path("http://127.0.0.1:80/other?x", true), "/other?x");
        assert_eq!(path("http://127.0.0.1:80", false), "/");
    }
}
