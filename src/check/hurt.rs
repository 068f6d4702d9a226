//! Where mistakes stand that were told already: what else such a step lacks may only follow from them.

use std::collections::BTreeSet;

use crate::diag::Span;
use crate::model::body::{Body, Prose, ReferenceKind, Resolved};
use crate::model::id::Id;
use crate::model::outline::{outline, steps};
use crate::model::site::Site;
use crate::model::translation::TOP;
use crate::parse::Documents;
use crate::parse::broken::Places;
use crate::parse::place::Kind;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};

/// Where mistakes stand, and where names lead nowhere.
pub struct Hurt<'a> {
    errors: Places,
    warnings: &'a Places,
    tree: &'a SourceTree,
    /// Files of guides and pages in a locale that the site does not have, which was told: their paths without locale and ending.
    strays: BTreeSet<String>,
}

impl<'a> Hurt<'a> {
    /// Those that reading found, and those of names.
    pub fn of(documents: &'a Documents, site: &Site, tree: &'a SourceTree) -> Self {
        let errors = documents.broken.errors.clone();
        let strays = errors.keys().filter_map(|file| stray(tree.path(*file).as_str(), documents)).collect();
        let mut hurt = Self { errors, warnings: &documents.broken.warnings, tree, strays };
        let guides = site.guides.values().flat_map(|guide| guide.texts.values());
        let texts = guides.chain(site.pages.values().flat_map(|page| page.texts.values()));
        texts.for_each(|text| {
            hurt.add(&text.prose);
            hurt.add_twice(&text.prose);
        });
        hurt
    }

    /// Items with the id of another: that is told, and the id they should have is missing.
    fn add_twice(&mut self, prose: &Prose) {
        let mut seen = BTreeSet::new();
        let steps = outline(prose).1;
        for (item, _) in steps.iter().flat_map(|step| &step.items) {
            if item.attributes.id().is_some_and(|id| !seen.insert(id)) {
                self.errors.entry(item.place.file).or_default().push(item.place);
            }
        }
    }

    fn add(&mut self, prose: &Prose) {
        for (resolved, reference) in prose.resolved.iter().zip(&prose.body.references) {
            match resolved {
                Resolved::Broken => self.errors.entry(prose.body.file).or_default().push(reference.place),
                Resolved::Fragment(fragment) => self.add(fragment),
                _ => {}
            }
        }
    }

    /// Whether a file is there whose locale is none of the site: it may be what a guide or a page lacks.
    pub fn has_stray(&self, text: &Kind) -> bool {
        match text {
            Kind::Guide(key, _) => self.strays.contains(&format!("{}/{key}", layout::GUIDES)),
            Kind::Page(id, _) => self.strays.contains(&format!("content/pages/{id}")),
            _ => false,
        }
    }

    /// Whether something is wrong in the file at a path.
    pub fn any_in_file(&self, path: &str) -> bool {
        SourcePath::new(path).is_ok_and(|path| self.places(self.tree.id(&path)).next().is_some())
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> String {
        self.tree.text(self.tree.path(file)).unwrap_or_default()
    }

    /// All places in a file.
    pub fn places(&self, file: FileId) -> impl Iterator<Item = &Span> {
        self.errors.get(&file).into_iter().chain(self.warnings.get(&file)).flatten()
    }

    /// Whether a file in which something is wrong has `{#id}` among its words: then its tree lacks the id because of that.
    pub fn writes(&self, file: FileId, id: &Id) -> bool {
        let is_hurt = self.errors.contains_key(&file) || self.warnings.contains_key(&file);
        is_hurt && self.tree.get(self.tree.path(file)).is_some_and(|bytes| names(&bytes, id.as_str()))
    }

    /// Whether something was told of a line.
    pub fn is_at(&self, line: Span) -> bool {
        self.places(line.file).any(|place| line.start <= place.start && place.start < line.end)
    }

    /// Whether something is wrong in a text or in a fragment that it includes.
    pub fn any_in(&self, prose: &Prose) -> bool {
        let below = prose.resolved.iter().filter_map(|resolved| match resolved {
            Resolved::Fragment(fragment) => Some(fragment),
            _ => None,
        });
        self.errors.contains_key(&prose.body.file) || below.into_iter().any(|fragment| self.any_in(fragment))
    }

    /// The steps of a text with errors.
    pub fn by_errors<'b>(&self, body: &'b Body) -> Steps<'b> {
        let mut hurt = Steps::default();
        hurt.add(body, &self.errors);
        hurt
    }

    /// The steps of a text with errors or warnings: what is shown as it was typed is no mark either.
    pub fn by_anything<'b>(&self, body: &'b Body) -> Steps<'b> {
        let mut hurt = self.by_errors(body);
        hurt.add(body, self.warnings);
        hurt
    }
}

/// Whether every fragment that a text includes is there and says something; else what it lacks may stand there.
pub fn is_whole(prose: &Prose) -> bool {
    prose.body.references.iter().zip(&prose.resolved).all(|(reference, resolved)| match resolved {
        Resolved::Fragment(fragment) => !fragment.body.blocks.is_empty() && is_whole(fragment),
        Resolved::Broken => reference.kind != ReferenceKind::Include,
        _ => true,
    })
}

/// The path of a text without its locale, where that is none of the site.
fn stray(path: &str, documents: &Documents) -> Option<String> {
    let (stem, locale) = path.strip_suffix(".md")?.rsplit_once('.')?;
    let is_known = documents.config.locales().any(|(_, known)| known.id.as_str() == locale);
    (!is_known).then(|| stem.to_owned())
}

/// Whether a text names an id behind a number sign, not as a part of a longer one.
fn names(text: &[u8], id: &str) -> bool {
    let named = |sign: &str| {
        let name = format!("{sign}{id}");
        let ends = |at: usize| {
            let next = text.get(at + name.len());
            next.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-')
        };
        // A link to it is none.
        let is_link = |at: usize| text[..at].ends_with(b"]");
        memchr::memmem::find_iter(text, name.as_bytes()).any(|at| ends(at) && !is_link(at))
    };
    ["{#", "｛#", "(#", "（#", "{＃"].into_iter().any(named)
}

/// Steps of a text; what stands before the first is nobody's.
#[derive(Default)]
pub struct Steps<'a> {
    /// Whether the text as a whole is meant.
    pub whole: bool,
    steps: BTreeSet<Option<&'a Id>>,
}

impl<'a> Steps<'a> {
    fn add(&mut self, body: &'a Body, places: &Places) {
        let Some(places) = places.get(&body.file) else { return };
        let starts: Vec<_> = steps(body).collect();
        for place in places {
            // Of a text that says nothing, everything is missing.
            self.whole |= place.is_file() || body.blocks.is_empty();
            let before = starts.partition_point(|(_, heading)| heading <= place);
            self.steps.insert(before.checked_sub(1).and_then(|step| starts[step].0));
        }
    }

    pub fn has(&self, step: Option<&Id>) -> bool {
        self.whole || self.steps.contains(&step)
    }

    /// The same for a part by its name.
    pub fn has_part(&self, part: &str) -> bool {
        self.whole || self.steps.iter().any(|step| step.map_or(TOP, Id::as_str) == part)
    }

    pub fn is_empty(&self) -> bool {
        !self.whole && self.steps.is_empty()
    }
}
