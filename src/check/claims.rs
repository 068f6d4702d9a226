//! Every locale ties the sentences of a step to the same facts, and has the same words to say in another language.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::clean::Due;
use super::hurt::{Hurt, Steps};
use super::twin::{Shape, twin_of};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::link::pairs::Side;
use crate::model::answer::quoted;
use crate::model::body::{Body, Claim, Spoken};
use crate::model::guide::GENERAL;
use crate::model::id::Id;
use crate::model::locale::{Locale, LocaleIx};
use crate::model::outline::{step_at, steps};
use crate::model::site::Site;
use crate::parse::Documents;

/// A text in each locale, by what names it.
pub(super) type Texts<'a, K> = BTreeMap<K, BTreeMap<LocaleIx, &'a Body>>;

pub fn check(documents: &Documents, site: &Site, (due, hurt): (&Due<'_>, &Hurt<'_>), sink: &mut Diagnostics) {
    let mut guides: Texts<'_, _> = BTreeMap::new();
    for ((key, locale), document) in documents.guides.iter().filter(|(_, document)| due.has(document.body.file)) {
        guides.entry(key).or_default().insert(*locale, &document.body);
    }
    for (key, texts) in &guides {
        let owner = Some(&key.section).filter(|section| section.as_str() != GENERAL);
        compare(texts, owner, (site, hurt), sink);
    }
    let mut others = other_texts(documents);
    for ((id, locale), page) in &documents.pages {
        others.entry((0, id)).or_default().insert(*locale, &page.body);
    }
    for texts in others.values() {
        compare(texts, None, (site, hurt), sink);
    }
}

/// Fragments and the words of situations: by kind and id.
pub(super) fn other_texts(documents: &Documents) -> Texts<'_, (u8, &Id)> {
    let fragments = documents.fragments.iter().map(|((id, locale), body)| ((1, id), *locale, &**body));
    let situations = documents.situations.iter().flatten();
    let leads = situations.flat_map(|situation| {
        let id = &situation.id.value;
        situation.lead.iter().map(move |(locale, lead)| ((2, id), locale, &**lead))
    });
    let mut texts: Texts<'_, _> = BTreeMap::new();
    for (key, locale, body) in fragments.chain(leads) {
        texts.entry(key).or_default().insert(locale, body);
    }
    texts
}

fn compare(
    texts: &BTreeMap<LocaleIx, &Body>,
    owner: Option<&Id>,
    (site, hurt): (&Site, &Hurt<'_>),
    sink: &mut Diagnostics,
) {
    let Some(source) = texts.get(&site.config.source_locale) else { return };
    for (locale, own) in texts.iter().filter(|(locale, _)| **locale != site.config.source_locale) {
        let is_bare = |body: &Body| body.claims.is_empty() && body.spoken.is_empty();
        // That a text says nothing at all is told.
        if is_bare(source) && is_bare(own) || own.blocks.is_empty() {
            continue;
        }
        let hurt = [hurt.by_anything(source), hurt.by_anything(own)];
        let pair = Pair { source, own, owner, locale: site.config.locale(*locale), hurt, shapes: OnceCell::new() };
        pair.claims(sink);
        pair.spoken(sink);
    }
}

struct Pair<'a> {
    source: &'a Body,
    own: &'a Body,
    owner: Option<&'a Id>,
    locale: &'a Locale,
    /// The steps of both in which something was told: braces that make no sense may be those of a sentence that is missed.
    hurt: [Steps<'a>; 2],
    /// Both by what they are made of, where something was found.
    shapes: OnceCell<[Shape<'a>; 2]>,
}

/// What the sentences of a text rest on: by step and fact, the answers with their places.
type Said<'a> = BTreeMap<(Option<&'a Id>, String), Vec<(&'a str, Span)>>;

impl<'a> Pair<'a> {
    fn said(&self, body: &'a Body) -> Said<'a> {
        let mut said: Said<'a> = BTreeMap::new();
        for claim in &body.claims {
            let step = step_at(body, claim.place);
            said.entry((step, self.fact(claim, body))).or_default().push((&claim.answer, claim.place));
        }
        said
    }

    /// The name of the fact that a sentence rests on, with its owner.
    fn fact(&self, claim: &Claim, body: &Body) -> String {
        let name = &body.references[claim.fact.0].name;
        match self.owner.filter(|_| !name.contains('.')) {
            Some(owner) => format!("{owner}.{name}"),
            None => name.to_string(),
        }
    }

    /// The sentence of a step that rests on one fact where at the same place of the row one of the source rests on another.
    fn beside(&self, step: Option<&Id>, right: &str, wrong: &str) -> Option<Span> {
        let [there, here] = [self.source, self.own].map(|body| {
            let claims = body.claims.iter().filter(|claim| step_at(body, claim.place) == step);
            claims.map(|claim| (self.fact(claim, body), claim.place)).collect::<Vec<_>>()
        });
        let mut both = here.iter().zip(&there).filter(|_| here.len() == there.len());
        both.find(|((own, _), (source, _))| own == wrong && source == right).map(|((_, place), _)| *place)
    }

    /// Whether a step is compared: one that only one of the two has, or in which something is wrong, was told.
    fn is_compared(&self, step: Option<&Id>) -> bool {
        let has = |body: &Body| step.is_none() || steps(body).any(|(id, _)| id == step);
        has(self.source) && has(self.own) && self.hurt.iter().all(|hurt| !hurt.has(step))
    }

    /// Whether a sentence on a fact stands in a step that the other text does not have, from where it was not moved yet.
    fn is_moved(fact: &str, said: &Said<'_>, other: &Body) -> bool {
        let lacks = |step: Option<&Id>| step.is_some() && steps(other).all(|(id, _)| id != step);
        said.keys().any(|(step, its_fact)| its_fact == fact && lacks(*step))
    }

    fn claims(&self, sink: &mut Diagnostics) {
        let (mut there, mut here) = (self.said(self.source), self.said(self.own));
        self.exchanged((&mut there, &mut here), sink);
        for ((step, fact), claims) in there.iter().filter(|((step, _), _)| self.is_compared(*step)) {
            // For another answer than the source's is for an answer that does not hold: that is told where facts are looked up.
            if !here.contains_key(&(*step, fact.clone())) && !Self::is_moved(fact, &here, self.source) {
                let found = match once_too_often(*step, &there, &here) {
                    Some((wrong, last)) => {
                        let place = self.beside(*step, fact, wrong).unwrap_or(last);
                        rests_on_another((fact, claims[0]), (wrong, place))
                    }
                    None => self.missing(fact, claims[0]),
                };
                sink.push(found);
            }
        }
        let foreign = here.iter().filter(|(key, _)| !there.contains_key(key) && self.is_compared(key.0));
        for ((step, fact), claims) in foreign.filter(|((_, fact), _)| !Self::is_moved(fact, &there, self.own)) {
            let heading = steps(self.source).find(|(id, _)| step.is_some() && id == step);
            let heading = heading.map_or_else(|| Span::file(self.source.file), |(_, place)| place);
            let in_source = format!("a sentence of this step rests on `{fact}` in every other language, and none here");
            let in_source = Diagnostic::new(Code::ClaimParity, heading, in_source);
            let headline = format!("no sentence of this step rests on `{fact}` in the source");
            sink.push(
                Diagnostic::new(Code::ClaimParity, claims[0].1, headline)
                    .help("tie a sentence of the source's step to it too, or take the brackets and the braces out in every locale")
                    .in_source(in_source),
            );
        }
    }

    /// Takes out the sentences of steps in which one rests on another fact than the source's, and reports those.
    fn exchanged(&self, (there, here): (&mut Said<'a>, &mut Said<'a>), sink: &mut Diagnostics) {
        let only = |one: &Said<'a>, other: &Said<'a>| {
            let mut only: BTreeMap<Option<&'a Id>, Vec<String>> = BTreeMap::new();
            for ((step, fact), _) in one.iter().filter(|(key, _)| !other.contains_key(*key) && self.is_compared(key.0))
            {
                only.entry(*step).or_default().push(fact.clone());
            }
            only
        };
        let (missing, foreign) = (only(there, here), only(here, there));
        for (step, facts) in missing {
            let (Some([right]), Some([wrong])) = (Some(facts.as_slice()), foreign.get(&step).map(Vec::as_slice)) else {
                continue;
            };
            let one = there.remove(&(step, right.clone())).zip(here.remove(&(step, wrong.clone())));
            let Some((source, own)) = one else { continue };
            sink.push(rests_on_another((right, source[0]), (wrong, own[0].1)));
        }
    }

    fn missing(&self, fact: &str, (answer, place): (&str, Span)) -> Diagnostic {
        let headline = format!(
            "no sentence of this step rests on `{fact}` in `{}` ({}), as one does in the source",
            self.locale.id, self.locale.name
        );
        let in_source = format!("a sentence rests on `{fact}` here, and none of this step in any other language");
        Diagnostic::new(Code::ClaimParity, self.twin(place), headline)
            .related(place, "the source")
            .help(format!("say it here too, as `[your words]{{fact={fact} is={}}}`", quoted(answer)))
            .in_source(Diagnostic::new(Code::ClaimParity, place, in_source))
    }

    /// Where it stands, or should stand, here.
    fn twin(&self, place: Span) -> Span {
        let shapes = || [self.source, self.own].map(|body| Shape::of(Side { body, title: None }));
        let [source, own] = self.shapes.get_or_init(shapes);
        twin_of(source, own, place)
    }

    fn spoken(&self, sink: &mut Diagnostics) {
        // Such words may stand in any step.
        if self.hurt.iter().any(|hurt| !hurt.is_empty()) {
            return;
        }
        let only = |one: &'a Body, other: &'a Body| {
            let lacks = |spoken: &&Spoken| !other.spoken.iter().any(|it| is_same(it, spoken));
            one.spoken.iter().filter(lacks).collect::<Vec<_>>()
        };
        let (missing, foreign) = (only(self.source, self.own), only(self.own, self.source));
        // One in place of another is one finding, at the place to mend.
        if let ([right], [wrong]) = (missing.as_slice(), foreign.as_slice()) {
            let headline = format!("the source has other words to say in `{}` here", right.locale);
            let in_source = format!("every other language has other words to say in `{}` here", right.locale);
            sink.push(
                Diagnostic::new(Code::SpokenParity, wrong.place, headline)
                    .related(right.place, "the source")
                    .help(format!("copy them word for word: `[{}]{{lang={}}}`", right.words, right.locale))
                    .in_source(
                        Diagnostic::new(Code::SpokenParity, right.place, in_source)
                            .help(format!("there: `[{}]{{lang={}}}`", wrong.words, wrong.locale)),
                    ),
            );
            return;
        }
        for spoken in missing {
            let headline = format!(
                "words to say in `{}` stand in the source, and not here in `{}` ({})",
                spoken.locale, self.locale.id, self.locale.name
            );
            sink.push(
                Diagnostic::new(Code::SpokenParity, self.twin(spoken.place), headline)
                    .related(spoken.place, "the source")
                    .help("copy them word for word: what is said at the counter is the same whoever reads"),
            );
        }
        for own in foreign {
            sink.push(
                Diagnostic::new(Code::SpokenParity, own.place, "the source has no such words to say")
                    .help("copy the source's word for word, or put these into every locale"),
            );
        }
    }
}

/// The one fact on which a sentence more rests in a step here than in the source, and that sentence: the last one.
fn once_too_often<'a>(step: Option<&Id>, there: &Said<'_>, here: &'a Said<'_>) -> Option<(&'a str, Span)> {
    let is_more = |fact: &String, claims: &[_]| {
        there.get(&(step, fact.clone())).is_some_and(|source| claims.len() == source.len() + 1)
    };
    let in_step = here.iter().filter(|((its_step, _), _)| *its_step == step);
    let mut more = in_step.filter(|((_, fact), claims)| is_more(fact, claims));
    let ((_, fact), claims) = more.next().filter(|_| more.next().is_none())?;
    claims.last().map(|(_, place)| (fact.as_str(), *place))
}

/// A sentence that rests on another fact than the source's.
fn rests_on_another((right, (answer, there)): (&str, (&str, Span)), (wrong, here): (&str, Span)) -> Diagnostic {
    let headline = format!("these words rest on `{wrong}`, and those of the source on `{right}`");
    let help = format!("say it here too, with `{{fact={right} is={}}}`", quoted(answer));
    let in_source = format!("these words rest on `{right}`, and those of every other language on `{wrong}`");
    let found = Diagnostic::new(Code::ClaimParity, here, headline).related(there, "the source").help(help);
    found.in_source(Diagnostic::new(Code::ClaimParity, there, in_source))
}

fn is_same(one: &Spoken, other: &Spoken) -> bool {
    one.locale == other.locale && one.words == other.words
}
