//! Where hostile bytes come in, one function for each: what it is given has to be answered, and well. A panic is a defect.
//!
//! The fuzz targets in `fuzz/` and the seeded run of the tests share them. Of how bytes are found nothing is known here.

mod address;
mod calls;
mod desk;
mod encoding;
mod files;
mod form;
mod head;

/// Takes some bytes and panics if what becomes of them is wrong.
pub type Entry = fn(&[u8]);

/// All of them, by the name of their fuzz target and of their folder in `fixtures/fuzz/`.
pub const ENTRIES: &[(&str, Entry)] =
    &[("calls", calls::run), ("encoding", encoding::run), ("address", address::run), ("form", form::run), ("files", files::run)];

/// Gives the bytes to the entry of this name.
pub fn run(name: &str, bytes: &[u8]) {
    let (_, entry) = ENTRIES.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("there is no entry {name}"));
    entry(bytes);
}
