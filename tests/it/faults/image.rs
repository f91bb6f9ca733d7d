//! What a disk holds after the power went: what was synced, and of the rest whatever chance leaves. Read from the log of `disk.c`.
//!
//! A write that was not synced may be there, be missing, or be there in some of its sectors; a later one may be there without an
//! earlier one. A file that was made or removed is so for sure only once its folder was synced.

use crate::support::Chance;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// What a disk writes at once or not at all.
const SECTOR: usize = 512;
/// Ends the names of files that are memory shared by processes and mean nothing after a start.
const SHARED_MEMORY: &str = "-shm";

/// A line of the log, and where in the log it ends.
pub struct Record<'l> {
    pub end: u64,
    pub kind: u8,
    id: u32,
    number: u64,
    bytes: &'l [u8],
}

/// The records of a log; a last one that is not whole is left out.
pub fn records(mut log: &[u8]) -> Vec<Record<'_>> {
    let (length, mut records) = (log.len(), Vec::new());
    while let Some((head, rest)) = log.split_at_checked(21) {
        let number = |at: usize| u64::from_ne_bytes(head[at..at + 8].try_into().unwrap());
        let Some((bytes, rest)) = rest.split_at_checked(usize::try_from(number(13)).unwrap()) else { break };
        log = rest;
        let id = u32::from_ne_bytes(head[1..5].try_into().unwrap());
        let end = u64::try_from(length - log.len()).unwrap();
        records.push(Record { end, kind: head[0], id, number: number(5), bytes });
    }
    records
}

enum Change<'l> {
    Write(usize, &'l [u8]),
    Length(usize),
}

#[derive(Default)]
struct File<'l> {
    synced: Vec<u8>,
    since: Vec<Change<'l>>,
}

/// A disk up to some moment.
#[derive(Default)]
pub struct Image<'l> {
    files: Vec<File<'l>>,
    opened: HashMap<u32, usize>,
    /// Which file has which name: as the server sees it, and for sure.
    names: BTreeMap<&'l str, usize>,
    synced_names: BTreeMap<&'l str, usize>,
}

impl<'l> Image<'l> {
    /// Goes on by one record.
    pub fn follow(&mut self, record: &Record<'l>) {
        let name = || std::str::from_utf8(record.bytes).unwrap();
        let number = usize::try_from(record.number).unwrap();
        match record.kind {
            b'o' => {
                let made = self.files.len();
                let file = *self.names.entry(name()).or_insert(made);
                if file == made {
                    self.files.push(File::default());
                }
                self.opened.insert(record.id, file);
            }
            b'w' => self.opened_as(record.id).since.push(Change::Write(number, record.bytes)),
            b't' => self.opened_as(record.id).since.push(Change::Length(number)),
            b's' => {
                let file = self.opened_as(record.id);
                for change in std::mem::take(&mut file.since) {
                    apply(&mut file.synced, &change);
                }
            }
            b'd' => self.synced_names = self.names.clone(),
            b'u' => drop(self.names.remove(name())),
            other => panic!("a record of kind {other}"),
        }
    }

    fn opened_as(&mut self, id: u32) -> &mut File<'l> {
        &mut self.files[self.opened[&id]]
    }

    /// Writes into a folder what is there after the power went now.
    pub fn lose_power(&self, chance: &mut Chance, folder: &Path) {
        let names: std::collections::BTreeSet<_> = self.names.keys().chain(self.synced_names.keys()).copied().collect();
        // Sometimes nothing of what was not synced is left, sometimes all of it, mostly some.
        let luck = *chance.one_of(&[Luck::None, Luck::Some, Luck::Some, Luck::All]);
        for name in names.into_iter().filter(|name| !name.ends_with(SHARED_MEMORY)) {
            let either = *chance.one_of(&[self.names.get(name), self.synced_names.get(name)]);
            if let Some(&file) = either {
                std::fs::write(folder.join(name), self.files[file].left(luck, chance)).unwrap();
            }
        }
    }
}

/// How much of what was not synced is left.
#[derive(Clone, Copy)]
enum Luck {
    None,
    Some,
    All,
}

impl File<'_> {
    fn left(&self, luck: Luck, chance: &mut Chance) -> Vec<u8> {
        let mut bytes = self.synced.clone();
        for change in &self.since {
            match (luck, change) {
                (Luck::None, _) => {}
                (Luck::All, change) => apply(&mut bytes, change),
                (Luck::Some, change) => match (chance.below(3), change) {
                    (0, _) => {}
                    (1, Change::Write(at, written)) => tear(&mut bytes, *at, written, chance),
                    (_, change) => apply(&mut bytes, change),
                },
            }
        }
        bytes
    }
}

fn apply(bytes: &mut Vec<u8>, change: &Change<'_>) {
    match change {
        Change::Length(length) => bytes.resize(*length, 0),
        Change::Write(at, written) => {
            let end = at + written.len();
            bytes.resize(bytes.len().max(end), 0);
            bytes[*at..end].copy_from_slice(written);
        }
    }
}

/// Writes some of the sectors.
fn tear(bytes: &mut Vec<u8>, mut at: usize, mut written: &[u8], chance: &mut Chance) {
    while !written.is_empty() {
        let (sector, rest) = written.split_at(written.len().min(SECTOR - at % SECTOR));
        if chance.below(2) == 0 {
            apply(bytes, &Change::Write(at, sector));
        }
        (at, written) = (at + sector.len(), rest);
    }
}

fn record<'l>(kind: u8, number: u64, bytes: &'l [u8]) -> Record<'l> {
    Record { end: 0, kind, id: 1, number, bytes }
}

/// All that can be left, of many tries.
fn left(records: &[Record<'_>]) -> std::collections::BTreeSet<Option<Vec<u8>>> {
    let mut image = Image::default();
    records.iter().for_each(|record| image.follow(record));
    let mut chance = Chance::new(1);
    let mut try_once = |_| {
        let folder = tempfile::TempDir::new().unwrap();
        image.lose_power(&mut chance, folder.path());
        std::fs::read(folder.path().join("file")).ok()
    };
    (0..200).map(&mut try_once).collect()
}

#[test]
fn what_was_synced_is_left_and_what_was_not_may_be() {
    let mut made = vec![record(b'o', 0, b"file"), record(b'd', 0, b""), record(b'w', 0, b"old"), record(b's', 0, b"")];
    assert_eq!(left(&made), [Some(b"old".to_vec())].into());
    made.push(record(b'w', 1, b"new"));
    assert_eq!(left(&made), [Some(b"old".to_vec()), Some(b"onew".to_vec())].into());
}

#[test]
fn a_file_whose_folder_was_not_synced_may_be_missing() {
    let made = [record(b'o', 0, b"file"), record(b'w', 0, b"new"), record(b's', 0, b"")];
    assert_eq!(left(&made), [None, Some(b"new".to_vec())].into());
}

#[test]
fn a_write_of_two_sectors_may_be_there_by_half() {
    let two = [7; 2 * SECTOR];
    let made = [record(b'o', 0, b"file"), record(b'd', 0, b""), record(b'w', 0, &two)];
    let half: Vec<u8> = [[0; SECTOR], [7; SECTOR]].concat();
    assert!(left(&made).contains(&Some(half)));
    assert!(left(&made).contains(&Some(vec![7; SECTOR])));
}
