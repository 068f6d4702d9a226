//! A site that is built in parts, on however many machines, is the same as one that is built at once, to the byte. Parts that do not
//! belong together are refused, and the last good site stays.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{TODAY, starter, write};
use jiff::civil::Date;
use rahnuma::compile::{Memory, Options, compile_again};
use rahnuma::edge::disk::{self, How, NotWritten, Parts, Portion};
use rahnuma::plan::share::Share;
use rahnuma::source::path::SitePath;
use tempfile::TempDir;
use walkdir::WalkDir;

/// Writes a portion of the site; what was told, where it was refused.
fn build(root: &Path, target: &Path, portion: Portion<'_>, as_of: Date) -> Result<(), String> {
    let (tree, _) = disk::read(root);
    let mut sources = Memory::default();
    let compiled = compile_again(&tree, &Options { as_of, ..Options::default() }, &mut sources, &|_| {});
    let earlier = disk::remembered(target);
    let how = How { portion, ..How::default() };
    match disk::write(&compiled, target, (&earlier, sources), &how, &|_, _| {}) {
        Ok(_) => Ok(()),
        Err(NotWritten::Disk(error)) => Err(error.to_string()),
        Err(NotWritten::Content(found)) => Err(found.iter().map(|found| found.headline.clone() + "\n").collect()),
    }
}

fn folder(parts: &TempDir, share: Share) -> PathBuf {
    parts.path().join(format!("part-{}-of-{}", share.number(), share.of()))
}

/// Every part of the site in a folder of its own.
fn shards(root: &Path, of: u32) -> (TempDir, Vec<PathBuf>) {
    let parts = TempDir::new().unwrap();
    let shares = (1..=of).filter_map(|number| Share::new(number, of));
    let folders = shares.map(|share| {
        let folder = folder(&parts, share);
        build(root, &folder, Portion::Share(share), TODAY).unwrap();
        folder
    });
    let folders = folders.collect();
    (parts, folders)
}

fn merge(root: &Path, target: &Path, folders: &[PathBuf], as_of: Date) -> Result<(), String> {
    let parts = Parts::open(folders).map_err(|error| error.to_string())?;
    build(root, target, Portion::Merged(&parts), as_of)
}

/// Every file of a site, its manifest among them.
fn files(target: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = WalkDir::new(target).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(target).unwrap().to_string_lossy().into_owned();
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn a_merged_site_is_the_one_that_is_built_at_once() {
    for host in ["", "host: nginx\n"] {
        let site = starter();
        let config = fs::read_to_string(site.path().join("content/site.yaml")).unwrap();
        write(site.path(), "content/site.yaml", &(config + host));
        let out = TempDir::new().unwrap();
        let whole = out.path().join("whole");
        build(site.path(), &whole, Portion::Whole, TODAY).unwrap();
        let whole = files(&whole);
        assert_eq!(whole.keys().any(|name| name.ends_with(".html.gz")), !host.is_empty());
        for of in [1, 3, 8] {
            let (_parts, mut folders) = shards(site.path(), of);
            let pages: usize =
                folders.iter().map(|folder| files(folder).keys().filter(|name| name.ends_with(".html")).count()).sum();
            assert!(
                pages * 10 > whole.keys().filter(|name| name.ends_with(".html")).count() * 9,
                "the parts make the pages"
            );
            folders.reverse();
            let merged = out.path().join(format!("merged-{of}"));
            merge(site.path(), &merged, &folders, TODAY).unwrap();
            let merged = files(&merged);
            assert_eq!(merged.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
            for (name, bytes) in &whole {
                assert!(merged[name] == *bytes, "{name} in {of} parts");
            }
        }
    }
}

#[test]
fn a_merged_site_over_an_older_one_is_the_same_again() {
    let site = starter();
    let out = TempDir::new().unwrap();
    let (whole, merged) = (out.path().join("whole"), out.path().join("merged"));
    let about = site.path().join("content/pages/about.en.md");
    let text = fs::read_to_string(&about).unwrap();
    for words in ["Before.", "After."] {
        fs::write(&about, format!("{text}\n{words}\n")).unwrap();
        build(site.path(), &whole, Portion::Whole, TODAY).unwrap();
        let (_parts, folders) = shards(site.path(), 2);
        merge(site.path(), &merged, &folders, TODAY).unwrap();
        assert!(files(&whole) == files(&merged));
    }
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    let site = starter();
    let (_two, two) = shards(site.path(), 2);
    let (_three, three) = shards(site.path(), 3);
    let out = TempDir::new().unwrap();
    let target = out.path().join("public");
    merge(site.path(), &target, &two, TODAY).unwrap();
    let good = files(&target);
    let refused = |folders: &[&PathBuf], as_of: Date, why: &str| {
        let folders: Vec<PathBuf> = folders.iter().map(|folder| (*folder).clone()).collect();
        // What stands in the target already needs no part.
        let fresh = out.path().join("fresh");
        let told = merge(site.path(), &fresh, &folders, as_of).expect_err(why);
        assert!(!fresh.exists(), "{why}");
        if !told.contains("is not as") && !told.contains("cannot read") {
            assert_eq!(merge(site.path(), &target, &folders, as_of), Err(told.clone()));
        }
        assert!(told.contains(why), "{why}: {told}");
        assert!(files(&target) == good, "{why}");
    };
    let published = disk::hashes(&two[0]).unwrap_err().to_string();
    assert!(published.contains("holds a part of a site"), "{published}");
    refused(&[&two[0]], TODAY, "2/2 is missing");
    refused(&[&three[1]], TODAY, "1/3, 3/3 is missing");
    refused(&[&two[0], &two[1], &two[0]], TODAY, "give each part once");
    refused(&[&two[0], &three[1]], TODAY, "give the parts of one site");
    refused(&[&two[0], &target], TODAY, "holds no part of a site");
    refused(&[&two[0], &two[1]], TODAY.tomorrow().unwrap(), "give --as-of");

    let page =
        WalkDir::new(&two[0]).into_iter().map(Result::unwrap).find(|entry| entry.file_name() == "index.html").unwrap();
    let whole = fs::read(page.path()).unwrap();
    fs::write(page.path(), [&whole[..], b" "].concat()).unwrap();
    refused(&[&two[0], &two[1]], TODAY, "is not as it was made");
    fs::remove_file(page.path()).unwrap();
    refused(&[&two[0], &two[1]], TODAY, "cannot read");
    fs::write(page.path(), &whole).unwrap();

    let record = two[1].join(".rahnuma-part");
    let bytes = fs::read(&record).unwrap();
    for damaged in [bytes[..bytes.len() - 1].to_vec(), [&bytes[..], b"x"].concat(), Vec::new()] {
        fs::write(&record, damaged).unwrap();
        refused(&[&two[0], &two[1]], TODAY, "holds no part of a site");
    }
    fs::write(&record, bytes).unwrap();

    let about = site.path().join("content/pages/about.en.md");
    let text = fs::read_to_string(&about).unwrap();
    fs::write(&about, format!("{text}\nMore.\n")).unwrap();
    refused(&[&two[0], &two[1]], TODAY, "take the same commit");
    build(site.path(), &two[1], Portion::Share(Share::new(2, 2).unwrap()), TODAY).unwrap();
    refused(&[&two[0], &two[1]], TODAY, "take the same commit");
}

#[test]
fn a_part_does_not_replace_a_whole_site() {
    let site = starter();
    let out = TempDir::new().unwrap();
    let target = out.path().join("public");
    build(site.path(), &target, Portion::Whole, TODAY).unwrap();
    let good = files(&target);
    let told = build(site.path(), &target, Portion::Share(Share::new(1, 2).unwrap()), TODAY).unwrap_err();
    assert!(told.contains("holds a whole site"), "{told}");
    assert!(files(&target) == good);
}

/// Whether a page has the part that another leads to is known with the whole.
#[test]
fn what_is_wrong_between_parts_is_found() {
    let site = starter();
    write(
        site.path(),
        "themes/default/templates/plain.html",
        "{% extends \"built-in/templates/plain.html\" %}\n{% block footer %}<a href=\"../example/#nowhere\">a</a>{% endblock %}\n",
    );
    let out = TempDir::new().unwrap();
    let told = build(site.path(), &out.path().join("whole"), Portion::Whole, TODAY).unwrap_err();
    let (_parts, folders) = shards(site.path(), apart());
    let merged = merge(site.path(), &out.path().join("merged"), &folders, TODAY).unwrap_err();
    assert!(told.contains("nowhere"), "{told}");
    assert_eq!(merged, told);
}

/// In how many parts no page is with the one that it leads to.
fn apart() -> u32 {
    let together = |of: u32| {
        let shares: Vec<Share> = (1..=of).filter_map(|number| Share::new(number, of)).collect();
        ["en", "zh", "ur"].into_iter().any(|locale| {
            let [from, to] = ["about", "example"].map(|page| SitePath::page(&[locale, page]));
            shares.iter().any(|share| share.has(&from) && share.has(&to))
        })
    };
    (2..1000).find(|of| !together(*of)).unwrap()
}
