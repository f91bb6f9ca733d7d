//! UpdateMyPreferences.

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
    /// Changes settings of the caller itself: all that is given or, if one of it is wrong, nothing. What only administrators change is
    /// refused by name.
    writes UpdateMyPreferences by Anybody {
        /// The settings; those that are left out stay as they are.
        preferences: Option<EmployeeSettings>,
        /// The names of settings that are to have their defaults again.
        reset: Option<Vec<String>>,
        /// The version that was read; if the caller was changed since, nothing is done.
        expected_version as "expectedVersion": Option<i32>,
    } -> UpdateResult
}

impl Prepares for UpdateMyPreferences {
    type Prepared = Prepared;

    fn is_slow(&self) -> bool {
        is_slow(self.preferences.as_ref())
    }

    fn prepare(self, bench: &mut Bench<'_>) -> Result<Prepared, Error> {
        let (preferences, reset) = (self.preferences.as_ref(), self.reset.as_deref());
        let ask = ask(bench.caller().0, By::Person, preferences, reset, self.expected_version, bench)?;
        prepare(ask, bench)
    }

    fn apply(prepared: &Prepared, context: &Context<'_>, tx: &mut dyn Write) -> Result<UpdateResult, Error> {
        apply(prepared, context, tx).map(UpdateResult::from)
    }
}
