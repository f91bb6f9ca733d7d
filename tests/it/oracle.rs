//! The cases of the reference, replayed: the same status, content type, cache header, fault and structure, unless
//! `fixtures/oracle/differences.toml` says otherwise and on what that rests (R33).

use crate::support::{Desk, Reply, canonical, repository};
use std::collections::BTreeMap;
use std::path::Path;

/// What asmxd answers where it differs from the reference.
struct Difference {
    rests_on: String,
    status: u64,
    contains: Vec<String>,
}

fn differences() -> BTreeMap<String, Difference> {
    let text = std::fs::read_to_string(repository("fixtures/oracle/differences.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let read = |(case, value): (String, toml::Value)| {
        let strings = value.get("contains").and_then(toml::Value::as_array).cloned().unwrap_or_default();
        let difference = Difference {
            rests_on: value["rests_on"].as_str().unwrap().to_owned(),
            status: u64::try_from(value["status"].as_integer().unwrap()).unwrap(),
            contains: strings.iter().map(|text| text.as_str().unwrap().to_owned()).collect(),
        };
        (case, difference)
    };
    table.into_iter().map(read).collect()
}

/// The request as it was sent: a long filler that was cut out of the file is put back.
fn request(folder: &Path) -> Vec<u8> {
    let bytes = std::fs::read(folder.join("request.http")).unwrap();
    let cut = b"...(cut)...";
    let Some(at) = bytes.windows(cut.len()).position(|window| window == cut) else { return bytes };
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let length: usize = head.split("Content-Length: ").nth(1).unwrap().lines().next().unwrap().trim().parse().unwrap();
    let filler = "x".repeat(length + cut.len() - body.len());
    format!("{}{filler}{}", &text[..at], &text[at + cut.len()..]).into_bytes()
}

/// The structure of a message: texts count only where clients can rely on them, and lists without their rows.
fn structure(xml: &str) -> String {
    let told = ["Result", "ResultCode", "faultcode", "Value", "string", "address", "binding"];
    let lists = [
        "Departments",
        "Groups",
        "Agents",
        "Roles",
        "Brands",
        "CustomFields",
        "Reports",
        "ActiveItems",
        "StatItems",
        "SupportedEnvelope",
    ];
    let mut kept = String::new();
    let (mut name, mut skipped): (String, Option<usize>) = (String::new(), None);
    for line in canonical(xml).lines() {
        let level = line.len() - line.trim_start().len();
        if skipped.is_some_and(|list| level > list) {
            continue;
        }
        skipped = None;
        if line.trim_start().starts_with('{') {
            name = line.split('}').nth(1).unwrap().split(' ').next().unwrap().to_owned();
            kept.push_str(line);
            kept.push('\n');
            skipped = lists.contains(&name.as_str()).then_some(level);
        } else if told.contains(&name.as_str()) {
            kept.push_str(line);
            kept.push('\n');
        } else if name == "Message" {
            kept.push_str("(a message)\n");
        }
    }
    kept
}

/// The fault text: places may differ, and `{0}` and `{1}` are the reference's weakness.
fn fault_text_fits(expected: &Reply, ours: &Reply) -> bool {
    let text = |reply: &Reply| {
        if reply.has("faultstring") { reply.text("faultstring") } else { reply.text("Text") }
    };
    let without_place = |text: &str| match text.split_once("XML document (") {
        Some((before, after)) => format!("{before}XML document{}", after.split_once(')').map_or("", |(_, rest)| rest)),
        None => text.to_owned(),
    };
    let (expected, ours) = (without_place(&text(expected)), without_place(&text(ours)));
    let pieces = expected.replace("HTTP Header {0}", "HTTP Header SOAPAction").replace("{1}", "{0}");
    let mut rest = ours.as_str();
    let fits = pieces.split("{0}").all(|piece| match rest.find(piece) {
        Some(at) => {
            rest = &rest[at + piece.len()..];
            true
        }
        None => false,
    });
    fits && !ours.contains("{0}") && (pieces.contains("{0}") || pieces == ours)
}

fn compare(expected: &Reply, ours: &Reply) -> Result<(), String> {
    if expected.status != ours.status {
        return Err(format!("status {} instead of {}: {}", ours.status, expected.status, ours.body));
    }
    let header = |reply: &Reply, name: &str| reply.header(name).unwrap_or_default().to_owned();
    for name in ["Content-Type", "Cache-Control"] {
        if header(expected, name) != header(ours, name) {
            return Err(format!("{name} {:?} instead of {:?}", header(ours, name), header(expected, name)));
        }
    }
    if expected.body.contains("soap/envelope") || expected.body.contains("soap-envelope") {
        let (wanted, found) = (structure(&expected.body), structure(&ours.body));
        if wanted != found {
            return Err(format!("structure\n{found}instead of\n{wanted}"));
        }
        if expected.body.contains(":Fault>") && !fault_text_fits(expected, ours) {
            return Err(format!("fault {} instead of {}", ours.body, expected.body));
        }
        let prefix = ":Envelope xmlns:soap=";
        if !ours.body.contains(prefix) {
            return Err("the prefix is not soap".to_owned());
        }
    }
    Ok(())
}

#[test]
fn the_references_cases_are_answered_as_the_reference_does_or_as_a_decision_says() {
    let differences = differences();
    let desk = Desk::open();
    let mut folders: Vec<_> =
        std::fs::read_dir(repository("fixtures/oracle")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    assert!(folders.len() > 180, "the cases are not there");
    let mut wrong = Vec::new();
    let replayed = folders.len();
    for folder in folders {
        let case = folder.file_name().unwrap().to_string_lossy().into_owned();
        let request = request(&folder);
        let ours = desk.send(&request);
        let as_expected = compare(&Reply::parse(&std::fs::read(folder.join("response.http")).unwrap()), &ours);
        let outcome = match (differences.get(&case), as_expected) {
            (Some(_), Ok(())) => Err("it is answered as the reference does: take it out of differences.toml".to_owned()),
            (Some(difference), Err(_)) => differs_as_told(difference, &ours),
            (None, as_expected) => as_expected,
        };
        if let Err(problem) = outcome {
            wrong.push(format!("{case}: {problem}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {replayed} cases:\n{}", wrong.len(), wrong.join("\n"));
}

/// Whether a row of the tables that came with the cases is about a case; `begin` is the row's letter and full stop, or how it begins.
fn row_is_about(readme: &str, begin: &str, case: &str) -> bool {
    let is_meant = |pattern: &str| pattern.strip_suffix('*').map_or(pattern == case, |begin| case.starts_with(begin));
    let mut rows = readme.lines().filter_map(|line| line.strip_prefix("| ")?.split_once('|'));
    rows.any(|(matter, rest)| matter.starts_with(begin) && rest.split('`').skip(1).step_by(2).any(is_meant))
}

/// What is wrong with what a difference rests on: numbers and rows have to be there, and rows to be about the case.
fn unfounded(case: &str, rests_on: &str, readme: &str, decided: &str) -> Option<String> {
    let (unquoted, quoted): (Vec<_>, Vec<_>) = rests_on.split('"').enumerate().partition(|(index, _)| index % 2 == 0);
    let words: Vec<_> = unquoted.iter().flat_map(|(_, text)| text.split([' ', ',', ';', ':'])).collect();
    let is_number = |word: &&&str| word.starts_with(['D', 'R']) && word.len() > 1 && word[1..].parse::<u8>().is_ok();
    let numbers: Vec<_> = words.iter().filter(is_number).collect();
    let lettered = words.windows(2).filter(|pair| pair[0] == "row" && pair[1].len() == 1).map(|pair| format!("{}. ", pair[1]));
    let rows: Vec<_> = quoted.iter().map(|(_, text)| (*text).to_owned()).chain(lettered).collect();
    let unknown = numbers.iter().find(|number| !["| ", "- "].iter().any(|mark| decided.contains(&format!("\n{mark}{number} "))));
    let foreign = rows.iter().find(|row| !row_is_about(readme, row, case));
    match (unknown, foreign) {
        (Some(number), _) => Some(format!("{case}: there is no {number}")),
        (_, Some(row)) => Some(format!("{case}: no row {row:?} is about it")),
        _ if numbers.is_empty() && rows.is_empty() && !rests_on.starts_with("How to read them") => {
            Some(format!("{case}: it rests on nothing"))
        }
        _ => None,
    }
}

#[test]
fn every_difference_is_about_a_case_and_rests_on_a_decision_or_a_row_about_it() {
    let read = |path: &str| std::fs::read_to_string(repository(path)).unwrap();
    let readme = read("fixtures/oracle/README.md");
    let decided = ["asmx-behaviour", "decisions"].map(|name| read(&format!("docs/contract/{name}.md"))).concat();
    let wrong: Vec<_> = differences()
        .into_iter()
        .filter_map(|(case, difference)| match repository("fixtures/oracle").join(&case).is_dir() {
            true => unfounded(&case, &difference.rests_on, &readme, &decided),
            false => Some(format!("{case}: there is no such case")),
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn differs_as_told(difference: &Difference, ours: &Reply) -> Result<(), String> {
    assert!(!difference.rests_on.is_empty());
    if u64::from(ours.status) != difference.status {
        return Err(format!("status {} instead of {}: {}", ours.status, difference.status, ours.body));
    }
    match difference.contains.iter().find(|part| !ours.body.contains(part.as_str())) {
        Some(part) => Err(format!("{part:?} is not in {}", ours.body)),
        None => Ok(()),
    }
}
