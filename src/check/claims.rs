//! Every locale ties the sentences of a step to the same facts, and has the same words to say in another language.

use std::collections::BTreeMap;

use super::clean::Due;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::{Block, Body, Spoken};
use crate::model::guide::GENERAL;
use crate::model::id::Id;
use crate::model::locale::{Locale, LocaleIx};
use crate::model::site::Site;
use crate::parse::Documents;

/// A text in each locale, by what names it.
type Texts<'a, K> = BTreeMap<K, BTreeMap<LocaleIx, &'a Body>>;

pub fn check(documents: &Documents, site: &Site, due: &Due<'_>, sink: &mut Diagnostics) {
    let mut guides: Texts<'_, _> = BTreeMap::new();
    for ((key, locale), document) in documents.guides.iter().filter(|(_, document)| due.has(document.body.file)) {
        guides.entry(key).or_default().insert(*locale, &document.body);
    }
    for (key, texts) in &guides {
        let owner = Some(&key.section).filter(|section| section.as_str() != GENERAL);
        compare(texts, owner, (documents, site), sink);
    }
    let pages = documents.pages.iter().map(|((id, locale), page)| ((0, id), *locale, &*page.body));
    let fragments = documents.fragments.iter().map(|((id, locale), body)| ((1, id), *locale, &**body));
    let mut others: Texts<'_, _> = BTreeMap::new();
    let situations = documents.situations.iter().flatten();
    let leads = situations.flat_map(|situation| {
        let id = &situation.id.value;
        situation.lead.iter().map(move |(locale, lead)| ((2, id), locale, &**lead))
    });
    for (key, locale, body) in pages.chain(fragments).chain(leads) {
        others.entry(key).or_default().insert(locale, body);
    }
    for texts in others.values() {
        compare(texts, None, (documents, site), sink);
    }
}

fn compare(
    texts: &BTreeMap<LocaleIx, &Body>,
    owner: Option<&Id>,
    (documents, site): (&Documents, &Site),
    sink: &mut Diagnostics,
) {
    let Some(source) = texts.get(&site.config.source_locale) else { return };
    for (locale, own) in texts.iter().filter(|(locale, _)| **locale != site.config.source_locale) {
        if source.claims.is_empty() && own.claims.is_empty() && source.spoken.is_empty() && own.spoken.is_empty() {
            continue;
        }
        // Braces that make no sense were told, and may be those of a sentence that is missed.
        if documents.broken.has(source.file) || documents.broken.has(own.file) {
            continue;
        }
        let pair = Pair { source, own, owner, locale: site.config.locale(*locale) };
        pair.claims(sink);
        pair.spoken(sink);
    }
}

struct Pair<'a> {
    source: &'a Body,
    own: &'a Body,
    owner: Option<&'a Id>,
    locale: &'a Locale,
}

/// What the sentences of a text rest on: by step and fact, the answers with their places.
type Said<'a> = BTreeMap<(Option<&'a Id>, String), Vec<(&'a str, Span)>>;

impl<'a> Pair<'a> {
    fn said(&self, body: &'a Body) -> Said<'a> {
        let mut said: Said<'a> = BTreeMap::new();
        for claim in &body.claims {
            let name = &body.references[claim.fact.0].name;
            let fact = match self.owner.filter(|_| !name.contains('.')) {
                Some(owner) => format!("{owner}.{name}"),
                None => name.to_string(),
            };
            let step = step_at(body, claim.place);
            said.entry((step, fact)).or_default().push((&claim.answer, claim.place));
        }
        said
    }

    fn claims(&self, sink: &mut Diagnostics) {
        let (there, here) = (self.said(self.source), self.said(self.own));
        for ((step, fact), claims) in &there {
            // For another answer than the source's is for an answer that does not hold: that is told where facts are looked up.
            if !here.contains_key(&(*step, fact.clone())) {
                sink.push(self.missing(*step, fact, claims[0]));
            }
        }
        for ((_, fact), claims) in here.iter().filter(|(key, _)| !there.contains_key(key)) {
            let headline = format!("no sentence of this step rests on `{fact}` in the source");
            sink.push(
                Diagnostic::new(Code::ClaimParity, claims[0].1, headline)
                    .help("tie a sentence of the source's step to it too, or take the braces out"),
            );
        }
    }

    fn missing(&self, step: Option<&Id>, fact: &str, (answer, place): (&str, Span)) -> Diagnostic {
        let headline = format!(
            "no sentence of this step rests on `{fact}` in `{}` ({}), as one does in the source",
            self.locale.id, self.locale.name
        );
        Diagnostic::new(Code::ClaimParity, self.twin(step), headline)
            .related(place, "the source")
            .help(format!("say it here too, as `[your words]{{fact={fact} is={answer}}}`"))
    }

    /// The heading of a step here; the file where there is none.
    fn twin(&self, step: Option<&Id>) -> Span {
        let heading = steps(self.own).find(|(id, _)| step.is_some() && *id == step);
        heading.map_or_else(|| Span::file(self.own.file), |(_, place)| place)
    }

    fn spoken(&self, sink: &mut Diagnostics) {
        for spoken in &self.source.spoken {
            if self.own.spoken.iter().any(|own| is_same(own, spoken)) {
                continue;
            }
            let headline = format!(
                "words to say in `{}` stand in the source, and not here in `{}` ({})",
                spoken.locale, self.locale.id, self.locale.name
            );
            sink.push(
                Diagnostic::new(Code::SpokenParity, self.twin(step_at(self.source, spoken.place)), headline)
                    .related(spoken.place, "the source")
                    .help("copy them word for word: what is said at the counter is the same whoever reads"),
            );
        }
        for own in &self.own.spoken {
            if !self.source.spoken.iter().any(|spoken| is_same(own, spoken)) {
                sink.push(
                    Diagnostic::new(Code::SpokenParity, own.place, "the source has no such words to say")
                        .help("copy the source's word for word, or put these into every locale"),
                );
            }
        }
    }
}

/// The steps of a text with the places of their headings.
fn steps(body: &Body) -> impl Iterator<Item = (Option<&Id>, Span)> {
    body.blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) if heading.level == 2 => Some((heading.attributes.id(), heading.place)),
        _ => None,
    })
}

/// The step in which a place stands; nothing before the first.
fn step_at(body: &Body, place: Span) -> Option<&Id> {
    steps(body).take_while(|(_, heading)| *heading <= place).last().and_then(|(id, _)| id)
}

fn is_same(one: &Spoken, other: &Spoken) -> bool {
    one.locale == other.locale && one.words == other.words
}
