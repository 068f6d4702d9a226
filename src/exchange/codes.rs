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
    let mut at = 0;
    while let Some(step) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match step {
            '\\' => escaped(rest),
            '`' => alone(&mut found, at, code_span(rest)),
            '{' => alone(&mut found, at, braces(rest)),
            '<' => alone(&mut found, at, address(rest)),
            '[' if rest.starts_with("[^") => alone(&mut found, at, rest.find(']').map(|end| end + 1)),
            '[' => {
                let start = if text[..at].ends_with('!') { at - 1 } else { at };
                open.push(start..at + 1);
                1
            }
            ']' => {
                let length = behind(rest);
                if let (Some(begun), Some(length)) = (open.pop(), length) {
                    close(&mut found, text, begun, at..at + length);
                }
                length.unwrap_or(1)
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

/// How long the end of a bracket is with what says what the bracket was.
fn behind(rest: &str) -> Option<usize> {
    let after = &rest[1..];
    if after.starts_with('{') && !after.starts_with("{{") {
        return braces(after).map(|length| 1 + length);
    }
    if after.starts_with('[') {
        return after.find(']').map(|end| end + 2);
    }
    if !after.starts_with('(') {
        return None;
    }
    let mut depth = 0usize;
    for (at, c) in after.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(at + 2),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// What a translation did to the codes of its source.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// It has it fewer times.
    Lost(String),
    /// It has it more often.
    Doubled(String),
    /// Its source has none such.
    Invented(String),
    /// What begins something stands behind what ends it.
    Crossed(String),
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Lost(code) => write!(f, "lost `{code}`"),
            Self::Doubled(code) => write!(f, "has `{code}` more often than its source"),
            Self::Invented(code) => write!(f, "has `{code}`, which its source does not have"),
            Self::Crossed(code) => write!(f, "has `{code}` without the bracket that it ends"),
        }
    }
}

/// What of the source's codes the target does not have as it should.
#[must_use]
pub fn faults(source: &str, target: &str) -> Vec<Fault> {
    let (wanted, found) = (counted(source), counted(target));
    let mut faults = Vec::new();
    for (code, count) in &wanted {
        match found.get(code).copied().unwrap_or(0) {
            0 => faults.push(lost(code, target)),
            more if more > *count => faults.push(Fault::Doubled((*code).to_owned())),
            fewer if fewer < *count => faults.push(Fault::Lost((*code).to_owned())),
            _ => {}
        }
    }
    let new = found.keys().filter(|code| !wanted.contains_key(*code));
    faults.extend(new.map(|code| Fault::Invented((*code).to_owned())));
    faults
}

/// A code that stands in the target and is not read as one there.
fn lost(code: &str, target: &str) -> Fault {
    if code.starts_with(']') && target.contains(code) {
        Fault::Crossed(code.to_owned())
    } else {
        Fault::Lost(code.to_owned())
    }
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
                &["[", "]{fact=a.b is=yes}", "[", "](../a.md#b \"c\")"],
            ),
            ("Say [یہ `x`]{lang=ur} twice", &["[یہ `x`]{lang=ur}"]),
            ("Dial `*100#` ![a](b.png) \\[c] [d] e[^1]", &["`*100#`", "![", "](b.png)", "[^1]"]),
            ("[a [b](c) d]{fact=e is=no}", &["[", "[", "](c)", "]{fact=e is=no}"]),
            ("a { b [ c ` d < e \\", &[]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
        assert!(has_words("{{ a }} b") && !has_words("{{ a }}, {{ b }}"));
    }

    #[test]
    fn what_was_lost_doubled_and_invented_is_named() {
        let source = "[Go]{fact=a.b is=yes} {{ fee }}";
        assert_eq!(faults(source, "{{ fee }} [走]{fact=a.b is=yes}"), []);
        assert_eq!(faults(source, "[走]{fact=a.b is=yes}"), [Fault::Lost("{{ fee }}".into())]);
        assert_eq!(
            faults(source, "[走]{fact=a.b is=yes} {{ fee }} {{ fee }} {{ fees }}"),
            [Fault::Doubled("{{ fee }}".into()), Fault::Invented("{{ fees }}".into())]
        );
        assert_eq!(faults(source, "走]{fact=a.b is=yes} {{ fee }}")[0], Fault::Crossed("]{fact=a.b is=yes}".into()));
    }
}
