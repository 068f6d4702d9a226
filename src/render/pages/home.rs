//! A locale's home: carriers, what to do in each situation, and the guides by what they are for.

use std::sync::Arc;

use super::super::Renderer;
use super::super::html::{self, Notes};
use super::super::values::tel;
use super::common::Frame;
use super::lists::frame;
use super::overviews;
use super::prose::OnPage;
use crate::model::attributes::{Attributes, Named, Role};
use crate::model::body::{Block, Prose};
use crate::model::carrier::{Carrier, Status};
use crate::model::fact::{Fact, FactKey};
use crate::model::guide::{DECIDE, GENERAL, Guide, GuideKey, HOME, Text};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::outline::outline;
use crate::model::site::Situation;
use crate::model::value::{Kind, Value};
use crate::plan::Route;
use crate::view::{
    BodyView, CarrierRowView, CaseView, DecideView, GuideGroupView, HelplineView, HomeTextView, HomeView, LinkView,
    NameView, StatusView, View,
};

/// How many guides for every carrier the home page names where they are not grouped; their own page has all of them.
const MOST_GENERAL: usize = 24;

/// A locale's home.
pub fn home(renderer: &Renderer, locale: LocaleIx) -> View {
    let site = &renderer.site;
    let text = renderer.reserved_text(HOME, locale);
    let decide = renderer.reserved_text(DECIDE, locale);
    let facts = facts_of(renderer, locale);
    let groups = renderer.groups(locale);
    let general = Id::new(GENERAL).filter(|_| groups.is_empty());
    let body = HomeView {
        text: text.and_then(|text| home_text(renderer, locale, text)),
        decide: decide.and_then(|text| renderer.decide(locale, text)),
        carriers: site.carriers_in_order().into_iter().map(|carrier| row(renderer, locale, carrier)).collect(),
        cases: renderer.cases(locale),
        groups,
        general: general.map(|id| renderer.first_guides_of(&id, locale, MOST_GENERAL)).unwrap_or_default(),
        latest: overviews::latest(renderer, locale),
        grounds: OnPage::of(renderer, locale).grounds(&facts),
    };
    let frame = Frame { crumbs: Vec::new(), reviewed: super::common::newest(facts), ..frame(renderer, locale) };
    renderer.page(&frame, BodyView::Home(Box::new(body)))
}

/// Every fact that a text of the page names, each once.
fn facts_of(renderer: &Renderer, locale: LocaleIx) -> Vec<&Arc<Fact>> {
    let texts = [HOME, DECIDE].into_iter().filter_map(|id| renderer.reserved_text(id, locale));
    let leads = renderer.site.situations.iter().filter(|situation| renderer.case_guide(situation).is_some());
    let prose = texts.map(|text| &text.prose).chain(leads.map(|situation| situation.lead.get(locale)));
    let mut facts: Vec<&Arc<Fact>> = prose.flat_map(Prose::facts).collect();
    facts.sort_by_key(|fact| fact.ix);
    facts.dedup_by_key(|fact| fact.ix);
    facts
}

/// The text of the home page: a rule between its blocks is where the carriers stand.
fn home_text(renderer: &Renderer, locale: LocaleIx, text: &Text) -> Option<HomeTextView> {
    let prose = renderer.whole(&text.prose)?;
    let notes = Notes::of(&prose);
    let blocks = &prose.body.blocks;
    let rule = blocks.iter().position(|block| matches!(block, Block::Rule(_)));
    let (before, after) = rule.map_or((&blocks[..], &[][..]), |at| (&blocks[..at], &blocks[at + 1..]));
    let page = OnPage::of(renderer, locale);
    Some(HomeTextView {
        title: text.title.clone(),
        summary: text.summary.clone(),
        before_html: html::blocks(before, &prose, &notes, &page),
        after_html: html::blocks(after, &prose, &notes, &page),
        stale: page.stale(&prose, None, renderer.address(&Route::Home(renderer.site.config.source_locale))),
    })
}

fn row(renderer: &Renderer, locale: LocaleIx, carrier: &Carrier) -> CarrierRowView {
    let guides = renderer.first_guides_of(&carrier.id, locale, 2);
    // One that is no more has nothing to offer but what became of it.
    let is_there = matches!(carrier.status, Status::Active | Status::Merging);
    let only = guides.first().filter(|_| is_there && guides.len() == 1);
    CarrierRowView {
        id: carrier.id.as_str().to_owned(),
        name: carrier.name.get(locale).clone(),
        names: renderer.names(carrier, locale),
        status: renderer.status(&carrier.id, locale),
        url: match only {
            Some(guide) => guide.url.clone(),
            None => renderer.address(&Route::Carrier(locale, carrier.id.clone())),
        },
        guide: only
            .filter(|guide| guide.tag == renderer.locale_view(locale).tag)
            .map(|guide| guide.text.clone())
            .unwrap_or_default(),
        helpline: is_there.then(|| renderer.helpline(carrier, locale)).flatten(),
    }
}

impl Renderer {
    /// A plain page that stands on other pages, where it is written in the locale.
    pub(in crate::render) fn reserved_text(&self, id: &str, locale: LocaleIx) -> Option<&Text> {
        Id::new(id).and_then(|id| self.site.pages.get(&id)?.texts.get(&locale))
    }

    /// The text that helps to decide.
    pub(super) fn decide(&self, locale: LocaleIx, text: &Text) -> Option<DecideView> {
        let prose = self.whole(&text.prose)?;
        let notes = Notes::of(&prose);
        let html = html::blocks(&prose.body.blocks, &prose, &notes, &OnPage::of(self, locale));
        Some(DecideView { title: text.title.clone(), html })
    }

    /// A carrier's names in other scripts.
    pub(super) fn names(&self, carrier: &Carrier, locale: LocaleIx) -> Vec<NameView> {
        let name = |(ix, name): (LocaleIx, &str)| {
            let view = self.locale_view(ix);
            NameView { text: name.to_owned(), tag: view.tag, dir: view.dir }
        };
        carrier.other_names(locale).into_iter().map(name).collect()
    }

    /// What has become of a carrier; nothing while it is simply there, and for guides that hold for every carrier.
    pub(super) fn status(&self, carrier: &Id, locale: LocaleIx) -> Option<StatusView> {
        let carrier = self.site.carriers.get(carrier)?;
        if carrier.status == Status::Active && carrier.status_note.is_none() {
            return None;
        }
        let successor = carrier.successor.as_ref().and_then(|id| self.site.carriers.get(id));
        let name = successor.map(|other| other.name.get(locale).clone()).unwrap_or_default();
        // While two are merging, whoever has a SIM of the one is not served by the other.
        let on = successor.filter(|_| carrier.status == Status::RenamedTo);
        Some(StatusView {
            status: carrier.status.name(),
            note: carrier.status_note.as_ref().map(|note| note.get(locale).clone()).unwrap_or_default(),
            successor: on.map(|other| self.link(&name, "", locale, &Route::Carrier(locale, other.id.clone()))),
            carrier: name,
        })
    }

    /// The number to call first: the first of the carrier's facts that is one, where that is known.
    pub(super) fn helpline(&self, carrier: &Carrier, locale: LocaleIx) -> Option<HelplineView> {
        let fact = |fact: &Id| self.site.facts.get(&FactKey { owner: carrier.id.clone(), fact: fact.clone() });
        let phones = carrier.facts.iter().filter_map(fact).filter(|fact| fact.kind == Kind::Phone);
        phones.into_iter().find_map(|fact| {
            let shown = self.facts[locale.0].of(fact)?;
            let Value::Phone { number, .. } = &fact.current().next()?.value else { return None };
            // A button would go on calling a number that ends: its carrier's page says both.
            if fact.times(self.site.as_of).len() > 1 {
                return None;
            }
            Some(HelplineView {
                label: shown.label.clone(),
                number: number.clone(),
                url: tel(number),
                mark_html: shown.mark_html.clone(),
            })
        })
    }

    /// Guides by what they are for.
    pub(super) fn groups(&self, locale: LocaleIx) -> Vec<GuideGroupView> {
        let groups = self.site.groups.iter().map(|group| GuideGroupView {
            label: group.label.get(locale).clone(),
            guides: group.guides.iter().filter_map(|key| self.link_to_guide(key, locale)).collect(),
        });
        groups.filter(|group| !group.guides.is_empty()).collect()
    }

    /// Guides for every carrier that stand in no group.
    pub(super) fn ungrouped(&self, locale: LocaleIx) -> Vec<LinkView> {
        let grouped = |key: &GuideKey| self.site.groups.iter().any(|group| group.guides.contains(key));
        let general = self.site.guides.keys().filter(|key| key.section.as_str() == GENERAL && !grouped(key));
        general.filter_map(|key| self.link_to_guide(key, locale)).collect()
    }

    /// The guide that a situation leads to.
    fn case_guide(&self, situation: &Situation) -> Option<&Guide> {
        situation.guides.iter().find_map(|key| self.site.guides.get(key))
    }

    /// Situations that lead to a guide.
    pub(in crate::render) fn cases(&self, locale: LocaleIx) -> Vec<CaseView> {
        self.site.situations.iter().filter_map(|situation| self.case(situation, locale)).collect()
    }

    fn case(&self, situation: &Situation, locale: LocaleIx) -> Option<CaseView> {
        let guide = self.case_guide(situation)?;
        let (written, text) = self.site.text_for(&guide.texts, locale)?;
        let mut url = self.address(&Route::Guide(locale, guide.key.clone()));
        // As in a link that a reader shares: it sets the situation, and ticks nothing.
        if knows(guide, text, &situation.id) {
            url.push_str(&format!("#checklist=1:{}:", situation.id));
        }
        let lead = situation.lead.get(locale);
        Some(CaseView {
            id: situation.id.as_str().to_owned(),
            label: situation.label.get(locale).clone(),
            lead_html: self.sentence(lead, locale),
            url,
            guide: text.title.clone(),
            locale: self.chrome[written.0].locale.clone(),
        })
    }

    /// A sentence of Markdown that stands in a YAML file.
    pub(super) fn sentence(&self, prose: &Prose, locale: LocaleIx) -> String {
        let run = match prose.body.blocks.as_slice() {
            [Block::Paragraph(run)] => run.as_slice(),
            _ => &[],
        };
        html::run(run, prose, &Notes::default(), &OnPage::of(self, locale))
    }
}

/// Whether something of a guide depends on a situation.
fn knows(guide: &Guide, text: &Text, situation: &Id) -> bool {
    let (_, steps) = outline(&text.prose);
    let names = |attributes: &Attributes| {
        let about = |named: &Named| matches!(named.role, Role::When | Role::Unless) && named.id == *situation;
        attributes.named.iter().any(about)
    };
    let mut items = steps.iter().flat_map(|step| &step.items).map(|(item, _)| &item.attributes);
    items.any(names)
        || guide.card.iter().any(|line| line.when.contains(situation) || line.unless.contains(situation))
        || text.prose.body.blocks.iter().any(|block| {
            let Block::Short(line) = block else { return false };
            names(&line.attributes)
        })
}
