//! What comes out of the pipeline, and how far a call has come.

use crate::contract::{Access, Reply};
use crate::domain::Error;
use crate::domain::caller::Caller;
use crate::failure;
use crate::operations::{Entry, Service};
use crate::wire::form;
use crate::wire::soap::{self, Addressing, Fault, Version};
use std::net::IpAddr;

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// In a version of SOAP.
    Soap(Version),
    /// To a form: a result as XML of its own, a fault as its text.
    Plain,
}

/// What is answered: a result record or a fault, not yet written.
pub struct Answer {
    /// How it is written.
    pub dialect: Dialect,
    /// What.
    pub content: Content,
    /// What the request says of its answer by WS-Addressing.
    pub addressing: Option<Box<Addressing>>,
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
        /// Whether the login failed because nothing was said of who calls.
        anonymous: bool,
        /// Whether there was no room for the call, or none in time.
        busy: bool,
    },
    /// A fault.
    Fault(Fault),
}

impl Answer {
    /// An answer that is a fault.
    pub fn fault(dialect: Dialect, fault: Fault) -> Self {
        Answer { dialect, content: Content::Fault(fault), addressing: None }
    }

    /// The content type of the message.
    pub fn content_type(&self) -> &'static str {
        match (self.dialect, &self.content) {
            (Dialect::Soap(version), _) => version.content_type(),
            (Dialect::Plain, Content::Result { .. }) => form::XML,
            (Dialect::Plain, Content::Fault(_)) => form::TEXT,
        }
    }

    /// Whether there was no room for the call in a queue.
    pub fn is_busy(&self) -> bool {
        matches!(&self.content, Content::Result { busy: true, .. })
    }

    /// The answer to a request that says this by WS-Addressing.
    pub(super) fn to(self, addressing: Option<Box<Addressing>>) -> Self {
        Answer { addressing, ..self }
    }

    /// Whether the request does not want it.
    pub fn is_unwanted(&self) -> bool {
        self.addressing.as_ref().is_some_and(|addressing| match &self.content {
            Content::Result { .. } => addressing.discards_results(),
            Content::Fault(fault) => addressing.discards(fault),
        })
    }

    /// Whether a challenge could bring what is missing: it is a failed login without credentials, to a service that may ask for them (R4).
    pub fn may_challenge(&self) -> bool {
        matches!(&self.content, Content::Result { service, anonymous: true, .. } if service.challenges)
    }

    /// The message.
    pub fn encode(&self) -> Vec<u8> {
        match (self.dialect, &self.content) {
            (Dialect::Soap(version), Content::Result { service, entry, reply, .. }) => {
                // The default action of WSDL: namespace, port type, name of the output (R39).
                let action = || format!("{}/{}Soap/{}", service.namespace, service.name, entry.declaration.response_name);
                let addressing = self.addressing.as_deref().map(|addressing| (addressing, action()));
                let addressing = addressing.as_ref().map(|(addressing, action)| (*addressing, action.as_str()));
                let exact = service.documented;
                soap::answer(version, service.namespace, entry.declaration, &**reply, addressing, exact)
            }
            (Dialect::Soap(version), Content::Fault(fault)) => fault.encode(version, self.addressing.as_deref()),
            (Dialect::Plain, Content::Result { service, entry, reply, .. }) => {
                form::answer(service.namespace, entry.declaration.result, &**reply)
            }
            (Dialect::Plain, Content::Fault(fault)) => format!("{}\n", fault.text).into_bytes(),
        }
    }
}

/// How far a call has come when [`Pipeline::begin`](super::Pipeline::begin) returns.
pub enum Progress {
    /// It is answered.
    Done(Answer),
    /// It waits for another thread.
    Waiting(Waiting),
}

impl Progress {
    /// The progress of a request that says this by WS-Addressing.
    pub(super) fn to(self, addressing: Option<Box<Addressing>>) -> Self {
        match self {
            Progress::Done(answer) => Progress::Done(answer.to(addressing)),
            Progress::Waiting(waiting) => {
                let lost = Lost { addressing, ..waiting.lost };
                Progress::Waiting(Waiting { lost, ..waiting })
            }
        }
    }
}

/// A call that has something slow before it.
pub struct Waiting {
    pub(super) run: Run,
    /// How the call is answered should it get lost on its way, by a defect.
    pub lost: Lost,
}

/// What is needed to answer a call that got lost.
#[derive(Clone)]
pub struct Lost {
    pub(super) ticket: Ticket,
    pub(super) addressing: Option<Box<Addressing>>,
}

impl Lost {
    /// The answer that tells of it.
    pub fn answer(self) -> Answer {
        self.ticket.answer(Err(Error::internal("a call got lost"))).to(self.addressing)
    }
}

/// Told the answer, on whichever thread has it.
pub(super) type Done = Box<dyn FnOnce(Answer) + Send>;
/// Sends a call on its way.
pub(super) type Run = Box<dyn FnOnce(Done) + Send>;

impl Waiting {
    /// Sends the call on its way; `done` is run with the answer on whichever thread has it.
    pub fn start(self, done: impl FnOnce(Answer) + Send + 'static) {
        let addressing = self.lost.addressing;
        (self.run)(Box::new(move |answer| done(answer.to(addressing))));
    }
}

/// What is needed to answer a call, whatever comes of it.
#[derive(Clone, Copy)]
pub struct Ticket {
    pub(super) service: &'static Service,
    pub(super) entry: &'static Entry,
    pub(super) dialect: Dialect,
    /// The address that it came from: those of one address wait in line together.
    pub(super) from: IpAddr,
    /// Whether nothing was said of who calls.
    pub(super) anonymous: bool,
}

impl Ticket {
    /// The answer that tells how the call ended.
    pub fn answer(self, outcome: Result<Box<dyn Reply>, Error>) -> Answer {
        let anonymous = self.anonymous && matches!(outcome, Err(Error::AuthenticationFailed));
        let busy = matches!(outcome, Err(Error::Busy));
        let reply = outcome.unwrap_or_else(|error| {
            failure::log(self.entry.declaration.name, &error);
            (self.entry.fail)(failure::of(&error))
        });
        let content = Content::Result { service: self.service, entry: self.entry, reply, anonymous, busy };
        Answer { dialect: self.dialect, content, addressing: None }
    }

    pub(super) fn authorise(self, caller: &Caller) -> Result<(), Error> {
        match self.entry.declaration.access {
            Access::Anybody => Ok(()),
            Access::Employee if caller.is_employee() => Ok(()),
            Access::Administrator if caller.is_administrator() => Ok(()),
            access => Err(Error::NotAuthorized(access.word())),
        }
    }
}
