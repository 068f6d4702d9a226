//! Files that hold what belongs in another: two policy files, counter cards or languages of one text that were exchanged, and files copied
//! over others or beside them. Thousands of findings follow from one of these, so the site is read as it would be without it.
//!
//! What a YAML file held is known by the fingerprints that were recorded of its texts: only one that no longer agrees with its own record is
//! looked at. What a text is written in is known by its letters, and that it was saved over another by what both of their other languages
//! are made of.

use std::collections::{BTreeMap, BTreeSet};

use super::cache::Cache;
use super::document::Document;
use super::rules::Scripts;
use super::rules::many;
use super::{Documents, documents};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::address::Address;
use crate::model::guide::GuideKey;
use crate::model::id::Id;
use crate::model::locale::LocaleIx;
use crate::model::translation::Fingerprint;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// Words that so many files have are no sign of any.
const COMMON: usize = 4;

/// So much of a file is what another was recorded with, in parts of ten.
const MOST: usize = 9;

/// Every source file, as [`documents`] reads them: as they would be without such files, which are reported.
#[must_use]
pub fn read(tree: &mut SourceTree, cache: &mut Cache, with_drafts: bool) -> (Option<Documents>, Diagnostics) {
    let (mut read, mut found) = documents(tree, cache, with_drafts);
    let exchanged = read.as_ref().map(|read| Exchanged::of(read, tree, &found)).unwrap_or_default();
    if !exchanged.is_empty() {
        exchanged.put_right(tree);
        (read, found) = documents(tree, cache, with_drafts);
        exchanged.report(tree, &mut found);
    }
    many::fold(&mut found);
    (read, found)
}

/// Files that hold what belongs in another.
#[derive(Default)]
struct Exchanged {
    /// Files that hold what belongs in the next of them, and the last what belongs in the first: mostly two.
    rings: Vec<Vec<SourcePath>>,
    /// Files moved over others, each with the name that it had.
    moved: Vec<[SourcePath; 2]>,
    /// Copies, each with the files that are there because of it, the first of which is told, and what it is a copy of.
    copies: Vec<Copy>,
}

struct Copy {
    files: Vec<SourcePath>,
    original: SourcePath,
    /// What is to be done.
    help: &'static str,
}

const BRING_BACK: &str = "bring back what stood in it, from an earlier version of the site";
const WRITE_ITS_OWN: &str =
    "if it was made by mistake, take it away; if it is to become another one, write its own names, words and ids first";

/// The texts of a file in the source locale, by the way to each.
type Texts<'a> = Vec<(&'a str, Fingerprint)>;

/// What was recorded of the texts of a file.
type Recorded<'a> = BTreeMap<&'a str, Fingerprint>;

impl Exchanged {
    /// Those of a site as it was read, with what was found.
    fn of(documents: &Documents, tree: &SourceTree, found: &Diagnostics) -> Self {
        let mut all = Self::default();
        all.add_recorded(documents, tree);
        all.add_new_policies(documents, tree);
        all.add_new_guides(documents, tree);
        all.add_saved_over(documents, tree);
        all.add_languages(documents, tree, found);
        all
    }

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.rings.is_empty() && self.moved.is_empty() && self.copies.is_empty()
    }

    /// Makes the tree what it would be without them: copies are there and cannot be read.
    fn put_right(&self, tree: &mut SourceTree) {
        for ring in &self.rings {
            let held: Option<Vec<_>> = ring.iter().map(|file| tree.get(file)).collect();
            let homes = ring.iter().cycle().skip(1);
            held.into_iter().flatten().zip(homes).for_each(|(bytes, home)| tree.insert(home.clone(), bytes));
        }
        for [file, home] in &self.moved {
            if let Some(bytes) = tree.get(file) {
                tree.insert(home.clone(), bytes);
                tree.remove(file);
            }
        }
        self.copies.iter().flat_map(|copy| &copy.files).for_each(|file| tree.remove(file));
    }

    /// Reports them, each once.
    fn report(&self, tree: &SourceTree, sink: &mut Diagnostics) {
        self.rings.iter().filter_map(|ring| exchanged(ring, tree)).for_each(|found| sink.push(found));
        for [file, home] in &self.moved {
            let headline = format!("this file holds what belongs in {home}, which is not there");
            let found = Diagnostic::new(Code::UnknownPlace, Span::file(tree.id(file)), headline);
            sink.push(found.help(format!("call it {home} again, and under this name {BRING_BACK}")));
        }
        for Copy { files, original, help } in &self.copies {
            let Some(file) = files.first() else { continue };
            let headline = format!("this file is a copy of {original}, word for word");
            sink.push(Diagnostic::new(Code::UnknownPlace, Span::file(tree.id(file)), headline).help(*help));
        }
    }

    /// Policy files and counter cards that agree with the record of another.
    fn add_recorded(&mut self, documents: &Documents, tree: &SourceTree) {
        let recorded = recorded(documents);
        let strange: BTreeMap<&str, Texts<'_>> = texts(documents, tree)
            .into_iter()
            .filter(|(file, texts)| recorded.get(file).is_some_and(|own| agreeing(texts, own) < texts.len()))
            .collect();
        if strange.is_empty() {
            return;
        }
        let mut files: BTreeMap<(&str, Fingerprint), Vec<&str>> = BTreeMap::new();
        for (file, record) in &recorded {
            record.iter().for_each(|(way, from)| files.entry((way, *from)).or_default().push(file));
        }
        let home = |(file, texts): (&&'_ str, &Texts<'_>)| {
            let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
            let known = texts.iter().filter_map(|text| files.get(text)).filter(|files| files.len() <= COMMON);
            known.flatten().for_each(|file| *votes.entry(file).or_default() += 1);
            let (home, _) = votes.into_iter().max_by_key(|(_, votes)| *votes)?;
            let (own, other) = (agreeing(texts, &recorded[*file]), agreeing(texts, &recorded[home]));
            let is_most = other * 10 >= MOST * texts.len().max(recorded[home].len());
            (is_most && other > own && is_card(file) == is_card(home)).then(|| (file.to_string(), home.to_owned()))
        };
        let homes: BTreeMap<String, String> = strange.iter().filter_map(home).collect();
        for (file, home) in &homes {
            let (Ok(path), Ok(other)) = (SourcePath::new(file), SourcePath::new(home)) else { continue };
            if homes.get(home) == Some(file) {
                if file < home {
                    self.rings.push(vec![path, other]);
                }
            } else if !tree.contains(&other) {
                self.moved.push([path, other]);
            } else if tree.hash(file) == tree.hash(home) {
                self.copies.push(Copy { files: vec![path], original: other, help: BRING_BACK });
            }
        }
    }

    /// Policy files that never were published, and are word for word another's.
    fn add_new_policies(&mut self, documents: &Documents, tree: &SourceTree) {
        let address =
            |id: &Id| documents.addresses.as_ref().is_some_and(|all| all.contains_key(&Address::Own(id.clone())));
        let file = |id: &Id| layout::policy(id.as_str());
        let (known, new): (Vec<&Id>, Vec<&Id>) = documents.policies.keys().partition(|id| address(id));
        if new.is_empty() {
            return;
        }
        let known: BTreeMap<_, _> = known.into_iter().map(|id| (tree.hash(&file(id)), file(id))).collect();
        for name in new.into_iter().map(file) {
            let original = known.get(&tree.hash(&name)).and_then(|original| SourcePath::new(original).ok());
            if let (Some(original), Ok(path)) = (original, SourcePath::new(&name))
                && tree.contains(&path)
            {
                self.copies.push(Copy { files: vec![path], original, help: WRITE_ITS_OWN });
            }
        }
    }

    /// Guides that never were published, and are word for word another of the same carrier.
    fn add_new_guides(&mut self, documents: &Documents, tree: &SourceTree) {
        let Some(registry) = &documents.registry else { return };
        let source = documents.config.source_locale;
        let of_source = || documents.guides.iter().filter(|((_, locale), _)| *locale == source);
        let (known, new): (Vec<_>, Vec<_>) = of_source().partition(|((key, _), _)| registry.contains_key(key));
        if new.is_empty() {
            return;
        }
        let known: BTreeMap<_, _> =
            known.into_iter().map(|((key, _), document)| ((&key.section, document.body.hash), document)).collect();
        let path = |document: &Document| tree.path(document.body.file).clone();
        for ((key, _), document) in new {
            let Some(original) = known.get(&(&key.section, document.body.hash)) else { continue };
            let texts = documents.guides.range((key.clone(), LocaleIx(0))..);
            let translations = texts.take_while(|((other, _), _)| other == key).filter(|((_, ix), _)| *ix != source);
            let files = std::iter::once(document).chain(translations.map(|(_, document)| document)).map(path);
            self.copies.push(Copy { files: files.collect(), original: path(original), help: WRITE_ITS_OWN });
        }
    }

    /// Guides that were published, and in one language are word for word another: of the two, the one that has less in common with its
    /// other languages.
    fn add_saved_over(&mut self, documents: &Documents, tree: &SourceTree) {
        let Some(registry) = &documents.registry else { return };
        let published = documents.guides.iter().filter(|((key, _), _)| registry.contains_key(key));
        let mut alike: BTreeMap<_, Vec<(&GuideKey, &Document)>> = BTreeMap::new();
        for ((key, locale), document) in published {
            alike.entry((locale, document.body.hash)).or_default().push((key, document));
        }
        let fitting = |key: &GuideKey, own: &Document| {
            let texts = documents.guides.range((key.clone(), LocaleIx(0))..).take_while(|((other, _), _)| other == key);
            let others = texts.filter(|(_, document)| document.body.file != own.body.file);
            others.map(|(_, document)| made_of(document).intersection(&made_of(own)).count()).max()
        };
        for guides in alike.into_values() {
            let &[(one, first), (other, second)] = guides.as_slice() else { continue };
            let fits = fitting(one, first).zip(fitting(other, second));
            let (copy, original) = match fits {
                Some((less, more)) if less < more => (first, second),
                Some((more, less)) if less < more => (second, first),
                _ => continue,
            };
            let [copy, original] = [copy, original].map(|document| tree.path(document.body.file).clone());
            self.copies.push(Copy { files: vec![copy], original, help: BRING_BACK });
        }
    }

    /// Languages of one text, each in the letters of another.
    fn add_languages(&mut self, documents: &Documents, tree: &SourceTree, found: &Diagnostics) {
        let locales = &documents.config.locales;
        let wrong = found.iter().filter(|one| one.code == Code::WrongLanguage && one.primary.place.is_file());
        let mut texts: BTreeMap<&str, Vec<(usize, &SourcePath)>> = BTreeMap::new();
        for path in wrong.map(|one| tree.path(one.primary.place.file)) {
            let Some((text, locale)) = path.as_str().strip_suffix(".md").and_then(|name| name.rsplit_once('.')) else {
                continue;
            };
            let locale = locales.iter().position(|known| known.id.as_str() == locale);
            texts.entry(text).or_default().extend(locale.map(|locale| (locale, path)));
        }
        texts.retain(|_, files| files.len() > 1);
        let scripts = if texts.is_empty() { Vec::new() } else { Scripts::of(locales) };
        for files in texts.values() {
            let home = |(at, (_, path)): (usize, &(usize, &SourcePath))| {
                let text = tree.text(path)?;
                // What stands between braces is in Latin letters in every language: most letters of it tell.
                let letters = |(other, (locale, _)): (usize, &(usize, &SourcePath))| {
                    let fits = other != at && scripts[*locale].may_be_of(&text);
                    fits.then(|| (scripts[*locale].count_own(&text), other))
                };
                let all: Vec<(usize, usize)> = files.iter().enumerate().filter_map(letters).collect();
                let (most, home) = all.iter().max().copied()?;
                (all.iter().filter(|(count, _)| *count == most).count() == 1).then_some(home)
            };
            let homes: Option<Vec<usize>> = files.iter().enumerate().map(home).collect();
            for ring in homes.iter().flat_map(|homes| rings(homes)) {
                self.rings.push(ring.into_iter().map(|at| files[at].1.clone()).collect());
            }
        }
    }
}

/// What is told of files that were exchanged.
fn exchanged(ring: &[SourcePath], tree: &SourceTree) -> Option<Diagnostic> {
    let (one, others) = ring.split_first()?;
    let found = |headline| Diagnostic::new(Code::UnknownPlace, Span::file(tree.id(one)), headline);
    if let [other] = others {
        let headline = format!("this file and {other} have been exchanged: each holds what belongs in the other");
        return Some(found(headline).help("give each of the two the name of the other"));
    }
    let names: Vec<&str> = others.iter().map(SourcePath::as_str).collect();
    let headline =
        format!("this file, {} have been exchanged: each holds what belongs in another of them", names.join(" and "));
    let homes = ring.iter().zip(ring.iter().cycle().skip(1));
    let moves: Vec<String> = homes.map(|(file, home)| format!("{} holds {}", file.name(), home.name())).collect();
    Some(found(headline).help(format!("give each the name of what it holds: {}", moves.join(", "))))
}

/// The rings in which each leads to another, where no two lead to one.
fn rings(homes: &[usize]) -> Vec<Vec<usize>> {
    if homes.iter().collect::<BTreeSet<_>>().len() < homes.len() {
        return Vec::new();
    }
    let (mut seen, mut rings) = (BTreeSet::new(), Vec::new());
    for start in 0..homes.len() {
        let (mut ring, mut at) = (Vec::new(), start);
        while seen.insert(at) {
            ring.push(at);
            at = homes[at];
        }
        if !ring.is_empty() {
            rings.push(ring);
        }
    }
    rings
}

/// What a text is made of in every language: its parts, and what they name.
fn made_of(document: &Document) -> BTreeSet<&str> {
    let parts = document.body.lock.prints.iter().map(|it| &*it.part);
    parts.chain(document.body.references.iter().map(|it| &*it.name)).collect()
}

fn is_card(file: &str) -> bool {
    file.ends_with(".card.yaml")
}

/// How many texts are as they were recorded.
fn agreeing(texts: &Texts<'_>, record: &Recorded<'_>) -> usize {
    texts.iter().filter(|(way, says)| record.get(way) == Some(says)).count()
}

/// The texts of policy files and counter cards.
fn texts<'a>(documents: &'a Documents, tree: &'a SourceTree) -> BTreeMap<&'a str, Texts<'a>> {
    let source = documents.config.source_locale;
    let mut texts = BTreeMap::new();
    for of_file in documents.texts.chunk_by(|a, b| a.file == b.file) {
        let says = of_file.iter().filter_map(|text| Some((&*text.way, text.by_locale[source.0].as_ref()?.0)));
        let Some(file) = of_file.first().map(|text| tree.path(text.file).as_str()) else { continue };
        if is_looked_at(file) {
            texts.insert(file, says.collect());
        }
    }
    texts
}

/// What was recorded of the same, in whichever locale.
fn recorded(documents: &Documents) -> BTreeMap<&str, Recorded<'_>> {
    let mut all: BTreeMap<&str, Recorded<'_>> = BTreeMap::new();
    for ((file, _), record) in documents.text_records.iter().flatten().filter(|((file, _), _)| is_looked_at(file)) {
        all.entry(file).or_default().extend(record.iter().map(|(way, made)| (&**way, made.from)));
    }
    all
}

fn is_looked_at(file: &str) -> bool {
    file.starts_with(layout::POLICIES) || is_card(file)
}
