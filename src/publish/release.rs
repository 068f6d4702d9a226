//! A release as it is written down: a head, and a line for each file.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::Stored;
use crate::hash::Sha256;
use crate::source::path::SitePath;

/// How the first line begins; a version of the program that writes otherwise says so there.
const HEAD: &str = "rahnuma release 1";

/// A site as it was published once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Counted from 1; the highest is live.
    pub number: u32,
    /// The first release that had these files: its own number, unless the site went back.
    pub origin: u32,
    /// When it was made.
    pub made: Timestamp,
    /// Tells the run of the program that made it from all others.
    pub run: String,
    /// The site's files by path.
    pub files: BTreeMap<String, Stored>,
    /// What stands there besides.
    pub retired: BTreeMap<String, Retired>,
}

/// A file that earlier releases had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retired {
    /// What it is; nothing when a run was stopped before it could write that down.
    pub stored: Option<Stored>,
    /// The last release that had it.
    pub last: u32,
    /// The day on which the site did without it for the first time.
    pub since: Date,
}

impl Release {
    /// What `parse` reads.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Self { number, origin, made, run, .. } = self;
        let mut out = format!("{HEAD}\nnumber {number}\norigin {origin}\nmade {made}\nrun {run}\n\n");
        out.push_str(&write_files(self.files.iter()));
        for (path, retired) in &self.retired {
            let Retired { last, since, .. } = retired;
            out.push_str(&line(path, &format!("{since} {last}"), retired.stored.as_ref()));
        }
        out
    }

    /// Reads a release; nothing when it is none, or of another version of the program.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (head, lines) = text.split_once("\n\n")?;
        let (first, head) = head.split_once('\n')?;
        let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        let mut release = Self {
            number: field("number")?.parse().ok()?,
            origin: field("origin")?.parse().ok()?,
            made: field("made")?.parse().ok()?,
            run: field("run")?.to_owned(),
            files: BTreeMap::new(),
            retired: BTreeMap::new(),
        };
        for line in lines.lines() {
            let (path, gone, stored) = parsed(line)?;
            if gone.is_empty() {
                release.files.insert(path, stored?);
            } else {
                let (since, last) = gone.split_once(' ')?;
                let (since, last) = (since.parse().ok()?, last.parse().ok()?);
                release.retired.insert(path, Retired { stored, last, since });
            }
        }
        (first == HEAD).then_some(release)
    }
}

/// Lines for files.
#[must_use]
pub fn write_files<'a>(files: impl Iterator<Item = (&'a String, &'a Stored)>) -> String {
    files.map(|(path, stored)| line(path, "", Some(stored))).collect()
}

/// The files of such lines; what cannot be read is passed over.
pub fn read_files(text: &str) -> impl Iterator<Item = (String, Stored)> + '_ {
    text.lines().filter_map(parsed).filter_map(|(path, _, stored)| Some((path, stored?)))
}

/// Path, hash, size, since when it is gone, and the store's tag, which comes last and may hold anything but the end of a line.
fn line(path: &str, gone: &str, stored: Option<&Stored>) -> String {
    let Some(Stored { hash, size, tag }) = stored else { return format!("{path}\t\t\t{gone}\t\n") };
    format!("{path}\t{hash}\t{size}\t{gone}\t{}\n", tag.as_deref().unwrap_or_default())
}

fn parsed(line: &str) -> Option<(String, &str, Option<Stored>)> {
    let mut words = line.splitn(5, '\t');
    let mut word = || words.next();
    let (path, hash, size, gone, tag) = (word()?, word()?, word()?, word()?, word()?);
    SitePath::new(path).ok()?;
    let stored = match hash {
        "" => None,
        hash => {
            let tag = (!tag.is_empty()).then(|| tag.to_owned());
            Some(Stored { hash: Sha256::parse(hash)?, size: size.parse().ok()?, tag })
        }
    };
    Some((path.to_owned(), gone, stored))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_read_as_they_were_written() {
        let stored = |text: &str, tag: Option<&str>| Stored {
            hash: Sha256::of(text.as_bytes()),
            size: text.len() as u64,
            tag: tag.map(str::to_owned),
        };
        let since = "2026-11-20".parse().unwrap();
        let release = Release {
            number: 8,
            origin: 5,
            made: "2026-11-27T13:20:05Z".parse().unwrap(),
            run: "1f".into(),
            files: BTreeMap::from([
                ("en/index.html".into(), stored("a page", Some("0x8D\t \""))),
                ("a file.pdf".into(), stored("", None)),
            ]),
            retired: BTreeMap::from([
                ("assets/a.css".into(), Retired { stored: Some(stored("a", Some("1"))), last: 7, since }),
                ("assets/b.css".into(), Retired { stored: None, last: 7, since }),
            ]),
        };
        let text = release.to_text();
        assert_eq!(Release::parse(&text).as_ref(), Some(&release), "{text}");
        assert_eq!(read_files(&write_files(release.files.iter())).collect::<BTreeMap<_, _>>(), release.files);
        assert_eq!(Release::parse(&text.replace("release 1", "release 2")), None);
        assert_eq!(Release::parse(&text[..text.len() / 2]), None);
        assert_eq!(Release::parse(&text.replace("en/index", "../index")), None);
        assert_eq!(Release::parse(""), None);
    }
}
