//! For people: the lines a finding speaks of, with a caret below.
//!
//! The caret stands under the right terminal column for Latin and Chinese; a terminal that reorders Urdu would shift it, so text
//! in Urdu or Arabic script is quoted as well.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::lines::{Lines, Window};
use super::{Texts, shown};
use crate::diag::{Diagnostic, Label, Severity, Span};

/// Writes a finding with the lines that it speaks of.
pub(super) fn write(out: &mut String, diagnostic: &Diagnostic, texts: &Texts<'_>, colour: bool) {
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
    out.push_str(&with_columns(renderer.render(&groups), diagnostic, texts));
    out.push_str("\n\n");
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
