//! Numbers are stated once, as facts: one typed into prose goes stale unseen.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::fact::{FactKey, NATIONAL};
use crate::model::id::Id;
use crate::parse::context::{Part, Wording};
use crate::parse::policy::Policy;
use crate::path::SourcePath;

/// A fact that states a number, and where it stands.
struct Stated {
    key: FactKey,
    place: Span,
}

/// Facts by the numbers in their readings, those of other periods among them, by owner.
pub struct Numbers<'a> {
    by_owner: BTreeMap<&'a Id, OwnNumbers>,
    nation: Option<Id>,
}

/// The numbers of one owner.
#[derive(Default)]
struct OwnNumbers {
    /// Those that are one word.
    words: BTreeMap<String, Vec<Stated>>,
    /// Phone numbers written in groups.
    grouped: BTreeMap<String, Vec<Stated>>,
}

impl<'a> Numbers<'a> {
    /// The numbers of every policy.
    pub fn new(policies: &'a BTreeMap<Id, Policy>) -> Self {
        let mut by_owner: BTreeMap<&Id, OwnNumbers> = BTreeMap::new();
        for (owner, policy) in policies {
            let numbers = by_owner.entry(owner).or_default();
            for fact in &policy.facts {
                // A single digit is a word more often than a value.
                let typed = fact.readings.iter().flat_map(|reading| reading.value.typed_numbers());
                for number in typed.filter(|number| number.len() > 1) {
                    let key = FactKey { owner: owner.clone(), fact: fact.id.value.clone() };
                    let numbers = if number.contains(' ') { &mut numbers.grouped } else { &mut numbers.words };
                    numbers.entry(number).or_default().push(Stated { key, place: fact.id.place });
                }
            }
        }
        Self { by_owner, nation: Id::new(NATIONAL) }
    }

    /// Those of `owner` and of the nation.
    pub fn of(&self, owner: Option<&Id>) -> Known<'_> {
        let own = [owner, self.nation.as_ref()].into_iter().flatten();
        let numbers = own.filter_map(|owner| self.by_owner.get(owner)).collect();
        Known { numbers, own: None }
    }

    /// Those that a text of this YAML file has no business to repeat.
    pub fn around(&self, wording: &Wording, file: &SourcePath) -> Known<'_> {
        let owner = owner_of(file);
        let own = match &wording.part {
            Part::Fact(fact) => owner.clone().map(|owner| FactKey { owner, fact: fact.clone() }),
            Part::File | Part::Value => None,
        };
        Known { own, ..self.of(owner.as_ref()) }
    }
}

/// The carrier whose file this is.
fn owner_of(file: &SourcePath) -> Option<Id> {
    match file.as_str().split('/').collect::<Vec<_>>().as_slice() {
        ["content", "policies", name] => name.strip_suffix(".yaml").and_then(Id::new),
        ["content", "guides", section, _] => Id::new(section),
        _ => None,
    }
}

/// The numbers that a text has no business to repeat.
pub struct Known<'a> {
    numbers: Vec<&'a OwnNumbers>,
    /// The fact that the text is part of: its notes may speak of its own numbers, since they are revised with them.
    own: Option<FactKey>,
}

impl Known<'_> {
    /// Reports the numbers of a text that a fact states; `named` where the text could name the fact instead.
    pub fn search(&self, text: &str, place: Span, named: bool, sink: &mut Diagnostics) {
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        let mut found = |word: &str, at: usize, facts: &[Stated]| {
            let facts: Vec<&Stated> = facts.iter().filter(|fact| self.own.as_ref() != Some(&fact.key)).collect();
            report(word, &facts, super::part(place, text, at..at + word.len()), named, sink);
        };
        for (number, facts) in self.numbers.iter().flat_map(|numbers| &numbers.grouped) {
            text.match_indices(number.as_str()).for_each(|(at, word)| found(word, at, facts));
        }
        for (at, word) in words(text) {
            for word in [word, without_unit(word)] {
                if let Some(facts) = self.numbers.iter().find_map(|numbers| numbers.words.get(&plain(word))) {
                    found(word, at, facts);
                    break;
                }
            }
        }
    }
}

/// `365-day`, `365days` and `365-day-old` up to their unit.
fn without_unit(word: &str) -> &str {
    let digits = word.find(|c: char| c.is_ascii_digit()).unwrap_or_default();
    let end = word[digits..].find(|c: char| c.is_ascii_alphabetic()).map_or(word.len(), |unit| digits + unit);
    word[..end].trim_end_matches(['-', '.', ','])
}

/// A number as a fact would state it: `1,500`, `Rs.1500` and `1500.00` are all `1500`.
fn plain(word: &str) -> String {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    let joined = if digits.is_empty() || !digits.starts_with(|c: char| c.is_ascii_digit()) {
        word.to_owned()
    } else {
        digits.replace(',', "")
    };
    joined.strip_suffix(".00").unwrap_or(&joined).to_owned()
}

fn report(word: &str, facts: &[&Stated], place: Span, named: bool, sink: &mut Diagnostics) {
    let Some(first) = facts.first() else { return };
    let names: Vec<String> = facts.iter().map(|fact| format!("`{{{{ {} }}}}`", fact.key)).collect();
    let names = names.join(" or ");
    let help = if named {
        format!("write {names} instead: it stays right when the fact changes")
    } else {
        format!("say it without the number: only the text of guides, pages and fragments can name {names}")
    };
    sink.push(
        Diagnostic::new(Code::TypedNumber, place, format!("{word} is typed here, but a fact states it"))
            .related(first.place, "the fact")
            .help(help),
    );
}

/// Words that hold a digit, as one would type a number or a code, without the punctuation around them.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inside = |c: char| c.is_ascii_alphanumeric() || "+*#.,-".contains(c);
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let start = rest + text[rest..].find(inside)?;
            let end = start + text[start..].find(|c| !inside(c)).unwrap_or(text.len() - start);
            rest = end;
            let word = text[start..end].trim_matches(['.', ',', '-']);
            if word.bytes().any(|byte| byte.is_ascii_digit()) {
                let lead = text[start..end].len() - text[start..end].trim_start_matches(['.', ',', '-']).len();
                return Some((start + lead, word));
            }
        }
    })
}
