//! Groups in a cell: `Department/Group`, or `Brand/Department/Group` where two brands have such a department; several with semicolons between.

use crate::domain::Error;
use crate::domain::column::GROUPS;
use crate::domain::ids::{GroupId, UserId};
use crate::domain::name;
use crate::domain::structure::{Membership, Scope};
use crate::store::{Read, Write};

/// What separates groups; one that is part of a name has a backslash before it.
const SEPARATOR: char = ';';
const ESCAPE: char = '\\';

/// Every group with how it is called: shortly, and with its brand.
pub struct Labels(Vec<(GroupId, String, String)>);

/// The groups there are.
pub fn labels(read: &dyn Read) -> Result<Labels, Error> {
    let (brands, departments) = (read.brands()?, read.departments(Scope::Everything)?);
    let mut labels = Vec::new();
    for group in read.groups(Scope::Everything)? {
        let department = departments.iter().find(|department| department.id == group.department);
        let brand = department.and_then(|department| brands.iter().find(|brand| brand.id == department.brand));
        if let (Some(department), Some(brand)) = (department, brand) {
            let short = format!("{}/{}", department.name, group.name);
            labels.push((group.id, short.clone(), format!("{}/{short}", brand.name)));
        }
    }
    Ok(Labels(labels))
}

impl Labels {
    /// The groups that a cell names, each once, and what is wrong with the others.
    pub fn read(&self, cell: &str) -> (Vec<GroupId>, Vec<Error>) {
        let (mut groups, mut problems) = (Vec::new(), Vec::new());
        for item in items(cell) {
            let key = name::key(&item);
            let named = |label: &str| name::key(label) == key;
            let found: Vec<_> = self.0.iter().filter(|(_, short, long)| named(short) || named(long)).collect();
            match found.as_slice() {
                [] => problems.push(Error::invalid(GROUPS, format!("'{item}' is no group; Department/Group is expected."))),
                [(id, ..)] if groups.contains(id) => {}
                [(id, ..)] => groups.push(*id),
                several => {
                    let names = several.iter().map(|(_, _, long)| long.as_str()).collect::<Vec<_>>().join(", ");
                    problems.push(Error::invalid(GROUPS, format!("'{item}' may be {names}; name the brand too.")));
                }
            }
        }
        (groups, problems)
    }

    /// The cell that names these groups.
    pub fn write(&self, groups: &[GroupId]) -> String {
        let label = |id: &GroupId| {
            let (_, short, long) = self.0.iter().find(|(known, ..)| known == id)?;
            let is_plain = self.0.iter().filter(|(_, other, _)| name::key(other) == name::key(short)).count() == 1;
            let label = if is_plain { short } else { long };
            Some(label.replace(ESCAPE, r"\\").replace(SEPARATOR, r"\;"))
        };
        groups.iter().filter_map(label).collect::<Vec<_>>().join(&SEPARATOR.to_string())
    }
}

/// The items of a cell, without those that are empty.
fn items(cell: &str) -> Vec<String> {
    let (mut items, mut item, mut characters) = (Vec::new(), String::new(), cell.chars());
    while let Some(character) = characters.next() {
        match character {
            SEPARATOR => items.push(std::mem::take(&mut item)),
            ESCAPE => item.extend(characters.next()),
            other => item.push(other),
        }
    }
    items.push(item);
    items.into_iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}

/// The groups that a person belongs to.
pub fn groups_of_user(read: &dyn Read, user: UserId) -> Result<Vec<GroupId>, Error> {
    Ok(read.groups_of_user(user)?.into_iter().map(|group| group.id).collect())
}

/// Makes a person a member of exactly these groups, and answers whether that changed anything. Memberships that stay are as they were.
pub fn replace(user: UserId, wanted: &[GroupId], tx: &mut dyn Write) -> Result<bool, Error> {
    let held = groups_of_user(tx, user)?;
    for group in held.iter().filter(|group| !wanted.contains(group)) {
        tx.delete_membership(*group, user)?;
    }
    for group in wanted.iter().filter(|group| !held.contains(group)) {
        tx.put_membership(&Membership { group: *group, user, active_tickets: true, active_chats: true, away: false })?;
    }
    Ok(held.iter().any(|group| !wanted.contains(group)) || wanted.iter().any(|group| !held.contains(group)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> Labels {
        let label = |id, brand: &str, short: &str| (GroupId(id), short.to_owned(), format!("{brand}/{short}"));
        Labels(vec![label(1, "One", "Support/First"), label(2, "One", "Sales/A;B"), label(3, "Two", "Support/First")])
    }

    #[test]
    fn groups_are_named_by_department_or_with_the_brand_and_come_back_as_they_were_written() {
        let labels = labels();
        for groups in [vec![], vec![GroupId(2)], vec![GroupId(1), GroupId(2), GroupId(3)]] {
            let cell = labels.write(&groups);
            assert_eq!(labels.read(&cell), (groups, Vec::new()), "{cell}");
        }
        assert_eq!(labels.read(r" sales/a\;b ;; SALES/A\;B").0, [GroupId(2)]);
    }

    #[test]
    fn what_is_no_group_or_may_be_several_is_told() {
        let (groups, problems) = labels().read("Support/First;Sales/A");
        assert!(groups.is_empty());
        assert_eq!(
            Error::together(problems).to_string(),
            "Groups: 'Support/First' may be One/Support/First, Two/Support/First; name the brand too. Groups: 'Sales/A' is no group; \
             Department/Group is expected."
        );
    }
}
