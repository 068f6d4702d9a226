//! What a preview adds below a page: the bar with its files, its languages and what is due. It stands in a tree of its own, so that
//! neither the theme's styles reach it nor its own the page.

use super::answer::fingerprint;
use super::spots::Spots;
use super::state::Shown;
use super::subject::Subject;
use super::translation::Translation;
use super::{Preview, desk_link};
use crate::model::locale::Locale;
use crate::model::site::Site;
use crate::plan::{Route, path};
use crate::render::escape::escape;
use crate::source::path::SitePath;

/// A page with the bar below it.
#[must_use]
pub fn below(preview: &Preview, shown: &Shown, page: &SitePath, html: &[u8]) -> Vec<u8> {
    let mut all = html.to_vec();
    all.extend_from_slice(host((page.as_str(), &fingerprint(shown, page)), &bar(preview, shown, page)).as_bytes());
    all
}

/// The element that listens for news, with what it shows.
#[must_use]
pub fn host((page, seen): (&str, &str), inside: &str) -> String {
    format!(
        "<rahnuma-desk data-page=\"{}\" data-seen=\"{}\"><template shadowrootmode=\"open\">\
         <link rel=\"stylesheet\" href=\"/_desk/desk.css\">{inside}<dialog lang=\"en\" dir=\"ltr\" aria-label=\"What is wrong\">\
         </dialog></template></rahnuma-desk><script src=\"/_desk/desk.js\" defer></script>",
        escape(page),
        escape(seen)
    )
}

fn bar(preview: &Preview, shown: &Shown, page: &SitePath) -> String {
    let (errors, warnings) = shown.counts();
    let parts = shown.good.as_ref().and_then(|good| {
        let (site, route) = (good.renderer()?.site(), good.route(page)?);
        let subject = Subject::of(site, &good.tree, route);
        let mut spots = Spots::new(&good.tree);
        Some([
            files(preview, &mut spots, &subject),
            languages(site, route, &subject),
            overdue(preview, &mut spots, site, &subject),
        ])
    });
    let day = shown.good.as_ref().and_then(|good| Some(good.renderer()?.site().as_of.to_string()));
    format!(
        "<aside class=\"bar\" lang=\"en\" dir=\"ltr\" aria-label=\"Preview\"><p><strong>Preview</strong>, as of {}</p>{}\
         <p><a class=\"counts\" href=\"/_desk/#findings\">{}</a> <button type=\"button\" class=\"open\" hidden>Show</button></p>\
         <p><a href=\"/_desk/\">Desk</a></p></aside>",
        day.unwrap_or_default(),
        parts.unwrap_or_default().concat(),
        counts(errors, warnings)
    )
}

/// How much is wrong, in words.
#[must_use]
pub fn counts(errors: usize, warnings: usize) -> String {
    let some = |count: usize, what: &str| if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") };
    format!("{}, {}", some(errors, "error"), some(warnings, "warning"))
}

/// The page's own file, and on demand its others and its steps by line.
fn files(preview: &Preview, spots: &mut Spots<'_>, subject: &Subject<'_>) -> String {
    let mut files = subject.files.iter().map(|place| desk_link(preview, &spots.find(*place), ""));
    let own = files.next().unwrap_or_default();
    let more = files.fold(String::new(), |all, link| all + "<li>" + &link + "</li>");
    let step = |(id, place)| {
        let spot = spots.find(place);
        format!("<li data-id=\"{}\">{}</li>", escape(id), desk_link(preview, &spot, &format!("#{id}")))
    };
    let steps: Vec<(&str, _)> = subject.steps.iter().map(|(id, place)| (id.as_str(), *place)).collect();
    let steps: String = steps.into_iter().map(step).collect();
    let list = format!("{more}{steps}");
    if list.is_empty() {
        return format!("<p class=\"own\">{own}</p>");
    }
    format!("<p class=\"own\">{own}</p><details><summary>Lines</summary><ul>{list}</ul></details>")
}

/// The page in every locale: where it is written, and where it is not.
fn languages(site: &Site, route: &Route, subject: &Subject<'_>) -> String {
    let Some(texts) = subject.texts else { return String::new() };
    let cell = |(ix, locale): (_, &Locale)| {
        let state = Translation::of(site, texts, ix).name();
        let there = route.in_locale(ix).map(|route| path(&route, site));
        let address = there.map_or_else(String::new, |path| format!("{}{}", site.config.base_path(), path.address()));
        let current = if route.locale() == Some(ix) { " aria-current=\"page\"" } else { "" };
        format!(
            "<li><a class=\"cell {state}\" href=\"{}\"{current}>{} <span>{state}</span></a></li>",
            escape(&address),
            escape(locale.id.as_str())
        )
    };
    format!("<ul class=\"locales\">{}</ul>", site.config.locales().map(cell).collect::<String>())
}

fn overdue(preview: &Preview, spots: &mut Spots<'_>, site: &Site, subject: &Subject<'_>) -> String {
    let late = subject.overdue(site);
    if late.is_empty() {
        return String::new();
    }
    let count = late.len();
    let mut rows = String::new();
    for (fact, day, place) in late {
        let link = desk_link(preview, &spots.find(place), &fact.key.to_string());
        rows.push_str(&format!("<li>{link}, due {day}</li>"));
    }
    let facts = if count == 1 { "fact" } else { "facts" };
    format!("<details class=\"late\"><summary>{count} {facts} overdue</summary><ul>{rows}</ul></details>")
}
