//! GetEmployeeSettings.

use super::asked::shown;
use super::records::EmployeeSettingsResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people::user;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Answers the settings of an employee, by tab.
    reads GetEmployeeSettings by Administrator {
        /// The employee.
        user_id as "userId": i32,
    } -> EmployeeSettingsResult
}

impl Reads for GetEmployeeSettings {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<EmployeeSettingsResult, Error> {
        let user = user(read, "userId", self.user_id)?;
        if !user.is_employee() {
            return Err(Error::Rule { key: "userId".to_owned(), rule: "is no employee; ask GetUserSettings." });
        }
        let settings = Some(shown(&user, context).employee_settings(read)?);
        Ok(EmployeeSettingsResult { user_id: user.id.0, version: user.version, settings, ..EmployeeSettingsResult::default() })
    }
}
