//! WS-Security as far as it is spoken here: user name and password in a `UsernameToken` (D12), and a `Timestamp`.
//!
//! Signatures, encryption and other tokens are not understood, and whether a password is right is not known here.

use super::fault::{Fault, Subcode};
use super::timestamp;
use crate::contract::{Claim, ReadError};
use crate::wire::lexical;
use crate::wire::xml::{Token, XmlReader};
use secrecy::SecretString;

/// The namespace of the header and of the token.
pub(super) const SECEXT: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
/// The prefix of our codes of that namespace.
pub(super) const PREFIX: &str = "wsse";
/// The namespace of `Timestamp`.
pub(super) const UTILITY: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
/// The type of a password that is sent as it is, which is also that of one without a type.
const PASSWORD_TEXT: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText";

/// The code of a token of a kind that nothing here can check (section 12 of Web Services Security).
const UNSUPPORTED: Subcode = Subcode { prefix: PREFIX, namespace: SECEXT, names: &["UnsupportedSecurityToken"], header: None };

/// What a `Security` header was found to hold.
pub(super) struct Security {
    /// Who its tokens say calls.
    pub claim: Claim,
    /// Whether it holds something, and nothing that would have to be checked but cannot be.
    pub understood: bool,
    /// The first thing that is wrong with what is understood.
    pub problem: Option<Fault>,
}

/// Whether the element that began last is a `Security` header.
pub(super) fn begins(reader: &XmlReader<'_>) -> bool {
    is(reader, SECEXT, "Security")
}

/// Reads the `Security` header that began last.
pub(super) fn read(reader: &mut XmlReader<'_>) -> Result<Security, ReadError> {
    let mut security = Security { claim: Claim::Absent, understood: false, problem: None };
    let (mut has_timestamp, mut has_more) = (false, false);
    loop {
        match reader.token()? {
            Token::Start if is(reader, SECEXT, "UsernameToken") => {
                let token = username_token(reader)?;
                security.understood = true;
                match token {
                    Ok(claim) => security.claim = security.claim.and(claim),
                    Err(fault) => security.found(fault),
                }
            }
            Token::Start if is(reader, UTILITY, "Timestamp") => {
                if let Some(fault) = timestamp::read(reader)? {
                    security.found(fault);
                }
                if std::mem::replace(&mut has_timestamp, true) {
                    security
                        .found(Fault::of_header("The Security header holds more than one Timestamp; nothing was done.", None));
                }
                security.understood = true;
            }
            Token::Start => {
                has_more = true;
                reader.skip_element()?;
            }
            Token::Text(_) => {}
            Token::End | Token::Eof => {
                security.understood &= !has_more;
                return Ok(security);
            }
        }
    }
}

impl Security {
    fn found(&mut self, fault: Fault) {
        self.problem.get_or_insert(fault);
    }
}

/// What a token claims; one that holds a name or a password twice is void. The fault tells of a password that is not sent as it is.
fn username_token(reader: &mut XmlReader<'_>) -> Result<Result<Claim, Fault>, ReadError> {
    let (mut user, mut password, mut sound, mut refused) = (None, None, true, None);
    loop {
        match reader.token()? {
            Token::Start if is(reader, SECEXT, "Username") => {
                let text = reader.element_text()?.into_owned();
                sound &= user.replace(text).is_none();
            }
            Token::Start if is(reader, SECEXT, "Password") => {
                let kind = reader.attribute("", "Type");
                refused = refused.or(kind.and_then(|kind| unsupported(lexical::trim(&kind))));
                let text = SecretString::from(reader.element_text()?.into_owned());
                sound &= password.replace(text).is_none();
            }
            Token::Start => reader.skip_element()?,
            Token::Text(_) => {}
            Token::End | Token::Eof => {
                let claim =
                    || if sound { Claim::new(user.unwrap_or_default(), password.unwrap_or_default()) } else { Claim::Void };
                return Ok(refused.map_or_else(|| Ok(claim()), Err));
            }
        }
    }
}

/// Why a password of this type cannot be taken, if it cannot. This tells nothing of anybody: it is the same whoever calls.
fn unsupported(kind: &str) -> Option<Fault> {
    let problem = match kind {
        PASSWORD_TEXT => return None,
        _ if kind.ends_with("#PasswordDigest") => {
            "A UsernameToken of type PasswordDigest cannot be checked, because only hashes of passwords are stored here"
        }
        _ => "The UsernameToken has a Password of an unknown type",
    };
    let text = format!("{problem}; nothing was done. Send the password as PasswordText, over TLS.");
    Some(Fault::of_header(text, Some(UNSUPPORTED)))
}

/// Whether the element that began last has this name.
pub(super) fn is(reader: &XmlReader<'_>, namespace: &str, name: &str) -> bool {
    reader.name() == name && reader.namespace() == namespace
}
