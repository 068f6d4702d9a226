//! What only follows from another finding of the same line or file is not told: who mends the cause mends it too.

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::parse::text::SourceText;
use crate::source::tree::SourceTree;

/// Marks that are not what they were meant to be: what stands around them is read as words.
const MARKS: [Code; 6] = [
    Code::BadAttribute,
    Code::BadImage,
    Code::BadReference,
    Code::MisplacedHeading,
    Code::MisplacedItem,
    Code::MissingId,
];

/// What is told of words that were meant as marks.
const OF_WORDS: [Code; 2] = [Code::WrongLanguage, Code::LostWords];

/// What is told of each word of a file that is in another language as a whole.
pub(super) const OF_WRITING: [Code; 11] = [
    Code::WrongLanguage,
    Code::ArabicLetter,
    Code::Tatweel,
    Code::NativeDigits,
    Code::HalfWidthPunctuation,
    Code::SpacedHan,
    Code::ChineseItalics,
    Code::UrduPunctuation,
    Code::ForeignPunctuation,
    Code::RepeatedWord,
    Code::ForbiddenTerm,
];

/// Takes out of a file's findings what follows from others of them.
pub fn leave_out(source: &SourceText<'_>, sink: &mut Diagnostics) {
    if sink.count() < 2 {
        return;
    }
    let is_of_file = |one: &Diagnostic| one.code == Code::WrongLanguage && one.primary.place.is_file();
    if sink.iter().any(is_of_file) {
        sink.take(|one| OF_WRITING.contains(&one.code) && !is_of_file(one));
    }
    let ends: Vec<usize> = memchr::memchr_iter(b'\n', source.text.as_bytes()).map(|end| source.offset + end).collect();
    let line = |one: &Diagnostic| ends.partition_point(|end| *end < one.primary.place.range().start);
    // The address of a link that is none is read as words.
    let is_link = |one: &Diagnostic| {
        let at = one.primary.place.range().start.checked_sub(source.offset);
        one.code == Code::LiteralMarkup && at.is_some_and(|at| source.text[at..].starts_with("]("))
    };
    let is_mark = |one: &&Diagnostic| MARKS.contains(&one.code) || is_link(one);
    let mut marked: Vec<usize> = sink.iter().filter(is_mark).map(line).collect();
    marked.sort_unstable();
    sink.take(|one| {
        OF_WORDS.contains(&one.code) && !one.primary.place.is_file() && marked.binary_search(&line(one)).is_ok()
    });
    overlapping(sink);
    typed(sink);
}

/// Of a number that is not to be typed at all, it is not told how it is written.
pub(super) fn typed(sink: &mut Diagnostics) {
    let mut places: Vec<Span> =
        sink.iter().filter(|one| one.code == Code::TypedNumber).map(|one| one.primary.place).collect();
    places.sort_unstable();
    let is_inside = |place: Span| {
        let before = places.partition_point(|typed| (typed.file, typed.start) <= (place.file, place.start));
        before.checked_sub(1).is_some_and(|at| places[at].file == place.file && place.end <= places[at].end)
    };
    sink.take(|one| one.code == Code::NativeDigits && is_inside(one.primary.place));
}

/// Of two findings on marks that share a sign, the one on more of them names the cause.
pub(super) fn overlapping(sink: &mut Diagnostics) {
    let is_mark = |one: &Diagnostic| one.code == Code::LiteralMarkup && !one.primary.place.is_file();
    let mut places: Vec<_> = sink.iter().filter(|one| is_mark(one)).map(|one| one.primary.place).collect();
    places.sort_unstable_by_key(|place| (place.file, place.start, std::cmp::Reverse(place.end)));
    places.dedup();
    let mut last: Option<Span> = None;
    let mut inner = Vec::new();
    for place in places {
        match last {
            Some(outer) if outer.file == place.file && place.end <= outer.end => inner.push(place),
            _ => last = Some(place),
        }
    }
    inner.sort_unstable();
    sink.take(|one| is_mark(one) && inner.binary_search(&one.primary.place).is_ok());
}

/// Whether two places of a file are on one line.
#[must_use]
pub fn is_one_line(one: Span, other: Span, tree: &SourceTree) -> bool {
    let (start, end) = (one.start.min(other.start) as usize, one.start.max(other.start) as usize);
    tree.get(tree.path(one.file))
        .is_some_and(|bytes| bytes.get(start..end).is_some_and(|bytes| !bytes.contains(&b'\n')))
}
