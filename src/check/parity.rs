//! A translation has the steps, items, conditions and facts of its source.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::body::Attributes;
use crate::model::guide::Text;
use crate::model::id::Id;
use crate::model::locale::{Locale, LocaleIx};
use crate::model::outline::{Step, outline};
use crate::model::site::Site;
use crate::parse::Documents;
use crate::parse::place::Kind;

pub fn check(documents: &Documents, site: &Site, sink: &mut Diagnostics) {
    for (key, guide) in &site.guides {
        let kind = |locale| Kind::Guide(key.clone(), locale);
        compare(&format!("the guide {key}"), &guide.texts, &kind, documents, site, sink);
    }
    for (id, page) in &site.pages {
        let kind = |locale| Kind::Page(id.clone(), locale);
        compare(&format!("the page {id}"), &page.texts, &kind, documents, site, sink);
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
        let pair = Pair { source, text, locale: site.config.locale(*locale) };
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
                    first.place.clone(),
                    format!("{what} is missing in {} (`{}`), the source locale", locale.name, locale.id),
                )
                .help("write it there: the other locales are compared with it and fall back on it"),
            );
        } else if source.is_some() {
            sink.push(
                Diagnostic::new(
                    Code::MissingTranslation,
                    first.place.clone(),
                    format!("{what} is missing in {} (`{}`)", locale.name, locale.id),
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
}

impl Pair<'_> {
    fn steps(&self, sink: &mut Diagnostics) {
        let (_, source) = outline(&self.source.prose);
        let (_, steps) = outline(&self.text.prose);
        let ids = |steps: &[Step<'_>]| -> Vec<(Id, Place)> {
            steps.iter().filter_map(|step| Some((step.id()?.clone(), step.heading.place.clone()))).collect()
        };
        self.same_order(Code::StepParity, "step", &ids(&source), &ids(&steps), &self.text.place, sink);
        for step in &steps {
            let Some(other) = source.iter().find(|other| other.id().is_some() && other.id() == step.id()) else {
                continue;
            };
            let names = ("step", step.id());
            same_attributes(
                names,
                (&other.heading.attributes, &other.heading.place),
                (&step.heading.attributes, &step.heading.place),
                sink,
            );
            self.items(other, step, sink);
        }
    }

    fn items(&self, source: &Step<'_>, step: &Step<'_>, sink: &mut Diagnostics) {
        let ids = |step: &Step<'_>| -> Vec<(Id, Place)> {
            step.items.iter().filter_map(|(item, _)| Some((item.attributes.id.clone()?, item.place.clone()))).collect()
        };
        self.same_order(Code::ItemParity, "item", &ids(source), &ids(step), &step.heading.place, sink);
        for (item, _) in &step.items {
            let twin = source
                .items
                .iter()
                .find(|(other, _)| other.attributes.id.is_some() && other.attributes.id == item.attributes.id);
            if let Some((other, _)) = twin {
                let names = ("item", item.attributes.id.as_ref());
                same_attributes(names, (&other.attributes, &other.place), (&item.attributes, &item.place), sink);
            }
        }
    }

    /// The same ids in the same order; `whole` is the place to name when one is missing.
    fn same_order(
        &self,
        code: Code,
        what: &str,
        source: &[(Id, Place)],
        here: &[(Id, Place)],
        whole: &Place,
        sink: &mut Diagnostics,
    ) {
        let has = |list: &[(Id, Place)], id: &Id| list.iter().any(|(other, _)| other == id);
        let mut even = true;
        for (id, place) in source.iter().filter(|(id, _)| !has(here, id)) {
            even = false;
            sink.push(
                Diagnostic::new(
                    code,
                    whole.clone(),
                    format!("the {what} `{id}` is missing in {} (`{}`)", self.locale.name, self.locale.id),
                )
                .related(place.clone(), "it stands here in the source"),
            );
        }
        for (id, place) in here.iter().filter(|(id, _)| !has(source, id)) {
            even = false;
            sink.push(
                Diagnostic::new(code, place.clone(), format!("the source has no {what} `{id}` here"))
                    .suggest(id.as_str(), source.iter().map(|(id, _)| id.as_str())),
            );
        }
        if !even {
            return;
        }
        if let Some(((_, place), (id, other))) = here.iter().zip(source).find(|((a, _), (b, _))| a != b) {
            sink.push(
                Diagnostic::new(
                    code,
                    place.clone(),
                    format!("the {what}s stand in another order than in the source: `{id}` comes here"),
                )
                .related(other.clone(), "the source's order"),
            );
        }
    }

    fn facts(&self, sink: &mut Diagnostics) {
        let (source, own) = (self.source.prose.facts(), self.text.prose.facts());
        for fact in source.iter().filter(|fact| !own.iter().any(|other| other.key == fact.key)) {
            let used = self.source.prose.first_use(&fact.key).unwrap_or_else(|| self.source.place.clone());
            sink.push(
                Diagnostic::new(
                    Code::FactParity,
                    self.text.place.clone(),
                    format!(
                        "the fact `{}` is used in the source, but not in {} (`{}`)",
                        fact.key, self.locale.name, self.locale.id
                    ),
                )
                .related(used, "the source uses it here"),
            );
        }
        for fact in own.iter().filter(|fact| !source.iter().any(|other| other.key == fact.key)) {
            let used = self.text.prose.first_use(&fact.key).unwrap_or_else(|| self.text.place.clone());
            sink.push(
                Diagnostic::new(
                    Code::FactParity,
                    used,
                    format!("the fact `{}` is used here, but not in the source", fact.key),
                )
                .help("use it in every locale, or in none"),
            );
        }
    }
}

/// The same conditions and requirements, in whatever order.
fn same_attributes(
    (what, id): (&str, Option<&Id>),
    (source, there): (&Attributes, &Place),
    (own, here): (&Attributes, &Place),
    sink: &mut Diagnostics,
) {
    let sorted = |ids: &[Id]| {
        let mut ids: Vec<&str> = ids.iter().map(Id::as_str).collect();
        ids.sort_unstable();
        ids.join(",")
    };
    let mut differences = Vec::new();
    for (key, a, b) in [
        ("when", &source.when, &own.when),
        ("unless", &source.unless, &own.unless),
        ("requires", &source.requires, &own.requires),
    ] {
        if sorted(a) != sorted(b) {
            differences.push(if a.is_empty() { format!("without `{key}`") } else { format!("`{key}={}`", sorted(a)) });
        }
    }
    if source.irreversible != own.irreversible {
        differences.push(if source.irreversible { "`irreversible`".into() } else { "without `irreversible`".into() });
    }
    if let Some(id) = id.filter(|_| !differences.is_empty()) {
        sink.push(
            Diagnostic::new(
                Code::AttributeParity,
                own.place.clone().unwrap_or_else(|| here.clone()),
                format!("the {what} `{id}` says something else in the source: {}", differences.join(", ")),
            )
            .related(source.place.clone().unwrap_or_else(|| there.clone()), "the source says this"),
        );
    }
}
