//! The text forms of values, and what is told of one that has none of them. Which key has which is not known here.

use crate::domain::policy::Breached;
use crate::domain::zone::Zone;
use crate::http::is_host;
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::time::Duration;

/// Puts a value in its place.
pub fn put<T>(slot: &mut T, value: Result<T, String>) -> Result<(), String> {
    *slot = value?;
    Ok(())
}

/// What the text says; `expected` tells what it should have said.
pub fn parsed<T: std::str::FromStr>(text: &str, expected: &str) -> Result<T, String> {
    text.trim().parse().map_err(|_| format!("'{text}' is not {expected}"))
}

/// A number within its bounds.
pub fn number<T: TryFrom<u64>>(text: &str, least: u64, most: u64) -> Result<T, String> {
    let wrong = || format!("'{text}' is not a number from {least} to {most}");
    let number = text.trim().parse::<u64>().ok().filter(|number| (least..=most).contains(number)).ok_or_else(wrong)?;
    T::try_from(number).map_err(|_| wrong())
}

/// A number of seconds within its bounds.
pub fn seconds(text: &str, least: u64, most: u64) -> Result<Duration, String> {
    number(text, least, most).map(Duration::from_secs)
}

/// A path.
pub fn path(text: &str) -> Result<PathBuf, String> {
    if text.is_empty() { Err("is empty".to_owned()) } else { Ok(PathBuf::from(text)) }
}

/// The breached passwords of a file.
pub fn breached(text: &str) -> Result<Breached, String> {
    let wrong = |problem: String| format!("{text}: {problem}");
    let file = File::open(path(text)?).map_err(|error| wrong(error.to_string()))?;
    Breached::read(BufReader::new(file)).map_err(wrong)
}

/// Addresses or CIDR blocks.
pub fn networks(text: &str) -> Result<Vec<ipnet::IpNet>, String> {
    let network = |text: &str| {
        let block = text.parse().or_else(|_| text.parse::<std::net::IpAddr>().map(ipnet::IpNet::from));
        block.map_err(|_| format!("'{text}' is neither an address nor a CIDR block"))
    };
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(network).collect()
}

/// A time zone.
pub fn zone(text: &str) -> Result<String, String> {
    let zone = Zone::named(text).ok_or_else(|| format!("'{text}' is neither an IANA nor a Windows time zone"))?;
    Ok(zone.given().to_owned())
}

/// The base of addresses, or none.
pub fn public_url(text: &str) -> Result<Option<String>, String> {
    let base = text.trim().trim_end_matches('/');
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b":/[]-._~%!$&'()*+,;=".contains(&byte);
    let uri = base.parse::<hyper::Uri>().ok().filter(|_| base.bytes().all(plain));
    let sound = uri.is_some_and(|uri| {
        let has_host = uri.authority().is_some_and(|authority| is_host(authority.as_str()));
        matches!(uri.scheme_str(), Some("http" | "https")) && has_host
    });
    if !sound {
        return Err(format!("'{text}' is not a URL such as https://help.example.org"));
    }
    if base.to_ascii_lowercase().ends_with("/services2") {
        return Err("must end before /Services2".to_owned());
    }
    Ok(Some(base.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_has_a_scheme_and_ends_before_the_services() {
        let url = |text: &str| public_url(text).map(Option::unwrap_or_default);
        assert_eq!(url("https://help.example.org/desk/").unwrap(), "https://help.example.org/desk");
        for bad in [
            "help.example.org",
            "ftp://x",
            "https://x/?a",
            "https://x/#a",
            "https://x/\"",
            "https://a@x",
            "https://x:a",
            "http://:[:1]:808",
            "https://x/Services2/",
            "",
        ] {
            assert!(url(bad).is_err(), "{bad}");
        }
    }
}
