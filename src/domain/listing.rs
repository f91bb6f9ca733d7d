//! Lists of people: what can be asked for, which of it can be answered quickly, and the token that goes on where a page ended.
//!
//! How people are found is the store's. Here is who belongs into a list, and where in its order somebody stands.

use super::Error;
use super::ids::{RoleId, UserId};
use super::name;
use super::role::{self, Role};
use super::time::Instant;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The most people on a page.
pub const MAX_SIZE: usize = 1000;
/// The fewest characters that are looked for in the middle of a text: the search index holds all that stand side by side by threes.
pub const MIN_PART: usize = 3;

/// The highest of somebody's roles, from the lowest; the number is that of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// No employee role.
    EndUser = 0,
    /// Custom employee roles only.
    Employee = 1,
    /// Agent.
    Agent = 2,
    /// Manager.
    Manager = 3,
    /// Administrator.
    Administrator = 4,
}

impl Rank {
    /// All of them, in the order of their numbers.
    pub const ALL: [Rank; 5] = [Rank::EndUser, Rank::Employee, Rank::Agent, Rank::Manager, Rank::Administrator];

    /// That of somebody with these roles.
    pub fn of(roles: &[Role]) -> Rank {
        let rank = |role: &Role| match role.id {
            role::ADMINISTRATOR => Rank::Administrator,
            role::MANAGER => Rank::Manager,
            role::AGENT => Rank::Agent,
            _ if role.employee => Rank::Employee,
            _ => Rank::EndUser,
        };
        roles.iter().map(rank).max().unwrap_or(Rank::EndUser)
    }
}

/// Whose list it is. The queue is in none (R12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum People {
    /// All people.
    Everybody,
    /// Those with an employee role.
    Employees,
    /// Those without.
    EndUsers,
}

/// A text to look for, plain and compared as names are: without regard to case and outer blanks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TextFilter {
    /// The user name or the e-mail address, whichever the list is sorted by, begins with it.
    Prefix(String),
    /// It stands anywhere in the user name, the display name or the e-mail address.
    Part(String),
}

/// When the last login was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LoginFilter {
    /// Not yet.
    Never,
    /// At `from` or later, and before `until`; without either, at any time.
    Between {
        /// The first moment that counts.
        from: Option<Instant>,
        /// The first moment that counts no more.
        until: Option<Instant>,
    },
}

/// What a list is sorted by; people who are equal in it are in the order of their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The id.
    Id,
    /// The user name, as names are compared.
    Username,
    /// The e-mail address, likewise; people without one come first.
    EmailAddress,
    /// The highest role, end users first.
    Role,
    /// Whether the address was verified, those where it was not first.
    IsEmailVerified,
    /// The time of the last login; people who never logged in come first.
    LastLogin,
}

/// What is asked for: a page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Whose list it is.
    pub people: People,
    /// Only people with this text.
    pub text: Option<TextFilter>,
    /// Only people with this role, given or automatic.
    pub role: Option<RoleId>,
    /// Only people whose address was verified, or was not.
    pub verified: Option<bool>,
    /// Only people who can log in, or who cannot.
    pub enabled: Option<bool>,
    /// Only people who last logged in then.
    pub last_login: Option<LoginFilter>,
    /// What the list is sorted by.
    pub sort: Sort,
    /// Whether the order is turned round, ids included.
    pub descending: bool,
    /// The most people on the page, from 1 to [`MAX_SIZE`].
    pub size: usize,
    /// Where the page before ended.
    pub after: Option<Token>,
}

/// Where a page ended, as an opaque text; it belongs to one list, whatever the size of its pages, and is no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token(pub String);

/// Somebody in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: UserId,
    /// The name it logs in with.
    pub username: String,
    /// The name that people see.
    pub display_name: String,
    /// Its e-mail address; may be empty.
    pub email: String,
    /// Whether the address was verified.
    pub verified: bool,
    /// Whether it can log in.
    pub enabled: bool,
    /// The highest of its roles.
    pub rank: Rank,
    /// When it last logged in.
    pub last_login: Option<Instant>,
}

/// Some of a list, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The people; fewer than asked for, even none, when few of many have what the filters want.
    pub people: Vec<Listed>,
    /// Where to go on; `None` at the end of the list.
    pub next: Option<Token>,
}

/// The value by which somebody is sorted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Mark {
    /// None but the id.
    Id,
    /// A comparison key.
    Text(String),
    /// A rank, a truth value or a time.
    Number(i64),
    /// Before all times.
    Never,
}

/// Where somebody stands in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The value by which it is sorted.
    pub mark: Mark,
    /// Its id.
    pub id: UserId,
}

impl Listing {
    /// Refuses what is malformed and what could not be answered quickly; the reason names the parameter.
    pub fn checked(&self) -> Result<(), Error> {
        if !(1..=MAX_SIZE).contains(&self.size) {
            return Err(Error::invalid("pageSize", format!("is not a number from 1 to {MAX_SIZE}.")));
        }
        let sorted_by = |allowed: &[Sort], problem: &str| {
            if allowed.contains(&self.sort) { Ok(()) } else { Err(Error::invalid("sortBy", problem)) }
        };
        match &self.text {
            Some(TextFilter::Prefix(text)) => {
                if name::key(text).is_empty() {
                    return Err(Error::invalid("text", "needs at least one character."));
                }
                let allowed = [Sort::Username, Sort::EmailAddress];
                sorted_by(&allowed, "must be Username or EmailAddress, whose beginning the text then is.")?;
            }
            Some(TextFilter::Part(text)) => {
                if name::key(text).chars().count() < MIN_PART {
                    let problem = format!("needs at least {MIN_PART} characters to be looked for in the middle.");
                    return Err(Error::invalid("text", problem));
                }
                sorted_by(&[Sort::Id], "must be Id where a text is looked for in the middle.")?;
            }
            None => {}
        }
        if self.role.is_some() {
            sorted_by(&[Sort::Id], "must be Id where only people with a role are listed.")?;
        }
        match self.last_login {
            Some(LoginFilter::Never) => {
                sorted_by(
                    &[Sort::Id, Sort::LastLogin],
                    "must be Id or LastLogin where only people who never logged in are listed.",
                )?;
            }
            Some(LoginFilter::Between { from, until }) => {
                if from.zip(until).is_some_and(|(from, until)| from >= until) {
                    return Err(Error::invalid("lastLoginUntil", "is not after lastLoginFrom."));
                }
                sorted_by(&[Sort::LastLogin], "must be LastLogin where only people who logged in at some time are listed.")?;
            }
            None => {}
        }
        self.place().map(drop)
    }

    /// Whether somebody belongs into the list, as far as it can be told from what a list shows. Of roles only the automatic ones can.
    pub fn admits(&self, person: &Listed) -> bool {
        let of_kind = match self.people {
            People::Everybody => true,
            People::Employees => person.rank > Rank::EndUser,
            People::EndUsers => person.rank == Rank::EndUser,
        };
        person.id != UserId::QUEUE
            && of_kind
            && self.verified.is_none_or(|verified| person.verified == verified)
            && self.enabled.is_none_or(|enabled| person.enabled == enabled)
            && (self.role != Some(role::VERIFIED) || person.verified)
            && self.last_login.is_none_or(|filter| filter.admits(person.last_login))
            && self.text.as_ref().is_none_or(|text| self.has_text(text, person))
    }

    fn has_text(&self, text: &TextFilter, person: &Listed) -> bool {
        match text {
            TextFilter::Prefix(prefix) => {
                let column = if self.sort == Sort::EmailAddress { &person.email } else { &person.username };
                name::key(column).starts_with(&name::key(prefix))
            }
            TextFilter::Part(part) => {
                let part = name::key(part);
                [&person.username, &person.display_name, &person.email].iter().any(|text| name::key(text).contains(&part))
            }
        }
    }

    /// Where somebody stands in this list.
    pub fn place_of(&self, person: &Listed) -> Place {
        let mark = match self.sort {
            Sort::Id => Mark::Id,
            Sort::Username => Mark::Text(name::key(&person.username)),
            Sort::EmailAddress => Mark::Text(name::key(&person.email)),
            Sort::Role => Mark::Number(person.rank as i64),
            Sort::IsEmailVerified => Mark::Number(person.verified.into()),
            Sort::LastLogin => person.last_login.map_or(Mark::Never, |instant| Mark::Number(instant.0)),
        };
        Place { mark, id: person.id }
    }

    /// The place that the token tells, if there is one.
    pub fn place(&self) -> Result<Option<Place>, Error> {
        let Some(Token(text)) = &self.after else { return Ok(None) };
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        let place = bytes.and_then(|bytes| {
            let (seal, rest) = bytes.split_first_chunk::<8>()?;
            Place::from_bytes(rest).filter(|place| self.seal(place).to_be_bytes() == *seal)
        });
        let problem = "is none that this list gave; leave it out for the first page.";
        place.map(Some).ok_or_else(|| Error::invalid("continuationToken", problem))
    }

    /// The token of a place.
    pub fn token(&self, place: &Place) -> Token {
        let mut bytes = self.seal(place).to_be_bytes().to_vec();
        bytes.extend(place.to_bytes());
        Token(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What tells the tokens of a list from those of others and from damaged ones. It may change from one release to the next.
    fn seal(&self, place: &Place) -> u64 {
        let Listing { people, text, role, verified, enabled, last_login, sort, descending, size: _, after: _ } = self;
        let mut hasher = DefaultHasher::new();
        (people, text, role, verified, enabled, last_login, sort, descending, place).hash(&mut hasher);
        hasher.finish()
    }
}

impl LoginFilter {
    fn admits(self, login: Option<Instant>) -> bool {
        match (self, login) {
            (LoginFilter::Never, login) => login.is_none(),
            (LoginFilter::Between { .. }, None) => false,
            (LoginFilter::Between { from, until }, Some(login)) => {
                from.is_none_or(|from| from <= login) && until.is_none_or(|until| login < until)
            }
        }
    }
}

impl Place {
    /// The id, the kind of the mark, and its value.
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.id.0.to_be_bytes().to_vec();
        match &self.mark {
            Mark::Id => bytes.push(0),
            Mark::Never => bytes.push(1),
            Mark::Number(number) => {
                bytes.push(2);
                bytes.extend(number.to_be_bytes());
            }
            Mark::Text(text) => {
                bytes.push(3);
                bytes.extend(text.as_bytes());
            }
        }
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Place> {
        let (id, rest) = bytes.split_first_chunk::<4>()?;
        let (kind, value) = rest.split_first()?;
        let mark = match (kind, value) {
            (0, []) => Mark::Id,
            (1, []) => Mark::Never,
            (2, number) => Mark::Number(i64::from_be_bytes(number.try_into().ok()?)),
            (3, text) => Mark::Text(String::from_utf8(text.to_vec()).ok()?),
            _ => return None,
        };
        Some(Place { mark, id: UserId(i32::from_be_bytes(*id)) })
    }
}
