//! People, roles and the structure: what is written is read, what must be unique is, and what belongs to somebody goes with it.

use super::{NOW, add, department, group, id_of, insert, join, person, stored};
use crate::support::change;
use asmxd::domain::Error;
use asmxd::domain::ids::{DepartmentId, GroupId, RoleId, UserId};
use asmxd::domain::name::Name;
use asmxd::domain::password::PasswordHash;
use asmxd::domain::role;
use asmxd::domain::structure::{Members, Scope};
use asmxd::domain::time::Instant;
use asmxd::domain::user::{AuthenticationMethod, User};
use asmxd::store::Store;
use std::collections::BTreeMap;

/// Changes a person as a call does: what is stored, with some of it replaced.
fn update(store: &dyn Store, id: UserId, with: impl Fn(User) -> User + Send + 'static) -> Result<(), Error> {
    change(store, move |tx| {
        let user = tx.user(id)?.unwrap();
        tx.update_user(&user, &with((*user).clone()))
    })
}

fn give(store: &dyn Store, user: UserId, role: RoleId) {
    change(store, move |tx| tx.give_role(user, role)).unwrap();
}

fn ids<T>(items: Vec<T>, id: impl Fn(&T) -> i32) -> Vec<i32> {
    items.iter().map(id).collect()
}

pub fn a_person_is_read_as_it_was_written(store: &dyn Store) {
    let id = add(store, "somebody");
    let fresh = stored(store, id).unwrap();
    assert_eq!((fresh.created_at, fresh.last_login, fresh.enabled), (NOW, None, true));
    assert_eq!((fresh.external_id.as_str(), fresh.password.is_some(), fresh.settings.len()), ("", true, 0));
    let settings = [("MaxActiveChats", "7"), ("PortalSignature", "<&> \u{1F600}\r\n"), ("TimeZone", "")];
    let full = User {
        username: Name::new("Zoë O'Neil").unwrap(),
        display_name: "'; DROP TABLE users; --".to_owned(),
        email: "Zoe@Example.org".to_owned(),
        email_verified: true,
        enabled: false,
        external_id: "k\u{e9}y".to_owned(),
        authentication: AuthenticationMethod::ExternalProvider,
        authentication_domain: "example".to_owned(),
        password: Some(PasswordHash::from_stored("$any$".to_owned())),
        force_password_change: true,
        last_login: Some(Instant(-1)),
        settings: settings.map(|(key, value)| (key, value.to_owned())).into(),
        ..fresh
    };
    let written = full.clone();
    update(store, id, move |_| written.clone()).unwrap();
    change(store, move |tx| tx.note_login(id, Instant(-1))).unwrap();
    let full = User { version: 2, ..full };
    assert_eq!(stored(store, id), Some(full.clone()), "a login is no change");
    assert_eq!((id_of(store, "ZO\u{cb} o'neil"), id_of(store, "somebody")), (Some(id), None));
    assert_eq!(store.view(|read| read.user_id_by_external_id("k\u{e9}y")), Ok(Some(id)));
    assert_eq!(store.view(|read| read.user_id_by_external_id("K\u{e9}Y")), Ok(None), "keys are compared exactly");
    update(store, id, |user| User { settings: BTreeMap::new(), external_id: String::new(), ..user }).unwrap();
    assert_eq!(stored(store, id), Some(User { settings: BTreeMap::new(), external_id: String::new(), version: 3, ..full }));
}

pub fn a_second_user_with_the_same_name_is_refused(store: &dyn Store) {
    let first = add(store, "Zoë");
    assert!(change(store, |tx| insert(tx, " ZOE\u{308} ")).is_err());
    assert!(change(store, |tx| insert(tx, "queue")).is_err(), "the queue's name is taken");
    let second = add(store, "second");
    assert!(update(store, second, |user| User { username: person("zoë").username, ..user }).is_err());
    assert_eq!(stored(store, second).unwrap().username.as_str(), "second");
    update(store, first, |user| User { username: person("ZOË").username, ..user }).unwrap();
    change(store, move |tx| tx.delete_user(first)).unwrap();
    assert_eq!(add(store, "zoë"), UserId(second.0 + 1), "a name is free again once its owner is gone");
}

pub fn a_taken_external_id_is_refused_and_an_empty_one_is_nobodys(store: &dyn Store) {
    let (first, second) = (add(store, "first"), add(store, "second"));
    update(store, first, |user| User { external_id: "key".to_owned(), ..user }).unwrap();
    assert!(update(store, second, |user| User { external_id: "key".to_owned(), ..user }).is_err());
    update(store, second, |user| User { external_id: String::new(), ..user }).unwrap();
    assert_eq!(store.view(|read| read.user_id_by_external_id("")), Ok(None));
    assert_eq!(store.view(|read| read.user_id_by_external_id("key")), Ok(Some(first)));
}

pub fn a_second_role_with_the_same_name_is_refused(store: &dyn Store) {
    let add = |name: &str| {
        let name = Name::new(name).unwrap();
        change(store, move |tx| tx.insert_role(&name, false))
    };
    assert_eq!(add("Night Shift"), Ok(RoleId(100)));
    assert!(add("NIGHT shift").is_err() && add("administrator").is_err());
    assert_eq!(store.view(|read| read.role_id_by_name("night shift")), Ok(Some(RoleId(100))));
    assert_eq!(add("day shift"), Ok(RoleId(101)));
}

pub fn e_mail_addresses_are_found_without_regard_to_case(store: &dyn Store) {
    let id = add(store, "Somebody");
    let used = |email: &str, except| store.view(|read| read.email_is_used(email, except)).unwrap();
    assert!(used("SOMEBODY@example.ORG", None) && used("somebody@example.org", Some(UserId(1))));
    assert!(!used("somebody@example.org", Some(id)) && !used("nobody@example.org", None));
}

pub fn a_deleted_user_is_gone_with_its_roles_and_memberships(store: &dyn Store) {
    let (gone, kept) = (add(store, "gone"), add(store, "kept"));
    let group = change(store, move |tx| {
        let department = department(tx, "Sales")?;
        let group = group(tx, department, "Pre-sales")?;
        for user in [gone, kept] {
            tx.give_role(user, role::AGENT)?;
            tx.give_role(user, role::ADMINISTRATOR)?;
            join(tx, group, user)?;
        }
        Ok(group)
    })
    .unwrap();
    assert!(store.view(|read| read.has_administrator_besides(kept)).unwrap());
    change(store, move |tx| tx.delete_user(gone)).unwrap();
    store
        .view(|read| {
            assert_eq!((read.user(gone)?, read.credential(gone)?, read.credential_by_name("gone")?), (None, None, None));
            assert_eq!(ids(read.agents(Scope::Everything)?, |agent| agent.id.0), [kept.0]);
            assert_eq!(ids(read.agents_of_group(group, Members::All)?, |agent| agent.id.0), [kept.0]);
            assert!(read.groups(Scope::GroupsOf(gone))?.is_empty());
            assert!(!read.has_administrator_besides(kept)?);
            Ok(())
        })
        .unwrap();
    let newcomer = stored(store, add(store, "gone")).unwrap();
    assert!(newcomer.given_roles.is_empty() && newcomer.settings.is_empty());
}

pub fn a_deleted_role_is_taken_from_everybody_and_a_built_in_one_stays(store: &dyn Store) {
    let people = [add(store, "first"), add(store, "second")];
    let custom = change(store, |tx| tx.insert_role(&Name::new("custom").unwrap(), true)).unwrap();
    for user in people {
        give(store, user, custom);
        give(store, user, role::AGENT);
    }
    assert!(stored(store, people[0]).unwrap().holds(custom));
    change(store, move |tx| {
        tx.delete_role(custom)?;
        tx.delete_role(role::AGENT)
    })
    .unwrap();
    for user in people {
        let held: Vec<RoleId> = stored(store, user).unwrap().given_roles.iter().map(|role| role.id).collect();
        assert_eq!(held, [role::AGENT], "only the custom role can be removed");
        let caller = store.view(|read| read.credential(user)).unwrap().unwrap().caller;
        assert_eq!(caller.roles, [(role::AGENT, true)]);
    }
    assert_eq!(store.view(|read| read.role(custom)), Ok(None));
    let again = change(store, |tx| tx.insert_role(&Name::new("custom").unwrap(), true)).unwrap();
    assert!(again > custom && !stored(store, people[0]).unwrap().holds(again));
}

pub fn giving_a_held_role_and_taking_one_that_is_not_held_changes_nothing(store: &dyn Store) {
    let id = add(store, "somebody");
    give(store, id, role::MANAGER);
    give(store, id, role::AGENT);
    let before = stored(store, id);
    give(store, id, role::AGENT);
    change(store, move |tx| tx.take_role(id, role::ADMINISTRATOR)).unwrap();
    assert_eq!(stored(store, id), before);
    let held: Vec<RoleId> = before.unwrap().given_roles.iter().map(|role| role.id).collect();
    assert_eq!(held, [role::AGENT, role::MANAGER], "in the order of ids");
    change(store, move |tx| tx.take_role(id, role::MANAGER)).unwrap();
    assert!(!stored(store, id).unwrap().holds(role::MANAGER));
}

pub fn only_people_who_can_log_in_count_as_administrators(store: &dyn Store) {
    let anybody = || store.view(|read| read.has_administrator_besides(UserId::QUEUE)).unwrap();
    let id = add(store, "somebody");
    assert!(!anybody());
    give(store, id, role::ADMINISTRATOR);
    assert!(anybody() && !store.view(|read| read.has_administrator_besides(id)).unwrap());
    update(store, id, |user| User { enabled: false, ..user }).unwrap();
    assert!(!anybody() && !store.view(|read| read.credential(id)).unwrap().unwrap().may_log_in);
    update(store, id, |user| User { enabled: true, authentication: AuthenticationMethod::ActiveDirectory, ..user }).unwrap();
    assert!(!anybody() && !store.view(|read| read.credential(id)).unwrap().unwrap().may_log_in);
}

pub fn the_time_of_a_login_is_noted_and_nothing_else_changes(store: &dyn Store) {
    let id = add(store, "somebody");
    let before = stored(store, id).unwrap();
    change(store, move |tx| tx.note_login(id, Instant(7))).unwrap();
    assert_eq!(stored(store, id), Some(User { last_login: Some(Instant(7)), ..before }));
}

pub fn a_hash_is_upgraded_only_while_it_is_the_old_one_and_nothing_else_changes(store: &dyn Store) {
    let [old, new, other] = ["$any$", "$new$", "$other$"].map(|text| PasswordHash::from_stored(text.to_owned()));
    let id = add(store, "somebody");
    let first = old.clone();
    update(store, id, move |user| User { password: Some(first.clone()), ..user }).unwrap();
    let (before, entries) = (stored(store, id).unwrap(), store.view(|read| read.last_change()));
    let upgrade = |of: UserId, from: &PasswordHash, to: &PasswordHash| {
        let (from, to) = (from.clone(), to.clone());
        change(store, move |tx| tx.upgrade_password(of, &from, &to)).unwrap()
    };
    assert!(!upgrade(id, &other, &new) && !upgrade(UserId::QUEUE, &old, &new) && upgrade(id, &old, &new));
    assert!(!upgrade(id, &old, &other), "it is no longer the old one");
    assert_eq!(stored(store, id), Some(User { password: Some(new), ..before }));
    assert_eq!(store.view(|read| read.last_change()), entries);
}

pub fn lists_hold_what_their_scope_allows_in_the_order_of_ids(store: &dyn Store) {
    let people: Vec<UserId> = ["anna", "bert", "cora", "dirk", "emil"].iter().map(|name| add(store, name)).collect();
    let [anna, bert, cora, dirk, emil] = people[..] else { panic!("five people") };
    change(store, move |tx| {
        for (user, given) in [(dirk, role::AGENT), (anna, role::MANAGER), (bert, role::AGENT), (cora, role::ADMINISTRATOR)] {
            tx.give_role(user, given)?;
        }
        let (sales, support) = (department(tx, "Sales")?, department(tx, "Support")?);
        let groups = [group(tx, sales, "East")?, group(tx, sales, "West")?, group(tx, support, "First")?];
        for (group, user) in [(0, anna), (0, bert), (0, emil), (1, dirk), (2, cora), (2, dirk)] {
            join(tx, groups[group], user)?;
        }
        Ok(())
    })
    .unwrap();
    let agents = |scope| ids(store.view(|read| read.agents(scope)).unwrap(), |agent| agent.id.0);
    let groups = |scope| ids(store.view(|read| read.groups(scope)).unwrap(), |group| group.id.0);
    let departments = |scope| ids(store.view(|read| read.departments(scope)).unwrap(), |department| department.id.0);
    let rows = [
        (Scope::Everything, vec![anna, bert, cora, dirk], vec![1, 2, 3], vec![1, 2]),
        (Scope::GroupsOf(bert), vec![anna, bert], vec![1], vec![1]),
        (Scope::DepartmentsOf(bert), vec![anna, bert, dirk], vec![1, 2], vec![1]),
        (Scope::GroupsOf(dirk), vec![cora, dirk], vec![2, 3], vec![1, 2]),
        (Scope::DepartmentsOf(UserId(99)), vec![], vec![], vec![]),
    ];
    for (scope, people, in_groups, in_departments) in rows {
        assert_eq!(agents(scope), ids(people, |id| id.0), "{scope:?}");
        assert_eq!((groups(scope), departments(scope)), (in_groups, in_departments), "{scope:?}");
    }
    let of_group =
        |group| ids(store.view(|read| read.agents_of_group(GroupId(group), Members::All)).unwrap(), |agent| agent.id.0);
    assert_eq!((of_group(1), of_group(99)), (vec![anna.0, bert.0], vec![]), "an end user in a group is no agent");
    update(store, anna, |user| User { enabled: false, ..user }).unwrap();
    assert_eq!((of_group(1), agents(Scope::Everything)), (vec![bert.0], vec![bert.0, cora.0, dirk.0]));
    let exists = |group| store.view(|read| read.group(GroupId(group)).map(|found| found.is_some())).unwrap();
    assert!(exists(3) && !exists(4));
    assert!(change(store, |tx| group(tx, DepartmentId(99), "nowhere")).is_err());
}

pub fn the_queue_is_there_and_never_logs_in(store: &dyn Store) {
    let queue = stored(store, UserId::QUEUE).unwrap();
    assert_eq!((queue.username.as_str(), queue.may_log_in(), queue.roles()), ("queue", false, Vec::new()));
    assert!(!store.view(|read| read.credential_by_name("queue")).unwrap().unwrap().may_log_in);
    assert!(store.check().is_ok());
}
