//! Drafts: what is not published yet, because it stands in `content/drafts/` or says `draft: true`. They are read like everything else;
//! a site without them is made as if they were not there.
//!
//! A draft in the source locale makes one of all its translations, and a carrier's policy file one of all its guides.

use std::collections::BTreeSet;

use super::document::split;
use super::place::Kind;
use super::{Documents, Read};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::guide::GuideKey;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};

/// The key of front matter and of policy files.
pub const KEY: &str = "draft";

/// The drafts of a site.
#[derive(Debug, Default)]
pub struct Drafts {
    /// Whether they are part of what was read; else they were left out.
    pub shown: bool,
    /// Their files.
    pub files: BTreeSet<FileId>,
    /// What they are.
    kinds: BTreeSet<Kind>,
}

impl Drafts {
    /// Notes a file that was read, if it is a draft of its own; whether it is part of what is read.
    pub(super) fn note(
        &mut self,
        file: &SourcePath,
        (kind, read): (Option<&Kind>, &Read),
        tree: &SourceTree,
        sink: &mut Diagnostics,
    ) -> bool {
        let place = layout::published(file.as_str()).and_then(|place| SourcePath::new(&place).ok());
        if place.is_none() && !says(read, || tree.text(file).unwrap_or_default()) {
            return true;
        }
        self.files.insert(tree.id(file));
        if let Some(place) = place.filter(|place| tree.contains(place)) {
            let headline = format!("this is a draft of what is there already, {place}");
            sink.push(
                Diagnostic::new(Code::SameAddress, Span::file(tree.id(file)), headline)
                    .help("a draft is something new: give it another name, or write into the other file"),
            );
            return false;
        }
        self.kinds.extend(kind.cloned());
        self.shown || !matches!(kind, Some(Kind::Policy(_)))
    }

    /// Whether there are drafts, and what was read is without them.
    #[must_use]
    pub fn are_withheld(&self) -> bool {
        !self.shown && !self.files.is_empty()
    }

    /// Whether a guide, page or carrier that a link names is a draft that was left out.
    #[must_use]
    pub fn are_withheld_at(&self, target: &SourcePath, source: LocaleIx) -> bool {
        let parts: Vec<&str> = target.as_str().split('/').collect();
        let id = |file: &str| Id::new(file.strip_suffix(".md")?);
        let kind = match parts.as_slice() {
            ["content", "guides", section, file] => {
                Id::new(section).zip(id(file)).map(|(section, guide)| Kind::Guide(GuideKey { section, guide }, source))
            }
            ["content", "pages", file] => id(file).map(|id| Kind::Page(id, source)),
            _ => None,
        };
        self.are_withheld() && kind.is_some_and(|kind| self.covers(&kind, source))
    }

    /// Whether something is a draft, also because what it belongs to is one.
    #[must_use]
    pub fn covers(&self, kind: &Kind, source: LocaleIx) -> bool {
        if self.kinds.is_empty() {
            return false;
        }
        let has = |kind: Kind| self.kinds.contains(&kind);
        let of_carrier = |key: &GuideKey| has(Kind::Policy(key.section.clone()));
        has(kind.clone())
            || match kind {
                Kind::Guide(key, _) | Kind::Card(key) => has(Kind::Guide(key.clone(), source)) || of_carrier(key),
                Kind::Page(id, _) => has(Kind::Page(id.clone(), source)),
                Kind::Fragment(id, _) => has(Kind::Fragment(id.clone(), source)),
                Kind::Application(id, _) => has(Kind::Application(id.clone(), source)),
                _ => false,
            }
    }
}

/// Whether a file says that it is a draft. Of one that cannot be read its lines tell, so that a slip in it stops no publication.
fn says(read: &Read, text: impl FnOnce() -> String) -> bool {
    match read {
        Read::Policy(_, Some(policy)) => policy.draft,
        Read::Guide(_, _, Some(document))
        | Read::Page(_, _, Some(document))
        | Read::Application(_, _, Some(document)) => document.draft,
        Read::Policy(_, None) => has_line(&text()),
        Read::Guide(..) | Read::Page(..) | Read::Application(..) => {
            let text = text();
            // Where the front matter does not end, it ends for this purpose at the first empty line.
            let open = text.starts_with("---").then(|| text.split("\n\n").next()).flatten();
            split(&text).map(|(front, _)| &text[front]).or(open).is_some_and(has_line)
        }
        _ => false,
    }
}

fn has_line(yaml: &str) -> bool {
    let value = |line: &str| line.strip_prefix(KEY)?.trim_start().strip_prefix(':').map(str::to_owned);
    yaml.lines().filter_map(value).any(|value| value.split(" #").next().is_some_and(|value| value.trim() == "true"))
}

impl Documents {
    /// Counts what belongs to drafts among them; where they are not shown, takes them out, with what was found in them.
    pub(super) fn settle_drafts(&mut self, tree: &SourceTree, sink: &mut Diagnostics) {
        if self.drafts.files.is_empty() {
            return;
        }
        let source = self.config.source_locale;
        let mut drafts = std::mem::take(&mut self.drafts);
        let covered = |kind: Kind| drafts.covers(&kind, source);
        let guides = self.guides.iter().filter(|((key, ix), _)| covered(Kind::Guide(key.clone(), *ix)));
        let pages = self.pages.iter().filter(|((id, ix), _)| covered(Kind::Page(id.clone(), *ix)));
        let letters = self.applications.iter().filter(|((id, ix), _)| covered(Kind::Application(id.clone(), *ix)));
        let documents = guides.map(|(_, it)| it).chain(pages.map(|(_, it)| it)).chain(letters.map(|(_, it)| it));
        let fragments = self.fragments.iter().filter(|((id, ix), _)| covered(Kind::Fragment(id.clone(), *ix)));
        let cards = self.cards.iter().filter(|(key, _)| covered(Kind::Card((*key).clone())));
        let mut files: BTreeSet<FileId> = documents.map(|document| document.body.file).collect();
        files.extend(fragments.map(|(_, body)| body.file));
        files.extend(cards.map(|(_, card)| card.place.file));
        let unreadable = self.unreadable.iter().filter(|kind| drafts.covers(kind, source));
        files.extend(unreadable.filter_map(|kind| self.file_of(kind, tree)));
        drafts.files.extend(files);
        self.drafts = drafts;
        if !self.drafts.shown {
            self.leave_out_drafts(sink);
        }
    }

    /// The file of a kind that could not be read.
    fn file_of(&self, kind: &Kind, tree: &SourceTree) -> Option<FileId> {
        let locale = |ix: LocaleIx| &self.config.locale(ix).id;
        let name = match kind {
            Kind::Guide(key, ix) => format!("{}/{key}.{}.md", layout::GUIDES, locale(*ix)),
            Kind::Card(key) => layout::card(&key.to_string()),
            Kind::Page(id, ix) => format!("{}/pages/{id}.{}.md", layout::CONTENT, locale(*ix)),
            Kind::Application(id, ix) => format!("{}/applications/{id}.{}.md", layout::CONTENT, locale(*ix)),
            _ => return None,
        };
        let path = SourcePath::new(&name).ok().filter(|path| tree.contains(path))?;
        Some(tree.id(&path))
    }

    fn leave_out_drafts(&mut self, sink: &mut Diagnostics) {
        let files = &self.drafts.files;
        self.guides.retain(|_, document| !files.contains(&document.body.file));
        self.pages.retain(|_, document| !files.contains(&document.body.file));
        self.applications.retain(|_, document| !files.contains(&document.body.file));
        self.fragments.retain(|_, body| !files.contains(&body.file));
        self.cards.retain(|_, card| !files.contains(&card.place.file));
        self.policies.retain(|_, policy| !files.contains(&policy.carrier.place.file));
        self.texts.retain(|text| !files.contains(&text.file));
        let source = self.config.source_locale;
        self.unreadable.retain(|kind| !self.drafts.covers(kind, source));
        sink.leave_out(files);
    }
}

#[cfg(test)]
mod tests {
    use super::has_line;

    #[test]
    fn a_line_says_it() {
        for yes in ["draft: true", "title: [\ndraft:  true  # not yet\n", "draft : true\r\n"] {
            assert!(has_line(yes), "{yes}");
        }
        for no in ["draft: false", "  draft: true", "drafts: true", "draft: truely", "# draft: true"] {
            assert!(!has_line(no), "{no}");
        }
    }
}
