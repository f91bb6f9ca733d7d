//! The whole way of a SOAP call: bytes of a request, what is asked, the encoding step, the pipeline, the answer.
//!
//! The answer is a fault or a result, well formed, and never tells of a defect; and what was run was a well-formed document to
//! another reader too.

use super::{desk, head};
use asmxd::contract::Claim;
use asmxd::dispatch::{Answer, Content, Dialect, Request};
use asmxd::http::{Asked, asked};
use asmxd::operations::service;
use asmxd::wire::encoding;
use roxmltree::{Document, Node};

/// Runs the call that the bytes are, if they are one.
pub fn run(bytes: &[u8]) {
    let Some(head) = head::parse(bytes) else { return };
    let asked = asked(&head.method, head.target.path(), head.target.query(), &head.headers);
    let Asked::Call { service: name, action, guess, charset } = asked else { return };
    let Ok(text) = encoding::decode(head.body, charset.as_deref()) else { return };
    let service = service(name).expect("what is asked for is there");
    let request = Request {
        service,
        action: action.as_deref(),
        guess,
        claim: Claim::Absent,
        from: std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
        text: &text,
    };
    let answer = desk::answer(|pipeline| pipeline.begin(&request));
    check(&answer);
    if let (Content::Result { .. }, Err(error)) = (&answer.content, Document::parse(&text)) {
        panic!("what was run is no XML: {error}");
    }
}

fn check(answer: &Answer) {
    let message = String::from_utf8(answer.encode()).expect("an answer is UTF-8");
    let document = Document::parse(&message).unwrap_or_else(|error| panic!("the answer is no XML: {error}: {message}"));
    let envelope = document.root_element();
    let Dialect::Soap(version) = answer.dialect else { panic!("a SOAP call is answered as a form: {message}") };
    let soap = version.namespace();
    assert!(envelope.has_tag_name((soap, "Envelope")), "{message}");
    let parts: Vec<_> = envelope.children().filter(Node::is_element).collect();
    let body = match parts.as_slice() {
        [body] => body,
        [header, body] if header.has_tag_name((soap, "Header")) => body,
        _ => panic!("an envelope holds a header and a body: {message}"),
    };
    assert!(body.has_tag_name((soap, "Body")), "{message}");
    let content = only_child(*body).unwrap_or_else(|| panic!("not one thing is answered: {message}"));
    match &answer.content {
        Content::Fault(_) => assert!(content.has_tag_name((soap, "Fault")), "{message}"),
        Content::Result { service, entry, .. } => {
            assert!(content.has_tag_name((service.namespace, entry.declaration.response_name)), "{message}");
            let result = only_child(content).unwrap_or_else(|| panic!("no result: {message}"));
            assert!(result.has_tag_name((service.namespace, entry.declaration.result_name)), "{message}");
            desk::check_result(result);
        }
    }
}

fn only_child<'a, 'input>(node: Node<'a, 'input>) -> Option<Node<'a, 'input>> {
    let mut children = node.children().filter(Node::is_element);
    children.next().filter(|_| children.next().is_none())
}
