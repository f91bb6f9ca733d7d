//! `asmxd serve`: opens the store, makes the first administrator, listens, and stops in order.

use crate::config::{ADMIN_PASSWORD, ADMIN_USERNAME, Config, PREFIX, Values};
use crate::domain::name::Name;
use crate::domain::password::{self, Workspace};
use crate::domain::role;
use crate::domain::time::Instant;
use crate::domain::user::User;
use crate::http::{self, Site};
use crate::seed::Applied;
use crate::store::Store;
use crate::store::sqlite::{OpenError, SqliteStore, note_address};
use crate::telemetry;
use secrecy::{ExposeSecret, SecretString};
use std::io::Write;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// The arguments.
#[derive(clap::Args)]
pub struct Arguments {
    /// Address and port to listen on; port 0 picks a free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// The base of the addresses in documents, without /Services2 [default: from each request]
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// A seed file that is applied before the first call [default: none]
    #[arg(long, value_name = "FILE")]
    seed: Option<String>,
    #[command(flatten)]
    options: Options,
}

/// The options of every command, each of which the environment and the file can set too.
#[derive(clap::Args, Clone)]
pub struct Options {
    /// The database file; made when it is not there [default: ./asmxd.db]
    #[arg(long, value_name = "PATH")]
    database: Option<String>,
    /// A TOML file with any of the settings
    #[arg(long, value_name = "FILE")]
    config: Option<String>,
    /// Values of further flags by key, from the command that has them.
    #[arg(skip)]
    further: Vec<(&'static str, Option<String>)>,
}

/// Runs the server.
pub fn run(arguments: Arguments) -> ExitCode {
    let Arguments { listen, public_url, seed, mut options } = arguments;
    options.further = vec![("listen", listen), ("public_url", public_url), ("seed", seed)];
    with_configuration(options, |config| serve(config).map(|()| ExitCode::SUCCESS))
}

/// Runs a command with its configuration, and turns what comes of it into an exit code.
pub(super) fn with_configuration(options: Options, command: impl FnOnce(&Config) -> Result<ExitCode, String>) -> ExitCode {
    let config = match configuration(options) {
        Ok(config) => config,
        Err(problems) => {
            eprintln!("asmxd: the configuration is wrong:");
            problems.iter().for_each(|problem| eprintln!("  {problem}"));
            return ExitCode::from(2);
        }
    };
    telemetry::start(config.log);
    match command(&config) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("asmxd: {problem}");
            ExitCode::from(3)
        }
    }
}

fn configuration(options: Options) -> Result<Config, Vec<String>> {
    let (mut values, mut problems) = (Values::default(), Vec::new());
    for (key, value) in options.further.into_iter().chain([("database", options.database)]) {
        if let Some(value) = value {
            values.add(key, value, format!("--{}", key.replace('_', "-")));
        }
    }
    let mut variables = Vec::new();
    for (name, value) in std::env::vars_os() {
        match (name.into_string(), value.into_string()) {
            (Ok(name), Ok(value)) => variables.push((name, value)),
            (Ok(name), Err(_)) if name.starts_with(PREFIX) => problems.push(format!("{name}: its value is no Unicode text")),
            _ => {}
        }
    }
    values.add_environment(variables.into_iter(), &mut problems);
    if let Some(file) = options.config.or_else(|| std::env::var("ASMXD_CONFIG").ok()) {
        match std::fs::read_to_string(&file) {
            Ok(text) => values.add_file(&text, &file, &mut problems),
            Err(error) => problems.push(format!("{file}: {error}")),
        }
    }
    values.resolve(problems)
}

/// Opens the store and makes the first administrator as needed.
pub(super) fn open(config: &Config) -> Result<Arc<dyn Store>, String> {
    match open_free(config)? {
        Ok(store) => Ok(store),
        Err(held) => Err(format!("{}: {held}", config.database.display())),
    }
}

/// The same; that another process holds the database is no failure, but what the inner result tells.
pub(super) fn open_free(config: &Config) -> Result<Result<Arc<dyn Store>, OpenError>, String> {
    let store: Arc<dyn Store> = match SqliteStore::open(&config.database, config.tuning) {
        Ok(store) => Arc::new(store),
        Err(held @ OpenError::Locked { .. }) => return Ok(Err(held)),
        Err(error) => return Err(format!("{}: {error}", config.database.display())),
    };
    first_administrator(&*store, config)?;
    Ok(Ok(store))
}

fn serve(config: &Config) -> Result<(), String> {
    // Read before anything is made, so that a mistake in the file leaves no database behind.
    let seed = config.seed.as_deref().map(super::seed::read_file).transpose()?;
    let store = open(config)?;
    if let Some((file, seed)) = config.seed.as_deref().zip(seed) {
        let Applied { created, changed } = super::seed::apply_file(&*store, config, file, seed)?;
        tracing::info!(created, changed, file = %file.display(), "the seed was applied");
    }
    let site = Arc::new(Site::new(store, config)?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("asmxd-http")
        .build()
        .map_err(|error| format!("the runtime could not be started: {error}"))?;
    let outcome = runtime.block_on(listen(config, Arc::clone(&site)));
    runtime.shutdown_timeout(config.http.drain);
    let pipeline = Arc::clone(&site.pipeline);
    drop(site);
    wait_for_the_last(&pipeline, config.http.drain);
    // The last of the pipeline: closes the queues, waits for what they hold, and copies the log back.
    drop(pipeline);
    tracing::info!("stopped");
    outcome
}

/// Waits until nobody else has a part in `shared`, within a bound. A thread that has just answered a call holds the pipeline a moment
/// longer; were it the last to let go, the process would end while the log is copied back.
fn wait_for_the_last<T>(shared: &Arc<T>, bound: Duration) {
    let begun = std::time::Instant::now();
    while Arc::strong_count(shared) > 1 && begun.elapsed() < bound {
        std::thread::sleep(Duration::from_millis(1));
    }
}

async fn listen(config: &Config, site: Arc<Site>) -> Result<(), String> {
    let mut terminate = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(|error| error.to_string())?;
    let cannot = |error: std::io::Error| format!("cannot listen on {}: {error}", config.listen);
    let listener = TcpListener::bind(config.listen).await.map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    // Whoever finds the database held calls from this machine, for whom a server on all addresses is on the loopback one.
    let from_here = match address.ip() {
        ip if !ip.is_unspecified() => address,
        ip if ip.is_ipv4() => SocketAddr::from((Ipv4Addr::LOCALHOST, address.port())),
        _ => SocketAddr::from((Ipv6Addr::LOCALHOST, address.port())),
    };
    if let Err(error) = note_address(&config.database, &format!("http://{from_here}")) {
        tracing::warn!(%error, "the address could not be noted in the lock file; imports have to be told it with --server");
    }
    announce(&format!("listening on http://{address}"))?;
    let stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: no more connections, running calls are finished");
    };
    http::serve(listener, site, stop).await;
    Ok(())
}

/// The one line on standard output.
fn announce(line: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).map_err(|error| format!("standard output: {error}"))
}

/// Makes the administrator of an empty database (R5, R7).
fn first_administrator(store: &dyn Store, config: &Config) -> Result<(), String> {
    let needed = store.view(|read| Ok(!read.has_administrator_besides(crate::domain::ids::UserId::QUEUE)?));
    if !needed.map_err(|error| inner(&error))? {
        return Ok(());
    }
    let name = std::env::var(ADMIN_USERNAME).unwrap_or_else(|_| "admin".to_owned());
    let username = Name::new(&name).map_err(|problem| format!("{ADMIN_USERNAME}: {problem}"))?;
    let given = std::env::var(ADMIN_PASSWORD).ok().filter(|password| !password.is_empty()).map(SecretString::from);
    let generated = given.is_none();
    let password = match given {
        Some(password) => password,
        None => password::generate()?,
    };
    if let Err(problem) = config.rules.password.check(&password, Some(&username)) {
        if password.expose_secret().len() > password::MAX_BYTES {
            return Err(format!("{ADMIN_PASSWORD}: {problem}"));
        }
        tracing::warn!("{ADMIN_PASSWORD}: {problem} It is taken all the same; change it soon.");
    }
    let hash = Workspace::new(config.cost).hash(&password)?;
    let user = User {
        display_name: "Administrator".to_owned(),
        email: String::new(),
        email_verified: false,
        password: Some(hash),
        username,
        ..User::nobody()
    };
    let made = store.change(move |tx| {
        let id = tx.insert_user(&user, Instant::now())?;
        tx.give_role(id, role::ADMINISTRATOR)
    });
    made.map_err(|error| inner(&error))?;
    if generated {
        eprintln!("asmxd: the administrator is '{name}' with the password {}", password.expose_secret());
        eprintln!("asmxd: it is shown only now; {ADMIN_PASSWORD} would have set it.");
    }
    Ok(())
}

/// An error with what only the operator should see.
pub(super) fn inner(error: &crate::domain::Error) -> String {
    error.inner().map_or_else(|| error.to_string(), |inner| format!("{error} ({inner})"))
}
