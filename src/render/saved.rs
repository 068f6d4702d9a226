//! What devices keep to work without network: of each locale what every reader needs, and what each carrier adds for those who
//! opened it. No list grows with the number of carriers.

use std::collections::BTreeSet;

use super::{Renderer, Summary, collect_images, sent};
use crate::diag::Diagnostic;
use crate::hash::Hasher;
use crate::model::guide::{DECIDE, GENERAL, GuideKey, HOME, Text};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::plan::{Route, path};
use crate::source::path::{SitePath, SourcePath};
use crate::view::SavedData;

/// What is known of files made before, to spare making them again.
#[derive(Debug, Default)]
pub struct Known {
    /// Their records.
    pub files: Summary,
    /// Of each locale.
    editions: Vec<Edition>,
}

/// All that devices may keep of a locale: lists of two builds are told apart by it, and so is what they name.
#[derive(Debug, Clone)]
struct Edition {
    name: String,
    /// On the way.
    bytes: usize,
}

impl Renderer {
    /// What is known once every file is made but the lists of what devices keep.
    ///
    /// # Errors
    /// When a template fails that was not made.
    pub fn known(&self, files: Summary) -> Result<Known, Box<Diagnostic>> {
        let editions = self.all_locales().into_iter().map(|ix| self.edition(ix, &files)).collect::<Result<_, _>>()?;
        Ok(Known { files, editions })
    }

    fn edition(&self, locale: LocaleIx, files: &Summary) -> Result<Edition, Box<Diagnostic>> {
        let (mut all, mut bytes) = (Hasher::default(), 0);
        let carriers = self.site.carriers.keys().map(Some);
        for part in [None].into_iter().chain(carriers) {
            let saved = self.list(locale, part, files)?;
            bytes += saved.bytes;
            for (path, content) in saved.files {
                all.add_text(&path);
                all.add_text(&content);
            }
        }
        Ok(Edition { name: all.finish().to_string(), bytes })
    }

    /// The list of what every reader of a locale keeps, or of what a carrier adds.
    pub(super) fn saved(
        &self,
        locale: LocaleIx,
        carrier: Option<&Id>,
        known: &Known,
    ) -> Result<SavedData, Box<Diagnostic>> {
        let edition = match known.editions.get(locale.0) {
            Some(edition) => edition.clone(),
            None => self.edition(locale, &known.files)?,
        };
        let all = carrier.is_none().then_some(edition.bytes);
        Ok(SavedData { edition: edition.name, all, ..self.list(locale, carrier, &known.files)? })
    }

    fn list(&self, locale: LocaleIx, carrier: Option<&Id>, known: &Summary) -> Result<SavedData, Box<Diagnostic>> {
        let base = self.site.config.base_path();
        let (mut files, mut summaries) = (Vec::new(), Vec::new());
        for (path, route) in self.kept(locale, carrier) {
            let summary = match known.get(&path) {
                Some(summary) => summary.clone(),
                None => self.summarize(&path, &self.render(&route, &Known::default())?, None),
            };
            files.push((format!("{base}{}", path.address()), summary.content.to_string()));
            summaries.push(summary);
        }
        Ok(SavedData { edition: String::new(), bytes: sent(&summaries), all: None, files })
    }

    /// What a device keeps of a locale for every reader, or besides for those of a carrier: pages and all they are shown with.
    pub(crate) fn kept(&self, locale: LocaleIx, carrier: Option<&Id>) -> Vec<(SitePath, Route)> {
        let pages = match carrier {
            None => self.common_pages(locale),
            Some(id) => {
                let own = std::iter::once(Route::Carrier(locale, id.clone()));
                own.chain(self.section_pages(locale, id)).collect()
            }
        };
        let mut assets: BTreeSet<usize> = pages.iter().flat_map(|route| self.images_on(route, locale)).collect();
        if carrier.is_none() {
            assets.extend(self.theme_assets(locale));
        }
        let asset = |at: usize| (self.assets.list[at].path.clone(), Route::Asset(at));
        let pages = pages.into_iter().map(|route| (path(&route, &self.site), route));
        pages.chain(assets.into_iter().map(asset)).collect()
    }

    /// The pages that every reader may need, whatever the carrier.
    fn common_pages(&self, locale: LocaleIx) -> Vec<Route> {
        let mut pages = vec![
            Route::Chooser,
            Route::Home(locale),
            Route::General(locale),
            Route::Sources(locale),
            Route::Offline(locale),
        ];
        pages.extend(self.site.compares().then_some(Route::Compare(locale)));
        pages.push(Route::Changes(locale));
        pages.extend(
            Id::new(GENERAL).iter().flat_map(|general| self.section_pages(locale, general).collect::<Vec<_>>()),
        );
        pages.extend(self.site.own_pages().map(|page| Route::Page(locale, page.id.clone())));
        pages
    }

    /// The guides of a section, each with its letter.
    fn section_pages<'a>(&'a self, locale: LocaleIx, section: &'a Id) -> impl Iterator<Item = Route> + 'a {
        let from = GuideKey { section: section.clone(), guide: Id::least() };
        let guides = self.site.guides.range(from..).map(|(_, guide)| guide);
        let own = guides.take_while(move |guide| guide.key.section == *section);
        own.flat_map(move |guide| {
            let letter = (!guide.application.is_empty()).then(|| Route::Application(locale, guide.key.clone()));
            std::iter::once(Route::Guide(locale, guide.key.clone())).chain(letter)
        })
    }

    /// What every page is shown with: a font serves the pages of its languages, and licences are not shown.
    fn theme_assets(&self, locale: LocaleIx) -> Vec<usize> {
        let images = self.assets.images();
        let is_own = |at: &usize| self.assets.list[*at].copied.is_none() && !images.contains(at);
        let of_theme = (0..self.assets.list.len()).filter(|at| is_own(at) && !self.is_foreign(*at, locale));
        let is_shown = |at: &usize| match &self.assets.list[*at].path {
            path if path.extension() == "txt" => false,
            path if path.extension() == "woff2" => self.fonts.serves(path, self.site.config.locale(locale)),
            _ => true,
        };
        of_theme.filter(is_shown).collect()
    }

    /// The images of a page, as assets.
    fn images_on(&self, route: &Route, locale: LocaleIx) -> Vec<usize> {
        let page = |id: &str| Id::new(id).and_then(|id| self.site.pages.get(&id)).map(|page| &page.texts);
        let texts = match route {
            Route::Guide(_, key) => vec![self.site.guides.get(key).map(|guide| &guide.texts)],
            Route::Page(_, id) => vec![page(id.as_str())],
            Route::Home(_) => vec![page(HOME), page(DECIDE)],
            _ => Vec::new(),
        };
        let mut sources: BTreeSet<SourcePath> = BTreeSet::new();
        let shown = texts.into_iter().flatten().filter_map(|texts| self.site.text_for(texts, locale));
        shown.for_each(|(_, text): (LocaleIx, &Text)| collect_images(&text.prose, &mut sources));
        sources.iter().filter_map(|source| self.assets.image_at(source)).collect()
    }
}
