//! The nearest valid name for one that is not valid.
//!
//! Findings may be as many as the names they are compared with, so names are made ready once for all of them ([`Names`]), most are
//! passed over by what is cheap to see, and a file with hundreds of unknown names gets suggestions for the first of them only.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::Diagnostic;
use crate::source::tree::FileId;

/// How many unknown names of a file are compared with a long list of known ones.
const MOST: usize = 200;

/// Known names up to which every unknown one is compared.
const FEW: usize = 100;

/// Letters beyond which a name was not mistyped by a slip of the finger.
const LONGEST: usize = 120;

/// "did you mean `x`?", or the list of what is valid when nothing is near and the list is short.
#[must_use]
pub fn words<'a>(found: &str, valid: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let valid: Vec<&str> = valid.into_iter().collect();
    match nearest(found, valid.iter().copied()) {
        Some(name) => Some(did_you_mean(name)),
        None => known_here(&valid),
    }
}

fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}

fn known_here(valid: &[&str]) -> Option<String> {
    (!valid.is_empty() && valid.len() <= 12).then(|| format!("known here: {}", valid.join(", ")))
}

/// The valid name that a slip of the finger away from `found`, if there is one.
#[must_use]
pub fn nearest<'a>(found: &str, valid: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = Word::new(found);
    let words = valid.into_iter().map(|name| (name, Word::new(name)));
    let mut best = Best::default();
    words.for_each(|(name, word)| best.see(&wanted, name, &word));
    best.name()
}

/// A name as it is compared: in small letters, with its length and which letters it has.
struct Word {
    letters: String,
    length: usize,
    kinds: u64,
}

impl Word {
    fn new(name: &str) -> Self {
        let letters = name.to_lowercase().replace('_', "-");
        let kinds = letters.chars().fold(0, |kinds, c| kinds | 1u64 << (u32::from(c) % 64));
        Self { length: letters.chars().count(), letters, kinds }
    }

    /// How many slips there are at least between two names: each adds, takes or changes one letter.
    fn at_least(&self, other: &Self) -> usize {
        let [mine, theirs] = [self.kinds & !other.kinds, other.kinds & !self.kinds].map(u64::count_ones);
        self.length.abs_diff(other.length).max(mine.max(theirs) as usize)
    }

    /// How many slips are forgiven between two names.
    fn allowed(&self, other: &Self) -> usize {
        // Two letters are never a slip of two others.
        match self.length.max(other.length) {
            0..3 | LONGEST.. => 0,
            length => (length / 3).max(1),
        }
    }
}

/// Whether one is the other with a word more, `charge` and `charge-age`: two things rather than a slip.
#[must_use]
pub fn is_longer_name(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let more = |rest: &str, sign: fn(&str) -> bool| rest.len() > 2 && sign(rest);
    long.strip_prefix(short).is_some_and(|rest| more(rest, |rest| rest.starts_with('-')))
        || long.strip_suffix(short).is_some_and(|rest| more(rest, |rest| rest.ends_with('-')))
}

/// The nearest name seen so far.
#[derive(Default)]
struct Best<'a>(Option<(usize, &'a str)>);

impl<'a> Best<'a> {
    fn see(&mut self, wanted: &Word, name: &'a str, word: &Word) {
        let most = wanted.allowed(word).min(self.0.map_or(usize::MAX, |(distance, _)| distance));
        if wanted.at_least(word) > most {
            return;
        }
        let distance = match wanted.letters == word.letters {
            true => 0,
            false if most == 0 => return,
            false => strsim::damerau_levenshtein(&wanted.letters, &word.letters),
        };
        if distance <= most && self.0.is_none_or(|best| (distance, name) < best) {
            self.0 = Some((distance, name));
        }
    }

    fn name(&self) -> Option<&'a str> {
        self.0.map(|(_, name)| name)
    }
}

/// What is valid somewhere, made ready once for every finding there.
#[derive(Default)]
pub struct Names {
    words: Vec<(String, Word)>,
    /// How often a name of a file was looked for.
    asked: RefCell<BTreeMap<FileId, usize>>,
}

/// What there is to say of an unknown name.
pub enum Near<'a> {
    /// It was meant to be this.
    Name(&'a str),
    /// Nothing is near.
    Nothing,
    /// So many names of the file are unknown that this one was not compared.
    Uncompared,
}

/// Says why a finding has no suggestion.
pub const UNCOMPARED: &str =
    "very many names of this file are unknown: mend the first ones, and the rest get suggestions";

impl Names {
    /// Makes names ready.
    #[must_use]
    pub fn new(valid: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let words = valid.into_iter().map(Into::into).map(|name: String| (Word::new(&name), name));
        Self { words: words.map(|(word, name)| (name, word)).collect(), asked: RefCell::default() }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The name that was meant by one that stands in `file`.
    pub fn near(&self, found: &str, file: FileId) -> Near<'_> {
        if self.words.len() > FEW && !self.compares(file) {
            return Near::Uncompared;
        }
        let wanted = Word::new(found);
        let mut best = Best::default();
        self.words.iter().for_each(|(name, word)| best.see(&wanted, name, word));
        best.name().map_or(Near::Nothing, Near::Name)
    }

    fn compares(&self, file: FileId) -> bool {
        let mut asked = self.asked.borrow_mut();
        let times = asked.entry(file).or_default();
        *times += 1;
        *times <= MOST
    }

    /// Adds what helps to find the right name, as [`Diagnostic::suggest`] does.
    #[must_use]
    pub fn suggest(&self, diagnostic: Diagnostic, found: &str) -> Diagnostic {
        let help = match self.near(found, diagnostic.primary.place.file) {
            Near::Name(name) => Some(did_you_mean(name)),
            Near::Uncompared => Some(UNCOMPARED.to_owned()),
            Near::Nothing if self.words.len() > 12 => None,
            Near::Nothing => known_here(&self.words.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>()),
        };
        help.into_iter().fold(diagnostic, Diagnostic::help)
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, Near, nearest};
    use crate::source::path::SourcePath;
    use crate::source::tree::{FileId, SourceTree};

    #[test]
    fn near_names_only() {
        let valid = ["helpline", "disown-charge", "name"];
        assert_eq!(nearest("helplin", valid), Some("helpline"));
        assert_eq!(nearest("disown_charge", valid), Some("disown-charge"));
        assert_eq!(nearest("balance", valid), None);
        assert_eq!(nearest("ehlpline", valid), Some("helpline"));
        assert_eq!(nearest("ab", ["ac", "AB"]), Some("AB"));
    }

    #[test]
    fn names_made_ready_answer_as_a_list_does() {
        let valid: Vec<String> = (0..90).map(|n| format!("{}-step-{}", ["do", "ask", "pay"][n % 3], n * 7)).collect();
        let names = Names::new(valid.clone());
        for n in 0..300 {
            let found = format!("{}-stp-{}", ["od", "aks", "pays", "none"][n % 4], n * 5);
            let Near::Name(name) = names.near(&found, FileId::SITE) else {
                assert_eq!(nearest(&found, valid.iter().map(String::as_str)), None, "{found}");
                continue;
            };
            let brute = valid.iter().map(|name| (strsim::damerau_levenshtein(&found, name), name.as_str())).min();
            assert_eq!(Some(name), brute.map(|(_, name)| name), "{found}");
        }
    }

    #[test]
    fn a_file_full_of_unknown_names_is_compared_in_part() {
        let names = Names::new((0..5000).map(|n| format!("do-{n}")));
        let mut tree = SourceTree::default();
        let [a, b] = ["content/a.md", "content/b.md"].map(|file| tree.refer(SourcePath::new(file).unwrap()));
        let answers = (0..5000).map(|n| names.near(&format!("no-{n}"), a));
        assert_eq!(answers.filter(|near| matches!(near, Near::Name(_))).count(), super::MOST);
        assert!(matches!(names.near("no-17", b), Near::Name("do-17")), "another file has its own count");
    }
}
