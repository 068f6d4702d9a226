//! What only scripts show: the words and parts of pages that wait for one, in a script for each locale that readers fetch once.
//!
//! The theme's template `words.html` says what they are, and where on a page each belongs; `site.js` puts them there.

use super::assets::Assets;
use super::prepared::Prepared;
use super::{Renderer, pages};
use crate::diag::Diagnostic;
use crate::model::locale::LocaleIx;
use crate::source::path::SitePath;
use crate::view::json;

/// The script of a locale.
pub struct Scripted {
    /// Its number among the assets.
    pub asset: usize,
    /// Its address on the host.
    pub address: String,
}

impl Renderer {
    /// Makes the script of each locale and adds them to the assets.
    pub(super) fn add_scripted(&mut self, prepared: &Prepared) -> Result<(), Box<Diagnostic>> {
        for ix in self.all_locales() {
            let view = pages::words(self, ix);
            let (templates, theme) = (&self.templates, self.site.config.theme.as_str());
            // All that is shown of the view are texts, and its debug form has every one of them.
            let parts =
                [&b"words"[..], &templates.hash.bytes(), &ix.0.to_le_bytes(), format!("{view:?}").as_bytes()].concat();
            let html = prepared.of(&[&parts], || templates.words(view, ix.0, &self.tree, theme))?;
            let locale = &self.words_of(ix).view;
            let (name, text) =
                (format!("words-{}.js", locale.id), script(&locale.tag, &String::from_utf8_lossy(&html)));
            let base = self.site.config.base_path().to_owned();
            if let Some((asset, path)) = add(&mut self.assets, &name, text) {
                self.scripted.push(Scripted { asset, address: format!("{base}{path}") });
            }
        }
        Ok(())
    }

    /// The path of a locale's script.
    #[must_use]
    pub fn words_path(&self, locale: LocaleIx) -> Option<&SitePath> {
        self.scripted.get(locale.0).map(|script| &self.assets.list[script.asset].path)
    }

    /// Whether an asset is the script of a locale whose words no page of `locale` has.
    pub(super) fn is_foreign(&self, asset: usize, locale: LocaleIx) -> bool {
        let of = self.scripted.iter().position(|script| script.asset == asset);
        of.is_some_and(|of| of != locale.0 && !self.borrows(locale, LocaleIx(of)))
    }

    /// Whether a text is missing in a locale, so that a page shows that of another one.
    fn borrows(&self, locale: LocaleIx, from: LocaleIx) -> bool {
        let guides = self.site.guides.values().map(|guide| &guide.texts);
        let mut texts = guides.chain(self.site.pages.values().map(|page| &page.texts));
        texts.any(|texts| self.site.text_for(texts, locale).is_some_and(|(written, _)| written == from))
    }
}

fn add(assets: &mut Assets, name: &str, text: String) -> Option<(usize, String)> {
    let at = assets.add(name, text.into_bytes().into())?;
    Some((at, assets.list[at].path.address().to_string()))
}

/// A script that does nothing but keep the parts where `site.js` finds them, by language. No id of a page is written like its name.
fn script(tag: &str, html: &str) -> String {
    format!("(window.wordsOf=window.wordsOf||{{}})[{}]={};", json(&tag), json(&html))
}
