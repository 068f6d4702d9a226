//! What is said of units that came back: each finding at its place in the file of the exchange, with the site's own words beside it.

use super::codes::Fault;
use super::fits::Misfit;
use super::here::Here;
use super::{Damaged, Returned};
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Span};
use crate::source::tree::SourceTree;

const IN_THE_SOURCE: &str = "it stands here in the source";

/// Words between signs of code; signs of their own need none.
fn quoted(code: &str) -> String {
    if code.contains('`') { code.to_owned() } else { format!("`{code}`") }
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    }
}

/// A file that is none of its format.
pub fn damaged(damaged: Damaged) -> Diagnostic {
    Diagnostic::new(Code::BrokenExchange, damaged.place, damaged.problem)
        .help("save it anew in the program that it comes from, as XLIFF 1.2 or PO; by hand it is easily broken")
}

/// A file that is no UTF-8.
pub fn not_utf8(place: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::NotUtf8, place, format!("{name} is not saved as UTF-8"))
        .help("save it anew in the program that it comes from, with the encoding UTF-8")
}

/// A file of another site.
pub fn other_site(returned: &Returned, (theirs, ours): (&str, &str)) -> Diagnostic {
    let headline = format!("this file was sent out from the site `{theirs}`; here is `{ours}`");
    Diagnostic::new(Code::ForeignExchange, returned.place, headline)
        .help("import it in the folder of that site, or name that folder with --root")
        .help("the names are `id` in content/site.yaml; where it was changed since, export again")
}

/// A file of a language that the site is not translated into, or of two.
pub fn other_locale(returned: &Returned, locale: &str, known: &[&str]) -> Diagnostic {
    let headline = format!("`{locale}` is no language that this site is translated into");
    let found = Diagnostic::new(Code::ForeignExchange, returned.place, headline).suggest(locale, known.iter().copied());
    found.help(
        "a file is in the language that it names in its head: `target-language` in XLIFF, `X-Rahnuma-Locale` in PO",
    )
}

/// A file that says two languages.
pub fn two_locales(returned: &Returned, (one, other): (&str, &str)) -> Diagnostic {
    let headline = format!("this file says that it is in `{one}` and in `{other}`");
    Diagnostic::new(Code::ForeignExchange, returned.place, headline)
        .help("`X-Rahnuma-Locale` and `Language` in its head are to name one language: see which one its words are in")
}

/// Texts of a file that the site does not have.
pub fn unknown_file<'a>(first: &Returned, count: usize, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let file = &first.unit.file;
    let more = if count > 1 { format!(", nor the {count} texts that came back for it") } else { String::new() };
    let found = Diagnostic::new(Code::UnknownUnit, first.place, format!("the site has no {file}{more}"));
    match nearest(file, known) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found,
    }
    .help("where the file was renamed or taken away since this was sent out, export again")
}

/// A text that its file does not have.
pub fn unknown_unit<'a>(returned: &Returned, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let (file, id) = (&returned.unit.file, &returned.unit.id);
    let headline = format!("{file} has no text `{id}`, and none with these words");
    let found = Diagnostic::new(Code::UnknownUnit, returned.place, headline);
    let found = match nearest(id, known) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found,
    };
    found.help("where the text was taken away or written anew since this was sent out, export again")
}

/// A text whose source changed.
pub fn stale(returned: &Returned, here: &Here) -> Diagnostic {
    let headline = format!("the source of `{}` changed since it was sent out", here.id);
    Diagnostic::new(Code::StaleUnit, returned.place, headline)
        .label(format!("made from: {}", one_line(&returned.unit.source)))
        .related(here.place, "the source says this now")
        .help("export again, and have this text looked at; the words that came back may be right still")
}

/// A text that is not done.
pub fn unfinished(returned: &Returned) -> Diagnostic {
    let headline = format!("`{}` is marked as unfinished, and waits", returned.unit.id);
    Diagnostic::new(Code::UnfinishedUnit, returned.place, headline)
        .help("mark it as done in the translator's program, or take it as it is with `--unfinished`")
}

/// Files that are made when all of their texts came back.
pub fn unfinished_file(place: Span, file: &str, (there, all): (usize, usize)) -> Diagnostic {
    let headline = format!("{file} is made when all of its {all} texts are there; {there} are");
    Diagnostic::new(Code::UnfinishedUnit, place, headline)
        .help("translate the others too; until then readers see the source")
}

/// Plural forms that would stand alone.
pub fn lacks_forms((place, key): (Span, &str), lacking: &[&str]) -> Diagnostic {
    let lacking: Vec<String> = lacking.iter().map(|id| quoted(id)).collect();
    let headline = format!("the plural `{key}` waits for its other forms: {}", lacking.join(", "));
    Diagnostic::new(Code::UnfinishedUnit, place, headline).help("translate them too, and import again")
}

/// A part whose words agree with the source and whose code does not.
pub fn other_code(place: Span, file: &str, part: &str) -> Diagnostic {
    let headline = format!("{file}: `{part}` is not recorded, because a block of code in it is not that of the source");
    Diagnostic::new(Code::UnfinishedUnit, place, headline)
        .help(format!("blocks of code are not sent out: mend it there, then run `rahnuma accept {file} --step {part}`"))
}

/// Words that cannot take their place.
pub fn misfit(returned: &Returned, here: &Here, misfit: Misfit, tree: &SourceTree) -> Diagnostic {
    match misfit {
        Misfit::Code(fault) => faulty(returned, here, &fault, tree),
        Misfit::Shape(help) => {
            let headline = format!("the translation of `{}` would be read as something other than words", here.id);
            Diagnostic::new(Code::BadUnit, returned.words, headline).related(here.place, IN_THE_SOURCE).help(help)
        }
    }
}

/// Where a code stands within a place; the whole of it where it is written otherwise, or not there.
fn within(place: Span, code: &str, tree: &SourceTree) -> Span {
    let bytes = tree.get(tree.path(place.file)).unwrap_or_default();
    let words = bytes.get(place.range()).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let at = words.and_then(|words| words.rfind(code));
    at.map_or(place, |at| place.part(at..at + code.len()))
}

fn faulty(returned: &Returned, here: &Here, fault: &Fault, tree: &SourceTree) -> Diagnostic {
    let (what, help) = match fault {
        Fault::Lost { code, found: 0, .. } => (
            format!("lost {}", quoted(code)),
            "put it back where it belongs in the sentence, sign by sign as in the source",
        ),
        Fault::Lost { code, wanted, found } => (
            format!("has {} {}; its source has it {}", quoted(code), times(*found), times(*wanted)),
            "put it in wherever the source has it",
        ),
        Fault::Doubled { code, wanted, found } => (
            format!("has {} {}; its source has it {}", quoted(code), times(*found), times(*wanted)),
            "take out what is too many",
        ),
        Fault::Invented(code) => (
            format!("has {}, which its source does not have", quoted(code)),
            "take it out; what is protected comes from the source alone",
        ),
        Fault::Changed { wanted, found } => (
            format!("has {} in place of {}", quoted(found), quoted(wanted)),
            "what is protected is never translated or changed: put that of the source in its place",
        ),
        Fault::Crossed(code) => (
            format!("has {} without the bracket `[` before the words that it ends", quoted(code)),
            "put both around the words that they belong to",
        ),
    };
    let headline = format!("the translation of `{}` {what}", here.id);
    let (wanted, found) = match fault {
        Fault::Lost { code, .. } => (code, ""),
        Fault::Doubled { code, .. } | Fault::Crossed(code) | Fault::Invented(code) => (code, code.as_str()),
        Fault::Changed { wanted, found } => (wanted, found.as_str()),
    };
    let place = if found.is_empty() { returned.words } else { within(returned.words, found, tree) };
    Diagnostic::new(Code::BrokenPlaceholder, place, headline)
        .related(
            within(here.place, wanted, tree),
            if matches!(fault, Fault::Invented(_)) { "the source" } else { IN_THE_SOURCE },
        )
        .help(format!("{help}, and import again"))
}

/// Two translations of one text.
pub fn conflicting(id: &str, second: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::ConflictingUnits, second, format!("`{id}` came back twice, with different words"))
        .related(first, "the other one")
        .help("keep the right one in both places, or import one file alone")
}

/// Words for which the site has no place.
pub fn unplaced((place, id): (Span, &str), what: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::UnplacedUnit, place, format!("there is no place for `{id}`: {what}")).help(help)
}

/// Words that a file would not give back as they came.
pub fn misread(place: Span, id: &str, file: &str) -> Diagnostic {
    let headline = format!("in {file} the translation of `{id}` would be read as something other than words");
    Diagnostic::new(Code::BadUnit, place, headline)
        .help("look at how its lines begin, and at signs that Markdown gives a meaning to")
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}
