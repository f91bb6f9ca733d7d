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
