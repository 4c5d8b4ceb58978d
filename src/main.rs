//! The `onemap` command.

use std::process::ExitCode;

/// Gives memory back to the system after a snapshot is built, which the system's own does not.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    onemap::cli::main()
}
