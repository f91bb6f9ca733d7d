//! The table of keys: what each sets.

use super::Config;
use super::values::{breached, networks, number, parsed, path, public_url, put, seconds, zone};

/// What the names of our environment variables begin with.
pub const PREFIX: &str = "ASMXD_";

/// A row of the table of keys.
pub struct Key {
    /// The key in the file; dots separate tables.
    pub name: &'static str,
    /// What it means, for the documents.
    pub doc: &'static str,
    /// Its default, for the documents.
    pub default: &'static str,
    pub(super) set: fn(&mut Config, &str) -> Result<(), String>,
}

impl Key {
    /// The environment variable that sets it.
    pub fn variable(&self) -> String {
        format!("{PREFIX}{}", self.name.replace('.', "_").to_uppercase())
    }
}

/// Every key.
#[rustfmt::skip]
pub static KEYS: &[Key] = &[
    Key {
        name: "listen",
        doc: "Address and port to listen on; port 0 picks a free one.",
        default: "127.0.0.1:8080",
        set: |c, v| put(&mut c.listen, parsed(v, "an address and port such as 127.0.0.1:8080")),
    },
    Key {
        name: "database",
        doc: "The database file; made when it is not there.",
        default: "./asmxd.db",
        set: |c, v| put(&mut c.database, path(v)),
    },
    Key {
        name: "seed",
        doc: "A seed file that is applied before the first call.",
        default: "none",
        set: |c, v| put(&mut c.seed, path(v).map(Some)),
    },
    Key { name: "public_url",
        doc: "The base of the addresses in documents, without /Services2; a path prefix is allowed.",
        default: "from the request",
        set: |c, v| put(&mut c.addresses.public_url, public_url(v)),
    },
    Key {
        name: "trusted_proxies",
        doc: "Proxies whose forwarded headers are believed: addresses or CIDR blocks, separated by commas.",
        default: "none",
        set: |c, v| put(&mut c.addresses.trusted_proxies, networks(v)),
    },
    Key {
        name: "http.challenge",
        doc: "Whether a call without credentials gets status 401 and a challenge for HTTP Basic; never from svcOrganization.",
        default: "false",
        set: |c, v| put(&mut c.challenge, parsed(v, "true or false")),
    },
    Key {
        name: "http.bindings",
        doc: "Calls by HTTP GET and by form posts: off, local (POST only, from this machine and through no proxy) or on (GET for what only reads, POST); on also puts them into the WSDL.",
        default: "local",
        set: |c, v| put(&mut c.forms, parsed(v, "off, local or on")),
    },
    Key {
        name: "security.clock_skew_seconds",
        doc: "How far a caller's clock may be from ours when a WS-Security Timestamp is checked, 0 to 86400.",
        default: "300",
        set: |c, v| put(&mut c.clock_skew, seconds(v, 0, 86_400)),
    },
    Key {
        name: "log",
        doc: "The least important events that are logged: error, warn, info, debug or trace.",
        default: "info",
        set: |c, v| put(&mut c.log, parsed(v, "error, warn, info, debug or trace")),
    },
    Key {
        name: "server.name",
        doc: "What GetServerName answers.",
        default: "the host's name",
        set: |c, v| put(&mut c.server_name, Ok(v.to_owned())),
    },
    Key {
        name: "accounts.require_email",
        doc: "Whether everybody needs an e-mail address.",
        default: "true",
        set: |c, v| put(&mut c.rules.require_email, parsed(v, "true or false")),
    },
    Key {
        name: "accounts.unique_email",
        doc: "Whether no two people may share an e-mail address.",
        default: "false",
        set: |c, v| put(&mut c.rules.unique_email, parsed(v, "true or false")),
    },
    Key {
        name: "accounts.time_zone",
        doc: "The zone of people who chose none: an IANA or Windows id.",
        default: "UTC",
        set: |c, v| put(&mut c.rules.time_zone, zone(v)),
    },
    Key {
        name: "accounts.language",
        doc: "The language of people who chose none.",
        default: "en",
        set: |c, v| put(&mut c.rules.language, Ok(v.to_owned())),
    },
    Key {
        name: "avatars.gravatar",
        doc: "Where Gravatar's pictures are: a URL with {email_sha256}, {username} or {external_id} once after its host.",
        default: "https://www.gravatar.com/avatar/{email_sha256}?d=mp",
        set: |c, v| c.rules.avatars.set_gravatar(v),
    },
    Key {
        name: "avatars.providers",
        doc: "Further sources of avatars, separated by commas: Name=URL with the same placeholders; a comma within a URL is %2C.",
        default: "none",
        set: |c, v| c.rules.avatars.set_further(v.split(',').map(str::trim).filter(|item| !item.is_empty())),
    },
    Key {
        name: "password.min_length",
        doc: "The fewest characters of a new password, 1 to 1024.",
        default: "8",
        set: |c, v| put(&mut c.rules.password.min_length, number(v, 1, 1024)),
    },
    Key {
        name: "password.breached_file",
        doc: "A UTF-8 text of passwords that nobody may choose, one a line, or their SHA-1 in 40 hexadecimal digits with or without `:count`; takes 8 bytes of memory a line.",
        default: "none",
        set: |c, v| put(&mut c.rules.password.breached, breached(v).map(Some)),
    },
    Key {
        name: "password.memory_kib",
        doc: "Memory of Argon2id for a new hash in KiB, 8 to 65536.",
        default: "19456",
        set: |c, v| put(&mut c.cost.memory_kib, number(v, 8, 65_536)),
    },
    Key {
        name: "password.iterations",
        doc: "Passes of Argon2id for a new hash, 1 to 16.",
        default: "2",
        set: |c, v| put(&mut c.cost.iterations, number(v, 1, 16)),
    },
    Key {
        name: "password.threads",
        doc: "Threads that hash; each keeps its own memory. 1 to 256.",
        default: "the number of cores",
        set: |c, v| put(&mut c.hashers, number(v, 1, 256)),
    },
    Key {
        name: "password.queue",
        doc: "Calls that may wait for a hashing thread, 1 to 100000; more get code 9.",
        default: "512",
        set: |c, v| put(&mut c.hasher_queue, number(v, 1, 100_000)),
    },
    Key {
        name: "password.wait_seconds",
        doc: "How long a call may wait for a hashing thread, 1 to 3600; 1 once calls have waited all the time for as long as that.",
        default: "5",
        set: |c, v| put(&mut c.hasher_patience, seconds(v, 1, 3600)),
    },
    Key {
        name: "login_cache.people",
        doc: "People whose verified login is remembered, 1 to 10000000.",
        default: "10000",
        set: |c, v| put(&mut c.verified_people, number(v, 1, 10_000_000)),
    },
    Key {
        name: "login_cache.seconds",
        doc: "For how long it is remembered, 0 to 3600.",
        default: "600",
        set: |c, v| put(&mut c.verified_life, seconds(v, 0, 3600)),
    },
    Key {
        name: "limits.body_bytes",
        doc: "Bytes of a request's body, as sent and once inflated, 1024 to 1073741824.",
        default: "4194304",
        set: |c, v| put(&mut c.http.body, number(v, 1024, 1 << 30)),
    },
    Key {
        name: "limits.large_body_bytes",
        doc: "The same for svcAccounts, whose requests may hold pictures or many people.",
        default: "33554432",
        set: |c, v| put(&mut c.http.large_body, number(v, 1024, 1 << 30)),
    },
    Key {
        name: "limits.bodies_bytes",
        doc: "Bytes of all request bodies over 64 KiB that are held at once, 1048576 to 1099511627776.",
        default: "268435456",
        set: |c, v| put(&mut c.http.bodies, number(v, 1 << 20, 1 << 40)),
    },
    Key {
        name: "limits.discarded_bytes",
        doc: "Bytes of a body that is refused which are still read, so that the client gets its answer, 0 to 1099511627776.",
        default: "67108864",
        set: |c, v| put(&mut c.http.discarded, number(v, 0, 1 << 40)),
    },
    Key {
        name: "limits.body_seconds",
        doc: "How long a request's body may take, 1 to 3600.",
        default: "60",
        set: |c, v| put(&mut c.http.body_deadline, seconds(v, 1, 3600)),
    },
    Key {
        name: "limits.body_rate",
        doc: "Bytes a second that a body must bring on average, 0 to 1048576; 0 is no such bound.",
        default: "240",
        set: |c, v| put(&mut c.http.body_rate, number(v, 0, 1 << 20)),
    },
    Key {
        name: "limits.body_grace_seconds",
        doc: "For how long a body may come more slowly than that, 1 to 3600.",
        default: "5",
        set: |c, v| put(&mut c.http.body_grace, seconds(v, 1, 3600)),
    },
    Key {
        name: "limits.idle_seconds",
        doc: "How long a connection may take to bring the next request's line and headers, idle time included, 1 to 3600.",
        default: "120",
        set: |c, v| put(&mut c.http.idle, seconds(v, 1, 3600)),
    },
    Key {
        name: "limits.head_seconds",
        doc: "How long a request's line and headers may take from their first byte on, 1 to 3600.",
        default: "15",
        set: |c, v| put(&mut c.http.head, seconds(v, 1, 3600)),
    },
    Key {
        name: "limits.head_bytes",
        doc: "Bytes of a request's line and headers, 8192 to 1048576.",
        default: "32768",
        set: |c, v| put(&mut c.http.head_bytes, number(v, 8192, 1 << 20)),
    },
    Key {
        name: "limits.headers",
        doc: "Headers of a request, 16 to 10000.",
        default: "100",
        set: |c, v| put(&mut c.http.headers, number(v, 16, 10000)),
    },
    Key {
        name: "limits.target_bytes",
        doc: "Bytes of a request's path and query, 256 to 65535.",
        default: "8192",
        set: |c, v| put(&mut c.http.target, number(v, 256, 65535)),
    },
    Key {
        name: "limits.write_seconds",
        doc: "How long the writing of an answer may stand still because the client does not read, 1 to 3600.",
        default: "60",
        set: |c, v| put(&mut c.http.write, seconds(v, 1, 3600)),
    },
    Key {
        name: "limits.connections",
        doc: "Connections at once, 1 to 1000000.",
        default: "4096",
        set: |c, v| put(&mut c.http.connections, number(v, 1, 1_000_000)),
    },
    Key {
        name: "limits.connections_per_client",
        doc: "Connections at once from one address, 1 to 1000000; trusted proxies may have more.",
        default: "1024",
        set: |c, v| put(&mut c.http.connections_per_client, number(v, 1, 1000000)),
    },
    Key {
        name: "limits.rest_seconds",
        doc: "How long a connection must have waited for its next request before it may be closed to make room, 0 to 3600.",
        default: "1",
        set: |c, v| put(&mut c.http.rest, seconds(v, 0, 3600)),
    },
    Key {
        name: "limits.drain_seconds",
        doc: "How long running calls may take when the server stops, 0 to 3600.",
        default: "30",
        set: |c, v| put(&mut c.http.drain, seconds(v, 0, 3600)),
    },
    Key {
        name: "limits.depth",
        doc: "Levels of nesting of a document, 8 to 1000; Envelope is the first.",
        default: "32",
        set: |c, v| put(&mut c.xml.depth, number(v, 8, 1000)),
    },
    Key {
        name: "limits.attributes",
        doc: "Attributes of one element, namespace declarations included, 16 to 10000.",
        default: "64",
        set: |c, v| put(&mut c.xml.attributes, number(v, 16, 10000)),
    },
    Key {
        name: "limits.namespaces",
        doc: "Namespace declarations in scope at once, 16 to 10000.",
        default: "256",
        set: |c, v| put(&mut c.xml.namespaces, number(v, 16, 10000)),
    },
    Key {
        name: "limits.attribute_length",
        doc: "Bytes of one attribute's value, 256 to 1073741824.",
        default: "65536",
        set: |c, v| put(&mut c.xml.attribute_length, number(v, 256, 1 << 30)),
    },
    Key {
        name: "limits.name_length",
        doc: "Bytes of an element's or attribute's name, 64 to 65536.",
        default: "256",
        set: |c, v| put(&mut c.xml.name_length, number(v, 64, 65536)),
    },
    Key {
        name: "limits.text",
        doc: "Bytes of one value, 1024 to 1073741824; for svcAccounts twice as many.",
        default: "1048576",
        set: |c, v| put(&mut c.xml.text, number(v, 1024, 1 << 30)),
    },
    Key {
        name: "limits.elements",
        doc: "Elements of a document, 100 to 100000000.",
        default: "200000",
        set: |c, v| put(&mut c.xml.elements, number(v, 100, 100000000)),
    },
    Key {
        name: "limits.items",
        doc: "Items of one array, 1 to 10000000.",
        default: "16384",
        set: |c, v| put(&mut c.xml.items, number(v, 1, 10000000)),
    },
    Key {
        name: "xml.forbidden",
        doc: "What is done about characters that XML 1.0 forbids, in a request: refuse it, or replace them by U+FFFD.",
        default: "refuse",
        set: |c, v| put(&mut c.xml.forbidden, parsed(v, "refuse or replace")),
    },
    Key {
        name: "store.queue",
        doc: "Changes that may wait for the writer, 1 to 1000000; more get code 9.",
        default: "4096",
        set: |c, v| put(&mut c.tuning.queue, number(v, 1, 1_000_000)),
    },
    Key {
        name: "store.cache_kib",
        doc: "The writer's page cache in KiB, 1024 to 1048576.",
        default: "4096",
        set: |c, v| put(&mut c.tuning.cache_kib, number(v, 1024, 1_048_576)),
    },
    Key {
        name: "store.people_kib",
        doc: "Memory for people that were read lately, in KiB, 0 to 1048576; a person takes up about half of one.",
        default: "8192",
        set: |c, v| put(&mut c.tuning.people_kib, number(v, 0, 1_048_576)),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_defaults_are_those_of_the_program() {
        // The others tell in words what there is without the key.
        for key in KEYS.iter().filter(|key| key.default.parse::<u64>().is_ok() || key.default == "true" || key.default == "false")
        {
            let mut config = Config::default();
            assert_eq!((key.set)(&mut config, key.default), Ok(()), "{}", key.name);
            assert_eq!(config, Config::default(), "{}", key.name);
        }
    }

    #[test]
    fn the_documented_template_of_gravatar_is_the_default_one() {
        let key = KEYS.iter().find(|key| key.name == "avatars.gravatar").unwrap();
        let mut config = Config::default();
        (key.set)(&mut config, key.default).unwrap();
        assert_eq!(config.rules.avatars, Config::default().rules.avatars);
        (key.set)(&mut config, "https://mirror.example/{email_sha256}").unwrap();
        assert_ne!(config.rules.avatars, Config::default().rules.avatars);
    }
}
