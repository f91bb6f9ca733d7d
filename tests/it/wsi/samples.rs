//! Answers of every kind, over a real socket: all bad input, and of each operation a result that succeeds and one that fails, in both
//! versions of SOAP. With `ASMXD_SAMPLES` they and the WSDLs are written to that folder, for `tests/schemas/run.sh`.

use crate::replay::case::{BAD_INPUT, Case, folders, own_operation};
use crate::support::{Desk, Reply, get};
use asmxd::operations::SERVICES;
use asmxd::wire::soap::Version;
use roxmltree::{Document, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const THREADS: usize = 4;

/// An answer and the case whose request got it.
pub struct Sample {
    /// The case and the version in which it was sent.
    pub name: String,
    /// What was answered.
    pub reply: Reply,
}

impl Sample {
    /// Whether it is a fault.
    pub fn is_fault(&self) -> bool {
        self.reply.body.contains("<soap:Fault>")
    }
}

/// All samples, asked for once.
pub fn samples() -> &'static [Sample] {
    static SAMPLES: OnceLock<Vec<Sample>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let chosen = chosen();
        let answered = std::thread::scope(|scope| {
            let parts = chosen.chunks(chosen.len().div_ceil(THREADS));
            let threads: Vec<_> = parts.map(|part| scope.spawn(|| answers(part))).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        assert!(answered.iter().filter(|sample| sample.is_fault()).count() > 300, "too few faults to speak of all");
        assert!(answered.iter().filter(|sample| !sample.is_fault()).count() > 400, "too few results to speak of all");
        answered
    })
}

/// Runs a check on the root of every answer.
pub fn each(check: impl Fn(&Sample, Node<'_, '_>)) {
    for sample in samples() {
        let document = Document::parse(&sample.reply.body).unwrap_or_else(|error| panic!("{}: {error}", sample.name));
        check(sample, document.root_element());
    }
}

/// Runs a check on the `Fault` of every fault of a version.
pub fn each_fault(version: Version, check: impl Fn(&Sample, Node<'_, '_>)) {
    each(|sample, root| {
        let fault = root.descendants().find(|node| node.has_tag_name((version.namespace(), "Fault")));
        fault.into_iter().for_each(|fault| check(sample, fault));
    });
}

fn chosen() -> Vec<PathBuf> {
    let mut chosen = folders(BAD_INPUT);
    for service in SERVICES {
        let mut seen = BTreeSet::new();
        for folder in folders(service.name) {
            let answer = std::fs::read_to_string(folder.join("response.xml")).unwrap_or_default();
            if seen.insert((own_operation(&folder), answer.contains("<Result>true"))) {
                chosen.push(folder);
            }
        }
    }
    chosen
}

fn answers(folders: &[PathBuf]) -> Vec<Sample> {
    let mut untouched = BTreeMap::new();
    let of_case = |folder: &PathBuf| {
        let case = Case::read(folder);
        let mut answer = |&version: &Version| {
            let open = || case.seed.as_deref().map_or_else(Desk::open, Desk::seeded);
            let reply = if case.leaves_no_trace() {
                untouched.entry(case.seed.clone()).or_insert_with(open).send(&case.request(version))
            } else {
                let desk = open();
                case.set_the_scene(&desk, version);
                desk.send(&case.request(version))
            };
            Sample { name: format!("{} {version:?}", case.name()), reply }
        };
        case.soap.iter().map(&mut answer).collect::<Vec<_>>()
    };
    folders.iter().flat_map(of_case).collect()
}

#[test]
fn the_samples_and_the_descriptions_are_written_where_the_schemas_are_held_against_them() {
    let Some(folder) = std::env::var_os("ASMXD_SAMPLES") else { return };
    let write = |name: String, body: &str| std::fs::write(Path::new(&folder).join(name), body).unwrap();
    for sample in samples() {
        write(format!("{}.xml", sample.name.replace(['/', ' '], "-")), &sample.reply.body);
    }
    let desk = Desk::open();
    for service in SERVICES {
        let request = get(&format!("/Services2/{}.asmx?WSDL", service.name), "Connection: close\r\n");
        write(format!("{}.wsdl", service.name), &desk.send(&request).body);
    }
}
