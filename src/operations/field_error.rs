//! `FieldError`, the one record that every service of our own has: what is wrong with a parameter or a field of it (R29).

use crate::contract::{FieldFailure, record};

record! {
    /// What is wrong with a parameter, or with a field of one.
    class FieldError {
        /// The parameter or field.
        field as "Field": Option<String>,
        /// The reason's number, as in ResultCode.
        code as "Code": i32,
        /// What is wrong.
        message as "Message": Option<String>,
    }
}

impl From<FieldFailure> for FieldError {
    fn from(failure: FieldFailure) -> Self {
        FieldError { field: Some(failure.field), code: failure.code, message: Some(failure.message) }
    }
}
