//! The identifiers, each a type of its own so that none is taken for another.

use std::fmt;

macro_rules! id {
    ($(#[doc = $doc:literal])* $name:ident($inner:ty)) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id! {
    /// A person: 1 is the queue, 2 the first administrator, others are dense from 3 and never given again (R11).
    UserId(i32)
}
id! {
    /// A role: 1 to 6 are built in, custom ones start at 100 (R11). `xs:short` on the wire.
    RoleId(i16)
}
id! {
    /// A brand.
    BrandId(i32)
}
id! {
    /// The definition of a custom field.
    CustomFieldId(i32)
}
id! {
    /// A customer organization.
    OrganizationId(i32)
}
id! {
    /// A department.
    DepartmentId(i32)
}
id! {
    /// A group of agents within a department.
    GroupId(i32)
}
id! {
    /// An import.
    ImportId(i32)
}

impl UserId {
    /// The pseudo-user to whom unassigned tickets belong; never a login (R12).
    pub const QUEUE: UserId = UserId(1);
}
