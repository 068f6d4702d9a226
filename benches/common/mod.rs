//! Made-up guides for benches: more of the starter's carrier, each in three languages and of about 8 KB.

use std::fmt::Write;

/// Languages with a sentence in each.
pub const WORDS: [(&str, &str); 3] = [
    ("en", "Ask which papers the counter wants and write the answer down before you travel there. "),
    ("ur", "سفر سے پہلے پوچھ لیں کہ کاؤنٹر پر کون سے کاغذات درکار ہوں گے اور جواب لکھ لیں۔ "),
    ("zh", "出发前先问清柜台需要哪些材料，并把答复记下来。"),
];

/// The files of so many guides in every language, by their paths.
pub fn files(guides: usize) -> impl Iterator<Item = (String, String)> {
    let in_locales = |at| WORDS.map(|(locale, words)| (path(at, locale), guide(at, words)));
    (0..guides).flat_map(in_locales)
}

fn path(at: usize, locale: &str) -> String {
    format!("content/guides/example/guide-{at}.{locale}.md")
}

fn guide(at: usize, words: &str) -> String {
    let mut text = format!("---\ntitle: {} {at}\nsummary: {}\n---\n\n{words}\n\n", words.trim(), words.trim());
    for step in 0..8 {
        let _ = write!(text, "## {} {{#step-{step}}}\n\n", words.trim());
        while text.len() < (step + 1) * 1000 {
            let _ = write!(text, "{words}{words}\n\n");
        }
        let _ = write!(
            text,
            "> [!NOTE]\n> {words}\n\n- [ ] {} {{#item-{step}}}\n- [ ] {} {{#more-{step} when=wallet}}\n\n",
            words.trim(),
            words.trim()
        );
    }
    text
}
