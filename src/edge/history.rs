//! What a file said before, as far as a Git repository tells.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::source::path::SourcePath;

/// How many versions of a file are looked at.
const MAX_VERSIONS: &str = "500";

/// Earlier versions of a file, the newest first, each read when it is asked for; none where there is no repository or no `git`.
pub fn versions<'a>(root: &'a Path, file: &'a SourcePath) -> impl Iterator<Item = String> + 'a {
    let log = git(root, &["log", "-n", MAX_VERSIONS, "--format=%H", "--", file.as_str()]).unwrap_or_default();
    let commits: Vec<String> = log.lines().map(str::to_owned).collect();
    commits.into_iter().filter_map(move |commit| git(root, &["show", &format!("{commit}:./{file}")]))
}

fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(arguments).stdin(Stdio::null()).stderr(Stdio::null());
    let output = command.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}
