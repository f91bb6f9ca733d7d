//! A page of the file is damaged: whatever needs it is told so, everything else goes on.

use super::create;
use super::state::inspect;
use crate::cli::program::{Ended, Place, Program};
use crate::cli::{SECRET, call, serve};
use rusqlite::Connection;
use std::fs::File;
use std::os::unix::fs::FileExt;

/// How many people there are: enough for several pages.
const PEOPLE: i32 = 60;

/// A file with people, stopped in order so that all of it is in one file.
fn populated() -> Place {
    let place = Place::new();
    let program = serve(&place, &[]);
    for number in 0..PEOPLE {
        assert_eq!(create(&program, &format!("person{number}")), 0);
    }
    assert_eq!(program.terminate().code, Some(0));
    place
}

fn read(program: &Program, id: i32) -> i32 {
    let parameters = format!("<userId>{id}</userId><requestedValues><string>DisplayName</string></requestedValues>");
    call(program, "admin", SECRET, "GetUsersProperties", &parameters).code()
}

/// Overwrites the header of the last leaf of a table or an index; answers where it was and what stood there.
fn damage(place: &Place, of: &str) -> (u64, [u8; 8]) {
    let sql = Connection::open(place.path("asmxd.db")).unwrap();
    let size: u32 = sql.query_row("PRAGMA page_size", [], |row| row.get(0)).unwrap();
    let leaf = "SELECT pageno FROM dbstat WHERE name = ?1 AND pagetype = 'leaf' ORDER BY path DESC LIMIT 1";
    let page: u32 = sql.query_row(leaf, [of], |row| row.get(0)).unwrap();
    drop(sql);
    let (at, mut before) = (u64::from(page - 1) * u64::from(size), [0; 8]);
    let file = File::options().read(true).write(true).open(place.path("asmxd.db")).unwrap();
    file.read_exact_at(&mut before, at).unwrap();
    file.write_all_at(&[0xFF; 8], at).unwrap();
    (at, before)
}

fn repair(place: &Place, (at, before): (u64, [u8; 8])) {
    let file = File::options().write(true).open(place.path("asmxd.db")).unwrap();
    file.write_all_at(&before, at).unwrap();
}

fn assert_logged(ended: &Ended, operation: &str) {
    let told = |line: &str| {
        line.contains("the store is not available")
            && line.contains(operation)
            && line.contains("database disk image is malformed")
    };
    assert!(ended.err.lines().any(told) && !ended.err.contains("panicked"), "{}", ended.err);
}

#[test]
fn a_damaged_page_of_people_hides_them_and_nobody_else_until_it_is_put_back() {
    let place = populated();
    let page = damage(&place, "users");
    let program = serve(&place, &[]);
    let give_role = || call(&program, "admin", SECRET, "AddRoleToUser", "<userID>3</userID><roleID>4</roleID>").code();
    assert_eq!(give_role(), 0, "of somebody on another page");
    let codes: Vec<i32> = (3..3 + PEOPLE).map(|id| read(&program, id)).collect();
    assert!(codes.iter().all(|code| [0, 9].contains(code)), "{codes:?}");
    assert_eq!((codes.first(), codes.last()), (Some(&0), Some(&9)), "{codes:?}");
    assert_eq!(create(&program, "newcomer"), 9, "it would be on that page");
    repair(&place, page);
    assert!((3..3 + PEOPLE).all(|id| read(&program, id) == 0), "without a new start");
    assert_eq!(create(&program, "newcomer"), 0, "without a new start");
    let ended = program.terminate();
    assert_logged(&ended, "GetUsersProperties");
    assert_logged(&ended, "CreateUser2");
    let people = inspect(&place.path("asmxd.db")).unwrap();
    assert_eq!((people.len(), people["person0"].roles.len(), people["newcomer"].id), (61, 1, 63));
}

#[test]
fn a_damaged_page_of_an_index_refuses_what_would_write_it_until_it_is_put_back() {
    let place = populated();
    let page = damage(&place, "users_by_email");
    let program = serve(&place, &[]);
    assert!((3..3 + PEOPLE).all(|id| read(&program, id) == 0));
    assert_eq!(create(&program, "person60"), 9);
    repair(&place, page);
    assert_eq!(create(&program, "person60"), 0, "without a new start");
    assert_logged(&program.terminate(), "CreateUser2");
    let people = inspect(&place.path("asmxd.db")).unwrap();
    assert_eq!((people.len(), people["person60"].id), (61, 63));
}
