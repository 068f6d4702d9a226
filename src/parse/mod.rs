//! Source tree to documents: one file a kind of source, each read on its own, nothing looked up elsewhere.

pub mod address;
mod bodies;
pub mod broken;
mod budgets;
pub mod cache;
pub mod context;
mod digits;
pub mod document;
pub mod drafts;
pub mod exchanged;
mod fences;
mod fragments;
pub mod hidden;
pub mod ids;
pub mod inline;
pub mod language;
pub mod links;
pub mod lists;
pub mod markdown;
mod meant;
mod misread;
pub mod navigation;
pub mod node;
mod once;
pub mod place;
pub mod policy;
pub mod registry;
pub mod rules;
pub mod schema;
pub mod shape;
pub mod site_file;
pub mod strings;
pub mod text;
pub mod texts;
pub mod translated;
pub mod value;
pub mod yaml;
mod yaml_error;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, Diagnostics, Span, Spanned};
use crate::hash::ContentHash;
use crate::model::address::Addresses;
use crate::model::body::Body;
use crate::model::evidence::Source;
use crate::model::fact::NATIONAL;
use crate::model::glossary::Term;
use crate::model::guide::{CardLine, GENERAL, GuideKey};
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::registry::Registry;
use crate::model::shared::Shared;
use crate::model::site::Config;
use crate::model::strings::Strings;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};
use broken::Broken;
use cache::{Cache, Remembered};
use context::{Context, Wording};
use document::Document;
use drafts::Drafts;
use lists::RawSituation;
use navigation::RawNavigation;
use place::Kind;
use policy::Policy;
use rules::{Known, Rules, Written};
use site_file::{RawGroup, SiteFile};
use text::SourceText;
use texts::LocalText;
use translated::TextRecords;

/// Every source file as read.
#[derive(Debug)]
pub struct Documents {
    /// `site.yaml`.
    pub config: Config,
    /// Whether it names a source locale; else there is nothing to compare translations with.
    pub has_source: bool,
    /// Policies by carrier, the nation under `national`.
    pub policies: BTreeMap<Id, Policy>,
    /// Sources with the places of their ids; absent without a readable file.
    pub sources: Option<Vec<(Source, Span)>>,
    /// Situations in the order written; absent without a readable file.
    pub situations: Option<Vec<RawSituation>>,
    /// Groups of guides in the order written.
    pub groups: Vec<RawGroup>,
    /// The links of every page's head and foot.
    pub navigation: RawNavigation,
    /// Guides by name and locale.
    pub guides: BTreeMap<(GuideKey, LocaleIx), Document>,
    /// Plain pages by name and locale.
    pub pages: BTreeMap<(Id, LocaleIx), Document>,
    /// Letters to print and hand in, by name and locale.
    pub applications: BTreeMap<(Id, LocaleIx), Document>,
    /// Fragments by name and locale.
    pub fragments: BTreeMap<(Id, LocaleIx), Arc<Body>>,
    /// What to say at the counter, by guide, with the places of the situations named.
    pub cards: BTreeMap<GuideKey, Card>,
    /// The words the site uses, and those it does not.
    pub glossary: Vec<Term>,
    /// Every id of an item or a section that was ever published; absent before the first time.
    pub registry: Option<Registry>,
    /// What the same file says of addresses.
    pub addresses: Option<Addresses>,
    /// Guides, pages, letters and fragments whose file is there but could not be read: reported once, not missed again.
    pub unreadable: Vec<Kind>,
    /// Whatever is there and could not be opened.
    pub unread: Vec<SourcePath>,
    /// Where mistakes were found while reading.
    pub broken: Broken,
    /// Locales that many texts are in and that the site does not have, which was told.
    pub lost_locales: BTreeSet<String>,
    /// The lists that every site has, whether they are there or not, in the order of [`LISTS`].
    lists: [FileId; 2],
    /// The theme's words, in the order of the locales.
    pub strings: Vec<Strings>,
    /// Localised texts of YAML files with the way to each.
    pub texts: Vec<LocalText>,
    /// What those were made from; absent before that was first recorded.
    pub text_records: Option<TextRecords>,
    /// What is not published yet.
    pub drafts: Drafts,
}

/// A counter card as read, and the file it stands in.
#[derive(Debug)]
pub struct Card {
    /// Its lines, with the places of the situations each names.
    pub lines: Vec<(CardLine, Vec<Spanned<Id>>)>,
    /// Where it stands.
    pub place: Span,
}

/// Lists that other files name the entries of.
const LISTS: [(Kind, &str); 2] = [(Kind::Sources, layout::SOURCES), (Kind::Situations, layout::SITUATIONS)];

/// Gives numbers to files that a finding may speak of although they are not there. What has one already could not be opened.
fn expect(tree: &mut SourceTree, config: &Config) -> Vec<SourcePath> {
    let unread = tree.absent().cloned().collect();
    let lists = LISTS.into_iter().map(|(_, name)| name.to_owned());
    let theme = layout::theme(&config.theme);
    let words = config.locales.iter().map(|locale| format!("{theme}strings/{}.yaml", locale.id));
    let others = [format!("{theme}templates"), layout::PUBLISHED.to_owned(), layout::TRANSLATED.to_owned()];
    let names = lists.chain(words).chain(others);
    names.filter_map(|name| SourcePath::new(&name).ok()).for_each(|path| _ = tree.refer(path));
    unread
}

/// What one file turned out to be.
enum Read {
    Policy(Id, Option<Policy>),
    Sources(Vec<(Source, Span)>),
    Situations(Vec<RawSituation>),
    Guide(GuideKey, LocaleIx, Option<Document>),
    Page(Id, LocaleIx, Option<Document>),
    Application(Id, LocaleIx, Option<Document>),
    Fragment(Id, LocaleIx, Arc<Body>),
    Card(GuideKey, Card),
    Glossary(Vec<Term>),
    Registry(Registry, Option<Addresses>),
    Translated(TextRecords),
    Nothing,
}

/// Reads every file below `content/` and the theme's strings; drafts are among the documents if asked for. Without a readable
/// `site.yaml` there are no documents, because the locales are not known.
#[must_use]
pub fn documents(tree: &mut SourceTree, cache: &mut Cache, with_drafts: bool) -> (Option<Documents>, Diagnostics) {
    let mut sink = Diagnostics::default();
    let Some(SiteFile { config, groups, navigation, mut wordings, texts: local, has_source }) =
        site_file(tree, &mut sink)
    else {
        return (None, sink);
    };
    let unread = expect(tree, &config);
    let tree = &*tree;
    let mut documents = Documents::empty(config, groups, navigation, has_source);
    documents.leave(unread);
    documents.lists = LISTS.map(|(_, name)| SourcePath::new(name).map_or(FileId::SITE, |path| tree.id(&path)));
    let is_text = |file: &&SourcePath| file.as_str().ends_with(".md") && layout::copied(file.as_str()).is_none();
    let (texts, lists): (Vec<_>, Vec<_>) = tree.below("content/").partition(is_text);
    documents.drafts.shown = with_drafts;
    documents.texts = local;
    documents.add_lists(lists, tree, &mut wordings, &mut sink);
    documents.strings = strings::of_theme(tree, &documents.config, &mut sink);
    let rules = Rules::new(&documents, tree);
    rules.wordings(&wordings, &mut sink);
    drop(wordings);
    let known = (texts.len() <= cache::MAX_FILES).then_some(&*cache);
    let one =
        |shared: &mut Shared, file: &&SourcePath| markdown_file(file, tree, &documents.config, &rules, (known, shared));
    let read: Vec<_> = texts.par_iter().map_init(Shared::default, one).collect();
    documents.leads().for_each(|(locale, lead)| rules.sentence(lead, locale, &mut sink));
    for (ix, strings) in documents.strings.iter().enumerate() {
        rules.strings(strings, LocaleIx(ix), &mut sink);
    }
    let mut next = Cache::default();
    for (file, (kind, read, found, remembered)) in texts.into_iter().zip(read) {
        sink.extend(found);
        documents.add(file, (kind, read), tree, &mut sink);
        if let Some(remembered) = remembered {
            next.insert(file.clone(), remembered);
        }
    }
    *cache = next;
    documents.settle_drafts(tree, &mut sink);
    lists::name_situations(documents.situations.as_deref().unwrap_or_default(), &mut sink);
    documents.broken = Broken::of(&sink);
    documents.lost_locales = context::of_lost_locales(documents.config.locales_place, &mut sink);
    (Some(documents), sink)
}

fn site_file(tree: &SourceTree, sink: &mut Diagnostics) -> Option<SiteFile> {
    let file = SourcePath::site_file();
    let Some(bytes) = tree.get(&file) else {
        if tree.absent().any(|path| *path != file && file.as_str().starts_with(path.as_str())) {
            return None; // told as it was read
        }
        sink.push(
            Diagnostic::new(Code::MissingFile, Span::SITE, "there is no content/site.yaml here")
                .help("run this in the folder that holds `content`, or name that folder with --root")
                .help("`rahnuma init my-site` makes a small site to start from"),
        );
        return None;
    };
    let source = text::read(tree, FileId::SITE, &bytes, sink)?;
    rules::hidden_in_file(&source, sink);
    site_file::read(source, sink)
}

/// What was noted of a file while it was read.
type Noted = (Diagnostics, Vec<Wording>, Vec<LocalText>);

/// A file that is no Markdown.
fn list(file: &SourcePath, tree: &SourceTree, config: &Config) -> (Option<Kind>, Read, Noted) {
    let mut cx = Context::new(&config.locales);
    let id = tree.id(file);
    let kind = place::of(file, Span::file(id), &config.locales, &mut cx.sink);
    let read = match &kind {
        None | Some(Kind::Media | Kind::Static | Kind::Site) => Read::Nothing,
        Some(kind) => {
            let bytes = tree.get(file).unwrap_or_default();
            let source = text::read(tree, id, &bytes, &mut cx.sink);
            if let Some(source) = &source {
                rules::hidden_in_file(source, &mut cx.sink);
            }
            read_list(kind, source, &mut cx)
        }
    };
    (kind.or_else(|| place::told(file, (tree, config), &mut cx.sink)), read, (cx.sink, cx.wordings, cx.texts))
}

fn read_list(kind: &Kind, source: Option<SourceText<'_>>, cx: &mut Context<'_>) -> Read {
    match (kind, source) {
        (Kind::Policy(id), source) => Read::Policy(id.clone(), source.and_then(|source| policy::read(id, source, cx))),
        (Kind::Sources, Some(source)) => lists::sources(source, cx).map_or(Read::Nothing, Read::Sources),
        (Kind::Situations, Some(source)) => lists::situations(source, cx).map_or(Read::Nothing, Read::Situations),
        (Kind::Card(key), Some(source)) => {
            Read::Card(key.clone(), Card { lines: lists::card(source, cx), place: Span::file(source.file) })
        }
        (Kind::Registry, Some(source)) => {
            registry::read(source, cx).map_or(Read::Nothing, |(ids, addresses)| Read::Registry(ids, addresses))
        }
        (Kind::Translated, Some(source)) => translated::file(source, cx).map_or(Read::Nothing, Read::Translated),
        (Kind::Links, Some(source)) => {
            links::read(source, &mut cx.sink);
            Read::Nothing
        }
        (Kind::Glossary, Some(source)) => Read::Glossary(lists::glossary(source, cx)),
        _ => Read::Nothing,
    }
}

/// A guide, a page or a fragment, what it breaks by itself, and what to remember of it.
fn markdown_file(
    file: &SourcePath,
    tree: &SourceTree,
    config: &Config,
    rules: &Rules<'_>,
    (cache, shared): (Option<&Cache>, &mut Shared),
) -> (Option<Kind>, Read, Diagnostics, Option<Remembered>) {
    let mut sink = Diagnostics::default();
    let id = tree.id(file);
    let kind = place::of(file, Span::file(id), &config.locales, &mut sink);
    let numbers = rules.known(kind.as_ref().and_then(owner_of));
    let key = |hash| kind.as_ref().filter(|_| cache.is_some()).map(|_| rules.key(hash));
    let mut before = |hash| {
        let shared = tree.is_large().then_some(&mut *shared);
        cache?.get(file, key(hash)?, &numbers)?.document(id, hash, shared)
    };
    // What was read before and is still the same needs not even be opened.
    let known = tree.known_hash(file).and_then(|hash| Some((hash, before(hash)?)));
    let bytes = if known.is_some() { None } else { tree.get(file) };
    let hash = known.as_ref().map_or_else(|| bytes.as_deref().map(ContentHash::of), |(hash, _)| Some(*hash));
    let Some(hash) = hash else {
        sink.push(taken_away(file, id));
        return (kind, Read::Nothing, sink, None);
    };
    tree.know_hash(file, hash);
    if let Some((document, remembered)) = known.map(|(_, before)| before).or_else(|| before(hash)) {
        let read = kind.as_ref().map_or(Read::Nothing, |kind| read_before(kind, document));
        return (kind, read, sink, Some(remembered));
    }
    let (bytes, key) = (bytes.unwrap_or_default(), key(hash));
    let source = kind.as_ref().and_then(|_| text::read(tree, id, &bytes, &mut sink));
    let source = source.inspect(|source| rules::hidden_in_file(source, &mut sink));
    let shared = tree.is_large().then_some(shared);
    let read = |kind| read_markdown(kind, source, (rules, &numbers), (hash, shared), &mut sink);
    let read = kind.as_ref().map_or(Read::Nothing, read);
    source.iter().for_each(|source| rules::consequences::leave_out(source, &mut sink));
    let remembered = match &read {
        Read::Guide(_, _, Some(document)) | Read::Page(_, _, Some(document)) if sink.is_empty() && !document.draft => {
            key.map(|key| Remembered::new(document, key, numbers.asked()))
        }
        _ => None,
    };
    (kind.or_else(|| place::told(file, (tree, config), &mut sink)), read, sink, remembered)
}

fn taken_away(file: &SourcePath, id: FileId) -> Diagnostic {
    let headline = format!("{file} was taken away while the site was read");
    Diagnostic::new(Code::UnreadableFile, Span::file(id), headline)
}

/// The carrier whose guide it is.
fn owner_of(kind: &Kind) -> Option<&Id> {
    match kind {
        Kind::Guide(key, _) => (key.section.as_str() != GENERAL).then_some(&key.section),
        _ => None,
    }
}

fn read_before(kind: &Kind, document: Document) -> Read {
    match kind {
        Kind::Guide(key, locale) => Read::Guide(key.clone(), *locale, Some(document)),
        Kind::Page(id, locale) => Read::Page(id.clone(), *locale, Some(document)),
        _ => Read::Nothing,
    }
}

/// A text without steps.
fn plain_text(
    read: fn(SourceText<'_>, &mut Diagnostics) -> Option<Document>,
    source: SourceText<'_>,
    locale: LocaleIx,
    (rules, known): (&Rules<'_>, &Known<'_>),
    (hash, shared): (ContentHash, Option<&mut Shared>),
    sink: &mut Diagnostics,
) -> Option<Document> {
    let document = read(source, sink)?;
    rules.document(&document, &Written { source, locale, known, above: 1 }, false, sink);
    Some(document.locked(None).read_from(hash, shared))
}

fn read_markdown(
    kind: &Kind,
    source: Option<SourceText<'_>>,
    (rules, known): (&Rules<'_>, &Known<'_>),
    (hash, shared): (ContentHash, Option<&mut Shared>),
    sink: &mut Diagnostics,
) -> Read {
    match (kind, source) {
        (Kind::Guide(key, locale), source) => {
            let document = source.and_then(|source| {
                let owner = owner_of(kind);
                let document = document::guide(source, sink)?;
                rules.document(&document, &Written { source, locale: *locale, known, above: 1 }, true, sink);
                Some(document.locked(owner).read_from(hash, shared))
            });
            Read::Guide(key.clone(), *locale, document)
        }
        (Kind::Page(id, locale), source) => {
            let read = |source| plain_text(document::page, source, *locale, (rules, known), (hash, shared), sink);
            Read::Page(id.clone(), *locale, source.and_then(read))
        }
        (Kind::Application(id, locale), source) => {
            // A letter is short and every guide of its kind prints it, so its words are held.
            let read = |source| plain_text(document::application, source, *locale, (rules, known), (hash, None), sink);
            Read::Application(id.clone(), *locale, source.and_then(read))
        }
        (Kind::Fragment(id, locale), Some(source)) => {
            let Some(body) = document::fragment(source, sink) else { return Read::Nothing };
            // A fragment is included below a step, so its own headings begin at the third level.
            let written = Written { source, locale: *locale, known, above: 2 };
            rules.script(&body, &written, sink);
            rules.body(&body, &written, sink);
            let body = document::locked(Body { hash, ..body }, &[], None);
            Read::Fragment(id.clone(), *locale, Arc::new(body))
        }
        _ => Read::Nothing,
    }
}

impl Documents {
    /// What `guide_groups`, situations and the navigation name, guides for the most part.
    pub fn listed(&self) -> impl Iterator<Item = &Spanned<String>> {
        let situations = self.situations.iter().flatten().flat_map(|situation| &situation.guides);
        let grouped = self.groups.iter().flat_map(|group| &group.guides);
        situations.chain(grouped).chain(self.navigation.names())
    }

    fn empty(config: Config, groups: Vec<RawGroup>, navigation: RawNavigation, has_source: bool) -> Self {
        Self {
            config,
            has_source,
            policies: BTreeMap::new(),
            sources: None,
            situations: None,
            groups,
            navigation,
            guides: BTreeMap::new(),
            pages: BTreeMap::new(),
            applications: BTreeMap::new(),
            fragments: BTreeMap::new(),
            cards: BTreeMap::new(),
            glossary: Vec::new(),
            registry: None,
            addresses: None,
            unreadable: Vec::new(),
            unread: Vec::new(),
            broken: Broken::default(),
            lost_locales: BTreeSet::new(),
            lists: [FileId::SITE; 2],
            strings: Vec::new(),
            texts: Vec::new(),
            text_records: None,
            drafts: Drafts::default(),
        }
    }

    /// Remembers what could not be opened, so that it is not missed.
    fn leave(&mut self, unread: Vec<SourcePath>) {
        let told = &mut Diagnostics::default();
        let kinds = unread.iter().filter_map(|file| place::of(file, Span::SITE, &self.config.locales, told));
        self.unreadable = kinds.collect();
        self.unread = unread;
    }

    /// Reads files that are no Markdown, and takes in what they say.
    fn add_lists(
        &mut self,
        lists: Vec<&SourcePath>,
        tree: &SourceTree,
        wordings: &mut Vec<Wording>,
        sink: &mut Diagnostics,
    ) {
        let read: Vec<_> = lists.par_iter().map(|file| list(file, tree, &self.config)).collect();
        for (file, (kind, read, (found, more, local))) in lists.into_iter().zip(read) {
            sink.extend(found);
            if self.add(file, (kind, read), tree, sink) {
                wordings.extend(more);
                self.texts.extend(local);
            }
        }
    }

    /// Takes in what a file says; whether it is part of the site.
    fn add(
        &mut self,
        file: &SourcePath,
        (kind, read): (Option<Kind>, Read),
        tree: &SourceTree,
        sink: &mut Diagnostics,
    ) -> bool {
        if !self.drafts.note(file, (kind.as_ref(), &read), tree, sink) {
            return false;
        }
        match read {
            Read::Policy(id, Some(policy)) => drop(self.policies.insert(id, policy)),
            Read::Sources(sources) => self.sources = Some(sources),
            Read::Situations(situations) => self.situations = Some(situations),
            Read::Guide(key, locale, Some(document)) => drop(self.guides.insert((key, locale), document)),
            Read::Page(id, locale, Some(document)) => drop(self.pages.insert((id, locale), document)),
            Read::Application(id, locale, Some(document)) => drop(self.applications.insert((id, locale), document)),
            Read::Fragment(id, locale, body) => drop(self.fragments.insert((id, locale), body)),
            Read::Card(key, card) => drop(self.cards.insert(key, card)),
            Read::Glossary(terms) => self.glossary = terms,
            Read::Translated(records) => self.text_records = Some(records),
            Read::Registry(registry, addresses) => (self.registry, self.addresses) = (Some(registry), addresses),
            // Of these nothing is needed here: it is no loss.
            Read::Nothing if matches!(kind, Some(Kind::Media | Kind::Static | Kind::Site | Kind::Links)) => {}
            _ => self.unreadable.extend(kind),
        }
        true
    }

    /// Whether a policy file of this name is there, readable or not.
    #[must_use]
    pub fn knows_carrier(&self, id: &Id) -> bool {
        id.as_str() != NATIONAL && (self.policies.contains_key(id) || self.is_unreadable(&Kind::Policy(id.clone())))
    }
}
