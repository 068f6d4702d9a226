//! What a site may weigh on its way to a phone in a shop's basement: bytes, compressed as hosts send them.

use super::locale::Direction;

/// Bytes in a KB, here and in messages.
pub const KB: usize = 1024;

/// Two limits: languages written from right to left need more bytes a letter and more letters a sentence, and have a font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    ltr: usize,
    rtl: usize,
}

impl Limit {
    /// One limit for every language.
    #[must_use]
    pub fn new(bytes: usize) -> Self {
        Self { ltr: bytes, rtl: bytes }
    }

    /// In bytes, for a language written in this direction.
    #[must_use]
    pub fn of(self, direction: Direction) -> usize {
        match direction {
            Direction::Ltr => self.ltr,
            Direction::Rtl => self.rtl,
        }
    }
}

/// The budgets of a site.
#[derive(Debug, Clone)]
pub struct Budgets {
    /// A guide, which is opened where the signal is weakest.
    pub guide: Limit,
    /// Any other page.
    pub page: Limit,
    /// All style sheets together.
    pub styles: Limit,
    /// All scripts together.
    pub scripts: Limit,
    /// The words of a language that only scripts show.
    pub words: Limit,
    /// All fonts together.
    pub fonts: Limit,
    /// What a device keeps of a language for a reader of one carrier.
    pub offline: Limit,
}

impl Default for Budgets {
    fn default() -> Self {
        let limit = |ltr: usize, rtl: usize| Limit { ltr, rtl };
        Self {
            guide: limit(12 * KB, 13 * KB),
            page: limit(16 * KB, 17 * KB),
            styles: Limit::new(17 * KB / 2),
            scripts: Limit::new(25 * KB / 2),
            words: limit(4 * KB, 5 * KB),
            fonts: Limit::new(105 * KB),
            offline: limit(300 * KB, 400 * KB),
        }
    }
}
