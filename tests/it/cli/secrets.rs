//! Secrets: no password is ever said or stored as it is, whatever happens to the call that brings it.

use super::{ADMINISTRATOR, CHEAP, Place, Program, SECRET, call, enter, serve};
use crate::support::{NS, Wire, newcomer, post};

const WRONG: &str = "wrong-secret-2";
const CREATED: &str = "created-secret-3";
const CHANGED: &str = "changed-secret-4";
const SHORT: &str = "shrt-5";
const BROKEN: &str = "broken-secret-6";
const GARBAGE: &str = "garbage-secret-7";
const TWICE: &str = "twice-secret-8";
/// `admin:first-secret` in base64.
const BASIC: &str = "YWRtaW46Zmlyc3Qtc2VjcmV0";
/// `admin:headed-secret-9` in base64.
const HEADED: &str = "YWRtaW46aGVhZGVkLXNlY3JldC05";
const DECODED: &str = "headed-secret-9";
const TOKEN: &str = "token-secret-10";
const DIGEST: &str = "digest-secret-11";
const ALL: [&str; 13] = [SECRET, WRONG, CREATED, CHANGED, SHORT, BROKEN, GARBAGE, TWICE, BASIC, HEADED, DECODED, TOKEN, DIGEST];

/// Calls that succeed and fail in every way, each with a secret; answers all that was answered.
fn calls(program: &Program) -> String {
    let set = |items: &[String]| {
        let items: String = items.iter().map(|item| format!("<string>{item}</string>")).collect();
        let parameters = format!("<userId>3</userId><userPropertyValues>{items}</userPropertyValues>");
        call(program, "admin", SECRET, "SetUsersProperties", &parameters)
    };
    let create = |password: &str| {
        let parameters = newcomer("somebody").replace("long enough", password);
        call(program, "admin", SECRET, "CreateUser2", &parameters)
    };
    let password = |password: &str| format!("Password={password}");
    let replies = [
        (call(program, "admin", WRONG, "GetServerName", ""), 1),
        (call(program, WRONG, WRONG, "ValidateAgent", ""), 1),
        (create(CREATED), 0),
        (create(CREATED), 4),
        (create(SHORT), 5),
        (call(program, "somebody", CREATED, "GetServerName", ""), 2),
        (set(&[password(CHANGED)]), 0),
        (call(program, "somebody", CREATED, "GetServerName", ""), 1),
        (call(program, "somebody", CHANGED, "GetServerName", ""), 2),
        (set(&[password(SHORT)]), 5),
        (set(&[password(TWICE), password(TWICE)]), 5),
        (set(&[password(TWICE), "AuthenticationMethod=ActiveDirectory".to_owned()]), 6),
        (set(&[password(TWICE), "NoSuchKey=1".to_owned()]), 5),
        (
            call(
                program,
                "admin",
                SECRET,
                "GetUsersProperties",
                "<userId>3</userId><requestedValues><string>Password</string></requestedValues>",
            ),
            0,
        ),
    ];
    let mut answered = String::new();
    for (number, (reply, code)) in replies.iter().enumerate() {
        assert_eq!(reply.code(), *code, "call {number}: {}", reply.body);
        answered.push_str(&reply.body);
    }
    answered + &other_ways(program) + &faults(program)
}

/// Calls that tell of the caller by headers, of HTTP and of SOAP.
fn other_ways(program: &Program) -> String {
    let token = |kind: &str, password: &str| {
        let wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
        let profile = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0";
        format!(
            "<w:Security xmlns:w=\"{wsse}\"><w:UsernameToken><w:Username>admin</w:Username>\
             <w:Password Type=\"{profile}#{kind}\">{password}</w:Password></w:UsernameToken></w:Security>"
        )
    };
    let ways = [
        (BASIC, String::new(), "0"),
        (BASIC, token("PasswordText", SECRET), "0"),
        (BASIC, token("PasswordText", TOKEN), "1"),
        (HEADED, String::new(), "1"),
        (DECODED, String::new(), "1"),
        (BASIC, token("PasswordDigest", DIGEST), "wsse:UnsupportedSecurityToken"),
    ];
    let mut answered = String::new();
    for (number, (basic, header, code)) in ways.iter().enumerate() {
        let body = format!(
            "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Header>{header}</e:Header>\
             <e:Body><GetServerName xmlns=\"{NS}\"/></e:Body></e:Envelope>"
        );
        let mut wire = Wire::connect(program.address());
        let headers = format!("Authorization: Basic {basic}\r\nContent-Length: {}\r\n", body.len());
        wire.send(&post(&headers, body.as_bytes()));
        let reply = wire.reply();
        let told = if reply.has("Fault") { reply.text("faultcode") } else { reply.text("ResultCode") };
        assert_eq!(told, *code, "way {number}: {}", reply.body);
        answered.push_str(&reply.body);
    }
    answered
}

/// Requests that are refused as a whole.
fn faults(program: &Program) -> String {
    let envelope = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>";
    let bodies = [
        format!("<Envelope><authPassword>{BROKEN}</authPasword>"),
        format!("{GARBAGE} & <"),
        format!("{envelope}<Login password=\"{BROKEN}\" password=\"{BROKEN}\"/>"),
        format!("{envelope}<NoSuchOperation>{BROKEN}</NoSuchOperation></e:Body></e:Envelope>"),
    ];
    let mut answered = String::new();
    for body in bodies {
        let mut wire = Wire::connect(program.address());
        let headers = format!("Authorization: Basic {BASIC}\r\nContent-Length: {}\r\n", body.len());
        wire.send(&post(&headers, body.as_bytes()));
        let reply = wire.reply();
        assert!(reply.has("Fault"), "{}", reply.body);
        answered.push_str(&reply.body);
    }
    answered
}

#[test]
fn no_password_is_logged_answered_or_stored_as_it_is() {
    let place = Place::new();
    let program = serve(&place, &[("ASMXD_LOG", "trace")]);
    let answered = calls(&program);
    let ended = program.terminate();
    assert_eq!(ended.code, Some(0));
    assert!(ended.err.contains("DEBUG"), "refused calls are logged at this level: {}", ended.err);
    let mut said = ended.err + &ended.out + &answered;
    said.push_str(&database(&place));
    for secret in ALL {
        assert!(!said.contains(secret), "{secret} was found: {}", context(&said, secret));
    }
    assert_eq!(said.matches("$argon2id$").count(), database(&place).matches("$argon2id$").count(), "hashes are not said either");
}

/// The bytes of the database file, as far as they are text.
fn database(place: &Place) -> String {
    String::from_utf8_lossy(&std::fs::read(place.path("asmxd.db")).unwrap()).into_owned()
}

fn context<'t>(text: &'t str, secret: &str) -> &'t str {
    text.lines().find(|line| line.contains(secret)).unwrap_or_default()
}

#[test]
fn a_secret_given_to_a_wrong_start_is_not_said() {
    let place = Place::new();
    let long = "long-secret-".repeat(100);
    for variables in [
        &[("ASMXD_ADMIN_PASSWORD", long.as_str())][..],
        &[ADMINISTRATOR, ("ASMXD_ADMIN_USERNAME", "  ")],
        &[ADMINISTRATOR, ("ASMXD_LOG", "loud")],
        &[ADMINISTRATOR, ("ASMXD_DATABASE", "missing/asmxd.db")],
    ] {
        let ended = place.run(&["serve", "--listen", "127.0.0.1:0"], &[&CHEAP[..], variables].concat());
        assert!(matches!(ended.code, Some(2 | 3)) && ended.out.is_empty(), "{}", ended.err);
        assert!(ended.err.starts_with("asmxd: ") && !ended.err.contains("secret"), "{}", ended.err);
    }
}

#[test]
fn a_server_whose_log_nobody_reads_any_more_goes_on() {
    let place = Place::new();
    let (reader, writer) = std::io::pipe().unwrap();
    let variables = [&CHEAP[..], &[ADMINISTRATOR, ("ASMXD_LOG", "trace")]].concat();
    let program = Program::start(place.server(&[], &variables).stderr(writer));
    assert_eq!(enter(&program, "admin", SECRET), 0);
    drop(reader);
    for _ in 0..3 {
        assert_eq!(enter(&program, "admin", WRONG), 1, "to be refused is logged");
        assert_eq!(call(&program, "admin", SECRET, "DeleteUser", "<userId>99</userId>").code(), 3, "by the writer too");
    }
    assert_eq!(call(&program, "admin", SECRET, "CreateUser2", &newcomer("somebody")).text("UserID"), "3");
    assert_eq!(program.terminate().code, Some(0));
}
