//! The store's narrow waist: transactions in words of the domain.
//!
//! A reading call is given `Read`, a writing one `Write`; nothing else reaches stored data. What a failed call wrote is undone by
//! whoever ran it. Neither the wire nor HTTP is known here.

mod imports;
pub mod sqlite;
mod structure;

pub use imports::{ReadImports, WriteImports};
pub use structure::{ReadStructure, WriteStructure};

use crate::domain::Error;
use crate::domain::avatar::Avatar;
use crate::domain::credential::Credential;
use crate::domain::feed::Change;
use crate::domain::ids::{RoleId, UserId};
use crate::domain::listing::{Listing, Page};
use crate::domain::name::Name;
use crate::domain::password::PasswordHash;
use crate::domain::picture::Picture;
use crate::domain::role::Role;
use crate::domain::time::Instant;
use crate::domain::user::User;
use std::sync::Arc;

/// What can be asked within one consistent view of the store.
pub trait Read: ReadStructure + ReadImports {
    /// What a login with this name key is checked against.
    fn credential_by_name(&self, key: &str) -> Result<Option<Credential>, Error>;
    /// The same by id.
    fn credential(&self, id: UserId) -> Result<Option<Credential>, Error>;
    /// A person with its roles and settings; what is read often is shared.
    fn user(&self, id: UserId) -> Result<Option<Arc<User>>, Error>;
    /// The id of the person with this name key.
    fn user_id_by_name(&self, key: &str) -> Result<Option<UserId>, Error>;
    /// The id of the person with this key of another system, exactly as it is spelled.
    fn user_id_by_external_id(&self, external_id: &str) -> Result<Option<UserId>, Error>;
    /// The ids of up to `most` people with this e-mail address, without regard to case.
    fn user_ids_by_email(&self, email: &str, most: usize) -> Result<Vec<UserId>, Error>;
    /// Whether somebody other than `except` has this e-mail address, without regard to case.
    fn email_is_used(&self, email: &str, except: Option<UserId>) -> Result<bool, Error>;
    /// Whether an administrator other than `except` could log in.
    fn has_administrator_besides(&self, except: UserId) -> Result<bool, Error>;
    /// A page of a list of people. A listing that is refused names the parameter; a page costs the same among any number of people.
    fn people(&self, listing: &Listing) -> Result<Page, Error>;
    /// A role.
    fn role(&self, id: RoleId) -> Result<Option<Role>, Error>;
    /// The id of the role with this name key.
    fn role_id_by_name(&self, key: &str) -> Result<Option<RoleId>, Error>;
    /// All roles in the order of their ids.
    fn roles(&self) -> Result<Vec<Role>, Error>;
    /// Up to `most` changes that come after number `after`, in their order.
    fn changes(&self, after: i64, most: usize) -> Result<Vec<Change>, Error>;
    /// The number of the last change; 0 before the first.
    fn last_change(&self) -> Result<i64, Error>;
    /// The picture that was uploaded for a person.
    fn avatar(&self, user: UserId) -> Result<Option<Avatar>, Error>;
    /// The picture of this name, whoever has it; the same picture has the same name.
    fn avatar_by_name(&self, name: &str) -> Result<Option<Avatar>, Error>;
}

/// What can be changed within one transaction.
///
/// Whatever changes is noted in the feed of changes, along with the change itself.
pub trait Write: Read + WriteStructure + WriteImports {
    /// Says in whose name and when the changes that follow are made; before, they are nobody's.
    fn on_behalf_of(&mut self, by: UserId, at: Instant);
    /// Does a part of a change; if it fails, what it wrote is undone, and nothing else.
    fn attempt(&mut self, part: Part<'_>) -> Result<(), Error>;
    /// Makes a person with its settings; its id is the next one (R11). Roles and the avatar have methods of their own.
    fn insert_user(&mut self, user: &User, now: Instant) -> Result<UserId, Error>;
    /// Keeps what is different `after` of a person's own row and settings; roles and the avatar have methods of their own.
    fn update_user(&mut self, before: &User, after: &User) -> Result<(), Error>;
    /// Removes a person with its roles, settings, memberships and avatar, for good (R15).
    fn delete_user(&mut self, id: UserId) -> Result<(), Error>;
    /// Notes that the person logged in now. With the first login, the language it prefers becomes its spell-check dictionary, if there is
    /// one and it chose none.
    fn note_login(&mut self, id: UserId, now: Instant) -> Result<(), Error>;
    /// Keeps another hash of the same password, and answers whether it did: only while the hash is still the old one. The feed is not
    /// told, since nothing changed for anybody.
    fn upgrade_password(&mut self, id: UserId, old: &PasswordHash, new: &PasswordHash) -> Result<bool, Error>;
    /// Makes a custom role.
    fn insert_role(&mut self, name: &Name, employee: bool) -> Result<RoleId, Error>;
    /// Gives a custom role another name.
    fn rename_role(&mut self, id: RoleId, name: &Name) -> Result<(), Error>;
    /// Removes a custom role and takes it from everybody. A department limited to it alone becomes internal.
    fn delete_role(&mut self, id: RoleId) -> Result<(), Error>;
    /// Gives a role; nothing changes if it is held.
    fn give_role(&mut self, user: UserId, role: RoleId) -> Result<(), Error>;
    /// Takes a role away; nothing changes if it is not held.
    fn take_role(&mut self, user: UserId, role: RoleId) -> Result<(), Error>;
    /// Keeps a picture for a person, in place of the one before.
    fn put_avatar(&mut self, user: UserId, picture: &Picture, now: Instant) -> Result<(), Error>;
    /// Gives one person the picture of another, if that one has any, as one that came now.
    fn copy_avatar(&mut self, from: UserId, to: UserId, now: Instant) -> Result<(), Error>;
    /// Removes a person's picture; nothing changes if there is none.
    fn delete_avatar(&mut self, user: UserId) -> Result<(), Error>;
}

/// A part of a change, which may fail by itself.
pub type Part<'p> = &'p mut dyn FnMut(&mut dyn Write) -> Result<(), Error>;

/// A change waiting for the writer.
pub trait Job: Send {
    /// Whether it has a transaction of its own: many parts within one cost more the more goes before them.
    fn is_alone(&self) -> bool {
        false
    }
    /// Does the change. It is repeatable, and what it wrote is undone when it fails.
    fn run(&mut self, tx: &mut dyn Write) -> Result<(), Error>;
    /// Is told how it ended, once it is certain: after the commit, or after the undoing.
    fn finish(self: Box<Self>, outcome: Result<(), Error>);
}

/// Reading work: given one consistent view, it keeps what it found for itself. It is repeatable, and only its last run counts.
pub type Reading<'w> = &'w mut dyn FnMut(&dyn Read) -> Result<(), Error>;

/// What can be looked into.
pub trait Look {
    /// Runs `work` here and now on one consistent view.
    fn read(&self, work: Reading<'_>) -> Result<(), Error>;
}

/// A store.
pub trait Store: Look + Send + Sync {
    /// Queues a change; a full queue finishes it at once with [`Error::Busy`].
    fn write(&self, job: Box<dyn Job>);
    /// Fails unless the store answers.
    fn check(&self) -> Result<(), Error>;
}

impl dyn Look + '_ {
    /// Runs `work` on one consistent view, again if need be, and answers what it answers.
    pub fn view<T>(&self, mut work: impl FnMut(&dyn Read) -> Result<T, Error>) -> Result<T, Error> {
        let mut found = None;
        self.read(&mut |read| {
            found = Some(work(read)?);
            Ok(())
        })?;
        found.ok_or_else(|| Error::internal("a view was not run"))
    }
}

impl dyn Store + '_ {
    /// Runs `work` on one consistent view, again if need be, and answers what it answers.
    pub fn view<T>(&self, work: impl FnMut(&dyn Read) -> Result<T, Error>) -> Result<T, Error> {
        (self as &dyn Look).view(work)
    }

    /// Makes a change and waits for its commit. For start-up, tools and tests; calls do not wait in a thread.
    pub fn change<T: Send + 'static>(
        &self,
        change: impl FnMut(&mut dyn Write) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        struct Waiting<T, F> {
            change: F,
            made: Option<T>,
            done: std::sync::mpsc::Sender<Result<T, Error>>,
        }
        impl<T: Send, F: FnMut(&mut dyn Write) -> Result<T, Error> + Send> Job for Waiting<T, F> {
            fn is_alone(&self) -> bool {
                true
            }
            fn run(&mut self, tx: &mut dyn Write) -> Result<(), Error> {
                self.made = Some((self.change)(tx)?);
                Ok(())
            }
            fn finish(self: Box<Self>, outcome: Result<(), Error>) {
                let Waiting { made, done, .. } = *self;
                let made = outcome.and_then(|()| made.ok_or_else(|| Error::internal("a change was not run")));
                // Whoever asked may be gone; the change stands.
                let _ = done.send(made);
            }
        }
        let (done, outcome) = std::sync::mpsc::channel();
        self.write(Box::new(Waiting { change, made: None, done }));
        outcome.recv().unwrap_or_else(|_| Err(Error::Busy))
    }
}
