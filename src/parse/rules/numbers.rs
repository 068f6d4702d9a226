//! Numbers are stated once, as facts: one typed into prose goes stale unseen.

mod typed;

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::body::Inline;
use crate::model::fact::{FactKey, NATIONAL};
use crate::model::id::Id;
use crate::parse::context::{Part, Wording};
use crate::parse::policy::Policy;
use crate::source::path::SourcePath;
use typed::Typed;

/// A fact that states a number, and where it stands.
struct Stated {
    key: FactKey,
    place: Span,
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
                for number in typed.filter(|number| number.len() > 1) {
                    let key = FactKey { owner: owner.clone(), fact: fact.id.value.clone() };
                    numbers.0.entry(number).or_default().push(Stated { key, place: fact.id.place });
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
        if typed::may_have_digits(text) {
            self.report(&Typed::of(text, place), false, &[], sink);
        }
    }

    /// Reports the numbers of a run of words that a fact states, those of which a part is bold among them. `plain` are the places of
    /// numbers that are said to be none of a fact.
    pub fn run(&self, run: &[Inline], plain: &[Span], sink: &mut Diagnostics) {
        if typed::run_may_have_digits(run) {
            self.report(&Typed::of_run(run), true, plain, sink);
        }
    }

    /// `named` where the text could name the fact instead.
    fn report(&self, typed: &Typed, named: bool, plain: &[Span], sink: &mut Diagnostics) {
        for found in typed.numbers(&|number| self.ask(number)) {
            let is_plain = |place: Span| plain.iter().any(|span| span.start <= place.start && place.end <= span.end);
            let place = typed.place(&found.range);
            let facts = self.stated(&found.number).unwrap_or_default();
            let facts: Vec<&Stated> = facts.iter().filter(|fact| self.own.as_ref() != Some(&fact.key)).collect();
            if !is_plain(place) {
                report(typed.words(&found.range), &facts, place, named, sink);
            }
        }
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

fn report(word: &str, facts: &[&Stated], place: Span, named: bool, sink: &mut Diagnostics) {
    let Some(first) = facts.first() else { return };
    let names: Vec<String> = facts.iter().map(|fact| format!("`{{{{ {} }}}}`", fact.key)).collect();
    let names = names.join(" or ");
    let found = Diagnostic::new(Code::TypedNumber, place, format!("{word} is typed here, but a fact states it"))
        .related(first.place, "the fact");
    sink.push(if named {
        found
            .help(format!("if it is what the fact states, write {names} instead, which brings its unit along"))
            .help(format!("if it is another number, say so: `[{word}]{{plain}}`"))
    } else {
        found.help(format!("say it without the number: only the text of guides, pages and fragments can name {names}"))
    });
}
