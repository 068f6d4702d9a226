//! What a line begins with and that is none of it: headings, lists, tables, notices and the boxes of other programs.

use std::ops::Range;

use super::Typed;
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// The kinds of notices there are.
const NOTICES: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// A line of a paragraph, and what stands around it.
struct Line<'a, 'b> {
    typed: &'a Typed<'b>,
    /// The whole text, where the line begins in it, and where its words do.
    all: &'b str,
    start: usize,
    words: usize,
    sink: &'a mut Diagnostics,
}

/// Reports what the line of a text begins with, where the text begins a line; whether that was reported.
pub(super) fn check(typed: &Typed<'_>, all: &str, range: Range<usize>, sink: &mut Diagnostics) -> bool {
    let begins = typed.text.as_bytes().first().is_some_and(|byte| b"#-*|!:[0123456789".contains(byte) || *byte >= 0xE2);
    if !begins || typed.escaped || !typed.text.starts_with(typed.shown.chars().next().unwrap_or_default()) {
        return false;
    }
    // From the text backwards: a long line has many texts, and most stand behind words.
    let before = all[..range.start].trim_end_matches([' ', '\t', '>', ':']);
    let start = before.len();
    if !before.is_empty() && !before.ends_with('\n') {
        return false;
    }
    let before = &all[start..range.start];
    let is_quote = before.contains('>');
    let mut line = Line { typed, all, start, words: range.start, sink };
    // The first colon of `:::` was taken for the sign of an explanation; the line that ends such a box is the same mistake.
    if before.trim() == ":" && typed.text.starts_with("::") {
        return all[..start].contains(":::") || line.foreign_box(2);
    }
    if !before.bytes().all(|byte| b" \t>".contains(&byte)) {
        return false;
    }
    line.notice(is_quote) || line.item() || line.heading() || line.mark() || line.table()
}

impl<'b> Line<'_, 'b> {
    fn report(&mut self, length: usize, headline: impl Into<String>, help: impl Into<String>) -> bool {
        self.refuse(Code::LiteralMarkup, length, headline, help)
    }

    fn refuse(&mut self, code: Code, length: usize, headline: impl Into<String>, help: impl Into<String>) -> bool {
        let place = self.typed.part(0..length);
        self.sink.push(Diagnostic::new(code, place, headline).help(help));
        true
    }

    /// `-[ ] words`, and `– [ ] words` with a dash or a space of another kind.
    fn item(&mut self) -> bool {
        let text = self.typed.text;
        let behind = text.trim_start_matches(|c: char| "-‐‑‒–—−*•+".contains(c));
        let brackets = behind.trim_start();
        let is_box =
            ["[ ]", "[x]", "[X]", "[]", "[\u{A0}]", "［ ］", "［］"].iter().find(|it| brackets.starts_with(**it));
        let Some(is_box) = is_box.filter(|_| text.len() - behind.len() <= 3) else { return false };
        let length = text.len() - brackets.len() + is_box.len();
        self.refuse(
            Code::MisplacedItem,
            length,
            "this line begins like an item, and is none",
            "begin it with `- [ ] `: a hyphen, a space, two square brackets with a space between them, a space",
        )
    }

    /// A heading without its space: a whole section is lost. A single sign may begin a word.
    fn heading(&mut self) -> bool {
        let text = self.typed.text;
        let sign = text.trim_start_matches(['#', '＃']);
        let hashes = text.len() - sign.len();
        let is_section = hashes > 1 || self.own().contains("{#");
        let code = if is_section { Code::MisplacedHeading } else { Code::LiteralMarkup };
        if text[..hashes].contains('＃') {
            let headline = "this line begins with full-width signs, so it is no heading";
            return self.refuse(code, hashes, headline, "write `##` and a space before its words: `## Words {#id}`");
        }
        if let Some(space) = sign.chars().next().filter(|c| hashes > 0 && c.is_whitespace() && !c.is_ascii()) {
            let what = if space == '\u{A0}' { "a no-break space" } else { "a space of another kind" };
            let headline = format!("{what} stands behind `{}`, so this is no heading", &text[..hashes]);
            return self.refuse(
                code,
                hashes + space.len_utf8(),
                headline,
                "delete it, and press the space bar: `## Words {#id}`",
            );
        }
        if hashes > 0 && sign.starts_with(char::is_alphabetic) {
            let headline = "this line begins like a heading, and is none";
            return self.refuse(code, hashes, headline, "put a space between `##` and its words: `## Words {#id}`");
        }
        false
    }

    /// An entry of a list without its space, and the boxes of other programs.
    fn mark(&mut self) -> bool {
        let text = self.typed.text;
        if text.starts_with("!!!") || text.starts_with(":::") {
            return self.foreign_box(3);
        }
        let Some(length) = bullet(text) else { return false };
        if text[length..].contains("**") && text.starts_with('*') {
            return self.report(length, "`*` stands in the text as it is", super::STARS);
        }
        if bullet(self.above()).is_some() {
            return true; // told with the first line
        }
        self.report(
            length,
            "this line begins like an entry of a list, and is none",
            "begin the line with `- ` or `1. `, with the space",
        )
    }

    /// The box of another program, of whose sign this many characters stand here.
    fn foreign_box(&mut self, length: usize) -> bool {
        let sign = if self.typed.text.starts_with('!') { "!!!" } else { ":::" };
        let help = "a notice is a quote: `> [!WARNING]` on a line, and its words on the next, behind `> `";
        self.report(length, format!("`{sign}` stands in the text as it is"), help)
    }

    /// `[!DANGER]`, `[!NOTE] and words`, and a notice that is in no quote.
    fn notice(&mut self, is_quote: bool) -> bool {
        let text = self.typed.text;
        if is_quote && let Some(kind) = without_mark(text) {
            let written = text.split_inclusive(']').next().unwrap_or_default();
            let headline = format!("`{written}` begins no notice");
            return self.report(written.len(), headline, format!("write `[!{kind}]`, with a half-width `!`"));
        }
        let Some((kind, rest)) = text.strip_prefix("[!").and_then(|rest| rest.split_once(']')) else { return false };
        if kind.is_empty() || !kind.chars().all(char::is_alphabetic) || rest.starts_with(['(', '[']) {
            return false;
        }
        let length = kind.len() + 3;
        let known = NOTICES.contains(&kind.to_ascii_uppercase().as_str());
        if !known {
            let help = match nearest(&kind.to_ascii_uppercase(), NOTICES) {
                Some(near) => format!("did you mean `[!{near}]`?"),
                None => format!(
                    "in every language there are these: {}",
                    NOTICES.map(|kind| format!("`[!{kind}]`")).join(", ")
                ),
            };
            return self.report(length, format!("`[!{kind}]` is no kind of notice"), help);
        }
        if !is_quote {
            let headline = format!("`[!{kind}]` stands in no quote, so it is no notice");
            return self.report(length, headline, "begin this line and those of its words with `> `");
        }
        let headline = format!("`[!{kind}]` begins no notice: it has to stand alone on the first line of a quote");
        self.report(length, headline, "end the line behind it; words go on the next lines, behind `> `")
    }

    /// Rows between bars that are no table, once a paragraph: at its first line, or at the line of dashes.
    fn table(&mut self) -> bool {
        let (line, next, above) = (self.own(), self.below(), self.above());
        if above.is_empty() && line.starts_with(['|', '｜']) {
            if line.contains('｜') || next.contains('｜') {
                let help = "write half-width bars `|`, and below the first row a line `|---|---|` with as many cells";
                return self.report(line.len(), "`｜` is a full-width bar, so this is no table", help);
            }
            if is_rule(next) {
                return self.uneven(line, next);
            }
            let before = self.all[..self.start].trim_end_matches(BLANK).lines().next_back().unwrap_or_default();
            if before.trim_start_matches(BLANK).starts_with('|') && self.all[..self.start].ends_with(['\n', '\r']) {
                let headline = "an empty line parts this row from its table";
                return self.report(line.len(), headline, "take the empty line above it out");
            }
            return self.report(
                line.len(),
                "this line begins like a row of a table, and is none",
                "a table's second line is a line of dashes, `|---|---|`, with as many cells as the head",
            );
        }
        is_rule(line) && line.contains('|') && !above.starts_with('|') && !above.is_empty() && self.uneven(above, line)
    }

    fn uneven(&mut self, head: &str, rule: &str) -> bool {
        let (head, rule) = (cells(head), cells(rule));
        let length = self.own().len();
        let headline = format!("this is no table: its head has {head} cells, and the line of dashes has {rule}");
        self.report(length, headline, "give the line of dashes as many cells as the head")
    }

    /// The words of this line.
    fn own(&self) -> &'b str {
        self.all[self.words..].lines().next().unwrap_or_default().trim_end()
    }

    fn below(&self) -> &'b str {
        self.all[self.words..].lines().nth(1).unwrap_or_default().trim_matches([' ', '\t', '>', '\r'])
    }

    fn above(&self) -> &'b str {
        self.all[..self.start].lines().next_back().unwrap_or_default().trim_matches([' ', '\t', '>', '\r'])
    }
}

/// `[CAUTION]` and `[！CAUTION]`: the kind of notice that is meant.
fn without_mark(text: &str) -> Option<String> {
    let (inside, _) = text.strip_prefix('[')?.split_once(']')?;
    let kind = inside.trim_start_matches(['！', ' ']).trim().to_ascii_uppercase();
    (!inside.starts_with('!') && NOTICES.contains(&kind.as_str())).then_some(kind)
}

/// What may stand on an empty line.
const BLANK: [char; 5] = [' ', '\t', '>', '\r', '\n'];

/// Whether it is the line of dashes below the head of a table.
fn is_rule(line: &str) -> bool {
    line.contains('-') && line.bytes().all(|byte| b"|-: \t".contains(&byte))
}

fn cells(row: &str) -> usize {
    row.trim().trim_matches('|').split('|').count()
}

/// How long the sign of a list is that stands without its space.
fn bullet(text: &str) -> Option<usize> {
    let letter = |rest: &str| rest.starts_with(char::is_alphabetic);
    if let Some(sign) = text.chars().next().filter(|sign| "-*•●▪◦".contains(*sign)) {
        let rest = &text[sign.len_utf8()..];
        let is_sign = letter(rest) || !sign.is_ascii();
        return is_sign.then_some(sign.len_utf8());
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    let sign = rest.chars().next().filter(|sign| ".)．、）".contains(*sign) && (1..=2).contains(&digits))?;
    let words = &rest[sign.len_utf8()..];
    // `1、2` are two numbers.
    let is_chinese = "、）".contains(sign) && !words.starts_with(|c: char| c.is_ascii_digit());
    (letter(words) || is_chinese).then_some(digits + sign.len_utf8())
}
