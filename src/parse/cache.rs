//! Guides and pages as an earlier build read them: what others may see of each, in a few bytes. A file whose bytes and rules are
//! the same is not read again, only its words are when its page has to be made.
//!
//! Only files with nothing wrong in them are remembered, so nothing that was found is ever lost.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::document::{Document, RawDateRule};
use super::rules::{Asked, Known};
use crate::codec::{Reader, Writer};
use crate::diag::{Span, Spanned};
use crate::hash::ContentHash;
use crate::model::attributes::{Attributes, Named, Role};
use crate::model::body::{
    AlertKind, Block, Body, Claim, Heading, Item, RefIx, Reference, ReferenceKind, ShortLine, Spoken,
};
use crate::model::id::Id;
use crate::model::shared::Shared;
use crate::model::translation::{Bytes, Fingerprint, Line, Lock, Made, Passage, Print, Sign, SignKind};
use crate::source::path::SourcePath;
use crate::source::tree::FileId;

/// What is remembered of guides and pages, by file.
#[derive(Debug, Clone, Default)]
pub struct Cache(BTreeMap<SourcePath, Remembered>);

/// A file as it was read.
#[derive(Debug, Clone)]
pub struct Remembered {
    /// A hash of its bytes and of what decides for every file what is right in it.
    key: ContentHash,
    /// The numbers in it, none of which is a fact's that it should name.
    asked: Arc<Asked>,
    /// What others may see of it.
    outline: Arc<[u8]>,
    /// The same, once it was read from those bytes: whoever compiles again and again reads it once.
    read: Arc<OnceLock<Document>>,
}

/// How many files are remembered at most: of larger sites the memory would be as large as the site.
pub const MAX_FILES: usize = 50_000;

impl Cache {
    /// Remembers a file.
    pub fn insert(&mut self, file: SourcePath, remembered: Remembered) {
        self.0.insert(file, remembered);
    }

    /// A file that was read before with the same key, and in which the same facts state the same numbers.
    #[must_use]
    pub fn get(&self, path: &SourcePath, key: ContentHash, known: &Known<'_>) -> Option<&Remembered> {
        self.0.get(path).filter(|remembered| remembered.key == key && known.agrees(&remembered.asked))
    }

    /// Writes it down.
    pub fn write(&self, writer: &mut Writer) {
        writer.size(self.0.len());
        for (file, Remembered { key, asked, outline, read: _ }) in &self.0 {
            writer.text(file.as_str());
            writer.hash(*key);
            writer.size(asked.len());
            for (number, is_stated) in &**asked {
                writer.text(number);
                writer.flag(*is_stated);
            }
            writer.bytes(outline);
        }
    }

    /// Reads what was written down.
    pub fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let entries = reader.list(|reader| {
            let file = SourcePath::new(reader.text()?).ok()?;
            let key = reader.hash()?;
            let asked = reader.list(|reader| Some((reader.text()?.into(), reader.flag()?)))?;
            let (asked, read) = (Arc::new(asked.into_iter().collect()), Arc::default());
            Some((file, Remembered { key, asked, outline: reader.bytes()?.into(), read }))
        });
        Some(Self(entries?.into_iter().collect()))
    }
}

impl Remembered {
    /// A file as it was read, with the numbers that it was compared with.
    #[must_use]
    pub fn new(document: &Document, key: ContentHash, asked: Asked) -> Self {
        Self { key, asked: Arc::new(asked), outline: write(document).into(), read: Arc::default() }
    }

    /// The document, for a tree in which its file has this number and for bytes of this hash, and what to remember of it on.
    #[must_use]
    pub fn document(&self, file: FileId, hash: ContentHash, shared: Option<&mut Shared>) -> Option<(Document, Self)> {
        // Numbers of files are those of their tree.
        if let Some(document) = self.read.get().filter(|document| document.body.file == file) {
            return Some((document.clone(), self.clone()));
        }
        let document = read(&self.outline, file, hash)?.read_from(hash, shared);
        let read = Arc::new(OnceLock::from(document.clone()));
        Some((document, Self { read, ..self.clone() }))
    }
}

fn write(document: &Document) -> Vec<u8> {
    let mut out = Writer::default();
    spanned(&mut out, &document.title);
    spanned(&mut out, &document.summary);
    out.optional(document.date_rule.as_ref(), |out, rule| {
        out.text(rule.from.value.as_str());
        place(out, rule.from.place);
        spanned(out, &rule.fact);
        out.optional(rule.situation.as_ref(), |out, id| {
            out.text(id.value.as_str());
            place(out, id.place);
        });
    });
    out.list(&document.key_facts, spanned);
    out.list(&document.body.references, |out, reference| {
        out.size(KINDS.iter().position(|kind| *kind == reference.kind).unwrap_or_default());
        out.text(&reference.name);
        place(out, reference.place);
        out.optional(reference.line, |out, Line { passage, number }| {
            out.size(passage_number(passage));
            out.size(usize::from(number));
        });
    });
    out.optional(document.application.as_ref(), |out, id| {
        out.text(id.value.as_str());
        place(out, id.place);
    });
    out.optional(document.template.as_ref(), spanned);
    out.list(&document.body.claims, |out, claim| {
        out.size(claim.fact.0);
        out.text(&claim.answer);
        place(out, claim.place);
    });
    out.list(&document.body.spoken, |out, spoken| {
        out.text(&spoken.locale);
        out.text(&spoken.words);
        place(out, spoken.place);
    });
    lock(&mut out, &document.body.lock);
    let seen: Vec<&Block> = document.body.blocks.iter().filter(|block| is_seen(block)).collect();
    out.list(&seen, |out, block| self::block(out, block));
    out.into_bytes()
}

const KINDS: [ReferenceKind; 7] = [
    ReferenceKind::Fact,
    ReferenceKind::Value,
    ReferenceKind::Claim,
    ReferenceKind::CarrierName,
    ReferenceKind::Include,
    ReferenceKind::Link,
    ReferenceKind::Image,
];

const ALERTS: [AlertKind; 5] =
    [AlertKind::Note, AlertKind::Tip, AlertKind::Important, AlertKind::Warning, AlertKind::Caution];

/// How a line across is written, behind all other signs.
const RULE: usize = ALERTS.len() + 2 + 2 * Passage::ALL.len();

/// Whether others may see a block.
fn is_seen(block: &Block) -> bool {
    matches!(block, Block::Heading(_) | Block::Items(_) | Block::Include(_) | Block::Short(_))
}

fn block(out: &mut Writer, block: &Block) {
    match block {
        Block::Heading(heading) => {
            out.number(0);
            out.number(u64::from(heading.level));
            attributes(out, &heading.attributes);
            place(out, heading.place);
        }
        Block::Items(items) => {
            out.number(1);
            out.list(items, |out, item| {
                attributes(out, &item.attributes);
                place(out, item.place);
            });
        }
        Block::Include(at) => {
            out.number(2);
            out.size(at.0);
        }
        Block::Short(line) => {
            out.number(3);
            attributes(out, &line.attributes);
            place(out, line.place);
        }
        _ => out.number(4),
    }
}

fn lock(out: &mut Writer, lock: &Lock) {
    out.list(&lock.prints, |out, Print { part, says, letters }| {
        out.text(part);
        out.number(says.0);
        out.number(u64::from(*letters));
    });
    out.optional(lock.record.as_ref(), |out, (record, at)| {
        let made: Vec<_> = record.iter().collect();
        out.list(&made, |out, (part, made)| {
            out.text(part);
            out.text(&made.to_string());
        });
        place(out, *at);
    });
    // What is remembered had nothing wrong in it.
    out.list(lock.signs.as_deref().unwrap_or_default(), |out, sign| {
        match &sign.kind {
            SignKind::Alert(kind) => out.size(ALERTS.iter().position(|alert| alert == kind).unwrap_or_default()),
            SignKind::Code(code) => {
                out.size(ALERTS.len());
                out.text(code);
            }
            SignKind::Number(number) => {
                out.size(ALERTS.len() + 1);
                out.text(number);
            }
            SignKind::Rule => out.size(RULE),
            SignKind::Passages(passage, places) => {
                out.size(ALERTS.len() + 2 + passage_number(*passage));
                out.list(places, |out, at| bytes(out, *at));
            }
            SignKind::Again(passage, first) => {
                out.size(ALERTS.len() + 2 + Passage::ALL.len() + passage_number(*passage));
                bytes(out, *first);
            }
        }
        place(out, sign.place);
    });
}

fn bytes(out: &mut Writer, (start, end): Bytes) {
    out.size(start as usize);
    out.size(end as usize);
}

fn passage_number(passage: Passage) -> usize {
    Passage::ALL.iter().position(|it| *it == passage).unwrap_or_default()
}

fn spanned(out: &mut Writer, text: &Spanned<String>) {
    out.text(&text.value);
    place(out, text.place);
}

fn place(out: &mut Writer, place: Span) {
    out.number(u64::from(place.start));
    out.number(u64::from(place.end));
}

fn attributes(out: &mut Writer, attributes: &Attributes) {
    out.list(&attributes.named, |out, named| {
        out.text(named.id.as_str());
        place(out, named.place);
        out.size(ROLES.iter().position(|role| *role == named.role).unwrap_or_default());
    });
    out.flag(attributes.irreversible);
    out.flag(attributes.open);
    out.optional(attributes.place, place);
}

const ROLES: [Role; 4] = [Role::Own, Role::When, Role::Unless, Role::Requires];

/// Reads a document of a file.
struct Outline<'a> {
    bytes: Reader<'a>,
    file: FileId,
}

fn read(bytes: &[u8], file: FileId, hash: ContentHash) -> Option<Document> {
    let mut outline = Outline { bytes: Reader::new(bytes), file };
    let title = outline.spanned()?;
    let summary = outline.spanned()?;
    let date_rule = if outline.bytes.flag()? { Some(outline.date_rule()?) } else { None };
    let key_facts = outline.list(Outline::spanned)?;
    let references = outline.list(Outline::reference)?;
    let application = if outline.bytes.flag()? { Some(outline.named()?) } else { None };
    let template = if outline.bytes.flag()? { Some(outline.spanned()?) } else { None };
    let claims = outline.list(Outline::claim)?;
    let spoken = outline.list(Outline::spoken)?;
    let lock = outline.lock()?;
    let blocks = outline.list(Outline::block)?;
    let body = Body { blocks, references, claims, spoken, whole: false, hash, lock, ..Body::of(file) };
    let body = Arc::new(body);
    outline.bytes.is_done().then_some(Document {
        title,
        summary,
        date_rule,
        key_facts,
        application,
        template,
        body,
        draft: false,
    })
}

impl Outline<'_> {
    fn list<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.bytes.size()?;
        (0..length).map(|_| read(self)).collect()
    }

    fn place(&mut self) -> Option<Span> {
        let at = |bytes: &mut Reader<'_>| u32::try_from(bytes.number()?).ok();
        let (start, end) = (at(&mut self.bytes)?, at(&mut self.bytes)?);
        Some(Span { file: self.file, start, end })
    }

    fn spanned(&mut self) -> Option<Spanned<String>> {
        Some(Spanned { value: self.bytes.text()?.to_owned(), place: self.place()? })
    }

    fn date_rule(&mut self) -> Option<RawDateRule> {
        let from = self.spanned_id()?;
        let fact = self.spanned()?;
        let situation = if self.bytes.flag()? { Some(self.spanned_id()?) } else { None };
        Some(RawDateRule { from, fact, situation })
    }

    fn spanned_id(&mut self) -> Option<Spanned<Id>> {
        Some(Spanned { value: self.id()?, place: self.place()? })
    }

    fn id(&mut self) -> Option<Id> {
        Id::new(self.bytes.text()?)
    }

    fn named(&mut self) -> Option<Spanned<Id>> {
        Some(Spanned { value: self.id()?, place: self.place()? })
    }

    fn claim(&mut self) -> Option<Claim> {
        let (fact, answer) = (RefIx(self.bytes.size()?), self.bytes.text()?.into());
        Some(Claim { fact, answer, place: self.place()? })
    }

    fn spoken(&mut self) -> Option<Spoken> {
        let (locale, words) = (self.bytes.text()?.into(), self.bytes.text()?.into());
        Some(Spoken { locale, words, place: self.place()? })
    }

    fn lock(&mut self) -> Option<Lock> {
        let prints = self.list(|outline| {
            let (part, says) = (outline.bytes.text()?.into(), Fingerprint(outline.bytes.number()?));
            Some(Print { part, says, letters: u32::try_from(outline.bytes.number()?).ok()? })
        })?;
        let record = if self.bytes.flag()? {
            let made =
                self.list(|outline| Some((outline.bytes.text()?.into(), Made::parse(outline.bytes.text()?)?)))?;
            Some((made.into_iter().collect(), self.place()?))
        } else {
            None
        };
        Some(Lock { prints, record, signs: Some(self.list(Self::sign)?) })
    }

    fn sign(&mut self) -> Option<Sign> {
        let number = self.bytes.size()?;
        let kind = match ALERTS.get(number) {
            Some(alert) => SignKind::Alert(*alert),
            None if number == RULE => SignKind::Rule,
            None if number == ALERTS.len() => SignKind::Code(self.bytes.text()?.into()),
            None if number == ALERTS.len() + 1 => SignKind::Number(self.bytes.text()?.into()),
            None => {
                let number = number - ALERTS.len() - 2;
                match (Passage::ALL.get(number), number.checked_sub(Passage::ALL.len())) {
                    (Some(passage), _) => SignKind::Passages(*passage, self.list(Self::bytes)?.into()),
                    (None, Some(number)) => SignKind::Again(*Passage::ALL.get(number)?, self.bytes()?),
                    (None, None) => return None,
                }
            }
        };
        Some(Sign { kind, place: self.place()? })
    }

    fn bytes(&mut self) -> Option<Bytes> {
        let [start, end] = [self.bytes.size()?, self.bytes.size()?];
        Some((u32::try_from(start).ok()?, u32::try_from(end).ok()?))
    }

    fn reference(&mut self) -> Option<Reference> {
        let kind = *KINDS.get(self.bytes.size()?)?;
        let (name, place) = (self.bytes.text()?.into(), self.place()?);
        let line = if self.bytes.flag()? { Some(self.line()?) } else { None };
        Some(Reference { kind, name, place, line })
    }

    fn line(&mut self) -> Option<Line> {
        let passage = *Passage::ALL.get(self.bytes.size()?)?;
        Some(Line { passage, number: u8::try_from(self.bytes.size()?).ok()? })
    }

    fn attributes(&mut self) -> Option<Attributes> {
        let named = self.list(|outline| {
            let (id, place) = (outline.id()?, outline.place()?);
            Some(Named { id, place, role: *ROLES.get(outline.bytes.size()?)? })
        })?;
        let (irreversible, open) = (self.bytes.flag()?, self.bytes.flag()?);
        let place = if self.bytes.flag()? { Some(self.place()?) } else { None };
        Some(Attributes { named: named.into(), irreversible, open, broken: false, place })
    }

    fn block(&mut self) -> Option<Block> {
        Some(match self.bytes.number()? {
            0 => {
                let level = u8::try_from(self.bytes.number()?).ok()?;
                let (attributes, content) = (self.attributes()?, Vec::new());
                Block::Heading(Box::new(Heading { level, attributes, content, place: self.place()? }))
            }
            1 => Block::Items(self.list(|outline| Some(Item::bare(outline.attributes()?, outline.place()?)))?),
            2 => Block::Include(RefIx(self.bytes.size()?)),
            3 => {
                let (attributes, content) = (self.attributes()?, Vec::new());
                Block::Short(Box::new(ShortLine { attributes, content, place: self.place()? }))
            }
            _ => return None,
        })
    }
}
