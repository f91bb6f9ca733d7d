//! What XML costs: reading a CreateUser2 request up to its last byte, and writing an answer with 200 agents.
//!
//! Beside the decoder stand the tokens of the XML reader beneath it, over the same text, as the floor. Allocations are counted, and
//! unlike the times they are the same on every machine and in every run. What is made is thrown away within the measured time, as
//! a server does, so that memory is used again.

#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up has to stop")]

use asmxd::contract::{Outcome, Request};
use asmxd::dispatch::{Answer, Content, Dialect};
use asmxd::domain::ids::UserId;
use asmxd::domain::structure::Agent;
use asmxd::operations::Entry;
use asmxd::operations::organization::{GetAllAgents, SERVICE};
use asmxd::wire::limits::Limits;
use asmxd::wire::soap::{Envelope, Version};
use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher};
use quick_xml::Reader;
use quick_xml::events::Event;

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

/// A request as common clients write it, with entities in the password.
const CREATE_USER2: &str = r#"<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Body><CreateUser2 xmlns="http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx"><authUserName>admin</authUserName><authPassword>Long-Enough-2026</authPassword><username>maria.schmidt</username><password>Salt &amp; pepper &lt;3 &quot;now&quot;</password><email>maria.schmidt@example.org</email><isEmailVerified>true</isEmailVerified><displayName>Maria Schmidt</displayName></CreateUser2></soap:Body></soap:Envelope>"#;
/// Agents in the answer.
const AGENTS: i32 = 200;

fn main() {
    divan::main();
}

/// Envelope, parameters and the rest of the document, as the pipeline reads them.
#[divan::bench(sample_count = 500, sample_size = 64)]
fn decode_create_user2(bencher: Bencher<'_, '_>) {
    let entry = entry("CreateUser2");
    let limits = Limits::default();
    bencher.counter(BytesCount::of_str(CREATE_USER2)).bench(|| {
        let mut envelope = Envelope::open(divan::black_box(CREATE_USER2), &limits).map_err(|_| ()).expect("an envelope");
        let call = (entry.decode)(&mut envelope.parameters(SERVICE.namespace)).expect("parameters");
        envelope.finish().expect("the document's end");
        drop(call);
    });
}

/// The tokens of the same text by the library underneath, which checks less and keeps nothing.
#[divan::bench(sample_count = 500, sample_size = 64)]
fn decode_tokens_alone(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_str(CREATE_USER2)).bench(|| {
        let mut reader = Reader::from_str(divan::black_box(CREATE_USER2));
        let mut tokens = 0_u32;
        while !matches!(reader.read_event().expect("a token"), Event::Eof) {
            tokens += 1;
        }
        tokens
    });
}

/// The whole message from a finished result record.
#[divan::bench(sample_count = 500, sample_size = 8)]
fn encode_200_agents(bencher: Bencher<'_, '_>) {
    let answer = agents();
    let length = answer.encode().len();
    bencher.counter(BytesCount::new(length)).bench_local(|| drop(divan::black_box(answer.encode())));
}

/// The same bytes copied into new memory: less cannot be done.
#[divan::bench(sample_count = 500, sample_size = 8)]
fn encode_copy_alone(bencher: Bencher<'_, '_>) {
    let message = agents().encode();
    bencher.counter(BytesCount::of_slice(&message)).bench(|| drop(divan::black_box(message.clone())));
}

fn entry(name: &str) -> &'static Entry {
    SERVICE.operation(name).expect("an operation of the service")
}

fn agents() -> Answer {
    let agent = |number| Agent {
        id: UserId(number),
        display_name: format!("Agent {number} of Sales & Support"),
        username: format!("agent.{number}@example.org"),
    };
    let mut result = <<GetAllAgents as Request>::Result as Outcome>::succeed(Default::default());
    result.agents = Some((1..=AGENTS).map(|number| agent(number).into()).collect());
    let reply = Box::new(result);
    Answer {
        dialect: Dialect::Soap(Version::Soap11),
        content: Content::Result { service: &SERVICE, entry: entry("GetAllAgents"), reply, anonymous: false, busy: false },
        addressing: None,
    }
}
