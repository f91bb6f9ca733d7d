//! Where an import goes: a database that no server holds, or a server. Both are given the same requests and answer the same records.

use crate::contract::{Failure, Outcome};
use crate::domain::Error;
use crate::domain::caller::Caller;
use crate::domain::listing::{Listing, People, Sort};
use crate::domain::password::{Cost, Workspace};
use crate::domain::role;
use crate::domain::time::Instant;
use crate::failure;
use crate::operations::accounts::records_of_imports::{ExportResult, ImportResult, ImportRow, ImportsResult};
use crate::operations::accounts::{AppendImport, ExportUsers, FinishImport, GetImport, ListImports, StartImport};
use crate::operations::{Bench, Context, Prepares, Reads, Server};
use crate::store::{Look, Read, Reading, Store, Write};
use std::cell::RefCell;
use std::sync::Arc;

/// Why a target did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It refused, with this code and sentence.
    Refused(i32, String),
    /// It could not be asked, or its answer could not be understood.
    Unreachable(String),
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::Refused(_, message) | Refusal::Unreachable(message) => f.write_str(message),
        }
    }
}

impl Refusal {
    /// What a failed call is, in whichever way it was made.
    pub fn of(failure: Failure) -> Self {
        Refusal::Refused(failure.code, failure.message)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let inner = error.inner().map(|inner| format!(" ({inner})")).unwrap_or_default();
        let Failure { code, message, .. } = failure::of(&error);
        Refusal::Refused(code, message + &inner)
    }
}

/// Who takes an import, or gives an export.
pub trait Target {
    /// Begins an import.
    fn start(&mut self, request: StartImport) -> Result<ImportResult, Refusal>;
    /// Takes rows.
    fn append(&mut self, import: i32, first: i32, rows: Vec<ImportRow>) -> Result<ImportResult, Refusal>;
    /// Ends an import, or goes on ending it.
    fn finish(&mut self, import: i32, most_missing: Option<i32>) -> Result<ImportResult, Refusal>;
    /// The last imports, the last begun first.
    fn imports(&mut self) -> Result<ImportsResult, Refusal>;
    /// What came of rows after this one.
    fn report(&mut self, import: i32, after: i32) -> Result<ImportResult, Refusal>;
    /// People as rows.
    fn export(&mut self, request: ExportUsers) -> Result<ExportResult, Refusal>;
}

/// Who works on a database: the first administrator who can log in, and as many hashing threads as the machine has cores.
pub struct Worker {
    server: Arc<Server>,
    caller: Caller,
    workspaces: Vec<Workspace>,
}

impl Worker {
    /// A worker in the name of the first administrator.
    pub fn new(server: Server, cost: Cost, store: &dyn Store) -> Result<Self, Error> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let caller = store.view(first_administrator)?;
        let workspaces = (0..cores).map(|_| Workspace::new(cost)).collect();
        Ok(Worker { server: Arc::new(server), caller, workspaces })
    }

    fn prepare<O: Prepares>(&mut self, request: O, look: &dyn Look) -> Result<O::Prepared, Error> {
        request.prepare(&mut Bench::new(&self.server, look, self.caller.id, &mut self.workspaces))
    }

    fn read<O: Reads>(&self, request: &O, read: &dyn Read) -> Result<O::Result, Error> {
        let context = Context { caller: &self.caller, server: &self.server, now: Instant::now() };
        Ok(request.answer(&context, read)?.succeed())
    }
}

fn first_administrator(read: &dyn Read) -> Result<Caller, Error> {
    let listing = Listing {
        people: People::Everybody,
        text: None,
        role: Some(role::ADMINISTRATOR),
        verified: None,
        enabled: None,
        last_login: None,
        sort: Sort::Id,
        descending: false,
        size: 1000,
        after: None,
    };
    let page = read.people(&listing)?;
    let first = page.people.iter().find(|person| person.enabled).map(|person| read.credential(person.id)).transpose()?;
    first.flatten().map(|credential| credential.caller).ok_or_else(|| Error::internal("there is no administrator"))
}

fn apply<O: Prepares>(prepared: &O::Prepared, server: &Server, caller: &Caller, tx: &mut dyn Write) -> Result<O::Result, Error> {
    let context = Context { caller, server, now: Instant::now() };
    tx.on_behalf_of(caller.id, context.now);
    Ok(O::apply(prepared, &context, tx)?.succeed())
}

/// A database that this process holds: each part of an import is a transaction, as it is of a server.
pub struct Local {
    store: Arc<dyn Store>,
    worker: Worker,
}

impl Local {
    /// A target on a store.
    pub fn new(store: Arc<dyn Store>, worker: Worker) -> Self {
        Local { store, worker }
    }
}

impl Does for Local {
    fn write<O: Prepares>(&mut self, request: O) -> Result<O::Result, Refusal> {
        let look: &dyn Store = &*self.store;
        let prepared = self.worker.prepare(request, look)?;
        let (server, caller) = (Arc::clone(&self.worker.server), self.worker.caller.clone());
        Ok(self.store.change(move |tx| apply::<O>(&prepared, &server, &caller, tx))?)
    }

    fn read<O: Reads>(&mut self, request: &O) -> Result<O::Result, Refusal> {
        Ok(self.store.view(|read| self.worker.read(request, read))?)
    }
}

/// A transaction that is open for as long as the import goes: all of it is kept, or nothing.
pub struct InOne<'t> {
    tx: RefCell<&'t mut dyn Write>,
    worker: Worker,
}

impl<'t> InOne<'t> {
    /// A target in a transaction.
    pub fn new(tx: &'t mut dyn Write, worker: Worker) -> Self {
        InOne { tx: RefCell::new(tx), worker }
    }
}

/// What is prepared in the middle of the transaction sees what was written before.
struct Within<'a, 't>(&'a RefCell<&'t mut dyn Write>);

impl Look for Within<'_, '_> {
    fn read(&self, work: Reading<'_>) -> Result<(), Error> {
        work(&**self.0.borrow())
    }
}

impl Does for InOne<'_> {
    fn write<O: Prepares>(&mut self, request: O) -> Result<O::Result, Refusal> {
        let prepared = self.worker.prepare(request, &Within(&self.tx))?;
        let Worker { server, caller, .. } = &self.worker;
        Ok(apply::<O>(&prepared, server, caller, &mut **self.tx.borrow_mut())?)
    }

    fn read<O: Reads>(&mut self, request: &O) -> Result<O::Result, Refusal> {
        Ok(self.worker.read(request, &**self.tx.borrow())?)
    }
}

/// Whoever runs operations in this process.
trait Does {
    fn write<O: Prepares>(&mut self, request: O) -> Result<O::Result, Refusal>;
    fn read<O: Reads>(&mut self, request: &O) -> Result<O::Result, Refusal>;
}

impl<T: Does> Target for T {
    fn start(&mut self, request: StartImport) -> Result<ImportResult, Refusal> {
        self.write(request)
    }

    fn append(&mut self, import: i32, first: i32, rows: Vec<ImportRow>) -> Result<ImportResult, Refusal> {
        self.write(AppendImport { import_id: import, first_row: first, rows: Some(rows) })
    }

    fn finish(&mut self, import: i32, most_missing: Option<i32>) -> Result<ImportResult, Refusal> {
        self.write(FinishImport { import_id: import, most_missing })
    }

    fn imports(&mut self) -> Result<ImportsResult, Refusal> {
        self.read(&ListImports { only_open: None, max: Some(1000) })
    }

    fn report(&mut self, import: i32, after: i32) -> Result<ImportResult, Refusal> {
        self.read(&GetImport { import_id: import, after_row: Some(after), max: None })
    }

    fn export(&mut self, request: ExportUsers) -> Result<ExportResult, Refusal> {
        self.read(&request)
    }
}
