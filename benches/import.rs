//! An import of people whose passwords are hashed already, next to raw loops of SQLite over the same rows in one transaction: rows a second
//! in parts of the file, so that it shows whether the last rows take as long as the first.
//!
//! `cargo bench --bench import -- --rows 1000000 --part 100000`. Nothing is judged here.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "a program for developers")]

use asmxd::config::Config;
use asmxd::domain::name;
use asmxd::domain::password::{Cost, Workspace};
use asmxd::domain::role;
use asmxd::domain::time::Instant as Moment;
use asmxd::domain::user::User;
use asmxd::import::files::Options;
use asmxd::import::map::Map;
use asmxd::import::report::Keeper;
use asmxd::import::run::{Plan, Watcher, know, run};
use asmxd::import::target::{Local, Worker};
use asmxd::operations::Server;
use asmxd::operations::accounts::records_of_imports::{Import, ImportMode, ImportOptions};
use asmxd::store::Store;
use asmxd::store::sqlite::{SqliteStore, Tuning};
use rusqlite::Connection;
use secrecy::SecretString;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use tempfile::TempDir;

/// A strong hash, which an import keeps as it is.
const CHEAP: Cost = Cost { memory_kib: 8, iterations: 1 };

fn argument(name: &str, usual: u64) -> u64 {
    let arguments: Vec<String> = std::env::args().collect();
    let at = arguments.iter().position(|argument| argument == name);
    at.and_then(|at| arguments.get(at + 1)).and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// The name of a person; the numbers are scattered, as names are.
fn person(number: u64) -> String {
    format!("person-{:08x}", (number.wrapping_mul(2_654_435_761)) & 0xffff_ffff)
}

fn main() {
    let (rows, part, chunk) = (argument("--rows", 100_000), argument("--part", 20_000), argument("--chunk", 500));
    let folder = TempDir::new().unwrap();
    let hash = Workspace::new(CHEAP).hash(&SecretString::from("a password")).unwrap().as_str().to_owned();
    let file = folder.path().join("people.csv");
    write_file(&file, rows, &hash);
    println!("{rows} rows, in parts of {part}: rows a second of each part, then of all");
    let alone = raw(&folder.path().join("alone.db"), rows, part, &hash, false);
    let all = raw(&folder.path().join("all.db"), rows, part, &hash, true);
    let imported = import(&folder.path().join("import.db"), &file, rows, part, usize::try_from(chunk).unwrap());
    println!("ratio to the raw loop into users alone: {:.2}", imported / alone);
    println!("ratio to the raw loop into every table that an import writes: {:.2}", imported / all);
    println!("peak memory of this process: {} KiB", peak());
}

fn write_file(path: &Path, rows: u64, hash: &str) {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    writeln!(out, "Username,EmailAddress,DisplayName,ExternalId,PasswordHash,Roles").unwrap();
    for number in 0..rows {
        let name = person(number);
        let role = if number % 50 == 0 { "Agent" } else { "" };
        writeln!(out, "{name},{name}@example.org,Person {number},crm-{number},\"{hash}\",{role}").unwrap();
    }
    out.flush().unwrap();
}

fn opened(path: &Path) -> Arc<dyn Store> {
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(path, Tuning::default()).unwrap());
    store
        .change(|tx| {
            let user = User {
                username: name::Name::new("admin").unwrap(),
                display_name: "Administrator".to_owned(),
                email: String::new(),
                email_verified: false,
                password: Some(Workspace::new(CHEAP).hash(&SecretString::from("secret")).unwrap()),
                ..User::nobody()
            };
            let id = tx.insert_user(&user, Moment::now())?;
            tx.give_role(id, role::ADMINISTRATOR)
        })
        .unwrap();
    store
}

/// Prints the speed of a part when its last row is reached.
struct Parts {
    label: &'static str,
    part: u64,
    begun: Instant,
    last: (u64, Instant),
}

impl Parts {
    fn new(label: &'static str, part: u64) -> Self {
        print!("{label:<44}");
        Parts { label, part, begun: Instant::now(), last: (0, Instant::now()) }
    }

    fn reached(&mut self, rows: u64) {
        if rows - self.last.0 >= self.part {
            print!(" {:.0}", (rows - self.last.0) as f64 / self.last.1.elapsed().as_secs_f64());
            std::io::stdout().flush().unwrap();
            self.last = (rows, Instant::now());
        }
    }

    fn done(self, rows: u64) -> f64 {
        let all = rows as f64 / self.begun.elapsed().as_secs_f64();
        println!(" | {all:.0} ({})", self.label.trim());
        all
    }
}

/// The same rows by statements of SQLite alone, in one transaction: into `users` with its indexes, or into every table that an import writes.
fn raw(path: &Path, rows: u64, part: u64, hash: &str, every_table: bool) -> f64 {
    drop(opened(path));
    let connection = Connection::open(path).unwrap();
    for pragma in ["PRAGMA journal_mode = WAL", "PRAGMA wal_autocheckpoint = 32000"] {
        connection.query_row(pragma, [], |_| Ok(())).unwrap();
    }
    connection
        .execute_batch("PRAGMA synchronous = FULL; PRAGMA cache_size = -8192; PRAGMA foreign_keys = ON; BEGIN IMMEDIATE")
        .unwrap();
    let mut parts = Parts::new(
        if every_table { "raw loop, every table, one transaction" } else { "raw loop, users alone, one transaction" },
        part,
    );
    let mut user = connection
        .prepare(
            "INSERT INTO users (username, username_key, display_name, email, email_key, email_verified, enabled, external_id, authentication, \
             authentication_domain, password_hash, force_password_change, created_at) VALUES (?1, ?1, ?2, ?3, ?3, 0, 1, ?4, 0, '', ?5, 0, 0)",
        )
        .unwrap();
    let prepare = |sql: &str| connection.prepare(sql).unwrap();
    let mut role = prepare("INSERT INTO user_roles (user_id, role_id) VALUES (?1, 4)");
    let mut change = prepare(
        "INSERT INTO changes (at, by_user, subject, subject_id, name, action, fields, import_id) VALUES (0, 2, 0, CAST(?1 AS TEXT), ?2, 0, '', 1)",
    );
    let mut row = prepare(
        "INSERT INTO import_rows (import_id, number, key, outcome, user_id, changed, problems) VALUES (1, ?1, ?2, 0, ?3, '', '')",
    );
    let mut seen = prepare("INSERT INTO import_people (import_id, user_id, number) VALUES (1, ?1, ?2)");
    if every_table {
        connection
            .execute_batch(
                "INSERT INTO imports (idempotency_key, name, fingerprint, mode, key, on_duplicate, clear_empty, missing, most_missing, \
                 force_reset, rehearse, columns, state, counts, by_user, begun_at) VALUES ('', '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', 0, '', 2, 0)",
            )
            .unwrap();
    }
    for number in 0..rows {
        let name = person(number);
        user.execute((&name, format!("Person {number}"), format!("{name}@example.org"), format!("crm-{number}"), hash)).unwrap();
        let id = connection.last_insert_rowid();
        if every_table {
            if number % 50 == 0 {
                role.execute([id]).unwrap();
            }
            change.execute((id, &name)).unwrap();
            row.execute((number as i64, &name, id)).unwrap();
            seen.execute((id, number as i64)).unwrap();
        }
        parts.reached(number + 1);
    }
    connection.execute_batch("COMMIT").unwrap();
    parts.done(rows)
}

impl Watcher for Parts {
    fn taken(&mut self, import: &Import, _: u64) {
        self.reached(u64::try_from(import.rows).unwrap());
    }
    fn stops(&self) -> bool {
        false
    }
}

/// `asmxd import` of the file into a database, from reading to the last commit.
fn import(path: &Path, file: &Path, rows: u64, part: u64, chunk: usize) -> f64 {
    let store = opened(path);
    let config = Config::default();
    let worker = Worker::new(Server { name: "bench".to_owned(), rules: config.rules }, CHEAP, &*store).unwrap();
    let plan = Plan {
        file,
        options: Options::default(),
        map: Map::default(),
        mode: ImportMode::Create,
        finer: ImportOptions::default(),
        trim: false,
        rehearse: false,
        chunk,
        resume: false,
    };
    let mut parts = Parts::new("asmxd import, a commit each chunk", part);
    let known = know(&plan).unwrap();
    let mut keeper = Keeper::new(None, None).unwrap();
    let done = run(&plan, &known, &mut Local::new(store, worker), &mut keeper, &mut parts).unwrap();
    assert_eq!(u64::try_from(done.created).unwrap(), rows, "{:?}", keeper.failures());
    parts.done(rows)
}

/// The most memory that this process had, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse().ok()).unwrap_or_default()
}
