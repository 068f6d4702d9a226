//! Pages leave the templates as small as a minifier would make them, and say the same.

use rahnuma::render::smallest_page;

/// What a reader could see of a page: its text without tags, and its attributes' values do not count.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if inside || c.is_whitespace() => {}
            c => text.push(c),
        }
    }
    text
}

#[test]
fn a_minifier_finds_next_to_nothing_left() {
    let site = crate::common::real_site();
    let (mut all, mut least) = (0, 0);
    for (path, _) in site.routes().filter(|(path, _)| path.extension() == "html") {
        let page = site.render(path).unwrap().bytes;
        let small = smallest_page(&page);
        assert!(
            page.len() - small.len().min(page.len()) <= page.len() / 50,
            "{path}: {} bytes, and {} would do",
            page.len(),
            small.len()
        );
        let written = site.html(path).unwrap();
        assert_eq!(words(&String::from_utf8_lossy(&page)), words(&written), "{path}");
        all += page.len();
        least += small.len();
    }
    assert!((all - least) * 100 < all, "{all} bytes, and {least} would do");
}
