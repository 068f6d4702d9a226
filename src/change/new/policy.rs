//! A carrier to start from: what all the others have a fact for is asked of it too, and nobody knows the answers yet.

use super::{Site, quoted};
use crate::change::words::{Wanted, wanted};
use crate::change::{Changes, given_up};
use crate::model::address::Address;
use crate::model::fact::NATIONAL;
use crate::model::guide::GENERAL;
use crate::model::id::Id;
use crate::parse::policy::{Policy, RawFact};
use crate::source::layout;

/// A carrier to be made.
pub struct NewCarrier<'a> {
    pub id: &'a Id,
    /// Its name in the source locale.
    pub name: Option<&'a str>,
    /// ISO 3166 code; that of the others where they agree.
    pub country: Option<&'a str>,
}

/// A policy file with the facts that every other carrier has, each unknown.
///
/// # Errors
/// When there is such a carrier or page already, or was one, or when its country cannot be known.
pub fn carrier(site: Site<'_>, new: &NewCarrier<'_>) -> Result<Changes, String> {
    let documents = site.documents;
    let pages = documents.pages.keys().any(|(id, _)| id == new.id);
    if pages || [NATIONAL, GENERAL].contains(&new.id.as_str()) {
        return Err(format!("`{}` cannot be a carrier: its address is taken already; nothing was changed", new.id));
    }
    given_up::refuse(site.linked, &Address::Own(new.id.clone()))?;
    let others: Vec<&Policy> = documents.policies.values().filter(|it| it.carrier.id.as_str() != NATIONAL).collect();
    let countries = documents.policies.values().map(|policy| policy.carrier.country.as_str());
    let mut countries: Vec<&str> = countries.filter(|country| !country.is_empty()).collect();
    countries.dedup();
    let country = match (new.country, countries.as_slice()) {
        (Some(country), _) => country,
        (None, [one]) => one,
        (None, _) => return Err("say in which country the carrier is, as in `--country PK`".into()),
    };
    let mut text = format!(
        "{}: true\nname:\n{}status: active\ncountry: {country}\n",
        crate::parse::drafts::KEY,
        site.lines("  ", new.name, Wanted::Name)
    );
    let facts: Vec<String> = shared(&others).into_iter().map(|fact| unknown(site, fact, &others)).collect();
    if facts.is_empty() {
        text.push_str("facts: []\n");
    } else {
        text.push_str(&format!("facts:\n{}", facts.join("\n")));
    }
    let mut changes = Changes::default();
    site.add(&mut changes, &layout::policy(new.id.as_str()), text)?;
    Ok(changes)
}

/// Facts that every carrier has, of one kind.
fn shared<'a>(carriers: &[&'a Policy]) -> Vec<&'a RawFact> {
    let Some((first, rest)) = carriers.split_first() else { return Vec::new() };
    let alike = |fact: &&RawFact| rest.iter().all(|policy| twin(policy, fact).is_some());
    first.facts.iter().filter(alike).collect()
}

fn twin<'a>(policy: &'a Policy, fact: &RawFact) -> Option<&'a RawFact> {
    policy.facts.iter().find(|other| other.id.value == fact.id.value && other.kind == fact.kind)
}

fn unknown(site: Site<'_>, fact: &RawFact, carriers: &[&Policy]) -> String {
    let risk = carriers.iter().filter_map(|policy| twin(policy, fact)).map(|twin| twin.risk);
    let risk = risk.min().unwrap_or(fact.risk);
    // Words that all of them have are no carrier's own.
    let label = |(ix, locale): (_, &crate::model::locale::Locale)| {
        let words = fact.label.get(ix);
        let same = carriers.iter().filter_map(|policy| twin(policy, fact)).all(|twin| twin.label.get(ix) == words);
        let words = if same { words.clone() } else { wanted(&locale.tag, Wanted::Label) };
        format!("      {}: {}\n", locale.id, quoted(&words))
    };
    let label: String = site.config().locales().map(label).collect();
    site.unknown_fact(fact.id.value.as_str(), (fact.kind, risk), &label, "  ")
}
