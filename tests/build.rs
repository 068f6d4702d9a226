//! Builds as a deployer sees them: exit codes, what is written, and what is left alone.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::program::{build, files, rahnuma, stderr};
use crate::common::{starter, write};

/// What a build leaves in the folder beside the target.
fn left_beside(site: &Path) -> Vec<String> {
    let names = fs::read_dir(site.join(".public.rahnuma")).into_iter().flatten();
    names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_new_site_builds_with_the_program_alone() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("my-site");
    let made = rahnuma().args(["init", site.to_str().unwrap()]).output().unwrap();
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    let built = build(&site, &["--strict", "--base-url", "https://guides.example/"]);
    assert_eq!(built.status.code(), Some(0), "{}", stderr(&built));
    let written = files(&site.join("public"));
    for page in [
        "index.html",
        "404.html",
        "zh/index.html",
        "en/example/close-sim/index.html",
        "ur/sources/index.html",
        "ur/404.html",
    ] {
        assert!(written.contains_key(page), "{page}");
    }
    assert!(stderr(&built).contains("built ") && stderr(&built).contains("0 warnings"), "{}", stderr(&built));
    let again = rahnuma().args(["init", site.to_str().unwrap()]).output().unwrap();
    assert_eq!(again.status.code(), Some(2));
    assert_eq!(left_beside(&site), ["cache"]);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (one, two) = (starter(), starter());
    assert!(build(one.path(), &[]).status.success());
    assert!(build(two.path(), &[]).status.success());
    let first = files(&one.path().join("public"));
    assert!(first.len() > 10);
    assert_eq!(first, files(&two.path().join("public")));
    // Thread order does not show either.
    let single = Command::new(env!("CARGO_BIN_EXE_rahnuma"))
        .args(["build", "--as-of", "2026-11-22", "--root", two.path().to_str().unwrap()])
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .unwrap();
    assert!(single.status.success());
    assert_eq!(first, files(&two.path().join("public")));
}

#[test]
fn errors_leave_the_last_good_site_untouched() {
    let site = starter();
    assert!(build(site.path(), &[]).status.success());
    let before = files(&site.path().join("public"));
    write(site.path(), "content/pages/broken.en.md", "no front matter\n");
    let failed = build(site.path(), &[]);
    assert_eq!(failed.status.code(), Some(1), "{}", stderr(&failed));
    assert_eq!(before, files(&site.path().join("public")));
}

#[test]
fn template_errors_leave_the_last_good_site_untouched() {
    let site = starter();
    assert!(build(site.path(), &[]).status.success());
    let before = files(&site.path().join("public"));
    write(site.path(), "themes/default/templates/plain.html", "<p>{{ plain.no_such_thing.at_all }}</p>");
    let failed = build(site.path(), &[]);
    assert_eq!(failed.status.code(), Some(1), "{}", stderr(&failed));
    assert!(stderr(&failed).contains("themes/default/templates/plain.html:1:"), "{}", stderr(&failed));
    assert_eq!(before, files(&site.path().join("public")));
    assert_eq!(left_beside(site.path()), ["cache"]);
}

#[test]
fn files_that_no_build_wrote_are_named_and_left_alone() {
    let site = starter();
    write(site.path(), "public/notes.txt", "mine");
    let refused = build(site.path(), &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("notes.txt"), "{}", stderr(&refused));
    assert_eq!(files(&site.path().join("public")).len(), 1);
    fs::remove_file(site.path().join("public/notes.txt")).unwrap();
    assert!(build(site.path(), &[]).status.success());
    write(site.path(), "public/en/stray.html", "mine");
    assert_eq!(build(site.path(), &[]).status.code(), Some(2));
    assert!(site.path().join("public/en/stray.html").exists());
}

#[test]
fn pages_that_are_gone_are_gone() {
    let site = starter();
    assert!(build(site.path(), &[]).status.success());
    for locale in ["zh", "en", "ur"] {
        fs::remove_file(site.path().join(format!("content/pages/about.{locale}.md"))).unwrap();
    }
    let built = build(site.path(), &[]);
    assert!(built.status.success(), "{}", stderr(&built));
    assert!(!site.path().join("public/en/about").exists());
}

#[test]
fn killing_a_build_at_any_moment_leaves_a_whole_site() {
    let site = starter();
    assert!(build(site.path(), &[]).status.success());
    let old = files(&site.path().join("public"));
    // The next site differs on every page, so that a mixture of the two would show.
    let title = site.path().join("content/site.yaml");
    fs::write(&title, fs::read_to_string(&title).unwrap().replace("My guides", "Other guides")).unwrap();
    let elsewhere = site.path().join("elsewhere");
    assert!(build(site.path(), &["--output-dir", elsewhere.to_str().unwrap()]).status.success());
    let new = files(&elsewhere);
    assert_ne!(old, new);
    let mut cut_short = 0;
    // Kill as soon as each file of the new site appears, so that every stage of writing is cut short once.
    for stage in ["", "site", "site/index.html", "site/en/index.html", "site/ur/sources/index.html"] {
        let watched = site.path().join(".public.rahnuma").join(stage);
        let mut child = Command::new(env!("CARGO_BIN_EXE_rahnuma"))
            .args(["build", "-q", "--as-of", "2026-11-22", "--root", site.path().to_str().unwrap()])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while !watched.exists() && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        let _ = child.kill();
        cut_short += usize::from(!child.wait().unwrap().success());
        let found = files(&site.path().join("public"));
        assert!(found == old || found == new, "killed at {stage:?}: neither the old site nor the new one");
    }
    assert!(cut_short > 0, "no build was killed before its end");
    assert!(build(site.path(), &[]).status.success());
    assert_eq!(files(&site.path().join("public")), new);
    assert_eq!(left_beside(site.path()), ["cache"]);
}

#[test]
fn a_target_among_the_sources_is_refused() {
    let site = starter();
    for target in ["content/out", "content", "", "themes/default"] {
        let target = site.path().join(target);
        let refused = build(site.path(), &["--output-dir", target.to_str().unwrap()]);
        assert_eq!(refused.status.code(), Some(2), "{}: {}", target.display(), stderr(&refused));
    }
    assert_eq!(crate::common::short(site.path()), "");
}

#[test]
fn one_build_at_a_time() {
    let site = starter();
    let staging = site.path().join(".public.rahnuma");
    fs::create_dir(&staging).unwrap();
    let held = fs::File::open(&staging).unwrap();
    held.lock().unwrap();
    let refused = build(site.path(), &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("another build"), "{}", stderr(&refused));
    drop(held);
    assert!(build(site.path(), &[]).status.success());
}

#[test]
fn exit_codes() {
    let site = starter();
    let root = site.path().to_str().unwrap();
    assert_eq!(
        rahnuma().args(["check", "--as-of", "2026-11-22", "--root", root]).output().unwrap().status.code(),
        Some(0)
    );
    // Years later every fact is overdue: a warning, which --strict refuses.
    assert_eq!(
        rahnuma().args(["check", "--as-of", "2046-11-22", "--root", root]).output().unwrap().status.code(),
        Some(0)
    );
    assert_eq!(
        rahnuma().args(["check", "--as-of", "2046-11-22", "--strict", "--root", root]).output().unwrap().status.code(),
        Some(1)
    );
    write(site.path(), "content/stray.txt", "x");
    assert_eq!(rahnuma().args(["check", "--root", root]).output().unwrap().status.code(), Some(1));
    assert_eq!(rahnuma().args(["check", "--root", "/nowhere/at/all"]).output().unwrap().status.code(), Some(2));
    assert_eq!(rahnuma().args(["check", "--as-of", "tomorrow"]).output().unwrap().status.code(), Some(2));
    assert_eq!(rahnuma().args(["build", "--base-url", "example.org"]).output().unwrap().status.code(), Some(2));
    assert_eq!(rahnuma().args(["no-such-command"]).output().unwrap().status.code(), Some(2));
    assert_eq!(rahnuma().args(["--help"]).output().unwrap().status.code(), Some(0));
}

#[test]
fn machine_formats_go_to_stdout() {
    let site = starter();
    write(site.path(), "content/stray.txt", "x");
    let root = site.path().to_str().unwrap();
    let short =
        rahnuma().args(["check", "--as-of", "2026-11-22", "--format", "short", "--root", root]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&short.stdout).lines().count(), 1);
    assert!(String::from_utf8_lossy(&short.stdout).starts_with("content/stray.txt:1:1: error[unknown-place]: "));
    let json = rahnuma().args(["check", "--as-of", "2026-11-22", "--format", "json", "--root", root]).output().unwrap();
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(value["code"], "unknown-place");
    assert_eq!(value["primary"]["file"], "content/stray.txt");
}

#[test]
fn services_for_code_show_findings_at_their_lines() {
    let site = starter();
    let (guide, odd) = ("content/guides/example/ask.en.md", "content/guides/example/ask, twice.en.md");
    write(site.path(), guide, "---\ntitle: A\nsummary: B\n---\nC {{ no-fact }} 100%\n");
    write(site.path(), odd, "x");
    let root = site.path().to_str().unwrap();
    let check = |format: &str| {
        let arguments = ["check", "--as-of", "2026-11-22", "--format", format, "--root", root];
        String::from_utf8(rahnuma().args(arguments).output().unwrap().stdout).unwrap()
    };
    let annotations = check("github");
    for place in [
        "file=content/guides/example/ask.en.md,line=5,endLine=5,col=3,endColumn=16,title=unknown-fact::",
        "file=content/guides/example/ask%2C twice.en.md,line=1,endLine=1,col=1,endColumn=1,title=bad-file-name::",
    ] {
        assert!(annotations.lines().any(|line| line.starts_with(&format!("::error {place}"))), "{annotations}");
    }
    let sarif: serde_json::Value = serde_json::from_str(&check("sarif")).unwrap();
    let run = &sarif["runs"][0];
    let found = |rule: &str| {
        let results = run["results"].as_array().unwrap();
        results.iter().find(|found| found["ruleId"] == rule).unwrap()["locations"][0]["physicalLocation"].clone()
    };
    assert_eq!(found("bad-file-name")["artifactLocation"]["uri"], "content/guides/example/ask%2C%20twice.en.md");
    let region = serde_json::json!({ "startLine": 5, "startColumn": 3, "endLine": 5, "endColumn": 16 });
    assert_eq!(found("unknown-fact")["region"], region);
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().any(|rule| rule["id"] == "unknown-fact" && rule["shortDescription"]["text"] != ""));
    fs::remove_file(site.path().join(odd)).unwrap();
    fs::remove_file(site.path().join(guide)).unwrap();
    assert_eq!(check("github"), "");
    let clean: serde_json::Value = serde_json::from_str(&check("sarif")).unwrap();
    assert_eq!((&clean["version"], &clean["runs"][0]["results"]), (&"2.1.0".into(), &serde_json::json!([])));
}

#[test]
fn another_address() {
    let site = starter();
    assert!(build(site.path(), &["--base-url", "https://example.net/some/path/"]).status.success());
    let page = fs::read_to_string(site.path().join("public/ur/index.html")).unwrap();
    assert!(page.contains("/some/path/ur/example/"), "{page}");
    assert!(page.contains("https://example.net/some/path/ur/"), "{page}");
    assert!(!page.contains("https://example.org/"), "{page}");
}

#[test]
fn explain_and_completions() {
    let page = rahnuma().args(["explain", "unknown-fact"]).output().unwrap();
    assert!(String::from_utf8_lossy(&page.stdout).starts_with("# unknown-fact\n"));
    assert_eq!(rahnuma().args(["explain", "error[unknown-fact]"]).output().unwrap().stdout, page.stdout);
    let near = rahnuma().args(["explain", "unknown-fct"]).output().unwrap();
    assert_eq!(near.status.code(), Some(2));
    assert!(stderr(&near).contains("did you mean `unknown-fact`?"));
    let list = rahnuma().args(["explain"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&list.stdout).lines().count(), rahnuma::diag::Code::ALL.len());
    for shell in ["bash", "zsh", "fish"] {
        assert!(!rahnuma().args(["completions", shell]).output().unwrap().stdout.is_empty(), "{shell}");
    }
}

#[test]
fn a_preview_says_what_it_is_and_what_is_published_has_its_own_address() {
    let site = starter();
    let strict = build(site.path(), &["--strict"]);
    assert_eq!(strict.status.code(), Some(1));
    assert!(stderr(&strict).contains("warning[placeholder]"), "{}", stderr(&strict));
    let plain = build(site.path(), &[]);
    assert!(plain.status.code() == Some(0) && stderr(&plain).contains("warning[placeholder]"), "{}", stderr(&plain));
    let named = build(site.path(), &["--base-url", "https://example.org/"]);
    assert!(!stderr(&named).contains("placeholder"), "{}", stderr(&named));
    let published = files(&site.path().join("public"));
    let preview = build(site.path(), &["--preview"]);
    assert!(preview.status.code() == Some(0) && !stderr(&preview).contains("placeholder"), "{}", stderr(&preview));
    let shown = files(&site.path().join("public"));
    for (name, bytes) in shown.iter().filter(|(name, _)| name.ends_with(".html")) {
        let (now, before) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&published[name]));
        assert!(now.contains("<meta name=robots content=noindex>"), "{name}");
        assert!(now.contains("<p class=notice>") && !before.contains("<p class=notice>"), "{name}");
    }
    assert!(shown["robots.txt"].ends_with(b"Disallow: /\n"));
}

#[test]
fn files_are_copied_as_they_are() {
    let site = starter();
    let root = site.path();
    write(root, "content/static/CNAME", "guide.example.net\n");
    write(root, "content/static/.well-known/security.txt", "Contact: mailto:a@example.net\n");
    write(root, "content/static/.DS_Store", "x");
    write(root, "content/static/forms/Close-1.pdf", b"%PDF-1.7\n");
    write(root, "content/static/notes.md", "# No page\n");
    for locale in ["en", "ur", "zh"] {
        let page = root.join(format!("content/pages/about.{locale}.md"));
        let text = fs::read_to_string(&page).unwrap() + "\n[PDF](../static/forms/Close-1.pdf)\n";
        fs::write(page, text).unwrap();
    }
    let output = build(root, &["--base-url", "https://a.example.net/sim/"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let public = files(&root.join("public"));
    assert_eq!(public["CNAME"], b"guide.example.net\n");
    assert!(public.contains_key(".well-known/security.txt") && public.contains_key("notes.md"));
    assert!(!public.keys().any(|name| name.contains("DS_Store")));
    let page = String::from_utf8(public["en/about/index.html"].clone()).unwrap();
    assert!(page.contains("<a href=/sim/forms/Close-1.pdf>PDF</a>"), "{page}");
    assert!(
        public
            .iter()
            .all(|(name, bytes)| !name.ends_with(".json") || !String::from_utf8_lossy(bytes).contains("Close-1"))
    );
    // What would stand in the place of a page is told.
    write(root, "content/static/en/about/index.html", "x");
    let output = build(root, &[]);
    assert!(output.status.code() == Some(1) && stderr(&output).contains("error[same-address]"), "{}", stderr(&output));
    assert!(stderr(&output).contains("content/static/en/about/index.html"), "{}", stderr(&output));
}
