//! `asmxd export`: people into a file that `asmxd import` reads.

use super::chosen::{choose, target};
use super::import::{format, scope};
use super::serve::{self, Options};
use crate::config::Config;
use crate::import::files::{self, Format, WriteError};
use crate::import::target::Target;
use crate::operations::accounts::ExportUsers;
use crate::operations::accounts::records_of_imports::ImportScope;
use std::io::{BufWriter, Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

/// People of one part.
const PART: i32 = 1000;

/// The arguments.
#[derive(clap::Args)]
pub struct Arguments {
    /// csv, xlsx, xml or json [default: by the ending of --output, else csv]
    #[arg(long, value_name = "FORMAT", default_value = "auto", value_parser = format)]
    format: Asked,
    /// Whom: employees, users or all
    #[arg(long, value_name = "WHOM", default_value = "all", value_parser = scope)]
    only: ImportScope,
    /// The columns, with commas between; PasswordHash and Avatar come only when they are named [default: all others]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    columns: Vec<String>,
    /// The file to write; it can be read by you alone [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The address of a running server, without /Services2 [default: the server that holds the database, if one does]
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    #[command(flatten)]
    options: Options,
}

type Asked = Option<Format>;

/// Runs the command.
pub fn run(arguments: Arguments) -> ExitCode {
    serve::with_configuration(arguments.options.clone(), |config| export(&arguments, config).map(|()| ExitCode::SUCCESS))
}

fn export(arguments: &Arguments, config: &Config) -> Result<(), String> {
    let Arguments { format, output, .. } = arguments;
    let format = format.or_else(|| output.as_deref().and_then(Format::of)).unwrap_or(Format::Csv);
    let chosen = choose(arguments.server.as_deref(), config)?;
    let mut target = target(&chosen, config)?;
    let result = match output {
        Some(path) => {
            let file = files::private(path).map_err(|error| format!("{}: {error}", path.display()))?;
            write(arguments, format, &mut *target, BufWriter::new(file))
        }
        None => write(arguments, format, &mut *target, stdout().lock()),
    };
    result.map_err(|problem| match output {
        Some(path) => format!("{}: {problem}", path.display()),
        None => problem,
    })
}

/// Writes everybody, part by part.
fn write(arguments: &Arguments, format: Format, target: &mut dyn Target, out: impl Write) -> Result<(), String> {
    let cannot = |error: WriteError| error.to_string();
    let (mut token, mut writer, mut out) = (None, None, Some(out));
    loop {
        let columns = arguments.columns.iter().map(|name| name.trim().to_owned()).collect::<Vec<_>>();
        let request = ExportUsers {
            scope: Some(arguments.only),
            columns: Some(columns).filter(|columns| !columns.is_empty()),
            max: Some(PART),
            continuation_token: token.take(),
        };
        let part = target.export(request).map_err(|refusal| refusal.to_string())?;
        if let Some(out) = out.take() {
            writer = Some(files::write(format, &part.columns.unwrap_or_default(), out).map_err(cannot)?);
        }
        let Some(writing) = &mut writer else { return Ok(()) };
        for row in part.rows.unwrap_or_default() {
            writing.row(&row.values.unwrap_or_default()).map_err(cannot)?;
        }
        token = part.continuation_token;
        if token.is_none() {
            return writer.take().map_or(Ok(()), |writer| writer.finish().map_err(cannot));
        }
    }
}
