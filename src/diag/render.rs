//! Diagnostics as text: the layout of a good compiler, one line each, or JSON.
//!
//! Columns count characters, as editors do. In the human layout the caret stands under the right terminal column for
//! Latin and Chinese; a terminal that reorders Urdu would shift it, so text in Urdu or Arabic script is quoted as well.

use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Label, Severity, Span};
use crate::tree::SourceTree;

/// How diagnostics are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Snippets with carets, for people.
    Human {
        /// Whether to use terminal colours.
        colour: bool,
    },
    /// `file:line:column: severity[code]: headline`, one line each.
    Short,
    /// One JSON object a line.
    Json,
}

/// All diagnostics in the given layout; empty when there are none.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], tree: &SourceTree, format: Format) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        match format {
            Format::Human { colour } => out.push_str(&human(diagnostic, tree, colour)),
            Format::Short => short(&mut out, diagnostic, tree),
            Format::Json => json(&mut out, diagnostic, tree),
        }
    }
    out
}

/// Line and column, both from 1, columns in characters.
#[must_use]
pub fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..floor(text, at)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

fn clamped(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = floor(text, span.start as usize);
    start..floor(text, span.end as usize).max(start)
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn short(out: &mut String, diagnostic: &Diagnostic, tree: &SourceTree) {
    let place = &diagnostic.primary.place;
    let text = tree.text(&place.file).unwrap_or_default();
    let (line, column) = position(&text, place.span.start as usize);
    let severity = severity_word(diagnostic.severity());
    let _ = writeln!(
        out,
        "{}:{line}:{column}: {severity}[{}]: {}",
        place.file,
        diagnostic.code.name(),
        diagnostic.headline
    );
}

fn json(out: &mut String, diagnostic: &Diagnostic, tree: &SourceTree) {
    let label = |label: &Label| {
        let text = tree.text(&label.place.file).unwrap_or_default();
        let range = clamped(&text, label.place.span);
        let (line, column) = position(&text, range.start);
        let (end_line, end_column) = position(&text, range.end);
        serde_json::json!({
            "file": label.place.file.as_str(),
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

fn human(diagnostic: &Diagnostic, tree: &SourceTree, colour: bool) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let texts: Vec<_> = std::iter::once(&diagnostic.primary)
        .chain(&diagnostic.related)
        .map(|label| tree.text(&label.place.file).unwrap_or_default())
        .collect();
    let mut group = Group::with_title(level.primary_title(diagnostic.headline.as_str()).id(diagnostic.code.name()));
    group = group.element(snippet(&diagnostic.primary, &texts[0], AnnotationKind::Primary));
    if let Some(quoted) = right_to_left(&texts[0], diagnostic.primary.place.span) {
        group = group.element(Level::NOTE.message(format!("the text is \u{2068}{quoted}\u{2069}")));
    }
    let mut groups = vec![];
    for (label, text) in diagnostic.related.iter().zip(&texts[1..]) {
        if label.place.file == diagnostic.primary.place.file {
            group = group.element(snippet(label, text, AnnotationKind::Context));
        } else {
            groups.push(Group::with_title(Level::NOTE.secondary_title(label.text.as_str())).element(snippet(
                &Label { text: String::new(), ..label.clone() },
                text,
                AnnotationKind::Primary,
            )));
        }
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    groups.insert(0, group);
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.render(&groups);
    text.push_str("\n\n");
    text
}

fn snippet<'a>(label: &Label, text: &'a str, kind: AnnotationKind) -> Element<'a> {
    let path = label.place.file.as_str().to_owned();
    if label.place.span == Span::default() || text.is_empty() {
        return Origin::path(path).into();
    }
    // Only the lines around the place: a snippet of a long file costs no more than one of a short file.
    let span = clamped(text, label.place.span);
    let first = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
    let last = text[span.end..].find('\n').map_or(text.len(), |newline| span.end + newline);
    let line = text[..first].matches('\n').count() + 1;
    let mut end = span.end;
    while end > span.start && matches!(text.as_bytes()[end - 1], b'\n' | b'\r') {
        end -= 1;
    }
    let annotation = kind.span(span.start - first..end - first);
    let annotation = if label.text.is_empty() { annotation } else { annotation.label(label.text.clone()) };
    Snippet::source(&text[first..last]).line_start(line).path(path).annotation(annotation).into()
}

/// The quoted text of a span that holds Arabic script.
fn right_to_left(text: &str, span: Span) -> Option<&str> {
    let quoted = &text[clamped(text, span)];
    let arabic = |c: char| matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}');
    (quoted.chars().any(arabic) && quoted.chars().count() <= 60 && !quoted.contains('\n')).then_some(quoted)
}
