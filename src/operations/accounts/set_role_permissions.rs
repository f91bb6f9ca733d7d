//! SetRolePermissions.

use super::records::{DoneResult, Permission};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::RoleId;
use crate::domain::permission::Area;
use crate::operations::people::{check_category, permission_names};
use crate::operations::{Context, Writes};
use crate::store::Write;
use std::collections::BTreeMap;

operation! {
    /// Replaces all permissions of a role; an unknown one changes nothing. Their names are in docs/permissions.md.
    writes SetRolePermissions by Administrator {
        /// The role.
        role_id as "roleId": i16,
        /// All that the role is to have; required, and may be empty.
        permissions: Option<Vec<Permission>>,
    } -> DoneResult
}

impl Writes for SetRolePermissions {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<DoneResult, Error> {
        let mut wanted: BTreeMap<(Area, i32), Vec<String>> = BTreeMap::new();
        let mut problems = Vec::new();
        if self.permissions.is_none() {
            problems.push(Error::invalid("permissions", "is required; an empty list takes all of them away."));
        }
        for (at, Permission { area, category_id, name }) in self.permissions.as_deref().unwrap_or_default().iter().enumerate() {
            let (area, category) = (Area::from(*area), category_id.unwrap_or_default());
            let name = name.clone().unwrap_or_default();
            let names = permission_names(tx, "permissions", area, std::slice::from_ref(&name));
            match names.and_then(|names| check_category("permissions", area, category).map(|()| names)) {
                Ok(names) => wanted.entry((area, category)).or_default().extend(names),
                Err(problem) if problem.field().is_none() => return Err(problem),
                Err(problem) => problems.push(problem.about(at, &name)),
            }
        }
        if tx.role(RoleId(self.role_id))?.is_none() {
            problems.push(Error::NotFound { parameter: "roleId", what: "role" });
        }
        Error::all(problems)?;
        let id = RoleId(self.role_id);
        for (area, category, _) in tx.all_permissions(id)? {
            wanted.entry((area, category)).or_default();
        }
        for ((area, category), names) in &wanted {
            tx.replace_permissions(id, *area, *category, names)?;
        }
        Ok(DoneResult::default())
    }
}
