//! The settings of people: the one table of every row of the two manuals (`settings.md`), in its order.
//!
//! Property strings, typed operations, import columns and documents read this table; none has a list of its own.

use std::fmt;

/// What a setting's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Flag,
    /// Text of at most so many characters.
    Text(usize),
    /// One of these words, matched without regard to case.
    Choice(&'static [&'static str]),
    /// A whole number from the first to the second.
    Number(i32, i32),
    /// An amount with two decimals, from 0.
    Money,
    /// An e-mail address, or empty.
    Email,
    /// E-mail addresses.
    Emails,
    /// Telephone numbers, at most so many.
    Phones(usize),
    /// An IANA or Windows zone id, kept as it was given.
    TimeZone,
    /// One of the configured languages.
    Language,
    /// One of the configured spell-check dictionaries.
    Dictionary,
    /// A provider of avatars.
    Provider,
    /// A picture; base64 where settings are texts.
    Picture,
    /// A login name.
    Name,
    /// A password; never read back.
    Secret,
    /// A point in time.
    Time,
    /// What has its own operations.
    Elsewhere,
}

/// Whose setting it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Employees and end users.
    Everybody,
    /// Employees only.
    Employees,
    /// Employees with the role Agent only.
    Agents,
    /// End users only; some custom fields are.
    EndUsers,
}

impl Audience {
    /// The word in which messages tell it.
    pub const fn word(self) -> &'static str {
        match self {
            Audience::Everybody => "everybody",
            Audience::Employees => "employees",
            Audience::Agents => "employees with the role Agent",
            Audience::EndUsers => "end users",
        }
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Who may change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Administrators only.
    Administrator,
    /// The person too.
    Person,
    /// Nobody.
    Never,
}

/// Where a setting's value is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A member of the person's own row.
    Row(Row),
    /// Among the settings that differ from their defaults.
    Stored,
    /// Nowhere: it is worked out.
    Derived,
}

/// The settings that are members of the person's own row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as its key, which the table describes")]
pub enum Row {
    Username,
    AuthenticationMethod,
    AuthenticationDomain,
    Password,
    ForcePasswordChange,
    EmailAddress,
    Enabled,
    ExternalId,
    IsEmailVerified,
    DisplayName,
    LastLogin,
    CreatedAt,
}

/// One row of the table.
#[derive(Debug, PartialEq)]
pub struct Setting {
    /// Its key, in the one spelling that documents use; matched without regard to case.
    pub key: &'static str,
    /// What it is, for the documents.
    pub doc: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// The canonical text of its default; settings whose default depends on the person or the configuration have none.
    pub default: Option<&'static str>,
    /// Whose setting it is.
    pub audience: Audience,
    /// Who may change it.
    pub change: Change,
    /// Where its value is kept.
    pub place: Place,
}

use Audience::{Agents, Employees, Everybody};
use Change::{Administrator, Never, Person};

const fn row(key: &'static str, doc: &'static str, kind: Kind, default: &'static str, change: Change, row: Row) -> Setting {
    Setting { key, doc, kind, default: Some(default), audience: Everybody, change, place: Place::Row(row) }
}

const fn stored(
    key: &'static str,
    doc: &'static str,
    kind: Kind,
    default: &'static str,
    change: Change,
    audience: Audience,
) -> Setting {
    Setting { key, doc, kind, default: Some(default), audience, change, place: Place::Stored }
}

const fn configured(key: &'static str, doc: &'static str, kind: Kind) -> Setting {
    Setting { key, doc, kind, default: None, audience: Everybody, change: Person, place: Place::Stored }
}

const fn derived(key: &'static str, doc: &'static str, kind: Kind, change: Change) -> Setting {
    Setting { key, doc, kind, default: None, audience: Everybody, change, place: Place::Derived }
}

/// The names of the authentication methods, in the order of their numbers.
const METHODS: &[&str] = &["Password", "ActiveDirectory", "ExternalProvider"];

/// Every setting.
#[rustfmt::skip]
pub static SETTINGS: &[Setting] = &[
    row("Username", "Login name; unique without regard to case, composition or outer blanks.", Kind::Name, "", Administrator, Row::Username),
    row("AuthenticationMethod", "How the person proves who it is.", Kind::Choice(METHODS), "Password", Administrator, Row::AuthenticationMethod),
    row("AuthenticationDomain", "The directory's domain; only with ActiveDirectory.", Kind::Text(200), "", Administrator, Row::AuthenticationDomain),
    row("Password", "Write only; only with Password authentication.", Kind::Secret, "", Administrator, Row::Password),
    row("ForcePasswordChange", "The person has to change its password at the next login; stays until it does.", Kind::Flag, "false", Administrator, Row::ForcePasswordChange),
    row("EmailAddress", "E-mail address; a change by the person itself clears IsEmailVerified.", Kind::Email, "", Person, Row::EmailAddress),
    row("Enabled", "A disabled person can neither log in nor call.", Kind::Flag, "true", Administrator, Row::Enabled),
    row("ExternalId", "The key of another system; unique when set.", Kind::Text(200), "", Administrator, Row::ExternalId),
    row("IsEmailVerified", "Whether the e-mail address was verified; gives role 3.", Kind::Flag, "false", Administrator, Row::IsEmailVerified),
    row("DisplayName", "The name that people see; empty becomes the user name.", Kind::Text(200), "", Person, Row::DisplayName),
    stored("DisplayNameForChat", "The name shown in live chats; empty is the display name.", Kind::Text(200), "", Person, Everybody),
    configured("TimeZone", "IANA or Windows zone id; answered as it was given.", Kind::TimeZone),
    configured("PreferredLanguage", "One of the configured languages.", Kind::Language),
    configured("SpellCheckDictionary", "One of the configured dictionaries.", Kind::Dictionary),
    stored("PortalSignature", "Signature under what the employee writes in the portal.", Kind::Text(10_000), "", Person, Employees),
    stored("AvatarProvider", "Where the avatar comes from: None, Upload, Gravatar, or a configured provider.", Kind::Provider, "None", Person, Everybody),
    derived("Avatar", "The picture: PNG, JPEG, GIF or WebP of at most 1 MiB; setting one makes the provider Upload. Write only: AvatarUrl tells where it is.", Kind::Picture, Person),
    derived("AvatarUrl", "Site-relative address of the avatar.", Kind::Text(200), Never),
    stored("SubscribeToCommunityPosts", "Subscribe to community posts automatically.", Kind::Flag, "false", Person, Everybody),
    stored("EmailCommunitySummaries", "E-mail summaries of subscribed community posts.", Kind::Flag, "false", Person, Everybody),
    stored("EmailCommunityComments", "E-mail comments of community posts in which the person participates.", Kind::Flag, "false", Person, Everybody),
    stored("EmailConversationMessages", "E-mail new messages from conversations.", Kind::Flag, "false", Person, Everybody),
    stored("CommunityMessagingEnabled", "Others may write to the person in the community.", Kind::Flag, "true", Person, Everybody),
    stored("ReminderPopup", "Reminders pop up by themselves.", Kind::Flag, "true", Person, Employees),
    stored("CopyToAddress", "Tickets are copied to this address; entering one switches CopyToEnabled on.", Kind::Email, "", Person, Employees),
    stored("CopyToEnabled", "Whether tickets are copied; needs CopyToAddress.", Kind::Flag, "false", Person, Employees),
    stored("ReplyFromAddresses", "Further addresses from which the employee may reply.", Kind::Emails, "", Person, Employees),
    stored("ShowWaitingTicketCounters", "Counters of waiting tickets in the tree.", Kind::Flag, "true", Person, Employees),
    stored("ShowFollowUpTicketCounters", "Counters of follow-ups in the tree.", Kind::Flag, "true", Person, Employees),
    stored("IncludeWaitingInRootCounts", "Waiting tickets count at the tree's root.", Kind::Flag, "false", Person, Employees),
    stored("IncludeFollowUpsInRootCounts", "Tickets scheduled for follow-up count at the tree's root.", Kind::Flag, "false", Person, Employees),
    stored("MaxActiveChats", "The most live chats at once.", Kind::Number(0, 100), "1", Administrator, Employees),
    stored("ChatPopup", "New chats pop up by themselves.", Kind::Flag, "true", Person, Employees),
    stored("ChatSounds", "Sounds in live chats.", Kind::Flag, "true", Person, Employees),
    stored("ChatQueueSound", "A sound when a chat waits in the queue.", Kind::Flag, "true", Person, Employees),
    stored("BlockChatsDuringCallLogs", "No live chats while a call log is written.", Kind::Flag, "false", Person, Agents),
    stored("PhoneNumbers", "Telephone numbers, the primary one first: at most 4 for employees, 1 for end users.", Kind::Phones(4), "", Person, Everybody),
    stored("HourlyCost", "What an hour of the employee costs; only administrators see it.", Kind::Money, "10.00", Administrator, Employees),
    derived("CustomFields", "Custom fields are set by SetUserCustomFields, or among the CustomFields of typed settings.", Kind::Elsewhere, Administrator),
    derived("Roles", "Names of the roles; changed by AssignRoles, AddRoleToUser and RemoveRoleFromUser.", Kind::Elsewhere, Administrator),
    row("LastLogin", "The last login by ValidateAgent or Authenticate; empty for never.", Kind::Time, "", Never, Row::LastLogin),
    row("CreatedAt", "When the person was made.", Kind::Time, "", Never, Row::CreatedAt),
];

/// Other spellings of keys, from the old product's own tables: alias and key.
pub const ALIASES: &[(&str, &str)] = &[
    ("Email", "EmailAddress"),
    ("HourlyPayRate", "HourlyCost"),
    ("Language", "PreferredLanguage"),
    ("AuthenticationType", "AuthenticationMethod"),
    ("DateCreatedUtc", "CreatedAt"),
    ("DateLastLoginUtc", "LastLogin"),
];

/// The key that answers a person's id; it is no setting and cannot be written.
pub const USER_ID: &str = "UserID";

/// The setting with this key or alias, without regard to case and outer blanks.
pub fn named(key: &str) -> Option<&'static Setting> {
    let key = key.trim();
    let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(key));
    let key = alias.map_or(key, |(_, key)| key);
    SETTINGS.iter().find(|setting| setting.key.eq_ignore_ascii_case(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::user::AuthenticationMethod;

    #[test]
    fn keys_and_aliases_are_unique_without_case_and_every_alias_leads_to_a_setting() {
        let mut keys: Vec<String> = SETTINGS.iter().map(|setting| setting.key.to_lowercase()).collect();
        keys.extend(ALIASES.iter().map(|(alias, _)| alias.to_lowercase()));
        let count = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), count);
        for (alias, key) in ALIASES {
            assert_eq!(named(&alias.to_uppercase()).unwrap().key, *key);
        }
    }

    #[test]
    fn the_choices_of_authentication_are_the_methods_that_exist() {
        assert_eq!(AuthenticationMethod::ALL.map(AuthenticationMethod::name).as_slice(), METHODS);
    }
}
