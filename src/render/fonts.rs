//! Which languages a font is for, as `theme.yaml` says: pages of others never ask for it, and their readers' devices do not keep it.

use std::collections::BTreeMap;

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

/// Output paths of fonts with the languages they are for.
#[derive(Debug, Default)]
pub struct Fonts(BTreeMap<SitePath, Vec<String>>);

impl Fonts {
    /// What a theme says of its fonts.
    pub fn read(tree: &SourceTree, files: &ThemeFiles, assets: &Assets, sink: &mut Diagnostics) -> Self {
        let mut fonts = Self::default();
        let Some((file, bytes)) = files.get(FILE).and_then(|file| Some((tree.id(file), tree.get(file)?))) else {
            return fonts;
        };
        if let Some(source) = text::read(tree, file, &bytes, sink) {
            fonts.settings(source, assets, sink);
        }
        fonts
    }

    fn settings(&mut self, source: SourceText<'_>, assets: &Assets, sink: &mut Diagnostics) -> Option<()> {
        let yaml = yaml::read(source, sink)?;
        let mut fields = Node::root(&yaml, source).fields::<Theme>(sink)?;
        let named = fields.optional("fonts").and_then(|node| node.entries(sink));
        fields.finish(sink);
        for (name, place, node) in named? {
            let languages = node.list(sink).unwrap_or_default();
            let languages: Vec<String> =
                languages.iter().filter_map(|node| node.text(sink)).map(|language| language.value).collect();
            match assets.named(name) {
                Some(path) => drop(self.0.insert(path.clone(), languages)),
                None => sink.push(missing(name, place, assets)),
            }
        }
        Some(())
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
