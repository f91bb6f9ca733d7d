//! Many clients at once, each with a connection that it opens again when it was closed, and what their calls were told.

use crate::support::{Reply, Wire};
use std::net::SocketAddr;
use std::sync::Barrier;

/// What calls were told.
#[derive(Debug, Default)]
pub struct Answers {
    /// Code 0.
    pub done: usize,
    /// Code 1.
    pub denied: usize,
    /// Code 9.
    pub busy: usize,
    /// Status 503, rightly made.
    pub shed: usize,
    /// Whatever else, which should not be.
    pub others: Vec<String>,
}

impl Answers {
    fn take(&mut self, reply: &Reply) {
        match reply.status {
            200 => match reply.code() {
                0 => self.done += 1,
                1 => self.denied += 1,
                9 => self.busy += 1,
                code => self.others.push(format!("code {code}: {}", reply.text("Message"))),
            },
            503 if reply.header("retry-after") == Some("1") && reply.header("connection") == Some("close") => self.shed += 1,
            status => self.others.push(format!("status {status}: {}", reply.body)),
        }
    }
}

/// Lets so many clients make so many calls each, as fast as they are answered.
pub fn flood(server: SocketAddr, clients: usize, calls: usize, call: impl Fn(usize, usize) -> Vec<u8> + Sync) -> Answers {
    let start = Barrier::new(clients);
    let mut all = Answers::default();
    std::thread::scope(|scope| {
        let client = |client: usize| {
            let (start, call) = (&start, &call);
            scope.spawn(move || {
                let (mut answers, mut wire) = (Answers::default(), None);
                start.wait();
                for number in 0..calls {
                    let open = wire.get_or_insert_with(|| Wire::connect(server));
                    // A connection that made room between two calls is no answer.
                    let reply = open.send_what_is_taken(&call(client, number)).ok().and_then(|()| open.reply_if_any());
                    if let Some(reply) = &reply {
                        answers.take(reply);
                    }
                    if reply.is_none_or(|reply| reply.header("connection") == Some("close")) {
                        wire = None;
                    }
                }
                answers
            })
        };
        let clients: Vec<_> = (0..clients).map(client).collect();
        for client in clients {
            let one = client.join().unwrap();
            all.done += one.done;
            all.denied += one.denied;
            all.busy += one.busy;
            all.shed += one.shed;
            all.others.extend(one.others);
        }
    });
    all
}
