//! The record types of the service about batch imports and exports.

use crate::contract::{DateTime, Secret, enumeration, record};
use crate::operations::FieldError;

enumeration! {
    /// What the rows of an import may do.
    ImportMode {
        /// Make people. One that is there already is a duplicate.
        Create,
        /// Change people. A row whose person is not there fails.
        Update,
        /// Make those that are not there, and change the others.
        Upsert,
        /// The same; at the end the people of the scope who were in no row are disabled or removed.
        Sync,
    }
}

enumeration! {
    /// The column by which a row's person is found.
    ImportKey {
        /// The user name.
        Username,
        /// The e-mail address; a row fails if several people have it.
        EmailAddress,
        /// The key of the other system.
        ExternalId,
    }
}

enumeration! {
    /// What becomes of a row whose person was in an earlier row or, with mode Create, is there already.
    DuplicateRows {
        /// It fails.
        Fail,
        /// It is passed over.
        Skip,
        /// It changes the person.
        Update,
    }
}

enumeration! {
    /// What an empty value means.
    EmptyValues {
        /// The setting stays as it is; that of a new person has its default.
        Keep,
        /// The setting has its default again; roles and groups are taken away. User names, passwords and addresses that are required stay.
        Clear,
    }
}

enumeration! {
    /// Whom an import or export is about.
    ImportScope {
        /// Everybody but the queue.
        All,
        /// People with an employee role.
        Employees,
        /// People without.
        Users,
    }
}

enumeration! {
    /// What becomes of people who are missing in a sync.
    MissingPeople {
        /// They are disabled.
        Disable,
        /// They are removed for good.
        Remove,
    }
}

enumeration! {
    /// How far an import is.
    ImportState {
        /// It takes rows.
        Open,
        /// All rows came; FinishImport goes on with those who are missing.
        Ending,
        /// It is done.
        Finished,
        /// It was cancelled; what was done stays.
        Cancelled,
    }
}

enumeration! {
    /// What came of a row.
    RowOutcome {
        /// A person was made.
        Created,
        /// A person was changed.
        Updated,
        /// The person is so already.
        Unchanged,
        /// The row was passed over; Errors says why.
        Skipped,
        /// The row was refused, and nothing of it was done; Errors says why.
        Failed,
        /// Somebody who was in no row was disabled.
        Disabled,
        /// Somebody who was in no row was removed.
        Removed,
    }
}

record! {
    /// The finer points of an import; each has a usual value.
    class ImportOptions {
        /// The column by which people are found; Username unless said.
        key as "Key": Option<ImportKey>,
        /// What becomes of duplicates; Fail unless said.
        on_duplicate as "OnDuplicate": Option<DuplicateRows>,
        /// What an empty value means; Keep unless said.
        empty_values as "EmptyValues": Option<EmptyValues>,
        /// Whose list is complete; required with mode Sync, and only there.
        scope as "Scope": Option<ImportScope>,
        /// What becomes of people who are missing; Disable unless said.
        missing as "Missing": Option<MissingPeople>,
        /// The most people that may be missing, in per cent of the scope; 5 unless said. If there are more, nobody is disabled or removed.
        most_missing as "MostMissing": Option<i32>,
        /// Whether columns that are unknown or read only are passed over rather than refused.
        ignore_unknown as "IgnoreUnknownColumns": Option<bool>,
        /// Whether new people may come without a password; they are forced to change the one that an administrator gives them.
        force_reset as "ForceReset": Option<bool>,
    }
}

record! {
    /// A row of an import.
    class ImportRow {
        /// A value for each column; empty where there is none.
        values as "Values": Option<Vec<Secret>>,
    }
}

record! {
    /// An import: what was asked, how far it is, and what came of its rows.
    class Import {
        /// Its id; 0 if nothing of it was kept.
        import_id as "ImportId": i32,
        /// By which its caller knows it again.
        idempotency_key as "IdempotencyKey": Option<String>,
        /// What it is called.
        name as "Name": Option<String>,
        /// What tells whether its source is still the same.
        fingerprint as "Fingerprint": Option<String>,
        /// Its columns; those that are passed over are empty.
        columns as "Columns": Option<Vec<String>>,
        /// What its rows may do.
        mode as "Mode": ImportMode,
        /// Whether all of it is undone again.
        rehearse as "Rehearse": bool,
        /// How far it is.
        state as "State": ImportState,
        /// Rows taken so far; the next one is the row after. At the end of a sync, those who are missing are counted on.
        rows as "Rows": i32,
        /// People made.
        created as "Created": i32,
        /// People changed.
        updated as "Updated": i32,
        /// People who were so already.
        unchanged as "Unchanged": i32,
        /// Rows passed over.
        skipped as "Skipped": i32,
        /// Rows refused.
        failed as "Failed": i32,
        /// People disabled because they were in no row.
        disabled as "Disabled": i32,
        /// People removed because they were in no row.
        removed as "Removed": i32,
        /// Who began it.
        by_user_id as "ByUserId": i32,
        /// When it was begun.
        begun_at as "BegunAt": DateTime,
        /// When it was finished or cancelled; left out before.
        ended_at as "EndedAt": Option<DateTime>,
        /// What the numbers do not tell; mostly left out.
        notice as "Notice": Option<String>,
    }
}

record! {
    /// What came of a row.
    class ImportRowResult {
        /// The row's number, from 1.
        row as "Row": i32,
        /// The value by which its person is found.
        key as "Key": Option<String>,
        /// What came of it.
        outcome as "Outcome": RowOutcome,
        /// The person; 0 where there is none.
        user_id as "UserId": i32,
        /// The names of what is different now.
        changed as "Changed": Option<Vec<String>>,
        /// What is wrong, by column; the codes and words are those of single operations.
        errors as "Errors": Option<Vec<FieldError>>,
    }
}

record! {
    /// An import, and what came of rows.
    answer ImportResult {
        /// The import as it is now.
        import as "Import": Option<Import>,
        /// What came of the rows that were asked about, in their order.
        results as "Results": Option<Vec<ImportRowResult>>,
        /// Whether nothing was kept: it was a rehearsal, or a row failed where all or none was asked for.
        undone as "Undone": bool,
        /// Whether there are results of later rows.
        has_more as "HasMore": bool,
    }
}

record! {
    /// Imports.
    answer ImportsResult {
        /// The imports, the last begun first.
        imports as "Imports": Option<Vec<Import>>,
    }
}

record! {
    /// A person as a row that an import reads.
    class ExportedRow {
        /// A value for each column; empty where there is none.
        values as "Values": Option<Vec<String>>,
    }
}

record! {
    /// A part of an export.
    answer ExportResult {
        /// The columns.
        columns as "Columns": Option<Vec<String>>,
        /// The people, in the order of their ids.
        rows as "Rows": Option<Vec<ExportedRow>>,
        /// What the next call is given as continuationToken; left out after the last part.
        continuation_token as "ContinuationToken": Option<String>,
    }
}
