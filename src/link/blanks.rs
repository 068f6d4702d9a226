//! An image whose name has a blank in it, which a text names: the name of the file is the cause.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Label, Span};
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// Makes one finding of that on the name of a file and of those on texts that show it.
pub fn say_images(tree: &SourceTree, found: &mut Diagnostics) {
    let is_of_text = |one: &Diagnostic| one.code == Code::BadImage && !one.primary.place.is_file();
    let mut shown: BTreeMap<SourcePath, Vec<Span>> = BTreeMap::new();
    for place in found.iter().filter(|one| is_of_text(one)).map(|one| one.primary.place) {
        if let Some(file) = shown_at(place, tree) {
            shown.entry(file).or_default().push(place);
        }
    }
    if shown.is_empty() {
        return;
    }
    let texts = |one: &Diagnostic| {
        let is_of_name = one.code == Code::BadFileName && one.primary.place.is_file();
        if is_of_name { shown.get(tree.path(one.primary.place.file)) } else { None }
    };
    let mut told = Vec::new();
    for mut one in found.take(|one| texts(one).is_some()) {
        let places: Vec<Span> = texts(&one).into_iter().flatten().copied().collect();
        one.related.extend(places.iter().map(|place| Label { place: *place, text: "shown here".to_owned() }));
        told.extend(places);
        found.push(one.help("then name it so where texts show it"));
    }
    found.take(|one| is_of_text(one) && told.contains(&one.primary.place));
}

/// The file that `![words](name)` at a place names.
fn shown_at(place: Span, tree: &SourceTree) -> Option<SourcePath> {
    let text = tree.path(place.file);
    let bytes = tree.get(text)?;
    let written = std::str::from_utf8(bytes.get(place.range())?).ok()?;
    let name = written.rsplit_once("](")?.1.trim_end_matches(')').trim();
    text.resolve(name).ok()
}
