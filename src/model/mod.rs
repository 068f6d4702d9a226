//! Resolved types: what a site is once nothing is left to look up. One concept a file.

pub mod address;
pub mod answer;
pub mod attributes;
pub mod body;
pub mod budget;
pub mod carrier;
pub mod currency;
pub mod decimal;
pub mod evidence;
pub mod external;
pub mod fact;
pub mod glossary;
pub mod guide;
pub mod host;
pub mod id;
pub mod locale;
pub mod navigation;
pub mod outline;
pub mod registry;
pub mod reserved;
pub mod shared;
pub mod site;
pub mod strings;
pub mod translation;
pub mod value;
pub mod walk;
