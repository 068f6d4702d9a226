//! Components of a theme that come back to themselves: Tera says that one did, and not which.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Span};
use crate::source::tree::SourceTree;
use crate::theme::BUILT_IN;

/// A component as it stands in a template.
struct Component<'a> {
    place: Span,
    calls: Vec<&'a str>,
}

/// The finding for the first component that leads back to itself by the components it is made of, if there is one.
/// `own` is the folder of the site's theme.
pub fn comes_back(tree: &SourceTree, own: &str) -> Option<Diagnostic> {
    let folders = [BUILT_IN, own].map(|folder| format!("{folder}templates/"));
    let files = folders.iter().flat_map(|folder| tree.below(folder));
    let files: Vec<_> = files.filter_map(|file| Some((tree.id(file), tree.text(file)?))).collect();
    let mut components = BTreeMap::new();
    for (file, text) in &files {
        for (name, start, body) in defined(text) {
            let place = Span::new(*file, start..start + name.len());
            components.insert(name, Component { place, calls: called(body) });
        }
    }
    let (name, way) = components.keys().find_map(|name| Some((*name, way_back(name, &components)?)))?;
    let headline = format!("this component comes back to itself: {}", way.join(" → "));
    Some(Diagnostic::new(Code::TemplateError, components.get(name)?.place, headline))
}

/// The components of a template: name, where it stands, and what stands up to its end.
fn defined(text: &str) -> impl Iterator<Item = (&str, usize, &str)> {
    text.match_indices("component ").filter_map(|(at, word)| {
        let begins = text[..at].trim_end_matches(['-', ' ']).ends_with("{%");
        let start = at + word.len();
        let name = name_at(&text[start..]);
        let body = &text[start + name.len()..];
        (begins && !name.is_empty()).then(|| (name, start, body.split("endcomponent").next().unwrap_or(body)))
    })
}

/// The names behind `{{ <`.
fn called(body: &str) -> Vec<&str> {
    let behind =
        body.match_indices("{{").map(|(at, braces)| body[at + braces.len()..].trim_start_matches(['-', ' ', '\n']));
    behind.filter_map(|call| Some(name_at(call.strip_prefix('<')?))).collect()
}

fn name_at(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && !['_', '.'].contains(&c)).unwrap_or(text.len());
    &text[..end]
}

/// The components from one back to itself, each reached from the one before it.
fn way_back<'a>(name: &'a str, components: &BTreeMap<&'a str, Component<'a>>) -> Option<Vec<&'a str>> {
    let mut from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut open = vec![name];
    while let Some(at) = open.pop() {
        for called in components.get(at).into_iter().flat_map(|component| component.calls.iter().copied()) {
            if called == name {
                let mut way = vec![name, at];
                while let Some(before) = way.last().filter(|last| **last != name).and_then(|last| from.get(last)) {
                    way.push(before);
                }
                way.reverse();
                return Some(if at == name { vec![name, name] } else { way });
            }
            if !from.contains_key(called) {
                from.insert(called, at);
                open.push(called);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::comes_back;
    use crate::source::path::SourcePath;
    use crate::source::tree::SourceTree;

    fn told(template: &str) -> Option<String> {
        let mut tree = SourceTree::default();
        let path = SourcePath::new("themes/own/templates/own.html").unwrap();
        tree.insert(path, template.as_bytes().to_vec());
        comes_back(&tree, "themes/own/").map(|found| found.headline)
    }

    #[test]
    fn the_way_back_is_told() {
        let one = "{% component a() -%}x{{ <a /> }}{%- endcomponent a %}";
        assert_eq!(told(one).unwrap(), "this component comes back to itself: a → a");
        let three = "{% component a.b() %}{{ <c_d x={1} /> }}{% endcomponent a.b %}{% component c_d(x) %}{{- <e/> }}{% endcomponent c_d %}
            {%- component e() %}{{ <a.b> }}…{% </a.b> %}{% endcomponent e %}";
        assert_eq!(told(three).unwrap(), "this component comes back to itself: a.b → c_d → e → a.b");
        assert_eq!(
            told("{% component a() %}{{ <b /> }}{% endcomponent a %}{% component b() %}{% endcomponent b %}"),
            None
        );
    }
}
