//! The `onemap` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    onemap::cli::main()
}
