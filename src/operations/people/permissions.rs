//! The names of permissions, checked against the catalogue.

use crate::domain::Error;
use crate::domain::permission::Area;
use crate::store::Read;

/// The names as the catalogue spells them, or the error that names the parameter and the known ones.
pub fn permission_names(read: &dyn Read, parameter: &'static str, area: Area, names: &[String]) -> Result<Vec<String>, Error> {
    let known = known(read, area)?;
    let mut found = Vec::new();
    for name in names {
        match known.iter().find(|known| known.eq_ignore_ascii_case(name.trim())) {
            Some(known) => found.push(known.clone()),
            None => {
                let known = if known.is_empty() { "none yet".to_owned() } else { known.join(", ") };
                let problem = format!("'{name}' is no permission of the area {}; known: {known}.", area.name());
                return Err(Error::invalid(parameter, problem));
            }
        }
    }
    Ok(found)
}

/// Fails unless the area has such a category: only KB has any.
pub fn check_category(parameter: &'static str, area: Area, category: i32) -> Result<(), Error> {
    match category {
        0 => Ok(()),
        ..0 => Err(Error::invalid(parameter, "is negative; 0 is all categories.")),
        _ if area == Area::Kb => Ok(()),
        _ => {
            Err(Error::invalid(parameter, format!("is {category}, and the area {} has no categories; 0 is right.", area.name())))
        }
    }
}

/// The names of an area: those of the catalogue, or the ids of the reports.
fn known(read: &dyn Read, area: Area) -> Result<Vec<String>, Error> {
    if area == Area::Report {
        return Ok(read.reports()?.into_iter().map(|report| report.id).collect());
    }
    Ok(area.permissions().map(|permission| permission.name.to_owned()).collect())
}
