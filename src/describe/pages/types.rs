//! Types as the pages tell them: a word for each, and the tables of those that have members or words.

use super::page::Page;
use crate::contract::{Declaration, Type};
use crate::describe::xsd::type_name;

/// A type's name without the prefix of its namespace.
pub(super) fn type_label(ty: Type) -> String {
    let name = type_name(ty);
    name.split_once(':').map_or(name.as_str(), |(_, local)| local).to_owned()
}

/// The tables of the records and enumerations within an operation's parameters and its result, each once.
pub(super) fn types(page: &mut Page, declaration: &Declaration) {
    let mut found = Vec::new();
    let fields = declaration.parameters.iter().chain(declaration.result.fields);
    fields.for_each(|field| collect(field.ty, &mut found));
    if found.is_empty() {
        return;
    }
    page.element("h2", "Types");
    for ty in found {
        page.element("h3", &type_label(ty));
        match ty {
            Type::Record(record) => {
                page.prose("p", record.doc);
                page.fields("Member", record.fields);
            }
            Type::Enumeration(enumeration) => {
                page.prose("p", enumeration.doc);
                page.table(&["Word", "Meaning"], |page| {
                    for (word, doc) in enumeration.words.iter().zip(enumeration.docs) {
                        page.row(word, &[doc]);
                    }
                });
            }
            _ => {}
        }
    }
}

fn collect(ty: Type, found: &mut Vec<Type>) {
    match ty {
        Type::Array(array) => collect(array.ty, found),
        Type::Record(record) if !found.contains(&ty) => {
            found.push(ty);
            record.fields.iter().for_each(|field| collect(field.ty, found));
        }
        Type::Enumeration(_) if !found.contains(&ty) => found.push(ty),
        _ => {}
    }
}
