//! Feeds of changes: Atom, well-formed whatever the texts hold.

use jiff::civil::Date;

use super::super::Renderer;
use super::super::escape::escape;
use super::super::pages::overviews;
use super::super::words::Words;
use crate::model::locale::LocaleIx;
use crate::plan::{Data, Route};
use crate::view::{ChangeView, FeedData, FeedEntryData};

/// The changes of the facts in a locale.
#[must_use]
pub fn feed(renderer: &Renderer, locale: LocaleIx) -> FeedData {
    let site = &renderer.site;
    let page = renderer.full_address(&Route::Changes(locale));
    let told = overviews::found(renderer).into_iter().map(|(_, change)| (change.learned(), change.told()));
    let words = renderer.words_of(locale);
    let changes = overviews::entries(renderer, locale).into_iter().zip(told);
    let mut entries: Vec<_> = changes.map(|(change, days)| entry(words, &change, days, &page)).collect();
    entries.sort_by(|a, b| b.updated.cmp(&a.updated));
    let name = words.text("page.changes", &[]);
    // Rebuilt on another day it is the same feed; before anything changed, it is as old as what was checked last.
    let checked = || site.facts.values().flat_map(|fact| &fact.readings).map(|reading| reading.checked).max();
    let updated = entries.first().map(|entry| entry.updated.clone()).or_else(|| checked().map(|day| day.to_string()));
    FeedData {
        tag: renderer.locale_view(locale).tag,
        own: renderer.full_address(&Route::Data(Data::Feed(locale))),
        page,
        title: words.text("page.title", &[("title", &name), ("site", site.config.title.get(locale))]),
        author: site.config.title.get(locale).clone(),
        updated: updated.unwrap_or_else(|| "1970-01-01".to_owned()),
        entries,
    }
}

fn entry(words: &Words, change: &ChangeView, (learned, told): (Date, Date), page: &str) -> FeedEntryData {
    let (owner, label) = (&change.fact.owner, &change.fact.label);
    let named = || words.text("source.fact_of", &[("carrier", owner), ("fact", label)]);
    FeedEntryData {
        address: format!("{page}#{}", change.anchor),
        title: if owner.is_empty() { label.clone() } else { named() },
        published: learned.to_string(),
        updated: told.to_string(),
        html: format!("<p>{} → {}</p>", change.old_html, change.new_html),
    }
}

/// A feed as XML.
#[must_use]
pub fn atom(feed: &FeedData) -> String {
    let entries: String = feed.entries.iter().map(atom_entry).collect();
    let [tag, own, page] = [&feed.tag, &feed.own, &feed.page].map(|text| xml(text));
    let [title, author, updated] = [&feed.title, &feed.author, &feed.updated].map(|text| xml(text));
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{tag}\"><id>{own}</id><title>{title}</title><updated>{updated}T00:00:00Z</updated><link rel=\"self\" href=\"{own}\"/><link href=\"{page}\"/><author><name>{author}</name></author>{entries}</feed>",
    )
}

fn atom_entry(entry: &FeedEntryData) -> String {
    let [address, title] = [&entry.address, &entry.title].map(|text| xml(text));
    let [published, updated, html] = [&entry.published, &entry.updated, &entry.html].map(|text| xml(text));
    format!(
        "<entry><id>{address}</id><title>{title}</title><published>{published}T00:00:00Z</published><updated>{updated}T00:00:00Z</updated><link href=\"{address}\"/><content type=\"html\">{html}</content></entry>",
    )
}

/// Text as XML: escaped, without characters that XML cannot hold in any form.
fn xml(text: &str) -> String {
    let fits = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    escape(&text.chars().filter(fits).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn xml_holds_no_character_that_it_cannot() {
        assert_eq!(xml("a\u{0}\u{1}\u{b}b\u{FFFE}\u{FFFF}c\u{1F600}\n<&\""), "abc\u{1F600}\n&lt;&amp;&quot;");
    }
}
