//! What is sent: a text with places, and the numbers that go there, so that no two calls need be the same. It does not know SOAP; values
//! are escaped as XML wants it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A request's text, cut at its places; the user and the password are in it already.
pub struct Template(Vec<Piece>);

enum Piece {
    Text(String),
    /// The running number, from 0.
    Running,
    /// The id of somebody.
    Id,
    /// Eight hexadecimal digits that belong to the id, as the names of the filled databases do.
    Hex,
    /// What no earlier call had, in this run or another.
    New,
}

impl Template {
    /// Cuts a text. The password is only asked for if the text has a place for it.
    pub fn new(text: &str, user: &str, password: impl FnOnce() -> Result<String, String>) -> Result<Self, String> {
        let password = if text.contains("{password}") { password()? } else { String::new() };
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (place, behind) = after.split_once('}').ok_or("a { without its } in the request")?;
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(match place {
                "user" => Piece::Text(escaped(user)),
                "password" => Piece::Text(escaped(&password)),
                "n" => Piece::Running,
                "id" => Piece::Id,
                "hex" => Piece::Hex,
                "new" => Piece::New,
                other => {
                    return Err(format!("{{{other}}} is no place in a request; there are user, password, n, id, hex and new"));
                }
            });
            rest = behind;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Template(pieces))
    }

    /// The text of the next call.
    pub fn fill(&self, numbers: &Numbers) -> String {
        let n = numbers.next.fetch_add(1, Ordering::Relaxed);
        let id = numbers.id(n);
        let mut text = String::with_capacity(1024);
        for piece in &self.0 {
            match piece {
                Piece::Text(part) => text.push_str(part),
                Piece::Running => text.push_str(&n.to_string()),
                Piece::Id => text.push_str(&id.to_string()),
                Piece::Hex => text.push_str(&format!("{:08x}", scattered(id))),
                Piece::New => text.push_str(&format!("{:08x}-{:x}", scattered(n), numbers.run)),
            }
        }
        text
    }
}

/// Where the numbers of a run come from.
pub struct Numbers {
    next: AtomicU32,
    people: u32,
    /// Tells the names of this run from those of others.
    run: u128,
}

impl Numbers {
    /// Numbers for calls about so many people, whose ids begin with 2.
    pub fn new(people: u32) -> Result<Self, String> {
        let run = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|error| error.to_string())?.as_millis();
        Ok(Numbers { next: AtomicU32::new(0), people, run })
    }

    fn id(&self, n: u32) -> u32 {
        2 + scattered(n) % self.people
    }
}

/// Numbers in no order, as real names and ids come; the factor is odd, so that no two become the same.
fn scattered(number: u32) -> u32 {
    number.wrapping_mul(0x9E37_79B1)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::{Numbers, Template};
    use std::collections::BTreeSet;

    fn filled(text: &str, calls: usize) -> Vec<String> {
        let template = Template::new(text, "a&b", || Ok("<secret>".to_owned())).unwrap();
        let numbers = Numbers::new(10).unwrap();
        (0..calls).map(|_| template.fill(&numbers)).collect()
    }

    #[test]
    fn a_text_without_places_stays_as_it_is() {
        assert_eq!(filled("<a>x</a>", 1), ["<a>x</a>"]);
    }

    #[test]
    fn user_and_password_are_escaped_and_numbers_run() {
        assert_eq!(filled("{user} {password} {n}.", 2), ["a&amp;b &lt;secret&gt; 0.", "a&amp;b &lt;secret&gt; 1."]);
    }

    #[test]
    fn ids_are_those_of_people_and_all_are_asked_about() {
        let ids: BTreeSet<u32> = filled("{id}", 500).iter().map(|id| id.parse().unwrap()).collect();
        assert_eq!(ids, (2..12).collect());
    }

    #[test]
    fn what_is_new_never_comes_twice() {
        let all: BTreeSet<String> = filled("{new}", 500).into_iter().collect();
        assert_eq!(all.len(), 500);
    }

    #[test]
    fn a_place_that_there_is_not_is_refused_by_name() {
        let problem = Template::new("{nobody}", "", || Ok(String::new())).err().unwrap();
        assert!(problem.contains("{nobody}"), "{problem}");
        assert!(Template::new("{n", "", || Ok(String::new())).is_err());
    }

    #[test]
    fn a_request_without_a_place_for_the_password_needs_none() {
        assert!(Template::new("<a/>", "", || Err("not set".to_owned())).is_ok());
        assert!(Template::new("{password}", "", || Err("not set".to_owned())).is_err());
    }
}
