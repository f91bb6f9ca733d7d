//! ListBrands.

use super::lookup::by_position;
use super::records::ListBrandsResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the brands in the order made by hand.
    reads ListBrands by Employee {} -> ListBrandsResult
}

impl Reads for ListBrands {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<ListBrandsResult, Error> {
        let brands = by_position(read.brands()?, |brand| brand.position);
        Ok(ListBrandsResult { brands, ..ListBrandsResult::default() })
    }
}
