//! The two lines `---` around front matter: one of them missing or mistyped, and front matter that stands there twice.

use super::document::split;
use super::shape::Shape;
use super::shape::front as shape;
use super::text::SourceText;
use super::yaml;
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Reports front matter of which one of the two lines around it is missing.
pub fn unfenced(source: SourceText<'_>) -> Diagnostics {
    let mut found = Diagnostics::default();
    let text = source.text;
    // Guides have every key that front matter may begin with.
    let is_key = |word: &str| shape::Guide::KEYS.iter().any(|key| key.name == word);
    let begins = |line: &str| line.split_once(':').is_some_and(|(word, _)| is_key(word));
    let is_inside = |line: &str| begins(line) || line.starts_with([' ', '\t', '-', '#']) && !line.trim().is_empty();
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').map(|line| {
        at += line.len();
        (at - line.len(), line)
    });
    let Some((above, first)) = lines.find(|(_, line)| !line.trim().is_empty()) else { return found };
    let line_at = |start: usize| source.place(start..start + text[start..].find('\n').unwrap_or(text.len() - start));
    let mut report = |start: usize, headline: &str, help: &str| {
        found.push(Diagnostic::new(Code::MissingFrontMatter, line_at(start), headline).help(help));
    };
    if above > 0 && split(&text[above..]).is_some() {
        let headline = "an empty line stands above the front matter";
        report(0, headline, "delete it: the line `---` is the first of the file");
    } else if first.trim_end() != "---" && is_nearly_fence(first) {
        report(0, "this line is to begin the front matter, and is not `---`", "write three hyphens alone: `---`");
    } else if first.trim_end() == "---" {
        let mut lines = lines.peekable();
        if lines.peek().is_some_and(|(_, line)| begins(line)) {
            let end = lines.find(|(_, line)| !is_inside(line) || is_nearly_fence(line));
            let (end, line) = end.unwrap_or((text.len(), ""));
            if is_nearly_fence(line) {
                report(
                    end,
                    "this line is to end the front matter, and is not `---`",
                    "write three hyphens alone: `---`",
                );
                return found;
            }
            let headline = "the line `---` that ends the front matter is missing";
            report(end, headline, "write a line `---` here, between the front matter and the text");
        }
    } else if begins(first) {
        let headline = "the line `---` that begins the front matter is missing";
        report(0, headline, "write a line `---` above this one");
    }
    found
}

/// Reports front matter that goes on into the text: the line below it is missing, and that of a rule was taken for it.
pub fn endless(front: SourceText<'_>) -> Option<Diagnostic> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let is_text = |line: &str| {
        let rest = line.trim_start_matches(is_word);
        let word = &line[..line.len() - rest.len()];
        let is_key = !word.is_empty() && rest.trim_start().starts_with([':', '：']);
        let is_inside = line.trim().is_empty() || line.starts_with([' ', '\t', '-', '#', '}', ']']);
        let keys = || shape::Guide::KEYS.iter().map(|key| key.name);
        !is_key && !is_inside && nearest(word, keys()).is_none()
    };
    let mut at = 0;
    let (start, line) = front.text.split_inclusive('\n').find_map(|line| {
        at += line.len();
        is_text(line).then_some((at - line.len(), line))
    })?;
    let is_broken = yaml::read(front, &mut Diagnostics::default()).is_none();
    is_broken.then(|| {
        let place = front.place(start..start + line.trim_end().len());
        let headline = "the line `---` that ends the front matter is missing";
        let help = "write a line `---` here, between the front matter and the text";
        Diagnostic::new(Code::MissingFrontMatter, place, headline).help(help)
    })
}

/// Reports front matter below which it stands once more; how long that is.
pub fn after_copy(front: SourceText<'_>, below: SourceText<'_>, sink: &mut Diagnostics) -> Option<usize> {
    let start = below.text.len() - below.text.trim_start().len();
    let (again, end) = split(&below.text[start..])?;
    if below.text[start..][again].trim() != front.text.trim() {
        return None;
    }
    let headline = "the whole front matter stands here a second time";
    let whole = below.text[start..start + end].trim_end().len();
    let found = Diagnostic::new(Code::DuplicateKey, below.place(start..start + whole), headline);
    sink.push(found.help("take one of the two out, with the lines `---` around it"));
    Some(start + end)
}

/// Whether a line was typed as `---` and is not: two or four hyphens, or a dash that a program put in their place.
fn is_nearly_fence(line: &str) -> bool {
    let line = line.trim();
    (2..=6).contains(&line.len()) && line != "---" && line.chars().all(|c| ['-', '–', '—', '－', '_', '='].contains(&c))
        || ["———", "———-", "－－－", "——-", "-——"].contains(&line)
}
