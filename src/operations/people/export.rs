//! People as rows: each cell is what an import would have to be given for it to change nothing.

use super::import::{Columns, Labels, Target, column_of, groups_of_user, labels};
use crate::domain::Error;
use crate::domain::column::{GROUPS, PASSWORD_HASH, ROLES};
use crate::domain::custom_field::CustomField;
use crate::domain::ids::UserId;
use crate::domain::property;
use crate::domain::setting::{Change, Kind, SETTINGS};
use crate::domain::user::User;
use crate::operations::Context;
use crate::store::Read;

/// What is exported: the columns, and what their cells need.
pub struct Exporting {
    columns: Columns,
    fields: Vec<CustomField>,
    labels: Labels,
}

impl Exporting {
    /// The columns that are asked for; all but pictures and hashes if none are.
    pub fn new(columns: &[String], read: &dyn Read) -> Result<Self, Error> {
        let fields = read.custom_fields()?;
        let columns = match columns {
            [] => Columns::resolve(&every_column(&fields), &fields)?,
            asked => Columns::resolve(asked, &fields)?,
        };
        if columns.targets().any(|target| matches!(target, Target::Setting(setting) if setting.kind == Kind::Secret)) {
            return Err(Error::invalid(
                "columns",
                format!("name passwords, which nobody knows; {PASSWORD_HASH} has their hashes."),
            ));
        }
        Ok(Exporting { columns, labels: labels(read)?, fields })
    }

    /// The names of the columns.
    pub fn columns(&self) -> Vec<String> {
        self.columns.iter().map(|(given, _)| given.to_owned()).collect()
    }

    /// The row of a person; none if it is gone.
    pub fn row(&self, id: i32, context: &Context<'_>, read: &dyn Read) -> Result<Option<Vec<String>>, Error> {
        let Some(user) = read.user(UserId(id))? else { return Ok(None) };
        let held = read.custom_values(user.id)?;
        let cell = |target: &Target| {
            Ok(match target {
                Target::Setting(setting) if setting.kind == Kind::Picture => picture(&user, read)?,
                Target::Setting(setting) => property::read(&user, setting.key, context.caller, &context.server.rules),
                Target::PasswordHash => user.password.as_ref().map(|hash| hash.as_str().to_owned()).unwrap_or_default(),
                Target::Roles => user.given_roles.iter().map(|role| role.name.as_str()).collect::<Vec<_>>().join(";"),
                Target::Groups => self.labels.write(&groups_of_user(read, user.id)?),
                Target::CustomField { name, .. } => {
                    let field = self.fields.iter().find(|field| field.display_name.as_str() == name);
                    let field = field.filter(|field| field.applies_to(user.is_employee()));
                    field.map(|field| held.get(&field.id).unwrap_or(&field.default).clone()).unwrap_or_default()
                }
            })
        };
        let cells = self.columns.iter().map(|(_, target)| target.map_or(Ok(String::new()), cell));
        cells.collect::<Result<_, Error>>().map(Some)
    }
}

fn picture(user: &User, read: &dyn Read) -> Result<String, Error> {
    Ok(read.avatar(user.id)?.map(|avatar| avatar.base64()).unwrap_or_default())
}

/// Every column that an export has unless others are asked for, in the order of the table of settings.
pub fn every_column(fields: &[CustomField]) -> Vec<String> {
    let hidden = |kind: Kind| matches!(kind, Kind::Elsewhere | Kind::Secret | Kind::Picture);
    let settings = SETTINGS.iter().filter(|setting| setting.change != Change::Never && !hidden(setting.kind));
    let settings = settings.map(|setting| setting.key.to_owned());
    settings.chain([ROLES.to_owned(), GROUPS.to_owned()]).chain(fields.iter().map(column_of)).collect()
}
