//! The theme's templates in Tera, and their errors as diagnostics.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::words::Words;
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::path::SourcePath;
use crate::theme;
use crate::tree::SourceTree;
use crate::view::View;

/// The theme's templates, ready to render.
pub struct Templates {
    tera: Tera,
}

/// What templates can call: words of a locale, and addresses of assets.
pub struct Functions {
    /// Every locale's words.
    pub words: Arc<Vec<Words>>,
    /// Addresses of assets by name.
    pub assets: BTreeMap<String, String>,
}

impl Templates {
    /// Reads the theme's templates. A template that cannot be read is reported, and then there is no theme.
    #[must_use]
    pub fn new(tree: &SourceTree, name: &str, functions: Functions) -> (Option<Self>, Diagnostics) {
        let mut sink = Diagnostics::default();
        let mut tera = Tera::new();
        register(&mut tera, functions);
        let own = format!("themes/{name}/");
        let prefixes = vec![format!("{own}templates/"), format!("{}templates/", theme::BUILT_IN)];
        let templates: Vec<(String, String)> = prefixes
            .iter()
            .flat_map(|folder| tree.below(folder))
            .filter_map(|(path, bytes)| {
                let text = crate::parse::text::read(path, bytes, &mut sink)?.text;
                Some((path.as_str().to_owned(), text.to_owned()))
            })
            .collect();
        let added = tera.set_fallback_prefixes(prefixes).and_then(|()| tera.add_raw_templates(templates));
        if let Err(error) = added {
            sink.push(diagnostic(&error, tree, &own));
            return (None, sink);
        }
        (Some(Self { tera }), sink)
    }

    /// A page as HTML.
    ///
    /// # Errors
    /// When the template fails; the diagnostic points into it.
    pub fn render(&self, view: &View, tree: &SourceTree, name: &str) -> Result<String, Box<Diagnostic>> {
        let own = format!("themes/{name}/");
        let rendered =
            tera::Context::from_serialize(view).and_then(|context| self.tera.render(view.body.template(), &context));
        match rendered {
            Ok(html) if html.trim().is_empty() => {
                let name = view.body.template();
                let file = find(name, tree, &own).unwrap_or_else(theme::built_in_folder);
                Err(Box::new(Diagnostic::new(
                    Code::TemplateError,
                    Place::file(&file),
                    format!("the template {name} gives an empty page"),
                )))
            }
            Ok(html) => Ok(html),
            Err(error) => Err(Box::new(diagnostic(&error, tree, &own))),
        }
    }

    /// Variables a template reads from its context, for the test of the theme contract.
    #[must_use]
    pub fn variables(&self, template: &str) -> Vec<String> {
        let mut names: Vec<String> = self
            .tera
            .get_template_variables(template)
            .map(|names| names.into_iter().map(str::to_owned).collect())
            .unwrap_or_default();
        names.sort();
        names
    }
}

fn register(tera: &mut Tera, functions: Functions) {
    let Functions { words, assets } = functions;
    for (name, html, index) in [("t", "t_html", "locale_index"), ("tc", "tc_html", "content_index")] {
        let all = Arc::clone(&words);
        tera.register_function(name, move |values: Kwargs, state: &State| -> TeraResult<String> {
            translate(words_at(&all, index, state)?, &values, Words::text)
        });
        let all = Arc::clone(&words);
        tera.register_function(html, move |values: Kwargs, state: &State| -> TeraResult<Value> {
            let html = translate(words_at(&all, index, state)?, &values, Words::html)?;
            Ok(Value::safe_string(&html))
        });
    }
    tera.register_function("asset", move |values: Kwargs, _: &State| -> TeraResult<String> {
        let name: &str = values.must_get("name")?;
        assets.get(name).cloned().ok_or_else(|| tera::Error::message(format!("the theme has no asset `{name}`")))
    });
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
        return Err(tera::Error::message(format!("the theme has no string `{key}` in `{}`", words.view.id)));
    }
    let filled: Vec<(String, String)> = values
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_string()))
        .filter(|(name, _)| name != "key")
        .collect();
    let borrowed: Vec<(&str, &str)> = filled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Ok(fill(words, key, &borrowed))
}

/// A template's error with its place in the template.
fn diagnostic(error: &tera::Error, tree: &SourceTree, own: &str) -> Diagnostic {
    let fallback = SourcePath::new(&format!("{own}templates")).unwrap_or_else(|_| theme::built_in_folder());
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let file = find(report.filename(), tree, own).unwrap_or(fallback);
            let place = Place::at(&file, Span::new(report.span().range.clone()));
            Diagnostic::new(
                Code::TemplateError,
                place,
                format!("this template does not work: {}", one_line(report.message())),
            )
        }
        other => Diagnostic::new(
            Code::TemplateError,
            Place::file(&fallback),
            format!("the theme does not work: {}", one_line(&other.to_string())),
        ),
    }
    .help("the theme contract (the documentation of `rahnuma::view`) says what templates can see")
}

fn find(name: &str, tree: &SourceTree, own: &str) -> Option<SourcePath> {
    let candidates =
        [name.to_owned(), format!("{own}templates/{name}"), format!("{}templates/{name}", theme::BUILT_IN)];
    candidates.iter().filter_map(|name| SourcePath::new(name).ok()).find(|path| tree.get(path).is_some())
}

fn one_line(message: &str) -> String {
    message.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
