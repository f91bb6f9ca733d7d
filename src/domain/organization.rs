//! Customer organizations: companies whose people are recognised by user name, e-mail address, domain or telephone number.

use super::Error;
use super::ids::OrganizationId;
use super::name::{self, Name};

/// A customer organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Its id; 0 before it is stored.
    pub id: OrganizationId,
    /// Its name, unique without regard to case.
    pub name: Name,
    /// Its telephone number; may be empty.
    pub phone: String,
    /// Its web site; may be empty.
    pub website: String,
}

/// By what a member of an organization is recognised. The number is that of the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberKind {
    /// By its user name.
    Username = 0,
    /// By its e-mail address.
    Email = 1,
    /// By the domain of its e-mail address.
    Domain = 2,
    /// By its telephone number.
    Phone = 3,
}

impl MemberKind {
    /// The kind with this number.
    pub fn numbered(number: i32) -> Option<Self> {
        [MemberKind::Username, MemberKind::Email, MemberKind::Domain, MemberKind::Phone]
            .into_iter()
            .find(|kind| *kind as i32 == number)
    }

    /// Checks and trims a value of this kind.
    pub fn checked(self, value: &str) -> Result<String, String> {
        let value = value.trim();
        if value.is_empty() {
            return Err("is required.".to_owned());
        }
        match self {
            MemberKind::Username => Name::new(value).map(|name| name.as_str().to_owned()),
            MemberKind::Email => super::value::email(value),
            MemberKind::Phone => super::value::phone(value),
            MemberKind::Domain => {
                let domain = value.trim_start_matches('@');
                super::value::email(&format!("a@{domain}")).map_err(|_| "is not an e-mail domain.".to_owned())?;
                Ok(domain.to_owned())
            }
        }
    }
}

/// How members of an organization are recognised: one filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its id.
    pub id: i32,
    /// By what.
    pub kind: MemberKind,
    /// The name, address, domain or number.
    pub value: String,
}

/// The most characters of an organization's telephone number or web site.
const MAX_LENGTH: usize = 200;

/// Changes of an organization that were asked for together: well formed, with keys named once.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Changes {
    name: Option<Name>,
    phone: Option<String>,
    website: Option<String>,
}

impl Changes {
    /// Reads `Key=Value` items: `Name`, `PhoneNumber`, `Website`, without regard to case.
    pub fn parse(parameter: &'static str, items: &[String]) -> Result<Self, Error> {
        let mut changes = Changes::default();
        for (index, item) in items.iter().enumerate() {
            let Some((key, value)) = item.split_once('=') else {
                return Err(Error::invalid(parameter, format!("item {} has no '=': Key=Value is expected.", index + 1)));
            };
            let key = key.trim();
            if key.is_empty() {
                return Err(Error::invalid(parameter, format!("item {} has no key before its '='.", index + 1)));
            }
            let twice = match name::key(key).as_str() {
                "name" => {
                    let name = Name::new(value).map_err(|problem| Error::invalid(key, problem))?;
                    changes.name.replace(name).is_some()
                }
                "phonenumber" => changes.phone.replace(line(key, value)?).is_some(),
                "website" => changes.website.replace(line(key, value)?).is_some(),
                _ => return Err(Error::invalid(key, "cannot be set: the keys are Name, PhoneNumber and Website.")),
            };
            if twice {
                return Err(Error::invalid(key, "is set twice in one call."));
            }
        }
        Ok(changes)
    }

    /// Makes the changes.
    pub fn apply(self, organization: &mut Organization) {
        let Organization { name, phone, website, .. } = organization;
        *name = self.name.unwrap_or_else(|| name.clone());
        *phone = self.phone.unwrap_or_else(|| std::mem::take(phone));
        *website = self.website.unwrap_or_else(|| std::mem::take(website));
    }
}

impl Organization {
    /// A new organization from `Key=Value` items; the name is required.
    pub fn parse(parameter: &'static str, items: &[String]) -> Result<Self, Error> {
        let Changes { name, phone, website } = Changes::parse(parameter, items)?;
        let name = name.ok_or_else(|| Error::invalid("Name", "is required."))?;
        Ok(Organization { id: OrganizationId(0), name, phone: phone.unwrap_or_default(), website: website.unwrap_or_default() })
    }
}

/// A value of one line.
fn line(key: &str, value: &str) -> Result<String, Error> {
    let value = value.trim();
    if value.chars().count() > MAX_LENGTH || value.chars().any(char::is_control) {
        return Err(Error::invalid(key, format!("is not a text of at most {MAX_LENGTH} characters in one line.")));
    }
    Ok(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_recognised_by_a_value_of_its_kind() {
        assert_eq!(MemberKind::numbered(2), Some(MemberKind::Domain));
        assert_eq!(MemberKind::numbered(4), None);
        assert_eq!(MemberKind::Domain.checked(" @example.org ").as_deref(), Ok("example.org"));
        assert!(MemberKind::Domain.checked("not a domain").is_err());
        assert!(MemberKind::Email.checked("nobody").is_err());
        assert!(MemberKind::Phone.checked("call me").is_err());
        assert!(MemberKind::Username.checked("  ").is_err());
    }
}
