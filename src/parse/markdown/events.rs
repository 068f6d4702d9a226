//! What the parser finds, one thing at a time: nothing is listed before it is read.

use std::ops::Range;

use pulldown_cmark::{Event, OffsetIter, Options, Parser};

/// An event and the bytes that it covers.
type Found<'a> = (Event<'a>, Range<usize>);

/// What of Markdown is read, beyond what everyone reads.
#[must_use]
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// The event at hand, and those to come.
pub(super) struct Events<'a> {
    coming: OffsetIter<'a>,
    here: Option<Found<'a>>,
    /// The one behind, where somebody has looked at it.
    next: Option<Found<'a>>,
}

impl<'a> Events<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut coming = Parser::new_ext(text, options()).into_offset_iter();
        Self { here: coming.next(), coming, next: None }
    }

    /// The event at hand.
    pub(super) fn peek(&self) -> Option<&Event<'a>> {
        self.here.as_ref().map(|(event, _)| event)
    }

    /// The event at hand, to be changed.
    pub(super) fn here_mut(&mut self) -> Option<&mut Found<'a>> {
        self.here.as_mut()
    }

    /// The bytes of the event at hand.
    pub(super) fn range(&self) -> Range<usize> {
        self.here.as_ref().map_or(0..0, |(_, range)| range.clone())
    }

    /// The event behind the one at hand, to be changed.
    pub(super) fn next_mut(&mut self) -> Option<&mut Found<'a>> {
        if self.next.is_none() {
            self.next = self.coming.next();
        }
        self.next.as_mut()
    }

    /// Takes the event at hand and steps on.
    pub(super) fn step(&mut self) -> Option<Found<'a>> {
        let next = self.next.take().or_else(|| self.coming.next());
        std::mem::replace(&mut self.here, next)
    }

    /// Takes the event at hand if it is text.
    pub(super) fn take_text(&mut self) -> Option<Found<'a>> {
        if matches!(self.peek(), Some(Event::Text(_))) { self.step() } else { None }
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Found<'a>;

    fn next(&mut self) -> Option<Found<'a>> {
        self.step()
    }
}
