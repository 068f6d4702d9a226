//! What is published as data beside the facts: where everything stands, the carriers, the guides of a section.

use super::super::Renderer;
use super::api::{SCHEMA, texts};
use crate::model::carrier::Carrier;
use crate::model::guide::{Guide, GuideKey};
use crate::model::id::Id;
use crate::model::locale::{Locale, LocaleIx};
use crate::model::outline::outline;
use crate::plan::{Data, Route, SCHEMAS};
use crate::view::{
    CarrierData, CarriersData, FileData, GuideData, GuidesData, IndexData, LocaleData, MovedData, PagesData, StepData,
};

/// Where everything stands.
#[must_use]
pub fn index(renderer: &Renderer) -> IndexData<'_> {
    let site = &renderer.site;
    let config = &site.config;
    let locales = config.locales().map(|(ix, locale)| LocaleData {
        id: locale.id.as_str(),
        tag: &locale.tag,
        dir: locale.direction.as_str(),
        name: &locale.name,
        home: renderer.full_address(&Route::Home(ix)),
    });
    let guides = site.sections().into_iter().map(|section| (section.as_str(), Data::Guides(section.clone())));
    let facts = site.owners().into_iter().map(|owner| (owner.as_str(), Data::Facts(owner.clone())));
    let schemas = SCHEMAS.iter().map(|name| (*name, Data::Schema(name)));
    IndexData {
        schema: SCHEMA,
        title: texts(site, &config.title),
        description: texts(site, &config.description),
        site: &config.base_url,
        locales: locales.collect(),
        source_locale: config.locale(config.source_locale).id.as_str(),
        carriers: url(renderer, Data::Carriers),
        guides: guides.map(|(of, data)| FileData { of, url: url(renderer, data) }).collect(),
        facts: facts.map(|(of, data)| FileData { of, url: url(renderer, data) }).collect(),
        schemas: schemas.map(|(of, data)| FileData { of, url: url(renderer, data) }).collect(),
    }
}

fn url(renderer: &Renderer, data: Data) -> String {
    renderer.full_address(&Route::Data(data))
}

/// Where something stands whose address has the old name of its carrier.
#[must_use]
pub fn moved(renderer: &Renderer, data: &Data) -> MovedData {
    MovedData { schema: SCHEMA, moved_to: url(renderer, data.clone()) }
}

/// A route's address in each locale.
fn pages<'a>(renderer: &'a Renderer, route: &Route) -> PagesData<'a> {
    let locales = renderer.site.config.locales();
    let in_locale =
        |(ix, locale): (_, &'a Locale)| Some((locale.id.as_str(), renderer.full_address(&route.in_locale(ix)?)));
    locales.filter_map(in_locale).collect()
}

/// Every carrier.
#[must_use]
pub fn carriers(renderer: &Renderer) -> CarriersData<'_> {
    let carriers = renderer.site.carriers_in_order().into_iter();
    CarriersData { schema: SCHEMA, carriers: carriers.map(|each| carrier(renderer, each)).collect() }
}

fn carrier<'a>(renderer: &'a Renderer, carrier: &'a Carrier) -> CarrierData<'a> {
    let site = &renderer.site;
    let has_guides = site.sections().contains(&carrier.id);
    CarrierData {
        id: carrier.id.as_str(),
        name: texts(site, &carrier.name),
        status: carrier.status.name(),
        successor: carrier.successor.as_ref().map(Id::as_str),
        status_note: carrier.status_note.as_ref().map(|note| texts(site, note)),
        country: &carrier.country,
        website: carrier.website.as_ref().map(|website| website.value.as_str()),
        pages: pages(renderer, &Route::Carrier(site.config.source_locale, carrier.id.clone())),
        facts: (!carrier.facts.is_empty()).then(|| url(renderer, Data::Facts(carrier.id.clone()))),
        guides: has_guides.then(|| url(renderer, Data::Guides(carrier.id.clone()))),
    }
}

/// The guides of a section.
#[must_use]
pub fn guides<'a>(renderer: &'a Renderer, section: &'a Id) -> GuidesData<'a> {
    let from = GuideKey { section: section.clone(), guide: Id::least() };
    let guides = renderer.site.guides.range(from..).map(|(_, guide)| guide);
    let own = guides.take_while(|guide| guide.key.section == *section);
    GuidesData {
        schema: SCHEMA,
        section: section.as_str(),
        guides: own.filter_map(|each| guide(renderer, each)).collect(),
    }
}

fn guide<'a>(renderer: &'a Renderer, guide: &'a Guide) -> Option<GuideData<'a>> {
    let config = &renderer.site.config;
    let (_, text) = renderer.site.text_for(&guide.texts, config.source_locale)?;
    let id = |ix: &LocaleIx| config.locale(*ix).id.as_str();
    let steps = outline(&text.prose).1.into_iter().filter_map(|step| {
        let items = step.items.iter().filter_map(|(item, _)| item.attributes.id());
        Some(StepData { id: step.heading.attributes.id()?.as_str(), items: items.map(Id::as_str).collect() })
    });
    let mut facts: Vec<String> = text.prose.facts().into_iter().map(|fact| fact.key.to_string()).collect();
    facts.sort();
    Some(GuideData {
        id: guide.key.guide.as_str(),
        title: guide.texts.iter().map(|(ix, text)| (id(ix), text.title.as_str())).collect(),
        summary: guide.texts.iter().map(|(ix, text)| (id(ix), text.summary.as_str())).collect(),
        pages: pages(renderer, &Route::Guide(config.source_locale, guide.key.clone())),
        steps: steps.collect(),
        facts,
    })
}
