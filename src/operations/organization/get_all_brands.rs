//! GetAllBrands.

use super::results::{BrandInfoArrayResult, list};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the brands.
    reads GetAllBrands by Employee {} -> BrandInfoArrayResult
}

impl Reads for GetAllBrands {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<BrandInfoArrayResult, Error> {
        Ok(BrandInfoArrayResult { brands: list(read.brands()?), ..BrandInfoArrayResult::default() })
    }
}
