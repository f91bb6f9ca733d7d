//! What fuzzing begins with: the requests of `fixtures/`, in the form that each entry takes, and the cases kept in `fixtures/fuzz/`.

use super::entries::ENTRIES;
use crate::replay::case::{BAD_INPUT, Case, folders};
use crate::support::{ADMIN, PASSWORD, repository};
use asmxd::operations::SERVICES;
use roxmltree::{Document, Node};
use std::path::Path;

/// Longer requests prove limits, and only slow a fuzzer down.
const LONGEST: usize = 16 * 1024;
/// The headers on which it depends what becomes of a call.
const TELLING: [&str; 2] = ["content-type", "soapaction"];

/// Bytes to begin with, and a name for their file.
pub type Seed = (String, Vec<u8>);

/// The seeds of an entry, in the same order in each run.
pub fn of(entry: &str) -> Vec<Seed> {
    let mut seeds = kept(entry);
    match entry {
        "calls" => seeds.extend(calls()),
        "encoding" => seeds.extend(odd_calls().iter().enumerate().flat_map(documents)),
        "address" => {}
        "form" => seeds.extend(SERVICES.iter().flat_map(|service| cases(service.name)).filter_map(|seed| form(&seed))),
        "files" => seeds.extend(imports()),
        other => panic!("{other} has no seeds"),
    }
    assert!(seeds.len() >= 10, "{entry} has few seeds");
    seeds
}

/// The cases in `fixtures/fuzz/`.
pub fn kept(entry: &str) -> Vec<Seed> {
    assert!(ENTRIES.iter().any(|(known, _)| *known == entry));
    files(&repository("fixtures/fuzz").join(entry), "")
}

/// The requests of all suites.
fn calls() -> Vec<Seed> {
    SERVICES.iter().flat_map(|service| cases(service.name)).chain(odd_calls()).collect()
}

/// The requests of the suites that are about more than one operation.
fn odd_calls() -> Vec<Seed> {
    let requests = ["oracle", "clients"].into_iter().flat_map(|suite| {
        let folders = folders(suite).into_iter().filter(|path| path.is_dir());
        folders.flat_map(|folder| files(&folder, "http")).filter(|(name, _)| !name.ends_with("response.http"))
    });
    let requests = requests.filter_map(|(name, bytes)| Some((name, telling(&bytes)?)));
    cases(BAD_INPUT).into_iter().chain(requests).collect()
}

fn cases(suite: &str) -> Vec<Seed> {
    let cases = folders(suite).into_iter().map(|folder| Case::read(&folder));
    let cases = cases.flat_map(|case| {
        let name = case.name().replace('/', "-");
        let request = |number: usize| (format!("{name}.{number}"), case.request(case.soap[number]));
        (0..case.soap.len()).map(request).collect::<Vec<_>>()
    });
    cases.filter_map(|(name, bytes)| Some((name, telling(&bytes)?))).collect()
}

/// The request with the headers that tell something, if it is one that an entry can take.
fn telling(bytes: &[u8]) -> Option<Vec<u8>> {
    let (head, body) = parts(bytes, b"\r\n\r\n").or_else(|| parts(bytes, b"\n\n"))?;
    let head = std::str::from_utf8(head).ok()?;
    let is_coded = head.to_ascii_lowercase().contains("-encoding:");
    if !head.starts_with("POST") || is_coded || bytes.len() > LONGEST {
        return None;
    }
    let tells = |line: &&str| TELLING.iter().any(|name| line.to_ascii_lowercase().starts_with(name));
    let lines: Vec<_> = head.lines().take(1).chain(head.lines().skip(1).filter(tells)).collect();
    let body = match std::str::from_utf8(body) {
        Ok(text) => text.replace("{{user}}", ADMIN).replace("{{password}}", PASSWORD).into_bytes(),
        Err(_) => body.to_vec(),
    };
    Some([lines.join("\n").as_bytes(), b"\n\n", &body].concat())
}

/// What stands before the first separator, and after it.
fn parts<'b>(bytes: &'b [u8], separator: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let at = bytes.windows(separator.len()).position(|window| window == separator)?;
    Some((&bytes[..at], &bytes[at + separator.len()..]))
}

/// The body of a request under its charset, and of some in UTF-16 as well.
fn documents((number, (name, request)): (usize, &Seed)) -> Vec<Seed> {
    let (head, body) = parts(request, b"\n\n").unwrap();
    let head = String::from_utf8_lossy(head);
    let charset = head.split_once("charset=").map_or("", |(_, rest)| rest.split([';', '\n']).next().unwrap());
    let mut documents = vec![(name.clone(), [charset.trim_matches('"').as_bytes(), b"\n", body].concat())];
    if let (0, Ok(text)) = (number % 20, std::str::from_utf8(body)) {
        let little = text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let big = text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>();
        documents.push((format!("{name}.utf-16le"), [b"\n".as_slice(), &little].concat()));
        documents.push((format!("{name}.utf-16"), [b"utf-16\n".as_slice(), &big].concat()));
        documents.push((format!("{name}.marked"), [b"\n\xFE\xFF".as_slice(), &big].concat()));
    }
    documents
}

/// A call as the form that would make it; in the second version of SOAP, as a query.
fn form((name, request): &Seed) -> Option<Seed> {
    let (head, body) = parts(request, b"\n\n")?;
    let path = std::str::from_utf8(head).ok()?.split(' ').nth(1)?;
    let document = Document::parse(std::str::from_utf8(body).ok()?).ok()?;
    let operation = document.descendants().filter(Node::is_element).nth(2)?;
    let values = operation.descendants().filter(|node| node.is_element() && !node.children().any(|child| child.is_element()));
    let pair = |value: Node<'_, '_>| {
        let of = if value.parent() == Some(operation) { value } else { value.parent().unwrap() };
        format!("{}={}", of.tag_name().name(), encoded(value.text().unwrap_or_default()))
    };
    let pairs = values.filter(|value| *value != operation).map(pair).collect::<Vec<_>>().join("&");
    let target = format!("{path}/{}", operation.tag_name().name());
    let text = match name.ends_with(".1") {
        true => format!("GET {target}?{pairs} HTTP/1.1\n\n"),
        false => format!("POST {target} HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\n{pairs}"),
    };
    Some((name.clone(), text.into_bytes()))
}

/// The files of imports, each after its format.
fn imports() -> Vec<Seed> {
    let folder = repository("fixtures/import");
    let all = files(&folder, "").into_iter().chain(files(&folder.join("hostile"), ""));
    let known = all.filter_map(|(name, bytes)| {
        let format = name.rsplit('.').next()?.replace("jsonl", "json");
        let is_one = ["csv", "json", "xml", "xlsx"].contains(&format.as_str()) && bytes.len() <= LONGEST;
        is_one.then(|| (name, [format.as_bytes(), b"\n", &bytes].concat()))
    });
    known.collect()
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(byte).collect()
}

fn files(folder: &Path, extension: &str) -> Vec<Seed> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    paths.retain(|path| extension.is_empty() || path.extension().is_some_and(|found| found == extension));
    paths.sort();
    let name = |path: &Path| path.strip_prefix(repository("fixtures")).unwrap().display().to_string().replace('/', "-");
    paths.iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect()
}
