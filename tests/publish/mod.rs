//! `publish`, `rollback` and `verify` of a store, as a deployer runs them: on a folder, and on an S3 server on loopback behind a proxy that
//! breaks connections, refuses, and holds requests while the program is killed.

#![cfg(feature = "publish")]
mod server;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::common::program::{build, files, rahnuma, stderr};
use crate::common::{starter, write};
use rahnuma::hash::Sha256;
use server::{BUCKET, Fate, Proxy, Server};
use tempfile::TempDir;

const ACCESS_KEY: &str = "AKIAVISIBLE";
const SECRET_KEY: &str = "wJalrXUtnFEMI";

/// Two states of a site, built: pages, a style sheet and lists of the second differ, and one page is gone.
fn sites() -> (TempDir, TempDir) {
    let (first, second) = (starter(), starter());
    let sheet = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/assets/site.css")).unwrap();
    let sheet = format!("{sheet}\n.wrap {{ outline-color: rgb(1, 2, 3); }}\n");
    write(second.path(), "themes/default/assets/site.css", sheet);
    let config = first.path().join("content/site.yaml");
    let other = fs::read_to_string(&config).unwrap();
    write(first.path(), "content/static/form.txt", "a form");
    for site in [&first, &second] {
        fs::write(site.path().join("content/site.yaml"), other.replace("example.org", "guides.test")).unwrap();
        let built = build(site.path(), &[]);
        assert_eq!(built.status.code(), Some(0), "{}", stderr(&built));
    }
    (first, second)
}

fn public(site: &TempDir) -> BTreeMap<String, Vec<u8>> {
    let mut files = files(&site.path().join("public"));
    files.remove(".rahnuma-manifest");
    files
}

fn command(what: &[&str], root: &Path) -> Command {
    let mut command = rahnuma();
    command.args(what).current_dir(root);
    command
}

fn run(what: &[&str], root: &Path) -> (i32, String, String) {
    said(&command(what, root).output().unwrap())
}

fn said(output: &Output) -> (i32, String, String) {
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stdout.clone()).unwrap(), stderr(output))
}

/// What a web server would send from a folder that was published to.
fn served(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = files(folder);
    files.retain(|path, _| !path.starts_with(".rahnuma/"));
    files
}

#[test]
fn a_folder_holds_what_was_published_last_and_goes_back() {
    let (first, second) = sites();
    let place = TempDir::new().unwrap();
    let folder = place.path().join("live");
    let url = format!("file://{}", folder.display());
    let (code, _, told) = run(&["publish", &url], first.path());
    assert!(code == 0 && told.contains("release 1 is live: "), "{told}");
    assert!(served(&folder) == public(&first));
    let (code, _, told) = run(&["publish", &url], first.path());
    assert!(code == 0 && told.contains("nothing changed: release 1 is live; 0 deleted"), "{told}");
    let before = files(&folder);
    let (code, planned, told) = run(&["publish", &url, "--dry-run"], second.path());
    assert!(code == 0 && told.contains("would make release 2; ") && files(&folder) == before, "{told}");
    let lines: Vec<&str> = planned.lines().collect();
    let at =
        |line: &str| lines.iter().position(|own| own.starts_with(line)).unwrap_or_else(|| panic!("{line}: {planned}"));
    assert!(at("put assets/site.") < at("put en/index.html") && at("put en/index.html") < at("put offline/en.json"));
    assert_eq!(lines.last(), Some(&"delete form.txt"));
    let (code, _, told) = run(&["publish", &url, "--purge-list", "purge.txt"], second.path());
    assert!(code == 0 && told.contains("release 2 is live: "), "{told}");
    let purge = fs::read_to_string(second.path().join("purge.txt")).unwrap();
    let purge: Vec<&str> = purge.lines().collect();
    assert!(purge.contains(&"https://guides.test/en/") && purge.contains(&"https://guides.test/form.txt"), "{purge:?}");
    assert_eq!(purge.len(), lines.len());
    // Pages in somebody's cache still name the old style sheet.
    let mut live = served(&folder);
    let old: Vec<String> = live.keys().filter(|path| !public(&second).contains_key(*path)).cloned().collect();
    assert!(old.len() == 1 && old[0].starts_with("assets/site."), "{old:?}");
    live.remove(&old[0]);
    assert!(live == public(&second));
    assert_eq!(run(&["verify", &url], first.path()).0, 0);
    let (code, _, told) = run(&["rollback", &url], first.path());
    assert!(code == 0 && told.contains("release 3, as release 1, is live"), "{told}");
    assert!(public(&first).iter().all(|(path, bytes)| served(&folder)[path] == *bytes));
    let (_, list, _) = run(&["rollback", &url, "--list"], first.path());
    let list: Vec<&str> = list.lines().collect();
    assert!(list[0].starts_with("3 of 2") && list[0].ends_with(", as release 1, live") && list.len() == 3, "{list:?}");
    assert!(run(&["rollback", &url], first.path()).2.contains("there is no release before 1"));
    assert!(run(&["rollback", &url, "9"], first.path()).2.contains("there is no release 9; there are: 1, 2, 3"));
    let (code, _, told) = run(&["rollback", &url, "2"], first.path());
    assert!(code == 0 && public(&second).iter().all(|(path, bytes)| served(&folder)[path] == *bytes), "{told}");
    assert!(!served(&folder).contains_key("form.txt"));
}

#[test]
fn what_others_did_there_is_seen() {
    let (first, second) = sites();
    let place = TempDir::new().unwrap();
    let url = format!("file://{}", place.path().display());
    write(place.path(), "index.html", "another site");
    write(place.path(), "own.txt", "theirs");
    let (code, _, told) = run(&["publish", &url], first.path());
    assert!(
        code == 2 && told.contains("index.html stands there and was not put by") && told.contains("--replace"),
        "{told}"
    );
    assert_eq!(served(place.path()).len(), 2, "nothing was touched");
    assert_eq!(run(&["publish", &url, "--replace"], first.path()).0, 0);
    write(place.path(), "en/index.html", "a wrong number");
    fs::remove_file(place.path().join("sw.js")).unwrap();
    let (code, different, _) = run(&["verify", &url], first.path());
    assert_eq!((code, different.as_str()), (1, "changed en/index.html\nforeign own.txt\nmissing sw.js\n"));
    let (code, _, told) = run(&["publish", &url], first.path());
    assert!(code == 0 && told.contains("somebody else changed en/index.html since"), "{told}");
    assert!(public(&first).iter().all(|(path, bytes)| served(place.path())[path] == *bytes));
    assert_eq!(served(place.path())["own.txt"], b"theirs");
    // What was built is published, or nothing.
    write(&second.path().join("public"), "en/index.html", "by hand");
    let (code, _, told) = run(&["publish", &url], second.path());
    assert!(code == 2 && told.contains("en/index.html differs") && told.contains("Build it again"), "{told}");
}

#[test]
fn whoever_publishes_hears_what_is_wrong_with_the_address() {
    let (first, _) = sites();
    for (url, why) in [
        ("public", "expected s3://BUCKET/FOLDER"),
        ("ftp://a/b", "expected s3://BUCKET/FOLDER"),
        ("s3://", "expected s3://BUCKET/FOLDER"),
        ("s3://a/../b", "expected s3://BUCKET/FOLDER"),
        ("file://here", "expected a path behind file://"),
        ("file:///", "expected a path behind file://"),
        ("file:///nowhere/at/all", "there is no such folder"),
        ("s3://name:hidden@bucket/a", "expected s3://BUCKET/FOLDER"),
    ] {
        let (code, _, told) = run(&["publish", url, "--dry-run"], first.path());
        assert!(code == 2 && told.contains(why) && !told.contains("hidden"), "{url}: {told}");
    }
    let nothing = TempDir::new().unwrap();
    let url = format!("file://{}", nothing.path().display());
    assert!(run(&["rollback", &url], first.path()).2.contains("nothing was published there"));
    let (code, _, told) = run(&["verify", &url], first.path());
    assert!(code == 2 && told.contains("nothing was published there"), "{told}");
    let (code, _, told) = run(&["publish", &url], nothing.path());
    assert!(code == 2 && told.contains("public"), "{told}");
}

#[test]
fn one_publishes_at_a_time() {
    let (first, _) = sites();
    let place = TempDir::new().unwrap();
    let url = format!("file://{}", place.path().display());
    let begun = ".rahnuma/begun/00000001.1";
    let (goes_on, folder) = (AtomicBool::new(true), place.path());
    write(folder, begun, "run other\nbeat 0\n");
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut beat = 0;
            while goes_on.load(Ordering::Relaxed) {
                beat += 1;
                write(folder, begun, format!("run other\nbeat {beat}\n"));
                thread::sleep(Duration::from_millis(50));
            }
        });
        let (code, _, told) = run(&["publish", &url], first.path());
        goes_on.store(false, Ordering::Relaxed);
        assert!(code == 2 && told.contains("somebody else is publishing there"), "{told}");
    });
    assert!(served(folder).is_empty());
    let (code, _, told) = run(&["publish", &url, "--wait", "1"], first.path());
    assert!(code == 0 && told.contains("looking whether it goes on"), "{told}");
    assert!(served(folder) == public(&first));
    assert!(!folder.join(begun).exists(), "what the other left is cleared away");
}

#[test]
fn what_a_host_sends_is_compared_with_what_was_built() {
    let (first, _) = sites();
    let copy = TempDir::new().unwrap();
    crate::common::copy(&first.path().join("public"), copy.path());
    let moved = |path: &str| (path == "en/about/index.html").then_some("301 Moved Permanently\r\nLocation: /en/");
    let port = server::host(copy.path().to_owned(), moved);
    let url = format!("http://127.0.0.1:{port}");
    let (code, different, told) = run(&["verify", &url], first.path());
    assert_eq!((code, different.as_str()), (0, ""), "{told}");
    assert!(told.contains("1 file answered with another address"), "{told}");
    write(copy.path(), "en/index.html", "an old page of a cache");
    fs::remove_file(copy.path().join("form.txt")).unwrap();
    let (code, different, _) = run(&["verify", &url, "--site", "public"], first.path());
    assert_eq!((code, different.as_str()), (1, "changed en/index.html\nmissing form.txt\n"));
    let (code, _, told) = run(&["verify", "http://127.0.0.1:1/"], first.path());
    assert!(code == 2 && told.contains("it cannot be reached"), "{told}");
}

/// The program with the store behind a port.
fn s3(what: &[&str], root: &Path, port: u16) -> Command {
    let mut command = command(what, root);
    command
        .env("AWS_ENDPOINT", format!("http://127.0.0.1:{port}"))
        .env("AWS_ALLOW_HTTP", "true")
        .env("AWS_ACCESS_KEY_ID", ACCESS_KEY)
        .env("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
        .env("AWS_REGION", "us-east-1")
        .env("AWS_TIMEOUT", "2 seconds")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

const URL: &str = "s3://site/";

fn s3_run(what: &[&str], root: &Path, port: u16) -> (i32, String, String) {
    said(&s3(what, root, port).output().unwrap())
}

#[test]
fn s3_is_told_what_each_file_is_and_a_broken_network_is_overcome() {
    let Some(server) = Server::start() else { return };
    let (first, second) = sites();
    let looking = Proxy::start(server.port, |_, _| Fate::Forward);
    let (code, _, told) = s3_run(&["publish", URL, "--dry-run"], first.path(), looking.port);
    assert_eq!(code, 0, "{told}");
    assert!(looking.seen().iter().all(|request| request.starts_with("GET ")), "{:?}", looking.seen());
    let broken = Proxy::start(server.port, |number, request| match number {
        _ if request.starts_with("PUT /site/.rahnuma/releases/") && number % 2 == 0 => Fate::CutAnswer,
        n if n % 5 == 0 => Fate::Busy,
        n if n % 7 == 0 => Fate::Cut,
        n if n % 11 == 0 => Fate::CutAnswer,
        _ => Fate::Forward,
    });
    let (code, _, told) = s3_run(&["publish", URL], first.path(), broken.port);
    assert!(code == 0 && told.contains("release 1 is live"), "{told}");
    assert!(server.objects() == public(&first));
    let header = |key: &str, name: &str| server.ask("HEAD", &format!("/{BUCKET}/{key}")).1.get(name).cloned();
    for (key, media_type, kept) in [
        ("en/index.html", "text/html; charset=utf-8", "no-cache"),
        ("sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("favicon.ico", "image/vnd.microsoft.icon", "public, max-age=86400"),
    ] {
        assert_eq!(header(key, "content-type").as_deref(), Some(media_type), "{key}");
        assert_eq!(header(key, "cache-control").as_deref(), Some(kept), "{key}");
    }
    let sheet =
        server.objects().into_keys().find(|key| key.starts_with("assets/site.") && key.ends_with(".css")).unwrap();
    assert_eq!(header(&sheet, "cache-control").as_deref(), Some("public, max-age=31536000, immutable"));
    // One answer never comes: the client gives up waiting and asks again.
    let slow = Proxy::start(server.port, |number, _| if number == 9 { Fate::Hold } else { Fate::Forward });
    let (code, _, told) = s3_run(&["publish", URL], second.path(), slow.port);
    assert!(code == 0 && told.contains("release 2 is live"), "{told}");
    let (code, different, told) = s3_run(&["verify", URL], second.path(), server.port);
    assert_eq!((code, different.as_str()), (0, ""), "{told}");
    let (code, _, told) = s3_run(&["rollback", URL], second.path(), broken.port);
    assert!(code == 0 && told.contains("release 3, as release 1, is live"), "{told}");
    let objects = server.objects();
    assert!(public(&first).iter().all(|(path, bytes)| objects[path] == *bytes));
    assert_eq!(header("en/index.html", "cache-control").as_deref(), Some("no-cache"));
    // A site below a folder knows nothing of what stands beside it.
    let below = "s3://site/a/b";
    assert_eq!(s3_run(&["publish", below], first.path(), server.port).0, 0);
    let own = public(&first);
    let objects = server.objects();
    let (below_it, beside): (Vec<&String>, Vec<&String>) = objects.keys().partition(|key| key.starts_with("a/b/"));
    assert!(below_it.iter().filter(|key| !key.contains("/.rahnuma/")).count() == own.len() && beside.len() > own.len());
    assert_eq!(s3_run(&["verify", below], first.path(), server.port).0, 0);
}

#[test]
fn nothing_secret_is_told() {
    let Some(server) = Server::start() else { return };
    let (first, _) = sites();
    let forbidding = Proxy::start(server.port, |_, _| Fate::Forbid);
    for what in [&["publish", URL][..], &["verify", URL], &["rollback", URL], &["publish", URL, "--dry-run"]] {
        let (code, _, told) = s3_run(what, first.path(), forbidding.port);
        assert!(code == 2 && told.contains("SignatureDoesNotMatch") && told.contains("credentials"), "{told}");
        assert!(!told.contains(ACCESS_KEY) && !told.contains(SECRET_KEY) && told.lines().count() == 1, "{told}");
    }
    let (code, _, told) = s3_run(&["publish", "s3://nowhere/"], first.path(), server.port);
    assert!(code == 2 && told.contains("NoSuchBucket") && told.contains("is the name of the bucket right?"), "{told}");
}

/// Files of the site that a page names.
fn named(page: &str) -> BTreeSet<String> {
    let tokens = page.split(['"', '\'', ' ', '(', ')', '>', '=']);
    let paths = tokens.filter_map(|token| token.strip_prefix('/')).map(|token| token.split(['?', '#']).next().unwrap());
    paths
        .filter(|path| {
            ["assets/", "icons/"].iter().any(|folder| path.starts_with(folder)) || path.ends_with(".webmanifest")
        })
        .map(str::to_owned)
        .collect()
}

/// What a reader may see while a site becomes another one.
fn assert_consistent(
    live: &BTreeMap<String, Vec<u8>>,
    old: &BTreeMap<String, Vec<u8>>,
    new: &BTreeMap<String, Vec<u8>>,
    when: &str,
) {
    let mut checked = 0;
    for (path, bytes) in live {
        assert!(
            [old, new].iter().any(|site| site.get(path) == Some(bytes)) || path.starts_with("assets/"),
            "{when}: {path} is of no build"
        );
        let text = String::from_utf8_lossy(bytes);
        if path.ends_with(".html") {
            for name in named(&text) {
                checked += 1;
                assert!(live.contains_key(&name), "{when}: {path} names {name}, which is not there");
            }
        }
        if path.starts_with("offline/") && old.get(path) != Some(bytes) {
            let list: serde_json::Value = serde_json::from_slice(bytes).unwrap();
            for file in list["files"].as_array().into_iter().flatten() {
                let (address, hash) = (file[0].as_str().unwrap(), file[1].as_str().unwrap());
                let name = address.trim_start_matches('/');
                let name =
                    if name.is_empty() || name.ends_with('/') { format!("{name}index.html") } else { name.to_owned() };
                checked += 1;
                assert_eq!(Sha256::of(&live[&name]).to_string(), hash, "{when}: {path} names another {name}");
            }
        }
    }
    assert!(live.is_empty() || checked > 20, "{when}: {checked}");
}

#[test]
fn twenty_kills_leave_a_whole_site_each_time() {
    let Some(server) = Server::start() else { return };
    let (first, second) = sites();
    let (root, of_second) = (first.path(), second.path());
    let counting = Proxy::start(server.port, |_, _| Fate::Forward);
    assert_eq!(s3_run(&["publish", URL], of_second, counting.port).0, 0);
    let all = Proxy::start(server.port, |_, _| Fate::Forward);
    assert_eq!(s3_run(&["publish", URL], root, all.port).0, 0);
    let requests = all.seen().len();
    assert!(requests > 40, "{requests}");
    for kill in 0..20 {
        let (new, old) = if kill % 2 == 0 { (&second, &first) } else { (&first, &second) };
        let at = 1 + kill * requests / 20;
        let proxy = Proxy::start(server.port, move |number, _| if number >= at { Fate::Hold } else { Fate::Forward });
        let mut child = s3(&["publish", URL, "--wait", "1"], new.path(), proxy.port).spawn().unwrap();
        assert!(proxy.wait_held(|| child.try_wait().unwrap().is_some()), "it ended before request {at}");
        child.kill().unwrap();
        child.wait().unwrap();
        // What was on its way arrives, or does not.
        proxy.open(kill % 4 < 2);
        let when = format!("killed at request {at} of {requests}");
        let (old, new_files) = (public(old), public(new));
        assert_consistent(&server.objects(), &old, &new_files, &when);
        let (code, _, told) = s3_run(&["publish", URL, "--wait", "1"], new.path(), server.port);
        assert_eq!(code, 0, "{when}: {told}");
        let objects = server.objects();
        assert_consistent(&objects, &old, &new_files, &when);
        assert!(new_files.iter().all(|(path, bytes)| objects.get(path) == Some(bytes)), "{when}");
        assert!(objects.keys().all(|path| new_files.contains_key(path) || path.starts_with("assets/")), "{when}");
        assert!(!told.contains("somebody else changed"), "{when}: {told}");
    }
    let (code, different, told) = s3_run(&["verify", URL], root, server.port);
    assert_eq!((code, different.as_str()), (0, ""), "{told}");
}

#[test]
fn a_run_that_was_counted_as_stopped_does_not_go_live() {
    let Some(server) = Server::start() else { return };
    let (first, second) = sites();
    // Its connection goes dead on the way.
    let dead = Proxy::start(server.port, |number, _| if number > 12 { Fate::Hold } else { Fate::Forward });
    let mut stopped = s3(&["publish", URL], first.path(), dead.port);
    let stopped = stopped.env("AWS_TIMEOUT", "60 seconds").spawn().unwrap();
    assert!(dead.wait_held(|| false));
    let (code, _, told) = s3_run(&["publish", URL, "--wait", "3"], second.path(), server.port);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("looking whether it goes on"), "{told}");
    dead.open(false);
    let (code, _, told) = said(&stopped.wait_with_output().unwrap());
    assert_eq!(code, 2, "{told}");
    // What it still sent, if anything, is put right by whoever publishes next.
    assert_eq!(s3_run(&["publish", URL], second.path(), server.port).0, 0);
    let objects = server.objects();
    assert!(public(&second).iter().all(|(path, bytes)| objects.get(path) == Some(bytes)));
    assert_eq!(s3_run(&["verify", URL], second.path(), server.port).0, 0);
}
