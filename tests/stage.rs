//! What a build does to a folder: what it keeps, what it takes away, and what it never touches.

#![cfg(unix)]
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use crate::common::program::{build, files, has_user, stderr, user_build};
use crate::common::{short, starter, write};
use rahnuma::edge::disk::{FileStamp, MANIFEST, Stage, StageError};
use rahnuma::source::path::SitePath;
use tempfile::{TempDir, tempdir};

fn path(text: &str) -> SitePath {
    SitePath::new(text).unwrap()
}

/// Makes a site of the given files.
fn make(target: &Path, site: &[(&str, &str)]) -> Result<rahnuma::edge::disk::Committed, StageError> {
    let stage = Stage::begin(target)?;
    for (name, text) in site {
        stage.put(&path(name), text.as_bytes())?;
    }
    stage.commit(&site.iter().map(|(name, _)| *name).collect::<Vec<_>>())
}

fn stamp(path: &Path) -> FileStamp {
    FileStamp::of(&fs::symlink_metadata(path).unwrap())
}

fn target() -> (TempDir, std::path::PathBuf) {
    let folder = tempdir().unwrap();
    let target = folder.path().join("public");
    (folder, target)
}

#[test]
fn files_that_did_not_change_stay_the_same_files() {
    let (_folder, target) = target();
    let first = make(&target, &[("a.html", "same"), ("en/b.html", "old")]).unwrap();
    assert_eq!((first.written, first.kept), (2, 0));
    let (a, b) = (stamp(&target.join("a.html")), stamp(&target.join("en/b.html")));
    let second = make(&target, &[("a.html", "same"), ("en/b.html", "new")]).unwrap();
    assert_eq!((second.written, second.kept, second.notes.as_slice()), (1, 1, [].as_slice()));
    assert_eq!(stamp(&target.join("a.html")), a);
    assert_ne!(stamp(&target.join("en/b.html")), b);
    assert_eq!(fs::read_to_string(target.join("en/b.html")).unwrap(), "new");
    assert_eq!(fs::symlink_metadata(target.join("a.html")).unwrap().nlink(), 1, "the old site is gone");
    assert!(!target.with_file_name(".public.rahnuma").exists());
}

#[test]
fn a_stamp_keeps_a_file_and_any_doubt_does_not() {
    let (_folder, target) = target();
    make(&target, &[("a.html", "one"), ("b.html", "two")]).unwrap();
    let (a, b) = (stamp(&target.join("a.html")), stamp(&target.join("b.html")));
    fs::write(target.join("b.html"), "TWO").unwrap();
    let stage = Stage::begin(&target).unwrap();
    assert!(stage.keep(&path("a.html"), &a));
    assert!(!stage.keep(&path("a.html"), &a), "kept twice");
    assert!(!stage.keep(&path("b.html"), &FileStamp { inode: b.inode + 1, ..b }));
    assert!(!stage.keep(&path("b.html"), &FileStamp { modified: b.modified - 1, ..b }));
    assert!(!stage.keep(&path("c.html"), &a));
    assert_eq!(stage.put(&path("b.html"), b"two").unwrap().length, 3);
    assert!(stage.put(&path("b.html"), b"two").is_err(), "put twice");
    let done = stage.commit(&["a.html", "b.html\tmore to remember"]).unwrap();
    assert_eq!((done.written, done.kept), (1, 1));
    assert_eq!(stamp(&target.join("a.html")), a);
    assert_eq!(fs::read_to_string(target.join("b.html")).unwrap(), "two");
    assert!(make(&target, &[("a.html", "one")]).is_ok(), "what a line says behind its path does not matter");
}

#[test]
fn a_list_that_is_not_what_was_made_is_a_fault() {
    let (_folder, target) = target();
    for wrong in [&["a.html", "b.html"][..], &[]] {
        let stage = Stage::begin(&target).unwrap();
        stage.put(&path("a.html"), b"a").unwrap();
        assert!(stage.commit(wrong).unwrap_err().to_string().contains("fault of the program"));
        assert!(!target.exists() && !target.with_file_name(".public.rahnuma").exists());
    }
}

#[test]
fn what_is_remembered_outlives_the_build() {
    let (_folder, target) = target();
    assert_eq!(Stage::remembered(&target), None);
    for text in ["one", "two"] {
        let stage = Stage::begin(&target).unwrap();
        stage.remember(text.as_bytes()).unwrap();
        stage.commit::<&str>(&[]).unwrap();
        assert_eq!(Stage::remembered(&target).unwrap(), text.as_bytes());
    }
    make(&target, &[("a.html", "a")]).unwrap();
    assert_eq!(Stage::remembered(&target).unwrap(), b"two");
    let cache = target.with_file_name(".public.rahnuma").join("cache");
    fs::remove_file(&cache).unwrap();
    symlink("/dev/zero", &cache).unwrap();
    assert_eq!(Stage::remembered(&target), None);
}

#[test]
fn a_lost_or_damaged_list_heals_when_nothing_else_changed() {
    let (_folder, target) = target();
    let site = [("a.html", "a"), ("en/b.html", "b")];
    make(&target, &site).unwrap();
    let a = stamp(&target.join("a.html"));
    let list = target.join(MANIFEST);
    for damage in [None, Some("a.ht"), Some("../../a\n/etc/passwd\nen/b.html\n")] {
        match damage {
            None => fs::remove_file(&list).unwrap(),
            Some(text) => fs::write(&list, text).unwrap(),
        }
        make(&target, &site).unwrap();
        assert_eq!(fs::read_to_string(&list).unwrap(), "a.html\nen/b.html\n");
        assert_eq!(stamp(&target.join("a.html")), a);
    }
    fs::remove_file(&list).unwrap();
    let refused = make(&target, &[("a.html", "a"), ("en/b.html", "other")]).unwrap_err().to_string();
    assert!(refused.contains("en/b.html") && !refused.contains("a.html"), "{refused}");
    assert_eq!(fs::read_to_string(target.join("en/b.html")).unwrap(), "b");
}

#[test]
fn a_link_in_the_target_is_no_file_of_a_build() {
    let (folder, target) = target();
    write(folder.path(), "elsewhere/b.html", "b");
    make(&target, &[("a.html", "a"), ("en/b.html", "b")]).unwrap();
    fs::remove_dir_all(target.join("en")).unwrap();
    symlink("../elsewhere", target.join("en")).unwrap();
    assert!(make(&target, &[("a.html", "a"), ("en/b.html", "b")]).is_err());
    assert!(folder.path().join("elsewhere/b.html").exists());
}

#[test]
fn what_appears_while_a_site_is_made_is_kept() {
    let (_folder, target) = target();
    make(&target, &[("a.html", "a"), ("gone/b.html", "b")]).unwrap();
    let stage = Stage::begin(&target).unwrap();
    stage.put(&path("a.html"), b"new").unwrap();
    stage.put(&path("taken.txt"), b"ours").unwrap();
    write(&target, "mine.txt", "mine");
    write(&target, "gone/deep/mine.txt", "mine");
    write(&target, "taken.txt", "mine");
    let done = stage.commit(&["a.html", "taken.txt"]).unwrap();
    assert_eq!(done.notes.len(), 3, "{:?}", done.notes);
    assert_eq!(fs::read_to_string(target.join("mine.txt")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(target.join("gone/deep/mine.txt")).unwrap(), "mine");
    assert!(!target.join("gone/b.html").exists());
    let kept = target.with_file_name(".public.rahnuma").join("site/taken.txt");
    assert!(done.notes.iter().any(|note| note.contains(kept.to_str().unwrap())), "{:?}", done.notes);
    assert_eq!(fs::read_to_string(&kept).unwrap(), "mine");
    assert_eq!(fs::read_to_string(target.join("taken.txt")).unwrap(), "ours");
    // The next build names them and takes none.
    let refused = make(&target, &[("a.html", "new")]).unwrap_err().to_string();
    assert!(refused.contains("mine.txt") && refused.contains("gone/deep/mine.txt"), "{refused}");
    assert_eq!(fs::read_to_string(&kept).unwrap(), "mine");
}

#[test]
fn what_appears_in_the_stage_is_kept_and_not_published() {
    let (_folder, target) = target();
    make(&target, &[("a.html", "a")]).unwrap();
    let stage = Stage::begin(&target).unwrap();
    stage.put(&path("a.html"), b"new").unwrap();
    let site = target.with_file_name(".public.rahnuma").join("site");
    write(&site, "en/mine.txt", "mine");
    let refused = stage.commit(&["a.html"]).unwrap_err().to_string();
    assert!(refused.contains("en/mine.txt"), "{refused}");
    assert_eq!(fs::read_to_string(target.join("a.html")).unwrap(), "a");
    let next = make(&target, &[("a.html", "new")]).unwrap();
    assert!(next.notes.iter().any(|note| note.contains("site/en/mine.txt")), "{:?}", next.notes);
    assert_eq!(fs::read_to_string(site.join("en/mine.txt")).unwrap(), "mine");
    assert_eq!(files(&target).len(), 2);
}

#[test]
fn a_state_folder_that_no_build_made_is_left_alone() {
    let site = starter();
    let state = site.path().join(".public.rahnuma");
    write(site.path(), "victim/site/file", "precious");
    let refused = |what: &str| {
        let refused = build(site.path(), &[]);
        assert_eq!(refused.status.code(), Some(2), "{what}: {}", stderr(&refused));
        assert!(stderr(&refused).contains(".public.rahnuma"), "{what}: {}", stderr(&refused));
        assert_eq!(fs::read_to_string(site.path().join("victim/site/file")).unwrap(), "precious", "{what}");
        assert!(!site.path().join("public").exists(), "{what}");
    };
    symlink("victim", &state).unwrap();
    refused("a link");
    fs::remove_file(&state).unwrap();
    fs::write(&state, "mine").unwrap();
    refused("a file");
    fs::remove_file(&state).unwrap();
    fs::create_dir(&state).unwrap();
    for name in ["site", "old", "cache", "site-2", "site.list"] {
        symlink(site.path().join("victim/site"), state.join(name)).unwrap();
        refused(name);
        fs::remove_file(state.join(name)).unwrap();
    }
    write(&state, "notes.txt", "mine");
    refused("a file in it");
    assert_eq!(fs::read_to_string(state.join("notes.txt")).unwrap(), "mine");
    fs::remove_file(state.join("notes.txt")).unwrap();
    // A link further in is not followed either: it is named, and the build goes on beside it.
    fs::create_dir(state.join("site")).unwrap();
    symlink(site.path().join("victim/site"), state.join("site/en")).unwrap();
    let built = build(site.path(), &[]);
    assert!(built.status.success() && stderr(&built).contains("site/en"), "{}", stderr(&built));
    assert_eq!(fs::read_to_string(site.path().join("victim/site/file")).unwrap(), "precious");
}

#[test]
fn an_old_site_that_cannot_be_taken_away_is_said_and_stops_nothing() {
    let site = starter();
    if !has_user(site.path()) {
        return;
    }
    assert!(user_build(site.path(), &[]).status.success());
    fs::set_permissions(site.path().join("public/en"), Permissions::from_mode(0o555)).unwrap();
    let built = user_build(site.path(), &[]);
    assert_eq!(built.status.code(), Some(0), "{}", stderr(&built));
    assert!(stderr(&built).contains("could not be taken away"), "{}", stderr(&built));
    for _ in 0..2 {
        let next = user_build(site.path(), &[]);
        assert_eq!(next.status.code(), Some(0), "{}", stderr(&next));
        assert!(stderr(&next).contains("could not be taken away"), "{}", stderr(&next));
    }
    let remnant = site.path().join(".public.rahnuma/site");
    fs::set_permissions(remnant.join("en"), Permissions::from_mode(0o755)).unwrap();
    let healed = user_build(site.path(), &[]);
    assert!(healed.status.success() && !stderr(&healed).contains("taken away"), "{}", stderr(&healed));
    let left: Vec<_> =
        fs::read_dir(site.path().join(".public.rahnuma")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["cache"]);
}

#[test]
fn a_folder_that_may_not_be_changed_is_refused_before_the_work() {
    let site = starter();
    if !has_user(site.path()) {
        return;
    }
    assert!(user_build(site.path(), &[]).status.success());
    let before = files(&site.path().join("public"));
    fs::set_permissions(site.path().join("public"), Permissions::from_mode(0o555)).unwrap();
    let refused = user_build(site.path(), &[]);
    assert_eq!(refused.status.code(), Some(2), "{}", stderr(&refused));
    assert!(stderr(&refused).contains("may not be changed"), "{}", stderr(&refused));
    fs::set_permissions(site.path().join("public"), Permissions::from_mode(0o755)).unwrap();
    assert_eq!(files(&site.path().join("public")), before);
    // Where only the folder above may not be changed, the site is filled in its place.
    fs::set_permissions(site.path(), Permissions::from_mode(0o555)).unwrap();
    let filled = user_build(site.path(), &["--base-url", "https://other.example/"]);
    fs::set_permissions(site.path(), Permissions::from_mode(0o755)).unwrap();
    assert_eq!(filled.status.code(), Some(0), "{}", stderr(&filled));
    let after = files(&site.path().join("public"));
    assert_ne!(after, before);
    assert!(user_build(site.path(), &["--base-url", "https://other.example/"]).status.success());
    assert_eq!(files(&site.path().join("public")), after);
}

#[test]
fn a_target_in_or_around_the_sources_is_refused_however_it_is_named() {
    let site = starter();
    let root = site.path();
    symlink("content", root.join("c")).unwrap();
    fs::create_dir_all(root.join("shared/texts")).unwrap();
    symlink("../../shared", root.join("content/fragments/shared")).unwrap();
    for target in [
        "content/out",
        "c/out",
        "c",
        "public/../content/out",
        "not/there/../../content",
        "shared/out",
        "shared/texts/out",
        "themes/default",
        ".",
        "content/..",
    ] {
        let refused = build(root, &["--output-dir", root.join(target).to_str().unwrap()]);
        assert_eq!(refused.status.code(), Some(2), "{target}: {}", stderr(&refused));
        assert!(stderr(&refused).contains("overlaps") || target == "c", "{target}: {}", stderr(&refused));
    }
    assert_eq!(short(root), "");
    assert!(!root.join("shared/texts/out").exists() && !root.join("not").exists());
}

#[test]
fn a_target_beside_the_sources_is_fine_however_it_is_named() {
    let site = starter();
    fs::create_dir(site.path().join("empty")).unwrap();
    let program = || std::process::Command::new(env!("CARGO_BIN_EXE_rahnuma"));
    let here = site.path().join("empty");
    let arguments = ["build", "-q", "--as-of", "2026-11-22", "--root", "..", "--output-dir", "."];
    for _ in 0..2 {
        let number = fs::metadata(&here).unwrap().ino();
        let built = program().args(arguments).current_dir(&here).output().unwrap();
        assert_eq!(built.status.code(), Some(0), "{}", stderr(&built));
        assert!(here.join("index.html").exists() && !here.join(".rahnuma").exists());
        assert_eq!(fs::metadata(&here).unwrap().ino(), number, "whoever stands in the folder stays in it");
    }
    for target in ["contents", "content-out", "public/../other", "a/b/c"] {
        let target = site.path().join(target);
        let built = build(site.path(), &["--output-dir", target.to_str().unwrap()]);
        assert_eq!(built.status.code(), Some(0), "{}: {}", target.display(), stderr(&built));
    }
    symlink("other", site.path().join("link")).unwrap();
    let refused = build(site.path(), &["--output-dir", site.path().join("link/").to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2), "{}", stderr(&refused));
    assert!(stderr(&refused).contains("it is a link"), "{}", stderr(&refused));
}

#[test]
fn a_folder_and_a_file_may_change_places() {
    let (_folder, target) = target();
    let here = std::env::current_dir().unwrap();
    assert!(!here.starts_with(&target));
    make(&target, &[("en", "a file"), ("ur/a.html", "a")]).unwrap();
    make(&target, &[("en/a.html", "a"), ("ur", "a file")]).unwrap();
    assert_eq!(files(&target).into_keys().collect::<Vec<_>>(), [MANIFEST, "en/a.html", "ur"]);
}
