//! Starting: what is said where, the first administrator, and why a start fails.

use super::{ADMINISTRATOR, CHEAP, Ended, Place, SECRET, call, enter, serve};
use crate::support::{Wire, get, newcomer};
use std::net::TcpListener;

/// The generated password in what was said on standard error.
fn generated(err: &str) -> Option<&str> {
    let line = err.lines().find(|line| line.starts_with("asmxd: the administrator is "))?;
    line.rsplit(' ').next()
}

/// Refused with a code that says it could not run, and one sentence.
fn assert_could_not_run(ended: &Ended, sentence: &str) {
    assert_eq!((ended.code, ended.out.as_str()), (Some(3), ""), "{}", ended.err);
    assert!(ended.err.lines().any(|line| line.starts_with("asmxd: ") && line.contains(sentence)), "{}", ended.err);
    assert!(!ended.err.contains("panicked"), "{}", ended.err);
}

#[test]
fn standard_output_has_one_line_that_tells_where_the_server_listens() {
    let place = Place::new();
    let program = serve(&place, &[("ASMXD_LOG", "trace")]);
    let mut wire = Wire::connect(program.address());
    wire.send(&get("/healthz", ""));
    assert_eq!(wire.reply().status, 200);
    assert_eq!(enter(&program, "admin", SECRET), 0);
    let address = program.address();
    let ended = program.terminate();
    assert_eq!((ended.code, ended.out), (Some(0), format!("listening on http://{address}\n")));
}

#[test]
fn a_generated_password_is_told_once_on_standard_error_and_lets_the_administrator_in() {
    let place = Place::new();
    let program = place.serve(&[], &CHEAP);
    let ended = program.terminate();
    let password = generated(&ended.err).unwrap_or_else(|| panic!("{}", ended.err)).to_owned();
    assert!(password.len() >= 20 && ended.err.contains("'admin'"), "{}", ended.err);
    assert_eq!(ended.err.matches(&password).count(), 1);
    let again = place.serve(&[], &CHEAP);
    assert_eq!((enter(&again, "admin", &password), enter(&again, "admin", "guess")), (0, 1));
    let ended = again.terminate();
    assert!(generated(&ended.err).is_none() && !ended.err.contains(&password), "{}", ended.err);
}

#[test]
fn a_configured_administrator_is_made_once_and_the_variables_count_for_nothing_later() {
    let place = Place::new();
    let first = [("ASMXD_ADMIN_USERNAME", "Zoë Root"), ADMINISTRATOR];
    let program = place.serve(&[], &[&CHEAP[..], &first].concat());
    assert_eq!(enter(&program, "zoë root", SECRET), 0);
    assert_eq!(enter(&program, "admin", SECRET), 1);
    let ended = program.terminate();
    assert!(generated(&ended.err).is_none(), "{}", ended.err);
    let later = [("ASMXD_ADMIN_USERNAME", "other"), ("ASMXD_ADMIN_PASSWORD", "other secret")];
    let program = place.serve(&[], &[&CHEAP[..], &later].concat());
    assert_eq!(enter(&program, "zoë root", SECRET), 0);
    assert_eq!((enter(&program, "other", "other secret"), enter(&program, "zoë root", "other secret")), (1, 1));
    assert_eq!(call(&program, "zoë root", SECRET, "GetAllAgents", "").all("ID"), ["2"]);
}

#[test]
fn a_configured_password_may_break_the_policy_and_is_warned_about() {
    let place = Place::new();
    let program = place.serve(&[], &[&CHEAP[..], &[("ASMXD_ADMIN_PASSWORD", "x7!")]].concat());
    assert_eq!(enter(&program, "admin", "x7!"), 0);
    let ended = program.terminate();
    assert!(ended.err.contains("WARN") && ended.err.contains("at least 8 characters"), "{}", ended.err);
    assert!(!ended.err.contains("x7!"), "{}", ended.err);
}

#[test]
fn a_list_of_breached_passwords_binds_everybody_and_only_warns_about_the_first_administrator() {
    let place = Place::new();
    place.write("breached.txt", &format!("password1\r\n{SECRET}\n"));
    place.write("asmxd.toml", "[password]\nbreached_file = 'breached.txt'\n");
    let program = serve(&place, &[("ASMXD_CONFIG", "asmxd.toml"), ("ASMXD_LOG", "trace")]);
    for (password, code) in [("Password1", 5), (SECRET, 5), ("password2", 0)] {
        let parameters = newcomer("somebody").replace("long enough", password);
        assert_eq!(call(&program, "admin", SECRET, "CreateUser2", &parameters).code(), code, "{password}");
    }
    let ended = program.terminate();
    assert!(ended.err.contains("WARN") && ended.err.contains("list of breached passwords"), "{}", ended.err);
    assert!(!ended.err.contains(SECRET) && !ended.err.contains("assword1"), "{}", ended.err);
}

#[test]
fn help_names_every_command_and_option() {
    let place = Place::new();
    let help = place.run(&["--help"], &[]);
    assert_eq!((help.code, help.err.as_str()), (Some(0), ""));
    assert!(help.out.contains("serve") && help.out.contains("Usage: asmxd"), "{}", help.out);
    let help = place.run(&["serve", "--help"], &[]);
    assert_eq!(help.code, Some(0));
    for option in ["--listen <ADDR>", "--database <PATH>", "--public-url <URL>", "--config <FILE>"] {
        assert!(help.out.contains(option), "{option}: {}", help.out);
    }
    let version = place.run(&["--version"], &[]);
    assert_eq!((version.code, version.out), (Some(0), format!("asmxd {}\n", env!("CARGO_PKG_VERSION"))));
    assert!(place.is_empty());
}

#[test]
fn wrong_arguments_end_with_code_2_and_do_nothing() {
    let place = Place::new();
    for arguments in
        [&[][..], &["sevre"], &["serve", "--listne", "x"], &["serve", "here"], &["serve", "--listen"], &["--config", "x"]]
    {
        let ended = place.run(arguments, &[]);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ended.err.contains("--help"), "{arguments:?}: {}", ended.err);
    }
    assert!(place.is_empty());
}

#[test]
fn a_port_in_use_is_told_in_a_sentence() {
    let place = Place::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ended = place.run(&["serve", "--listen", &address], &[&CHEAP[..], &[ADMINISTRATOR]].concat());
    assert_could_not_run(&ended, &format!("cannot listen on {address}: "));
}

#[test]
fn a_database_that_cannot_be_opened_is_told_in_a_sentence_with_its_name() {
    let place = Place::new();
    place.write("letter.db", &"This is a letter and no database at all.\n".repeat(50));
    for (path, sentence) in
        [("letter.db", "not a database"), ("missing/asmxd.db", "No such file"), ("letter.db/x", "Not a directory")]
    {
        let ended = place.run(&["serve", "--listen", "127.0.0.1:0", "--database", path], &CHEAP);
        assert_could_not_run(&ended, sentence);
        assert!(ended.err.contains(path), "{}", ended.err);
    }
}

#[test]
fn a_second_server_on_the_same_database_is_refused_and_the_first_goes_on() {
    let place = Place::new();
    let first = serve(&place, &[]);
    let ended = place.run(&["serve", "--listen", "127.0.0.1:0"], &CHEAP);
    assert_could_not_run(&ended, "is in use by another asmxd; stop that one first");
    assert!(ended.err.contains("asmxd.db"), "{}", ended.err);
    assert_eq!(enter(&first, "admin", SECRET), 0);
    assert_eq!(first.terminate().code, Some(0));
    assert_eq!(enter(&serve(&place, &[]), "admin", SECRET), 0, "now it is free");
}
