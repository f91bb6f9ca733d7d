//! JSON: an array of objects, or one object after the other, as JSON Lines have them.
//!
//! serde_json reads one object at a time; what stands between them is read here. Values are kept as they are written, so that no number
//! loses a digit.

use super::ReadError;
use super::meter::{Gauge, Meter};
use super::objects::{Object, Take};
use crate::domain::column::{CUSTOM_FIELDS, SEPARATOR, same};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::io::BufRead;

/// Gives all objects of a text to `take`.
pub(super) fn read(text: impl BufRead, take: &mut dyn Take) -> Result<(), ReadError> {
    let (mut text, gauge) = Meter::new(text);
    let is_array = next(&mut text)? == Some(b'[');
    if is_array {
        text.consume(1);
    }
    let mut is_first = true;
    loop {
        gauge.renew();
        let found = next(&mut text)?;
        match (found, is_array) {
            (None, false) => return Ok(()),
            (None, true) => return Err(ReadError::at(gauge.line(), "the file ends before its array does")),
            (Some(b']'), true) => break,
            (Some(b','), true) if !is_first => {
                text.consume(1);
                next(&mut text)?;
            }
            (Some(_), true) if !is_first => {
                return Err(ReadError::at(gauge.line(), "between two objects of an array stands a comma"));
            }
            _ => {}
        }
        is_first = false;
        take.take(object(&mut text, &gauge)?)?;
    }
    text.consume(1);
    match next(&mut text)? {
        None => Ok(()),
        Some(_) => Err(ReadError::at(gauge.line(), "the file goes on after its array")),
    }
}

/// The next byte that is no white space, which is left there.
fn next(text: &mut impl BufRead) -> Result<Option<u8>, ReadError> {
    loop {
        let bytes = text.fill_buf()?;
        let blanks = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let found = bytes.get(blanks).copied();
        let is_over = bytes.is_empty();
        text.consume(blanks);
        if found.is_some() || is_over {
            return Ok(found);
        }
    }
}

fn object(text: &mut impl BufRead, gauge: &Gauge) -> Result<Object, ReadError> {
    gauge.renew();
    let line = gauge.line();
    if next(text)? != Some(b'{') {
        return Err(ReadError::at(
            line,
            "an object has to begin here: the file is an array of objects, or an object in each line",
        ));
    }
    let Members(members) =
        Members::deserialize(&mut serde_json::Deserializer::from_reader(text)).map_err(|error| wrong(line, error))?;
    let mut object = Object::new(line);
    for (name, value) in members {
        let is_group = same(&name, CUSTOM_FIELDS.trim_end_matches('.')) && value.get().starts_with('{');
        if is_group {
            let Members(fields) = parsed(line, &value)?;
            for (field, value) in fields {
                let text = plain(line, &field, &value, &mut object)?;
                object.push(&field, text, true);
            }
        } else {
            let text = plain(line, &name, &value, &mut object)?;
            object.push(&name, text, false);
        }
    }
    Ok(object)
}

/// The text of a value: a scalar's own, null's is empty, and an array's is its items' between semicolons.
fn plain(line: u64, name: &str, value: &RawValue, object: &mut Object) -> Result<String, ReadError> {
    if !value.get().starts_with('[') {
        return scalar(line, name, value, object);
    }
    let items: Vec<Box<RawValue>> = parsed(line, value)?;
    let items = items.iter().map(|item| {
        let item = scalar(line, name, item, object)?;
        if item.contains(SEPARATOR) {
            object.is_wrong(|| format!("an item of '{name}' holds a '{SEPARATOR}', which separates items"));
        }
        Ok(item)
    });
    Ok(items.collect::<Result<Vec<String>, ReadError>>()?.join(&SEPARATOR.to_string()))
}

fn scalar(line: u64, name: &str, value: &RawValue, object: &mut Object) -> Result<String, ReadError> {
    match value.get() {
        "null" => Ok(String::new()),
        text if text.starts_with('"') => parsed(line, value),
        text if text.starts_with(['[', '{']) => {
            object.is_wrong(|| {
                format!("'{name}' is nested too deep: a value is a text, a number, true, false, null or an array of these")
            });
            Ok(String::new())
        }
        text => Ok(text.to_owned()),
    }
}

fn parsed<'v, T: Deserialize<'v>>(line: u64, value: &'v RawValue) -> Result<T, ReadError> {
    serde_json::from_str(value.get()).map_err(|error| wrong(line, error))
}

/// The error in words of the file: serde_json counts lines from the beginning of the object.
fn wrong(line: u64, error: serde_json::Error) -> ReadError {
    if error.is_io() {
        return std::io::Error::from(error).into();
    }
    let at = line + u64::try_from(error.line().saturating_sub(1)).unwrap_or_default();
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or(&text);
    ReadError::at(at, format!("this is no JSON: {what}"))
}

/// An object's members, in their order, those with the same name too.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Collect)
    }
}

struct Collect;

impl<'de> Visitor<'de> for Collect {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}
