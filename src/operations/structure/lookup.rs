//! What many operations of the service look up, check, and do alike.

use crate::domain::Error;
use crate::domain::custom_field::CustomField;
use crate::domain::ids::{BrandId, DepartmentId, GroupId, RoleId};
use crate::domain::name::{self, Name};
use crate::domain::role;
use crate::domain::structure::{Brand, Department, Group, Item, Language, Languages, Report, Scope, TimeLogCategory};
use crate::domain::user::User;
use crate::operations::{Context, people};
use crate::store::{Read, Write};
use std::sync::Arc;

/// The most characters of a description.
const MAX_DESCRIPTION: usize = 1000;

/// A list in the order made by hand, as records of the contract: present, empty or not.
pub fn by_position<T, R: From<T>, K: Ord>(mut items: Vec<T>, position: impl FnMut(&T) -> K) -> Option<Vec<R>> {
    items.sort_by_key(position);
    Some(items.into_iter().map(R::from).collect())
}

/// The parameter `name`, checked.
pub fn name(given: Option<&str>) -> Result<Name, Error> {
    Name::new(given.unwrap_or_default()).map_err(|problem| Error::invalid("name", problem))
}

/// The parameter `description`, checked.
pub fn description(given: Option<&str>) -> Result<String, Error> {
    let text = given.unwrap_or_default().trim();
    if text.chars().count() > MAX_DESCRIPTION || text.contains('\0') {
        return Err(Error::invalid("description", format!("is not a text of at most {MAX_DESCRIPTION} characters.")));
    }
    Ok(text.to_owned())
}

/// Fails if another one in the list has the name.
pub fn refuse_taken<'n>(name: &Name, mut others: impl Iterator<Item = &'n str>) -> Result<(), Error> {
    match others.any(|other| name::key(other) == name.key()) {
        true => Err(Error::Taken { parameter: "name".to_owned() }),
        false => Ok(()),
    }
}

/// The order that is asked for: everything that is there, once each.
pub fn reordered<T: Clone + Ord>(parameter: &'static str, asked: Option<&[T]>, present: Vec<T>) -> Result<Vec<T>, Error> {
    let order = asked.unwrap_or_default().to_vec();
    let (mut sorted, mut expected) = (order.clone(), present);
    sorted.sort();
    expected.sort();
    if sorted != expected {
        let problem = format!("must name each of the {} that are there once.", expected.len());
        return Err(Error::invalid(parameter, problem));
    }
    Ok(order)
}

/// Removes an item unless something uses it, or with all that does.
pub fn remove(tx: &mut dyn Write, item: &Item, parameter: &'static str, cascade: bool) -> Result<(), Error> {
    match tx.use_of(item)? {
        Some(by) if !cascade => Err(Error::InUse { parameter, by }),
        _ => tx.delete(item),
    }
}

/// The brand with this id.
pub fn brand(read: &dyn Read, id: i32) -> Result<Brand, Error> {
    let found = read.brands()?.into_iter().find(|brand| brand.id == BrandId(id));
    found.ok_or(Error::NotFound { parameter: "brandId", what: "brand" })
}

/// The departments of a brand.
pub fn departments_of(read: &dyn Read, brand: BrandId) -> Result<Vec<Department>, Error> {
    let mut departments = read.departments(Scope::Everything)?;
    departments.retain(|department| department.brand == brand);
    Ok(departments)
}

/// The department with this id.
pub fn department(read: &dyn Read, id: i32) -> Result<Department, Error> {
    read.department(DepartmentId(id))?.ok_or(Error::NotFound { parameter: "departmentId", what: "department" })
}

/// The groups of a department.
pub fn groups_of(read: &dyn Read, department: DepartmentId) -> Result<Vec<Group>, Error> {
    read.groups_of_department(department)
}

/// The group with this id.
pub fn group(read: &dyn Read, id: i32) -> Result<Group, Error> {
    read.group(GroupId(id))?.ok_or(Error::NotFound { parameter: "groupId", what: "group" })
}

/// The person with this id.
pub fn user(read: &dyn Read, id: i32) -> Result<Arc<User>, Error> {
    people::user(read, "userId", id)
}

/// The agent with this id.
pub fn agent(read: &dyn Read, id: i32) -> Result<Arc<User>, Error> {
    let user = user(read, id)?;
    if user.holds(role::AGENT) {
        return Ok(user);
    }
    Err(Error::Rule { key: "userId".to_owned(), rule: "members of a group need the role Agent." })
}

/// The employee with this id.
pub fn employee(read: &dyn Read, id: i32) -> Result<Arc<User>, Error> {
    let user = user(read, id)?;
    if user.is_employee() {
        return Ok(user);
    }
    Err(Error::Rule { key: "userId".to_owned(), rule: "activity is reported of employees only." })
}

/// The roles with these ids, each once.
pub fn roles(read: &dyn Read, parameter: &'static str, ids: Option<&[i16]>) -> Result<Vec<RoleId>, Error> {
    let mut roles = Vec::new();
    for id in ids.unwrap_or_default() {
        let role = read.role(RoleId(*id))?.ok_or(Error::NotFound { parameter, what: "role" })?;
        if !roles.contains(&role.id) {
            roles.push(role.id);
        }
    }
    Ok(roles)
}

/// The custom field with this id.
pub fn custom_field(read: &dyn Read, id: i32) -> Result<CustomField, Error> {
    let found = read.custom_fields()?.into_iter().find(|field| field.id.0 == id);
    found.ok_or(Error::NotFound { parameter: "fieldId", what: "custom field" })
}

/// The report with this id.
pub fn report(read: &dyn Read, id: Option<&str>) -> Result<Report, Error> {
    let id = id.unwrap_or_default().trim();
    let found = read.reports()?.into_iter().find(|report| report.id.eq_ignore_ascii_case(id));
    found.ok_or(Error::NotFound { parameter: "reportId", what: "report" })
}

/// The id of a new report: the given GUID in lower case, or a random one (RFC 9562, version 4).
pub fn report_id(given: Option<&str>) -> Result<String, Error> {
    let given = given.unwrap_or_default().trim();
    if given.is_empty() {
        return Ok(uuid::Uuid::new_v4().to_string());
    }
    let id = uuid::Uuid::parse_str(given).map_err(|_| Error::invalid("reportId", "is no GUID."))?;
    Ok(id.to_string())
}

/// The time-log category with this id.
pub fn category(read: &dyn Read, id: i32) -> Result<TimeLogCategory, Error> {
    let found = read.time_log_categories()?.into_iter().find(|category| category.id == id);
    found.ok_or(Error::NotFound { parameter: "categoryId", what: "time-log category" })
}

/// The language with this tag.
pub fn language(read: &dyn Read, which: Languages, tag: Option<&str>) -> Result<Language, Error> {
    let tag = tag.unwrap_or_default().trim();
    let found = read.languages(which)?.into_iter().find(|language| language.tag.eq_ignore_ascii_case(tag));
    found.ok_or(Error::NotFound { parameter: "tag", what: "language" })
}

/// Tags in the case in which they are kept; one that is not there stays as it is given.
pub fn known_tags(read: &dyn Read, which: Languages, tags: Option<&[String]>) -> Result<Vec<String>, Error> {
    let known = read.languages(which)?;
    let kept = |given: &String| match known.iter().find(|language| language.tag.eq_ignore_ascii_case(given.trim())) {
        Some(language) => language.tag.clone(),
        None => given.clone(),
    };
    Ok(tags.unwrap_or_default().iter().map(kept).collect())
}

/// Fails if it is the language that people have who chose none.
pub fn refuse_default(language: &Language, context: &Context<'_>) -> Result<(), Error> {
    if language.tag.eq_ignore_ascii_case(&context.server.rules.language) {
        return Err(Error::Rule { key: "tag".to_owned(), rule: "is the language of people who chose none." });
    }
    Ok(())
}

/// A tag that is well formed (BCP 47: subtags of letters and digits between hyphens) and not there yet.
pub fn new_tag(read: &dyn Read, which: Languages, tag: Option<&str>) -> Result<String, Error> {
    let tag = tag.unwrap_or_default().trim();
    let sound = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let primary = tag.split('-').next().unwrap_or_default();
    let letters = primary.len() >= 2 && primary.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !letters || !tag.split('-').all(sound) || tag.len() > 35 {
        return Err(Error::invalid("tag", "is no language tag such as pt-BR."));
    }
    if language(read, which, Some(tag)).is_ok() {
        return Err(Error::Taken { parameter: "tag".to_owned() });
    }
    Ok(spelled(tag))
}

/// A tag in the usual spelling: the language small, a script with a capital, a region in capitals (BCP 47 section 2.1.1).
fn spelled(tag: &str) -> String {
    let part = |(at, part): (usize, &str)| match (at, part.len()) {
        (1.., 2) => part.to_ascii_uppercase(),
        (1.., 4) if part.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            let (first, rest) = part.split_at(1);
            first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
        }
        _ => part.to_ascii_lowercase(),
    };
    tag.split('-').enumerate().map(part).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_kept_in_their_usual_spelling() {
        for (given, kept) in [("zH-tw", "zh-TW"), ("SR-LATN-rs", "sr-Latn-RS"), ("de", "de"), ("es-419", "es-419")] {
            assert_eq!(spelled(given), kept);
        }
    }
}
