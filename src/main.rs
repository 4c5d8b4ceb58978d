//! The `onemap` command.

fn main() {}
