//! A translation names the facts of its source, each in the same step.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Pair;
use crate::check::instead::{self, Instead, stands_instead};
use crate::check::twin::{Shape, twin_of};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::link::pairs::Side;
use crate::model::body::{Prose, ReferenceKind, Resolved};
use crate::model::fact::{Fact, FactKey};
use crate::model::guide::Text;
use crate::model::id::Id;
use crate::model::outline::{outline, step_at, steps};
use crate::model::translation::SignKind;

/// By step and number of the fact: the fact, where it is first named there, and whether that is as a value. What sentences rest on
/// has a rule of its own.
type Named<'a> = BTreeMap<(Option<&'a Id>, usize), (&'a Fact, Span, bool)>;

/// The facts that a text names itself; fragments have no steps.
fn named(prose: &Prose) -> Named<'_> {
    let mut named = Named::new();
    for (reference, resolved) in prose.body.references.iter().zip(&prose.resolved) {
        if let Resolved::Fact(fact) = resolved {
            let step = step_at(&prose.body, reference.place);
            let is_value = reference.kind != ReferenceKind::Claim;
            let first = named.entry((step, fact.ix)).or_insert((fact, reference.place, is_value));
            if is_value && !first.2 {
                *first = (fact, reference.place, true);
            }
        }
    }
    named
}

/// The values that a step names, in order.
fn row<'a>(prose: &'a Prose, step: Option<&Id>) -> Vec<(&'a Fact, Span)> {
    let named = prose.body.references.iter().zip(&prose.resolved).filter_map(|(reference, resolved)| match resolved {
        Resolved::Fact(fact) if reference.kind != ReferenceKind::Claim => Some((&**fact, reference.place)),
        _ => None,
    });
    named.filter(|(_, place)| step_at(&prose.body, *place) == step).collect()
}

/// From so many values on that stand in other steps than in the source, a translation is arranged otherwise.
const MAX_APART: usize = 4;

/// A fact that one of two texts names in a step.
struct Use<'a> {
    step: Option<&'a Id>,
    fact: &'a Fact,
    place: Span,
}

impl<'a> Pair<'a> {
    /// Both texts by what they are made of.
    pub(super) fn shapes(&self) -> &[Shape<'a>; 2] {
        let side = |text: &'a Text| Side { body: &text.prose.body, title: None };
        self.shapes.get_or_init(|| [self.source, self.text].map(|text| Shape::of(side(text))))
    }

    pub(super) fn facts(&self, sink: &mut Diagnostics) {
        if !self.include_the_same() {
            return;
        }
        // Where a step is a part of another in one of the two, its facts stand in another step because of that.
        let exchanged =
            if self.has_other_levels() || self.has_other_steps() { BTreeSet::new() } else { self.facts_of_steps(sink) };
        let [is_hurt_there, is_hurt_here] = [self.source, self.text].map(|text| self.hurt.any_in(&text.prose));
        // A sentence on a fact that has no twin is a finding of its own.
        let (told, own_told) = (self.source.prose.claimed(), self.text.prose.claimed());
        let (source, own) = (self.source.prose.facts(), self.text.prose.facts());
        let is_in = |facts: &[&Arc<Fact>], fact: &Fact| facts.iter().any(|other| other.ix == fact.ix);
        let is_told = |fact: &Fact, told: &BTreeSet<usize>| told.contains(&fact.ix) || exchanged.contains(&fact.ix);
        let missing: Vec<_> = source.iter().filter(|fact| !is_in(&own, fact) && !is_told(fact, &told)).collect();
        // A name that leads nowhere was told, and the fact it was to name is not missed once more.
        for fact in missing.iter().filter(|_| missing.len() > unresolved(&self.text.prose)) {
            let used = self.source.prose.first_use(&fact.key).unwrap_or(self.source.place);
            let step = step_at(&self.source.prose.body, used);
            let is_own = used.file == self.source.prose.body.file;
            // What a fragment of the source names is told of the fragment.
            if !is_own || is_hurt_here && self.steps[1].has(step) {
                continue;
            }
            sink.push(self.unused(&fact.key, used));
        }
        let foreign: Vec<_> = own.iter().filter(|fact| !is_in(&source, fact) && !is_told(fact, &own_told)).collect();
        for fact in foreign.iter().filter(|_| foreign.len() > unresolved(&self.source.prose)) {
            let used = self.text.prose.first_use(&fact.key).unwrap_or(self.text.place);
            let is_own = used.file == self.text.prose.body.file;
            if !is_own || is_hurt_there && self.steps[0].has(step_at(&self.text.prose.body, used)) {
                continue;
            }
            let headline = format!("the fact `{}` is used here, but not in the source", fact.key);
            let found = Diagnostic::new(Code::FactParity, used, headline).help("use it in every locale, or in none");
            sink.push(found.in_source(self.unnamed(&fact.key, used)));
        }
    }

    /// Whether only one of the two has a step, which is told with what belongs to it.
    fn has_other_steps(&self) -> bool {
        let [source, own] = [self.source, self.text]
            .map(|text| steps(&text.prose.body).filter_map(|(id, _)| id).collect::<BTreeSet<_>>());
        source != own
    }

    fn unused(&self, fact: &FactKey, used: Span) -> Diagnostic {
        let in_source = format!("the fact `{fact}` is named here, and in no other language");
        if let Some(instead) = self.instead(used) {
            let found = stands_instead(&fact.to_string(), &instead, (Code::FactParity, used));
            return found.in_source(Diagnostic::new(Code::FactParity, used, in_source));
        }
        let (locale, name) = (&self.locale.id, &self.locale.name);
        let headline = format!("the fact `{fact}` is used in the source, but not in `{locale}` ({name})");
        Diagnostic::new(Code::FactParity, self.twin_of(used), headline)
            .related(used, "the source uses it here")
            .help(format!("name it here too, as `{{{{ {fact} }}}}`: readers of every locale get the same facts"))
            .in_source(Diagnostic::new(Code::FactParity, used, in_source))
    }

    /// What is told at the source of a fact that every translation names at the place of this one, and it does not.
    fn unnamed(&self, fact: &FactKey, used: Span) -> Diagnostic {
        let headline = format!("the fact `{fact}` is named in every other language, and not here");
        let there = twin_of(&self.shapes()[1], &self.shapes()[0], used);
        Diagnostic::new(Code::FactParity, there, headline).help(format!("name it here too, as `{{{{ {fact} }}}}`"))
    }

    /// Reports facts that are named in another step than in the source, or in place of the right one; the numbers of those in whose
    /// place another stands.
    fn facts_of_steps(&self, sink: &mut Diagnostics) -> BTreeSet<usize> {
        let (source, own) = (named(&self.source.prose), named(&self.text.prose));
        let mut missing = self.only(&source, &own, self.text);
        let mut foreign = self.only(&own, &source, self.source);
        // A text that names many facts elsewhere is arranged otherwise.
        if missing.len() + foreign.len() > MAX_APART {
            return BTreeSet::new();
        }
        let told = self.exchanged_facts((&mut missing, &mut foreign), sink);
        let is_in = |prose: &Prose, fact: &Fact| prose.facts().iter().any(|other| other.ix == fact.ix);
        // What only one of the two names anywhere is told by itself.
        for it in missing.iter().filter(|it| is_in(&self.text.prose, it.fact)) {
            let moved = foreign.iter().position(|other| other.fact.ix == it.fact.ix).map(|at| foreign.remove(at));
            // A line that stands elsewhere as a whole is told as one that is missing.
            if !self.lacks_passages(it.step) {
                sink.push(self.elsewhere(it, moved.as_ref()));
            }
        }
        for it in foreign.iter().filter(|it| is_in(&self.source.prose, it.fact)) {
            let headline = format!("the fact `{}` is named here, but not in this step of the source", it.fact.key);
            let found = Diagnostic::new(Code::FactPlace, it.place, headline);
            let in_source =
                format!("the fact `{}` is named in this step in every other language, and not here", it.fact.key);
            let there = twin_of(&self.shapes()[1], &self.shapes()[0], it.place);
            let found = found.in_source(Diagnostic::new(Code::FactPlace, there, in_source));
            sink.push(found.help("name what the source names here, or say it in this step in every locale"));
        }
        told
    }

    /// Takes out and reports facts in whose place another stands; the numbers of both.
    fn exchanged_facts<'b>(
        &'b self,
        (missing, foreign): (&mut Vec<Use<'b>>, &mut Vec<Use<'b>>),
        sink: &mut Diagnostics,
    ) -> BTreeSet<usize> {
        let mut told = BTreeSet::new();
        let exchanged = |there: &Use<'_>, here: &Use<'_>| {
            let is_elsewhere = self.text.prose.facts().iter().any(|fact| fact.ix == there.fact.ix);
            exchanged(there, here, if is_elsewhere { Code::FactPlace } else { Code::FactParity })
        };
        let steps: BTreeSet<Option<&Id>> = missing.iter().map(|it| it.step).collect();
        for step in steps {
            let in_step = |all: &[Use<'_>]| -> Vec<usize> {
                all.iter().enumerate().filter(|(_, it)| it.step == step).map(|(at, _)| at).collect()
            };
            match (in_step(missing).as_slice(), in_step(foreign).as_slice()) {
                ([there], [here]) => {
                    let (there, here) = (missing.remove(*there), foreign.remove(*here));
                    told.extend([there.fact.ix, here.fact.ix]);
                    sink.push(exchanged(&there, &here));
                }
                ([there], []) => {
                    if let Some(here) = self.once_too_often(&missing[*there]) {
                        let there = missing.remove(*there);
                        told.insert(there.fact.ix);
                        sink.push(exchanged(&there, &here));
                    }
                }
                _ => {}
            }
        }
        told
    }

    /// The fact that this text names in a step once more often than the source, which there names another: at the same place of the row, or
    /// the last one.
    fn once_too_often<'b>(&'b self, missing: &Use<'b>) -> Option<Use<'b>> {
        let (source, own) = (row(&self.source.prose, missing.step), row(&self.text.prose, missing.step));
        let count = |row: &[(&Fact, Span)], fact: &Fact| row.iter().filter(|(other, _)| other.ix == fact.ix).count();
        let more = |fact: &Fact| count(&own, fact) == count(&source, fact) + 1;
        let surplus: BTreeSet<usize> = own.iter().filter(|(fact, _)| more(fact)).map(|(fact, _)| fact.ix).collect();
        let [surplus] = Vec::from_iter(surplus)[..] else { return None };
        let is_surplus = |(fact, _): &&(&Fact, Span)| fact.ix == surplus;
        let beside = own.iter().zip(&source).find(|(own, (there, _))| is_surplus(own) && there.ix == missing.fact.ix);
        let (fact, place) = beside.map(|(own, _)| own).or_else(|| own.iter().rfind(is_surplus))?;
        Some(Use { step: missing.step, fact, place: *place })
    }

    /// Values that one of two texts names in a step, and the other, `without`, in the same step does not.
    fn only<'b>(&self, named: &Named<'b>, other: &Named<'_>, without: &Text) -> Vec<Use<'b>> {
        let (_, steps) = outline(&without.prose);
        let has = |step: Option<&Id>| step.is_none() || steps.iter().any(|it| it.id() == step);
        let is_hurt = |step: Option<&Id>| self.steps.iter().any(|steps| steps.has(step));
        let only = named.iter().filter(|(key, (.., is_value))| *is_value && !other.contains_key(key));
        let only = only.filter(|((step, _), _)| has(*step) && !is_hurt(*step));
        only.map(|((step, _), (fact, place, _))| Use { step: *step, fact, place: *place }).collect()
    }

    /// Whether a step has fewer lines here than in the source.
    fn lacks_passages(&self, step: Option<&Id>) -> bool {
        let [there, here] = [self.source, self.text].map(|text| {
            let body = &text.prose.body;
            let signs = body.lock.signs.iter().flatten().filter(|sign| step_at(body, sign.place) == step);
            signs
                .map(|sign| if let SignKind::Passages(_, places) = &sign.kind { places.len() } else { 0 })
                .sum::<usize>()
        });
        here < there
    }

    fn elsewhere(&self, it: &Use<'_>, moved: Option<&Use<'_>>) -> Diagnostic {
        let (key, locale) = (&it.fact.key, self.locale);
        if let Some(here) = moved {
            let headline = format!("the fact `{key}` is named in this step, and in the source in another");
            let in_source = format!("the fact `{key}` is named in this step, and in every other language in another");
            return Diagnostic::new(Code::FactPlace, here.place, headline)
                .related(it.place, "the source")
                .help("say it where the source does, or move it in every locale")
                .in_source(Diagnostic::new(Code::FactPlace, it.place, in_source));
        }
        let in_source = format!("the fact `{key}` is named in this step, and not in it in any other language");
        let in_source = Diagnostic::new(Code::FactPlace, it.place, in_source);
        if let Some(instead) = self.instead(it.place) {
            return stands_instead(&key.to_string(), &instead, (Code::FactPlace, it.place)).in_source(in_source);
        }
        let headline = format!(
            "the fact `{key}` is named in this step of the source, but not here in `{}` ({})",
            locale.id, locale.name
        );
        Diagnostic::new(Code::FactPlace, self.twin_of(it.place), headline)
            .related(it.place, "the source names it here")
            .help(format!("name it here too, as `{{{{ {key} }}}}`: readers of every locale get the same facts"))
            .in_source(in_source)
    }

    /// What stands here where the source names a fact.
    fn instead(&self, there: Span) -> Option<Instead> {
        let shapes = self.shapes();
        let row = |text: &Text, shape: &Shape<'_>| -> Vec<(String, Span)> {
            let on_line: BTreeSet<Span> = shape.on_line_of(&shapes[0], there).map(|it| it.place).collect();
            let named = text.prose.body.references.iter().zip(&text.prose.resolved);
            let facts = named.filter_map(|(it, resolved)| match resolved {
                Resolved::Fact(fact) if on_line.contains(&it.place) => Some((fact.key.to_string(), it.place)),
                _ => None,
            });
            facts.collect()
        };
        let texts = || [self.source, self.text].map(|text| self.hurt.text(text.prose.body.file));
        instead::other_fact(&row(self.source, &shapes[0]), &row(self.text, &shapes[1]), there)
            .or_else(|| instead::typed(shapes, there, texts().each_ref().map(String::as_str)))
    }

    /// Where it stands, or should stand, here.
    fn twin_of(&self, place: Span) -> Span {
        let [source, own] = self.shapes();
        twin_of(source, own, place)
    }
}

/// Another fact in the place of the source's.
fn exchanged(there: &Use<'_>, here: &Use<'_>, code: Code) -> Diagnostic {
    let (right, wrong) = (&there.fact.key, &here.fact.key);
    let in_source = format!("`{right}` is named here, and in every other language `{wrong}`");
    let headline = format!("the source names `{right}` in this step, and this `{wrong}`");
    Diagnostic::new(code, here.place, headline)
        .related(there.place, "the source")
        .help(format!("write `{{{{ {right} }}}}`: readers of every locale get the same facts"))
        .in_source(Diagnostic::new(code, there.place, in_source))
}

/// How many facts a text names that there are not, those of its fragments among them.
fn unresolved(prose: &Prose) -> usize {
    let is_fact = |kind| matches!(kind, ReferenceKind::Fact | ReferenceKind::Value | ReferenceKind::Claim);
    let own = prose.body.references.iter().zip(&prose.resolved);
    own.map(|(reference, resolved)| match resolved {
        // However many facts a fragment names that could not be read.
        Resolved::Broken if reference.kind == ReferenceKind::Include => 1000,
        Resolved::Broken if is_fact(reference.kind) => 1,
        Resolved::Fragment(fragment) => unresolved(fragment),
        _ => 0,
    })
    .sum()
}
