//! A carrier's page: what has become of it, its guides, its facts with their evidence.

use std::sync::Arc;

use super::super::Renderer;
use super::common::{Frame, newest};
use super::prose::OnPage;
use crate::model::fact::{Fact, FactKey};
use crate::model::guide::DECIDE;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::value::Kind;
use crate::plan::Route;
use crate::render::facts::ShownFact;
use crate::view::{BodyView, CarrierView, ContactView, SubjectData, View};

/// The view of a carrier in a locale.
pub fn view(renderer: &Renderer, locale: LocaleIx, id: &Id) -> Option<View> {
    let carrier = renderer.site.carriers.get(id)?;
    let site = &renderer.site;
    let key = |fact: &Id| FactKey { owner: id.clone(), fact: fact.clone() };
    let facts: Vec<&Arc<Fact>> = carrier.facts.iter().filter_map(|fact| site.facts.get(&key(fact))).collect();
    let page = OnPage::showing(renderer, locale, locale, facts.clone());
    let name = carrier.name.get(locale).clone();
    let website = carrier.website.as_ref().map(|website| website.value.clone());
    let body = CarrierView {
        id: id.as_str().to_owned(),
        name: name.clone(),
        names: renderer.names(carrier, locale),
        status: renderer.status(id, locale),
        decide: renderer.reserved_text(DECIDE, locale).and_then(|text| renderer.decide(locale, text)),
        website: website.clone().unwrap_or_default(),
        helpline: renderer.helpline(carrier, locale),
        contacts: contacts(renderer, locale, &facts),
        guides: renderer.guides_of(id, locale),
        facts: page.evidence(),
        grounds: page.grounds(&facts),
    };
    let frame = Frame {
        route: |ix, frame| match &frame.own {
            Route::Carrier(_, id) => Route::Carrier(ix, id.clone()),
            other => other.clone(),
        },
        own: Route::Carrier(locale, id.clone()),
        locale,
        content: locale,
        written: renderer.all_locales(),
        title: name,
        description: renderer.site.config.description.get(locale).clone(),
        crumbs: vec![renderer.home_crumb(locale)],
        reviewed: newest(facts),
        data: Some(id.clone()),
        about: Some(SubjectData::new(carrier.name.get(locale), &carrier.search_names(locale), website)),
        hidden: false,
    };
    Some(renderer.page(&frame, BodyView::Carrier(Box::new(body))))
}

/// What to call, dial, write to or visit; numbers to call come first.
fn contacts(renderer: &Renderer, locale: LocaleIx, facts: &[&Arc<Fact>]) -> Vec<ContactView> {
    let mut contacts: Vec<&Arc<Fact>> = facts.iter().copied().filter(|fact| fact.kind.is_contact()).collect();
    contacts.sort_by_key(|fact| fact.kind != Kind::Phone);
    let shown = contacts.into_iter().filter_map(|fact| renderer.facts[locale.0].of(fact));
    let contact = |shown: &ShownFact| ContactView {
        label: shown.label.clone(),
        html: shown.sentence_html.clone(),
        anchor: shown.anchor.clone(),
    };
    shown.map(contact).collect()
}
