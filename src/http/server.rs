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

/// How long to wait after the system refused to accept, for instance for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// How long to wait before looking again whether a connection can make room.
const ROOM_PAUSE: Duration = Duration::from_millis(10);
/// Connections that are closed when the system has no room for another one.
const MAKE_ROOM: usize = 16;

/// Serves until `stop` is ready, then lets what runs finish, within its bound.
pub async fn serve(listener: TcpListener, site: Arc<Site>, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let connections = Connections::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &connections, &site) => accepted,
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

/// The next connection that there is room for.
async fn accept(listener: &TcpListener, connections: &Arc<Connections>, site: &Site) -> Option<(TcpStream, SocketAddr, Place)> {
    match listener.accept().await {
        Ok((stream, peer)) => {
            find_room(connections, site).await;
            room_of_client(connections, site, peer.ip()).then(|| (stream, peer, connections.enter(peer.ip())))
        }
        Err(error) => {
            let closed = (0..MAKE_ROOM).filter_map(|_| connections.make_room(None)).count();
            tracing::warn!(%error, closed, "a connection could not be accepted; those that had waited longest made room");
            tokio::time::sleep(ACCEPT_PAUSE).await;
            None
        }
    }
}

/// Waits until there is room for one more; who has waited longest for a next request makes it.
async fn find_room(connections: &Connections, site: &Site) {
    let limit = "limits.connections";
    let mut told = false;
    while connections.count() >= site.limits.connections {
        match connections.make_room(None) {
            Some(peer) => tracing::warn!(limit, %peer, "the connection that had waited longest was closed to make room"),
            None if !told => tracing::warn!(limit, "all connections are busy; further ones wait"),
            None => {}
        }
        told = true;
        tokio::time::sleep(ROOM_PAUSE).await;
    }
}

/// Whether one more may come from this address, if need be in place of another one of its own. Proxies stand for many.
fn room_of_client(connections: &Connections, site: &Site, peer: IpAddr) -> bool {
    let limit = "limits.connections_per_client";
    if site.addresses.trusts(peer) || connections.count_of(peer) < site.limits.connections_per_client {
        return true;
    }
    let made = connections.make_room(Some(peer)).is_some();
    let what = if made { "its connection that had waited longest was closed" } else { "its new connection was refused" };
    tracing::warn!(limit, %peer, "{what}");
    made
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
