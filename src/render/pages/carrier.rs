//! A carrier's page: what has become of it, its guides, its facts with their evidence.

use std::sync::Arc;

use super::super::Renderer;
use super::common::{Frame, newest};
use super::prose::OnPage;
use crate::model::fact::{Fact, FactKey};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::plan::Route;
use crate::view::{BodyView, CarrierView, View};

/// The view of a carrier in a locale.
pub fn view(renderer: &Renderer, locale: LocaleIx, id: &Id) -> Option<View> {
    let carrier = renderer.site.carriers.get(id)?;
    let site = &renderer.site;
    let key = |fact: &Id| FactKey { owner: id.clone(), fact: fact.clone() };
    let facts: Vec<&Arc<Fact>> = carrier.facts.iter().filter_map(|fact| site.facts.get(&key(fact))).collect();
    let page = OnPage::showing(renderer, locale, locale, facts.clone());
    let contacts = facts.iter().copied().filter(|fact| fact.kind.is_contact()).collect();
    let name = carrier.name.get(locale).clone();
    let successor = carrier.successor.as_ref().and_then(|id| renderer.site.carriers.get(id));
    let successor = successor
        .map(|other| renderer.link(other.name.get(locale), "", locale, &Route::Carrier(locale, other.id.clone())));
    let body = CarrierView {
        id: id.as_str().to_owned(),
        name: name.clone(),
        aliases: carrier.other_names(locale),
        status: carrier.status.name(),
        status_note: carrier.status_note.as_ref().map(|note| note.get(locale).clone()).unwrap_or_default(),
        successor,
        website: carrier.website.clone().unwrap_or_default(),
        contacts: OnPage::showing(renderer, locale, locale, contacts).evidence(),
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
        hidden: false,
    };
    Some(renderer.page(&frame, BodyView::Carrier(Box::new(body))))
}
