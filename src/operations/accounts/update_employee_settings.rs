//! UpdateEmployeeSettings.

use super::asked::{ask, is_slow};
use super::records::UpdateResult;
use super::settings::EmployeeSettings;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::change::By;
use crate::operations::people::{Prepared, apply, prepare};
use crate::operations::{Bench, Context, Prepares};
use crate::store::Write;

operation! {
    /// Changes settings of an employee, by tab: all that is given or, if one of it is wrong, nothing; the answer then names every field that is wrong.
    writes UpdateEmployeeSettings by Administrator {
        /// The employee.
        user_id as "userId": i32,
        /// The settings; those that are left out stay as they are.
        settings: Option<EmployeeSettings>,
        /// The names of settings that are to have their defaults again.
        reset: Option<Vec<String>>,
        /// The version that was read; if the employee was changed since, nothing is done.
        expected_version as "expectedVersion": Option<i32>,
    } -> UpdateResult
}

impl Prepares for UpdateEmployeeSettings {
    type Prepared = Prepared;

    fn is_slow(&self) -> bool {
        is_slow(self.settings.as_ref())
    }

    fn prepare(self, bench: &mut Bench<'_>) -> Result<Prepared, Error> {
        let (settings, reset) = (self.settings.as_ref(), self.reset.as_deref());
        let ask = ask(self.user_id, By::Administrator, settings, reset, self.expected_version, bench)?;
        prepare(ask, bench)
    }

    fn apply(prepared: &Prepared, context: &Context<'_>, tx: &mut dyn Write) -> Result<UpdateResult, Error> {
        apply(prepared, context, tx).map(UpdateResult::from)
    }
}
