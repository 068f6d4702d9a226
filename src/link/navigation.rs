//! The links of every page's head and foot, with what they name looked up.

use std::collections::BTreeMap;

use super::lists::guide;
use crate::diag::{Code, Diagnostic, Diagnostics, Span, Spanned};
use crate::model::fact::NATIONAL;
use crate::model::guide::{DECIDE, HOME};
use crate::model::id::Id;
use crate::model::navigation::{Goal, MadePage, Navigation, NavigationLink};
use crate::parse::Documents;
use crate::parse::navigation::{OUTSIDE, RawLink};
use crate::parse::place::Kind;

/// Both lists; one that site.yaml does not have is the usual one.
pub(super) fn navigation(documents: &Documents, sink: &mut Diagnostics) -> Navigation {
    let raw = &documents.navigation;
    let mut list = |links: &[RawLink]| known(documents, links, sink);
    Navigation {
        header: raw.header.as_deref().map(&mut list).unwrap_or_default(),
        footer: raw.footer.as_deref().map_or_else(|| usual(documents), &mut list),
    }
}

/// Plain pages by name, then what the program makes.
fn usual(documents: &Documents) -> Vec<NavigationLink> {
    let mut pages: Vec<&Id> = own_pages(documents).collect();
    pages.dedup();
    let has_contact = documents.config.contact.is_some();
    let is_usual = |page: &MadePage| match page {
        MadePage::Home => false,
        MadePage::Contact => has_contact,
        _ => true,
    };
    let made = MadePage::NAMES.iter().map(|(_, page)| *page).filter(is_usual).map(Goal::Made);
    let goals = pages.into_iter().cloned().map(Goal::Page).chain(made);
    goals.map(|goal| NavigationLink { goal, label: None }).collect()
}

/// Plain pages at an address of their own, once for each locale.
fn own_pages(documents: &Documents) -> impl Iterator<Item = &Id> {
    documents.pages.keys().map(|(id, _)| id).filter(|id| !matches!(id.as_str(), HOME | DECIDE))
}

fn known(documents: &Documents, links: &[RawLink], sink: &mut Diagnostics) -> Vec<NavigationLink> {
    let mut seen: BTreeMap<Goal, Span> = BTreeMap::new();
    let mut found = Vec::new();
    for RawLink { to, label } in links {
        let Some(goal) = goal(documents, to, sink) else { continue };
        if let Some(first) = seen.get(&goal) {
            let headline = format!("a link to `{}` stands in this list already", to.value);
            sink.push(Diagnostic::new(Code::DuplicateId, to.place, headline).related(*first, "it first stands here"));
            continue;
        }
        seen.insert(goal.clone(), to.place);
        found.push(NavigationLink { goal, label: label.clone() });
    }
    found
}

/// What a name stands for: a page of the editor's own goes before one that the program makes.
fn goal(documents: &Documents, to: &Spanned<String>, sink: &mut Diagnostics) -> Option<Goal> {
    let name = to.value.as_str();
    if name.starts_with(OUTSIDE) {
        return Some(Goal::Outside(name.to_owned()));
    }
    if name.contains('/') {
        return guide(documents, to, sink).map(Goal::Guide);
    }
    let id = Id::new(name);
    let page = |id: &&Id| own_pages(documents).any(|page| page == *id) || is_unreadable(documents, id);
    if let Some(id) = id.as_ref().filter(page) {
        return Some(Goal::Page(id.clone()));
    }
    if let Some(id) = id.as_ref().filter(|id| id.as_str() != NATIONAL && documents.knows_carrier(id)) {
        return Some(Goal::Carrier(id.clone()));
    }
    match MadePage::NAMES.iter().find(|(made, _)| *made == name) {
        Some((_, MadePage::Contact)) if documents.config.contact.is_none() => {
            let headline = "the site has no address that takes reports of mistakes";
            sink.push(
                Diagnostic::new(Code::BrokenLink, to.place, headline)
                    .help("say `contact:` with an e-mail address in site.yaml, or take `contact` out of this list"),
            );
            None
        }
        Some((_, made)) => Some(Goal::Made(*made)),
        None => {
            sink.push(unknown(documents, to, id.as_ref()));
            None
        }
    }
}

/// Whether there is such a page whose file could not be read, which was told.
fn is_unreadable(documents: &Documents, id: &Id) -> bool {
    documents.config.locales().any(|(ix, _)| documents.is_unreadable(&Kind::Page(id.clone(), ix)))
}

fn unknown(documents: &Documents, to: &Spanned<String>, id: Option<&Id>) -> Diagnostic {
    let name = to.value.as_str();
    let source = documents.config.source_locale;
    let drafts = &documents.drafts;
    if let Some(id) = id
        && drafts.are_withheld()
        && drafts.covers(&Kind::Page(id.clone(), source), source)
    {
        let headline = format!("the page `{name}` is a draft, which is not published");
        return Diagnostic::new(Code::BrokenLink, to.place, headline)
            .help("take it out of this list until it is published, or publish it");
    }
    let mut names: Vec<&str> = own_pages(documents).map(Id::as_str).collect();
    names.extend(documents.policies.keys().map(Id::as_str).filter(|id| *id != NATIONAL));
    names.extend(MadePage::NAMES.iter().map(|(name, _)| *name));
    names.dedup();
    Diagnostic::new(Code::BrokenLink, to.place, format!("there is no page `{name}`"))
        .suggest(name, names)
        .help("name a plain page by its file, a carrier by its id, a guide by its folder and its file, as in general/move-accounts")
}
