//! The whole way of a call, on a temporary store: bytes of a request, what is asked, the encoding step, the pipeline, the answer.
//!
//! The answer is a fault or a result, well formed, and never tells of a defect; and what was run was a well-formed document to
//! another reader too. Each request finds the same people: after one that changed something they are made anew, so that what is found
//! is found again.

use super::head;
use crate::support::{cheap, populate};
use asmxd::contract::{Claim, Effect};
use asmxd::dispatch::{Answer, Content, Progress, Request};
use asmxd::http::{Asked, Site, asked};
use asmxd::operations::service;
use asmxd::store::sqlite::{SqliteStore, Tuning};
use asmxd::wire::encoding;
use roxmltree::{Document, Node};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, mpsc};
use std::time::Duration;
use tempfile::TempDir;

/// Far more than any answer takes: one that has not come by then is lost.
const PATIENCE: Duration = Duration::from_secs(60);

/// A site over a store that nothing has changed yet.
struct Desk {
    site: Site,
    _folder: TempDir,
}

/// Runs the call that the bytes are, if they are one.
pub fn run(bytes: &[u8]) {
    let Some(head) = head::parse(bytes) else { return };
    let asked = asked(&head.method, head.target.path(), head.target.query(), &head.headers);
    let Asked::Call { service: name, action, guess, charset } = asked else { return };
    let Ok(text) = encoding::decode(head.body, charset.as_deref()) else { return };
    let service = service(name).expect("what is asked for is there");
    let request = Request { service, action: action.as_deref(), guess, claim: Claim::Absent, text: &text };
    // A panic elsewhere leaves a desk behind that is as good as before.
    static DESK: Mutex<Option<Desk>> = Mutex::new(None);
    let mut place = DESK.lock().unwrap_or_else(PoisonError::into_inner);
    let desk = place.take().unwrap_or_else(Desk::open);
    let answer = desk.answer(&request);
    check(&answer, &text);
    if !changed(&answer) {
        *place = Some(desk);
    }
}

impl Desk {
    fn open() -> Desk {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("desk.db");
        std::fs::write(&path, people()).unwrap();
        let site = Site::new(open(&path), &asmxd::config::Config { hashers: 1, ..cheap() }).unwrap();
        Desk { site, _folder: folder }
    }

    fn answer(&self, request: &Request<'_>) -> Answer {
        match self.site.pipeline.begin(request) {
            Progress::Done(answer) => answer,
            Progress::Waiting(waiting) => {
                let (done, answer) = mpsc::channel();
                waiting.start(move |answer| drop(done.send(answer)));
                answer.recv_timeout(PATIENCE).expect("the call got lost: something panicked, or waits for ever")
            }
        }
    }
}

fn open(path: &Path) -> Arc<SqliteStore> {
    Arc::new(SqliteStore::open(path, Tuning::default()).unwrap())
}

/// The bytes of a database with the usual people.
fn people() -> &'static [u8] {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("people.db");
        let store = open(&path);
        populate(&*store);
        drop(store);
        std::fs::read(&path).unwrap()
    })
}

/// Whether the next request would find something else than this one.
fn changed(answer: &Answer) -> bool {
    matches!(&answer.content, Content::Result { entry, .. } if entry.declaration.effect == Effect::Writes)
}

fn check(answer: &Answer, text: &str) {
    let message = String::from_utf8(answer.encode()).expect("an answer is UTF-8");
    let document = Document::parse(&message).unwrap_or_else(|error| panic!("the answer is no XML: {error}: {message}"));
    let envelope = document.root_element();
    let soap = answer.version.namespace();
    assert!(envelope.has_tag_name((soap, "Envelope")), "{message}");
    let parts: Vec<_> = envelope.children().filter(Node::is_element).collect();
    let body = match parts.as_slice() {
        [body] => body,
        [header, body] if header.has_tag_name((soap, "Header")) => body,
        _ => panic!("an envelope holds a header and a body: {message}"),
    };
    assert!(body.has_tag_name((soap, "Body")), "{message}");
    let content = only_child(*body).unwrap_or_else(|| panic!("not one thing is answered: {message}"));
    match &answer.content {
        Content::Fault(_) => assert!(content.has_tag_name((soap, "Fault")), "{message}"),
        Content::Result { service, entry, .. } => {
            assert!(content.has_tag_name((service.namespace, entry.declaration.response_name)), "{message}");
            let result = only_child(content).unwrap_or_else(|| panic!("no result: {message}"));
            assert!(result.has_tag_name((service.namespace, entry.declaration.result_name)), "{message}");
            let code = result.children().find(|node| node.tag_name().name() == "ResultCode").and_then(|node| node.text());
            let code: i32 = code.and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("no code: {message}"));
            assert!(![9, 99].contains(&code), "it failed by a defect: {message}");
            if let Err(error) = Document::parse(text) {
                panic!("what was run is no XML: {error}");
            }
        }
    }
}

fn only_child<'a, 'input>(node: Node<'a, 'input>) -> Option<Node<'a, 'input>> {
    let mut children = node.children().filter(Node::is_element);
    children.next().filter(|_| children.next().is_none())
}
