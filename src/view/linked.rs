//! What search engines read of a page: linked data in the words of schema.org.

use serde::{Serialize, Serializer};

/// A page.
#[derive(Debug, Clone)]
pub struct WebPageData<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub language: &'a str,
    /// The day its newest fact was checked.
    pub day: Option<String>,
    /// The organisation it is about.
    pub about: Option<SubjectData>,
}

/// An organisation, with the names that readers may search it by.
#[derive(Debug, Clone, Serialize)]
pub struct SubjectData {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    #[serde(rename = "alternateName", skip_serializing_if = "Vec::is_empty")]
    names: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl SubjectData {
    /// An organisation by its name, its other names and its own site.
    #[must_use]
    pub fn new(name: &str, names: &[&str], url: Option<String>) -> Self {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Self { kind: "Organization", name: name.to_owned(), names, url }
    }
}

#[derive(Serialize)]
struct WebPage<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: &'a str,
    name: &'a str,
    // Not the last: two braces that close look like a template's.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'a SubjectData>,
    #[serde(rename = "inLanguage")]
    language: &'a str,
    #[serde(rename = "lastReviewed", skip_serializing_if = "Option::is_none")]
    reviewed: Option<&'a str>,
}

impl Serialize for WebPageData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { id, name, language, day, about } = self;
        let (reviewed, about) = (day.as_deref(), about.as_ref());
        WebPage { kind: "WebPage", id, name, about, language, reviewed }.serialize(serializer)
    }
}

/// A page above it, or itself.
#[derive(Debug, Serialize)]
pub struct CrumbData<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
}

impl<'a> CrumbData<'a> {
    /// A page at a position, counted from one, by its full address; the page itself needs none.
    #[must_use]
    pub fn new(position: usize, name: &'a str, item: Option<String>) -> Self {
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
