//! The glossary: one word for one thing in each locale.

use super::locale::Localized;
use crate::diag::Span;

/// A term, and the words not to use for it.
#[derive(Debug, Clone)]
pub struct Term {
    /// The word the site uses.
    pub preferred: Localized<String>,
    /// Words it does not use; may be empty.
    pub forbidden: Localized<Vec<String>>,
    /// Where the term stands.
    pub place: Span,
}
