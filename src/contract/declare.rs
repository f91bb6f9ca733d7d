//! The two macros by which a contract is declared: `record!` for types, `operation!` for operations.
//!
//! Both are plain `macro_rules!` over static data. Wire names are literals (or the field's own name), so that a
//! search for a name of the WSDL finds its home.

/// The doc comment's lines as one text.
macro_rules! doc_text {
    ($($line:literal)*) => { concat!($($line),*) };
}
pub(crate) use doc_text;

/// The name on the wire: the literal after `as`, else the field's own name.
macro_rules! wire_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $wire:literal) => {
        $wire
    };
}
pub(crate) use wire_name;

/// Declares a record type of the contract.
///
/// The word before its name says what it is in ASMX's eyes: a `class` (may be null, nillable as an item), a `value` type
/// (always present), an `outcome`: the result of an operation, with `Message`, `Result` and `ResultCode`, or an `answer`: an outcome of
/// asmxd's own services, which begins with these three and `Errors` by field, without naming them (R29).
///
/// ```text
/// record! {
///     /// One role.
///     class RoleInfo {
///         /// Whether it is a role for employees.
///         is_employee as "IsEmployee": bool,
///     }
/// }
/// ```
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        answer $name:ident { $($fields:tt)* }
    ) => {
        $crate::contract::record! {
            $(#[doc = $doc])*
            answered $name {
                /// Empty on success, else what is wrong.
                message as "Message": Option<String>,
                /// Whether the call succeeded.
                result as "Result": bool,
                /// 0 on success, else the reason's number.
                result_code as "ResultCode": i32,
                /// What is wrong, by parameter.
                errors as "Errors": Option<Vec<FieldError>>,
                $($fields)*
            }
        }
    };
    (
        $(#[doc = $doc:literal])*
        $kind:ident $name:ident {
            $( $(#[doc = $field_doc:literal])* $field:ident $(as $wire:literal)? : $ty:ty ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: $ty, )*
        }

        impl $crate::contract::Value for $name {
            const RECORD: $crate::contract::Record = $crate::contract::Record {
                name: stringify!($name),
                doc: $crate::contract::doc_text!($($doc)*),
                fields: &[$( $crate::contract::Field {
                    name: $crate::contract::wire_name!($field $($wire)?),
                    doc: $crate::contract::doc_text!($($field_doc)*),
                    ty: <$ty as $crate::contract::Part>::TYPE,
                    required: <$ty as $crate::contract::Part>::REQUIRED,
                } ),*],
            };
            fn members(&self, sink: &mut dyn $crate::contract::Sink) {
                $( $crate::contract::Part::write(&self.$field, $crate::contract::wire_name!($field $($wire)?), sink); )*
            }
        }

        impl $name {
            /// Reads the members, in whatever order they come.
            pub fn read(
                source: &mut dyn $crate::contract::Source,
            ) -> Result<Self, $crate::contract::ReadError> {
                const FIELDS: &[$crate::contract::Field] = <$name as $crate::contract::Value>::RECORD.fields;
                $crate::contract::read_members!(source, FIELDS, { $($field),* })
            }
        }

        $crate::contract::record!(@$kind $name);
    };
    (@value $name:ident) => {
        impl $crate::contract::Part for $name {
            const TYPE: $crate::contract::Type =
                $crate::contract::Type::Record(&<$name as $crate::contract::Value>::RECORD);
            const REQUIRED: bool = true;
            fn read(source: &mut dyn $crate::contract::Source) -> Result<Self, $crate::contract::ReadError> {
                $name::read(source)
            }
            fn write(&self, name: &'static str, sink: &mut dyn $crate::contract::Sink) {
                sink.begin(name);
                $crate::contract::Value::members(self, sink);
                sink.end(name);
            }
        }
        $crate::contract::record!(@item $name false);
    };
    (@class $name:ident) => {
        impl $crate::contract::Part for Option<$name> {
            const TYPE: $crate::contract::Type =
                $crate::contract::Type::Record(&<$name as $crate::contract::Value>::RECORD);
            const REQUIRED: bool = false;
            fn read(source: &mut dyn $crate::contract::Source) -> Result<Self, $crate::contract::ReadError> {
                Ok(if source.null()? { None } else { Some($name::read(source)?) })
            }
            fn write(&self, name: &'static str, sink: &mut dyn $crate::contract::Sink) {
                if let Some(value) = self {
                    sink.begin(name);
                    $crate::contract::Value::members(value, sink);
                    sink.end(name);
                }
            }
        }
        $crate::contract::record!(@item $name true);
    };
    (@item $name:ident $nillable:literal) => {
        impl $crate::contract::Item for $name {
            const ARRAY: $crate::contract::Array = $crate::contract::Array {
                name: concat!("ArrayOf", stringify!($name)),
                item: stringify!($name),
                ty: $crate::contract::Type::Record(&<$name as $crate::contract::Value>::RECORD),
                nillable: $nillable,
            };
            fn read(source: &mut dyn $crate::contract::Source) -> Result<Self, $crate::contract::ReadError> {
                $name::read(source)
            }
            fn write(&self, sink: &mut dyn $crate::contract::Sink) {
                sink.begin(stringify!($name));
                $crate::contract::Value::members(self, sink);
                sink.end(stringify!($name));
            }
        }
    };
    (@answered $name:ident) => {
        impl $crate::contract::Outcome for $name {
            fn succeed(mut self) -> Self {
                self.message = Some(String::new());
                self.result = true;
                self.result_code = 0;
                self
            }
            fn fail(failure: $crate::contract::Failure) -> Self {
                let mut failed = Self::default();
                let errors: Vec<_> = failure.fields.into_iter().map(FieldError::from).collect();
                failed.errors = Some(errors).filter(|errors| !errors.is_empty());
                failed.message = Some(failure.message);
                failed.result_code = failure.code;
                failed
            }
        }
    };
    (@outcome $name:ident) => {
        impl $crate::contract::Outcome for $name {
            fn succeed(mut self) -> Self {
                self.message = Some(String::new());
                self.result = true;
                self.result_code = 0;
                self
            }
            fn fail(failure: $crate::contract::Failure) -> Self {
                let mut failed = Self::default();
                failed.message = Some(failure.message);
                failed.result_code = failure.code;
                failed
            }
        }
    };
}
pub(crate) use record;

/// Declares an enumeration: a `simpleType` on the wire, an `enum` here.
macro_rules! enumeration {
    (
        $(#[doc = $doc:literal])*
        $name:ident { $( $(#[doc = $word_doc:literal])* $word:ident ),* $(,)? }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum $name {
            #[default]
            $( $(#[doc = $word_doc])* $word, )*
        }

        impl $name {
            /// The type's declaration.
            pub const ENUMERATION: $crate::contract::Enumeration = $crate::contract::Enumeration {
                name: stringify!($name),
                doc: $crate::contract::doc_text!($($doc)*),
                words: &[$(stringify!($word)),*],
                docs: &[$($crate::contract::doc_text!($($word_doc)*)),*],
            };
            /// All of its words, in their order.
            pub const ALL: &[$name] = &[$($name::$word),*];

            /// The word as it is on the wire.
            pub fn word(self) -> &'static str {
                Self::ENUMERATION.words.get(self as usize).copied().unwrap_or_default()
            }
        }

        impl $crate::contract::Part for $name {
            const TYPE: $crate::contract::Type = $crate::contract::Type::Enumeration(&$name::ENUMERATION);
            const REQUIRED: bool = true;
            fn read(source: &mut dyn $crate::contract::Source) -> Result<Self, $crate::contract::ReadError> {
                let index = source.word(&$name::ENUMERATION)?;
                Ok($name::ALL.get(index).copied().unwrap_or_default())
            }
            fn write(&self, name: &'static str, sink: &mut dyn $crate::contract::Sink) {
                sink.string(name, self.word());
            }
        }

        impl $crate::contract::Part for Option<$name> {
            const TYPE: $crate::contract::Type = $crate::contract::Type::Enumeration(&$name::ENUMERATION);
            const REQUIRED: bool = false;
            fn read(source: &mut dyn $crate::contract::Source) -> Result<Self, $crate::contract::ReadError> {
                if source.null()? { Ok(None) } else { $crate::contract::Part::read(source).map(Some) }
            }
            fn write(&self, name: &'static str, sink: &mut dyn $crate::contract::Sink) {
                if let Some(word) = self {
                    sink.string(name, word.word());
                }
            }
        }
    };
}
pub(crate) use enumeration;

/// Reads the members of `fields` into a struct by position; of a member that comes twice the first counts.
macro_rules! read_members {
    ($source:ident, $fields:ident, { $($field:ident),* }) => {{
        let mut value = Self::default();
        let mut seen = 0_u64;
        while let Some(index) = $source.field($fields)? {
            if seen & (1 << index) != 0 {
                $source.skip()?;
                continue;
            }
            seen |= 1 << index;
            let mut position = 0;
            $(
                if index == position {
                    value.$field = $crate::contract::Part::read($source)?;
                    continue;
                }
                position += 1;
            )*
            let _ = position;
            $source.skip()?;
        }
        Ok(value)
    }};
}
pub(crate) use read_members;

/// Declares an operation: its effect, name, who may call it, its parameters and what it answers.
///
/// The credentials are those of the service (`super::CREDENTIALS`) unless `with` names others of it. A writing operation must
/// implement `Writes`, a reading one `Reads`; otherwise the service's table does not compile.
///
/// ```text
/// operation! {
///     /// Creates a user and answers its id.
///     writes CreateUser2 by Administrator {
///         /// Login name.
///         username: Option<String>,
///     } -> UserInfoResult
/// }
/// ```
macro_rules! operation {
    (
        $(#[doc = $doc:literal])*
        $effect:ident $name:ident by $access:ident {
            $( $(#[doc = $field_doc:literal])* $field:ident $(as $wire:literal)? : $ty:ty ),* $(,)?
        } -> $result:ty
    ) => {
        $crate::contract::operation! {
            $(#[doc = $doc])*
            $effect $name by $access with CREDENTIALS {
                $( $(#[doc = $field_doc])* $field $(as $wire)? : $ty ),*
            } -> $result
        }
    };
    (
        $(#[doc = $doc:literal])*
        $effect:ident $name:ident by $access:ident with $credentials:ident {
            $( $(#[doc = $field_doc:literal])* $field:ident $(as $wire:literal)? : $ty:ty ),* $(,)?
        } -> $result:ty
    ) => {
        $(#[doc = $doc])*
        #[derive(Default)]
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: $ty, )*
        }

        impl $crate::contract::Request for $name {
            const DECLARATION: $crate::contract::Declaration = $crate::contract::Declaration {
                name: stringify!($name),
                doc: $crate::contract::doc_text!($($doc)*),
                effect: $crate::contract::operation!(@effect $effect),
                access: $crate::contract::Access::$access,
                parameters: &[
                    super::$credentials.user,
                    super::$credentials.password,
                    $( $crate::contract::Field {
                        name: $crate::contract::wire_name!($field $($wire)?),
                        doc: $crate::contract::doc_text!($($field_doc)*),
                        ty: <$ty as $crate::contract::Part>::TYPE,
                        required: <$ty as $crate::contract::Part>::REQUIRED,
                    } ),*
                ],
                result: &<$result as $crate::contract::Value>::RECORD,
                result_name: concat!(stringify!($name), "Result"),
                response_name: concat!(stringify!($name), "Response"),
            };
            type Result = $result;
            fn read(
                source: &mut dyn $crate::contract::Source,
            ) -> Result<($crate::contract::Login, Self), $crate::contract::ReadError> {
                #[derive(Default)]
                struct Parameters {
                    caller_name: Option<String>,
                    caller_password: Option<secrecy::SecretString>,
                    $( $field: $ty, )*
                }
                impl Parameters {
                    fn read(
                        source: &mut dyn $crate::contract::Source,
                    ) -> Result<Self, $crate::contract::ReadError> {
                        const FIELDS: &[$crate::contract::Field] =
                            <$name as $crate::contract::Request>::DECLARATION.parameters;
                        $crate::contract::read_members!(source, FIELDS, { caller_name, caller_password $(, $field)* })
                    }
                }
                let Parameters { caller_name: user, caller_password: password $(, $field)* } =
                    Parameters::read(source)?;
                Ok(($crate::contract::Login { user, password }, Self { $($field),* }))
            }
        }
    };
    (@effect reads) => { $crate::contract::Effect::Reads };
    (@effect writes) => { $crate::contract::Effect::Writes };
    (@effect signs_in) => { $crate::contract::Effect::SignsIn };
}
pub(crate) use operation;
