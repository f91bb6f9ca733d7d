//! Many attacks at once on the real process: nobody else notices, its memory stays bounded, and it ends as if nothing had been.

use super::{ADMINISTRATOR, Place, Program, enter, serve};
use crate::support::{NS, Wire, get, post};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};

/// What the process may use at most, in KiB: some 40 MiB without any request, the memory for large bodies, and what a few calls that run
/// at the same time make of theirs. Bodies that were not bounded would be 240 MiB.
const BOUND: u64 = 128 * 1024;
/// The memory for large bodies.
const BODIES: &str = "33554432";
const LARGE: usize = 4_000_000;

fn announced(headers: &str, body: &[u8]) -> Vec<u8> {
    post(&format!("{headers}Content-Length: {}\r\n", body.len()), body)
}

fn enveloped(content: &str) -> Vec<u8> {
    let envelope = "http://schemas.xmlsoap.org/soap/envelope/";
    let operation = format!("<GetServerName xmlns=\"{NS}\">{content}</GetServerName>");
    format!("<s:Envelope xmlns:s=\"{envelope}\"><s:Body>{operation}</s:Body></s:Envelope>").into_bytes()
}

/// Requests that are refused, each in its own way.
fn refused() -> Vec<Vec<u8>> {
    let bomb = |count: usize| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&vec![b' '; count]).unwrap();
        encoder.finish().unwrap()
    };
    let entities = "<!DOCTYPE a [<!ENTITY b 'xxxxxxxxxx'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>";
    let outside = "<!DOCTYPE a SYSTEM 'file:///etc/passwd' [<!ENTITY b SYSTEM 'http://127.0.0.1:1/'>]><a>&b;</a>";
    let attributes: String = (0..100_000).map(|number| format!(" a{number}='1'")).collect();
    let declarations: String = (0..60).map(|number| format!(" xmlns:b{number}='urn:{number}'")).collect();
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain("<a>é".encode_utf16().cycle().take(LARGE / 2).flat_map(u16::to_le_bytes)).collect();
    vec![
        announced("", entities.as_bytes()),
        announced("", outside.as_bytes()),
        announced("", &enveloped(&"<a>".repeat(100_000))),
        announced("", &enveloped(&format!("<a{attributes}/>"))),
        announced("", &enveloped(&format!("<a{declarations}>").repeat(20))),
        announced("", &enveloped(&format!("<{}/>", "a".repeat(LARGE)))),
        announced("", &enveloped(&format!("<a b='{}'/>", "c".repeat(LARGE)))),
        announced("", &enveloped(&"<a/>".repeat(LARGE / 4))),
        announced("", &utf16),
        announced("", &vec![b'<'; 10_000_000]),
        announced("Content-Encoding: gzip\r\n", &bomb(20_000_000)),
        post("Transfer-Encoding: chunked\r\n", &[b"1\r\n \r\n".repeat(200_000), b"0\r\n\r\n".to_vec()].concat()),
    ]
}

/// Sends attacks one after the other, each on a connection of its own; every one is refused, or cut.
fn attack(address: SocketAddr, requests: &[Vec<u8>]) {
    for request in requests {
        let mut wire = Wire::connect(address);
        let taken = wire.send_what_is_taken(request).is_ok();
        let reply = wire.reply_if_any();
        assert!(!taken || reply.is_some(), "no answer to {:?}", String::from_utf8_lossy(&request[..request.len().min(300)]));
        assert!(reply.is_none_or(|reply| (400..=503).contains(&reply.status)));
    }
}

/// Attacks from two sides, while somebody else calls without a pause and is answered each time.
fn under_attack(program: &Program, requests: &[Vec<u8>]) {
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let others = scope.spawn(|| {
            let mut calls = 0;
            while !over.load(Ordering::Relaxed) || calls == 0 {
                assert_eq!(enter(program, "admin", ADMINISTRATOR.1), 0);
                calls += 1;
            }
        });
        let attackers: Vec<_> = (0..2).map(|_| scope.spawn(|| attack(program.address(), requests))).collect();
        let outcomes: Vec<_> = attackers.into_iter().map(|attacker| attacker.join()).collect();
        over.store(true, Ordering::Relaxed);
        others.join().unwrap();
        assert!(outcomes.iter().all(Result::is_ok));
    });
}

#[test]
fn under_many_attacks_at_once_memory_stays_bounded_and_others_are_served() {
    let place = Place::new();
    let program = serve(&place, &[("ASMXD_LIMITS_BODIES_BYTES", BODIES), ("ASMXD_LIMITS_CONNECTIONS", "400")]);
    let address = program.address();
    let requests = refused();
    under_attack(&program, &requests);
    let mut lingering: Vec<Wire> = (0..180).map(|_| Wire::connect(address)).collect();
    for (number, wire) in lingering.iter_mut().enumerate() {
        // Some say nothing, some begin a head, some a body of which most is there, some end their sending half.
        let said = match number % 3 {
            0 => b"GET / HTTP/1.1\r\nHost: loc".to_vec(),
            1 => post(&format!("Content-Length: {LARGE}\r\n"), &vec![b' '; LARGE - 1]),
            _ => get("/healthz", ""),
        };
        let _ = wire.send_what_is_taken(&said);
        if number % 6 == 5 {
            wire.end_sending();
        }
    }
    under_attack(&program, &requests);
    let peak = program.peak_memory();
    assert!(peak < BOUND, "{peak} KiB");
    drop(lingering);
    let ended = program.terminate();
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(!ended.err.contains("panicked"), "{}", ended.err);
    for limit in [
        "limits.depth",
        "limits.attributes",
        "limits.namespaces",
        "limits.name_length",
        "limits.elements",
        "limits.body_bytes",
        "limits.bodies_bytes",
    ] {
        assert!(ended.err.contains(limit), "the log does not tell of {limit}");
    }
    assert!(!ended.err.contains(ADMINISTRATOR.1) && !ended.err.contains("xxxxxxxxxx"));
}
