//! What the ten operations that set permissions share.

use super::results::GenericResult;
use crate::domain::Error;
use crate::domain::ids::RoleId;
use crate::domain::permission::Area;
use crate::operations::people::{check_category, permission_names};
use crate::store::Write;

/// Replaces the permissions of a role in an area and category; an unknown name changes nothing and is answered with the known ones.
pub fn replace(
    tx: &mut dyn Write,
    role: i16,
    area: Area,
    category: i32,
    names: Option<&[String]>,
) -> Result<GenericResult, Error> {
    let allowed = permission_names(tx, "allowedPermissions", area, names.unwrap_or_default())?;
    check_category("categoryID", area, category)?;
    let role = tx.role(RoleId(role))?.ok_or(Error::NotFound { parameter: "roleID", what: "role" })?;
    tx.replace_permissions(role.id, area, category, &allowed)?;
    Ok(GenericResult::default())
}
