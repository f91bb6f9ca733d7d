//! A socket that does not wait for ever: neither on a client that reads nothing, nor on one that brings the head of a request drop by
//! drop. What it carries is not known here.

use super::connections::Line;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep, sleep_until};

/// A socket with bounds on how long one write may stand still, and on how long a request's head may take from its first byte on.
pub struct Patient {
    stream: TcpStream,
    line: Arc<Line>,
    write: Duration,
    head: Duration,
    /// Runs while a write stands still.
    waiting: Option<Pin<Box<Sleep>>>,
    arriving: Option<Head>,
}

/// The head of a request that is being read.
struct Head {
    /// The number of requests before it.
    before: u64,
    /// When its first byte came.
    since: Instant,
    /// Ends it; there is one only once more of it is waited for.
    end: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    /// Bounds the writes of `stream`, and the heads that come over it.
    pub fn new(stream: TcpStream, line: Arc<Line>, write: Duration, head: Duration) -> Self {
        Patient { stream, line, write, head, waiting: None, arriving: None }
    }

    /// Notes that something came: the first byte of a head, if the last one was complete.
    fn came(&mut self) {
        let begun = self.line.begun();
        if self.line.waits() && self.arriving.as_ref().is_none_or(|head| head.before != begun) {
            self.arriving = Some(Head { before: begun, since: Instant::now(), end: None });
        }
    }

    /// Whether the head that is being read has taken too long.
    fn is_late(&mut self, context: &mut Context<'_>) -> bool {
        let begun = self.line.begun();
        let Some(head) = self.arriving.as_mut().filter(|head| head.before == begun) else {
            self.arriving = None;
            return false;
        };
        let (since, bound) = (head.since, self.head);
        let end = head.end.get_or_insert_with(|| Box::pin(sleep_until(since + bound)));
        end.as_mut().poll(context).is_ready()
    }

    /// The error that ends the connection; the log is told which limit it was.
    fn late(&self, limit: &'static str, what: &str) -> io::Error {
        let peer = self.stream.peer_addr().ok().map(tracing::field::display);
        tracing::info!(limit, peer, "a connection was closed: {what}");
        io::Error::new(io::ErrorKind::TimedOut, what)
    }

    /// The outcome of a write, unless it has stood still for too long.
    fn bounded<T>(&mut self, context: &mut Context<'_>, outcome: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.waiting = None;
            return outcome;
        }
        let bound = self.write;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(bound)));
        match waiting.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(self.late("limits.write_seconds", "the client does not read"))),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(context, buffer);
        match &outcome {
            Poll::Ready(_) if buffer.filled().len() > before => self.came(),
            Poll::Pending if self.is_late(context) => {
                return Poll::Ready(Err(self.late("limits.head_seconds", "the head of a request takes too long")));
            }
            _ => {}
        }
        outcome
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.bounded(context, outcome)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_flush(context);
        if outcome.is_ready() {
            self.line.written();
        }
        self.bounded(context, outcome)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.bounded(context, outcome)
    }
}
