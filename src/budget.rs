//! What a site may weigh on its way to a phone in a shop's basement, gzip-compressed as hosts send it.

use rayon::prelude::*;

use crate::compile::Compiled;
use crate::diag::{Code, Diagnostic, Span};
use crate::model::body::{Prose, Resolved};
use crate::model::budget::{KB, Limit};
use crate::model::fact::Fact;
use crate::model::guide::Text;
use crate::model::id::Id;
use crate::model::locale::{Direction, LocaleIx};
use crate::model::translation::Stale;
use crate::plan::Route;
use crate::render::{Renderer, Summary, compressed, sent};
use crate::source::path::SitePath;

/// Something weighed against its budget.
struct Weighed {
    what: String,
    sent: usize,
    limit: usize,
    place: Span,
    advice: String,
}

/// Whatever is over its budget, as far as it was weighed.
#[must_use]
pub fn findings(compiled: &Compiled, summary: &Summary) -> Vec<Diagnostic> {
    let Some(renderer) = compiled.renderer() else { return Vec::new() };
    let pages = compiled.routes().filter_map(|(path, route)| Some((route, page(renderer, path, route, summary)?)));
    let pages = pages.filter(|(route, page)| !is_noticed(renderer, route, page.sent)).map(|(_, page)| page);
    let assets = assets(renderer, summary).into_iter().chain(words(renderer, summary));
    let all = pages.chain(kept(renderer, summary)).chain(assets);
    all.filter(|weighed| weighed.sent > weighed.limit).map(finding).collect()
}

/// Whatever is over its budget, to the byte: pages that nobody weighed are, where they could be over.
#[must_use]
pub fn all_findings(compiled: &Compiled, summary: &Summary) -> Vec<Diagnostic> {
    let Some(renderer) = compiled.renderer() else { return Vec::new() };
    let routes: Vec<_> = compiled.routes().collect();
    let unweighed = routes.into_par_iter().filter_map(|(path, route)| {
        let file = summary.get(path).filter(|file| file.sent.is_none() && is_page(route))?;
        let limit = limit_of(renderer, route);
        let file = (file.bytes > limit).then(|| compiled.render(path).ok()).flatten()?;
        let sent = compressed(&file.bytes);
        let is_told = sent > limit && !is_noticed(renderer, route, sent);
        is_told.then(|| finding(weighed_page(renderer, path, route, sent)))
    });
    let mut found: Vec<Diagnostic> = unweighed.collect();
    found.extend(findings(compiled, summary));
    found
}

/// The heaviest of each kind against its budget, in a line.
#[must_use]
pub fn report(compiled: &Compiled, summary: &Summary) -> String {
    let Some(renderer) = compiled.renderer() else { return String::new() };
    let heaviest = heaviest_page(renderer, compiled, summary).map(|(_, page)| page);
    let words = words(renderer, summary).into_iter().max_by_key(|words| words.sent * KB / words.limit);
    let all = heaviest.into_iter().chain(assets(renderer, summary)).chain(words).chain(kept(renderer, summary));
    let parts: Vec<String> =
        all.map(|each| format!("{} {} of {} KB", each.what, kilobytes(each.sent), whole(each.limit))).collect();
    format!("sent compressed: {}", parts.join(", "))
}

/// The page that has the largest part of its budget, the heaviest style sheet and the heaviest script.
#[must_use]
pub fn heaviest(compiled: &Compiled, summary: &Summary) -> Vec<SitePath> {
    let Some(renderer) = compiled.renderer() else { return Vec::new() };
    let page = heaviest_page(renderer, compiled, summary).map(|(path, _)| path.clone());
    let assets: Vec<SitePath> = renderer.asset_paths().into_iter().map(|(path, _)| path).collect();
    let of = |extension: &str| {
        let own = assets.iter().filter(|path| path.extension() == extension);
        own.max_by_key(|path| sent(summary.get(path))).cloned()
    };
    [page, of("css"), of("js")].into_iter().flatten().collect()
}

/// The page that has the largest part of its budget.
fn heaviest_page<'a>(
    renderer: &Renderer,
    compiled: &'a Compiled,
    summary: &Summary,
) -> Option<(&'a SitePath, Weighed)> {
    let pages = compiled.routes().filter_map(|(path, route)| Some((path, page(renderer, path, route, summary)?)));
    pages.max_by_key(|(_, page)| page.sent * KB / page.limit)
}

fn finding(weighed: Weighed) -> Diagnostic {
    let Weighed { what, sent, limit, place, advice } = weighed;
    Diagnostic::new(
        Code::OverBudget,
        place,
        format!("{what}: {} KB to send, and no more than {} KB should be", kilobytes(sent), whole(limit)),
    )
    .help(advice)
}

/// With one decimal, rounded up: what is over its budget never looks as if it were not.
#[must_use]
pub fn kilobytes(bytes: usize) -> String {
    let tenths = (bytes * 10).div_ceil(KB);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Without tenths where there are none.
fn whole(bytes: usize) -> String {
    let said = kilobytes(bytes);
    said.strip_suffix(".0").unwrap_or(&said).to_owned()
}

fn page(renderer: &Renderer, path: &SitePath, route: &Route, summary: &Summary) -> Option<Weighed> {
    let sent = summary.get(path).filter(|_| is_page(route))?.sent?;
    Some(weighed_page(renderer, path, route, sent))
}

fn is_page(route: &Route) -> bool {
    !matches!(route, Route::Asset(_) | Route::Data(_))
}

fn limit_of(renderer: &Renderer, route: &Route) -> usize {
    let config = &renderer.site().config;
    let direction = config.locale(route.locale().unwrap_or(config.source_locale)).direction;
    let limit = if matches!(route, Route::Guide(..)) { config.budgets.guide } else { config.budgets.page };
    limit.of(direction)
}

fn weighed_page(renderer: &Renderer, path: &SitePath, route: &Route, sent: usize) -> Weighed {
    let limit = limit_of(renderer, route);
    let added = if is_little_more(sent, limit) { added(renderer, route) } else { None };
    Weighed {
        what: format!("the page /{}", path.address()),
        sent,
        limit,
        place: place(renderer, route),
        advice: added.unwrap_or("people open it in shops with a weak signal: split the text, or say less").into(),
    }
}

/// A little more than its budget may be what the program itself adds to a page for a time.
fn is_little_more(sent: usize, limit: usize) -> bool {
    sent <= limit + limit / 10
}

/// Whether a page is over its budget, if it is, because of notices on texts whose source changed or on facts whose review is overdue: that
/// is told, and they go with it.
fn is_noticed(renderer: &Renderer, route: &Route, sent: usize) -> bool {
    fn is_stale(prose: &Prose, stale: &Stale) -> bool {
        let of_fragment = |resolved: &Resolved| matches!(resolved, Resolved::Fragment(it) if is_stale(it, stale));
        stale.contains_key(&prose.body.file) || prose.resolved.iter().any(of_fragment)
    }
    let site = renderer.site();
    let is_overdue = |fact: &Fact| {
        let from = fact.due(site.config.review_days);
        from.is_some_and(|from| from <= site.as_of)
    };
    let bears_notices =
        |text: &Text| is_stale(&text.prose, &site.stale) || text.prose.facts().into_iter().any(|fact| is_overdue(fact));
    is_little_more(sent, limit_of(renderer, route)) && text(renderer, route).is_some_and(bears_notices)
}

/// What is to be done of what a page says for a time, if anything: no text has to be cut for it.
fn added(renderer: &Renderer, route: &Route) -> Option<&'static str> {
    let site = renderer.site();
    let text = text(renderer, route)?;
    let changes = || text.prose.facts().iter().any(|fact| fact.times(site.as_of).len() > 1);
    changes().then_some(
        "what it says of a change that is to come is a part of it, and goes on its day: cut no text for that",
    )
}

/// The text of a page, or the file that describes the site.
fn place(renderer: &Renderer, route: &Route) -> Span {
    text(renderer, route).map_or(Span::SITE, |text| Span::file(text.place.file))
}

fn text<'a>(renderer: &'a Renderer, route: &Route) -> Option<&'a Text> {
    let site = renderer.site();
    match route {
        Route::Guide(locale, key) => site.guides.get(key).and_then(|guide| guide.texts.get(locale)),
        Route::Page(locale, id) => site.pages.get(id).and_then(|page| page.texts.get(locale)),
        _ => None,
    }
}

/// What every reader of a locale keeps, with the heaviest of what carriers add.
fn kept(renderer: &Renderer, summary: &Summary) -> Vec<Weighed> {
    let weighed = |locale: LocaleIx, carrier: Option<&Id>| {
        sent(renderer.kept(locale, carrier).iter().filter_map(|(path, _)| summary.get(path)))
    };
    let of = |locale: LocaleIx, id: &str, direction: Direction| {
        Weighed {
        what: format!("kept offline in {id}"),
        sent: weighed(locale, None)
            + renderer.site().carriers.keys().map(|carrier| weighed(locale, Some(carrier))).max().unwrap_or_default(),
        limit: renderer.site().config.budgets.offline.of(direction),
        place: Span::SITE,
        advice: "a phone keeps the guides for every carrier and those of its own, often over mobile data: publish fewer, or shorter ones".into(),
    }
    };
    renderer.site().config.locales().map(|(ix, locale)| of(ix, locale.id.as_str(), locale.direction)).collect()
}

fn words(renderer: &Renderer, summary: &Summary) -> Vec<Weighed> {
    let of = |locale: LocaleIx, id: &str, direction: Direction| Weighed {
        what: format!("the words of scripts in {id}"),
        sent: sent(renderer.words_path(locale).and_then(|path| summary.get(path))),
        limit: renderer.site().config.budgets.words.of(direction),
        place: Span::SITE,
        advice: "say less in the theme's words.html, or in what situations ask to do first".into(),
    };
    renderer.site().config.locales().map(|(ix, locale)| of(ix, locale.id.as_str(), locale.direction)).collect()
}

fn assets(renderer: &Renderer, summary: &Summary) -> Vec<Weighed> {
    let config = &renderer.site().config;
    let words: Vec<_> = config.locales().filter_map(|(ix, _)| renderer.words_path(ix)).collect();
    // What editors copy is no part of the pages.
    let paths = renderer.asset_paths().into_iter().filter(|(_, copied)| copied.is_none());
    let paths: Vec<SitePath> = paths.map(|(path, _)| path).filter(|path| !words.contains(&path)).collect();
    let direction = config.locale(config.source_locale).direction;
    let of = |(extension, what, limit): (&str, &str, Limit)| {
        let files: Vec<&SitePath> = paths.iter().filter(|path| path.extension() == extension).collect();
        Weighed {
            what: what.to_owned(),
            sent: sent(files.iter().filter_map(|path| summary.get(path))),
            limit: limit.of(direction),
            place: Span::SITE,
            advice: assets_advice(&files, summary),
        }
    };
    let (styles, scripts, fonts) = (config.budgets.styles, config.budgets.scripts, config.budgets.fonts);
    [("css", "style sheets", styles), ("js", "scripts", scripts), ("woff2", "fonts", fonts)].map(of).into()
}

/// What to do about files that are too heavy together, with the heaviest of them.
fn assets_advice(files: &[&SitePath], summary: &Summary) -> String {
    let weight = |path: &SitePath| sent(summary.get(path));
    let heaviest = files.iter().map(|path| (weight(path), path)).max().filter(|_| files.len() > 1);
    let heaviest = heaviest.map(|(bytes, path)| format!("; the heaviest is {path}, {} KB", kilobytes(bytes)));
    format!("make the theme's files smaller{}; every first visit waits for them", heaviest.unwrap_or_default())
}
