//! The store: what every backend must do, on SQLite, and what is SQLite's own.
//!
//! The rules in `avatars`, `ids`, `jobs`, `listing`, `people`, `search` and `views` know nothing but `&dyn Store`; another backend takes its
//! place in `rules!`.

mod avatars;
mod file;
mod following;
mod ids;
mod jobs;
mod listing;
mod log;
mod memory;
mod open;
mod people;
mod search;
mod views;

use asmxd::domain::Error;
use asmxd::domain::ids::{DepartmentId, GroupId, UserId};
use asmxd::domain::name::Name;
use asmxd::domain::password::PasswordHash;
use asmxd::domain::structure::Membership;
use asmxd::domain::time::Instant;
use asmxd::domain::user::User;
use asmxd::store::sqlite::{SqliteStore, Tuning};
use asmxd::store::{Store, Write};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

/// A moment for everything that is made in these tests.
const NOW: Instant = Instant(1_790_000_000_000);

/// A folder for a database file, which is there once a store was opened on it.
struct Shelf(TempDir);

impl Shelf {
    fn new() -> Shelf {
        Shelf(TempDir::new().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("store.db")
    }

    fn open(&self) -> SqliteStore {
        SqliteStore::open(&self.path(), Tuning::default()).unwrap()
    }

    /// A connection past the store, to look at the file itself.
    fn sql(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path()).unwrap()
    }
}

/// Makes a department, of a brand that is made when there is none.
fn department(tx: &mut dyn Write, name: &str) -> Result<DepartmentId, Error> {
    let brand = match tx.brands()?.first() {
        Some(brand) => brand.id,
        None => tx.insert_brand(&Name::new("Default").unwrap())?,
    };
    tx.insert_department(brand, &Name::new(name).unwrap())
}

/// Makes a group in a department.
fn group(tx: &mut dyn Write, department: DepartmentId, name: &str) -> Result<GroupId, Error> {
    tx.insert_group(department, &Name::new(name).unwrap())
}

/// Makes a person a member of a group.
fn join(tx: &mut dyn Write, group: GroupId, user: UserId) -> Result<(), Error> {
    tx.put_membership(&Membership { group, user, active_tickets: true, active_chats: true, away: false })
}

/// Makes a test of each rule, over a fresh store.
macro_rules! rules {
    ($($module:ident: $($rule:ident)*;)*) => {
        $(
            mod $module {
                $(
                    #[test]
                    fn $rule() {
                        let shelf = super::super::Shelf::new();
                        super::super::$module::$rule(&shelf.open());
                    }
                )*
            }
        )*
    };
}

mod on_sqlite {
    rules! {
        avatars:
            a_picture_is_read_as_it_was_put_and_the_next_one_takes_its_place
            people_with_the_same_picture_share_its_name_and_each_has_it_still_when_the_other_removes_it
            a_picture_is_gone_with_its_person_and_nobody_else_gets_one;
        ids:
            people_are_numbered_from_two_without_gaps
            a_create_that_fails_or_panics_uses_no_id
            a_deleted_id_never_comes_back
            custom_roles_are_numbered_from_a_hundred_and_a_deleted_one_never_comes_back
            when_role_ids_run_out_the_next_role_is_refused_and_people_are_not;
        jobs:
            of_many_changes_in_one_commit_a_failing_or_panicking_one_undoes_only_itself
            changes_are_made_in_the_order_in_which_they_were_queued
            whoever_was_told_of_a_change_reads_it
            a_change_that_panics_when_told_harms_neither_the_others_nor_the_writer;
        listing:
            every_list_is_what_its_filters_and_its_order_say
            pages_of_any_size_hold_everybody_once
            somebody_in_a_list_is_shown_as_it_is
            a_rank_follows_the_roles
            a_token_that_is_damaged_or_of_another_list_is_refused
            whoever_does_not_change_comes_once_though_others_come_and_go
            a_list_that_could_not_be_quick_is_refused_by_the_name_of_the_parameter
            a_page_ends_where_too_many_were_looked_at_and_the_next_goes_on;
        people:
            a_person_is_read_as_it_was_written
            a_second_user_with_the_same_name_is_refused
            a_taken_external_id_is_refused_and_an_empty_one_is_nobodys
            a_second_role_with_the_same_name_is_refused
            e_mail_addresses_are_found_without_regard_to_case
            a_deleted_user_is_gone_with_its_roles_and_memberships
            a_deleted_role_is_taken_from_everybody_and_a_built_in_one_stays
            giving_a_held_role_and_taking_one_that_is_not_held_changes_nothing
            only_people_who_can_log_in_count_as_administrators
            the_time_of_a_login_is_noted_and_nothing_else_changes
            a_hash_is_upgraded_only_while_it_is_the_old_one_and_nothing_else_changes
            lists_hold_what_their_scope_allows_in_the_order_of_ids
            the_queue_is_there_and_never_logs_in;
        search:
            a_part_of_a_text_is_found_after_every_change_of_it
            what_is_looked_for_is_plain_text;
        views:
            a_view_does_not_change_while_others_write
            nobody_sees_a_change_before_its_commit
            readers_at_once_see_only_whole_changes
            a_view_that_fails_or_panics_leaves_no_snapshot_behind;
    }

    #[test]
    fn a_full_queue_refuses_at_once_and_what_was_queued_is_done() {
        use asmxd::store::sqlite::{SqliteStore, Tuning};
        for queue in [1, 3] {
            let shelf = super::Shelf::new();
            let store = SqliteStore::open(&shelf.path(), Tuning { queue, ..Tuning::default() }).unwrap();
            super::jobs::a_full_queue_refuses_at_once_and_what_was_queued_is_done(&store, queue);
        }
    }
}

/// A person of this name, without a password.
fn person(name: &str) -> User {
    User {
        username: Name::new(name).unwrap(),
        display_name: format!("{name}, displayed"),
        email: format!("{name}@example.org"),
        email_verified: false,
        password: Some(PasswordHash::from_stored("a hash".to_owned())),
        ..User::nobody()
    }
}

/// Makes a person within a change.
fn insert(tx: &mut dyn Write, name: &str) -> Result<UserId, Error> {
    tx.insert_user(&person(name), NOW)
}

/// Makes a person in a change of its own.
fn add(store: &dyn Store, name: &str) -> UserId {
    let name = name.to_owned();
    crate::support::change(store, move |tx| insert(tx, &name)).unwrap()
}

/// A person as it is stored.
fn stored(store: &dyn Store, id: UserId) -> Option<User> {
    store.view(|read| read.user(id)).unwrap().map(Arc::unwrap_or_clone)
}

/// The id of the person of this name.
fn id_of(store: &dyn Store, name: &str) -> Option<UserId> {
    let key = asmxd::domain::name::key(name);
    store.view(|read| read.user_id_by_name(&key)).unwrap()
}
