//! Whether words that came back can take the place of those that are there.

use super::codes::{Fault, faults};
use super::here::{Form, Here};
use super::lists::entries;
use super::segment::segments;
use crate::parse::text::SourceText;
use crate::source::tree::FileId;

/// Why they cannot.
pub enum Misfit {
    /// What stays as it is did not.
    Code(Fault),
    /// They would be read as something else; what they have to be instead.
    Shape(&'static str),
}

/// Everything that keeps words from taking their place.
pub fn misfits(here: &Here, target: &str) -> Vec<Misfit> {
    let found = faults(&here.source, target, &here.free);
    // Where a translator once had a good reason to differ, it is still one.
    let as_it_was = here.is_fresh && !here.target.is_empty() && faults(&here.target, target, &here.free).is_empty();
    let found = found.into_iter().filter(|_| !as_it_was).map(Misfit::Code);
    found.chain(shape(here.form, target).map(Misfit::Shape)).collect()
}

fn shape(form: Form, target: &str) -> Option<&'static str> {
    match form {
        Form::Line => target.contains('\n').then_some("this is a text of one line: take the line end out"),
        Form::Lines => None,
        Form::Short => target
            .contains(['"', '\\', '\n'])
            .then_some("a line of the short version has no `\"` and no `\\`; quotation marks inside are “ ”"),
        Form::Cell if target.contains('|') => Some("a cell of a table has no `|`"),
        Form::List(sign) => entries(target, sign).is_empty().then_some("a list has entries, with commas between them"),
        Form::Cell | Form::Prose => prose(target),
    }
}

fn prose(target: &str) -> Option<&'static str> {
    let read = segments(SourceText { file: FileId::SITE, text: target, offset: 0 });
    match read.runs.as_slice() {
        [run] if run.text == *target && run.kind == "paragraph" => None,
        _ => Some("look at how it begins: `#`, `-`, `>`, `|`, `1.` and `{` make something else of words"),
    }
}
