//! GetDepartmentsForBrand.

use super::results::{DepartmentInfoArrayResult, list};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::BrandId;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the departments of a brand that the caller sees.
    reads GetDepartmentsForBrand by Employee {
        /// The brand.
        brand_id as "BrandID": i32,
    } -> DepartmentInfoArrayResult
}

impl Reads for GetDepartmentsForBrand {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<DepartmentInfoArrayResult, Error> {
        if !read.brands()?.iter().any(|brand| brand.id == BrandId(self.brand_id)) {
            return Err(Error::NotFound { parameter: "BrandID", what: "brand" });
        }
        let mut departments = read.departments(context.caller.scope())?;
        departments.retain(|department| department.brand == BrandId(self.brand_id));
        Ok(DepartmentInfoArrayResult { departments: list(departments), ..DepartmentInfoArrayResult::default() })
    }
}
