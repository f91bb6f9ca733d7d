//! The changes of `WriteStructure` in SQL.

use super::read::Session;
use crate::domain::Error;
use crate::domain::custom_field::CustomField;
use crate::domain::feed::{Action, Subject};
use crate::domain::ids::{BrandId, CustomFieldId, DepartmentId, GroupId, OrganizationId, RoleId, UserId};
use crate::domain::name::{self, Name};
use crate::domain::organization::{MemberKind, Organization};
use crate::domain::permission::Area;
use crate::domain::structure::{Activity, Group, Item, Languages, Membership};
use crate::store::{ReadStructure, WriteStructure};
use rusqlite::ToSql;

/// The names under which the feed tells of changes of a person that are no rows of its settings, or are kept elsewhere.
pub(super) const GROUPS: &str = "Groups";
pub(super) const CUSTOM_FIELDS: &str = "CustomFields";

/// The place after the last one of a list.
const LAST: &str = "(SELECT coalesce(max(position), 0) + 1 FROM";

impl Session<'_> {
    /// Runs a statement on the row of an item: `{table}` and `{key}` stand for its table and key column; the key is `?1`.
    fn on_item(&mut self, item: &Item, sql: &str, value: Option<&dyn ToSql>) -> Result<usize, Error> {
        let (_, table, column, key) = place(item);
        let sql = sql.replace("{table}", table).replace("{key}", column);
        match value {
            Some(value) => self.execute(&sql, [key, value]),
            None => self.execute(&sql, [key]),
        }
    }

    /// Notes a change of an item.
    fn note_item(&mut self, item: &Item, name: &str, action: Action, fields: &[&str]) -> Result<(), Error> {
        let (subject, _, _, key) = place(item);
        self.note(subject, key, name, action, fields)
    }

    /// Keeps the definition of a custom field, except for its position.
    fn define(&mut self, field: &CustomField) -> Result<(), Error> {
        self.execute(
            "UPDATE custom_fields SET name = ?2, name_key = ?3, display_name = ?4, display_name_key = ?5, data_type = ?6, \
             default_value = ?7, options = ?8, global = ?9, required = ?10, for_employees = ?11, for_users = ?12 WHERE id = ?1",
            (
                field.id.0,
                field.name.as_str(),
                field.name.key(),
                field.display_name.as_str(),
                field.display_name.key(),
                field.data_type as i64,
                &field.default,
                field.options.join("\n"),
                field.global,
                field.required,
                field.for_employees,
                field.for_users,
            ),
        )
        .map(drop)
    }

    /// Notes a change of a person if rows were touched by it.
    fn note_if(&mut self, rows: usize, user: UserId, field: &str) -> Result<(), Error> {
        if rows > 0 { self.note_person(user, &[field]) } else { Ok(()) }
    }
}

/// What an item is in the feed, its table, its key column, and its key.
pub(super) fn place(item: &Item) -> (Subject, &'static str, &'static str, &dyn ToSql) {
    match item {
        Item::Brand(id) => (Subject::Brand, "brands", "id", &id.0),
        Item::Department(id) => (Subject::Department, "departments", "id", &id.0),
        Item::Group(id) => (Subject::Group, "groups", "id", &id.0),
        Item::CustomField(id) => (Subject::CustomField, "custom_fields", "id", &id.0),
        Item::Report(id) => (Subject::Report, "reports", "id", id),
        Item::TimeLogCategory(id) => (Subject::TimeLogCategory, "time_log_categories", "id", id),
        Item::Language(Languages::Supported, tag) => (Subject::Language, "languages", "tag", tag),
        Item::Language(Languages::Dictionaries, tag) => (Subject::Dictionary, "dictionaries", "tag", tag),
    }
}

impl WriteStructure for Session<'_> {
    fn insert_brand(&mut self, name: &Name) -> Result<BrandId, Error> {
        let sql = format!("INSERT INTO brands (name, name_key, position) VALUES (?1, ?2, {LAST} brands))");
        self.execute(&sql, (name.as_str(), name.key()))?;
        let id = self.new_id()?;
        self.note(Subject::Brand, &id, name.as_str(), Action::Created, &[])?;
        Ok(BrandId(id))
    }

    fn insert_department(&mut self, brand: BrandId, name: &Name) -> Result<DepartmentId, Error> {
        let sql = format!(
            "INSERT INTO departments (brand_id, name, name_key, internal, position) \
             VALUES (?1, ?2, ?3, 0, {LAST} departments WHERE brand_id = ?1))"
        );
        self.execute(&sql, (brand.0, name.as_str(), name.key()))?;
        let id = self.new_id()?;
        self.note(Subject::Department, &id, name.as_str(), Action::Created, &[])?;
        Ok(DepartmentId(id))
    }

    fn set_access(&mut self, department: DepartmentId, internal: bool, roles: &[RoleId]) -> Result<(), Error> {
        let before = self.department(department)?;
        self.execute("UPDATE departments SET internal = ?2 WHERE id = ?1", (department.0, internal))?;
        self.execute("DELETE FROM department_roles WHERE department_id = ?1", [department.0])?;
        for role in roles {
            let sql = "INSERT OR IGNORE INTO department_roles (department_id, role_id) VALUES (?1, ?2)";
            self.execute(sql, (department.0, role.0))?;
        }
        if self.department(department)? == before {
            return Ok(());
        }
        self.note(Subject::Department, &department.0, "", Action::Updated, &["Access"])
    }

    fn insert_group(&mut self, department: DepartmentId, name: &Name) -> Result<GroupId, Error> {
        let sql = format!(
            "INSERT INTO groups (department_id, name, name_key, front_line, position) VALUES (?1, ?2, ?3, \
             NOT EXISTS (SELECT 1 FROM groups WHERE department_id = ?1), {LAST} groups WHERE department_id = ?1))"
        );
        self.execute(&sql, (department.0, name.as_str(), name.key()))?;
        let id = self.new_id()?;
        self.note(Subject::Group, &id, name.as_str(), Action::Created, &[])?;
        Ok(GroupId(id))
    }

    fn set_front_line(&mut self, group: &Group) -> Result<(), Error> {
        let sql = "UPDATE groups SET front_line = (id = ?2) WHERE department_id = ?1";
        self.execute(sql, (group.department.0, group.id.0))?;
        if group.front_line {
            return Ok(());
        }
        self.note(Subject::Group, &group.id.0, &group.name, Action::Updated, &["FrontLine"])
    }

    fn put_membership(&mut self, membership: &Membership) -> Result<(), Error> {
        let Membership { group, user, active_tickets, active_chats, away } = *membership;
        let changed = self.execute(
            "INSERT INTO memberships (group_id, user_id, active_tickets, active_chats, away) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT DO UPDATE SET active_tickets = ?3, active_chats = ?4, away = ?5 \
             WHERE active_tickets <> ?3 OR active_chats <> ?4 OR away <> ?5",
            (group.0, user.0, active_tickets, active_chats, away),
        )?;
        self.note_if(changed, user, GROUPS)
    }

    fn delete_membership(&mut self, group: GroupId, user: UserId) -> Result<(), Error> {
        self.execute("DELETE FROM memberships WHERE group_id = ?1 AND user_id = ?2", (group.0, user.0))
            .and_then(|gone| self.note_if(gone, user, GROUPS))
    }

    fn insert_custom_field(&mut self, field: &CustomField) -> Result<CustomFieldId, Error> {
        let sql = format!(
            "INSERT INTO custom_fields (name, name_key, display_name, display_name_key, data_type, default_value, options, \
             global, required, for_employees, for_users, position) \
             VALUES (?1, ?1, ?1, ?1, 0, '', '', 0, 0, 0, 0, {LAST} custom_fields))"
        );
        self.execute(&sql, [format!("\u{1}{}", field.name.key())])?;
        let id = CustomFieldId(self.new_id()?);
        self.define(&CustomField { id, ..field.clone() })?;
        self.note(Subject::CustomField, &id.0, field.name.as_str(), Action::Created, &[])?;
        Ok(id)
    }

    fn update_custom_field(&mut self, field: &CustomField) -> Result<(), Error> {
        let before = self.custom_fields()?;
        self.define(field)?;
        if self.custom_fields()? == before {
            return Ok(());
        }
        self.note(Subject::CustomField, &field.id.0, field.name.as_str(), Action::Updated, &["Definition"])
    }

    fn put_custom_value(&mut self, user: UserId, field: CustomFieldId, value: &str) -> Result<(), Error> {
        let changed = if value.is_empty() {
            self.execute("DELETE FROM user_custom_fields WHERE user_id = ?1 AND field_id = ?2", (user.0, field.0))?
        } else {
            let sql = "INSERT INTO user_custom_fields (user_id, field_id, value) VALUES (?1, ?2, ?3) \
                 ON CONFLICT DO UPDATE SET value = ?3 WHERE value <> ?3";
            self.execute(sql, (user.0, field.0, value))?
        };
        self.note_if(changed, user, CUSTOM_FIELDS)
    }

    fn replace_permissions(&mut self, role: RoleId, area: Area, category: i32, names: &[String]) -> Result<(), Error> {
        let held = self.permissions(role, area, category)?;
        let mut changed = 0;
        for name in held.iter().filter(|name| !names.contains(name)) {
            let sql = "DELETE FROM permissions WHERE role_id = ?1 AND area = ?2 AND category_id = ?3 AND name = ?4";
            changed += self.execute(sql, (role.0, area as i64, category, name))?;
        }
        for name in names.iter().filter(|name| !held.contains(name)) {
            let sql = "INSERT OR IGNORE INTO permissions (role_id, area, category_id, name) VALUES (?1, ?2, ?3, ?4)";
            changed += self.execute(sql, (role.0, area as i64, category, name))?;
        }
        if changed == 0 {
            return Ok(());
        }
        self.note(Subject::Role, &role.0, "", Action::Updated, &["Permissions"])
    }

    fn insert_report(&mut self, id: &str, name: &Name) -> Result<(), Error> {
        let sql = format!("INSERT INTO reports (id, name, name_key, position) VALUES (?1, ?2, ?3, {LAST} reports))");
        self.execute(&sql, (id, name.as_str(), name.key()))?;
        self.note(Subject::Report, &id, name.as_str(), Action::Created, &[])
    }

    fn insert_time_log_category(&mut self, name: &Name, description: &str) -> Result<i32, Error> {
        let sql = format!(
            "INSERT INTO time_log_categories (name, name_key, description, position) \
             VALUES (?1, ?2, ?3, {LAST} time_log_categories))"
        );
        self.execute(&sql, (name.as_str(), name.key(), description))?;
        let id = self.new_id()?;
        self.note(Subject::TimeLogCategory, &id, name.as_str(), Action::Created, &[])?;
        Ok(id)
    }

    fn set_description(&mut self, category: i32, description: &str) -> Result<(), Error> {
        let sql = "UPDATE time_log_categories SET description = ?2 WHERE id = ?1 AND description <> ?2";
        if self.execute(sql, (category, description))? == 0 {
            return Ok(());
        }
        self.note(Subject::TimeLogCategory, &category, "", Action::Updated, &["Description"])
    }

    fn insert_language(&mut self, which: Languages, tag: &str, name: &str) -> Result<(), Error> {
        let table = match which {
            Languages::Supported => "languages",
            Languages::Dictionaries => "dictionaries",
        };
        let sql = format!("INSERT INTO {table} (tag, name, position) VALUES (?1, ?2, {LAST} {table}))");
        self.execute(&sql, (tag, name))?;
        self.note_item(&Item::Language(which, tag.to_owned()), name, Action::Created, &[])
    }

    fn rename(&mut self, item: &Item, name: &Name) -> Result<(), Error> {
        if self.on_item(item, "UPDATE {table} SET name = ?2 WHERE {key} = ?1 AND name <> ?2", Some(&name.as_str()))? == 0 {
            return Ok(());
        }
        if !matches!(item, Item::Language(..)) {
            self.on_item(item, "UPDATE {table} SET name_key = ?2 WHERE {key} = ?1", Some(&name.key()))?;
        }
        self.note_item(item, name.as_str(), Action::Updated, &["Name"])
    }

    fn reorder(&mut self, items: &[Item]) -> Result<(), Error> {
        for (position, item) in (1_i64..).zip(items) {
            let moved = "UPDATE {table} SET position = ?2 WHERE {key} = ?1 AND position <> ?2";
            if self.on_item(item, moved, Some(&position))? > 0 {
                self.note_item(item, "", Action::Updated, &["Position"])?;
            }
        }
        Ok(())
    }

    fn delete(&mut self, item: &Item) -> Result<(), Error> {
        self.remove(item)
    }

    fn insert_organization(&mut self, organization: &Organization) -> Result<OrganizationId, Error> {
        let Organization { name, phone, website, .. } = organization;
        let sql = "INSERT INTO organizations (name, name_key, phone, website) VALUES (?1, ?2, ?3, ?4)";
        self.execute(sql, (name.as_str(), name.key(), phone, website))?;
        let id = self.new_id()?;
        self.note(Subject::Organization, &id, name.as_str(), Action::Created, &[])?;
        Ok(OrganizationId(id))
    }

    fn update_organization(&mut self, organization: &Organization) -> Result<(), Error> {
        let Organization { id, name, phone, website } = organization;
        let sql = "UPDATE organizations SET name = ?2, name_key = ?3, phone = ?4, website = ?5 WHERE id = ?1 \
             AND (name <> ?2 OR phone <> ?4 OR website <> ?5)";
        if self.execute(sql, (id.0, name.as_str(), name.key(), phone, website))? == 0 {
            return Ok(());
        }
        self.note(Subject::Organization, &id.0, name.as_str(), Action::Updated, &["Details"])
    }

    fn delete_organization(&mut self, id: OrganizationId) -> Result<(), Error> {
        let sql = "DELETE FROM organizations WHERE id = ?1 RETURNING name";
        let name: Option<String> = self.one(sql, [id.0], |row| row.get(0))?;
        match name {
            Some(name) => self.note(Subject::Organization, &id.0, &name, Action::Deleted, &[]),
            None => Ok(()),
        }
    }

    fn put_member(&mut self, organization: OrganizationId, kind: MemberKind, value: &str) -> Result<i32, Error> {
        let key = name::key(value);
        let sql = "SELECT id FROM organization_members WHERE organization_id = ?1 AND kind = ?2 AND value_key = ?3";
        if let Some(id) = self.one(sql, (organization.0, kind as i64, &key), |row| row.get(0))? {
            return Ok(id);
        }
        let sql = "INSERT INTO organization_members (organization_id, kind, value, value_key) VALUES (?1, ?2, ?3, ?4)";
        self.execute(sql, (organization.0, kind as i64, value, &key))?;
        let id = self.new_id()?;
        self.note(Subject::Organization, &organization.0, "", Action::Updated, &["Members"])?;
        Ok(id)
    }

    fn delete_member(&mut self, id: i32) -> Result<(), Error> {
        let sql = "DELETE FROM organization_members WHERE id = ?1 RETURNING organization_id";
        let organization: Option<i32> = self.one(sql, [id], |row| row.get(0))?;
        match organization {
            Some(organization) => self.note(Subject::Organization, &organization, "", Action::Updated, &["Members"]),
            None => Ok(()),
        }
    }

    fn put_activity(&mut self, user: UserId, day: i64, activity: &Activity) -> Result<(), Error> {
        self.execute(
            "INSERT OR REPLACE INTO activity (user_id, day, active_tickets, active_chats, tasks_in_progress, daily_tickets, \
             daily_chats, daily_call_logs, average_response_time) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            (
                user.0,
                day,
                activity.active_tickets,
                activity.active_chats,
                activity.tasks_in_progress,
                activity.daily_tickets,
                activity.daily_chats,
                activity.daily_call_logs,
                activity.average_response_time,
            ),
        )
        .map(drop)
    }
}
