//! All that differs between SOAP 1.1 and SOAP 1.2, except the shape of a fault.

/// A version of SOAP. The request's envelope decides that of the answer (R3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// SOAP 1.1.
    Soap11,
    /// SOAP 1.2.
    Soap12,
}

impl Version {
    /// Both, oldest first.
    pub const ALL: [Version; 2] = [Version::Soap11, Version::Soap12];

    /// The namespace of its envelope.
    pub const fn namespace(self) -> &'static str {
        match self {
            Version::Soap11 => "http://schemas.xmlsoap.org/soap/envelope/",
            Version::Soap12 => "http://www.w3.org/2003/05/soap-envelope",
        }
    }

    /// The version whose envelope has this namespace.
    pub fn of_namespace(namespace: &str) -> Option<Version> {
        Version::ALL.into_iter().find(|version| version.namespace() == namespace)
    }

    /// The content type of its messages.
    pub const fn content_type(self) -> &'static str {
        match self {
            Version::Soap11 => "text/xml; charset=utf-8",
            Version::Soap12 => "application/soap+xml; charset=utf-8",
        }
    }

    /// The beginning of every message, up to and including `<soap:Envelope ...>`; the prefix is `soap` for both
    /// (section 2.1 of `asmx-behaviour.md`: clients search for it).
    pub const fn head(self) -> &'static [u8] {
        match self {
            Version::Soap11 => br#"<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">"#,
            Version::Soap12 => br#"<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">"#,
        }
    }

    /// The attribute that says for whom a header is (SOAP 1.1 section 4.2.2, SOAP 1.2 part 1 section 5.2.2).
    pub(super) const fn role_attribute(self) -> &'static str {
        match self {
            Version::Soap11 => "actor",
            Version::Soap12 => "role",
        }
    }

    /// Whether a header with this actor or role is for us: the next node and the last one are us.
    pub(super) fn is_ours(self, role: &str) -> bool {
        role.is_empty()
            || match self {
                Version::Soap11 => role == "http://schemas.xmlsoap.org/soap/actor/next",
                Version::Soap12 => {
                    matches!(
                        role,
                        "http://www.w3.org/2003/05/soap-envelope/role/next"
                            | "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver"
                    )
                }
            }
    }
}
