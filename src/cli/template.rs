//! `asmxd import --template`: a sample that can be imported as it is, with every column there is.

use super::chosen::{choose, target};
use crate::config::Config;
use crate::domain::column::{PASSWORD_HASH, ROLES};
use crate::domain::setting;
use crate::import::files::{self, Format};
use crate::operations::accounts::ExportUsers;
use crate::operations::people::export::every_column;
use std::io::stdout;
use std::process::ExitCode;

/// The columns that people begin with; the others follow.
const FIRST: [&str; 5] = ["Username", "EmailAddress", "DisplayName", "Password", ROLES];
/// An employee and an end user, with a value for each of the columns above.
const PEOPLE: [[&str; 5]; 2] = [
    ["anna.example", "anna@example.org", "Anna Example", "a first password 1", "Agent"],
    ["ben.example", "ben@example.org", "Ben Example", "a first password 2", ""],
];

/// Prints the sample. Custom fields are those of the server or database; without either there are none.
pub fn print(format: Option<Format>, server: Option<&str>, config: &Config) -> Result<ExitCode, String> {
    let everything = if server.is_some() || config.database.exists() {
        let request = ExportUsers { max: Some(1), ..ExportUsers::default() };
        let answer = target(&choose(server, config)?, config)?.export(request).map_err(|refusal| refusal.to_string())?;
        answer.columns.unwrap_or_default()
    } else {
        every_column(&[])
    };
    let rest = everything.into_iter().filter(|name| !FIRST.contains(&name.as_str()));
    let columns: Vec<String> =
        FIRST.iter().map(|name| (*name).to_owned()).chain(rest).chain([PASSWORD_HASH.to_owned()]).collect();
    let cannot = |error: files::WriteError| error.to_string();
    let mut writer = files::write(format.unwrap_or(Format::Csv), &columns, stdout().lock()).map_err(cannot)?;
    for (at, person) in PEOPLE.iter().enumerate() {
        let cell = |(index, name): (usize, &String)| match person.get(index) {
            Some(cell) => (*cell).to_owned(),
            // What an employee has shows the form of a value; an end user shows that all of it may be left out.
            None if at == 0 => default_of(name),
            None => String::new(),
        };
        let cells: Vec<String> = columns.iter().enumerate().map(cell).collect();
        writer.row(&cells).map_err(cannot)?;
    }
    writer.finish().map_err(cannot)?;
    Ok(ExitCode::SUCCESS)
}

fn default_of(column: &str) -> String {
    setting::named(column).and_then(|setting| setting.default).unwrap_or_default().to_owned()
}
