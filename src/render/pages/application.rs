//! The page of a guide's application: a paper to print, fill in by hand and hand over.

use super::super::Renderer;
use super::super::html::{self, Notes};
use super::common::Frame;
use super::guide::crumbs;
use super::prose::OnPage;
use crate::model::guide::{Guide, GuideKey};
use crate::model::locale::LocaleIx;
use crate::plan::Route;
use crate::view::{ApplicationView, BodyView, SheetView, View};

/// The view of a guide's application, around it the words of a locale.
pub fn view(renderer: &Renderer, locale: LocaleIx, key: &GuideKey) -> Option<View> {
    let guide = renderer.site.guides.get(key)?;
    let spoken = &renderer.site.config.counter_locales;
    let sheets: Vec<SheetView> = spoken.iter().filter_map(|&ix| sheet(renderer, guide, ix)).collect();
    let link = renderer.link_to_guide(key, locale)?;
    let words = renderer.words_of(locale);
    let frame = Frame {
        route: |ix, frame| match &frame.own {
            Route::Application(_, key) => Route::Application(ix, key.clone()),
            other => other.clone(),
        },
        own: Route::Application(locale, key.clone()),
        locale,
        content: locale,
        written: renderer.all_locales(),
        title: words.text("guide.application_of", &[("guide", &link.text)]),
        description: words.text("guide.application_about", &[]),
        crumbs: crumbs(renderer, locale, key).into_iter().chain([link]).collect(),
        reviewed: None,
        data: None,
        about: None,
        hidden: true,
    };
    Some(renderer.page(&frame, BodyView::Application(ApplicationView { sheets })))
}

/// The application in a language.
fn sheet(renderer: &Renderer, guide: &Guide, locale: LocaleIx) -> Option<SheetView> {
    let letter = guide.application.get(&locale)?;
    let prose = renderer.whole(&letter.prose)?;
    let html = html::blocks(&prose.body.blocks, &prose, &Notes::of(&prose), &OnPage::of(renderer, locale));
    let locale = renderer.chrome[locale.0].locale.clone();
    Some(SheetView { locale, title: letter.title.clone(), html: blanks(&html) })
}

/// Lines to write on, which Markdown leaves as they were typed.
fn blanks(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("___") {
        out.push_str(&rest[..at]);
        out.push_str("<u></u>");
        rest = rest[at..].trim_start_matches('_');
    }
    out.push_str(rest);
    out
}
