//! Hashes of passwords as other systems write them: what each spelling means, and what is wrong with one that means nothing.
//!
//! docs/passwords.md has them all. What is wrong is told without the hash, as a sentence that goes on behind the name of its column.

use super::argon::Argon2Hash;
use super::form::{BASE64, digest, key, salt, sized_key, sized_salt};
use super::recipe::{Function, Order, Recipe};
use super::stored::Stored;
use super::{PasswordHash, Workspace};
use base64::Engine;
use std::fmt;

/// The longest text that is taken for a hash.
const MAX_TEXT: usize = 1024;

/// A hash that comes from elsewhere.
#[derive(Clone)]
pub struct Imported(Stored);

impl fmt::Debug for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Imported(***)")
    }
}

impl Imported {
    /// Reads a hash by the scheme that stands before it in braces, or by its own beginning.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() > MAX_TEXT {
            return Err(format!("is longer than any hash that is taken, which has at most {MAX_TEXT} bytes."));
        }
        let stored = match text.strip_prefix('{').map(|rest| rest.split_once('}')) {
            None => bare(text),
            Some(None) => Err("begins with { and has no } behind the scheme.".to_owned()),
            Some(Some((scheme, hash))) => of_scheme(&scheme.to_ascii_lowercase(), hash),
        };
        stored.map(Imported)
    }

    /// Whether it is guessed too quickly to be kept as it is, so that [`Workspace::adopt`] wraps it.
    pub fn is_weak(&self) -> bool {
        matches!(&self.0, Stored::Foreign(recipe, _) if recipe.is_weak())
    }

    /// Whether this is the hash from which the stored one was made by [`Workspace::adopt`]. For a weak one this takes an Argon2id hash.
    pub fn is_stored_as(&self, stored: &PasswordHash, workspace: &mut Workspace) -> bool {
        workspace.is_adopted(&self.0, stored)
    }

    pub(super) fn stored(&self) -> &Stored {
        &self.0
    }
}

type Read = Result<Stored, String>;

/// Hashes that tell by their own beginning what they are.
fn bare(text: &str) -> Read {
    if text.starts_with("$argon2") {
        return Argon2Hash::read(text).map(Stored::Argon2);
    }
    if text.starts_with("$2") {
        return bcrypt(text);
    }
    if text.starts_with("$wrapped$") {
        return Stored::read(text);
    }
    if text.starts_with("pbkdf2_") || text.starts_with("$pbkdf2") {
        return pbkdf2(text).map(|(_, stored)| stored);
    }
    Err("names no scheme; write one before the hash, for example {bcrypt} or {ssha}, as docs/passwords.md tells.".to_owned())
}

fn of_scheme(scheme: &str, text: &str) -> Read {
    match scheme {
        "argon2" => Argon2Hash::read(text).map(Stored::Argon2),
        "bcrypt" => bcrypt(text),
        "aspnet-membership" => membership(text),
        "aspnet-identity" => identity(text),
        "sha" => plain(Function::Sha1, text),
        "ssha" => salted_ldap(Function::Sha1, text),
        "smd5" => salted_ldap(Function::Md5, text),
        "ssha256" => salted_ldap(Function::Sha256, text),
        "ssha512" => salted_ldap(Function::Sha512, text),
        _ => match scheme.strip_prefix("pbkdf2-").and_then(Function::named) {
            Some(function) => pbkdf2_of(function, text),
            None => digest_of(scheme, text),
        },
    }
}

/// `{md5}digest` and its kin, with or without a salt.
fn digest_of(scheme: &str, text: &str) -> Read {
    let (name, order) = scheme.split_once(':').map_or((scheme, None), |(name, order)| (name, Some(order)));
    let function = Function::named(name).ok_or("names a scheme that is not known; docs/passwords.md has those that are.")?;
    match order {
        None => plain(function, text),
        Some("password+salt") => salted(function, Order::PasswordSalt, text),
        Some("salt+password") => salted(function, Order::SaltPassword, text),
        Some(_) => Err(format!("names an order that is not known; {}", orders(name))),
    }
}

fn orders(name: &str) -> String {
    format!("write {{{name}:password+salt}} or {{{name}:salt+password}}.")
}

fn plain(function: Function, text: &str) -> Read {
    if text.contains(':') {
        return Err(format!("has a salt, but does not say which comes first; {}", orders(function.name())));
    }
    let recipe = Recipe::Digest { function, order: Order::Password, salt: Vec::new() };
    Ok(Stored::Foreign(recipe, digest(text, function.length())?))
}

/// The salt is text, exactly as it stands behind the first colon.
fn salted(function: Function, order: Order, text: &str) -> Read {
    let (hashed, salt) = text.split_once(':').ok_or("has no salt; write it behind the digest and a colon.")?;
    let salt = sized_salt(salt.as_bytes().to_vec(), 1)?;
    Ok(Stored::Foreign(Recipe::Digest { function, order, salt }, digest(hashed, function.length())?))
}

/// The way of directories: base64 of the digest and, behind it, the salt.
fn salted_ldap(function: Function, text: &str) -> Read {
    let bytes = BASE64.decode(text).map_err(|_| "is not base64.".to_owned())?;
    let (digest, salt) = bytes.split_at_checked(function.length()).ok_or("is too short to hold a digest and a salt.")?;
    let recipe = Recipe::Digest { function, order: Order::PasswordSalt, salt: sized_salt(salt.to_vec(), 1)? };
    Ok(Stored::Foreign(recipe, digest.to_vec()))
}

/// SqlMembershipProvider: digest and salt, both in base64, of columns of their own.
fn membership(text: &str) -> Read {
    let (hashed, salted) = text.split_once(':').ok_or("has no salt; write the hash, a colon, and the salt, both in base64.")?;
    let (function, order) = (Function::Sha1, Order::SaltUtf16);
    Ok(Stored::Foreign(Recipe::Digest { function, order, salt: salt(salted, 1)? }, digest(hashed, function.length())?))
}

/// ASP.NET Identity: the first byte tells the version.
fn identity(text: &str) -> Read {
    let bytes = BASE64.decode(text).map_err(|_| "is not base64.".to_owned())?;
    let short = || "is too short for a hash of ASP.NET Identity.".to_owned();
    match bytes.split_first().ok_or_else(short)? {
        (0, rest) if rest.len() == 48 => {
            let (salt, key) = rest.split_at_checked(16).ok_or_else(short)?;
            derived(Function::Sha1, "1000", salt.to_vec(), key.to_vec())
        }
        (0, _) => Err("is not of the length that ASP.NET Identity's version 2 has, 49 bytes.".to_owned()),
        (1, rest) => {
            let (numbers, rest) = rest.split_first_chunk::<12>().ok_or_else(short)?;
            let mut numbers = numbers.as_chunks::<4>().0.iter().map(|bytes| u32::from_be_bytes(*bytes));
            let mut number = || numbers.next().ok_or_else(short);
            let function = match number()? {
                0 => Function::Sha1,
                1 => Function::Sha256,
                2 => Function::Sha512,
                _ => return Err("names a function of ASP.NET Identity that is not known.".to_owned()),
            };
            let (iterations, length) = (number()?, usize::try_from(number()?).map_err(|_| short())?);
            let (salt, key) = rest.split_at_checked(length).ok_or_else(short)?;
            derived(function, &iterations.to_string(), salt.to_vec(), key.to_vec())
        }
        _ => Err("is of no version of ASP.NET Identity that is known, which are 2 and 3.".to_owned()),
    }
}

fn derived(function: Function, iterations: &str, salt: Vec<u8>, key: Vec<u8>) -> Read {
    let key = sized_key(key)?;
    Ok(Stored::Foreign(Recipe::pbkdf2(function, iterations, key.len(), salt)?, key))
}

fn bcrypt(text: &str) -> Read {
    let form = "is no bcrypt hash; it has to be $2b$, two digits for the cost, $, and 53 letters, digits, dots and slashes.";
    let rest = ["$2a$", "$2b$", "$2y$"].iter().find_map(|version| text.strip_prefix(version));
    let (cost, rest) = rest.and_then(|rest| rest.split_once('$')).filter(|(cost, _)| cost.len() == 2).ok_or(form)?;
    let (salt, hashed) = rest.split_at_checked(22).ok_or(form)?;
    let recipe = Recipe::bcrypt(cost, salt)?;
    let digest = recipe.read_digest(hashed).ok_or(form)?;
    Ok(Stored::Foreign(recipe, digest))
}

fn pbkdf2_of(function: Function, text: &str) -> Read {
    match pbkdf2(text)? {
        (found, stored) if found == function => Ok(stored),
        _ => Err("is of another function than its scheme names.".to_owned()),
    }
}

/// The spelling of passlib, that of Django, and our own.
fn pbkdf2(text: &str) -> Result<(Function, Stored), String> {
    let form = "is no PBKDF2 hash; it has to be $pbkdf2-sha256$iterations$salt$digest or pbkdf2_sha256$iterations$salt$digest.";
    let django = text.strip_prefix("pbkdf2_");
    let mut parts = django.or_else(|| text.strip_prefix("$pbkdf2")).ok_or(form)?.split('$');
    let mut part = || parts.next().ok_or(form);
    let name = part()?;
    let name = if django.is_some() { name } else { name.strip_prefix('-').unwrap_or("sha1") };
    let function = Function::named(name).ok_or(form)?;
    let (iterations, salted, hashed) = (part()?, part()?, part()?);
    if parts.next().is_some() {
        return Err(form.to_owned());
    }
    if iterations.starts_with("i=") {
        let (recipe, digest) = Recipe::read(text).ok_or(form)?;
        let digest = recipe.read_digest(digest).ok_or(form)?;
        return Ok((function, Stored::Foreign(recipe, digest)));
    }
    let (salt, key) = match django {
        Some(_) => (salted.as_bytes().to_vec(), key(hashed)?),
        // passlib writes base64 with a dot in place of the plus.
        None => (salt(&salted.replace('.', "+"), 1)?, key(&hashed.replace('.', "+"))?),
    };
    Ok((function, derived(function, iterations, salt, key)?))
}
