//! The entry points of the fuzz targets, on a stable toolchain: the seeds and the kept cases, and some thousand requests made from
//! them by chance, the same in each run. `fuzz/README.md` tells how to go on for longer.
//!
//! `FUZZ_CORPUS=<folder> cargo test --test it fuzz::` writes the seeds there, a folder for each target.

mod entries;
mod mutation;
mod seeds;

use crate::support::repository;
use entries::ENTRIES;
use mutation::Mutation;
use std::panic::catch_unwind;
use std::path::PathBuf;

/// How many requests are made by chance for an entry, by what one of them costs.
const ROUNDS: &[(&str, usize)] = &[("calls", 4_000), ("encoding", 40_000), ("address", 1_000), ("form", 3_000), ("files", 6_000)];

/// Runs an entry, and tells the bytes if it panics.
fn run(entry: &str, name: &str, bytes: &[u8]) {
    if catch_unwind(|| entries::run(entry, bytes)).is_err() {
        panic!("{entry}, made from {name}: {}", bytes.escape_ascii());
    }
}

/// The seeds, and then what chance makes of them.
fn fuzz(entry: &str) {
    let seeds = seeds::of(entry);
    let dictionary = std::fs::read_to_string(repository("fixtures/fuzz/soap.dict")).unwrap();
    let mut mutation = Mutation::new(&dictionary);
    let (_, rounds) = ROUNDS.iter().find(|(known, _)| *known == entry).expect("an entry has its rounds");
    for _ in 0..*rounds {
        let (name, first) = mutation.one_of(&seeds);
        let (_, other) = mutation.one_of(&seeds);
        run(entry, name, &mutation.mutated(first, other));
    }
}

#[test]
fn calls_made_by_chance_are_answered_by_a_fault_or_a_result() {
    fuzz("calls");
}

#[test]
fn bytes_made_by_chance_are_decoded_as_a_plain_reading_would() {
    fuzz("encoding");
}

#[test]
fn headers_made_by_chance_bring_nothing_into_the_documents_but_an_address() {
    fuzz("address");
}

#[test]
fn queries_and_forms_made_by_chance_are_read_as_a_plain_reading_would_and_answered() {
    fuzz("form");
}

#[test]
fn files_made_by_chance_are_read_or_told_to_be_wrong_and_what_was_read_can_be_written() {
    fuzz("files");
}

#[test]
fn what_fuzzing_found_once_is_right_for_good() {
    for (entry, _) in ENTRIES {
        seeds::kept(entry).iter().for_each(|(name, bytes)| run(entry, name, bytes));
    }
}

#[test]
fn every_entry_has_seeds_and_a_fuzz_target() {
    for (entry, _) in ENTRIES {
        let targets = repository("fuzz/fuzz_targets");
        // The published package comes without them.
        assert!(!targets.exists() || targets.join(format!("{entry}.rs")).exists(), "{entry} has no fuzz target");
        let seeds = seeds::of(entry);
        if let Some(corpus) = std::env::var_os("FUZZ_CORPUS") {
            let folder = PathBuf::from(corpus).join(entry);
            std::fs::create_dir_all(&folder).unwrap();
            seeds.iter().for_each(|(name, bytes)| std::fs::write(folder.join(name), bytes).unwrap());
        }
    }
}
