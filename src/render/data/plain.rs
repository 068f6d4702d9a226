//! Plain text that programs read: what they may read, what the site has for them, and whom to tell of a hole in it.

use super::super::Renderer;
use crate::model::locale::LocaleIx;
use crate::model::site::Security;
use crate::plan::{Data, Route};

/// `robots.txt`.
#[must_use]
pub fn robots(renderer: &Renderer) -> String {
    if renderer.site.config.preview {
        return "User-agent: *\nDisallow: /\n".into();
    }
    let sitemap = renderer.full_address(&Route::Data(Data::Sitemap));
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")
}

/// `.well-known/security.txt`, RFC 9116. Its end is what `site.yaml` says, so that somebody has to look at it again.
#[must_use]
pub fn security(renderer: &Renderer, security: &Security) -> String {
    let config = &renderer.site.config;
    let languages: Vec<&str> = config.locales.iter().map(|locale| locale.tag.as_str()).collect();
    let canonical = renderer.full_address(&Route::Data(Data::Security));
    format!(
        "Contact: {}\nExpires: {}T00:00:00Z\nPreferred-Languages: {}\nCanonical: {canonical}\n",
        security.contact,
        security.expires,
        languages.join(", ")
    )
}

/// How many guides are named one by one; of more, their lists are.
const MOST_GUIDES: usize = 500;

/// `llms.txt`: what the site has, as Markdown for language models, in the source locale.
#[must_use]
pub fn llms(renderer: &Renderer) -> String {
    let site = &renderer.site;
    let source = site.config.source_locale;
    let mut text = format!(
        "# {}\n\n> {}\n\nEvery value has its sources, its confidence and the day it was checked; say that day when you repeat one. The data below are the same values for programs.\n",
        line(site.config.title.get(source)),
        line(site.config.description.get(source))
    );
    let few = site.guides.len() <= MOST_GUIDES;
    let sections = site.sections().into_iter().map(|section| {
        let name = match site.carriers.get(section) {
            Some(carrier) => carrier.name.get(source).clone(),
            None => renderer.words_of(source).text("page.general", &[]),
        };
        let list = Data::Guides(section.clone());
        let links: Vec<String> = if few {
            renderer.guides_of(section, source).iter().map(|link| entry(renderer, link)).collect()
        } else {
            vec![format!("- [{}]({})\n", line(&name), renderer.full_address(&Route::Data(list)))]
        };
        format!("\n## {}\n\n{}", line(&name), links.concat())
    });
    text.extend(sections);
    text.push_str("\n## Data\n\n");
    for (name, route) in data(renderer, source) {
        text.push_str(&format!("- [{name}]({})\n", renderer.full_address(&route)));
    }
    text
}

fn data(renderer: &Renderer, source: LocaleIx) -> [(String, Route); 3] {
    let page = |title: &str| line(&renderer.words_of(source).text(title, &[]));
    [
        ("Index of the facts, carriers and guides as JSON".into(), Route::Data(Data::Index)),
        (page("page.changes"), Route::Data(Data::Feed(source))),
        (page("page.sources"), Route::Sources(source)),
    ]
}

fn entry(renderer: &Renderer, link: &crate::view::LinkView) -> String {
    let config = &renderer.site.config;
    let origin = config.base_url.strip_suffix(config.base_path()).unwrap_or_default();
    format!("- [{}]({origin}{}): {}\n", line(&link.text), link.url, line(&link.summary))
}

/// Text on one line, in which brackets mean nothing.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace('[', "(").replace(']', ")")
}
