//! GetOrganizationByName.

use super::results::OrganizationInfoResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::name;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Reads a customer organization by its name, without regard to case.
    reads GetOrganizationByName by Employee {
        /// The name.
        organization_name as "organizationName": Option<String>,
    } -> OrganizationInfoResult
}

impl Reads for GetOrganizationByName {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<OrganizationInfoResult, Error> {
        let id = read.organization_id_by_name(&name::key(self.organization_name.as_deref().unwrap_or_default()))?;
        let found = id.map(|id| read.organization(id)).transpose()?.flatten();
        Ok(found.ok_or(Error::NotFound { parameter: "organizationName", what: "organization" })?.into())
    }
}
