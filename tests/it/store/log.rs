//! The write-ahead log is copied back beside a writer that never rests, and held up by nobody for good.

use super::{Shelf, add, stored};
use crate::support::change;
use asmxd::domain::ids::UserId;
use asmxd::domain::user::User;
use asmxd::store::Store;
use std::fs::File;
use std::io::Read;

/// The most changes of a megabyte until the log has begun anew: it does so after some seventy.
const MOST: usize = 300;
/// More than the log has while it is copied.
const LONGEST: u64 = 200 << 20;

/// What the log's header has anew each time it begins, and the length of its file.
fn log(shelf: &Shelf) -> ([u8; 8], u64) {
    let mut file = File::open(shelf.path().with_extension("db-wal")).unwrap();
    let mut header = [0; 24];
    file.read_exact(&mut header).unwrap();
    (*header.last_chunk().unwrap(), file.metadata().unwrap().len())
}

/// Changes somebody by a megabyte.
fn write_much(store: &dyn Store, id: UserId, number: usize) {
    change(store, move |tx| {
        let before = tx.user(id)?.unwrap();
        tx.update_user(&before, &User { display_name: format!("{number:07}").repeat(150_000), ..(*before).clone() })
    })
    .unwrap();
}

/// Changes somebody until the log has begun anew, and answers how many changes that took.
fn write_until_the_log_begins_anew(shelf: &Shelf, store: &dyn Store, id: UserId) -> usize {
    let (begun, _) = log(shelf);
    let anew = (1..MOST).find(|&number| {
        write_much(store, id, number);
        let (now, length) = log(shelf);
        assert!(length < LONGEST, "{length} bytes after {number} changes");
        now != begun
    });
    let anew = anew.expect("the log grows on and on");
    assert_eq!(stored(store, id).unwrap().display_name, format!("{anew:07}").repeat(150_000));
    anew
}

#[test]
fn the_log_begins_anew_while_the_writer_goes_on() {
    let shelf = Shelf::new();
    let store = shelf.open();
    let id = add(&store, "somebody");
    write_until_the_log_begins_anew(&shelf, &store, id);
    write_until_the_log_begins_anew(&shelf, &store, id);
}

#[test]
fn whoever_reads_for_long_holds_the_log_up_only_meanwhile() {
    let shelf = Shelf::new();
    let store = shelf.open();
    let id = add(&store, "somebody");
    let reader = shelf.sql();
    reader.execute_batch("BEGIN").unwrap();
    let begun: i64 = reader.query_row("SELECT count(*) FROM users", [], |row| row.get(0)).unwrap();
    let (before, _) = log(&shelf);
    (0..100).for_each(|number| write_much(&store, id, number));
    assert_eq!(log(&shelf).0, before, "somebody still reads what is before it");
    assert_eq!(reader.query_row("SELECT count(*) FROM users", [], |row| row.get::<_, i64>(0)), Ok(begun));
    drop(reader);
    write_until_the_log_begins_anew(&shelf, &store, id);
}
