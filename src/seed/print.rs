//! The present state as a seed. Of people it has those who belong to groups; passwords and settings are not part of a seed.

use super::{Brand, Category, CustomField, Department, Group, Language, Person, Report, Role, Seed};
use crate::domain::Error;
use crate::domain::custom_field;
use crate::domain::ids::{RoleId, UserId};
use crate::domain::permission::Area;
use crate::domain::role;
use crate::domain::structure::{self, Languages, Scope};
use crate::store::Read;
use std::collections::{BTreeMap, BTreeSet};

/// The whole state.
pub fn print(read: &dyn Read) -> Result<Seed, Error> {
    let roles = read.roles()?;
    let names: BTreeMap<RoleId, String> = roles.iter().map(|role| (role.id, role.name.clone())).collect();
    let mut seed = Seed {
        languages: languages(read, Languages::Supported)?,
        dictionaries: languages(read, Languages::Dictionaries)?,
        ..Seed::default()
    };
    let mut reports = read.reports()?;
    reports.sort_by_key(|report| report.position);
    seed.reports = reports.into_iter().map(|report| Report { name: report.name, id: Some(report.id) }).collect();
    let mut categories = read.time_log_categories()?;
    categories.sort_by_key(|category| category.position);
    let category = |found: structure::TimeLogCategory| Category { name: found.name, description: found.description };
    seed.time_log_categories = categories.into_iter().map(category).collect();
    for role in roles {
        let permissions = permissions(read, role.id)?;
        if !role.id.is_built_in() || !permissions.is_empty() {
            seed.roles.push(Role { name: role.name, employee: role.employee, permissions });
        }
    }
    let mut fields = read.custom_fields()?;
    fields.sort_by_key(|field| field.position);
    seed.custom_fields = fields.iter().map(custom_field).collect();
    let mut members = BTreeSet::new();
    seed.brands = brands(read, &names, &mut members)?;
    for id in members {
        seed.people.extend(person(read, id)?);
    }
    Ok(seed)
}

fn languages(read: &dyn Read, which: Languages) -> Result<Vec<Language>, Error> {
    let mut languages = read.languages(which)?;
    languages.sort_by_key(|language| language.position);
    Ok(languages.into_iter().map(|language| Language { tag: language.tag, name: language.name }).collect())
}

fn permissions(read: &dyn Read, role: RoleId) -> Result<BTreeMap<String, Vec<String>>, Error> {
    let granted = read.all_permissions(role)?;
    let mut by_area: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (area, category, name) in granted {
        let key = match (area, category) {
            (Area::Kb, 1..) => format!("{} {category}", area.name()),
            _ => area.name().to_owned(),
        };
        by_area.entry(key).or_default().push(name);
    }
    Ok(by_area)
}

/// A definition in the seed's form.
pub(super) fn custom_field(field: &custom_field::CustomField) -> CustomField {
    let display_name = if field.display_name == field.name { "" } else { field.display_name.as_str() };
    CustomField {
        name: field.name.as_str().to_owned(),
        display_name: display_name.to_owned(),
        data_type: field.data_type.name().to_owned(),
        default: field.default.clone(),
        options: field.options.clone(),
        global: field.global,
        required: field.required,
        for_employees: field.for_employees,
        for_users: field.for_users,
    }
}

fn person(read: &dyn Read, id: UserId) -> Result<Option<Person>, Error> {
    let Some(user) = read.user(id)? else { return Ok(None) };
    Ok(Some(Person {
        username: user.username.as_str().to_owned(),
        display_name: user.display_name.clone(),
        email: user.email.clone(),
        roles: user.given_roles.iter().map(|role| role.name.clone()).collect(),
    }))
}

fn brands(read: &dyn Read, names: &BTreeMap<RoleId, String>, members: &mut BTreeSet<UserId>) -> Result<Vec<Brand>, Error> {
    let (mut brands, mut departments) = (read.brands()?, read.departments(Scope::Everything)?);
    let mut groups = read.groups(Scope::Everything)?;
    brands.sort_by_key(|brand| brand.position);
    departments.sort_by_key(|department| department.position);
    groups.sort_by_key(|group| group.position);
    let mut printed = Vec::new();
    for brand in brands {
        let mut of_brand = Vec::new();
        for department in departments.iter().filter(|department| department.brand == brand.id) {
            let own = groups.iter().filter(|group| group.department == department.id);
            of_brand.push(Department {
                name: department.name.clone(),
                internal: department.internal,
                limited_to: department.roles.iter().filter_map(|role| names.get(role).cloned()).collect(),
                groups: own.map(|group| one_group(read, group, members)).collect::<Result<_, _>>()?,
            });
        }
        printed.push(Brand { name: brand.name, departments: of_brand });
    }
    Ok(printed)
}

fn one_group(read: &dyn Read, group: &structure::Group, members: &mut BTreeSet<UserId>) -> Result<Group, Error> {
    let mut names = Vec::new();
    for membership in read.memberships(group.id)? {
        // Memberships outlast the role Agent, unseen; a seed has those that count.
        if let Some(user) = read.user(membership.user)?.filter(|user| user.holds(role::AGENT)) {
            members.insert(user.id);
            names.push(user.username.as_str().to_owned());
        }
    }
    Ok(Group { name: group.name.clone(), front_line: group.front_line, members: names })
}
