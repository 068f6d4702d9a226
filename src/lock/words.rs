//! What changed between two wordings, word by word: `[-old-]{+new+}`.

/// Texts of more words than this are shown one below the other.
const MAX_WORDS: usize = 3000;

/// The new text with what is gone between `[-` and `-]`, and what came between `{+` and `+}`.
#[must_use]
pub fn changes(old: &str, new: &str) -> String {
    let (old, new) = (tokens(old), tokens(new));
    let same_start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (start, old, new) = (&new[..same_start], &old[same_start..], &new[same_start..]);
    let same_end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[..old.len() - same_end], new);
    let (new, end) = new.split_at(new.len() - same_end);
    let kept = if old.len().max(new.len()) > MAX_WORDS { Vec::new() } else { common(old, new) };
    let kept = without_lone_spaces(&kept, old);
    let mut text = start.concat();
    let (mut from, mut to) = (0, 0);
    for (a, b) in kept.into_iter().chain([(old.len(), new.len())]) {
        push(&mut text, ("[-", &old[from..a].concat(), "-]"));
        push(&mut text, ("{+", &new[to..b].concat(), "+}"));
        text.extend(new.get(b).copied());
        (from, to) = (a + 1, b + 1);
    }
    text + &end.concat()
}

fn push(text: &mut String, (open, words, close): (&str, &str, &str)) {
    if !words.is_empty() {
        text.push_str(&[open, words, close].concat());
    }
}

/// Words, white space and signs; a character of a script that puts no space between words is a token of its own.
fn tokens(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        c if c.is_ascii_alphanumeric() || (c.is_alphanumeric() && !crate::script::is_han(c)) => 1,
        ' ' => 2,
        _ => 0,
    };
    let mut tokens = Vec::new();
    let (mut start, mut last) = (0, None);
    for (at, c) in text.char_indices() {
        let own = kind(c);
        if last.is_some_and(|last| last != own || own == 0) {
            tokens.push(&text[start..at]);
            start = at;
        }
        last = Some(own);
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

/// A space alone between two changes says nothing: the two are read as one.
fn without_lone_spaces(kept: &[(usize, usize)], old: &[&str]) -> Vec<(usize, usize)> {
    let follows = |one: Option<&(usize, usize)>, other: Option<&(usize, usize)>| match (one, other) {
        (Some(one), Some(other)) => (one.0 + 1, one.1 + 1) == *other,
        _ => false,
    };
    let alone = |at: usize| {
        let own = kept.get(at);
        let before = at.checked_sub(1).and_then(|at| kept.get(at));
        !follows(before, own) && !follows(own, kept.get(at + 1))
    };
    let stays = |at: &usize| !old[kept[*at].0].trim().is_empty() || !alone(*at);
    (0..kept.len()).filter(stays).map(|at| kept[at]).collect()
}

/// The longest row of words that both have, by their positions.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut longest = vec![0u32; (old.len() + 1) * width];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            longest[a * width + b] = if old[a] == new[b] {
                longest[(a + 1) * width + b + 1] + 1
            } else {
                longest[(a + 1) * width + b].max(longest[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b, mut kept) = (0, 0, Vec::new());
    while a < old.len() && b < new.len() {
        if old[a] == new[b] {
            kept.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if longest[(a + 1) * width + b] >= longest[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::changes;

    #[test]
    fn words_that_went_and_came() {
        for (old, new, shown) in [
            ("Go in person.", "Go in person.", "Go in person."),
            ("Go in person.", "Go there in person.", "Go {+there +}in person."),
            ("Wait a week.", "Wait a month.", "Wait a [-week-]{+month+}."),
            (
                "while it still works now",
                "before it is closed now",
                "[-while-]{+before+} it [-still works-]{+is closed+} now",
            ),
            ("Wait here now", "Wait", "Wait[- here now-]"),
            ("", "New", "{+New+}"),
            ("先换绑", "先解绑", "先[-换-]{+解+}绑"),
        ] {
            assert_eq!(changes(old, new), shown);
        }
        let (old, new) = ("a ".repeat(4000), "b ".repeat(4000));
        assert!(changes(&old, &new).starts_with("[-a a"));
    }
}
