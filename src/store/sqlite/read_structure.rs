//! The questions of `ReadStructure` in SQL.

use super::read::Session;
use crate::domain::Error;
use crate::domain::custom_field::{CustomField, DataType, Values};
use crate::domain::ids::{BrandId, CustomFieldId, DepartmentId, GroupId, OrganizationId, RoleId, UserId};
use crate::domain::name::Name;
use crate::domain::organization::{Member, MemberKind, Organization};
use crate::domain::permission::Area;
use crate::domain::structure::{
    Activity, Agent, Brand, Department, Group, Item, Language, Languages, Members, Membership, Report, Scope, TimeLogCategory,
};
use crate::store::ReadStructure;
use rusqlite::Row;

/// Agents that lists may show: enabled, and with role 4, 5 or 6 (R24). All of them are found by their roles; a few are found by where
/// they belong, and the roles of each are looked up, so that a group costs the same among ten agents and among ten thousand.
const AGENTS: &str = "SELECT id, display_name, username FROM users WHERE enabled = 1";
const AMONG_ALL: &str = "id IN (SELECT user_id FROM user_roles WHERE role_id IN (4, 5, 6))";
/// In the index by role the agents lie together; in the order of people each would be another page to fetch.
const HOLDS_ROLE: &str =
    "EXISTS (SELECT 1 FROM user_roles INDEXED BY user_roles_by_role WHERE user_id = users.id AND role_id IN (4, 5, 6))";
const GROUPS: &str = "SELECT id, department_id, name, front_line, position FROM groups";
const DEPARTMENTS: &str = "SELECT id, brand_id, name, internal, position, \
     (SELECT group_concat(role_id) FROM department_roles WHERE department_id = id) FROM departments";
const OF_USERS_DEPARTMENTS: &str =
    "IN (SELECT department_id FROM memberships JOIN groups ON groups.id = group_id WHERE user_id = ?1)";

/// What uses an item is counted up to this number.
const COUNTED: i64 = 1000;

impl Session<'_> {
    /// The agents among the people that a query finds.
    fn agents_among(&self, people: &str, of: i32) -> Result<Vec<Agent>, Error> {
        self.all(&format!("{AGENTS} AND id IN ({people}) AND {HOLDS_ROLE} ORDER BY id"), [of], agent)
    }
}

impl ReadStructure for Session<'_> {
    fn agents(&self, scope: Scope) -> Result<Vec<Agent>, Error> {
        match scope {
            Scope::Everything => self.all(&format!("{AGENTS} AND {AMONG_ALL} ORDER BY id"), [], agent),
            Scope::GroupsOf(user) => self.agents_among(
                "SELECT other.user_id FROM memberships own \
                 JOIN memberships other ON other.group_id = own.group_id WHERE own.user_id = ?1",
                user.0,
            ),
            Scope::DepartmentsOf(user) => self.agents_among(
                "SELECT other.user_id FROM memberships own JOIN groups ON groups.id = own.group_id \
                 JOIN groups near ON near.department_id = groups.department_id \
                 JOIN memberships other ON other.group_id = near.id WHERE own.user_id = ?1",
                user.0,
            ),
        }
    }

    fn agent(&self, id: UserId) -> Result<Option<Agent>, Error> {
        self.one(&format!("{AGENTS} AND id = ?1 AND {HOLDS_ROLE}"), [id.0], agent)
    }

    fn agents_of_department(&self, department: DepartmentId) -> Result<Vec<Agent>, Error> {
        let members = "SELECT user_id FROM memberships JOIN groups ON groups.id = group_id WHERE department_id = ?1";
        self.agents_among(members, department.0)
    }

    fn agents_of_group(&self, group: GroupId, members: Members) -> Result<Vec<Agent>, Error> {
        let condition = match members {
            Members::All => "",
            Members::ActiveForTickets => "AND active_tickets = 1",
            Members::ActiveForChats => "AND active_chats = 1",
            Members::AvailableForChats => "AND active_chats = 1 AND away = 0",
        };
        self.agents_among(&format!("SELECT user_id FROM memberships WHERE group_id = ?1 {condition}"), group.0)
    }

    fn brands(&self) -> Result<Vec<Brand>, Error> {
        self.all("SELECT id, name, position FROM brands ORDER BY id", [], |row| {
            Ok(Brand { id: BrandId(row.get(0)?), name: row.get(1)?, position: row.get(2)? })
        })
    }

    fn departments(&self, scope: Scope) -> Result<Vec<Department>, Error> {
        match scope {
            Scope::Everything => self.all(&format!("{DEPARTMENTS} ORDER BY id"), [], department),
            Scope::DepartmentsOf(user) | Scope::GroupsOf(user) => {
                self.all(&format!("{DEPARTMENTS} WHERE id {OF_USERS_DEPARTMENTS} ORDER BY id"), [user.0], department)
            }
        }
    }

    fn groups(&self, scope: Scope) -> Result<Vec<Group>, Error> {
        match scope {
            Scope::Everything => self.all(&format!("{GROUPS} ORDER BY id"), [], group),
            Scope::GroupsOf(user) => self.groups_of_user(user),
            Scope::DepartmentsOf(user) => {
                self.all(&format!("{GROUPS} WHERE department_id {OF_USERS_DEPARTMENTS} ORDER BY id"), [user.0], group)
            }
        }
    }

    fn department(&self, id: DepartmentId) -> Result<Option<Department>, Error> {
        self.one(&format!("{DEPARTMENTS} WHERE id = ?1"), [id.0], department)
    }

    fn group(&self, id: GroupId) -> Result<Option<Group>, Error> {
        self.one(&format!("{GROUPS} WHERE id = ?1"), [id.0], group)
    }

    fn groups_of_department(&self, department: DepartmentId) -> Result<Vec<Group>, Error> {
        self.all(&format!("{GROUPS} WHERE department_id = ?1 ORDER BY id"), [department.0], group)
    }

    fn groups_of_user(&self, user: UserId) -> Result<Vec<Group>, Error> {
        let own = "SELECT group_id FROM memberships WHERE user_id = ?1";
        self.all(&format!("{GROUPS} WHERE id IN ({own}) ORDER BY id"), [user.0], group)
    }

    fn memberships(&self, group: GroupId) -> Result<Vec<Membership>, Error> {
        let sql = "SELECT user_id, active_tickets, active_chats, away FROM memberships WHERE group_id = ?1 ORDER BY user_id";
        self.all(sql, [group.0], |row| {
            Ok(Membership {
                group,
                user: UserId(row.get(0)?),
                active_tickets: row.get(1)?,
                active_chats: row.get(2)?,
                away: row.get(3)?,
            })
        })
    }

    fn custom_fields(&self) -> Result<Vec<CustomField>, Error> {
        let sql = "SELECT id, name, display_name, data_type, default_value, options, global, required, for_employees, for_users, \
             position FROM custom_fields ORDER BY id";
        self.all(sql, [], custom_field)?.into_iter().collect()
    }

    fn custom_values(&self, user: UserId) -> Result<Values, Error> {
        let sql = "SELECT field_id, value FROM user_custom_fields WHERE user_id = ?1";
        let rows = self.all(sql, [user.0], |row| Ok((CustomFieldId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.into_iter().collect())
    }

    fn permissions(&self, role: RoleId, area: Area, category: i32) -> Result<Vec<String>, Error> {
        let sql = "SELECT name FROM permissions WHERE role_id = ?1 AND area = ?2 AND category_id = ?3 ORDER BY name";
        self.all(sql, (role.0, area as i64, category), |row| row.get(0))
    }

    fn all_permissions(&self, role: RoleId) -> Result<Vec<(Area, i32, String)>, Error> {
        let sql = "SELECT area, category_id, name FROM permissions WHERE role_id = ?1 ORDER BY area, category_id, name";
        let rows: Vec<(u8, i32, String)> = self.all(sql, [role.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let known = |(area, category, name): (u8, i32, String)| Some((*Area::ALL.get(usize::from(area))?, category, name));
        Ok(rows.into_iter().filter_map(known).collect())
    }

    fn reports(&self) -> Result<Vec<Report>, Error> {
        self.all("SELECT id, name, position FROM reports ORDER BY id", [], |row| {
            Ok(Report { id: row.get(0)?, name: row.get(1)?, position: row.get(2)? })
        })
    }

    fn time_log_categories(&self) -> Result<Vec<TimeLogCategory>, Error> {
        self.all("SELECT id, name, description, position FROM time_log_categories ORDER BY id", [], |row| {
            Ok(TimeLogCategory { id: row.get(0)?, name: row.get(1)?, description: row.get(2)?, position: row.get(3)? })
        })
    }

    fn languages(&self, which: Languages) -> Result<Vec<Language>, Error> {
        let sql = match which {
            Languages::Supported => "SELECT tag, name, position FROM languages ORDER BY tag",
            Languages::Dictionaries => "SELECT tag, name, position FROM dictionaries ORDER BY tag",
        };
        self.all(sql, [], |row| Ok(Language { tag: row.get(0)?, name: row.get(1)?, position: row.get(2)? }))
    }

    fn organization(&self, id: OrganizationId) -> Result<Option<Organization>, Error> {
        let found = self.one("SELECT name, phone, website FROM organizations WHERE id = ?1", [id.0], |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?))
        })?;
        let Some((name, phone, website)) = found else { return Ok(None) };
        let name = Name::new(&name).map_err(|_| damaged("organization", id.0))?;
        Ok(Some(Organization { id, name, phone, website }))
    }

    fn organization_id_by_name(&self, key: &str) -> Result<Option<OrganizationId>, Error> {
        self.one("SELECT id FROM organizations WHERE name_key = ?1", [key], |row| Ok(OrganizationId(row.get(0)?)))
    }

    fn members(&self, organization: OrganizationId) -> Result<Vec<Member>, Error> {
        let sql = "SELECT id, kind, value FROM organization_members WHERE organization_id = ?1 ORDER BY id";
        let rows: Vec<(i32, i32, String)> = self.all(sql, [organization.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let member = |(id, kind, value)| match MemberKind::numbered(kind) {
            Some(kind) => Ok(Member { id, kind, value }),
            None => Err(damaged("organization member", id)),
        };
        rows.into_iter().map(member).collect()
    }

    fn member_exists(&self, id: i32) -> Result<bool, Error> {
        Ok(self.one("SELECT 1 FROM organization_members WHERE id = ?1", [id], |_| Ok(()))?.is_some())
    }

    fn activity(&self, user: UserId, day: i64) -> Result<Option<Activity>, Error> {
        let sql = "SELECT active_tickets, active_chats, tasks_in_progress, daily_tickets, daily_chats, daily_call_logs, \
             average_response_time FROM activity WHERE user_id = ?1 AND day = ?2";
        self.one(sql, (user.0, day), |row| {
            Ok(Activity {
                active_tickets: row.get(0)?,
                active_chats: row.get(1)?,
                tasks_in_progress: row.get(2)?,
                daily_tickets: row.get(3)?,
                daily_chats: row.get(4)?,
                daily_call_logs: row.get(5)?,
                average_response_time: row.get(6)?,
            })
        })
    }

    fn use_of(&self, item: &Item) -> Result<Option<String>, Error> {
        let (rows, key, users): (_, &dyn rusqlite::ToSql, _) = match item {
            Item::Brand(id) => ("departments WHERE brand_id = ?1", &id.0, "department"),
            Item::Department(id) => ("groups WHERE department_id = ?1", &id.0, "group"),
            Item::Group(id) => ("memberships WHERE group_id = ?1", &id.0, "member"),
            Item::CustomField(id) => ("user_custom_fields WHERE field_id = ?1", &id.0, "person's value"),
            Item::Report(id) => ("permissions WHERE area = 6 AND name = ?1", id, "role's permission"),
            Item::TimeLogCategory(_) => return Ok(None),
            Item::Language(Languages::Supported, tag) => {
                ("user_settings WHERE key = 'PreferredLanguage' AND value = ?1", tag, "person's choice")
            }
            Item::Language(Languages::Dictionaries, tag) => {
                ("user_settings WHERE key = 'SpellCheckDictionary' AND value = ?1", tag, "person's choice")
            }
        };
        // A walk through a million values would hold the writer up for a number that nobody needs.
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {rows} LIMIT {COUNTED} + 1)");
        Ok(match self.one(&sql, [key], |row| row.get(0))?.unwrap_or_default() {
            0 => None,
            1 => Some(format!("1 {users}")),
            count if count > COUNTED => Some(format!("more than {COUNTED} {}", plural(users))),
            count => Some(format!("{count} {}", plural(users))),
        })
    }
}

/// The plural of what uses an item.
fn plural(word: &str) -> String {
    match word.split_once("'s ") {
        Some((owner, thing)) => format!("{thing}s of {owner}s").replace("persons", "people"),
        None => format!("{word}s"),
    }
}

fn damaged(what: &str, id: i32) -> Error {
    Error::internal(format!("the row of {what} {id} is damaged"))
}

fn agent(row: &Row<'_>) -> rusqlite::Result<Agent> {
    Ok(Agent { id: UserId(row.get(0)?), display_name: row.get(1)?, username: row.get(2)? })
}

fn group(row: &Row<'_>) -> rusqlite::Result<Group> {
    Ok(Group {
        id: GroupId(row.get(0)?),
        department: DepartmentId(row.get(1)?),
        name: row.get(2)?,
        front_line: row.get(3)?,
        position: row.get(4)?,
    })
}

fn department(row: &Row<'_>) -> rusqlite::Result<Department> {
    let roles: Option<String> = row.get(5)?;
    let roles = roles.iter().flat_map(|roles| roles.split(',')).filter_map(|role| role.parse().ok().map(RoleId));
    Ok(Department {
        id: DepartmentId(row.get(0)?),
        brand: BrandId(row.get(1)?),
        name: row.get(2)?,
        internal: row.get(3)?,
        position: row.get(4)?,
        roles: roles.collect(),
    })
}

fn custom_field(row: &Row<'_>) -> rusqlite::Result<Result<CustomField, Error>> {
    let id: i32 = row.get(0)?;
    let (name, display_name): (String, String) = (row.get(1)?, row.get(2)?);
    let data_type: u8 = row.get(3)?;
    let options: String = row.get(5)?;
    let known = DataType::ALL.get(usize::from(data_type)).copied();
    let (Ok(name), Ok(display_name), Some(data_type)) = (Name::new(&name), Name::new(&display_name), known) else {
        return Ok(Err(damaged("custom field", id)));
    };
    Ok(Ok(CustomField {
        id: CustomFieldId(id),
        name,
        display_name,
        data_type,
        default: row.get(4)?,
        options: options.split('\n').filter(|option| !option.is_empty()).map(str::to_owned).collect(),
        global: row.get(6)?,
        required: row.get(7)?,
        for_employees: row.get(8)?,
        for_users: row.get(9)?,
        position: row.get(10)?,
    }))
}
