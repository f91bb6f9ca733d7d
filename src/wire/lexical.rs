//! The text forms of the simple types, read as leniently as ASMX reads them (section 2.5 of `asmx-behaviour.md`).
//!
//! The error texts are ASP.NET's own, because clients have been seen to show and to search them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::civil::{self, DateTime};
use jiff::tz::TimeZone;

const WRONG_FORM: &str = "Input string was not in a correct format.";

/// `xs:boolean`: `true`, `false`, `1`, `0`, and, unlike the reference, `True` and `False` (D8); blanks around are allowed.
pub fn boolean(text: &str) -> Result<bool, String> {
    match trim(text) {
        "true" | "1" | "True" => Ok(true),
        "false" | "0" | "False" => Ok(false),
        other => Err(format!("The string '{other}' is not a valid Boolean value.")),
    }
}

/// `xs:int`: a decimal integer with or without a sign; blanks around are allowed.
pub fn int(text: &str) -> Result<i32, String> {
    match integer(text)? {
        Some(number) => Ok(number),
        None => Err(out_of_range("Int32")),
    }
}

/// `xs:short`, which the reference reads by way of an int: a number beyond both names both.
pub fn short(text: &str) -> Result<i16, String> {
    match integer(text)? {
        Some(number) => number.try_into().map_err(|_| out_of_range("Int16")),
        None => Err(format!("{} ---> {}", out_of_range("Int16"), out_of_range("Int32"))),
    }
}

/// The number, or `None` when it has the right form but does not fit 32 bits.
fn integer(text: &str) -> Result<Option<i32>, String> {
    let text = trim(text);
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(WRONG_FORM.to_owned());
    }
    Ok(text.parse().ok())
}

/// `xs:long`: a decimal integer with or without a sign; blanks around are allowed.
pub fn long(text: &str) -> Result<i64, String> {
    let text = trim(text);
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(WRONG_FORM.to_owned());
    }
    text.parse().map_err(|_| out_of_range("Int64"))
}

/// `xs:decimal`: digits with at most one point, with or without a sign; blanks around are allowed. Its text, without the blanks.
pub fn decimal(text: &str) -> Result<String, String> {
    let text = trim(text);
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let sound = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().filter(|&byte| byte == b'.').count() <= 1
        && digits.bytes().any(|byte| byte.is_ascii_digit());
    if sound { Ok(text.to_owned()) } else { Err(WRONG_FORM.to_owned()) }
}

/// `xs:dateTime`, brought to UTC: one without an offset is taken for UTC, and a day alone for its begin, as .NET reads it.
pub fn date_time(text: &str) -> Result<String, String> {
    let text = trim(text);
    let zoned = text.parse::<Timestamp>().ok();
    let plain = || text.parse::<DateTime>().ok().filter(|_| text.contains('T'));
    let day = || text.parse::<civil::Date>().ok().map(|day| day.at(0, 0, 0, 0));
    let in_utc = |time: DateTime| time.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    match zoned.or_else(|| plain().or_else(day).and_then(in_utc)) {
        Some(timestamp) => Ok(timestamp.to_string()),
        None => Err(format!("The string '{text}' is not a valid AllXsd value.")),
    }
}

/// `xs:base64Binary`: blanks and line breaks anywhere are passed over (XML Schema part 2, 3.2.16).
pub fn base64(text: &str) -> Result<Vec<u8>, String> {
    let compact: String = text.chars().filter(|character| !matches!(character, ' ' | '\t' | '\r' | '\n')).collect();
    STANDARD.decode(compact).map_err(|_| "The text is not valid base64.".to_owned())
}

/// Bytes as `xs:base64Binary`, in one line.
pub fn write_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn out_of_range(ty: &str) -> String {
    format!("Value was either too large or too small for an {ty}.")
}

/// `xs:double`: decimal or scientific, `INF`, `-INF`, `NaN`; blanks around are allowed.
pub fn double(text: &str) -> Result<f64, String> {
    match trim(text) {
        "INF" => Ok(f64::INFINITY),
        "-INF" => Ok(f64::NEG_INFINITY),
        "NaN" => Ok(f64::NAN),
        number if number.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)) => {
            number.parse().map_err(|_| WRONG_FORM.to_owned())
        }
        _ => Err(WRONG_FORM.to_owned()),
    }
}

/// The shortest text that reads back as the same number, in .NET's form: `0.1`, `1E+21`, `1E-07`, `-0`, `INF` (section 2.6 of
/// `asmx-behaviour.md`).
pub fn write_double(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "INF" } else { "-INF" }.to_owned();
    }
    let magnitude = value.abs();
    if magnitude == 0.0 || (1e-5..1e15).contains(&magnitude) {
        return format!("{value}");
    }
    let text = format!("{value:E}");
    let (digits, exponent) = text.split_once('E').unwrap_or((&text, "0"));
    let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |exponent| ('-', exponent));
    format!("{digits}E{sign}{exponent:0>2}")
}

/// Without the white space that XML knows (XML Schema part 2, 4.3.6 `collapse`).
pub fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\r', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn booleans_are_read_in_both_letter_cases_and_nothing_else_is() {
        for (text, value) in [("true", true), (" 1\n", true), ("True", true), ("0", false), ("False", false)] {
            assert_eq!(boolean(text), Ok(value), "{text:?}");
        }
        for text in ["", "TRUE", "yes", "2", "maybe"] {
            assert_eq!(boolean(text), Err(format!("The string '{text}' is not a valid Boolean value.")));
        }
    }

    #[test]
    fn integers_keep_the_references_leniency_and_its_words() {
        for (text, value) in [(" -5 ", -5), ("+9", 9), ("0004", 4), ("-2147483648", i32::MIN)] {
            assert_eq!(int(text), Ok(value), "{text:?}");
        }
        for text in ["", "abc", "1.0", "1,000", "+", "0x1", "--1"] {
            assert_eq!(int(text), Err(WRONG_FORM.to_owned()), "{text:?}");
        }
        assert_eq!(int("2147483648"), Err("Value was either too large or too small for an Int32.".to_owned()));
    }

    #[test]
    fn doubles_are_written_as_dotnet_writes_them_and_read_back() {
        for (value, text) in
            [(0.1, "0.1"), (1e21, "1E+21"), (1e-7, "1E-07"), (-0.0, "-0"), (f64::NEG_INFINITY, "-INF"), (12.0, "12")]
        {
            assert_eq!(write_double(value), text);
            assert_eq!(double(text), Ok(value));
        }
        assert_eq!(double(" 1e3 "), Ok(1000.0));
        assert!(double("NaN").unwrap().is_nan());
        for text in ["", "abc", "1,5", "inf", "nan"] {
            assert_eq!(double(text), Err(WRONG_FORM.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn times_are_brought_to_utc() {
        for (text, kept) in [
            ("2026-11-21T09:30:00Z", "2026-11-21T09:30:00Z"),
            (" 2026-11-21T10:30:00.5+01:00 ", "2026-11-21T09:30:00.5Z"),
            ("2026-11-21T09:30:00", "2026-11-21T09:30:00Z"),
            ("2026-11-21", "2026-11-21T00:00:00Z"),
        ] {
            assert_eq!(date_time(text).as_deref(), Ok(kept), "{text}");
        }
        for text in ["", "notadate", "2026-13-01T00:00:00Z", "10:30:00"] {
            assert_eq!(date_time(text), Err(format!("The string '{text}' is not a valid AllXsd value.")));
        }
    }

    #[test]
    fn decimals_longs_and_bytes_have_one_form_each() {
        for (text, good) in
            [(" 12.50 ", true), ("-.5", true), ("+3", true), ("1e3", false), ("", false), (".", false), ("1,5", false)]
        {
            assert_eq!(decimal(text).is_ok(), good, "{text:?}");
        }
        assert_eq!(long(" -9223372036854775808"), Ok(i64::MIN));
        assert_eq!(long("9223372036854775808"), Err("Value was either too large or too small for an Int64.".to_owned()));
        assert_eq!(base64(" AQ\nID ").as_deref(), Ok(&[1, 2, 3][..]));
        assert!(base64("AQI").is_err() && base64("****").is_err());
        assert_eq!(write_base64(&[1, 2, 3]), "AQID");
    }

    #[test]
    fn a_short_out_of_range_names_the_types_it_does_not_fit() {
        assert_eq!(short("-32768"), Ok(i16::MIN));
        assert_eq!(short("32768"), Err("Value was either too large or too small for an Int16.".to_owned()));
        let both = short("99999999999").unwrap_err();
        assert!(both.contains("Int16. --->") && both.ends_with("Int32."), "{both}");
    }
}
