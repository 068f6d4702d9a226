//! A source that differs from every one of its translations in one way: they agree with each other, so the source is looked at first. That
//! is one finding, at the source, and what only follows from it is not told.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::link::drift::place_of;
use crate::link::pairs::{Side, pairs};
use crate::model::id::Id;
use crate::parse::Documents;
use crate::source::tree::FileId;

use super::signs::PartOf;

/// Of so many translations on, what they have alike says something of the source.
const MANY: usize = 2;

/// How many of the translations are shown.
const MAX_SHOWN: usize = 3;

/// Makes one finding at the source of those in which every translation differs from it alike.
pub fn gather(found: Diagnostics, documents: &Documents) -> Diagnostics {
    if !found.iter().any(is_looked_at) {
        return found;
    }
    let texts = Texts::of(documents);
    let mut alike: BTreeMap<(Code, Span, &str), Vec<&Diagnostic>> = BTreeMap::new();
    for (one, at) in found.iter().filter_map(|one| Some((one, one.in_source.as_deref()?))) {
        alike.entry((at.code, at.primary.place, &at.headline)).or_default().push(one);
    }
    alike.retain(|(_, there, _), same| {
        let files: BTreeSet<FileId> = same.iter().map(|one| one.primary.place.file).collect();
        // One in which something is wrong, or that is still to be written, says nothing of the source.
        let are_whole = files.iter().all(|file| !documents.broken.errors.contains_key(file));
        are_whole && files.len() >= MANY && Some(&files.len()) == texts.translations.get(&there.file)
    });
    let mut gathered: Vec<Diagnostic> = alike.values().filter_map(|same| texts.in_source(same)).collect();
    let mut changed: BTreeSet<Span> = gathered.iter().filter_map(|one| texts.part_of(one.primary.place)).collect();
    // So does a text of a YAML file that was pasted over another.
    changed.extend(found.iter().filter(|one| one.code == Code::SaidTwice).map(|one| one.primary.place));
    // And a part that names another carrier, or figures in another order, than all translations.
    let others = || gathered.iter().chain(found.iter()).filter(|one| is_of_part(one.code));
    changed.extend(others().filter_map(|one| texts.part_of(one.primary.place)));
    let others: BTreeSet<Span> = others().map(|one| one.primary.place).collect();
    let is_changed = |part: Span| {
        let end = Span { start: part.end, ..part };
        changed.contains(&part) || part < end && others.range(part..end).next().is_some()
    };
    let named_anew: BTreeSet<Span> =
        gathered.iter().filter(|one| is_of_ids(one.code)).map(|one| one.primary.place).collect();
    // What waits for each other says where it stands; that the others do not say the same follows.
    let cycles: BTreeSet<Span> =
        found.iter().filter(|one| one.code == Code::RequiresCycle).map(|one| one.primary.place).collect();
    gathered.retain(|one| !cycles.contains(&one.primary.place));
    let is_told = |one: &Diagnostic| match &one.in_source {
        Some(at) => alike.contains_key(&(at.code, at.primary.place, at.headline.as_str())),
        // The source changed, and whether it was to change is asked first.
        None if one.code == Code::StaleTranslation => one.related.first().is_some_and(|there| is_changed(there.place)),
        None => one.code == Code::UnregisteredId && named_anew.contains(&one.primary.place),
    };
    gathered.extend(found.iter().filter(|one| !is_told(one)).cloned());
    let mut all = Diagnostics::default();
    gathered.into_iter().for_each(|one| all.push(one));
    all
}

/// Whether something of a source may follow from it.
fn is_looked_at(one: &Diagnostic) -> bool {
    one.in_source.is_some() || one.code == Code::SaidTwice || is_of_part(one.code)
}

/// Whether it may be told at the source: then the part of the source was changed.
fn is_of_part(code: Code) -> bool {
    matches!(code, Code::OtherCarrier | Code::FactPlace)
}

fn is_of_ids(code: Code) -> bool {
    matches!(code, Code::StepParity | Code::ItemParity)
}

/// The sources, and how many translations each has.
struct Texts<'a> {
    translations: BTreeMap<FileId, usize>,
    sources: BTreeMap<FileId, Side<'a>>,
    locales: BTreeMap<FileId, &'a Id>,
}

impl<'a> Texts<'a> {
    fn of(documents: &'a Documents) -> Self {
        let (mut translations, mut sources, mut locales) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for pair in pairs(documents) {
            let Some(own) = pair.own else { continue };
            let file = pair.source.body.file;
            *translations.entry(file).or_default() += 1;
            sources.insert(file, pair.source);
            locales.insert(own.body.file, &documents.config.locale(pair.locale).id);
        }
        // The theme's words: those of the source locale beside all others.
        let source = documents.config.source_locale;
        for ((locale, known), strings) in documents.config.locales().zip(&documents.strings) {
            let files: BTreeSet<FileId> = strings.entries.values().map(|entry| entry.place.file).collect();
            for file in files {
                if locale == source {
                    translations.insert(file, documents.strings.len() - 1);
                } else {
                    locales.insert(file, &known.id);
                }
            }
        }
        Self { translations, sources, locales }
    }

    /// The finding at the source of those that are alike.
    fn in_source(&self, same: &[&Diagnostic]) -> Option<Diagnostic> {
        let told = same.first()?.in_source.as_deref()?.clone();
        // A fragment is compared with each text that includes it.
        let mut places: Vec<Span> = Vec::new();
        for place in same.iter().map(|one| one.primary.place) {
            if places.len() < MAX_SHOWN && !places.contains(&place) {
                places.push(place);
            }
        }
        let told = places.into_iter().fold(told, |told, place| told.related(place, "here it is otherwise"));
        let locales: BTreeSet<_> = same.iter().filter_map(|one| self.locales.get(&one.primary.place.file)).collect();
        let locales: Vec<String> = locales.into_iter().map(|locale| format!("`{locale}`")).collect();
        Some(told.help(format!(
            "look at the source first: if it was changed by mistake, mend it; if it is meant, change the others too: {}",
            locales.join(", ")
        )))
    }

    /// Where the part of a source begins in which a place stands.
    fn part_of(&self, place: Span) -> Option<Span> {
        let source = self.sources.get(&place.file)?;
        Some(place_of(source.body, source.title, PartOf::new(source.body).part(place)))
    }
}
