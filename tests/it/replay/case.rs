//! A case of the replay suite: what its folder says, and the bytes that are sent for it.

use crate::support::{Desk, on_the_wire, repository};
use asmxd::contract::Effect;
use asmxd::domain::ids::UserId;
use asmxd::domain::name::Name;
use asmxd::domain::structure::{Membership, Scope};
use asmxd::operations::{SERVICES, Service, service};
use asmxd::wire::soap::Version;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The folder of the cases that no operation owns: malformed and hostile requests.
pub const BAD_INPUT: &str = "bad-input";

/// What every key of a `case.toml` may be; another one is a mistake.
const KEYS: &[&str] = &["says", "soap", "changes", "status", "action", "before", "masked", "groups", "seed", "rows"];

/// The envelope of cases whose request or answer is written without one.
const ENVELOPE: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"{{soap}}\" \
     xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\">\
     <soap:Body>{{body}}</soap:Body></soap:Envelope>";

/// A case, as its `case.toml` tells it.
pub struct Case {
    /// Its folder.
    pub folder: PathBuf,
    /// The versions of SOAP in which it is sent; for a `request.http`, the one in which it is answered.
    pub soap: Vec<Version>,
    /// Whether it changes what is stored.
    pub changes: bool,
    /// The expected HTTP status.
    pub status: u16,
    /// Keys of property strings, and names of members, whose values vary.
    pub masked: Vec<String>,
    /// The rows of `settings.md` that it is about.
    pub rows: Vec<String>,
    action: String,
    before: Vec<String>,
    groups: Vec<toml::Table>,
    /// A file of `fixtures/seed/` that is applied first.
    pub seed: Option<String>,
}

impl Case {
    /// Reads a folder's `case.toml`; panics with the reason when it cannot be one.
    pub fn read(folder: &Path) -> Case {
        let name = folder.display();
        let text = std::fs::read_to_string(folder.join("case.toml")).unwrap_or_else(|error| panic!("{name}: case.toml: {error}"));
        let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{name}: case.toml: {error}"));
        let unknown = table.keys().find(|key| !KEYS.contains(&key.as_str()));
        assert!(unknown.is_none(), "{name}: case.toml has the unknown key {unknown:?}");
        let strings = |key: &str| -> Vec<String> {
            let items = table.get(key).map(|value| value.as_array().unwrap().clone()).unwrap_or_default();
            items.iter().map(|item| item.as_str().unwrap().to_owned()).collect()
        };
        let says = table.get("says").and_then(toml::Value::as_str).unwrap_or_default();
        assert!(says.ends_with('.'), "{name}: says = {says:?} is no sentence");
        let soap: Vec<_> = if table.contains_key("soap") { strings("soap") } else { vec!["1.1".to_owned(), "1.2".to_owned()] };
        let groups = table.get("groups").map(|groups| groups.as_array().unwrap().clone()).unwrap_or_default();
        let case = Case {
            folder: folder.to_owned(),
            seed: table.get("seed").map(|seed| seed.as_str().unwrap().to_owned()),
            soap: soap.iter().map(|number| version(number)).collect(),
            changes: table.get("changes").is_some_and(|changes| changes.as_bool().unwrap()),
            status: table.get("status").map_or(200, |status| status.as_integer().unwrap().try_into().unwrap()),
            masked: strings("masked"),
            rows: strings("rows"),
            action: table.get("action").map_or_else(|| own_operation(folder), |action| action.as_str().unwrap().to_owned()),
            before: strings("before"),
            groups: groups.iter().map(|group| group.as_table().unwrap().clone()).collect(),
        };
        assert!(!case.is_raw() || case.soap.len() == 1, "{name}: a request.http is answered in one version; soap must say which");
        case
    }

    /// Its folder within the fixtures.
    pub fn name(&self) -> String {
        self.folder.strip_prefix(repository("fixtures")).unwrap().display().to_string()
    }

    /// The request, head and all.
    pub fn request(&self, version: Version) -> Vec<u8> {
        if self.is_raw() {
            return on_the_wire(&expanded(&std::fs::read(self.folder.join("request.http")).unwrap()));
        }
        self.soap_request(version, "request.xml", &self.action)
    }

    /// Sends what comes before the request, each of which must succeed, after making the groups that the case needs.
    pub fn set_the_scene(&self, desk: &Desk, version: Version) {
        self.groups.iter().for_each(|group| add_group(desk, group));
        for file in &self.before {
            let reply = desk.send(&self.soap_request(version, file, ""));
            assert_eq!(reply.text("Result"), "true", "{file}: {}", reply.body);
        }
    }

    /// Whether the store is afterwards as it was before, down to the time of the last login, so that the next case can have it.
    pub fn leaves_no_trace(&self) -> bool {
        let operation = self.service().operation(&own_operation(&self.folder));
        let signs_in = operation.is_some_and(|entry| entry.declaration.effect == Effect::SignsIn);
        !self.changes && !signs_in && self.before.is_empty() && self.groups.is_empty()
    }

    /// Whether its operation changes what no feed tells: what the ticket system reports is no change of a person, nor how far an import is.
    pub fn is_untold(&self) -> bool {
        ["ReportAgentActivity", "FinishImport", "CancelImport"].contains(&own_operation(&self.folder).as_str())
    }

    /// The file that holds the answer: one for results in both versions, one per version for faults.
    pub fn response_file(&self, version: Version, is_fault: bool) -> PathBuf {
        self.folder.join(match (is_fault, version) {
            (false, _) => "response.xml",
            (true, Version::Soap11) => "response.11.xml",
            (true, Version::Soap12) => "response.12.xml",
        })
    }

    /// What is wrong with the files of the folder: too many or too few.
    pub fn file_problems(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.folder).unwrap();
        let there: BTreeSet<String> = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        let file_name = |path: PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        let mut wanted: BTreeSet<String> = self.before.iter().cloned().collect();
        wanted.insert("case.toml".to_owned());
        wanted.insert(if self.is_raw() { "request.http" } else { "request.xml" }.to_owned());
        let is_fault = !there.contains("response.xml");
        wanted.extend(self.soap.iter().map(|&version| file_name(self.response_file(version, is_fault))));
        let missing = wanted.difference(&there).map(|file| format!("{}: there is no {file}", self.name()));
        let stray = there.difference(&wanted).map(|file| format!("{}: {file} is no part of it", self.name()));
        missing.chain(stray).collect()
    }

    fn is_raw(&self) -> bool {
        self.folder.join("request.http").exists()
    }

    fn is_bad_input(&self) -> bool {
        self.folder.parent().is_some_and(|parent| parent.ends_with(BAD_INPUT))
    }

    /// The service that the case is for; bad input goes to the first.
    fn service(&self) -> &'static Service {
        let parent = self.folder.parent().and_then(Path::file_name).unwrap().to_string_lossy();
        service(&parent).unwrap_or(SERVICES[0])
    }

    /// A request from an XML file: a whole document, as bad input always is, or a body's element. It goes to the service that the
    /// file's name begins with (`svcStructure.join.xml`), else to that of the case.
    fn soap_request(&self, version: Version, file: &str, operation: &str) -> Vec<u8> {
        let bytes = std::fs::read(self.folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let text = String::from_utf8(expanded(&bytes)).unwrap();
        let is_document = self.is_bad_input() || text.contains("{{soap}}");
        let document = if is_document { text.replace("{{soap}}", version.namespace()) } else { enveloped(&text, version) };
        let of_another = file.split_once('.').and_then(|(name, _)| service(name));
        let Service { name, namespace, .. } = of_another.unwrap_or_else(|| self.service());
        let head = match (version, operation) {
            (Version::Soap11, "") => "text/xml; charset=utf-8".to_owned(),
            (Version::Soap11, _) => format!("text/xml; charset=utf-8\nSOAPAction: \"{namespace}/{operation}\""),
            (Version::Soap12, "") => "application/soap+xml; charset=utf-8".to_owned(),
            (Version::Soap12, _) => format!("application/soap+xml; charset=utf-8; action=\"{namespace}/{operation}\""),
        };
        let head = format!("POST /Services2/{name}.asmx HTTP/1.1\nHost: localhost\nContent-Type: {head}\n\n");
        on_the_wire(&[head.as_bytes(), document.as_bytes()].concat())
    }
}

/// The folders of a service's cases, or of the bad input, in order.
pub fn folders(of: &str) -> Vec<PathBuf> {
    let path = repository("fixtures").join(of);
    let entries = std::fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut folders: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

/// The operation that a folder is named after; empty for bad input.
pub fn own_operation(folder: &Path) -> String {
    let name = folder.file_name().unwrap().to_string_lossy();
    name.split_once("__").map(|(operation, _)| operation.to_owned()).unwrap_or_default()
}

/// A body's element in the usual envelope of this version.
pub fn enveloped(body: &str, version: Version) -> String {
    ENVELOPE.replace("{{soap}}", version.namespace()).replace("{{body}}", body)
}

fn version(number: &str) -> Version {
    match number {
        "1.1" => Version::Soap11,
        "1.2" => Version::Soap12,
        _ => panic!("there is no SOAP {number}"),
    }
}

/// Makes a group with its members, in a department that is made when no earlier group of the case has.
fn add_group(desk: &Desk, group: &toml::Table) {
    let text = |key: &str| group[key].as_str().unwrap().to_owned();
    let (department, name) = (text("department"), text("name"));
    let members: Vec<i32> =
        group["members"].as_array().unwrap().iter().map(|id| id.as_integer().unwrap().try_into().unwrap()).collect();
    let made = desk.store().change(move |tx| {
        let brand = match tx.brands()?.first() {
            Some(brand) => brand.id,
            None => tx.insert_brand(&Name::new("Default").unwrap())?,
        };
        let known = tx.departments(Scope::Everything)?.into_iter().find(|known| known.name == department);
        let department = match known {
            Some(known) => known.id,
            None => tx.insert_department(brand, &Name::new(&department).unwrap())?,
        };
        let group = tx.insert_group(department, &Name::new(&name).unwrap())?;
        members.iter().try_for_each(|&member| {
            let user = UserId(member);
            tx.put_membership(&Membership { group, user, active_tickets: true, active_chats: true, away: false })
        })
    });
    made.unwrap();
}

/// Replaces every `{{repeat 3 "text"}}` by the text, three times over.
fn expanded(bytes: &[u8]) -> Vec<u8> {
    let (begin, end) = (b"{{repeat ".as_slice(), b"\"}}".as_slice());
    let Some(at) = find(bytes, begin) else { return bytes.to_vec() };
    let (before, rest) = (&bytes[..at], &bytes[at + begin.len()..]);
    let close = find(rest, end).expect("a repeat without its end");
    let (count, text) = std::str::from_utf8(&rest[..close]).unwrap().split_once(" \"").expect("a repeat is a number and a text");
    let repeated = text.repeat(count.parse().unwrap());
    [before, repeated.as_bytes(), &expanded(&rest[close + end.len()..])].concat()
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}
