//! What the references of a text mean in one guide and locale.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::known_carrier;
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Spanned};
use crate::model::body::{Body, Prose, Reference, ReferenceKind, Resolved};
use crate::model::fact::{Fact, FactKey, NATIONAL};
use crate::model::guide::{GuideKey, Reckoning};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::value::Kind;
use crate::parse::Documents;
use crate::parse::document::{RawReckoning, headings};
use crate::parse::place;
use crate::path::SourcePath;
use crate::tree::SourceTree;

/// Addresses a reader may be sent to outside the site.
const SCHEMES: &[&str] = &["https", "http", "mailto", "tel", "sms"];

/// Sections that every page has besides those written, and those that guides have.
const PAGE_SECTIONS: &[&str] = &["facts", "sources"];
const GUIDE_SECTIONS: &[&str] = &["slip", "card"];

/// Looks names up.
pub struct Linker<'a> {
    documents: &'a Documents,
    tree: &'a SourceTree,
    facts: &'a BTreeMap<FactKey, Arc<Fact>>,
    sections: BTreeMap<SourcePath, BTreeSet<String>>,
    /// Includes in the text at hand.
    includes: usize,
    pub(super) sink: &'a mut Diagnostics,
}

/// How many includes a text may come to, those of its fragments among them.
const MAX_INCLUDES: usize = 200;

/// Where a text stands.
#[derive(Clone, Copy)]
struct Here<'a> {
    owner: Option<&'a Id>,
    locale: LocaleIx,
    /// The guide or page itself, also while one of its fragments is read.
    page: &'a Body,
}

impl<'a> Linker<'a> {
    pub(super) fn new(
        documents: &'a Documents,
        tree: &'a SourceTree,
        facts: &'a BTreeMap<FactKey, Arc<Fact>>,
        sink: &'a mut Diagnostics,
    ) -> Self {
        let mut sections = BTreeMap::new();
        let guides = documents.guides.iter().map(|((_, locale), document)| (*locale, &document.body, GUIDE_SECTIONS));
        let pages = documents.pages.iter().map(|((_, locale), document)| (*locale, &document.body, &[] as &[&str]));
        for (locale, body, more) in guides.chain(pages) {
            let mut ids: BTreeSet<String> = PAGE_SECTIONS.iter().chain(more).map(|id| (*id).to_owned()).collect();
            collect_sections(documents, body, locale, &mut ids, &mut BTreeSet::new());
            sections.insert(body.file.clone(), ids);
        }
        Self { documents, tree, facts, sections, includes: 0, sink }
    }

    /// A text with its references resolved; unqualified facts are those of `owner`.
    pub(super) fn prose(&mut self, body: &Arc<Body>, owner: Option<&Id>, locale: LocaleIx) -> Prose {
        self.includes = 0;
        self.resolve(body, Here { owner, locale, page: body }, &mut Vec::new())
    }

    /// A fact named in front matter.
    pub(super) fn named_fact(&mut self, name: &Spanned<String>, owner: Option<&Id>) -> Option<Arc<Fact>> {
        let (value, place) = (name.value.clone(), name.place.clone());
        match self.fact(&Reference { kind: ReferenceKind::Fact, name: value, place }, owner) {
            Resolved::Fact(fact) => Some(fact),
            _ => None,
        }
    }

    /// Facts to show at the head of a guide; their evidence stands where the text names them.
    pub(super) fn glance(&mut self, names: &[Spanned<String>], prose: &Prose, owner: Option<&Id>) -> Vec<Arc<Fact>> {
        let facts: Vec<Arc<Fact>> = names.iter().filter_map(|name| self.named_fact(name, owner)).collect();
        for (fact, name) in facts.iter().zip(names) {
            if prose.first_use(&fact.key).is_none() {
                let headline = format!("`{}` is shown first, but the text never names it", fact.key);
                self.sink.push(
                    Diagnostic::new(Code::BadValue, name.place.clone(), headline)
                        .help(format!("name it where it is explained, as `{{{{ {} }}}}`", name.value)),
                );
            }
        }
        facts
    }

    /// The rule of a guide's front matter; its fact has to be a duration.
    pub(super) fn reckoning(&mut self, raw: &RawReckoning, owner: Option<&Id>) -> Option<Reckoning> {
        let fact = self.named_fact(&raw.fact, owner)?;
        if fact.kind != Kind::Duration {
            self.sink.push(
                Diagnostic::new(Code::BadValue, raw.fact.place.clone(), format!("`{}` is no duration", fact.key))
                    .related(fact.place.clone(), "the fact")
                    .help("a day is reckoned with a fact of kind `duration`"),
            );
            return None;
        }
        Some(Reckoning { from: raw.from, fact })
    }

    fn resolve(&mut self, body: &Arc<Body>, here: Here<'_>, open: &mut Vec<Id>) -> Prose {
        let resolved = body
            .references
            .iter()
            .map(|reference| match reference.kind {
                ReferenceKind::Fact => self.fact(reference, here.owner),
                ReferenceKind::Include => self.include(reference, here, open),
                ReferenceKind::Link => self.link(reference, body, here),
                ReferenceKind::Image => self.image(reference, body),
            })
            .collect();
        Prose { body: Arc::clone(body), resolved }
    }

    fn fact(&mut self, reference: &Reference, own: Option<&Id>) -> Resolved {
        let (owner, name) = match reference.name.split_once('.') {
            Some((owner, name)) => (Id::new(owner), name),
            None => (own.cloned(), reference.name.as_str()),
        };
        let key = owner.zip(Id::new(name)).map(|(owner, fact)| FactKey { owner, fact });
        if let Some(fact) = key.as_ref().and_then(|key| self.facts.get(key)) {
            return Resolved::Fact(Arc::clone(fact));
        }
        if key.is_some_and(|key| self.documents.is_broken_fact(&key)) {
            return Resolved::Broken; // reported where the policy file is broken
        }
        let diagnostic = Diagnostic::new(
            Code::UnknownFact,
            reference.place.clone(),
            format!("there is no fact `{}` here", reference.name),
        );
        let names: Vec<String> = self.facts.keys().map(|key| short_name(key, own)).collect();
        let diagnostic = match crate::diag::suggest::nearest(&reference.name, names.iter().map(String::as_str)) {
            Some(near) => diagnostic.help(format!("did you mean `{{{{ {near} }}}}`?")),
            None => self.elsewhere(name, own, diagnostic),
        };
        self.sink.push(if own.is_none() && !reference.name.contains('.') {
            diagnostic.help("outside a carrier's guide a fact needs its owner: `{{ national.… }}` or `{{ carrier.… }}`")
        } else {
            diagnostic
        });
        Resolved::Broken
    }

    /// Names the owners that do have a fact of this name, else the facts of the carrier.
    fn elsewhere(&self, name: &str, own: Option<&Id>, diagnostic: Diagnostic) -> Diagnostic {
        let owners: Vec<String> =
            self.facts.keys().filter(|key| key.fact.as_str() == name).map(|key| format!("`{{{{ {key} }}}}`")).collect();
        if !owners.is_empty() {
            return diagnostic.help(format!("there is {}", owners.join(", ")));
        }
        let known: Vec<&str> =
            self.facts.keys().filter(|key| Some(&key.owner) == own).map(|key| key.fact.as_str()).collect();
        if known.is_empty() {
            return diagnostic;
        }
        diagnostic.help(format!("this carrier has {}", known.join(", ")))
    }

    fn include(&mut self, reference: &Reference, here: Here<'_>, open: &mut Vec<Id>) -> Resolved {
        let id = Id::new(&reference.name);
        let body = id.as_ref().and_then(|id| self.documents.fragments.get(&(id.clone(), here.locale)));
        let (Some(id), Some(body)) = (id.clone(), body) else {
            if id.is_some_and(|id| self.documents.is_unreadable(&place::Kind::Fragment(id, here.locale))) {
                return Resolved::Broken;
            }
            let locale = &self.documents.config.locale(here.locale).id;
            let names = self.documents.fragments.keys().filter(|(_, of)| *of == here.locale).map(|(id, _)| id.as_str());
            self.sink.push(
                Diagnostic::new(
                    Code::UnknownFragment,
                    reference.place.clone(),
                    format!("there is no fragment `{}` in `{locale}`", reference.name),
                )
                .suggest(&reference.name, names)
                .help(format!("a fragment is a file content/fragments/{}.{locale}.md", reference.name)),
            );
            return Resolved::Broken;
        };
        if open.contains(&id) {
            let chain: Vec<&str> = open.iter().chain([&id]).map(Id::as_str).collect();
            self.sink.push(
                Diagnostic::new(
                    Code::FragmentCycle,
                    reference.place.clone(),
                    format!("the fragment `{id}` includes itself: {}", chain.join(" → ")),
                )
                .help("take one of these includes out"),
            );
            return Resolved::Broken;
        }
        self.includes += 1;
        if self.includes > MAX_INCLUDES {
            let headline = format!("this text comes to more than {MAX_INCLUDES} includes");
            self.sink.push(
                Diagnostic::new(Code::NestedTooDeep, Place::file(&here.page.file), headline)
                    .help("include less; fragments that include fragments multiply"),
            );
            return Resolved::Broken;
        }
        open.push(id);
        let prose = self.resolve(body, here, open);
        open.pop();
        Resolved::Fragment(Arc::new(prose))
    }

    fn link(&mut self, reference: &Reference, body: &Body, here: Here<'_>) -> Resolved {
        let name = reference.name.trim();
        if let Some(section) = name.strip_prefix('#') {
            return self.section(reference, &here.page.file, section).map_or(Resolved::Broken, Resolved::Section);
        }
        if let Some(scheme) = scheme(name) {
            if SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) {
                return Resolved::External(name.to_owned());
            }
            self.sink.push(
                Diagnostic::new(
                    Code::DangerousUrl,
                    reference.place.clone(),
                    format!("an address that begins with `{scheme}:` is not linked"),
                )
                .help(format!("allowed are {}", SCHEMES.join(", "))),
            );
            return Resolved::Broken;
        }
        self.inside(reference, body, here, name)
    }

    /// A link to another file of the site, without its locale: `../general/move-accounts.md#step`.
    fn inside(&mut self, reference: &Reference, body: &Body, here: Here<'_>, name: &str) -> Resolved {
        let (path, section) = name.split_once('#').map_or((name, None), |(path, section)| (path, Some(section)));
        let target = body.file.resolve(path).ok();
        let parts: Vec<&str> = target.as_ref().map(|path| path.as_str().split('/').collect()).unwrap_or_default();
        let locales = &self.documents.config.locales;
        let stem = |name: &str| name.strip_suffix(".md").map(str::to_owned);
        match parts.as_slice() {
            ["content", "policies", file] => {
                if let Some(id) = file.strip_suffix(".yaml").and_then(Id::new) {
                    let known = known_carrier(self.documents, &id, &reference.place, self.sink);
                    if let Some(section) = section.filter(|_| known) {
                        let headline = format!("a carrier's page has no section `#{section}` to link to");
                        self.sink.push(
                            Diagnostic::new(Code::BrokenAnchor, reference.place.clone(), headline)
                                .help("link to the page itself"),
                        );
                    }
                    return if known { Resolved::Carrier(id) } else { Resolved::Broken };
                }
            }
            ["content", "guides", section_id, file] => {
                let key = Id::new(section_id).zip(stem(file).as_deref().and_then(Id::new));
                let key = key.map(|(section, guide)| GuideKey { section, guide });
                let found = key.and_then(|key| {
                    let texts = &self.documents.guides;
                    let own = texts
                        .get(&(key.clone(), here.locale))
                        .or_else(|| locales_of(locales.len()).find_map(|ix| texts.get(&(key.clone(), ix))));
                    own.map(|document| (key, document.body.file.clone()))
                });
                if let Some((key, file)) = found {
                    return match section.map(|section| self.section(reference, &file, section)) {
                        Some(None) => Resolved::Broken,
                        section => Resolved::Guide(key, section.flatten()),
                    };
                }
            }
            ["content", "pages", file] => {
                let found = stem(file).as_deref().and_then(Id::new).and_then(|id| {
                    let texts = &self.documents.pages;
                    let own = texts
                        .get(&(id.clone(), here.locale))
                        .or_else(|| locales_of(locales.len()).find_map(|ix| texts.get(&(id.clone(), ix))));
                    own.map(|document| (id, document.body.file.clone()))
                });
                if let Some((id, file)) = found {
                    return match section.map(|section| self.section(reference, &file, section)) {
                        Some(None) => Resolved::Broken,
                        section => Resolved::Page(id, section.flatten()),
                    };
                }
            }
            _ => {}
        }
        self.broken(reference, target.as_ref(), &body.file);
        Resolved::Broken
    }

    fn broken(&mut self, reference: &Reference, target: Option<&SourcePath>, from: &SourcePath) {
        let diagnostic = Diagnostic::new(
            Code::BrokenLink,
            reference.place.clone(),
            format!("`{}` leads to no file of this site", reference.name),
        );
        let diagnostic = match target {
            None => diagnostic.help("the path climbs out of the site's folder"),
            Some(target) => match (self.without_locale(target), self.near(target)) {
                (Some(name), _) => diagnostic
                    .help(format!("leave the locale out, so that the link stays in the reader's language: `{name}`")),
                (None, Some(near)) => diagnostic.help(format!("did you mean `{}`?", from.relative(&near))),
                (None, None) => diagnostic.help(
                    "name the file relative to this one and without its locale, as in `../general/move-accounts.md`",
                ),
            },
        };
        self.sink.push(diagnostic);
    }

    /// A file of the site whose name is near, in the same folder or another.
    fn near(&self, target: &SourcePath) -> Option<SourcePath> {
        let names: Vec<SourcePath> = self.link_names().iter().filter_map(|name| SourcePath::new(name).ok()).collect();
        let same = names.iter().find(|name| name.name() == target.name());
        let near = || {
            let name = crate::diag::suggest::nearest(target.name(), names.iter().map(SourcePath::name))?;
            names.iter().find(|path| path.name() == name)
        };
        same.or_else(near).cloned()
    }

    /// Every file a link may name, as seen from the root.
    fn link_names(&self) -> BTreeSet<String> {
        let guides = self.documents.guides.keys().map(|(key, _)| format!("content/guides/{key}.md"));
        let pages = self.documents.pages.keys().map(|(id, _)| format!("content/pages/{id}.md"));
        let carriers = self
            .documents
            .policies
            .keys()
            .filter(|id| id.as_str() != NATIONAL)
            .map(|id| format!("content/policies/{id}.yaml"));
        guides.chain(pages).chain(carriers).collect()
    }

    fn without_locale(&self, target: &SourcePath) -> Option<String> {
        let (stem, locale) = target.name().strip_suffix(".md")?.rsplit_once('.')?;
        crate::parse::context::locale_ix(&self.documents.config.locales, locale)?;
        Some(format!("{stem}.md"))
    }

    fn section(&mut self, reference: &Reference, file: &SourcePath, section: &str) -> Option<String> {
        let known = self.sections.get(file)?;
        if known.contains(section) {
            return Some(section.to_owned());
        }
        self.sink.push(
            Diagnostic::new(Code::BrokenAnchor, reference.place.clone(), format!("{file} has no section `#{section}`"))
                .suggest(
                    &format!("#{section}"),
                    known.iter().map(|id| format!("#{id}")).collect::<Vec<_>>().iter().map(String::as_str),
                ),
        );
        None
    }

    fn image(&mut self, reference: &Reference, body: &Body) -> Resolved {
        let file = body.file.resolve(&reference.name).ok().filter(|_| scheme(&reference.name).is_none());
        let bytes = file.as_ref().and_then(|file| self.tree.get(file));
        let bad = |headline: String, help: &str| {
            Diagnostic::new(Code::BadImage, reference.place.clone(), headline).help(help)
        };
        let (Some(file), Some(bytes)) = (file.clone(), bytes) else {
            self.sink.push(bad(
                format!("there is no image `{}`", reference.name),
                "put the file beside this one and name it relative to it; images are never taken from other sites",
            ));
            return Resolved::Broken;
        };
        if let Ok(size) = imagesize::blob_size(bytes) {
            Resolved::Image(file, (size.width, size.height))
        } else {
            self.sink.push(bad(
                format!("`{}` is no image that browsers show", reference.name),
                "use PNG, JPEG, WebP or GIF",
            ));
            Resolved::Broken
        }
    }
}

fn locales_of(count: usize) -> impl Iterator<Item = LocaleIx> {
    (0..count).map(LocaleIx)
}

/// The fact's name as an editor would write it in a text of `owner`.
fn short_name(key: &FactKey, owner: Option<&Id>) -> String {
    if owner == Some(&key.owner) { key.fact.as_str().to_owned() } else { key.to_string() }
}

/// `https` of `https://…`; nothing for a path.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c) || c.is_control() || c.is_whitespace());
    fits.then_some(scheme)
}

fn collect_sections<'a>(
    documents: &'a Documents,
    body: &'a Body,
    locale: LocaleIx,
    ids: &mut BTreeSet<String>,
    seen: &mut BTreeSet<&'a SourcePath>,
) {
    if !seen.insert(&body.file) {
        return;
    }
    ids.extend(headings(body).filter_map(|heading| heading.attributes.id.as_ref()).map(|id| id.as_str().to_owned()));
    let includes = body.references.iter().filter(|reference| reference.kind == ReferenceKind::Include);
    for fragment in includes.filter_map(|reference| documents.fragments.get(&(Id::new(&reference.name)?, locale))) {
        collect_sections(documents, fragment, locale, ids, seen);
    }
}
