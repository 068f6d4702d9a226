//! A build that remembers gives the same site as one that does not, whatever was changed and whatever became of its memory; and
//! it leaves alone what did not change.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::common::{TODAY, copy, starter, write};
use jiff::civil::Date;
use rahnuma::compile::{Memory, Options, compile_again};
use rahnuma::diag::emit::{Format, render};
use rahnuma::edge::disk::{self, FileStamp};
use walkdir::WalkDir;

/// Builds as the program does. Whether the content was without errors, and what was found.
fn build_on(root: &Path, target: &Path, as_of: Date) -> (bool, String) {
    let mut earlier = disk::remembered(target);
    let mut sources = std::mem::take(&mut earlier.sources);
    let (tree, unread) = disk::read(root);
    let mut compiled = compile_again(&tree, &Options { as_of, ..Options::default() }, &mut sources, &|_| {});
    compiled.add(unread);
    let found = render(&compiled.diagnostics, &compiled.tree, Format::Short);
    let fine = !compiled.has_errors()
        && disk::write(&compiled, target, (&earlier, sources), &disk::How::default(), &|_, _| {}).is_ok();
    (fine, found)
}

fn build(root: &Path, target: &Path) -> (bool, String) {
    build_on(root, target, TODAY)
}

/// Every file of a site with its bytes.
fn files(target: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = WalkDir::new(target).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(target).unwrap().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Every file of a site with what tells whether it was written again.
fn stamps(target: &Path) -> BTreeMap<String, FileStamp> {
    let stamp = |name: &String| FileStamp::of(&fs::metadata(target.join(name)).unwrap());
    files(target)
        .into_keys()
        .map(|name| {
            let stamp = stamp(&name);
            (name, stamp)
        })
        .collect()
}

/// Names of the files whose stamps differ.
fn written(before: &BTreeMap<String, FileStamp>, after: &BTreeMap<String, FileStamp>) -> Vec<String> {
    after.iter().filter(|(name, stamp)| before.get(*name) != Some(*stamp)).map(|(name, _)| name.clone()).collect()
}

/// A site, and where it is built.
struct Project {
    root: tempfile::TempDir,
    out: tempfile::TempDir,
}

impl Project {
    fn new() -> Self {
        Self { root: starter(), out: tempfile::tempdir().unwrap() }
    }

    fn target(&self) -> std::path::PathBuf {
        self.out.path().join("public")
    }

    /// Builds with what is remembered and without, and compares.
    fn check(&self, what: &str) -> bool {
        let fresh = tempfile::tempdir().unwrap();
        let cold = fresh.path().join("public");
        let (again, (anew, found)) = (build(self.root.path(), &self.target()), build(self.root.path(), &cold));
        assert_eq!(again, (anew, found), "{what}: not the same is found");
        if anew {
            let (mut again, mut anew) = (files(&self.target()), files(&cold));
            // Assets of earlier builds stay for a while, and the manifest says since when.
            again.retain(|name, _| anew.contains_key(name) || !name.starts_with("assets/"));
            again.remove(disk::MANIFEST);
            anew.remove(disk::MANIFEST);
            let other: Vec<&String> =
                anew.iter().filter(|(name, bytes)| again.get(*name) != Some(*bytes)).map(|(name, _)| name).collect();
            assert!(other.is_empty() && again.len() == anew.len(), "{what}: {other:?}");
        }
        anew
    }
}

#[test]
fn nothing_changed_writes_nothing_but_the_manifest() {
    let project = Project::new();
    assert!(project.check("first"));
    let before = stamps(&project.target());
    assert!(project.check("again"));
    assert_eq!(written(&before, &stamps(&project.target())), [disk::MANIFEST]);
}

#[test]
fn one_guide_changed_writes_its_page_and_what_lists_it() {
    let project = Project::new();
    assert!(project.check("first"));
    let before = stamps(&project.target());
    let guide = project.root.path().join("content/guides/example/close-sim.en.md");
    let text = fs::read_to_string(&guide).unwrap();
    fs::write(&guide, text.replacen("\n## ", "\nOne sentence more.\n\n## ", 1)).unwrap();
    assert!(project.check("a sentence more"));
    let written = written(&before, &stamps(&project.target()));
    assert_eq!(
        written,
        [disk::MANIFEST, "en/example/close-sim/index.html", "offline/en.json", "offline/en/example.json"]
    );
}

/// What the home page and those of carriers show besides their own: the text that helps to decide, and where situations lead.
#[test]
fn what_stands_on_other_pages_is_new_there() {
    let project = Project::new();
    let write = |name: &str, text: String| crate::common::write(project.root.path(), name, text);
    let decide = |words: &str| format!("---\ntitle: Decide\nsummary: Lines.\n---\n{words}\n");
    for locale in ["en", "ur", "zh"] {
        write(&format!("content/pages/decide.{locale}.md"), decide("…"));
    }
    let situations = project.root.path().join("content/situations.yaml");
    let led = fs::read_to_string(&situations).unwrap() + "  guides: [example/close-sim]\n";
    fs::write(&situations, led).unwrap();
    assert!(project.check("first"));
    let before = stamps(&project.target());
    write("content/pages/decide.en.md", decide("Call first."));
    assert!(project.check("words that help to decide"));
    let after = stamps(&project.target());
    let lists = ["offline/en.json", "offline/en/example.json"];
    assert_eq!(
        written(&before, &after),
        [[disk::MANIFEST, "en/example/index.html", "en/index.html"].as_slice(), &lists].concat()
    );
    // Without the situation in the guide's items there is nothing for the link to set.
    for locale in ["en", "ur", "zh"] {
        let guide = project.root.path().join(format!("content/guides/example/close-sim.{locale}.md"));
        let text = fs::read_to_string(&guide).unwrap();
        fs::write(&guide, text.replace(" when=abroad", "").replace(" unless=abroad", "")).unwrap();
    }
    assert!(project.check("a situation less in a guide"));
    let written = written(&after, &stamps(&project.target()));
    assert!(written.contains(&"en/index.html".to_owned()), "{written:?}");
}

/// Builds on the day after: names of the files that were written, after a look whether a build without memory gives the same.
fn next_day(project: &Project, day: Date) -> (Date, Vec<String>) {
    let before = stamps(&project.target());
    let day = day.tomorrow().unwrap();
    let fresh = tempfile::tempdir().unwrap();
    assert!(build_on(project.root.path(), &project.target(), day).0);
    assert!(build_on(project.root.path(), &fresh.path().join("public"), day).0);
    assert_eq!(files(&project.target()), files(&fresh.path().join("public")), "{day}");
    (day, written(&before, &stamps(&project.target())))
}

#[test]
fn another_day_writes_the_day_and_what_it_makes_of_facts() {
    let project = Project::new();
    let reading = |value: u8, period: &str| {
        format!(
            "      - value: {{unit: days, exact: {value}}}\n        {period}\n        confidence: reported\n        checked: 2026-11-20\n        sources: [our-notes]\n"
        )
    };
    let facts = reading(60, "until: 2026-11-24") + &reading(90, "from: 2026-11-25");
    let changed = format!(
        "name: {{zh: 变, en: Changed, ur: نیا}}\nstatus: active\ncountry: PK\nfacts:\n  - id: wait\n    label: {{zh: 等, en: Wait, ur: انتظار}}\n    kind: duration\n    risk: high\n    readings:\n{facts}"
    );
    write(project.root.path(), "content/policies/changed.yaml", changed);
    assert!(project.check("first"));
    // On the next day but one nothing changes; on the third the rule does.
    let (day, quiet) = next_day(&project, TODAY);
    assert_eq!(quiet, [disk::MANIFEST, "day.json"]);
    let (day, quiet) = next_day(&project, day);
    assert_eq!(quiet, [disk::MANIFEST, "day.json"]);
    let (day, written) = next_day(&project, day);
    for page in ["en/changed/index.html", "en/changes/index.html", "en/changes/feed.xml", "en/compare/index.html"] {
        let is_new = written.iter().any(|name| name == page);
        assert_eq!(is_new, page != "en/compare/index.html", "{page} on {day}: {written:?}");
    }
    assert!(!written.iter().any(|name| name.contains("example/")), "{written:?}");
    let (_, written) = next_day(&project, day);
    assert_eq!(written, [disk::MANIFEST, "day.json"]);
}

#[test]
fn another_day_or_address_makes_other_pages() {
    let project = Project::new();
    let fresh = tempfile::tempdir().unwrap();
    build(project.root.path(), &project.target());
    let day = TODAY.tomorrow().unwrap();
    assert!(build_on(project.root.path(), &project.target(), day).0);
    assert!(build_on(project.root.path(), &fresh.path().join("public"), day).0);
    assert_eq!(files(&project.target()), files(&fresh.path().join("public")));
}

#[test]
fn assets_of_earlier_builds_stay_for_a_while() {
    let project = Project::new();
    let site = project.root.path().join("content/site.yaml");
    fs::write(&site, fs::read_to_string(&site).unwrap() + "keep_assets_days: 3\n").unwrap();
    assert!(project.check("first"));
    let scripts = || {
        let names = files(&project.target()).into_keys();
        names.filter(|name| name.starts_with("assets/site.") && name.ends_with(".js")).count()
    };
    let on = |days: i64| build_on(project.root.path(), &project.target(), TODAY + jiff::Span::new().days(days)).0;
    let script = |text: &str| write(project.root.path(), "themes/default/assets/site.js", text);
    assert_eq!(scripts(), 1);
    script("void 0;\n");
    assert!(on(10) && scripts() == 2);
    script("void 1;\n");
    assert!(on(12) && scripts() == 3, "each has its own days");
    assert!(on(13) && scripts() == 3);
    let before = stamps(&project.target());
    assert!(on(13));
    assert_eq!(written(&before, &stamps(&project.target())), [disk::MANIFEST]);
    assert!(on(14) && scripts() == 2, "{} scripts", scripts());
    // One that comes back is the site's again.
    script("void 0;\n");
    assert!(on(15) && scripts() == 2);
    assert!(on(19) && scripts() == 1);
}

#[test]
fn a_fresh_checkout_keeps_assets_where_the_last_site_was_brought_back() {
    let first = Project::new();
    let brought_back = |with_memory: bool| {
        let next = Project::new();
        copy(&first.target(), &next.target());
        if with_memory {
            copy(&first.target().with_file_name(".public.rahnuma"), &next.target().with_file_name(".public.rahnuma"));
        }
        write(next.root.path(), "themes/default/assets/site.js", "void 0;\n");
        assert!(build_on(next.root.path(), &next.target(), TODAY.tomorrow().unwrap()).0);
        files(&next.target())
    };
    build(first.root.path(), &first.target());
    let (before, after) = (files(&first.target()), brought_back(true));
    let assets: Vec<_> = before.iter().filter(|(name, _)| name.starts_with("assets/")).collect();
    assert!(assets.len() > 3 && assets.iter().all(|(name, bytes)| after.get(*name) == Some(*bytes)));
    assert!(after.len() > before.len(), "the new script is there too");
    assert_eq!(after, brought_back(false), "what the program remembers makes builds faster, and nothing else");
}

#[test]
fn memory_that_is_lost_cut_off_or_damaged_changes_nothing() {
    let project = Project::new();
    assert!(project.check("first"));
    let cache = project.out.path().join(".public.rahnuma/cache");
    let bytes = fs::read(&cache).unwrap();
    assert!(bytes.len() > 1000);
    for (what, damaged) in [
        ("cut off", bytes[..bytes.len() / 2].to_vec()),
        ("empty", Vec::new()),
        ("one bit", bytes.iter().enumerate().map(|(at, byte)| if at == 700 { byte ^ 1 } else { *byte }).collect()),
        ("another program's", [&[0; 16], &bytes[16..]].concat()),
        ("noise", (0..5000_u32).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect()),
    ] {
        fs::write(&cache, damaged).unwrap();
        assert!(project.check(what), "{what}");
    }
    fs::remove_file(&cache).unwrap();
    assert!(project.check("lost"));
    // A page that somebody changed by hand is made again.
    let page = project.target().join("en/index.html");
    let good = fs::read(&page).unwrap();
    fs::write(&page, "changed by hand").unwrap();
    assert!(project.check("a page changed by hand"));
    assert_eq!(fs::read(&page).unwrap(), good);
}

impl Project {
    fn replace(&self, name: &str, from: &str, to: &str) {
        let path = self.root.path().join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{name} has {from}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    fn found(&self) -> String {
        build(self.root.path(), &self.target()).1
    }
}

#[test]
fn a_number_in_a_text_is_compared_with_facts_that_come_later() {
    let project = Project::new();
    for locale in ["en", "ur", "zh"] {
        let name = format!("content/guides/example/close-sim.{locale}.md");
        let text = fs::read_to_string(project.root.path().join(&name)).unwrap();
        write(project.root.path(), &name, text.replacen("\n{{ include", "\n7755\n\n{{ include", 1));
    }
    assert!(project.check("a number that no fact states"), "{}", project.found());
    let policy = "content/policies/example.yaml";
    let text = fs::read_to_string(project.root.path().join(policy)).unwrap();
    let fact = "  - id: new-fee\n    label: {zh: 新费用, en: New fee, ur: نئی فیس}\n    kind: money\n    risk: low\n    readings:\n      \
                - value: {currency: PKR, exact: 7755}\n        confidence: unverified\n        checked: 2026-11-22\n        \
                sources: [our-notes]\n";
    write(project.root.path(), policy, text + fact);
    assert!(!project.check("a fact states it"));
    assert_eq!(project.found().matches("typed-number").count(), 3, "{}", project.found());
    project.replace(policy, "exact: 7755", "exact: 7756");
    assert!(project.check("it states another"), "{}", project.found());
    project.replace(policy, "exact: 7756", "exact: 7755");
    assert!(!project.check("a fact states it again"));
}

#[test]
fn a_guide_in_which_nothing_is_found_is_remembered_as_clean() {
    let project = Project::new();
    let clean = || {
        let mut memory = Memory::default();
        let options = Options { as_of: TODAY, ..Options::default() };
        let _ = compile_again(&disk::read(project.root.path()).0, &options, &mut memory, &|_| {});
        memory.clean.count()
    };
    assert_eq!(clean(), 1);
    write(project.root.path(), "content/static/note.txt", "Copied as it is.");
    assert_eq!(clean(), 1);
    project.replace("content/guides/example/close-sim.ur.md", " when=wallet", "");
    assert_eq!(clean(), 0);
}

#[test]
fn a_guide_that_was_clean_is_looked_at_again_when_anything_that_it_is_compared_with_changes() {
    let project = Project::new();
    assert!(project.check("first"));
    assert!(project.check("again"));
    let (ur, en) = ("content/guides/example/close-sim.ur.md", "content/guides/example/close-sim.en.md");
    for (file, from, to, code) in [
        (ur, " when=wallet", "", "attribute-parity"),
        (en, " when=wallet", "", "attribute-parity"),
        (ur, "- [ ] والٹ سے ساری رقم نکال لیں {#empty-wallet when=wallet}\n", "", "item-parity"),
        ("content/situations.yaml", "id: wallet", "id: purse", "unknown-situation"),
        ("content/fragments/before-you-start.en.md", "\n", "\n\n- [ ] One thing more {#more}\n", "misplaced-item"),
    ] {
        project.replace(file, from, to);
        assert!(!project.check(code), "{code}");
        assert!(project.found().contains(code), "{code}: {}", project.found());
        let good = starter();
        fs::copy(good.path().join(file), project.root.path().join(file)).unwrap();
        assert!(project.check("mended"), "{code}");
    }
}

#[test]
fn drafts_are_looked_at_as_they_are_now_and_left_out() {
    let project = Project::new();
    assert!(project.check("first"));
    let before = files(&project.target());
    let guide = |folder: &str, name: &str, locale: &str| format!("content/{folder}guides/example/{name}.{locale}.md");
    let text = |name: &str| fs::read_to_string(project.root.path().join(name)).unwrap();
    for locale in ["en", "ur", "zh"] {
        write(project.root.path(), &guide("drafts/", "keep-sim", locale), text(&guide("", "close-sim", locale)));
    }
    assert!(project.check("a draft"), "{}", project.found());
    assert!(project.check("the same draft"));
    let item = "- [ ] والٹ سے ساری رقم نکال لیں {#empty-wallet when=wallet}\n";
    let ur = guide("drafts/", "keep-sim", "ur");
    let whole = text(&ur);
    project.replace(&ur, item, "");
    for what in ["an item less in a draft", "and still"] {
        assert!(project.check(what), "{}", project.found());
        assert!(project.found().contains("item-parity"), "{what}: {}", project.found());
    }
    assert_eq!(files(&project.target()), before);
    write(project.root.path(), &ur, &whole);
    assert!(project.check("the item again"));
    assert!(!project.found().contains("item-parity"), "{}", project.found());
    let source = guide("", "close-sim", "en");
    let published = text(&source);
    write(project.root.path(), &source, published.replacen("---\n", "---\ndraft: true\n", 1));
    assert!(!project.check("a guide becomes a draft, and a page leads to it"));
    write(project.root.path(), &source, published);
    assert!(project.check("and is none"));
    for locale in ["en", "ur", "zh"] {
        let path = |folder: &str| project.root.path().join(guide(folder, "keep-sim", locale));
        fs::rename(path("drafts/"), path("")).unwrap();
    }
    assert!(project.check("a draft is published"), "{}", project.found());
    assert!(project.target().join("ur/example/keep-sim/index.html").exists());
}

/// Templates lead where no text does, so that only finished pages tell.
#[test]
fn a_page_that_stays_may_not_lead_to_what_is_gone() {
    let project = Project::new();
    let name = |guide: &str, locale: &str| format!("content/guides/example/{guide}.{locale}.md");
    let text = |name: &str| fs::read_to_string(project.root.path().join(name)).unwrap();
    let built_in = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/templates/plain.html"));
    let template = |part: &str| {
        let links = ["example/more/", part].map(|to| format!("<a href=\"{{{{ page.home }}}}{to}\">x</a>")).concat();
        let text = built_in.as_ref().unwrap().replace("{{ plain.html", &format!("{links}{{{{ plain.html"));
        write(project.root.path(), "themes/default/templates/plain.html", text);
    };
    let locales = ["en", "ur", "zh"];
    for locale in locales {
        write(project.root.path(), &name("more", locale), text(&name("close-sim", locale)) + "\n### X {#end-of-it}\n");
    }
    template("example/more/#end-of-it");
    assert!(project.check("a page leads to a guide and to a part of it"), "{}", project.found());
    let more = locales.map(|locale| text(&name("more", locale)));
    for (locale, text) in locales.iter().zip(&more) {
        write(project.root.path(), &name("more", locale), text.replace("#end-of-it", "#end-of-all"));
    }
    assert!(!project.check("without the part"), "{}", project.found());
    for (locale, text) in locales.iter().zip(&more) {
        write(project.root.path(), &name("more", locale), text);
    }
    assert!(project.check("with the part"), "{}", project.found());
    for locale in locales {
        fs::remove_file(project.root.path().join(name("more", locale))).unwrap();
    }
    assert!(!project.check("without the guide"), "{}", project.found());
}

/// A small generator of numbers that are always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// Edits that editors make: words, values, names, files; some of them break the site.
fn edit(root: &Path, numbers: &mut Numbers) -> String {
    let sources: Vec<_> = WalkDir::new(root.join("content"))
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().to_owned())
        .collect();
    let file = &sources[numbers.below(sources.len())];
    let text = fs::read_to_string(file).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let at = numbers.below(lines.len().max(1));
    let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
    let what = match numbers.below(5) {
        0 => {
            lines.insert(at, String::new());
            "a line"
        }
        1 => {
            lines.push("More words at the end.".into());
            "words at the end"
        }
        2 => {
            let line = lines[at].replace('1', "2");
            lines[at] = line;
            "a figure"
        }
        3 => {
            let line = lines[at].replace("a ", "the ");
            lines[at] = line;
            "a word"
        }
        _ => {
            lines.remove(at);
            "a line less"
        }
    };
    fs::write(file, lines.join("\n") + "\n").unwrap();
    format!("{what} in {} at {at}", file.display())
}

/// A theme whose guides list all facts of their carrier, and a guide for every carrier whose text names none.
fn show_all_facts(project: &Project) {
    let list = "{% for fact in guide.facts %}<p>{{ fact.label }}: {{ fact.value_html | safe }}</p>{% endfor %}";
    let template = format!(
        "{{% extends \"built-in/templates/guide.html\" %}}{{% block main %}}{{{{ super() }}}}{list}{{% endblock %}}"
    );
    write(project.root.path(), "themes/default/templates/guide.html", template);
    for (locale, title) in [("en", "Ask"), ("ur", "پوچھیں"), ("zh", "询问")] {
        let text = format!(
            "---\ntitle: {title}\nsummary: {title}\n---\n{title}\n\n## {title} {{#ask}}\n\n- [ ] {title} {{#do-ask}}\n"
        );
        write(project.root.path(), &format!("content/guides/general/ask.{locale}.md"), text);
    }
}

#[test]
fn a_guide_that_lists_all_facts_of_its_carrier_is_new_when_one_of_them_is() {
    let project = Project::new();
    show_all_facts(&project);
    assert!(project.check("first"), "{}", project.found());
    for (owner, guide) in [("national", "general/ask"), ("example", "example/close-sim")] {
        let path = project.root.path().join(format!("content/policies/{owner}.yaml"));
        let text = fs::read_to_string(&path).unwrap();
        let at = text.find("label:").unwrap();
        let renamed = text[..at].to_owned() + &text[at..].replacen("en: ", "en: Unheard-of ", 1);
        fs::write(&path, renamed).unwrap();
        assert!(project.check(owner), "{owner}: {}", project.found());
        let page = fs::read_to_string(project.target().join(format!("en/{guide}/index.html"))).unwrap();
        assert!(page.contains("<p>Unheard-of "), "{guide}: {page}");
    }
}

#[test]
fn whatever_is_edited_the_site_is_the_same_as_made_anew() {
    let rounds = std::env::var("RAHNUMA_EDITS").ok().and_then(|count| count.parse().ok()).unwrap_or(15);
    let project = Project::new();
    show_all_facts(&project);
    assert!(project.check("first"));
    let good = tempfile::tempdir().unwrap();
    crate::common::copy(project.root.path(), good.path());
    let mut numbers = Numbers(7);
    let mut fine = 0;
    for round in 0..rounds {
        let what = edit(project.root.path(), &mut numbers);
        if project.check(&format!("round {round}: {what}")) {
            fine += 1;
        } else {
            // Back to what was right, so that most edits are of a whole site.
            fs::remove_dir_all(project.root.path().join("content")).unwrap();
            crate::common::copy(good.path(), project.root.path());
        }
    }
    assert!(fine * 4 > rounds, "{fine} of {rounds} edits left the site whole");
}

#[test]
fn what_is_found_in_a_remembered_text_is_found_where_it_stands_now() {
    let project = Project::new();
    assert!(project.check("first"));
    // Files before and behind the guide come and go, so that it has another number in the source tree.
    fs::remove_file(project.root.path().join("content/fragments/before-you-start.en.md")).unwrap();
    write(project.root.path(), "content/fragments/another.en.md", "Another fragment.\n");
    assert!(!project.check("a fragment less"));
    let (_, found) = build(project.root.path(), &project.target());
    let place = found.lines().find(|line| line.contains("unknown-fragment")).unwrap();
    assert!(place.starts_with("content/guides/example/close-sim.en.md:"), "{place}");
}

#[test]
fn what_one_file_says_is_seen_on_every_page_that_shows_it() {
    let project = Project::new();
    assert!(project.check("first"), "first");
    let replace = |name: &str, from: &str, to: &str| {
        let path = project.root.path().join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{name} has {from}");
        fs::write(path, text.replace(from, to)).unwrap();
    };
    replace("content/policies/example.yaml", "en: ", "en: New ");
    assert!(project.check("a carrier's names and facts"), "a carrier's names and facts");
    replace("content/policies/sources.yaml", "publisher: ", "publisher: New ");
    assert!(project.check("publishers"), "publishers");
    write(project.root.path(), "content/fragments/before-you-start.en.md", "> [!CAUTION]\n> Another fragment.\n");
    assert!(project.check("a fragment"), "a fragment");
    replace("content/pages/about.en.md", "title: ", "title: New ");
    assert!(project.check("a page's title"), "a page's title");
    let accept = ["accept", "--all", "--as-of", "2026-11-22", "--root", project.root.path().to_str().unwrap()];
    assert!(crate::common::program::rahnuma().args(accept).status().unwrap().success());
    assert!(project.check("records"), "records");
    replace("content/guides/example/close-sim.en.md", "Think of every", "Think of each");
    assert!(project.check("a source"), "a source");
    let page = project.target().join("ur/example/close-sim/index.html");
    assert!(fs::read_to_string(page).unwrap().contains("drifted"), "a source");
    write(
        project.root.path(),
        "themes/default/strings/en.yaml",
        fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/strings/en.yaml")).unwrap(),
    );
    replace("themes/default/strings/en.yaml", "Skip to", "Jump to");
    assert!(project.check("a theme's words"), "a theme's words");
    write(project.root.path(), "themes/default/assets/site.js", "void 0;\n");
    assert!(project.check("a theme's script"), "a theme's script");
}
