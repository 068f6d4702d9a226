//! Which languages a font is for, as `theme.yaml` says: pages of others never ask for it, and their readers' devices do not keep it. A font
//! for none of the languages of a site is not published.

use std::collections::{BTreeMap, BTreeSet};

use super::assets::Assets;
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::locale::Locale;
use crate::parse::node::Node;
use crate::parse::shape::theme::Theme;
use crate::parse::text::{self, SourceText};
use crate::parse::yaml;
use crate::source::path::SitePath;
use crate::source::tree::SourceTree;
use crate::theme::ThemeFiles;

/// The theme's own settings.
const FILE: &str = "theme.yaml";

/// What a theme says of its fonts: of each, by its name in `assets`, the languages that it is for.
#[derive(Debug, Default)]
pub struct FontLanguages(Vec<(String, Span, Vec<String>)>);

impl FontLanguages {
    /// Reads the theme's settings.
    pub fn read(tree: &SourceTree, files: &ThemeFiles, sink: &mut Diagnostics) -> Self {
        let mut fonts = Self::default();
        let Some((file, bytes)) = files.get(FILE).and_then(|file| Some((tree.id(file), tree.get(file)?))) else {
            return fonts;
        };
        if let Some(source) = text::read(tree, file, &bytes, sink) {
            fonts.settings(source, sink);
        }
        fonts
    }

    fn settings(&mut self, source: SourceText<'_>, sink: &mut Diagnostics) -> Option<()> {
        let yaml = yaml::read(source, sink)?;
        let mut fields = Node::root(&yaml, source).fields::<Theme>(sink)?;
        let named = fields.optional("fonts").and_then(|node| node.entries(sink));
        fields.finish(sink);
        for (name, place, node) in named? {
            let languages = node.list(sink).unwrap_or_default();
            let languages = languages.iter().filter_map(|node| node.text(sink)).map(|language| language.value);
            self.0.push((name.to_owned(), place, languages.collect()));
        }
        Some(())
    }

    /// Fonts for none of the languages of a site, which does not publish them.
    #[must_use]
    pub fn idle(&self, locales: &[Locale]) -> BTreeSet<&str> {
        let serves = |languages: &[String]| locales.iter().any(|locale| is_among(languages, locale));
        self.0.iter().filter(|(.., languages)| !serves(languages)).map(|(name, ..)| name.as_str()).collect()
    }
}

/// Output paths of fonts with the languages they are for.
#[derive(Debug, Default)]
pub struct Fonts(BTreeMap<SitePath, Vec<String>>);

impl Fonts {
    /// Those that a site publishes.
    pub fn of(
        said: &FontLanguages,
        idle: &BTreeSet<&str>,
        (assets, files): (&Assets, &ThemeFiles),
        sink: &mut Diagnostics,
    ) -> Self {
        let mut fonts = Self::default();
        for (name, place, languages) in &said.0 {
            match assets.named(name) {
                Some(path) => drop(fonts.0.insert(path.clone(), languages.clone())),
                None if idle.contains(name.as_str()) && files.get(&format!("assets/{name}")).is_some() => {}
                None => sink.push(missing(name, *place, assets)),
            }
        }
        fonts
    }

    /// Fonts that the pages of a locale need from the first.
    pub fn first_of<'a>(&'a self, locale: &'a Locale) -> impl Iterator<Item = &'a SitePath> {
        self.0.iter().filter(|(_, languages)| is_among(languages, locale)).map(|(path, _)| path)
    }

    /// Whether a font serves pages of a locale.
    pub fn serves(&self, font: &SitePath, locale: &Locale) -> bool {
        self.0.get(font).is_none_or(|languages| is_among(languages, locale))
    }
}

fn is_among(languages: &[String], locale: &Locale) -> bool {
    languages.iter().any(|language| locale.tag.split('-').next() == Some(language.as_str()))
}

fn missing(name: &str, place: Span, assets: &Assets) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::MissingAsset, place, format!("the theme has no font `{name}`"));
    match nearest(name, assets.names()) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("name it as in the theme's folder `assets`, such as fonts/own.woff2"),
    }
}
