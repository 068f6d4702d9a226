//! A guide's page: its prose step by step, its items gathered into the checklist. Plain pages are guides without a checklist.

use std::iter;
use std::sync::Arc;

use super::super::Renderer;
use super::super::copy;
use super::super::html::{self, Notes, Surroundings};
use super::common::{Frame, newest};
use super::opening;
use super::prose::OnPage;
use super::steps::{Below, laid_out};
use crate::model::attributes::{Attributes, Role};
use crate::model::body::{Block, Heading, Item, Prose};
use crate::model::fact::Fact;
use crate::model::guide::{CardLine, DateRule, Guide, GuideKey, Text};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::outline::{Step, outline};
use crate::model::registry::{Fate, RegisteredGuide};
use crate::model::site::Situation;
use crate::model::translation::TOP;
use crate::parse::markdown::plain;
use crate::plan::Route;
use crate::source::layout;
use crate::view::{
    BodyView, CardLineView, ChecklistStepView, GuideView, ItemView, LinkView, PlainView, RequirementView, SectionView,
    SpokenView, StepView, View,
};

/// The view of a guide in a locale.
pub fn view(renderer: &Renderer, locale: LocaleIx, key: &GuideKey) -> Option<View> {
    let guide = renderer.site.guides.get(key)?;
    let (content, text) = renderer.site.text_for(&guide.texts, locale)?;
    let registered = renderer.site.registry.as_ref().and_then(|registry| registry.get(key));
    let prose = renderer.whole(&text.prose)?;
    let page = OnPage::showing(renderer, locale, content, Vec::new()).formerly(registered);
    let source = renderer.address(&Route::Guide(renderer.site.config.source_locale, key.clone()));
    let writer = GuideWriter { registered, page: &page, notes: Notes::of(&prose), prose: &prose, source };
    let frame = Frame {
        route: |ix, frame| match &frame.own {
            Route::Guide(_, key) => Route::Guide(ix, key.clone()),
            other => other.clone(),
        },
        own: Route::Guide(locale, key.clone()),
        locale,
        content,
        written: guide.texts.keys().copied().collect(),
        title: text.title.clone(),
        description: text.summary.clone(),
        crumbs: crumbs(renderer, locale, key),
        reviewed: newest(text.prose.facts()),
        data: Some(key.section.clone()),
        about: None,
        hidden: false,
    };
    let mut body = writer.view(guide, text);
    if renderer.site.config.guide_copies {
        body.copy = copy::name(renderer, locale, key);
    }
    Some(View { template: template(text), ..renderer.page(&frame, BodyView::Guide(Box::new(body))) })
}

/// What stands above a guide: the home page, and its carrier or what holds for all.
pub fn crumbs(renderer: &Renderer, locale: LocaleIx, key: &GuideKey) -> Vec<LinkView> {
    let section = match renderer.site.carriers.get(&key.section) {
        Some(carrier) => {
            renderer.link(carrier.name.get(locale), "", locale, &Route::Carrier(locale, carrier.id.clone()))
        }
        None => renderer.general_crumb(locale),
    };
    vec![renderer.home_crumb(locale), section]
}

/// The view of a plain page in a locale.
pub fn plain_page(renderer: &Renderer, locale: LocaleIx, id: &Id) -> Option<View> {
    let page = renderer.site.pages.get(id)?;
    let (content, text) = renderer.site.text_for(&page.texts, locale)?;
    let source = Route::Page(renderer.site.config.source_locale, id.clone());
    let body = plain_text(renderer, (locale, content), text, &source)?;
    let frame = Frame {
        route: |ix, frame| match &frame.own {
            Route::Page(_, id) => Route::Page(ix, id.clone()),
            other => other.clone(),
        },
        own: Route::Page(locale, id.clone()),
        locale,
        content,
        written: page.texts.keys().copied().collect(),
        title: text.title.clone(),
        description: text.summary.clone(),
        crumbs: vec![renderer.home_crumb(locale)],
        reviewed: newest(text.prose.facts()),
        data: None,
        about: None,
        hidden: false,
    };
    Some(View { template: template(text), ..renderer.page(&frame, BodyView::Plain(Box::new(body))) })
}

/// The file of the template that a text asks for.
fn template(text: &Text) -> Option<String> {
    text.template.as_deref().map(layout::template)
}

/// A text without steps, for a locale in a locale; `source` is where it stands in the source's.
pub fn plain_text(
    renderer: &Renderer,
    (locale, content): (LocaleIx, LocaleIx),
    text: &Text,
    source: &Route,
) -> Option<PlainView> {
    let prose = renderer.whole(&text.prose)?;
    let page = OnPage::showing(renderer, locale, content, shown(text));
    let notes = Notes::of(&prose);
    Some(PlainView {
        title: text.title.clone(),
        summary: text.summary.clone(),
        html: html::blocks(&prose.body.blocks, &prose, &notes, &page),
        stale: page.stale(&prose, None, renderer.address(source)),
        facts: page.evidence(),
        grounds: page.grounds(&text.prose.facts()),
    })
}

struct GuideWriter<'a> {
    /// What the registry says of it.
    registered: Option<&'a RegisteredGuide>,
    page: &'a OnPage<'a>,
    notes: Notes<'a>,
    prose: &'a Prose,
    /// The guide's address in the source locale.
    source: String,
}

impl GuideWriter<'_> {
    fn view(&self, guide: &Guide, text: &Text) -> GuideView {
        let page = self.page;
        let (intro, steps) = outline(self.prose);
        let short = opening::short(page, self.prose, &self.notes);
        let key_facts = if short.is_empty() { opening::key_facts(page, text) } else { Vec::new() };
        let views = steps.iter().map(|step| (step.heading.attributes.open, self.step(step, &steps)));
        let (parts, closing) = laid_out(views.collect());
        // What is said to everyone comes behind what some say in its place.
        let first = guide.card.iter().position(|line| line.when.is_empty()).map_or(guide.card.len(), |at| at + 1);
        let (opened, rest) = guide.card.split_at(first);
        GuideView {
            id: guide.key.to_string(),
            title: text.title.clone(),
            summary: text.summary.clone(),
            date_rule: text.date_rule.as_ref().map(|rule| page.date_rule(rule, self.asked(rule, &steps))),
            short,
            key_facts,
            facts: page.renderer.facts[page.content.0].of_owner(&guide.key),
            status_note: self.status_note(guide),
            intro_html: html::blocks(intro, self.prose, &self.notes, page),
            stale: page.stale(self.prose, Some((TOP, intro)), self.source.clone()),
            checklist: steps
                .iter()
                .filter(|step| !step.items.is_empty())
                .map(|step| self.checklist_step(step, &steps))
                .collect(),
            parts,
            closing,
            items: steps.iter().flat_map(|step| &step.items).map(|(item, _)| id(&item.attributes)).collect(),
            renamed: self.renamed(&steps),
            card: opened.iter().map(|line| self.card_line(line)).collect(),
            card_rest: rest.iter().map(|line| self.card_line(line)).collect(),
            copy: String::new(),
            application: self.application(guide),
            related: page.renderer.related(self.prose, &guide.key, page.locale),
            grounds: page.grounds(&self.prose.facts()),
        }
    }

    /// The situation that a rule for a day may set, where an item asks for it.
    fn asked(&self, rule: &DateRule, steps: &[Step<'_>]) -> Option<&Situation> {
        let wanted = rule.situation.as_ref()?;
        let mut items = steps.iter().flat_map(|step| &step.items).map(|(item, _)| &item.attributes);
        let asks = items.any(|item| item.ids(Role::When).chain(item.ids(Role::Unless)).any(|id| id == wanted));
        let known = self.page.renderer.site.situations.iter().find(|situation| situation.id == *wanted);
        known.filter(|_| asks)
    }

    /// The address of its letter.
    fn application(&self, guide: &Guide) -> String {
        let route = || Route::Application(self.page.locale, guide.key.clone());
        if guide.application.is_empty() { String::new() } else { self.page.renderer.address(&route()) }
    }

    /// What became of the guide's carrier, in the reader's language.
    fn status_note(&self, guide: &Guide) -> String {
        let carrier = self.page.renderer.site.carriers.get(&guide.key.section);
        let note = carrier.and_then(|carrier| carrier.status_note.as_ref());
        note.map(|note| note.get(self.page.content).clone()).unwrap_or_default()
    }

    fn title(&self, heading: &Heading) -> String {
        html::run(&heading.content, self.prose, &self.notes, self.page)
    }

    fn step(&self, step: &Step<'_>, steps: &[Step<'_>]) -> StepView {
        let below = Below { page: self.page, notes: &self.notes };
        let (html, folds) = if step.heading.attributes.open {
            below.open(step.blocks, self.prose)
        } else {
            (below.folded(step.blocks, self.prose), Vec::new())
        };
        StepView {
            id: id(&step.heading.attributes),
            former: step.id().map(|id| self.page.former(id)).unwrap_or_default(),
            title_html: self.title(step.heading),
            html,
            folds,
            sections: self.sections(step),
            stale: step.id().and_then(|id| {
                self.page.stale(self.prose, Some((id.as_str(), step.blocks)), format!("{}#{id}", self.source))
            }),
            irreversible: step.heading.attributes.irreversible,
            requires: requirements(&step.heading.attributes, steps),
        }
    }

    fn sections(&self, step: &Step<'_>) -> Vec<SectionView> {
        let headings = step.blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) if heading.level == 3 => Some(heading),
            _ => None,
        });
        let section = |heading: &Heading| SectionView { id: id(&heading.attributes), title_html: self.title(heading) };
        headings.map(|heading| section(heading)).collect()
    }

    fn checklist_step(&self, step: &Step<'_>, steps: &[Step<'_>]) -> ChecklistStepView {
        ChecklistStepView {
            id: id(&step.heading.attributes),
            title_html: self.title(step.heading),
            irreversible: step.heading.attributes.irreversible,
            requires: requirements(&step.heading.attributes, steps),
            items: step.items.iter().map(|(item, prose)| self.item(item, prose, steps)).collect(),
        }
    }

    fn item(&self, item: &Item, prose: &Prose, steps: &[Step<'_>]) -> ItemView {
        let attributes = &item.attributes;
        let ids = |role| opening::names(attributes.ids(role));
        ItemView {
            id: id(attributes),
            html: html::run(item.label(), prose, &self.notes, self.page),
            changed: self.changed(attributes),
            hint_html: html::blocks(item.hint(), prose, &self.notes, self.page),
            when: self.situations(attributes.ids(Role::When)),
            unless: self.situations(attributes.ids(Role::Unless)),
            when_ids: ids(Role::When),
            unless_ids: ids(Role::Unless),
            irreversible: attributes.irreversible,
            requires: requirements(attributes, steps),
        }
    }

    /// The day an item's meaning changed, according to the registry.
    fn changed(&self, attributes: &Attributes) -> String {
        let registered = self.registered.zip(attributes.id());
        match registered.and_then(|(guide, id)| guide.ids.get(id)).map(|item| &item.fate) {
            Some(Fate::Changed(day)) => day.to_string(),
            _ => String::new(),
        }
    }

    /// Items that took over another's ticks.
    fn renamed(&self, steps: &[Step<'_>]) -> Vec<String> {
        let items = steps.iter().flat_map(|step| &step.items).filter_map(|(item, _)| item.attributes.id());
        let former = items
            .flat_map(|id| self.registered.into_iter().flat_map(move |guide| guide.former(id).zip(iter::repeat(id))));
        former.map(|(old, new)| format!("{old}:{new}")).collect()
    }

    fn card_line(&self, line: &CardLine) -> CardLineView {
        let (renderer, own) = (self.page.renderer, self.page.content);
        let spoken = &renderer.site.config.counter_locales;
        CardLineView {
            when: self.situations(line.when.iter()),
            unless: self.situations(line.unless.iter()),
            when_ids: opening::names(line.when.iter()),
            unless_ids: opening::names(line.unless.iter()),
            spoken: spoken
                .iter()
                .map(|&ix| SpokenView {
                    locale: renderer.chrome[ix.0].locale.clone(),
                    html: renderer.words_of(ix).prose(line.text.get(ix)),
                })
                .collect(),
            gloss_html: if spoken.contains(&own) {
                String::new()
            } else {
                renderer.words_of(own).prose(line.text.get(own))
            },
        }
    }

    /// Situations in words: "lost or abroad".
    fn situations<'b>(&self, ids: impl Iterator<Item = &'b Id>) -> String {
        opening::in_words(self.page, ids)
    }
}

fn id(attributes: &Attributes) -> String {
    attributes.id().map(|id| id.as_str().to_owned()).unwrap_or_default()
}

/// What has to be done first, each by its words and a link to it.
fn requirements(attributes: &Attributes, steps: &[Step<'_>]) -> Vec<RequirementView> {
    attributes.ids(Role::Requires).filter_map(|wanted| requirement(wanted, steps)).collect()
}

fn requirement(wanted: &Id, steps: &[Step<'_>]) -> Option<RequirementView> {
    let step = steps
        .iter()
        .find(|step| step.id() == Some(wanted))
        .map(|step| (step.heading.content.as_slice(), format!("#{wanted}")));
    let mut items = steps.iter().flat_map(|step| &step.items);
    let found = step.or_else(|| {
        items
            .find(|(item, _)| item.attributes.id() == Some(wanted))
            .map(|(item, _)| (item.label(), format!("#item-{wanted}")))
    });
    found.map(|(words, url)| RequirementView {
        id: wanted.as_str().to_owned(),
        text: plain(words).trim().to_owned(),
        url,
    })
}

/// Facts that stand on the page with their evidence: those shown first, and what is called, dialled or visited. All
/// others have theirs where it stands once for every guide.
fn shown(text: &Text) -> Vec<&Arc<Fact>> {
    let mut shown: Vec<&Arc<Fact>> = text.key_facts.iter().collect();
    for fact in text.prose.facts() {
        if fact.kind.is_contact() && !shown.iter().any(|other| other.ix == fact.ix) {
            shown.push(fact);
        }
    }
    shown
}
