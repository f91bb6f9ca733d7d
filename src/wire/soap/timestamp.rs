//! The `Timestamp` of WS-Security: read, and held against the clock (Web Services Security, section 10).
//!
//! How far clocks may be apart is the limits' to say; what else a message holds is not known here.

use super::fault::{Fault, Subcode};
use super::security::{PREFIX, SECEXT, UTILITY, is};
use crate::contract::ReadError;
use crate::wire::lexical;
use crate::wire::xml::{Token, XmlReader};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// The code of a message that came too late, or too early (section 12).
const EXPIRED: Subcode = Subcode { prefix: PREFIX, namespace: SECEXT, names: &["MessageExpired"], header: None };

/// The two times of a `Timestamp`, both of which may be left out.
#[derive(Debug, Default, Clone, Copy)]
struct Times {
    created: Option<Timestamp>,
    expires: Option<Timestamp>,
}

/// Reads the `Timestamp` that began last. The fault tells why the message is not taken now.
pub(super) fn read(reader: &mut XmlReader<'_>) -> Result<Option<Fault>, ReadError> {
    let skew = reader.limits().clock_skew;
    Ok(match times(reader)? {
        Err(problem) => {
            Some(Fault::of_header(format!("The Timestamp of the Security header {problem}; nothing was done."), None))
        }
        Ok(times) => judged(times, Timestamp::now(), skew).err(),
    })
}

/// The times, or what is wrong with their form.
fn times(reader: &mut XmlReader<'_>) -> Result<Result<Times, String>, ReadError> {
    let (mut times, mut problem) = (Times::default(), None);
    loop {
        let name = match reader.token()? {
            Token::Start if is(reader, UTILITY, "Created") => "Created",
            Token::Start if is(reader, UTILITY, "Expires") => "Expires",
            Token::Start => {
                reader.skip_element()?;
                continue;
            }
            Token::Text(_) => continue,
            Token::End | Token::Eof => break,
        };
        let text = reader.element_text()?;
        let slot = if name == "Created" { &mut times.created } else { &mut times.expires };
        match moment(&text) {
            None => problem = problem.or(Some(format!("has in {name} no date and time such as 2026-11-21T09:30:00Z"))),
            Some(moment) if slot.replace(moment).is_some() => problem = problem.or(Some(format!("has {name} more than once"))),
            Some(_) => {}
        }
    }
    if let (Some(created), Some(expires)) = (times.created, times.expires)
        && expires < created
    {
        problem = problem.or(Some("expires before it was created".to_owned()));
    }
    Ok(problem.map_or(Ok(times), Err))
}

/// A moment in the form of `xs:dateTime`; one without an offset is in UTC.
fn moment(text: &str) -> Option<Timestamp> {
    let text = Some(lexical::trim(text)).filter(|text| text.contains('T') && !text.contains('['))?;
    let plain = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    text.parse().ok().or_else(plain)
}

/// Whether a message of these times may be taken now, by clocks that may be apart.
fn judged(times: Times, now: Timestamp, skew: Duration) -> Result<(), Fault> {
    let apart = SignedDuration::try_from(skew).unwrap_or_default();
    let refused = |text: String| Err(Fault::of_header(text, Some(EXPIRED)));
    let tolerance = skew.as_secs();
    match times {
        Times { expires: Some(expires), .. } if now.duration_since(expires) > apart => refused(format!(
            "The message has expired: it was good until {expires}, more than the {tolerance} seconds ago that clocks may differ by; \
             nothing was done."
        )),
        Times { created: Some(created), .. } if created.duration_since(now) > apart => refused(format!(
            "The message was created in the future: at {created}, more than the {tolerance} seconds from now that clocks may differ by; \
             nothing was done."
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-21T12:00:00Z";
    const FIVE_MINUTES: Duration = Duration::from_secs(300);

    fn outcome(created: Option<&str>, expires: Option<&str>, skew: Duration) -> Option<String> {
        let read = |text: Option<&str>| text.map(|text| moment(text).unwrap());
        let times = Times { created: read(created), expires: read(expires) };
        judged(times, NOW.parse().unwrap(), skew).err().map(|fault| {
            assert_eq!(fault.subcode.as_deref(), Some(&EXPIRED));
            fault.text
        })
    }

    #[test]
    fn a_message_is_good_until_it_expires_and_for_as_long_again_as_clocks_may_differ() {
        for (expires, skew, good) in [
            ("2026-11-21T12:00:01Z", Duration::ZERO, true),
            ("2026-11-21T12:00:00Z", Duration::ZERO, true),
            ("2026-11-21T11:59:59.999Z", Duration::ZERO, false),
            ("2026-11-21T11:55:00Z", FIVE_MINUTES, true),
            ("2026-11-21T11:54:59Z", FIVE_MINUTES, false),
            ("2026-11-21T13:55:00+02:00", FIVE_MINUTES, true),
            ("2026-11-21T13:54:59+02:00", FIVE_MINUTES, false),
        ] {
            let told = outcome(None, Some(expires), skew);
            assert_eq!(told.is_none(), good, "{expires}");
            assert!(told.is_none_or(|text| text.contains("expired")));
        }
    }

    #[test]
    fn a_message_from_the_future_is_refused_unless_clocks_may_differ_by_as_much() {
        for (created, skew, good) in [
            ("2026-11-21T12:00:00Z", Duration::ZERO, true),
            ("2026-11-21T12:00:01Z", Duration::ZERO, false),
            ("2026-11-21T12:05:00", FIVE_MINUTES, true),
            ("2026-11-21T12:05:00.001", FIVE_MINUTES, false),
        ] {
            let told = outcome(Some(created), Some("2030-01-01T00:00:00Z"), skew);
            assert_eq!(told.is_none(), good, "{created}");
            assert!(told.is_none_or(|text| text.contains("future")));
        }
    }

    #[test]
    fn a_message_that_tells_no_times_is_always_good() {
        assert_eq!(outcome(None, None, Duration::ZERO), None);
        assert_eq!(outcome(Some("2001-01-01T00:00:00Z"), None, Duration::ZERO), None, "nothing says that it expires");
    }

    #[test]
    fn times_are_those_of_xml_schema() {
        for text in ["2026-11-21T09:30:00Z", " 2026-11-21T09:30:00.123456Z\n", "2026-11-21T09:30:00-05:00", "2026-11-21T09:30:00"]
        {
            assert!(moment(text).is_some(), "{text}");
        }
        for text in ["", "yesterday", "2026-11-21", "2026-11-21 09:30:00Z", "2026-11-21T09:30:00[Europe/Paris]", "1790000000"] {
            assert!(moment(text).is_none(), "{text}");
        }
    }
}
