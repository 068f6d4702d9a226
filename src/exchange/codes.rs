//! What a translator keeps as it is: facts and includes, codes, where links lead, what brackets stand for.

use std::collections::BTreeMap;
use std::ops::Range;

/// A piece of a text that stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It stands for something by itself.
    Alone,
    /// It begins something that ends with the code of this number.
    Opens(usize),
    /// It ends what the code of this number began.
    Closes(usize),
}

/// A piece of a text that stays as it is, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is for.
    pub role: Role,
}

/// The codes of a text in order.
#[must_use]
pub fn codes(text: &str) -> Vec<Code> {
    let mut found: Vec<Code> = Vec::new();
    let mut open: Vec<Range<usize>> = Vec::new();
    // Where the words of a title end, and what stands behind them.
    let mut title: Option<Range<usize>> = None;
    let mut at = 0;
    while let Some(step) = text[at..].chars().next() {
        let rest = &text[at..];
        if let Some(end) = title.take_if(|end| end.start <= at) {
            at = end.end;
            found.push(Code { range: end, role: Role::Alone });
            continue;
        }
        let length = match step {
            '\\' => escaped(rest),
            '`' => alone(&mut found, at, code_span(rest)),
            '{' => alone(&mut found, at, braces(rest)),
            '<' => alone(&mut found, at, comment(rest).or_else(|| address(rest))),
            '[' if rest.starts_with("[^") => alone(&mut found, at, rest.find(']').map(|end| end + 1)),
            '[' => {
                let start = if text[..at].ends_with('!') { at - 1 } else { at };
                open.push(start..at + 1);
                1
            }
            ']' => {
                let ending = behind(rest);
                if let (Some(begun), Some(Ending { length, title: words })) = (open.pop(), &ending) {
                    let whole = at..at + length;
                    let ended = words.as_ref().map_or(whole.clone(), |words| at..at + words.start);
                    close(&mut found, text, begun, ended);
                    title = words.as_ref().map(|words| at + words.end..whole.end);
                }
                ending.map_or(1, |it| it.title.map_or(it.length, |words| words.start))
            }
            _ => step.len_utf8(),
        };
        at += length;
    }
    found
}

/// Adds a pair. Words to say are in a language of their own: all of them stay.
fn close(found: &mut Vec<Code>, text: &str, begun: Range<usize>, ended: Range<usize>) {
    if text[ended.clone()].starts_with("]{lang=") {
        found.retain(|code| code.range.end <= begun.start);
        found.push(Code { range: begun.start..ended.end, role: Role::Alone });
        return;
    }
    let at = found.iter().position(|code| code.range.start >= begun.start).unwrap_or(found.len());
    for code in &mut found[..] {
        match &mut code.role {
            Role::Opens(other) | Role::Closes(other) if *other >= at => *other += 1,
            _ => {}
        }
    }
    found.insert(at, Code { range: begun, role: Role::Opens(found.len() + 1) });
    found.push(Code { range: ended, role: Role::Closes(at) });
}

fn alone(found: &mut Vec<Code>, at: usize, length: Option<usize>) -> usize {
    if let Some(length) = length {
        found.push(Code { range: at..at + length, role: Role::Alone });
    }
    length.unwrap_or(1)
}

/// A sign behind `\` means itself; the two are words.
fn escaped(rest: &str) -> usize {
    let next = rest[1..].chars().next();
    1 + next.filter(char::is_ascii_punctuation).map_or(0, char::len_utf8)
}

fn code_span(rest: &str) -> Option<usize> {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let fence = &rest[..ticks];
    let mut at = ticks;
    while let Some(end) = rest[at..].find(fence).map(|end| at + end) {
        let run = rest[end..].len() - rest[end..].trim_start_matches('`').len();
        if run == ticks {
            return Some(end + ticks);
        }
        at = end + run;
    }
    None
}

fn braces(rest: &str) -> Option<usize> {
    if rest.starts_with("{{") { rest.find("}}").map(|end| end + 2) } else { rest.find('}').map(|end| end + 1) }
}

/// `<https://example.org/>`
fn address(rest: &str) -> Option<usize> {
    let end = rest.find('>')?;
    let inside = &rest[1..end];
    (inside.contains([':', '@']) && !inside.contains(char::is_whitespace)).then_some(end + 1)
}

/// `<!-- for editors -->`
fn comment(rest: &str) -> Option<usize> {
    rest.strip_prefix("<!--")?.find("-->").map(|end| end + "<!---->".len())
}

/// The end of a bracket with what says what the bracket was.
struct Ending {
    length: usize,
    /// The words of a link's title, between its quotation marks.
    title: Option<Range<usize>>,
}

fn behind(rest: &str) -> Option<Ending> {
    let after = &rest[1..];
    let whole = |length: usize| Ending { length: length + 1, title: None };
    if after.starts_with('{') && !after.starts_with("{{") {
        return braces(after).map(whole);
    }
    if after.starts_with('[') {
        return after.find(']').map(|end| whole(end + 1));
    }
    if !after.starts_with('(') {
        return None;
    }
    let mut depth = 0usize;
    for (at, c) in after.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(Ending { length: at + 2, title: title(&rest[..at + 2]) }),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The words of the title of `](address "title")`.
fn title(link: &str) -> Option<Range<usize>> {
    let inside = link.strip_suffix(')')?.trim_end();
    let quote = inside.chars().next_back().filter(|quote| matches!(quote, '"' | '\''))?;
    let begin = [' ', '\n'].iter().filter_map(|space| inside.find(&format!("{space}{quote}"))).min()? + 2;
    (begin + 1 < inside.len()).then_some(begin..inside.len() - 1)
}

/// What a translation did to the codes of its source.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// It has it fewer times.
    Lost { code: String, wanted: usize, found: usize },
    /// It has it more often.
    Doubled { code: String, wanted: usize, found: usize },
    /// Its source has none such.
    Invented(String),
    /// It has another one in its place.
    Changed { wanted: String, found: String },
    /// What ends something is there, what begins it is not.
    Crossed(String),
}

/// What of the source's codes the target does not have as it should; `free` may be there or not.
#[must_use]
pub fn faults(source: &str, target: &str, free: &[String]) -> Vec<Fault> {
    let (wanted, found) = (counted(source), counted(target));
    let is_bound = |code: &&str| !free.iter().any(|free| free == code);
    let mut faults = Vec::new();
    for (code, wanted) in wanted.iter().filter(|(code, _)| is_bound(code)).map(|(code, count)| (*code, *count)) {
        let (code, found) = (code.to_owned(), found.get(code).copied().unwrap_or(0));
        match found {
            0 if code.starts_with(']') && target.contains(&code) => faults.push(Fault::Crossed(code)),
            found if found > wanted => faults.push(Fault::Doubled { code, wanted, found }),
            found if found < wanted => faults.push(Fault::Lost { code, wanted, found }),
            _ => {}
        }
    }
    let new = found.keys().filter(|code| !wanted.contains_key(*code)).filter(|code| is_bound(code));
    faults.extend(new.map(|code| Fault::Invented((*code).to_owned())));
    if let [Fault::Lost { code, found: 0, .. }, Fault::Invented(new)] = &faults[..] {
        return vec![Fault::Changed { wanted: code.clone(), found: new.clone() }];
    }
    faults
}

/// Each code but single brackets, which their ends speak for.
fn counted(text: &str) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for code in codes(text).iter().filter(|code| !matches!(code.role, Role::Opens(_))) {
        *counts.entry(&text[code.range.clone()]).or_insert(0) += 1;
    }
    counts
}

/// Whether a text says anything besides its codes.
#[must_use]
pub fn has_words(text: &str) -> bool {
    let mut at = 0;
    let mut words = String::new();
    for code in codes(text) {
        words.push_str(text.get(at..code.range.start).unwrap_or_default());
        at = code.range.end;
    }
    words.push_str(text.get(at..).unwrap_or_default());
    words.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::{Fault, codes, faults, has_words};

    fn found(text: &str) -> Vec<&str> {
        codes(text).into_iter().map(|code| &text[code.range]).collect()
    }

    #[test]
    fn what_stays_is_found() {
        for (text, expected) in [
            ("Call {{ helpline }} **now**.", &["{{ helpline }}"][..]),
            (
                "[Go]{fact=a.b is=yes} to [them](../a.md#b \"c\").",
                &["[", "]{fact=a.b is=yes}", "[", "](../a.md#b \"", "\")"],
            ),
            ("Say [یہ `x`]{lang=ur} twice", &["[یہ `x`]{lang=ur}"]),
            ("Dial `*100#` ![a](b.png) \\[c] [d] e[^1]", &["`*100#`", "![", "](b.png)", "[^1]"]),
            ("[a [b](c) d]{fact=e is=no}", &["[", "[", "](c)", "]{fact=e is=no}"]),
            ("a { b [ c ` d < e \\", &[]),
            ("![a](b 'c (d)' ) e <!-- f --> g", &["![", "](b '", "' )", "<!-- f -->"]),
            ("[a](b \"\") c](d \"e\")", &["[", "](b \"\")"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
        assert!(has_words("{{ a }} b") && !has_words("{{ a }}, {{ b }}"));
    }

    #[test]
    fn what_was_lost_doubled_and_invented_is_named() {
        let source = "[Go]{fact=a.b is=yes} {{ fee }}";
        let found = |target: &str| faults(source, target, &[]);
        let (code, fee) = ("]{fact=a.b is=yes}".to_owned(), "{{ fee }}".to_owned());
        assert_eq!(found("{{ fee }} [走]{fact=a.b is=yes}"), []);
        assert_eq!(found("[走]{fact=a.b is=yes}"), [Fault::Lost { code: fee.clone(), wanted: 1, found: 0 }]);
        assert_eq!(
            found("[走]{fact=a.b is=yes} {{ fee }} {{ fee }} {{ fees }}"),
            [Fault::Doubled { code: fee.clone(), wanted: 1, found: 2 }, Fault::Invented("{{ fees }}".into())]
        );
        assert_eq!(
            found("[走]{fact=a.b is=yes} {{ fees }}"),
            [Fault::Changed { wanted: fee, found: "{{ fees }}".into() }]
        );
        assert_eq!(found("走]{fact=a.b is=yes} {{ fee }}"), [Fault::Crossed(code)]);
        assert_eq!(faults("{n} of {total}", "{total}", &["{n}".to_owned()]), []);
        assert_eq!(faults("{total}", "{n} {n} {total}", &["{n}".to_owned()]), []);
    }
}
