//! RemoveOrganization.

use super::results::{OrganizationInfoResult, organization};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Removes a customer organization with its filters.
    writes RemoveOrganization by Administrator {
        /// The organization.
        organization_id as "organizationID": i32,
    } -> OrganizationInfoResult
}

impl Writes for RemoveOrganization {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<OrganizationInfoResult, Error> {
        let organization = organization(tx, self.organization_id)?;
        tx.delete_organization(organization.id)?;
        Ok(organization.into())
    }
}
