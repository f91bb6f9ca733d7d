//! EditOrganization.

use super::results::{OrganizationInfoResult, organization};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::organization::Changes;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Changes a customer organization by Key=Value: Name, PhoneNumber, Website.
    writes EditOrganization by Administrator {
        /// The organization.
        organization_id as "organizationID": i32,
        /// Key=Value; what is not named stays.
        values_to_change as "valuesToChange": Option<Vec<String>>,
    } -> OrganizationInfoResult
}

impl Writes for EditOrganization {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<OrganizationInfoResult, Error> {
        let changes = Changes::parse("valuesToChange", self.values_to_change.as_deref().unwrap_or_default())?;
        let mut organization = organization(tx, self.organization_id)?;
        changes.apply(&mut organization);
        if tx.organization_id_by_name(organization.name.key())?.is_some_and(|other| other != organization.id) {
            return Err(Error::Taken { parameter: "Name".to_owned() });
        }
        tx.update_organization(&organization)?;
        Ok(organization.into())
    }
}
