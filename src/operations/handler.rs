//! What a handler is given and what it must provide, and how the table forgets the types of requests and results.

use crate::contract::{Declaration, Failure, Login, Outcome, ReadError, Reply, Request, Source};
use crate::domain::Error;
use crate::domain::caller::Caller;
use crate::domain::ids::{GroupId, UserId};
use crate::domain::password::{PasswordHash, Workspace};
use crate::domain::rules::Rules;
use crate::domain::time::Instant;
use crate::store::{Look, Read, Write};
use secrecy::SecretString;
use std::sync::{Mutex, PoisonError};

/// What a server is configured to be, as far as handlers need to know.
#[derive(Debug, Default)]
pub struct Server {
    /// What `GetServerName` answers (R38).
    pub name: String,
    /// The configurable rules.
    pub rules: Rules,
}

/// The circumstances of a call.
#[derive(Clone, Copy)]
pub struct Context<'c> {
    /// Who makes it; read again inside the transaction.
    pub caller: &'c Caller,
    /// Where it is made.
    pub server: &'c Server,
    /// When it is made.
    pub now: Instant,
}

impl Context<'_> {
    /// Refuses a group that the caller does not see (R21).
    pub fn must_see_group(&self, read: &dyn Read, id: GroupId) -> Result<(), Error> {
        let seen = self.caller.is_administrator() || read.groups(self.caller.scope())?.iter().any(|group| group.id == id);
        if seen { Ok(()) } else { Err(Error::NotAuthorized("members of the group and managers of its department")) }
    }
}

/// A reading operation.
pub trait Reads: Request {
    /// Answers it from one consistent view.
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<Self::Result, Error>;
}

/// A writing operation that needs no preparation.
pub trait Writes: Request {
    /// Makes the change. It is repeatable, and what it wrote is undone when it fails.
    fn apply(&self, context: &Context<'_>, tx: &mut dyn Write) -> Result<Self::Result, Error>;
}

/// A writing operation with a first part off the writer: values are checked and passwords hashed there (R2).
pub trait Prepares: Request {
    /// What the preparation hands to the change.
    type Prepared: Send + 'static;
    /// Whether the preparation takes longer than a few microseconds and so belongs on a hasher thread.
    fn is_slow(&self) -> bool;
    /// How long the preparation takes.
    fn pace(&self) -> Pace {
        if self.is_slow() { Pace::Slow } else { Pace::Quick }
    }
    /// Checks values and does what is slow.
    fn prepare(self, bench: &mut Bench<'_>) -> Result<Self::Prepared, Error>;
    /// Makes the change. It is repeatable, and what it wrote is undone when it fails.
    fn apply(prepared: &Self::Prepared, context: &Context<'_>, tx: &mut dyn Write) -> Result<Self::Result, Error>;
}

/// An operation that checks somebody's password. Nothing is written but the time of the login, if it was one.
pub trait Checks: Request {
    /// Answers it, and says whose login is to be noted. It runs on a hasher thread.
    fn check(self, context: &Context<'_>, bench: &mut Bench<'_>) -> Result<(Self::Result, Option<UserId>), Error>;
}

impl<O: Writes> Prepares for O {
    type Prepared = O;
    fn is_slow(&self) -> bool {
        false
    }
    fn prepare(self, _: &mut Bench<'_>) -> Result<O, Error> {
        Ok(self)
    }
    fn apply(prepared: &O, context: &Context<'_>, tx: &mut dyn Write) -> Result<Self::Result, Error> {
        Writes::apply(prepared, context, tx)
    }
}

/// A password that was found right for a hash of a kind or cost that asmxd no longer makes.
pub struct Outdated {
    /// Whose it is.
    pub user: UserId,
    /// The password.
    pub password: SecretString,
    /// Its hash.
    pub hash: PasswordHash,
}

/// What a preparation may use.
pub struct Bench<'b> {
    server: &'b Server,
    store: &'b dyn Look,
    caller: UserId,
    workspaces: &'b mut [Workspace],
    outdated: Option<Outdated>,
}

impl<'b> Bench<'b> {
    /// A bench; without a workspace it cannot hash, with several it hashes many passwords at once.
    pub fn new(server: &'b Server, store: &'b dyn Look, caller: UserId, workspaces: &'b mut [Workspace]) -> Self {
        Bench { server, store, caller, workspaces, outdated: None }
    }

    /// Who makes the call; its roles are those of the transaction.
    pub fn caller(&self) -> UserId {
        self.caller
    }

    /// The configurable rules.
    pub fn rules(&self) -> &'b Rules {
        &self.server.rules
    }

    /// Looks into the store, to refuse early what the transaction would refuse after a slow hash.
    pub fn view<T>(&self, work: impl FnMut(&dyn Read) -> Result<T, Error>) -> Result<T, Error> {
        self.store.view(work)
    }

    /// Whether a password has this hash; without one the answer is no, after the same work.
    pub fn verify(&mut self, password: &SecretString, hash: Option<&PasswordHash>) -> Result<bool, Error> {
        match self.workspaces.first_mut() {
            Some(workspace) => Ok(workspace.verify(password, hash)),
            None => Err(Error::internal("a password was to be checked by a preparation that is not declared slow")),
        }
    }

    /// Notes that somebody's password was found right; once the call is answered it is hashed anew, if its hash asks for that.
    pub fn found_right(&mut self, user: UserId, password: &SecretString, hash: &PasswordHash) {
        if self.workspaces.first().is_some_and(|workspace| workspace.needs_upgrade(hash)) {
            self.outdated = Some(Outdated { user, password: password.clone(), hash: hash.clone() });
        }
    }

    /// The password that is to be hashed anew.
    pub fn into_outdated(self) -> Option<Outdated> {
        self.outdated
    }

    /// Hashes a new password.
    pub fn hash(&mut self, password: &SecretString) -> Result<PasswordHash, Error> {
        match self.workspaces.first_mut() {
            Some(workspace) => workspace.hash(password).map_err(Error::internal),
            None => Err(Error::internal("a password was to be hashed by a preparation that is not declared slow")),
        }
    }
}

impl Bench<'_> {
    /// Does slow work on each of many things, on all workspaces at once, and answers in their order.
    pub fn each<T: Send, R: Send>(
        &mut self,
        things: Vec<T>,
        work: impl Fn(&mut Workspace, T) -> R + Sync,
    ) -> Result<Vec<R>, Error> {
        let count = things.len();
        let queue = Mutex::new(things.into_iter().enumerate());
        let take = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        let run = |workspace: &mut Workspace| {
            std::iter::from_fn(take).map(|(at, thing)| (at, work(workspace, thing))).collect::<Vec<_>>()
        };
        let mut done = match &mut *self.workspaces {
            [] => Vec::new(),
            [only] => run(only),
            several => std::thread::scope(|scope| {
                let threads: Vec<_> = several.iter_mut().map(|workspace| scope.spawn(|| run(workspace))).collect();
                // A thread that panicked leaves a gap, which is found below.
                threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
            }),
        };
        if done.len() != count {
            return Err(Error::internal("a preparation that hashes has no workspace, or panicked"));
        }
        done.sort_by_key(|(at, _)| *at);
        Ok(done.into_iter().map(|(_, result)| result).collect())
    }
}

/// How long a preparation takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// A few microseconds: it runs where the call came in.
    Quick,
    /// A hash or a picture: it runs on a hasher thread.
    Slow,
    /// Perhaps many hashes: it runs on the one thread for such, so that logins need not wait for it.
    Long,
}

/// A decoded request whose type is no longer known.
pub enum Call {
    /// Of a reading operation.
    Reads(Box<dyn Reading>),
    /// Of a writing operation.
    Writes(Box<dyn Writing>),
    /// Of an operation that checks somebody's password.
    Checks(Box<dyn Checking>),
}

/// A call of a reading operation.
pub trait Reading: Send {
    /// Answers it from one consistent view.
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<Box<dyn Reply>, Error>;
}

/// A call of a writing operation.
pub trait Writing: Send {
    /// How long its preparation takes.
    fn pace(&self) -> Pace;
    /// Prepares it.
    fn prepare(self: Box<Self>, bench: &mut Bench<'_>) -> Result<Box<dyn Prepared>, Error>;
}

/// A call of an operation that checks somebody's password.
pub trait Checking: Send {
    /// Answers it, and says whose login is to be noted.
    fn check(self: Box<Self>, context: &Context<'_>, bench: &mut Bench<'_>) -> Result<(Box<dyn Reply>, Option<UserId>), Error>;
}

/// A prepared call of a writing operation.
pub trait Prepared: Send {
    /// Makes the change.
    fn apply(&self, context: &Context<'_>, tx: &mut dyn Write) -> Result<Box<dyn Reply>, Error>;
}

struct ReadCall<O>(O);

impl<O: Reads> Reading for ReadCall<O> {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<Box<dyn Reply>, Error> {
        Ok(Box::new(self.0.answer(context, read)?.succeed()))
    }
}

struct CheckCall<O>(O);

impl<O: Checks> Checking for CheckCall<O> {
    fn check(self: Box<Self>, context: &Context<'_>, bench: &mut Bench<'_>) -> Result<(Box<dyn Reply>, Option<UserId>), Error> {
        let (result, user) = self.0.check(context, bench)?;
        Ok((Box::new(result.succeed()), user))
    }
}

struct WriteCall<O>(O);

impl<O: Prepares> Writing for WriteCall<O> {
    fn pace(&self) -> Pace {
        self.0.pace()
    }
    fn prepare(self: Box<Self>, bench: &mut Bench<'_>) -> Result<Box<dyn Prepared>, Error> {
        Ok(Box::new(PreparedCall::<O>(self.0.prepare(bench)?)))
    }
}

struct PreparedCall<O: Prepares>(O::Prepared);

impl<O: Prepares> Prepared for PreparedCall<O> {
    fn apply(&self, context: &Context<'_>, tx: &mut dyn Write) -> Result<Box<dyn Reply>, Error> {
        Ok(Box::new(O::apply(&self.0, context, tx)?.succeed()))
    }
}

/// Reads credentials and parameters from a source.
pub type Decode = fn(&mut dyn Source) -> Result<(Login, Call), ReadError>;

/// A row of the table: an operation's declaration and how its calls are decoded and refused.
pub struct Entry {
    /// What is declared of it.
    pub declaration: &'static Declaration,
    /// Reads credentials and parameters.
    pub decode: Decode,
    /// The result record that tells of a failure.
    pub fail: fn(Failure) -> Box<dyn Reply>,
}

impl Entry {
    /// The row of a reading operation.
    pub const fn reads<O: Reads>() -> Entry {
        Entry {
            declaration: const { &O::DECLARATION },
            decode: |source| O::read(source).map(|(login, request)| (login, Call::Reads(Box::new(ReadCall(request))))),
            fail: |failure| Box::new(O::Result::fail(failure)),
        }
    }

    /// The row of an operation that checks somebody's password.
    pub const fn checks<O: Checks>() -> Entry {
        Entry {
            declaration: const { &O::DECLARATION },
            decode: |source| O::read(source).map(|(login, request)| (login, Call::Checks(Box::new(CheckCall(request))))),
            fail: |failure| Box::new(O::Result::fail(failure)),
        }
    }

    /// The row of a writing operation.
    pub const fn writes<O: Prepares>() -> Entry {
        Entry {
            declaration: const { &O::DECLARATION },
            decode: |source| O::read(source).map(|(login, request)| (login, Call::Writes(Box::new(WriteCall(request))))),
            fail: |failure| Box::new(O::Result::fail(failure)),
        }
    }
}
