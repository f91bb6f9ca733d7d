//! What the ten operations that set permissions share.

use super::results::GenericResult;
use crate::domain::Error;
use crate::domain::ids::RoleId;
use crate::domain::permission::Area;
use crate::store::Write;

/// Replaces the permissions of a role in an area and category; an unknown name changes nothing and is answered with the known ones.
pub fn replace(
    tx: &mut dyn Write,
    role: i16,
    area: Area,
    category: i32,
    names: Option<&[String]>,
) -> Result<GenericResult, Error> {
    let known = known(tx, area)?;
    let mut allowed = Vec::new();
    for name in names.unwrap_or_default() {
        match known.iter().find(|known| known.eq_ignore_ascii_case(name.trim())) {
            Some(known) => allowed.push(known.clone()),
            None => {
                let known = if known.is_empty() { "none yet".to_owned() } else { known.join(", ") };
                let problem = format!("'{name}' is no permission of the area {}; known: {known}.", area.name());
                return Err(Error::invalid("allowedPermissions", problem));
            }
        }
    }
    if category < 0 {
        return Err(Error::invalid("categoryID", "is negative; 0 is all categories."));
    }
    let role = tx.role(RoleId(role))?.ok_or(Error::NotFound { parameter: "roleID", what: "role" })?;
    tx.replace_permissions(role.id, area, category, &allowed)?;
    Ok(GenericResult::default())
}

/// The names of an area: those of the catalogue, or the ids of the reports.
fn known(tx: &dyn Write, area: Area) -> Result<Vec<String>, Error> {
    if area == Area::Report {
        return Ok(tx.reports()?.into_iter().map(|report| report.id).collect());
    }
    Ok(area.permissions().map(|permission| permission.name.to_owned()).collect())
}
