//! What readers of YAML share: where findings go, the site's locales, and every localised text for the wording rules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::inline;
use super::node::Node;
use super::texts::LocalText;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::Body;
use crate::model::id::Id;
use crate::model::locale::{Locale, LocaleIx, Localized};

/// A text an editor wrote in one locale outside of Markdown.
#[derive(Debug, Clone)]
pub struct Wording {
    /// In which locale.
    pub locale: LocaleIx,
    /// What it says.
    pub text: String,
    /// Where.
    pub place: Span,
    /// What it is part of.
    pub part: Part,
}

/// What a text of a YAML file is part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The file, not one of its facts.
    File,
    /// The label, a note or a question of a fact.
    Fact(Id),
    /// A fact's value: it states, with evidence, and repeats nothing.
    Value,
}

/// Commas of any script.
const COMMAS: [char; 4] = [',', '，', '、', '،'];

/// A locale that so many places are in is one that the site had.
const MANY: usize = 5;

/// Makes one finding of those of a locale that the site lost, where the site names its locales; these locales.
#[must_use]
pub fn of_lost_locales(place: Span, sink: &mut Diagnostics) -> BTreeSet<String> {
    let name = |found: &Diagnostic| {
        let quoted = (found.code == Code::UnknownLocale).then(|| found.headline.split('`').nth(1)).flatten();
        quoted.map(str::to_owned)
    };
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    sink.iter().filter_map(name).for_each(|name| *places.entry(name).or_default() += 1);
    places.retain(|_, count| *count >= MANY);
    for (locale, count) in &places {
        sink.take(|found| name(found).as_ref() == Some(locale));
        let headline = format!("`{locale}` is no locale of this site, and {count} places are in it");
        sink.push(
            Diagnostic::new(Code::UnknownLocale, place, headline)
                .help(format!("bring its line below `locales:` back: `- {{id: {locale}, tag: …, name: …, dir: …}}`"))
                .help("a language that the site gives up is taken out of all of those places"),
        );
    }
    places.into_keys().collect()
}

/// Shared by the readers of one or more files.
pub struct Context<'a> {
    /// Where findings go.
    pub sink: Diagnostics,
    /// The site's locales in order.
    pub locales: &'a [Locale],
    /// Every localised text read.
    pub wordings: Vec<Wording>,
    /// What the texts at hand are part of.
    pub part: Part,
    /// The same texts with the way to each.
    pub texts: Vec<LocalText>,
}

impl<'a> Context<'a> {
    /// A context without findings.
    #[must_use]
    pub fn new(locales: &'a [Locale]) -> Self {
        Self { sink: Diagnostics::default(), locales, wordings: Vec::new(), part: Part::File, texts: Vec::new() }
    }

    /// A text in every locale: `{zh: …, en: …, ur: …}`. One that is missing is reported and borrowed from the first.
    pub fn localized(&mut self, node: Node<'_>) -> Option<Localized<String>> {
        let texts = self.texts(node, Context::wording)?;
        let first = texts.iter().flatten().next()?.clone();
        Some(Localized::new(
            texts
                .into_iter()
                .enumerate()
                .map(|(ix, text)| self.noted(LocaleIx(ix), text).unwrap_or_else(|| first.0.clone()))
                .collect(),
        ))
    }

    /// A sentence of Markdown in every locale. Its words are looked at with those of guides and pages, not with the other texts.
    pub fn localized_sentences(&mut self, node: Node<'_>) -> Option<Localized<Arc<Body>>> {
        let texts = self.texts(node, |cx, node| inline::sentence(node, &mut cx.sink))?;
        let first = Arc::clone(texts.iter().flatten().next()?);
        Some(Localized::new(texts.into_iter().map(|text| text.unwrap_or_else(|| Arc::clone(&first))).collect()))
    }

    /// What could be read of each locale's value; a locale that is missing is reported.
    fn texts<T>(
        &mut self,
        node: Node<'_>,
        read: impl FnMut(&mut Self, Node<'_>) -> Option<T>,
    ) -> Option<Vec<Option<T>>> {
        let texts = self.by_locale(node, read)?;
        for (locale, _) in self.locales.iter().zip(&texts).filter(|(_, (there, _))| !there) {
            self.sink.push(
                Diagnostic::new(
                    Code::MissingText,
                    node.place(),
                    format!("the text in `{}` ({}) is missing here", locale.id, locale.name),
                )
                .help(format!("add `{}: …`", locale.id)),
            );
        }
        Some(texts.into_iter().map(|(_, text)| text).collect())
    }

    /// Lists of words by locale; a locale may be left out.
    pub fn localized_lists(&mut self, node: Node<'_>) -> Option<Localized<Vec<String>>> {
        let lists = self.by_locale(node, |cx, node| {
            let words = node.list(&mut cx.sink)?;
            let words: Vec<_> = words.iter().filter_map(|word| word.text(&mut cx.sink)).collect();
            for word in words.iter().filter(|word| word.value.contains(['،', '、', '，'])) {
                let headline = "several words stand here as one: a half-width comma parts the entries of a list";
                let found = Diagnostic::new(Code::BadValue, word.place, headline);
                cx.sink.push(found.help("write `, ` between two words"));
            }
            Some(words.into_iter().map(|word| word.value).collect::<Vec<_>>())
        })?;
        Some(Localized::new(lists.into_iter().map(|list| list.1.unwrap_or_default()).collect()))
    }

    fn wording(&mut self, node: Node<'_>) -> Option<(String, Span)> {
        node.words(&mut self.sink).map(|text| (text.value, text.place))
    }

    fn noted(&mut self, locale: LocaleIx, text: Option<(String, Span)>) -> Option<String> {
        let (text, place) = text?;
        self.wordings.push(Wording { locale, text: text.clone(), place, part: self.part.clone() });
        Some(text)
    }

    /// `zh：…` as a key: the locale, and the words behind the colon.
    fn behind_full_width<'k>(&self, key: &'k str) -> Option<(LocaleIx, &'k str)> {
        let (locale, rest) = key.split_once('：')?;
        Some((locale_ix(self.locales, locale.trim())?, rest))
    }

    /// The finding for a key without a value, and the locale whose colon is lost: `zh 中文`.
    fn alone(&self, key: &str, place: Span) -> (Option<LocaleIx>, Diagnostic) {
        let lost =
            key.split_once(' ').and_then(|(locale, text)| Some((locale_ix(self.locales, locale)?, locale, text)));
        if let Some((ix, locale, text)) = lost {
            let found = Diagnostic::new(Code::YamlSyntax, place, format!("no colon stands behind `{locale}`"));
            return (Some(ix), found.help(format!("write `{locale}: {text}`")));
        }
        let headline = format!("`{key}` stands alone here, without a colon");
        let help = "a comma ends a text between `{` and `}`: put the whole text between quotes";
        (None, Diagnostic::new(Code::UnknownLocale, place, headline).help(help))
    }

    /// For each locale: whether its key is there, and what could be read of its value.
    fn by_locale<T>(
        &mut self,
        node: Node<'_>,
        mut read: impl FnMut(&mut Self, Node<'_>) -> Option<T>,
    ) -> Option<Vec<(bool, Option<T>)>> {
        let mut values: Vec<(bool, Option<T>)> = self.locales.iter().map(|_| (false, None)).collect();
        for (key, place, node) in node.entries(&mut self.sink)? {
            if let Some(ix) = self.locales.iter().position(|locale| locale.id.as_str() == key) {
                values[ix] = (true, read(self, node));
            } else if let Some((locale, rest)) = self.behind_full_width(key) {
                // What stands behind it is a text, in which other locales may be.
                let named = rest.rsplit(COMMAS).next().and_then(|last| locale_ix(self.locales, last.trim()));
                [Some(locale), named].into_iter().flatten().for_each(|ix| values[ix.0].0 = true);
                let locale = &self.locales[locale.0].id;
                let headline = format!("the colon behind `{locale}` is full-width");
                let help = format!(
                    "write `{locale}: `, a half-width colon and a space; a comma between two is half-width too"
                );
                self.sink.push(Diagnostic::new(Code::YamlSyntax, place, headline).help(help));
            } else if node.is_nothing() {
                let (locale, found) = self.alone(key, place);
                locale.into_iter().for_each(|ix| values[ix.0].0 = true);
                self.sink.push(found);
            } else {
                let known = self.locales.iter().map(|locale| locale.id.as_str());
                self.sink.push(
                    Diagnostic::new(Code::UnknownLocale, place, format!("`{key}` is no locale of this site"))
                        .suggest(key, known),
                );
            }
        }
        Some(values)
    }
}

/// The position of the locale with an id.
#[must_use]
pub fn locale_ix(locales: &[Locale], id: &str) -> Option<LocaleIx> {
    locales.iter().position(|locale| locale.id.as_str() == id).map(LocaleIx)
}
