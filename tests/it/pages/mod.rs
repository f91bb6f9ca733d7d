//! The pages for people, as a browser gets them: what they show, and that their sample messages are the real ones.

mod forms;
mod samples;
mod shown;

use crate::support::{Desk, Reply};
use roxmltree::{Document, ParsingOptions};

/// Asks for a document.
fn get(desk: &Desk, target: &str) -> Reply {
    desk.send(format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes())
}

/// A page as a tree: ours are well formed as XML, too.
fn tree(page: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(page, options).unwrap_or_else(|error| panic!("{error}: {page}"))
}
