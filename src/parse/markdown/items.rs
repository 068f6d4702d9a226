//! Lists, and the checkable items among them.

use pulldown_cmark::{Event, Tag};

use super::empty::{are_empty, says_nothing};
use super::followed::followed_by;
use super::inlines::plain;
use super::{Reader, attributes};
use crate::diag::{Code, Diagnostics, Span};
use crate::model::attributes::Attributes;
use crate::model::body::{Block, Inline, Item};

impl Reader<'_, '_> {
    pub(super) fn list(&mut self, start: Option<u64>, span: Span, depth: usize) -> Block {
        let mut plain: Vec<Vec<Block>> = Vec::new();
        let mut items = Vec::new();
        let mut unmarked = None;
        let mut numbers = Vec::new();
        while !self.at_end() {
            let place = self.first_line(self.span());
            numbers.extend(start.and_then(|_| self.number_at(place)));
            self.events.step(); // the start of a list item
            let is_marked = self.take_marker();
            // A box that is none, or a line among items: it is read as an item, so that nothing else is missed because of it.
            if is_marked || self.is_meant_as_item(!items.is_empty()) {
                if !is_marked {
                    unmarked.get_or_insert(place);
                }
                items.push(self.item(place, depth));
            } else {
                unmarked.get_or_insert(place);
                plain.push(self.line(place, depth));
            }
            self.close();
        }
        self.unmeant_numbers(&numbers);
        if items.is_empty() {
            return Block::List { start, items: plain };
        }
        let place = self.first_line(span);
        if let Some(place) = unmarked {
            self.refuse(
                Code::MisplacedItem,
                place,
                "a plain line stands among items to tick",
                "begin every line of the list with `- [ ] ` (with both spaces), or split the list in two",
            );
        } else if depth > 1 {
            self.refuse(
                Code::MisplacedItem,
                place,
                "items to tick stand inside a list or a quote",
                "move them to the level of the step's paragraphs",
            );
        }
        Block::Items(items)
    }

    /// What stands behind a dot or a number.
    fn line(&mut self, place: Span, depth: usize) -> Vec<Block> {
        let before = self.sink.count();
        let blocks = self.blocks(depth);
        self.tell_empty("line of the list", are_empty(&blocks), before, place);
        blocks
    }

    /// Whether a line of a list begins with a box that is none, `[]`, `[v]`, `［ ］`, or ends with an id among items.
    fn is_meant_as_item(&self, among_items: bool) -> bool {
        if self.peek().is_none() {
            return false;
        }
        let words = self.prepared.text[self.events.range().start..].lines().next().unwrap_or_default();
        let inside = words.strip_prefix(['[', '［', '【']).and_then(|rest| rest.split_once([']', '］', '】']));
        let is_box = |(inside, behind): (&str, &str)| {
            ["", "v", "V", "√", "✓"].contains(&inside.trim()) && !behind.starts_with(['(', '（', '[', '{', ':'])
        };
        inside.is_some_and(is_box)
            || among_items && words.trim_end().rsplit_once("{#").is_some_and(|(_, rest)| rest.ends_with('}'))
    }

    /// Blanks out `[ ]`, which stands before or inside the item's first paragraph.
    fn take_marker(&mut self) -> bool {
        let inside = matches!(self.peek(), Some(Event::Start(Tag::Paragraph)));
        match if inside { self.events.next_mut() } else { self.events.here_mut() } {
            Some((event @ Event::TaskListMarker(_), _)) => {
                *event = Event::Text("".into());
                true
            }
            _ => false,
        }
    }

    fn item(&mut self, place: Span, depth: usize) -> Item {
        let mut blocks = self.blocks(depth);
        let has_words = matches!(blocks.first(), Some(Block::Plain(_) | Block::Paragraph(_)));
        let first = if has_words { Some(blocks.remove(0)) } else { None };
        let tight = matches!(first, Some(Block::Plain(_)));
        let mut label = match first {
            Some(Block::Plain(run) | Block::Paragraph(run)) => run,
            _ => Vec::new(),
        };
        let (attributes, hint) = self.item_attributes(&mut label, place);
        // One without an id was told.
        if attributes.id().is_some() && says_nothing(&label) {
            let help = "write what is to be done before its braces, or take it out in every language";
            self.refuse(Code::MissingText, place, "this item says nothing", help);
        }
        if !hint.is_empty() {
            blocks.insert(0, if tight { Block::Plain(hint) } else { Block::Paragraph(hint) });
        }
        Item::new(attributes, label, blocks, place)
    }

    /// Splits an item's first paragraph at its `{…}`: what stands before is the label, what follows on the next lines
    /// is a hint.
    fn item_attributes(&mut self, label: &mut Vec<Inline>, place: Span) -> (Attributes, Vec<Inline>) {
        let Some(Braces { ix, open, text, span }) = braces(label) else {
            if let Some(read) = self.unlike_braces(label) {
                return read;
            }
            self.missing_id(place, "end its line with `{#id}`; the same id in every locale");
            return (Attributes::default(), Vec::new());
        };
        if let Inline::Text { text, span } = &mut label[ix] {
            cut(text, span, open);
        }
        let close = text[open..].find('}').map(|at| open + at);
        let end = close.map_or(text.len(), |close| close + 1);
        let braces_place = if text.len() == span.range().len() { span.part(open..end) } else { span };
        let Some(close) = close else {
            self.sink.push(attributes::bad(braces_place, "these braces are not closed", "end them with `}`"));
            return (Attributes::default(), Vec::new());
        };
        if let Inline::Text { text, span } = &mut label[ix] {
            let words = text.trim_end().len();
            cut(text, span, words);
        }
        let mut hint = label.split_off(ix + 1);
        let behind = text[end..].trim();
        let breaks = matches!(hint.first(), Some(Inline::SoftBreak | Inline::HardBreak));
        // Between Chinese characters the end of a line is nothing.
        let follows = breaks || hint.is_empty() || !behind.is_empty() && !behind.contains(char::is_alphanumeric);
        if !behind.is_empty() || !follows {
            let more = if follows { String::new() } else { plain(&hint) };
            let told = followed_by(&format!("{behind}{more}"), &text[open..end], braces_place);
            self.sink.push(told.help("a hint goes on the next line, indented"));
        }
        if breaks {
            hint.remove(0);
        }
        let attributes = attributes::read(&text[open + 1..close], braces_place, self.sink);
        if attributes.id().is_none() && !text[open..close].contains('#') {
            self.missing_id(place, "begin its braces with `#id`");
        }
        (attributes, hint)
    }

    /// The attributes of an item whose first line ends with signs that are no braces, which is told; and its hint.
    fn unlike_braces(&mut self, label: &mut Vec<Inline>) -> Option<(Attributes, Vec<Inline>)> {
        let line = label.iter().position(|inline| matches!(inline, Inline::SoftBreak | Inline::HardBreak));
        if let Some((at, inside)) = label.iter().find_map(full_width_braces) {
            let help = format!("write `{{{inside}}}`, in half-width braces");
            self.sink.push(attributes::bad(at, "these signs are no braces, so they name nothing", &help));
            let read = attributes::read(&inside, at, &mut Diagnostics::default());
            return Some((Attributes { broken: true, ..read }, Vec::new()));
        }
        let mut hint = label.split_off(line.unwrap_or(label.len()));
        let read = self.trailing_attributes(label).filter(|read| read.id().is_some());
        if read.is_none() {
            label.append(&mut hint);
        } else if !hint.is_empty() {
            hint.remove(0);
        }
        read.map(|read| (read, hint))
    }

    fn missing_id(&mut self, place: Span, help: &str) {
        self.refuse(Code::MissingId, place, "this item has no id", help);
    }
}

/// What stands between braces of another width among words, where an id does. Chinese lines that follow each other are one.
fn full_width_braces(inline: &Inline) -> Option<(Span, String)> {
    let Inline::Text { text, span } = inline else { return None };
    let open = text.find('｛')?;
    let close = open + text[open..].find(['｝', '}'])?;
    let inside = attributes::half_width(&text[open + '｛'.len_utf8()..close]);
    let end = close + text[close..].chars().next().map_or(0, char::len_utf8);
    let place = if text.len() == span.range().len() { span.part(open..end) } else { *span };
    attributes::names(&inside).then_some((place, inside))
}

/// Cuts words off, and their place with them where it is exact.
pub(super) fn cut(text: &mut String, span: &mut Span, length: usize) {
    if text.len() == span.range().len() {
        *span = span.part(0..length);
    }
    text.truncate(length);
}

/// The piece of a label in which `{#` stands, and where in it.
struct Braces {
    ix: usize,
    open: usize,
    text: String,
    span: Span,
}

fn braces(label: &[Inline]) -> Option<Braces> {
    label.iter().enumerate().find_map(|(ix, inline)| match inline {
        Inline::Text { text, span } => text.find("{#").map(|open| Braces { ix, open, text: text.clone(), span: *span }),
        _ => None,
    })
}
