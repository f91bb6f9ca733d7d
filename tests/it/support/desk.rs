//! A help desk on a temporary file with the people of the reference's cases, and a server over it on a real socket.

use super::client::{self, Reply, exchange, soap_request};
use super::people::{ADMIN, PASSWORD, cheap, populate};
use super::{NS, PATH, repository};
use asmxd::config::Config;
use asmxd::domain::Error;
use asmxd::domain::caller::Caller;
use asmxd::domain::ids::UserId;
use asmxd::domain::role;
use asmxd::domain::time::Instant;
use asmxd::http::{Site, serve};
use asmxd::operations::{Context, Server, Service, service};
use asmxd::seed::{self, Seed};
use asmxd::store::Store;
use asmxd::store::sqlite::{SqliteStore, Tuning};
use asmxd::wire::soap::Version;
use rusqlite::types::ValueRef;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tempfile::TempDir;
use tokio::sync::oneshot;

/// A running server: user 2 the administrator, 3 an agent, 4 a verified person with the custom employee role 100, 5 an end user.
pub struct Desk {
    address: SocketAddr,
    store: Arc<dyn Store>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    folder: TempDir,
}

impl Desk {
    /// A server with the usual configuration.
    pub fn open() -> Desk {
        Desk::with(cheap())
    }

    /// A server with the usual configuration, and with a file of `fixtures/seed/` applied.
    pub fn seeded(seed: &str) -> Desk {
        Desk::on(cheap(), Some(seed))
    }

    /// A server with this configuration, but for address and database.
    pub fn with(config: Config) -> Desk {
        Desk::on(config, None)
    }

    fn on(config: Config, seed: Option<&str>) -> Desk {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("desk.db");
        std::fs::write(&path, &*furnished(seed)).unwrap();
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&path, config.tuning).unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let (ready, address) = mpsc::channel();
        let of_server = Arc::clone(&store);
        let thread = std::thread::spawn(move || {
            let site = Arc::new(Site::new(of_server, &config).unwrap());
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                ready.send(listener.local_addr().unwrap()).unwrap();
                serve(listener, site, async { drop(stopped.await) }).await;
            });
        });
        Desk { address: address.recv().unwrap(), store, stop: Some(stop), thread: Some(thread), folder }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its store.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// Tells the server to stop, and does not wait for it.
    pub fn stop(&mut self) {
        drop(self.stop.take());
    }

    /// Sends raw bytes on a connection of their own and reads the answer.
    pub fn send(&self, bytes: &[u8]) -> Reply {
        exchange(self.address, bytes)
    }

    /// Calls an operation as the administrator; `parameters` is the XML after the credentials.
    pub fn call(&self, operation: &str, parameters: &str) -> Reply {
        self.call_as(ADMIN, PASSWORD, operation, parameters)
    }

    /// Calls an operation over SOAP 1.1.
    pub fn call_as(&self, user: &str, password: &str, operation: &str, parameters: &str) -> Reply {
        let body = client::operation(user, password, operation, parameters);
        self.send(&soap_request(Version::Soap11, PATH, Some(&format!("{NS}/{operation}")), &body))
    }

    /// Calls an operation of svcStructure as the administrator.
    pub fn structure(&self, operation: &str, parameters: &str) -> Reply {
        self.structure_as(ADMIN, operation, parameters)
    }

    /// Calls an operation of svcStructure; the password is everybody's.
    pub fn structure_as(&self, user: &str, operation: &str, parameters: &str) -> Reply {
        self.structure_with((user, PASSWORD), operation, parameters)
    }

    /// Calls an operation of svcStructure with this user name and password.
    pub fn structure_with(&self, login: (&str, &str), operation: &str, parameters: &str) -> Reply {
        self.own_service("svcStructure", login, operation, parameters)
    }

    /// Calls an operation of svcAccounts as the administrator.
    pub fn accounts(&self, operation: &str, parameters: &str) -> Reply {
        self.accounts_as(ADMIN, PASSWORD, operation, parameters)
    }

    /// Calls an operation of svcAccounts.
    pub fn accounts_as(&self, user: &str, password: &str, operation: &str, parameters: &str) -> Reply {
        self.own_service("svcAccounts", (user, password), operation, parameters)
    }

    fn own_service(&self, of: &str, (user, password): (&str, &str), operation: &str, parameters: &str) -> Reply {
        let Service { name, namespace, .. } = service(of).unwrap();
        let body = format!(
            "<{operation} xmlns=\"{namespace}\"><authUserName>{user}</authUserName>\
             <authPassword>{password}</authPassword>{parameters}</{operation}>"
        );
        self.send(&soap_request(Version::Soap11, &format!("/Services2/{name}.asmx"), None, &body))
    }

    /// Reads properties of a person as the administrator.
    pub fn properties(&self, user: i32, keys: &[&str]) -> Vec<String> {
        let keys: String = keys.iter().map(|key| format!("<string>{key}</string>")).collect();
        let parameters = format!("<userId>{user}</userId><requestedValues>{keys}</requestedValues>");
        self.call("GetUsersProperties", &parameters).strings()
    }

    /// Sets one property of a person as the administrator, and answers code and message.
    pub fn set(&self, user: i32, items: &[&str]) -> (i32, String) {
        let items: String =
            items.iter().map(|item| format!("<string>{}</string>", item.replace('&', "&amp;").replace('<', "&lt;"))).collect();
        let parameters = format!("<userId>{user}</userId><userPropertyValues>{items}</userPropertyValues>");
        let reply = self.call("SetUsersProperties", &parameters);
        (reply.code(), reply.text("Message"))
    }

    /// How many entries the feed of changes has.
    pub fn feed_length(&self) -> i64 {
        self.store().view(|read| read.last_change()).unwrap()
    }

    /// From now on no hash of a password can be replaced, as if the disk failed at that very moment.
    pub fn refuse_upgrades(&self) {
        let connection = rusqlite::Connection::open(self.folder.path().join("desk.db")).unwrap();
        let refuse = "CREATE TRIGGER refused BEFORE UPDATE OF password_hash ON users WHEN new.password_hash IS NOT old.password_hash \
                      BEGIN SELECT RAISE(ABORT, 'refused by a test'); END";
        connection.execute_batch(refuse).unwrap();
    }

    /// Everything that is stored, as text, except when people last logged in, and the search index, which follows in its own time.
    pub fn dump(&self) -> String {
        let connection = rusqlite::Connection::open(self.folder.path().join("desk.db")).unwrap();
        let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%search%' ORDER BY name";
        let mut text = String::new();
        let mut statement = connection.prepare(tables).unwrap();
        let names: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        for name in names {
            writeln!(text, "== {name}").unwrap();
            let mut statement = connection.prepare(&format!("SELECT * FROM {name} ORDER BY 1, 2")).unwrap();
            let columns: Vec<String> = statement.column_names().iter().map(|&column| column.to_owned()).collect();
            let mut rows = statement.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                for (index, column) in columns.iter().enumerate().filter(|(_, column)| *column != "last_login") {
                    let value = match row.get_ref(index).unwrap() {
                        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                        other => format!("{other:?}"),
                    };
                    write!(text, "{column}={value:?} ").unwrap();
                }
                text.push('\n');
            }
        }
        text
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.stop();
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the server's thread panicked");
        }
    }
}

/// The bytes of a database with the usual people and a seed: made once, because there are many desks and each commit is synced.
fn furnished(seed: Option<&str>) -> Arc<Vec<u8>> {
    static MADE: Mutex<BTreeMap<Option<String>, Arc<Vec<u8>>>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let bytes = made.entry(seed.map(str::to_owned)).or_insert_with(|| {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("furnished.db");
        let store = SqliteStore::open(&path, Tuning::default()).unwrap();
        populate(&store);
        if let Some(seed) = seed {
            plant(&store, seed);
        }
        drop(store);
        Arc::new(std::fs::read(&path).unwrap())
    });
    Arc::clone(bytes)
}

/// Applies a file of `fixtures/seed/`.
fn plant(store: &dyn Store, file: &str) {
    let text = std::fs::read_to_string(repository("fixtures/seed").join(file)).unwrap();
    let seed = Seed::parse(&text).unwrap();
    let applied = store.change(move |tx| {
        let caller = Caller { id: UserId(2), roles: vec![(role::ADMINISTRATOR, true)] };
        let server = Server { name: "lab".to_owned(), rules: cheap().rules };
        let context = Context { caller: &caller, server: &server, now: Instant(1_790_000_000_000) };
        seed::apply(&seed, &context, tx).map_err(|error| Error::internal(error.to_string()))
    });
    applied.unwrap_or_else(|error| panic!("{file}: {error} {:?}", error.inner()));
}
