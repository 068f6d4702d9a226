//! Bytes to text: UTF-8, a byte-order mark dropped, no NUL, no text larger than a person writes. Lists of the whole site grow with it.

use super::misread;
use crate::diag::{Code, Diagnostic, Diagnostics, Label, Span};
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};

const KB: usize = 1024;

/// The largest text of one guide, page or card that is read, in bytes.
const MAX_TEXT: usize = 1024 * KB;

/// The largest list of the whole site, which cannot be split.
const MAX_LIST: usize = 64 * 1024 * KB;

/// How large a file may be, in bytes.
#[must_use]
pub fn limit(file: &SourcePath) -> usize {
    let lists = [layout::PUBLISHED, layout::GLOSSARY, layout::SITUATIONS, layout::TRANSLATED, layout::LINKS];
    let is_list = file.folder() == layout::POLICIES || lists.contains(&file.as_str());
    if is_list { MAX_LIST } else { MAX_TEXT }
}

/// A source file's text. Spans count bytes of the file, so they are `offset` more than those of `text`.
#[derive(Debug, Clone, Copy)]
pub struct SourceText<'a> {
    /// Where it stands.
    pub file: FileId,
    /// What it says, without a byte-order mark.
    pub text: &'a str,
    /// Bytes of the file before `text`.
    pub offset: usize,
}

impl SourceText<'_> {
    /// A byte range of `text` as a place in the file.
    #[must_use]
    pub fn place(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, range.start + self.offset..range.end + self.offset)
    }
}

/// The text of a file of a tree, or the reason there is none.
pub fn read<'a>(tree: &SourceTree, id: FileId, bytes: &'a [u8], sink: &mut Diagnostics) -> Option<SourceText<'a>> {
    let file = tree.path(id);
    let limit = limit(file);
    if bytes.len() > limit {
        let (found, limit) = (bytes.len() / KB, limit / KB);
        sink.push(
            Diagnostic::new(
                Code::FileTooLarge,
                Span::file(id),
                format!("{file} is {found} KB, more than the {limit} KB such a file may have"),
            )
            .help("split it, or move what is no text out of the folder"),
        );
        return None;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            sink.push(not_utf8(id, file, error));
            return None;
        }
    };
    let offset = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let source = SourceText { file: id, text: &text[offset..], offset };
    if let Some(at) = memchr::memchr(0, source.text.as_bytes()) {
        sink.push(
            Diagnostic::new(Code::NulCharacter, source.place(at..at + 1), "a NUL character stands here")
                .help("delete it; it comes from a damaged or a binary file"),
        );
        return None;
    }
    if let Some((at, meant)) = misread::find(source.text) {
        sink.push(taken_for_others(source, file, at, &meant));
        return None;
    }
    (!conflicts(source, sink)).then_some(source)
}

fn not_utf8(id: FileId, file: &SourcePath, error: std::str::Utf8Error) -> Diagnostic {
    let at = error.valid_up_to();
    let place = Span::new(id, at..at + 1);
    // Bytes that begin a letter, and then nothing.
    if error.error_len().is_none() {
        let headline = format!("{file} ends within a letter: its end is missing");
        return Diagnostic::new(Code::NotUtf8, place, headline)
            .help("the file was cut off when it was saved or copied: bring it back from an earlier version");
    }
    Diagnostic::new(Code::NotUtf8, place, format!("{file} is not saved as UTF-8"))
        .help("save the file again with the encoding UTF-8; where question marks stand for letters then, these were lost: bring the file back from an earlier version")
}

fn taken_for_others(source: SourceText<'_>, file: &SourcePath, at: std::ops::Range<usize>, meant: &str) -> Diagnostic {
    let written = &source.text[at.clone()];
    let headline = format!("the letters of {file} were taken for others: {written} stands here for {meant}");
    Diagnostic::new(Code::NotUtf8, source.place(at), headline).help(
        "a program opened the file as if it were not UTF-8, and saved it: bring it back from an earlier version, and open it as UTF-8",
    )
}

/// Reports what two people changed at once and nobody chose between; whether there is any. Such a file is two files in one.
fn conflicts(source: SourceText<'_>, sink: &mut Diagnostics) -> bool {
    let bytes = source.text.as_bytes();
    if ["<<<<<<<", ">>>>>>>", "=======", "|||||||"]
        .iter()
        .all(|mark| memchr::memmem::find(bytes, mark.as_bytes()).is_none())
    {
        return false;
    }
    let (mut at, mut open, mut found) = (0, None::<Diagnostic>, Vec::new());
    for line in source.text.split_inclusive('\n') {
        let place = source.place(at..at + line.trim_end().len());
        at += line.len();
        match conflict_mark(line) {
            Some('<') => found.extend(open.replace(conflict(place, "two versions of these lines stand here"))),
            Some('>') => match open.take() {
                Some(begun) => found.push(begun.related(place, "it ends here")),
                None => found.push(conflict(place, "a mark of two versions is left over here")),
            },
            Some('=' | '|') => match &mut open {
                Some(begun) => begun.related.push(Label { place, text: "the other version begins".to_owned() }),
                None => found.push(conflict(place, "a mark of two versions is left over here")),
            },
            _ => {}
        }
    }
    found.extend(open);
    let any = !found.is_empty();
    found.into_iter().for_each(|conflict| sink.push(conflict));
    any
}

/// The sign of a line that Git puts between two versions: seven of it, then a space or nothing.
fn conflict_mark(line: &str) -> Option<char> {
    let line = line.trim_end();
    let sign = line.chars().next().filter(|sign| "<=>|".contains(*sign))?;
    let rest = line.trim_start_matches(sign);
    (line.len() - rest.len() == 7 && (rest.is_empty() || rest.starts_with(' '))).then_some(sign)
}

fn conflict(place: Span, headline: &str) -> Diagnostic {
    Diagnostic::new(Code::MergeConflict, place, format!("{headline}: a merge was not finished"))
        .help("keep the lines that are right, and delete the others with the lines `<<<<<<<`, `=======` and `>>>>>>>`")
}
