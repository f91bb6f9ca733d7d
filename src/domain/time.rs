//! Points in time, to the millisecond, in UTC.

use jiff::Timestamp;
use std::fmt;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// Now, by the system's clock.
    pub fn now() -> Self {
        Instant(Timestamp::now().as_millisecond())
    }

    /// The moment that a text in the form of `xs:dateTime` with an offset tells.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<Timestamp>().ok().map(|timestamp| Instant(timestamp.as_millisecond()))
    }

    /// The day it is in, in UTC, counted from 1970-01-01.
    pub fn day(self) -> i64 {
        self.0.div_euclid(24 * 60 * 60 * 1000)
    }
}

/// As `xs:dateTime` in UTC, for instance `2026-11-21T09:30:00.25Z` (section 2.6 of `asmx-behaviour.md`).
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Timestamp::from_millisecond(self.0) {
            Ok(timestamp) => timestamp.fmt(f),
            Err(_) => f.write_str("0001-01-01T00:00:00Z"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_end_in_z_and_have_no_trailing_zeros() {
        assert_eq!(Instant(1_790_000_000_000).to_string(), "2026-09-21T14:13:20Z");
        assert_eq!(Instant(1_790_000_000_250).to_string(), "2026-09-21T14:13:20.25Z");
    }
}
