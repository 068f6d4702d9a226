//! Numbers are stated once, as facts: one typed into prose goes stale unseen.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::body::{Body, Inline, each_code_block, each_inline, each_run};
use crate::model::fact::{Fact, FactKey, NATIONAL};
use crate::model::guide::GENERAL;
use crate::model::id::Id;
use crate::model::site::Site;
use crate::parse::Documents;
use crate::parse::context::Part;
use crate::path::SourcePath;

/// Numbers of facts by how they would be typed, each with the facts that state it.
type Numbers<'a> = BTreeMap<String, Vec<&'a Fact>>;

pub fn check(documents: &Documents, site: &Site, sink: &mut Diagnostics) {
    let mut by_owner: BTreeMap<&Id, Numbers<'_>> = BTreeMap::new();
    for fact in site.facts.values() {
        let numbers = by_owner.entry(&fact.key.owner).or_default();
        for number in
            fact.readings.iter().flat_map(|reading| reading.value.typed_numbers()).filter(|number| number.len() > 1)
        {
            numbers.entry(number).or_default().push(fact);
        }
    }
    for ((key, _), document) in &documents.guides {
        let owner = (key.section.as_str() != GENERAL).then_some(&key.section);
        let known = Known::new(owner, &by_owner);
        for front in [&document.title, &document.summary] {
            known.search(&front.value, &front.place, false, sink);
        }
        known.prose(&document.body, sink);
    }
    let pages = documents.pages.values().map(|document| &document.body);
    for body in pages.chain(documents.fragments.values()) {
        Known::new(None, &by_owner).prose(body, sink);
    }
    for wording in documents.wordings.iter().filter(|wording| wording.part != Part::Value) {
        let owner = owner_of(&wording.place.file);
        let own = match &wording.part {
            Part::Fact(fact) => owner.clone().map(|owner| FactKey { owner, fact: fact.clone() }),
            Part::File | Part::Value => None,
        };
        let known = Known { own, ..Known::new(owner.as_ref(), &by_owner) };
        known.search(&wording.text, &wording.place, false, sink);
    }
}

/// Whose file this is: the carrier of a policy file or of a counter card.
fn owner_of(file: &SourcePath) -> Option<Id> {
    match file.as_str().split('/').collect::<Vec<_>>().as_slice() {
        ["content", "policies", name] => name.strip_suffix(".yaml").and_then(Id::new),
        ["content", "guides", section, _] => Id::new(section),
        _ => None,
    }
}

/// The numbers that a text has no business to repeat.
struct Known<'a> {
    numbers: Vec<&'a Numbers<'a>>,
    /// The fact that the text is part of: its notes may speak of its own numbers, since they are revised with them.
    own: Option<FactKey>,
}

impl<'a> Known<'a> {
    /// Those of `owner` and of the nation.
    fn new(owner: Option<&Id>, numbers: &'a BTreeMap<&Id, Numbers<'a>>) -> Self {
        let national = numbers.iter().find(|(id, _)| id.as_str() == NATIONAL).map(|(_, numbers)| numbers);
        let numbers = owner.and_then(|owner| numbers.get(owner)).into_iter().chain(national).collect();
        Self { numbers, own: None }
    }

    fn prose(&self, body: &Body, sink: &mut Diagnostics) {
        each_code_block(&body.blocks, &mut |code, span| {
            self.search(code, &Place::at(&body.file, span), false, sink);
        });
        each_run(&body.blocks, &mut |run| {
            each_inline(run, &mut |inline| match inline {
                Inline::Text { text, span } | Inline::Code { text, span } => {
                    self.search(text, &Place::at(&body.file, *span), true, sink);
                }
                Inline::Image { of, alt, .. } => self.search(alt, &body.references[of.0].place, false, sink),
                _ => {}
            });
        });
    }

    /// Reports every number in a text that a fact states; `named` is whether a fact can be named there.
    fn search(&self, text: &str, place: &Place, named: bool, sink: &mut Diagnostics) {
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        let mut found = |word: &str, at: usize, facts: &[&Fact]| {
            let facts: Vec<&Fact> = facts.iter().copied().filter(|fact| self.own.as_ref() != Some(&fact.key)).collect();
            let exact = place.span.range().len() == text.len();
            let span = if exact { place.span.part(at..at + word.len()) } else { place.span };
            report(word, &facts, Place::at(&place.file, span), named, sink);
        };
        // A phone number may be written in groups, so it is no single word.
        for (number, facts) in self.numbers.iter().copied().flatten().filter(|(number, _)| number.contains(' ')) {
            text.match_indices(number.as_str()).for_each(|(at, word)| found(word, at, facts));
        }
        for (at, word) in words(text) {
            for word in [word, without_unit(word)] {
                if let Some(facts) = self.numbers.iter().find_map(|numbers| numbers.get(&plain(word))) {
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

fn report(word: &str, facts: &[&Fact], place: Place, named: bool, sink: &mut Diagnostics) {
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
            .related(first.place.clone(), "the fact")
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
