//! Ids that pages give to parts of their own, so that no section may have them.

/// Parts of a page.
const PARTS: &[&str] = &[
    "main",
    "status",
    "checklist",
    "checklists",
    "card",
    "dates",
    "facts",
    "sources",
    "guides",
    "carriers",
    "general",
    "all",
    "overdue",
    "saved",
    "latest",
    "contacts",
    "short",
    "related",
    "application",
    "steps",
    "contents",
    "decision",
    "cases",
];

/// What a page calls its items, facts, sources and notes.
const BEGINNINGS: &[&str] = &["item-", "checklist-", "dates-", "fact-", "source-", "note-", "mark-"];

/// Whether a page may use the id itself.
#[must_use]
pub fn is_reserved(id: &str) -> bool {
    PARTS.contains(&id) || id.ends_with("-title") || BEGINNINGS.iter().any(|begin| id.starts_with(begin))
}
