//! Files that programs read: the worker, what it saves, manifests, feeds, calendars, facts, sitemaps.

mod api;
mod api_index;
mod calendar;
mod feed;
mod plain;
mod sitemap;

use super::{Known, OutputFile, Renderer, copy, media_type};
use crate::diag::Diagnostic;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::plan::{Data, Route, path};
use crate::theme::ThemeFiles;
use crate::view::{DayData, IconData, ManifestData, json, schema};

const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";

/// The file's contents.
///
/// # Errors
/// When a template fails that the list of saved pages needs.
pub fn file(renderer: &Renderer, data: &Data, known: &Known) -> Result<OutputFile, Box<Diagnostic>> {
    let (text, media_type) = match data {
        Data::Icon(name) => return Ok(icon(renderer, name)),
        Data::Copy(locale, key) => {
            let html = copy::file(renderer, *locale, key)?.into();
            return Ok(OutputFile { bytes: html, media_type: "text/html; charset=utf-8", immutable: false });
        }
        Data::Worker => (renderer.worker.clone(), "text/javascript; charset=utf-8"),
        Data::Saved(locale, id) => (json(&renderer.saved(*locale, id.as_ref(), known)?), "application/json"),
        Data::SavedCarriers => {
            (json(&renderer.site.carriers.keys().map(Id::as_str).collect::<Vec<_>>()), "application/json")
        }
        Data::Manifest(locale) => (json(&manifest(renderer, *locale)), "application/manifest+json"),
        Data::Feed(locale) => (feed::atom(&feed::feed(renderer, *locale)), "application/atom+xml; charset=utf-8"),
        Data::Index => (json(&api_index::index(renderer)), JSON),
        Data::Carriers => (json(&api_index::carriers(renderer)), JSON),
        Data::Guides(section) => (json(&api_index::guides(renderer, section)), JSON),
        Data::Facts(owner) => (json(&api::facts(renderer, owner)), JSON),
        Data::Moved(_, data) => (json(&api_index::moved(renderer, data)), JSON),
        Data::Schema(name) => (schema(name), "application/schema+json"),
        Data::Calendar(locale) => {
            (calendar::icalendar(&calendar::calendar(renderer, *locale)), "text/calendar; charset=utf-8")
        }
        Data::Sitemap => (sitemap::index(renderer), "application/xml; charset=utf-8"),
        Data::SitemapFile(at) => (sitemap::file(renderer, *at), "application/xml; charset=utf-8"),
        Data::Llms => (plain::llms(renderer), TEXT),
        Data::Security => {
            let security = renderer.site.config.security.as_ref();
            (security.map(|security| plain::security(renderer, security)).unwrap_or_default(), TEXT)
        }
        Data::Host(name) => {
            (renderer.site.config.host.map_or(Ok(String::new()), |host| renderer.host_file(host, name))?, TEXT)
        }
        Data::Robots => (plain::robots(renderer), TEXT),
        Data::Day => (json(&DayData { day: renderer.site.as_of.to_string() }), JSON),
    };
    Ok(OutputFile { bytes: text.into_bytes().into(), media_type, immutable: false })
}

/// A file of the theme that stands under a name of its own, because others ask for it by that name.
fn icon(renderer: &Renderer, name: &'static str) -> OutputFile {
    let files = ThemeFiles::new(&renderer.tree, &renderer.site.config.theme);
    let file = files.get(&format!("icons/{name}"));
    let bytes = file.and_then(|file| renderer.tree.get(file)).unwrap_or_else(|| Vec::new().into());
    let path = path(&Route::Data(Data::Icon(name)), &renderer.site);
    OutputFile { bytes, media_type: media_type(&path), immutable: false }
}

fn manifest(renderer: &Renderer, locale: LocaleIx) -> ManifestData<'_> {
    let config = &renderer.site.config;
    let view = renderer.locale_view(locale);
    let icon = renderer.assets.named("icon.svg").map(|path| format!("{}{}", config.base_path(), path.address()));
    let drawn = icon.into_iter().map(|src| IconData { src, sizes: "any", media_type: "image/svg+xml", purpose: None });
    let sizes = [("icon-192.png", "192x192", None), ("icon-512.png", "512x512", None)];
    let all =
        sizes.into_iter().chain([("maskable-512.png", "512x512", Some("maskable"))]).map(|(name, sizes, purpose)| {
            let src = renderer.address(&Route::Data(Data::Icon(name)));
            IconData { src, sizes, media_type: "image/png", purpose }
        });
    ManifestData {
        name: config.title.get(locale),
        lang: view.tag,
        dir: view.dir,
        start_url: renderer.address(&Route::Home(locale)),
        scope: config.base_path(),
        display: "browser",
        icons: drawn.chain(all).collect(),
    }
}
