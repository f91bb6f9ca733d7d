//! asmxd: a SOAP server that takes the place of an unsupported help desk's account service.
//!
//! The layers, from the inside out, and what each may use of ours:
//!
//! - [`domain`]: the rules and words of the help desk; nothing.
//! - [`contract`]: what an operation is, as data; nothing.
//! - [`wire`]: XML and SOAP; `contract`.
//! - [`store`]: transactions, on SQLite; `domain`.
//! - [`login`]: hasher threads and the cache of verified logins; `domain`.
//! - [`operations`]: one file per operation, and the table of services; `contract`, `domain`, the traits of `store`.
//! - [`describe`]: documents from the table; `contract`, the writer of `wire`, `operations`.
//! - [`import`]: files that are read and written in batches; `domain`.
//! - [`dispatch`] and [`failure`]: the pipeline; all of the above but `describe`.
//! - [`seed`]: the structure declared in a file; `domain`, `operations`, `store`.
//! - [`http`]: the edge; `contract`, `dispatch`, `describe`, `operations`, `config`.
//! - [`config`], [`telemetry`], [`cli`]: how it is run.
//!
//! `tests/it/architecture.rs` holds this table and fails on an edge that is not in it; `docs/architecture.md` tells the reasons.

pub mod cli;
pub mod config;
pub mod contract;
pub mod describe;
pub mod dispatch;
pub mod domain;
pub mod failure;
pub mod http;
pub mod import;
pub mod login;
pub mod operations;
pub mod seed;
pub mod store;
pub mod telemetry;
pub mod wire;
