//! The command line: one file per command.

mod serve;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// A SOAP server that takes the place of an unsupported help desk's account service.
#[derive(Parser)]
#[command(name = "asmxd", version, about, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the services until it is told to stop.
    Serve(serve::Options),
}

/// Runs the program: 0 when all went well, 2 for wrong arguments or a wrong configuration, 3 when it could not run.
pub fn run() -> ExitCode {
    match Arguments::parse().command {
        Command::Serve(options) => serve::run(options),
    }
}
