//! RemoveMemberFromOrganization.

use super::results::OrganizationInfoMemberResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Removes a filter by which members of an organization are recognised.
    writes RemoveMemberFromOrganization by Administrator {
        /// The id of the filter.
        organization_member_id as "organizationMemberID": i32,
    } -> OrganizationInfoMemberResult
}

impl Writes for RemoveMemberFromOrganization {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<OrganizationInfoMemberResult, Error> {
        let id = self.organization_member_id;
        if !tx.member_exists(id)? {
            return Err(Error::NotFound { parameter: "organizationMemberID", what: "organization member" });
        }
        tx.delete_member(id)?;
        Ok(OrganizationInfoMemberResult { id, ..OrganizationInfoMemberResult::default() })
    }
}
