//! For programs: one JSON object a line.

use std::fmt::Write;

use super::{Texts, severity_word};
use crate::diag::{Diagnostic, Label};

/// Writes a finding with all its places.
pub(super) fn write(out: &mut String, diagnostic: &Diagnostic, texts: &Texts<'_>) {
    let label = |label: &Label| {
        let lines = texts.get(label);
        let range = lines.clamped(label.place);
        let (line, column) = lines.position(range.start);
        let (end_line, end_column) = lines.position(range.end);
        serde_json::json!({
            "file": texts.path(label).as_str(),
            "start": { "byte": range.start, "line": line, "column": column },
            "end": { "byte": range.end, "line": end_line, "column": end_column },
            "text": label.text,
        })
    };
    let value = serde_json::json!({
        "code": diagnostic.code.name(),
        "severity": severity_word(diagnostic.severity()),
        "message": diagnostic.headline,
        "primary": label(&diagnostic.primary),
        "related": diagnostic.related.iter().map(label).collect::<Vec<_>>(),
        "help": diagnostic.help,
    });
    let _ = writeln!(out, "{value}");
}
