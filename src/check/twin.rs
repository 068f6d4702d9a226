//! Where in a translation stands, or should stand, what stands at a place of its source: on the line of the same number, or in the item of
//! the same id.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::signs::PartOf;
use crate::diag::Span;
use crate::link::drift::place_of;
use crate::link::pairs::Side;
use crate::model::body::{Block, Item, Reference, ReferenceKind};
use crate::model::id::Id;
use crate::model::translation::{Passage, Sign, SignKind};

/// A text by what it is made of.
pub struct Shape<'a> {
    pub side: Side<'a>,
    pub parts: PartOf<'a>,
    passages: BTreeMap<(&'a str, Passage), &'a Sign>,
    /// Looked for where something was found.
    items: OnceCell<Items<'a>>,
}

/// The items that a text names itself, in order and by id.
struct Items<'a> {
    in_order: Vec<&'a Item>,
    by_id: BTreeMap<&'a Id, &'a Item>,
}

/// A line of a part: the how-manieth passage of a kind, and where it begins.
pub struct Line {
    pub passage: Passage,
    pub number: usize,
    place: Span,
}

impl<'a> Shape<'a> {
    pub fn of(side: Side<'a>) -> Self {
        let parts = PartOf::new(side.body);
        let signs = side.body.lock.signs.iter().flatten();
        let passages = signs.filter_map(|sign| match sign.kind {
            SignKind::Passages(passage, _) => Some(((parts.part(sign.place), passage), sign)),
            _ => None,
        });
        let passages = passages.collect();
        Self { side, parts, passages, items: OnceCell::new() }
    }

    /// How many passages of a kind a part has.
    pub fn count(&self, part: &str, passage: Passage) -> usize {
        self.places(part, passage).count()
    }

    /// A passage of a part by its number.
    pub fn passage(&self, part: &str, passage: Passage, number: usize) -> Option<Span> {
        self.places(part, passage).nth(number)
    }

    /// Where the passages of a kind in a part begin.
    pub fn places(&self, part: &str, passage: Passage) -> impl DoubleEndedIterator<Item = Span> + ExactSizeIterator {
        let file = self.side.body.file;
        self.ranges(part, passage).iter().map(move |(start, end)| Span { file, start: *start, end: *end })
    }

    /// The same as bytes of the file, in order.
    fn ranges(&self, part: &str, passage: Passage) -> &'a [(u32, u32)] {
        match self.passages.get(&(part, passage)).map(|sign| &sign.kind) {
            Some(SignKind::Passages(_, places)) => places,
            _ => &[],
        }
    }

    /// Where a part begins.
    pub fn heading(&self, part: &str) -> Span {
        place_of(self.side.body, self.side.title, part)
    }

    fn items(&self) -> &Items<'a> {
        self.items.get_or_init(|| {
            let blocks = self.side.body.blocks.iter();
            let in_order: Vec<&Item> =
                blocks.flat_map(|block| if let Block::Items(items) = block { &items[..] } else { &[] }).collect();
            let by_id = in_order.iter().filter_map(|item| Some((item.attributes.id()?, *item))).collect();
            Items { in_order, by_id }
        })
    }

    /// The item of the same part that begins last before a place.
    pub fn item_at(&self, place: Span) -> Option<&'a Item> {
        let items = &self.items().in_order;
        let item = items[..items.partition_point(|item| item.place.start <= place.start)].last().copied();
        item.filter(|item| self.parts.part(item.place) == self.parts.part(place))
    }

    /// The items of a part.
    pub fn items_of<'b>(&'b self, part: &'b str) -> impl Iterator<Item = &'a Item> + 'b {
        self.items().in_order.iter().copied().filter(move |item| self.parts.part(item.place) == part)
    }

    /// The item of an id.
    pub fn item(&self, id: &Id) -> Option<&'a Item> {
        self.items().by_id.get(id).copied()
    }

    /// The facts that are shown on the line on which a reference of another text stands.
    pub fn on_line_of(&self, other: &Shape<'_>, place: Span) -> impl Iterator<Item = &'a Reference> {
        let line = other.side.body.references.iter().find(|it| it.place == place).and_then(|it| it.line);
        let part = other.parts.part(place).to_owned();
        let is_shown = |it: &Reference| matches!(it.kind, ReferenceKind::Fact | ReferenceKind::Value);
        let own = self.side.body.references.iter().filter(move |it| is_shown(it) && line.is_some() && it.line == line);
        own.filter(move |it| self.parts.part(it.place) == part)
    }

    /// The line on which a place stands, or behind which.
    pub fn line_at(&self, place: Span) -> Option<Line> {
        let part = self.parts.part(place);
        // A link may begin before its first words.
        let before = place.end.max(place.start + 1);
        let last_of = |passage| {
            let ranges = self.ranges(part, passage);
            let number = ranges.partition_point(|(start, _)| *start < before).checked_sub(1)?;
            let (start, end) = *ranges.get(number)?;
            Some(Line { passage, number, place: Span { file: self.side.body.file, start, end } })
        };
        Passage::ALL.into_iter().filter_map(last_of).max_by_key(|line| line.place)
    }
}

/// The place of a translation that is that of its source; the heading of the part where no line of it is.
pub fn twin_of(source: &Shape<'_>, own: &Shape<'_>, place: Span) -> Span {
    let part = source.parts.part(place);
    let line = source.line_at(place);
    let is_of =
        |item: &&Item| line.as_ref().is_none_or(|line| line.place < item.place || line.passage == Passage::Hint);
    if let Some(item) = source.item_at(place).filter(is_of) {
        let twin = item.attributes.id().and_then(|id| own.item(id));
        return twin.map_or_else(|| own.heading(part), |item| item.place);
    }
    let of_line = line.and_then(|Line { passage, number, .. }| {
        // Of fewer lines, the one before it.
        let is_less = own.count(part, passage) < source.count(part, passage);
        let number = if is_less { number.saturating_sub(1) } else { number };
        own.passage(part, passage, number).or_else(|| own.places(part, passage).next_back())
    });
    of_line.unwrap_or_else(|| own.heading(part))
}
