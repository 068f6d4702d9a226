//! A Markdown file with words that came back: in the places of the old ones where both files are built alike, else in a copy of
//! what the source is built of.

use std::ops::Range;

use super::apply::{OfFile, is_front};
use super::gather::Text;
use super::segment::{Run, Segments};
use super::{scalar, tell};
use crate::diag::Diagnostic;

/// A file as it will be.
#[derive(Default)]
pub struct Merged {
    /// Its text; empty when there is none to write.
    pub text: String,
    /// The names of the texts that changed in it.
    pub taken: Vec<String>,
    /// What was left out, and why.
    pub found: Vec<Diagnostic>,
}

/// The translation with what came back.
pub fn merge(text: &Text<'_>, accepted: &OfFile) -> Merged {
    let Some((written, own)) = &text.own else { return whole(text, accepted) };
    let mut merging =
        Merging { text, accepted, own, own_text: &written.text, edits: Vec::new(), merged: Merged::default() };
    let mut before = 0;
    for (group, range) in &text.source.groups {
        merging.group(group, range, before);
        before = own.groups.iter().find(|(name, _)| name == group).map_or(before, |(_, range)| range.end);
    }
    let Merging { mut edits, mut merged, .. } = merging;
    edits.sort_by_key(|(range, _)| range.start);
    let mut at = 0;
    for (range, new) in edits {
        merged.text.push_str(&written.text[at..range.start]);
        merged.text.push_str(&new);
        at = range.end;
    }
    merged.text.push_str(&written.text[at..]);
    merged
}

/// A translation that is not there yet, when all of it came back.
fn whole(text: &Text<'_>, accepted: &OfFile) -> Merged {
    let runs: Vec<&Run> = text.source.runs.iter().collect();
    let words = || runs.iter().filter(|run| run.has_words);
    let (all, there) = (words().count(), words().filter(|run| accepted.contains_key(&run.id)).count());
    let Some(first) = words().find_map(|run| accepted.get(&run.id)) else { return Merged::default() };
    if there < all {
        let found = vec![tell::unfinished_file(first.place, &text.own_path, (there, all))];
        return Merged { found, ..Merged::default() };
    }
    let taken = words().map(|run| run.id.clone()).collect();
    Merged { text: copied(&text.written.text, 0..text.written.text.len(), &runs, accepted), taken, found: Vec::new() }
}

/// A piece of the source with the words that came back.
fn copied(source: &str, piece: Range<usize>, runs: &[&Run], accepted: &OfFile) -> String {
    let (mut new, mut at) = (String::new(), piece.start);
    for run in runs {
        if let Some(words) = accepted.get(&run.id) {
            new.push_str(&source[at..run.range.start]);
            new.push_str(&written(run, &source[run.range.clone()], &words.target));
            at = run.range.end;
        }
    }
    new + &source[at..piece.end]
}

/// Words as they are written in the place of a run.
fn written(run: &Run, old: &str, words: &str) -> String {
    if is_front(run.group()) {
        return scalar::write(old, &format!("{words}{}", run.braces));
    }
    words.replace('\n', &format!("\n{}", run.prefix))
}

struct Merging<'a> {
    text: &'a Text<'a>,
    accepted: &'a OfFile,
    own: &'a Segments,
    own_text: &'a str,
    edits: Vec<(Range<usize>, String)>,
    merged: Merged,
}

impl Merging<'_> {
    /// `before` is where a group goes that is not there yet.
    fn group(&mut self, group: &str, range: &Range<usize>, before: usize) {
        let runs = self.text.source.of(group);
        let new: Vec<&Run> =
            runs.iter().copied().filter(|run| self.accepted.get(&run.id).is_some_and(|new| new.is_new)).collect();
        if new.is_empty() {
            return;
        }
        let own = self.own.of(group);
        let there = self.own.groups.iter().find(|(name, _)| name == group).map(|(_, range)| range.clone());
        let is_alike = own.iter().map(|run| &run.id).eq(runs.iter().map(|run| &run.id));
        let is_whole = runs.iter().filter(|run| run.has_words).all(|run| self.accepted.contains_key(&run.id));
        if is_alike || (is_front(group) && new.iter().all(|run| own.iter().any(|own| own.id == run.id))) {
            for run in own.iter().filter(|run| new.iter().any(|new| new.id == run.id)) {
                let words = &self.accepted[&run.id].target;
                let words = written(run, &self.own_text[run.range.clone()], words);
                self.edits.push((run.range.clone(), words));
            }
        } else if is_whole && !is_front(group) {
            self.rebuild(range, there.unwrap_or(before..before), &runs);
        } else {
            let all = runs.iter().filter(|run| run.has_words).count();
            self.merged.found.push(self.built_otherwise((group, there), new[0], all));
            return;
        }
        self.merged.taken.extend(new.iter().map(|run| run.id.clone()));
    }

    fn built_otherwise(&self, (group, there): (&str, Option<Range<usize>>), run: &Run, all: usize) -> Diagnostic {
        let place = self.accepted[&run.id].place;
        let how = if there.is_some() { "is built otherwise than in the source" } else { "is not there" };
        let what = format!("in {} `{group}` {how}", self.text.own_path);
        let help = format!("mend it by hand; when all of its {all} texts come back, it is made anew");
        let found = tell::unplaced((place, &run.id), &what, &help);
        let own = self.text.pair.own.as_ref().zip(self.text.own.as_ref()).zip(there);
        let place = own.map(|((own, (written, _)), range)| {
            let line = super::line_from(&written.text, range.start);
            written.source(own.body.file).place(line)
        });
        match place {
            Some(place) => found.related(place, "it begins here"),
            None => found,
        }
    }

    fn rebuild(&mut self, range: &Range<usize>, there: Range<usize>, runs: &[&Run]) {
        let mut new = copied(&self.text.written.text, range.clone(), runs, self.accepted);
        if there.end < self.own_text.len() && !new.ends_with("\n\n") {
            new.push('\n');
        }
        if there.start > 0 && !self.own_text[..there.start].ends_with("\n\n") && new.starts_with('#') {
            new.insert(0, '\n');
        }
        if there.end == self.own_text.len() {
            new.truncate(new.trim_end().len());
            new.push('\n');
        }
        self.edits.push((there, new));
    }
}
