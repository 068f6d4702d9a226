//! Texts of the site as they are, whatever kind of file they stand in, which those that come back are compared with.

use super::gather::Text;
use super::segment::Run;
use crate::diag::Span;
use crate::model::translation::State;

/// What words have to be to take the place of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Words of Markdown that begin no block.
    Prose,
    /// Words on one line.
    Line,
    /// Words on as many lines as are needed.
    Lines,
    /// A line of the short version of a guide.
    Short,
    /// A cell of a table.
    Cell,
    /// Entries with this sign between them.
    List(char),
}

/// A text of the site as it is.
#[derive(Debug, Clone)]
pub struct Here {
    pub id: String,
    pub source: String,
    pub target: String,
    /// Whether the translation was made from this source.
    pub is_fresh: bool,
    pub form: Form,
    /// Where the source stands.
    pub place: Span,
    /// What of the source's codes a translation may leave out, and what it may have that the source has not.
    pub free: Vec<String>,
}

impl Here {
    /// A text of a YAML file.
    pub fn of_value(id: String, (source, place): (String, Span), target: String, is_fresh: bool) -> Self {
        let form = if source.contains('\n') { Form::Lines } else { Form::Line };
        Self { id, source, target, is_fresh, form, place, free: Vec::new() }
    }
}

/// The texts of a Markdown file.
pub fn of_markdown(text: &Text<'_>) -> Vec<Here> {
    let states = text.pair.states();
    let own = |id: &str| text.own.iter().flat_map(|(_, own)| &own.runs).find(|run| run.id == id);
    let source = text.written.source(text.pair.source.body.file);
    let here = |run: &Run| Here {
        id: run.id.clone(),
        source: run.text.clone(),
        target: own(&run.id).map_or("", |run| &run.text).to_owned(),
        is_fresh: states.iter().any(|(part, state)| *part == run.part() && *state == State::Fresh),
        form: match run.kind {
            "title" | "summary" => Form::Line,
            kind if kind.contains("short version") => Form::Short,
            kind if kind.contains("table") => Form::Cell,
            _ => Form::Prose,
        },
        place: source.place(run.range.clone()),
        free: Vec::new(),
    };
    text.source.runs.iter().filter(|run| run.has_words).map(here).collect()
}
