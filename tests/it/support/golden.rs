//! Golden files: what is generated is checked in; `BLESS=1 cargo test` rewrites it.

use std::path::{Path, PathBuf};

/// A path within the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Fails unless the file at `path` holds exactly `content`; with `BLESS=1` writes it.
pub fn golden(path: &str, content: &str) {
    let file = repository(path);
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, content).unwrap();
        return;
    }
    let held = std::fs::read_to_string(&file).unwrap_or_default();
    if held != content {
        let line = held.lines().zip(content.lines()).position(|(old, new)| old != new).map_or(0, |at| at + 1);
        panic!(
            "{path} is not what the program makes (first difference in line {line}); run BLESS=1 cargo test and read the diff"
        );
    }
}
