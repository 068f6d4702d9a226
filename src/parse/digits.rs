//! `digits:` of a locale: in which digits its readers are shown numbers.

use super::language;
use super::node::Node;
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::script::digits::{Digits, LATIN, NATIVE};

/// Reads the name of digits that the script of a language has; `tag` is that of the language, where it is known.
pub fn read(node: Node<'_>, tag: Option<&str>, sink: &mut Diagnostics) -> Option<Digits> {
    let name = node.text(sink)?.value;
    let own = tag.map(language::digits).unwrap_or_default();
    let Some(found) = NATIVE.iter().chain([&LATIN]).find(|digits| digits.name() == name) else {
        let headline = format!("`{name}` is no name of digits that the program knows");
        let unknown = Diagnostic::new(Code::BadValue, node.place(), headline);
        let names = NATIVE.iter().chain([&LATIN]).map(|digits| digits.name());
        let near = nearest(&name, names).map(|name| format!("did you mean `{name}`?"));
        sink.push(unknown.help(near.unwrap_or_else(|| choice(&own, tag))));
        return None;
    };
    let fits = found.is_latin() || own.contains(found) || tag.is_none();
    if !fits {
        let headline = format!(
            "the digits {} of `{name}` are not those of the script of `{}`",
            found.all(),
            tag.unwrap_or_default()
        );
        node.bad(headline, choice(&own, tag), sink);
    }
    fits.then_some(*found)
}

/// What there is to choose from.
fn choice(own: &[Digits], tag: Option<&str>) -> String {
    let named: Vec<String> = own.iter().map(|digits| format!("`{}` for {}", digits.name(), digits.all())).collect();
    match (tag, named.as_slice()) {
        (Some(tag), []) => format!("leave `digits:` out: `{tag}` is written with 0 to 9"),
        (_, []) => "the names are those of CLDR's numbering systems, such as arab, arabext or deva".to_owned(),
        (_, named) => format!("write {}; left out, it is 0123456789", named.join(" or ")),
    }
}
