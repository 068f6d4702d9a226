//! `new`: a guide, a page, a carrier, a fact or a locale to start from.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::change::{self, refuse};
use super::day;
use super::terminal::Terminal;
use super::{FAILURE, date};
use crate::change::Changes;
use crate::change::new::{NewCarrier, NewFact, NewGuide, NewLocale, NewPage, Site};
use crate::change::new::{carrier, fact, guide, locale, page};
use crate::link;
use crate::model::evidence::Risk;
use crate::model::fact::FactKey;
use crate::model::guide::GuideKey;
use crate::model::id::Id;
use crate::model::value::Kind;

#[derive(Args)]
pub struct NewArguments {
    #[command(subcommand)]
    what: What,
    /// The folder that holds `content`.
    #[arg(long, value_name = "DIR", default_value = ".", global = true)]
    root: PathBuf,
    /// As if it were this day; today in the site's time zone if not given.
    #[arg(long, value_name = "DATE", value_parser = date, global = true)]
    as_of: Option<Date>,
}

#[derive(Subcommand)]
enum What {
    /// A guide in every locale, as a draft.
    Guide {
        /// Its carrier and its id, such as jazz/close-sim; general/… for every carrier.
        #[arg(value_name = "CARRIER/GUIDE", value_parser = guide_key)]
        name: GuideKey,
        /// Its title in the source locale.
        #[arg(long, value_name = "TEXT")]
        title: Option<String>,
        /// The ids of its steps in order, such as prepare,counter,check.
        #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = id)]
        steps: Vec<Id>,
    },
    /// A carrier, as a draft, with the facts that every other carrier has; nobody knows their values yet.
    Carrier {
        /// Its id, part of addresses.
        #[arg(value_parser = id)]
        id: Id,
        /// Its name in the source locale.
        #[arg(long, value_name = "TEXT")]
        name: Option<String>,
        /// Its country, such as PK; that of the others if not given.
        #[arg(long, value_name = "CODE", value_parser = country)]
        country: Option<String>,
    },
    /// A fact behind the others of its carrier; nobody knows its value yet.
    Fact {
        /// Its owner and its id, such as jazz.helpline or national.fee.
        #[arg(value_name = "OWNER.FACT", value_parser = fact_key)]
        name: FactKey,
        /// What its value is: phone, money, duration, yes-no-depends, text, …
        #[arg(long, value_parser = kind)]
        kind: Kind,
        /// What a wrong value costs a reader: high, medium or low.
        #[arg(long, value_parser = risk)]
        risk: Risk,
        /// What it says, in the source locale.
        #[arg(long, value_name = "TEXT")]
        label: Option<String>,
    },
    /// A plain page in every locale, as a draft.
    Page {
        /// Its id, part of its address.
        #[arg(value_parser = id)]
        id: Id,
        /// Its title in the source locale.
        #[arg(long, value_name = "TEXT")]
        title: Option<String>,
    },
    /// A language edition: its place in site.yaml, and in every text of the YAML files.
    Locale {
        /// Its id, part of addresses and file names.
        #[arg(value_parser = id)]
        id: Id,
        /// Its name in its own script.
        #[arg(long, value_name = "TEXT")]
        name: String,
        /// Its language tag, such as pt-BR; the id if not given.
        #[arg(long, value_name = "TAG")]
        tag: Option<String>,
    },
}

pub fn id(text: &str) -> Result<Id, String> {
    Id::new(text).ok_or_else(|| {
        let near = Id::nearest(text).map(|near| format!(", for example {near}")).unwrap_or_default();
        format!(
            "an id is made of a-z, 0-9 and single hyphens, begins with a letter, and has at most 40 characters{near}"
        )
    })
}

pub fn guide_key(text: &str) -> Result<GuideKey, String> {
    let (section, guide) = text.split_once('/').ok_or("expected a carrier and a guide, such as jazz/close-sim")?;
    Ok(GuideKey { section: id(section)?, guide: id(guide)? })
}

pub fn fact_key(text: &str) -> Result<FactKey, String> {
    let (owner, fact) = text.split_once('.').ok_or("expected an owner and a fact, such as jazz.helpline")?;
    Ok(FactKey { owner: id(owner)?, fact: id(fact)? })
}

fn choice<T: Copy>(text: &str, names: &[(&'static str, T)]) -> Result<T, String> {
    let found = names.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
    let all: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    found.ok_or_else(|| format!("expected {}", all.join(", ")))
}

fn kind(text: &str) -> Result<Kind, String> {
    choice(text, Kind::NAMES)
}

fn risk(text: &str) -> Result<Risk, String> {
    choice(text, Risk::NAMES)
}

fn country(text: &str) -> Result<String, String> {
    let fits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    if fits { Ok(text.to_owned()) } else { Err("expected an ISO 3166 country code such as PK".to_owned()) }
}

/// Makes something new.
pub fn new(arguments: &NewArguments, terminal: &Terminal) -> u8 {
    let Some((tree, documents)) = change::read(&arguments.root, terminal) else { return FAILURE };
    let today = arguments.as_of.unwrap_or_else(|| day::today(&tree));
    let (linked, _) = link::site(&documents, &tree, today);
    let site = Site { tree: &tree, documents: &documents, linked: &linked, today };
    match made(site, &arguments.what) {
        Ok((changes, next)) => {
            let done = format!("write what is marked TODO; `rahnuma check` tells where{next}");
            change::write(&arguments.root, &tree, &changes, &done, terminal)
        }
        Err(problem) => refuse(&problem),
    }
}

/// What is made, and what to do with it when it is written.
fn made(site: Site<'_>, what: &What) -> Result<(Changes, &'static str), String> {
    const DRAFT: &str = ", `rahnuma serve` shows it; it is published once `draft: true` is taken out";
    match what {
        What::Guide { name, title, steps } => {
            let changes = guide(site, &NewGuide { key: name, title: title.as_deref(), steps })?;
            Ok((changes, DRAFT))
        }
        What::Carrier { id, name, country } => {
            let new = NewCarrier { id, name: name.as_deref(), country: country.as_deref() };
            Ok((carrier(site, &new)?, DRAFT))
        }
        What::Fact { name, kind, risk, label } => {
            let new = NewFact { key: name, kind: *kind, risk: *risk, label: label.as_deref() };
            Ok((fact(site, &new)?, ""))
        }
        What::Page { id, title } => Ok((page(site, &NewPage { id, title: title.as_deref() })?, DRAFT)),
        What::Locale { id, name, tag } => {
            let tag = tag.as_deref().unwrap_or(id.as_str());
            Ok((
                locale(site, &NewLocale { id, tag, name })?,
                "; guides and pages are read in the source locale until they are translated",
            ))
        }
    }
}
