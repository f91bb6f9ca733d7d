//! `asmxd seed`: applies a seed file to the database, or prints the present state as one.

use super::serve::{self, Options};
use crate::config::Config;
use crate::domain::caller::Caller;
use crate::domain::ids::UserId;
use crate::domain::role;
use crate::domain::time::Instant;
use crate::http::server_of;
use crate::operations::Context;
use crate::seed::{self, Applied, Seed};
use crate::store::Store;
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc;

/// The arguments.
#[derive(clap::Args)]
pub struct Arguments {
    /// The seed file to apply
    #[arg(value_name = "FILE", required_unless_present = "print")]
    file: Option<String>,
    /// Prints the present state in the same form instead
    #[arg(long, conflicts_with = "file")]
    print: bool,
    #[command(flatten)]
    options: Options,
}

/// Runs the command. It works on the database itself, so no server may hold it.
pub fn run(arguments: Arguments) -> ExitCode {
    serve::with_configuration(arguments.options, |config| {
        // Read before anything is made, so that a mistake in the file leaves no database behind.
        let seed = arguments.file.as_deref().map(|file| read_file(Path::new(file))).transpose()?;
        let store = serve::open(config)?;
        match arguments.file.zip(seed) {
            Some((file, seed)) => {
                let Applied { created, changed } = apply_file(&*store, config, Path::new(&file), seed)?;
                eprintln!("asmxd: {file}: {created} created, {changed} changed");
            }
            None => {
                let seed = store.view(|read| seed::print(read)).map_err(|error| serve::inner(&error))?;
                print!("{}", toml::to_string_pretty(&seed).map_err(|error| error.to_string())?);
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Reads a seed file.
pub(super) fn read_file(file: &Path) -> Result<Seed, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Seed::parse(&text).map_err(|error| format!("{}: {error}", file.display()))
}

/// Applies a seed file in one transaction, in the name of the first administrator.
pub(super) fn apply_file(store: &dyn Store, config: &Config, file: &Path, seed: Seed) -> Result<Applied, String> {
    let server = server_of(config);
    let (told, reason) = mpsc::channel();
    let outcome = store.change(move |tx| {
        let caller = Caller { id: UserId(2), roles: vec![(role::ADMINISTRATOR, true)] };
        let context = Context { caller: &caller, server: &server, now: Instant::now() };
        seed::apply(&seed, &context, tx).map_err(|error| {
            // The place in the file goes to whoever waits; the store only has to know that it failed.
            let _ = told.send(error.to_string());
            error.error
        })
    });
    outcome.map_err(|error| format!("{}: {}", file.display(), reason.try_recv().unwrap_or_else(|_| serve::inner(&error))))
}
