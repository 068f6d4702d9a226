//! A translation has the steps, items, conditions and facts of its source.

mod below;
mod facts;
mod runs_on;
mod words;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::clean::Due;
use super::hurt::{Hurt, Steps};
use super::order::{self, Around, Ids, Place};
use super::twin::Shape;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::link::misplaced::misplaced;
use crate::model::attributes::{Attributes, Role};
use crate::model::body::{Block, Item, Prose, Resolved, ShortLine};
use crate::model::guide::{Guide, GuideKey, Text};
use crate::model::id::Id;
use crate::model::locale::{Locale, LocaleIx};
use crate::model::outline::{Step, outline, sections};
use crate::model::site::Site;
use crate::parse::Documents;
use crate::parse::broken::Places;
use crate::parse::place::Kind;
use crate::source::tree::FileId;

pub fn check(documents: &Documents, site: &Site, (due, hurt): (&Due<'_>, &Hurt<'_>), sink: &mut Diagnostics) {
    // A text that stands elsewhere was told there.
    let misplaced = misplaced(documents);
    let lacks: BTreeSet<(&GuideKey, LocaleIx)> =
        misplaced.iter().map(|((_, locale), guide)| (*guide, *locale)).collect();
    let is_told = |kind: &Kind| match kind {
        Kind::Guide(key, locale) => lacks.contains(&(key, *locale)),
        _ => false,
    };
    let everything = (documents, site, hurt, &is_told as &dyn Fn(&Kind) -> bool);
    let is_misplaced = |guide: &Guide| guide.texts.keys().all(|locale| misplaced.contains_key(&(&guide.key, *locale)));
    for (key, guide) in site.guides.iter().filter(|(_, guide)| due.has_guide(guide) && !is_misplaced(guide)) {
        let kind = |locale| Kind::Guide(key.clone(), locale);
        compare(&format!("the guide `{key}`"), &guide.texts, &kind, everything, sink);
    }
    for (id, page) in &site.pages {
        let kind = |locale| Kind::Page(id.clone(), locale);
        compare(&format!("the page `{id}`"), &page.texts, &kind, everything, sink);
    }
}

/// The site, what was told of it, and whether it was told that a text is missing.
type Everything<'a> = (&'a Documents, &'a Site, &'a Hurt<'a>, &'a dyn Fn(&Kind) -> bool);

fn compare(
    what: &str,
    texts: &BTreeMap<LocaleIx, Text>,
    kind: &dyn Fn(LocaleIx) -> Kind,
    everything: Everything<'_>,
    sink: &mut Diagnostics,
) {
    let (documents, site, hurt, _) = everything;
    let Some(source) = source_of(what, texts, kind, everything, sink) else { return };
    let situations = site.situations.iter().map(|situation| &situation.id).collect();
    let others = texts.iter().filter(|(locale, _)| **locale != site.config.source_locale).map(|(_, text)| text);
    let lowered = lowered_in_source(source, &others.collect::<Vec<_>>(), hurt, sink);
    for (locale, text) in texts.iter().filter(|(locale, _)| **locale != site.config.source_locale) {
        let has_items = matches!(kind(*locale), Kind::Guide(..));
        let situations = documents.situations.is_some().then_some(&situations);
        let errors = &documents.broken.errors;
        let locale = site.config.locale(*locale);
        let steps = [source, text].map(|text| hurt.by_errors(&text.prose.body));
        let (lowered, shapes) = (&lowered, OnceCell::new());
        let pair = Pair { source, text, locale, has_items, situations, errors, hurt, steps, lowered, shapes };
        pair.short(sink);
        pair.steps(sink);
        pair.facts(sink);
    }
}

/// The text others are compared with. Locales without a text are reported here.
fn source_of<'a>(
    what: &str,
    texts: &'a BTreeMap<LocaleIx, Text>,
    kind: &dyn Fn(LocaleIx) -> Kind,
    (documents, site, hurt, is_told): Everything<'_>,
    sink: &mut Diagnostics,
) -> Option<&'a Text> {
    let source = texts.get(&site.config.source_locale);
    let first = source.or_else(|| texts.values().next())?;
    for (ix, locale) in site.config.locales() {
        let text = kind(ix);
        let is_elsewhere = hurt.has_stray(&text) || is_told(&text);
        if texts.contains_key(&ix) || documents.is_unreadable(&text) || is_elsewhere {
            continue;
        }
        if ix == site.config.source_locale {
            sink.push(
                Diagnostic::new(
                    Code::MissingSource,
                    first.place,
                    format!("{what} is missing in `{}` ({}), the source locale", locale.id, locale.name),
                )
                .help("write it there: the other locales are compared with it and fall back on it")
                .help("if a file was renamed by hand, give it its old name again; `rahnuma rename guide OLD NEW` renames a guide in every language"),
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
    /// The situations there are, as far as they could be read.
    situations: Option<&'a BTreeSet<&'a Id>>,
    /// What is wrong in each file.
    errors: &'a Places,
    hurt: &'a Hurt<'a>,
    /// The steps of both in which something is wrong.
    steps: [Steps<'a>; 2],
    /// Steps of the translations that the source has under a smaller heading: that was told.
    lowered: &'a BTreeSet<Id>,
    /// Both by what they are made of, where something was found.
    shapes: OnceCell<[Shape<'a>; 2]>,
}

/// Steps of every translation that are a part of a step in the source, which has one `#` too many there: told once, at the source.
fn lowered_in_source(source: &Text, others: &[&Text], hurt: &Hurt<'_>, sink: &mut Diagnostics) -> BTreeSet<Id> {
    let is_step = |text: &Text, id: &Id| outline(&text.prose).1.iter().any(|step| step.id() == Some(id));
    let mut found = BTreeSet::new();
    for heading in sections(&source.prose).into_iter().filter(|heading| heading.level > 2) {
        let Some(id) = heading.attributes.id().filter(|_| heading.place.file == source.prose.body.file) else {
            continue;
        };
        let steps = others.iter().filter(|text| is_step(text, id)).count();
        // What was told of this line is the cause.
        if steps > 0 && steps == others.len() && found.insert(id.clone()) && !hurt.is_at(heading.place) {
            let headline = format!("`{id}` is a step in every other language, and a part of a step here");
            let help =
                "begin its heading with `##`; if it is to be a part of a step, begin it with `###` in every language";
            sink.push(Diagnostic::new(Code::StepParity, heading.place, headline).help(help));
        }
    }
    found
}

/// The fragments that a text and its fragments include, in order; those that say something.
fn included<'a>(prose: &'a Prose, found: &mut Vec<&'a str>) {
    for (reference, resolved) in prose.body.references.iter().zip(&prose.resolved) {
        if let Resolved::Fragment(fragment) = resolved
            && !fragment.body.blocks.is_empty()
        {
            found.push(&*reference.name);
            included(fragment, found);
        }
    }
}

impl Pair<'_> {
    /// Whether both include the same fragments in one order: what one brings and the other does not, or elsewhere, is told with its
    /// include.
    fn include_the_same(&self) -> bool {
        let [mut source, mut own] = [Vec::new(), Vec::new()];
        included(&self.source.prose, &mut source);
        included(&self.text.prose, &mut own);
        source == own
    }

    /// The files of both.
    fn files(&self) -> [FileId; 2] {
        [self.source, self.text].map(|text| text.prose.body.file)
    }

    /// Leaves out what the other side has in its file and not in its tree, because of something that was told, and ids that stand twice.
    fn without_told(&self, [source, own]: [&mut Ids; 2], files: [FileId; 2]) {
        for ids in [&mut *source, &mut *own] {
            let mut seen = BTreeSet::new();
            ids.retain(|(id, _)| seen.insert(id.clone()));
        }
        let [there, here] = [&*source, &*own].map(|ids| ids.iter().map(|(id, _)| id.clone()).collect::<BTreeSet<_>>());
        let is_told = |id: &Id, other: FileId| self.lowered.contains(id) || self.hurt.writes(other, id);
        source.retain(|(id, _)| here.contains(id) || !is_told(id, files[1]));
        own.retain(|(id, _)| there.contains(id) || !is_told(id, files[0]));
    }

    /// Whether an error was told of a line.
    fn has_error(&self, line: Span) -> bool {
        let mut errors = self.errors.get(&line.file).into_iter().flatten();
        errors.any(|error| line.start <= error.start && error.start < line.end)
    }

    fn steps(&self, sink: &mut Diagnostics) {
        let (_, source) = outline(&self.source.prose);
        let (_, steps) = outline(&self.text.prose);
        let ids = |steps: &[Step<'_>]| -> Ids {
            steps.iter().filter_map(|step| Some((step.id()?.clone(), step.heading.place))).collect()
        };
        let nameless = [&source, &steps].map(|steps| steps.iter().filter(|step| step.id().is_none()).count());
        let homes_of = [homes(&source), homes(&steps)];
        let brought = brought(&source, &steps, &homes_of);
        let none = BTreeMap::new();
        let written = braces(source.iter().map(|step| &step.heading.attributes));
        let (whole, locale) = ([self.source.place, self.text.place], self.locale);
        let (homes, are_in_order) = ([&none; 2], &|_: [&Id; 2]| None);
        let [theirs, ours] = [&source, &steps].map(|steps| steps.iter().filter_map(Step::id).collect::<Vec<_>>());
        let here = |id: &Id| Some((self.runs_on(id, [&theirs, &ours], false, &brought)?, 2));
        let there = |id: &Id| Some((self.runs_on(id, [&ours, &theirs], true, &brought)?, 2));
        let runs_on: [&Place<'_>; 2] = [&here, &there];
        let around =
            Around { whole, locale, homes, nameless, braces: &written, brought: &brought, runs_on, are_in_order };
        let lower = self.lower(&ids(&source), &ids(&steps));
        let mut wanted = ids(&source);
        for (id, place) in lower.iter().filter(|(_, place)| !self.has_error(*place)) {
            let there = wanted.iter().find(|(step, _)| step == id).map_or(self.source.place, |(_, there)| *there);
            sink.push(lowered(id, *place, there));
        }
        wanted.retain(|(id, _)| !lower.iter().any(|(lower, _)| lower == id));
        let mut own = ids(&steps);
        self.without_told([&mut wanted, &mut own], self.files());
        order::same(Code::StepParity, "step", (&wanted, &own), &around, sink);
        if self.include_the_same() {
            self.sections(&lower, sink);
        }
        self.both_have(&source, &steps, (&homes_of, &brought), sink);
    }

    /// What steps that both have say of themselves, and their items.
    fn both_have(
        &self,
        source: &[Step<'_>],
        steps: &[Step<'_>],
        homes: (&[Homes<'_>; 2], &Brought<'_>),
        sink: &mut Diagnostics,
    ) {
        let twins: BTreeMap<&Id, &Step<'_>> = source.iter().filter_map(|step| Some((step.id()?, step))).collect();
        for step in steps {
            if let Some(other) = step.id().and_then(|id| twins.get(id)) {
                let (theirs, own) = (&other.heading, &step.heading);
                let is_whole = self.steps.iter().all(|steps| !steps.has(step.id()))
                    && has_no_twice(other)
                    && has_no_twice(step)
                    && self.include_the_same();
                self.same_attributes("step", (&theirs.attributes, theirs.place), (&own.attributes, own.place), sink);
                if self.has_items && is_whole {
                    self.items(other, step, homes, sink);
                }
            }
        }
    }

    /// Steps of the source that stand here under a smaller heading.
    fn lower(&self, source: &Ids, own: &Ids) -> Ids {
        if source.iter().all(|(id, _)| own.iter().any(|(here, _)| here == id)) {
            return Ids::new();
        }
        let below = sections(&self.text.prose).into_iter().filter(|heading| heading.level > 2);
        let below = below.filter_map(|heading| Some((heading.attributes.id()?.clone(), heading.place)));
        below.filter(|(id, _)| source.iter().any(|(step, _)| step == id)).collect()
    }

    /// Whether what is a step in one of the two is a part of a step in the other.
    fn has_other_levels(&self) -> bool {
        let ids = |text: &Text| -> Ids {
            let steps = outline(&text.prose).1;
            steps.iter().filter_map(|step| Some((step.id()?.clone(), step.heading.place))).collect()
        };
        !self.lowered.is_empty() || !self.lower(&ids(self.source), &ids(self.text)).is_empty()
    }

    fn items(
        &self,
        source: &Step<'_>,
        step: &Step<'_>,
        (homes, brought): (&[Homes<'_>; 2], &Brought<'_>),
        sink: &mut Diagnostics,
    ) {
        let ids = |step: &Step<'_>| -> Ids {
            let items = step.items.iter().map(|(item, _)| item);
            items.filter_map(|item| Some((item.attributes.id().cloned()?, item.place))).collect()
        };
        let nameless =
            [source, step].map(|step| step.items.iter().filter(|(item, _)| item.attributes.id().is_none()).count());
        let [there, here] = homes;
        let written = braces(source.items.iter().map(|(item, _)| &item.attributes));
        let whole = [source.heading.place, step.heading.place];
        let (locale, homes) = (self.locale, [there, here]);
        let are_in_order = &|ids: [&Id; 2]| self.are_in_order(ids);
        let runs_on: [&Place<'_>; 2] = [&|_| None, &|_| None];
        let around = Around { whole, locale, homes, nameless, braces: &written, brought, runs_on, are_in_order };
        let (mut wanted, mut own) = (ids(source), ids(step));
        self.without_told([&mut wanted, &mut own], self.files());
        let told = sink.count();
        order::same(Code::ItemParity, "item", (&wanted, &own), &around, sink);
        // Where two of as many stand in each other's place, their braces may only follow from that.
        let is_told = sink.count() > told && wanted.len() == own.len();
        let pairs = own.iter().zip(&wanted).filter(|((id, _), (other, _))| is_told && id != other);
        let apart: BTreeSet<&Id> = pairs.map(|((id, _), _)| id).collect();
        let twins: BTreeMap<&Id, &Item> =
            source.items.iter().filter_map(|(item, _)| Some((item.attributes.id()?, *item))).collect();
        for (item, _) in &step.items {
            let id = item.attributes.id().filter(|id| !apart.contains(id));
            if let Some(other) = id.and_then(|id| twins.get(id)) {
                self.same_attributes("item", (&other.attributes, other.place), (&item.attributes, item.place), sink);
            }
        }
    }

    /// Whether all of these situations, or items and steps of a text, exist; one that does not was told.
    fn are_known(&self, attributes: &Attributes, role: Role, text: &Text) -> bool {
        if role != Role::Requires {
            return self.situations.is_none_or(|known| attributes.ids(role).all(|named| known.contains(named)));
        }
        let (_, steps) = outline(&text.prose);
        let is_there = |id: &Id| {
            let has = |step: &Step<'_>| step.items.iter().any(|(item, _)| item.attributes.id() == Some(id));
            steps.iter().any(|step| step.id() == Some(id) || has(step))
        };
        attributes.ids(role).all(is_there)
    }

    /// The lines of the short version: each is for the same readers. One that is missing is told as that.
    fn short(&self, sink: &mut Diagnostics) {
        let lines = |text: &'_ Text| text.prose.body.blocks.iter().filter(|it| matches!(it, Block::Short(_))).count();
        if lines(self.source) != lines(self.text) || self.steps.iter().any(|steps| steps.has(None)) {
            return;
        }
        let [there, here] = [self.source, self.text].map(|text| text.prose.body.blocks.iter().filter_map(short_line));
        for (at, (other, own)) in there.zip(here).enumerate() {
            if self.hurt.is_at(other.place) || self.hurt.is_at(own.place) {
                continue;
            }
            let what = format!("line {} of the short version", at + 1);
            self.same_conditions(&what, (&other.attributes, other.place), (&own.attributes, own.place), sink);
        }
    }

    /// The same conditions and requirements of a step or an item.
    fn same_attributes(
        &self,
        what: &str,
        source: (&Attributes, Span),
        own: (&Attributes, Span),
        sink: &mut Diagnostics,
    ) {
        if let Some(id) = own.0.id() {
            self.same_conditions(&format!("the {what} `{id}`"), source, own, sink);
        }
    }

    /// The same conditions and requirements, in whatever order.
    fn same_conditions(
        &self,
        what: &str,
        (source, there): (&Attributes, Span),
        (own, here): (&Attributes, Span),
        sink: &mut Diagnostics,
    ) {
        if source.broken || own.broken {
            return;
        }
        let (mut there_said, mut here_said) = (Vec::new(), Vec::new());
        for (key, role) in [("when", Role::When), ("unless", Role::Unless), ("requires", Role::Requires)] {
            let sides = [source, own].map(|attributes| sorted(attributes, role));
            let is_other = sides[0] != sides[1];
            if is_other && self.are_known(source, role, self.source) && self.are_known(own, role, self.text) {
                let [wanted, found] =
                    sides.map(|ids| if ids.is_empty() { format!("no `{key}`") } else { format!("`{key}={ids}`") });
                there_said.push(wanted);
                here_said.push(found);
            }
        }
        for (key, a, b) in [("irreversible", source.irreversible, own.irreversible), ("open", source.open, own.open)] {
            if a != b {
                let [wanted, found] = [a, b].map(|is_said| format!("{}`{key}`", if is_said { "" } else { "no " }));
                there_said.push(wanted);
                here_said.push(found);
            }
        }
        if there_said.is_empty() {
            return;
        }
        let place = |attributes: &Attributes, line: Span| attributes.place.unwrap_or(line);
        let (there, here) = (place(source, there), place(own, here));
        let headline = format!("{what} says something else in every other language: {}", here_said.join(", "));
        let in_source = Diagnostic::new(Code::AttributeParity, there, headline);
        let headline = format!("{what} says something else in the source: {}", there_said.join(", "));
        sink.push(
            Diagnostic::new(Code::AttributeParity, here, headline)
                .related(there, "the source says this")
                .help("copy what stands between the source's braces")
                .in_source(in_source),
        );
    }
}

fn short_line(block: &Block) -> Option<&ShortLine> {
    if let Block::Short(line) = block { Some(line) } else { None }
}

/// Whether no two items of a step have one id; that was told.
fn has_no_twice(step: &Step<'_>) -> bool {
    let mut seen = BTreeSet::new();
    step.items.iter().filter_map(|(item, _)| item.attributes.id()).all(|id| seen.insert(id))
}

fn lowered(id: &Id, place: Span, there: Span) -> Diagnostic {
    let headline = format!("`{id}` is a step here, and a part of a step in every other language");
    let in_source = Diagnostic::new(Code::StepParity, there, headline)
        .help("begin its heading with `###`; if it is to be a step, begin it with `##` in every language");
    Diagnostic::new(Code::StepParity, place, format!("`{id}` is a step in the source, and a part of a step here"))
        .help("begin its heading with `##`, as in the source")
        .in_source(in_source)
}

/// What stands between braces that say more than an id, as one writes it.
fn braces<'a>(all: impl Iterator<Item = &'a Attributes>) -> BTreeMap<&'a Id, String> {
    let more = all.filter(|it| it.named.len() > 1 || it.irreversible || it.open).filter(|it| !it.broken);
    let written = |it: &'a Attributes| {
        let id = it.id()?;
        let mut text = format!("#{id}");
        for (key, role) in [("when", Role::When), ("unless", Role::Unless), ("requires", Role::Requires)] {
            let ids: Vec<&str> = it.ids(role).map(Id::as_str).collect();
            if !ids.is_empty() {
                text.push_str(&format!(" {key}={}", ids.join(",")));
            }
        }
        for (word, is_said) in [(" irreversible", it.irreversible), (" open", it.open)] {
            text.push_str(if is_said { word } else { "" });
        }
        Some((id, text))
    };
    more.filter_map(written).collect()
}

/// Ids of a role, in one order.
fn sorted(attributes: &Attributes, role: Role) -> String {
    let mut ids: Vec<&str> = attributes.ids(role).map(Id::as_str).collect();
    ids.sort_unstable();
    ids.join(",")
}

/// In which step each item stands.
type Homes<'a> = BTreeMap<&'a Id, &'a Id>;

fn homes<'a>(steps: &'a [Step<'a>]) -> Homes<'a> {
    let items = steps.iter().filter_map(|step| Some((step.id()?, &step.items)));
    items
        .flat_map(|(step, items)| items.iter().filter_map(move |(item, _)| Some((item.attributes.id()?, step))))
        .collect()
}

/// Items that stand elsewhere here, by the step of the source that is missing here.
type Brought<'a> = BTreeMap<&'a Id, Vec<&'a Id>>;

fn brought<'a>(source: &'a [Step<'a>], steps: &[Step<'_>], [there, here]: &[Homes<'a>; 2]) -> Brought<'a> {
    let missing = source.iter().filter_map(Step::id).filter(|id| steps.iter().all(|step| step.id() != Some(*id)));
    let items = |step: &Id| {
        let items = there.iter().filter(|(item, home)| **home == step && here.contains_key(*item));
        items.map(|(item, _)| *item).collect::<Vec<_>>()
    };
    missing.map(|step| (step, items(step))).filter(|(_, items)| !items.is_empty()).collect()
}
