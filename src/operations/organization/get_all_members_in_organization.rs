//! GetAllMembersInOrganization.

use super::results::{OrganizationMemberInfoArrayResult, list, organization};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the filters by which members of an organization are recognised.
    reads GetAllMembersInOrganization by Employee {
        /// The organization.
        organization_id as "organizationID": i32,
    } -> OrganizationMemberInfoArrayResult
}

impl Reads for GetAllMembersInOrganization {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<OrganizationMemberInfoArrayResult, Error> {
        let organization_members = list(read.members(organization(read, self.organization_id)?.id)?);
        Ok(OrganizationMemberInfoArrayResult { organization_members, ..OrganizationMemberInfoArrayResult::default() })
    }
}
