//! The part of a seed that is about people: roles, permissions, persons, memberships.

use super::apply::{Applying, same};
use super::{Person, Role};
use crate::domain::Error;
use crate::domain::change::check_email;
use crate::domain::name::{self, Name};
use crate::domain::permission::Area;
use crate::domain::structure::Group;
use crate::domain::user::User;
use crate::operations::organization::{AddRole, AddRoleToUser, replace_permissions};
use crate::operations::structure::SetMembership;
use crate::store::{Read, Write};

/// The ids of the roles with these names.
pub(super) fn role_ids(read: &dyn Read, key: &str, names: &[String]) -> Result<Vec<i16>, Error> {
    let id = |role: &String| match read.role_id_by_name(&name::key(role))? {
        Some(id) => Ok(id.0),
        None => Err(Error::invalid(key, format!("there is no role '{role}'."))),
    };
    names.iter().map(id).collect()
}

pub(super) fn apply_role(all: &mut Applying<'_, '_>, wanted: &Role) -> Result<(), Error> {
    if all.tx.role_id_by_name(&name::key(&wanted.name))?.is_none() {
        all.create(&AddRole { role_name: Some(wanted.name.clone()), employee_role: wanted.employee })?;
    }
    let id = match all.tx.role_id_by_name(&name::key(&wanted.name))? {
        Some(id) => id,
        None => return Err(Error::internal("a role that was made is not there")),
    };
    for (key, names) in &wanted.permissions {
        let (area, category) = area(key)?;
        let names = if area == Area::Report { report_ids(all.tx, names)? } else { names.clone() };
        let present = all.tx.permissions(id, area, category)?;
        replace_permissions(all.tx, id.0, area, category, Some(&names))?;
        all.applied.changed += usize::from(all.tx.permissions(id, area, category)? != present);
    }
    Ok(())
}

/// An area by its name, with the category after a blank in the area KB.
fn area(key: &str) -> Result<(Area, i32), Error> {
    let (name, category) = match key.trim().split_once(' ') {
        Some((name, category)) => (name, category.trim().parse().ok().filter(|category| *category > 0)),
        None => (key.trim(), Some(0)),
    };
    match (Area::named(name), category) {
        (Some(area), Some(0)) => Ok((area, 0)),
        (Some(Area::Kb), Some(category)) => Ok((Area::Kb, category)),
        _ => {
            let known = Area::ALL.map(Area::name).join(", ");
            Err(Error::invalid(
                "permissions",
                format!("'{key}' is no area; known: {known}, and KB with a category, as in 'KB 7'."),
            ))
        }
    }
}

/// Reports are named by their name or id.
fn report_ids(tx: &dyn Write, names: &[String]) -> Result<Vec<String>, Error> {
    let reports = tx.reports()?;
    let id = |name: &String| {
        let found = reports.iter().find(|report| report.id.eq_ignore_ascii_case(name) || same(&report.name, name));
        found.map(|report| report.id.clone()).ok_or_else(|| Error::invalid("Report", format!("there is no report '{name}'.")))
    };
    names.iter().map(id).collect()
}

pub(super) fn apply_person(all: &mut Applying<'_, '_>, wanted: &Person) -> Result<(), Error> {
    let username = Name::new(&wanted.username).map_err(|problem| Error::invalid("username", problem))?;
    let id = match all.tx.user_id_by_name(username.key())? {
        Some(id) => id,
        None => {
            let rules = &all.context.server.rules;
            let email = check_email("email", &wanted.email, rules)?;
            if rules.unique_email && !email.is_empty() && all.tx.email_is_used(&email, None)? {
                return Err(Error::Taken { parameter: "email".to_owned() });
            }
            let display_name = wanted.display_name.trim();
            let display_name = if display_name.is_empty() { username.as_str() } else { display_name }.to_owned();
            let user = User { username, display_name, email, email_verified: false, password: None, ..User::nobody() };
            all.applied.created += 1;
            all.tx.insert_user(&user, all.context.now)?
        }
    };
    for role_id in role_ids(all.tx, "roles", &wanted.roles)? {
        let held = all.tx.user(id)?.is_some_and(|user| user.roles().iter().any(|role| role.id.0 == role_id));
        if !held {
            all.change(&AddRoleToUser { user_id: id.0, role_id })?;
        }
    }
    Ok(())
}

pub(super) fn apply_memberships(all: &mut Applying<'_, '_>, group: &Group, members: &[String]) -> Result<(), Error> {
    let present = all.tx.memberships(group.id)?;
    for member in members {
        let Some(id) = all.tx.user_id_by_name(&name::key(member))? else {
            return Err(Error::invalid("members", format!("there is nobody named '{member}'.")));
        };
        if !present.iter().any(|membership| membership.user == id) {
            all.create(&SetMembership {
                group_id: group.id.0,
                user_id: id.0,
                active_for_tickets: true,
                active_for_chats: true,
                away: false,
            })?;
        }
    }
    Ok(())
}
