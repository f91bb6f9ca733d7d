//! The program under test: where it runs, what it says, and how it ends. Nothing here waits without an end.

use crate::support::PATIENCE;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use tempfile::TempDir;

/// A folder to run in.
pub struct Place(TempDir);

/// How a run ended, and all that it said.
#[derive(Debug)]
pub struct Ended {
    /// The exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// All of standard output.
    pub out: String,
    /// All of standard error.
    pub err: String,
}

/// A running server; killed when dropped.
pub struct Program {
    child: Child,
    address: SocketAddr,
    out: Option<JoinHandle<String>>,
    err: Option<JoinHandle<String>>,
}

impl Place {
    /// An empty folder.
    pub fn new() -> Place {
        Place(TempDir::new().unwrap())
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file in it.
    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        std::fs::read_dir(self.0.path()).unwrap().next().is_none()
    }

    /// The program with these arguments and no environment but these variables.
    pub fn command(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_asmxd"));
        command.args(arguments).env_clear().envs(variables.iter().copied()).current_dir(self.0.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs it to an end that it reaches by itself.
    pub fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
        Ended::of(&mut self.command(arguments, variables))
    }

    /// The server on a free port, not yet started.
    pub fn server(&self, options: &[&str], variables: &[(&str, &str)]) -> Command {
        self.command(&[&["serve", "--listen", "127.0.0.1:0"], options].concat(), variables)
    }

    /// Starts the server on a free port and waits until it listens.
    pub fn serve(&self, options: &[&str], variables: &[(&str, &str)]) -> Program {
        Program::start(&mut self.server(options, variables))
    }
}

impl Ended {
    /// Runs a command to an end that it reaches by itself.
    pub fn of(command: &mut Command) -> Ended {
        let (mut child, _, out, err) = start(command);
        let code = wait(&mut child);
        Ended { code, out: out.join().unwrap(), err: err.join().unwrap() }
    }
}

/// Starts a process: it, the first line of its output, and all that it says.
fn start(command: &mut Command) -> (Child, Receiver<String>, JoinHandle<String>, JoinHandle<String>) {
    let mut child = command.spawn().unwrap();
    let (report, first) = channel();
    let (out, err) = (child.stdout.take().unwrap(), child.stderr.take());
    let out = std::thread::spawn(move || {
        let mut reader = BufReader::new(out);
        let mut text = String::new();
        reader.read_line(&mut text).unwrap();
        // A run of which only the end counts does not wait for the line.
        let _ = report.send(text.trim_end_matches('\n').to_owned());
        reader.read_to_string(&mut text).unwrap();
        text
    });
    let err = std::thread::spawn(move || {
        let mut text = String::new();
        err.map(|mut err| err.read_to_string(&mut text).unwrap());
        text
    });
    (child, first, out, err)
}

/// Waits for the end of a process, and kills it when that does not come.
fn wait(child: &mut Child) -> Option<i32> {
    let begun = std::time::Instant::now();
    while begun.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let _ = child.kill();
    panic!("the program did not end");
}

impl Program {
    /// Starts a server and waits until it listens.
    pub fn start(command: &mut Command) -> Program {
        let (mut child, first, out, err) = start(command);
        let line = first.recv_timeout(PATIENCE).unwrap_or_default();
        let Some(address) = line.strip_prefix("listening on http://").and_then(|address| address.parse().ok()) else {
            let _ = child.kill();
            panic!("it does not listen: {line:?} {}", err.join().unwrap());
        };
        Program { child, address, out: Some(out), err: Some(err) }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The most memory that it ever had, in KiB.
    pub fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Sends it a signal by name.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("sh").args(["-c", &format!("kill -{name} {}", self.child.id())]).status().unwrap();
        assert!(sent.success());
    }

    /// Tells it to stop, and waits until it has.
    pub fn terminate(self) -> Ended {
        self.signal("TERM");
        self.ended()
    }

    /// Ends it at once, in the middle of whatever it does.
    pub fn kill(mut self) -> Ended {
        self.child.kill().unwrap();
        self.ended()
    }

    /// Waits until it ends.
    pub fn ended(mut self) -> Ended {
        let code = wait(&mut self.child);
        let text = |thread: Option<JoinHandle<String>>| thread.unwrap().join().unwrap();
        Ended { code, out: text(self.out.take()), err: text(self.err.take()) }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It has ended already where a test waited for that.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
