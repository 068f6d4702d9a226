//! Bytes to text: UTF-8, a byte-order mark dropped, no NUL, no text larger than a person writes. Lists of the whole site grow with it.

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::path::SourcePath;
use crate::tree::{FileId, SourceTree};

const KB: usize = 1024;

/// The largest text of one guide, page or card that is read, in bytes.
const MAX_TEXT: usize = 1024 * KB;

/// The largest list of the whole site, which cannot be split.
const MAX_LIST: usize = 64 * 1024 * KB;

/// How large a file may be, in bytes.
#[must_use]
pub fn limit(file: &SourcePath) -> usize {
    let lists =
        ["content/published.yaml", "content/glossary.yaml", "content/situations.yaml", "content/translated.yaml"];
    let is_list = file.folder() == "content/policies" || lists.contains(&file.as_str());
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
            let at = error.valid_up_to();
            let place = Span::new(id, at..at + 1);
            sink.push(
                Diagnostic::new(Code::NotUtf8, place, format!("{file} is not saved as UTF-8"))
                    .help("save the file again with the encoding UTF-8"),
            );
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
    Some(source)
}
