//! A person as a sequential model: what there is to be known of it, and what each call must be told and leaves behind.

use crate::support::{Desk, PASSWORD, Reply};
use asmxd::operations::{Service, service};

/// All that is known of a person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct World {
    pub name: String,
    pub enabled: bool,
    pub password: String,
    pub version: i32,
}

/// What can be asked, as the administrator where nothing else is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// GetUser of svcAccounts.
    Read,
    /// GetUsersProperties of svcOrganization.
    ReadProperties,
    /// UpdateUser with another displayed name, and perhaps the version that is expected.
    Rename(String, Option<i32>),
    /// SetUsersProperties with another displayed name.
    SetProperty(String),
    /// EnableUser or DisableUser.
    SetEnabled(bool),
    /// SetPassword.
    SetPassword(String),
    /// ChangePassword, by the person with the old password.
    ChangePassword(String, String),
    /// GetUsersProperties by the person with this password.
    CallAs(String),
}

/// What was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The person; properties have no version.
    Person { name: String, enabled: bool, version: Option<i32> },
    /// It is done; where the service tells it, with the person's version now.
    Changed(Option<i32>),
    /// The expected version is not this one.
    Outdated(i32),
    /// Code 1.
    Denied,
    /// Anything else, which is never right.
    Other(String),
}

impl Told {
    /// The version that was told.
    pub fn version(&self) -> Option<i32> {
        match self {
            Told::Person { version, .. } | Told::Changed(version) => *version,
            Told::Outdated(version) => Some(*version),
            _ => None,
        }
    }
}

impl World {
    /// A person as it is stored, while nobody changes it, with the password that everybody begins with.
    pub fn read(desk: &Desk, id: i32) -> World {
        let what = What::Read;
        match what.told(&desk.accounts("GetUser", &what.request(id).2)) {
            Told::Person { name, enabled, version: Some(version) } => {
                World { name, enabled, password: PASSWORD.to_owned(), version }
            }
            other => panic!("{other:?}"),
        }
    }

    /// What a read tells of it.
    pub fn seen(self) -> Told {
        Told::Person { name: self.name, enabled: self.enabled, version: Some(self.version) }
    }

    /// The person after a call, if what was told is right.
    pub fn after(&self, what: &What, told: &Told) -> Option<World> {
        let next = match what {
            What::Read => return (self.clone().seen() == *told).then(|| self.clone()),
            What::ReadProperties => return (self.shown() == *told).then(|| self.clone()),
            What::CallAs(password) => {
                let right = if self.lets_in(password) { self.shown() } else { Told::Denied };
                return (right == *told).then(|| self.clone());
            }
            What::Rename(_, Some(expected)) if *expected != self.version => {
                return (*told == Told::Outdated(self.version)).then(|| self.clone());
            }
            What::ChangePassword(old, _) if !self.lets_in(old) => return (*told == Told::Denied).then(|| self.clone()),
            What::Rename(name, _) | What::SetProperty(name) => World { name: name.clone(), ..self.clone() },
            What::SetEnabled(enabled) => World { enabled: *enabled, ..self.clone() },
            What::SetPassword(password) | What::ChangePassword(_, password) => {
                World { password: password.clone(), ..self.clone() }
            }
        };
        // A password is a change even if it is the same: its hash is another.
        let changed = next != *self || matches!(what, What::SetPassword(_) | What::ChangePassword(..));
        let next = World { version: self.version + i32::from(changed), ..next };
        let version = (!matches!(what, What::SetProperty(_) | What::ChangePassword(..))).then_some(next.version);
        (*told == Told::Changed(version)).then_some(next)
    }

    fn lets_in(&self, password: &str) -> bool {
        self.enabled && self.password == password
    }

    fn shown(&self) -> Told {
        Told::Person { name: self.name.clone(), enabled: self.enabled, version: None }
    }
}

impl What {
    /// The service if it is not svcOrganization, the operation, and its parameters.
    pub fn request(&self, id: i32) -> (Option<&'static Service>, &'static str, String) {
        let accounts = service("svcAccounts");
        let user = format!("<userId>{id}</userId>");
        let properties = "<requestedValues><string>DisplayName</string><string>Enabled</string></requestedValues>";
        match self {
            What::Read => (accounts, "GetUser", user),
            What::ReadProperties | What::CallAs(_) => (None, "GetUsersProperties", user + properties),
            What::Rename(name, expected) => {
                let expected = expected.map_or(String::new(), |version| format!("<expectedVersion>{version}</expectedVersion>"));
                (accounts, "UpdateUser", format!("{user}<displayName>{name}</displayName>{expected}"))
            }
            What::SetProperty(name) => {
                let values = format!("<userPropertyValues><string>DisplayName={name}</string></userPropertyValues>");
                (None, "SetUsersProperties", user + &values)
            }
            What::SetEnabled(true) => (accounts, "EnableUser", user),
            What::SetEnabled(false) => (accounts, "DisableUser", user),
            What::SetPassword(password) => (accounts, "SetPassword", format!("{user}<newPassword>{password}</newPassword>")),
            What::ChangePassword(old, new) => {
                let passwords = format!("<oldPassword>{old}</oldPassword><newPassword>{new}</newPassword>");
                (accounts, "ChangePassword", passwords)
            }
        }
    }

    /// What an answer to it tells.
    pub fn told(&self, reply: &Reply) -> Told {
        let number = |text: &str| text.parse::<i32>().ok();
        match (self, reply.code()) {
            (_, 1) => Told::Denied,
            (What::Rename(_, Some(_)), 6) => {
                let message = reply.text("Message");
                let found = message.split_once("at version ").and_then(|(_, rest)| number(rest.split(';').next()?));
                found.map_or(Told::Other(message), Told::Outdated)
            }
            (What::Read, 0) => Told::Person {
                name: reply.text("DisplayName"),
                enabled: reply.text("Enabled") == "true",
                version: number(&reply.text("Version")),
            },
            (What::ReadProperties | What::CallAs(_), 0) => {
                let lines = reply.strings();
                let value = |key: &str| lines.iter().find_map(|line| line.strip_prefix(key)).unwrap_or_default().to_owned();
                Told::Person { name: value("DisplayName="), enabled: value("Enabled=") == "true", version: None }
            }
            (What::SetProperty(_) | What::ChangePassword(..), 0) => Told::Changed(None),
            (_, 0) => Told::Changed(number(&reply.text("Version"))),
            (_, code) => Told::Other(format!("code {code}: {}", reply.text("Message"))),
        }
    }
}
