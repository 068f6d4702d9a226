//! The theme contract: what templates may use, how a theme overrides the built-in one, and what borrowed pages say.

use std::fs;
use std::path::Path;

use crate::common::{compiled, findings, short, starter, write};
use rahnuma::compile::Compiled;
use rahnuma::source::path::SitePath;

/// Everything a template may read, as `src/view` has it.
const VARIABLES: &[&str] = &[
    "page",
    "locale_index",
    "content_index",
    "chooser",
    "home",
    "carrier",
    "guide",
    "plain",
    "general",
    "sources",
    "compare",
    "changes",
    "offline",
    "moved",
    "copy",
    "not_found",
    "words",
    "application",
];

fn html(compiled: &Compiled, path: &str) -> String {
    compiled.html(&SitePath::new(path).unwrap()).unwrap_or_else(|error| panic!("{path}: {error:?}"))
}

fn theme_file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default").join(name)).unwrap()
}

#[test]
fn templates_read_nothing_but_the_contract() {
    let site = starter();
    let compiled = compiled(site.path());
    let templates = compiled.renderer().unwrap().templates();
    for (name, _) in
        rahnuma::theme::FILES.iter().filter_map(|(name, bytes)| Some((name.strip_prefix("templates/")?, bytes)))
    {
        for variable in templates.variables(name) {
            assert!(VARIABLES.contains(&variable.as_str()), "{name} reads `{variable}`");
        }
    }
}

#[test]
fn an_unknown_variable_is_an_error_in_the_template() {
    let site = starter();
    write(
        site.path(),
        "themes/default/templates/plain.html",
        "<p>{{ plain.title }}</p>\n<p>{{ plain.subtitle }}</p>\n",
    );
    let found = findings(site.path());
    assert!(found.contains("themes/default/templates/plain.html:2:"), "{found}");
}

#[test]
fn style_sheets_know_no_left_and_right() {
    let css = theme_file("assets/site.css");
    for line in css.lines() {
        let declares = |name: &str| line.contains(&format!("{name}:")) || line.contains(&format!("{name} :"));
        for side in ["left", "right"] {
            for property in ["margin", "padding", "border", "inset"] {
                assert!(!line.contains(&format!("{property}-{side}")), "{line}");
            }
            assert!(!line.trim_start().starts_with(&format!("{side}:")), "{line}");
            assert!(
                !(declares("text-align") || declares("float") || declares("clear")) || !line.contains(side),
                "{line}"
            );
        }
    }
}

#[test]
fn a_theme_overrides_one_file_and_may_extend_the_built_in_one() {
    let site = starter();
    write(
        site.path(),
        "themes/default/templates/plain.html",
        "{% extends \"built-in/templates/plain.html\" %}\n{% block footer %}<p>own footer</p>{{ super() }}{% endblock %}\n",
    );
    let compiled = compiled(site.path());
    let page = html(&compiled, "en/about/index.html");
    assert!(page.contains("own footer") && page.contains("<footer"), "{page}");
    assert!(!html(&compiled, "en/index.html").contains("own footer"));
}

#[test]
fn a_base_of_its_own_needs_only_the_blocks_that_a_theme_uses() {
    let site = starter();
    let base = r#"<!doctype html><html lang="{{ page.locale.tag }}" dir="{{ page.locale.dir }}"><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'self'">
        <title>{{ page.title }}</title>
        <main>{% block main %}{% endblock %}</main></html>"#;
    write(site.path(), "themes/default/templates/base.html", base);
    let page = html(&compiled(site.path()), "en/example/close-sim/index.html");
    assert!(page.contains("<main>") && !page.contains("<footer"), "{page}");
    let own = "{% extends \"base.html\" %}{% block foot %}{% endblock %}";
    write(site.path(), "themes/default/templates/plain.html", own);
    let told = short(site.path());
    assert!(told.contains("`foot` is not defined in any parent template"), "{told}");
}

#[test]
fn assets_have_names_that_follow_their_contents_also_inside_style_sheets() {
    let site = starter();
    write(site.path(), "themes/default/assets/fonts/a.woff2", "a font");
    write(site.path(), "themes/default/assets/site.css", "@font-face{src:url(\"fonts/a.woff2\")}");
    let named = |begin: &str, end: &str| -> (String, String) {
        let all = asset_paths(&compiled(site.path()));
        let found = all.into_iter().find(|(path, _)| path.starts_with(begin) && path.ends_with(end));
        found.unwrap_or_else(|| panic!("no {begin}…{end}"))
    };
    let sheet = || named("assets/site.", ".css");
    let font = || named("assets/fonts/a.", ".woff2");
    let (css, first) = (sheet(), font());
    assert_eq!(plain(&css.1), format!("@font-face{{src:url({})}}", first.0.strip_prefix("assets/").unwrap()));
    write(site.path(), "themes/default/assets/fonts/a.woff2", "another font");
    assert_ne!(font().0, first.0);
    assert_ne!(sheet().0, css.0, "the sheet names another font, so it is another sheet");
}

#[test]
fn style_sheets_name_assets_in_every_dress_and_folder() {
    let site = starter();
    let asset = |name: &str, text: &str| write(site.path(), &format!("themes/default/assets/{name}"), text);
    asset("fonts/f.v1/LICENSE", "a licence");
    asset("fonts/f.v1/a.woff2", "a font");
    asset("pictures/Dot.SVG", "a picture");
    asset("css/more.css", "@font-face{src:URL( '../fonts/f.v1/a.woff2' )}a{mask:url(../pictures/Dot.SVG#one)}");
    names_asset(site.path(), "css/more.css");
    let all = asset_paths(&compiled(site.path()));
    let hashed = |begin: &str, end: &str| {
        let fits = |path: &&String| {
            let hash = path.strip_prefix(begin).and_then(|rest| rest.strip_suffix(end));
            hash.is_some_and(|hash| hash.len() == 10 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
        };
        all.iter().map(|(path, _)| path).find(fits).unwrap_or_else(|| panic!("no {begin}…{end} in {all:?}"))
    };
    hashed("assets/fonts/f.v1/LICENSE.", ".bin");
    let inside = |path: &str| path.replacen("assets/", "../", 1);
    let (font, picture) =
        (inside(hashed("assets/fonts/f.v1/a.", ".woff2")), inside(hashed("assets/pictures/Dot.", ".svg")));
    let sheet = hashed("assets/css/more.", ".css");
    let (_, css) = all.iter().find(|(path, _)| path == sheet).unwrap();
    assert_eq!(plain(css), format!("@font-face{{src:url({font})}}a{{mask:url({picture}#one)}}"));
}

/// A template that has the name of an asset.
fn names_asset(site: &Path, name: &str) {
    let text = format!(
        "{{% extends \"built-in/templates/plain.html\" %}}{{% block footer %}}{{{{ asset(name=\"{name}\") }}}}{{% endblock %}}"
    );
    write(site, "themes/default/templates/plain.html", &text);
}

#[test]
fn assets_that_nothing_names_are_told_and_not_published() {
    let site = starter();
    // What style sheets of a theme weigh beside the built-in one is another matter.
    let config = fs::read_to_string(site.path().join("content/site.yaml")).unwrap();
    write(site.path(), "content/site.yaml", format!("{config}budgets: {{styles: 9}}\n"));
    let asset = |name: &str, text: &str| write(site.path(), &format!("themes/default/assets/{name}"), text);
    asset("desktop.ini", "left by a file manager");
    asset("old/banner.css", "p{color:red}");
    asset("named.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    asset("fonts/b.woff2", "a font");
    asset("more.css", "@font-face{src:url(fonts/b.woff2)}");
    write(
        site.path(),
        "themes/default/templates/parts/c.html",
        "{% component a() %}{{ asset(name=\"more.css\") }} named.svg{% endcomponent %}",
    );
    let found = findings(site.path());
    assert_eq!(found.matches("warning[unused-file]").count(), 2, "{found}");
    assert!(found.contains("`desktop.ini`") && found.contains("`old/banner.css`"), "{found}");
    let all = asset_paths(&compiled(site.path()));
    let is_there = |begin: &str| all.iter().any(|(path, _)| path.starts_with(begin));
    assert!(is_there("assets/named.") && is_there("assets/more.") && is_there("assets/fonts/b."), "{all:?}");
    assert!(!is_there("assets/desktop.") && !is_there("assets/old/"), "{all:?}");

    // A name that a template makes up may be any.
    write(
        site.path(),
        "themes/default/templates/parts/d.html",
        "{% component d(x) %}{{ asset(name=x) }}{% endcomponent %}",
    );
    assert_eq!(findings(site.path()), "");
}

/// A style sheet without what the minifier may or may not change.
fn plain(css: &str) -> String {
    css.replace('"', "").replace("URL", "url")
}

#[test]
fn scripts_of_a_theme_stay_as_they_are() {
    let site = starter();
    let own = "var shared = 'read by another script'; // kept";
    write(site.path(), "themes/default/assets/own.js", own);
    names_asset(site.path(), "own.js");
    let all = asset_paths(&compiled(site.path()));
    let script =
        |begin: &str| all.iter().find(|(path, _)| path.starts_with(begin)).map(|(_, text)| text.as_str()).unwrap();
    assert_eq!(script("assets/own."), own);
    let built_in = script("assets/checklist.");
    let written = theme_file("assets/checklist.js");
    assert!(
        built_in.len() * 10 < written.len() * 7 || !cfg!(feature = "minify"),
        "{} of {}",
        built_in.len(),
        written.len()
    );
    let said = |(path, text): &&(String, String)| {
        path.ends_with(".js")
            && !path.contains("own.")
            && text.lines().any(|line| line.starts_with("//") || line.starts_with("/**"))
    };
    assert_eq!(
        all.iter().find(said).filter(|_| cfg!(feature = "minify")),
        None,
        "comments are for those who write scripts"
    );
}

fn asset_paths(compiled: &Compiled) -> Vec<(String, String)> {
    let paths = compiled.routes().map(|(path, _)| path.clone()).filter(|path| path.as_str().starts_with("assets/"));
    let text = |path: &SitePath| String::from_utf8_lossy(&compiled.render(path).unwrap().bytes).into_owned();
    paths.map(|path| (path.as_str().to_owned(), text(&path))).collect()
}

#[test]
fn a_published_photo_does_not_say_where_it_was_taken() {
    const PLACE: &[u8] = b"31.5204N 74.3587E";
    let site = starter();
    let whole = include_bytes!("images/whole.jpg");
    let comment = [&[0xFF, 0xFE, 0, 19][..], PLACE].concat();
    fs::write(site.path().join("content/pages/photo.jpg"), [&whole[..2], &comment, &whole[2..]].concat()).unwrap();
    let about = fs::read_to_string(site.path().join("content/pages/about.en.md")).unwrap();
    write(site.path(), "content/pages/about.en.md", format!("{about}\n![the counter](photo.jpg)\n"));
    let compiled = compiled(site.path());
    let path = compiled.routes().map(|(path, _)| path.clone()).find(|path| path.as_str().starts_with("assets/photo."));
    let photo = compiled.render(&path.unwrap()).unwrap().bytes;
    assert!(photo.starts_with(&[0xFF, 0xD8]) && !photo.windows(PLACE.len()).any(|part| part == PLACE));
}

#[test]
fn a_drawing_and_an_avif_are_shown_as_large_as_they_are_and_say_nothing_else() {
    const PLACE: &[u8] = b"31.5204N 74.3587E";
    let site = starter();
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 32\"><!-- 31.5204N 74.3587E --><path d=\"M0 0h9\"/></svg>";
    write(site.path(), "content/pages/way.SVG", drawing);
    fs::write(site.path().join("content/pages/photo.avif"), include_bytes!("images/turned.avif")).unwrap();
    let about = fs::read_to_string(site.path().join("content/pages/about.en.md")).unwrap();
    write(
        site.path(),
        "content/pages/about.en.md",
        format!("{about}\n![the way](way.SVG)\n\n![the counter](photo.avif)\n"),
    );
    let compiled = compiled(site.path());
    let page = html(&compiled, "en/about/index.html");
    assert!(page.contains("width=64 height=32") && page.contains("width=16 height=24"), "{page}");
    for (name, ending, media_type) in [("way", ".svg", "image/svg+xml"), ("photo", ".avif", "image/avif")] {
        let begin = format!("assets/{name}.");
        let path =
            compiled.routes().map(|(path, _)| path.clone()).find(|path| path.as_str().starts_with(&begin)).unwrap();
        let file = compiled.render(&path).unwrap();
        assert!(path.as_str().ends_with(ending) && file.media_type == media_type, "{path}");
        assert!(!file.bytes.windows(PLACE.len()).any(|part| part == PLACE), "{path}");
    }
}

#[test]
fn a_drawing_is_named_as_one() {
    let site = starter();
    write(site.path(), "content/pages/way.png", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 32\"/>");
    fs::write(site.path().join("content/pages/photo.svg"), include_bytes!("images/whole.png")).unwrap();
    let about = fs::read_to_string(site.path().join("content/pages/about.en.md")).unwrap();
    write(
        site.path(),
        "content/pages/about.en.md",
        format!("{about}\n![the way](way.png)\n\n![the counter](photo.svg)\n"),
    );
    let found = findings(site.path());
    assert!(found.contains("`way.png` is an SVG") && found.contains("`photo.svg` is no SVG"), "{found}");
}

#[test]
fn an_icon_has_the_size_that_pages_and_phones_are_told() {
    let site = starter();
    let built_in = |name: &str| rahnuma::theme::FILES.iter().find(|(known, _)| *known == name).unwrap().1;
    let put = |name: &str, bytes: &[u8]| {
        fs::create_dir_all(site.path().join("themes/default/icons")).unwrap();
        fs::write(site.path().join("themes/default/icons").join(name), bytes).unwrap();
    };
    put("icon-192.png", built_in("icons/icon-192.png"));
    assert_eq!(short(site.path()), "");
    put("icon-192.png", built_in("icons/icon-512.png"));
    put("social.png", &built_in("icons/social.png")[..100]);
    put("apple-touch-icon.png", built_in("icons/icon-512.png"));
    let told = short(site.path());
    assert!(told.contains("`icon-192.png` has 512 by 512 pixels"), "{told}");
    assert!(told.contains("`social.png` is a damaged image") && told.lines().count() == 2, "{told}");
}

#[test]
fn a_missing_translation_is_borrowed_openly() {
    let site = starter();
    fs::remove_file(site.path().join("content/guides/example/close-sim.ur.md")).unwrap();
    let compiled = compiled(site.path());
    let page = html(&compiled, "ur/example/close-sim/index.html");
    assert!(page.contains("<html lang=\"ur\" dir=\"rtl\""), "{page}");
    let main = page.split("<main").nth(1).unwrap();
    assert!(main.split('>').next().unwrap().contains("lang=\"en\" dir=\"ltr\""), "{main}");
    assert!(page.contains("noindex"));
    assert!(page.contains("rel=\"canonical\" href=\"https://example.org/en/example/close-sim/\""), "{page}");
    assert!(!page.contains("rel=\"alternate\" hreflang"), "a borrowed page claims no language");
    let notice = page.find("class=\"notice\"").unwrap();
    assert!(notice < page.find("<h1").unwrap());
    let own = html(&compiled, "en/example/close-sim/index.html");
    assert!(own.contains("hreflang=\"zh-Hans\" href=\"https://example.org/zh/example/close-sim/\""), "{own}");
    assert!(!own.contains("href=\"https://example.org/ur/example/close-sim/\""), "{own}");
    assert!(own.contains("hreflang=\"x-default\""));
}

#[test]
fn rendering_a_page_does_not_depend_on_the_others() {
    let site = starter();
    let compiled = compiled(site.path());
    let paths: Vec<SitePath> = compiled.routes().map(|(path, _)| path.clone()).collect();
    let forwards: Vec<_> = paths.iter().map(|path| compiled.render(path).unwrap()).collect();
    let backwards: Vec<_> = paths.iter().rev().map(|path| compiled.render(path).unwrap()).collect();
    assert!(forwards.iter().eq(backwards.iter().rev()));
}

/// An editor is not told what is wrong with the program's own words, so the program's tests are.
#[test]
fn the_built_in_words_follow_the_rules_of_wording() {
    let site = starter();
    for locale in ["zh", "en", "ur"] {
        let name = format!("strings/{locale}.yaml");
        write(site.path(), &format!("themes/default/{name}"), theme_file(&name));
    }
    assert_eq!(findings(site.path()), "");
}

#[test]
fn the_space_at_the_end_of_a_string_stands_before_what_follows() {
    let page = html(&compiled(starter().path()), "en/example/index.html");
    assert!(page.contains(">Source: <a") && !page.contains(">Source:<"), "{page}");
}

/// Any site has them: what only some sites are about is for their own words to name.
#[test]
fn the_built_in_words_are_about_no_subject() {
    let never = "SIM operator Pakistan Urdu 运营商 卡 巴基斯坦 乌尔都 آپریٹر موبائل پاکستان";
    for locale in ["zh", "en", "ur"] {
        for line in theme_file(&format!("strings/{locale}.yaml")).lines() {
            let sim = line.split(|c: char| !c.is_alphabetic()).any(|word| word == "سم");
            assert!(!sim && !never.split(' ').any(|word| line.contains(word)), "{locale}: {line}");
        }
    }
}

/// The program's own repository has the built-in theme beside the theme of its site.
#[test]
fn the_built_in_theme_beside_the_sites_own_is_not_left_over() {
    let site = starter();
    let told = |name: &str, text: &str| {
        write(site.path(), name, text);
        crate::common::short(site.path())
    };
    let config = fs::read_to_string(site.path().join("content/site.yaml")).unwrap();
    write(site.path(), "content/site.yaml", config + "theme: own\n");
    assert_eq!(told("themes/own/strings/en.yaml", "nav: {home: Start}\n"), "");
    assert_eq!(told("themes/default/strings/en.yaml", &theme_file("strings/en.yaml")), "");
    let changed = told("themes/default/strings/en.yaml", "nav: {home: Begin}\n");
    assert!(changed.contains("unused-file") && changed.contains("themes/default/strings/en.yaml"), "{changed}");
}

#[test]
fn an_editor_hears_of_the_sites_own_words_only() {
    let site = starter();
    write(
        site.path(),
        "content/glossary.yaml",
        "- preferred: {zh: 行, en: line, ur: سطر}\n  forbidden: {en: [checklist, the]}\n",
    );
    let of_theme = |found: &str| found.lines().filter(|line| line.contains("strings/en.yaml")).count();
    assert_eq!(of_theme(&crate::common::short(site.path())), 0);
    write(site.path(), "themes/default/strings/en.yaml", theme_file("strings/en.yaml"));
    assert!(of_theme(&crate::common::short(site.path())) > 0);
}

#[test]
fn words_of_a_theme_are_text_wherever_they_stand() {
    let site = starter();
    let marked = |line: &str| match line.strip_suffix('"') {
        Some(quoted) => format!("{quoted} <i>&\"\n"),
        None if line.ends_with(':') || line.is_empty() || line.contains('#') || line.contains(": {") => {
            format!("{line}\n")
        }
        None => format!("{line} <i>&\n"),
    };
    for file in ["strings/en.yaml", "strings/ur.yaml"] {
        let words: Vec<String> = theme_file(file).lines().map(marked).collect();
        write(site.path(), &format!("themes/default/{file}"), words.concat());
    }
    fs::remove_file(site.path().join("content/guides/example/close-sim.ur.md")).unwrap();
    let compiled = compiled(site.path());
    let paths: Vec<SitePath> = compiled.routes().map(|(path, _)| path.clone()).collect();
    let pages = paths.iter().filter(|path| path.as_str().ends_with(".html"));
    let mut told = 0;
    for path in pages {
        let page = html(&compiled, path.as_str());
        assert!(!page.contains("<i>"), "{path:?}: {}", page.split("<i>").next().unwrap());
        told += page.matches("&lt;i&gt;").count();
    }
    assert!(told > 100, "{told}");
}

/// Words of the theme and of editors become HTML in one way each: `t_html` for a string with HTML in its places, `_html` for what
/// Rust has made.
#[test]
fn templates_print_no_words_as_they_are() {
    let printed = |text: &str| {
        let mut parts: Vec<String> = text.split("| safe").map(str::to_owned).collect();
        parts.pop();
        parts.into_iter().map(|part| part.rsplit("{{").next().unwrap().trim().to_owned()).collect::<Vec<_>>()
    };
    for (name, bytes) in rahnuma::theme::FILES.iter().filter(|(name, _)| name.starts_with("templates/")) {
        for what in printed(std::str::from_utf8(bytes).unwrap()) {
            let fits = what.ends_with("html") || what == "page.json_ld";
            assert!(fits && !what.contains('('), "{name} prints `{what}` as it is");
        }
    }
}

#[test]
fn an_asset_is_no_template_whatever_its_folder_is_called() {
    let site = starter();
    write(site.path(), "themes/default/assets/templates/note.txt", "{% nonsense {{");
    write(site.path(), "themes/default/templates/parts/own.html", "<p>own part, beside note.txt</p>");
    write(
        site.path(),
        "themes/default/templates/plain.html",
        "{% extends \"built-in/templates/plain.html\" %}\n{% block footer %}{% include 'parts/own.html' %}{% endblock %}\n",
    );
    assert_eq!(findings(site.path()), "");
    assert!(html(&compiled(site.path()), "en/about/index.html").contains("own part"));
}

#[test]
fn a_renamed_section_keeps_its_old_address() {
    let site = starter();
    let registry = "example/close-sim:
  begin: {renamed_to: before}
  before: {renamed_to: prepare}
  prepare: live
  checklist: {renamed_to: prepare}
  old-accounts: {renamed_to: move-accounts}
  move-accounts: live
  empty-wallet: live
  counter: live
  desk: {renamed_to: counter-desk}
  counter-desk: live
  queue: {retired: 2026-10-01}
  ask-closure: live
  ask-abroad: live
  check: live
  confirm-closed: live
";
    write(site.path(), "content/published.yaml", registry);
    for locale in ["en", "zh", "ur"] {
        let name = format!("content/guides/example/close-sim.{locale}.md");
        let text = std::fs::read_to_string(site.path().join(&name)).unwrap();
        write(site.path(), &name, text + "\n### 3 {#counter-desk}\n\n3\n");
    }
    let compiled = compiled(site.path());
    assert_eq!(crate::common::short(site.path()), "");
    for locale in ["en", "zh", "ur"] {
        let page = html(&compiled, &format!("{locale}/example/close-sim/index.html"));
        let headings = [
            r#"<div class="prose" id="prepare"><span id="before"></span><span id="begin"></span>"#,
            r"<h4 id=counter-desk><span id=desk></span>",
            r#"data-renamed="old-accounts:move-accounts""#,
        ];
        headings.iter().for_each(|heading| assert!(page.contains(heading), "{locale}: {heading}\n{page}"));
        for id in ["prepare", "before", "begin", "counter-desk", "desk", "checklist"] {
            let found = [format!(" id=\"{id}\""), format!(" id={id}>")]
                .iter()
                .map(|id| page.matches(id).count())
                .sum::<usize>();
            assert_eq!(found, 1, "{locale}: {id}");
        }
        assert!(!page.contains("queue"));
    }
}

/// Ids in a template, as far as they stand in it: `item-{{ item.id }}` as `item-x`.
fn ids_of(template: &str, before: &str) -> Vec<String> {
    let text = theme_file(&format!("templates/{template}"));
    let written = text.split(before).skip(1).filter_map(|rest| rest.split_once('"').map(|(id, _)| id.to_owned()));
    let literal = |id: String| {
        let id = id.split("{{").map(|part| part.split_once("}}").map_or(part, |(_, behind)| behind));
        let id = id.collect::<Vec<_>>().join("x");
        // What is nothing but a variable has its id from elsewhere.
        (!id.is_empty() && id != "x" && !id.contains('{')).then_some(id)
    };
    written.filter_map(literal).collect()
}

#[test]
fn ids_that_templates_make_are_reserved() {
    let names = rahnuma::theme::FILES.iter().filter_map(|(name, _)| name.strip_prefix("templates/"));
    let ids: std::collections::BTreeSet<String> = names.flat_map(|name| ids_of(name, " id=\"")).collect();
    assert!(ids.len() > 20, "{ids:?}");
    for id in ids {
        assert!(rahnuma::model::reserved::is_reserved(&id), "`{id}` stands in a template: add it to model/reserved.rs");
    }
}

#[test]
fn sections_that_a_guide_makes_can_be_linked_to() {
    // Templates that a guide is made of.
    let texts = ["guide.html", "checklist.html", "evidence.html"].map(|name| theme_file(&format!("templates/{name}")));
    let lines = texts
        .iter()
        .flat_map(|text| text.lines())
        .filter_map(|line| line.split_once("<section")?.1.split_once(" id=\""));
    let made = lines.filter_map(|(_, rest)| rest.split_once('"')).map(|(id, _)| id).filter(|id| !id.contains('{'));
    let links: Vec<String> = made.map(|id| format!("[{id}](#{id})")).collect();
    assert!(links.len() >= 4, "{links:?}");
    let site = starter();
    let guide = format!(
        "---\ntitle: All\nsummary: All there is.\napplication: leave\nshort: [\"Go there.\"]\ndate_rule: {{from: activation, fact: national.closing-time}}\n---\n
See {}. [Ask how long it takes.]{{fact=national.closing-time is=unknown}}\n\n## Go {{#go}}\n\n- [ ] Go there {{#go-there}}\n",
        links.join(", ")
    );
    write(site.path(), "content/guides/example/all.en.md", guide);
    for locale in ["en", "ur", "zh"] {
        write(site.path(), &format!("content/applications/leave.{locale}.md"), "---\ntitle: A\n---\nA\n");
    }
    write(site.path(), "content/guides/example/all.card.yaml", "- text: {zh: 好, en: Good, ur: جی}\n");
    let found = crate::common::short(site.path());
    assert!(!found.contains("error["), "a section that a template makes is missing in link/sections.rs: {found}");
}

#[test]
fn what_nests_without_end_is_told_at_its_place() {
    let site = starter();
    let calc = format!("a{{}}\nb{{width:{}1px{}}}\n", "calc(".repeat(8000), ")".repeat(8000));
    write(site.path(), "themes/default/assets/site.css", calc);
    assert!(findings(site.path()).contains("themes/default/assets/site.css:2:"), "{}", findings(site.path()));
    std::fs::remove_file(site.path().join("themes/default/assets/site.css")).unwrap();
    for (name, text) in [
        ("plain.html", "{% include \"plain.html\" %}"),
        ("base.html", "{% extends \"base.html\" %}"),
        ("plain.html", "{% extends \"nowhere.html\" %}"),
    ] {
        let path = format!("themes/default/templates/{name}");
        write(site.path(), &path, text);
        let found = findings(site.path());
        assert!(found.contains("error[template-error]") && found.contains(&path), "{found}");
        std::fs::remove_file(site.path().join(path)).unwrap();
    }
    let deep = format!(
        "{{% extends \"base.html\" %}}{{% block main %}}{}x{}{{% endblock %}}",
        "<div>".repeat(2500),
        "</div>".repeat(2500)
    );
    write(site.path(), "themes/default/templates/plain.html", deep);
    assert_eq!(findings(site.path()), "");
}

#[test]
fn a_word_reads_the_same_in_a_template_as_written_and_in_one_made_ready() {
    let site = starter();
    for locale in ["en", "ur", "zh"] {
        let name = format!("strings/{locale}.yaml");
        let own = theme_file(&name).replace("  languages: ", "  languages: \"{n} & {n}\" # ");
        write(site.path(), &format!("themes/default/{name}"), own);
    }
    let compiled = compiled(site.path());
    let path = SitePath::new("en/index.html").unwrap();
    let published = String::from_utf8(compiled.render(&path).unwrap().bytes.to_vec()).unwrap();
    for page in [html(&compiled, "en/index.html"), published] {
        assert!(page.contains("aria-label=\"{n} &amp; {n}\""), "{page}");
    }
}
