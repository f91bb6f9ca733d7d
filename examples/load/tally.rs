//! What came of the calls: how long right answers took, how many others there were, and both as lines or as JSON.

use crate::caller::PATIENCE;
use hdrhistogram::Histogram;
use serde_json::json;
use std::time::Duration;

/// The calls of a connection, or of all.
pub struct Tally {
    /// Microseconds until the right answers, and until the end for what was due and never begun.
    times: Histogram<u64>,
    right: u64,
    errors: u64,
    unbegun: u64,
    reopened: u64,
    first_error: Option<String>,
    elapsed: Duration,
}

impl Tally {
    /// No calls yet.
    pub fn new() -> Result<Self, String> {
        let longest = u64::try_from(PATIENCE.as_micros()).unwrap_or(u64::MAX);
        let times = Histogram::new_with_bounds(1, longest, 3).map_err(|error| error.to_string())?;
        let elapsed = Duration::ZERO;
        Ok(Tally { times, right: 0, errors: 0, unbegun: 0, reopened: 0, first_error: None, elapsed })
    }

    /// A call that was answered, rightly or not, after so long.
    pub fn answered(&mut self, outcome: Result<(), String>, after: Duration) {
        match outcome {
            Ok(()) => {
                self.right += 1;
                self.record(after);
            }
            Err(problem) => {
                self.errors += 1;
                self.first_error.get_or_insert(problem);
            }
        }
    }

    /// A call that was due and could not begin before the end, having waited so long.
    pub fn unbegun(&mut self, waited: Duration) {
        self.unbegun += 1;
        self.record(waited);
    }

    /// A connection is done that had to be opened again so often.
    pub fn reopened(&mut self, times: u64) {
        self.reopened += times;
    }

    /// All is done, after so long.
    pub fn ended(&mut self, after: Duration) {
        self.elapsed = after;
    }

    fn record(&mut self, time: Duration) {
        self.times.saturating_record(time.as_micros().try_into().unwrap_or(u64::MAX));
    }

    /// Adds what came of another connection's calls.
    pub fn add(&mut self, other: Tally) -> Result<(), String> {
        self.right += other.right;
        self.errors += other.errors;
        self.unbegun += other.unbegun;
        self.reopened += other.reopened;
        self.first_error = self.first_error.take().or(other.first_error);
        self.times.add(other.times).map_err(|error| error.to_string())
    }

    /// Whether every call was answered, and rightly.
    pub fn all_right(&self) -> bool {
        self.errors == 0 && self.unbegun == 0
    }

    fn per_second(&self) -> f64 {
        self.right as f64 / self.elapsed.as_secs_f64()
    }

    fn milliseconds(&self, quantile: f64) -> f64 {
        Duration::from_micros(self.times.value_at_quantile(quantile)).as_secs_f64() * 1e3
    }

    /// One object.
    pub fn json(&self) -> String {
        json!({
            "requests_per_s": self.per_second(),
            "p50_ms": self.milliseconds(0.5),
            "p99_ms": self.milliseconds(0.99),
            "p999_ms": self.milliseconds(0.999),
            "worst_ms": self.milliseconds(1.0),
            "right": self.right,
            "errors": self.errors,
            "unbegun": self.unbegun,
            "reopened": self.reopened,
            "first_error": self.first_error,
            "seconds": self.elapsed.as_secs_f64(),
        })
        .to_string()
    }

    /// A line each; what did not happen has none, but for errors.
    pub fn text(&self) -> String {
        let mut lines = format!("requests/s  {:.0}\n", self.per_second());
        for (name, quantile) in [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999), ("worst", 1.0)] {
            lines += &format!("{name:<12}{:.2} ms\n", self.milliseconds(quantile));
        }
        lines += &format!("errors      {}\n", self.errors);
        for (name, number) in [("not begun", self.unbegun), ("reopened", self.reopened)] {
            if number > 0 {
                lines += &format!("{name:<12}{number}\n");
            }
        }
        if let Some(first) = &self.first_error {
            lines += &format!("the first:  {first}\n");
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;
    use std::time::Duration;

    #[test]
    fn errors_count_apart_and_have_no_time() {
        let mut tally = Tally::new().unwrap();
        tally.answered(Ok(()), Duration::from_millis(2));
        tally.answered(Err("why".to_owned()), Duration::from_secs(9));
        tally.ended(Duration::from_secs(1));
        let told: serde_json::Value = serde_json::from_str(&tally.json()).unwrap();
        assert_eq!((&told["right"], &told["errors"], &told["first_error"]), (&1.into(), &1.into(), &"why".into()));
        assert!(told["worst_ms"].as_f64().unwrap() < 3.0, "{told}");
        assert!(!tally.all_right());
    }

    #[test]
    fn what_was_due_and_never_begun_counts_with_its_wait() {
        let mut tally = Tally::new().unwrap();
        tally.unbegun(Duration::from_millis(500));
        tally.ended(Duration::from_secs(1));
        assert!(!tally.all_right());
        assert!(tally.text().contains("not begun   1\n"), "{}", tally.text());
        assert!(tally.text().contains("requests/s  0\n"), "{}", tally.text());
    }
}
