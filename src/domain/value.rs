//! The text of a setting's value: what is accepted, and the canonical form in which it is kept and answered (R26).

use super::setting::{Kind, Setting};
use super::zone::Zone;
use email_address::EmailAddress;

/// The most characters of a telephone number.
const PHONE_LENGTH: usize = 40;
/// The most addresses of a list.
const MAX_ADDRESSES: usize = 20;

/// The canonical text of a value, or what is wrong with it; `tags` are the languages or dictionaries there are. Secrets, names, providers and pictures are not judged here.
pub fn canonical(setting: &Setting, text: &str, tags: &[String]) -> Result<String, String> {
    if text.contains('\0') {
        return Err("holds a NUL character.".to_owned());
    }
    match setting.kind {
        Kind::Flag => flag(text),
        Kind::Text(max) => limited(text, max),
        Kind::Choice(words) => word(text, words.iter().copied()),
        Kind::Number(least, most) => number(text, least, most),
        Kind::Money => money(text),
        Kind::Email if text.trim().is_empty() => Ok(String::new()),
        Kind::Email => email(text),
        Kind::Emails => list(text, MAX_ADDRESSES, email),
        Kind::Phones(most) => list(text, most, phone),
        Kind::TimeZone => time_zone(text),
        Kind::Language | Kind::Dictionary => word(text, tags.iter().map(String::as_str)),
        Kind::Name | Kind::Secret | Kind::Provider | Kind::Picture | Kind::Time | Kind::Elsewhere => Ok(text.to_owned()),
    }
}

/// An e-mail address, trimmed.
pub fn email(text: &str) -> Result<String, String> {
    let text = text.trim();
    let options = email_address::Options::default().without_display_text().without_domain_literal();
    match EmailAddress::parse_with_options(text, options) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(format!("is not an e-mail address: {}.", error.to_string().trim_end_matches('.'))),
    }
}

fn flag(text: &str) -> Result<String, String> {
    match text.trim() {
        "true" | "True" | "1" => Ok("true".to_owned()),
        "false" | "False" | "0" => Ok("false".to_owned()),
        _ => Err("must be true or false.".to_owned()),
    }
}

fn limited(text: &str, max: usize) -> Result<String, String> {
    if text.chars().count() > max { Err(format!("has more than {max} characters.")) } else { Ok(text.to_owned()) }
}

fn word<'a>(text: &str, words: impl Iterator<Item = &'a str> + Clone) -> Result<String, String> {
    match words.clone().find(|word| word.eq_ignore_ascii_case(text.trim())) {
        Some(word) => Ok(word.to_owned()),
        None => Err(format!("must be one of {}.", words.collect::<Vec<_>>().join(", "))),
    }
}

fn number(text: &str, least: i32, most: i32) -> Result<String, String> {
    match text.trim().parse::<i32>() {
        Ok(number) if (least..=most).contains(&number) => Ok(number.to_string()),
        _ => Err(format!("must be a whole number from {least} to {most}.")),
    }
}

/// An amount as `xs:decimal` writes it, with at most two decimals that count; answered with exactly two.
fn money(text: &str) -> Result<String, String> {
    let wrong = || "must be an amount from 0 to 999999999.99 with at most two decimals.".to_owned();
    let text = text.trim();
    let (whole, decimals) = text.strip_prefix('+').unwrap_or(text).split_once('.').unwrap_or((text.trim_start_matches('+'), ""));
    let decimals = decimals.trim_end_matches('0');
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || decimals.len() > 2 || (whole.is_empty() && !text.contains('.')) || text == "." {
        return Err(wrong());
    }
    let whole = whole.trim_start_matches('0');
    if whole.len() > 9 {
        return Err(wrong());
    }
    Ok(format!("{}.{decimals:0<2}", if whole.is_empty() { "0" } else { whole }))
}

/// A telephone number, trimmed.
pub fn phone(text: &str) -> Result<String, String> {
    let text = text.trim();
    let allowed = |c: char| c.is_ascii_digit() || " +-()./#*,xX".contains(c);
    if text.len() > PHONE_LENGTH || !text.chars().all(allowed) || !text.chars().any(|c| c.is_ascii_digit()) {
        return Err(format!("is not a telephone number of at most {PHONE_LENGTH} characters."));
    }
    Ok(text.to_owned())
}

fn time_zone(text: &str) -> Result<String, String> {
    let zone = Zone::named(text).ok_or("is neither an IANA nor a Windows time zone.")?;
    Ok(zone.given().to_owned())
}

/// Items separated by `;`; empty ones are passed over, one that comes twice is kept once.
fn list(text: &str, most: usize, item: fn(&str) -> Result<String, String>) -> Result<String, String> {
    let mut items: Vec<String> = Vec::new();
    for (index, part) in text.split(';').filter(|part| !part.trim().is_empty()).enumerate() {
        let value = item(part).map_err(|problem| format!("item {} {problem}", index + 1))?;
        if !items.iter().any(|known| known.eq_ignore_ascii_case(&value)) {
            items.push(value);
        }
    }
    if items.len() > most {
        return Err(format!("has more than {most} items."));
    }
    Ok(items.join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::setting;

    fn read(key: &str, text: &str) -> Result<String, String> {
        canonical(setting::named(key).unwrap(), text, &["de".to_owned(), "pt-BR".to_owned()])
    }

    #[test]
    fn every_kind_has_one_canonical_form() {
        for (key, given, kept) in [
            ("ChatPopup", " True ", "true"),
            ("ChatPopup", "0", "false"),
            ("MaxActiveChats", "007", "7"),
            ("HourlyCost", "12.5", "12.50"),
            ("HourlyCost", "+007", "7.00"),
            ("HourlyCost", ".5000", "0.50"),
            ("PreferredLanguage", "PT-br", "pt-BR"),
            ("TimeZone", "Europe/Berlin", "Europe/Berlin"),
            ("TimeZone", " W. Europe Standard Time ", "W. Europe Standard Time"),
            ("ReplyFromAddresses", "a@example.org; b@example.org;;A@example.org", "a@example.org;b@example.org"),
            ("PhoneNumbers", " +49 (30) 1234-56 ", "+49 (30) 1234-56"),
            ("CopyToAddress", "  ", ""),
            ("DisplayName", " kept = as given ", " kept = as given "),
        ] {
            assert_eq!(read(key, given).as_deref(), Ok(kept), "{key}={given}");
        }
    }

    #[test]
    fn bad_values_are_refused_with_what_would_be_right() {
        for (key, given) in [
            ("ChatPopup", "yes"),
            ("MaxActiveChats", "101"),
            ("MaxActiveChats", "-1"),
            ("HourlyCost", "1.234"),
            ("HourlyCost", "-1"),
            ("HourlyCost", "1,5"),
            ("HourlyCost", ""),
            ("HourlyCost", "."),
            ("AuthenticationMethod", "Kerberos"),
            ("PreferredLanguage", "tlh"),
            ("TimeZone", "Mars/Olympus"),
            ("CopyToAddress", "nobody"),
            ("ReplyFromAddresses", "a@example.org;nobody"),
            ("PhoneNumbers", "1;2;3;4;5"),
            ("PhoneNumbers", "call me"),
            ("DisplayName", "a\0b"),
        ] {
            assert!(read(key, given).is_err(), "{key}={given}");
        }
        assert!(read("ReplyFromAddresses", "a@example.org;nobody").unwrap_err().starts_with("item 2 "));
    }
}
