//! The program itself: started as a process in a folder of its own with a clean environment, asked, signalled and killed.

mod hostile;
mod import;
pub mod program;
mod secrets;
mod settings;
mod start;
mod stop;

use crate::support::{Reply, Wire, kept_as};
use program::{Ended, Place, Program};

/// Hashing that costs next to nothing.
pub const CHEAP: [(&str, &str); 2] = [("ASMXD_PASSWORD_MEMORY_KIB", "8"), ("ASMXD_PASSWORD_ITERATIONS", "1")];
/// The configured password of the first administrator.
pub const SECRET: &str = "first-secret";
/// The configured password as the environment has it.
pub const ADMINISTRATOR: (&str, &str) = ("ASMXD_ADMIN_PASSWORD", SECRET);

/// A server with cheap hashing, a known administrator and these further variables.
pub fn serve(place: &Place, variables: &[(&str, &str)]) -> Program {
    place.serve(&[], &[&CHEAP[..], &[ADMINISTRATOR], variables].concat())
}

/// Calls an operation on a connection of its own.
pub fn call(program: &Program, user: &str, password: &str, operation: &str, parameters: &str) -> Reply {
    let mut wire = Wire::connect(program.address());
    wire.send(&kept_as(user, password, operation, parameters));
    wire.reply()
}

/// The code of a call that any administrator may make.
fn enter(program: &Program, user: &str, password: &str) -> i32 {
    call(program, user, password, "GetServerName", "").code()
}
