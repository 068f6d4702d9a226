//! Headings go down one level at a time, so that a page's outline can be trusted; no section has an id that pages use themselves.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::body::Body;
use crate::model::reserved::is_reserved;
use crate::parse::document::headings;

/// `above` is the level of the heading that the text stands below.
pub fn check(body: &Body, above: u8, sink: &mut Diagnostics) {
    let mut last = above;
    for heading in headings(body) {
        if heading.level > last + 1 {
            sink.push(
                Diagnostic::new(
                    Code::HeadingOrder,
                    heading.place,
                    format!("a level-{} heading follows one of level {last}", heading.level),
                )
                .help(format!("use `{}` here", "#".repeat(usize::from(last) + 1))),
            );
        }
        // One above what the text stands below is told itself, and is meant as the first below it.
        last = heading.level.max(above + 1);
        if let Some((id, place)) = heading.attributes.own().filter(|(id, _)| is_reserved(id.as_str())) {
            sink.push(
                Diagnostic::new(Code::BadId, place, format!("the id `{id}` is one that pages use themselves"))
                    .help("give the section another id"),
            );
        }
    }
}
