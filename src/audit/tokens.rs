//! What the tokenizer tells of a page, put together to tags and texts. Nothing is kept of it but the tag at hand, and errors of form are
//! not asked for: half of the work of reading a page.

use std::convert::Infallible;

use html5gum::{Emitter, Error, State, naive_next_state};

use super::read::Reader;

/// The tag at hand, on its way to the reader.
pub struct Tokens<'a> {
    reader: &'a mut Reader,
    is_start: bool,
    name: Vec<u8>,
    attribute: Vec<u8>,
    value: Vec<u8>,
    /// The name of the last start tag: only its own end tag ends a script.
    last: Vec<u8>,
}

impl<'a> Tokens<'a> {
    /// Nothing read yet.
    pub fn new(reader: &'a mut Reader) -> Self {
        let [name, attribute, value, last] = [(); 4].map(|()| Vec::new());
        Self { reader, is_start: false, name, attribute, value, last }
    }

    fn tag(&mut self, is_start: bool) {
        self.is_start = is_start;
        self.name.clear();
        self.attribute.clear();
        if is_start {
            self.reader.begin();
        }
    }

    fn finish_attribute(&mut self) {
        if self.is_start && !self.attribute.is_empty() {
            self.reader.attribute(&self.attribute, &self.value);
        }
        self.attribute.clear();
        self.value.clear();
    }
}

impl Emitter for Tokens<'_> {
    type Token = Infallible;

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last.clear();
        self.last.extend(name.unwrap_or_default());
    }

    fn emit_eof(&mut self) {}

    fn emit_error(&mut self, _: Error) {}

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, text: &[u8]) {
        self.reader.text(text);
    }

    fn init_start_tag(&mut self) {
        self.tag(true);
    }

    fn init_end_tag(&mut self) {
        self.tag(false);
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        self.finish_attribute();
        self.last.clear();
        if self.is_start {
            self.reader.start(&self.name);
            self.last.extend(&self.name);
            naive_next_state(&self.name)
        } else {
            self.reader.end(&self.name);
            None
        }
    }

    fn emit_current_comment(&mut self) {}

    fn emit_current_doctype(&mut self) {}

    fn set_self_closing(&mut self) {}

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, part: &[u8]) {
        self.name.extend(part);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn init_attribute(&mut self) {
        self.finish_attribute();
    }

    fn push_attribute_name(&mut self, part: &[u8]) {
        self.attribute.extend(part);
    }

    fn push_attribute_value(&mut self, part: &[u8]) {
        self.value.extend(part);
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        !self.is_start && !self.last.is_empty() && self.last == self.name
    }
}
