//! The one test binary: everything that needs more than one module, over real files and real sockets.

mod architecture;
mod cli;
mod contract;
mod documents;
mod http;
mod legacy;
mod login;
mod oracle;
mod properties;
mod replay;
mod store;
mod support;
