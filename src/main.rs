//! Hands over to the library.

use std::process::ExitCode;

/// Pages are made of many short texts: a quarter of a build's time goes into the system's allocator, and a growing share of it as
/// sites grow.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    rahnuma::cli::run(std::env::args_os())
}
