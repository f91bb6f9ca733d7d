//! The people of the reference's cases, and a configuration under which their logins cost next to nothing; the fuzz targets share them.

use asmxd::config::Config;
use asmxd::domain::ids::{RoleId, UserId};
use asmxd::domain::name::Name;
use asmxd::domain::password::{Cost, Workspace};
use asmxd::domain::role;
use asmxd::domain::time::Instant;
use asmxd::domain::user::User;
use asmxd::store::Store;
use secrecy::SecretString;

/// The administrator's user name.
pub const ADMIN: &str = "admin";
/// Everybody's password.
pub const PASSWORD: &str = "secret";

/// A configuration for tests: hashing costs next to nothing.
pub fn cheap() -> Config {
    Config { cost: Cost { memory_kib: 8, iterations: 1 }, server_name: "lab".to_owned(), ..Config::default() }
}

/// Makes user 2 the administrator, 3 an agent, 4 a verified person with the custom employee role 100, 5 an end user.
pub fn populate(store: &dyn Store) {
    let hash = Workspace::new(cheap().cost).hash(&SecretString::from(PASSWORD)).unwrap();
    let person = move |name: &str, display: &str, verified: bool| User {
        username: Name::new(name).unwrap(),
        display_name: display.to_owned(),
        email: format!("{name}@example.org"),
        email_verified: verified,
        password: Some(hash.clone()),
        ..User::nobody()
    };
    let people = [
        (person(ADMIN, "Administrator", true), Some(role::ADMINISTRATOR)),
        (person("agent", "Zoë <&> Agent", true), Some(role::AGENT)),
        (person("probe-ex-fix", "Fix & Co", true), Some(RoleId(100))),
        (person("customer", "A Customer", false), None),
    ];
    let made = store.change(move |tx| {
        tx.insert_role(&Name::new("probe-ex-fix").unwrap(), true)?;
        for (expected, (user, role)) in (2..).zip(&people) {
            let id = tx.insert_user(user, Instant(1_790_000_000_000))?;
            assert_eq!(id, UserId(expected));
            if let Some(role) = role {
                tx.give_role(id, *role)?;
            }
        }
        Ok(())
    });
    made.unwrap();
}
