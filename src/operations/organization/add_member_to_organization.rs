//! AddMemberToOrganization.

use super::results::{OrganizationInfoMemberResult, organization};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::organization::MemberKind;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Adds a filter by which members of an organization are recognised, and answers its id.
    writes AddMemberToOrganization by Administrator {
        /// The organization.
        organization_id as "organizationID": i32,
        /// 0 user name, 1 e-mail address, 2 domain of the address, 3 telephone number.
        kind as "type": i32,
        /// The name, address, domain or number.
        value: Option<String>,
    } -> OrganizationInfoMemberResult
}

impl Writes for AddMemberToOrganization {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<OrganizationInfoMemberResult, Error> {
        let kind = MemberKind::numbered(self.kind)
            .ok_or_else(|| Error::invalid("type", "must be 0 user name, 1 e-mail address, 2 domain or 3 telephone number."))?;
        let value = kind.checked(self.value.as_deref().unwrap_or_default());
        let value = value.map_err(|problem| Error::invalid("value", problem))?;
        let organization = organization(tx, self.organization_id)?;
        let id = tx.put_member(organization.id, kind, &value)?;
        Ok(OrganizationInfoMemberResult { id, ..OrganizationInfoMemberResult::default() })
    }
}
