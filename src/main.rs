//! Hands over to the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    rahnuma::cli::run(std::env::args_os())
}
