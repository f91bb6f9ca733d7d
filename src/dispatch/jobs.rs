//! What the pipeline gives to the writer.

use super::answer::{Done, Ticket};
use super::pipeline::Pipeline;
use crate::contract::Reply;
use crate::domain::Error;
use crate::domain::caller::Caller;
use crate::domain::ids::UserId;
use crate::domain::password::PasswordHash;
use crate::domain::time::Instant;
use crate::login::Verified;
use crate::operations::Prepared;
use crate::store::{Job, Read, Write};
use std::sync::Arc;

/// Who was found to be calling, and the hash that the password was right for.
#[derive(Clone)]
pub(super) struct Verification {
    pub id: UserId,
    pub hash: PasswordHash,
}

/// A writing call on its way through the writer.
pub(super) struct Change {
    pub pipeline: Arc<Pipeline>,
    pub ticket: Ticket,
    pub verification: Verification,
    pub prepared: Box<dyn Prepared>,
    /// Whether it is long, and so alone in its transaction.
    pub is_long: bool,
    pub reply: Option<Box<dyn Reply>>,
    pub done: Done,
}

impl Job for Change {
    fn is_alone(&self) -> bool {
        self.is_long
    }

    /// The caller's state and roles are checked again inside the transaction (R2).
    fn run(&mut self, tx: &mut dyn Write) -> Result<(), Error> {
        let caller = still_valid(&self.verification, self.pipeline.verified(), tx)?;
        self.ticket.authorise(&caller)?;
        let context = self.pipeline.context(&caller);
        tx.on_behalf_of(caller.id, context.now);
        self.reply = Some(self.prepared.apply(&context, tx)?);
        Ok(())
    }

    fn finish(self: Box<Self>, outcome: Result<(), Error>) {
        let Change { ticket, reply, done, .. } = *self;
        let reply = outcome.and_then(|()| reply.ok_or_else(|| Error::internal("a change has no reply")));
        done(ticket.answer(reply));
    }
}

/// The time of a login on its way through the writer.
pub(super) struct NotedLogin {
    pub ticket: Ticket,
    pub user: UserId,
    pub outcome: Result<Box<dyn Reply>, Error>,
    pub done: Done,
}

impl Job for NotedLogin {
    fn run(&mut self, tx: &mut dyn Write) -> Result<(), Error> {
        let now = Instant::now();
        tx.on_behalf_of(self.user, now);
        tx.note_login(self.user, now)
    }

    fn finish(self: Box<Self>, noted: Result<(), Error>) {
        if let Err(error) = noted {
            tracing::warn!(%error, inner = error.inner(), "the time of a login could not be noted");
        }
        (self.done)(self.ticket.answer(self.outcome));
    }
}

/// Another hash of a password on its way through the writer; nobody waits for it.
pub(super) struct Upgrade {
    pub pipeline: Arc<Pipeline>,
    pub user: UserId,
    pub old: PasswordHash,
    pub new: PasswordHash,
}

impl Job for Upgrade {
    /// Of several upgrades of one hash only the first finds it still stored. It is remembered before anybody can read the new hash.
    fn run(&mut self, tx: &mut dyn Write) -> Result<(), Error> {
        if tx.upgrade_password(self.user, &self.old, &self.new)? {
            self.pipeline.verified().upgraded(self.user, &self.old, &self.new);
        }
        Ok(())
    }

    fn finish(self: Box<Self>, outcome: Result<(), Error>) {
        if let Err(error) = outcome {
            tracing::warn!(%error, inner = error.inner(), "a password that was hashed anew could not be kept; the old hash stays");
        }
    }
}

/// The caller as it is now, unless its password or state has changed since it was verified.
pub(super) fn still_valid(verification: &Verification, verified: &Verified, read: &dyn Read) -> Result<Caller, Error> {
    let Verification { id, hash } = verification;
    let unchanged = |now: &PasswordHash| now == hash || verified.is_upgrade(*id, hash, now);
    match read.credential(*id)? {
        Some(now) if now.may_log_in && now.hash.as_ref().is_some_and(unchanged) => Ok(now.caller),
        _ => Err(Error::AuthenticationFailed),
    }
}
