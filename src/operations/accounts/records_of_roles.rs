//! The record types of the service about roles and permissions.

use crate::contract::{enumeration, record};
use crate::operations::FieldError;

record! {
    /// A role.
    class Role {
        /// Its id.
        role_id as "RoleId": i16,
        /// Its name.
        name as "Name": Option<String>,
        /// Whether it makes its holders employees.
        is_employee as "IsEmployee": bool,
        /// Whether it is one of the six that every help desk has.
        is_built_in as "IsBuiltIn": bool,
    }
}

enumeration! {
    /// How roles are assigned.
    AssignMode {
        /// Exactly these roles, and no others.
        Replace,
        /// These roles as well.
        Add,
        /// Not these roles.
        Remove,
    }
}

record! {
    /// The roles of people before and after.
    answer AssignRolesResult {
        /// One entry for each person, in the order asked.
        assignments as "Assignments": Option<Vec<RoleAssignment>>,
    }
}

record! {
    /// The roles of a person before and after.
    class RoleAssignment {
        /// The person.
        user_id as "UserId": i32,
        /// All its roles before.
        before as "Before": Option<Vec<Role>>,
        /// All its roles now.
        after as "After": Option<Vec<Role>>,
    }
}

record! {
    /// A list of roles.
    answer RolesResult {
        /// The roles in the order of their ids.
        roles as "Roles": Option<Vec<Role>>,
    }
}

record! {
    /// The result of making a role.
    answer CreateRoleResult {
        /// The new role's id; 0 on failure.
        role_id as "RoleId": i16,
    }
}

enumeration! {
    /// An area of permissions.
    PermissionArea {
        /// The knowledge base; the one area with categories.
        KB,
        /// News.
        News,
        /// Tickets.
        Ticket,
        /// Tasks.
        Task,
        /// Call logs.
        CallLog,
        /// Visitors of the site.
        WhosOn,
        /// Reports: permissions are their ids.
        Report,
        /// The management of the help desk.
        ManageArea,
        /// Events.
        Event,
        /// How tickets and chats are distributed.
        Distribution,
    }
}

record! {
    /// A permission.
    class Permission {
        /// Its area.
        area as "Area": PermissionArea,
        /// The category in the area KB; 0 for all of them, and everywhere else. Left out it is 0.
        category_id as "CategoryId": Option<i32>,
        /// Its name in the catalogue, or the id of a report.
        name as "Name": Option<String>,
    }
}

record! {
    /// The permissions of a role.
    answer RolePermissionsResult {
        /// The permissions by area, category and name.
        permissions as "Permissions": Option<Vec<Permission>>,
    }
}

record! {
    /// What a person is permitted.
    answer EffectivePermissionsResult {
        /// The permissions by area, category and name.
        permissions as "Permissions": Option<Vec<EffectivePermission>>,
    }
}

record! {
    /// A permission of a person and where it comes from.
    class EffectivePermission {
        /// Its area.
        area as "Area": PermissionArea,
        /// The category in the area KB; 0 for all of them, and everywhere else.
        category_id as "CategoryId": i32,
        /// Its name in the catalogue, or the id of a report.
        name as "Name": Option<String>,
        /// The roles that grant it, in the order of their ids.
        granted_by as "GrantedBy": Option<Vec<Role>>,
    }
}
