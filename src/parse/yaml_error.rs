//! What is wrong with a YAML file, in the words of an editor and at the cause: a parser sees it only where it cannot go on.

use std::ops::Range;

use granit_parser::ErrorKind;

use super::text::SourceText;
use crate::diag::{Code, Diagnostic};

mod flow;
mod indent;

/// How many lines above the place where a parser stops a quote or a bracket is looked for.
const LINES_ABOVE: usize = 20;

/// Quotation marks of books, which YAML takes for letters.
pub const TYPOGRAPHIC: [char; 5] = ['“', '”', '„', '‘', '«'];

/// What stands between two such marks, where a text stands between them as a whole.
pub fn without_typographic(text: &str) -> Option<&str> {
    text.strip_prefix(TYPOGRAPHIC)?.strip_suffix(['”', '“', '’', '»', '"'])
}

const INDENT: &str = "lines that belong together begin in the same column; indent them with spaces";

/// A cause: where, what, and what to do.
struct Cause {
    at: Range<usize>,
    headline: String,
    help: String,
}

impl Cause {
    fn new(at: Range<usize>, headline: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at, headline: headline.into(), help: help.into() }
    }
}

/// The finding for a file that a parser gave up at a place.
pub fn wording(source: SourceText<'_>, at: usize, kind: Option<&ErrorKind>) -> Diagnostic {
    let text = source.text;
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let lines = near(text, at);
    let find =
        |cause: fn(Line<'_>) -> Option<Cause>, count: usize| lines.iter().take(count).find_map(|line| cause(*line));
    let cause = find(foreign_space, 3)
        .or_else(|| find(full_width_colon, 3))
        .or_else(|| open_quote(text, at))
        .or_else(|| find(words_behind_quote, 3))
        .or_else(|| flow::open_quote(text, at))
        .or_else(|| find(begins_with_a_sign, 3))
        .or_else(|| find(dash_without_space, 1))
        .or_else(|| find(colon_without_space, 3))
        .or_else(|| find(flow::wrong_bracket, 1))
        .or_else(|| flow::comma(text, at))
        .or_else(|| lines.iter().find_map(|line| open_bracket(text, at, *line)))
        .or_else(|| find(words_behind_bracket, 1))
        .or_else(|| find(flow::lost_opener, 1))
        .or_else(|| indent::lost_dash(text, at))
        .or_else(|| list_without_key(&lines))
        .or_else(|| indent::other_column(text, at))
        .or_else(|| two_entries(text, at))
        .or_else(|| find(second_colon, 1))
        .or_else(|| indent::lost_colon(text, at));
    let Cause { at, headline, help } = cause.unwrap_or_else(|| by_kind(kind, at, text));
    Diagnostic::new(Code::YamlSyntax, source.place(at), headline).help(help)
}

/// The finding for a mapping or a list where a key has to be: mostly a text that names a fact, without the quotes it needs.
pub fn key(source: SourceText<'_>, at: usize) -> Diagnostic {
    let line = near(source.text, at).into_iter().next().filter(|line| line.start <= at);
    let cause = line.and_then(|line| {
        let (start, value) = line.value();
        let value = value.trim_end();
        let is_text = value.starts_with("{{") || !value.starts_with(['{', '[']) && value.contains("{{");
        is_text.then(|| unquoted(start, value))
    });
    let Cause { at, headline, help } = cause.unwrap_or_else(|| {
        // Nothing but white space may stand there, up to the end of the file.
        let first = source.text.get(at..).and_then(|rest| rest.chars().next());
        Cause::new(
            at..at + first.map_or(0, char::len_utf8),
            "a key has to be a name, and this is a list or a mapping",
            "put the text between quotes if it begins with `{` or `[`",
        )
    });
    Diagnostic::new(Code::YamlSyntax, source.place(at), headline).help(help)
}

/// A line, and where it begins.
#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    text: &'a str,
}

impl<'a> Line<'a> {
    /// Its words without indentation and the sign of a list, and where in the text they begin.
    fn words(self) -> (usize, &'a str) {
        let words = self.text.trim_start().trim_start_matches("- ").trim_start();
        (self.start + self.text.len() - words.len(), words)
    }

    /// The value behind the key, or the words of an entry without one.
    fn value(self) -> (usize, &'a str) {
        let (start, words) = self.words();
        match words.split_once(": ") {
            Some((key, value)) if is_key(key) => {
                let value = value.trim_start();
                (start + words.len() - value.len(), value)
            }
            _ => (start, words),
        }
    }
}

/// Whether a line is more than a comment.
fn is_said(line: &Line<'_>) -> bool {
    !line.text.trim().is_empty() && !line.text.trim_start().starts_with('#')
}

/// The line of a place.
fn line_at(text: &str, at: usize) -> Line<'_> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].split('\n').next().unwrap_or_default();
    Line { start, text: line.trim_end_matches('\r') }
}

/// The line of a place and those above it, upwards, without comments.
fn lines_up(text: &str, at: usize) -> impl Iterator<Item = Line<'_>> {
    std::iter::successors(Some(line_at(text, at)), |line| Some(line_at(text, line.start.checked_sub(1)?)))
        .filter(is_said)
}

/// The line below a place.
fn line_below(text: &str, at: usize) -> Option<Line<'_>> {
    let mut start = line_at(text, at).start;
    let lines = text[start..].split_inclusive('\n').map(|line| {
        let here = Line { start, text: line.trim_end_matches(['\n', '\r']) };
        start += line.len();
        here
    });
    lines.skip(1).find(is_said)
}

/// The lines that may hold the cause: the one where the parser stopped, the one below, and those above.
fn near(text: &str, at: usize) -> Vec<Line<'_>> {
    let mut lines: Vec<_> = lines_up(text, at).take(LINES_ABOVE).collect();
    // Both the line where it stopped and the one below it are before those above.
    let stopped = lines.len().min(1);
    lines.splice(stopped..stopped, line_below(text, at));
    lines
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// A tab, or a space that is not the one of the space bar, before the words.
fn foreign_space(line: Line<'_>) -> Option<Cause> {
    let (at, c) = line.text.char_indices().find(|(_, c)| *c != ' ').filter(|(_, c)| c.is_whitespace())?;
    let at = line.start + at..line.start + at + c.len_utf8();
    let what = match c {
        '\t' => "a tab",
        '\u{A0}' => "a no-break space",
        '\u{3000}' => "a full-width space",
        _ => "a space of another kind",
    };
    Some(Cause::new(
        at,
        format!("{what} stands at the beginning of this line"),
        "indent the line with the space bar alone",
    ))
}

/// `zh：中文`
fn full_width_colon(line: Line<'_>) -> Option<Cause> {
    let (start, words) = line.words();
    let (key, _) = words.split_once('：').filter(|(key, _)| is_key(key.trim_end()))?;
    let at = start + key.len()..start + key.len() + '：'.len_utf8();
    let key = key.trim_end();
    Some(Cause::new(
        at,
        format!("the colon behind `{key}` is full-width"),
        format!("write `{key}: `, a half-width colon and a space"),
    ))
}

/// A text that begins with a quotation mark and does not end with one on its line, where that is what the parser stumbled over.
fn open_quote(text: &str, at: usize) -> Option<Cause> {
    let lines = lines_up(text, at).take(1).chain(line_below(text, at)).chain(lines_up(text, at).skip(1));
    let (start, value, (from, quote)) = lines.into_iter().find_map(|line| {
        let (start, value) = line.value();
        let open = value.starts_with(['"', '\'', '{', '[']).then(|| flow::Flow::read(value).open_quote)??;
        Some((start, value, open))
    })?;
    // A text may go on over several lines: then what the parser stopped at stands below its end.
    let opened = start + from;
    let end = end_of_quote(&text[opened + 1..], quote).map_or(text.len(), |end| opened + 1 + end);
    if text.get(end..at).is_some_and(|between| between.contains('\n')) {
        return None;
    }
    if from > 0 {
        return Some(flow::not_closed(start, value, from, quote));
    }
    let headline = format!("this text begins with {quote} and does not end with it");
    Some(Cause::new(start..start + value.len(), headline, format!("end it with {quote} on the same line")))
}

/// A text that goes on behind the quotation mark that ends it.
fn words_behind_quote(line: Line<'_>) -> Option<Cause> {
    let (start, value) = line.value();
    let quote = value.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    let inside = &value[1..];
    let end = end_of_quote(inside, quote)?;
    let behind = inside[end + 1..].trim();
    if behind.is_empty() || behind.starts_with(['#', ',', ':', '}', ']']) {
        return None;
    }
    let at = start..start + value.len();
    if behind.starts_with('{') {
        let headline = format!("braces follow the {quote} that ends this text, and belong to it");
        let help = format!("write them inside the quotes: {quote}{} {behind}{quote}", &inside[..end]);
        return Some(Cause::new(at, headline, help));
    }
    let help = match value.trim_end().strip_suffix('\'') {
        Some(text) if quote == '\'' && !text.contains('"') => {
            format!("write \" in place of ' around it: \"{}\"", &text[1..])
        }
        _ => "put the whole text between quotes; quotation marks inside it are “ ”".to_owned(),
    };
    Some(Cause::new(at, format!("words follow the {quote} that ends this text"), help))
}

/// Where a quoted text ends; a backslash and a doubled quote do not end it.
fn end_of_quote(inside: &str, quote: char) -> Option<usize> {
    let bytes = inside.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == '"' => at += 1,
            b'\'' if quote == '\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            byte if byte == quote as u8 => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// `code: *100#`: a value with a sign before it that means something else.
fn begins_with_a_sign(line: Line<'_>) -> Option<Cause> {
    let (start, value) = line.value();
    let signed = |text: &str| text.starts_with(['*', '&', '%', '@', '`', '!']);
    if signed(value) {
        return Some(unquoted(start, value.trim_end()));
    }
    // Between braces every value counts.
    let parts = value.split_inclusive(['{', '[', ',', '}', ']']).scan(start, |at, part| {
        let here = *at;
        *at += part.len();
        Some((here, part))
    });
    let (at, word) = parts.into_iter().find_map(|(at, part)| {
        let words = part.split_once(": ").map_or(part, |(_, value)| value).trim_start();
        signed(words).then(|| (at + part.len() - words.len(), words.trim_end_matches([',', '}', ']']).trim_end()))
    })?;
    Some(unquoted(at, word))
}

/// The finding that a text stands without the quotes it needs.
fn unquoted(at: usize, word: &str) -> Cause {
    let sign = word.chars().next().unwrap_or_default();
    if let Some(cause) = lost_quote(at, word) {
        return cause;
    }
    let inside = without_typographic(word).unwrap_or(word);
    let headline = match sign {
        '`' => "a text that begins with a backtick stands here without quotes".to_owned(),
        _ if TYPOGRAPHIC.contains(&sign) => {
            format!("`{sign}` does not quote a text here: only straight quotation marks do")
        }
        _ if sign.is_alphanumeric() => "a text with `{` in it stands here without quotes".to_owned(),
        _ => format!("a text that begins with `{sign}` stands here without quotes"),
    };
    let quoted = format!("\"{}\"", inside.replace('\\', "\\\\").replace('"', "\\\""));
    Cause::new(at..at + word.len(), headline, format!("put it between quotes: {quoted}"))
}

/// `en: No need to go: ask."`, of which the first quotation mark is gone.
fn lost_quote(at: usize, word: &str) -> Option<Cause> {
    let text = without_end_quote(word)?;
    let headline = "this text ends with `\"` and does not begin with it";
    Some(Cause::new(at..at + word.len(), headline, format!("put it back: \"{text}\"")))
}

/// A text without the one quotation mark that it has, at its end.
pub fn without_end_quote(text: &str) -> Option<&str> {
    text.strip_suffix('"').filter(|text| !text.contains('"'))
}

/// `risk:high`
fn colon_without_space(line: Line<'_>) -> Option<Cause> {
    let (start, words) = line.words();
    let (key, value) = words.split_once(':').filter(|(key, _)| is_key(key))?;
    let apart = value.is_empty() || value.starts_with([' ', '\t']) || value.starts_with("//");
    let at = start..start + key.len() + 1;
    (!apart).then(|| {
        Cause::new(at, format!("no space stands behind the colon of `{key}:`"), format!("write `{key}: {value}`"))
    })
}

/// `-"Ask"`
fn dash_without_space(line: Line<'_>) -> Option<Cause> {
    let words = line.text.trim_start();
    let start = line.start + line.text.len() - words.len();
    let rest = words.strip_prefix('-').filter(|rest| rest.starts_with(['"', '\'', '{', '[']))?;
    let help = format!("write `- {rest}`");
    Some(Cause::new(start..start + 1, "no space stands behind the dash of this entry", help))
}

/// A bracket or a brace that is not closed where the parser stopped.
fn open_bracket(text: &str, at: usize, line: Line<'_>) -> Option<Cause> {
    let (start, value) = line.value();
    let opener = value.chars().next().filter(|opener| ['{', '['].contains(opener))?;
    let closer = if opener == '{' { '}' } else { ']' };
    let count = |sign: char| value.matches(sign).count();
    let stopped = line_at(text, at);
    let read = text.get(start..stopped.start + stopped.text.len()).unwrap_or(value);
    (count(opener) > count(closer) && flow::Flow::read(read).is_open()).then(|| {
        let headline = format!("`{opener}` begins here and is not closed");
        Cause::new(start..start + value.len(), headline, format!("end it with `{closer}`"))
    })
}

/// `summary: [Take] the number off your name`
fn words_behind_bracket(line: Line<'_>) -> Option<Cause> {
    let (start, value) = line.value();
    let closer = match value.chars().next()? {
        '[' => ']',
        '{' => '}',
        _ => return None,
    };
    let (_, behind) = value.split_once(closer)?;
    // `[Take it off.]{fact=…}`
    let is_sentence = closer == ']' && behind.starts_with('{');
    let behind = behind.trim_start();
    let is_text = is_sentence || !behind.is_empty() && !behind.starts_with(['#', ',', ':', '}', ']', '{', '[']);
    is_text.then(|| unquoted(start, value.trim_end()))
}

/// The entry of a list below a value, where the line with its key is gone.
fn list_without_key(lines: &[Line<'_>]) -> Option<Cause> {
    let indent = |line: &Line<'_>| line.text.len() - line.text.trim_start().len();
    let stopped = lines.first().filter(|line| line.text.trim_start().starts_with("- "))?;
    let above = lines.iter().filter(|line| line.start < stopped.start).max_by_key(|line| line.start)?;
    let (at, _) = above.value();
    let has_value = at > above.words().0 && !above.text.trim_start().starts_with("- ");
    (has_value && indent(above) < indent(stopped)).then(|| {
        let words = stopped.text.trim();
        let start = stopped.start + indent(stopped);
        Cause::new(
            start..start + words.len(),
            "an entry of a list begins here, and no line above says of which",
            "write the key of the list on a line above it, with a colon behind it and the indentation of its neighbours",
        )
    })
}

/// `Note: bring: the card`
fn second_colon(line: Line<'_>) -> Option<Cause> {
    let (start, value) = line.value();
    let at = value.find(": ").filter(|_| start > line.words().0 && !value.starts_with(['"', '\'', '{', '[']))?;
    let lost = lost_quote(start, value.trim_end());
    if lost.is_some() {
        return lost;
    }
    let help = format!("put the whole text between quotes: \"{}\"", value.replace('"', "”"));
    Some(Cause::new(start + at..start + at + 1, "a second `: ` stands on this line", help))
}

/// `hang-up: live  call-back: live`
fn two_entries(text: &str, at: usize) -> Option<Cause> {
    let line = line_at(text, at);
    let (start, value) = line.value();
    let (words, _) = line.words().1.split_once(": ").filter(|_| start > line.words().0)?;
    let key = words;
    let (before, said) = value.split_once(": ")?;
    let (first, name) = before.rsplit_once(' ').filter(|(_, name)| is_key(name))?;
    let (value, gap) = (first.trim_end(), first.ends_with(' '));
    let comma = value.strip_suffix(',');
    let is_word = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase() || b"0123456789-_.".contains(&byte));
    // In a text for readers it would be words with a colon: there only the name of another language is a key.
    let is_text = |key: &str| key.len() == 2 && key != "id";
    let is_entry = if is_text(key) { is_text(name) } else { is_word(comma.unwrap_or(value)) && is_word(name) };
    let is_known = || gap && !is_text(key) || indent::is_known(text, name);
    (is_entry && !said.contains(": ") && is_known()).then(|| {
        let at = start + before.len() - name.len();
        let comma = if comma.is_some() { ", and take the comma before it out" } else { "" };
        let help = format!("begin a line with `{name}:`, below `{key}:`{comma}");
        Cause::new(at..at + name.len() + 1, "two entries stand on one line", help)
    })
}

/// What the parser says, in plain words.
fn by_kind(kind: Option<&ErrorKind>, at: usize, text: &str) -> Cause {
    let at = at..at;
    match kind {
        Some(ErrorKind::MappingKeyNotAllowed) => Cause::new(
            at,
            "a second `: ` stands on this line",
            "put text with `: ` in it between quotes; if it is a line of its own, mind its indentation",
        ),
        Some(ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey) => Cause::new(
            at,
            "this line is no `key: value`",
            "a line of words belongs to the text above it: put that text on one line, between quotes; or write its key, a colon and a space",
        ),
        Some(
            ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::InvalidIndentation
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::BlockSequenceEntryNotAllowed,
        ) => Cause::new(at, indent::OTHERWISE, INDENT),
        Some(ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator) => Cause::new(
            at,
            "a comma or a closing bracket is missing before this",
            "write a comma between two entries; text with `,`, `:` or brackets in it stands between quotes",
        ),
        Some(ErrorKind::UnknownQuotedScalarEscape) => Cause::new(
            at,
            "a backslash stands in this text between quotes",
            "write `\\\\` for a backslash; quotation marks inside a text are “ ”",
        ),
        _ if text.is_empty() => Cause::new(at, "this file is empty", "write what belongs in it"),
        _ => Cause::new(
            at,
            "this line cannot be read",
            "check the indentation (spaces, no tabs) and put text with `: `, ` #` or a sign at its beginning between quotes",
        ),
    }
}
