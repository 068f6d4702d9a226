//! Braces that did not do what they were meant to: `[words] {fact=…}`, `(words){fact=…}`, `{ helpline }`, `[[ helpline ]]`, full-width ones.
//! Each is one finding at its place, with the right writing.

use std::ops::Range;

use super::Typed;
use crate::diag::{Diagnostic, Diagnostics};
use crate::parse::ids::is_fact_name;
use crate::parse::markdown::{as_typed_half_width, bad_attribute};

/// Brackets that people write words between, with those that end them.
const BRACKETS: [(char, char); 7] =
    [('[', ']'), ('(', ')'), ('（', '）'), ('【', '】'), ('［', '］'), ('「', '」'), ('〔', '〕')];

/// Reports them. What is told here is no mark beside that: where it stands is what comes back.
pub(super) fn check(typed: &Typed<'_>, sink: &mut Diagnostics) -> Vec<Range<usize>> {
    let mut told: Vec<Range<usize>> = Vec::new();
    let mut looked_at = 0;
    let opens = |(at, c): (usize, char)| (matches!(c, '{' | '｛') || typed.text[at..].starts_with("[[")).then_some(at);
    for at in typed.text.char_indices().filter_map(opens) {
        let is_told = told.last().is_some_and(|range| at < range.end);
        // What readers do not see did its work.
        if is_told || at < looked_at || typed.is_shown_on_purpose(at) {
            continue;
        }
        let braces = Braces::at(typed.text, at);
        // A row of opening signs is one.
        looked_at = braces.start;
        if !typed.shown.contains(braces.written(typed.text)) {
            continue;
        }
        // What begins as it should was told by its end.
        if braces.written(typed.text).starts_with("{{") {
            told.push(braces.range);
            continue;
        }
        // That they are not closed was told where they begin.
        let before = &typed.text[..at];
        if !braces.is_closed && before.ends_with(']') && before.contains('[') {
            told.push(braces.range);
            continue;
        }
        if let Some(found) = braces.reference(typed).or_else(|| braces.claim(typed)) {
            sink.push(found);
            told.push(braces.range);
        }
    }
    bare(typed, &mut told, sink);
    told
}

/// `fact=… is=…` that stands between no braces at all.
fn bare(typed: &Typed<'_>, told: &mut Vec<Range<usize>>, sink: &mut Diagnostics) {
    let Some(at) = typed.shown.find("fact=").and_then(|_| typed.text.find("fact=")) else { return };
    let name: String = typed.text[at + 5..].chars().take_while(|c| is_fact_name(&c.to_string()) || *c == '.').collect();
    let is_claim = is_fact_name(&name) && typed.text[at..].contains(" is=");
    if is_claim && told.iter().all(|range| !range.contains(&at)) {
        let end = at + 5 + name.len();
        let help =
            format!("write `[words]{{fact={name} is=…}}`: the words between `[` and `]`, and the braces right behind");
        sink.push(bad_attribute(
            typed.part(at..end),
            "this belongs between braces, and stands in the text as it is",
            &help,
        ));
        told.push(at..end);
    }
}

/// What stands between two braces, or would if they were closed.
struct Braces {
    range: Range<usize>,
    /// Behind the signs that open it.
    start: usize,
    /// The same without the braces, in half-width signs.
    inside: String,
    is_full: bool,
    is_closed: bool,
}

impl Braces {
    fn at(text: &str, at: usize) -> Self {
        let sign = |c: char| matches!(c, '{' | '}' | '｛' | '｝' | '[' | ']');
        let behind = text[at..].trim_start_matches(['{', '｛', '[']);
        let start = text.len() - behind.len();
        let closes = if text[at..].starts_with('[') { [']', ']'] } else { ['}', '｝'] };
        // Braces that are not closed end before the next ones: nothing is looked at twice, however many there are.
        let stop = behind.find(|c| matches!(c, '\n' | '{' | '｛') || closes.contains(&c)).unwrap_or(behind.len());
        let (line, close) = (stop, Some(stop).filter(|stop| behind[*stop..].starts_with(closes)));
        let end = close.map_or(start + line, |close| {
            let rest = &behind[close..];
            let signs = rest.chars().take(2).take_while(|c| closes.contains(c)).map(char::len_utf8).sum::<usize>();
            start + close + signs
        });
        let written = &behind[..close.unwrap_or(line)];
        let inside = as_typed_half_width(written);
        let is_full = inside != written.trim() && !written.contains(" = ") || text[at..end].contains(['｛', '｝']);
        Self {
            range: at..end,
            start,
            inside: inside.trim_matches(sign).trim().to_owned(),
            is_full,
            is_closed: close.is_some(),
        }
    }

    fn written<'a>(&self, text: &'a str) -> &'a str {
        &text[self.range.clone()]
    }

    /// A fact or a fragment that is named between the wrong brackets.
    fn reference(&self, typed: &Typed<'_>) -> Option<Diagnostic> {
        let fragment = self.inside.strip_prefix("include ").map(str::trim);
        let is_name = is_fact_name(fragment.unwrap_or(&self.inside)) && self.inside != "plain";
        if !self.is_closed || !is_name {
            return None;
        }
        let what = if fragment.is_some() { "a fragment" } else { "a fact" };
        let signs: String = self.written(typed.text).chars().take_while(|c| !c.is_alphanumeric()).collect();
        let headline = format!("{what} is named between two braces on each side, and here stands `{}`", signs.trim());
        let help = format!("write `{{{{ {} }}}}`", self.inside);
        Some(Diagnostic::new(crate::diag::Code::BadReference, typed.part(self.range.clone()), headline).help(help))
    }

    /// Braces of a claim, of words to say or of a number, that belong to no words.
    fn claim(&self, typed: &Typed<'_>) -> Option<Diagnostic> {
        let is_key = |word: &str| word.split_once('=').is_some_and(|(key, _)| ["fact", "is", "lang"].contains(&key));
        if !self.inside.split_whitespace().any(is_key) && self.inside != "plain" {
            return None;
        }
        let (before, behind) = (&typed.text[..self.range.start], &typed.text[self.range.end..]);
        let close = before.trim_end().chars().next_back();
        let pair = BRACKETS.into_iter().find(|(_, end)| Some(*end) == close);
        let (why, words) = match pair {
            _ if self.is_full => ("full-width signs stand in these braces", between(before, ('[', ']'))),
            Some(('[', _)) if before.ends_with(']') => {
                ("the `[` that begins the words of these braces is missing", None)
            }
            Some(('[', ']')) => ("a space stands between these braces and their words", between(before, ('[', ']'))),
            Some(pair) => ("the words of these braces stand between other brackets", between(before, pair)),
            None if behind.trim_start().starts_with('[') => {
                ("these braces stand before their words", between_next(behind.trim_start()))
            }
            None if before.contains('[') => ("the `]` that ends the words of these braces is missing", None),
            None => ("these braces belong to no words", None),
        };
        let words = words.unwrap_or("words");
        let help = format!("write `[{words}]{{{}}}`, with nothing between `]` and `{{`", self.inside);
        Some(bad_attribute(typed.part(self.range.clone()), &format!("{why}, so readers see them as they are"), &help))
    }
}

/// The words between the brackets that end a text.
fn between(text: &str, (open, close): (char, char)) -> Option<&str> {
    let text = text.trim_end().strip_suffix(close)?;
    Some(&text[text.rfind(open)? + open.len_utf8()..])
}

/// The words between the brackets that begin a text.
fn between_next(text: &str) -> Option<&str> {
    let (words, _) = text.strip_prefix('[')?.split_once(']')?;
    Some(words)
}
