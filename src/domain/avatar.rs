//! Where a person's avatar comes from: the providers there are, and the addresses that follow from them.
//!
//! Nothing is fetched here or anywhere else: a browser is sent to a provider. How an address is answered, HTTP knows.

use super::picture::{Format, sha256_hex};
use super::time::Instant;
use super::user::User;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write;

/// The address of the avatar of people who have none.
pub const DEFAULT_AVATAR: &str = "/avatars/default.png";
/// The provider of people who want no avatar.
pub const NONE: &str = "None";
/// The provider of people who sent a picture.
pub const UPLOAD: &str = "Upload";
/// The one templated provider that is always there.
pub const GRAVATAR: &str = "Gravatar";
/// What the paths of avatars begin with.
pub const PATH: &str = "/avatars/";

/// The most characters of a provider's name.
const MAX_NAME: usize = 40;
/// The most characters of a value within a path.
const MAX_VALUE: usize = 300;

/// An uploaded picture as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Avatar {
    /// The picture's name: its hash, a dot and the ending of its format.
    pub name: String,
    /// What it is written in.
    pub format: Format,
    /// When it was sent.
    pub uploaded_at: Instant,
    /// Its bytes, as they came.
    pub bytes: Vec<u8>,
}

impl Avatar {
    /// Its bytes in the form in which settings are texts.
    pub fn base64(&self) -> String {
        STANDARD.encode(&self.bytes)
    }
}

/// What a template is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Placeholder {
    /// SHA-256 of the e-mail address, trimmed and in lower case (Gravatar's rule).
    EmailSha256,
    Username,
    ExternalId,
}

impl Placeholder {
    const ALL: [Placeholder; 3] = [Placeholder::EmailSha256, Placeholder::Username, Placeholder::ExternalId];

    const fn text(self) -> &'static str {
        match self {
            Placeholder::EmailSha256 => "{email_sha256}",
            Placeholder::Username => "{username}",
            Placeholder::ExternalId => "{external_id}",
        }
    }

    /// What stands for the person; empty when it has nothing of the kind.
    fn value(self, user: &User) -> String {
        match self {
            Placeholder::EmailSha256 if user.email.trim().is_empty() => String::new(),
            Placeholder::EmailSha256 => sha256_hex(user.email.trim().to_lowercase().as_bytes()),
            Placeholder::Username => percent_encoded(user.username.as_str()),
            Placeholder::ExternalId => percent_encoded(&user.external_id),
        }
    }
}

/// A URL around its one placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Template {
    before: String,
    placeholder: Placeholder,
    after: String,
}

impl Template {
    fn new(text: &str) -> Result<Self, String> {
        let known = Placeholder::ALL.map(Placeholder::text).join(", ");
        let found =
            Placeholder::ALL.into_iter().find_map(|placeholder| Some((placeholder, text.split_once(placeholder.text())?)));
        let Some((placeholder, (before, after))) = found else {
            return Err(format!("'{text}' has no placeholder; it needs exactly one of {known}"));
        };
        if before.contains(['{', '}']) || after.contains(['{', '}']) {
            return Err(format!("'{text}' has more in braces than exactly one of {known}"));
        }
        let rest = before.strip_prefix("https://").or_else(|| before.strip_prefix("http://"));
        // Whoever could fill in the host could send a browser anywhere.
        let host = rest.and_then(|rest| rest.split_once(['/', '?'])).map(|(host, _)| host).unwrap_or_default();
        let of_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte);
        let of_url = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`|".contains(&byte);
        if host.is_empty() || !host.bytes().all(of_host) || !before.bytes().chain(after.bytes()).all(of_url) {
            return Err(format!(
                "'{text}' is not a URL such as https://pictures.example.org/{{username}}.jpg, with its placeholder after the host"
            ));
        }
        Ok(Template { before: before.to_owned(), placeholder, after: after.to_owned() })
    }
}

/// A provider whose pictures are somewhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Elsewhere {
    name: String,
    template: Template,
}

/// The providers there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Providers {
    gravatar: Template,
    further: Vec<Elsewhere>,
}

impl Default for Providers {
    /// Gravatar answers a silhouette for an address that it does not know.
    fn default() -> Self {
        let before = "https://www.gravatar.com/avatar/".to_owned();
        let gravatar = Template { before, placeholder: Placeholder::EmailSha256, after: "?d=mp".to_owned() };
        Providers { gravatar, further: Vec::new() }
    }
}

impl Providers {
    /// Sets where Gravatar's pictures are.
    pub fn set_gravatar(&mut self, template: &str) -> Result<(), String> {
        self.gravatar = Template::new(template.trim())?;
        Ok(())
    }

    /// Sets the further providers from `Name=template` items; the error says which one is wrong.
    pub fn set_further<'a>(&mut self, items: impl IntoIterator<Item = &'a str>) -> Result<(), String> {
        self.further.clear();
        for item in items {
            let (name, template) =
                item.split_once('=').ok_or_else(|| format!("'{item}' is not a name, an equals sign and a template"))?;
            let name = sound_name(name.trim())?;
            if self.named(name).is_some() {
                return Err(format!("there is a provider {name} already"));
            }
            let template = Template::new(template.trim()).map_err(|problem| format!("{name}: {problem}"))?;
            self.further.push(Elsewhere { name: name.to_owned(), template });
        }
        Ok(())
    }

    /// Their names: those that are always there, then the further ones as they were configured.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        [NONE, UPLOAD, GRAVATAR].into_iter().chain(self.further.iter().map(|provider| provider.name.as_str()))
    }

    /// The name as it is spelled here of the provider of this name, without regard to case.
    pub fn named(&self, name: &str) -> Option<&str> {
        self.names().find(|known| known.eq_ignore_ascii_case(name))
    }

    /// The site-relative address of a person's avatar; that of the default one where the provider has nothing to make it of.
    pub fn address(&self, provider: &str, user: &User) -> String {
        let path = if provider.eq_ignore_ascii_case(UPLOAD) {
            user.avatar.clone()
        } else {
            self.template(provider)
                .map(|template| template.placeholder.value(user))
                .filter(|value| is_value(value))
                .map(|value| format!("{}/{value}", provider.to_ascii_lowercase()))
        };
        path.map_or_else(|| DEFAULT_AVATAR.to_owned(), |path| format!("{PATH}{path}"))
    }

    /// The URL to which the second half of such an address leads: `None` when there is no such provider or the value could not be
    /// one of its people.
    pub fn target(&self, provider: &str, value: &str) -> Option<String> {
        let Template { before, after, .. } = self.template(provider).filter(|_| is_value(value))?;
        Some(format!("{before}{value}{after}"))
    }

    fn template(&self, provider: &str) -> Option<&Template> {
        if provider.eq_ignore_ascii_case(GRAVATAR) {
            return Some(&self.gravatar);
        }
        self.further.iter().find(|known| known.name.eq_ignore_ascii_case(provider)).map(|known| &known.template)
    }
}

fn sound_name(name: &str) -> Result<&str, String> {
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.len() <= MAX_NAME && name.bytes().all(sound) {
        return Ok(name);
    }
    Err(format!(
        "'{name}' is not a provider's name: a letter, then letters, digits, '-' or '_', at most {MAX_NAME} characters in all"
    ))
}

/// Whether a percent-encoded value may stand in a path: not empty, not too long, nothing that means another place.
fn is_value(value: &str) -> bool {
    let plain = |byte: u8| is_unreserved(byte) || byte == b'%';
    let dots = value.to_ascii_lowercase().replace("%2e", ".");
    !matches!(dots.as_str(), "" | "." | "..") && value.len() <= MAX_VALUE && value.bytes().all(plain)
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut encoded, byte| {
        if is_unreserved(byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::name::Name;

    fn somebody() -> User {
        User {
            username: Name::new("Zoë O'Neil").unwrap(),
            email: " Zoe@Example.org".to_owned(),
            external_id: "a/b".to_owned(),
            ..User::nobody()
        }
    }

    fn with(items: &[&str]) -> Providers {
        let mut providers = Providers::default();
        providers.set_further(items.iter().copied()).unwrap();
        providers
    }

    const FURTHER: &[&str] = &["Staff=http://staff.example.org/p?of={username}&s=80", " CRM = https://[::1]:8/{external_id}.jpg"];

    #[test]
    fn the_built_in_names_come_first_and_are_found_without_regard_to_case() {
        let providers = with(FURTHER);
        assert_eq!(providers.names().collect::<Vec<_>>(), ["None", "Upload", "Gravatar", "Staff", "CRM"]);
        assert_eq!((providers.named("gRAVATAR"), providers.named("crm")), (Some("Gravatar"), Some("CRM")));
        assert_eq!((providers.named("Facebook"), Providers::default().named("crm")), (None, None));
    }

    #[test]
    fn each_provider_makes_its_own_address() {
        let user = User { avatar: Some("0f.png".to_owned()), ..somebody() };
        let hash = sha256_hex(b"zoe@example.org");
        for (provider, address) in [
            ("None", DEFAULT_AVATAR),
            ("upload", "/avatars/0f.png"),
            ("Gravatar", &format!("/avatars/gravatar/{hash}")),
            ("Staff", "/avatars/staff/Zo%C3%AB%20O%27Neil"),
            ("CRM", "/avatars/crm/a%2Fb"),
            ("Unheard-of", DEFAULT_AVATAR),
        ] {
            assert_eq!(with(FURTHER).address(provider, &user), address, "{provider}");
        }
    }

    #[test]
    fn where_there_is_nothing_to_make_an_address_of_it_is_the_default_one() {
        let nothing = User { email: "  ".to_owned(), external_id: String::new(), ..somebody() };
        for provider in ["Upload", "Gravatar", "CRM"] {
            assert_eq!(with(FURTHER).address(provider, &nothing), DEFAULT_AVATAR, "{provider}");
        }
        for external_id in ["..", ".", &"ü".repeat(51)] {
            let user = User { external_id: external_id.to_owned(), ..somebody() };
            assert_eq!(with(FURTHER).address("CRM", &user), DEFAULT_AVATAR, "{external_id}");
        }
    }

    #[test]
    fn every_address_that_is_made_leads_to_the_template_with_the_value_put_in() {
        let providers = with(FURTHER);
        for (provider, target) in [
            ("Gravatar", format!("https://www.gravatar.com/avatar/{}?d=mp", sha256_hex(b"zoe@example.org"))),
            ("Staff", "http://staff.example.org/p?of=Zo%C3%AB%20O%27Neil&s=80".to_owned()),
            ("CRM", "https://[::1]:8/a%2Fb.jpg".to_owned()),
        ] {
            let address = providers.address(provider, &somebody());
            let (provider, value) = address.strip_prefix(PATH).unwrap().split_once('/').unwrap();
            assert_eq!(providers.target(provider, value), Some(target));
        }
    }

    #[test]
    fn a_value_that_could_not_be_one_leads_nowhere() {
        let providers = with(FURTHER);
        let long = "a".repeat(MAX_VALUE);
        assert!(providers.target("crm", &long).is_some());
        for value in ["", ".", "..", "%2e%2E", "a/b", "a b", "a?b", "a\r\nb", "<b>", "ä", &format!("{long}a")] {
            assert_eq!(providers.target("crm", value), None, "{value:?}");
        }
        for provider in ["none", "upload", "facebook", ""] {
            assert_eq!(providers.target(provider, "a"), None, "{provider}");
        }
    }

    #[test]
    fn a_template_is_a_url_with_one_placeholder_after_its_host() {
        let mut providers = Providers::default();
        for (bad, part) in [
            ("https://x.example/a.jpg", "has no placeholder"),
            ("https://x.example/{email_md5}", "has no placeholder"),
            ("https://x.example/{username}/{username}", "more in braces"),
            ("https://x.example/{username}/{external_id}", "more in braces"),
            ("https://x.example/{size}/{username}", "more in braces"),
            ("https://{username}.example/", "after the host"),
            ("https://x.example{username}", "after the host"),
            ("https:///{username}", "after the host"),
            ("https://me:secret@x.example/{username}", "after the host"),
            ("ftp://x.example/{username}", "is not a URL"),
            ("/pictures/{username}", "is not a URL"),
            ("https://x.example/a b{username}", "is not a URL"),
            ("https://x.example/ü{username}", "is not a URL"),
            ("https://x.example/\r\n{username}", "is not a URL"),
        ] {
            let problem = providers.set_gravatar(bad).unwrap_err();
            assert!(problem.contains(part), "{bad}: {problem}");
        }
        assert_eq!(providers, Providers::default());
        providers.set_gravatar("https://mirror.example/{email_sha256}").unwrap();
        assert_eq!(providers.target("gravatar", "0f").as_deref(), Some("https://mirror.example/0f"));
    }

    #[test]
    fn names_are_sound_and_told_apart_without_regard_to_case() {
        let template = "https://x.example/{username}";
        for bad in ["", "1st", "a b", "a/b", "ä", "a.png", &"a".repeat(MAX_NAME + 1)] {
            let problem = Providers::default().set_further([format!("{bad}={template}").as_str()]).unwrap_err();
            assert!(problem.contains("is not a provider's name"), "{bad}: {problem}");
        }
        for taken in ["none", "UPLOAD", "Gravatar", "staff"] {
            let items = [format!("Staff={template}"), format!("{taken}={template}")];
            let problem = Providers::default().set_further(items.iter().map(String::as_str)).unwrap_err();
            assert!(problem.contains("already"), "{taken}: {problem}");
        }
        assert!(Providers::default().set_further([template]).unwrap_err().contains("equals sign"));
    }
}
