//! Facts as texts name them: `{{ helpline }}` for the guide's own carrier, `{{ national.papers }}`, and in front matter.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::prose::{Here, Linker};
use crate::diag::suggest::{self, Near, UNCOMPARED};
use crate::diag::{Code, Diagnostic, Span, Spanned};
use crate::model::body::{Body, Prose, Reference, ReferenceKind, Resolved};
use crate::model::fact::{Fact, FactKey, NATIONAL};
use crate::model::guide::DateRule;
use crate::model::id::Id;
use crate::model::value::Kind;
use crate::parse::document::RawDateRule;
use crate::source::layout;

/// A name in a fragment that leads nowhere on some of the pages that include it: one mistake, however many they are.
pub(super) struct Absent {
    diagnostic: Diagnostic,
    /// What to know of such names, if anything.
    note: Option<&'static str>,
    /// Pages where it leads nowhere, one for each key.
    pages: BTreeMap<String, Span>,
}

/// How many facts of a carrier are named to one who looks for another.
const MAX_NAMED: usize = 12;

fn include_it(name: &str) -> String {
    format!("`{name}` is a fragment: it is brought in by `{{{{ include {name} }}}}` in a paragraph of its own")
}

/// The full name of a fact in a text of `own`.
pub(super) fn key(name: &str, own: Option<&Id>) -> Option<FactKey> {
    let (owner, name) = match name.split_once('.') {
        Some((owner, name)) => (Id::new(owner), name),
        None => (own.cloned(), name),
    };
    owner.zip(Id::new(name)).map(|(owner, fact)| FactKey { owner, fact })
}

impl Linker<'_> {
    /// A fact named in prose.
    pub(super) fn fact(&mut self, reference: &Reference, body: &Body, here: Here<'_>) -> Resolved {
        let short = !reference.name.contains('.');
        match self.find(reference, here.owner) {
            Ok(fact) => return Resolved::Fact(fact),
            // What a short name means without a page cannot be known.
            Err(_) if here.alone && short => {}
            Err(Some(diagnostic)) if here.alone || body.file == here.page.file => self.sink.push(*diagnostic),
            Err(Some(diagnostic)) => {
                let note = "a fragment is read for each page that includes it: a short name means a fact of that page's carrier";
                // A page for each carrier, and one for those of no carrier, says enough.
                let page = here.owner.map(ToString::to_string).unwrap_or_default();
                self.absent(*diagnostic, short.then_some(note), page, here);
            }
            Err(None) => {}
        }
        Resolved::Broken
    }

    /// Keeps what a fragment names in vain on a page, until every page is read.
    pub(super) fn absent(&mut self, diagnostic: Diagnostic, note: Option<&'static str>, page: String, here: Here<'_>) {
        let help = diagnostic.help.clone();
        let absent = self.absent.entry(diagnostic.primary.place);
        let absent = absent.or_insert_with(|| Absent { diagnostic, note, pages: BTreeMap::new() });
        // What helps on one page only would mislead on the others.
        absent.diagnostic.help.retain(|line| help.contains(line));
        absent.pages.entry(page).or_insert_with(|| Span::file(here.page.file));
    }

    /// Reports what fragments name in vain, once every page is read.
    pub(super) fn report_absent(&mut self) {
        for (_, Absent { mut diagnostic, note, pages }) in std::mem::take(&mut self.absent) {
            if let Some(note) = note {
                diagnostic = diagnostic.help(note);
            }
            let related = |diagnostic: Diagnostic, place| diagnostic.related(place, "this page includes it");
            self.sink.push(pages.into_values().fold(diagnostic, related));
        }
    }

    /// Facts to show at the head of a guide; their evidence stands where the text names them.
    pub(super) fn key_facts(&mut self, names: &[Spanned<String>], prose: &Prose, owner: Option<&Id>) -> Vec<Arc<Fact>> {
        let facts: Vec<Arc<Fact>> = names.iter().filter_map(|name| self.named_fact(name, owner)).collect();
        for (fact, name) in facts.iter().zip(names) {
            self.explained(fact, name, prose, "is shown first");
        }
        facts
    }

    /// The rule of a guide's front matter; its fact has to be a duration.
    pub(super) fn date_rule(&mut self, raw: &RawDateRule, prose: &Prose, owner: Option<&Id>) -> Option<DateRule> {
        let fact = self.named_fact(&raw.fact, owner)?;
        if fact.kind != Kind::Duration {
            self.sink.push(
                Diagnostic::new(Code::BadValue, raw.fact.place, format!("`{}` is no duration", fact.key))
                    .related(fact.place, "the fact")
                    .help("a day is worked out with a fact of kind `duration`"),
            );
            return None;
        }
        self.explained(&fact, &raw.fact, prose, "is what a day is worked out with");
        Some(DateRule {
            from: raw.from.value.clone(),
            fact,
            situation: raw.situation.as_ref().map(|id| id.value.clone()),
        })
    }

    /// Reports a fact of the front matter that the text does not name: its evidence would be on no page.
    fn explained(&mut self, fact: &Fact, name: &Spanned<String>, prose: &Prose, role: &str) {
        // Where something is wrong in the text, it may be what names the fact.
        let is_hurt = self.documents.broken.errors.contains_key(&name.place.file)
            || prose.resolved.iter().any(|it| matches!(it, Resolved::Broken));
        if prose.first_use(&fact.key).is_none() && !is_hurt {
            let headline = format!("`{}` {role}, but the text never names it", fact.key);
            self.sink.push(
                Diagnostic::new(Code::BadValue, name.place, headline)
                    .help(format!("name it where it is explained, as `{{{{ {} }}}}`", name.value)),
            );
        }
    }

    /// A fact named in front matter.
    fn named_fact(&mut self, name: &Spanned<String>, owner: Option<&Id>) -> Option<Arc<Fact>> {
        let (value, place) = (name.value.clone(), name.place);
        let found = self.find(&Reference { kind: ReferenceKind::Fact, name: value.into(), place, line: None }, owner);
        let told = |mut diagnostic: Diagnostic| {
            // Front matter names facts without braces.
            diagnostic.help.iter_mut().for_each(|help| *help = help.replace("`{{ ", "`").replace(" }}`", "`"));
            self.sink.push(diagnostic);
        };
        found.map_err(|unknown| unknown.into_iter().map(|diagnostic| *diagnostic).for_each(told)).ok()
    }

    /// The fact of a name, or what is wrong with the name; nothing where that was reported in the policy file.
    fn find(&mut self, reference: &Reference, own: Option<&Id>) -> Result<Arc<Fact>, Option<Box<Diagnostic>>> {
        let key = key(&reference.name, own);
        if let Some(fact) = key.as_ref().and_then(|key| self.facts.get(key)) {
            self.named.add(fact);
            return Ok(Arc::clone(fact));
        }
        if key.as_ref().is_some_and(|key| self.documents.is_broken_fact(key) || self.is_carrier_lost(&key.owner)) {
            return Err(None);
        }
        let has_file = |key: &FactKey| self.documents.policies.contains_key(&key.owner);
        if let Some(key) = key.filter(has_file).filter(|_| !self.is_fragment(&reference.name)) {
            self.named.add_lost(key, reference.place);
        }
        let diagnostic =
            Diagnostic::new(Code::UnknownFact, reference.place, format!("there is no fact `{}` here", reference.name));
        let diagnostic = self.meant(&reference.name, own, diagnostic);
        Err(Some(Box::new(if own.is_none() && !reference.name.contains('.') {
            diagnostic.help("outside a carrier's guide a fact needs its owner: `{{ national.… }}` or `{{ carrier.… }}`")
        } else {
            diagnostic
        })))
    }

    /// Whether a carrier with guides has no policy file, which is told once, by its guides.
    fn is_carrier_lost(&self, owner: &Id) -> bool {
        owner.as_str() != NATIONAL
            && !self.documents.knows_carrier(owner)
            && self.near.sections_of_guides().contains(owner.as_str())
    }

    /// Adds what a name may have been meant to be: a fact of the owner that is named, never another carrier's.
    fn meant(&self, name: &str, own: Option<&Id>, diagnostic: Diagnostic) -> Diagnostic {
        let (owner, fact) = match name.split_once('.') {
            Some((owner, fact)) => (Some(owner), fact),
            None => (own.map(Id::as_str), name),
        };
        if let Some(names) = self.several(name, own) {
            return diagnostic
                .help(format!("these are several names, and a half-width comma stands between two: `{names}`"));
        }
        if own.is_none() && self.is_fragment(name) {
            return diagnostic.help(include_it(name));
        }
        let Some(owner) = owner else { return self.owners_of(fact, diagnostic) };
        let near = self.near.facts(self.facts, owner);
        if near.is_empty() {
            return self.owner_meant(owner, fact, diagnostic);
        }
        let full = |owner: &str, fact: &str| {
            if Some(owner) == own.map(Id::as_str) { fact.to_owned() } else { format!("{owner}.{fact}") }
        };
        let of_the_nation = || {
            let key = FactKey { owner: Id::new(NATIONAL)?, fact: Id::new(fact)? };
            self.facts.contains_key(&key).then(|| format!("there is `{{{{ {key} }}}}`"))
        };
        match near.near(fact, diagnostic.primary.place.file) {
            Near::Name(near) if suggest::is_longer_name(fact, near) => diagnostic.help(format!(
                "there is `{{{{ {} }}}}`, which may say something else; if `{fact}` was taken out by mistake, bring it back into {}",
                full(owner, near),
                layout::policy(owner)
            )),
            Near::Name(near) => diagnostic.help(format!("did you mean `{{{{ {} }}}}`?", full(owner, near))),
            Near::Uncompared => diagnostic.help(UNCOMPARED),
            Near::Nothing if self.is_fragment(name) => diagnostic.help(include_it(name)),
            Near::Nothing => match of_the_nation() {
                Some(help) => diagnostic.help(help),
                None => self.all_of(owner, own, diagnostic),
            },
        }
    }

    fn is_fragment(&self, name: &str) -> bool {
        let source = self.documents.config.source_locale;
        Id::new(name).is_some_and(|id| self.documents.fragments.contains_key(&(id, source)))
    }

    /// The names of facts between which no comma stands, or one of another script, as a list has them.
    fn several(&self, name: &str, own: Option<&Id>) -> Option<String> {
        let parts = name.split([' ', ',', '，', '、', '،', ';', '；']).filter(|part| !part.is_empty());
        let parts: Vec<&str> = parts.collect();
        let is_fact = |part: &&str| key(part, own).is_some_and(|key| self.facts.contains_key(&key));
        (parts.len() > 1 && parts.iter().all(is_fact)).then(|| parts.join(", "))
    }

    /// The owner that was mistyped, if one that is near has such a fact.
    fn owner_meant(&self, owner: &str, fact: &str, diagnostic: Diagnostic) -> Diagnostic {
        let owners: Vec<&str> =
            self.facts.keys().filter(|key| key.fact.as_str() == fact).map(|key| key.owner.as_str()).collect();
        match suggest::nearest(owner, owners) {
            Some(near) => diagnostic.help(format!("did you mean `{{{{ {near}.{fact} }}}}`?")),
            None if self.documents.policies.contains_key(owner) => {
                diagnostic.help(format!("content/policies/{owner}.yaml has no facts yet"))
            }
            None => diagnostic.help(format!("there is no file content/policies/{owner}.yaml")),
        }
    }

    /// Names the owners that have a fact of this name, where none is named.
    fn owners_of(&self, fact: &str, diagnostic: Diagnostic) -> Diagnostic {
        let owners = self.facts.keys().filter(|key| key.fact.as_str() == fact);
        let owners: Vec<String> = owners.map(|key| format!("`{{{{ {key} }}}}`")).collect();
        if owners.is_empty() { diagnostic } else { diagnostic.help(format!("there is {}", owners.join(", "))) }
    }

    /// Names the facts of an owner.
    fn all_of(&self, owner: &str, own: Option<&Id>, diagnostic: Diagnostic) -> Diagnostic {
        let facts = self.facts.keys().filter(|key| key.owner.as_str() == owner);
        let known: Vec<&str> = facts.map(|key| key.fact.as_str()).take(MAX_NAMED + 1).collect();
        let who = if Some(owner) == own.map(Id::as_str) { "this carrier" } else { owner };
        diagnostic.help(match known.len() {
            0..=MAX_NAMED => format!("{who} has {}", known.join(", ")),
            _ => format!("{} has the facts of {who}", layout::policy(owner)),
        })
    }
}

/// The fact's name as an editor would write it in a text of `owner`.
pub(super) fn short_name(key: &FactKey, owner: Option<&Id>) -> String {
    if owner == Some(&key.owner) { key.fact.as_str().to_owned() } else { key.to_string() }
}
