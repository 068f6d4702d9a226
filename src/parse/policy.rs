//! `content/policies/<carrier>.yaml` and `national.yaml`: who the carrier is, and its facts.

use jiff::civil::Date;

use super::context::{Context, Part};
use super::node::{Fields, Node};
use super::shape::policy as shape;
use super::shape::words::ORDERS;
use super::text::SourceText;
use super::{drafts, ids, meant, once, texts, value};
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Span, Spanned};
use crate::model::carrier::{Carrier, Status};
use crate::model::evidence::{Confidence, Risk};
use crate::model::fact::{ANSWERS, CARRIER, NATIONAL, UNKNOWN};
use crate::model::id::Id;
use crate::model::locale::{LocaleIx, Localized};
use crate::model::value::{Kind, Value};
use crate::script::digit;

/// A policy file as read: names are not looked up yet.
#[derive(Debug)]
pub struct Policy {
    /// The carrier, or the nation.
    pub carrier: Carrier,
    /// Where the successor is named.
    pub successor: Option<Span>,
    /// Where its place among the others is said.
    pub order: Option<Span>,
    /// Its facts in order.
    pub facts: Vec<RawFact>,
    /// Facts whose id could be read, but not the rest: reported once, not missed at each use.
    pub broken: Vec<Id>,
    /// Whether the list of facts itself could not be read.
    pub unreadable: bool,
    /// Whether it says that it is not to be published yet.
    pub draft: bool,
}

/// A fact as read.
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are those of the policy files")]
pub struct RawFact {
    pub id: Spanned<Id>,
    pub label: Localized<String>,
    pub kind: Kind,
    pub risk: Risk,
    pub conflict: bool,
    pub readings: Vec<RawReading>,
}

/// A reading as read.
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are those of the policy files")]
pub struct RawReading {
    pub id: Option<Spanned<Id>>,
    pub value: Value,
    pub network: Option<Spanned<Id>>,
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub confidence: Confidence,
    pub checked: Date,
    pub learned: Option<Date>,
    pub sources: Vec<Spanned<Id>>,
    pub note: Option<Localized<String>>,
    pub short: Option<Localized<String>>,
    pub place: Span,
    pub checked_place: Span,
    pub period_place: Span,
}

/// Reads the file of a carrier, or of the nation when `id` says so.
pub fn read(id: &Id, source: SourceText<'_>, cx: &mut Context<'_>) -> Option<Policy> {
    let yaml = once::read(source, &mut cx.sink)?;
    texts::collect(&yaml, source, cx);
    let root = Node::root(&yaml, source);
    let is_national = id.as_str() == NATIONAL;
    let mut fields = if is_national {
        root.fields::<shape::National>(&mut cx.sink)?
    } else {
        root.fields::<shape::Carrier>(&mut cx.sink)?
    };
    let name = fields.required("name", &mut cx.sink).and_then(|node| cx.localized(node));
    let country = fields.required("country", &mut cx.sink).and_then(|node| country(node, cx));
    let facts = fields.required("facts", &mut cx.sink).and_then(|node| facts(node, cx));
    let own = if is_national { Own::default() } else { own(&mut fields, cx) };
    fields.finish(&mut cx.sink);
    let unreadable = facts.is_none();
    let (facts, broken) = facts.unwrap_or_default();
    let nameless = || Localized::new(vec![id.as_str().to_owned(); cx.locales.len()]);
    let carrier = Carrier {
        id: id.clone(),
        name: name.unwrap_or_else(nameless),
        order: own.order.as_ref().map(|order| order.value),
        aliases: own.aliases.unwrap_or_else(|| Localized::new(vec![Vec::new(); cx.locales.len()])),
        status: own.status,
        successor: own.successor.as_ref().map(|successor| successor.value.clone()),
        status_note: own.status_note,
        recheck: own.recheck,
        country: country.unwrap_or_default(),
        website: own.website,
        facts: facts.iter().map(|fact| fact.id.value.clone()).collect(),
        place: Span::file(source.file),
    };
    let order = own.order.map(|order| order.place);
    Some(Policy {
        carrier,
        successor: own.successor.map(|successor| successor.place),
        order,
        facts,
        broken,
        unreadable,
        draft: own.draft,
    })
}

/// What a carrier's file says that the nation's does not.
#[derive(Default)]
struct Own {
    order: Option<Spanned<u16>>,
    aliases: Option<Localized<Vec<String>>>,
    status: Status,
    successor: Option<Spanned<Id>>,
    status_note: Option<Localized<String>>,
    recheck: Option<Date>,
    website: Option<Spanned<String>>,
    draft: bool,
}

/// The place of a carrier among the others.
fn order(node: Node<'_>, cx: &mut Context<'_>) -> Option<Spanned<u16>> {
    let order = node.written().and_then(|text| text.parse().ok()).filter(|order| ORDERS.contains(order));
    if order.is_none() {
        node.wrong(&format!("a number from {} to {}", ORDERS.start(), ORDERS.end()), &mut cx.sink);
    }
    Some(Spanned { value: order?, place: node.place() })
}

fn own(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Own {
    let order = fields.optional("order").and_then(|node| order(node, cx));
    let aliases = fields.optional("aliases").and_then(|node| cx.localized_lists(node));
    let said = fields.required("status", &mut cx.sink).and_then(|node| node.choice(Status::NAMES, &mut cx.sink));
    let status = said.unwrap_or_default();
    let successor = match status {
        Status::Merging | Status::RenamedTo => fields.required("successor", &mut cx.sink),
        // Of a status that could not be read it is not known what belongs to it.
        Status::Active | Status::Closed if said.is_none() => fields.optional("successor"),
        Status::Active | Status::Closed => None,
    };
    let note = match status {
        Status::Active => fields.optional("status_note"),
        _ => fields.required("status_note", &mut cx.sink),
    };
    Own {
        order,
        aliases,
        status,
        successor: successor.and_then(|node| node.id(&mut cx.sink)),
        status_note: note.and_then(|node| cx.localized(node)),
        recheck: fields.optional("recheck").and_then(|node| node.date(&mut cx.sink)),
        website: fields.optional("website").and_then(|node| node.url(&mut cx.sink)),
        draft: fields.optional(drafts::KEY).and_then(|node| node.truth(&mut cx.sink)).unwrap_or(false),
    }
}

fn country(node: Node<'_>, cx: &mut Context<'_>) -> Option<String> {
    let text = node.text(&mut cx.sink)?.value;
    if text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase()) {
        return Some(text);
    }
    node.wrong("an ISO 3166 country code such as PK", &mut cx.sink);
    None
}

/// The facts, and the ids of those that could not be read.
fn facts(node: Node<'_>, cx: &mut Context<'_>) -> Option<(Vec<RawFact>, Vec<Id>)> {
    let nodes = node.list(&mut cx.sink)?;
    let (mut facts, mut broken) = (Vec::new(), Vec::new());
    for node in nodes {
        match fact(node, cx) {
            Some(Ok(fact)) => facts.push(fact),
            Some(Err(id)) => broken.push(id),
            None => {}
        }
        cx.part = Part::File;
    }
    ids::unique("fact", facts.iter().map(|fact| (&fact.id.value, fact.id.place)), &mut cx.sink);
    Some((facts, broken))
}

fn fact(node: Node<'_>, cx: &mut Context<'_>) -> Option<Result<RawFact, Id>> {
    let mut fields = node.fields::<shape::Fact>(&mut cx.sink)?;
    let id = fields.required("id", &mut cx.sink).and_then(|node| node.id(&mut cx.sink)).filter(|id| is_free(id, cx));
    cx.part = id.as_ref().map_or(Part::File, |id| Part::Fact(id.value.clone()));
    let label = fields.required("label", &mut cx.sink).and_then(|node| cx.localized(node));
    let kind = fields.required("kind", &mut cx.sink).and_then(|node| node.choice(Kind::NAMES, &mut cx.sink));
    let risk = fields.required("risk", &mut cx.sink).and_then(|node| node.choice(Risk::NAMES, &mut cx.sink));
    let conflict = fields.optional("conflict").and_then(|node| node.truth(&mut cx.sink)).unwrap_or(false);
    let nodes = fields.required("readings", &mut cx.sink).and_then(|node| {
        let readings = node.list(&mut cx.sink)?;
        if readings.is_empty() {
            node.wrong("at least one reading", &mut cx.sink);
        }
        Some(readings)
    });
    fields.finish(&mut cx.sink);
    let id = id?;
    let (Some(label), Some(kind), Some(risk)) = (label, kind, risk) else { return Some(Err(id.value)) };
    let count = nodes.as_ref().map_or(0, Vec::len);
    let readings: Vec<RawReading> =
        nodes.unwrap_or_default().into_iter().filter_map(|node| reading(kind, node, cx)).collect();
    if readings.len() < count || count == 0 {
        return Some(Err(id.value));
    }
    let named = readings.iter().filter_map(|reading| reading.id.as_ref()).map(|id| (&id.value, id.place));
    ids::unique("reading", named, &mut cx.sink);
    Some(Ok(RawFact { id, label, kind, risk, conflict, readings }))
}

/// Whether a fact may have the id; one that means something else in texts is reported.
fn is_free(id: &Spanned<Id>, cx: &mut Context<'_>) -> bool {
    let taken = id.value.as_str() == CARRIER;
    if taken {
        let headline = format!("no fact can be called `{CARRIER}`: in texts that is the carrier's name");
        cx.sink.push(Diagnostic::new(Code::BadId, id.place, headline).help("give the fact another id"));
    }
    !taken
}

/// What claims call a reading; answers that every fact may have are no names.
fn reading_id(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Spanned<Id>> {
    let id = fields.optional("id").and_then(|node| node.id(&mut cx.sink))?;
    if ANSWERS.contains(&id.value.as_str()) {
        let headline = format!("no reading can be called `{}`: claims mean an answer by it", id.value);
        cx.sink.push(Diagnostic::new(Code::BadId, id.place, headline).help("say in a few words what it answers"));
        return None;
    }
    Some(id)
}

fn reading(kind: Kind, node: Node<'_>, cx: &mut Context<'_>) -> Option<RawReading> {
    let mut fields = node.fields::<shape::Reading>(&mut cx.sink)?;
    let id = reading_id(&mut fields, cx);
    let value_node = fields.required("value", &mut cx.sink);
    let read = value_node.and_then(|node| value(kind, node, &mut fields, cx));
    let (from_node, until_node) = (fields.optional("from"), fields.optional("until"));
    let from = from_node.and_then(|node| node.date(&mut cx.sink));
    let until = until_node.and_then(|node| node.date(&mut cx.sink));
    let evidence = evidence(node, value_node, &mut fields, cx);
    let learned = fields.optional("learned").and_then(|node| node.date(&mut cx.sink));
    let note = fields.optional("note").and_then(|node| cx.localized(node));
    let short_node = fields.optional("short");
    let short = short_node.and_then(|node| cx.localized(node));
    if let (Some((value, _)), Some(short), Some(node)) = (&read, &short, short_node) {
        same_figures(value, short, node.place(), cx);
    }
    fields.finish(&mut cx.sink);
    let ((value, network), Evidence { confidence, checked, checked_place, sources }) = (read?, evidence?);
    let place = value_node?.place();
    let period_place = until_node.or(from_node).map_or_else(|| place, |node| node.place());
    Some(RawReading {
        id,
        value,
        network,
        from,
        until,
        confidence,
        checked,
        learned,
        sources,
        note,
        short,
        place,
        checked_place,
        period_place,
    })
}

/// Reports a short form that states other figures than its value: one of the two was changed alone.
fn same_figures(value: &Value, short: &Localized<String>, place: Span, cx: &mut Context<'_>) {
    // A figure of one digit is often a word: "one day".
    let figures: Vec<String> = value.typed_numbers().into_iter().filter(|figure| figure.len() > 1).collect();
    if matches!(value, Value::Phone { .. } | Value::Ussd { .. } | Value::Sms { .. }) {
        return;
    }
    for (ix, locale) in cx.locales.iter().enumerate() {
        let said = numbers(short.get(LocaleIx(ix)));
        if let Some(figure) = figures.iter().find(|figure| !said.is_empty() && !said.contains(figure)) {
            let headline = format!("`short` says {} in `{}`, and the value says {figure}", said.join(", "), locale.id);
            let help = "look up in its sources which of the two is right, and say that in both; when a value changes, its `short` and its `note` change with it";
            cx.sink.push(Diagnostic::new(Code::BadValue, place, headline).help(help));
            return;
        }
    }
}

/// The numbers in a text, in plain digits and without the marks between their groups.
fn numbers(text: &str) -> Vec<String> {
    let plain = |c: char| match c {
        '٫' => '.',
        c => digit(c).map_or(c, |digit| char::from(b'0' + digit)),
    };
    let plain: String = text.replace([',', '٬'], "").chars().map(plain).collect();
    let runs = plain.split(|c: char| !c.is_ascii_digit() && c != '.').map(|run| run.trim_matches('.'));
    runs.filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

/// The value with the network it works from, or what to ask where it is not known.
fn value(
    kind: Kind,
    node: Node<'_>,
    fields: &mut Fields<'_>,
    cx: &mut Context<'_>,
) -> Option<(Value, Option<Spanned<Id>>)> {
    if let Some(word) = node.written().filter(|word| meant::is_unknown(word)) {
        fields.optional("ask");
        let headline = format!("this is no value of kind `{}`", kind.name());
        let unknown = Diagnostic::new(Code::BadValue, node.place(), headline);
        let is_slip = nearest(word, [UNKNOWN]).is_some();
        let help = if is_slip { "did you mean `unknown`?" } else { "where nobody says, write `unknown`" };
        cx.sink.push(unknown.help(help));
        return None;
    }
    if node.is_word(UNKNOWN) {
        let ask = fields.required("ask", &mut cx.sink).and_then(|node| cx.localized(node));
        return ask.map(|ask| (Value::Unknown { ask }, None));
    }
    let part = std::mem::replace(&mut cx.part, Part::Value);
    let value = value::read(kind, node, cx);
    cx.part = part;
    if value.is_none() {
        // Whether there is anything to ask is seen once the value can be read.
        fields.optional("ask");
    }
    value
}

/// Why a reading is believed.
struct Evidence {
    confidence: Confidence,
    checked: Date,
    checked_place: Span,
    sources: Vec<Spanned<Id>>,
}

fn evidence(
    reading: Node<'_>,
    value: Option<Node<'_>>,
    fields: &mut Fields<'_>,
    cx: &mut Context<'_>,
) -> Option<Evidence> {
    let confidence = fields
        .required("confidence", &mut cx.sink)
        .and_then(|node| node.choice_of(Confidence::NAMES, Confidence::ABOUT, &mut cx.sink));
    let checked_node = fields.required("checked", &mut cx.sink);
    let checked = checked_node.and_then(|node| node.date(&mut cx.sink));
    let sources_node = fields.required("sources", &mut cx.sink);
    let sources = sources_node.and_then(|node| sources(node, cx));
    let (confidence, sources) = (confidence?, sources?);
    let admitted = confidence == Confidence::Unverified || value.is_some_and(|value| value.is_word(UNKNOWN));
    if sources.is_empty() && !admitted {
        let headline = format!("a reading said to be `{}` has no source", confidence.name());
        cx.sink.push(
            Diagnostic::new(Code::NoEvidence, sources_node.unwrap_or(reading).place(), headline)
                .help("name the source's id from sources.yaml, or say `confidence: unverified`, or `value: unknown`"),
        );
    }
    Some(Evidence { confidence, checked: checked?, checked_place: checked_node?.place(), sources })
}

fn sources(node: Node<'_>, cx: &mut Context<'_>) -> Option<Vec<Spanned<Id>>> {
    let nodes = node.list(&mut cx.sink)?;
    Some(nodes.iter().filter_map(|node| node.id(&mut cx.sink)).collect())
}
