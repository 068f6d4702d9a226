//! Numbers are stated once, as facts: one typed into prose goes stale unseen.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::body::{Body, Inline, each_inline, each_run};
use crate::model::fact::{Fact, NATIONAL};
use crate::model::guide::GENERAL;
use crate::model::id::Id;
use crate::model::site::Site;
use crate::parse::Documents;

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
        for front in [&document.title, &document.summary] {
            text(&front.value, &front.place, &known(owner, &by_owner), sink);
        }
        prose(&document.body, (key.section.as_str() != GENERAL).then_some(&key.section), &by_owner, sink);
    }
    let pages = documents.pages.values().map(|document| &document.body);
    for body in pages.chain(documents.fragments.values()) {
        prose(body, None, &by_owner, sink);
    }
}

/// The numbers that a text of `owner` has no business to repeat.
fn known<'a, 'b>(owner: Option<&Id>, numbers: &'b BTreeMap<&Id, Numbers<'a>>) -> Vec<&'b Numbers<'a>> {
    let national = numbers.iter().find(|(id, _)| id.as_str() == NATIONAL).map(|(_, numbers)| numbers);
    owner.and_then(|owner| numbers.get(owner)).into_iter().chain(national).collect()
}

fn prose(body: &Body, owner: Option<&Id>, numbers: &BTreeMap<&Id, Numbers<'_>>, sink: &mut Diagnostics) {
    let known = known(owner, numbers);
    each_run(&body.blocks, &mut |run| {
        each_inline(run, &mut |inline| match inline {
            Inline::Text { text: words, span } => text(words, &Place::at(&body.file, *span), &known, sink),
            Inline::Code(code) => text(code, &Place::file(&body.file), &known, sink),
            _ => {}
        });
    });
}

fn text(text: &str, place: &Place, known: &[&Numbers<'_>], sink: &mut Diagnostics) {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    let exact = place.span.range().len() == text.len();
    let part = |at: usize, length: usize| if exact { place.span.part(at..at + length) } else { place.span };
    // A phone number may be written in groups, so it is no single word.
    for (number, facts) in known.iter().copied().flatten().filter(|(number, _)| number.contains(' ')) {
        if let Some(at) = text.find(number.as_str()) {
            report(number, facts, Place::at(&place.file, part(at, number.len())), sink);
        }
    }
    for (at, word) in words(text) {
        if let Some(facts) = known.iter().find_map(|numbers| numbers.get(&plain(word))) {
            report(word, facts, Place::at(&place.file, part(at, word.len())), sink);
        }
    }
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

fn report(word: &str, facts: &[&Fact], place: Place, sink: &mut Diagnostics) {
    let names: Vec<String> = facts.iter().map(|fact| format!("`{{{{ {} }}}}`", fact.key)).collect();
    let mut diagnostic =
        Diagnostic::new(Code::TypedNumber, place, format!("{word} is typed here, but a fact states it"))
            .help(format!("write {} instead: it stays right when the fact changes", names.join(" or ")));
    if let Some(fact) = facts.first() {
        diagnostic = diagnostic.related(fact.place.clone(), "the fact");
    }
    sink.push(diagnostic);
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
