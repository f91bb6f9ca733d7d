//! The disk that fails: `tests/faults/disk.c` compiled, put under a server, and switched.

use crate::cli::program::{Place, Program};
use crate::cli::{ADMINISTRATOR, CHEAP};
use crate::support::repository;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;

/// What the disk does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// It works.
    Works = b'.' as isize,
    /// It has no room for anything more.
    IsFull = b'f' as isize,
    /// It takes no write at all.
    IsReadOnly = b'r' as isize,
    /// It takes writes and cannot sync them.
    CannotSync = b's' as isize,
}

/// A place whose disk can be told to fail, or writes down what is done to it.
pub struct Faulty {
    place: Place,
    /// Where the log and the switch are: not on that disk.
    aside: TempDir,
    recording: bool,
}

impl Faulty {
    /// A disk that can be switched.
    pub fn switched() -> Faulty {
        let faulty = Faulty { place: Place::new(), aside: TempDir::new().unwrap(), recording: false };
        std::fs::write(faulty.aside.path().join("switch"), ".").unwrap();
        faulty
    }

    /// A disk of which each write is kept apart.
    pub fn recorded() -> Faulty {
        Faulty { recording: true, ..Faulty::switched() }
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.place.path("asmxd.db")
    }

    /// What was written down.
    pub fn log(&self) -> PathBuf {
        self.aside.path().join("log")
    }

    /// From now on the disk does this.
    pub fn switch(&self, disk: Disk) {
        let file = File::options().write(true).open(self.aside.path().join("switch")).unwrap();
        file.write_all_at(&[disk as u8], 0).unwrap();
    }

    /// The server on this disk, not yet started.
    pub fn server(&self) -> Command {
        let folder = self.place.path("").canonicalize().unwrap();
        let database = folder.join("asmxd.db");
        let options = ["--database", database.to_str().unwrap()];
        let mut command = self.place.server(&options, &[&CHEAP[..], &[ADMINISTRATOR]].concat());
        command.env("LD_PRELOAD", library()).env("FAULTS_FOLDER", folder);
        command.env("FAULTS_SWITCH", self.aside.path().join("switch"));
        if self.recording {
            command.env("FAULTS_LOG", self.log());
        }
        command
    }

    /// Starts the server on this disk.
    pub fn serve(&self) -> Program {
        Program::start(&mut self.server())
    }
}

/// The compiled disk: made once in each run of the tests, by the C compiler that the build needs anyway.
fn library() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        // Whoever runs the tests at the same time makes the same file, and never sees half of one.
        let (library, made_here) = (folder.join("disk.so"), folder.join(format!("disk-{}.so", std::process::id())));
        let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
        let made = Command::new(&compiler)
            .args(["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o"])
            .arg(&made_here)
            .arg(repository("tests/faults/disk.c"))
            .output()
            .unwrap_or_else(|error| panic!("{compiler}: {error}; install a C compiler or name one in CC"));
        assert!(made.status.success(), "{compiler}: {}", String::from_utf8_lossy(&made.stderr));
        std::fs::rename(&made_here, &library).unwrap();
        library
    })
}
