//! One paragraph of Markdown inside a YAML file: a sentence for readers that may name facts and lead on.

use std::sync::Arc;

use super::markdown;
use super::node::Node;
use super::text::SourceText;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::body::{Block, Body};

/// The sentence of a value.
pub fn sentence(node: Node<'_>, sink: &mut Diagnostics) -> Option<Arc<Body>> {
    let text = node.words(sink)?;
    let refused = |code, headline: &str, help: &str| Diagnostic::new(code, text.place, headline).help(help);
    if text.place.range().len() != text.value.len() {
        sink.push(refused(
            Code::WrongType,
            "this line is written with escapes or over several lines",
            "write it on one line between double quotes, without `\\`; quotation marks inside are “ ”",
        ));
        return None;
    }
    let source = SourceText { file: text.place.file, text: &text.value, offset: text.place.range().start };
    let body = markdown::read(source, Body::of(source.file), sink);
    if !matches!(body.blocks.as_slice(), [Block::Paragraph(_)]) {
        let help = "write one or two sentences; `#`, `-`, `>` at the beginning make something else of a line";
        sink.push(refused(Code::BadValue, "this is no line of words", help));
        return None;
    }
    Some(Arc::new(body))
}
