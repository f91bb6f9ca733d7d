//! Settings: by flag, environment and file, in this order, and all that is wrong with them at once.

use super::{CHEAP, Ended, Place, Program, SECRET, call, serve};
use crate::support::{PATH, Wire, get};

/// The base of the addresses in the WSDL, which tells which public URL counts.
fn base(program: &Program) -> String {
    let mut wire = Wire::connect(program.address());
    wire.send(&get(&format!("{PATH}?wsdl"), ""));
    let wsdl = wire.reply().body;
    let location = wsdl.split("location=\"").nth(1).unwrap().split('"').next().unwrap();
    location.strip_suffix(PATH).unwrap().to_owned()
}

fn assert_wrong_configuration(ended: &Ended, problems: &[&str]) {
    assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{}", ended.err);
    let lines: Vec<&str> = ended.err.lines().collect();
    assert_eq!(lines.first(), Some(&"asmxd: the configuration is wrong:"));
    assert_eq!(lines.len(), 1 + problems.len(), "{}", ended.err);
    for problem in problems {
        assert!(lines.iter().any(|line| line.contains(problem)), "{problem}: {}", ended.err);
    }
}

#[test]
fn a_flag_beats_the_environment_and_the_environment_the_file() {
    let place = Place::new();
    place.write("asmxd.toml", "public_url = 'http://file.example'\n[server]\nname = 'named in the file'\n");
    let file = ("ASMXD_CONFIG", "asmxd.toml");
    let variable = ("ASMXD_PUBLIC_URL", "http://environment.example");
    let program = serve(&place, &[]);
    assert_eq!(base(&program), "http://localhost", "no setting at all");
    drop(program);
    let program = serve(&place, &[file]);
    assert_eq!(base(&program), "http://file.example");
    assert_eq!(call(&program, "admin", SECRET, "GetServerName", "").text("RequestResult"), "named in the file");
    drop(program);
    let program = serve(&place, &[file, variable]);
    assert_eq!(base(&program), "http://environment.example");
    drop(program);
    let flags = ["--public-url", "http://flag.example", "--config", "asmxd.toml"];
    let program = place.serve(&flags, &[&CHEAP[..], &[variable]].concat());
    assert_eq!(base(&program), "http://flag.example");
    assert_eq!(call(&program, "admin", SECRET, "GetServerName", "").text("RequestResult"), "named in the file");
}

#[test]
fn the_database_is_where_it_is_said_to_be() {
    let place = Place::new();
    drop(serve(&place, &[]));
    assert!(place.path("asmxd.db").exists());
    drop(serve(&place, &[("ASMXD_DATABASE", "by variable.db")]));
    assert!(place.path("by variable.db").exists());
    drop(place.serve(&["--database", "by-flag.db"], &[&CHEAP[..], &[("ASMXD_DATABASE", "never.db")]].concat()));
    assert!(place.path("by-flag.db").exists() && !place.path("never.db").exists());
}

#[test]
fn every_wrong_setting_is_told_at_once_and_nothing_is_started() {
    let place = Place::new();
    place.write("asmxd.toml", "colour = 'red'\n[password]\nmin_length = 0\nmax_length = 9\n[limits]\nbody_bytes = 'many'\n");
    let variables = [
        ("ASMXD_LISTEM", "127.0.0.1:0"),
        ("ASMXD_LOG", "loud"),
        ("ASMXD_ADMIN_PASSWROD", "mistyped-secret"),
        ("HOME", "/"),
        ("PATH", "/bin"),
    ];
    let ended = place.run(&["serve", "--config", "asmxd.toml", "--listen", "nowhere", "--public-url", "no url"], &variables);
    let problems = [
        "ASMXD_LISTEM: there is no such setting",
        "ASMXD_ADMIN_PASSWROD: there is no such setting",
        "log (ASMXD_LOG): 'loud' is not error, warn, info, debug or trace",
        "listen (--listen): 'nowhere' is not an address and port",
        "public_url (--public-url): 'no url' is not a URL",
        "colour (asmxd.toml): there is no such setting",
        "password.max_length (asmxd.toml): there is no such setting",
        "password.min_length (asmxd.toml): '0' is not a number from 1 to 1024",
        "limits.body_bytes (asmxd.toml): 'many' is not a number from 1024 to 1073741824",
    ];
    assert_wrong_configuration(&ended, &problems);
    assert!(!ended.err.contains("mistyped-secret"), "{}", ended.err);
    assert!(!place.path("asmxd.db").exists());
}

#[test]
fn a_file_that_cannot_be_read_or_is_no_toml_is_told_with_its_name() {
    let place = Place::new();
    assert_wrong_configuration(&place.run(&["serve", "--config", "missing.toml"], &[]), &["missing.toml: "]);
    assert_wrong_configuration(&place.run(&["serve"], &[("ASMXD_CONFIG", "missing.toml")]), &["missing.toml: "]);
    place.write("broken.toml", "listen = \n");
    let ended = place.run(&["serve", "--config", "broken.toml"], &[]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""));
    assert!(ended.err.contains("broken.toml: "), "{}", ended.err);
}

#[test]
fn a_list_of_breached_passwords_that_cannot_be_read_stops_the_start_with_file_and_line() {
    let place = Place::new();
    std::fs::write(place.path("latin.txt"), b"password1\nb\xfccher-secret\n").unwrap();
    std::fs::create_dir(place.path("folder")).unwrap();
    for (file, problem) in [
        ("missing.txt", "password.breached_file (ASMXD_PASSWORD_BREACHED_FILE): missing.txt: "),
        ("folder", "password.breached_file (ASMXD_PASSWORD_BREACHED_FILE): folder: "),
        ("latin.txt", "password.breached_file (ASMXD_PASSWORD_BREACHED_FILE): latin.txt: line 2 is not UTF-8"),
        ("", "password.breached_file (ASMXD_PASSWORD_BREACHED_FILE): is empty"),
    ] {
        let ended = place.run(&["serve", "--listen", "127.0.0.1:0"], &[("ASMXD_PASSWORD_BREACHED_FILE", file)]);
        assert_wrong_configuration(&ended, &[problem]);
        assert!(!ended.err.contains("cher-secret"), "{}", ended.err);
    }
    assert!(!place.path("asmxd.db").exists());
}

#[test]
#[cfg(unix)]
fn a_setting_that_is_no_unicode_is_told_and_not_passed_over() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let place = Place::new();
    let latin = OsStr::from_bytes(b"b\xfccher.db");
    for name in ["ASMXD_DATABASE", "ASMXD_CONFIG", "ASMXD_ADMIN_PASSWORD", "ASMXD_NO_SUCH_KEY"] {
        let ended = Ended::of(place.command(&["serve", "--listen", "no address"], &[]).env(name, latin));
        assert_wrong_configuration(&ended, &["listen (--listen)", &format!("{name}: ")]);
    }
    assert!(place.is_empty());
}
