//! AddRole.

use super::results::GenericResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::name::Name;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Creates a custom role. Its id is found by its name in GetAllRoles.
    writes AddRole by Administrator {
        /// Name, unique without regard to case.
        role_name as "roleName": Option<String>,
        /// Whether it makes its holders employees.
        employee_role as "employeeRole": bool,
    } -> GenericResult
}

impl Writes for AddRole {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<GenericResult, Error> {
        let name = self.role_name.as_deref().unwrap_or_default();
        let name = Name::new(name).map_err(|problem| Error::invalid("roleName", problem))?;
        if name.as_str().contains(';') {
            return Err(Error::invalid("roleName", "holds a semicolon, which separates names in the property Roles."));
        }
        if tx.role_id_by_name(name.key())?.is_some() {
            return Err(Error::Taken { parameter: "roleName".to_owned() });
        }
        tx.insert_role(&name, self.employee_role)?;
        Ok(GenericResult::default())
    }
}
