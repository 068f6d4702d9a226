//! A bracket or a straight quotation mark without its other half. A passage that goes on over several paragraphs has both.
//!
//! What may be meant is left alone: `a)`, `1)`, `:-)`, `[0, 5)`, `5"`, and a mark that begins a paragraph of words quoted at length.

use std::ops::Range;

use super::pieces::{GAP, Pieces};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::Inline;
use crate::model::walk::each_inline;

/// Brackets with those that end them. Half-width and full-width ones of a shape close each other; that they differ is told elsewhere.
const PAIRS: [(char, char, usize); 10] = [
    ('(', ')', ROUND),
    ('（', '）', ROUND),
    ('[', ']', SQUARE),
    ('［', '］', SQUARE),
    ('【', '】', 2),
    ('〔', '〕', 3),
    ('《', '》', 4),
    ('〈', '〉', 5),
    ('「', '」', 6),
    ('『', '』', 7),
];
const ROUND: usize = 0;
const SQUARE: usize = 1;
const QUOTE: usize = 8;

/// Marks that may be the other half of a straight one.
const OTHER_QUOTES: [char; 9] = ['“', '”', '„', '‟', '«', '»', '″', '＂', '\u{5F4}'];

/// A half that is left in a text.
struct Half {
    range: Range<usize>,
    class: usize,
    opens: bool,
}

/// One that is left in a run.
struct Left {
    half: Half,
    found: Diagnostic,
    /// The whole run.
    run: Span,
}

/// What is left in the runs of a file.
#[derive(Default)]
pub struct Halves(Vec<Left>);

impl Halves {
    /// Looks at a run of words.
    pub fn run(&mut self, run: &[Inline]) {
        let mut may = false;
        each_inline(run, &mut |inline| may |= matches!(inline, Inline::Text { text, .. } if may_hold(text)));
        if !may {
            return;
        }
        let pieces = Pieces::of_run(run);
        let Some(whole) = pieces.whole() else { return };
        // Words quoted at length begin each paragraph with a mark.
        let is_quoted_on = |half: &Half| half.class == QUOTE && half.opens && half.range.start == 0;
        let left = left(&pieces).into_iter().filter(|half| !is_quoted_on(half));
        self.0.extend(left.map(|half| Left { found: found(&half, &pieces), half, run: whole }));
    }

    /// Reports them, but where braces or signs beside them were told already.
    pub fn report(self, sink: &mut Diagnostics) {
        const TOLD: [Code; 4] = [Code::BadAttribute, Code::BadReference, Code::MisplacedItem, Code::MisplacedHeading];
        let told: Vec<Span> =
            sink.iter().filter(|told| TOLD.contains(&told.code)).map(|told| told.primary.place).collect();
        for Left { found, run, .. } in across(self.0) {
            let is_in = |place: &Span| place.file == run.file && run.start <= place.end && place.start <= run.end;
            if !told.iter().any(is_in) {
                sink.push(found);
            }
        }
    }
}

/// Those that no half in a later run belongs to.
fn across(left: Vec<Left>) -> Vec<Left> {
    let mut open: [Vec<usize>; QUOTE + 1] = Default::default();
    let mut is_whole = vec![false; left.len()];
    for (ix, Left { half, .. }) in left.iter().enumerate() {
        if half.opens {
            open[half.class].push(ix);
        } else if let Some(first) = open[half.class].pop() {
            (is_whole[first], is_whole[ix]) = (true, true);
        }
    }
    left.into_iter().zip(is_whole).filter(|(_, is_whole)| !is_whole).map(|(left, _)| left).collect()
}

/// Reports those of a text that stands alone.
pub fn text(text: &str, place: Span, sink: &mut Diagnostics) {
    if may_hold(text) {
        let pieces = Pieces::of(text, place);
        left(&pieces).iter().for_each(|half| sink.push(found(half, &pieces)));
    }
}

fn found(half: &Half, pieces: &Pieces) -> Diagnostic {
    let sign = &pieces.text()[half.range.clone()];
    let (before, behind) = (&pieces.text()[..half.range.start], &pieces.text()[half.range.end..]);
    let other = PAIRS.iter().find_map(|(open, close, _)| match sign.chars().next() {
        Some(c) if c == *open => Some(*close),
        Some(c) if c == *close => Some(*open),
        _ => None,
    });
    let (headline, help) = match other {
        Some(other) => {
            (format!("`{sign}` stands here without its `{other}`"), "write both around the words, or take this one out")
        }
        None if behind.trim().is_empty() => (
            "this text ends with `\"` and does not begin with it".to_owned(),
            "put the `\"` back at its beginning, or take this one out",
        ),
        None if before.trim().is_empty() => (
            "this text begins with `\"` and does not end with it".to_owned(),
            "put the `\"` back at its end, or take this one out",
        ),
        None => (
            "`\"` stands here without its other half".to_owned(),
            "write one on each side of the quoted words, or take this one out",
        ),
    };
    Diagnostic::new(Code::LiteralMarkup, pieces.place(&half.range), headline).help(help)
}

/// The halves that are left in words. Where a backslash or an entity shows one on purpose, nothing is known of the others.
fn left(pieces: &Pieces) -> Vec<Half> {
    let mut left = brackets(pieces.text());
    left.extend(quote(pieces.text()));
    if left.iter().any(|half| !pieces.is_exact(half.range.start)) { Vec::new() } else { left }
}

fn brackets(text: &str) -> Vec<Half> {
    let mut open: Vec<Half> = Vec::new();
    let mut counts = [0usize; QUOTE];
    let mut left = Vec::new();
    for (at, c) in text.char_indices() {
        let Some((begin, _, class)) = PAIRS.iter().find(|(begin, end, _)| c == *begin || c == *end) else { continue };
        let half = Half { range: at..at + c.len_utf8(), class: *class, opens: c == *begin };
        if half.opens {
            counts[half.class] += 1;
            open.push(half);
        } else if counts[half.class] == 0 {
            left.push(half);
        } else {
            // What was opened behind its other half is left.
            while let Some(other) = open.pop() {
                counts[other.class] -= 1;
                if other.class == half.class {
                    break;
                }
                left.push(other);
            }
        }
    }
    left.extend(open);
    // `[0, 5)`
    let has = |class: usize| left.iter().any(|half| half.class == class);
    let is_interval = has(ROUND) && has(SQUARE);
    left.retain(|half| !(may_be_meant(text, half) || is_interval && half.class <= SQUARE));
    left
}

/// Whether a half is the sign of a list or a part of a face.
fn may_be_meant(text: &str, half: &Half) -> bool {
    let (before, behind) = (&text[..half.range.start], &text[half.range.end..]);
    let eyes = [':', ';', '=', '8', '^'];
    let face = before.trim_end_matches(['-', '\'', 'o']).ends_with(eyes)
        || behind.trim_start_matches(['-', '\'', 'o']).starts_with([':', ';', '=', '^']);
    if face {
        return true;
    }
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_number = word.chars().all(char::is_numeric) && word.chars().count() <= 3;
    let is_roman = word.chars().all(|c| "ivxIVX".contains(c));
    let is_mark = !word.is_empty() && (word.chars().count() <= 2 || is_number || is_roman);
    !half.opens && half.class == ROUND && is_mark
}

/// The last straight mark, where their number is odd and each of them quotes.
fn quote(text: &str) -> Option<Half> {
    let marks = || text.match_indices('"').map(|(at, _)| at);
    let last = marks().next_back().filter(|_| marks().count() % 2 == 1 && !text.contains(OTHER_QUOTES))?;
    let sides = |at: usize| (text[..at].chars().next_back(), text[at + 1..].chars().next());
    let is_apart = |c: Option<char>| c.is_none_or(char::is_whitespace);
    // Inches and seconds, marks inside of words, marks for the same again, and whatever stands beside a value.
    let may_be_other = |at: usize| match sides(at) {
        (Some(before), Some(behind)) if before.is_alphanumeric() && behind.is_alphanumeric() => true,
        (Some(before), _) if before.is_numeric() || before == GAP => true,
        (before, behind) => is_apart(before) && is_apart(behind),
    };
    let opens = !is_apart(sides(last).1) && is_apart(sides(last).0);
    (!marks().any(may_be_other)).then_some(Half { range: last..last + 1, class: QUOTE, opens })
}

/// Whether a text may hold one: the bytes of half-width signs, and the last two of full-width ones.
#[expect(clippy::needless_bitwise_bool, reason = "without branches the comparisons are made side by side")]
fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    let half = bytes.iter().fold(false, |found, &byte| {
        found | (byte == b'"') | (byte == b'(') | (byte == b')') | (byte == b'[') | (byte == b']')
    });
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    half || pairs.fold(false, |found, (&a, &b)| {
        let chinese = (a == 0x80) & (b.wrapping_sub(0x88) < 14);
        let full = (a == 0xBC) & ((b == 0x88) | (b == 0x89) | (b == 0xBB) | (b == 0xBD));
        found | chinese | full
    })
}

#[cfg(test)]
mod tests {
    use super::{PAIRS, Pieces, left, may_hold};
    use crate::diag::Span;
    use crate::source::tree::FileId;

    fn told(text: &str) -> Vec<&str> {
        if !may_hold(text) {
            return Vec::new();
        }
        let pieces = Pieces::of(text, Span::new(FileId::SITE, 0..text.len()));
        left(&pieces).into_iter().map(|half| &text[half.range]).collect()
    }

    #[test]
    fn halves_alone_are_told() {
        for (text, sign) in [
            ("巴基斯坦电信管理局（PTA", "（"),
            ("管理局PTA）。", "）"),
            ("《个人信息保护法", "《"),
            ("see (the page", "("),
            ("see the SIM) here", ")"),
            ("（甲（乙）", "（"),
            ("دیکھیں (یہاں", "("),
            ("A broken one needs no block.\"", "\""),
            ("Say \"yes", "\""),
            ("\"Say yes", "\""),
            ("say \"a\" and \"b", "\""),
        ] {
            assert_eq!(told(text), [sign], "{text}");
        }
    }

    #[test]
    fn what_may_be_meant_is_left_alone() {
        for text in [
            "a) this b) that",
            "1）先 2）后",
            "(021) 111 222",
            "（PTA)",
            ":-) and ;) and :(",
            "iii) third",
            "from [0, 5) on",
            "(a [b] c)",
            "《甲（乙）》",
            "a 5\" screen",
            "3' 6\"",
            "say \"5\"",
            "„Wort\"",
            "\"a\" and \"b\"",
            "צה\"ל",
            "\"",
            "it’s",
            "",
        ] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn no_sign_is_passed_over() {
        for (open, close, _) in PAIRS {
            assert!(may_hold(&open.to_string()) && may_hold(&close.to_string()), "{open}{close}");
        }
    }
}
