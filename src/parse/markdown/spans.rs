//! `[words]{…}`: words tied to a fact, words to say in another language, and numbers that are none of a fact.

use std::ops::Range;

use super::inlines::plain;
use super::{Reader, attributes};
use crate::diag::{Code, Diagnostic, Span};
use crate::model::body::{Claim, ClaimIx, Inline, RefIx, ReferenceKind, Spoken};
use crate::model::walk::each_inline;
use crate::parse::ids::{is_fact_name, meant_name};

/// What stands between the braces, as far as it makes sense.
#[derive(Default)]
struct Said {
    fact: Option<(String, Span)>,
    answer: Option<String>,
    locale: Option<String>,
    plain: bool,
}

impl Reader<'_, '_> {
    /// Splits a text at its brackets. `open` has the places in the run where a bracket waits for its end; `escaped` those of
    /// brackets in the text that mean themselves.
    pub(super) fn split_brackets(
        &mut self,
        text: &str,
        span: Span,
        escaped: &[usize],
        (run, open): (&mut Vec<Inline>, &mut Vec<usize>),
    ) {
        let exact = text.len() == span.range().len();
        let part = |range: Range<usize>| if exact { span.part(range) } else { span };
        let mut from = 0;
        let mut at = 0;
        while let Some(found) = memchr::memchr2(b'[', b']', &text.as_bytes()[at..]).map(|found| at + found) {
            at = found + 1;
            if found < from || escaped.contains(&found) {
                continue;
            }
            if text.as_bytes()[found] == b'[' {
                self.split_references(text[from..found].into(), part(from..found), run);
                open.push(run.len());
                run.push(Inline::Text { text: "[".to_owned(), span: part(found..found + 1) });
                from = found + 1;
                continue;
            }
            let start = open.pop();
            let braces = &text[found + 1..];
            let is_span = braces.starts_with('{') && !braces.starts_with("{{") && !braces.starts_with("{#");
            let Some(start) = start.filter(|_| is_span) else { continue };
            let Some(close) = end_of_braces(braces) else {
                let (place, help) = (part(found + 1..found + 2), "end them with `}` on the same line");
                self.sink.push(attributes::bad(place, "these braces are not closed", help));
                continue;
            };
            self.split_references(text[from..found].into(), part(from..found), run);
            from = found + 1 + close + 1;
            let mut content = run.split_off(start);
            let Inline::Text { span: bracket, .. } = content.remove(0) else { continue };
            let whole = if exact { Span { end: part(found..from).end, ..bracket } } else { span };
            let words = self.between(bracket, part(found..found + 1), &content);
            run.extend(self.said(&braces[1..close], part(found + 1..from), (content, whole, words)));
        }
        self.split_references(text[from..].into(), part(from..text.len()), run);
    }

    /// The words of a span as they are written.
    fn between(&self, open: Span, close: Span, content: &[Inline]) -> String {
        let (from, to) = (open.range().end, close.range().start);
        let offset = self.source.offset;
        let written = from.checked_sub(offset).zip(to.checked_sub(offset));
        let written = written.filter(|(from, to)| from <= to).and_then(|(from, to)| self.source.text.get(from..to));
        let words = written.map_or_else(|| plain(content), str::to_owned);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A claim, or words to say; where the braces make no sense, the words alone.
    fn said(
        &mut self,
        inside: &str,
        braces: Span,
        (content, whole, words): (Vec<Inline>, Span, String),
    ) -> Vec<Inline> {
        if !self.are_plain(&words, &content, whole) {
            return content;
        }
        match self.read_said(inside, braces) {
            None => content,
            Some(Said { fact: None, answer: None, locale: None, plain: true }) => {
                if words.contains(|c| crate::script::digit(c).is_some()) {
                    self.plain.push(whole);
                } else {
                    let help = "`[10]{plain}` says that a number is none of a fact; words need no such mark";
                    self.sink.push(attributes::bad(braces, "these brackets hold no number", help));
                }
                content
            }
            Some(Said { fact: Some((name, at)), answer: Some(answer), locale: None, plain: false }) => {
                let fact = self.reference(ReferenceKind::Claim, name, at);
                self.claims.push(Claim { fact, answer: answer.into(), place: whole });
                vec![Inline::Claim { claim: ClaimIx(self.claims.len() - 1), content }]
            }
            Some(Said { fact: None, answer: None, locale: Some(locale), plain: false }) => {
                self.spoken.push(Spoken { locale: locale.as_str().into(), words: words.into(), place: whole });
                vec![Inline::Spoken { locale: locale.into(), content }]
            }
            Some(Said { fact: Some((name, _)), answer: None, locale: None, plain: false }) => {
                self.sink.push(no_answer(&words, &name, braces));
                content
            }
            Some(_) => {
                self.sink.push(attributes::bad(
                    braces,
                    "these braces do not say what the words in brackets are",
                    "write `[words]{fact=owner.name is=yes}` for a sentence that rests on a fact, `[words]{lang=ur}` for words to say, or `[10]{plain}` for a number that is none of a fact",
                ));
                content
            }
        }
    }

    /// Whether there are words between the brackets, and none between brackets of their own; else that is reported.
    fn are_plain(&mut self, words: &str, content: &[Inline], place: Span) -> bool {
        let mut nested = false;
        each_inline(content, &mut |inline| nested |= matches!(inline, Inline::Claim { .. } | Inline::Spoken { .. }));
        if words.is_empty() {
            let help = "write the sentence between `[` and `]`";
            self.refuse(Code::MissingText, place, "these brackets hold no words", help);
        } else if nested {
            self.sink.push(attributes::bad(
                place,
                "words in brackets stand inside others",
                "end the first before the second begins: each is a clause of its own",
            ));
        }
        !words.is_empty() && !nested
    }

    fn read_said(&mut self, inside: &str, braces: Span) -> Option<Said> {
        if is_typed_otherwise(inside) {
            let right = attributes::half_width(inside);
            let help = format!("write `{{{right}}}`: half-width signs, and no space around `=`");
            self.sink.push(attributes::bad(braces, "these braces are not written as braces are read", &help));
            return None;
        }
        let mut said = Said::default();
        let exact = braces.range().len() == inside.len() + 2;
        let before = self.sink.count();
        for (at, word) in words(inside) {
            let span = if exact { braces.part(at + 1..at + 1 + word.len()) } else { braces };
            if word == "plain" {
                said.plain = true;
                continue;
            }
            let Some((key, value)) = word.split_once('=') else {
                self.sink.push(attributes::bad(span, &format!("`{word}` means nothing between these braces"), HELP));
                continue;
            };
            let value = value.trim_matches('"').trim();
            match key {
                "fact" if !is_fact_name(value) => {
                    let headline = format!("`{value}` is no name of a fact");
                    let help = meant_name(value).map_or_else(
                        || "write `fact=name`, `fact=carrier.name` or `fact=national.name`".to_owned(),
                        |meant| format!("a name has hyphens, and no dashes: write `fact={meant}`"),
                    );
                    self.refuse(Code::BadReference, span, &headline, &help);
                }
                _ if value.is_empty() => {
                    self.sink.push(attributes::bad(span, &format!("`{key}` says nothing"), HELP));
                }
                "fact" => said.fact = Some((value.to_owned(), span)),
                "is" => said.answer = Some(value.to_owned()),
                "lang" => said.locale = Some(value.to_owned()),
                _ => {
                    self.sink.push(attributes::bad(span, &format!("`{key}` means nothing between these braces"), HELP));
                }
            }
        }
        // What was reported is not reported a second time as a whole.
        (self.sink.count() == before).then_some(said)
    }
}

const HELP: &str = "they take `fact=… is=…`, `lang=…` or `plain`; a value with spaces stands between double quotes";

/// Whether full-width signs, or spaces around `=`, stand outside of quotes.
fn is_typed_otherwise(inside: &str) -> bool {
    let is_other =
        |part: &str| part.contains(['＝', '“', '”', '＂', '\u{3000}']) || part.contains(" =") || part.contains("= ");
    inside.split('"').step_by(2).any(is_other)
}

/// Braces that somebody meant are not longer, in bytes: a line of many that are not closed is not searched to its end for each.
const LONGEST_BRACES: usize = 2000;

/// The place of the `}` that ends braces, from their `{`; one between quotes does not.
fn end_of_braces(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.bytes().take(LONGEST_BRACES).enumerate().find_map(|(at, byte)| {
        quoted ^= byte == b'"';
        (byte == b'}' && !quoted).then_some(at)
    })
}

/// Words between spaces with their places; spaces between double quotes belong to the word.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let (mut start, mut quoted) = (None, false);
    for (at, c) in text.char_indices() {
        quoted ^= c == '"';
        match (c.is_whitespace() && !quoted, start) {
            (true, Some(from)) => {
                found.push((from, &text[from..at]));
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    found.extend(start.map(|from| (from, &text[from..])));
    found
}

/// Joins text that brackets without braces had split.
pub(super) fn rejoin(run: &mut Vec<Inline>) {
    let mut joined: Vec<Inline> = Vec::with_capacity(run.len());
    for inline in run.drain(..) {
        if let (Some(Inline::Text { text, span }), Inline::Text { text: next, span: at }) = (joined.last_mut(), &inline)
            && (span.end == at.start || span == at)
        {
            text.push_str(next);
            span.end = span.end.max(at.end);
            continue;
        }
        joined.push(inline);
    }
    *run = joined;
}

/// What is said of an answer that is missing where nothing more is known.
pub const NO_ANSWER: &str =
    " with the answer that the words were written for: `is=yes`, `is=unknown`, the `id` of a reading";

/// Words tied to a fact without saying to which answer of it.
fn no_answer(words: &str, fact: &str, place: Span) -> Diagnostic {
    let help = format!("write `[{words}]{{fact={fact} is=…}}`{NO_ANSWER}");
    attributes::bad(place, "`is=` is missing between these braces", &help)
}

/// The fact that stands alone in a run, or behind nothing but a bold label.
pub(super) fn alone(run: &[Inline]) -> Option<RefIx> {
    let is_blank = |inline: &&Inline| {
        matches!(inline, Inline::SoftBreak) || matches!(inline, Inline::Text { text, .. } if text.trim().is_empty())
    };
    let mut words = run.iter().filter(|inline| !is_blank(inline));
    let mut first = words.next()?;
    if let Inline::Strong(label) = first {
        let colon = |text: &str| text.trim_end().ends_with([':', '：']);
        let labelled = plain(label);
        first = words.next()?;
        match first {
            Inline::Text { text, .. } if matches!(text.trim(), ":" | "：") => first = words.next()?,
            _ if colon(&labelled) => {}
            _ => return None,
        }
    }
    let Inline::Fact(at) = first else { return None };
    let ends = |inline: &Inline| matches!(inline, Inline::Text { text, .. } if matches!(text.trim(), "." | "。" | "۔"));
    match (words.next(), words.next()) {
        (None, _) => Some(*at),
        (Some(end), None) if ends(end) => Some(*at),
        _ => None,
    }
}
