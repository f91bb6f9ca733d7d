//! The store's methods about imports, on a job with a row for each person of the crowd.

use super::calls::{AGENT, Call, Came, NOW, PERSON, calls};
use asmxd::domain::Error;
use asmxd::domain::ids::{ImportId, UserId};
use asmxd::domain::import::{Counts, Job, Key, Missing, Mode, OnDuplicate, Outcome, Plan, RowResult, State};
use asmxd::domain::listing::People;
use asmxd::store::Write;

/// The job.
const IMPORT: ImportId = ImportId(1);

pub const IMPORT_READS: &[Call] = calls! {
    import(IMPORT);
    import_by_key("nightly");
    imports(true, 10) "open";
    imports(false, 10) "all";
    import_results(IMPORT, 3, 10);
    import_row_of(IMPORT, AGENT);
    import_row_of_key(IMPORT, "person-6a99b44c");
    count_people(People::Employees, false) "enabled employees";
    count_people(People::Everybody, true) "everybody";
    missing_people(IMPORT, People::Everybody, true, UserId(3), 5);
};

pub const IMPORT_WRITES: &[Call] = calls! {
    insert_import(&job());
    update_import(&Job { id: IMPORT, ..job() });
    put_import_results(IMPORT, &[result(1_000_000)]);
    put_import_person(IMPORT, UserId(1_000_000), 7);
    put_import_key(IMPORT, "somebody", 7);
    within_import(Some(IMPORT));
};

fn job() -> Job {
    let plan = Plan {
        mode: Mode::Upsert,
        key: Key::Username,
        on_duplicate: OnDuplicate::Fail,
        clear_empty: false,
        scope: None,
        missing: Missing::Disable,
        most_missing: 5,
        force_reset: false,
        // One that is none would be in the feed, which is otherwise empty here.
        rehearse: true,
    };
    Job {
        id: ImportId(0),
        idempotency_key: "another".to_owned(),
        name: "people.csv".to_owned(),
        fingerprint: String::new(),
        plan,
        columns: vec!["Username".to_owned()],
        state: State::Open,
        counts: Counts::default(),
        reached: UserId(0),
        by: AGENT,
        begun_at: NOW,
        ended_at: None,
    }
}

fn result(number: i32) -> RowResult {
    RowResult { number, key: "x".to_owned(), outcome: Outcome::Unchanged, user: Some(PERSON), changed: vec![], problems: vec![] }
}

/// Makes the job, with a row for each person of the crowd.
pub fn import_everybody(tx: &mut dyn Write, people: i32) -> Result<(), Error> {
    let id = tx.insert_import(&Job { idempotency_key: "nightly".to_owned(), ..job() })?;
    for number in 1..=people {
        tx.put_import_results(id, &[result(number)])?;
        tx.put_import_person(id, UserId(number), number)?;
        tx.put_import_key(id, &format!("person-{number}"), number)?;
    }
    Ok(())
}
