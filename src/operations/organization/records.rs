//! The record types of the service about people and structure, with the exact order and spelling of the legacy contract.

use crate::contract::record;

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

record! {
    /// An outcome with brands.
    outcome BrandInfoArrayResult {
        /// The brands in the order of their ids.
        brands as "Brands": Option<Vec<BrandInfo>>,
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
    }
}

record! {
    /// A brand.
    class BrandInfo {
        /// Its id.
        id as "ID": i32,
        /// Its name.
        name as "Name": Option<String>,
    }
}

record! {
    /// An outcome with reports.
    outcome ReportInfoResultArray {
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// The reports in the order of their ids.
        reports as "Reports": Option<Vec<ReportInfo>>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
    }
}

record! {
    /// A report.
    class ReportInfo {
        /// Its id.
        report_id as "ReportID": Option<String>,
        /// Its name.
        report_name as "ReportName": Option<String>,
    }
}

record! {
    /// An outcome with definitions of custom fields.
    outcome CustomFieldInfoArrayResult {
        /// The definitions in the order of their ids.
        custom_fields as "CustomFields": Option<Vec<CustomFieldInfo>>,
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
    }
}

record! {
    /// The definition of a custom field.
    class CustomFieldInfo {
        /// Text, MultilineText, Number, Boolean, Date or List.
        data_type as "DataType": Option<String>,
        /// What it holds where nothing was set.
        default_value as "DefaultValue": Option<String>,
        /// The name that people see, by which values are addressed.
        display_name as "DisplayName": Option<String>,
        /// Its id.
        id as "ID": i32,
        /// Whether it belongs to every department.
        is_global as "IsGlobal": bool,
        /// What a list offers.
        value_options as "ValueOptions": Option<Vec<String>>,
    }
}

record! {
    /// An outcome with time-log categories.
    outcome TimeLogCategoryInfoArrayResult {
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
        /// The categories in the order of their ids.
        time_log_categories as "TimeLogCategories": Option<Vec<TimeLogCategoryInfo>>,
    }
}

record! {
    /// A category under which time is logged.
    class TimeLogCategoryInfo {
        /// Its name.
        category_name as "CategoryName": Option<String>,
        /// What it is for.
        description as "Description": Option<String>,
        /// Its id.
        id as "ID": i32,
    }
}
