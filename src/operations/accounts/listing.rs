//! What ListUsers and ListEmployees share.

use super::conversions::moment;
use super::records::{ListUsersResult, ListedRole, ListedUser, SortBy, TextMatch};
use crate::contract::DateTime;
use crate::domain::Error;
use crate::domain::ids::RoleId;
use crate::domain::listing::{Listed, Listing, LoginFilter, People, Sort, TextFilter, Token};
use crate::domain::time::Instant;
use crate::store::Read;

/// How many people come on a page when that is not said.
const USUAL: i32 = 100;

/// The parameters of a list.
pub struct Asked<'a> {
    pub people: People,
    pub text: Option<&'a str>,
    pub text_match: Option<TextMatch>,
    pub role_id: Option<i16>,
    pub is_email_verified: Option<bool>,
    pub enabled: Option<bool>,
    pub last_login_from: Option<&'a DateTime>,
    pub last_login_until: Option<&'a DateTime>,
    pub never_logged_in: Option<bool>,
    pub sort_by: Option<SortBy>,
    pub descending: Option<bool>,
    pub page_size: Option<i32>,
    pub continuation_token: Option<&'a str>,
}

/// The page that is asked for.
pub fn page(asked: &Asked<'_>, read: &dyn Read) -> Result<ListUsersResult, Error> {
    let listing = asked.listing()?;
    listing.checked()?;
    if let Some(role) = listing.role
        && read.role(role)?.is_none()
    {
        return Err(Error::NotFound { parameter: "roleId", what: "role" });
    }
    let page = read.people(&listing)?;
    Ok(ListUsersResult {
        users: Some(page.people.into_iter().map(ListedUser::from).collect()),
        continuation_token: page.next.map(|Token(token)| token),
        ..ListUsersResult::default()
    })
}

impl Asked<'_> {
    fn listing(&self) -> Result<Listing, Error> {
        let text = self.text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let text = text.map(|text| match self.text_match.unwrap_or_default() {
            TextMatch::Prefix => TextFilter::Prefix(text),
            TextMatch::Part => TextFilter::Part(text),
        });
        let size = usize::try_from(self.page_size.unwrap_or(USUAL)).unwrap_or_default();
        let last_login = self.last_login()?;
        Ok(Listing {
            people: self.people,
            role: self.role_id.map(RoleId),
            verified: self.is_email_verified,
            enabled: self.enabled,
            last_login,
            sort: self.sort_by.map_or_else(|| usual_sort(text.as_ref(), last_login), Sort::from),
            descending: self.descending.unwrap_or_default(),
            text,
            size,
            after: self.continuation_token.filter(|token| !token.is_empty()).map(|token| Token(token.to_owned())),
        })
    }

    fn last_login(&self) -> Result<Option<LoginFilter>, Error> {
        let from = instant("lastLoginFrom", self.last_login_from)?;
        let until = instant("lastLoginUntil", self.last_login_until)?;
        let between = from.or(until).map(|_| LoginFilter::Between { from, until });
        match (self.never_logged_in, between) {
            (Some(true), Some(_)) => Err(Error::invalid("neverLoggedIn", "goes with neither lastLoginFrom nor lastLoginUntil.")),
            (Some(true), None) => Ok(Some(LoginFilter::Never)),
            (_, between) => Ok(between),
        }
    }
}

/// The order in which a list comes when none is asked for: the one that goes with its filters.
fn usual_sort(text: Option<&TextFilter>, last_login: Option<LoginFilter>) -> Sort {
    match (text, last_login) {
        (Some(TextFilter::Prefix(_)), _) => Sort::Username,
        (_, Some(LoginFilter::Between { .. })) => Sort::LastLogin,
        _ => Sort::Id,
    }
}

fn instant(parameter: &'static str, given: Option<&DateTime>) -> Result<Option<Instant>, Error> {
    let parsed =
        given.map(|DateTime(text)| Instant::parse(text).ok_or_else(|| Error::invalid(parameter, "is no point in time.")));
    parsed.transpose()
}

impl From<SortBy> for Sort {
    fn from(sort: SortBy) -> Self {
        match sort {
            SortBy::Id => Sort::Id,
            SortBy::Username => Sort::Username,
            SortBy::EmailAddress => Sort::EmailAddress,
            SortBy::Role => Sort::Role,
            SortBy::IsEmailVerified => Sort::IsEmailVerified,
            SortBy::LastLogin => Sort::LastLogin,
        }
    }
}

impl From<Listed> for ListedUser {
    fn from(person: Listed) -> Self {
        ListedUser {
            user_id: person.id.0,
            username: Some(person.username),
            display_name: Some(person.display_name),
            email_address: Some(person.email),
            role: ListedRole::from(person.rank),
            is_email_verified: person.verified,
            enabled: person.enabled,
            last_login: person.last_login.and_then(moment),
        }
    }
}
