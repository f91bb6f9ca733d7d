//! The address under which clients reach this server, for the documents: the configured public URL, else forwarded headers of trusted
//! proxies, else `Host`, else the socket's own address (R38).

use hyper::header::{HOST, HeaderMap};
use hyper::http::uri::Authority;
use ipnet::IpNet;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// What is configured of addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addresses {
    /// The base without `/Services2` and without a slash at its end; a path prefix is allowed.
    pub public_url: Option<String>,
    /// The proxies whose forwarded headers are believed.
    pub trusted_proxies: Vec<IpNet>,
}

impl Addresses {
    /// The base of all addresses in an answer to this request, without a slash at its end.
    pub fn base(&self, authority: Option<&Authority>, headers: &HeaderMap, peer: IpAddr, local: SocketAddr) -> String {
        if let Some(public_url) = &self.public_url {
            return public_url.clone();
        }
        let host = authority.map(Authority::as_str).or_else(|| header(headers, HOST.as_str()));
        let direct = host.filter(|host| is_host(host)).map_or_else(|| local.to_string(), str::to_owned);
        if !self.trusts(peer) {
            return format!("http://{direct}");
        }
        let proto = forwarded(headers, "proto").or_else(|| first(headers, "x-forwarded-proto"));
        let scheme = if proto.is_some_and(|proto| proto.eq_ignore_ascii_case("https")) { "https" } else { "http" };
        let host = forwarded(headers, "host").or_else(|| first(headers, "x-forwarded-host"));
        let host = host.filter(|host| is_host(host)).map_or(direct, str::to_owned);
        format!("{scheme}://{host}{}", prefix(headers))
    }

    /// The path without what stands before `/Services2` in the public URL; a proxy may have taken it away already. Its case does not
    /// count, as in the rest of a path (D5).
    pub fn without_prefix<'p>(&self, path: &'p str) -> &'p str {
        let prefix = self.path_prefix();
        match path.split_at_checked(prefix.len()) {
            Some((begin, rest)) if begin.eq_ignore_ascii_case(prefix) && rest.starts_with('/') => rest,
            _ => path,
        }
    }

    fn path_prefix(&self) -> &str {
        let after_scheme = self.public_url.as_deref().and_then(|url| url.split_once("://")).map_or("", |(_, rest)| rest);
        after_scheme.find('/').and_then(|slash| after_scheme.get(slash..)).unwrap_or_default()
    }

    /// The address that a request comes from: behind trusted proxies, the last that they name in `X-Forwarded-For` and that is none of
    /// them. What stands before it is only claimed.
    pub fn client(&self, headers: &HeaderMap, peer: IpAddr) -> IpAddr {
        if !self.trusts(peer) {
            return peer;
        }
        let values = headers.get_all("x-forwarded-for").iter().rev().filter_map(|value| value.to_str().ok());
        let named = values.flat_map(|value| value.rsplit(',')).map_while(|address| address.trim().parse().ok());
        named.into_iter().find(|address| !self.trusts(*address)).unwrap_or(peer)
    }

    /// Whether it is the address of a proxy whose headers are believed.
    pub fn trusts(&self, peer: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|network| network.contains(&peer.to_canonical()))
    }
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// Whether it is a host and perhaps a port, and nothing else: no user name, which would make clients send it, and no port that is none.
/// hyper's own judgement is milder.
pub fn is_host(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (text, None),
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte);
    let sound = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => !host.is_empty() && host.bytes().all(plain),
    };
    sound && port.is_none_or(|port| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok())
}

/// The first of a comma-separated list: what the proxy nearest to the client wrote.
fn first<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    header(headers, name)?.split(',').next().map(str::trim)
}

/// A member of the first element of `Forwarded` (RFC 7239).
fn forwarded<'h>(headers: &'h HeaderMap, member: &str) -> Option<&'h str> {
    let pairs = first(headers, "forwarded")?.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(member)).map(|(_, value)| value.trim_matches('"'))
}

fn prefix(headers: &HeaderMap) -> String {
    let prefix = first(headers, "x-forwarded-prefix").unwrap_or_default().trim_end_matches('/');
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    if prefix.starts_with('/') && prefix.bytes().all(plain) { prefix.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderName;

    fn base(addresses: &Addresses, headers: &[(&str, &str)], peer: &str) -> String {
        let pairs = headers.iter().map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap()));
        addresses.base(None, &pairs.collect(), peer.parse().unwrap(), "127.0.0.1:8080".parse().unwrap())
    }

    fn behind(proxies: &[&str]) -> Addresses {
        Addresses { public_url: None, trusted_proxies: proxies.iter().map(|proxy| proxy.parse().unwrap()).collect() }
    }

    const FORWARDED: &[(&str, &str)] =
        &[("host", "inner:81"), ("x-forwarded-proto", "https"), ("x-forwarded-host", "help.example.org, x")];

    #[test]
    fn the_configured_url_beats_everything_else() {
        let fixed = Addresses { public_url: Some("https://a.example/desk".to_owned()), ..behind(&["0.0.0.0/0"]) };
        assert_eq!(base(&fixed, FORWARDED, "10.0.0.1"), "https://a.example/desk");
        assert_eq!(fixed.path_prefix(), "/desk");
        assert_eq!(Addresses::default().path_prefix(), "");
    }

    #[test]
    fn forwarded_headers_count_only_from_listed_proxies() {
        let addresses = behind(&["10.0.0.0/8"]);
        assert_eq!(base(&addresses, FORWARDED, "10.1.2.3"), "https://help.example.org");
        assert_eq!(base(&addresses, FORWARDED, "192.0.2.1"), "http://inner:81");
        assert_eq!(base(&addresses, FORWARDED, "::ffff:10.1.2.3"), "https://help.example.org");
    }

    #[test]
    fn the_standard_header_and_a_prefix_are_understood() {
        let headers = [("forwarded", "for=1.2.3.4;host=\"h.example:8443\";proto=https"), ("x-forwarded-prefix", "/desk/")];
        assert_eq!(base(&behind(&["10.0.0.1/32"]), &headers, "10.0.0.1"), "https://h.example:8443/desk");
    }

    #[test]
    fn without_a_usable_host_the_socket_answers_for_itself() {
        for host in
            ["", "a b", "a/b", "<x>", "somebody@a", "u:p@a:80", "a:", "a:b", "a:65536", "a:+1", ":80", ":[::1]:80", "[::1", "[1]"]
        {
            assert_eq!(base(&behind(&[]), &[("host", host)], "10.0.0.1"), "http://127.0.0.1:8080", "{host:?}");
        }
        let evil = [("host", "ok"), ("x-forwarded-prefix", "/\"><script>")];
        assert_eq!(base(&behind(&["10.0.0.1/32"]), &evil, "10.0.0.1"), "http://ok");
    }

    #[test]
    fn a_request_comes_from_the_last_address_that_trusted_proxies_name_and_is_none_of_them() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let addresses = Addresses { public_url: None, trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()] };
        for (peer, lines, expected) in [
            ("192.0.2.1", &["198.51.100.7"][..], "192.0.2.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &["203.0.113.9, 198.51.100.7, 10.0.0.2"], "198.51.100.7"),
            ("10.0.0.1", &["203.0.113.9", "198.51.100.7", "10.0.0.2"], "198.51.100.7"),
            ("10.0.0.1", &["198.51.100.7, unknown"], "10.0.0.1"),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", line.parse().unwrap());
            }
            assert_eq!(addresses.client(&headers, ip(peer)), ip(expected), "{peer} {lines:?}");
        }
    }
}
