//! The changes of `WriteStructure` in SQL.

use super::read::Session;
use crate::domain::Error;
use crate::domain::custom_field::CustomField;
use crate::domain::ids::{BrandId, CustomFieldId, DepartmentId, GroupId, OrganizationId, RoleId, UserId};
use crate::domain::name::{self, Name};
use crate::domain::organization::{MemberKind, Organization};
use crate::domain::permission::Area;
use crate::domain::structure::{Activity, Group, Item, Languages, Membership};
use crate::store::WriteStructure;

/// The place after the last one of a list.
const LAST: &str = "(SELECT coalesce(max(position), 0) + 1 FROM";

impl Session<'_> {
    /// Runs a statement on the row of an item: `{table}` and `{key}` stand for its table and key column; the key is `?1`.
    fn on_item(&mut self, item: &Item, sql: &str, value: Option<&dyn rusqlite::ToSql>) -> Result<(), Error> {
        let (table, column, key): (_, _, &dyn rusqlite::ToSql) = match item {
            Item::Brand(id) => ("brands", "id", &id.0),
            Item::Department(id) => ("departments", "id", &id.0),
            Item::Group(id) => ("groups", "id", &id.0),
            Item::CustomField(id) => ("custom_fields", "id", &id.0),
            Item::Report(id) => ("reports", "id", id),
            Item::TimeLogCategory(id) => ("time_log_categories", "id", id),
            Item::Language(Languages::Supported, tag) => ("languages", "tag", tag),
            Item::Language(Languages::Dictionaries, tag) => ("dictionaries", "tag", tag),
        };
        let sql = sql.replace("{table}", table).replace("{key}", column);
        match value {
            Some(value) => self.execute(&sql, [key, value]).map(drop),
            None => self.execute(&sql, [key]).map(drop),
        }
    }
}

impl WriteStructure for Session<'_> {
    fn insert_brand(&mut self, name: &Name) -> Result<BrandId, Error> {
        let sql = format!("INSERT INTO brands (name, name_key, position) VALUES (?1, ?2, {LAST} brands))");
        self.execute(&sql, (name.as_str(), name.key()))?;
        self.new_id().map(BrandId)
    }

    fn insert_department(&mut self, brand: BrandId, name: &Name) -> Result<DepartmentId, Error> {
        let sql = format!(
            "INSERT INTO departments (brand_id, name, name_key, internal, position) \
             VALUES (?1, ?2, ?3, 0, {LAST} departments WHERE brand_id = ?1))"
        );
        self.execute(&sql, (brand.0, name.as_str(), name.key()))?;
        self.new_id().map(DepartmentId)
    }

    fn set_access(&mut self, department: DepartmentId, internal: bool, roles: &[RoleId]) -> Result<(), Error> {
        self.execute("UPDATE departments SET internal = ?2 WHERE id = ?1", (department.0, internal))?;
        self.execute("DELETE FROM department_roles WHERE department_id = ?1", [department.0])?;
        for role in roles {
            let sql = "INSERT OR IGNORE INTO department_roles (department_id, role_id) VALUES (?1, ?2)";
            self.execute(sql, (department.0, role.0))?;
        }
        Ok(())
    }

    fn insert_group(&mut self, department: DepartmentId, name: &Name) -> Result<GroupId, Error> {
        let sql = format!(
            "INSERT INTO groups (department_id, name, name_key, front_line, position) VALUES (?1, ?2, ?3, \
             NOT EXISTS (SELECT 1 FROM groups WHERE department_id = ?1), {LAST} groups WHERE department_id = ?1))"
        );
        self.execute(&sql, (department.0, name.as_str(), name.key()))?;
        self.new_id().map(GroupId)
    }

    fn set_front_line(&mut self, group: &Group) -> Result<(), Error> {
        let sql = "UPDATE groups SET front_line = (id = ?2) WHERE department_id = ?1";
        self.execute(sql, (group.department.0, group.id.0)).map(drop)
    }

    fn put_membership(&mut self, membership: &Membership) -> Result<(), Error> {
        let Membership { group, user, active_tickets, active_chats, away } = *membership;
        self.execute(
            "INSERT INTO memberships (group_id, user_id, active_tickets, active_chats, away) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT DO UPDATE SET active_tickets = ?3, active_chats = ?4, away = ?5",
            (group.0, user.0, active_tickets, active_chats, away),
        )
        .map(drop)
    }

    fn delete_membership(&mut self, group: GroupId, user: UserId) -> Result<(), Error> {
        self.execute("DELETE FROM memberships WHERE group_id = ?1 AND user_id = ?2", (group.0, user.0)).map(drop)
    }

    fn insert_custom_field(&mut self, field: &CustomField) -> Result<CustomFieldId, Error> {
        let sql = format!(
            "INSERT INTO custom_fields (name, name_key, display_name, display_name_key, data_type, default_value, options, \
             global, required, for_employees, for_users, position) \
             VALUES (?1, ?1, ?1, ?1, 0, '', '', 0, 0, 0, 0, {LAST} custom_fields))"
        );
        self.execute(&sql, [format!("\u{1}{}", field.name.key())])?;
        let id = CustomFieldId(self.new_id()?);
        self.update_custom_field(&CustomField { id, ..field.clone() })?;
        Ok(id)
    }

    fn update_custom_field(&mut self, field: &CustomField) -> Result<(), Error> {
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

    fn put_custom_value(&mut self, user: UserId, field: CustomFieldId, value: &str) -> Result<(), Error> {
        if value.is_empty() {
            let sql = "DELETE FROM user_custom_fields WHERE user_id = ?1 AND field_id = ?2";
            return self.execute(sql, (user.0, field.0)).map(drop);
        }
        let sql = "INSERT INTO user_custom_fields (user_id, field_id, value) VALUES (?1, ?2, ?3) \
             ON CONFLICT DO UPDATE SET value = ?3";
        self.execute(sql, (user.0, field.0, value)).map(drop)
    }

    fn replace_permissions(&mut self, role: RoleId, area: Area, category: i32, names: &[String]) -> Result<(), Error> {
        let sql = "DELETE FROM permissions WHERE role_id = ?1 AND area = ?2 AND category_id = ?3";
        self.execute(sql, (role.0, area as i64, category))?;
        for name in names {
            let sql = "INSERT OR IGNORE INTO permissions (role_id, area, category_id, name) VALUES (?1, ?2, ?3, ?4)";
            self.execute(sql, (role.0, area as i64, category, name))?;
        }
        Ok(())
    }

    fn insert_report(&mut self, id: &str, name: &Name) -> Result<(), Error> {
        let sql = format!("INSERT INTO reports (id, name, name_key, position) VALUES (?1, ?2, ?3, {LAST} reports))");
        self.execute(&sql, (id, name.as_str(), name.key())).map(drop)
    }

    fn insert_time_log_category(&mut self, name: &Name, description: &str) -> Result<i32, Error> {
        let sql = format!(
            "INSERT INTO time_log_categories (name, name_key, description, position) \
             VALUES (?1, ?2, ?3, {LAST} time_log_categories))"
        );
        self.execute(&sql, (name.as_str(), name.key(), description))?;
        self.new_id()
    }

    fn set_description(&mut self, category: i32, description: &str) -> Result<(), Error> {
        self.execute("UPDATE time_log_categories SET description = ?2 WHERE id = ?1", (category, description)).map(drop)
    }

    fn insert_language(&mut self, which: Languages, tag: &str, name: &str) -> Result<(), Error> {
        let table = match which {
            Languages::Supported => "languages",
            Languages::Dictionaries => "dictionaries",
        };
        let sql = format!("INSERT INTO {table} (tag, name, position) VALUES (?1, ?2, {LAST} {table}))");
        self.execute(&sql, (tag, name)).map(drop)
    }

    fn rename(&mut self, item: &Item, name: &Name) -> Result<(), Error> {
        self.on_item(item, "UPDATE {table} SET name = ?2 WHERE {key} = ?1", Some(&name.as_str()))?;
        if matches!(item, Item::Language(..)) {
            return Ok(());
        }
        self.on_item(item, "UPDATE {table} SET name_key = ?2 WHERE {key} = ?1", Some(&name.key()))
    }

    fn reorder(&mut self, items: &[Item]) -> Result<(), Error> {
        for (position, item) in (1_i64..).zip(items) {
            self.on_item(item, "UPDATE {table} SET position = ?2 WHERE {key} = ?1", Some(&position))?;
        }
        Ok(())
    }

    fn delete(&mut self, item: &Item) -> Result<(), Error> {
        match item {
            Item::Brand(id) => {
                let sql = "DELETE FROM groups WHERE department_id IN (SELECT id FROM departments WHERE brand_id = ?1)";
                self.execute(sql, [id.0])?;
                self.execute("DELETE FROM departments WHERE brand_id = ?1", [id.0])?;
            }
            Item::Department(id) => {
                self.execute("DELETE FROM groups WHERE department_id = ?1", [id.0])?;
            }
            Item::Group(id) => {
                let next = "(SELECT id FROM groups WHERE department_id = old.department_id AND id <> old.id \
                     ORDER BY position, id LIMIT 1)";
                let sql = format!(
                    "UPDATE groups SET front_line = 1 WHERE id = (SELECT {next} FROM groups old WHERE old.id = ?1 AND old.front_line = 1)"
                );
                self.execute(&sql, [id.0])?;
            }
            Item::Report(id) => {
                self.execute("DELETE FROM permissions WHERE area = 6 AND name = ?1", [id])?;
            }
            Item::Language(Languages::Supported, tag) => {
                self.execute("DELETE FROM user_settings WHERE key = 'PreferredLanguage' AND value = ?1", [tag])?;
            }
            Item::Language(Languages::Dictionaries, tag) => {
                self.execute("DELETE FROM user_settings WHERE key = 'SpellCheckDictionary' AND value = ?1", [tag])?;
            }
            Item::CustomField(_) | Item::TimeLogCategory(_) => {}
        }
        self.on_item(item, "DELETE FROM {table} WHERE {key} = ?1", None)
    }

    fn insert_organization(&mut self, organization: &Organization) -> Result<OrganizationId, Error> {
        let Organization { name, phone, website, .. } = organization;
        let sql = "INSERT INTO organizations (name, name_key, phone, website) VALUES (?1, ?2, ?3, ?4)";
        self.execute(sql, (name.as_str(), name.key(), phone, website))?;
        self.new_id().map(OrganizationId)
    }

    fn update_organization(&mut self, organization: &Organization) -> Result<(), Error> {
        let Organization { id, name, phone, website } = organization;
        let sql = "UPDATE organizations SET name = ?2, name_key = ?3, phone = ?4, website = ?5 WHERE id = ?1";
        self.execute(sql, (id.0, name.as_str(), name.key(), phone, website)).map(drop)
    }

    fn delete_organization(&mut self, id: OrganizationId) -> Result<(), Error> {
        self.execute("DELETE FROM organizations WHERE id = ?1", [id.0]).map(drop)
    }

    fn put_member(&mut self, organization: OrganizationId, kind: MemberKind, value: &str) -> Result<i32, Error> {
        let key = name::key(value);
        let sql = "SELECT id FROM organization_members WHERE organization_id = ?1 AND kind = ?2 AND value_key = ?3";
        if let Some(id) = self.one(sql, (organization.0, kind as i64, &key), |row| row.get(0))? {
            return Ok(id);
        }
        let sql = "INSERT INTO organization_members (organization_id, kind, value, value_key) VALUES (?1, ?2, ?3, ?4)";
        self.execute(sql, (organization.0, kind as i64, value, &key))?;
        self.new_id()
    }

    fn delete_member(&mut self, id: i32) -> Result<(), Error> {
        self.execute("DELETE FROM organization_members WHERE id = ?1", [id]).map(drop)
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
