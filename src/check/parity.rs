//! A translation has the steps, items, conditions and facts of its source.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::order::{self, Ids};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::attributes::{Attributes, Role};
use crate::model::body::Item;
use crate::model::fact::Fact;
use crate::model::guide::Text;
use crate::model::id::Id;
use crate::model::locale::{Locale, LocaleIx};
use crate::model::outline::{Step, outline, sections};
use crate::model::site::Site;
use crate::parse::Documents;
use crate::parse::place::Kind;

pub fn check(documents: &Documents, site: &Site, sink: &mut Diagnostics) {
    for (key, guide) in &site.guides {
        let kind = |locale| Kind::Guide(key.clone(), locale);
        compare(&format!("the guide `{key}`"), &guide.texts, &kind, documents, site, sink);
    }
    for (id, page) in &site.pages {
        let kind = |locale| Kind::Page(id.clone(), locale);
        compare(&format!("the page `{id}`"), &page.texts, &kind, documents, site, sink);
    }
}

fn compare(
    what: &str,
    texts: &BTreeMap<LocaleIx, Text>,
    kind: &dyn Fn(LocaleIx) -> Kind,
    documents: &Documents,
    site: &Site,
    sink: &mut Diagnostics,
) {
    let Some(source) = source_of(what, texts, kind, documents, site, sink) else { return };
    for (locale, text) in texts.iter().filter(|(locale, _)| **locale != site.config.source_locale) {
        let has_items = matches!(kind(*locale), Kind::Guide(..));
        let pair = Pair { source, text, locale: site.config.locale(*locale), has_items };
        pair.steps(sink);
        pair.facts(sink);
    }
}

/// The text others are compared with. Locales without a text are reported here.
fn source_of<'a>(
    what: &str,
    texts: &'a BTreeMap<LocaleIx, Text>,
    kind: &dyn Fn(LocaleIx) -> Kind,
    documents: &Documents,
    site: &Site,
    sink: &mut Diagnostics,
) -> Option<&'a Text> {
    let source = texts.get(&site.config.source_locale);
    let first = source.or_else(|| texts.values().next())?;
    for (ix, locale) in site.config.locales() {
        if texts.contains_key(&ix) || documents.is_unreadable(&kind(ix)) {
            continue;
        }
        if ix == site.config.source_locale {
            sink.push(
                Diagnostic::new(
                    Code::MissingSource,
                    first.place,
                    format!("{what} is missing in `{}` ({}), the source locale", locale.id, locale.name),
                )
                .help("write it there: the other locales are compared with it and fall back on it"),
            );
        } else if source.is_some() {
            sink.push(
                Diagnostic::new(
                    Code::MissingTranslation,
                    first.place,
                    format!("{what} is missing in `{}` ({})", locale.id, locale.name),
                )
                .help("until it is translated, its readers get the source text under a notice"),
            );
        }
    }
    source
}

struct Pair<'a> {
    source: &'a Text,
    text: &'a Text,
    locale: &'a Locale,
    /// Plain pages have none; one that stands there was reported.
    has_items: bool,
}

impl Pair<'_> {
    fn steps(&self, sink: &mut Diagnostics) {
        let (_, source) = outline(&self.source.prose);
        let (_, steps) = outline(&self.text.prose);
        let ids = |steps: &[Step<'_>]| -> Ids {
            steps.iter().filter_map(|step| Some((step.id()?.clone(), step.heading.place))).collect()
        };
        order::same(Code::StepParity, "step", &ids(&source), &ids(&steps), (self.text.place, self.locale), sink);
        self.sections(sink);
        let twins: BTreeMap<&Id, &Step<'_>> = source.iter().filter_map(|step| Some((step.id()?, step))).collect();
        for step in &steps {
            if let Some(other) = step.id().and_then(|id| twins.get(id)) {
                let (theirs, own) = (&other.heading, &step.heading);
                same_attributes("step", (&theirs.attributes, theirs.place), (&own.attributes, own.place), sink);
                if self.has_items {
                    self.items(other, step, sink);
                }
            }
        }
    }

    /// Sections below the steps: links into them lead to the same place in every locale.
    fn sections(&self, sink: &mut Diagnostics) {
        let ids = |text: &Text| -> Ids {
            let below = sections(&text.prose).into_iter().filter(|heading| heading.level > 2);
            below.filter_map(|heading| Some((heading.attributes.id().cloned()?, heading.place))).collect()
        };
        let (source, own) = (ids(self.source), ids(self.text));
        order::same(Code::StepParity, "section", &source, &own, (self.text.place, self.locale), sink);
    }

    fn items(&self, source: &Step<'_>, step: &Step<'_>, sink: &mut Diagnostics) {
        let ids = |step: &Step<'_>| -> Ids {
            let items = step.items.iter().map(|(item, _)| item);
            items.filter_map(|item| Some((item.attributes.id().cloned()?, item.place))).collect()
        };
        order::same(Code::ItemParity, "item", &ids(source), &ids(step), (step.heading.place, self.locale), sink);
        let twins: BTreeMap<&Id, &Item> =
            source.items.iter().filter_map(|(item, _)| Some((item.attributes.id()?, *item))).collect();
        for (item, _) in &step.items {
            if let Some(other) = item.attributes.id().and_then(|id| twins.get(id)) {
                same_attributes("item", (&other.attributes, other.place), (&item.attributes, item.place), sink);
            }
        }
    }

    fn facts(&self, sink: &mut Diagnostics) {
        // A sentence on a fact that has no twin is a finding of its own.
        let (told, own_told) = (self.source.prose.claimed(), self.text.prose.claimed());
        let (source, own) = (self.source.prose.facts(), self.text.prose.facts());
        let is_in = |facts: &[&Arc<Fact>], fact: &Fact| facts.iter().any(|other| other.ix == fact.ix);
        for fact in source.iter().filter(|fact| !is_in(&own, fact) && !told.contains(&fact.ix)) {
            let used = self.source.prose.first_use(&fact.key).unwrap_or(self.source.place);
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
        for fact in own.iter().filter(|fact| !is_in(&source, fact) && !own_told.contains(&fact.ix)) {
            let used = self.text.prose.first_use(&fact.key).unwrap_or(self.text.place);
            let headline = format!("the fact `{}` is used here, but not in the source", fact.key);
            sink.push(Diagnostic::new(Code::FactParity, used, headline).help("use it in every locale, or in none"));
        }
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

/// The same conditions and requirements, in whatever order.
fn same_attributes(
    what: &str,
    (source, there): (&Attributes, Span),
    (own, here): (&Attributes, Span),
    sink: &mut Diagnostics,
) {
    let sorted = |attributes: &Attributes, role| {
        let mut ids: Vec<&str> = attributes.ids(role).map(Id::as_str).collect();
        ids.sort_unstable();
        ids.join(",")
    };
    let mut differences = Vec::new();
    for (key, role) in [("when", Role::When), ("unless", Role::Unless), ("requires", Role::Requires)] {
        let wanted = sorted(source, role);
        if wanted != sorted(own, role) {
            differences.push(if wanted.is_empty() { format!("no `{key}`") } else { format!("`{key}={wanted}`") });
        }
    }
    for (key, a, b) in [("irreversible", source.irreversible, own.irreversible), ("open", source.open, own.open)] {
        if a != b {
            differences.push(format!("{}`{key}`", if a { "" } else { "no " }));
        }
    }
    let Some(id) = own.id().filter(|_| !differences.is_empty()) else { return };
    let place = |attributes: &Attributes, line: Span| attributes.place.unwrap_or(line);
    let headline = format!("the {what} `{id}` says something else in the source: {}", differences.join(", "));
    sink.push(
        Diagnostic::new(Code::AttributeParity, place(own, here), headline)
            .related(place(source, there), "the source says this")
            .help("copy what stands between the source's braces"),
    );
}
