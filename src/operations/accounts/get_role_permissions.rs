//! GetRolePermissions.

use super::records::{Permission, PermissionArea, RolePermissionsResult};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::RoleId;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the permissions of a role.
    reads GetRolePermissions by Administrator {
        /// The role.
        role_id as "roleId": i16,
    } -> RolePermissionsResult
}

impl Reads for GetRolePermissions {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<RolePermissionsResult, Error> {
        let role = read.role(RoleId(self.role_id))?.ok_or(Error::NotFound { parameter: "roleId", what: "role" })?;
        let permissions = read.all_permissions(role.id)?;
        let permission = |(area, category_id, name)| Permission {
            area: PermissionArea::from(area),
            category_id: Some(category_id),
            name: Some(name),
        };
        let permissions = Some(permissions.into_iter().map(permission).collect());
        Ok(RolePermissionsResult { permissions, ..RolePermissionsResult::default() })
    }
}
