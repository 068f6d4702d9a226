//! Diagnostics as text: the layout of a good compiler, one line each, or JSON.
//!
//! Columns count characters, as editors do. In the human layout the caret stands under the right terminal column for
//! Latin and Chinese; a terminal that reorders Urdu would shift it, so text in Urdu or Arabic script is quoted as well.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::lines::{Lines, Window};
use super::{Diagnostic, Label, Severity, Span};
use crate::path::SourcePath;
use crate::tree::{FileId, SourceTree};

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

/// The files that diagnostics point into, each looked through once however many point there.
struct Texts<'a> {
    tree: &'a SourceTree,
    read: BTreeMap<FileId, Lines<'a>>,
}

impl<'a> Texts<'a> {
    fn new(diagnostics: &'a [Diagnostic], tree: &'a SourceTree) -> Self {
        let mut texts = Self { tree, read: BTreeMap::new() };
        for diagnostic in diagnostics {
            for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.related) {
                let text = || tree.text(tree.path(label.place.file)).unwrap_or_default();
                texts.read.entry(label.place.file).or_insert_with(|| Lines::new(text().into()));
            }
        }
        texts
    }

    fn get(&self, label: &Label) -> &Lines<'a> {
        &self.read[&label.place.file]
    }

    fn path(&self, label: &Label) -> &'a SourcePath {
        self.tree.path(label.place.file)
    }
}

/// All diagnostics in the given layout; empty when there are none.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], tree: &SourceTree, format: Format) -> String {
    let texts = Texts::new(diagnostics, tree);
    let mut out = String::new();
    for diagnostic in diagnostics {
        match format {
            Format::Human { colour } => out.push_str(&human(diagnostic, &texts, colour)),
            Format::Short => short(&mut out, diagnostic, &texts),
            Format::Json => json(&mut out, diagnostic, &texts),
        }
    }
    out
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A path on one line, whatever its name does to a terminal: control and direction marks are spelt out.
fn shown(path: &SourcePath) -> String {
    let spell = |c: char| match c {
        c if c.is_control() => c.escape_default().to_string(),
        c if crate::script::is_bidi_control(c) => c.escape_unicode().to_string(),
        c => c.to_string(),
    };
    path.as_str().chars().map(spell).collect()
}

fn short(out: &mut String, diagnostic: &Diagnostic, texts: &Texts<'_>) {
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

fn json(out: &mut String, diagnostic: &Diagnostic, texts: &Texts<'_>) {
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

fn human(diagnostic: &Diagnostic, texts: &Texts<'_>, colour: bool) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.headline.as_str()).id(diagnostic.code.name()));
    let primary = texts.get(&diagnostic.primary);
    group = group.element(snippet(&diagnostic.primary, texts, AnnotationKind::Primary));
    if let Some(quoted) = right_to_left(primary, diagnostic.primary.place) {
        group = group.element(Level::NOTE.message(format!("the text is \u{2068}{quoted}\u{2069}")));
    }
    let mut groups = vec![];
    for label in &diagnostic.related {
        if label.place.file == diagnostic.primary.place.file {
            group = group.element(snippet(label, texts, AnnotationKind::Context));
        } else {
            groups.push(Group::with_title(Level::NOTE.secondary_title(label.text.as_str())).element(snippet(
                &Label { text: String::new(), ..label.clone() },
                texts,
                AnnotationKind::Primary,
            )));
        }
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    groups.insert(0, group);
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = with_columns(renderer.render(&groups), diagnostic, texts);
    text.push_str("\n\n");
    text
}

/// The place with the lines it stands in, or what is near it in a long one.
fn snippet<'a>(label: &Label, texts: &'a Texts<'_>, kind: AnnotationKind) -> Element<'a> {
    let lines = texts.get(label);
    let text: &'a str = &lines.text;
    let path = shown(texts.path(label));
    if label.place.is_file() || text.is_empty() {
        return Origin::path(path).into();
    }
    let window = lines.window(label.place);
    let Window { line, marked, shown, .. } = &window;
    let (before, after) = window.ellipses();
    let at = |byte: usize| byte - shown.start + before.len();
    let annotation = kind.span(at(marked.start)..at(marked.end));
    let annotation = if label.text.is_empty() { annotation } else { annotation.label(label.text.clone()) };
    let part: Cow<'a, str> = match (before, after) {
        ("", "") => text[shown.clone()].into(),
        _ => format!("{before}{}{after}", &text[shown.clone()]).into(),
    };
    Snippet::source(part).line_start(*line).path(path).annotation(annotation).into()
}

/// Columns of the file in place of those that a part of a line gives.
fn with_columns(mut text: String, diagnostic: &Diagnostic, texts: &Texts<'_>) -> String {
    for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.related) {
        let lines = texts.get(label);
        let Window { line, column, marked, shown, cut } = lines.window(label.place);
        if cut.0 {
            let inside = lines.text[shown.start..marked.start].chars().count() + 2;
            let file = texts.path(label);
            // Behind it stands the line's end, or a colour's.
            for end in ["\n", "\u{1b}"] {
                let (part, whole) = (format!("{file}:{line}:{inside}{end}"), format!("{file}:{line}:{column}{end}"));
                text = text.replacen(&part, &whole, 1);
            }
        }
    }
    text
}

/// The quoted text of a span that holds Arabic script.
fn right_to_left<'a>(lines: &'a Lines<'_>, span: Span) -> Option<&'a str> {
    let quoted = &lines.text[lines.clamped(span)];
    let arabic = crate::script::is_arabic;
    // Length before script: a long one is not looked through.
    (quoted.len() <= 240 && quoted.chars().count() <= 60 && quoted.chars().any(arabic) && !quoted.contains('\n'))
        .then_some(quoted)
}
