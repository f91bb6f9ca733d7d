//! The XML Schema of files of people, made from the table of settings, so that it knows each of them.

use crate::domain::column::{GROUPS, PASSWORD_HASH, ROLES, built_in, named};
use crate::domain::setting::{self, Change, Kind, Setting};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// The namespace of the documents.
pub const NAMESPACE: &str = "urn:asmxd:import:1";
/// The element of a document.
pub const ROOT: &str = "Import";
/// The element of a person.
pub const PERSON: &str = "User";
/// The element of a custom field, in one that groups them.
pub const CUSTOM_FIELD: &str = "CustomField";

/// The schema as a document, which is checked in as `schemas/xml/import.xsd`.
pub fn xsd() -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let schema = writer.create_element("s:schema").with_attributes([
        ("elementFormDefault", "qualified"),
        ("targetNamespace", NAMESPACE),
        ("xmlns:tns", NAMESPACE),
        ("xmlns:s", "http://www.w3.org/2001/XMLSchema"),
    ]);
    schema.write_inner_content(|writer| {
        let root = writer.create_element("s:element").with_attribute(("name", ROOT));
        root.write_inner_content(|writer| {
            documented(writer, "People to be imported, as the export writes them.")?;
            nested(writer, &["s:complexType", "s:sequence"], |writer| {
                let person = [("minOccurs", "0"), ("maxOccurs", "unbounded"), ("name", PERSON), ("type", "tns:User")];
                writer.create_element("s:element").with_attributes(person).write_empty().map(drop)
            })
        })?;
        writer.create_element("s:complexType").with_attribute(("name", "User")).write_inner_content(person)?;
        writer
            .create_element("s:complexType")
            .with_attribute(("name", "CustomFields"))
            .write_inner_content(|writer| writer.create_element("s:sequence").write_inner_content(field).map(drop))?;
        Ok(())
    })?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn person(writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    documented(writer, "A person: an element for each column, in any order. One that is empty is as one that is left out.")?;
    writer.create_element("s:all").write_inner_content(|writer| {
        let is_read_only = |column: &str| setting::named(column).is_some_and(|setting| setting.change == Change::Never);
        for column in built_in().filter(|column| !is_read_only(column)) {
            let doc = match column {
                GROUPS => "Groups, each as Department/Group, separated by semicolons.",
                PASSWORD_HASH => "A password that is hashed already, as docs/passwords.md says.",
                ROLES => "Roles by name or id, separated by semicolons.",
                column => named(column).and_then(setting::named).map_or("", doc),
            };
            let attributes = [("minOccurs", "0"), ("name", column), ("type", "s:string")];
            writer
                .create_element("s:element")
                .with_attributes(attributes)
                .write_inner_content(|writer| documented(writer, doc))?;
        }
        let attributes = [("minOccurs", "0"), ("name", "CustomFields"), ("type", "tns:CustomFields")];
        writer.create_element("s:element").with_attributes(attributes).write_empty().map(drop)
    })?;
    Ok(())
}

fn doc(setting: &'static Setting) -> &'static str {
    match setting.kind {
        Kind::Elsewhere => "",
        _ => setting.doc,
    }
}

/// A custom field, whose name is one that no element could have.
fn field(writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let attributes = [("minOccurs", "0"), ("maxOccurs", "unbounded"), ("name", CUSTOM_FIELD)];
    writer.create_element("s:element").with_attributes(attributes).write_inner_content(|writer| {
        nested(writer, &["s:complexType", "s:simpleContent"], |writer| {
            writer.create_element("s:extension").with_attribute(("base", "s:string")).write_inner_content(|writer| {
                let attributes = [("name", "Name"), ("type", "s:string"), ("use", "required")];
                writer.create_element("s:attribute").with_attributes(attributes).write_empty().map(drop)
            })?;
            Ok(())
        })
    })?;
    Ok(())
}

fn documented(writer: &mut Writer<Vec<u8>>, text: &str) -> io::Result<()> {
    nested(writer, &["s:annotation", "s:documentation"], |writer| writer.write_event(Event::Text(BytesText::new(text))))
}

/// An element with nothing but another one in it.
fn nested(
    writer: &mut Writer<Vec<u8>>,
    [outer, inner]: &[&str; 2],
    content: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>,
) -> io::Result<()> {
    let inner = |writer: &mut Writer<Vec<u8>>| writer.create_element(*inner).write_inner_content(content).map(drop);
    writer.create_element(*outer).write_inner_content(inner).map(drop)
}
