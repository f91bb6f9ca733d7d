//! GetOrganizationByID.

use super::results::{OrganizationInfoResult, organization};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Reads a customer organization by its id.
    reads GetOrganizationByID by Employee {
        /// The organization.
        organization_id as "organizationID": i32,
    } -> OrganizationInfoResult
}

impl Reads for GetOrganizationByID {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<OrganizationInfoResult, Error> {
        Ok(organization(read, self.organization_id)?.into())
    }
}
