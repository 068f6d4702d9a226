//! What must hold of a page's bytes.

use std::collections::BTreeSet;

use super::address::{Site, Target, target};
use super::place::Trace;
use super::read::{BASE, FORM, Inline, Page};
use super::{Record, Wrong, hash};
use crate::csp::{Origin, Policy};
use crate::diag::Code;
use crate::source::path::SitePath;

/// Checks a page.
#[must_use]
pub fn check(page: &Page, path: &SitePath, site: &Site<'_>, policies: Option<&BTreeSet<String>>) -> Record {
    let mut rules = Rules { record: Record::default(), page, path, site };
    rules.form();
    let ids = rules.ids();
    rules.links(&ids);
    rules.loads();
    rules.stated(policies);
    rules.record.ids = ids.iter().map(|id| hash(id)).collect();
    rules.record
}

struct Rules<'a> {
    record: Record,
    page: &'a Page,
    path: &'a SitePath,
    site: &'a Site<'a>,
}

impl<'a> Rules<'a> {
    fn wrong(&mut self, code: Code, what: impl Into<String>, trace: Trace) {
        self.record.wrong.push((Wrong { code, what: what.into() }, trace));
    }

    /// What readers' programs are told of the whole.
    fn form(&mut self) {
        if self.page.lang.is_empty() {
            self.wrong(
                Code::BadPage,
                "does not say in which language it is: `html` has no `lang`",
                Trace::template([HTML]),
            );
        }
        if !matches!(self.page.dir.as_str(), "ltr" | "rtl") {
            self.wrong(
                Code::BadPage,
                "does not say from which side it is read: `html` has no `dir`",
                Trace::template([HTML]),
            );
        }
        if !self.page.titled {
            self.wrong(Code::BadPage, "has no title", Trace::template(["<title", "<head", HTML]));
        }
        let mut before = 0;
        for (level, words) in &self.page.headings {
            if *level > before + 1 {
                let above = if before == 0 { "nothing".to_owned() } else { format!("one of level {before}") };
                let trace = Trace { text: vec![words.clone()], template: vec![format!("<h{level}")] };
                self.wrong(Code::BadPage, format!("has a heading of level {level} behind {above}"), trace);
            }
            before = *level;
        }
    }

    /// Its ids, each once, and what names them.
    fn ids(&mut self) -> BTreeSet<&'a str> {
        let mut ids = BTreeSet::new();
        for id in &self.page.ids {
            if !ids.insert(id.as_str()) {
                let trace = Trace { text: vec![format!("{{#{id}")], ..marked(id) };
                self.wrong(Code::BadPage, format!("has two elements with the id `{id}`"), trace);
            }
        }
        for field in &self.page.fields {
            if field.is_empty() || !self.page.labelled.contains(field) {
                let trace =
                    if field.is_empty() { Trace::template(["<input", "<select", "<textarea"]) } else { marked(field) };
                self.wrong(Code::BadPage, format!("has a field that no label names, `{field}`"), trace);
            }
        }
        ids
    }

    fn links(&mut self, ids: &BTreeSet<&str>) {
        // Pages say many addresses twice.
        let mut links: Vec<&str> = self.page.links.iter().map(String::as_str).collect();
        links.sort_unstable();
        links.dedup();
        for address in links {
            match target(address, self.path, self.site) {
                Target::Own(part) if !is_own(part, ids) => {
                    let what = format!("leads to `#{part}`, and has no such part");
                    self.wrong(Code::DeadLink, what, Trace::same(&format!("#{part}")));
                }
                Target::File(path, part) if !named(part).is_empty() => {
                    let wanted = (hash(path.as_str()), hash(named(part)));
                    self.record.parts.push((path, wanted, address.to_owned()));
                }
                Target::Nothing => {
                    self.wrong(
                        Code::DeadLink,
                        format!("leads to `{address}`, where nothing stands"),
                        Trace::address(address),
                    );
                }
                Target::Script => {
                    self.wrong(
                        Code::UnsafePage,
                        format!("has a link that runs something, `{address}`"),
                        Trace::address(address),
                    );
                }
                _ => {}
            }
        }
    }

    /// The host's header was made of what one page of each kind states.
    fn stated(&mut self, policies: Option<&BTreeSet<String>>) {
        let own = self.page.policy.as_deref().unwrap_or_default();
        if policies.is_some_and(|policies| !policies.contains(own)) {
            let what = "states another policy than other pages of its kind, which the host's header may not allow";
            self.wrong(Code::UnsafePage, what, Trace::template([POLICY]));
        }
    }

    fn loads(&mut self) {
        let policy = self.page.policy.as_deref().map(Policy::parse);
        if policy.is_none() {
            self.wrong(
                Code::UnsafePage,
                "states no policy: `meta http-equiv=\"Content-Security-Policy\"`",
                Trace::template(["<head", HTML]),
            );
        }
        let allows = |kind: &str, origin| policy.as_ref().is_none_or(|policy| policy.allows(kind, origin));
        for Inline { kind, origin, what, traces } in &self.page.inline {
            if policy.is_none() || !allows(kind, *origin) {
                let trace = Trace { template: traces.clone(), ..Trace::default() };
                self.wrong(Code::UnsafePage, format!("has {what}, which its policy forbids"), trace);
            }
        }
        for (kind, address) in &self.page.loads {
            if let Some((code, why)) = self.load(kind, address, &allows) {
                self.wrong(code, format!("{} `{address}`{why}", does(kind)), Trace::address(address));
            }
        }
    }

    /// What is wrong with an address that a browser goes to by itself, or sends something to.
    fn load(&self, kind: &str, address: &str, allows: &dyn Fn(&str, Origin) -> bool) -> Option<(Code, String)> {
        let origin = match target(address, self.path, self.site) {
            Target::Elsewhere | Target::Script | Target::Act => {
                return Some((Code::UnsafePage, " from another site".into()));
            }
            Target::Own(_) if kind == FORM => Origin::Own,
            Target::Nothing | Target::Own(_) => return Some((Code::DeadLink, ", where nothing stands".into())),
            Target::Data => Origin::Data,
            Target::File(..) => Origin::Own,
        };
        (!allows(kind, origin)).then(|| (Code::UnsafePage, format!(", which its policy forbids ({kind})")))
    }
}

/// The element that says what holds for the whole.
const HTML: &str = "<html";

/// The element of the policy.
const POLICY: &str = "Content-Security-Policy";

/// What a page does with an address of a kind.
fn does(kind: &str) -> &'static str {
    match kind {
        FORM => "sends a form to",
        BASE => "takes its addresses from",
        _ => "loads",
    }
}

/// An element with an id, as templates write it.
fn marked(id: &str) -> Trace {
    let written = [format!("id=\"{id}\""), format!("id='{id}'"), format!("id={id}")];
    Trace::template(written.iter().map(String::as_str))
}

/// The part that an address names: what a link to the checklist brings along is for the script.
fn named(part: &str) -> &str {
    part.split('=').next().unwrap_or_default()
}

/// Whether a page has a part; browsers know its top by themselves.
fn is_own(part: &str, ids: &BTreeSet<&str>) -> bool {
    matches!(part, "" | "top") || ids.contains(named(part))
}
