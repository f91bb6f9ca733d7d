//! WS-Security as far as it is spoken here: user name and password in a `UsernameToken` (D12).
//!
//! Signatures, encryption and other tokens are not understood, and whether a password is right is not known here.

use crate::contract::{Claim, ReadError};
use crate::wire::lexical;
use crate::wire::xml::{Token, XmlReader};
use secrecy::SecretString;

/// The namespace of the header and of the token.
const SECEXT: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
/// The namespace of `Timestamp`.
const UTILITY: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
/// The type of a password that is sent as it is, which is also that of one without a type.
const PASSWORD_TEXT: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText";

/// What a `Security` header was found to hold.
pub(super) struct Security {
    /// Who its tokens say calls.
    pub claim: Claim,
    /// Whether there is a token, and nothing that would have to be checked besides.
    pub understood: bool,
}

/// Whether the element that began last is a `Security` header.
pub(super) fn begins(reader: &XmlReader<'_>) -> bool {
    is(reader, SECEXT, "Security")
}

/// Reads the `Security` header that began last. A `Timestamp` is passed over: who could send a message again could read its password.
pub(super) fn read(reader: &mut XmlReader<'_>) -> Result<Security, ReadError> {
    let (mut claim, mut has_token, mut has_more) = (Claim::Absent, false, false);
    loop {
        match reader.token()? {
            Token::Start if is(reader, SECEXT, "UsernameToken") => {
                has_token = true;
                claim = claim.and(username_token(reader)?);
            }
            Token::Start => {
                has_more |= !is(reader, UTILITY, "Timestamp");
                reader.skip_element()?;
            }
            Token::Text(_) => {}
            Token::End | Token::Eof => return Ok(Security { claim, understood: has_token && !has_more }),
        }
    }
}

/// A digest cannot be checked against a password hash, nor can a type that nobody here knows: such a claim is void, and so is one that
/// holds a name or a password twice.
fn username_token(reader: &mut XmlReader<'_>) -> Result<Claim, ReadError> {
    let (mut user, mut password, mut sound) = (None, None, true);
    loop {
        match reader.token()? {
            Token::Start if is(reader, SECEXT, "Username") => {
                let text = reader.element_text()?.into_owned();
                sound &= user.replace(text).is_none();
            }
            Token::Start if is(reader, SECEXT, "Password") => {
                sound &= reader.attribute("", "Type").is_none_or(|kind| lexical::trim(&kind) == PASSWORD_TEXT);
                let text = SecretString::from(reader.element_text()?.into_owned());
                sound &= password.replace(text).is_none();
            }
            Token::Start => reader.skip_element()?,
            Token::Text(_) => {}
            Token::End | Token::Eof if sound => return Ok(Claim::new(user.unwrap_or_default(), password.unwrap_or_default())),
            Token::End | Token::Eof => return Ok(Claim::Void),
        }
    }
}

fn is(reader: &XmlReader<'_>, namespace: &str, name: &str) -> bool {
    reader.name() == name && reader.namespace() == namespace
}
