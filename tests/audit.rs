//! Finished pages, read again before a site is written.

use crate::common::{TODAY, compiled, short, starter, told, write};
use rahnuma::compile::{Options, compile};
use rahnuma::edge::disk;
use tempfile::TempDir;

/// The starter with a template for plain pages that has this body.
fn with(body: &str) -> TempDir {
    let site = starter();
    let head = "<!doctype html><html lang=\"{{ page.locale.tag }}\" dir=\"{{ page.locale.dir }}\"><title>{{ page.title }}</title><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\"><h1>{{ page.title }}</h1>";
    write(site.path(), "themes/default/templates/plain.html", format!("{head}{body}{{{{ plain.html | safe }}}}"));
    site
}

#[test]
fn the_same_fault_on_many_pages_is_told_once() {
    let site = with("<a href=\"#nowhere\">x</a>");
    let found = told(&compiled(site.path()));
    assert_eq!(found.matches("error[dead-link]").count(), 1, "{found}");
    assert!(found.contains("/en/about/ leads to `#nowhere`") && found.contains("2 other pages"), "{found}");
}

#[test]
fn parts_of_other_pages_are_looked_for_there() {
    let to =
        |part: &str| short(with(&format!("<a href=\"{{{{ page.home }}}}example/close-sim/#{part}\">x</a>")).path());
    assert_eq!(to("counter"), "");
    assert_eq!(to("checklist=prepare"), "", "what a link brings to the checklist is for the script");
    let gone = to("counters");
    assert_eq!(gone.matches("[dead-link]").count(), 3, "{gone}");
}

#[test]
fn a_fault_is_shown_where_the_text_says_it() {
    let site = with("<p id=\"twice\"></p>");
    for (locale, title) in [("en", "Twice"), ("zh", "两次"), ("ur", "دو بار")] {
        let page = site.path().join(format!("content/pages/about.{locale}.md"));
        let text = std::fs::read_to_string(&page).unwrap() + &format!("\n## {title} {{#twice}}\n\n{title}\n");
        std::fs::write(&page, text).unwrap();
    }
    let found = short(site.path());
    assert!(found.lines().any(|line| line.contains("about.en.md:") && line.contains("id `twice`")), "{found}");
}

#[test]
fn a_site_with_such_pages_is_not_written() {
    let site = with("<script src=\"https://cdn.example.net/x.js\"></script>");
    let (tree, _) = disk::read(site.path());
    let compiled = compile(&tree, &Options { as_of: TODAY, ..Options::default() });
    assert!(!compiled.has_errors());
    let target = site.path().join("public");
    let earlier = disk::remembered(&target);
    let written = disk::write(
        &compiled,
        &target,
        (&earlier, rahnuma::compile::Memory::default()),
        &disk::How::default(),
        &|_, _| {},
    );
    assert!(matches!(written, Err(disk::NotWritten::Content(found)) if found[0].code.name() == "unsafe-page"));
    assert!(!target.join("index.html").exists());
}

#[test]
fn what_a_policy_allows_may_stand_in_a_page() {
    let policy = |sources: &str| {
        let site = starter();
        let page = format!(
            "<!doctype html><html lang=\"{{{{ page.locale.tag }}}}\" dir=\"{{{{ page.locale.dir }}}}\"><title>x</title><meta http-equiv=\"content-security-policy\" content=\"{sources}\"><style>p{{color:red}}</style><h1>x</h1>{{{{ plain.html | safe }}}}"
        );
        write(site.path(), "themes/default/templates/plain.html", page);
        short(site.path())
    };
    assert_eq!(policy("default-src 'none'; style-src 'unsafe-inline'"), "");
    assert!(policy("default-src 'none'").contains("[unsafe-page]"));
}

/// The starter with this template for plain pages.
fn templated(template: &str) -> TempDir {
    let site = starter();
    write(site.path(), "themes/default/templates/plain.html", template);
    site
}

#[test]
fn what_only_a_template_says_is_shown_there_by_its_line() {
    let head = "<!doctype html>\n<html lang=\"{{ page.locale.tag }}\" dir=\"{{ page.locale.dir }}\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">\n<title>{{ page.title }}</title>\n";
    let body = "<h1>{{ page.title }}</h1>\n{{ plain.html | safe }}\n";
    let whole = format!("{head}{body}");
    for (from, to, line, what) in [
        (" lang=\"{{ page.locale.tag }}\"", "", 2, "no `lang`"),
        (" dir=\"{{ page.locale.dir }}\"", "", 2, "no `dir`"),
        ("<title>{{ page.title }}</title>", "<title> </title>", 4, "has no title"),
        ("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">", "", 2, "states no policy"),
        ("<h1>{{ page.title }}</h1>", "<h1>{{ page.title }}</h1>\n<h4>Deep</h4>", 6, "level 4"),
        ("{{ plain.html | safe }}", "<label>a</label>\n<input id=\"place\">{{ plain.html | safe }}", 7, "`place`"),
        (
            "{{ plain.html | safe }}",
            "<p>\n<script>\nalert(1)\n</script>{{ plain.html | safe }}",
            7,
            "a script of its own",
        ),
        ("{{ plain.html | safe }}", "<p>\n<style>p { color: red }</style>{{ plain.html | safe }}", 7, "a style sheet"),
        ("{{ plain.html | safe }}", "<p style=\"color: red\">x</p>{{ plain.html | safe }}", 6, "a style of its own"),
        (
            "{{ plain.html | safe }}",
            "\n<p onclick=\"x()\">x</p>{{ plain.html | safe }}",
            7,
            "a script of its own, `onclick`",
        ),
        (
            "{{ plain.html | safe }}",
            "\n<img alt=\"\" src=\"https://x.example/a.png\">{{ plain.html | safe }}",
            7,
            "https://x.example",
        ),
    ] {
        let found = short(templated(&whole.replace(from, to)).path());
        let place = format!("themes/default/templates/plain.html:{line}:");
        assert!(found.lines().any(|it| it.starts_with(&place) && it.contains(what)), "{what} {line}: {found}");
        assert_eq!(found.lines().count(), 1, "{what}: {found}");
    }
}

#[test]
fn what_stands_in_a_template_above_or_in_a_component_is_shown_there() {
    let site = templated(
        "{% extends \"base.html\" %}\n{% block main %}<h1>{{ page.title }}</h1>{{ plain.html | safe }}{{ <site.box /> }}{% endblock %}\n",
    );
    write(
        site.path(),
        "themes/default/templates/box.html",
        "\n{% component site.box() -%}\n  <p style=\"color: red\">x</p>\n{%- endcomponent site.box %}\n",
    );
    let found = short(site.path());
    assert!(found.contains("themes/default/templates/box.html:3:") && found.contains("`color: red`"), "{found}");
}

#[test]
fn whatever_a_browser_goes_to_by_itself_is_looked_at() {
    for (html, what) in [
        (
            "<img alt=x src=\"/icons/social.png\" srcset=\"/icons/social.png 1x, https://x.example/a.png 2x\">",
            "loads `https://x.example/a.png` from",
        ),
        (
            "<picture><source srcset=\"https://x.example/b.png\"><img alt=x src=\"/icons/social.png\"></picture>",
            "loads `https://x.example/b.png` from",
        ),
        ("<video poster=\"https://x.example/c.png\"></video>", "loads `https://x.example/c.png` from"),
        ("<video><source src=\"https://x.example/c.mp4\"></video>", "loads `https://x.example/c.mp4` from"),
        ("<form action=\"https://x.example/d\"></form>", "sends a form to `https://x.example/d` from"),
        ("<form><button formaction=\"https://x.example/e\">x</button></form>", "sends a form to `https://x.example/e`"),
        (
            "<form><input type=image alt=x src=\"https://x.example/f.png\"></form>",
            "loads `https://x.example/f.png` from",
        ),
        ("<base href=\"https://x.example/g/\">", "takes its addresses from `https://x.example/g/`"),
        ("<svg><image href=\"https://x.example/h.png\"/></svg>", "loads `https://x.example/h.png` from"),
        ("<svg><use xlink:href=\"https://x.example/i.svg#a\"/></svg>", "loads `https://x.example/i.svg#a` from"),
        ("<object data=\"https://x.example/j\"></object>", "loads `https://x.example/j` from"),
        (
            "<link rel=preload as=image imagesrcset=\"https://x.example/k.png 1x\">",
            "loads `https://x.example/k.png` from",
        ),
        ("<link rel=preconnect href=\"https://x.example/\">", "loads `https://x.example/` from"),
        ("<form action=\"/en/\"></form>", ""),
        ("<svg><use href=\"#a\"/></svg>", ""),
    ] {
        let found = short(with(html).path());
        assert_eq!(found.lines().count(), usize::from(!what.is_empty()), "{html}: {found}");
        assert!(found.contains(what), "{html}: {found}");
        assert!(what.is_empty() || found.starts_with("themes/default/templates/plain.html:1:"), "{found}");
    }
}

#[test]
fn a_policy_speaks_of_pictures_forms_and_the_base_of_addresses_too() {
    let under = |policy: &str, html: &str| {
        let site = with(html);
        let file = site.path().join("themes/default/templates/plain.html");
        let text = std::fs::read_to_string(&file).unwrap().replace("default-src 'self'", policy);
        std::fs::write(&file, text).unwrap();
        short(site.path())
    };
    for (kind, html) in [
        ("img-src", "<video poster=\"/icons/social.png\"></video>"),
        ("img-src", "<img alt=x srcset=\"/icons/social.png 1x\">"),
        ("form-action", "<form action=\"/en/\"></form>"),
        ("base-uri", "<base href=\"/en/\">"),
    ] {
        let found = under(&format!("default-src 'self'; {kind} 'none'"), html);
        assert!(found.contains(&format!("which its policy forbids ({kind})")), "{found}");
        assert_eq!(under(&format!("default-src 'none'; {kind} 'self'"), html), "", "{html}");
    }
}
