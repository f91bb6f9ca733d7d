//! The cases of `fixtures/`, replayed in both versions of SOAP: the answer as canonical XML, and what is stored unchanged unless the
//! case says otherwise.
//!
//! A case is a folder, `<service>/<Operation>__<what_it_shows>` or `bad-input/<what_it_shows>`; adding one needs no code:
//!
//! - `case.toml`: `says`, the sentence that the case proves; and, where the default does not fit, `soap` (both versions), `changes`
//!   (false), `status` (200), `action` (the operation of the folder's name; `""` for none), `before` (files of earlier requests, which
//!   must succeed; one to another service is named after it, as `svcStructure.join.xml`), `masked` (keys of property strings, or
//!   members, whose values vary), `rows` (the rows of `settings.md` that it is about), `seed` (a file of `fixtures/seed/`, applied first) and `groups` (made beforehand, ids from 1:
//!   `{ department = "Support", name = "First line", members = [3] }`).
//! - `request.xml`: the body's element; or a whole document, with `{{soap}}` for the envelope's namespace, which bad input always
//!   is; or `request.http`: the bytes, of which the head may have plain line ends and lack `Content-Length`, with the one version of
//!   the answer in `soap`. Each may hold `{{repeat 3 "text"}}`.
//! - `response.xml`: the body's element of a result; or `response.11.xml` and `response.12.xml`: the whole of a fault.
//!   `BLESS=1 cargo test` writes them.

pub mod case;

use crate::support::{Desk, Reply, canonical, repository, text_of};
use asmxd::operations::SERVICES;
use asmxd::wire::soap::Version;
use case::{BAD_INPUT, Case, enveloped, folders, own_operation};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

const THREADS: usize = 4;

/// Desks on which cases left no trace, by their seed.
type Untouched = BTreeMap<Option<String>, Desk>;

fn all_folders() -> Vec<PathBuf> {
    SERVICES.iter().map(|service| service.name).chain([BAD_INPUT]).flat_map(folders).collect()
}

/// Replays a case on a fresh desk, or on one on which cases left no trace; such a desk is put back.
fn replay(case: &Case, version: Version, untouched: &mut Untouched) -> Result<(), String> {
    let open = || case.seed.as_deref().map_or_else(Desk::open, Desk::seeded);
    if !case.leaves_no_trace() {
        return replay_on(&open(), case, version);
    }
    let desk = untouched.remove(&case.seed).unwrap_or_else(open);
    replay_on(&desk, case, version)?;
    untouched.insert(case.seed.clone(), desk);
    Ok(())
}

fn replay_on(desk: &Desk, case: &Case, version: Version) -> Result<(), String> {
    case.set_the_scene(desk, version);
    let (before, told) = (desk.dump(), desk.feed_length());
    let reply = desk.send(&case.request(version));
    let changed = desk.dump() != before;
    if changed && desk.feed_length() == told && !case.is_untold() {
        return Err("the feed of changes does not tell of it".to_owned());
    }
    check(case, version, &reply)?;
    match (case.changes, changed) {
        (false, true) => Err("it changed what is stored".to_owned()),
        (true, false) => Err("it changed nothing".to_owned()),
        _ => Ok(()),
    }
}

fn check(case: &Case, version: Version, reply: &Reply) -> Result<(), String> {
    if reply.status != case.status {
        return Err(format!("status {} instead of {}: {}", reply.status, case.status, reply.body));
    }
    let content_type = reply.header("Content-Type").unwrap_or_default();
    // Which version is spoken is told by the expected answer; the content type has to fit it.
    let begin = format!("<soap:Envelope xmlns:soap=\"{}\"", Version::Soap12.namespace());
    let spoken = if reply.body.contains(&begin) { Version::Soap12 } else { Version::Soap11 };
    if content_type != spoken.content_type() {
        return Err(format!("content type {content_type:?} instead of {:?}: {}", spoken.content_type(), reply.body));
    }
    let body = masked(&reply.body, &case.masked);
    let is_fault = reply.has("Fault");
    let file = case.response_file(version, is_fault);
    if std::env::var_os("BLESS").is_some() {
        let kept = if is_fault { indented(&body) } else { indented(content_of_body(&body)) };
        std::fs::write(&file, kept).unwrap();
        return Ok(());
    }
    let expected = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}: {body}", file.display()))?;
    let expected = canonical(&if is_fault { expected } else { enveloped(expected.trim(), version) });
    let found = canonical(&body);
    match expected == found {
        true => Ok(()),
        false => Err(format!("answered\n{found}instead of\n{expected}")),
    }
}

/// The answer without the values of the property strings with these keys, and of the members with these names; one that is empty stays.
fn masked(body: &str, keys: &[String]) -> String {
    let mut body = body.to_owned();
    for begin in keys.iter().flat_map(|key| [format!("<string>{key}="), format!("<{key}>")]) {
        let mut next = 0;
        while let Some(at) = body[next..].find(&begin).map(|at| next + at + begin.len()) {
            let length = body[at..].find('<').unwrap();
            if length > 0 {
                body.replace_range(at..at + length, "(masked)");
            }
            next = at;
        }
    }
    body
}

fn content_of_body(message: &str) -> &str {
    message.split_once("<soap:Body>").and_then(|(_, rest)| rest.split_once("</soap:Body>")).expect("no body").0
}

/// A message of ours, in which `><` stands only between tags, with a line for each element.
fn indented(message: &str) -> String {
    let (mut level, mut text) = (0_usize, String::new());
    let tags: Vec<_> = message.split("><").collect();
    for (index, tag) in tags.iter().enumerate() {
        let (open, close) = (if index > 0 { "<" } else { "" }, if index + 1 < tags.len() { ">" } else { "" });
        let name = tag.trim_start_matches('<');
        let is_end = name.starts_with('/');
        level -= usize::from(is_end);
        // White space in an element without children would be its text.
        let closes_an_empty_one = is_end && index > 0 && tags[index - 1] == &name[1..];
        if closes_an_empty_one {
            text.pop();
        } else {
            text.push_str(&"  ".repeat(level));
        }
        text.push_str(&format!("{open}{tag}{close}\n"));
        let opens = !name.starts_with(['/', '?']) && !name.ends_with('/') && !name.contains("</");
        level += usize::from(opens);
    }
    text
}

/// What is wrong with a case, one line per version.
fn problems(folder: &Path, untouched: &mut Untouched) -> Vec<String> {
    let panicked = |panic: Box<dyn std::any::Any + Send>| {
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
    };
    let case = match catch_unwind(|| Case::read(folder)) {
        Ok(case) => case,
        Err(panic) => return vec![panicked(panic)],
    };
    let outcome = |&version: &Version| {
        let replayed = catch_unwind(AssertUnwindSafe(|| replay(&case, version, untouched)));
        let outcome = replayed.unwrap_or_else(|panic| Err(panicked(panic)));
        outcome.err().map(|problem| format!("{} ({version:?}): {problem}", case.name()))
    };
    case.soap.iter().filter_map(outcome).collect()
}

#[test]
fn every_case_is_answered_as_its_folder_tells_and_changes_what_is_stored_only_if_it_says_so() {
    let folders = all_folders();
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let mut untouched = Untouched::new();
                while let Some(folder) = folders.get(next.fetch_add(1, Ordering::Relaxed)) {
                    found.lock().unwrap().extend(problems(folder, &mut untouched));
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap();
    found.sort();
    assert!(found.is_empty(), "{} of {} cases:\n{}", found.len(), folders.len(), found.join("\n"));
}

#[test]
fn every_operation_has_a_case_that_succeeds_and_one_that_fails() {
    let mut missing = Vec::new();
    for service in SERVICES {
        let folders = folders(service.name);
        for operation in service.operations.iter().map(|entry| entry.declaration.name) {
            let own = folders.iter().filter(|folder| own_operation(folder) == operation);
            let answers: Vec<_> = own.filter_map(|folder| std::fs::read_to_string(folder.join("response.xml")).ok()).collect();
            for result in ["true", "false"] {
                if !answers.iter().any(|answer| text_of(answer, "Result") == result) {
                    missing.push(format!("{operation}: no case with Result {result}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_row_of_the_table_of_settings_has_a_case_that_succeeds_and_one_that_fails_in_both_services() {
    let table = std::fs::read_to_string(repository("docs/contract/settings.md")).unwrap();
    let rows: Vec<_> = table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    assert_eq!(rows.len(), 42, "the table was read wrong");
    let mut missing = Vec::new();
    for service in ["svcOrganization", "svcAccounts"] {
        let mut shown = BTreeSet::new();
        for folder in folders(service) {
            let answer = std::fs::read_to_string(folder.join("response.xml")).unwrap_or_default();
            let case = Case::read(&folder);
            for row in &case.rows {
                assert!(rows.contains(&row.as_str()), "{}: {row} is no row", case.name());
                shown.insert((row.clone(), text_of(&answer, "Result")));
            }
        }
        for row in &rows {
            let lacking =
                ["true", "false"].into_iter().filter(|result| !shown.contains(&((*row).to_owned(), (*result).to_owned())));
            missing.extend(lacking.map(|result| format!("{service}: no case of {row} with Result {result}")));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_folder_is_named_after_an_operation_and_has_its_files_and_no_others() {
    let mut wrong = Vec::new();
    for service in SERVICES {
        for folder in folders(service.name) {
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            let shows = name.split_once("__").map(|(_, shows)| shows).unwrap_or_default();
            if service.operation(&own_operation(&folder)).is_none() || shows.is_empty() {
                wrong.push(format!("{}/{name} is not named <Operation>__<what_it_shows>", service.name));
            }
        }
    }
    for folder in all_folders() {
        match catch_unwind(|| Case::read(&folder)) {
            Ok(case) => wrong.extend(case.file_problems()),
            Err(_) => wrong.push(format!("{}: its case.toml cannot be read", folder.display())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
