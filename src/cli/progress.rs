//! How an import shows how far it is: a bar on a terminal, lines elsewhere, nothing if it is to be quiet; and how it is asked to stop.

use crate::import::run::Watcher;
use crate::operations::accounts::records_of_imports::Import;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::io::{IsTerminal, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::signal::unix::{SignalKind, signal};

/// How often a line is written where there is no terminal.
const EVERY: Duration = Duration::from_secs(5);
/// The exit code of who was asked to stop twice, as shells have it for Ctrl-C.
const AT_ONCE: i32 = 130;

/// Shows how far an import is.
pub struct Progress {
    stops: Arc<AtomicBool>,
    bar: Option<ProgressBar>,
    begun: Instant,
    /// When the last line was written, where lines are.
    lines: Option<Instant>,
}

impl Progress {
    /// Shows nothing yet.
    pub fn new(quiet: bool, stops: Arc<AtomicBool>) -> Self {
        let bar = (!quiet && stderr().is_terminal()).then(|| {
            let style = ProgressStyle::with_template("{bar:30} {pos} of {len} rows, {speed}, {eta} left {msg}");
            let speed = |state: &ProgressState, out: &mut dyn Write| {
                // A bar that cannot be shown is no reason to stop.
                let _ = write!(out, "{:.0} rows/s", state.per_sec());
            };
            ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).with_key("speed", speed))
        });
        let lines = (!quiet && bar.is_none()).then(Instant::now);
        Progress { stops, bar, begun: Instant::now(), lines }
    }
}

impl Watcher for Progress {
    fn taken(&mut self, import: &Import, of: u64) {
        let (rows, failed) = (import.rows, import.failed);
        if let Some(bar) = &self.bar {
            bar.set_length(of);
            bar.set_position(rows.try_into().unwrap_or_default());
            bar.set_message(if failed > 0 { format!("({failed} failed)") } else { String::new() });
        }
        if let Some(last) = self.lines.as_mut().filter(|last| last.elapsed() >= EVERY) {
            *last = Instant::now();
            let per_second = f64::from(rows) / self.begun.elapsed().as_secs_f64().max(0.001);
            let left = (of.saturating_sub(rows.try_into().unwrap_or_default()) as f64 / per_second.max(0.001)).ceil();
            eprintln!("asmxd: {rows} of {of} rows, {per_second:.0} rows/s, {left} s left, {failed} failed");
        }
    }

    fn stops(&self) -> bool {
        self.stops.load(Ordering::Relaxed)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A flag that is set by Ctrl-C or SIGTERM; the second one ends the process at once.
pub fn stopped_by_signals() -> Result<Arc<AtomicBool>, String> {
    let flag = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&flag);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    let (mut interrupt, mut terminate) = {
        let _within = runtime.enter();
        let both = signal(SignalKind::interrupt()).and_then(|one| Ok((one, signal(SignalKind::terminate())?)));
        both.map_err(|error| format!("signals cannot be heard: {error}"))?
    };
    let hear = move || {
        runtime.block_on(async move {
            loop {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
                if set.swap(true, Ordering::Relaxed) {
                    std::process::exit(AT_ONCE);
                }
            }
        });
    };
    std::thread::Builder::new().name("asmxd-signals".to_owned()).spawn(hear).map_err(|error| error.to_string())?;
    Ok(flag)
}
