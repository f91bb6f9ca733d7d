//! What goes along when an item of the structure is removed, and how the feed of changes tells of it: of the item, of what belonged to it,
//! and of the people who lose something by it.

use super::read::Session;
use super::write_structure::{CUSTOM_FIELDS, GROUPS, place};
use crate::domain::Error;
use crate::domain::feed::{Action, Subject};
use crate::domain::structure::{Item, Languages};
use rusqlite::ToSql;

/// The groups of a brand, and of a department.
const GROUPS_OF_BRAND: &str = "SELECT id FROM groups WHERE department_id IN (SELECT id FROM departments WHERE brand_id = ?1)";
const GROUPS_OF_DEPARTMENT: &str = "SELECT id FROM groups WHERE department_id = ?1";

impl Session<'_> {
    /// Removes an item with all that uses it.
    pub(super) fn remove(&mut self, item: &Item) -> Result<(), Error> {
        match item {
            Item::Brand(id) => {
                self.remove_groups(GROUPS_OF_BRAND, &id.0)?;
                let departments = "SELECT id FROM departments WHERE brand_id = ?1";
                self.note_all(Subject::Department, Action::Deleted, ("departments", departments, "name"), &id.0, "")?;
                self.execute("DELETE FROM departments WHERE brand_id = ?1", [id.0])?;
            }
            Item::Department(id) => self.remove_groups(GROUPS_OF_DEPARTMENT, &id.0)?,
            Item::Group(id) => {
                self.note_people("SELECT user_id FROM memberships WHERE group_id = ?1", &id.0, GROUPS)?;
                self.pass_front_line_on(id.0)?;
            }
            Item::Report(id) => {
                let roles = "SELECT role_id FROM permissions WHERE area = 6 AND name = ?1";
                self.note_all(Subject::Role, Action::Updated, ("roles", roles, "''"), id, "Permissions")?;
                self.execute("DELETE FROM permissions WHERE area = 6 AND name = ?1", [id])?;
            }
            Item::Language(Languages::Supported, tag) => self.unchoose("PreferredLanguage", tag)?,
            Item::Language(Languages::Dictionaries, tag) => self.unchoose("SpellCheckDictionary", tag)?,
            Item::CustomField(id) => {
                self.note_people("SELECT user_id FROM user_custom_fields WHERE field_id = ?1", &id.0, CUSTOM_FIELDS)?;
            }
            Item::TimeLogCategory(_) => {}
        }
        let (subject, table, column, key) = place(item);
        let sql = format!("DELETE FROM {table} WHERE {column} = ?1 RETURNING name");
        let name: Option<String> = self.one(&sql, [key], |row| row.get(0))?;
        match name {
            Some(name) => self.note(subject, key, &name, Action::Deleted, &[]),
            None => Ok(()),
        }
    }

    /// Removes the groups that a query answers for `?1`.
    fn remove_groups(&mut self, groups: &str, key: &dyn ToSql) -> Result<(), Error> {
        let members = format!("SELECT user_id FROM memberships WHERE group_id IN ({groups})");
        self.note_people(&members, key, GROUPS)?;
        self.note_all(Subject::Group, Action::Deleted, ("groups", groups, "name"), key, "")?;
        self.execute(&format!("DELETE FROM groups WHERE id IN ({groups})"), [key]).map(drop)
    }

    /// Makes another group the front line of the department, if this one is.
    fn pass_front_line_on(&mut self, group: i32) -> Result<(), Error> {
        let next =
            "(SELECT id FROM groups WHERE department_id = old.department_id AND id <> old.id ORDER BY position, id LIMIT 1)";
        let sql = format!(
            "UPDATE groups SET front_line = 1 WHERE id = (SELECT {next} FROM groups old WHERE old.id = ?1 AND old.front_line = 1) \
             RETURNING id"
        );
        let heir: Option<i32> = self.one(&sql, [group], |row| row.get(0))?;
        match heir {
            Some(heir) => self.note(Subject::Group, &heir, "", Action::Updated, &["FrontLine"]),
            None => Ok(()),
        }
    }

    /// Gives those who chose a language or dictionary the default again.
    fn unchoose(&mut self, setting: &str, tag: &str) -> Result<(), Error> {
        // The condition is that of an index over this very setting.
        let chosen = format!("user_settings WHERE key = '{setting}' AND value = ?1");
        self.note_people(&format!("SELECT user_id FROM {chosen}"), &tag, setting)?;
        self.execute(&format!("DELETE FROM {chosen}"), [tag]).map(drop)
    }
}
