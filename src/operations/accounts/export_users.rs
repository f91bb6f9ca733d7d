//! ExportUsers.

use super::importing::people_of;
use super::records_of_imports::{ExportResult, ExportedRow, ImportScope};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::UserId;
use crate::domain::listing::{Listing, Sort, Token};
use crate::operations::people::export::Exporting;
use crate::operations::{Context, Reads};
use crate::store::Read;

/// How many people come when that is not said.
const USUAL: i32 = 100;

operation! {
    /// Answers people as rows that ImportUsers and AppendImport read; imported again, they change nothing. Passwords are never among them,
    /// their hashes only if the column PasswordHash is asked for.
    reads ExportUsers by Administrator {
        /// Whom; All unless said.
        scope: Option<ImportScope>,
        /// The columns, as of an import; all but pictures and hashes unless said.
        columns: Option<Vec<String>>,
        /// The most people of this part, 1 to 1000; 100 unless said.
        max: Option<i32>,
        /// The token of the part before; left out for the first one.
        continuation_token as "continuationToken": Option<String>,
    } -> ExportResult
}

impl Reads for ExportUsers {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<ExportResult, Error> {
        let exporting = Exporting::new(self.columns.as_deref().unwrap_or_default(), read)?;
        let listing = Listing {
            people: people_of(self.scope.unwrap_or_default()),
            text: None,
            role: None,
            verified: None,
            enabled: None,
            last_login: None,
            sort: Sort::Id,
            descending: false,
            size: usize::try_from(self.max.unwrap_or(USUAL)).unwrap_or_default(),
            after: self.continuation_token.clone().filter(|token| !token.is_empty()).map(Token),
        };
        listing.checked().map_err(|error| match error.field() {
            Some("pageSize") => Error::invalid("max", "must be from 1 to 1000."),
            _ => error,
        })?;
        let page = read.people(&listing)?;
        let mut rows = Vec::with_capacity(page.people.len());
        for UserId(id) in page.people.iter().map(|person| person.id) {
            rows.extend(exporting.row(id, context, read)?.map(|values| ExportedRow { values: Some(values) }));
        }
        Ok(ExportResult {
            columns: Some(exporting.columns()),
            rows: Some(rows),
            continuation_token: page.next.map(|Token(token)| token),
            ..ExportResult::default()
        })
    }
}
