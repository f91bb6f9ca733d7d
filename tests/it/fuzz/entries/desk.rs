//! A help desk on a temporary store, for the entries that run calls. Each call finds the same people: after one that changed something
//! they are made anew, so that what is found is found again.

use crate::support::{cheap, populate};
use asmxd::config::Config;
use asmxd::contract::Effect;
use asmxd::dispatch::{Answer, Content, Pipeline, Progress};
use asmxd::http::Site;
use asmxd::store::sqlite::{SqliteStore, Tuning};
use roxmltree::Node;
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

/// The answer to a call, which `begin` gives to the pipeline.
pub fn answer(begin: impl FnOnce(&Arc<Pipeline>) -> Progress) -> Answer {
    // After a panic there is none, and the next call makes one.
    static DESK: Mutex<Option<Desk>> = Mutex::new(None);
    let mut place = DESK.lock().unwrap_or_else(PoisonError::into_inner);
    let desk = place.take().unwrap_or_else(Desk::open);
    let answer = match begin(&desk.site.pipeline) {
        Progress::Done(answer) => answer,
        Progress::Waiting(waiting) => {
            let (done, answer) = mpsc::channel();
            waiting.start(move |answer| drop(done.send(answer)));
            answer.recv_timeout(PATIENCE).expect("the call got lost: something panicked, or waits for ever")
        }
    };
    if !has_changed(&answer) {
        *place = Some(desk);
    }
    answer
}

/// A result tells whether it is one, and of no defect.
pub fn check_result(result: Node<'_, '_>) {
    let code = result.children().find(|node| node.tag_name().name() == "ResultCode").and_then(|node| node.text());
    let code: Option<i32> = code.and_then(|code| code.parse().ok());
    assert!(code.is_some_and(|code| ![9, 99].contains(&code)), "the call failed by a defect: {code:?}");
}

impl Desk {
    fn open() -> Desk {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("desk.db");
        std::fs::write(&path, people()).unwrap();
        let site = Site::new(open(&path), &Config { hashers: 1, ..cheap() }).unwrap();
        Desk { site, _folder: folder }
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

/// Whether the next call could find something else than this one: what is refused changes nothing.
fn has_changed(answer: &Answer) -> bool {
    let done = b"<ResultCode>0</ResultCode>";
    let is_done = || answer.encode().windows(done.len()).any(|window| window == done);
    matches!(&answer.content, Content::Result { entry, .. } if entry.declaration.effect == Effect::Writes) && is_done()
}
