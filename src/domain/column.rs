//! The names of columns: which ones mean the same, which are ours, and which one an unknown one was meant to be.
//!
//! What a column's cells may hold is `domain::setting`'s business.

use crate::domain::setting::{ALIASES, Kind, SETTINGS};

/// What the columns of custom fields begin with; after it comes the field's name as people see it.
pub const CUSTOM_FIELDS: &str = "CustomFields.";
/// The column of a person's roles, by name or id.
pub const ROLES: &str = "Roles";
/// The column of a person's groups, each as `Department/Group`.
pub const GROUPS: &str = "Groups";
/// The column of passwords that are hashed already.
pub const PASSWORD_HASH: &str = "PasswordHash";
/// What stands between the items of a list.
pub const SEPARATOR: char = ';';

/// How much alike two names have to be for the one to be a suggestion for the other, from 0 to 1.
const ALIKE: f64 = 0.65;

/// The setting that is no column, since each of its fields is one.
const FIELDS: &str = "CustomFields";

/// The names of our columns, but for those of custom fields, in the order of the table of settings.
pub fn built_in() -> impl Iterator<Item = &'static str> {
    SETTINGS.iter().map(|setting| setting.key).filter(|key| *key != FIELDS).chain([GROUPS, PASSWORD_HASH])
}

/// The name without what makes no difference: case, blanks, underscores, hyphens.
pub fn plain(name: &str) -> String {
    let telling = |c: &char| !c.is_whitespace() && !matches!(c, '_' | '-');
    name.chars().filter(telling).flat_map(char::to_lowercase).collect()
}

/// Whether two names mean the same column.
pub fn same(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

/// Our name of a column whose name means one of ours or is an alias of it.
pub fn named(name: &str) -> Option<&'static str> {
    let alias = ALIASES.iter().find(|(alias, _)| same(alias, name));
    built_in().find(|column| same(column, alias.map_or(name, |(_, key)| key)))
}

/// The custom field whose column has this name: what follows `CustomFields.`.
pub fn custom_field(column: &str) -> Option<&str> {
    let (group, field) = column.split_once('.')?;
    same(group, FIELDS).then(|| field.trim())
}

/// Whether the column's cells are lists, of which the items stand between semicolons.
pub fn is_list(column: &str) -> bool {
    let kind = |name: &str| SETTINGS.iter().find(|setting| setting.key == name).map(|setting| setting.kind);
    match named(column) {
        Some(ROLES | GROUPS) => true,
        Some(name) => matches!(kind(name), Some(Kind::Emails | Kind::Phones(_))),
        None => false,
    }
}

/// The one of the known names that an unknown one was most likely meant to be, if any is near enough.
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let name = plain(name);
    let near = |other: &str| strsim::normalized_damerau_levenshtein(&name, &plain(other));
    let scored = known.into_iter().map(|other| (near(other), other));
    let best = scored.max_by(|(one, _), (other, _)| one.total_cmp(other));
    best.filter(|(score, _)| *score >= ALIKE).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_blanks_underscores_and_hyphens_make_no_difference() {
        for name in ["EmailAddress", "email_address", "E-Mail address", " EMAIL ADDRESS\u{a0}", "Email"] {
            assert_eq!(named(name), Some("EmailAddress"), "{name}");
        }
        assert_eq!(named("E.Mail"), None);
        assert_eq!(named("groups"), Some(GROUPS));
        assert_eq!(named("CustomFields"), None);
    }

    #[test]
    fn custom_fields_follow_their_prefix() {
        assert_eq!(custom_field("CustomFields.Asset no."), Some("Asset no."));
        assert_eq!(custom_field("custom_fields. Asset"), Some("Asset"));
        assert_eq!(custom_field("Asset no.5"), None);
    }

    #[test]
    fn lists_are_known() {
        let lists: Vec<_> = built_in().filter(|name| is_list(name)).collect();
        assert_eq!(lists, ["ReplyFromAddresses", "PhoneNumbers", "Roles", "Groups"]);
    }

    #[test]
    fn a_misspelt_column_has_a_suggestion_and_a_strange_one_has_none() {
        assert_eq!(nearest("Usrname", built_in()), Some("Username"));
        assert_eq!(nearest("Phone Number", built_in()), Some("PhoneNumbers"));
        assert_eq!(nearest("zzz", built_in()), None);
    }
}
