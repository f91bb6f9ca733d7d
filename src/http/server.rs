//! The listener: accepts, serves HTTP/1.x within limits, and stops in order.

use super::connections::{Connections, Line, Place};
use super::patience::Patient;
use super::respond::Site;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown};
use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long to wait after the system refused to accept, for instance for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// Connections that are turned away at the same time with an answer; more are closed without one.
const DOOR: usize = 1024;
/// For how long such a connection may last.
const DOOR_TIME: Duration = Duration::from_secs(2);
/// Connections that are closed when the system has no room for another one.
const MAKE_ROOM: usize = 16;

/// A connection that there is room for.
type Accepted = (TcpStream, SocketAddr, Place);

/// Serves until `stop` is ready, then lets what runs finish, within its bound.
pub async fn serve(listener: TcpListener, site: Arc<Site>, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let (connections, door) = (Connections::new(), Arc::new(Semaphore::new(DOOR)));
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &connections, &door, &site) => accepted,
            () = &mut stop => break,
        };
        let Some((stream, peer, place)) = accepted else { continue };
        let connection = connection(stream, peer, Arc::clone(&place.line), Arc::clone(&site));
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            tokio::select! {
                outcome = watched => outcome.unwrap_or_else(|error| ended(peer, &error)),
                () = place.line.closed() => {}
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(site.limits.drain, graceful.shutdown()).await.is_err() {
        tracing::warn!("some connections did not end in time and were cut");
    }
}

/// The next connection that there is room for. Others are answered so and closed, as many at once as there is room for at the door.
async fn accept(listener: &TcpListener, all: &Arc<Connections>, door: &Arc<Semaphore>, site: &Arc<Site>) -> Option<Accepted> {
    match listener.accept().await {
        Ok((stream, peer)) if has_room(all, site, peer.ip()) => Some((stream, peer, all.enter(peer.ip()))),
        Ok((stream, _)) => {
            if let Ok(permit) = Arc::clone(door).try_acquire_owned() {
                tokio::spawn(turn_away(stream, Arc::clone(site), permit));
            }
            None
        }
        Err(error) => {
            let closed = (0..MAKE_ROOM).filter_map(|_| all.make_room(None, site.limits.rest)).count();
            tracing::warn!(%error, closed, "a connection could not be accepted; those that had waited longest made room");
            tokio::time::sleep(ACCEPT_PAUSE).await;
            None
        }
    }
}

/// Whether there is room for one more from this address, if need be in the place of one that has rested. Proxies stand for many.
fn has_room(all: &Connections, site: &Site, peer: IpAddr) -> bool {
    let limits = &site.limits;
    let (limit, of) = if all.count() >= limits.connections {
        ("limits.connections", None)
    } else if !site.addresses.trusts(peer) && all.count_of(peer) >= limits.connections_per_client {
        ("limits.connections_per_client", Some(peer))
    } else {
        return true;
    };
    let made = all.make_room(of, limits.rest);
    match made {
        Some(closed) => tracing::warn!(limit, %closed, "the connection that had waited longest was closed to make room"),
        None => tracing::warn!(limit, %peer, "all connections are busy; a new one was turned away"),
    }
    made.is_some()
}

/// Answers the first request of a connection for which there is no room, and closes it. What was not read would reset the connection
/// and take the answer along, so this is a connection like others, only a short one.
async fn turn_away(stream: TcpStream, site: Arc<Site>, _permit: OwnedSemaphorePermit) {
    let service = service_fn(move |request| {
        let site = Arc::clone(&site);
        async move { Ok::<_, Infallible>(site.turn_away(request).await) }
    });
    let connection =
        http1::Builder::new().half_close(true).title_case_headers(true).serve_connection(TokioIo::new(stream), service);
    // Who does not even ask in time gets no answer.
    let _ = tokio::time::timeout(DOOR_TIME, connection).await;
}

/// Tells the log why a connection ended, where that was a limit. One that breaks is the client's affair.
fn ended(peer: SocketAddr, error: &hyper::Error) {
    if error.is_parse_too_large() {
        tracing::info!(limit = "limits.head_bytes, limits.headers", %peer, "the head of a request was too large");
    } else if error.is_timeout() {
        tracing::debug!(limit = "limits.idle_seconds", %peer, "a connection said nothing and was closed");
    } else {
        tracing::debug!(%peer, %error, "a connection ended");
    }
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    line: Arc<Line>,
    site: Arc<Site>,
) -> impl GracefulConnection<Error = hyper::Error> + Send {
    // Small answers must not wait for more; where the system cannot do it, they are only slower.
    let _ = stream.set_nodelay(true);
    let local = stream.local_addr().unwrap_or(peer);
    let limits = site.limits;
    let patient = Patient::new(stream, Arc::clone(&line), limits.write, limits.head);
    let service = service_fn(move |request| {
        let (site, line) = (Arc::clone(&site), Arc::clone(&line));
        async move {
            if !line.begin() {
                // The connection is about to be dropped, and nothing may be begun on it.
                std::future::pending::<()>().await;
            }
            let reply = site.respond(peer, local, request).await;
            line.answered();
            Ok::<_, Infallible>(reply)
        }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.idle)
        .half_close(true)
        .title_case_headers(true)
        .max_headers(limits.headers)
        .max_buf_size(limits.head_bytes)
        .serve_connection(TokioIo::new(patient), service)
}
