//! What is told of addresses outside the site: each finding at every place that leads there.

use std::collections::BTreeMap;

use super::addresses::{Addresses, without_fragment};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::evidence::Source;
use crate::model::external::{Answer, Memory, State};
use crate::model::site::Site;

/// What addresses answered; those that were not asked are not among them.
pub type Answers = BTreeMap<String, Answer>;

/// What is wrong with the addresses that were asked; `memory` has in it what they answered today.
#[must_use]
pub fn findings(site: &Site, addresses: &Addresses, answers: &Answers, memory: &Memory) -> Diagnostics {
    let mut sink = Diagnostics::default();
    for (address, places) in addresses {
        let told = answers.get(address).and_then(|answer| told(site, address, answer, memory));
        let Some((code, headline, help)) = told else { continue };
        for place in places {
            let found = Diagnostic::new(code, *place, headline.as_str());
            sink.push(found.help(help.as_str()));
        }
    }
    sink
}

/// A code, a headline, and what to do.
type Told = (Code, String, String);

fn told(site: &Site, address: &str, answer: &Answer, memory: &Memory) -> Option<Told> {
    let known = memory.get(address);
    match answer {
        Answer::Reachable { moved: None } => None,
        Answer::Reachable { moved: Some(new) } => {
            let headline = format!("`{address}` has moved for good, to `{new}`");
            let help = "put the new address in its place, if it still says what is meant here";
            Some((Code::LinkMoved, headline, help.to_owned()))
        }
        Answer::Gone(why) => Some(if let Some(known) = known.filter(|known| known.is_gone_for_good()) {
            let headline = format!("`{address}` is gone: {why}, and so it was on {}", known.first);
            (Code::LinkGone, headline, instead(site, address, memory))
        } else {
            let headline = format!("`{address}` seems to be gone: {why}");
            let help = "if it is so on another day too, this is an error; look whether it has a new address";
            (Code::LinkUnsure, headline, help.to_owned())
        }),
        Answer::Unsure(why) => {
            let since = known.filter(|known| known.state == State::Unsure && known.first < known.last);
            let since = since.map(|known| format!(", as since {}", known.first)).unwrap_or_default();
            let headline = format!("nobody can say whether `{address}` is still there: {why}{since}");
            let help = "open it in a browser; some hosts answer people alone";
            Some((Code::LinkUnsure, headline, help.to_owned()))
        }
    }
}

/// What to lead readers to in place of an address that is gone.
fn instead(site: &Site, address: &str, memory: &Memory) -> String {
    let is_cited = |source: &&Source| source.url.as_ref().is_some_and(|url| without_fragment(&url.value) == address);
    let cited: Vec<&Source> = site.sources.iter().map(AsRef::as_ref).filter(is_cited).collect();
    let saved = cited.iter().find_map(|source| {
        let copy = &source.archive.as_ref()?.value;
        (!memory.contains_key(without_fragment(copy))).then_some((source, copy))
    });
    match (saved, cited.first()) {
        (Some((source, copy)), _) => format!(
            "the source `{}` has a saved copy: link to `{copy}`, and take its `url` out; readers are led to the copy then",
            source.id
        ),
        (None, Some(source)) => format!(
            "replace it; or, if somebody saved the page (look at web.archive.org), take `url` out of the source `{}` and give it `archive`",
            source.id
        ),
        (None, None) => "replace it with an address that says the same, or take it out".to_owned(),
    }
}
