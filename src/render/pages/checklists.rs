//! Checklists, to be found again from the home and the carriers' pages.

use super::super::Renderer;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::outline::outline;
use crate::plan::Route;
use crate::view::{ChecklistItemView, ChecklistView};

/// Every guide that has items.
pub fn all(renderer: &Renderer, locale: LocaleIx) -> Vec<ChecklistView> {
    let guides = renderer.site.guides.values();
    guides
        .filter_map(|guide| {
            let (_, text) = renderer.text_for(&guide.texts, locale)?;
            let (_, steps) = outline(&text.prose);
            let items: Vec<ChecklistItemView> = steps
                .iter()
                .flat_map(|step| &step.items)
                .filter_map(|(item, _)| {
                    let attributes = &item.attributes;
                    let id = attributes.id.as_ref()?.as_str().to_owned();
                    Some(ChecklistItemView { id, when: names(&attributes.when), unless: names(&attributes.unless) })
                })
                .collect();
            let url = renderer.address(&Route::Guide(locale, guide.key.clone()));
            (!items.is_empty()).then(|| ChecklistView {
                guide: guide.key.to_string(),
                title: text.title.clone(),
                url,
                items,
            })
        })
        .collect()
}

fn names(ids: &[Id]) -> Vec<String> {
    ids.iter().map(|id| id.as_str().to_owned()).collect()
}
