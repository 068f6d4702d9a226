//! Builds that are killed, run out of space, meet one another, or write where a file system begins: what is published is
//! the old site or the new one, and the next build gets on.
//!
//! `RAHNUMA_KILLS=100 cargo test faults` kills more often.

#![cfg(target_os = "linux")]
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use crate::common::program::{build, build_command, files, skipped, stderr};
use crate::common::{starter, write};
use tempfile::TempDir;

type Files = BTreeMap<String, Vec<u8>>;

/// Names of files that are not the same in both, or in one of them alone.
fn differing<'a>(one: &'a Files, other: &'a Files) -> Vec<&'a str> {
    let names = one.keys().chain(other.keys()).filter(|name| one.get(*name) != other.get(*name));
    names.map(String::as_str).collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

/// Two sites that differ on every page, in one folder: which is built, `--base-url` says.
const OLD: &[&str] = &["--base-url", "https://old.example/"];
const NEW: &[&str] = &["--base-url", "https://new.example/some/path/"];

/// What each of them consists of.
fn both(site: &Path) -> (Files, Files) {
    let made = |more: &[&str]| {
        let folder = TempDir::new().unwrap();
        let target = folder.path().join("site");
        let built = build(site, &[more, &["--output-dir", target.to_str().unwrap()]].concat());
        assert!(built.status.success(), "{}", stderr(&built));
        files(&target)
    };
    (made(OLD), made(NEW))
}

/// A small generator of numbers, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

fn spawn(site: &Path, more: &[&str]) -> Child {
    build_command(site, more).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Whether a build left nothing beside its target but what it remembers.
fn only_memory(state: &Path) -> bool {
    fs::read_dir(state).into_iter().flatten().all(|entry| entry.unwrap().file_name() == "cache")
}

/// How far a build has come: what it has written down that it begins to make.
fn begun(state: &Path) -> u64 {
    fs::read(state.join("site.list")).map_or(0, |bytes| bytes.split(|byte| *byte == b'\n').count() as u64)
}

/// Kills a build when it has come so far; past all files, when the new site is in its place or the old one partly gone.
fn kill_at(child: &mut Child, state: &Path, point: u64) -> bool {
    while child.try_wait().unwrap().is_none() {
        if begun(state) >= point {
            let _ = child.kill();
            break;
        }
        std::hint::spin_loop();
    }
    !child.wait().unwrap().success()
}

fn kills() -> u64 {
    std::env::var("RAHNUMA_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(10)
}

#[test]
fn a_build_that_is_killed_leaves_the_old_site_or_the_new_one() {
    let site = starter();
    let (old, new) = both(site.path());
    let (target, state) = (site.path().join("public"), site.path().join(".public.rahnuma"));
    let (mut numbers, mut killed) = (Numbers(20_261_122), 0);
    assert!(build(site.path(), OLD).status.success());
    let (mut before, mut after) = ((OLD, &old), (NEW, &new));
    for round in 0..kills() {
        // The last point is past the end of making: there the swap and the clearing are met, as the clock has it.
        let point = 1 + numbers.below(new.len() as u64 + 1);
        killed += u64::from(kill_at(&mut spawn(site.path(), after.0), &state, point));
        let found = files(&target);
        assert!(found == old || found == new, "round {round}, killed at file {point}: a mixture of two sites");
        let next = build(site.path(), after.0);
        assert!(next.status.success(), "round {round}, killed at file {point}: {}", stderr(&next));
        assert!(!stderr(&next).contains("note:"), "round {round}, killed at file {point}: {}", stderr(&next));
        assert_eq!(differing(&files(&target), after.1), Vec::<&str>::new());
        assert!(only_memory(&state));
        std::mem::swap(&mut before, &mut after);
    }
    assert!(killed > 0, "no build was killed before its end");
}

/// What a moment is called, and what a kill in it leaves.
type Moment<'a> = (&'a str, &'a dyn Fn());

/// Every moment between the first file and the last of the swap, as far as a folder shows it: what a kill leaves there.
#[test]
fn whatever_a_kill_leaves_is_cleared_away() {
    let site = starter();
    let (old, new) = both(site.path());
    let (target, state) = (site.path().join("public"), site.path().join(".public.rahnuma"));
    let lay = |folder: &Path, files: &Files| {
        files.iter().for_each(|(name, bytes)| write(folder, name, bytes));
    };
    let list = |files: &Files| files.keys().flat_map(|name| [name, "\n"]).collect::<String>();
    let half = |files: &Files, skip: usize| -> Files {
        files.iter().skip(skip).step_by(2).map(|(name, bytes)| (name.clone(), bytes.clone())).collect()
    };
    let without_list = |files: &Files| -> Files {
        files.iter().filter(|(name, _)| *name != ".rahnuma-manifest").map(|(a, b)| (a.clone(), b.clone())).collect()
    };
    let moments: &[Moment<'_>] = &[
        ("making", &|| {
            lay(&state.join("site"), &without_list(&half(&new, 0)));
            write(&state, "site.list", list(&new));
        }),
        ("a file half-written", &|| {
            write(&state, "site/index.html", "<!doc");
            write(&state, "site.list", "index.html\n");
        }),
        ("writing the list", &|| {
            lay(&state.join("site"), &without_list(&new));
            write(&state, "site.list", list(&new));
            write(&state, "manifest.new", "404");
            write(&state, "cache.new", "x");
        }),
        ("made, not swapped", &|| {
            lay(&state.join("site"), &new);
            write(&state, "site.list", list(&new));
        }),
        ("between two renames", &|| {
            lay(&state.join("site"), &new);
            write(&state, "site.list", list(&new));
            fs::rename(&target, state.join("old")).unwrap();
        }),
        ("clearing", &|| {
            let mut rest = half(&old, 1);
            rest.insert(".rahnuma-manifest".into(), old[".rahnuma-manifest"].clone());
            lay(&state.join("site"), &rest);
            write(&state, "site.list", list(&new));
        }),
        ("cleared but for folders", &|| fs::create_dir_all(state.join("site/en/example")).unwrap()),
    ];
    for (name, leave) in moments {
        assert!(build(site.path(), OLD).status.success());
        fs::create_dir_all(&state).unwrap();
        leave();
        let next = build(site.path(), NEW);
        assert!(next.status.success() && !stderr(&next).contains("note:"), "{name}: {}", stderr(&next));
        assert_eq!(differing(&files(&target), &new), Vec::<&str>::new(), "{name}");
        assert!(only_memory(&state), "{name}");
    }
}

#[test]
fn what_was_put_into_a_site_that_a_killed_build_had_replaced_comes_back() {
    let site = starter();
    assert!(build(site.path(), OLD).status.success());
    let old = files(&site.path().join("public"));
    for (name, bytes) in &old {
        write(&site.path().join(".public.rahnuma/site"), name, bytes);
    }
    write(site.path(), ".public.rahnuma/site/en/mine.txt", "mine");
    let next = build(site.path(), NEW);
    assert_eq!(next.status.code(), Some(2), "{}", stderr(&next));
    assert!(stderr(&next).contains("en/mine.txt"), "{}", stderr(&next));
    assert_eq!(fs::read_to_string(site.path().join("public/en/mine.txt")).unwrap(), "mine");
    fs::remove_file(site.path().join("public/en/mine.txt")).unwrap();
    assert!(build(site.path(), NEW).status.success());
    assert!(only_memory(&site.path().join(".public.rahnuma")));
}

#[test]
fn two_builds_at_once_give_one_whole_site() {
    let site = starter();
    let (old, new) = both(site.path());
    for _ in 0..2 {
        let (mut first, mut second) = (spawn(site.path(), OLD), spawn(site.path(), NEW));
        let codes = [first.wait().unwrap().code().unwrap(), second.wait().unwrap().code().unwrap()];
        assert!(codes.contains(&0) && codes.iter().all(|code| matches!(code, 0 | 2)), "{codes:?}");
        let found = files(&site.path().join("public"));
        match codes {
            [0, 2] => assert_eq!(found, old),
            [2, 0] => assert_eq!(found, new),
            _ => assert!(found == old || found == new),
        }
        assert!(only_memory(&site.path().join(".public.rahnuma")));
    }
}

#[test]
fn files_that_appear_in_the_target_during_a_build_are_kept() {
    let site = starter();
    let (target, state) = (site.path().join("public"), site.path().join(".public.rahnuma"));
    let mut during = 0;
    for round in 0..3 {
        assert!(build(site.path(), OLD).status.success());
        let mut child = spawn(site.path(), NEW);
        while begun(&state) < 1 + round * 20 && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        write(&target, "en/mine.txt", "mine");
        during += u32::from(child.try_wait().unwrap().is_none());
        child.wait().unwrap();
        assert_eq!(fs::read_to_string(target.join("en/mine.txt")).unwrap(), "mine", "round {round}");
        fs::remove_file(target.join("en/mine.txt")).unwrap();
    }
    assert!(during > 0, "no file appeared during a build");
}

#[test]
fn sources_that_change_while_they_are_read_are_read_whole_or_not_at_all() {
    let site = starter();
    let page = site.path().join("content/pages/about.en.md");
    let text = fs::read_to_string(&page).unwrap();
    let padded = |letter: &str| format!("{text}\n{}\n", letter.repeat(400_000));
    let (one, other) = (padded("a"), padded("b"));
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                fs::write(&page, &one).unwrap();
                fs::write(&page, &other).unwrap();
            }
        });
        for _ in 0..40 {
            let (tree, found) = rahnuma::edge::disk::read(site.path());
            let path = rahnuma::source::path::SourcePath::new("content/pages/about.en.md").unwrap();
            match tree.get(&path) {
                // An editor that empties a file before it writes leaves less of it for a moment. What ends as a whole text
                // does is one.
                Some(bytes) if bytes.ends_with(b"bb\n") => assert_eq!(*bytes, *other.as_bytes(), "parts of two texts"),
                Some(bytes) if bytes.ends_with(b"aa\n") => assert_eq!(*bytes, *one.as_bytes(), "parts of two texts"),
                Some(_) => {}
                None => assert!(found.iter().any(|it| it.headline.contains("being written")), "{found:?}"),
            }
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

/// A script with its own mounts, as root of its own name space; nothing where the system does not permit that.
fn with_mounts(script: &str, arguments: &[&Path]) -> Option<Output> {
    let run = |script: &str, arguments: &[&Path]| {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-euc", script, env!("CARGO_BIN_EXE_rahnuma")]);
        command.args(arguments).output()
    };
    let probe = TempDir::new().unwrap();
    match run("mount -t tmpfs none \"$1\"", &[probe.path()]) {
        Ok(output) if output.status.success() => Some(run(script, arguments).unwrap()),
        denied => {
            skipped(&format!("this system does not let a test mount a file system: {denied:?}"));
            None
        }
    }
}

#[test]
fn a_full_disk_leaves_the_last_good_site() {
    let site = starter();
    let disk = TempDir::new().unwrap();
    // Room for one site, not for two: nothing is the same in both.
    let script = "
        mount -t tmpfs -o size=4m none \"$2\"
        build() { \"$0\" build -q --as-of 2026-11-22 --root \"$1\" --output-dir \"$2/public\" --base-url \"$3\" 2>\"$2/said\"; }
        build \"$1\" \"$2\" https://old.example/
        cp -r \"$2/public\" \"$1/before\"
        dd if=/dev/zero of=\"$2/ballast\" bs=64k 2>/dev/null || true
        code=0; build \"$1\" \"$2\" https://new.example/ || code=$?
        echo \"$code\"
        diff -r \"$1/before\" \"$2/public\" && echo same
        rm \"$2/ballast\"
        build \"$1\" \"$2\" https://new.example/ && echo next
        cat \"$2/said\"
        grep -rq new.example \"$2/public/index.html\" && ls -A \"$2\"
    ";
    let Some(output) = with_mounts(script, &[site.path(), disk.path()]) else { return };
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(said, "2\nsame\nnext\n.public.rahnuma\npublic\nsaid\n", "{}", stderr(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn a_target_on_another_file_system_is_swapped_there() {
    let site = starter();
    let elsewhere = TempDir::new_in("/dev/shm").expect("a file system of its own at /dev/shm");
    assert_ne!(fs::metadata(site.path()).unwrap().dev(), fs::metadata(elsewhere.path()).unwrap().dev());
    let target = elsewhere.path().join("public");
    let (old, new) = both(site.path());
    for (more, site_files) in [(OLD, &old), (NEW, &new), (NEW, &new)] {
        let built = build(site.path(), &[more, &["--output-dir", target.to_str().unwrap()]].concat());
        assert!(built.status.success() && !stderr(&built).contains("note:"), "{}", stderr(&built));
        assert_eq!(&files(&target), site_files);
        assert!(only_memory(&elsewhere.path().join(".public.rahnuma")));
    }
}

#[test]
fn a_target_where_a_file_system_begins_is_filled_in_its_place() {
    let site = starter();
    let (old, new) = both(site.path());
    for (kind, mount) in [
        ("tmpfs", "mount -t tmpfs none \"$2\""),
        // A folder bound onto itself has the device of the folder above it.
        ("bind", "mount --bind \"$2\" \"$2\""),
    ] {
        let folder = TempDir::new().unwrap();
        let script = format!(
            "{mount}
            mkdir \"$2/lost+found\"; chmod 700 \"$2/lost+found\"
            build() {{ \"$0\" build --as-of 2026-11-22 --root \"$1\" --output-dir \"$2\" --base-url \"$3\"; }}
            build \"$1\" \"$2\" https://old.example/; cp -r \"$2\" \"$1/old-{kind}\"
            before=$(stat -c %i-%Y-%y \"$2/robots.txt\")
            build \"$1\" \"$2\" https://new.example/some/path/; cp -r \"$2\" \"$1/new-{kind}\"
            inode=$(stat -c %i-%y \"$2/index.html\")
            build \"$1\" \"$2\" https://new.example/some/path/
            [ \"$inode\" = \"$(stat -c %i-%y \"$2/index.html\")\" ] && echo kept
            echo mine >\"$2/mine.txt\"
            build \"$1\" \"$2\" https://old.example/ || echo refused"
        );
        let Some(output) = with_mounts(&script, &[site.path(), folder.path()]) else { return };
        assert_eq!(String::from_utf8_lossy(&output.stdout), "kept\nrefused\n", "{kind}: {}", stderr(&output));
        assert!(stderr(&output).contains("mine.txt"), "{}", stderr(&output));
        assert_eq!(files(&site.path().join(format!("old-{kind}"))), old, "{kind}");
        assert_eq!(files(&site.path().join(format!("new-{kind}"))), new, "{kind}");
    }
}

/// In its place a site is replaced file by file; a build after a kill knows what is whose.
#[test]
fn a_kill_while_a_site_is_filled_in_its_place_is_made_good() {
    let site = starter();
    let (old, new) = both(site.path());
    let here = site.path().join("here");
    fs::create_dir(&here).unwrap();
    // Started in the target, a build does not move it away.
    let command = |more: &[&str]| {
        let mut command = build_command(site.path(), &[more, &["--output-dir", "."]].concat());
        command.current_dir(&here).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let (mut numbers, mut killed) = (Numbers(7), 0);
    assert!(command(OLD).status().unwrap().success());
    let (mut before, mut after) = ((OLD, &old), (NEW, &new));
    for round in 0..kills() {
        assert_eq!(files(&here), *before.1, "round {round}");
        let point = 1 + numbers.below(new.len() as u64 + 1);
        killed += u64::from(kill_at(&mut command(after.0).spawn().unwrap(), &here.join(".rahnuma"), point));
        // Each page is whole at any moment, one of the old site or of the new.
        for (name, bytes) in files(&here).into_iter().filter(|(name, _)| !name.starts_with(".rahnuma")) {
            assert!(Some(&bytes) == old.get(&name) || Some(&bytes) == new.get(&name), "round {round}: {name}");
        }
        assert!(old.keys().filter(|name| new.contains_key(*name)).all(|name| here.join(name).exists()));
        assert!(command(after.0).status().unwrap().success(), "round {round}, killed at file {point}");
        assert_eq!(files(&here), *after.1, "round {round}, killed at file {point}");
        std::mem::swap(&mut before, &mut after);
    }
    assert!(killed > 0, "no build was killed before its end");
}
