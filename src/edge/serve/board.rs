//! The desk: the whole site at a glance, and what is wrong with it, each leading to the page and to the line.

use std::collections::BTreeMap;

use super::bar::{counts, host};
use super::spots::Spots;
use super::state::Shown;
use super::{Preview, desk_link, timeline};
use crate::diag::emit::{Format, render};
use crate::diag::{Diagnostic, Severity, Span};
use crate::model::guide::{GuideKey, Text};
use crate::model::locale::{Locale, LocaleIx};
use crate::model::site::Site;
use crate::plan::{Route, path};
use crate::render::Renderer;
use crate::render::escape::escape;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};

use super::translation::Translation;

/// How many findings are shown with their text; of a site that is all wrong, the first are enough to begin with.
const MOST: usize = 200;

/// The desk.
#[must_use]
pub fn page(preview: &Preview, shown: &Shown) -> String {
    let site = shown.good.as_ref().and_then(|good| good.renderer()).map(Renderer::site);
    let title = site.map_or("", |site| site.config.title.get(site.config.source_locale).as_str());
    let (errors, warnings) = shown.counts();
    let mut body = format!(
        "<header><h1>Desk</h1><p>{}</p><p>{}</p></header>",
        site.map_or_else(String::new, |site| {
            let base = escape(site.config.base_path());
            format!("<a href=\"{base}\">{}</a>, as of {}", escape(title), site.as_of)
        }),
        counts(errors, warnings)
    );
    body.push_str(&findings(preview, shown));
    if let (Some(site), Some(good)) = (site, &shown.good) {
        body.push_str(&grid(preview, shown, (site, &good.tree)));
        body.push_str(&timeline::section(preview, site, &mut Spots::new(&good.tree)));
    }
    body.push_str(&host(("", &shown.edition()), ""));
    document(&format!("Desk – {title}"), &body)
}

/// What is wrong, alone: what pages show above themselves.
#[must_use]
pub fn findings_only(preview: &Preview, shown: &Shown) -> String {
    document("What is wrong", &findings(preview, shown))
}

/// What is wrong, in the place of a page that cannot be made.
#[must_use]
pub fn broken(preview: &Preview, shown: &Shown, (page, seen): (&str, &str)) -> String {
    let body = format!(
        "<header><h1>This page cannot be made</h1><p>It appears here as soon as what is below is mended.</p></header>{}{}",
        findings(preview, shown),
        host((page, seen), "")
    );
    document("This page cannot be made", &body)
}

fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; \
         form-action 'none'\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\">\
         <title>{}</title><link rel=\"stylesheet\" href=\"/_desk/desk.css\"></head><body class=\"desk\"><main>{body}</main>\
         </body></html>",
        escape(title)
    )
}

/// Files with what is wrong in each as a row of marks, then every finding as the terminal tells it.
fn findings(preview: &Preview, shown: &Shown) -> String {
    let all: Vec<&Diagnostic> = shown.findings().collect();
    if all.is_empty() {
        return "<section id=\"findings\"><h2>Findings</h2><p>Nothing wrong was found.</p></section>".into();
    }
    let tree = &shown.now.tree;
    let mut spots = Spots::new(tree);
    let mut rows: BTreeMap<SourcePath, String> = BTreeMap::new();
    let mut texts = String::new();
    for (at, found) in all.iter().enumerate() {
        let word = severity(found);
        let spot = spots.find(found.primary.place);
        let target = if at < MOST { format!("#f{at}") } else { "#more".into() };
        let headline = escape(&found.headline);
        rows.entry(spot.file.clone()).or_default().push_str(&format!(
            "<a class=\"mark {word}\" href=\"{target}\" aria-label=\"{word}: {headline}\" title=\"{headline}\"></a>"
        ));
        if at < MOST {
            texts.push_str(&finding(preview, shown, (at, found), &mut spots));
        }
    }
    if all.len() > MOST {
        texts.push_str(&format!("<p id=\"more\">and {} more; `rahnuma check` tells them all</p>", all.len() - MOST));
    }
    let row = |(file, marks): (SourcePath, String)| {
        let link = desk_link(preview, &spots.find(Span::file(tree.id(&file))), file.as_str());
        format!("<li>{link}<span class=\"marks\">{marks}</span></li>")
    };
    let rows: String = rows.into_iter().map(row).collect();
    format!("<section id=\"findings\"><h2>Findings</h2><ul class=\"files\">{rows}</ul>{texts}</section>")
}

fn severity(found: &Diagnostic) -> &'static str {
    match found.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// One finding: its places as links, and the terminal's text.
fn finding(preview: &Preview, shown: &Shown, (at, found): (usize, &Diagnostic), spots: &mut Spots<'_>) -> String {
    let text = render(std::slice::from_ref(found), &shown.now.tree, Format::Human { colour: false });
    let places = std::iter::once(&found.primary).chain(&found.related);
    let links: Vec<String> = places.map(|label| desk_link(preview, &spots.find(label.place), "")).collect();
    let page = shown.good.as_ref().and_then(|good| {
        let site = good.renderer()?.site();
        // Numbers of files are those of their tree.
        let route = route_of(site, &good.tree, shown.now.tree.path(found.primary.place.file))?;
        Some(format!(
            "<a href=\"{}{}\">page</a>",
            escape(site.config.base_path()),
            escape(path(&route, site).address())
        ))
    });
    let links: Vec<String> = links.into_iter().chain(page).collect();
    format!(
        "<article class=\"finding {}\" id=\"f{at}\"><pre>{}</pre><p>{}</p></article>",
        severity(found),
        escape(text.trim_end()),
        links.join(" ")
    )
}

/// The page that a source file is for.
fn route_of(site: &Site, tree: &SourceTree, file: &SourcePath) -> Option<Route> {
    let number = tree.id(file);
    let known = number != FileId::SITE;
    let named = |texts: &BTreeMap<LocaleIx, Text>| {
        texts.iter().find(|(_, text)| known && text.place.file == number).map(|(locale, _)| *locale)
    };
    let guides = site.guides.values().find_map(|guide| Some(Route::Guide(named(&guide.texts)?, guide.key.clone())));
    let pages = || site.pages.values().find_map(|page| Some(Route::Page(named(&page.texts)?, page.id.clone())));
    let own = site.config.source_locale;
    let carriers = || {
        let carrier = site.carriers.values().find(|carrier| known && carrier.place.file == number)?;
        Some(Route::Carrier(own, carrier.id.clone()))
    };
    let general = || (file.as_str() == layout::NATIONAL).then_some(Route::General(own));
    let sources = || (file.as_str() == layout::SOURCES).then_some(Route::Sources(own));
    guides.or_else(pages).or_else(carriers).or_else(general).or_else(sources)
}

/// Guides by locales: a square each, which leads to the page; the name leads to the file.
fn grid(preview: &Preview, shown: &Shown, (site, tree): (&Site, &SourceTree)) -> String {
    let mut wrong: BTreeMap<&SourcePath, Severity> = BTreeMap::new();
    for found in shown.findings() {
        let gravest = wrong.entry(shown.now.tree.path(found.primary.place.file)).or_insert(found.severity());
        *gravest = (*gravest).min(found.severity());
    }
    let mut sections: BTreeMap<&str, String> = BTreeMap::new();
    for (key, guide) in &site.guides {
        let found = |ix| guide.texts.get(&ix).and_then(|text| wrong.get(tree.path(text.place.file))).copied();
        let cell = |(ix, _)| cell(site, (key, &guide.texts), ix, found(ix));
        let cells: String = site.config.locales().map(cell).collect();
        let own = guide.texts.get(&site.config.source_locale).or_else(|| guide.texts.values().next());
        let mut spots = Spots::new(tree);
        let name = own.map_or_else(String::new, |text| desk_link(preview, &spots.find(text.place), key.guide.as_str()));
        let row = format!("<tr>{cells}<th scope=\"row\">{name}</th></tr>");
        sections.entry(key.section.as_str()).or_default().push_str(&row);
    }
    let head = |(_, locale): (_, &Locale)| {
        format!("<th scope=\"col\" title=\"{}\">{}</th>", escape(&locale.name), escape(locale.id.as_str()))
    };
    let head: String = site.config.locales().map(head).collect();
    let table = |(section, rows): (&str, String)| {
        format!(
            "<table><caption>{section}</caption><thead><tr>{head}<td></td></tr></thead><tbody>{rows}</tbody></table>"
        )
    };
    let tables: String = sections.into_iter().map(table).collect();
    format!(
        "<section id=\"guides\"><h2>Guides by language</h2><p class=\"key\"><span class=\"cell source\"></span> source \
         <span class=\"cell written\"></span> written <span class=\"cell stale\"></span> stale \
         <span class=\"cell draft\"></span> draft \
         <span class=\"cell missing\"></span> missing \
         <span class=\"cell written warning\"></span> warning <span class=\"cell written error\"></span> error</p>\
         <div class=\"grids\">{tables}</div></section>"
    )
}

fn cell(
    site: &Site,
    (key, texts): (&GuideKey, &BTreeMap<LocaleIx, Text>),
    locale: LocaleIx,
    found: Option<Severity>,
) -> String {
    let state = Translation::of(site, texts, locale).name();
    let found = match found {
        Some(Severity::Error) => " error",
        Some(Severity::Warning) => " warning",
        None => "",
    };
    let route = Route::Guide(locale, key.clone());
    let words = format!("{key} in {}: {state}{}", site.config.locale(locale).id, found.replace(' ', ", "));
    format!(
        "<td><a class=\"cell {state}{found}\" href=\"{}{}\" aria-label=\"{words}\" title=\"{words}\"></a></td>",
        escape(site.config.base_path()),
        escape(path(&route, site).address())
    )
}
