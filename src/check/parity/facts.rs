//! A translation names the facts of its source, each in the same step.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Pair;
use crate::check::hurt::step_at;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::{Prose, ReferenceKind, Resolved};
use crate::model::fact::Fact;
use crate::model::guide::Text;
use crate::model::id::Id;
use crate::model::outline::{Step, outline};

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

impl Pair<'_> {
    pub(super) fn facts(&self, sink: &mut Diagnostics) {
        if !self.include_the_same() {
            return;
        }
        let [is_hurt_there, is_hurt_here] = [self.source, self.text].map(|text| self.hurt.any_in(&text.prose));
        // A sentence on a fact that has no twin is a finding of its own.
        let (told, own_told) = (self.source.prose.claimed(), self.text.prose.claimed());
        let (source, own) = (self.source.prose.facts(), self.text.prose.facts());
        let is_in = |facts: &[&Arc<Fact>], fact: &Fact| facts.iter().any(|other| other.ix == fact.ix);
        let missing: Vec<_> = source.iter().filter(|fact| !is_in(&own, fact) && !told.contains(&fact.ix)).collect();
        // A name that leads nowhere was told, and the fact it was to name is not missed once more.
        for fact in missing.iter().filter(|_| missing.len() > unresolved(&self.text.prose)) {
            let used = self.source.prose.first_use(&fact.key).unwrap_or(self.source.place);
            let step = step_at(&self.source.prose.body, used);
            let is_own = used.file == self.source.prose.body.file;
            if is_hurt_here && (!is_own || self.steps[1].has(step)) {
                continue;
            }
            let headline = format!(
                "the fact `{}` is used in the source, but not in `{}` ({})",
                fact.key, self.locale.id, self.locale.name
            );
            sink.push(
                Diagnostic::new(Code::FactParity, self.twin_of(used), headline)
                    .related(used, "the source uses it here")
                    .help(format!(
                        "name it here too, as `{{{{ {} }}}}`: readers of every locale get the same facts",
                        fact.key
                    )),
            );
        }
        let foreign: Vec<_> = own.iter().filter(|fact| !is_in(&source, fact) && !own_told.contains(&fact.ix)).collect();
        for fact in foreign.iter().filter(|_| foreign.len() > unresolved(&self.source.prose)) {
            let used = self.text.prose.first_use(&fact.key).unwrap_or(self.text.place);
            let is_own = used.file == self.text.prose.body.file;
            if is_hurt_there && (!is_own || self.steps[0].has(step_at(&self.text.prose.body, used))) {
                continue;
            }
            let headline = format!("the fact `{}` is used here, but not in the source", fact.key);
            sink.push(Diagnostic::new(Code::FactParity, used, headline).help("use it in every locale, or in none"));
        }
        self.facts_of_steps(sink);
    }

    /// Facts that both name, but not in the same step: a number of another step, or of another carrier, in place of the right one.
    fn facts_of_steps(&self, sink: &mut Diagnostics) {
        let (source, own) = (named(&self.source.prose), named(&self.text.prose));
        let has_own_step = |step: Option<&Id>| step.is_none_or(|id| self.steps_of(self.text).any(|it| it == id));
        let has_step = |step: Option<&Id>| step.is_none_or(|id| self.steps_of(self.source).any(|it| it == id));
        let is_hurt = |step: Option<&Id>| self.steps.iter().any(|steps| steps.has(step));
        // What only one of the two names anywhere was told.
        let (everywhere, own_everywhere) = (self.source.prose.facts(), self.text.prose.facts());
        let is_in = |facts: &[&Arc<Fact>], fact: usize| facts.iter().any(|other| other.ix == fact);
        for ((step, ix), (fact, used, _)) in source.iter().filter(|(_, (.., is_value))| *is_value) {
            let is_missing = !own.contains_key(&(*step, *ix)) && is_in(&own_everywhere, *ix);
            if is_missing && has_own_step(*step) && !is_hurt(*step) {
                let headline = format!(
                    "the fact `{}` is named in this step of the source, but not here in `{}` ({})",
                    fact.key, self.locale.id, self.locale.name
                );
                sink.push(
                    Diagnostic::new(Code::FactParity, self.twin_of(*used), headline)
                        .related(*used, "the source names it here")
                        .help(format!(
                            "name it here too, as `{{{{ {} }}}}`, in place of another if one stands for it",
                            fact.key
                        )),
                );
            }
        }
        for ((step, ix), (fact, used, _)) in own.iter().filter(|(_, (.., is_value))| *is_value) {
            let is_foreign = !source.contains_key(&(*step, *ix)) && is_in(&everywhere, *ix);
            if is_foreign && has_step(*step) && !is_hurt(*step) {
                let headline = format!("the fact `{}` is named here, but not in this step of the source", fact.key);
                sink.push(
                    Diagnostic::new(Code::FactParity, *used, headline)
                        .help("name what the source names here, or say it in this step in every locale"),
                );
            }
        }
    }

    fn steps_of<'t>(&self, text: &'t Text) -> impl Iterator<Item = &'t Id> {
        let (_, steps) = outline(&text.prose);
        steps.into_iter().filter_map(|step| step.heading.attributes.id()).collect::<Vec<_>>().into_iter()
    }

    /// The step here that is the one of a place in the source; the file where there is none.
    fn twin_of(&self, place: Span) -> Span {
        let (_, source) = outline(&self.source.prose);
        let (_, steps) = outline(&self.text.prose);
        let before = |step: &&Step<'_>| step.heading.place.file == place.file && step.heading.place <= place;
        let id = source.iter().rfind(before).and_then(Step::id);
        let twin = steps.iter().find(|step| id.is_some() && step.id() == id);
        twin.map_or_else(|| self.text.place, |step| step.heading.place)
    }
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
