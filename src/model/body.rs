//! Prose: Markdown as a tree, shared by every guide that includes it.
//!
//! References are numbered; what they resolve to depends on the guide and stands beside the tree, not in it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::attributes::Attributes;
use super::evidence::Source;
use super::fact::{Fact, FactKey};
use super::guide::GuideKey;
use super::id::Id;
use super::shared::Shared;
use super::translation::{Line, Lock};
use crate::diag::Span;
use crate::hash::ContentHash;
use crate::source::path::SourcePath;
use crate::source::tree::FileId;

/// A piece of Markdown and the references in it.
#[derive(Debug, Clone)]
pub struct Body {
    /// The file it stands in.
    pub file: FileId,
    /// Blocks in order.
    pub blocks: Vec<Block>,
    /// References, numbered by their place in this list.
    pub references: Vec<Reference>,
    /// Sentences that rest on a fact, numbered by their place in this list.
    pub claims: Vec<Claim>,
    /// Words to say in another language.
    pub spoken: Vec<Spoken>,
    /// Places of numbers that are said to be none of a fact: `[10]{plain}`.
    pub plain: Vec<Span>,
    /// Whether the words are there; without them it is what other files may see: headings, items, includes, references.
    pub whole: bool,
    /// The hash of the file it stands in.
    pub hash: ContentHash,
    /// By what it is compared with its translations.
    pub lock: Lock,
}

impl Body {
    /// Nothing yet, of a file.
    #[must_use]
    pub fn of(file: FileId) -> Self {
        Self {
            file,
            blocks: Vec::new(),
            references: Vec::new(),
            claims: Vec::new(),
            spoken: Vec::new(),
            plain: Vec::new(),
            whole: true,
            hash: ContentHash::default(),
            lock: Lock::default(),
        }
    }

    /// What others may see of it, without its words.
    #[must_use]
    pub fn skeleton(mut self, shared: &mut Shared) -> Self {
        let mut seen = |block| match block {
            Block::Heading(mut heading) => {
                heading.content = Vec::new();
                heading.attributes.share(shared);
                Some(Block::Heading(heading))
            }
            Block::Items(items) => {
                let bare = |mut item: Item| {
                    item.attributes.share(shared);
                    Item::bare(item.attributes, item.place)
                };
                let mut items: Vec<Item> = items.into_iter().map(bare).collect();
                items.shrink_to_fit();
                Some(Block::Items(items))
            }
            Block::Short(mut line) => {
                line.content = Vec::new();
                line.attributes.share(shared);
                Some(Block::Short(line))
            }
            Block::Include(at) => Some(Block::Include(at)),
            _ => None,
        };
        let mut blocks: Vec<Block> = std::mem::take(&mut self.blocks).into_iter().filter_map(&mut seen).collect();
        blocks.shrink_to_fit();
        let mut references = std::mem::take(&mut self.references);
        references.shrink_to_fit();
        references.iter_mut().for_each(|reference| shared.share(&mut reference.name));
        Self { blocks, references, whole: false, ..self }
    }
}

/// Number of a reference within its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefIx(pub usize);

/// Something named in prose that stands elsewhere.
#[derive(Debug, Clone)]
pub struct Reference {
    /// What kind of thing is named.
    pub kind: ReferenceKind,
    /// The name as written.
    pub name: Arc<str>,
    /// Where it is named.
    pub place: Span,
    /// On which line it stands, where lines are compared.
    pub line: Option<Line>,
}

/// Words that an editor wrote for one answer of a fact: when the answer is another one, they have to be written anew.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The fact.
    pub fact: RefIx,
    /// The answer they were written for: `yes`, `unknown`, the id of a reading, a value.
    pub answer: Box<str>,
    /// Where the words and their braces stand.
    pub place: Span,
}

/// Words to say, in a language that need not be the text's own.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// The id of the locale they are in.
    pub locale: Box<str>,
    /// The words; the same in every locale.
    pub words: Box<str>,
    /// Where they stand.
    pub place: Span,
}

/// Number of a claim within its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimIx(pub usize);

/// What a reference may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceKind {
    /// `{{ jazz.helpline }}` in a sentence.
    Fact,
    /// `{{ jazz.helpline }}` alone behind a bold label or in a cell of a table.
    Value,
    /// The fact that a claim rests on.
    Claim,
    /// `{{ carrier }}`
    CarrierName,
    /// `{{ include codes-first }}`
    Include,
    /// `[words](../general/move-accounts.md#step)`
    Link,
    /// `![words](photo.png)`
    Image,
}

/// What a reference resolves to in one guide and locale.
#[derive(Debug, Clone)]
pub enum Resolved {
    /// A fact.
    Fact(Arc<Fact>),
    /// A fragment with its own references resolved.
    Fragment(Arc<Prose>),
    /// A guide, and a section in it.
    Guide(Box<Target<GuideKey>>),
    /// A plain page, and a section in it.
    Page(Box<Target<Id>>),
    /// A carrier's page.
    Carrier(Id),
    /// A carrier by name.
    CarrierName(Id),
    /// A section of the same page.
    Section(Box<str>),
    /// An address outside the site.
    External(Box<str>),
    /// An image.
    Image(Box<Image>),
    /// Named wrongly; reported once, shown as its own words.
    Broken,
}

/// What a link leads to on the site. Boxed where it is one of many: most references name facts.
#[derive(Debug, Clone)]
pub struct Target<T> {
    /// The guide or page.
    pub text: T,
    /// A section in it.
    pub section: Option<Box<str>>,
}

/// An image that a text shows.
#[derive(Debug, Clone)]
pub struct Image {
    /// Its source file.
    pub file: SourcePath,
    /// Its width and height in pixels.
    pub size: (usize, usize),
}

/// A body together with what its references mean here.
#[derive(Debug, Clone)]
pub struct Prose {
    /// The tree, shared.
    pub body: Arc<Body>,
    /// One entry for each of the body's references.
    pub resolved: Vec<Resolved>,
}

impl Prose {
    /// What a reference means here.
    #[must_use]
    pub fn get(&self, at: RefIx) -> &Resolved {
        &self.resolved[at.0]
    }

    /// Every fact named here or in a fragment included here, in order of first use.
    #[must_use]
    pub fn facts(&self) -> Vec<&Arc<Fact>> {
        let mut found: Vec<&Arc<Fact>> = Vec::new();
        self.collect_facts(&mut found, &mut Vec::new());
        found
    }

    fn collect_facts<'a>(&'a self, found: &mut Vec<&'a Arc<Fact>>, seen: &mut Vec<bool>) {
        for resolved in &self.resolved {
            match resolved {
                Resolved::Fact(fact) if is_new(fact.ix, seen) => found.push(fact),
                Resolved::Fragment(prose) => prose.collect_facts(found, seen),
                _ => {}
            }
        }
    }

    /// Numbers of the facts that sentences rest on, here or in a fragment included here.
    #[must_use]
    pub fn claimed(&self) -> BTreeSet<usize> {
        let own = self.body.claims.iter().filter_map(|claim| match self.get(claim.fact) {
            Resolved::Fact(fact) => Some(fact.ix),
            _ => None,
        });
        let mut claimed: BTreeSet<usize> = own.collect();
        for resolved in &self.resolved {
            if let Resolved::Fragment(fragment) = resolved {
                claimed.extend(fragment.claimed());
            }
        }
        claimed
    }

    /// Where a fact is first named.
    #[must_use]
    pub fn first_use(&self, key: &FactKey) -> Option<Span> {
        self.resolved.iter().zip(&self.body.references).find_map(|(resolved, reference)| match resolved {
            Resolved::Fact(fact) if fact.key == *key => Some(reference.place),
            Resolved::Fragment(prose) => prose.first_use(key),
            _ => None,
        })
    }

    /// Every source that stands behind a fact named here, today or in another period.
    #[must_use]
    pub fn sources(&self) -> Vec<&Arc<Source>> {
        let mut found: Vec<&Arc<Source>> = Vec::new();
        let mut seen = BTreeSet::new();
        for source in self.facts().iter().flat_map(|fact| &fact.readings).flat_map(|reading| &reading.sources) {
            if seen.insert(&source.id) {
                found.push(source);
            }
        }
        found
    }
}

/// Whether a number was not seen before.
fn is_new(number: usize, seen: &mut Vec<bool>) -> bool {
    if seen.len() <= number {
        seen.resize(number + 1, false);
    }
    !std::mem::replace(&mut seen[number], true)
}

/// A block of prose.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the variants are CommonMark's and GitHub's blocks")]
pub enum Block {
    Paragraph(Vec<Inline>),
    /// The words of a tight list item or table-like place: a paragraph without its margins.
    Plain(Vec<Inline>),
    /// Boxed, as others are: most blocks are paragraphs, and every block is as large as the largest.
    Heading(Box<Heading>),
    List {
        start: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    /// Checkable lines; the page gathers them into the checklist.
    Items(Vec<Item>),
    /// A line of the short version in a guide's front matter; the page has a place of its own for it.
    Short(Box<ShortLine>),
    Quote(Vec<Block>),
    Alert(AlertKind, Vec<Block>),
    /// Lines shown as they are typed.
    Code(Box<CodeBlock>),
    Rule(Span),
    Table(Box<Table>),
    Definitions(Vec<Definition>),
    Footnote(Box<Footnote>),
    /// `{{ include name }}` alone in its paragraph.
    Include(RefIx),
}

/// Code on lines of its own.
#[derive(Debug, Clone)]
pub struct CodeBlock {
    /// What it says.
    pub text: String,
    /// What language it is in, when the fence says so.
    pub language: Option<Box<str>>,
    /// Where it stands.
    pub span: Span,
}

/// A note at the end of a text.
#[derive(Debug, Clone)]
pub struct Footnote {
    /// What marks lead to it by.
    pub label: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it stands.
    pub place: Span,
}

/// A heading below the page's title.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 2 to 6; 1 is an error that was reported.
    pub level: u8,
    /// Its id and the rest of its `{…}`.
    pub attributes: Attributes,
    /// Its words.
    pub content: Vec<Inline>,
    /// Where it stands.
    pub place: Span,
}

/// A checkable line of a step.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its id and the rest of its `{…}`.
    pub attributes: Attributes,
    /// Its words, where they are there; boxed, because a large site holds many items without.
    words: Option<Box<ItemWords>>,
    /// Where it stands.
    pub place: Span,
}

#[derive(Debug, Clone)]
struct ItemWords {
    label: Vec<Inline>,
    hint: Vec<Block>,
}

impl Item {
    /// An item that says something, with blocks below it.
    #[must_use]
    pub fn new(attributes: Attributes, label: Vec<Inline>, hint: Vec<Block>, place: Span) -> Self {
        Self { attributes, words: Some(Box::new(ItemWords { label, hint })), place }
    }

    /// An item without its words.
    #[must_use]
    pub fn bare(attributes: Attributes, place: Span) -> Self {
        Self { attributes, words: None, place }
    }

    /// What to do, in one sentence.
    #[must_use]
    pub fn label(&self) -> &[Inline] {
        self.words.as_ref().map_or(&[], |words| &words.label)
    }

    /// A hint below it.
    #[must_use]
    pub fn hint(&self) -> &[Block] {
        self.words.as_ref().map_or(&[], |words| &words.hint)
    }
}

/// A line of a guide's short version.
#[derive(Debug, Clone)]
pub struct ShortLine {
    /// What its `{when=… unless=…}` says.
    pub attributes: Attributes,
    /// Its words.
    pub content: Vec<Inline>,
    /// Where it stands.
    pub place: Span,
}

/// GitHub's five alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "GitHub's names")]
pub enum AlertKind {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

impl AlertKind {
    /// Its name, as a class and as a key of the theme's strings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }
}

/// How the cells of a column stand; `:---` is the side where lines begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "plain words")]
pub enum Alignment {
    Start,
    Center,
    End,
}

/// A table; its first row is the head.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "plain words")]
pub struct Table {
    /// One for each column, where the rule below the head says so.
    pub alignment: Vec<Option<Alignment>>,
    pub head: Vec<Vec<Inline>>,
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// A term and its definitions.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "plain words")]
pub struct Definition {
    pub term: Vec<Inline>,
    pub details: Vec<Vec<Block>>,
}

/// `"words"` behind the address of a link or image: a run, so that every rule for words reads them; mostly none.
pub type Title = Option<Box<[Inline; 1]>>;

/// A run of prose.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the variants are CommonMark's inlines")]
pub enum Inline {
    Text {
        text: String,
        span: Span,
    },
    Code {
        text: String,
        span: Span,
    },
    Emphasis {
        content: Vec<Inline>,
        span: Span,
    },
    Strong(Vec<Inline>),
    Strike(Vec<Inline>),
    Link {
        to: RefIx,
        content: Vec<Inline>,
        title: Title,
    },
    Image {
        of: RefIx,
        alt: String,
        title: Title,
    },
    /// A fact, or the name of the carrier.
    Fact(RefIx),
    /// `[words]{fact=… is=…}`
    Claim {
        claim: ClaimIx,
        content: Vec<Inline>,
    },
    /// `[words]{lang=…}`
    Spoken {
        locale: Box<str>,
        content: Vec<Inline>,
    },
    FootnoteMark(String),
    /// A line end of the source: a space, or nothing between Chinese characters.
    SoftBreak,
    HardBreak,
}
