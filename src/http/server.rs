//! The listener: accepts, serves HTTP/1.x within limits, and stops in order.

use super::patience::Patient;
use super::respond::Site;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown};
use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// The limits of the edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpLimits {
    /// Bytes of a request's body, as sent and once inflated.
    pub body: usize,
    /// The same for services whose requests may be large.
    pub large_body: usize,
    /// How long a connection may take to bring the next request's line and headers, idle time between requests included.
    pub idle: Duration,
    /// How long its body may take.
    pub body_deadline: Duration,
    /// How long the writing of an answer may stand still because the client does not read.
    pub write: Duration,
    /// Connections at once; more wait to be accepted.
    pub connections: usize,
    /// How long running calls may take when the server stops.
    pub drain: Duration,
}

impl Default for HttpLimits {
    fn default() -> Self {
        HttpLimits {
            body: 4 * 1024 * 1024,
            large_body: 32 * 1024 * 1024,
            idle: Duration::from_secs(120),
            body_deadline: Duration::from_secs(60),
            write: Duration::from_secs(60),
            connections: 4096,
            drain: Duration::from_secs(30),
        }
    }
}

/// Headers of one request.
const MAX_HEADERS: usize = 100;
/// Bytes of a request's line and headers.
const MAX_HEAD: usize = 40 * 1024;
/// How long to wait after the system refused to accept, for instance for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves until `stop` is ready, then lets what runs finish, within its bound.
pub async fn serve(listener: TcpListener, site: Arc<Site>, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(site.limits.connections));
    let mut stop = std::pin::pin!(stop);
    loop {
        let place = tokio::select! {
            place = Arc::clone(&room).acquire_owned() => place,
            () = &mut stop => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let connection = connection(stream, peer, Arc::clone(&site));
                let watched = graceful.watch(connection);
                tokio::spawn(async move {
                    // A connection that breaks is the client's affair; what it asked for was run or refused.
                    let _ = watched.await;
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(site.limits.drain, graceful.shutdown()).await.is_err() {
        tracing::warn!("some connections did not end in time and were cut");
    }
}

fn connection(stream: TcpStream, peer: SocketAddr, site: Arc<Site>) -> impl GracefulConnection<Error = hyper::Error> + Send {
    // Small answers must not wait for more; where the system cannot do it, they are only slower.
    let _ = stream.set_nodelay(true);
    let local = stream.local_addr().unwrap_or(peer);
    let (idle, write) = (site.limits.idle, site.limits.write);
    let service = service_fn(move |request| {
        let site = Arc::clone(&site);
        async move { Ok::<_, Infallible>(site.respond(peer, local, request).await) }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(idle)
        .half_close(true)
        .title_case_headers(true)
        .max_headers(MAX_HEADERS)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(Patient::new(stream, write)), service)
}
