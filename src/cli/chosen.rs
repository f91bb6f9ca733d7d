//! Which server or database an import or export is about: the one that is named, the one that holds the database, or the database itself.

use super::serve;
use crate::config::{ADMIN_PASSWORD, ADMIN_USERNAME, Config};
use crate::http::server_of;
use crate::import::remote::Remote;
use crate::import::target::{Local, Target, Worker};
use crate::store::Store;
use crate::store::sqlite::noted_address;
use secrecy::SecretString;
use std::io::{IsTerminal, stdin};
use std::sync::Arc;

/// What was chosen.
pub enum Chosen {
    /// A database that nobody holds.
    Database(Arc<dyn Store>),
    /// A server at this address.
    Server(String),
}

/// Chooses. A database that is not there is not made: its name may be misspelt.
pub fn choose(server: Option<&str>, config: &Config) -> Result<Chosen, String> {
    if let Some(address) = server {
        return Ok(Chosen::Server(address.to_owned()));
    }
    let database = config.database.display();
    if !config.database.exists() {
        return Err(format!("there is no database {database}; name it with --database, or a server with --server"));
    }
    match serve::open_free(config)? {
        Ok(store) => Ok(Chosen::Database(store)),
        Err(_) => match noted_address(&config.database) {
            Some(address) => Ok(Chosen::Server(address)),
            None => Err(format!("{database} is held by another process that is no server; wait until it has ended")),
        },
    }
}

/// The target that was chosen.
pub fn target(chosen: &Chosen, config: &Config) -> Result<Box<dyn Target>, String> {
    Ok(match chosen {
        Chosen::Database(store) => Box::new(Local::new(Arc::clone(store), worker(&**store, config)?)),
        Chosen::Server(address) => Box::new(remote(address)?),
    })
}

/// Who works on a database.
pub fn worker(store: &dyn Store, config: &Config) -> Result<Worker, String> {
    Worker::new(server_of(config), config.cost, store).map_err(|error| serve::inner(&error))
}

/// A server, called in the name of an administrator that the environment names or a person at the terminal is.
pub fn remote(address: &str) -> Result<Remote, String> {
    let username = std::env::var(ADMIN_USERNAME).ok().filter(|name| !name.is_empty()).unwrap_or_else(|| "admin".to_owned());
    let password = match std::env::var(ADMIN_PASSWORD).ok().filter(|password| !password.is_empty()) {
        Some(password) => password,
        None if stdin().is_terminal() => rpassword::prompt_password(format!("Password of {username} at {address}: "))
            .map_err(|error| format!("the password could not be read: {error}"))?,
        None => return Err(format!("{ADMIN_PASSWORD} must hold the password of {username}, an administrator at {address}")),
    };
    Ok(Remote::new(address, username, SecretString::from(password)))
}
