//! The program as people run it, also as a user for whom permissions count.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

/// The program.
pub fn rahnuma() -> Command {
    Command::new(env!("CARGO_BIN_EXE_rahnuma"))
}

/// A build of a site on the day of the tests.
pub fn build_command(root: &Path, more: &[&str]) -> Command {
    let mut command = rahnuma();
    command.args(["build", "--as-of", "2026-11-22", "--root", root.to_str().unwrap()]).args(more);
    command
}

/// Builds a site.
pub fn build(root: &Path, more: &[&str]) -> Output {
    build_command(root, more).output().unwrap()
}

/// What was said to people.
pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file below a folder with what it holds.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            (entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned(), fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Says that a test was skipped, past the runner that hides what tests print when they pass.
pub fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}

/// A user who owns nothing else, for tests that run as root: root may do everything.
#[cfg(unix)]
const NOBODY: u32 = 65534;

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Gives a folder to the user that [`user_command`] runs as. False, and said, when that user cannot run the program.
#[cfg(unix)]
pub fn has_user(folder: &Path) -> bool {
    if !is_root() {
        return true;
    }
    for entry in walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap) {
        std::os::unix::fs::lchown(entry.path(), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    let mut version = rahnuma();
    let able = user_command(version.arg("--version")).output().is_ok_and(|output| output.status.success());
    if !able {
        skipped(&format!("user {NOBODY} may not run {}", env!("CARGO_BIN_EXE_rahnuma")));
    }
    able
}

/// The command as a user other than root.
#[cfg(unix)]
pub fn user_command(command: &mut Command) -> &mut Command {
    if is_root() {
        std::os::unix::process::CommandExt::uid(command, NOBODY);
    }
    command
}

/// A build as a user other than root.
#[cfg(unix)]
pub fn user_build(root: &Path, more: &[&str]) -> Output {
    user_command(&mut build_command(root, more)).output().unwrap()
}
