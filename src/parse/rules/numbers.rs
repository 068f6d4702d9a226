//! Numbers, periods and addresses are stated once, as facts: one typed into prose goes stale unseen.

mod addresses;
mod dates;
mod periods;
mod typed;
mod units;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::{Body, Inline};
use crate::model::fact::{FactKey, NATIONAL};
use crate::model::id::Id;
use crate::model::value::{Unit, Value};
use crate::parse::context::{Part, Wording};
use crate::parse::policy::Policy;
use crate::source::path::SourcePath;
pub use periods::unit_behind;
use typed::Typed;

/// A fact that states a number, and where it stands.
struct Stated {
    key: FactKey,
    place: Span,
    /// What the number counts, where the fact states a time and nothing else.
    unit: Option<Unit>,
}

/// Facts by the numbers in their readings, those of other periods among them, by owner.
pub struct Numbers<'a> {
    by_owner: BTreeMap<&'a Id, OwnNumbers>,
    nation: Option<Id>,
}

/// The numbers of one owner, each as it is compared.
#[derive(Default)]
struct OwnNumbers(BTreeMap<String, Vec<Stated>>);

impl<'a> Numbers<'a> {
    /// The numbers of every policy.
    pub fn new(policies: &'a BTreeMap<Id, Policy>) -> Self {
        let mut by_owner: BTreeMap<&Id, OwnNumbers> = BTreeMap::new();
        for (owner, policy) in policies {
            let numbers = by_owner.entry(owner).or_default();
            for fact in &policy.facts {
                // A single digit is a word more often than a value.
                let typed = fact.readings.iter().flat_map(|reading| reading.value.typed_numbers());
                let typed = typed.map(|number| typed::canonical(&number));
                let values = || fact.readings.iter().map(|reading| &reading.value);
                let addresses = values().filter_map(|value| match value {
                    Value::Url(address) => Some(addresses::keys(address)),
                    _ => None,
                });
                let more = values().filter_map(periods::key).chain(addresses.flatten());
                // By its short name in its owner's texts, by its whole one everywhere.
                let names = [fact.id.value.to_string(), format!("{owner}.{}", fact.id.value)];
                let brought = values().filter_map(units::brought);
                let units: Vec<String> =
                    brought.flat_map(|unit| names.each_ref().map(|name| units::key(name, unit))).collect();
                let unit = values().map(time).reduce(|one, other| one.filter(|_| one == other)).flatten();
                for number in typed.filter(|number| number.len() > 1).chain(more).chain(units) {
                    let key = FactKey { owner: owner.clone(), fact: fact.id.value.clone() };
                    numbers.0.entry(number).or_default().push(Stated { key, place: fact.id.place, unit });
                }
            }
        }
        Self { by_owner, nation: Id::new(NATIONAL) }
    }

    /// Those of `owner` and of the nation.
    pub fn of(&self, owner: Option<&Id>) -> Known<'_> {
        let own = [owner, self.nation.as_ref()].into_iter().flatten();
        let numbers = own.filter_map(|owner| self.by_owner.get(owner)).collect();
        Known { numbers, own: None, asked: RefCell::default() }
    }

    /// Those that a text of this YAML file has no business to repeat.
    pub fn around(&self, wording: &Wording, file: &SourcePath) -> Known<'_> {
        let owner = owner_of(file);
        let own = match &wording.part {
            Part::Fact(fact) => owner.clone().map(|owner| FactKey { owner, fact: fact.clone() }),
            Part::File | Part::Value => None,
        };
        Known { own, ..self.of(owner.as_ref()) }
    }
}

/// What a value counts if it is a time. Working days are called days too.
fn time(value: &Value) -> Option<Unit> {
    match value {
        Value::Duration { unit: Unit::WorkingDays, .. } => Some(Unit::Days),
        Value::Duration { unit, .. } => Some(*unit),
        _ => None,
    }
}

/// The carrier whose file this is.
fn owner_of(file: &SourcePath) -> Option<Id> {
    match file.as_str().split('/').collect::<Vec<_>>().as_slice() {
        ["content", "policies", name] => name.strip_suffix(".yaml").and_then(Id::new),
        ["content", "guides", section, _] => Id::new(section),
        _ => None,
    }
}

/// Numbers that a text was found to hold, each with whether a fact states it.
pub type Asked = BTreeMap<Box<str>, bool>;

/// The numbers that a text has no business to repeat.
pub struct Known<'a> {
    numbers: Vec<&'a OwnNumbers>,
    /// The fact that the text is part of: its notes may speak of its own numbers, since they are revised with them.
    own: Option<FactKey>,
    /// What was looked up so far: as long as all of that has the same answers, the same is found.
    asked: RefCell<Asked>,
}

impl Known<'_> {
    /// Every number that was looked up, with the answer.
    pub fn asked(self) -> Asked {
        self.asked.into_inner()
    }

    /// Whether numbers that were looked up at another time would have the same answers now.
    pub fn agrees(&self, asked: &Asked) -> bool {
        asked.iter().all(|(number, answer)| self.stated(number).is_some() == *answer)
    }

    /// Reports the numbers of a text that a fact states.
    pub fn search(&self, text: &str, place: Span, sink: &mut Diagnostics) {
        if typed::may_have_digits(text) || addresses::may_hold(text) {
            self.report(&Typed::of(text, place), false, &[], sink);
        }
    }

    /// Reports the numbers of a run of words that a fact states, those of which a part is bold among them. `plain` are the places of
    /// numbers that are said to be none of a fact.
    pub fn run(&self, run: &[Inline], plain: &[Span], sink: &mut Diagnostics) {
        if typed::any_text(run, |text| typed::may_have_digits(text) || addresses::may_hold(text)) {
            self.report(&Typed::of_run(run), true, plain, sink);
        }
    }

    /// Reports units that are typed behind facts which bring theirs along.
    pub fn units(&self, run: &[Inline], body: &Body, sink: &mut Diagnostics) {
        units::check(run, body, self, sink);
    }

    /// `named` where the text could name the fact instead.
    fn report(&self, typed: &Typed, named: bool, plain: &[Span], sink: &mut Diagnostics) {
        let is_plain = |place: Span| plain.iter().any(|span| span.start <= place.start && place.end <= span.end);
        for (range, key, form) in self.known(typed, named) {
            let place = typed.place(&range);
            let facts = self.stated(&key).unwrap_or_default();
            // What the own fact states may be said around it, whatever other fact states the same.
            let is_own = facts.iter().any(|fact| self.own.as_ref() == Some(&fact.key));
            let behind = typed.text().get(range.end..).filter(|_| form == Form::Number).and_then(unit_behind);
            // Who can name no fact has no way to say that a number is none of one: only a time with its unit is surely that of a fact.
            let unit = behind.map(|(unit, _)| unit);
            let is_another = !named && facts.iter().all(|fact| fact.unit.is_some() && fact.unit != unit);
            if !is_plain(place) && !is_own && !is_another {
                let behind = behind.filter(|_| named);
                let whole = range.start..range.end + behind.map_or(0, |(_, length)| length);
                let (number, word) = (typed.words(&range), typed.words(&whole));
                report((number, word, form), facts, typed.place(&whole), named, sink);
            }
        }
    }

    /// What of words facts state, and what they know it by. A period may be another one of the same length, which only texts that can name
    /// facts can say.
    fn known(&self, typed: &Typed, named: bool) -> Vec<(Range<usize>, String, Form)> {
        let numbers = typed.numbers(&|number| self.ask(number)).into_iter();
        let numbers = numbers.filter(|found| !dates::is_part(typed.text(), &found.range));
        let mut known: Vec<_> = numbers.map(|found| (found.range, found.number, Form::Number)).collect();
        if named {
            let periods = periods::find(typed.text()).into_iter().filter(|(_, key)| self.ask(key));
            known.extend(periods.map(|(range, key)| (range, key, Form::Number)));
        }
        for (range, keys) in addresses::find(typed.text()) {
            let key = keys.into_iter().find(|key| self.ask(key));
            known.extend(key.map(|key| (range, key, Form::Address)));
        }
        known
    }

    fn ask(&self, number: &str) -> bool {
        let answer = self.stated(number).is_some();
        self.asked.borrow_mut().entry(number.into()).or_insert(answer);
        answer
    }

    fn stated(&self, number: &str) -> Option<&[Stated]> {
        self.numbers.iter().find_map(|numbers| numbers.0.get(number)).map(Vec::as_slice)
    }
}

/// What is typed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Number,
    Address,
}

fn report(
    (number, word, form): (&str, &str, Form),
    facts: &[Stated],
    place: Span,
    named: bool,
    sink: &mut Diagnostics,
) {
    let Some(first) = facts.first() else { return };
    let mut names: Vec<String> = facts.iter().map(|fact| format!("`{{{{ {} }}}}`", fact.key)).collect();
    names.dedup();
    let names = names.join(" or ");
    let found = Diagnostic::new(Code::TypedNumber, place, format!("{word} is typed here, but a fact states it"))
        .related(first.place, "the fact");
    sink.push(if form == Form::Address {
        found.help(if named {
            format!("write {names} instead, which is a link to it")
        } else {
            format!("say it without the address: only the text of guides, pages and fragments can name {names}")
        })
    } else if named {
        found
            .help(format!("if it is what the fact states, write {names} instead of `{word}`: it brings its unit along"))
            .help(format!("if it is another number, say so: `[{number}]{{plain}}`"))
    } else {
        found.help(format!("say it without the number: only the text of guides, pages and fragments can name {names}"))
    });
}
