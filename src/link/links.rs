//! Links: files of the site by path, sections by id, addresses elsewhere.

use super::known_carrier;
use super::prose::{Here, Linker};
use crate::diag::suggest::{self, Near};
use crate::diag::{Code, Diagnostic, Span};
use crate::model::address::{Address, AddressFate};
use crate::model::body::{Body, Reference, Resolved, Target};
use crate::model::guide::{GENERAL, GuideKey};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::registry::RegisteredGuide;
use crate::parse::address::{self, SCHEMES};
use crate::parse::place;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::FileId;

/// The guide that a file without its locale would be.
fn guide_of(target: &SourcePath) -> Option<GuideKey> {
    let (section, guide) = target.as_str().strip_prefix("content/guides/")?.strip_suffix(".md")?.split_once('/')?;
    Some(GuideKey { section: Id::new(section)?, guide: Id::new(guide)? })
}

/// What a link may name besides carriers.
enum TextName {
    Guide(GuideKey),
    Page(Id),
}

impl Linker<'_> {
    pub(super) fn link(&mut self, reference: &Reference, body: &Body, here: Here<'_>) -> Resolved {
        let name = reference.name.trim();
        if let Some(section) = name.strip_prefix('#') {
            return self.own_section(reference, body, here, section);
        }
        if let Some(scheme) = scheme(name) {
            if SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) {
                return self.outside(reference, name);
            }
            self.sink.push(
                Diagnostic::new(
                    Code::DangerousUrl,
                    reference.place,
                    format!("an address that begins with `{scheme}:` is not linked"),
                )
                .help(format!("allowed are {}", SCHEMES.join(", "))),
            );
            return Resolved::Broken;
        }
        self.inside(reference, body, here, name)
    }

    /// An address outside the site, where it leads somewhere.
    fn outside(&mut self, reference: &Reference, address: &str) -> Resolved {
        let Err(reason) = address::check(address) else { return Resolved::External(address.into()) };
        let headline = format!("`{address}` leads nowhere");
        self.sink.push(Diagnostic::new(Code::BrokenLink, reference.place, headline).help(reason));
        Resolved::Broken
    }

    /// A link to another file of the site, without its locale: `../general/move-accounts.md#step`.
    fn inside(&mut self, reference: &Reference, body: &Body, here: Here<'_>, name: &str) -> Resolved {
        let (path, section) = name.split_once('#').map_or((name, None), |(path, section)| (path, Some(section)));
        // A draft names files as it will when it is published.
        let target = in_place(self.tree.path(body.file)).resolve(path).ok();
        if let Some(carrier) = target.as_ref().and_then(carrier_of) {
            return self.carrier(reference, carrier, section);
        }
        if let Some(name) =
            target.as_ref().filter(|file| self.tree.contains(file)).and_then(|it| layout::copied(it.as_str()))
        {
            let section = section.map(|section| format!("#{section}")).unwrap_or_default();
            return Resolved::External(format!("{}{name}{section}", self.documents.config.base_path()).into());
        }
        let Some((text, file)) = target.as_ref().and_then(|target| self.text_at(target, here.locale)) else {
            if target.as_ref().is_some_and(|target| self.is_unreadable(target)) {
                return Resolved::Broken; // told with the file
            }
            if target.as_ref().is_none_or(|target| !self.is_gone(target, reference)) {
                self.broken(reference, target.as_ref(), body.file);
            }
            return Resolved::Broken;
        };
        let section = match section {
            Some(section) => match self.section(reference, file, section) {
                None => return Resolved::Broken,
                known => known.map(Into::into),
            },
            None => None,
        };
        match text {
            TextName::Guide(text) => Resolved::Guide(Box::new(Target { text, section })),
            TextName::Page(text) => Resolved::Page(Box::new(Target { text, section })),
        }
    }

    fn carrier(&mut self, reference: &Reference, id: Id, section: Option<&str>) -> Resolved {
        if !known_carrier(self.documents, &id, reference.place, self.sink) {
            return Resolved::Broken;
        }
        if let Some(section) = section {
            let headline = format!("a carrier's page has no section `#{section}` to link to");
            self.sink
                .push(Diagnostic::new(Code::BrokenAnchor, reference.place, headline).help("link to the page itself"));
        }
        Resolved::Carrier(id)
    }

    /// The guide or page of a name without locale, and the file it is read in: the locale's own, or another's.
    fn text_at(&self, target: &SourcePath, locale: LocaleIx) -> Option<(TextName, FileId)> {
        let locales = || std::iter::once(locale).chain(self.documents.config.locales().map(|(ix, _)| ix));
        let stem = |file: &str| file.strip_suffix(".md").and_then(Id::new);
        match target.as_str().split('/').collect::<Vec<_>>().as_slice() {
            ["content", "guides", section, file] => {
                let key = GuideKey { section: Id::new(section)?, guide: stem(file)? };
                // The name that all links to a guide share.
                let guides = &self.documents.guides;
                let ((key, _), document) = locales().find_map(|ix| guides.get_key_value(&(key.clone(), ix)))?;
                Some((TextName::Guide(key.clone()), document.body.file))
            }
            ["content", "pages", file] => {
                let id = stem(file)?;
                let pages = &self.documents.pages;
                let ((id, _), document) = locales().find_map(|ix| pages.get_key_value(&(id.clone(), ix)))?;
                Some((TextName::Page(id.clone()), document.body.file))
            }
            _ => None,
        }
    }

    /// Whether a text of this name is there in some locale, and could be read in none.
    fn is_unreadable(&self, target: &SourcePath) -> bool {
        let locales = self.documents.config.locales();
        let Some(stem) = target.as_str().strip_suffix(".md") else { return false };
        locales.into_iter().any(|(_, locale)| {
            let file = SourcePath::new(&format!("{stem}.{}.md", locale.id)).ok();
            file.and_then(|file| place::meant(&file, &self.documents.config))
                .is_some_and(|kind| self.documents.is_unreadable(&kind))
        })
    }

    /// Whether a guide that was published is not here any more: told once at the registry; a link to one of which is known what became
    /// of it is told with that.
    fn is_gone(&mut self, target: &SourcePath, reference: &Reference) -> bool {
        let documents = self.documents;
        let Some(key) = guide_of(target) else { return self.is_page_gone(target) };
        let Some(fate) = documents.addresses.as_ref().and_then(|all| all.get(&Address::Guide(key.clone()))) else {
            let registered = documents.registry.as_ref().and_then(|registry| registry.get(&key));
            let is_withheld = documents.drafts.are_withheld_at(target, documents.config.source_locale);
            return !is_withheld && registered.is_some_and(RegisteredGuide::is_live);
        };
        let headline = format!("`{}` leads to a guide that is gone", reference.name);
        let gone = Diagnostic::new(Code::BrokenLink, reference.place, headline);
        self.sink.push(match &fate.fate {
            Some(AddressFate::RenamedTo(new)) => gone.help(format!("it is called `{new}` today")),
            Some(AddressFate::Retired(day)) => gone.help(format!("it was taken away on {day}: take the link out")),
            _ => return false,
        });
        true
    }

    /// The same for a plain page.
    fn is_page_gone(&self, target: &SourcePath) -> bool {
        let page = target.as_str().strip_prefix("content/pages/").and_then(|file| Id::new(file.strip_suffix(".md")?));
        let address = page.map(Address::Own);
        let registered = address.and_then(|address| self.documents.addresses.as_ref()?.get(&address));
        registered.is_some_and(|registered| matches!(registered.fate, Some(AddressFate::Live)))
    }

    /// The file near the one that a path from the root of the site names, as seen from this one.
    fn absolute(&self, reference: &Reference, file: FileId) -> Option<String> {
        let path = reference.name.split('#').next().unwrap_or_default().trim_start_matches('/');
        let near = SourcePath::new(path).ok().and_then(|path| self.near(&path, file))?;
        Some(in_place(self.tree.path(file)).relative(&near))
    }

    fn broken(&mut self, reference: &Reference, target: Option<&SourcePath>, file: FileId) {
        let from = &in_place(self.tree.path(file));
        let diagnostic = Diagnostic::new(
            Code::BrokenLink,
            reference.place,
            format!("`{}` leads to no file of this site", reference.name),
        );
        let source = self.documents.config.source_locale;
        if let Some(target) = target.filter(|target| self.documents.drafts.are_withheld_at(target, source)) {
            let help = format!("{target} is a draft: take the link out until it is published, or publish it");
            self.sink.push(diagnostic.help(help));
            return;
        }
        let diagnostic = match target {
            None if reference.name.starts_with('/') => self
                .absolute(reference, file)
                .into_iter()
                .fold(diagnostic, |told, near| told.help(format!("did you mean `{near}`?")))
                .help("a link names the file as seen from this one, and never begins with `/`"),
            None if reference.name.contains('\\') => {
                let help = "between the parts of a path stands `/`, also where a text was written on Windows";
                diagnostic.help(format!("write `{}`: {help}", reference.name.replace('\\', "/")))
            }
            None => diagnostic.help("the path climbs out of the site's folder"),
            Some(target) => match (outside_meant(&reference.name), self.without_locale(target), self.near(target, file))
            {
                (Some(meant), ..) => {
                    diagnostic.help(format!("an address outside the site begins with `https://`: `{meant}`"))
                }
                (None, Some(path), _) => diagnostic.help(format!(
                    "leave the locale out, so that the link stays in the reader's language: `{}`",
                    from.relative(&path)
                )),
                (None, None, Some(near)) => {
                    let section = reference.name.find('#').map_or("", |at| &reference.name[at..]);
                    diagnostic.help(format!("did you mean `{}{section}`?", from.relative(&near)))
                }
                (None, None, None) => diagnostic.help(
                    "name the file relative to this one and without its locale, as in `../general/move-accounts.md`",
                ),
            },
        };
        self.sink.push(diagnostic);
    }

    /// A file of the site whose name is near, in the same folder or another; `from` names it. Never another carrier's guide.
    fn near(&self, target: &SourcePath, from: FileId) -> Option<SourcePath> {
        // A path that was written as seen from the folder of all guides, or of all content.
        let inside =
            target.as_str().strip_prefix(self.tree.path(from).folder()).map(|inside| inside.trim_start_matches('/'));
        let of = |folder: &str| SourcePath::new(&format!("{folder}/{}", inside?)).ok();
        let seen_from_above = [layout::GUIDES, layout::CONTENT].into_iter().filter_map(of);
        if let Some(path) = seen_from_above.into_iter().find(|path| self.text_at(path, LocaleIx(0)).is_some()) {
            return Some(path);
        }
        if let Some(section) = target.folder().strip_prefix("content/guides/") {
            let sections = self.near.sections_of_guides();
            // The name is right, and the folder is not.
            let is_general = || self.guides_of(GENERAL).is_some_and(|names| names.iter().any(|it| it == target.name()));
            if section != GENERAL && sections.contains(section) && is_general() {
                return SourcePath::new(&format!("{}/{GENERAL}/{}", layout::GUIDES, target.name())).ok();
            }
            let section =
                if sections.contains(section) { section } else { suggest::nearest(section, sections.iter().copied())? };
            let names = self.guides_of(section)?;
            let near = suggest::nearest(target.name(), names.iter().map(String::as_str))?;
            return SourcePath::new(&format!("{}/{section}/{near}", layout::GUIDES)).ok();
        }
        let files = self.near.files();
        let name = match files.by_name.get_key_value(target.name()) {
            Some((name, _)) => name,
            None => match files.names.near(target.name(), from) {
                Near::Name(name) => name,
                Near::Nothing | Near::Uncompared => return None,
            },
        };
        let there = files.by_name.get(name)?;
        let own = self.tree.path(from).folder();
        let nobodys = format!("{}/{GENERAL}", layout::GUIDES);
        let is_near = |path: &&SourcePath| [own, nobodys.as_str(), "content/pages"].contains(&path.folder());
        let only = || if let [only] = there.as_slice() { Some(only) } else { None };
        let is_meant = |path: &&SourcePath| is_near(path) || !own.starts_with(layout::GUIDES);
        there.iter().find(is_near).or_else(only).filter(is_meant).cloned()
    }

    /// The names of a section's guides in links, if there are any.
    fn guides_of(&self, section: &str) -> Option<Vec<String>> {
        let keys = self.documents.guides.keys().filter(|(key, _)| key.section.as_str() == section);
        let names: Vec<String> = keys.map(|(key, _)| format!("{}.md", key.guide)).collect();
        (!names.is_empty()).then_some(names)
    }

    fn without_locale(&self, target: &SourcePath) -> Option<SourcePath> {
        let (stem, locale) = target.name().strip_suffix(".md")?.rsplit_once('.')?;
        crate::parse::context::locale_ix(&self.documents.config.locales, locale)?;
        SourcePath::new(&format!("{}/{stem}.md", target.folder())).ok()
    }

    /// A link within the page; in a fragment, within each page that includes it.
    fn own_section(&mut self, reference: &Reference, body: &Body, here: Here<'_>, section: &str) -> Resolved {
        match self.find_section(reference, here.page.file, section) {
            Ok(section) => return Resolved::Section(section.into()),
            // A fragment counts on the card of each guide that includes it.
            Err(_)
                if section == "card"
                    && body.file != here.page.file
                    && self.sections.guide(here.page.file).is_some() =>
            {
                self.no_card(here.page.file);
            }
            // A fragment that no page includes has no sections around it.
            Err(None) => {}
            Err(Some(diagnostic)) if body.file == here.page.file => self.sink.push(*diagnostic),
            Err(Some(mut diagnostic)) => {
                diagnostic.headline = format!("a page that includes this fragment has no section `#{section}`");
                let note = "a fragment's `#` means the page that includes it: name the guide as well if one is meant";
                self.absent(*diagnostic, Some(note), self.tree.path(here.page.file).to_string(), here);
            }
        }
        Resolved::Broken
    }

    fn section(&mut self, reference: &Reference, file: FileId, section: &str) -> Option<String> {
        let found = self.find_section(reference, file, section);
        found.map_err(|wrong| wrong.into_iter().for_each(|diagnostic| self.sink.push(*diagnostic))).ok()
    }

    /// The section of a file, or what is wrong with its name.
    fn find_section(
        &mut self,
        reference: &Reference,
        file: FileId,
        section: &str,
    ) -> Result<String, Option<Box<Diagnostic>>> {
        if self.sections.of(file).ok_or(None)?.contains(section) {
            return Ok(section.to_owned());
        }
        if self.is_told(file, section) {
            return Err(None);
        }
        let known = self.sections.of(file).cloned().unwrap_or_default();
        let headline = format!("{} has no section `#{section}`", self.tree.path(file));
        let diagnostic = Diagnostic::new(Code::BrokenAnchor, reference.place, headline);
        let renamed = self.renamed(file, section).filter(|new| known.contains(new.as_str()));
        let diagnostic = if let Some(new) = renamed {
            diagnostic.help(format!("it is called `#{new}` today; readers' old links go on working"))
        } else {
            let diagnostic = self.near.sections(file, known.iter()).suggest(diagnostic, &format!("#{section}"));
            if diagnostic.help.is_empty() { say_sections(diagnostic, known.iter()) } else { diagnostic }
        };
        Err(Some(Box::new(diagnostic)))
    }

    /// Whether a section is missing because of something that is told where it should stand: its heading is broken, or only the source has it.
    fn is_told(&mut self, file: FileId, section: &str) -> bool {
        let broken = &self.documents.broken;
        let is_hurt = broken.errors.contains_key(&file) || broken.warnings.contains_key(&file);
        let written = format!("{{#{section}");
        let names = |bytes: &[u8]| memchr::memmem::find(bytes, written.as_bytes()).is_some();
        if is_hurt && self.tree.get(self.tree.path(file)).is_some_and(|bytes| names(&bytes)) {
            return true;
        }
        let source = self.sections.guide(file).map(|key| (key.clone(), self.documents.config.source_locale));
        let source = source.and_then(|key| self.documents.guides.get(&key)).map(|document| document.body.file);
        source.is_some_and(|source| source != file && self.sections.of(source).is_some_and(|all| all.contains(section)))
    }

    /// Reports a counter card that is led to and not there: once, at the guide. One that cannot be read was told.
    fn no_card(&mut self, file: FileId) {
        let Some(key) = self.sections.guide(file) else { return };
        let documents = self.documents;
        let is_stray = |card: &GuideKey| card.guide == key.guide && !documents.has_guide(card);
        let card = format!("{}/{key}.card", layout::GUIDES);
        let is_misnamed = self
            .tree
            .below(&format!("{}/{}/", layout::GUIDES, key.section))
            .any(|file| file.as_str().starts_with(&card));
        let is_there = documents.cards.contains_key(key);
        if is_misnamed && !is_there
            || documents.is_lost_card(key)
            || documents.is_unreadable(&place::Kind::Card(key.clone()))
            || documents.cards.keys().any(is_stray)
        {
            return; // told with the file
        }
        let source = (key.clone(), self.documents.config.source_locale);
        let is_source = self.documents.guides.get(&source).is_none_or(|document| document.body.file == file);
        if is_source && !self.documents.cards.contains_key(key) {
            let headline = format!("`#card` leads to the counter card of `{key}`, which has none");
            let help = format!("bring {}/{key}.card.yaml back, or take the links to `#card` out", layout::GUIDES);
            self.sink.push(Diagnostic::new(Code::BrokenAnchor, Span::file(file), headline).help(help));
        }
    }

    /// What a published section of a guide is called today.
    fn renamed(&self, file: FileId, section: &str) -> Option<&Id> {
        let registered = self.documents.registry.as_ref()?.get(self.sections.guide(file)?)?;
        let (old, _) = registered.ids.get_key_value(&Id::new(section)?)?;
        registered.today(old).filter(|new| *new != old)
    }
}

/// Where a file stands once it is published.
fn in_place(file: &SourcePath) -> SourcePath {
    let place = layout::published(file.as_str()).and_then(|place| SourcePath::new(&place).ok());
    place.unwrap_or_else(|| file.clone())
}

/// The carrier whose policy file this is.
fn carrier_of(target: &SourcePath) -> Option<Id> {
    Id::new(layout::owner(target.as_str())?)
}

/// `https` of `https://…`; nothing for a path.
pub(super) fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c) || c.is_control() || c.is_whitespace());
    fits.then_some(scheme)
}

/// The address outside the site that a link was meant to have.
fn outside_meant(name: &str) -> Option<String> {
    let rest = name.strip_prefix("https//").or_else(|| name.strip_prefix("http//"));
    match rest {
        Some(rest) => Some(format!("https://{rest}")),
        None => name.starts_with("www.").then(|| format!("https://{name}")),
    }
}

/// So many sections are few enough to choose from.
const FEW_SECTIONS: usize = 12;

/// Says which sections there are, where they are few.
fn say_sections<'a>(diagnostic: Diagnostic, known: impl ExactSizeIterator<Item = &'a String>) -> Diagnostic {
    if known.len() == 0 || known.len() > FEW_SECTIONS {
        return diagnostic.help("look for its heading there, and write the id behind it");
    }
    let known: Vec<String> = known.map(|section| format!("`#{section}`")).collect();
    diagnostic.help(format!("it has {}", known.join(", ")))
}
