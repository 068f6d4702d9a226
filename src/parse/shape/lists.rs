//! What the entries of files that are lists say: sources, situations, the glossary, counter cards.

use super::shape;
use super::words::{
    Day, GuideName, MissedStates, Name, PartOfDay, SourceCopies, SourceKinds, Tag, Text, TextLists, Texts, Web,
};

shape! {
    /// A page or paper that facts rest on.
    Source {
        /// What readings call it.
        required id: Name,
        /// Its title, in its own language.
        required title: Text,
        /// The language of its title, a BCP 47 tag.
        required lang: Tag,
        /// Who published it.
        required publisher: Text,
        /// Its address; if left out, readers are told its title and publisher alone.
        optional url: Web,
        /// The address of a saved copy, where readers find what was read if the page is gone.
        optional archive: Web,
        /// When it was published: a year, a month or a day, between quotes.
        optional published: PartOfDay,
        /// Whether `published` is our own estimate.
        optional approx: bool = false,
        /// The day on which we read it.
        optional seen: Day,
        /// What was read: the `live` page, a `stored` copy of it, or a part of one, `stored-part`.
        required copy: SourceCopies,
        /// What kind of page it is.
        required kind: SourceKinds,
    }
}

shape! {
    /// A circumstance of a reader that shows or hides items.
    Situation {
        /// What items call it, in `when` and `unless`.
        required id: Name,
        /// The circumstance as a clause, as in "Only if: the SIM is lost", in each locale.
        required label: Texts,
        /// The same in a word or two, to tap: 12 letters or 5 Chinese characters at most.
        required chip: Texts,
        /// One or two sentences on what to do first, each locale's on one line: Markdown that may name facts.
        required lead: Texts,
        /// Guides that it leads to, the first of them from the home page; if left out, it does not stand there.
        optional guides: Vec<GuideName>,
    }
}

shape! {
    /// One word for one thing.
    Term {
        /// The word to use, in each locale.
        required preferred: Texts,
        /// Words not to use for it, in lists by locale: the check tells where they stand.
        optional forbidden: TextLists,
    }
}

shape! {
    /// A line to say at the counter, or to show there.
    CardLine {
        /// What to say, in each locale.
        required text: Texts,
        /// The situations in one of which it is said; if left out, it always is.
        optional when: Vec<Name>,
        /// The situations in which it is not said.
        optional unless: Vec<Name>,
    }
}

shape! {
    /// An address outside the site that was not reached. `rahnuma check --external-links` writes this file; it is not for editing by hand.
    MissedLink {
        /// The address.
        required url: Web,
        /// What it was: `gone`, or `unsure` where nobody can tell.
        required state: MissedStates,
        /// The first day on which that was seen.
        required first: Day,
        /// The last day on which that was seen.
        required last: Day,
    }
}
