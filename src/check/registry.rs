//! Published ids stay what they are: readers keep their ticks by item and their links by section.

use std::collections::{BTreeMap, BTreeSet};

use super::hurt::{Hurt, is_whole};
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::address::Address;
use crate::model::attributes::Attributes;
use crate::model::body::Prose;
use crate::model::guide::{Guide, GuideKey};
use crate::model::id::Id;
use crate::model::outline::{Step, outline, sections};
use crate::model::registry::{Fate, RegisteredGuide, Registry};
use crate::model::reserved::is_reserved;
use crate::model::site::Site;
use crate::parse::Documents;
use crate::parse::place::Kind;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

pub fn check(documents: &Documents, site: &Site, hurt: &Hurt<'_>, sink: &mut Diagnostics) {
    // A site without a registry has not been published yet.
    let Some(registry) = &site.registry else { return };
    let mut gone: Vec<_> = registry.iter().filter(|(key, it)| is_dropped(key, it, site)).collect();
    // Guides of a carrier that is none are there, and that was told.
    let there: BTreeSet<&GuideKey> = documents.guides.keys().map(|(key, _)| key).collect();
    gone.retain(|(key, _)| !there.contains(key));
    // Of a folder that is called otherwise, too.
    let lost = documents.lost_carriers();
    let renamed: BTreeSet<&Id> = there.iter().filter(|key| lost.contains(&key.section)).map(|key| &key.guide).collect();
    gone.retain(|(key, _)| !renamed.contains(&key.guide));
    let may_be_renamed = gone.len() <= MAX_COMPARED;
    // What was never published has no readers yet.
    for (key, guide) in site.guides.iter().filter(|(_, guide)| !site.is_draft(guide)) {
        let found = found(guide, site);
        match registry.get(key) {
            Some(registered) => {
                let file = text(guide, site).map(|prose| prose.body.file);
                let lacks_fragment = text(guide, site).is_some_and(|prose| !is_whole(prose));
                let is_written = |id: &Id| lacks_fragment || file.is_some_and(|file| hurt.writes(file, id));
                let nameless = nameless(guide, site);
                Compared { key, guide, registered, found, nameless, is_written: &is_written }.report(sink);
            }
            // Without a text in the source locale, that is told first.
            None if !guide.texts.contains_key(&site.config.source_locale) => {}
            None => match gone
                .iter()
                .position(|(old, it)| may_be_renamed && old.section == key.section && is_same(it, &found))
            {
                Some(at) => {
                    let (old, registered) = gone.remove(at);
                    sink.push(renamed_by_hand((old, registered.place), key, guide, site));
                }
                None => unregistered(key, &found, registry, sink),
            },
        }
    }
    for (key, registered) in gone {
        let headline = format!("the guide `{key}` was published, and is not here");
        sink.push(
            Diagnostic::new(Code::DroppedId, registered.place, headline)
                .help(format!("bring it back (a draft is not published), or say below `addresses:` what became of it: `{key}: {{renamed_to: …}}` with its new address, or `{key}: {{retired: …}}` with the day")),
        );
    }
}

/// Up to so many guides that are gone, each new one is compared with them: more were not renamed by hand.
const MAX_COMPARED: usize = 50;

/// Whether a published guide is gone, and nothing says what became of it.
fn is_dropped(key: &GuideKey, registered: &RegisteredGuide, site: &Site) -> bool {
    let told = site.addresses.as_ref().is_some_and(|all| all.contains_key(&Address::Guide(key.clone())));
    !site.guides.contains_key(key) && !told && registered.is_live()
}

/// Whether a guide that is not in the registry is one that is gone, by its ids: most of them are the same.
fn is_same(registered: &RegisteredGuide, found: &Found<'_>) -> bool {
    let same = found.keys().filter(|id| registered.ids.contains_key(**id)).count();
    same * 4 > found.len() * 3 && same * 4 > registered.ids.len() * 3
}

/// The finding for a guide whose files got another name.
fn renamed_by_hand((old, there): (&GuideKey, Span), new: &GuideKey, guide: &Guide, site: &Site) -> Diagnostic {
    let place = text(guide, site).map_or(there, |prose| Span::file(prose.body.file));
    let headline = format!("this guide was published as `{old}`, and its files are called `{new}` now");
    Diagnostic::new(Code::MissingFile, place, headline)
        .related(there, "its published address and ids")
        .help(format!("if the name in content/published.yaml was mistyped, write `{new}:` there"))
        .help(format!("else give the files their old name in every language, then let `rahnuma rename guide {old} {}` change it everywhere: readers keep their links and ticks", new.guide))
}

/// Reports that the list is gone. A site of which nothing was recorded either has only begun.
#[must_use]
pub fn missing(documents: &Documents, site: &Site, tree: &SourceTree) -> Diagnostics {
    let mut sink = Diagnostics::default();
    let is_begun = site.registry.is_none()
        && documents.text_records.is_some()
        && site.guides.values().any(|guide| !site.is_draft(guide));
    let Some(path) = SourcePath::new(layout::PUBLISHED).ok().filter(|_| is_begun) else { return sink };
    if !documents.is_unreadable(&Kind::Registry) && !documents.unread.contains(&path) {
        let headline =
            format!("there is no {}, which holds every id that readers' links and ticks rest on", layout::PUBLISHED);
        sink.push(Diagnostic::new(Code::MissingFile, Span::file(tree.id(&path)), headline).help(
            "bring it back from an earlier version of the site; where it was never made, `rahnuma register` makes it",
        ));
    }
    sink
}

/// Something in a guide that has an id.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Section,
    Item,
}

impl What {
    fn name(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Item => "item",
        }
    }

    /// What readers have of it.
    fn kept(self) -> &'static str {
        match self {
            Self::Section => "links to",
            Self::Item => "ticks of",
        }
    }
}

/// What has an id in a guide, and where it stands.
type Found<'a> = BTreeMap<&'a Id, (What, Span)>;

/// The text whose ids count.
fn text<'a>(guide: &'a Guide, site: &Site) -> Option<&'a Prose> {
    let text = guide.texts.get(&site.config.source_locale).or_else(|| guide.texts.values().next());
    text.map(|text| &text.prose)
}

fn nameless(guide: &Guide, site: &Site) -> usize {
    let steps = text(guide, site).map(|prose| outline(prose).1).unwrap_or_default();
    let is_nameless = |attributes: &Attributes| attributes.id().is_none() || is_torn(attributes);
    let of = |step: &Step<'_>| {
        let items = step.items.iter().filter(|(item, _)| is_nameless(&item.attributes)).count();
        items + usize::from(is_nameless(&step.heading.attributes))
    };
    let items = || steps.iter().flat_map(|step| &step.items).filter_map(|(item, _)| item.attributes.id());
    let twice = items().count() - items().collect::<BTreeSet<_>>().len();
    steps.iter().map(of).sum::<usize>() + twice
}

/// Whether the id is perhaps a part of one, which was told: `{#save records}`.
fn is_torn(attributes: &Attributes) -> bool {
    attributes.broken && attributes.named.len() == 1
}

/// The ids of the source locale, which the other locales follow.
fn found<'a>(guide: &'a Guide, site: &Site) -> Found<'a> {
    let Some(prose) = text(guide, site) else { return Found::new() };
    let items = outline(prose).1.into_iter().flat_map(|step| step.items);
    let items = items.filter(|(item, _)| !is_torn(&item.attributes));
    let items = items.filter_map(|(item, _)| Some((item.attributes.id()?, (What::Item, item.place))));
    let sections = sections(prose).into_iter().filter(|heading| !is_torn(&heading.attributes));
    let sections = sections.filter_map(|heading| Some((heading.attributes.id()?, (What::Section, heading.place))));
    items.chain(sections).collect()
}

/// Whether any text of a guide has an id.
fn is_elsewhere(guide: &Guide, id: &Id) -> bool {
    guide.texts.values().any(|text| {
        let items = outline(&text.prose).1.into_iter().flat_map(|step| step.items);
        let items = items.filter_map(|(item, _)| item.attributes.id());
        items.chain(sections(&text.prose).into_iter().filter_map(|heading| heading.attributes.id())).any(|it| it == id)
    })
}

fn unregistered(key: &GuideKey, found: &Found<'_>, registry: &Registry, sink: &mut Diagnostics) {
    let Some((_, place)) = found.values().min_by_key(|(_, place)| place) else { return };
    let lines: Vec<String> = found.keys().map(|id| format!("{id}: live")).collect();
    let headline = format!("the ids of `{key}` are not in the registry");
    let help = format!(
        "run `rahnuma register`, or add to content/published.yaml, below `{key}:`, the lines {}",
        lines.join("; ")
    );
    let diagnostic = Diagnostic::new(Code::UnregisteredId, *place, headline).help(help);
    sink.push(match registry.values().next() {
        Some(other) => diagnostic.related(other.place, "the registry"),
        None => diagnostic,
    });
}

/// A guide beside what the registry says of it.
struct Compared<'a> {
    key: &'a GuideKey,
    guide: &'a Guide,
    registered: &'a RegisteredGuide,
    found: Found<'a>,
    /// How many items and steps have no id that can be read, or that of another, which was told.
    nameless: usize,
    /// Whether an id may stand in a file in which something is wrong.
    is_written: &'a dyn Fn(&Id) -> bool,
}

impl Compared<'_> {
    fn report(&self, sink: &mut Diagnostics) {
        let lost: Vec<_> =
            self.registered.ids.iter().filter(|(id, registered)| self.is_lost(id, &registered.fate)).collect();
        let lost: Vec<_> = lost.into_iter().filter(|(id, _): &(&Id, _)| !(self.is_written)(id)).collect();
        let new: Vec<_> = self.found.iter().filter(|(id, _)| !self.registered.ids.contains_key(**id)).collect();
        // One that is gone and one that came are one act: a new name.
        if let ([(old, registered)], [(id, (what, place))], 0) = (lost.as_slice(), new.as_slice(), self.nameless) {
            sink.push(self.renamed(old, registered.place, (id, *what, *place)));
        } else {
            // That an id is one of those that no section may have is told.
            let is_told = |id: &Id, what: What| what == What::Section && is_reserved(id.as_str());
            let new = new.iter().filter(|(id, (what, _))| !is_told(id, *what));
            new.for_each(|(id, (what, place))| sink.push(self.unknown(id, *what, *place)));
            if lost.len() > self.nameless {
                // Where it still stands in another language, that they differ is told, and what became of it is asked after that.
                lost.iter().filter(|(id, _)| !is_elsewhere(self.guide, id)).for_each(|(id, registered)| {
                    sink.push(match &registered.fate {
                        Fate::RenamedTo(new) => self.led_nowhere(id, new, registered.place),
                        _ => self.dropped(id, registered.place),
                    });
                });
            }
        }
        for (id, (what, place)) in &self.found {
            if let Some(wrong) = self.here(id, *what, *place) {
                sink.push(wrong);
            }
        }
    }

    fn renamed(&self, old: &Id, there: Span, (id, what, place): (&Id, What, Span)) -> Diagnostic {
        let name = what.name();
        let headline = format!("the {name} `{id}` of `{}` is not in the registry, and `{old}` is gone", self.key);
        let found = Diagnostic::new(Code::UnregisteredId, place, headline).related(there, "the published id");
        let found = match nearest(old.as_str(), [id.as_str()]) {
            Some(_) => found.help(format!(
                "if one of the two names was mistyped, mend it: `{id}: live` in content/published.yaml, or `{{#{old}}}` here in every language"
            )),
            None => found,
        };
        found
            .help(format!(
                "if this is the same {name}, write in content/published.yaml `{old}: {{renamed_to: {id}}}` and `{id}: live`; readers keep {} it",
                what.kept()
            ))
            .help(format!("if it is another, write `{id}: live`, and `{old}: {{retired: …}}` with the day"))
    }

    fn unknown(&self, id: &Id, what: What, place: Span) -> Diagnostic {
        let headline = format!("the {} `{id}` of `{}` is not in the registry", what.name(), self.key);
        let help = format!(
            "if it is new, add `{id}: live` to content/published.yaml (`rahnuma register` does); if it was called otherwise, say `old-id: {{renamed_to: {id}}}` as well"
        );
        Diagnostic::new(Code::UnregisteredId, place, headline)
            .related(self.registered.place, "the guide's published ids")
            .help(help)
    }

    fn dropped(&self, id: &Id, place: Span) -> Diagnostic {
        let headline = format!("the id `{id}` of `{}` was published, and is not in the guide", self.key);
        let help =
            format!("say what became of it: `{id}: {{renamed_to: new-id}}` or `{id}: {{retired: …}}` with the day");
        Diagnostic::new(Code::DroppedId, place, headline).help(help)
    }

    /// An id that is said to be called otherwise today, by a name that is not in the guide.
    fn led_nowhere(&self, id: &Id, new: &Id, place: Span) -> Diagnostic {
        let headline = format!("`{id}` of `{}` is said to be called `{new}` today, and there is no `{new}`", self.key);
        let names = self.found.keys().map(|id| id.as_str());
        Diagnostic::new(Code::DroppedId, place, headline).suggest(new.as_str(), names)
    }

    /// What is wrong with an id of the guide.
    fn here(&self, id: &Id, what: What, place: Span) -> Option<Diagnostic> {
        let name = what.name();
        let registered = self.registered.ids.get(id)?;
        match &registered.fate {
            Fate::RenamedTo(new) if !self.found.contains_key(new) && !self.registered.ids.contains_key(new) => Some(
                Diagnostic::new(
                    Code::DroppedId,
                    registered.place,
                    format!("`{id}` is said to be called `{new}` today, and the guide still calls it `{id}`"),
                )
                .related(place, format!("the {name}"))
                .help(format!(
                    "write `{id}: live`; to give it the new name, `rahnuma rename {name}` changes it everywhere"
                )),
            ),
            Fate::Retired(_) | Fate::RenamedTo(_) => Some(
                Diagnostic::new(Code::ReusedId, place, format!("the id `{id}` belonged to something that is gone"))
                    .related(registered.place, "it went here")
                    .help(format!("if it is the same {name} again, write `{id}: live` in content/published.yaml"))
                    .help(format!(
                        "if it is another, give it another id: readers may hold {} the old one",
                        what.kept()
                    )),
            ),
            Fate::Changed(_) if what == What::Section => Some(
                Diagnostic::new(
                    Code::BadValue,
                    registered.place,
                    format!("`{id}` is a section, and only items change"),
                )
                .related(place, "the section")
                .help(format!("write `{id}: live`; `changed` asks readers to look again at what they ticked")),
            ),
            Fate::Changed(_) | Fate::Live | Fate::Unreadable => None,
        }
    }

    /// Whether nothing says what became of an id that is not in the guide.
    fn is_lost(&self, id: &Id, fate: &Fate) -> bool {
        match fate {
            Fate::Live | Fate::Changed(_) => !self.found.contains_key(id),
            // A new name that is lost itself is reported where it stands.
            Fate::RenamedTo(_) if self.found.contains_key(id) => false,
            Fate::RenamedTo(_) => self
                .registered
                .today(id)
                .is_none_or(|new| !self.found.contains_key(new) && !self.registered.ids.contains_key(new)),
            Fate::Retired(_) | Fate::Unreadable => false,
        }
    }
}
