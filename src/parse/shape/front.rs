//! What stands between the two lines `---` at the head of a Markdown file.

use super::shape;
use super::words::{FactName, Made, Name, Named, PartName, ShortLines, Text};

/// What a translation was made from, part by part.
pub type Translated = Named<PartName, Made>;

shape! {
    /// The front matter of a guide.
    Guide {
        /// What the guide is called.
        required title: Text,
        /// One sentence on what it is for: lists and search engines show it.
        required summary: Text,
        /// Up to six lines that are enough at a counter: Markdown, each on one line, that may name facts and end in `{when=… unless=…}`.
        optional short: ShortLines,
        /// Facts to show at the head of the guide, by name.
        optional key_facts: Vec<FactName>,
        /// How a reader can work out a day from one that they know.
        optional date_rule: DateRule,
        /// The letter to print and hand in, by its name in `content/applications`.
        optional application: Name,
        /// What each step was translated from. `rahnuma accept` writes it; it is not for editing by hand.
        optional translated: Translated,
        /// The theme's own template that its page is made with, by its name in `templates`; the same in every locale.
        optional template: Name,
        /// Whether it is not to be published yet.
        optional draft: bool = false,
    }
}

shape! {
    /// A day that follows from another one.
    DateRule {
        /// The day that the reader knows, by a name of your own such as `opened`. The theme's strings word it below `dates.opened`; what they
        /// do not say of it, they say as of any day, `dates.any`.
        required from: Name,
        /// The fact that says how long from there, by name.
        required fact: FactName,
        /// The situation of a reader for whom the day is still to come.
        optional situation: Name,
    }
}

shape! {
    /// The front matter of a plain page.
    Page {
        /// What the page is called.
        required title: Text,
        /// One sentence on what it is for: search engines show it.
        required summary: Text,
        /// What each section was translated from. `rahnuma accept` writes it; it is not for editing by hand.
        optional translated: Translated,
        /// The theme's own template that its page is made with, by its name in `templates`; the same in every locale.
        optional template: Name,
        /// Whether it is not to be published yet.
        optional draft: bool = false,
    }
}

shape! {
    /// The front matter of a letter to print and hand in.
    Application {
        /// What the letter is called.
        required title: Text,
        /// What it was translated from. `rahnuma accept` writes it; it is not for editing by hand.
        optional translated: Translated,
        /// Whether it is not to be published yet.
        optional draft: bool = false,
    }
}

shape! {
    /// The front matter of a fragment, which may have none.
    Fragment {
        /// What it was translated from. `rahnuma accept` writes it; it is not for editing by hand.
        optional translated: Translated,
    }
}
