//! What a guide's front matter puts around its steps: the short version or the facts shown first.

use super::super::Renderer;
use super::super::html::{self, Notes};
use super::super::turns::TURN;
use super::prose::OnPage;
use crate::model::attributes::Role;
use crate::model::body::{Block, Prose};
use crate::model::guide::Text;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::site::Situation;
use crate::view::{KeyFactView, ShortLineView, SituationView};

/// How many numbers a line may have to be about one helpline: that for its own network, and that for all others.
const MAX_NUMBERS: usize = 2;

/// The short version's lines.
pub fn short(page: &OnPage<'_>, prose: &Prose, notes: &Notes<'_>) -> Vec<ShortLineView> {
    let lines = prose.body.blocks.iter().filter_map(|block| match block {
        Block::Short(line) => Some(line),
        _ => None,
    });
    let views = lines.map(|line| ShortLineView {
        html: html::run(&line.content, prose, notes, page),
        call_html: String::new(),
        call_url: String::new(),
        when: in_words(page, line.attributes.ids(Role::When)),
        unless: in_words(page, line.attributes.ids(Role::Unless)),
        when_ids: names(line.attributes.ids(Role::When)),
        unless_ids: names(line.attributes.ids(Role::Unless)),
    });
    with_call(views.collect())
}

/// Ids as scripts know them.
pub fn names<'a>(ids: impl Iterator<Item = &'a Id>) -> Vec<String> {
    ids.map(|id| id.as_str().to_owned()).collect()
}

/// A situation in a word or two.
fn chip(page: &OnPage<'_>, situation: &Situation) -> String {
    situation.chip.get(page.content).clone()
}

/// A situation with what to do in it first, and where it leads.
pub fn situation(renderer: &Renderer, situation: &Situation, locale: LocaleIx) -> SituationView {
    let guides = situation.guides.iter();
    SituationView {
        id: situation.id.as_str().to_owned(),
        label: situation.label.get(locale).clone(),
        chip: situation.chip.get(locale).clone(),
        lead_html: renderer.sentence(situation.lead.get(locale), locale),
        guides: guides.filter_map(|key| renderer.link_to_guide(key, locale)).collect(),
    }
}

/// Situations in words, of which one is enough: "lost or abroad".
pub fn in_words<'a>(page: &OnPage<'_>, ids: impl Iterator<Item = &'a Id>) -> String {
    let known = &page.renderer.site.situations;
    let named = ids.filter_map(|id| known.iter().find(|situation| situation.id == *id));
    page.renderer.words_of(page.content).one_of(&named.map(|situation| chip(page, situation)).collect::<Vec<_>>())
}

/// Facts that are shown first, where no short version is.
pub fn key_facts(page: &OnPage<'_>, text: &Text) -> Vec<KeyFactView> {
    let shown = page.views(&text.key_facts).into_iter().zip(&text.key_facts);
    shown.map(|(view, fact)| KeyFactView { fact: view, url: page.fact_link(fact).url }).collect()
}

/// The first line with a number to call has a button for it.
fn with_call(mut lines: Vec<ShortLineView>) -> Vec<ShortLineView> {
    let calls = lines.iter_mut().find_map(|line| {
        let (url, html) = call(&line.html)?;
        Some((line, url, html))
    });
    if let Some((line, url, html)) = calls {
        // The number stands there once to be tapped.
        line.html = line.html.replacen(&format!("<a class=tel href={url}>{html}</a>"), &html, 1);
        (line.call_url, line.call_html) = (url, html);
    }
    lines
}

/// The number to call in a line, as values are written: `<a class=tel href=tel:310><bdi …>310</bdi></a>`. A line that names those of
/// several operators leaves the choice to the reader, and one whose number changes on a known day to the day.
fn call(html: &str) -> Option<(String, String)> {
    if html.contains(TURN) {
        return None;
    }
    let (_, rest) = html.split_once("href=tel:").filter(|(_, rest)| rest.matches("href=tel:").count() < MAX_NUMBERS)?;
    let (number, rest) = rest.split_once('>')?;
    let (shown, _) = rest.split_once("</a>")?;
    Some((format!("tel:{number}"), shown.to_owned()))
}
