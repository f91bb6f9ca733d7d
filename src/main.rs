//! The program: arguments to command to exit code. Everything else is in the library.

fn main() -> std::process::ExitCode {
    asmxd::cli::run()
}
