//! The imports' part of the store's waist: jobs, what came of their rows, and who was in them.

use crate::domain::Error;
use crate::domain::ids::{ImportId, UserId};
use crate::domain::import::{Job, RowResult};
use crate::domain::listing::People;

/// What can be asked about imports.
pub trait ReadImports {
    /// A job.
    fn import(&self, id: ImportId) -> Result<Option<Job>, Error>;
    /// The job that its caller knows by this key.
    fn import_by_key(&self, idempotency_key: &str) -> Result<Option<Job>, Error>;
    /// Up to `most` jobs, the last begun first; only those that are not ended if `open`.
    fn imports(&self, open: bool, most: usize) -> Result<Vec<Job>, Error>;
    /// Up to `most` results of a job that come after row `after`, in their order.
    fn import_results(&self, id: ImportId, after: i32, most: usize) -> Result<Vec<RowResult>, Error>;
    /// The row of the job that the person was in, if it was in one.
    fn import_row_of(&self, id: ImportId, user: UserId) -> Result<Option<i32>, Error>;
    /// The row of a rehearsal that had this key, as names are compared.
    fn import_row_of_key(&self, id: ImportId, key: &str) -> Result<Option<i32>, Error>;
    /// How many people of the scope are enabled, or there at all if `disabled_too`; the queue does not count. It walks through all of them.
    fn count_people(&self, scope: People, disabled_too: bool) -> Result<i64, Error>;
    /// Up to `most` of them who were in no row of the job, by id from above `after`. It walks through all of them.
    fn missing_people(
        &self,
        id: ImportId,
        scope: People,
        disabled_too: bool,
        after: UserId,
        most: usize,
    ) -> Result<Vec<UserId>, Error>;
}

/// What can be changed of imports.
pub trait WriteImports {
    /// Makes a job. Unless it is a rehearsal, it is noted in the feed of changes.
    fn insert_import(&mut self, job: &Job) -> Result<ImportId, Error>;
    /// Keeps a job's state and counts.
    fn update_import(&mut self, job: &Job) -> Result<(), Error>;
    /// Keeps what came of rows.
    fn put_import_results(&mut self, id: ImportId, results: &[RowResult]) -> Result<(), Error>;
    /// Notes that a person was in a row; the first one stays.
    fn put_import_person(&mut self, id: ImportId, user: UserId, number: i32) -> Result<(), Error>;
    /// Notes the key of a row of a rehearsal, as names are compared; the first row stays.
    fn put_import_key(&mut self, id: ImportId, key: &str, number: i32) -> Result<(), Error>;
    /// Says that the changes that follow are part of an import.
    fn within_import(&mut self, id: Option<ImportId>);
}
