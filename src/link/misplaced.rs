//! Texts of a guide in one language that stand in another folder than the guide, or under a name much like its own: what they lack there,
//! and what they name in vain, follows from that.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::guide::GuideKey;
use crate::model::locale::LocaleIx;
use crate::parse::Documents;
use crate::source::layout;

/// From so many texts on that have no source, they were not misplaced one by one.
const MANY: usize = 20;

/// Each such text by its name and locale, with the guide that it is of.
pub type Misplaced<'a> = BTreeMap<(&'a GuideKey, LocaleIx), &'a GuideKey>;

/// Every misplaced text.
#[must_use]
pub fn misplaced(documents: &Documents) -> Misplaced<'_> {
    let source = documents.config.source_locale;
    let keys: BTreeSet<&GuideKey> = documents.guides.keys().map(|(key, _)| key).collect();
    let (whole, orphans): (Vec<&GuideKey>, Vec<&GuideKey>) =
        keys.into_iter().partition(|key| documents.guides.contains_key(&((*key).clone(), source)));
    if !documents.has_source || orphans.is_empty() || orphans.len() >= MANY {
        return Misplaced::new();
    }
    let mut found = Misplaced::new();
    for key in orphans {
        let of_key = documents.guides.keys().filter(|(other, _)| other == key).map(|(_, locale)| *locale);
        for locale in of_key {
            let lacks = |guide: &&&GuideKey| !documents.guides.contains_key(&((**guide).clone(), locale));
            let lacking: Vec<&GuideKey> = whole.iter().filter(lacks).copied().collect();
            if let Some(guide) = guide_of(key, &lacking) {
                found.insert((key, locale), guide);
            }
        }
    }
    found
}

/// The guide that a text is of, among those that lack one in its language.
fn guide_of<'a>(key: &GuideKey, lacking: &[&'a GuideKey]) -> Option<&'a GuideKey> {
    let mut same = lacking.iter().filter(|guide| guide.guide == key.guide);
    match (same.next(), same.next()) {
        (Some(guide), None) => Some(guide),
        (None, _) => {
            let beside = lacking.iter().filter(|guide| guide.section == key.section);
            let near = nearest(key.guide.as_str(), beside.clone().map(|guide| guide.guide.as_str()))?;
            beside.into_iter().find(|guide| guide.guide.as_str() == near).copied()
        }
        _ => None,
    }
}

/// Reports misplaced texts, and leaves out what else was found in them.
pub fn report(documents: &Documents, sink: &mut Diagnostics) {
    let misplaced = misplaced(documents);
    let file = |(key, locale): &(&GuideKey, LocaleIx)| {
        documents.guides.get(&((*key).clone(), *locale)).map(|document| document.body.file)
    };
    sink.leave_out(&misplaced.keys().filter_map(file).collect());
    for (text @ (key, locale), guide) in &misplaced {
        let (Some(file), locale) = (file(text), documents.config.locale(*locale)) else { continue };
        let headline = format!(
            "`{guide}` has no text in `{}` ({}), and this one is called `{key}`, which is no guide",
            locale.id, locale.name
        );
        let found = Diagnostic::new(Code::MissingSource, Span::file(file), headline);
        sink.push(found.help(format!(
            "if it belongs there, call it {}/{guide}.{}.md; if it is a new guide, write it in the source locale first",
            layout::GUIDES,
            locale.id
        )));
    }
}
