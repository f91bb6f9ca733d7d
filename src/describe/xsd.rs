//! The XML Schema of a service, in the order in which ASMX writes it (section 3 of `asmx-behaviour.md`): per operation its element, the
//! types first used by it depth first, its response element, and the types first used by that.

use super::wsdl_forms;
use crate::contract::{Declaration, Field, Type};
use crate::operations::Service;
use crate::wire::xml::{XSD, XmlWriter};

/// The schema as a document of its own.
pub fn xsd(service: &Service) -> Vec<u8> {
    let mut writer = XmlWriter::indented();
    writer.declaration();
    schema(&mut writer, service, &[("xmlns:tns", service.namespace), ("xmlns:s", XSD)], None);
    let mut bytes = writer.into_bytes();
    bytes.push(b'\n');
    bytes
}

/// The schema's element, with further attributes at its end. `forms` asks for what the bindings of forms need besides, and may name the
/// namespace of their arrays.
pub(super) fn schema(writer: &mut XmlWriter, service: &Service, further: &[(&str, &str)], forms: Option<Option<&str>>) {
    let mut attributes = vec![("elementFormDefault", "qualified"), ("targetNamespace", service.namespace)];
    attributes.extend_from_slice(further);
    writer.start_with("s:schema", &attributes);
    if let Some(Some(namespace)) = forms {
        writer.empty_with("s:import", &[("namespace", namespace)]);
    }
    let mut types = Types { writer, written: Vec::new(), documented: service.documented };
    for entry in service.operations {
        types.operation(entry.declaration);
    }
    if forms.is_some() {
        wsdl_forms::result_elements(writer, service);
    }
    writer.end("s:schema");
}

struct Types<'w> {
    writer: &'w mut XmlWriter,
    written: Vec<&'static str>,
    /// Whether the declarations' texts are written along.
    documented: bool,
}

impl Types<'_> {
    fn operation(&mut self, declaration: &Declaration) {
        self.element(declaration.name, declaration.parameters);
        let result = Field {
            name: declaration.result_name,
            doc: declaration.result.doc,
            ty: Type::Record(declaration.result),
            required: false,
        };
        self.element(declaration.response_name, &[result]);
    }

    fn element(&mut self, name: &str, fields: &[Field]) {
        self.writer.start_with("s:element", &[("name", name)]);
        self.writer.start("s:complexType");
        self.sequence(fields);
        self.writer.end("s:complexType");
        self.writer.end("s:element");
        fields.iter().for_each(|field| self.type_of(field.ty));
    }

    fn sequence(&mut self, fields: &[Field]) {
        self.writer.start("s:sequence");
        for field in fields {
            let attributes = [
                ("minOccurs", if field.required { "1" } else { "0" }),
                ("maxOccurs", "1"),
                ("name", field.name),
                ("type", &type_name(field.ty)),
            ];
            if self.documented {
                self.writer.start_with("s:element", &attributes);
                self.annotation(field.doc);
                self.writer.end("s:element");
            } else {
                self.writer.empty_with("s:element", &attributes);
            }
        }
        self.writer.end("s:sequence");
    }

    fn annotation(&mut self, doc: &str) {
        if self.documented && !doc.trim().is_empty() {
            self.writer.start("s:annotation");
            self.writer.element("s:documentation", doc.trim());
            self.writer.end("s:annotation");
        }
    }

    /// Writes a named type, and those it uses, unless it was written before.
    fn type_of(&mut self, ty: Type) {
        match ty {
            Type::Record(record) if self.is_new(record.name) => {
                self.writer.start_with("s:complexType", &[("name", record.name)]);
                self.annotation(record.doc);
                self.sequence(record.fields);
                self.writer.end("s:complexType");
                record.fields.iter().for_each(|field| self.type_of(field.ty));
            }
            Type::Enumeration(enumeration) if self.is_new(enumeration.name) => {
                self.writer.start_with("s:simpleType", &[("name", enumeration.name)]);
                self.annotation(enumeration.doc);
                self.writer.start_with("s:restriction", &[("base", "s:string")]);
                for (word, doc) in enumeration.words.iter().zip(enumeration.docs) {
                    if self.documented {
                        self.writer.start_with("s:enumeration", &[("value", word)]);
                        self.annotation(doc);
                        self.writer.end("s:enumeration");
                    } else {
                        self.writer.empty_with("s:enumeration", &[("value", word)]);
                    }
                }
                self.writer.end("s:restriction");
                self.writer.end("s:simpleType");
            }
            Type::Array(array) if self.is_new(array.name) => {
                let item = type_name(array.ty);
                let mut attributes = vec![("minOccurs", "0"), ("maxOccurs", "unbounded"), ("name", array.item)];
                attributes.extend(array.nillable.then_some(("nillable", "true")));
                attributes.push(("type", &item));
                self.writer.start_with("s:complexType", &[("name", array.name)]);
                self.writer.start("s:sequence");
                self.writer.empty_with("s:element", &attributes);
                self.writer.end("s:sequence");
                self.writer.end("s:complexType");
                self.type_of(array.ty);
            }
            _ => {}
        }
    }

    fn is_new(&mut self, name: &'static str) -> bool {
        let new = !self.written.contains(&name);
        if new {
            self.written.push(name);
        }
        new
    }
}

/// A type's name with the prefix of its namespace.
pub(super) fn type_name(ty: Type) -> String {
    match ty {
        Type::String | Type::Secret => "s:string".to_owned(),
        Type::Boolean => "s:boolean".to_owned(),
        Type::Short => "s:short".to_owned(),
        Type::Int => "s:int".to_owned(),
        Type::Long => "s:long".to_owned(),
        Type::Double => "s:double".to_owned(),
        Type::Decimal => "s:decimal".to_owned(),
        Type::DateTime => "s:dateTime".to_owned(),
        Type::Base64Binary => "s:base64Binary".to_owned(),
        Type::Enumeration(enumeration) => format!("tns:{}", enumeration.name),
        Type::Array(array) => format!("tns:{}", array.name),
        Type::Record(record) => format!("tns:{}", record.name),
    }
}
