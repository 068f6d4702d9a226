//! What a guide's front matter shows first, the day it lets a reader work out and the letter it offers are the same in every locale.

use super::days::Days;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::guide::{GuideKey, Text};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::parse::Documents;
use crate::parse::document::Document;
use crate::source::tree::{FileId, SourceTree};

pub fn check(documents: &Documents, site: &Site, tree: &SourceTree, sink: &mut Diagnostics) {
    let source_locale = site.config.source_locale;
    let days = Days::of(documents, site);
    for (key, guide) in &site.guides {
        let head = |locale: LocaleIx| Head::new((documents, tree), key, locale, guide.texts.get(&locale)?);
        let Some(source) = head(source_locale) else { continue };
        for own in guide.texts.keys().filter(|locale| **locale != source_locale).filter_map(|locale| head(*locale)) {
            same(
                "key_facts",
                &own.key_facts(),
                &source.key_facts(),
                own.place("key_facts"),
                source.place("key_facts"),
                sink,
            );
            // A situation that there is not was told, and so was a day that was meant to be another one.
            if own.rule_is_known(site, &days) && source.rule_is_known(site, &days) {
                same(
                    "date_rule",
                    &own.date_rule(),
                    &source.date_rule(),
                    own.rule_place(&source),
                    source.rule_place(&own),
                    sink,
                );
            }
            if let Some(unknown) = own.unknown_in_source(&source, documents) {
                sink.push(unknown);
                break; // once, however many languages have the right one
            }
            same(
                "application",
                &own.application(),
                &source.application(),
                own.place("application"),
                source.place("application"),
                sink,
            );
        }
    }
}

/// A guide's front matter in a locale, as written and as looked up.
struct Head<'a> {
    document: &'a Document,
    text: &'a Text,
}

impl<'a> Head<'a> {
    /// Nothing where some of it could not be read or a name in it led nowhere, which was reported.
    fn new(
        (documents, tree): (&'a Documents, &SourceTree),
        key: &GuideKey,
        locale: LocaleIx,
        text: &'a Text,
    ) -> Option<Self> {
        let document = documents.guides.get(&(key.clone(), locale))?;
        if is_broken(document.body.file, documents, tree) {
            return None;
        }
        let whole = document.key_facts.len() == text.key_facts.len()
            && document.date_rule.is_some() == text.date_rule.is_some();
        whole.then_some(Self { document, text })
    }

    /// As one would write it.
    fn key_facts(&self) -> String {
        let names: Vec<String> = self.text.key_facts.iter().map(|fact| fact.key.to_string()).collect();
        if names.is_empty() { String::new() } else { format!("key_facts: [{}]", names.join(", ")) }
    }

    fn date_rule(&self) -> String {
        let rule = self.text.date_rule.as_ref();
        let situation = |id: &Id| format!(", situation: {id}");
        rule.map(|rule| {
            let situation = rule.situation.as_ref().map(situation).unwrap_or_default();
            format!("date_rule: {{from: {}, fact: {}{situation}}}", rule.from, rule.fact.key)
        })
        .unwrap_or_default()
    }

    fn rule_is_known(&self, site: &Site, days: &Days<'_>) -> bool {
        let Some(rule) = &self.document.date_rule else { return true };
        let is_known = |id: &Id| site.situations.iter().any(|situation| situation.id == *id);
        rule.situation.as_ref().is_none_or(|named| is_known(&named.value)) && days.meant(&rule.from).is_none()
    }

    /// Where its rule says something else than another, or says something at all.
    fn rule_place(&self, other: &Self) -> Span {
        let [own, other] = [self, other].map(|head| head.document.date_rule.as_ref());
        let from = own.map(|own| &own.from).filter(|own| other.is_some_and(|other| other.from.value != own.value));
        from.map_or_else(|| self.place("date_rule"), |from| from.place)
    }

    fn application(&self) -> String {
        self.document.application.as_ref().map(|id| format!("application: {}", id.value)).unwrap_or_default()
    }

    /// A letter that only the source names and that is not there: what is to be mended is the source's line.
    fn unknown_in_source(&self, source: &Self, documents: &Documents) -> Option<Diagnostic> {
        let (own, wanted) = (self.document.application.as_ref()?, source.document.application.as_ref()?);
        let is_there = |id: &Id| documents.applications.keys().any(|(there, _)| there == id);
        if is_there(&wanted.value) || !is_there(&own.value) {
            return None;
        }
        let headline = format!("there is no application `{}`, and other languages name another", wanted.value);
        let unknown = Diagnostic::new(Code::UnknownApplication, wanted.place, headline);
        Some(unknown.related(own.place, "named here").help(format!("write `application: {}`", own.value)))
    }

    /// Where the key's names stand; the title where the key is absent.
    fn place(&self, key: &str) -> Span {
        let named = match key {
            "key_facts" => self.document.key_facts.first().map(|name| name.place),
            "application" => self.document.application.as_ref().map(|id| id.place),
            _ => self.document.date_rule.as_ref().map(|rule| rule.fact.place),
        };
        named.unwrap_or(self.document.title.place)
    }
}

/// Whether something was told of a file's front matter.
fn is_broken(file: FileId, documents: &Documents, tree: &SourceTree) -> bool {
    let Some(places) = documents.broken.errors.get(&file) else { return false };
    let end = tree.text(tree.path(file)).and_then(|text| text.find("\n---")).unwrap_or_default();
    places.iter().any(|place| !place.is_file() && place.range().end <= end)
}

pub(super) fn same(key: &str, own: &str, source: &str, here: Span, there: Span, sink: &mut Diagnostics) {
    if own == source {
        return;
    }
    let headline = match (own, source) {
        ("", _) => format!("`{key}` is missing here, and the source has it"),
        (_, "") => format!("`{key}` stands here, and the source has none"),
        _ => format!("`{key}` says something else in the source"),
    };
    let help = if source.is_empty() {
        "take it out, or write it in every locale".to_owned()
    } else {
        format!("write `{source}` here too: readers of every locale get the same")
    };
    sink.push(Diagnostic::new(Code::FactParity, here, headline).related(there, "the source").help(help));
}
