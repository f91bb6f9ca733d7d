//! The command line: one file per command.

mod chosen;
mod export;
mod import;
mod progress;
mod seed;
mod serve;
mod template;

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
    Serve(serve::Arguments),
    /// Applies a file that declares brands, departments, groups, roles and the like, or prints the present state as one.
    Seed(seed::Arguments),
    /// Imports people from a CSV, Excel, XML or JSON file.
    Import(Box<import::Arguments>),
    /// Writes people into a file that `import` reads.
    Export(export::Arguments),
}

/// Runs the program: 0 when all went well, 1 when rows of an import failed, 2 for wrong arguments, a wrong configuration or a file that
/// cannot be read, 3 when it could not run.
pub fn run() -> ExitCode {
    match Arguments::parse().command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Seed(arguments) => seed::run(arguments),
        Command::Import(arguments) => import::run(*arguments),
        Command::Export(arguments) => export::run(arguments),
    }
}
