//! Names that were given up: what was called so has another name or is gone, and readers who come to its old address are told. Nothing else
//! gets such a name.

use crate::model::address::{Address, Became};
use crate::model::id::Id;
use crate::model::site::Site;

/// Whether a name can be given to something new.
///
/// # Errors
/// When it was given up, with what became of it.
pub fn refuse(site: &Site, name: &Address) -> Result<(), String> {
    let problem = match site.became(name) {
        None => return Ok(()),
        Some(Became::Moved(new)) => format!(
            "what was called `{name}` is `{new}` now, and readers who come to the old address are led there; nothing was changed\nhelp: choose \
             another name{}",
            back(site, name, &new)
        ),
        Some(Became::Withdrawn(day)) => format!(
            "`{name}` was taken back on {day}, and readers who come to its address are told so; nothing was changed\nhelp: choose another name; if it \
             is the same thing again, bring its files back and say `{name}: live` below `addresses:` in content/published.yaml"
        ),
    };
    Err(problem)
}

/// Whether something may be renamed to a name: one that it had before leads to it anyway.
///
/// # Errors
/// When the name was given up by something else.
pub fn refuse_for(site: &Site, old: &Address, new: &Address) -> Result<(), String> {
    match site.became(new) {
        Some(Became::Moved(there)) if there == *old => Ok(()),
        _ => refuse(site, new),
    }
}

/// Whether a name is still that of something.
///
/// # Errors
/// When it was given up, with what became of it.
pub fn still_there(site: &Site, name: &Address) -> Result<(), String> {
    match site.became(name) {
        None => Ok(()),
        Some(Became::Moved(new)) => {
            Err(format!("`{name}` was renamed already: it is `{new}` now; nothing was changed"))
        }
        Some(Became::Withdrawn(day)) => {
            Err(format!("`{name}` was taken back on {day}: there is nothing to rename; nothing was changed"))
        }
    }
}

/// That a carrier has another name today.
pub fn today(site: &Site, carrier: &Id) -> Option<String> {
    match site.became(&Address::Own(carrier.clone())) {
        Some(Became::Moved(new)) => Some(format!("it was renamed: it is `{new}` now")),
        _ => None,
    }
}

/// Help as a line of a message.
pub fn line(help: Option<String>) -> String {
    help.map(|help| format!("\nhelp: {help}")).unwrap_or_default()
}

/// How something gets its old name back, where a command does that.
fn back(site: &Site, old: &Address, new: &Address) -> String {
    let what = match (old, new) {
        (Address::Own(_), Address::Own(carrier)) if site.carriers.contains_key(carrier) => "carrier",
        (Address::Guide(old), Address::Guide(new)) if old.section == new.section => "guide",
        _ => return String::new(),
    };
    format!("; or give it its old one back: `rahnuma rename {what} {new} {old}`")
}
