//! The record types of the service, with the exact order and spelling of the legacy contract.

use crate::contract::record;
use crate::domain::Error;
use crate::domain::agent::{Agent, Department, Group};
use crate::domain::ids::UserId;
use crate::domain::role::Role;
use crate::domain::user::User;
use crate::store::Read;

record! {
    /// The outcome of an operation that answers nothing else.
    outcome GenericResult {
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
    }
}

record! {
    /// An outcome with a text.
    outcome StringRequestResult {
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// The text.
        request_result as "RequestResult": Option<String>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
    }
}

record! {
    /// An outcome with `Key=Value` strings.
    outcome SettingsRequestResult {
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// The strings.
        request_results as "RequestResults": Option<Vec<String>>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
    }
}

record! {
    /// An outcome with a user's id.
    outcome UserInfoResult {
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
        /// The user's id; 0 on failure.
        user_id as "UserID": i32,
    }
}

record! {
    /// An outcome with departments.
    outcome DepartmentInfoArrayResult {
        /// The departments in the order of their ids.
        departments as "Departments": Option<Vec<DepartmentInfo>>,
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
    }
}

record! {
    /// A department.
    class DepartmentInfo {
        /// Its id.
        id as "ID": i32,
        /// Its name.
        name as "Name": Option<String>,
    }
}

record! {
    /// An outcome with groups.
    outcome GroupInfoArrayResult {
        /// The groups in the order of their ids.
        groups as "Groups": Option<Vec<GroupInfo>>,
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
    }
}

record! {
    /// A group of agents.
    class GroupInfo {
        /// Its id.
        id as "ID": i32,
        /// Its name.
        name as "Name": Option<String>,
    }
}

record! {
    /// An outcome with an agent and the ids of its roles.
    outcome AgentRoleInfo {
        /// The agent; id 0 on failure.
        agent as "Agent": AgentInfo,
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
        /// The ids of all its roles.
        roles as "Roles": Option<Vec<i16>>,
    }
}

record! {
    /// An agent.
    value AgentInfo {
        /// The name that people see.
        display_name as "DisplayName": Option<String>,
        /// Its id.
        id as "ID": i32,
        /// The name it logs in with.
        user_name as "UserName": Option<String>,
    }
}

record! {
    /// An outcome with agents.
    outcome AgentInfoArrayResult {
        /// The agents in the order of their ids.
        agents as "Agents": Option<Vec<AgentInfo>>,
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
    }
}

record! {
    /// An outcome with roles.
    outcome RoleInfoResultArray {
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
        /// The roles in the order of their ids.
        roles as "Roles": Option<Vec<RoleInfo>>,
    }
}

record! {
    /// A role.
    class RoleInfo {
        /// Whether it is a role for employees.
        is_employee as "IsEmployee": bool,
        /// Its id.
        role_id as "RoleID": i16,
        /// Its name.
        role_name as "RoleName": Option<String>,
    }
}

impl From<Agent> for AgentInfo {
    fn from(agent: Agent) -> Self {
        AgentInfo { display_name: Some(agent.display_name), id: agent.id.0, user_name: Some(agent.username) }
    }
}

impl From<Department> for DepartmentInfo {
    fn from(department: Department) -> Self {
        DepartmentInfo { id: department.id.0, name: Some(department.name) }
    }
}

impl From<Group> for GroupInfo {
    fn from(group: Group) -> Self {
        GroupInfo { id: group.id.0, name: Some(group.name) }
    }
}

impl From<Role> for RoleInfo {
    fn from(role: Role) -> Self {
        RoleInfo { is_employee: role.employee, role_id: role.id.0, role_name: Some(role.name) }
    }
}

impl From<&User> for AgentRoleInfo {
    fn from(user: &User) -> Self {
        AgentRoleInfo {
            agent: AgentInfo {
                display_name: Some(user.display_name.clone()),
                id: user.id.0,
                user_name: Some(user.username.as_str().to_owned()),
            },
            roles: Some(user.roles().iter().map(|role| role.id.0).collect()),
            ..AgentRoleInfo::default()
        }
    }
}

/// A list as records of the contract: present, empty or not.
pub fn list<T, R: From<T>>(items: Vec<T>) -> Option<Vec<R>> {
    Some(items.into_iter().map(R::from).collect())
}

/// The person with this id, or the error that names the parameter.
pub fn user(read: &dyn Read, parameter: &'static str, id: i32) -> Result<User, Error> {
    read.user(UserId(id))?.ok_or(Error::NotFound { parameter, what: "user" })
}
