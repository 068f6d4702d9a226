//! What each host is told and holds: snapshots in `tests/hosts/`, the formats read as their makers document them, and files that are sent
//! compressed. Real servers are asked in `tests/browser/hosts.test.mjs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::program::{build, files, rahnuma, stderr};
use crate::common::{compiled, short, starter, write};
use flate2::read::GzDecoder;
use rahnuma::source::path::SitePath;
use serde_json::Value;
use tempfile::TempDir;

const HOSTS: [&str; 8] = ["github-pages", "netlify", "cloudflare-pages", "vercel", "nginx", "caddy", "apache", "s3"];

/// A site for a host with a guide that moved, below the root of its domain unless said otherwise.
fn site(host: &str, base_url: &str) -> TempDir {
    let site = starter();
    let config = site.path().join("content/site.yaml");
    let text = fs::read_to_string(&config).unwrap().replace("https://example.org/", base_url);
    fs::write(&config, format!("{text}\nhost: {host}\n")).unwrap();
    write(
        site.path(),
        "content/published.yaml",
        "addresses:\n  about: live\n  example: live\n  example/old-name: {renamed_to: example/close-sim}\n",
    );
    let registered = rahnuma().args(["register", "--root", site.path().to_str().unwrap()]).output().unwrap();
    assert!(registered.status.success(), "{}", stderr(&registered));
    site
}

const SUB: &str = "https://guides.test/sim/";

/// What the host reads of the site and what it is told besides.
fn told(site: &Path) -> BTreeMap<String, String> {
    let compiled = compiled(site);
    assert_eq!(short(site), "");
    let known = [".nojekyll", "_headers", "_redirects", "vercel.json", ".vercelignore", ".htaccess"];
    let read = |name: &str| compiled.render(&SitePath::new(name).unwrap()).ok().map(|file| file.bytes);
    let mut all: BTreeMap<String, String> = known
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), String::from_utf8(read(name)?.to_vec()).unwrap())))
        .collect();
    let printed = rahnuma().args(["host", "--root", site.to_str().unwrap()]).output().unwrap();
    assert_eq!(printed.status.code(), Some(0), "{}", stderr(&printed));
    if !printed.stdout.is_empty() {
        all.insert("rahnuma host".into(), String::from_utf8(printed.stdout).unwrap());
    }
    all
}

#[test]
fn every_host_is_told_what_it_was_told() {
    for host in HOSTS {
        let site = site(host, SUB);
        let told = told(site.path());
        assert!(!told.is_empty(), "{host}");
        let text: Vec<String> = told.iter().map(|(name, text)| format!("==== {name}\n{text}")).collect();
        let text = text.concat();
        let snapshot = PathBuf::from(format!("{}/tests/hosts/{host}.txt", env!("CARGO_MANIFEST_DIR")));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&snapshot, &text).unwrap();
        }
        assert_eq!(
            fs::read_to_string(&snapshot).unwrap_or_default(),
            text,
            "{host}: UPDATE=1 writes it; read the diff"
        );
    }
}

#[test]
fn at_the_root_of_a_domain_paths_begin_there() {
    for host in HOSTS {
        let site = site(host, "https://guides.test/");
        for (name, text) in told(site.path()) {
            assert!(!text.contains("/sim/") && !text.contains("//*"), "{host}: {name}\n{text}");
            assert!(!text.contains("= \"\"") && !text.contains("redir \"\""), "{host}: {name}\n{text}");
        }
    }
}

/// `_headers`: a path at the beginning of a line, below it indented `Name: value`.
fn headers(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut rules: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut path = None;
    for line in text.lines() {
        assert!(line.len() <= 2000, "Cloudflare reads no longer lines");
        if let Some(header) = line.strip_prefix("  ") {
            let (name, value) = header.split_once(": ").unwrap();
            assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{line}");
            assert_eq!(value.trim(), value);
            let rule = rules.get_mut(path.unwrap()).unwrap();
            assert!(rule.insert(name.to_owned(), value.to_owned()).is_none(), "twice: {line}");
        } else {
            assert!(line.starts_with('/') && line.matches('*').count() <= 1, "{line}");
            assert!(rules.insert(line.to_owned(), BTreeMap::new()).is_none(), "twice: {line}");
            path = Some(line);
        }
    }
    assert!(rules.len() <= 100, "Cloudflare reads no more");
    rules
}

fn matches(pattern: &str, path: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == path, |begins| path.starts_with(begins))
}

/// `_redirects`: from, to and a status, with `!` where it goes before a file.
fn redirects(text: &str) -> Vec<(&str, &str, u16, bool)> {
    let rules = text.lines().map(|line| {
        let [from, to, status] = line.split(' ').collect::<Vec<_>>().try_into().unwrap();
        assert!(from.starts_with('/') && to.starts_with('/') && line.len() <= 1000, "{line}");
        (from, to, status.trim_end_matches('!').parse().unwrap(), status.ends_with('!'))
    });
    rules.collect()
}

#[test]
fn netlify_and_cloudflare_read_their_files_as_they_document_them() {
    for host in ["netlify", "cloudflare-pages"] {
        let site = site(host, SUB);
        let told = told(site.path());
        let rules = headers(&told["_headers"]);
        for path in
            ["/sim/", "/sim/en/example/close-sim/", "/sim/assets/a.css", "/sim/sw.js", "/sim/en/manifest.webmanifest"]
        {
            let applied: Vec<(&String, &String)> =
                rules.iter().filter(|(pattern, _)| matches(pattern, path)).flat_map(|(_, rule)| rule).collect();
            let names: BTreeSet<&String> = applied.iter().map(|(name, _)| *name).collect();
            assert_eq!(names.len(), applied.len(), "{host} would join two values: {path} {applied:?}");
            let value = |name: &str| applied.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str());
            assert!(value("Content-Security-Policy").unwrap().ends_with("; frame-ancestors 'none'"));
            assert_eq!(
                value("Cache-Control").is_some_and(|value| value.contains("immutable")),
                path.contains("assets")
            );
        }
        let rules = redirects(&told["_redirects"]);
        let first = |path: &str| rules.iter().find(|(from, ..)| matches(from, path)).unwrap();
        let (_, to, status, forced) = *first("/sim/ur/example/old-name/");
        assert_eq!((to, status, forced), ("/sim/ur/example/close-sim/", 301, host == "netlify"));
        let hidden = first("/sim/.rahnuma-manifest");
        if host == "netlify" {
            assert_eq!((hidden.2, hidden.3), (404, true));
            assert_eq!(first("/sim/zh/nothing").1, "/sim/zh/404.html");
            assert_eq!(first("/sim/nothing").1, "/sim/404.html");
        } else {
            // No other status is read there.
            assert!(rules.iter().all(|(_, _, status, forced)| matches!(status, 301 | 302) && !forced));
        }
    }
}

#[test]
fn vercel_reads_its_file_as_it_documents_it() {
    let site = site("vercel", SUB);
    let told = told(site.path());
    let all: Value = serde_json::from_str(&told["vercel.json"]).unwrap();
    let keys: BTreeSet<&str> = all.as_object().unwrap().keys().map(String::as_str).collect();
    // `routes` could not stand beside these.
    assert_eq!(keys, BTreeSet::from(["$schema", "headers", "redirects", "trailingSlash"]));
    for rule in all["headers"].as_array().unwrap() {
        assert!(rule["source"].as_str().unwrap().starts_with("/sim/"));
        for header in rule["headers"].as_array().unwrap() {
            assert!(header["key"].is_string() && header["value"].is_string() && header.as_object().unwrap().len() == 2);
        }
    }
    let moved = &all["redirects"][1];
    assert_eq!(moved["destination"], "/sim/en/example/close-sim/");
    assert_eq!(
        (moved["source"].as_str(), moved["statusCode"].as_u64()),
        (Some("/sim/en/example/old-name/"), Some(301))
    );
    assert_eq!(told[".vercelignore"], ".rahnuma*\n");
}

#[test]
#[cfg(unix)]
fn the_script_for_s3_uploads_every_file_with_its_type() {
    let site = site("s3", SUB);
    let script = &told(site.path())["rahnuma host"];
    let run = TempDir::new().unwrap();
    write(run.path(), "script", script);
    write(
        run.path(),
        "aws",
        "#!/bin/sh\nfor word in \"$@\"; do printf '%s\\t' \"$word\"; done >> \"$LOG\"; echo >> \"$LOG\"\n",
    );
    fs::set_permissions(run.path().join("aws"), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", run.path().display(), std::env::var("PATH").unwrap());
    let sh = |arguments: &[&str]| {
        let mut command = Command::new("sh");
        command.arg(run.path().join("script")).args(arguments);
        let output =
            command.env("PATH", &path).env("LOG", run.path().join("log")).current_dir(run.path()).output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        output.stdout
    };
    sh(&["a folder/", "bucket"]);
    let log = fs::read_to_string(run.path().join("log")).unwrap();
    let calls: Vec<Vec<&str>> = log.lines().map(|line| line.trim_end_matches('\t').split('\t').collect()).collect();
    let of = |ending: &str, below: &str| {
        let found = calls.iter().find(|call| call.contains(&format!("*.{ending}").as_str()) && call[3] == below);
        let call = found.unwrap_or_else(|| panic!("{ending} {log}"));
        let after = |name: &str| call[call.iter().position(|word| *word == name).unwrap() + 1];
        (call[4], after("--content-type"), after("--cache-control"))
    };
    assert_eq!(of("html", "a folder/"), ("s3://bucket/sim/", "text/html; charset=utf-8", "no-cache"));
    let lasting = ("s3://bucket/sim/assets/", "text/css; charset=utf-8", "public, max-age=31536000, immutable");
    assert_eq!(of("css", "a folder/assets/"), lasting);
    let pages = calls.iter().find(|call| call.contains(&"*.html") && call[3] == "a folder/").unwrap();
    assert!(pages.windows(2).any(|two| two == ["--exclude", ".rahnuma*"]) && pages.contains(&"assets/*"), "{pages:?}");
    assert!(
        log.contains("sim/ur/example/old-name/index.html\t--website-redirect-location\t/sim/ur/example/close-sim/")
    );
    let policy: Value = serde_json::from_slice(&sh(&["headers"])).unwrap();
    assert!(policy["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"].is_string());
}

#[test]
fn servers_find_text_compressed_and_other_hosts_do_not() {
    let site = site("nginx", SUB);
    let built = build(site.path(), &[]);
    assert_eq!(built.status.code(), Some(0), "{}", stderr(&built));
    let public = site.path().join("public");
    let first = files(&public);
    let text = |name: &str| {
        [".html", ".css", ".js", ".json", ".xml", ".txt", ".ics", ".svg"].iter().any(|end| name.ends_with(end))
    };
    for (name, bytes) in &first {
        let [gzip, brotli] = [".gz", ".br"].map(|ending| first.get(&format!("{name}{ending}")));
        let is_text = text(name) || name.ends_with(".webmanifest");
        assert_eq!((gzip.is_some(), brotli.is_some()), (is_text, is_text), "{name}");
        if let Some((gzip, brotli)) = gzip.zip(brotli) {
            let (mut whole, mut same) = (Vec::new(), Vec::new());
            GzDecoder::new(gzip.as_slice()).read_to_end(&mut whole).unwrap();
            brotli::Decompressor::new(brotli.as_slice(), 4096).read_to_end(&mut same).unwrap();
            assert_eq!((&whole, &same), (bytes, bytes), "{name}");
            assert!(brotli.len() <= gzip.len() + 8, "{name}");
        }
    }
    let page = public.join("en/index.html.gz");
    let before = fs::metadata(&page).unwrap().modified().unwrap();
    fs::remove_file(public.join("zh/index.html.gz")).unwrap();
    build(site.path(), &[]);
    assert!(files(&public) == first, "what is missing is made again");
    assert_eq!(fs::metadata(&page).unwrap().modified().unwrap(), before, "what is there stays as it is");
    let config = site.path().join("content/site.yaml");
    fs::write(&config, fs::read_to_string(&config).unwrap().replace("host: nginx", "host: netlify")).unwrap();
    build(site.path(), &[]);
    let left = files(&public);
    assert!(
        left.keys().all(|name| !name.ends_with(".gz") && !name.ends_with(".br") || name.starts_with("assets/")),
        "{:?}",
        left.keys()
    );
}

/// A template for plain pages that states a policy.
fn theme(site: &Path, policy: &str) {
    let page = format!(
        "<!doctype html><html lang=\"{{{{ page.locale.tag }}}}\" dir=\"{{{{ page.locale.dir }}}}\"><title>{{{{ page.title }}}}</title><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"><h1>{{{{ page.title }}}}</h1>{{{{ plain.html | safe }}}}"
    );
    write(site, "themes/default/templates/plain.html", page);
}

#[test]
fn the_header_allows_what_pages_of_a_theme_allow_themselves() {
    let site = site("netlify", SUB);
    let policy = |site: &Path| headers(&told(site)["_headers"])["/sim/*"]["Content-Security-Policy"].clone();
    assert!(policy(site.path()).starts_with("default-src 'none'; ") && !policy(site.path()).contains("media-src"));
    theme(site.path(), "default-src 'none'; media-src 'self'");
    assert!(policy(site.path()).contains("; media-src 'self'; "), "{}", policy(site.path()));
    theme(site.path(), "default-src 'none'{% if page.locale.id == 'ur' %}; media-src 'self'{% endif %}");
    let found = short(site.path());
    assert!(found.contains("[unsafe-page]") && found.contains("/ur/about/ states another policy"), "{found}");
}

#[test]
fn whoever_asks_for_another_host_hears_which_there_are() {
    let site = site("netlify", SUB);
    let root = site.path().to_str().unwrap();
    let ask = |arguments: &[&str]| rahnuma().arg("host").args(arguments).args(["--root", root]).output().unwrap();
    let files = ask(&[]);
    assert_eq!((files.status.code(), files.stdout.is_empty()), (Some(0), true));
    assert!(stderr(&files).contains("_headers and _redirects"), "{}", stderr(&files));
    let other = ask(&["nginx", "--base-url", "https://guides.test/a%20b/"]);
    let settings = String::from_utf8(other.stdout).unwrap();
    assert!(settings.contains("location \"/a b/\"") && settings.contains("return 301 \"/a%20b/en/"), "{settings}");
    let unknown = ask(&["iis"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("github-pages, netlify"), "{}", stderr(&unknown));
    write(site.path(), "content/site.yaml", "id: x");
    assert_eq!(ask(&["nginx"]).status.code(), Some(1));
}

#[test]
fn a_copy_is_compared_with_what_was_built() {
    let site = site("caddy", SUB);
    let public = site.path().join("public");
    let verify = || {
        let output = rahnuma().arg("verify").arg(&public).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout.clone()).unwrap(), stderr(&output))
    };
    assert_eq!(verify().0, 2, "nothing is there");
    build(site.path(), &[]);
    let (code, different, said) = verify();
    assert_eq!((code, different.as_str()), (0, ""), "{said}");
    assert!(said.contains("all as they were built"), "{said}");
    // Assets of earlier builds are compared, too.
    let sheet = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/assets/site.css")).unwrap();
    write(
        site.path(),
        "themes/default/assets/site.css",
        format!("{sheet}\n.wrap {{ outline-color: rgb(1, 2, 3); }}\n"),
    );
    build(site.path(), &[]);
    assert_eq!(verify().0, 0, "{}", verify().1);
    write(&public, "en/index.html", "short");
    write(&public, "own.txt", "x");
    fs::remove_file(public.join("sw.js")).unwrap();
    assert_eq!(verify().1, "changed en/index.html\nforeign own.txt\nmissing sw.js\n");
    assert_eq!(verify().0, 1);
    let manifest = fs::read_to_string(public.join(".rahnuma-manifest")).unwrap();
    let bare: Vec<&str> = manifest.lines().map(|line| line.split('\t').next().unwrap()).collect();
    write(&public, ".rahnuma-manifest", bare.join("\n"));
    let (code, _, said) = verify();
    assert!(code == 2 && said.contains("build it again"), "{said}");
}
