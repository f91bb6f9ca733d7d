//! SetReportPermissions.

use super::permissions::replace;
use super::results::GenericResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::permission::Area;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Replaces what a role may do in the area: reports; the names are the ids of the reports.
    writes SetReportPermissions by Administrator {
        /// Ids of the reports; all others are denied.
        allowed_permissions as "allowedPermissions": Option<Vec<String>>,
        /// The role.
        role_id as "roleID": i16,
    } -> GenericResult
}

impl Writes for SetReportPermissions {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<GenericResult, Error> {
        replace(tx, self.role_id, Area::Report, 0, self.allowed_permissions.as_deref())
    }
}
