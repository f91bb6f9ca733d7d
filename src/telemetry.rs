//! Logging: to standard error, since standard output has the one line that tells the address (R7). Bodies and secrets are never logged.

use std::io::IsTerminal;
use tracing::Level;

/// Sends events of `level` and above to standard error. A second call changes nothing.
pub fn start(level: Level) {
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        // Else an event that cannot be written is complained about with eprintln, which panics where nobody reads standard error.
        .log_internal_errors(false)
        .finish();
    // It fails only where a subscriber is in place already, as in tests.
    let _ = tracing::subscriber::set_global_default(subscriber);
}
