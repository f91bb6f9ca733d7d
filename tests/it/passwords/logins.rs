//! People who come with a hash from elsewhere log in: from then on it is one of ours, and nobody notices.

use super::{Example, RIGHT, adopted, examples, workspace};
use crate::support::{ADMIN, Desk, Held, PASSWORD, cheap, patiently};
use asmxd::domain::ids::UserId;
use asmxd::domain::name::Name;
use asmxd::domain::password::{Cost, PasswordHash};
use asmxd::domain::time::Instant;
use asmxd::domain::user::User;
use asmxd::store::Store;

/// A weak hash and one that is kept, both cheap to check.
const WEAK: &str = "{md5}37f2db7aa5f89d958b0db2de5c28a3a3";
const KEPT: &str = "$argon2i$v=19$m=64,t=2,p=1$mAxQ/z2MBe0BMvxiaNZ9HQ$Fx1A1S0cHd+dYXqtc16bnQ";

/// Makes a person with this stored hash.
fn add(desk: &Desk, name: &str, hash: &PasswordHash) -> UserId {
    let user = User {
        username: Name::new(name).unwrap(),
        display_name: name.to_owned(),
        email: format!("{name}@example.org"),
        email_verified: true,
        password: Some(hash.clone()),
        ..User::nobody()
    };
    desk.store().change(move |tx| tx.insert_user(&user, Instant(0))).unwrap()
}

fn stored(store: &dyn Store, id: UserId) -> User {
    (*store.view(|read| read.user(id)).unwrap().unwrap()).clone()
}

/// What the person's hash is, once it is no longer the old one.
fn upgraded(desk: &Desk, id: UserId, old: &PasswordHash) -> PasswordHash {
    patiently("the hash is made anew", || stored(desk.store(), id).password.filter(|hash| hash != old))
}

fn enter(desk: &Desk, name: &str, password: &str) -> i32 {
    desk.accounts_as(name, password, "GetMyPreferences", "").code()
}

/// A writing call that everybody may make.
fn write(desk: &Desk, name: &str) -> i32 {
    let mail = format!("<preferences><Options><EmailAddress>{name}@example.org</EmailAddress></Options></preferences>");
    desk.accounts_as(name, RIGHT, "UpdateMyPreferences", &mail).code()
}

fn authenticate(desk: &Desk, name: &str, password: &str) -> String {
    let parameters = format!("<username>{name}</username><password>{password}</password>");
    desk.accounts("Authenticate", &parameters).text("Outcome")
}

#[test]
fn after_the_first_login_every_hash_is_ours_and_the_person_is_as_it_was() {
    let desk = Desk::open();
    for (number, Example { text, .. }) in examples().into_iter().enumerate() {
        let (name, old) = (format!("newcomer-{number}"), adopted(&text));
        let id = add(&desk, &name, &old);
        let (before, feed) = (stored(desk.store(), id), desk.feed_length());
        assert_eq!(enter(&desk, &name, "wrong"), 1, "{text}");
        assert_eq!(stored(desk.store(), id), before, "a wrong password changes nothing");
        assert_eq!(enter(&desk, &name, RIGHT), 0, "{text}");
        let new = upgraded(&desk, id, &old);
        assert!(new.as_str().starts_with("$argon2id$v=19$m=8,t=1,p=1$") && !workspace().needs_upgrade(&new), "{}", new.as_str());
        assert_eq!(stored(desk.store(), id), User { password: Some(new), ..before }, "{text}");
        assert_eq!(desk.feed_length(), feed, "{text}");
        assert!(!desk.dump().contains(old.as_str()), "{text}");
        assert_eq!((enter(&desk, &name, RIGHT), enter(&desk, &name, "wrong")), (0, 1), "{text}");
    }
}

#[test]
fn a_hash_of_ours_at_another_cost_is_made_anew_and_one_at_the_same_cost_is_not() {
    let desk = Desk::with(asmxd::config::Config { cost: Cost { memory_kib: 16, iterations: 1 }, ..cheap() });
    let admin = UserId(2);
    let old = stored(desk.store(), admin).password.unwrap();
    assert_eq!(enter(&desk, ADMIN, PASSWORD), 0);
    let new = upgraded(&desk, admin, &old);
    assert!(new.as_str().starts_with("$argon2id$v=19$m=16,t=1,p=1$"), "{}", new.as_str());
    assert_eq!((enter(&desk, ADMIN, "wrong"), enter(&desk, ADMIN, PASSWORD)), (1, 0));
    assert_eq!(authenticate(&desk, ADMIN, PASSWORD), "Granted");
    // A change that is queued later is made later: the writer has no upgrade left.
    desk.store().change(|_| Ok(())).unwrap();
    assert_eq!(stored(desk.store(), admin).password, Some(new));
}

#[test]
fn a_password_that_authenticate_finds_right_is_hashed_anew_unless_the_person_may_not_log_in() {
    let desk = Desk::open();
    let old = adopted(WEAK);
    let (id, out) = (add(&desk, "checked", &old), add(&desk, "disabled", &old));
    assert_eq!(desk.set(out.0, &["Enabled=false"]).0, 0);
    assert_eq!(authenticate(&desk, "disabled", RIGHT), "Disabled");
    assert_eq!(authenticate(&desk, "checked", "wrong"), "Denied");
    assert_eq!(stored(desk.store(), id).password.as_ref(), Some(&old));
    let feed = desk.feed_length();
    assert_eq!(authenticate(&desk, "checked", RIGHT), "Granted");
    assert!(!workspace().needs_upgrade(&upgraded(&desk, id, &old)));
    assert_eq!((desk.feed_length(), authenticate(&desk, "checked", RIGHT).as_str()), (feed, "Granted"));
    assert_eq!(stored(desk.store(), out).password, Some(old), "whoever may not log in keeps the hash");
}

#[test]
fn a_change_that_waits_behind_the_upgrade_of_its_callers_hash_is_made() {
    let desk = Desk::open();
    for (name, text) in [("weak", WEAK), ("kept", KEPT)] {
        let old = adopted(text);
        let id = add(&desk, name, &old);
        let held = Held::writer(desk.store());
        // Remembered by the old hash; its upgrade is queued, and cannot be made yet.
        assert_eq!(enter(&desk, name, RIGHT), 0);
        let codes = std::thread::scope(|scope| {
            let calls: Vec<_> = (0..8).map(|_| scope.spawn(|| write(&desk, name))).collect();
            assert_eq!(stored(desk.store(), id).password.as_ref(), Some(&old));
            held.release().unwrap();
            calls.into_iter().map(|call| call.join().unwrap()).collect::<Vec<_>>()
        });
        assert_eq!(codes, [0; 8]);
        upgraded(&desk, id, &old);
    }
}

#[test]
fn first_logins_at_once_all_succeed_and_leave_one_new_hash() {
    let desk = Desk::open();
    for round in 0..5 {
        let (name, old) = (format!("newcomer-{round}"), adopted(if round % 2 == 0 { WEAK } else { KEPT }));
        let id = add(&desk, &name, &old);
        std::thread::scope(|scope| {
            for number in 0..16 {
                let (desk, name) = (&desk, &name);
                scope.spawn(move || match number % 4 {
                    0 => assert_eq!(authenticate(desk, name, RIGHT), "Granted"),
                    1 => assert_eq!(write(desk, name), 0),
                    2 => assert_eq!(enter(desk, name, "wrong"), 1),
                    _ => assert_eq!(enter(desk, name, RIGHT), 0),
                });
            }
        });
        let new = upgraded(&desk, id, &old);
        assert_eq!((enter(&desk, &name, RIGHT), write(&desk, &name)), (0, 0));
        desk.store().change(|_| Ok(())).unwrap();
        assert_eq!(stored(desk.store(), id).password, Some(new), "an upgrade of the old hash finds it gone");
    }
}

#[test]
fn a_password_that_was_changed_before_the_upgrade_came_stays_changed() {
    let desk = Desk::open();
    let old = adopted(WEAK);
    let id = add(&desk, "somebody", &old);
    let other = workspace().hash(&"another one".into()).unwrap();
    let given = other.clone();
    // In the same moment as the login, so to say: the change is made before the upgrade, which was queued behind it.
    let held = Held::with(desk.store(), move |tx| {
        let before = tx.user(id)?.unwrap();
        tx.update_user(&before, &User { password: Some(given.clone()), ..(*before).clone() })
    });
    assert_eq!(enter(&desk, "somebody", RIGHT), 0, "the change is not yet made");
    held.release().unwrap();
    desk.store().change(|_| Ok(())).unwrap();
    assert_eq!(stored(desk.store(), id).password, Some(other));
    assert_eq!((enter(&desk, "somebody", RIGHT), enter(&desk, "somebody", "another one")), (1, 0));
}

#[test]
fn an_upgrade_that_fails_leaves_the_login_as_it_was() {
    let desk = Desk::open();
    let old = adopted(KEPT);
    let id = add(&desk, "somebody", &old);
    desk.refuse_upgrades();
    assert_eq!((enter(&desk, "somebody", RIGHT), write(&desk, "somebody")), (0, 0));
    assert_eq!(authenticate(&desk, "somebody", RIGHT), "Granted");
    desk.store().change(|_| Ok(())).unwrap();
    assert_eq!(stored(desk.store(), id).password, Some(old));
}

#[test]
fn a_caller_with_a_hash_from_elsewhere_changes_its_password_like_anybody() {
    let desk = Desk::open();
    let old = adopted(WEAK);
    add(&desk, "somebody", &old);
    let change = |from: &str, to: &str| {
        let parameters = format!("<oldPassword>{from}</oldPassword><newPassword>{to}</newPassword>");
        desk.accounts_as("somebody", RIGHT, "ChangePassword", &parameters).code()
    };
    assert_ne!(change("wrong one", "quite another"), 0);
    assert_eq!(change(RIGHT, "quite another"), 0);
    assert_eq!((enter(&desk, "somebody", RIGHT), enter(&desk, "somebody", "quite another")), (1, 0));
}
