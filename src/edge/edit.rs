//! Writes changes into files that editors keep: all of them or none, and only what has to change.

use std::fs;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::disk::reason;
use crate::diag::Diagnostics;
use crate::model::translation::{Made, Record};
use crate::parse::document::{part, split};
use crate::parse::text::SourceText;
use crate::parse::translated::{self, KEY};
use crate::parse::yaml::{self, Spans};

/// Pieces of a text and what takes their place.
type Edits = Vec<(Range<usize>, String)>;

/// What is recorded of parts, in their order.
type New = [(Box<str>, Made)];

/// The text of a Markdown file whose front matter records these parts, and no longer those that went.
///
/// # Errors
/// When its front matter is written so that it cannot be changed in place.
pub fn with_record(source: SourceText<'_>, set: &New, gone: &[&str]) -> Result<String, String> {
    let newline = if source.text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines: Vec<String> = set.iter().map(|(part, made)| format!("  {part}: {made}{newline}")).collect();
    let lines = lines.concat();
    let edits = match split(source.text) {
        None => vec![(0..0, format!("---{newline}{KEY}:{newline}{lines}---{newline}"))],
        Some((front, _)) => {
            let front = part(source, front);
            let mut edits = in_front_matter(front, (set, gone, &lines), newline).ok_or_else(by_hand)?;
            let before = front.offset - source.offset;
            edits.iter_mut().for_each(|(range, _)| *range = range.start + before..range.end + before);
            edits
        }
    };
    let text = apply(source.text, edits);
    let record = read_again(SourceText { text: &text, ..source }).ok_or_else(by_hand)?;
    let holds = set.iter().all(|(part, made)| record.get(part) == Some(made));
    if holds && gone.iter().all(|part| !record.contains_key(*part)) { Ok(text) } else { Err(by_hand()) }
}

fn by_hand() -> String {
    format!(
        "its front matter cannot be changed in place; write `{KEY}:` on a line of its own, one step a line below it"
    )
}

fn read_again(source: SourceText<'_>) -> Option<Record> {
    let (front, _) = split(source.text)?;
    let mut sink = Diagnostics::default();
    let record = translated::of_front_matter(part(source, front), &mut sink)?;
    sink.is_empty().then_some(record)
}

fn in_front_matter(front: SourceText<'_>, (set, gone, lines): (&New, &[&str], &str), newline: &str) -> Option<Edits> {
    let yaml = yaml::read(front, &mut Diagnostics::default())?;
    let Spans::Map(_, entries) = &yaml.spans else { return None };
    let end = front.text.len();
    match entries.iter().find(|(key, ..)| key == KEY) {
        None => Some(vec![(end..end, format!("{KEY}:{newline}{lines}"))]),
        Some((_, key, Spans::Scalar(value))) if value.is_empty() => {
            let after = line_end(front.text, key.end);
            Some(vec![(after..after, lines.to_owned())])
        }
        Some((_, _, Spans::Map(range, parts))) if front.text[range.clone()].starts_with('{') => {
            // What is known of a mapping ends with its last value.
            let end = range.end + front.text[range.end..].find('}')? + 1;
            Some(vec![(range.start..end, in_braces(front.text, parts, set, gone))])
        }
        Some((_, _, Spans::Map(_, parts))) => Some(in_lines(front.text, parts, set, gone, newline)),
        Some(_) => None,
    }
}

type Parts = [(String, Range<usize>, Spans)];

/// `{a: 1, b: 2}` has no lines to keep.
fn in_braces(text: &str, parts: &Parts, set: &New, gone: &[&str]) -> String {
    let kept = parts
        .iter()
        .filter(|(part, ..)| set.iter().all(|(name, _)| **name != **part) && !gone.contains(&part.as_str()));
    let kept = kept.map(|(part, _, value)| format!("{part}: {}", &text[value.range()]));
    let all: Vec<String> = kept.chain(set.iter().map(|(part, made)| format!("{part}: {made}"))).collect();
    format!("{{{}}}", all.join(", "))
}

fn in_lines(text: &str, parts: &Parts, set: &New, gone: &[&str], newline: &str) -> Edits {
    let mut edits = Edits::new();
    for (part, key, value) in parts {
        if let Some((_, made)) = set.iter().find(|(name, _)| **name == **part) {
            edits.push((value.range(), made.to_string()));
        } else if gone.contains(&part.as_str()) {
            edits.push((line_start(text, key.start)..line_end(text, value.range().end), String::new()));
        }
    }
    if let Some((_, key, value)) = parts.last() {
        let indent = &text[line_start(text, key.start)..key.start];
        let new = set.iter().filter(|(part, _)| parts.iter().all(|(name, ..)| **name != **part));
        let lines: Vec<String> = new.map(|(part, made)| format!("{indent}{part}: {made}{newline}")).collect();
        let after = line_end(text, value.range().end);
        edits.push((after..after, lines.concat()));
    }
    edits
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

fn apply(text: &str, mut edits: Edits) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut new = String::new();
    let mut at = 0;
    for (range, with) in edits {
        new.push_str(&text[at..range.start]);
        new.push_str(&with);
        at = range.end;
    }
    new + &text[at..]
}

/// Puts new bytes in the place of those that were read: the file is the old one or the new one, never half of each. `before` is what it
/// held, nothing for a file that was not there.
///
/// # Errors
/// When it was changed in the meantime, or the disk refuses.
pub fn replace(path: &Path, before: Option<&[u8]>, bytes: &[u8]) -> Result<(), String> {
    // A link stays a link.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let failed = |error: io::Error| format!("cannot write {}: {}", path.display(), reason(&error));
    if fs::read(&path).ok().as_deref() != before {
        return Err(format!("{} was changed in the meantime; nothing was written to it", path.display()));
    }
    let draft = draft_of(&path);
    let written = fs::File::create_new(&draft).and_then(|mut file| {
        file.write_all(bytes)?;
        if let Ok(metadata) = fs::metadata(&path) {
            file.set_permissions(metadata.permissions())?;
        }
        file.sync_all()
    });
    let done = written.and_then(|()| fs::rename(&draft, &path));
    done.inspect_err(|_| drop(fs::remove_file(&draft))).map_err(failed)
}

/// Beside the file, under a name with a dot that no build reads.
fn draft_of(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{}", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::translation::Fingerprint;
    use crate::source::tree::FileId;

    fn edited(text: &str, set: &[(&str, u64)], gone: &[&str]) -> Result<String, String> {
        let made = |print| Made { from: Fingerprint(print), day: Some(jiff::civil::date(2026, 11, 27)) };
        let set: Vec<_> = set.iter().map(|(part, print)| (Box::from(*part), made(*print))).collect();
        with_record(SourceText { file: FileId::SITE, text, offset: 0 }, &set, gone)
    }

    #[test]
    fn only_the_record_changes() {
        let ten = "000000000000000a 2026-11-27";
        let begun = "---\ntitle:  A   # comment\n\ntranslated:  # by hand\n    old: 0000000000000001\n    # a note\n    \
                     a: \"0000000000000002 2026-01-01\"  # checked\nsummary: B\n---\nText\n";
        for (text, gone, expected) in [
            (
                "---\ntitle: A\n# end\n---\nText\n",
                &[][..],
                format!("---\ntitle: A\n# end\ntranslated:\n  a: {ten}\n---\nText\n"),
            ),
            ("Text\n", &[], format!("---\ntranslated:\n  a: {ten}\n---\nText\n")),
            ("---\r\ntitle: A\r\n---\r\n", &[], format!("---\r\ntitle: A\r\ntranslated:\r\n  a: {ten}\r\n---\r\n")),
            ("---\ntranslated:\ntitle: A\n---\n", &[], format!("---\ntranslated:\n  a: {ten}\ntitle: A\n---\n")),
            (
                "---\ntranslated: {b: 000000000000000b, a: 0000000000000001}\n---\n",
                &[],
                format!("---\ntranslated: {{b: 000000000000000b, a: {ten}}}\n---\n"),
            ),
            (
                begun,
                &["old"],
                begun.replace("    old: 0000000000000001\n", "").replace("\"0000000000000002 2026-01-01\"", ten),
            ),
        ] {
            assert_eq!(edited(text, &[("a", 10)], gone), Ok(expected), "{text}");
        }
        let added = edited(begun, &[("b", 10)], &[]).unwrap();
        assert_eq!(added, begun.replace("# checked\n", &format!("# checked\n    b: {ten}\n")));
        assert!(edited("---\n{title: A}\n---\n", &[("a", 1)], &[]).is_err());
        assert!(edited("---\ntranslated: [a]\n---\n", &[("a", 1)], &[]).is_err());
    }

    #[test]
    fn a_file_that_changed_in_the_meantime_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        assert_eq!(replace(&path, None, b"one"), Ok(()));
        assert!(replace(&path, None, b"two").is_err());
        assert!(replace(&path, Some(b"zero"), b"two").is_err());
        assert_eq!(replace(&path, Some(b"one"), b"two"), Ok(()));
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
