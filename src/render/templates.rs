//! The theme's templates in Tera, and their errors as diagnostics.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use tera::{ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::fold::{Foreign, fold};
use super::words::Words;
use super::{components, escape};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::hash::{ContentHash, Hasher};
use crate::model::site::Site;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::source::tree::{FileId, SourceTree};
use crate::theme;
use crate::theme::blocks;
use crate::theme::squeeze::{ATTRIBUTE, squeeze};
use crate::view::{View, WordsView};

/// The theme's templates, ready to render.
pub struct Templates {
    /// As their authors wrote them: where mistakes are, and what the others are made from.
    written: Tera,
    sources: Vec<(String, String)>,
    prefixes: Vec<String>,
    functions: Functions,
    /// Components that do not always speak the page's language.
    foreign: Foreign,
    /// For the pages of a locale with content of a locale, with the words in place and without layout; made when first needed.
    ready: Vec<OnceLock<Option<Tera>>>,
    /// The hash of all that they are made from.
    pub(super) hash: ContentHash,
}

/// The hash of all that a theme's templates are made from: their files and those of the words, how locales write, addresses of assets.
#[must_use]
pub fn hash(site: &Site, tree: &SourceTree, assets: &BTreeMap<String, String>) -> ContentHash {
    let mut hash = Hasher::default();
    let own = layout::theme(&site.config.theme);
    hash.add_text(&own);
    for folder in [own.as_str(), theme::BUILT_IN]
        .iter()
        .flat_map(|folder| [format!("{folder}templates/"), format!("{folder}strings/")])
    {
        for file in tree.below(&folder) {
            hash.add_text(file.as_str());
            hash.add_hash(tree.hash(file.as_str()));
        }
    }
    for (_, locale) in site.config.locales() {
        hash.add_text(&format!("{locale:?}"));
    }
    for (name, address) in assets {
        hash.add_text(name);
        hash.add_text(address);
    }
    hash.finish()
}

/// What templates can call: words of a locale, and addresses of assets.
#[derive(Clone)]
pub struct Functions {
    /// Every locale's words.
    pub words: Arc<Vec<Words>>,
    /// Addresses of assets by name.
    pub assets: Arc<BTreeMap<String, String>>,
}

impl Templates {
    /// Reads the theme's templates. A template that cannot be read is reported, and then there is no theme.
    #[must_use]
    pub fn new(tree: &SourceTree, name: &str, functions: Functions, hash: ContentHash) -> (Option<Self>, Diagnostics) {
        let mut sink = Diagnostics::default();
        let own = layout::theme(name);
        let prefixes = vec![format!("{own}templates/"), format!("{}templates/", theme::BUILT_IN)];
        let sources: Vec<(String, String)> = prefixes
            .iter()
            .flat_map(|folder| tree.below(folder))
            .filter_map(|path| {
                let bytes = tree.get(path)?;
                let text = crate::parse::text::read(tree, tree.id(path), &bytes, &mut sink)?.text;
                Some((path.as_str().to_owned(), text.to_owned()))
            })
            .collect();
        let sources = blocks::fit(sources, &prefixes);
        match engine(sources.clone(), &prefixes, &functions) {
            Ok(written) => {
                let ready = (0..functions.words.len().pow(2)).map(|_| OnceLock::new()).collect();
                let foreign = Foreign::new(sources.iter().map(|(_, text)| text.as_str()));
                (Some(Self { written, sources, prefixes, functions, foreign, ready, hash }), sink)
            }
            Err(error) => {
                sink.push(diagnostic(&error, tree, &own));
                (None, sink)
            }
        }
    }

    /// A page as HTML.
    ///
    /// # Errors
    /// When the template fails; the diagnostic points into it.
    pub fn render(&self, view: View, tree: &SourceTree, name: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        let template = self.template_of(&view);
        let locales = (view.locale_index, view.content_index);
        self.render_ready(&template, &tera::Context::from(view), locales, tree, name)
    }

    /// The template that a page asks for, where there is one of that name, else that of its kind.
    #[must_use]
    pub fn template_of(&self, view: &View) -> String {
        let is_there = |name: &&String| {
            let is_it = |(file, _): &(String, String)| {
                self.prefixes.iter().any(|folder| file.strip_prefix(folder.as_str()) == Some(name.as_str()))
            };
            self.sources.iter().any(is_it)
        };
        view.template.as_ref().filter(is_there).map_or_else(|| view.body.template().to_owned(), Clone::clone)
    }

    /// What a locale's script says, as HTML.
    ///
    /// # Errors
    /// When the template fails; the diagnostic points into it.
    pub fn words(
        &self,
        view: WordsView,
        locale: usize,
        tree: &SourceTree,
        name: &str,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut context = tera::Context::new();
        context.insert_value("words", view.into());
        context.insert_value("locale_index", locale.into());
        context.insert_value("content_index", locale.into());
        self.render_ready(WORDS, &context, (locale, locale), tree, name)
    }

    fn render_ready(
        &self,
        template: &str,
        context: &tera::Context,
        (locale, content): (usize, usize),
        tree: &SourceTree,
        name: &str,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut html = Vec::with_capacity(PAGE_BYTES);
        if let Some(ready) = self.ready(locale, content)
            && ready.render_to(template, context, &mut html).is_ok()
            && !html.iter().all(u8::is_ascii_whitespace)
        {
            return Ok(html);
        }
        // Whatever is wrong is told of the template as it was written.
        self.render_as_written(template, context, tree, name)
    }

    /// A page from the templates as their authors laid them out.
    ///
    /// # Errors
    /// When the template fails; the diagnostic points into it.
    pub fn render_as_written(
        &self,
        template: &str,
        context: &tera::Context,
        tree: &SourceTree,
        name: &str,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let own = layout::theme(name);
        let mut html = Vec::with_capacity(PAGE_BYTES);
        match self.written.render_to(template, context, &mut html) {
            Ok(()) if html.iter().all(u8::is_ascii_whitespace) => {
                let file = find(template, tree, &own).unwrap_or_else(|| tree.id(&theme::built_in_folder()));
                Err(Box::new(Diagnostic::new(
                    Code::TemplateError,
                    Span::file(file),
                    format!("the template {template} gives an empty page"),
                )))
            }
            Ok(()) => Ok(html),
            Err(error) => Err(Box::new(diagnostic(&error, tree, &own))),
        }
    }

    /// The templates for pages of a locale with content of a locale.
    fn ready(&self, locale: usize, content: usize) -> Option<&Tera> {
        let slot = self.ready.get(locale * self.functions.words.len() + content)?;
        slot.get_or_init(|| {
            let words = |function: &str| self.functions.words.get(if function == "t" { locale } else { content });
            let known = |function: &str, arguments: &[(&str, &str)]| {
                if function == "asset" {
                    let [("name", name)] = arguments else { return None };
                    return self.functions.assets.get(*name).cloned();
                }
                let words = words(function)?;
                let (keys, values): (Vec<_>, Vec<_>) = arguments.iter().partition(|(name, _)| *name == "key");
                let [(_, key)] = keys[..] else { return None };
                words.has(key).then(|| words.text(key, &values))
            };
            let ready = |(name, text): &(String, String)| (name.clone(), squeeze(&fold(text, &self.foreign, &known)));
            engine(self.sources.iter().map(ready).collect(), &self.prefixes, &self.functions).ok()
        })
        .as_ref()
    }

    /// Variables a template reads from its context, for the test of the theme contract.
    #[must_use]
    pub fn variables(&self, template: &str) -> Vec<String> {
        let mut names: Vec<String> = self
            .written
            .get_template_variables(template)
            .map(|names| names.into_iter().map(str::to_owned).collect())
            .unwrap_or_default();
        names.sort();
        names
    }
}

/// The template of what scripts say.
const WORDS: &str = "words.html";

/// What pages come to, roughly.
const PAGE_BYTES: usize = 48 * 1024;

fn engine(sources: Vec<(String, String)>, prefixes: &[String], functions: &Functions) -> TeraResult<Tera> {
    let mut tera = Tera::new();
    register(&mut tera, functions.clone());
    tera.set_fallback_prefixes(prefixes.to_vec())?;
    tera.add_raw_templates(sources)?;
    Ok(tera)
}

fn register(tera: &mut Tera, functions: Functions) {
    let Functions { words, assets } = functions;
    for (name, html, forms, index) in
        [("t", "t_html", "t_forms", "locale_index"), ("tc", "tc_html", "tc_forms", "content_index")]
    {
        let all = Arc::clone(&words);
        tera.register_function(name, move |values: Kwargs, state: &State| -> TeraResult<String> {
            translate(words_at(&all, index, state)?, &values, Words::text)
        });
        let all = Arc::clone(&words);
        tera.register_function(forms, move |values: Kwargs, state: &State| -> TeraResult<Value> {
            attributes(words_at(&all, index, state)?, &values)
        });
        let all = Arc::clone(&words);
        tera.register_function(html, move |values: Kwargs, state: &State| -> TeraResult<Value> {
            let html = translate(words_at(&all, index, state)?, &values, Words::html)?;
            Ok(Value::safe_string(&html))
        });
    }
    tera.register_filter(ATTRIBUTE, |value: &tera::Value, _: Kwargs, _: &State| attribute(value));
    tera.register_function("asset", move |values: Kwargs, _: &State| -> TeraResult<String> {
        let name: &str = values.must_get("name")?;
        assets.get(name).cloned().ok_or_else(|| tera::Error::message(format!("the theme has no asset `{name}`")))
    });
}

/// A value behind the `=` of an attribute, between quotes where it needs them.
fn attribute(value: &tera::Value) -> tera::Value {
    let text = value.to_string();
    let html = if value.is_safe() { format!("\"{text}\"") } else { escape::attribute(&text) };
    tera::Value::safe_string(&html)
}

/// The words of the locale at hand.
fn words_at<'a>(words: &'a [Words], index: &str, state: &State) -> TeraResult<&'a Words> {
    let at: Option<usize> = state.get(index)?;
    let missing = || tera::Error::message(format!("`{index}` is not known here: pass it on to the component"));
    at.and_then(|at| words.get(at)).ok_or_else(missing)
}

/// How a string is filled: as text, or as HTML.
type Fill = fn(&Words, &str, &[(&str, &str)]) -> String;

fn translate(words: &Words, values: &Kwargs, fill: Fill) -> TeraResult<String> {
    let key: &str = values.must_get("key")?;
    if !words.has(key) {
        return Err(no_string(key, words));
    }
    let filled: Vec<(String, String)> = values
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_string()))
        .filter(|(name, _)| name != "key")
        .collect();
    let borrowed: Vec<(&str, &str)> = filled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Ok(fill(words, key, &borrowed))
}

/// The forms of a string as attributes that scripts read: `data-t-open-one="…" data-t-open-other="…"` for the name `open`.
fn attributes(words: &Words, values: &Kwargs) -> TeraResult<Value> {
    let (key, name): (&str, &str) = (values.must_get("key")?, values.must_get("name")?);
    let forms = words.forms(key);
    if forms.is_empty() {
        return Err(no_string(key, words));
    }
    let attributes: Vec<String> =
        forms.iter().map(|(form, text)| format!("data-t-{name}-{form}={}", escape::attribute(text))).collect();
    Ok(Value::safe_string(&attributes.join(" ")))
}

fn no_string(key: &str, words: &Words) -> tera::Error {
    tera::Error::message(format!("the theme has no string `{key}` in `{}`", words.view.id))
}

/// A template's error with its place in the template.
fn diagnostic(error: &tera::Error, tree: &SourceTree, own: &str) -> Diagnostic {
    let fallback = tree.id(&SourcePath::new(&format!("{own}templates")).unwrap_or_else(|_| theme::built_in_folder()));
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let file = find(report.filename(), tree, own).unwrap_or(fallback);
            let place = Span::new(file, report.span().range.clone());
            Diagnostic::new(
                Code::TemplateError,
                place,
                format!("this template does not work: {}", one_line(report.message())),
            )
        }
        ErrorKind::CircularInclude { tpl, include_chain: chain }
        | ErrorKind::CircularExtend { tpl, inheritance_chain: chain } => {
            let place = Span::file(find(tpl, tree, own).unwrap_or(fallback));
            let headline = format!("this template comes back to itself: {}", chain.join(" → "));
            Diagnostic::new(Code::TemplateError, place, headline)
        }
        ErrorKind::MissingParent { current, parent } => {
            let place = Span::file(find(current, tree, own).unwrap_or(fallback));
            let headline = format!("this template extends `{parent}`, and there is no such template");
            Diagnostic::new(Code::TemplateError, place, headline)
        }
        other => components::comes_back(tree, own).unwrap_or_else(|| {
            let headline = format!("the theme does not work: {}", one_line(&other.to_string()));
            Diagnostic::new(Code::TemplateError, Span::file(fallback), headline)
        }),
    }
    .help("the theme contract (the documentation of `rahnuma::view`) says what templates can see")
}

fn find(name: &str, tree: &SourceTree, own: &str) -> Option<FileId> {
    let candidates =
        [name.to_owned(), format!("{own}templates/{name}"), format!("{}templates/{name}", theme::BUILT_IN)];
    candidates
        .iter()
        .filter_map(|name| SourcePath::new(name).ok())
        .find(|path| tree.contains(path))
        .map(|path| tree.id(&path))
}

fn one_line(message: &str) -> String {
    message.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
