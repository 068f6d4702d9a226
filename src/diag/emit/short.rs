//! For editors and scripts: a line each, with the place first.

use std::fmt::Write;

use super::{Texts, severity_word, shown};
use crate::diag::Diagnostic;

/// Writes a finding as `file:line:column: severity[code]: headline`.
pub(super) fn write(out: &mut String, diagnostic: &Diagnostic, texts: &Texts<'_>) {
    let place = diagnostic.primary.place;
    let (line, column) = texts.get(&diagnostic.primary).position(place.start as usize);
    let severity = severity_word(diagnostic.severity());
    let _ = writeln!(
        out,
        "{}:{line}:{column}: {severity}[{}]: {}",
        shown(texts.path(&diagnostic.primary)),
        diagnostic.code.name(),
        diagnostic.headline
    );
}
