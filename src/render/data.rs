//! Files that programs read: the worker, what it saves, manifests, feeds, facts, the sitemap.

use serde_json::{Value as Json, json};

use super::escape::escape;
use super::pages::overviews;
use super::{OutputFile, Renderer, Weights, sent};
use crate::diag::Diagnostic;
use crate::hash::Hasher;
use crate::model::fact::{Fact, Reading};
use crate::model::id::Id;
use crate::model::locale::{Direction, LocaleIx};
use crate::model::site::Site;
use crate::model::value::{Amount, SmsText, Value};
use crate::path::SitePath;
use crate::plan::{Data, Route, path};

/// The file's contents.
///
/// # Errors
/// When a template fails that the list of saved pages needs.
pub fn file(renderer: &Renderer, data: &Data, known: &Weights) -> Result<OutputFile, Box<Diagnostic>> {
    let (text, media_type) = match data {
        Data::Worker => (renderer.worker.clone(), "text/javascript; charset=utf-8"),
        Data::Saved(locale) => (saved(renderer, *locale, known)?.to_string(), "application/json"),
        Data::Manifest(locale) => (manifest(renderer, *locale).to_string(), "application/manifest+json"),
        Data::Feed(locale) => (feed(renderer, *locale), "application/atom+xml; charset=utf-8"),
        Data::Facts(owner) => (facts(renderer, owner).to_string(), "application/json"),
        Data::Sitemap => (sitemap(renderer), "application/xml; charset=utf-8"),
        Data::Robots => (robots(renderer), "text/plain; charset=utf-8"),
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
    routes.extend(site.own_pages().map(|page| Route::Page(locale, page.id.clone())));
    routes
}

impl Renderer {
    /// What a device keeps of a locale: its pages and all they are shown with.
    pub(crate) fn kept(&self, locale: LocaleIx) -> Vec<(SitePath, Route)> {
        let rtl = self.words_of(locale).direction == Direction::Rtl;
        let pages = pages(&self.site, locale).into_iter().map(|route| (path(&route, &self.site), route));
        let assets = self.assets.list.iter().enumerate().map(|(at, asset)| (asset.path.clone(), Route::Asset(at)));
        // A font serves right-to-left pages only, and licences are not shown.
        let shown = assets.filter(|(path, _)| match path.extension() {
            "txt" => false,
            "woff2" => rtl,
            _ => true,
        });
        pages.chain(shown).collect()
    }
}

/// Every file a device keeps with a hash of its contents, so that only what changed is fetched again.
fn saved(renderer: &Renderer, locale: LocaleIx, known: &Weights) -> Result<Json, Box<Diagnostic>> {
    let base = renderer.site.config.base_path();
    let mut files = Vec::new();
    let mut all = Hasher::default();
    let mut weights = Vec::new();
    for (path, route) in renderer.kept(locale) {
        let weight = match known.get(&path) {
            Some(weight) => weight.clone(),
            None => renderer.weigh(&path, &renderer.render(&route, known)?),
        };
        all.add_hash(weight.hash);
        files.push(json!([format!("{base}{}", path.address()), weight.hash.to_string()]));
        weights.push(weight);
    }
    let version = all.finish().to_string();
    Ok(json!({"v": version, "built": renderer.site.as_of.to_string(), "bytes": sent(&weights), "files": files}))
}

fn manifest(renderer: &Renderer, locale: LocaleIx) -> Json {
    let view = renderer.locale_view(locale);
    let start = renderer.address(&Route::Home(locale));
    let icon =
        renderer.assets.named("icon.svg").map(|path| format!("{}{}", renderer.site.config.base_path(), path.address()));
    let icons: Vec<Json> =
        icon.into_iter().map(|src| json!({"src": src, "sizes": "any", "type": "image/svg+xml"})).collect();
    json!({
        "name": renderer.site.config.title.get(locale),
        "lang": view.tag,
        "dir": view.dir,
        "start_url": start,
        "scope": renderer.site.config.base_path(),
        "display": "browser",
        "icons": icons,
    })
}

fn feed(renderer: &Renderer, locale: LocaleIx) -> String {
    let site = &renderer.site;
    let page = renderer.full_address(&Route::Changes(locale));
    let own = renderer.full_address(&Route::Data(Data::Feed(locale)));
    let title = renderer.words_of(locale).text("page.changes", &[]);
    let mut entries = String::new();
    for change in overviews::entries(renderer, locale) {
        let name = if change.fact.owner.is_empty() {
            change.fact.label.clone()
        } else {
            format!("{}: {}", change.fact.owner, change.fact.label)
        };
        entries.push_str(&format!(
            "<entry><id>{page}#{0}</id><title>{1}</title><updated>{2}T00:00:00Z</updated><link href=\"{page}#{0}\"/><content type=\"html\">{3}</content></entry>",
            change.anchor,
            escape(&name),
            change.day.iso,
            escape(&format!("<p>{} → {}</p>", change.old_html, change.new_html)),
        ));
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\"><id>{own}</id><title>{} – {}</title><updated>{}T00:00:00Z</updated><link rel=\"self\" href=\"{own}\"/><link href=\"{page}\"/><author><name>{2}</name></author>{entries}</feed>",
        renderer.locale_view(locale).tag,
        escape(&title),
        escape(site.config.title.get(locale)),
        site.as_of,
    )
}

fn sitemap(renderer: &Renderer) -> String {
    let site = &renderer.site;
    let mut urls = String::new();
    for (locale, _) in site.config.locales() {
        for route in pages(site, locale).into_iter().filter(|route| !matches!(route, Route::Offline(_))) {
            let written = written(renderer, &route);
            if !written.contains(&locale) {
                continue; // a borrowed page is no page of its own
            }
            let mut alternates = String::new();
            for &ix in &written {
                let (tag, address) = (&site.config.locale(ix).tag, renderer.full_address(&in_locale(&route, ix)));
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

/// Locales that have a page of their own.
fn written(renderer: &Renderer, route: &Route) -> Vec<LocaleIx> {
    let texts = match route {
        Route::Guide(_, key) => renderer.site.guides.get(key).map(|guide| &guide.texts),
        Route::Page(_, id) => renderer.site.pages.get(id).map(|page| &page.texts),
        _ => None,
    };
    texts.map_or_else(|| renderer.all_locales(), |texts| texts.keys().copied().collect())
}

fn in_locale(route: &Route, locale: LocaleIx) -> Route {
    match route {
        Route::Guide(_, key) => Route::Guide(locale, key.clone()),
        Route::Page(_, id) => Route::Page(locale, id.clone()),
        Route::Carrier(_, id) => Route::Carrier(locale, id.clone()),
        Route::General(_) => Route::General(locale),
        Route::Sources(_) => Route::Sources(locale),
        Route::Compare(_) => Route::Compare(locale),
        Route::Changes(_) => Route::Changes(locale),
        _ => Route::Home(locale),
    }
}

fn robots(renderer: &Renderer) -> String {
    let sitemap =
        format!("{}{}", renderer.site.config.base_url, path(&Route::Data(Data::Sitemap), &renderer.site).address());
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")
}

/// The facts of a carrier or of the nation as data, with their dates, so that others can use them.
fn facts(renderer: &Renderer, owner: &Id) -> Json {
    let own = renderer.site.facts.values().filter(|fact| fact.key.owner == *owner);
    let name = renderer.site.carriers.get(owner).map(|carrier| texts(renderer, &carrier.name));
    json!({
        "schema": 1,
        "owner": owner.as_str(),
        "name": name,
        "as_of": renderer.site.as_of.to_string(),
        "facts": own.map(|fact| fact_data(renderer, fact)).collect::<Vec<_>>(),
    })
}

fn texts(renderer: &Renderer, text: &crate::model::locale::Localized<String>) -> Json {
    text.iter()
        .map(|(ix, text)| (renderer.site.config.locale(ix).id.as_str().to_owned(), json!(text)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn fact_data(renderer: &Renderer, fact: &Fact) -> Json {
    json!({
        "id": fact.key.fact.as_str(),
        "label": texts(renderer, &fact.label),
        "kind": fact.kind.name(),
        "risk": fact.risk.name(),
        "conflict": fact.conflict,
        "readings": fact.readings.iter().map(|reading| reading_data(renderer, reading)).collect::<Vec<_>>(),
    })
}

fn reading_data(renderer: &Renderer, reading: &Reading) -> Json {
    let sources = reading.sources.iter().map(|source| json!({"id": source.id.as_str(), "publisher": source.publisher, "title": source.title, "url": source.url}));
    json!({
        "value": value(renderer, &reading.value),
        "from": reading.from.map(|day| day.to_string()),
        "until": reading.until.map(|day| day.to_string()),
        "confidence": reading.confidence.name(),
        "checked": reading.checked.to_string(),
        "note": reading.note.as_ref().map(|note| texts(renderer, note)),
        "sources": sources.collect::<Vec<_>>(),
    })
}

fn value(renderer: &Renderer, value: &Value) -> Json {
    let network = value.network().map(Id::as_str);
    match value {
        Value::Phone { number, international, .. } => {
            json!({"number": number, "network": network, "international": international})
        }
        Value::Ussd { code, .. } => json!({"code": code, "network": network}),
        Value::Sms { to, text: SmsText::Literal(text), .. } => json!({"to": to, "send": text, "network": network}),
        Value::Sms { to, text: SmsText::Described(text), .. } => {
            json!({"to": to, "describe": texts(renderer, text), "network": network})
        }
        Value::Money { currency, amount } => with(amount_data(*amount), "currency", json!(currency)),
        Value::Duration { unit, amount } => with(amount_data(*amount), "unit", json!(unit.name())),
        Value::Count { amount, of } => {
            with(amount_data(*amount), "of", json!(of.as_ref().map(|of| texts(renderer, of))))
        }
        Value::Percentage(amount) => amount_data(*amount),
        Value::Date(date) => json!(date.to_string()),
        Value::YesNoDepends { answer, detail } => {
            json!({"answer": format!("{answer:?}").to_lowercase(), "detail": detail.as_ref().map(|detail| texts(renderer, detail))})
        }
        Value::Url(text) | Value::Email(text) => json!(text),
        Value::Documents(documents) => documents
            .iter()
            .map(|document| json!({"id": document.id.as_str(), "label": texts(renderer, &document.label)}))
            .collect(),
        Value::Text(text) => texts(renderer, text),
        Value::Unknown { ask } => json!({"unknown": true, "ask": texts(renderer, ask)}),
    }
}

/// Amounts are strings: decimals stay exact.
fn amount_data(amount: Amount) -> Json {
    match amount {
        Amount::Exact(number) => json!({"exact": number.to_string()}),
        Amount::AtMost(number) => json!({"at_most": number.to_string()}),
        Amount::AtLeast(number) => json!({"at_least": number.to_string()}),
        Amount::Between(from, to) => json!({"from": from.to_string(), "to": to.to_string()}),
    }
}

fn with(mut object: Json, key: &str, value: Json) -> Json {
    object[key] = value;
    object
}
