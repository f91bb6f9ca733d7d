//! The edge: sockets, HTTP/1.x, limits and deadlines. The only place that awaits.

mod address;
mod asked;
mod avatars;
mod basic;
mod body;
mod connections;
mod forms;
mod limits;
mod patience;
mod respond;
mod server;

pub use address::{Addresses, is_host};
pub use asked::{Asked, asked};
pub use forms::Forms;
pub use limits::HttpLimits;
pub use respond::Site;
pub use server::serve;

use crate::config::Config;
use crate::operations::Server;

/// What handlers need to know of the configuration.
pub fn server_of(config: &Config) -> Server {
    Server { name: config.server_name.clone(), rules: config.rules.clone() }
}
