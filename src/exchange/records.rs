//! What is recorded of a Markdown file when its words came back.

use super::apply::{Accepted, OfFile, Outcome, Site};
use super::gather::Text;
use super::segment::{Run, Segments};
use super::{blocks, tell};
use crate::model::translation::{Made, Print};

/// A file with words that came back.
pub struct Recording<'a> {
    pub text: &'a Text<'a>,
    pub accepted: &'a OfFile,
    /// The names of the texts that changed.
    pub taken: &'a [String],
    /// The translation as it will be.
    pub read: &'a Segments,
}

impl Recording<'_> {
    /// The parts of which every text is there and said to agree. Where their code is not that of the source, that is told: what a
    /// translator was not given, they cannot have brought up to date.
    pub fn parts(&self, site: Site<'_>, outcome: &mut Outcome) -> Vec<(Box<str>, Made)> {
        let mut parts = Vec::new();
        let prints = self.text.pair.source.body.lock.prints.iter();
        for it in prints.filter(|it| !self.is_known(it) && self.is_done(&it.part)) {
            if blocks::agree(&self.text.source, self.read, &it.part) {
                parts.push((it.part.clone(), Made { from: it.says, day: Some(site.today) }));
            } else if let Some(new) = self.runs(&it.part).find_map(|run| self.accepted.get(&run.id)) {
                outcome.found.push(tell::other_code(new.place, &self.text.own_path, &it.part));
            }
        }
        parts
    }

    fn runs<'r>(&'r self, part: &'r str) -> impl Iterator<Item = &'r Run> {
        self.text.source.runs.iter().filter(move |run| run.has_words && run.part() == part)
    }

    /// Whether it is recorded already.
    fn is_known(&self, known: &Print) -> bool {
        let record = self.text.pair.own.as_ref().and_then(|own| own.body.lock.record.as_ref());
        record.and_then(|(record, _)| record.get(&known.part)).is_some_and(|made| made.from == known.says)
    }

    fn is_done(&self, part: &str) -> bool {
        let mut runs = self.runs(part).peekable();
        let is_there = |id: &String, new: &Accepted| new.is_done && (!new.is_new || self.taken.contains(id));
        let has_any = runs.peek().is_some() || self.text.own.is_none();
        has_any && runs.all(|run| self.accepted.get(&run.id).is_some_and(|new| is_there(&run.id, new)))
    }
}
