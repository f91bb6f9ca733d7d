//! What README says of importing is run as it stands there.

use super::{asmxd, fixture, place};
use crate::support::repository;

/// The commands of README's section, each with what is said to come of it.
#[test]
fn a_newcomer_imports_a_messy_file_by_the_readme_alone() {
    let readme = std::fs::read_to_string(repository("README.md")).unwrap();
    let section = readme.split_once("## Import people").map(|(_, rest)| rest.split("\n## ").next().unwrap()).unwrap();
    let place = place();
    // The reader called the server before, as the section above says.
    let example = std::fs::read_to_string(repository("fixtures/examples/create-user.xml")).unwrap();
    let taken = example.split_once("<username>").and_then(|(_, rest)| rest.split('<').next()).unwrap();
    place.write("before.csv", &format!("Username,Email\n{taken},{taken}@example.org\n"));
    assert_eq!(asmxd(&place, &["import", "before.csv", "--force-reset"]).code, Some(0));
    std::fs::copy(fixture("messy-excel.csv"), place.path("people.csv")).unwrap();
    let blocks: Vec<&str> = section.split("```").skip(1).step_by(2).collect();
    let commands: Vec<&str> = blocks.iter().filter_map(|block| block.strip_prefix("sh\n")).flat_map(str::lines).collect();
    let outputs: Vec<&str> = blocks.iter().filter_map(|block| block.strip_prefix("text\n")).collect();
    assert!(commands.len() >= 4, "{commands:?}");
    let mut said = String::new();
    for command in &commands {
        let arguments: Vec<String> = words(command.split_once(" # ").map_or(command, |(command, _)| command));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let [program, arguments @ ..] = arguments.as_slice() else { continue };
        assert_eq!(*program, "asmxd", "{command}");
        let (arguments, redirected) = match arguments {
            [before @ .., ">", file] => (before, Some(*file)),
            all => (all, None),
        };
        let ended = asmxd(&place, arguments);
        assert_ne!(ended.code, Some(3), "{command}: {ended:?}");
        match redirected {
            Some(file) => place.write(file, &ended.out),
            None => said += &(ended.err + &ended.out),
        }
    }
    for output in outputs {
        for line in output.lines() {
            assert!(said.contains(line), "README promises {line:?}, and it was said:\n{said}");
        }
    }
}

/// The words of a command, with quotes around some.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in command.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}
