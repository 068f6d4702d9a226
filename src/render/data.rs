//! Files that programs read: the worker, what it saves, manifests, feeds, facts, the sitemap.

mod api;
mod feed;

use super::{Known, OutputFile, Renderer};
use crate::diag::Diagnostic;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::site::Site;
use crate::plan::{Data, Route, path};
use crate::view::{DayData, IconData, ManifestData, json};

/// The file's contents.
///
/// # Errors
/// When a template fails that the list of saved pages needs.
pub fn file(renderer: &Renderer, data: &Data, known: &Known) -> Result<OutputFile, Box<Diagnostic>> {
    let (text, media_type) = match data {
        Data::Worker => (renderer.worker.clone(), "text/javascript; charset=utf-8"),
        Data::Saved(locale, id) => (json(&renderer.saved(*locale, id.as_ref(), known)?), "application/json"),
        Data::SavedCarriers => {
            (json(&renderer.site.carriers.keys().map(Id::as_str).collect::<Vec<_>>()), "application/json")
        }
        Data::Manifest(locale) => (json(&manifest(renderer, *locale)), "application/manifest+json"),
        Data::Feed(locale) => (feed::atom(&feed::feed(renderer, *locale)), "application/atom+xml; charset=utf-8"),
        Data::Facts(owner) => (json(&api::facts(renderer, owner)), "application/json"),
        Data::Sitemap => (sitemap(renderer), "application/xml; charset=utf-8"),
        Data::Robots => (robots(renderer), "text/plain; charset=utf-8"),
        Data::Day => (json(&DayData { day: renderer.site.as_of.to_string() }), "application/json"),
    };
    Ok(OutputFile { bytes: text.into_bytes().into(), media_type, immutable: false })
}

/// Every page of a locale that a reader may need at a counter without network.
fn pages(site: &Site, locale: LocaleIx) -> Vec<Route> {
    let mut routes = vec![
        Route::Home(locale),
        Route::General(locale),
        Route::Sources(locale),
        Route::Offline(locale),
        Route::Compare(locale),
        Route::Changes(locale),
    ];
    routes.extend(site.carriers.keys().map(|id| Route::Carrier(locale, id.clone())));
    routes.extend(site.guides.keys().map(|key| Route::Guide(locale, key.clone())));
    let with_letters = site.guides.values().filter(|guide| !guide.application.is_empty());
    routes.extend(with_letters.map(|guide| Route::Application(locale, guide.key.clone())));
    routes.extend(site.own_pages().map(|page| Route::Page(locale, page.id.clone())));
    routes
}

fn manifest(renderer: &Renderer, locale: LocaleIx) -> ManifestData<'_> {
    let config = &renderer.site.config;
    let view = renderer.locale_view(locale);
    let icon = renderer.assets.named("icon.svg").map(|path| format!("{}{}", config.base_path(), path.address()));
    let icons = icon.into_iter().map(|src| IconData { src, sizes: "any", media_type: "image/svg+xml" });
    ManifestData {
        name: config.title.get(locale),
        lang: view.tag,
        dir: view.dir,
        start_url: renderer.address(&Route::Home(locale)),
        scope: config.base_path(),
        display: "browser",
        icons: icons.collect(),
    }
}

fn sitemap(renderer: &Renderer) -> String {
    let site = &renderer.site;
    let mut urls = String::new();
    for (locale, _) in site.config.locales() {
        for route in pages(site, locale).into_iter().filter(|route| !is_hidden(route)) {
            let written = written(renderer, &route);
            if !written.contains(&locale) {
                continue; // a borrowed page is no page of its own
            }
            let mut alternates = String::new();
            for &ix in &written {
                let (tag, address) = (
                    &site.config.locale(ix).tag,
                    renderer.full_address(&route.in_locale(ix).unwrap_or(Route::Home(ix))),
                );
                alternates.push_str(&format!("<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{address}\"/>"));
            }
            urls.push_str(&format!("<url><loc>{}</loc>{alternates}</url>", renderer.full_address(&route)));
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"><url><loc>{}</loc></url>{urls}</urlset>",
        site.config.base_url
    )
}

/// Pages that search engines leave out.
fn is_hidden(route: &Route) -> bool {
    matches!(route, Route::Offline(_) | Route::Application(..))
}

/// Locales that have a page of their own.
fn written(renderer: &Renderer, route: &Route) -> Vec<LocaleIx> {
    let texts = match route {
        Route::Guide(_, key) => renderer.site.guides.get(key).map(|guide| &guide.texts),
        Route::Page(_, id) => renderer.site.pages.get(id).map(|page| &page.texts),
        _ => None,
    };
    texts.map_or_else(|| renderer.all_locales(), |texts| texts.keys().copied().collect())
}

fn robots(renderer: &Renderer) -> String {
    if renderer.site.config.preview {
        return "User-agent: *\nDisallow: /\n".into();
    }
    let sitemap =
        format!("{}{}", renderer.site.config.base_url, path(&Route::Data(Data::Sitemap), &renderer.site).address());
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")
}
