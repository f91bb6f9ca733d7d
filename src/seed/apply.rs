//! Applying a seed through the handlers of the operations.

use super::people::{apply_memberships, apply_person, apply_role};
use super::{Brand, CustomField, Department, Group, Language, Seed, SeedError};
use crate::domain::Error;
use crate::domain::custom_field::DataType as Kind;
use crate::domain::name;
use crate::domain::structure::{self, Languages, Scope};
use crate::operations::structure as operations;
use crate::operations::{Context, Writes};
use crate::store::Write;

/// How much a seed changed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Applied {
    /// Things that were made.
    pub created: usize,
    /// Things that were changed.
    pub changed: usize,
}

/// A transaction in which a seed is applied.
pub(super) struct Applying<'a, 'c> {
    /// The administrator in whose name it is done, and when.
    pub context: &'a Context<'c>,
    /// The transaction.
    pub tx: &'a mut dyn Write,
    /// What was done so far.
    pub applied: Applied,
}

/// Applies a seed; an error undoes all of it, by whoever runs the transaction.
pub fn apply(seed: &Seed, context: &Context<'_>, tx: &mut dyn Write) -> Result<Applied, SeedError> {
    tx.on_behalf_of(context.caller.id, context.now);
    let mut applying = Applying { context, tx, applied: Applied::default() };
    let all = &mut applying;
    for language in &seed.languages {
        at("languages", &language.tag, apply_language(all, Languages::Supported, language))?;
    }
    for dictionary in &seed.dictionaries {
        at("dictionaries", &dictionary.tag, apply_language(all, Languages::Dictionaries, dictionary))?;
    }
    for report in &seed.reports {
        at("reports", &report.name, apply_report(all, report))?;
    }
    for category in &seed.time_log_categories {
        at("time_log_categories", &category.name, apply_category(all, category))?;
    }
    for role in &seed.roles {
        at("roles", &role.name, apply_role(all, role))?;
    }
    for field in &seed.custom_fields {
        at("custom_fields", &field.name, apply_field(all, field))?;
    }
    for person in &seed.people {
        at("people", &person.username, apply_person(all, person))?;
    }
    for brand in &seed.brands {
        apply_brand(all, brand)?;
    }
    Ok(applying.applied)
}

fn at<T>(list: &str, name: &str, outcome: Result<T, Error>) -> Result<T, SeedError> {
    outcome.map_err(|error| SeedError { place: format!("{list}.{name}"), error })
}

/// Whether two names are the same.
pub(super) fn same(one: &str, other: &str) -> bool {
    name::key(one) == name::key(other)
}

impl Applying<'_, '_> {
    /// Runs a creating operation.
    pub(super) fn create<O: Writes>(&mut self, operation: &O) -> Result<O::Result, Error> {
        self.applied.created += 1;
        operation.apply(self.context, self.tx)
    }

    /// Runs an operation that sets something, and counts it only if what `state` tells is another afterwards: a seed may spell a
    /// value otherwise than it is kept.
    pub(super) fn settle<O: Writes, S: PartialEq>(
        &mut self,
        operation: &O,
        state: impl Fn(&dyn Write) -> Result<S, Error>,
    ) -> Result<(), Error> {
        let before = state(self.tx)?;
        operation.apply(self.context, self.tx)?;
        self.applied.changed += usize::from(state(self.tx)? != before);
        Ok(())
    }

    /// Runs a changing operation.
    pub(super) fn change<O: Writes>(&mut self, operation: &O) -> Result<O::Result, Error> {
        self.applied.changed += 1;
        operation.apply(self.context, self.tx)
    }
}

fn apply_language(all: &mut Applying<'_, '_>, which: Languages, wanted: &Language) -> Result<(), Error> {
    let (tag, name) = (Some(wanted.tag.clone()), Some(wanted.name.clone()));
    let present = all.tx.languages(which)?.into_iter().find(|language| language.tag.eq_ignore_ascii_case(wanted.tag.trim()));
    match (present, which) {
        (None, Languages::Supported) => all.create(&operations::AddLanguage { tag, name }).map(drop),
        (None, Languages::Dictionaries) => all.create(&operations::AddDictionary { tag, name }).map(drop),
        (Some(_), Languages::Supported) => all.settle(&operations::RenameLanguage { tag, name }, |tx| tx.languages(which)),
        (Some(_), Languages::Dictionaries) => all.settle(&operations::RenameDictionary { tag, name }, |tx| tx.languages(which)),
    }
}

fn apply_report(all: &mut Applying<'_, '_>, wanted: &super::Report) -> Result<(), Error> {
    if all.tx.reports()?.iter().any(|report| same(&report.name, &wanted.name)) {
        return Ok(());
    }
    all.create(&operations::CreateReport { name: Some(wanted.name.clone()), report_id: wanted.id.clone() }).map(drop)
}

fn apply_category(all: &mut Applying<'_, '_>, wanted: &super::Category) -> Result<(), Error> {
    let description = Some(wanted.description.clone());
    match all.tx.time_log_categories()?.into_iter().find(|category| same(&category.name, &wanted.name)) {
        None => all.create(&operations::CreateTimeLogCategory { name: Some(wanted.name.clone()), description }).map(drop),
        Some(present) => {
            let operation = operations::DescribeTimeLogCategory { category_id: present.id, description };
            all.settle(&operation, |tx| tx.time_log_categories())
        }
    }
}

fn apply_field(all: &mut Applying<'_, '_>, wanted: &CustomField) -> Result<(), Error> {
    let kind = Kind::named(&wanted.data_type)
        .ok_or_else(|| Error::invalid("type", format!("must be one of {}.", Kind::ALL.map(Kind::name).join(", "))))?;
    let present = all.tx.custom_fields()?.into_iter().find(|field| field.is_called(&wanted.name));
    let operation = operations::UpdateCustomField {
        field_id: present.as_ref().map_or(0, |field| field.id.0),
        name: Some(wanted.name.clone()),
        display_name: Some(wanted.display_name.clone()),
        data_type: kind.into(),
        default_value: Some(wanted.default.clone()),
        options: Some(wanted.options.clone()),
        is_global: wanted.global,
        required: wanted.required,
        for_employees: wanted.for_employees,
        for_users: wanted.for_users,
    };
    match present {
        None => all.create(&operation.creating()).map(drop),
        Some(_) => all.settle(&operation, |tx| tx.custom_fields()),
    }
}

fn apply_brand(all: &mut Applying<'_, '_>, wanted: &Brand) -> Result<(), SeedError> {
    let place = format!("brands.{}", wanted.name);
    let wrap = |error| SeedError { place: place.clone(), error };
    let present = all.tx.brands().map_err(wrap)?.into_iter().find(|brand| same(&brand.name, &wanted.name));
    let brand_id = match present {
        Some(brand) => brand.id.0,
        None => all.create(&operations::CreateBrand { name: Some(wanted.name.clone()) }).map_err(wrap)?.id,
    };
    for department in &wanted.departments {
        let place = format!("{place}.departments.{}", department.name);
        apply_department(all, brand_id, department).map_err(|error| SeedError { place, error })?;
    }
    Ok(())
}

fn apply_department(all: &mut Applying<'_, '_>, brand_id: i32, wanted: &Department) -> Result<(), Error> {
    let limited_to_roles = Some(super::people::role_ids(all.tx, "limited_to", &wanted.limited_to)?);
    let departments = all.tx.departments(Scope::Everything)?;
    let present = departments.into_iter().find(|found| found.brand.0 == brand_id && same(&found.name, &wanted.name));
    let department_id = match present {
        None => {
            let (name, is_internal) = (Some(wanted.name.clone()), wanted.internal);
            all.create(&operations::CreateDepartment { brand_id, name, is_internal, limited_to_roles, front_line_group: None })?
                .id
        }
        Some(present) => {
            let mut limits: Vec<i16> = present.roles.iter().map(|role| role.0).collect();
            let mut wanted_limits = limited_to_roles.clone().unwrap_or_default();
            limits.sort_unstable();
            wanted_limits.sort_unstable();
            wanted_limits.dedup();
            if present.internal != wanted.internal || limits != wanted_limits {
                let (department_id, is_internal) = (present.id.0, wanted.internal);
                all.change(&operations::SetDepartmentAccess { department_id, is_internal, limited_to_roles })?;
            }
            present.id.0
        }
    };
    wanted.groups.iter().try_for_each(|group| apply_group(all, department_id, group))
}

fn apply_group(all: &mut Applying<'_, '_>, department_id: i32, wanted: &Group) -> Result<(), Error> {
    let find = |groups: Vec<structure::Group>| {
        groups.into_iter().find(|found| found.department.0 == department_id && same(&found.name, &wanted.name))
    };
    let present = match find(all.tx.groups(Scope::Everything)?) {
        Some(present) => present,
        None => {
            all.create(&operations::CreateGroup { department_id, name: Some(wanted.name.clone()) })?;
            find(all.tx.groups(Scope::Everything)?).ok_or_else(|| Error::internal("a group that was made is not there"))?
        }
    };
    if wanted.front_line && !present.front_line {
        all.change(&operations::SetFrontLineGroup { group_id: present.id.0 })?;
    }
    apply_memberships(all, &present, &wanted.members)
}
