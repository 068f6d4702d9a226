//! A fragment, a letter and the words of a situation name the facts of their source: what they show belongs to every page they are on. What
//! sentences rest on has a rule of its own.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::claims::{Texts, other_texts};
use super::hurt::Hurt;
use super::instead::{self, Instead, stands_instead};
use super::twin::{Shape, twin_of};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::link::pairs::Side;
use crate::model::body::{Body, ReferenceKind};
use crate::model::locale::Locale;
use crate::model::site::Config;
use crate::parse::Documents;

pub fn check(documents: &Documents, hurt: &Hurt<'_>, sink: &mut Diagnostics) {
    let mut texts = other_texts(documents);
    let letters = documents.applications.iter().map(|((id, locale), letter)| ((3, id), *locale, &*letter.body));
    for (key, locale, body) in letters {
        texts.entry(key).or_default().insert(locale, body);
    }
    compare_all(&texts, (hurt, &documents.config), sink);
}

fn compare_all<K>(texts: &Texts<'_, K>, (hurt, config): (&Hurt<'_>, &Config), sink: &mut Diagnostics) {
    for texts in texts.values() {
        let Some(source) = texts.get(&config.source_locale) else { continue };
        for (locale, own) in texts.iter().filter(|(locale, _)| **locale != config.source_locale) {
            // What was told there may be a fact that is named wrongly; that a text says nothing is told.
            if !own.blocks.is_empty() && [source, own].into_iter().all(|body| hurt.by_anything(body).is_empty()) {
                compare([source, own], (hurt, config.locale(*locale)), sink);
            }
        }
    }
}

/// By name, where it stands first, and whether it is shown there.
type Named<'a> = BTreeMap<&'a str, (Span, bool)>;

fn named(body: &Body) -> Named<'_> {
    let mut named = Named::new();
    for reference in &body.references {
        let is_shown = matches!(reference.kind, ReferenceKind::Fact | ReferenceKind::Value);
        if is_shown || reference.kind == ReferenceKind::Claim {
            let first = named.entry(&*reference.name).or_insert((reference.place, is_shown));
            if is_shown && !first.1 {
                *first = (reference.place, true);
            }
        }
    }
    named
}

fn compare(both: [&Body; 2], (hurt, locale): (&Hurt<'_>, &Locale), sink: &mut Diagnostics) {
    let [there, here] = both.map(named);
    let only = |one: &Named<'_>, other: &Named<'_>| -> Vec<(String, Span)> {
        let only = one.iter().filter(|(name, (_, is_shown))| *is_shown && !other.contains_key(*name));
        only.map(|(name, (place, _))| ((*name).to_owned(), *place)).collect()
    };
    let (missing, foreign) = (only(&there, &here), only(&here, &there));
    if missing.is_empty() && foreign.is_empty() {
        return;
    }
    let shapes = both.map(|body| Shape::of(Side { body, title: None }));
    if let ([right], [wrong]) = (missing.as_slice(), foreign.as_slice()) {
        sink.push(exchanged(right, wrong));
        return;
    }
    let texts: OnceCell<[String; 2]> = OnceCell::new();
    for fact @ (_, there) in &missing {
        let [theirs, ours] = shapes.each_ref().map(|shape| {
            shape.on_line_of(&shapes[0], *there).map(|it| (it.name.to_string(), it.place)).collect::<Vec<_>>()
        });
        let typed = || {
            let texts = texts.get_or_init(|| both.map(|body| hurt.text(body.file)));
            instead::typed(&shapes, *there, texts.each_ref().map(String::as_str))
        };
        let instead = instead::other_fact(&theirs, &ours, *there).or_else(typed);
        sink.push(lacks(fact, instead.as_ref(), &shapes, locale));
    }
    foreign.iter().for_each(|fact| sink.push(has_more(fact, &shapes)));
}

fn exchanged((right, there): &(String, Span), (wrong, here): &(String, Span)) -> Diagnostic {
    let in_source = format!("`{right}` is named here, and in every other language `{wrong}`");
    Diagnostic::new(Code::FactParity, *here, format!("the source names `{right}` here, and this `{wrong}`"))
        .related(*there, "the source")
        .help(format!("write `{{{{ {right} }}}}`: readers of every locale get the same facts"))
        .in_source(Diagnostic::new(Code::FactParity, *there, in_source))
}

fn lacks(
    (fact, there): &(String, Span),
    instead: Option<&Instead>,
    [source, own]: &[Shape<'_>; 2],
    locale: &Locale,
) -> Diagnostic {
    if let Some(instead) = instead {
        let in_source = format!("the fact `{fact}` is named here, and in no other language");
        let found = stands_instead(fact, instead, (Code::FactParity, *there));
        return found.in_source(Diagnostic::new(Code::FactParity, *there, in_source));
    }
    let headline = format!("the fact `{fact}` is used in the source, but not in `{}` ({})", locale.id, locale.name);
    let in_source = format!("the fact `{fact}` is named here, and in no other language");
    Diagnostic::new(Code::FactParity, twin_of(source, own, *there), headline)
        .related(*there, "the source uses it here")
        .help(format!(
            "name it here too, as `{{{{ {fact} }}}}`: what is typed instead does not change when the fact does"
        ))
        .in_source(Diagnostic::new(Code::FactParity, *there, in_source))
}

fn has_more((fact, here): &(String, Span), [source, own]: &[Shape<'_>; 2]) -> Diagnostic {
    let in_source = format!("the fact `{fact}` is named in every other language, and not here");
    let there = twin_of(own, source, *here);
    Diagnostic::new(Code::FactParity, *here, format!("the fact `{fact}` is used here, but not in the source"))
        .help("use it in every locale, or in none")
        .in_source(
            Diagnostic::new(Code::FactParity, there, in_source)
                .help(format!("name it here too, as `{{{{ {fact} }}}}`")),
        )
}
