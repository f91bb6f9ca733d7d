//! Fills a new database with as many people as wanted, past the store, for measurements from outside.
//!
//! The people are those of `tests/it/support/crowd.rs`, whose user names are made from their ids; the first is an administrator. It knows
//! no server: `asmxd serve` is to be started on the database afterwards.

#[path = "../tests/it/support/crowd.rs"]
mod crowd;

use asmxd::domain::password::{Cost, Workspace};
use asmxd::store::sqlite::{SqliteStore, Tuning};
use clap::Parser;
use crowd::Crowd;
use secrecy::SecretString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const PASSWORD: &str = "ASMXD_ADMIN_PASSWORD";

/// Makes a database with people; their password is in ASMXD_ADMIN_PASSWORD.
#[derive(Parser)]
struct Options {
    /// The database; it must not exist
    #[arg(long)]
    database: PathBuf,
    /// How many people there shall be
    #[arg(long, value_parser = clap::value_parser!(u32).range(1_000..=10_000_000))]
    people: u32,
}

fn main() -> ExitCode {
    let options = Options::parse();
    match fill(&options.database, options.people) {
        Ok(administrator) => {
            println!("{administrator}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("fill: {}: {problem}", options.database.display());
            ExitCode::FAILURE
        }
    }
}

/// The user name of an administrator.
fn fill(database: &Path, people: u32) -> Result<String, String> {
    if database.exists() {
        return Err("is there already; name a new file".to_owned());
    }
    let password = std::env::var(PASSWORD).map_err(|_| format!("{PASSWORD} is not set"))?;
    let hash = Workspace::new(Cost { memory_kib: 8, iterations: 1 }).hash(&SecretString::from(password));
    let hash = hash.map_err(|error| error.to_string())?;
    drop(SqliteStore::open(database, Tuning::default()).map_err(|error| error.to_string())?);
    let connection = rusqlite::Connection::open(database).map_err(|error| error.to_string())?;
    let crowd = Crowd { people, agents: people / 100, groups: people / 1000, departments: 10 };
    crowd.fill(&connection, hash.as_str()).map_err(|error| error.to_string())?;
    Ok(crowd::name(crowd.agent(0)))
}
