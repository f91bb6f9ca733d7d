//! The limits of the edge: sizes, times and numbers, with their defaults.

use std::time::Duration;

/// The limits of the edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpLimits {
    /// Bytes of a request's body, as sent and once inflated.
    pub body: usize,
    /// The same for services whose requests may be large.
    pub large_body: usize,
    /// Bytes of all large bodies that are held at once.
    pub bodies: usize,
    /// Bytes of a body that is refused which are still read, so that the client gets its answer.
    pub discarded: usize,
    /// How long a connection may say nothing before its next request.
    pub idle: Duration,
    /// How long a request's line and headers may take from their first byte on.
    pub head: Duration,
    /// Bytes of a request's line and headers.
    pub head_bytes: usize,
    /// Headers of a request.
    pub headers: usize,
    /// Bytes of a request's path and query.
    pub target: usize,
    /// How long its body may take.
    pub body_deadline: Duration,
    /// Bytes a second that a body must bring on average; 0 for no such bound.
    pub body_rate: usize,
    /// For how long a body may come more slowly.
    pub body_grace: Duration,
    /// How long the writing of an answer may stand still because the client does not read.
    pub write: Duration,
    /// Connections at once.
    pub connections: usize,
    /// Connections at once from one address.
    pub connections_per_client: usize,
    /// How long a connection must have waited for its next request before it may be closed to make room for another one.
    pub rest: Duration,
    /// How long running calls may take when the server stops.
    pub drain: Duration,
}

impl Default for HttpLimits {
    fn default() -> Self {
        HttpLimits {
            body: 4 * 1024 * 1024,
            large_body: 32 * 1024 * 1024,
            bodies: 256 * 1024 * 1024,
            discarded: 64 * 1024 * 1024,
            idle: Duration::from_secs(120),
            head: Duration::from_secs(15),
            head_bytes: 32 * 1024,
            headers: 100,
            target: 8 * 1024,
            body_deadline: Duration::from_secs(60),
            body_rate: 240,
            body_grace: Duration::from_secs(5),
            write: Duration::from_secs(60),
            connections: 4096,
            connections_per_client: 1024,
            rest: Duration::from_secs(1),
            drain: Duration::from_secs(30),
        }
    }
}
