//! What `content/site.yaml` may say.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::shape;
use super::words::{
    BaseUrl, Day, Days, DigitNames, Directions, Filled, GuideName, Hosts, Kilobytes, Mail, Name, PlaceName, ReportTo,
    Tag, Text, Texts, Zone,
};
use crate::model::budget::{Budgets as Standard, KB, Limit};
use crate::model::evidence::ReviewDays;
use crate::model::locale::Direction;
use crate::script::digits::LATIN;

/// How long before its end a value without a successor is told, when nobody says.
pub const LOOK_AHEAD_DAYS: u16 = 30;

/// How many days assets of earlier builds stay, when nobody says.
pub const KEEP_ASSETS_DAYS: u16 = 30;

shape! {
    /// Who the site is, where it stands, and in which languages it speaks.
    Site {
        /// A short name of the site for programs: phones keep its ticks and copies under it. Once published, keep it.
        required id: Name,
        /// What the site is called, in each locale.
        required title: Texts,
        /// The title in the head of every page, where one line is all there is; if left out, `title`.
        optional short_title: Texts,
        /// One sentence on what the site is for, in each locale: search engines and previews of links show it.
        required description: Texts,
        /// The address at which the site is published: `https://`, the host, and a slash at the end.
        required base_url: BaseUrl,
        /// The locale, by its `id`, that guides are written in first; the others translate it.
        required source_locale: Name,
        /// The language editions, in the order in which readers choose from them.
        required locales: Filled<Locale>,
        /// The locales spoken at counters, in the order in which the counter card shows them; if left out, all of them.
        optional counter_locales: Vec<Name>,
        /// The folder in `themes` whose templates, assets and words go before the built-in ones.
        optional theme: Name = "default",
        /// The e-mail address that takes reports of mistakes; if left out, pages offer none.
        optional contact: Mail,
        /// Whom to tell of a security flaw of the site, for `.well-known/security.txt`; if left out, that file is not made.
        optional security: Security,
        /// The host for which headers and redirects are written; if left out, none are.
        optional host: Hosts,
        /// Whether each guide is also made as one file, to pass on by chat.
        optional guide_copies: bool = false,
        /// The time zone in which it is decided which day it is; if left out, that of the machine that builds.
        optional timezone: Zone,
        /// How many days before the end of a value the check tells that nothing follows it.
        optional look_ahead_days: Days = LOOK_AHEAD_DAYS,
        /// How many days styles, scripts and images of earlier builds stay, since pages in somebody's cache still name them.
        optional keep_assets_days: Days = KEEP_ASSETS_DAYS,
        /// What pages and files may weigh, compressed, before the check warns.
        optional budgets: Budgets,
        /// After how many days a fact has to be compared with its sources again, by its risk.
        optional review_days: Review,
        /// The links of every page's head and foot; a list that is left out is the usual one.
        optional navigation: Navigation,
        /// Guides for every carrier on the home page, by what they are for; the page of all guides shows the others below.
        optional guide_groups: Vec<GuideGroup>,
    }
}

shape! {
    /// A language edition.
    Locale {
        /// The first part of its addresses and the last of its files' names: `ur` in `close-sim.ur.md`.
        required id: Name,
        /// The language as browsers know it, a BCP 47 tag.
        required tag: Tag,
        /// What the language calls itself.
        required name: Text,
        /// From which side it is written: `ltr` from the left, `rtl` from the right.
        required dir: Directions,
        /// The tag of the language whose customs numbers, dates and lists follow, such as en-GB; if left out, `tag`.
        optional formats: Tag,
        /// The digits in which its readers are shown numbers, by CLDR's name: those of its script.
        optional digits: DigitNames = LATIN.name(),
    }
}

shape! {
    /// Links of every page's head and foot.
    Navigation {
        /// Below the title; if left out, none.
        optional header: Vec<NavigationEntry>,
        /// At the foot; if left out, the plain pages, and the pages that the program makes.
        optional footer: Vec<NavigationEntry>,
    }
}

/// A name alone, or a mapping with words of its own.
pub struct NavigationEntry;

impl JsonSchema for NavigationEntry {
    fn schema_name() -> Cow<'static, str> {
        "NavigationEntry".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let ways = [generator.subschema_for::<PlaceName>(), generator.subschema_for::<NavigationLink>()];
        json_schema!({ "description": "Where a link leads, or where it leads and what it is called.", "anyOf": ways })
    }
}

shape! {
    /// A link with words of its own.
    NavigationLink {
        /// A plain page, a guide, a carrier, a page that the program makes, or an address that begins with `https://`.
        required to: Text,
        /// What it is called, in each locale; if left out, the title of what it leads to. An address has to have one.
        optional label: Texts,
    }
    rules: an_address_has_words
}

fn an_address_has_words(schema: &mut Schema, _: &mut SchemaGenerator) {
    schema.insert("if".into(), serde_json::json!({ "properties": { "to": { "pattern": "^https:" } } }));
    schema.insert("then".into(), serde_json::json!({ "required": ["label"] }));
}

shape! {
    /// Whom to tell of a security flaw.
    Security {
        /// Where to report: `mailto:` and an e-mail address, the `https://` address of a page, or `tel:` and a number.
        required contact: ReportTo,
        /// The day from which on this is not to be relied on; the check tells when it comes near.
        required expires: Day,
    }
}

shape! {
    /// Days until a fact is due for review, by what a wrong value costs a reader.
    Review {
        /// Of facts with `risk: high`.
        optional high: Days = ReviewDays::default().high,
        /// Of facts with `risk: medium`.
        optional medium: Days = ReviewDays::default().medium,
        /// Of facts with `risk: low`.
        optional low: Days = ReviewDays::default().low,
    }
}

shape! {
    /// Limits in KB, compressed. A limit that is left out is a little higher for languages written from right to left.
    Budgets {
        /// A guide, which is opened where the signal is weakest.
        optional guide: Kilobytes = kilobytes(Standard::default().guide),
        /// Any other page.
        optional page: Kilobytes = kilobytes(Standard::default().page),
        /// All style sheets together.
        optional styles: Kilobytes = kilobytes(Standard::default().styles),
        /// All scripts together.
        optional scripts: Kilobytes = kilobytes(Standard::default().scripts),
        /// The words of a language that only scripts show.
        optional words: Kilobytes = kilobytes(Standard::default().words),
        /// All fonts together.
        optional fonts: Kilobytes = kilobytes(Standard::default().fonts),
        /// What a phone keeps of a language for a reader of one carrier.
        optional offline: Kilobytes = kilobytes(Standard::default().offline),
    }
}

shape! {
    /// A group of guides on the home page.
    GuideGroup {
        /// What they are for, in each locale.
        required label: Texts,
        /// The guides in order, each by its section and id.
        required guides: Vec<GuideName>,
    }
}

/// A limit as it is written.
fn kilobytes(limit: Limit) -> serde_json::Number {
    let tenths = limit.of(Direction::Ltr) * 10 / KB;
    let written =
        if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) };
    written.parse().unwrap_or_else(|_| 0.into())
}
