//! Calls by queries and forms: bytes of a request, what is asked, the form reader, the pipeline, the answer.
//!
//! The answer is a result, well formed and telling of no defect, or a line of text without markup. A query changes nothing. What the
//! reader accepts is what a plain reading accepts.

use super::{desk, head};
use asmxd::contract::Effect;
use asmxd::dispatch::{Answer, Content, FormRequest, Verb};
use asmxd::http::{Asked, asked};
use asmxd::operations::service;
use asmxd::wire::form::Form;
use asmxd::wire::limits::Limits;
use hyper::Method;
use hyper::header::CONTENT_TYPE;
use roxmltree::Document;

/// Runs the call that the bytes are, if they are one by a form.
pub fn run(bytes: &[u8]) {
    let Some(head) = head::parse(bytes) else { return };
    let asked = asked(&head.method, head.target.path(), head.target.query(), &head.headers);
    let Asked::Form { service: name, operation } = asked else { return };
    let verb = if head.method == Method::POST { Verb::Post } else { Verb::Get };
    let content_type = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let charset = content_type.and_then(|value| value.split_once("charset=")).map(|(_, charset)| charset.trim());
    let (parameters, charset) = match verb {
        Verb::Get => (head.target.query().unwrap_or_default().as_bytes(), None),
        Verb::Post => (head.body, charset),
    };
    if charset.is_none_or(|charset| charset.eq_ignore_ascii_case("utf-8")) {
        let is_read = Form::read(parameters, charset, &Limits::default()).is_ok();
        assert_eq!(is_read, is_plain(parameters), "the reader disagrees about {:?}", parameters.escape_ascii().to_string());
    }
    let service = service(name).expect("what is asked for is there");
    let request = FormRequest {
        service,
        operation: &operation,
        verb,
        from: std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
        parameters,
        charset,
    };
    check(&desk::answer(|pipeline| pipeline.begin_form(&request)), verb);
}

fn check(answer: &Answer, verb: Verb) {
    let message = String::from_utf8(answer.encode()).expect("an answer is UTF-8");
    match &answer.content {
        Content::Fault(_) => assert!(!message.contains('<'), "markup comes back: {message}"),
        Content::Result { service, entry, .. } => {
            assert!(verb == Verb::Post || entry.declaration.effect == Effect::Reads, "a query ran {}", entry.declaration.name);
            let document = Document::parse(&message).unwrap_or_else(|error| panic!("the answer is no XML: {error}: {message}"));
            let result = document.root_element();
            assert!(result.has_tag_name((service.namespace, entry.declaration.result.name)), "{message}");
            desk::check_result(result);
        }
    }
}

/// Whether each part, read as UTF-8, is a text that XML can carry, and all is within the limits.
fn is_plain(parameters: &[u8]) -> bool {
    let limits = Limits::default();
    let pairs: Vec<_> = parameters.split(|&byte| byte == b'&').filter(|pair| !pair.is_empty()).collect();
    let is_pair = |pair: &&[u8]| {
        let at = pair.iter().position(|&byte| byte == b'=').unwrap_or(pair.len());
        let (name, value) = (text(&pair[..at]), text(pair.get(at + 1..).unwrap_or_default()));
        name.is_some_and(|name| name.len() <= limits.name_length) && value.is_some_and(|value| value.len() <= limits.text)
    };
    pairs.len() <= limits.items && pairs.iter().all(is_pair)
}

fn text(encoded: &[u8]) -> Option<String> {
    let (mut bytes, mut rest) = (Vec::new(), encoded);
    loop {
        let digit = |at: usize| rest.get(at).and_then(|&digit| char::from(digit).to_digit(16));
        let (byte, length) = match (rest.first(), digit(1), digit(2)) {
            (None, ..) => break,
            (Some(b'%'), Some(high), Some(low)) => (u8::try_from(high * 16 + low).unwrap(), 3),
            (Some(b'+'), ..) => (b' ', 1),
            (Some(&byte), ..) => (byte, 1),
        };
        bytes.push(byte);
        rest = &rest[length..];
    }
    let is_allowed = |character: char| match character {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        other => other >= ' ',
    };
    String::from_utf8(bytes).ok().filter(|text| text.chars().all(is_allowed))
}
