//! What only follows from a line that is missing is not told: who translates the line names its facts.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::parse::rules::consequences::is_one_line;
use crate::source::tree::{FileId, SourceTree};

/// Takes out what is told of facts of lines that are told to be missing.
pub fn leave_out(sink: &mut Diagnostics, tree: &SourceTree) {
    let mut missing: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
    for (own, line) in sink.iter().filter(|one| one.code == Code::PassageParity).filter_map(sides) {
        missing.entry(own).or_default().push(line);
    }
    if missing.is_empty() {
        return;
    }
    sink.take(|one| {
        let is_of_fact = matches!(one.code, Code::FactParity | Code::FactPlace);
        sides(one).filter(|_| is_of_fact).is_some_and(|(file, there)| {
            let mut here = missing.get(&file).into_iter().flatten().filter(|line| line.file == there.file);
            here.any(|line| is_one_line(*line, there, tree))
        })
    });
}

/// The translation, and where the source has what that lacks.
fn sides(one: &Diagnostic) -> Option<(FileId, Span)> {
    Some((one.primary.place.file, one.related.first()?.place))
}
