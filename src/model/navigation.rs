//! The links that stand on every page, in its head and at its foot.

use super::guide::GuideKey;
use super::id::Id;
use super::locale::Localized;

/// The links of every page, in order.
#[derive(Debug, Clone, Default)]
pub struct Navigation {
    /// Below the title; none unless the site asks for some.
    pub header: Vec<NavigationLink>,
    /// At the foot.
    pub footer: Vec<NavigationLink>,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct NavigationLink {
    /// Where it leads.
    pub goal: Goal,
    /// What it says; the title of the page where nobody says.
    pub label: Option<Localized<String>>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Goal {
    /// A page that the program makes in each locale.
    Made(MadePage),
    /// A plain page.
    Page(Id),
    /// The page of a carrier.
    Carrier(Id),
    /// A guide.
    Guide(GuideKey),
    /// An `https` address of another site.
    Outside(String),
}

/// A page that the program makes in each locale, and the address that takes reports of mistakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of site.yaml")]
pub enum MadePage {
    Home,
    General,
    Compare,
    Changes,
    Sources,
    Offline,
    Contact,
}

impl MadePage {
    /// Each with its name in site.yaml, in the order of the usual footer.
    pub const NAMES: &[(&'static str, Self)] = &[
        ("home", Self::Home),
        ("general", Self::General),
        ("compare", Self::Compare),
        ("changes", Self::Changes),
        ("sources", Self::Sources),
        ("offline", Self::Offline),
        ("contact", Self::Contact),
    ];

    /// The string that says what it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Home => "nav.home",
            Self::General => "page.general",
            Self::Compare => "page.compare",
            Self::Changes => "page.changes",
            Self::Sources => "page.sources",
            Self::Offline => "page.offline",
            Self::Contact => "nav.contact",
        }
    }
}
