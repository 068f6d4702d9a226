//! Published addresses stay: what stood at one is there, or the registry says what became of it.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::address::{Address, AddressFate, Addresses};
use crate::model::id::Id;
use crate::model::site::Site;
use crate::parse::Documents;
use crate::parse::place::Kind;

pub fn check(documents: &Documents, site: &Site, sink: &mut Diagnostics) {
    let Some(addresses) = &site.addresses else { return };
    // The folder of its guides tells of a carrier whose file got another name.
    let lost = documents.lost_carriers();
    let mut gone = Vec::new();
    for (address, registered) in addresses {
        match &registered.fate {
            Some(AddressFate::Live) if !is_there((documents, &lost), site, address) => {
                gone.push((address, registered.place));
            }
            Some(AddressFate::RenamedTo(_) | AddressFate::Retired(_)) if site.stands(address) => {
                sink.push(reused(site, address, registered.place));
            }
            Some(AddressFate::RenamedTo(new))
                if site.became(address).is_none() && !leads_to_unread((documents, &lost), site, addresses, new) =>
            {
                sink.push(nowhere(address, new, registered.place));
            }
            _ => {}
        }
    }
    let is_renamed = |id: &Id| !lost.is_empty() && documents.policies.contains_key(id);
    let carriers = site.carriers.values().map(|carrier| (&carrier.id, carrier.place));
    let source = &site.config.source_locale;
    let text = site
        .own_pages()
        .filter_map(|page| Some((&page.id, page.texts.get(source).or_else(|| page.texts.values().next())?.place)));
    let standing = carriers.chain(text).map(|(id, place)| (Address::Own(id.clone()), place, is_renamed(id)));
    let new: Vec<(Address, Span)> = standing
        .filter(|(address, _, is_renamed)| !addresses.contains_key(address) && !is_renamed)
        .map(|(address, place, _)| (address, place))
        .collect();
    // One that is gone and one that came are one act: a new name.
    if let ([(old @ Address::Own(_), there)], [(Address::Own(id), place)]) = (gone.as_slice(), new.as_slice()) {
        let is_page = site.pages.contains_key(id);
        sink.push(renamed_by_hand((old, *there), (id, *place), is_page));
        return;
    }
    gone.iter().for_each(|(address, place)| sink.push(dropped(address, *place)));
    new.iter().for_each(|(address, place)| sink.push(unregistered(address, *place, addresses)));
}

/// A page or a carrier whose files got another name.
fn renamed_by_hand((old, there): (&Address, Span), (new, place): (&Id, Span), is_page: bool) -> Diagnostic {
    let (what, after) = if is_page {
        ("page", "a page that was published keeps its name: give its files their old one in every language".to_owned())
    } else {
        let help =
            format!("give its file its old name, then let `rahnuma rename carrier {old} {new}` change it everywhere");
        ("carrier", help)
    };
    let headline = format!("no {what} stands at `{old}`, which was published, and `{new}` is not in the registry");
    Diagnostic::new(Code::MissingFile, Span::file(place.file), headline)
        .related(there, "the published address")
        .help(format!("if `{old}` was renamed by hand: {after}"))
        .help(format!("if they are two, write below `addresses:` in content/published.yaml `{new}: live`, and `{old}: {{renamed_to: …}}` or `{old}: {{retired: …}}` with the day"))
}

/// What was read, and the carriers whose guides are there without them, which was told.
type Unread<'a> = (&'a Documents, &'a BTreeSet<&'a Id>);

/// Whether something stands at an address, readable or not.
fn is_there(unread: Unread<'_>, site: &Site, address: &Address) -> bool {
    site.stands(address) || is_unread(unread, address)
}

/// Whether what stands at an address could not be read, which was reported.
fn is_unread((documents, lost): Unread<'_>, address: &Address) -> bool {
    let mut locales = documents.config.locales().map(|(ix, _)| ix);
    match address {
        Address::Guide(key) => locales.any(|ix| documents.is_unreadable(&Kind::Guide(key.clone(), ix))),
        Address::Own(id) => {
            documents.knows_carrier(id)
                || lost.contains(id)
                || locales.any(|ix| documents.is_unreadable(&Kind::Page(id.clone(), ix)))
        }
    }
}

/// Whether names lead on to something that could not be read.
fn leads_to_unread(unread: Unread<'_>, site: &Site, addresses: &Addresses, from: &Address) -> bool {
    let mut seen = BTreeSet::new();
    let mut at = from;
    while seen.insert(at) {
        match addresses.get(at).map(|known| &known.fate) {
            Some(Some(AddressFate::RenamedTo(next))) if !site.stands(at) => at = next,
            Some(None) => return true,
            _ => return is_unread(unread, at),
        }
    }
    false
}

fn dropped(address: &Address, place: Span) -> Diagnostic {
    let headline = format!("the address `{address}` was published, and nothing stands there");
    Diagnostic::new(Code::DroppedId, place, headline).help(format!(
        "say what became of it: `{address}: {{renamed_to: …}}` with the new address, or `{address}: {{retired: …}}` with the day"
    ))
}

fn nowhere(address: &Address, new: &Address, place: Span) -> Diagnostic {
    let headline = format!("`{address}` is said to stand at `{new}`, and nothing stands there");
    Diagnostic::new(Code::DroppedId, place, headline)
        .help("name a carrier, a page or a guide that is there, or say `retired` with the day")
}

fn reused(site: &Site, address: &Address, place: Span) -> Diagnostic {
    let source = &site.config.source_locale;
    let here = match address {
        Address::Guide(key) => site.guides.get(key).and_then(|guide| guide.texts.get(source)).map(|text| text.place),
        Address::Own(id) => {
            let page = site.pages.get(id).and_then(|page| page.texts.get(source)).map(|text| text.place);
            site.carriers.get(id).map(|carrier| carrier.place).or(page)
        }
    };
    let headline = format!("the address `{address}` belonged to something that is gone");
    let found = Diagnostic::new(Code::ReusedId, here.unwrap_or(place), headline);
    let found = if here.is_some() { found.related(place, "it went here") } else { found };
    found.help("give this another name, or write `live` in content/published.yaml if it is the same thing again")
}

fn unregistered(address: &Address, place: Span, addresses: &Addresses) -> Diagnostic {
    let headline = format!("the address `{address}` is not in the registry");
    let found = Diagnostic::new(Code::UnregisteredId, place, headline)
        .help(format!("add `{address}: live` to content/published.yaml, below `addresses:`"));
    match addresses.values().next() {
        Some(other) => found.related(other.place, "the registry"),
        None => found,
    }
}
