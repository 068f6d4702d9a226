//! Marks of which the other half is missing, one by one: `**words*`, `[words]` without an address, a second box on the line of an item.

use super::Typed;
use crate::diag::Diagnostics;

/// What ends words before a star that was to end their weight.
const ENDS: [char; 22] = [
    '.', ',', ':', '!', '?', ')', '…', '”', '»', '。', '，', '：', '！', '？', '；', '）', '」', '۔', '،', '؟', '؛',
    '।',
];

/// Reports them in words that begin at `start` of a text.
pub(super) fn check(typed: &Typed<'_>, all: &str, start: usize, sink: &mut Diagnostics) {
    star(typed, all, start, sink);
    brackets(typed, sink);
}

/// A star that touches words: those of codes and sums touch digits or nothing.
fn star(typed: &Typed<'_>, all: &str, start: usize, sink: &mut Diagnostics) {
    if !typed.shown.contains('*') {
        return;
    }
    let is_single = |at: usize| !typed.text[..at].ends_with('*') && !typed.text[at + 1..].starts_with('*');
    for (at, _) in typed.text.match_indices('*').filter(|(at, _)| is_single(*at) && !typed.is_shown_on_purpose(*at)) {
        let before = all.get(..start + at).and_then(|text| text.trim_end_matches('*').chars().next_back());
        let after = all.get(start + at + 1..).and_then(|text| text.trim_start_matches('*').chars().next());
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '#');
        let opens = after.is_some_and(char::is_alphabetic) && apart(before);
        let closes = before.is_some_and(|c| c.is_alphabetic() || ENDS.contains(&c)) && apart(after);
        if opens || closes {
            typed.report("*", at..at + 1, super::STARS, sink);
            return;
        }
    }
}

/// `[words]` that are no link and no claim.
fn brackets(typed: &Typed<'_>, sink: &mut Diagnostics) {
    for (at, _) in typed.text.match_indices('[').filter(|(at, _)| !typed.is_shown_on_purpose(*at)) {
        let Some(end) = typed.text[at + 1..].find(['[', ']', '\n']).map(|end| at + 1 + end) else { return };
        let (inside, rest) = (&typed.text[at + 1..end], &typed.text[end..]);
        let is_closed = rest.starts_with(']') && !typed.is_shown_on_purpose(end);
        let range = at..end + 1;
        if !is_closed || !typed.shown.contains(&typed.text[range.clone()]) {
            continue;
        }
        let is_box = matches!(inside, " " | "x" | "X") && typed.text[..at].ends_with("- ");
        if is_box {
            let help = "each item begins a line of its own: `- [ ] Words {#id}`";
            typed.report("- [ ]", range, help, sink);
            return;
        }
        if inside.chars().any(char::is_alphabetic) {
            let behind = typed.text[range.end..].trim_start();
            let address = behind.split([')', ' ', '\n']).next().unwrap_or_default();
            if address.contains(".md") || address.contains("://") {
                let help = format!("the `(` of this link is missing: write `[{inside}]({address})`");
                let end = typed.text.len() - behind.len() + address.len();
                let end = end + usize::from(typed.text[end..].starts_with(')'));
                typed.report("[ ]", range.start..end, &help, sink);
                return;
            }
            let help = format!(
                "if the words rest on a fact, its braces are missing, which the other languages have: `[words]{}`; if they are a link, its address: `[words](address)`; else take the brackets out, or write a backslash before each to show it",
                super::UNTIED
            );
            typed.report("[ ]", range, &help, sink);
            return;
        }
    }
}
