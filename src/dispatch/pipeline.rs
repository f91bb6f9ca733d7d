//! The pipeline itself.

use super::answer::{Answer, Dialect, Done, Lost, Progress, Ticket, Waiting};
use super::jobs::{Change, NotedLogin, Upgrade, Verification, still_valid};
use super::route::{FormRequest, Request, Verb, confirm, no_document, route, route_form, unreadable};
use crate::contract::{Claim, Effect, Login, Reply};
use crate::domain::Error;
use crate::domain::caller::Caller;
use crate::domain::credential::Credential;
use crate::domain::ids::UserId;
use crate::domain::name;
use crate::domain::password::{PasswordHash, Workspace};
use crate::domain::time::Instant;
use crate::login::{Asker, Hasher, Task, Verified};
use crate::operations::{Bench, Call, Checking, Context, Outdated, Pace, Server, Service, Writing};
use crate::store::{Read, Store};
use crate::wire::form::Form;
use crate::wire::limits::{Forbidden, Limits};
use crate::wire::soap::{Addressing, Envelope, Fault, Refused, Unopened, Version};
use crate::wire::xml::without_forbidden;
use secrecy::SecretString;
use std::sync::Arc;

/// What one look into the store found for a call.
enum Found {
    /// Its answer, and whose login is to be noted.
    Answer(Result<Box<dyn Reply>, Error>, Option<UserId>),
    /// That it may go on: who calls, by which login.
    Admitted(Verification, Caller),
    /// That its password has to be checked first, against this if there is such a person.
    Unverified(Option<Credential>),
}

/// A request that was found to be a call: what answers it, who calls, and what is to be run.
type Decoded = (Ticket, Login, Call);
/// What a request says of its answer by WS-Addressing.
type OfAnswer = Option<Box<Addressing>>;

/// The pipeline and all that it works with.
pub struct Pipeline {
    store: Arc<dyn Store>,
    hasher: Hasher,
    verified: Verified,
    server: Server,
    limits: Limits,
    large_limits: Limits,
}

impl Pipeline {
    /// A pipeline over a store.
    pub fn new(store: Arc<dyn Store>, hasher: Hasher, verified: Verified, server: Server, limits: Limits) -> Arc<Self> {
        Arc::new(Pipeline { store, hasher, verified, server, limits, large_limits: limits.large() })
    }

    /// The store, for what is no call.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// The cache of verified logins.
    pub(super) fn verified(&self) -> &Verified {
        &self.verified
    }

    /// Reads the request and goes as far as this thread should.
    pub fn begin(self: &Arc<Self>, request: &Request<'_>) -> Progress {
        let (read, addressing) = self.read(request);
        let progress = match read {
            Ok((ticket, login, call)) => self.go(ticket, login, call),
            Err((fault, version)) => Progress::Done(Answer::fault(Dialect::Soap(version), fault)),
        };
        progress.to(addressing)
    }

    /// The same for a call that a form or a query makes.
    pub fn begin_form(self: &Arc<Self>, request: &FormRequest<'_>) -> Progress {
        match self.read_form(request) {
            Ok((ticket, login, call)) => self.go(ticket, login, call),
            Err(fault) => Progress::Done(Answer::fault(Dialect::Plain, fault)),
        }
    }

    fn go(self: &Arc<Self>, ticket: Ticket, login: Login, call: Call) -> Progress {
        let login = Arc::new(login);
        match self.store.view(|read| Ok(self.look(ticket, &login, &call, read))) {
            Err(error) => Progress::Done(ticket.answer(Err(error))),
            Ok(Found::Answer(outcome, None)) => Progress::Done(ticket.answer(outcome)),
            Ok(Found::Answer(outcome, Some(user))) => self.later(ticket, move |pipeline, done| {
                pipeline.note_login(ticket, user, outcome, done);
            }),
            Ok(Found::Admitted(verification, caller)) => self.later(ticket, move |pipeline, done| {
                pipeline.go_on(ticket, verification, caller, call, None, done);
            }),
            Ok(Found::Unverified(credential)) => self.later(ticket, move |pipeline, done| {
                pipeline.verify(ticket, login, credential, call, done);
            }),
        }
    }

    fn later(self: &Arc<Self>, lost: Ticket, run: impl FnOnce(Arc<Self>, Done) + Send + 'static) -> Progress {
        let pipeline = Arc::clone(self);
        Progress::Waiting(Waiting {
            run: Box::new(move |done| run(pipeline, done)),
            lost: Lost { ticket: lost, addressing: None },
        })
    }

    /// Find and decode, and what the answer needs to know of the headers, whatever comes of it.
    fn read(&self, request: &Request<'_>) -> (Result<Decoded, (Fault, Version)>, OfAnswer) {
        let limits = self.limits(request.service);
        let text = match limits.forbidden {
            Forbidden::Refuse => request.text.into(),
            Forbidden::Replace => without_forbidden(request.text),
        };
        match Envelope::open(&text, limits) {
            Ok(mut envelope) => {
                let read = decoded(request, &mut envelope).map_err(|fault| (fault, envelope.version()));
                (read, envelope.into_addressing())
            }
            Err(Unopened { fault, version, addressing }) => {
                let refused = match no_document(request) {
                    Some(fault) => (fault, Version::Soap12),
                    None => (fault, version.unwrap_or(request.guess)),
                };
                (Err(refused), addressing)
            }
        }
    }

    /// Find and decode. Who calls is told by the parameters and nothing else: what a browser sends by itself must not do.
    fn read_form(&self, request: &FormRequest<'_>) -> Result<(Ticket, Login, Call), Fault> {
        let service = request.service;
        let entry = route_form(request)?;
        let form = Form::read(request.parameters, request.charset, self.limits(service)).map_err(unreadable)?;
        if request.verb == Verb::Get {
            form.refuse_markup().map_err(unreadable)?;
        }
        let (login, call) = (entry.decode)(&mut form.source(service.forms_are_complete)).map_err(unreadable)?;
        let ticket = Ticket { service, entry, dialect: Dialect::Plain, from: request.from, anonymous: false };
        Ok((ticket, Claim::from(login).into(), call))
    }

    fn limits(&self, service: &Service) -> &Limits {
        if service.large { &self.large_limits } else { &self.limits }
    }

    /// Authenticates by the cache and, for a reading call, authorises and answers in the same view.
    fn look(&self, ticket: Ticket, login: &Login, call: &Call, read: &dyn Read) -> Found {
        let credential = match login.user.as_deref().map(|user| read.credential_by_name(&name::key(user))) {
            Some(Err(error)) => return Found::Answer(Err(error), None),
            Some(Ok(credential)) => credential,
            None => None,
        };
        let known = credential.as_ref().and_then(|credential| self.known(login, credential));
        match (known, credential) {
            (Some(verification), Some(credential)) => self.admit(ticket, verification, credential.caller, call, read),
            (_, credential) => Found::Unverified(credential),
        }
    }

    /// Whether the cache knows the login. People who may not log in are always checked the slow way, so that all take the same time.
    fn known(&self, login: &Login, credential: &Credential) -> Option<Verification> {
        let hash = credential.hash.as_ref().filter(|_| credential.may_log_in)?;
        let id = credential.caller.id;
        self.verified.knows(id, login.password.as_ref()?, hash).then(|| Verification { id, hash: hash.clone() })
    }

    /// Where a login stands in line for its check. One that was right before does not wait among strangers; whoever cannot tell the
    /// password learns nothing by that.
    fn asker<'n>(&self, ticket: Ticket, login: &Login, name: &'n str, credential: Option<&Credential>) -> Asker<'n> {
        let known = credential.and_then(|Credential { caller, hash, .. }| {
            self.verified.knew(caller.id, login.password.as_ref()?, hash.as_ref()?).then_some(caller.id)
        });
        known.map_or(Asker::Claimed(ticket.from, name), Asker::Known)
    }

    /// Authorises, and answers what only reads.
    fn admit(&self, ticket: Ticket, verification: Verification, caller: Caller, call: &Call, read: &dyn Read) -> Found {
        if let Err(error) = ticket.authorise(&caller) {
            return Found::Answer(Err(error), None);
        }
        match call {
            Call::Writes(_) | Call::Checks(_) => Found::Admitted(verification, caller),
            Call::Reads(call) => {
                let outcome = call.answer(&self.context(&caller), read);
                let signs_in = ticket.entry.declaration.effect == Effect::SignsIn && outcome.is_ok();
                Found::Answer(outcome, signs_in.then_some(caller.id))
            }
        }
    }

    /// Goes on with a call that was admitted and does more than read; without a workspace it is not on a hasher thread yet.
    fn go_on(
        self: Arc<Self>,
        ticket: Ticket,
        verification: Verification,
        caller: Caller,
        call: Call,
        workspace: Option<&mut Workspace>,
        done: Done,
    ) {
        match (call, workspace) {
            (Call::Writes(call), workspace) => self.prepare(ticket, verification, call, workspace, done),
            (Call::Checks(call), Some(workspace)) => self.check(ticket, &caller, call, workspace, done),
            (Call::Checks(call), None) => {
                self.on_hasher(Pace::Slow, Asker::Known(caller.id), ticket, done, move |pipeline, workspace, done| {
                    pipeline.check(ticket, &caller, call, workspace, done);
                });
            }
            (Call::Reads(_), _) => done(ticket.answer(Err(Error::internal("a reading call was admitted, but not answered")))),
        }
    }

    pub(super) fn context<'c>(&'c self, caller: &'c Caller) -> Context<'c> {
        Context { caller, server: &self.server, now: Instant::now() }
    }

    /// Checks the password on a hasher thread and goes on there.
    fn verify(self: Arc<Self>, ticket: Ticket, login: Arc<Login>, credential: Option<Credential>, call: Call, done: Done) {
        let name = name::key(login.user.as_deref().unwrap_or_default());
        let asker = self.asker(ticket, &login, &name, credential.as_ref());
        self.on_hasher(Pace::Slow, asker, ticket, done, move |pipeline, workspace, done| {
            pipeline.verified_or_refused(ticket, &login, credential, call, workspace, done);
        });
    }

    /// Goes on with a call on a hasher thread, or answers it at once when their queue is full.
    fn on_hasher(
        self: Arc<Self>,
        pace: Pace,
        asker: Asker<'_>,
        ticket: Ticket,
        done: Done,
        go_on: impl FnOnce(Arc<Self>, &mut Workspace, Done) + Send + 'static,
    ) {
        let pipeline = Arc::clone(&self);
        let task: Task = Box::new(move |room| match room {
            Err(error) => done(ticket.answer(Err(error))),
            Ok(workspace) => go_on(pipeline, workspace, done),
        });
        match pace {
            Pace::Quick | Pace::Slow => self.hasher.submit(asker, task),
            Pace::Long => self.hasher.submit_long(asker, task),
        }
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
        let outdated = Some(hash.clone()).filter(|hash| !known && workspace.needs_upgrade(hash));
        Arc::clone(&self).resume(ticket, Verification { id, hash }, call, workspace, done);
        if let Some(hash) = outdated {
            self.upgrade(id, password, hash, workspace);
        }
    }

    /// Hashes a password anew, after its call went on, and sends it to the writer. Whatever comes of that, the login was right.
    fn upgrade(self: Arc<Self>, user: UserId, password: &SecretString, old: PasswordHash, workspace: &mut Workspace) {
        match workspace.hash(password) {
            Ok(new) => {
                let pipeline = Arc::clone(&self);
                pipeline.store.write(Box::new(Upgrade { pipeline: self, user, old, new }));
            }
            Err(error) => tracing::warn!(%error, "a password could not be hashed anew; the old hash stays"),
        }
    }

    /// Goes on with a call whose login was just verified, in a new view: much may have changed while it waited.
    fn resume(self: Arc<Self>, ticket: Ticket, verification: Verification, call: Call, workspace: &mut Workspace, done: Done) {
        let found = self.store.view(|read| {
            let caller = still_valid(&verification, &self.verified, read)?;
            Ok(self.admit(ticket, verification.clone(), caller, &call, read))
        });
        match found {
            Err(error) => done(ticket.answer(Err(error))),
            Ok(Found::Answer(outcome, None)) => done(ticket.answer(outcome)),
            Ok(Found::Answer(outcome, Some(user))) => self.note_login(ticket, user, outcome, done),
            Ok(Found::Admitted(verification, caller)) => {
                self.go_on(ticket, verification, caller, call, Some(workspace), done);
            }
            Ok(Found::Unverified(_)) => done(ticket.answer(Err(Error::AuthenticationFailed))),
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
        let pace = call.pace();
        match workspace {
            Some(workspace) if pace != Pace::Long => {
                self.prepare_here(ticket, verification, call, std::slice::from_mut(workspace), done);
            }
            None if pace == Pace::Quick => self.prepare_here(ticket, verification, call, &mut [], done),
            _ => self.on_hasher(pace, Asker::Known(verification.id), ticket, done, move |pipeline, workspace, done| {
                pipeline.prepare_here(ticket, verification, call, std::slice::from_mut(workspace), done);
            }),
        }
    }

    fn prepare_here(
        self: Arc<Self>,
        ticket: Ticket,
        verification: Verification,
        call: Box<dyn Writing>,
        workspaces: &mut [Workspace],
        done: Done,
    ) {
        let is_long = call.pace() == Pace::Long;
        match call.prepare(&mut Bench::new(&self.server, &*self.store, verification.id, workspaces)) {
            Err(error) => {
                // It was judged by what is stored now. Whoever was put out meanwhile is told that, and nothing of what is wrong.
                let valid = self.store.view(|read| still_valid(&verification, &self.verified, read));
                done(ticket.answer(Err(valid.err().unwrap_or(error))));
            }
            Ok(prepared) => {
                // The writer may be done with the call before this returns. What is held here meanwhile is the pipeline and not just
                // its store: with the last of a store goes a wait for the writer, which may wait for this thread to end.
                let pipeline = Arc::clone(&self);
                pipeline.store.write(Box::new(Change {
                    pipeline: self,
                    ticket,
                    verification,
                    prepared,
                    is_long,
                    reply: None,
                    done,
                }));
            }
        }
    }

    /// Checks somebody's password for the caller.
    fn check(self: Arc<Self>, ticket: Ticket, caller: &Caller, call: Box<dyn Checking>, workspace: &mut Workspace, done: Done) {
        let mut bench = Bench::new(&self.server, &*self.store, caller.id, std::slice::from_mut(workspace));
        let checked = call.check(&self.context(caller), &mut bench);
        let outdated = bench.into_outdated();
        match checked {
            Err(error) => done(ticket.answer(Err(error))),
            Ok((reply, None)) => done(ticket.answer(Ok(reply))),
            Ok((reply, Some(user))) => Arc::clone(&self).note_login(ticket, user, Ok(reply), done),
        }
        if let Some(Outdated { user, password, hash }) = outdated {
            self.upgrade(user, &password, hash, workspace);
        }
    }

    /// Notes the time of a login; whatever comes of that, the call is answered as it was (R14).
    fn note_login(self: Arc<Self>, ticket: Ticket, user: UserId, outcome: Result<Box<dyn Reply>, Error>, done: Done) {
        self.store.write(Box::new(NotedLogin { ticket, user, outcome, done }));
    }
}

/// The call that an envelope holds. Nothing is run before the whole document was found well formed.
fn decoded(request: &Request<'_>, envelope: &mut Envelope<'_>) -> Result<Decoded, Fault> {
    let version = envelope.version();
    let decoded = route(request, version, envelope.operation()).and_then(|entry| {
        let (login, call) = (entry.decode)(&mut envelope.parameters(request.service.namespace))?;
        Ok((
            Ticket { service: request.service, entry, dialect: Dialect::Soap(version), from: request.from, anonymous: false },
            login,
            call,
        ))
    });
    match decoded {
        Err(fault) if matches!(fault.refused, Refused::Malformed | Refused::Limit(_)) => Err(fault),
        // What is wrong with a header goes before whatever else is wrong, even when it stands after the body (D15).
        Err(fault) => Err(envelope.finish().err().filter(|fault| fault.about_headers).unwrap_or(fault)),
        Ok((ticket, login, call)) => {
            let claim = envelope.finish()?.and(request.claim.clone()).and(Claim::from(login));
            // Known only now: a header may stand after the body, too (R34).
            confirm(request.service, ticket.entry, envelope.action())?;
            Ok((Ticket { anonymous: claim.is_absent(), ..ticket }, claim.into(), call))
        }
    }
}
