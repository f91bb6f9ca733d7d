//! The small forms that hashes are written in: numbers, base64 and hexadecimal. What they mean is not known here.

use base64::Engine;
use base64::alphabet::{BCRYPT, STANDARD};
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

/// Without padding when it is written, with or without it when it is read; so are the bits that are left over.
const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_encode_padding(false)
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);

/// The base64 of salts and digests.
pub const BASE64: GeneralPurpose = GeneralPurpose::new(&STANDARD, LENIENT);
/// That of bcrypt, with an alphabet of its own.
pub const BCRYPT64: GeneralPurpose = GeneralPurpose::new(&BCRYPT, LENIENT);

/// The longest salt that is taken.
const MAX_SALT: usize = 128;

/// A number in decimal digits, within bounds.
pub fn number(text: &str, what: &str, least: u32, most: u32) -> Result<u32, String> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits {
        return Err(format!("has no number for {what}."));
    }
    let number = text.parse().ok().filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| format!("asks for too little or too much as {what}; from {least} to {most} are taken."))
}

/// A salt in base64, of at least so many bytes.
pub fn salt(text: &str, least: usize) -> Result<Vec<u8>, String> {
    let salt = BASE64.decode(text).map_err(|_| "has a salt that is not base64.".to_owned())?;
    sized_salt(salt, least)
}

/// A salt, if it is neither too short nor too long.
pub fn sized_salt(salt: Vec<u8>, least: usize) -> Result<Vec<u8>, String> {
    match (least..=MAX_SALT).contains(&salt.len()) {
        true => Ok(salt),
        false => Err(format!("has a salt of {} bytes; from {least} to {MAX_SALT} are taken.", salt.len())),
    }
}

/// A derived key, if it is long enough to tell passwords apart and no longer than any hash makes them.
pub fn key(text: &str) -> Result<Vec<u8>, String> {
    sized_key(BASE64.decode(text).map_err(|_| "has a digest that is not base64.".to_owned())?)
}

/// The same for bytes.
pub fn sized_key(key: Vec<u8>) -> Result<Vec<u8>, String> {
    match (16..=64).contains(&key.len()) {
        true => Ok(key),
        false => Err(format!("has a digest of {} bytes; from 16 to 64 are taken.", key.len())),
    }
}

/// A digest of exactly so many bytes, in hexadecimal or base64.
pub fn digest(text: &str, length: usize) -> Result<Vec<u8>, String> {
    let bytes = if text.len() == 2 * length { hexadecimal(text) } else { BASE64.decode(text).ok() };
    let bytes = bytes.filter(|bytes| bytes.len() == length);
    bytes.ok_or_else(|| format!("has no digest of {length} bytes; write {} hexadecimal digits or base64.", 2 * length))
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    digits?.chunks(2).map(|pair| u8::try_from(pair.iter().fold(0, |byte, digit| byte * 16 + digit)).ok()).collect()
}
