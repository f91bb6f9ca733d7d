//! ListEmployees.

use super::listing::{Asked, page};
use super::records::{ListUsersResult, SortBy, TextMatch};
use crate::contract::{DateTime, operation};
use crate::domain::Error;
use crate::domain::listing::People;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the people who hold an employee role, as ListUsers lists all.
    reads ListEmployees by Administrator {
        /// A text that is looked for without regard to case; no character of it has a special meaning.
        text: Option<String>,
        /// Where the text is looked for; Prefix, of the user name, unless said.
        text_match as "textMatch": Option<TextMatch>,
        /// Only people who hold this role; sorted by Id.
        role_id as "roleId": Option<i16>,
        /// Only people whose address was verified, or was not.
        is_email_verified as "isEmailVerified": Option<bool>,
        /// Only people who can log in, or who cannot.
        enabled: Option<bool>,
        /// Only people who last logged in at this time or later; sorted by LastLogin.
        last_login_from as "lastLoginFrom": Option<DateTime>,
        /// Only people who last logged in before this time; sorted by LastLogin.
        last_login_until as "lastLoginUntil": Option<DateTime>,
        /// Only people who never logged in; sorted by Id or LastLogin.
        never_logged_in as "neverLoggedIn": Option<bool>,
        /// What the list is sorted by; unless said, what goes with the filters, which is Id for most. People who are equal in it are in the order of their ids.
        sort_by as "sortBy": Option<SortBy>,
        /// Whether the order is turned round.
        descending: Option<bool>,
        /// The most people of this page, 1 to 1000; 100 unless said.
        page_size as "pageSize": Option<i32>,
        /// The token of the page before; left out for the first one.
        continuation_token as "continuationToken": Option<String>,
    } -> ListUsersResult
}

impl Reads for ListEmployees {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<ListUsersResult, Error> {
        let asked = Asked {
            people: People::Employees,
            text: self.text.as_deref(),
            text_match: self.text_match,
            role_id: self.role_id,
            is_email_verified: self.is_email_verified,
            enabled: self.enabled,
            last_login_from: self.last_login_from.as_ref(),
            last_login_until: self.last_login_until.as_ref(),
            never_logged_in: self.never_logged_in,
            sort_by: self.sort_by,
            descending: self.descending,
            page_size: self.page_size,
            continuation_token: self.continuation_token.as_deref(),
        };
        page(&asked, read)
    }
}
