//! ReorderDepartments.

use super::lookup::{brand, departments_of, reordered};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::DepartmentId;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Puts the departments of a brand into another order.
    writes ReorderDepartments by Administrator {
        /// The brand.
        brand_id as "brandId": i32,
        /// All of them, in the order in which lists by hand show them.
        department_ids as "departmentIds": Option<Vec<i32>>,
    } -> ChangeResult
}

impl Writes for ReorderDepartments {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let brand = brand(tx, self.brand_id)?;
        let present = departments_of(tx, brand.id)?.into_iter().map(|found| found.id.0).collect();
        let order = reordered("departmentIds", self.department_ids.as_deref(), present)?;
        let items: Vec<Item> = order.into_iter().map(|id| Item::Department(DepartmentId(id))).collect();
        tx.reorder(&items)?;
        Ok(ChangeResult::default())
    }
}
