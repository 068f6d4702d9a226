//! `new`: a guide, a page, a carrier, a fact or a locale to start from: every file in every locale, with the same ids. What nobody said is
//! marked as to be written; what nobody knows is `unknown`. Guides, pages and carriers begin as drafts.

mod fact;
mod locale;
mod policy;
mod site;
mod text;

use jiff::civil::Date;

pub use fact::{NewFact, fact};
pub use locale::{NewLocale, locale};
pub use policy::{NewCarrier, carrier};
pub use site::site;
pub use text::{NewGuide, NewPage, guide, page};

use super::Changes;
use super::words::{Wanted, wanted};
use crate::model::evidence::Risk;
use crate::model::locale::Locale;
use crate::model::site::{Config, Site as Linked};
use crate::model::value::Kind;
use crate::parse::Documents;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// A site as it was read, on a day.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    pub tree: &'a SourceTree,
    pub documents: &'a Documents,
    pub linked: &'a Linked,
    pub today: Date,
}

impl Site<'_> {
    fn config(&self) -> &Config {
        &self.documents.config
    }

    /// Adds a file that must not be there yet, neither in its place nor among the drafts.
    fn add(&self, changes: &mut Changes, name: &str, text: String) -> Result<(), String> {
        let path = SourcePath::new(name).map_err(|_| format!("{name} is no file of a site"))?;
        let inside = name.strip_prefix("content/").unwrap_or(name);
        let draft = SourcePath::new(&format!("content/drafts/{inside}")).ok();
        for there in [Some(&path), draft.as_ref()].into_iter().flatten() {
            if self.tree.contains(there) {
                return Err(format!("{there} is there already; nothing was changed"));
            }
        }
        changes.write(path, text);
        Ok(())
    }

    /// A text in every locale as lines of YAML: what was said in the source locale, and what is to be written elsewhere.
    fn lines(&self, indent: &str, said: Option<&str>, what: Wanted) -> String {
        let source = self.config().source_locale;
        let line = |(ix, locale): (_, &Locale)| {
            let words = said.filter(|_| ix == source).map_or_else(|| wanted(&locale.tag, what), ToOwned::to_owned);
            format!("{indent}{}: {}\n", locale.id, quoted(&words))
        };
        self.config().locales().map(line).collect()
    }

    /// A fact of which nothing is known yet.
    fn unknown_fact(&self, id: &str, (kind, risk): (Kind, Risk), label: &str, indent: &str) -> String {
        let inner = format!("{indent}  ");
        let ask = self.lines(&format!("{inner}      "), None, Wanted::Ask);
        format!(
            "{indent}- id: {id}\n{inner}label:\n{label}{inner}kind: {}\n{inner}risk: {}\n{inner}readings:\n\
             {inner}  - value: unknown\n{inner}    confidence: unverified\n{inner}    checked: {}\n{inner}    sources: []\n\
             {inner}    ask:\n{ask}",
            kind.name(),
            risk.name(),
            self.today
        )
    }
}

/// A text between double quotes, as YAML reads it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
