//! What is read of a site's folder, and what never is: nothing outside it, and nothing that is no file.

#![cfg(unix)]
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::common::{short, starter, write};

/// What is found with a link at a place of the starter.
fn with_link(place: &str, leads: impl AsRef<Path>) -> String {
    let site = starter();
    let link = site.path().join(place);
    fs::create_dir_all(link.parent().unwrap()).unwrap();
    symlink(leads, link).unwrap();
    short(site.path())
}

#[test]
fn nothing_outside_the_folder_is_read() {
    let outside = tempfile::tempdir().unwrap();
    write(outside.path(), "secret/text.en.md", "---\ntitle: a\nsummary: b\n---\nThe secret.\n");
    let secret = outside.path().join("secret");
    for (place, leads) in [
        ("content/fragments/text.en.md", secret.join("text.en.md")),
        ("content/pages/text.en.md", secret.join("text.en.md")),
        ("content/pages/folder", secret.clone()),
        ("content/pages/all", "/".into()),
        ("themes", secret.clone()),
        ("themes/default/assets/x.css", secret.join("text.en.md")),
        ("content/pages/twice", "../../out".into()),
    ] {
        let site = starter();
        symlink(&secret, site.path().join("out")).unwrap();
        let link = site.path().join(place);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(leads, &link).unwrap();
        let found = short(site.path());
        let line = format!("{place}:1:1: error[unreadable-file]: {place} cannot be read: it is a link that leads out");
        assert!(found.starts_with(&line) && found.lines().count() == 1, "{place}: {found}");
        let (tree, _) = rahnuma::edge::disk::read(site.path());
        assert!(tree.paths().all(|path| !tree.text(path).unwrap().contains("The secret")), "{place}");
    }
}

#[test]
fn links_within_the_folder_are_fine() {
    let site = starter();
    fs::rename(site.path().join("content/pages"), site.path().join("texts")).unwrap();
    symlink("../texts", site.path().join("content/pages")).unwrap();
    fs::rename(site.path().join("content"), site.path().join("c")).unwrap();
    symlink("c", site.path().join("content")).unwrap();
    assert_eq!(short(site.path()), "");
    let elsewhere = tempfile::tempdir().unwrap();
    symlink(site.path(), elsewhere.path().join("site")).unwrap();
    assert_eq!(short(&elsewhere.path().join("site")), "");
}

#[test]
fn links_that_lead_nowhere_or_back_are_said() {
    for (place, leads, why) in [
        ("content/pages/lost.en.md", "nowhere", "it is a link to nothing"),
        ("content/guides/loop", "../../content", "leads back to a folder above it"),
        ("content/guides/loop", ".", "leads back to a folder above it"),
        ("content/guides/loop", "loop", "leads to itself"),
        ("content/guides/root", "../..", "leads back to a folder above it"),
    ] {
        let found = with_link(place, leads);
        assert!(found.contains(&format!("error[unreadable-file]: {place}")) && found.contains(why), "{leads}: {found}");
    }
}

#[test]
fn links_that_multiply_come_to_an_end() {
    let site = starter();
    for level in 0..30 {
        let folder = site.path().join(format!("levels/{level}"));
        fs::create_dir_all(&folder).unwrap();
        for side in ["a", "b"] {
            symlink(format!("../{}", level + 1), folder.join(side)).unwrap();
        }
    }
    fs::create_dir_all(site.path().join("levels/30")).unwrap();
    symlink("../../levels/0", site.path().join("content/pages/levels")).unwrap();
    assert!(short(site.path()).contains("more than 1000 folders are reached through links"));
}

#[test]
fn folders_end_somewhere() {
    let site = starter();
    write(site.path(), &format!("content/pages/{}a.en.md", "a/".repeat(300)), "x");
    let found = short(site.path());
    assert!(found.contains("more than 32 folders stand in one another"), "{found}");
}

#[test]
fn themes_and_content_are_folders_or_not_there() {
    for name in ["themes", "content"] {
        for leads in ["nowhere", name, "content/site.yaml", "/dev/null", "/"] {
            let site = starter();
            if name == "content" {
                fs::remove_dir_all(site.path().join(name)).unwrap();
            }
            symlink(leads, site.path().join(name)).unwrap();
            let found = short(site.path());
            assert!(found.contains(&format!("error[unreadable-file]: {name} cannot be read: ")), "{leads}: {found}");
        }
        let site = starter();
        let _ = fs::remove_dir_all(site.path().join(name));
        fs::write(site.path().join(name), "x").unwrap();
        let found = short(site.path());
        assert!(found.contains(&format!("{name} cannot be read: it is a file and not a folder")), "{found}");
    }
}

#[test]
fn names_that_begin_with_a_dot_are_left_alone() {
    assert_eq!(with_link("content/pages/.#text.en.md", "nobody@host.1:1"), "");
    assert_eq!(with_link("content/.git", "/"), "");
    let site = starter();
    write(site.path(), "content/.DS_Store", [0, 1]);
    write(site.path(), "themes/.hidden/x", "x");
    assert_eq!(short(site.path()), "");
}

#[test]
fn what_is_no_file_is_not_opened() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    let site = starter();
    let pipe = site.path().join("content/pages/pipe.en.md");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(site.path().join("content/pages/socket.en.md")).unwrap();
    symlink("pages/pipe.en.md", site.path().join("content/x.yaml")).unwrap();
    let found = short(site.path());
    for name in ["content/pages/pipe.en.md", "content/pages/socket.en.md", "content/x.yaml"] {
        assert!(found.contains(&format!("{name} cannot be read: it is a connection between programs")), "{found}");
    }
    let found = with_link("content/pages/device.en.md", "/dev/zero");
    assert!(found.contains("leads out"), "{found}");
}

#[test]
fn there_is_a_limit_to_what_is_read() {
    let site = starter();
    // Files with holes: large, and on the disk nothing.
    let large = |name: &str, length| {
        let path = site.path().join("content/pages").join(name);
        File::create(path).unwrap().set_len(length).unwrap();
    };
    large("large.png", 17 * 1024 * 1024);
    let found = short(site.path());
    assert!(found.contains("large.png cannot be read: it has 17 MB, more than the 16 MB"), "{found}");
    assert!(!found.contains("in all"), "{found}");
}
