//! CreateDepartment.

use super::lookup::{brand, departments_of, name, refuse_taken, roles};
use super::records::CreateResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::name::Name;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Creates a department of a brand, with its front-line group, and answers its id.
    writes CreateDepartment by Administrator {
        /// The brand it belongs to.
        brand_id as "brandId": i32,
        /// The name, unique within the brand without regard to case.
        name: Option<String>,
        /// Whether it takes no tickets from outside.
        is_internal as "isInternal": bool,
        /// The roles to which it is limited; none opens it to everybody.
        limited_to_roles as "limitedToRoles": Option<Vec<i16>>,
        /// The name of its first group, which is its front line; may be left out and made later.
        front_line_group as "frontLineGroup": Option<String>,
    } -> CreateResult
}

impl Writes for CreateDepartment {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<CreateResult, Error> {
        let name = name(self.name.as_deref())?;
        let front_line = match self.front_line_group.as_deref().filter(|group| !group.trim().is_empty()) {
            Some(group) => Some(Name::new(group).map_err(|problem| Error::invalid("frontLineGroup", problem))?),
            None => None,
        };
        let brand = brand(tx, self.brand_id)?;
        let roles = roles(tx, "limitedToRoles", self.limited_to_roles.as_deref())?;
        refuse_taken(&name, departments_of(tx, brand.id)?.iter().map(|other| other.name.as_str()))?;
        let id = tx.insert_department(brand.id, &name)?;
        tx.set_access(id, self.is_internal, &roles)?;
        if let Some(front_line) = front_line {
            tx.insert_group(id, &front_line)?;
        }
        Ok(CreateResult { id: id.0, ..CreateResult::default() })
    }
}
