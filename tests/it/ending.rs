//! How a pipeline ends while a call is still about it: whichever thread lets go of it last, none waits for another that waits for it.

use crate::support::{ADMIN, NS, PASSWORD, PATIENCE, cheap, operation, patiently, populate};
use asmxd::contract::Claim;
use asmxd::dispatch::{Progress, Request};
use asmxd::domain::Error;
use asmxd::http::Site;
use asmxd::operations::organization::SERVICE;
use asmxd::store::sqlite::{SqliteStore, Tuning};
use asmxd::store::{Job, Look, Reading, Store};
use asmxd::wire::soap::Version;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// A store that holds up whoever queues a change, after the change was queued.
struct Slow {
    store: SqliteStore,
    go_on: Mutex<Receiver<()>>,
    /// The last to be dropped: its other end knows that the store has ended.
    _ended: Sender<()>,
}

impl Look for Slow {
    fn read(&self, work: Reading<'_>) -> Result<(), Error> {
        self.store.read(work)
    }
}

impl Store for Slow {
    fn write(&self, job: Box<dyn Job>) {
        self.store.write(job);
        // An error means that the test dropped its end, which lets go as well.
        let _ = self.go_on.lock().unwrap().recv_timeout(PATIENCE);
    }

    fn check(&self) -> Result<(), Error> {
        self.store.check()
    }
}

#[test]
fn a_call_that_outlives_its_server_ends_though_its_hasher_is_not_back_yet() {
    let folder = TempDir::new().unwrap();
    let store = SqliteStore::open(&folder.path().join("desk.db"), Tuning::default()).unwrap();
    populate(&store);
    let (release, go_on) = channel();
    let (_ended, end) = channel();
    let store = Arc::new(Slow { store, go_on: Mutex::new(go_on), _ended });
    let watched = Arc::downgrade(&store);
    let site = Site::new(store, &cheap()).unwrap();

    let call = operation(ADMIN, PASSWORD, "AddRole", "<roleName>Partner</roleName><employeeRole>false</employeeRole>");
    let soap = Version::Soap11.namespace();
    let text = format!("<e:Envelope xmlns:e=\"{soap}\" xmlns=\"{NS}\"><e:Body>{call}</e:Body></e:Envelope>");
    let request = Request {
        service: &SERVICE,
        action: None,
        guess: Version::Soap11,
        claim: Claim::Absent,
        from: std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
        text: &text,
    };
    let Progress::Waiting(waiting) = site.pipeline.begin(&request) else { panic!("it changes something") };
    let (told, answered) = channel();
    let (leave, left) = channel::<()>();
    waiting.start(move |answer| {
        told.send(answer.encode()).unwrap();
        // The writer is here; the call, and with it the pipeline, goes when this returns.
        let _ = left.recv_timeout(PATIENCE);
    });
    let answer = String::from_utf8(answered.recv_timeout(PATIENCE).unwrap()).unwrap();
    assert!(answer.contains("<ResultCode>0</ResultCode>"), "{answer}");
    drop(site);
    drop(leave);
    patiently("the call goes", || (watched.strong_count() == 1).then_some(()));
    drop(release);
    assert_eq!(end.recv_timeout(PATIENCE), Err(RecvTimeoutError::Disconnected), "two threads wait for each other");
}
