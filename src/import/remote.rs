//! A server as the target: the same requests, as messages to its svcAccounts.

use super::target::{Refusal, Target};
use crate::contract::{Field, Part, ReadError, Request, Secret, Sink, Source, Type, Value};
use crate::operations::accounts::records_of_imports::{ExportResult, Import, ImportResult, ImportRow, ImportsResult};
use crate::operations::accounts::{
    self, AppendImport, ExportUsers, FinishImport, GetImport, ImportUsers, ListImports, StartImport,
};
use crate::wire::limits::Limits;
use crate::wire::soap::{Envelope, Version};
use crate::wire::xml::{XmlSink, XmlWriter};
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;

/// How long one answer is waited for: a thousand passwords are hashed within it.
const PATIENCE: Duration = Duration::from_secs(600);
/// The most bytes of an answer.
const LONGEST_ANSWER: u64 = 256 * 1024 * 1024;
/// How often a call is made again that found the server busy or lost its answer. Every call here may be repeated.
const ATTEMPTS: u32 = 6;
/// The result code of a server that is busy.
const BUSY: i32 = 9;

/// A server, and who calls it.
pub struct Remote {
    agent: ureq::Agent,
    address: String,
    username: String,
    password: SecretString,
    limits: Limits,
}

/// How a call failed, and whether it may be made again.
enum Trouble {
    Again(Refusal),
    Final(Refusal),
}

impl Remote {
    /// A target at a server's base address, without `/Services2`.
    pub fn new(base: &str, username: String, password: SecretString) -> Self {
        let tls = ureq::tls::TlsConfig::builder().root_certs(ureq::tls::RootCerts::PlatformVerifier).build();
        let agent = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false).tls_config(tls);
        Remote {
            agent: agent.build().into(),
            address: format!("{}/Services2/{}.asmx", base.trim_end_matches('/'), accounts::SERVICE.name),
            username,
            password,
            limits: Limits { elements: usize::MAX, items: usize::MAX, text: usize::MAX, ..Limits::default() },
        }
    }

    fn call<O: Request>(
        &self,
        parameters: &dyn Fn(&mut dyn Sink),
        read: fn(&mut dyn Source) -> Result<O::Result, ReadError>,
    ) -> Result<O::Result, Refusal>
    where
        O::Result: Answer,
    {
        let message = self.message::<O>(parameters);
        let mut pause = Duration::from_millis(250);
        for attempt in 1.. {
            match self.send::<O>(&message, read) {
                Ok(result) => return Ok(result),
                Err(Trouble::Again(_)) if attempt < ATTEMPTS => {
                    std::thread::sleep(pause);
                    pause *= 2;
                }
                Err(Trouble::Again(refusal) | Trouble::Final(refusal)) => return Err(refusal),
            }
        }
        Err(Refusal::Unreachable("the server was not asked".to_owned()))
    }

    fn message<O: Request>(&self, parameters: &dyn Fn(&mut dyn Sink)) -> Vec<u8> {
        let mut writer = XmlWriter::compact(64 * 1024).keeping_returns(true);
        writer.raw(Version::Soap11.head());
        writer.start("soap:Body");
        writer.start_with(O::DECLARATION.name, &[("xmlns", accounts::SERVICE.namespace)]);
        let mut sink = XmlSink::new(&mut writer);
        if let [user, password, ..] = O::DECLARATION.parameters {
            sink.string(user.name, &self.username);
            sink.string(password.name, self.password.expose_secret());
        }
        parameters(&mut sink);
        writer.end(O::DECLARATION.name);
        writer.end("soap:Body");
        writer.end("soap:Envelope");
        writer.into_bytes()
    }

    fn send<O: Request>(
        &self,
        message: &[u8],
        read: fn(&mut dyn Source) -> Result<O::Result, ReadError>,
    ) -> Result<O::Result, Trouble>
    where
        O::Result: Answer,
    {
        let unreachable = |problem: String| Refusal::Unreachable(format!("{}: {problem}", self.address));
        let post = self.agent.post(&self.address).header("Content-Type", "text/xml; charset=utf-8");
        let mut response = post.send(message).map_err(|error| Trouble::Again(unreachable(error.to_string())))?;
        let (status, body) = (response.status().as_u16(), response.body_mut());
        let text = body.with_config().limit(LONGEST_ANSWER).read_to_string();
        let text = text.map_err(|error| Trouble::Again(unreachable(error.to_string())))?;
        match status {
            200 => {}
            503 => return Err(Trouble::Again(unreachable("the server is busy".to_owned()))),
            _ => return Err(Trouble::Final(unreachable(told(&text, status)))),
        }
        let result = self
            .answer::<O>(&text, read)
            .ok_or_else(|| Trouble::Final(unreachable("the answer is none of asmxd's svcAccounts".to_owned())))?;
        match result.refusal() {
            None => Ok(result),
            Some((BUSY, message)) => Err(Trouble::Again(Refusal::Refused(BUSY, message))),
            Some((code, message)) => Err(Trouble::Final(Refusal::Refused(code, message))),
        }
    }

    fn answer<O: Request>(&self, text: &str, read: fn(&mut dyn Source) -> Result<O::Result, ReadError>) -> Option<O::Result> {
        let mut envelope = Envelope::open(text, &self.limits).ok()?;
        if envelope.operation() != Some((accounts::SERVICE.namespace, O::DECLARATION.response_name)) {
            return None;
        }
        const fn result(name: &'static str) -> [Field; 1] {
            [Field { name, doc: "", ty: Type::String, required: true }]
        }
        let fields: &'static [Field] = const { &result(O::DECLARATION.result_name) };
        let mut source = envelope.parameters(accounts::SERVICE.namespace);
        match source.field(fields) {
            Ok(Some(_)) => read(&mut source).ok(),
            _ => None,
        }
    }
}

/// The text of a fault, or what the status says.
fn told(text: &str, status: u16) -> String {
    let fault =
        text.split_once("<faultstring").and_then(|(_, rest)| rest.split_once('>')).and_then(|(_, rest)| rest.split_once('<'));
    match fault {
        Some((fault, _)) => format!("the server answered with a fault: {fault}"),
        None => format!("the server answered with status {status}"),
    }
}

/// A result record that tells whether its call succeeded.
trait Answer {
    /// Code and message of a call that failed.
    fn refusal(&self) -> Option<(i32, String)>;
}

macro_rules! answers {
    ($($name:ident),*) => { $(
        impl Answer for $name {
            fn refusal(&self) -> Option<(i32, String)> {
                (!self.result).then(|| (self.result_code, self.message.clone().unwrap_or_default()))
            }
        }
    )* };
}
answers!(ImportResult, ImportsResult, ExportResult);

impl Remote {
    /// Imports rows in one call.
    fn at_once(&self, asked: &StartImport, all_or_nothing: bool, rows: &[ImportRow]) -> Result<ImportResult, Refusal> {
        let parameters = |sink: &mut dyn Sink| {
            Part::write(&asked.columns, "columns", sink);
            write_rows(rows, sink);
            Part::write(&asked.mode, "mode", sink);
            Part::write(&asked.rehearse, "rehearse", sink);
            Part::write(&asked.idempotency_key, "idempotencyKey", sink);
            Part::write(&Some(all_or_nothing), "allOrNothing", sink);
            Part::write(&asked.options, "options", sink);
        };
        self.call::<ImportUsers>(&parameters, ImportResult::read)
    }
}

/// A server that takes all rows in one call, which is one transaction there.
pub struct AtOnce {
    remote: Remote,
    all_or_nothing: bool,
    asked: StartImport,
    /// Whether the one call was made.
    is_done: bool,
}

impl AtOnce {
    /// A target for one call.
    pub fn new(remote: Remote, all_or_nothing: bool) -> Self {
        AtOnce { remote, all_or_nothing, asked: StartImport::default(), is_done: false }
    }
}

impl Target for AtOnce {
    fn start(&mut self, request: StartImport) -> Result<ImportResult, Refusal> {
        self.asked = request;
        Ok(ImportResult { import: Some(Import::default()), ..ImportResult::default() })
    }

    fn append(&mut self, _: i32, _: i32, rows: Vec<ImportRow>) -> Result<ImportResult, Refusal> {
        if std::mem::replace(&mut self.is_done, true) {
            return Err(Refusal::Unreachable("the rows did not fit one call".to_owned()));
        }
        self.remote.at_once(&self.asked, self.all_or_nothing, &rows)
    }

    /// Asked only where there was no row.
    fn finish(&mut self, _: i32, _: Option<i32>) -> Result<ImportResult, Refusal> {
        self.remote.at_once(&self.asked, self.all_or_nothing, &[])
    }

    fn imports(&mut self) -> Result<ImportsResult, Refusal> {
        self.remote.imports()
    }

    fn report(&mut self, import: i32, after: i32) -> Result<ImportResult, Refusal> {
        self.remote.report(import, after)
    }

    fn export(&mut self, request: ExportUsers) -> Result<ExportResult, Refusal> {
        self.remote.export(request)
    }
}

impl Target for Remote {
    fn start(&mut self, request: StartImport) -> Result<ImportResult, Refusal> {
        let parameters = |sink: &mut dyn Sink| {
            Part::write(&request.columns, "columns", sink);
            Part::write(&request.mode, "mode", sink);
            Part::write(&request.rehearse, "rehearse", sink);
            Part::write(&request.idempotency_key, "idempotencyKey", sink);
            Part::write(&request.name, "name", sink);
            Part::write(&request.fingerprint, "fingerprint", sink);
            Part::write(&request.options, "options", sink);
        };
        self.call::<StartImport>(&parameters, ImportResult::read)
    }

    fn append(&mut self, import: i32, first: i32, rows: Vec<ImportRow>) -> Result<ImportResult, Refusal> {
        let parameters = |sink: &mut dyn Sink| {
            sink.int("importId", import);
            sink.int("firstRow", first);
            write_rows(&rows, sink);
        };
        self.call::<AppendImport>(&parameters, ImportResult::read)
    }

    fn finish(&mut self, import: i32, most_missing: Option<i32>) -> Result<ImportResult, Refusal> {
        let parameters = |sink: &mut dyn Sink| {
            sink.int("importId", import);
            Part::write(&most_missing, "mostMissing", sink);
        };
        self.call::<FinishImport>(&parameters, ImportResult::read)
    }

    fn imports(&mut self) -> Result<ImportsResult, Refusal> {
        self.call::<ListImports>(&|sink| sink.int("max", 1000), ImportsResult::read)
    }

    fn report(&mut self, import: i32, after: i32) -> Result<ImportResult, Refusal> {
        let parameters = |sink: &mut dyn Sink| {
            sink.int("importId", import);
            sink.int("afterRow", after);
        };
        self.call::<GetImport>(&parameters, ImportResult::read)
    }

    fn export(&mut self, request: ExportUsers) -> Result<ExportResult, Refusal> {
        let parameters = |sink: &mut dyn Sink| {
            Part::write(&request.scope, "scope", sink);
            Part::write(&request.columns, "columns", sink);
            Part::write(&request.max, "max", sink);
            Part::write(&request.continuation_token, "continuationToken", sink);
        };
        self.call::<ExportUsers>(&parameters, ExportResult::read)
    }
}

fn write_rows(rows: &[ImportRow], sink: &mut dyn Sink) {
    sink.begin("rows");
    rows.iter().for_each(|row| write_row(row, sink));
    sink.end("rows");
}

/// A row with its values, which may be secrets and so are written nowhere else.
fn write_row(row: &ImportRow, sink: &mut dyn Sink) {
    let [values] = ImportRow::RECORD.fields else { return };
    sink.begin(ImportRow::RECORD.name);
    sink.begin(values.name);
    for Secret(value) in row.values.as_deref().unwrap_or_default() {
        sink.string("string", value.expose_secret());
    }
    sink.end(values.name);
    sink.end(ImportRow::RECORD.name);
}
