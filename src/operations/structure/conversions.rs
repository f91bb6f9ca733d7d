//! From the domain's words to the service's records.

use super::records::*;
use crate::domain::{custom_field, structure};

impl From<structure::Brand> for Brand {
    fn from(brand: structure::Brand) -> Self {
        Brand { brand_id: brand.id.0, name: Some(brand.name), position: brand.position }
    }
}

impl From<structure::Department> for Department {
    fn from(department: structure::Department) -> Self {
        Department {
            department_id: department.id.0,
            brand_id: department.brand.0,
            name: Some(department.name),
            is_internal: department.internal,
            limited_to_roles: Some(department.roles.iter().map(|role| role.0).collect()),
            position: department.position,
        }
    }
}

impl From<structure::Group> for Group {
    fn from(group: structure::Group) -> Self {
        Group {
            group_id: group.id.0,
            department_id: group.department.0,
            name: Some(group.name),
            is_front_line: group.front_line,
            position: group.position,
        }
    }
}

impl From<structure::Membership> for Membership {
    fn from(membership: structure::Membership) -> Self {
        Membership {
            group_id: membership.group.0,
            user_id: membership.user.0,
            active_for_tickets: membership.active_tickets,
            active_for_chats: membership.active_chats,
            away: membership.away,
        }
    }
}

impl From<custom_field::CustomField> for CustomField {
    fn from(field: custom_field::CustomField) -> Self {
        CustomField {
            field_id: field.id.0,
            name: Some(field.name.as_str().to_owned()),
            display_name: Some(field.display_name.as_str().to_owned()),
            data_type: field.data_type.into(),
            default_value: Some(field.default),
            options: Some(field.options),
            is_global: field.global,
            required: field.required,
            for_employees: field.for_employees,
            for_users: field.for_users,
            position: field.position,
        }
    }
}

impl From<structure::Report> for Report {
    fn from(report: structure::Report) -> Self {
        Report { report_id: Some(report.id), name: Some(report.name), position: report.position }
    }
}

impl From<structure::TimeLogCategory> for TimeLogCategory {
    fn from(category: structure::TimeLogCategory) -> Self {
        TimeLogCategory {
            category_id: category.id,
            name: Some(category.name),
            description: Some(category.description),
            position: category.position,
        }
    }
}

impl From<structure::Language> for Language {
    fn from(language: structure::Language) -> Self {
        Language { tag: Some(language.tag), name: Some(language.name), position: language.position }
    }
}

impl From<DataType> for custom_field::DataType {
    fn from(data_type: DataType) -> Self {
        match data_type {
            DataType::Text => Self::Text,
            DataType::MultilineText => Self::MultilineText,
            DataType::Number => Self::Number,
            DataType::Boolean => Self::Boolean,
            DataType::Date => Self::Date,
            DataType::List => Self::List,
        }
    }
}

impl From<custom_field::DataType> for DataType {
    fn from(data_type: custom_field::DataType) -> Self {
        match data_type {
            custom_field::DataType::Text => Self::Text,
            custom_field::DataType::MultilineText => Self::MultilineText,
            custom_field::DataType::Number => Self::Number,
            custom_field::DataType::Boolean => Self::Boolean,
            custom_field::DataType::Date => Self::Date,
            custom_field::DataType::List => Self::List,
        }
    }
}
