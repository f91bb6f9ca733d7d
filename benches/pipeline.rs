//! What a call costs within the program, from the bytes of a request to the bytes of its answer, without HTTP.
//!
//! Each row has others beside it in the same run: an operation that does nothing, and the store's own work for the same call. The
//! store is a new file in the folder for temporary files; where that is memory rather than a disk, creating looks cheaper than it is.
//! The login is in the cache of verified ones, and hashing costs the least that Argon2id can.

#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up has to stop")]

use asmxd::contract::Claim;
use asmxd::dispatch::{Answer, Pipeline, Progress, Request};
use asmxd::domain::ids::UserId;
use asmxd::domain::name::Name;
use asmxd::domain::password::{Cost, PasswordHash, Workspace};
use asmxd::domain::role;
use asmxd::domain::time::Instant;
use asmxd::domain::user::User;
use asmxd::login::{Hasher, Verified};
use asmxd::operations::Server;
use asmxd::operations::organization::SERVICE;
use asmxd::store::Store;
use asmxd::store::sqlite::{SqliteStore, Tuning};
use asmxd::wire::encoding;
use asmxd::wire::limits::Limits;
use asmxd::wire::soap::Version;
use secrecy::SecretString;
use std::sync::atomic::{AtomicI32, AtomicU32, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tempfile::TempDir;

const USER: &str = "admin";
const PASSWORD: &str = "Long-Enough-2026";
const CHEAP: Cost = Cost { memory_kib: 8, iterations: 1 };
/// People in the store before anything is measured.
const PEOPLE: i32 = 10_000;
/// Callers at once, where a row is about several.
const CROWD: u32 = 64;

/// The one store and pipeline of a run; taken away at its end, so that the folder is removed.
static BED: Mutex<Option<Arc<Bed>>> = Mutex::new(None);

fn main() {
    divan::main();
    drop(BED.lock().unwrap_or_else(PoisonError::into_inner).take());
}

/// Reading calls: who calls is looked up and found in the cache, then the operation reads.
mod read {
    use super::{Bed, USER, bed, empty_request, is_right, properties_request, somebody};
    use asmxd::domain::name;
    use divan::Bencher;

    /// GetServerName: all that every call pays for.
    #[divan::bench(sample_count = 500, sample_size = 16)]
    fn empty_operation(bencher: Bencher<'_, '_>) {
        measured(bencher, empty_request);
    }

    /// GetUsersProperties: 5 properties of one of many people.
    #[divan::bench(sample_count = 500, sample_size = 16)]
    fn whole_pipeline(bencher: Bencher<'_, '_>) {
        measured(bencher, properties_request);
    }

    fn measured(bencher: Bencher<'_, '_>, request: fn() -> Vec<u8>) {
        let bed = bed();
        assert!(is_right(&bed.answer(&request())), "the call is refused");
        bencher.with_inputs(request).bench_local_refs(|request| drop(bed.answer(request)));
    }

    /// What the store does for the same call: the caller's credential and the person.
    #[divan::bench(sample_count = 500, sample_size = 16)]
    fn raw_store(bencher: Bencher<'_, '_>) {
        let bed = bed();
        bencher.with_inputs(somebody).bench_local_values(|id| {
            let found = bed.store.view(|read| Ok((read.credential_by_name(&name::key(USER))?, read.user(id)?)));
            drop(found.expect("a person"));
        });
    }

    /// What the store does for the empty operation: the caller's credential.
    #[divan::bench(sample_count = 500, sample_size = 16)]
    fn raw_store_for_empty(bencher: Bencher<'_, '_>) {
        let Bed { store, .. } = &*bed();
        bencher.bench_local(|| drop(store.view(|read| read.credential_by_name(&name::key(USER))).expect("a credential")));
    }
}

/// Creating calls: each is answered after its commit. Names are new and come in no order, as real ones do.
mod create {
    use super::{CROWD, bed, create_request, is_right, new_user};
    use asmxd::domain::time::Instant;
    use divan::Bencher;
    use divan::counter::ItemsCount;

    /// CreateUser2, one caller.
    #[divan::bench(sample_count = 400, sample_size = 1)]
    fn alone_whole_pipeline(bencher: Bencher<'_, '_>) {
        let bed = bed();
        bencher.counter(ItemsCount::new(1_u32)).with_inputs(create_request).bench_local_values(|request| {
            assert!(is_right(&bed.answer(&request)), "the call is refused");
        });
    }

    /// The same row by one change of the store.
    #[divan::bench(sample_count = 400, sample_size = 1)]
    fn alone_raw_store(bencher: Bencher<'_, '_>) {
        let bed = bed();
        bencher
            .counter(ItemsCount::new(1_u32))
            .with_inputs(new_user)
            .bench_local_values(|user| bed.store.change(move |tx| tx.insert_user(&user, Instant::now())).expect("a new person"));
    }

    /// CreateUser2, many callers at once, until the last is answered.
    #[divan::bench(sample_count = 60, sample_size = 1)]
    fn crowd_whole_pipeline(bencher: Bencher<'_, '_>) {
        let bed = bed();
        let crowd = || (0..CROWD).map(|_| create_request()).collect::<Vec<_>>();
        bencher.counter(ItemsCount::new(CROWD)).with_inputs(crowd).bench_local_values(|requests| {
            assert!(bed.answer_all(&requests).iter().all(|answer| is_right(answer)), "a call is refused");
        });
    }

    /// As many rows by one change of the store, so in one commit for certain: the floor.
    #[divan::bench(sample_count = 60, sample_size = 1)]
    fn crowd_raw_store_in_one_change(bencher: Bencher<'_, '_>) {
        let bed = bed();
        let crowd = || (0..CROWD).map(|_| new_user()).collect::<Vec<_>>();
        bencher.counter(ItemsCount::new(CROWD)).with_inputs(crowd).bench_local_values(|users| {
            let change =
                bed.store.change(move |tx| users.iter().try_for_each(|user| tx.insert_user(user, Instant::now()).map(drop)));
            change.expect("new people");
        });
    }
}

/// A store with people, a pipeline over it, and the folder of both, which goes last.
struct Bed {
    pipeline: Arc<Pipeline>,
    store: Arc<dyn Store>,
    _folder: TempDir,
}

fn bed() -> Arc<Bed> {
    let mut bed = BED.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(bed.get_or_insert_with(|| Arc::new(Bed::new())))
}

impl Bed {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = SqliteStore::open(&folder.path().join("bench.db"), Tuning::default()).expect("a store");
        let store: Arc<dyn Store> = Arc::new(store);
        let hash = Workspace::new(CHEAP).hash(&SecretString::from(PASSWORD)).expect("a hash");
        let administrator = User { password: Some(hash), ..user(USER) };
        let made = store.change(move |tx| {
            let id = tx.insert_user(&administrator, Instant::now())?;
            tx.give_role(id, role::ADMINISTRATOR)?;
            (0..PEOPLE).try_for_each(|_| tx.insert_user(&new_user(), Instant::now()).map(drop))
        });
        made.expect("people");
        let hasher = Hasher::start(1, 512, Duration::from_secs(60), CHEAP).expect("a hasher thread");
        let verified = Verified::new(10, Duration::from_secs(3600)).expect("a cache");
        let server = Server { name: "bench".to_owned(), ..Server::default() };
        let pipeline = Pipeline::new(Arc::clone(&store), hasher, verified, server, Limits::default());
        let bed = Bed { pipeline, store, _folder: folder };
        assert!(is_right(&bed.answer(&empty_request())), "the login is refused");
        bed
    }

    /// The bytes of one call's answer.
    fn answer(&self, request: &[u8]) -> Vec<u8> {
        let (done, answers) = channel();
        match self.begin(request, &done) {
            Some(answer) => answer.encode(),
            None => answers.recv().expect("an answer").encode(),
        }
    }

    /// The bytes of the answers to several calls that are made one after the other and wait together.
    fn answer_all(&self, requests: &[Vec<u8>]) -> Vec<Vec<u8>> {
        let (done, answers) = channel();
        let at_once: Vec<Answer> = requests.iter().filter_map(|request| self.begin(request, &done)).collect();
        drop(done);
        at_once.into_iter().chain(answers).map(|answer| answer.encode()).collect()
    }

    /// Begins a call; the answer is either there or sent later.
    fn begin(&self, request: &[u8], done: &Sender<Answer>) -> Option<Answer> {
        let text = encoding::decode(request, Some("utf-8")).expect("UTF-8");
        let request = Request {
            service: &SERVICE,
            action: None,
            guess: Version::Soap11,
            claim: Claim::Absent,
            from: std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
            text: &text,
        };
        match self.pipeline.begin(&request) {
            Progress::Done(answer) => Some(answer),
            Progress::Waiting(waiting) => {
                let done = done.clone();
                // Whoever waits ends the run when no answer comes.
                waiting.start(move |answer| drop(done.send(answer)));
                None
            }
        }
    }
}

fn is_right(answer: &[u8]) -> bool {
    String::from_utf8_lossy(answer).contains("<Result>true</Result>")
}

fn empty_request() -> Vec<u8> {
    request("GetServerName", "")
}

fn properties_request() -> Vec<u8> {
    let UserId(id) = somebody();
    let keys = ["Username", "DisplayName", "EmailAddress", "Enabled", "TimeZone"];
    let keys: String = keys.iter().map(|key| format!("<string>{key}</string>")).collect();
    request("GetUsersProperties", &format!("<userId>{id}</userId><requestedValues>{keys}</requestedValues>"))
}

fn create_request() -> Vec<u8> {
    let name = new_name();
    let parameters = format!(
        "<username>{name}</username><password>Long-Enough-2026</password><email>{name}@example.org</email>\
         <isEmailVerified>true</isEmailVerified><displayName>Person {name}</displayName>"
    );
    request("CreateUser2", &parameters)
}

fn request(operation: &str, parameters: &str) -> Vec<u8> {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"{}\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"><soap:Body>\
         <{operation} xmlns=\"{}\"><authUserName>{USER}</authUserName><authPassword>{PASSWORD}</authPassword>{parameters}\
         </{operation}></soap:Body></soap:Envelope>",
        Version::Soap11.namespace(),
        SERVICE.namespace,
    );
    text.into_bytes()
}

/// The ids of the people, one after the other in no order.
fn somebody() -> UserId {
    static NEXT: AtomicI32 = AtomicI32::new(0);
    // 7919 is prime, so every id comes once before one comes again; the queue and the administrator have the ids before.
    UserId(3 + NEXT.fetch_add(1, Ordering::Relaxed) % PEOPLE * 7919 % PEOPLE)
}

/// A name that no other has; an odd factor scatters the numbers without making two the same.
fn new_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("person-{:08x}", NEXT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B1))
}

/// A new person with a hash as long as real ones.
fn new_user() -> User {
    let hash = format!("$argon2id$v=19$m=8,t=1,p=1${}${}", "A".repeat(22), "B".repeat(43));
    User { password: Some(PasswordHash::from_stored(hash)), ..user(&new_name()) }
}

fn user(name: &str) -> User {
    User {
        username: Name::new(name).expect("a name"),
        display_name: format!("Person {name}"),
        email: format!("{name}@example.org"),
        email_verified: true,
        password: None,
        ..User::nobody()
    }
}
