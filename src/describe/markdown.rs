//! `docs/operations.md`: the reference of all operations.

use super::xsd::type_name;
use crate::contract::{Declaration, Field};
use crate::operations::{SERVICES, Service};
use std::fmt::Write;

/// The whole file, with the result codes and when each is answered.
pub fn operations(codes: &[(i32, &str)]) -> String {
    let mut text = String::from(
        "# Operations\n\nMade from the declarations in `src/operations/`; `BLESS=1 cargo test` rewrites this file.\n\
         Every call carries its credentials in the first two parameters.\n",
    );
    line(
        &mut text,
        "\n## Result codes\n\nHTTP status 200, `Result` false, and a `Message` that says what is wrong.\n\n| code | |\n|---|---|",
    );
    codes.iter().for_each(|(code, when)| line(&mut text, &format!("| {code} | {when} |")));
    SERVICES.iter().for_each(|service| of_service(&mut text, service));
    text
}

fn of_service(text: &mut String, service: &Service) {
    line(text, &format!("\n## {}\n\n{}\n", service.name, service.doc));
    line(text, &format!("Page `/Services2/{}.asmx`, namespace `{}`.", service.name, service.namespace));
    service.operations.iter().for_each(|entry| of_operation(text, entry.declaration));
}

fn of_operation(text: &mut String, declaration: &Declaration) {
    line(text, &format!("\n### {}\n\n{}\n", declaration.name, declaration.doc.trim()));
    line(text, &format!("For {}; {}.\n", declaration.access.word(), declaration.effect.word()));
    line(text, "| parameter | type | |\n|---|---|---|");
    declaration.parameters.iter().for_each(|field| row(text, field));
    line(text, &format!("\nAnswers `{}`:\n\n| member | type | |\n|---|---|---|", declaration.result.name));
    declaration.result.fields.iter().for_each(|field| row(text, field));
}

fn row(text: &mut String, field: &Field) {
    let ty = type_name(field.ty);
    let ty = ty.split_once(':').map_or(ty.as_str(), |(_, local)| local);
    line(text, &format!("| `{}` | {ty} | {} |", field.name, field.doc.trim()));
}

fn line(text: &mut String, line: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{line}");
}
