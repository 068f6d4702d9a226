//! Which day it is: the one place where the clock is read.

use std::path::Path;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::parse::site_file;
use crate::source::path::SourcePath;
use crate::source::tree::SourceTree;

/// Today where the site is at home: in the `timezone` of site.yaml, else in the machine's.
pub fn today(tree: &SourceTree) -> Date {
    today_by(tree.text(&SourcePath::site_file()))
}

/// The same for a folder that changes while it is looked at.
#[expect(clippy::disallowed_methods, reason = "the command line is told of folders on the disk")]
pub fn today_in(root: &Path) -> Date {
    today_by(std::fs::read_to_string(root.join(SourcePath::site_file().as_str())).ok())
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read, once")]
fn today_by(site: Option<String>) -> Date {
    let zone = site.and_then(|text| site_file::timezone(&text));
    jiff::Timestamp::now().to_zoned(zone.unwrap_or_else(TimeZone::system)).date()
}
