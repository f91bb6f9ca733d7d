//! GetEffectivePermissions.

use super::records::{EffectivePermission, EffectivePermissionsResult, Role};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::permission::Area;
use crate::operations::people::user;
use crate::operations::{Context, Reads};
use crate::store::Read;
use std::collections::BTreeMap;

operation! {
    /// Lists what a person is permitted by any of its roles, each permission with the roles that grant it.
    reads GetEffectivePermissions by Administrator {
        /// The person.
        user_id as "userId": i32,
    } -> EffectivePermissionsResult
}

impl Reads for GetEffectivePermissions {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<EffectivePermissionsResult, Error> {
        let user = user(read, "userId", self.user_id)?;
        let mut granted: BTreeMap<(Area, i32, String), Vec<Role>> = BTreeMap::new();
        for role in user.roles() {
            for permission in read.all_permissions(role.id)? {
                granted.entry(permission).or_default().push(Role::from(&role));
            }
        }
        let permission = |((area, category_id, name), roles): ((Area, i32, String), Vec<Role>)| EffectivePermission {
            area: area.into(),
            category_id,
            name: Some(name),
            granted_by: Some(roles),
        };
        let permissions = Some(granted.into_iter().map(permission).collect());
        Ok(EffectivePermissionsResult { permissions, ..EffectivePermissionsResult::default() })
    }
}
