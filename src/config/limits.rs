//! The table of limits: what a client sees that goes beyond one, by the key that sets it. `docs/limits.md` is made from it.

use super::KEYS;
use std::fmt::Write;

/// What happens beyond a limit.
pub struct Limit {
    /// Its key.
    pub key: &'static str,
    /// What the client sees.
    pub sees: &'static str,
    /// A part of the answer's text with the default limit; empty where there is no answer.
    pub text: &'static str,
}

/// Every limit that a key sets, in the order of the document.
#[rustfmt::skip]
pub static LIMITS: &[Limit] = &[
    Limit { key: "limits.connections", sees: "the connection that has waited longest for its next request is closed; while none has, for `limits.rest_seconds`, the new one gets status 503 with `Retry-After` and a Server fault, and is closed", text: "" },
    Limit { key: "limits.connections_per_client", sees: "the same among the connections of that address", text: "" },
    Limit { key: "limits.idle_seconds", sees: "the connection is closed", text: "" },
    Limit { key: "limits.head_seconds", sees: "the connection is closed", text: "" },
    Limit { key: "limits.head_bytes", sees: "status 431 without a body; the connection is closed", text: "" },
    Limit { key: "limits.headers", sees: "status 431 without a body; the connection is closed", text: "" },
    Limit { key: "limits.target_bytes", sees: "status 414", text: "The address is too long." },
    Limit { key: "limits.body_bytes", sees: "status 413 and a Client fault, once the body was taken; a client that waits with `Expect: 100-continue` gets it at once", text: "Maximum request length exceeded." },
    Limit { key: "limits.large_body_bytes", sees: "the same", text: "Maximum request length exceeded." },
    Limit { key: "limits.discarded_bytes", sees: "the connection is closed after the answer, which may then be lost", text: "" },
    Limit { key: "limits.bodies_bytes", sees: "status 503 with `Retry-After` and a Server fault", text: "Too many large requests at once. Try again." },
    Limit { key: "limits.body_seconds", sees: "status 400 and a Client fault", text: "The body did not arrive in time." },
    Limit { key: "limits.body_rate", sees: "status 400 and a Client fault", text: "The body did not arrive in time: it came too slowly." },
    Limit { key: "limits.body_grace_seconds", sees: "until then the rate does not count", text: "" },
    Limit { key: "limits.write_seconds", sees: "the connection is closed", text: "" },
    Limit { key: "limits.rest_seconds", sees: "until then it is not closed to make room", text: "" },
    Limit { key: "limits.drain_seconds", sees: "the connection is closed; what was begun is finished all the same, if it can be", text: "" },
    Limit { key: "limits.depth", sees: "status 400 and a Client fault", text: "Elements are nested deeper than 32 levels." },
    Limit { key: "limits.attributes", sees: "status 400 and a Client fault", text: "An element has more than 64 attributes." },
    Limit { key: "limits.namespaces", sees: "status 400 and a Client fault", text: "More than 256 namespace declarations are in scope." },
    Limit { key: "limits.attribute_length", sees: "status 400 and a Client fault", text: "An attribute's value is longer than 65536 bytes." },
    Limit { key: "limits.name_length", sees: "status 400 and a Client fault", text: "A name is longer than 256 bytes." },
    Limit { key: "limits.text", sees: "status 400 and a Client fault", text: "A value is longer than 1048576 bytes." },
    Limit { key: "limits.elements", sees: "status 400 and a Client fault", text: "There are more than 200000 elements." },
    Limit { key: "limits.items", sees: "status 400 and a Client fault", text: "An array has more than 16384 items." },
    Limit { key: "password.queue", sees: "status 200 and code 9, after a second; nothing was changed", text: "" },
    Limit { key: "password.wait_seconds", sees: "the same", text: "" },
    Limit { key: "store.queue", sees: "status 200 and code 9, after a second; nothing was changed", text: "" },
];

const BEGIN: &str = "# Limits

Made from the tables in `src/config`; `BLESS=1 cargo test` rewrites this file.

What a request may be, and what a client sees that goes beyond. Every limit has a key ([configuration.md](configuration.md)). The defaults
fit a server that others can reach; whoever lets large lists through raises `limits.items`, `limits.elements` and `limits.body_bytes` together.

A fault says which limit it was, after `Server was unable to read request. --->` and, for documents, the place. The log says it once for each
request or connection, with the key and the client's address and never with anything of the request: `warn` where there is no room left for
connections or in a queue, `debug` for idle connections, `info` for all else. Faults are of the SOAP version that the request speaks; their code is `Client` (in SOAP 1.2
`Sender`) or `Server` (`Receiver`).

| key | limit | default | beyond it the client sees | text |
|---|---|---|---|---|
";

const END: &str = "
## What has no key

- Every connection is an open file: `ulimit -n` must allow for `limits.connections` and some dozens more. Where the system has none left,
  connections that wait make room, as above.
- A document type declaration is refused, whatever it holds (status 400), so there are no entities but the five predefined ones and
  none that could grow. Nothing outside the document is ever read.
- Attributes are counted before anything else is done with them, and a name is looked for among no more namespaces than may be in scope.
- A connection that is turned away is answered after its request was read, for two seconds at most; of more than 1,024 such at once, further
  ones are closed without an answer.
- Large bodies share the memory of `limits.bodies_bytes`; those of up to 64 KiB need none of it, so usual calls get through. What is set
  aside for a body is held until its call is answered, because what was read of it waits with the call.
- A body that came in many small pieces is put together in one place; a piece does not keep the buffer it came in.
- A compressed body has its limit twice: as it was sent, and once inflated, where inflating stops.
- Characters that XML 1.0 forbids are refused (status 400) or replaced by U+FFFD, as `xml.forbidden` says, whether they stand there as they
  are or by a reference such as `&#0;`. They never leave: a stored one is answered as U+FFFD.
- Bytes that do not fit the charset of a request are refused (status 400).
- An HTTP/1.1 request without `Host`, or with two, gets status 400.
- Calls by forms and queries count parameters by `limits.items`, bytes of their names by `limits.name_length` and of their values by `limits.text`
  (status 400).
- A picture as a property string of `svcOrganization` is one value, so one of more than 768 KiB needs `svcAccounts` or a larger `limits.text`.
- Values have limits of their own, by field: [operations.md](operations.md) and [accounts.md](accounts.md). Beyond them a call is answered
  with code 5.
- Pictures: 1 MiB, and sides and memory as [accounts.md](accounts.md) says.
";

/// `docs/limits.md`.
pub fn markdown() -> String {
    let mut text = BEGIN.to_owned();
    for limit in LIMITS {
        let Some(key) = KEYS.iter().find(|key| key.name == limit.key) else { continue };
        let told = if limit.text.is_empty() { String::new() } else { format!("`{}`", limit.text) };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| `{}` | {} | {} | {} | {told} |", key.name, key.doc, key.default, limit.sees);
    }
    text + END
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use std::collections::BTreeSet;

    #[test]
    fn the_document_has_a_row_for_every_key_that_is_a_limit_and_no_other() {
        let is_limit = |name: &&str| name.starts_with("limits.") || name.ends_with(".queue") || name.ends_with(".wait_seconds");
        let keys: BTreeSet<_> = KEYS.iter().map(|key| key.name).filter(is_limit).collect();
        assert_eq!(keys, LIMITS.iter().map(|limit| limit.key).collect());
    }

    #[test]
    fn the_documented_default_of_every_limit_is_the_default() {
        for limit in LIMITS {
            let key = KEYS.iter().find(|key| key.name == limit.key).unwrap();
            let mut config = Config::default();
            (key.set)(&mut config, key.default).unwrap();
            assert_eq!(config, Config::default(), "{}", key.name);
        }
    }

    #[test]
    fn a_limit_that_is_set_is_kept() {
        for limit in LIMITS {
            let key = KEYS.iter().find(|key| key.name == limit.key).unwrap();
            let mut config = Config::default();
            // Within the bounds of every key, if not as small as it could be.
            let other = ["1000", "10000", "2000000"].into_iter().find(|value| (key.set)(&mut config, value).is_ok());
            assert!(other.is_some() && config != Config::default(), "{} sets nothing", key.name);
        }
    }
}
