//! What a guide's front matter shows first, and the day it lets a reader reckon, are the same in every locale.

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::guide::{GuideKey, Text};
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::parse::Documents;
use crate::parse::document::Document;

pub fn check(documents: &Documents, site: &Site, sink: &mut Diagnostics) {
    let source_locale = site.config.source_locale;
    for (key, guide) in &site.guides {
        let head = |locale: LocaleIx| Head::new(documents, key, locale, guide.texts.get(&locale)?);
        let Some(source) = head(source_locale) else { continue };
        for own in guide.texts.keys().filter(|locale| **locale != source_locale).filter_map(|locale| head(*locale)) {
            same("glance", &own.glance(), &source.glance(), &own.place("glance"), &source.place("glance"), sink);
            same("reckon", &own.reckoning(), &source.reckoning(), &own.place("reckon"), &source.place("reckon"), sink);
        }
    }
}

/// A guide's front matter in a locale, as written and as looked up.
struct Head<'a> {
    document: &'a Document,
    text: &'a Text,
}

impl<'a> Head<'a> {
    /// Nothing where a name in it led nowhere, which was reported.
    fn new(documents: &'a Documents, key: &GuideKey, locale: LocaleIx, text: &'a Text) -> Option<Self> {
        let document = documents.guides.get(&(key.clone(), locale))?;
        let whole =
            document.glance.len() == text.glance.len() && document.reckoning.is_some() == text.reckoning.is_some();
        whole.then_some(Self { document, text })
    }

    /// As one would write it.
    fn glance(&self) -> String {
        let names: Vec<String> = self.text.glance.iter().map(|fact| fact.key.to_string()).collect();
        if names.is_empty() { String::new() } else { format!("glance: [{}]", names.join(", ")) }
    }

    fn reckoning(&self) -> String {
        let rule = self.text.reckoning.as_ref();
        rule.map(|rule| format!("reckon: {{from: {}, fact: {}}}", rule.from.name(), rule.fact.key)).unwrap_or_default()
    }

    /// Where the key's names stand; the title where the key is absent.
    fn place(&self, key: &str) -> Place {
        let named = match key {
            "glance" => self.document.glance.first().map(|name| &name.place),
            _ => self.document.reckoning.as_ref().map(|rule| &rule.fact.place),
        };
        named.unwrap_or(&self.document.title.place).clone()
    }
}

fn same(key: &str, own: &str, source: &str, here: &Place, there: &Place, sink: &mut Diagnostics) {
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
        format!("write `{source}` here too: readers of every locale get the same facts")
    };
    sink.push(
        Diagnostic::new(Code::FactParity, here.clone(), headline).related(there.clone(), "the source").help(help),
    );
}
