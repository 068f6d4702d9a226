//! What stands at an address whose page is gone or has another one.

use super::super::Renderer;
use super::common::Frame;
use super::lists::frame;
use crate::model::address::{Address, Became};
use crate::model::guide::GENERAL;
use crate::model::locale::LocaleIx;
use crate::plan::Route;
use crate::view::{BodyView, LinkView, MovedView, View};

/// The view of an old address.
pub fn view(renderer: &Renderer, locale: LocaleIx, address: &Address) -> Option<View> {
    let words = renderer.words_of(locale);
    let became = renderer.site.became(address)?;
    let (title, text, to) = match &became {
        Became::Moved(new) => {
            ("page.moved", words.text("page.moved_text", &[]), Some(route_of(renderer, locale, new)?))
        }
        Became::Withdrawn(day) => {
            ("page.withdrawn", words.text("page.withdrawn_text", &[("date", &words.date(*day).text)]), None)
        }
    };
    let route = to.clone().unwrap_or_else(|| above(renderer, locale, address));
    let link = link_to(renderer, locale, &route)?;
    let body = MovedView { to: to.as_ref().map(|to| renderer.address(to)).unwrap_or_default(), text, link };
    let frame = Frame {
        route: |ix, frame| frame.own.in_locale(ix).unwrap_or(Route::Home(ix)),
        own: Route::Moved(locale, address.clone()),
        title: words.text(title, &[]),
        hidden: true,
        ..frame(renderer, locale)
    };
    let mut view = renderer.page(&frame, BodyView::Moved(body));
    if let Some(to) = to {
        view.page.canonical = renderer.full_address(&to);
    }
    Some(view)
}

/// What stands at an address.
fn route_of(renderer: &Renderer, locale: LocaleIx, address: &Address) -> Option<Route> {
    let site = &renderer.site;
    match address {
        Address::Guide(key) => site.guides.contains_key(key).then(|| Route::Guide(locale, key.clone())),
        Address::Own(id) if site.carriers.contains_key(id) => Some(Route::Carrier(locale, id.clone())),
        Address::Own(id) => site.pages.contains_key(id).then(|| Route::Page(locale, id.clone())),
    }
}

/// The nearest page above an address that names nothing any more.
fn above(renderer: &Renderer, locale: LocaleIx, address: &Address) -> Route {
    match address {
        Address::Guide(key) if key.section.as_str() == GENERAL => Route::General(locale),
        Address::Guide(key) => {
            let carrier = Address::Own(key.section.clone());
            let moved = match renderer.site.became(&carrier) {
                Some(Became::Moved(new)) => new,
                _ => carrier,
            };
            route_of(renderer, locale, &moved).unwrap_or(Route::Home(locale))
        }
        Address::Own(_) => Route::Home(locale),
    }
}

/// A link in the words of what it leads to.
fn link_to(renderer: &Renderer, locale: LocaleIx, route: &Route) -> Option<LinkView> {
    let site = &renderer.site;
    match route {
        Route::Guide(_, key) => renderer.link_to_guide(key, locale),
        Route::Carrier(_, id) => Some(renderer.link(site.carriers.get(id)?.name.get(locale), "", locale, route)),
        Route::Page(_, id) => {
            let (written, text) = site.text_for(&site.pages.get(id)?.texts, locale)?;
            Some(renderer.link(&text.title, "", written, route))
        }
        Route::General(_) => Some(renderer.general_crumb(locale)),
        _ => Some(renderer.home_crumb(locale)),
    }
}
