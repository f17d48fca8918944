//! The command line: terminal, clock, environment and exit codes.

use std::process::ExitCode;

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    todo!()
}
