//! CreateOrganization.

use super::results::OrganizationInfoResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::organization::Organization;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Creates a customer organization from Key=Value: Name, PhoneNumber, Website.
    writes CreateOrganization by Administrator {
        /// Key=Value; Name is required and unique without regard to case.
        values: Option<Vec<String>>,
    } -> OrganizationInfoResult
}

impl Writes for CreateOrganization {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<OrganizationInfoResult, Error> {
        let items = self.values.as_deref().unwrap_or_default();
        let organization = Organization::parse("values", items)?;
        if tx.organization_id_by_name(organization.name.key())?.is_some() {
            return Err(Error::Taken { parameter: "Name".to_owned() });
        }
        let id = tx.insert_organization(&organization)?;
        Ok(Organization { id, ..organization }.into())
    }
}
