//! What search engines read of a page: linked data in the words of schema.org.

use serde::{Serialize, Serializer};

/// A page.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "plain words")]
pub struct WebPageData<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub description: &'a str,
    pub language: &'a str,
    /// The day its newest fact was checked.
    pub day: Option<String>,
}

#[derive(Serialize)]
struct WebPage<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: &'a str,
    name: &'a str,
    description: &'a str,
    #[serde(rename = "inLanguage")]
    language: &'a str,
    #[serde(rename = "dateModified", skip_serializing_if = "Option::is_none")]
    modified: Option<&'a str>,
    #[serde(rename = "lastReviewed", skip_serializing_if = "Option::is_none")]
    reviewed: Option<&'a str>,
}

impl Serialize for WebPageData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { id, name, description, language, day } = self;
        let (modified, reviewed) = (day.as_deref(), day.as_deref());
        WebPage { kind: "WebPage", id, name, description, language, modified, reviewed }.serialize(serializer)
    }
}

/// A page above it, or itself.
#[derive(Debug, Serialize)]
pub struct CrumbData<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'a str,
    item: String,
}

impl<'a> CrumbData<'a> {
    /// A page at a position, counted from one, by its full address.
    #[must_use]
    pub fn new(position: usize, name: &'a str, item: String) -> Self {
        Self { kind: "ListItem", position, name, item }
    }
}

#[derive(Serialize)]
struct Crumbs<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    crumbs: Vec<CrumbData<'a>>,
}

#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: (&'a WebPageData<'a>, Crumbs<'a>),
}

/// A page and what stands above it, as JSON-LD.
#[must_use]
pub fn linked_data<'a>(page: &'a WebPageData<'a>, crumbs: Vec<CrumbData<'a>>) -> String {
    let crumbs = Crumbs { kind: "BreadcrumbList", crumbs };
    super::json(&Graph { context: "https://schema.org", graph: (page, crumbs) })
}
