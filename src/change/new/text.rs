//! Guides and pages to start from.

use super::{Site, quoted};
use crate::change::words::{Wanted, wanted};
use crate::change::{Changes, given_up};
use crate::diag::suggest;
use crate::model::address::Address;
use crate::model::fact::NATIONAL;
use crate::model::guide::{GENERAL, GuideKey};
use crate::model::id::Id;
use crate::model::locale::{Locale, LocaleIx};
use crate::source::layout;

/// A guide to be made.
pub struct NewGuide<'a> {
    pub key: &'a GuideKey,
    /// Its title in the source locale.
    pub title: Option<&'a str>,
    /// The ids of its steps in order.
    pub steps: &'a [Id],
}

/// A plain page to be made.
pub struct NewPage<'a> {
    pub id: &'a Id,
    /// Its title in the source locale.
    pub title: Option<&'a str>,
}

/// A guide in every locale, with a step or more and an item in each.
///
/// # Errors
/// When there is such a guide already, or was one, or no such carrier.
pub fn guide(site: Site<'_>, new: &NewGuide<'_>) -> Result<Changes, String> {
    let section = &new.key.section;
    if section.as_str() != GENERAL && !site.documents.knows_carrier(section) {
        let known = site.documents.policies.keys().map(Id::as_str).filter(|id| *id != NATIONAL).chain([GENERAL]);
        let today = given_up::today(site.linked, section);
        let make = format!(
            "\nhelp: `rahnuma new carrier {section}` makes one; guides for every carrier are called {GENERAL}/…"
        );
        let make = if today.is_some() { "" } else { &make };
        let help = today.or_else(|| suggest::words(section.as_str(), known));
        return Err(format!("there is no carrier `{section}`{}{make}", given_up::line(help)));
    }
    given_up::refuse(site.linked, &Address::Guide(new.key.clone()))?;
    let first = Id::new("first-step").into_iter().collect::<Vec<_>>();
    let steps = if new.steps.is_empty() { &first } else { new.steps };
    let mut changes = Changes::default();
    for (ix, locale) in site.config().locales() {
        let say = |what| wanted(&locale.tag, what);
        let mut text = head(site, (ix, locale), new.title);
        text.push_str(&format!("{}\n", say(Wanted::Opening)));
        for step in steps {
            let (heading, item) = (say(Wanted::Step), say(Wanted::Item));
            text.push_str(&format!("\n## {heading} {{#{step}}}\n\n- [ ] {item} {{#do-{step}}}\n"));
        }
        site.add(&mut changes, &format!("{}/{}.{}.md", layout::GUIDES, new.key, locale.id), text)?;
    }
    Ok(changes)
}

/// A plain page in every locale.
///
/// # Errors
/// When there is such a page already, or was one.
pub fn page(site: Site<'_>, new: &NewPage<'_>) -> Result<Changes, String> {
    given_up::refuse(site.linked, &Address::Own(new.id.clone()))?;
    let mut changes = Changes::default();
    for (ix, locale) in site.config().locales() {
        let text = format!("{}{}\n", head(site, (ix, locale), new.title), wanted(&locale.tag, Wanted::Opening));
        site.add(&mut changes, &format!("{}/pages/{}.{}.md", layout::CONTENT, new.id, locale.id), text)?;
    }
    Ok(changes)
}

/// The front matter.
fn head(site: Site<'_>, (ix, locale): (LocaleIx, &Locale), title: Option<&str>) -> String {
    let title = title.filter(|_| ix == site.config().source_locale);
    let title = title.map_or_else(|| wanted(&locale.tag, Wanted::Title), ToOwned::to_owned);
    let summary = wanted(&locale.tag, Wanted::Summary);
    format!("---\ntitle: {}\nsummary: {}\ndraft: true\n---\n", quoted(&title), quoted(&summary))
}
