//! For GitHub Actions: each finding as a workflow command, which shows it beside its line.

use std::fmt::Write;

use super::{Texts, severity_word};
use crate::diag::Diagnostic;

/// Writes a finding as `::error file=…,line=…,col=…,title=code::headline`, the help on lines below.
pub(super) fn write(out: &mut String, diagnostic: &Diagnostic, texts: &Texts<'_>) {
    let lines = texts.get(&diagnostic.primary);
    let range = lines.clamped(diagnostic.primary.place);
    let ((line, column), (end_line, end_column)) = (lines.position(range.start), lines.position(range.end));
    let file = property(texts.path(&diagnostic.primary).as_str());
    let severity = severity_word(diagnostic.severity());
    let _ = write!(out, "::{severity} file={file},line={line},endLine={end_line}");
    // Columns are for one line alone.
    if line == end_line {
        let _ = write!(out, ",col={column},endColumn={end_column}");
    }
    let help = diagnostic.help.iter().map(|help| format!("\n{help}"));
    let message = std::iter::once(diagnostic.headline.clone()).chain(help).collect::<String>();
    let _ = writeln!(out, ",title={}::{}", diagnostic.code.name(), data(&message));
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
