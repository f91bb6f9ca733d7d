//! Load for a running SOAP server: keep-alive connections that make one call after the other, and check every answer.
//!
//! ```text
//! ASMXD_ADMIN_PASSWORD=... cargo run --release --example load -- --connections 64 --seconds 10 --operation read
//! cargo run --release --example load -- --request FILE --action URI --url http://127.0.0.1:8080/any/path --rate 2000 --json
//! ```
//!
//! It prints requests per second, percentiles and the worst of the time until an answer was there, and the number of errors. It ends
//! with code 1 if any answer was wrong, and with 2 if it could not begin. It knows nothing of what is called beyond the request's text
//! and what a right answer of any SOAP server looks like. `create` really makes people, and each costs the server a password hash at
//! the configured cost. Only this machine is ever called: an address that is not a loopback one is refused.

mod answer;
mod caller;
mod drive;
mod message;
mod tally;

use caller::{Caller, Target};
use clap::{Parser, ValueEnum};
use hyper::Uri;
use message::{Numbers, Template};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

const PASSWORD: &str = "ASMXD_ADMIN_PASSWORD";
const SERVICE: &str = "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx";

/// Calls a running server on this machine and tells how fast it answers.
#[derive(Parser)]
struct Options {
    /// Where the server is; a loopback address. Without a path, svcOrganization's is called
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    url: Uri,
    /// An administrator's user name; its password is in ASMXD_ADMIN_PASSWORD
    #[arg(long, default_value = "admin")]
    user: String,
    /// Connections, each with one call at a time
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=4096))]
    connections: u16,
    /// For how long new calls are made
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,
    /// Calls a second in all, due at even intervals whether earlier ones are answered or not; without it each connection calls again as
    /// soon as it has its answer
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    rate: Option<u32>,
    /// What is called
    #[arg(long, value_enum, default_value_t = Operation::Read)]
    operation: Operation,
    /// A file with the request instead, in which {user}, {password}, {n}, {id}, {hex} and {new} are replaced
    #[arg(long, conflicts_with = "operation")]
    request: Option<PathBuf>,
    /// The SOAPAction of the request in the file
    #[arg(long, default_value = "", requires = "request")]
    action: String,
    /// {id} is one of so many ids from 2 on, so that nobody asks about the queue; {hex} belongs to it
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1_000_000_000))]
    people: u32,
    /// Prints one JSON object instead of lines
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Operation {
    /// GetUsersProperties
    Read,
    /// CreateUser2
    Create,
    /// GetServerName
    Empty,
    /// GET of the address, without a body; any answer with status 200 is right
    Get,
}

impl Operation {
    /// Its request's text and its name, if it is a SOAP call.
    fn message(self) -> Option<(&'static str, &'static str)> {
        match self {
            Operation::Read => Some((include_str!("../../benches/requests/read.xml"), "GetUsersProperties")),
            Operation::Create => Some((include_str!("../../benches/requests/create.xml"), "CreateUser2")),
            Operation::Empty => Some((include_str!("../../benches/requests/empty.xml"), "GetServerName")),
            Operation::Get => None,
        }
    }
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(problem) => {
            eprintln!("load: {problem}");
            ExitCode::from(2)
        }
    }
}

/// Whether every answer was right.
fn run(options: &Options) -> Result<bool, String> {
    let (template, action) = request(options)?;
    let target = Target::new(&options.url, action, template.is_some())?;
    let numbers = Numbers::new(options.people)?;
    let plan = Arc::new(drive::Plan {
        target,
        template,
        numbers,
        connections: options.connections,
        duration: Duration::from_secs(options.seconds),
        rate: options.rate,
    });
    // One thread, so that the server has the other cores.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    let tally = runtime.block_on(async {
        // The first call logs in, so that the measured calls find the login remembered.
        plan.call(&mut Caller::default()).await.map_err(|problem| format!("the first call failed: {problem}"))?;
        drive::drive(&plan).await
    })?;
    if options.json {
        println!("{}", tally.json())
    } else {
        print!("{}", tally.text())
    }
    Ok(tally.all_right())
}

/// The request's text, if there is one, and its action.
fn request(options: &Options) -> Result<(Option<Template>, String), String> {
    let (text, action) = match &options.request {
        Some(file) => {
            let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
            (text, options.action.clone())
        }
        None => match options.operation.message() {
            Some((text, name)) => (text.to_owned(), format!("{SERVICE}/{name}")),
            None => return Ok((None, String::new())),
        },
    };
    let password = || std::env::var(PASSWORD).map_err(|_| format!("{PASSWORD} is not set"));
    Ok((Some(Template::new(text.trim_end(), &options.user, password)?), action))
}
