//! The one test binary: everything that needs more than one module, over real files and real sockets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test, to stop with the place is to tell what was wrong"
)]

mod accounts;
mod activity;
mod addressing;
mod architecture;
mod avatars;
mod cli;
mod clients;
mod codec;
mod concurrency;
mod contract;
mod credentials;
mod documents;
mod ending;
#[cfg(target_os = "linux")]
mod faults;
mod files;
mod form;
mod form_wsdl;
mod fuzz;
mod http;
mod imports;
mod invariants;
mod legacy;
mod login;
mod matrix;
mod oracle;
mod overload;
mod pages;
mod passwords;
mod plans;
mod policy;
mod properties;
mod replay;
mod seed;
mod store;
mod structure;
mod support;
mod wsdl;
mod wsi;
