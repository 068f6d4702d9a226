//! Where something on a finished page comes from: the text of the page, or one of the templates it is made with.

use std::collections::BTreeMap;

use crate::compile::Compiled;
use crate::diag::Span;
use crate::plan::Route;
use crate::render::Renderer;
use crate::source::path::{SitePath, SourcePath};

/// What to look for, from what says most to what says least.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    /// In the page's text.
    pub text: Vec<String>,
    /// In templates.
    pub template: Vec<String>,
}

impl Trace {
    /// Something that stands in both alike.
    pub fn same(what: &str) -> Self {
        Self { text: vec![what.to_owned()], template: vec![what.to_owned()] }
    }

    /// Something that no text can say.
    pub fn template<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        Self { text: Vec::new(), template: parts.into_iter().map(str::to_owned).collect() }
    }

    /// The address of a file: templates say the name that an asset had before its contents were a part of it.
    pub fn address(address: &str) -> Self {
        let mut trace = Self::same(address);
        let file = address.rsplit('/').next().unwrap_or_default();
        if let [stem, _, extension] = file.split('.').collect::<Vec<_>>()[..] {
            trace.template.push(format!("{stem}.{extension}"));
        }
        // What stands behind a part that is worked out: `{{ page.base }}help/`.
        let last = address.trim_end_matches('/').rfind('/').map_or("", |at| &address[at + 1..]);
        trace.template.extend((!last.is_empty()).then(|| format!("}}}}{last}")));
        trace
    }
}

/// The sources of a site, as findings look for them.
pub struct Sources<'a> {
    compiled: &'a Compiled,
    /// What pages are made with, by their templates.
    templates: BTreeMap<String, Vec<(SourcePath, String)>>,
}

impl<'a> Sources<'a> {
    /// Nothing looked for yet.
    pub fn new(compiled: &'a Compiled) -> Self {
        Self { compiled, templates: BTreeMap::new() }
    }

    /// Where a page's text or a template says something. Where none does: the page's template for what no text can say, else its text, or
    /// the site's file for a page that has none.
    pub fn place(&mut self, path: &SitePath, trace: &Trace) -> Span {
        let compiled = self.compiled;
        let Some((renderer, route)) = compiled.renderer().zip(compiled.route(path)) else { return Span::SITE };
        let file = renderer.text_of(route);
        if let Some(file) = file.filter(|_| !trace.text.is_empty()) {
            let text = compiled.tree.text(compiled.tree.path(file)).unwrap_or_default();
            if let Some((at, found)) = trace.text.iter().find_map(|part| Some((find(&text, part)?, part))) {
                return Span::new(file, at..at + found.len());
            }
        }
        let templates = self.templates_of(renderer, route);
        let found = trace
            .template
            .iter()
            .find_map(|part| templates.iter().find_map(|(path, text)| Some((path, find(text, part)?, part.len()))));
        match (found, templates.first()) {
            (Some((path, at, length)), _) => Span::new(compiled.tree.id(path), at..at + length),
            (None, Some((path, _))) if trace.text.is_empty() => Span::file(compiled.tree.id(path)),
            _ => file.map_or(Span::SITE, Span::file),
        }
    }

    fn templates_of(&mut self, renderer: &Renderer, route: &Route) -> &[(SourcePath, String)] {
        let Some(name) = renderer.template_of(route) else { return &[] };
        let compiled = self.compiled;
        self.templates.entry(name).or_insert_with_key(|name| {
            let text = |path: SourcePath| compiled.tree.text(&path).map(|text| (path, text));
            renderer.made_with(name).into_iter().filter_map(text).collect()
        })
    }
}

fn find(text: &str, part: &str) -> Option<usize> {
    text.find(part).filter(|_| !part.is_empty())
}
