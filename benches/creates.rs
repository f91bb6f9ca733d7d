//! Creations by 64 callers at once, next to what SQLite can do at all and to what a pool of connections makes of it, without HTTP.
//!
//! Everything is durable (`synchronous=FULL`) and in asmxd's own database, among a hundred thousand people and among a million. The
//! raw rows write the row of the person and that of the feed, and leave out the search index, which asmxd's rows pay for. The rows
//! take turns, in another order each round; the fastest and the slowest of a row's rounds are told beside its median. Hashing costs
//! the least that Argon2id can. `-- --json` prints JSON.

#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up has to stop")]

#[path = "../tests/it/support/crowd.rs"]
mod crowd;

use asmxd::contract::Claim;
use asmxd::dispatch::{Pipeline, Progress, Request};
use asmxd::domain::Error;
use asmxd::domain::name::Name;
use asmxd::domain::password::{Cost, PasswordHash, Workspace};
use asmxd::domain::time::Instant as Moment;
use asmxd::domain::user::User;
use asmxd::login::{Hasher, Verified};
use asmxd::operations::Server;
use asmxd::operations::organization::SERVICE;
use asmxd::store::sqlite::{SqliteStore, Tuning};
use asmxd::store::{Job, Store, Write};
use asmxd::wire::limits::Limits;
use asmxd::wire::soap::Version;
use crowd::Crowd;
use hdrhistogram::Histogram;
use r2d2_sqlite::SqliteConnectionManager;
use rusqlite::{Connection, TransactionBehavior};
use secrecy::SecretString;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Where the calls come from.
const LOOPBACK: std::net::IpAddr = std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
const PASSWORD: &str = "Long-Enough-2026";
const CHEAP: Cost = Cost { memory_kib: 8, iterations: 1 };
const PEOPLE: [u32; 2] = [100_000, 1_000_000];
const CALLERS: u32 = 64;
const ROUNDS: usize = 3;
/// Creations a round.
const MANY: u32 = 20_000;
/// Creations a round where each has a commit of its own.
const FEW: u32 = 2_000;

/// What is measured: its name, and what makes that many people.
type Row = (&'static str, u32, fn(&Bed, u32) -> Histogram<u64>);

const ROWS: [Row; 4] = [
    ("raw, one transaction", MANY, raw),
    ("pool of 8, a transaction each", FEW, pooled),
    ("store", MANY, stored),
    ("CreateUser2", MANY, called),
];

fn main() {
    let as_json = std::env::args().any(|argument| argument == "--json");
    for people in PEOPLE {
        let bed = Bed::with(people);
        let mut measured: [Vec<(f64, Histogram<u64>)>; ROWS.len()] = std::array::from_fn(|_| Vec::new());
        for round in 0..ROUNDS {
            for place in 0..ROWS.len() {
                let which = (place + round) % ROWS.len();
                if let (Some((_, many, work)), Some(results)) = (ROWS.get(which), measured.get_mut(which)) {
                    let begun = Instant::now();
                    let times = work(&bed, *many);
                    results.push((f64::from(*many) / begun.elapsed().as_secs_f64(), times));
                }
            }
        }
        let raw = measured.first().map_or(f64::NAN, |results| median(results));
        for ((name, ..), results) in ROWS.iter().zip(&measured) {
            tell(as_json, people, name, results, raw);
        }
    }
}

fn median(results: &[(f64, Histogram<u64>)]) -> f64 {
    let mut rates: Vec<f64> = results.iter().map(|(rate, _)| *rate).collect();
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or(f64::NAN)
}

fn tell(as_json: bool, people: u32, name: &str, results: &[(f64, Histogram<u64>)], raw: f64) {
    let rate = median(results);
    let slowest = results.iter().map(|(rate, _)| *rate).fold(f64::INFINITY, f64::min);
    let fastest = results.iter().map(|(rate, _)| *rate).fold(0.0, f64::max);
    let mut times = histogram();
    results.iter().for_each(|(_, other)| times.add(other).expect("histograms of one kind"));
    let [p50, p99, worst] =
        [0.5, 0.99, 1.0].map(|quantile| Duration::from_micros(times.value_at_quantile(quantile)).as_secs_f64() * 1e3);
    let ratio = rate / raw;
    if as_json {
        let row = json!({"people": people, "row": name, "creates_per_s": rate, "slowest": slowest, "fastest": fastest,
            "ratio": ratio, "p50_ms": p50, "p99_ms": p99, "worst_ms": worst});
        println!("{row}");
    } else {
        println!(
            "{people:>8}  {name:<30} {rate:>7.0}/s ({slowest:.0} to {fastest:.0})  {ratio:>5.2} of raw  \
             p50 {p50:.2}  p99 {p99:.2}  worst {worst:.1} ms"
        );
    }
}

/// A database with a crowd, a store and a pipeline over it, and the folder of all, which goes last.
struct Bed {
    path: PathBuf,
    administrator: String,
    store: Arc<dyn Store>,
    pipeline: Arc<Pipeline>,
    _folder: TempDir,
}

impl Bed {
    fn with(people: u32) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("creates.db");
        drop(SqliteStore::open(&path, Tuning::default()).expect("a store"));
        let hash = Workspace::new(CHEAP).hash(&SecretString::from(PASSWORD)).expect("a hash");
        let connection = Connection::open(&path).expect("the database");
        let crowd = Crowd { people, agents: people / 100, groups: people / 1000, departments: 10 };
        crowd.fill(&connection, hash.as_str()).expect("a crowd");
        drop(connection);
        // What was filled must not be written while something is measured.
        std::fs::File::open(&path).and_then(|file| file.sync_all()).expect("the database on the disk");
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&path, Tuning::default()).expect("the store again"));
        let hasher = Hasher::start(1, 512, Duration::from_secs(5), CHEAP).expect("a hasher thread");
        let verified = Verified::new(10, Duration::from_secs(3600)).expect("a cache");
        let pipeline = Pipeline::new(Arc::clone(&store), hasher, verified, Server::default(), Limits::default());
        Bed { path, administrator: crowd::name(crowd.agent(0)), store, pipeline, _folder: folder }
    }
}

/// The rows that a creation is, by one loop in one transaction, with the settings of asmxd's writer.
fn raw(bed: &Bed, many: u32) -> Histogram<u64> {
    let mut connection = open(&bed.path);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).expect("a transaction");
    (0..many).for_each(|_| insert(&transaction));
    transaction.commit().expect("a commit");
    histogram()
}

/// The same rows with a transaction each, over a pool, as servers are often written.
fn pooled(bed: &Bed, many: u32) -> Histogram<u64> {
    let path = bed.path.clone();
    let manager = SqliteConnectionManager::file(path).with_init(settle);
    let pool = r2d2::Pool::builder().max_size(8).build(manager).expect("a pool");
    by_threads(many, move || {
        let mut connection = pool.get().expect("a connection");
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).expect("a transaction");
        insert(&transaction);
        transaction.commit().expect("a commit");
    })
}

/// The same by the store: one writer, whose commits are shared.
fn stored(bed: &Bed, many: u32) -> Histogram<u64> {
    let store = Arc::clone(&bed.store);
    by_threads(many, move || {
        let (done, outcome) = channel();
        store.write(Box::new(Insert { user: new_user(), done }));
        outcome.recv().expect("an outcome").expect("a new person");
    })
}

/// A creation that shares its commit.
struct Insert {
    user: User,
    done: Sender<Result<(), Error>>,
}

impl Job for Insert {
    fn run(&mut self, tx: &mut dyn Write) -> Result<(), Error> {
        tx.insert_user(&self.user, Moment::now()).map(drop)
    }

    fn finish(self: Box<Self>, outcome: Result<(), Error>) {
        self.done.send(outcome).expect("somebody who waits");
    }
}

/// Each of the callers works until all is done.
fn by_threads(many: u32, work: impl Fn() + Send + Sync + 'static) -> Histogram<u64> {
    let work = Arc::new(work);
    let threads: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let work = Arc::clone(&work);
            std::thread::spawn(move || {
                let mut times = histogram();
                for _ in (caller..many).step_by(CALLERS as usize) {
                    let begun = Instant::now();
                    work();
                    record(&mut times, begun);
                }
                times
            })
        })
        .collect();
    let mut all = histogram();
    threads.into_iter().for_each(|thread| all.add(thread.join().expect("a caller")).expect("histograms of one kind"));
    all
}

/// CreateUser2 from the bytes of the request to those of the answer, so many at a time.
fn called(bed: &Bed, many: u32) -> Histogram<u64> {
    let (done, answers) = channel();
    let call = || {
        let begun = Instant::now();
        let text = request(&bed.administrator);
        let request = Request {
            service: &SERVICE,
            action: None,
            guess: Version::Soap11,
            claim: Claim::Absent,
            from: LOOPBACK,
            text: &text,
        };
        let done = done.clone();
        match bed.pipeline.begin(&request) {
            Progress::Done(answer) => drop(done.send((answer, begun))),
            // Whoever waits ends the run when no answer comes.
            Progress::Waiting(waiting) => waiting.start(move |answer| drop(done.send((answer, begun)))),
        }
    };
    let mut times = histogram();
    (0..CALLERS).for_each(|_| call());
    for answered in 0..many {
        let (answer, begun) = answers.recv().expect("an answer");
        let answer = answer.encode();
        record(&mut times, begun);
        assert!(String::from_utf8_lossy(&answer).contains("<Result>true</Result>"), "the call is refused");
        if answered + CALLERS < many {
            call();
        }
    }
    times
}

fn open(path: &Path) -> Connection {
    let mut connection = Connection::open(path).expect("the database");
    settle(&mut connection).expect("settings");
    connection
}

/// What asmxd's writer has set.
fn settle(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::from_secs(30))?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA cache_size = -8192; PRAGMA foreign_keys = ON")?;
    connection.query_row("PRAGMA wal_autocheckpoint = 32000", [], |_| Ok(()))
}

fn insert(connection: &Connection) {
    let name = new_name();
    let email = format!("{name}@example.org");
    let mut person = connection
        .prepare_cached(
            "INSERT INTO users (username, username_key, display_name, email, email_key, email_verified, enabled, authentication, \
             authentication_domain, password_hash, force_password_change, created_at) VALUES (?1, ?1, ?2, ?3, ?3, 1, 1, 0, '', ?4, 0, 0)",
        )
        .expect("a statement");
    person.execute((&name, format!("Person {name}"), email, stored_hash())).expect("a new person");
    let mut change = connection
        .prepare_cached(
            "INSERT INTO changes (at, by_user, subject, subject_id, name, action, fields) \
             VALUES (0, 2, 0, CAST(last_insert_rowid() AS TEXT), ?1, 0, '')",
        )
        .expect("a statement");
    change.execute([&name]).expect("a new change");
}

/// As long as real ones.
fn stored_hash() -> String {
    format!("$argon2id$v=19$m=8,t=1,p=1${}${}", "A".repeat(22), "B".repeat(43))
}

fn new_user() -> User {
    let name = new_name();
    User {
        username: Name::new(&name).expect("a name"),
        display_name: format!("Person {name}"),
        email: format!("{name}@example.org"),
        email_verified: true,
        password: Some(PasswordHash::from_stored(stored_hash())),
        ..User::nobody()
    }
}

fn request(administrator: &str) -> String {
    let new = new_name();
    let text = include_str!("requests/create.xml");
    let text = text.replace("{user}", administrator).replace("{password}", PASSWORD);
    text.replace("load-{new}", &new)
}

/// A name that no other has; an odd factor scatters the numbers without making two the same.
fn new_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("new-{:08x}", NEXT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B1))
}

fn histogram() -> Histogram<u64> {
    Histogram::new_with_bounds(1, 60_000_000, 3).expect("a histogram")
}

fn record(times: &mut Histogram<u64>, begun: Instant) {
    times.saturating_record(begun.elapsed().as_micros().try_into().unwrap_or(u64::MAX));
}
