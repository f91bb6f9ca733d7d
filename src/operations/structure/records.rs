//! The record types of the service (R29): results begin with `Message`, `Result`, `ResultCode`, `Errors`.

use crate::contract::{enumeration, record};
use crate::operations::FieldError;

record! {
    /// The result of a change that answers nothing else.
    answer ChangeResult {}
}

record! {
    /// The result of a creation.
    answer CreateResult {
        /// The id of what was created; 0 on failure.
        id as "Id": i32,
    }
}

record! {
    /// The result of making a report known.
    answer CreateReportResult {
        /// The report's id, a GUID.
        report_id as "ReportId": Option<String>,
    }
}

record! {
    /// A list of brands.
    answer ListBrandsResult {
        /// The brands.
        brands as "Brands": Option<Vec<Brand>>,
    }
}

record! {
    /// A brand.
    class Brand {
        /// Its id.
        brand_id as "BrandId": i32,
        /// Its name.
        name as "Name": Option<String>,
        /// Its place in the list, from 1.
        position as "Position": i32,
    }
}

record! {
    /// A list of departments.
    answer ListDepartmentsResult {
        /// The departments.
        departments as "Departments": Option<Vec<Department>>,
    }
}

record! {
    /// A department.
    class Department {
        /// Its id.
        department_id as "DepartmentId": i32,
        /// The brand it belongs to.
        brand_id as "BrandId": i32,
        /// Its name.
        name as "Name": Option<String>,
        /// Whether it takes no tickets from outside.
        is_internal as "IsInternal": bool,
        /// The roles to which it is limited; none opens it to everybody.
        limited_to_roles as "LimitedToRoles": Option<Vec<i16>>,
        /// Its place in the list, from 1.
        position as "Position": i32,
    }
}

record! {
    /// A list of groups.
    answer ListGroupsResult {
        /// The groups.
        groups as "Groups": Option<Vec<Group>>,
    }
}

record! {
    /// A group of agents.
    class Group {
        /// Its id.
        group_id as "GroupId": i32,
        /// The department it belongs to.
        department_id as "DepartmentId": i32,
        /// Its name.
        name as "Name": Option<String>,
        /// Whether it is the first to receive its department's tickets and chats.
        is_front_line as "IsFrontLine": bool,
        /// Its place in the list, from 1.
        position as "Position": i32,
    }
}

record! {
    /// A list of members of the group.
    answer ListMembershipsResult {
        /// The members of the group.
        memberships as "Memberships": Option<Vec<Membership>>,
    }
}

record! {
    /// An agent's place in a group.
    class Membership {
        /// The group.
        group_id as "GroupId": i32,
        /// The agent.
        user_id as "UserId": i32,
        /// Whether it takes tickets now.
        active_for_tickets as "ActiveForTickets": bool,
        /// Whether it takes live chats now.
        active_for_chats as "ActiveForChats": bool,
        /// Whether it is away from its desk.
        away as "Away": bool,
    }
}

enumeration! {
    /// What a custom field holds.
    DataType {
        /// Text in one line.
        Text,
        /// Text in several lines.
        MultilineText,
        /// A decimal number.
        Number,
        /// true or false.
        Boolean,
        /// A day, as yyyy-MM-dd.
        Date,
        /// One of the options.
        List,
    }
}

record! {
    /// A list of custom fields.
    answer ListCustomFieldsResult {
        /// The custom fields.
        custom_fields as "CustomFields": Option<Vec<CustomField>>,
    }
}

record! {
    /// The definition of a custom field.
    class CustomField {
        /// Its id.
        field_id as "FieldId": i32,
        /// Its name for programs.
        name as "Name": Option<String>,
        /// The name that people see, by which values are addressed.
        display_name as "DisplayName": Option<String>,
        /// What it holds.
        data_type as "DataType": DataType,
        /// What it holds where nothing was set.
        default_value as "DefaultValue": Option<String>,
        /// What a list offers.
        options as "Options": Option<Vec<String>>,
        /// Whether it belongs to every department.
        is_global as "IsGlobal": bool,
        /// Whether it may not be emptied.
        required as "Required": bool,
        /// Whether employees have it.
        for_employees as "ForEmployees": bool,
        /// Whether end users have it.
        for_users as "ForUsers": bool,
        /// Its place in the list, from 1.
        position as "Position": i32,
    }
}

record! {
    /// A list of reports.
    answer ListReportsResult {
        /// The reports.
        reports as "Reports": Option<Vec<Report>>,
    }
}

record! {
    /// A report.
    class Report {
        /// Its id, a GUID.
        report_id as "ReportId": Option<String>,
        /// Its name.
        name as "Name": Option<String>,
        /// Its place in the list, from 1.
        position as "Position": i32,
    }
}

record! {
    /// A list of time-log categories.
    answer ListTimeLogCategoriesResult {
        /// The time-log categories.
        categories as "Categories": Option<Vec<TimeLogCategory>>,
    }
}

record! {
    /// A category under which time is logged.
    class TimeLogCategory {
        /// Its id.
        category_id as "CategoryId": i32,
        /// Its name.
        name as "Name": Option<String>,
        /// What it is for.
        description as "Description": Option<String>,
        /// Its place in the list, from 1.
        position as "Position": i32,
    }
}

record! {
    /// A list of languages.
    answer ListLanguagesResult {
        /// The languages.
        languages as "Languages": Option<Vec<Language>>,
    }
}

record! {
    /// A language.
    class Language {
        /// Its tag, for instance pt-BR.
        tag as "Tag": Option<String>,
        /// Its name in itself.
        name as "Name": Option<String>,
        /// Its place in the list, from 1.
        position as "Position": i32,
    }
}
