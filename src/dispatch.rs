//! The pipeline that every call takes: find, decode, authenticate, authorise, transaction, handle, commit, encode. There is no side door.
//!
//! It is synchronous. What takes a moment (hashing, the commit) is handed to its thread, and the call goes on there; whoever
//! drives the pipeline is told when the answer is ready. HTTP is not known here.

use crate::contract::{Access, Effect, Login, Reply};
use crate::domain::Error;
use crate::domain::caller::Caller;
use crate::domain::credential::Credential;
use crate::domain::ids::UserId;
use crate::domain::name;
use crate::domain::password::{PasswordHash, Workspace};
use crate::domain::time::Instant;
use crate::failure;
use crate::login::{Hasher, Verified};
use crate::operations::{Bench, Call, Context, Entry, Prepared, Server, Service, Writing};
use crate::store::{Job, Read, Store, Write};
use crate::wire::limits::Limits;
use crate::wire::soap::{self, Envelope, Fault, Version};
use secrecy::SecretString;
use std::sync::Arc;

/// A SOAP request as the edge found it.
pub struct Request<'a> {
    /// The service that was addressed.
    pub service: &'static Service,
    /// The `SOAPAction` header or `action` parameter, without quotes; `None` when missing or empty (D2).
    pub action: Option<&'a str>,
    /// The version that the content type speaks of, for faults that come before the envelope tells its own.
    pub guess: Version,
    /// The document.
    pub text: &'a str,
}

/// What is answered: a result record or a fault, not yet written.
pub struct Answer {
    /// In which version of SOAP.
    pub version: Version,
    /// What.
    pub content: Content,
}

/// The two kinds of answer.
pub enum Content {
    /// The result of an operation, which may tell of a failure.
    Result {
        /// The service.
        service: &'static Service,
        /// The operation.
        entry: &'static Entry,
        /// Its result record.
        reply: Box<dyn Reply>,
    },
    /// A fault.
    Fault(Fault),
}

impl Answer {
    /// An answer that is a fault.
    pub fn fault(version: Version, fault: Fault) -> Self {
        Answer { version, content: Content::Fault(fault) }
    }

    /// The message.
    pub fn encode(&self) -> Vec<u8> {
        match &self.content {
            Content::Result { service, entry, reply } => {
                soap::answer(self.version, service.namespace, entry.declaration, &**reply)
            }
            Content::Fault(fault) => fault.encode(self.version),
        }
    }
}

/// How far a call has come when [`Pipeline::begin`] returns.
pub enum Progress {
    /// It is answered.
    Done(Answer),
    /// It waits for another thread.
    Waiting(Waiting),
}

/// A call that has something slow before it.
pub struct Waiting {
    run: Run,
    /// How the call is answered should it get lost on its way, by a defect.
    pub lost: Ticket,
}

type Done = Box<dyn FnOnce(Answer) + Send>;
type Run = Box<dyn FnOnce(Done) + Send>;

impl Waiting {
    /// Sends the call on its way; `done` is run with the answer on whichever thread has it.
    pub fn start(self, done: impl FnOnce(Answer) + Send + 'static) {
        (self.run)(Box::new(done));
    }
}

/// What is needed to answer a call, whatever comes of it.
#[derive(Clone, Copy)]
pub struct Ticket {
    service: &'static Service,
    entry: &'static Entry,
    version: Version,
}

impl Ticket {
    /// The answer that tells how the call ended.
    pub fn answer(self, outcome: Result<Box<dyn Reply>, Error>) -> Answer {
        let reply = outcome.unwrap_or_else(|error| {
            failure::log(self.entry.declaration.name, &error);
            (self.entry.fail)(failure::code(&error), error.to_string())
        });
        Answer { version: self.version, content: Content::Result { service: self.service, entry: self.entry, reply } }
    }

    fn authorise(self, caller: &Caller) -> Result<(), Error> {
        match self.entry.declaration.access {
            Access::Anybody => Ok(()),
            Access::Employee if caller.is_employee() => Ok(()),
            Access::Administrator if caller.is_administrator() => Ok(()),
            access => Err(Error::NotAuthorized(access.word())),
        }
    }
}

/// Who was found to be calling, and the hash that the password was right for.
#[derive(Clone)]
struct Verification {
    id: UserId,
    hash: PasswordHash,
}

/// What one look into the store made of a call.
enum Attempt {
    Answered(Result<Box<dyn Reply>, Error>, Option<UserId>),
    Write(Verification, Box<dyn Writing>),
    Unverified(Option<Credential>, Call),
}

/// The pipeline and all that it works with.
pub struct Pipeline {
    store: Arc<dyn Store>,
    hasher: Hasher,
    verified: Verified,
    server: Server,
    limits: Limits,
}

impl Pipeline {
    /// A pipeline over a store.
    pub fn new(store: Arc<dyn Store>, hasher: Hasher, verified: Verified, server: Server, limits: Limits) -> Arc<Self> {
        Arc::new(Pipeline { store, hasher, verified, server, limits })
    }

    /// The store, for what is no call.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// Reads the request and goes as far as this thread should.
    pub fn begin(self: &Arc<Self>, request: &Request<'_>) -> Progress {
        let (ticket, login, call) = match self.read(request) {
            Ok(read) => read,
            Err((fault, version)) => return Progress::Done(Answer::fault(version, fault)),
        };
        let login = Arc::new(login);
        let attempt = self.store.view(|read| Ok(self.attempt(ticket, &login, call, read)));
        match attempt {
            Err(error) => Progress::Done(ticket.answer(Err(error))),
            Ok(Attempt::Answered(outcome, None)) => Progress::Done(ticket.answer(outcome)),
            Ok(Attempt::Answered(outcome, Some(user))) => self.later(ticket, move |pipeline, done| {
                pipeline.note_login(ticket, user, outcome, done);
            }),
            Ok(Attempt::Write(verification, call)) => self.later(ticket, move |pipeline, done| {
                pipeline.prepare(ticket, verification, call, None, done);
            }),
            Ok(Attempt::Unverified(credential, call)) => self.later(ticket, move |pipeline, done| {
                pipeline.verify(ticket, login, credential, call, done);
            }),
        }
    }

    fn later(self: &Arc<Self>, lost: Ticket, run: impl FnOnce(Arc<Self>, Done) + Send + 'static) -> Progress {
        let pipeline = Arc::clone(self);
        Progress::Waiting(Waiting { run: Box::new(move |done| run(pipeline, done)), lost })
    }

    /// Find and decode. Nothing is run before the whole document was found well formed.
    fn read(&self, request: &Request<'_>) -> Result<(Ticket, Login, Call), (Fault, Version)> {
        let mut envelope = Envelope::open(request.text, &self.limits).map_err(|(fault, version)| match no_document(request) {
            Some(fault) => (fault, Version::Soap12),
            None => (fault, version.unwrap_or(request.guess)),
        })?;
        let version = envelope.version();
        let entry = route(request, version, envelope.operation()).map_err(|fault| (fault, version))?;
        let mut parameters = envelope.parameters(request.service.namespace);
        let (login, call) = (entry.decode)(&mut parameters).map_err(|error| (error.into(), version))?;
        envelope.finish().map_err(|fault| (fault, version))?;
        Ok((Ticket { service: request.service, entry, version }, login, call))
    }

    /// Authenticates by the cache and, for a reading call, authorises and answers in the same view.
    fn attempt(&self, ticket: Ticket, login: &Login, call: Call, read: &dyn Read) -> Attempt {
        let credential = match login.user.as_deref().map(|user| read.credential_by_name(&name::key(user))) {
            Some(Err(error)) => return Attempt::Answered(Err(error), None),
            Some(Ok(credential)) => credential,
            None => None,
        };
        let known = credential.as_ref().and_then(|credential| self.known(login, credential));
        match (known, credential) {
            (Some(verification), Some(credential)) => self.proceed(ticket, verification, &credential.caller, call, read),
            (_, credential) => Attempt::Unverified(credential, call),
        }
    }

    /// Whether the cache knows the login. People who may not log in are always checked the slow way, so that all take the same time.
    fn known(&self, login: &Login, credential: &Credential) -> Option<Verification> {
        let hash = credential.hash.as_ref().filter(|_| credential.may_log_in)?;
        let id = credential.caller.id;
        self.verified.knows(id, login.password.as_ref()?, hash).then(|| Verification { id, hash: hash.clone() })
    }

    /// Authorises, and answers what only reads.
    fn proceed(&self, ticket: Ticket, verification: Verification, caller: &Caller, call: Call, read: &dyn Read) -> Attempt {
        if let Err(error) = ticket.authorise(caller) {
            return Attempt::Answered(Err(error), None);
        }
        match call {
            Call::Writes(call) => Attempt::Write(verification, call),
            Call::Reads(call) => {
                let outcome = call.answer(&self.context(caller), read);
                let signs_in = ticket.entry.declaration.effect == Effect::SignsIn && outcome.is_ok();
                Attempt::Answered(outcome, signs_in.then_some(caller.id))
            }
        }
    }

    fn context<'c>(&'c self, caller: &'c Caller) -> Context<'c> {
        Context { caller, server: &self.server, now: Instant::now() }
    }

    /// Checks the password on a hasher thread and goes on there.
    fn verify(self: Arc<Self>, ticket: Ticket, login: Arc<Login>, credential: Option<Credential>, call: Call, done: Done) {
        let pipeline = Arc::clone(&self);
        self.hasher.submit(Box::new(move |room| match room {
            Err(error) => done(ticket.answer(Err(error))),
            Ok(workspace) => pipeline.verified_or_refused(ticket, &login, credential, call, workspace, done),
        }));
    }

    fn verified_or_refused(
        self: Arc<Self>,
        ticket: Ticket,
        login: &Login,
        credential: Option<Credential>,
        call: Call,
        workspace: &mut Workspace,
        done: Done,
    ) {
        let empty = SecretString::default();
        let password = login.password.as_ref().unwrap_or(&empty);
        let hash = credential.as_ref().and_then(|credential| credential.hash.as_ref());
        // Of several calls that waited with the same login, only the first has to hash.
        let known = credential.as_ref().and_then(|credential| self.known(login, credential)).is_some();
        let right = known || workspace.verify(password, hash);
        let (Some(credential), true) = (credential, right) else {
            return done(ticket.answer(Err(Error::AuthenticationFailed)));
        };
        let Credential { caller: Caller { id, .. }, hash: Some(hash), may_log_in: true } = credential else {
            return done(ticket.answer(Err(Error::AuthenticationFailed)));
        };
        self.verified.remember(id, password, &hash);
        self.resume(ticket, Verification { id, hash }, call, workspace, done);
    }

    /// Goes on with a call whose login was just verified, in a new view: much may have changed while it waited.
    fn resume(self: Arc<Self>, ticket: Ticket, verification: Verification, call: Call, workspace: &mut Workspace, done: Done) {
        let attempt = self.store.view(|read| {
            let caller = still_valid(&verification, read)?;
            Ok(self.proceed(ticket, verification, &caller, call, read))
        });
        match attempt {
            Err(error) => done(ticket.answer(Err(error))),
            Ok(Attempt::Answered(outcome, None)) => done(ticket.answer(outcome)),
            Ok(Attempt::Answered(outcome, Some(user))) => self.note_login(ticket, user, outcome, done),
            Ok(Attempt::Write(verification, call)) => self.prepare(ticket, verification, call, Some(workspace), done),
            Ok(Attempt::Unverified(..)) => done(ticket.answer(Err(Error::AuthenticationFailed))),
        }
    }

    /// The part of a writing call that comes before the writer: here and now when it is quick, else on a hasher thread.
    fn prepare(
        self: Arc<Self>,
        ticket: Ticket,
        verification: Verification,
        call: Box<dyn Writing>,
        workspace: Option<&mut Workspace>,
        done: Done,
    ) {
        if call.is_slow() && workspace.is_none() {
            let pipeline = Arc::clone(&self);
            return self.hasher.submit(Box::new(move |room| match room {
                Err(error) => done(ticket.answer(Err(error))),
                Ok(workspace) => pipeline.prepare(ticket, verification, call, Some(workspace), done),
            }));
        }
        match call.prepare(&mut Bench::new(&self.server, &*self.store, workspace)) {
            Err(error) => done(ticket.answer(Err(error))),
            Ok(prepared) => {
                let store = Arc::clone(&self.store);
                store.write(Box::new(Change { pipeline: self, ticket, verification, prepared, reply: None, done }));
            }
        }
    }

    /// Notes the time of a login; whatever comes of that, the call is answered as it was (R14).
    fn note_login(self: Arc<Self>, ticket: Ticket, user: UserId, outcome: Result<Box<dyn Reply>, Error>, done: Done) {
        self.store.write(Box::new(NotedLogin { ticket, user, outcome, done }));
    }
}

/// A writing call on its way through the writer.
struct Change {
    pipeline: Arc<Pipeline>,
    ticket: Ticket,
    verification: Verification,
    prepared: Box<dyn Prepared>,
    reply: Option<Box<dyn Reply>>,
    done: Done,
}

impl Job for Change {
    /// The caller's state and roles are checked again inside the transaction (R2).
    fn run(&mut self, tx: &mut dyn Write) -> Result<(), Error> {
        let caller = still_valid(&self.verification, tx)?;
        self.ticket.authorise(&caller)?;
        self.reply = Some(self.prepared.apply(&self.pipeline.context(&caller), tx)?);
        Ok(())
    }

    fn finish(self: Box<Self>, outcome: Result<(), Error>) {
        let Change { ticket, reply, done, .. } = *self;
        let reply = outcome.and_then(|()| reply.ok_or_else(|| Error::internal("a change has no reply")));
        done(ticket.answer(reply));
    }
}

struct NotedLogin {
    ticket: Ticket,
    user: UserId,
    outcome: Result<Box<dyn Reply>, Error>,
    done: Done,
}

impl Job for NotedLogin {
    fn run(&mut self, tx: &mut dyn Write) -> Result<(), Error> {
        tx.note_login(self.user, Instant::now())
    }

    fn finish(self: Box<Self>, noted: Result<(), Error>) {
        if let Err(error) = noted {
            tracing::warn!(%error, inner = error.inner(), "the time of a login could not be noted");
        }
        (self.done)(self.ticket.answer(self.outcome));
    }
}

/// The caller as it is now, unless its password or state has changed since it was verified.
fn still_valid(verification: &Verification, read: &dyn Read) -> Result<Caller, Error> {
    match read.credential(verification.id)? {
        Some(now) if now.may_log_in && now.hash.as_ref() == Some(&verification.hash) => Ok(now.caller),
        _ => Err(Error::AuthenticationFailed),
    }
}

/// The operation that the body names; the action may confirm it or say nothing, and must not name another (D3, D4).
fn route(request: &Request<'_>, version: Version, body: Option<(&str, &str)>) -> Result<&'static Entry, Fault> {
    let service = request.service;
    let action = request.action.map(|action| (action, service.operation_of_action(action)));
    let operation = body.filter(|(namespace, _)| *namespace == service.namespace).and_then(|(_, name)| service.operation(name));
    let name = |entry: &Entry| entry.declaration.name;
    match (operation, action) {
        (Some(entry), Some((_, Some(other)))) if name(entry) != name(other) => Err(Fault::client(format!(
            "The action names the operation {}, but the body holds {}; nothing was done.",
            name(other),
            name(entry)
        ))),
        (Some(entry), _) => Ok(entry),
        (None, None) => {
            Err(Fault::client("Unable to handle request without a valid action parameter. Please supply a valid soap action."))
        }
        (None, Some((action, None))) => Err(Fault::client(match version {
            Version::Soap11 => format!("Server did not recognize the value of HTTP Header SOAPAction: {action}."),
            Version::Soap12 => format!("Unable to handle request. The action '{action}' was not recognized."),
        })),
        (None, Some((_, Some(expected)))) => Err(Fault::client(format!(
            "Server was unable to read request. ---> {}; the action promises {} of the namespace {}.",
            match body {
                Some((namespace, name)) => format!("The element {name} of the namespace '{namespace}' is no operation"),
                None => "The body is empty".to_owned(),
            },
            name(expected),
            service.namespace
        ))),
    }
}

/// What is no XML at all and comes without an action is answered as the reference does: a SOAP 1.2 fault of the server's
/// (section 2.3 of `asmx-behaviour.md`).
fn no_document(request: &Request<'_>) -> Option<Fault> {
    let text = request.text.trim_start();
    if request.action.is_some() || text.starts_with('<') {
        return None;
    }
    let reason =
        if text.is_empty() { "Root element is missing." } else { "Data at the root level is invalid. Line 1, position 1." };
    Some(Fault::server(format!("Server was unable to process request. ---> {reason}")))
}
