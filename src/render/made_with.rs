//! Which templates a page is made with, to say where something on it comes from.

use super::Renderer;
use crate::plan::Route;
use crate::source::path::SourcePath;
use crate::theme::ThemeFiles;

impl Renderer {
    /// The template that a page is made with first.
    pub(crate) fn template_of(&self, route: &Route) -> Option<String> {
        self.view(route).ok().map(|view| self.templates.template_of(&view))
    }

    /// The files of a template, of those that it extends, and of those whose components they use; nearest first.
    pub(crate) fn made_with(&self, template: &str) -> Vec<SourcePath> {
        let files = ThemeFiles::new(&self.tree, &self.site.config.theme);
        // Those of the built-in theme may be named in full.
        let file = |name: &str| files.get(&format!("templates/{name}")).cloned().or_else(|| SourcePath::new(name).ok());
        let mut found = Vec::new();
        let mut texts = Vec::new();
        let mut next = file(template);
        while let Some(path) = next.filter(|path| !found.contains(path)) {
            let text = self.tree.text(&path).unwrap_or_default();
            next = parent(&text).and_then(file);
            found.push(path);
            texts.push(text);
        }
        let mut others: Vec<(SourcePath, String)> = files
            .below("templates/")
            .filter(|(_, path)| !found.contains(path))
            .filter_map(|(_, path)| Some((path.clone(), self.tree.text(path)?)))
            .collect();
        // What components use comes in turn.
        let mut at = 0;
        while at < texts.len() {
            let is_used = |(_, text): &mut (SourcePath, String)| {
                components(text).any(|name| texts[at].contains(&format!("<{name} ")))
            };
            let used: Vec<_> = others.extract_if(.., is_used).collect();
            for (path, text) in used {
                found.push(path);
                texts.push(text);
            }
            at += 1;
        }
        found
    }
}

/// The template that a template extends.
fn parent(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("{% extends \"")?;
    rest.split('"').next()
}

/// The components that a template defines.
fn components(text: &str) -> impl Iterator<Item = &str> {
    text.split("{% component ").skip(1).filter_map(|rest| rest.split('(').next())
}
