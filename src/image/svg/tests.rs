//! Drawings with one forbidden thing each, and those that are fine.

use super::{MAX_BYTES, Wrong, is_svg, size, without};

/// A drawing of 24 by 16 with something in it.
fn drawing(inside: &str) -> String {
    let spaces = "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
    format!("<svg {spaces} viewBox=\"0 0 24 16\">\n{inside}</svg>\n")
}

fn verdict(text: &str) -> Result<(u32, u32), Wrong> {
    assert!(is_svg(text.as_bytes()), "{text}");
    size(text.as_bytes()).map_err(|wrong| *wrong)
}

/// What is published of a drawing.
fn published(text: &str) -> String {
    String::from_utf8(without(text.as_bytes()).unwrap()).unwrap()
}

#[test]
fn what_stands_still_is_shown_as_it_is() {
    for inside in [
        "<path d=\"M0 0h24v16z\" fill=\"#fff\" stroke=\"rgb(1 2 3)\" transform=\"rotate(5) scale(2)\"/>",
        "<linearGradient id=\"a\"><stop offset=\"0\" stop-color=\"red\"/></linearGradient><rect fill=\"url(#a)\" width=\"5\"/>",
        "<defs><g id=\"a\"><circle r=\"2\"/></g></defs><use href=\"#a\"/><use xlink:href=\"#a\" x=\"5\"/>",
        "<clipPath id=\"a\"><rect width=\"5\"/></clipPath><g clip-path=\"url('#a')\" style=\"mask:url(#m);opacity:.5\"/>",
        "<style>.a > b { fill: red; } @media print { .a { fill: none } }</style><text class=\"a\">a &amp; b &#x661;</text>",
        "<style><![CDATA[.a{fill:url(#g)}]]></style><radialGradient id=\"g\"/>",
        "<title>The way</title><desc>left</desc><text xml:space=\"preserve\" xml:lang=\"ur\" direction=\"rtl\">راستہ</text>",
        "<filter id=\"f\"><feGaussianBlur stdDeviation=\"2\"/></filter><g filter=\"url(#f)\" aria-hidden=\"true\"/>",
        "<marker id=\"m\"><path d=\"M0 0\"/></marker><path d=\"M0 0h5\" marker-end=\"url(#m)\"/><use href=\"#nowhere\"/>",
        "<switch><text systemLanguage=\"ur\">a</text><text>b</text></switch>",
    ] {
        let text = drawing(inside);
        assert_eq!(verdict(&text), Ok((24, 16)), "{inside}");
        assert_eq!(published(&text), text, "nothing is left out");
        for before in ["\u{FEFF}", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", " \n"] {
            let text = format!("{before}{text}");
            assert_eq!(verdict(&text), Ok((24, 16)), "{text}");
            assert_eq!(published(&text), text);
        }
        let windows = text.replace('\n', "\r\n");
        assert_eq!(verdict(&windows), Ok((24, 16)));
    }
    let prefixed = "<s:svg xmlns:s='http://www.w3.org/2000/svg' width='24px' height='16'><s:rect/></s:svg>";
    assert_eq!(verdict(prefixed), Ok((24, 16)));
}

/// What stands in a drawing, and how the message begins.
const FORBIDDEN: &[(&str, &str)] = &[
    ("<script>alert(1)</script>", "holds a script: `<script>`"),
    ("<g><script href=\"a.js\"/></g>", "holds a script: `<script>`"),
    ("<rect onclick=\"alert(1)\"/>", "holds a script: `onclick` of `<rect>`"),
    ("<rect ONload=\"alert(1)\"/>", "holds a script: `ONload` of `<rect>`"),
    ("<foreignObject><p/></foreignObject>", "holds a piece of a web page: `<foreignObject>`"),
    (
        "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">alert(1)</h:script>",
        "holds a piece of a web page: `<script>`",
    ),
    ("<body xmlns=\"http://www.w3.org/1999/xhtml\"/>", "holds a piece of a web page: `<body>`"),
    ("<animate attributeName=\"href\" values=\"javascript:alert(1)\"/>", "moves: `<animate>`"),
    ("<set attributeName=\"onclick\" to=\"alert(1)\"/>", "moves: `<set>`"),
    ("<image href=\"a.png\"/>", "holds another image: `<image>`"),
    ("<image href=\"data:image/png;base64,AAAA\"/>", "holds another image: `<image>`"),
    ("<a href=\"javascript:alert(1)\"/>", "holds a link, which nobody can follow in an image: `<a>`"),
    ("<Path/>", "has an element that no still drawing needs: `<Path>`"),
    ("<rect x=\"1\"y=\"2\"/>", "is no XML: no space stands before `y`"),
    ("<text>\u{1}</text>", "is no XML: it holds a sign that no text has"),
    ("<text>&#1;</text>", "is no XML: `&#1;` is no sign that it knows"),
    ("<text id=\"&#1;\"/>", "is no XML: the value of `id` cannot be read"),
    ("<rect formaction=\"a\"/>", "has an attribute that no still drawing needs: `formaction` of `<rect>`"),
    ("<g xml:base=\"https://example.org\"/>", "has an attribute that no still drawing needs: `xml:base` of `<g>`"),
    ("<use href=\"a.svg#b\"/>", "takes something from elsewhere: `href=\"a.svg#b\"` of `<use>`"),
    ("<use xlink:href=\"data:a,b#c\"/>", "takes something from elsewhere: `xlink:href=\"data:a,b#c\"` of `<use>`"),
    ("<use href=\"&#106;avascript:a\"/>", "takes something from elsewhere: `href=\"javascript:a\"` of `<use>`"),
    ("<rect fill=\"url(https://example.org/#a)\"/>", "has `url(https://example.org/#a)` in `fill` of `<rect>`"),
    ("<rect style=\"fill:url(a.svg#b)\"/>", "has `url(a.svg#b)` in `style` of `<rect>`"),
    ("<rect style=\"width:expression(a)\"/>", "has `expression(…)` in `style` of `<rect>`"),
    ("<style>@import 'a.css';</style>", "has `@import` in a style sheet"),
    ("<style>@im<!-- -->port 'a.css';</style>", "has `@import` in a style sheet"),
    ("<style>a{fill:u<![CDATA[rl(b)]]>}</style>", "has `url(b)` in a style sheet"),
    ("<style>&#64;import 'a.css';<g/></style>", "has an element within a style sheet"),
    ("<style>a{fill:url(#m)}</style><mask id=\"m\"/>", "has `url(#m)`, which is no gradient, in a style sheet"),
    ("<?xml-stylesheet href=\"a.css\"?>", "takes a style sheet from elsewhere: `<?xml-stylesheet`"),
    ("<x:rect/>", "is no XML: it does not say what `x:` means"),
    ("<rect x:y=\"1\"/>", "is no XML: it does not say what `x:y` means"),
    ("<text>&b;</text>", "is no XML: `&b;` is no sign that it knows"),
    ("<text id=\"&b;\"/>", "is no XML: the value of `id` cannot be read"),
    ("<g id=\"<\"/>", "is no XML"),
    ("<rect width=\"1\" width=\"2\"/>", "is no XML"),
    ("<g></h>", "is no XML"),
    ("<!-- a -- b -->", "is no XML"),
    ("<?xml version=\"1.0\"?>", "is no XML: `<?xml` stands behind its beginning"),
];

#[test]
fn each_forbidden_thing_is_named() {
    for (inside, expected) in FORBIDDEN {
        let text = drawing(inside);
        let wrong = verdict(&text).unwrap_err();
        assert!(wrong.what.starts_with(expected), "{inside}: {wrong:?}");
        assert!(wrong.line.is_some_and(|line| line >= 2), "{inside}: {wrong:?}");
        assert!(without(text.as_bytes()).is_none(), "{inside}");
    }
}

#[test]
fn whole_files_that_are_no_drawings_are_refused() {
    let fine = drawing("<rect/>");
    let notes: Vec<String> = (0..50_000).map(|at| format!("data-{at}='' ")).collect();
    let bomb = "<!DOCTYPE svg [<!ENTITY b \"cc\"><!ENTITY d \"&b;&b;\">]>";
    for (text, expected) in [
        (format!("{bomb}{fine}"), "has a document type with rules of its own"),
        (format!("{fine}<!DOCTYPE svg>"), "is no XML: `<!DOCTYPE` stands behind its beginning"),
        (drawing("<!DOCTYPE svg>"), "is no XML: `<!DOCTYPE` stands behind its beginning"),
        (format!("<!DOCTYPE svg>{fine}").replace("<rect/>", "<text>&nbsp;</text>"), "is no XML: `&nbsp;` is no sign"),
        (fine.replace("xmlns=", "id="), "does not say that it is a drawing"),
        (fine.replace("2000/svg", "2000/sv&#103;"), "is no drawing: its outermost element is `<svg>`"),
        (fine.replace("viewBox", "preserveAspectRatio"), "does not say how large it is"),
        (format!("{fine}{fine}"), "is no XML: something stands behind its last element"),
        (format!("{fine}words"), "is no XML: words stand outside its elements"),
        (format!("<?xml version=\"1.0\" encoding=\"UTF-7\"?>{fine}"), "says that it is not written in UTF-8"),
        ("<g xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned(), "is no drawing: its outermost element is `<g>`"),
        ("<?xml version=\"1.0\"?>".to_owned(), "was cut off"),
        (drawing(&"<g>".repeat(100_000)), "nests more than 100 elements in each other"),
        (drawing(&"<x xmlns='a'>".repeat(70_000)), "nests more than 100 elements in each other"),
        (drawing(&format!("<g {}/>", notes.concat())), "has more than 100 attributes"),
        (drawing(&" ".repeat(MAX_BYTES)), "has 1000 kB; a drawing has at most 1000"),
    ] {
        let wrong = verdict(&text).unwrap_err();
        assert!(wrong.what.starts_with(expected), "{}: {wrong:?}", &text[..text.len().min(80)]);
    }
    for text in ["<!doctype HTML><svg/>", "<html/>", "a < b", "\u{FEFF}"] {
        assert!(!is_svg(text.as_bytes()), "{text}");
    }
    let latin = [drawing("").as_bytes(), b"<!-- \xE9 -->"].concat();
    assert_eq!(size(&latin).unwrap_err().what, "is not written in UTF-8");
}

#[test]
fn parts_that_use_each_other_come_to_an_end() {
    let tens = |kind: &str, using: &str| -> String {
        let part = |level: usize| {
            let uses = using.replace('?', &(level + 1).to_string()).repeat(10);
            format!("<{kind} id=\"p{level}\">{uses}</{kind}>")
        };
        (0..9).map(part).collect::<Vec<_>>().concat() + &format!("<{kind} id=\"p9\"><rect/></{kind}>")
    };
    let link = |at: usize| format!("<g id=\"p{at}\"><use href=\"#p{}\"/></g>", at + 1);
    let chain = (0..1000).rev().map(link).collect::<Vec<_>>().concat();
    let line = format!("M0 0{}", "h1".repeat(90_000));
    for (inside, expected) in [
        (tens("g", "<use href=\"#p?\"/>"), "has more than a million shapes"),
        (tens("pattern", "<rect fill=\"url(#p?)\"/>"), "has more than a million shapes"),
        (tens("mask", "<rect style=\"mask:url(#p?)\"/>"), "has more than a million shapes"),
        (
            format!("<marker id=\"m\">{}</marker><path d=\"{line}\" marker-mid=\"url(#m)\"/>", "<rect/>".repeat(20)),
            "has more than a million shapes",
        ),
        ("<g id=\"a\"><use href=\"#a\"/></g>".to_owned(), "uses `<g>` within itself"),
        ("<pattern id=\"a\"><rect fill=\"url(#a)\"/></pattern>".to_owned(), "uses `<pattern>` within itself"),
        (chain.clone(), "has parts that use parts"),
        (chain.replace("<g", "<symbol").replace("</g", "</symbol"), "has parts that use parts"),
    ] {
        let wrong = verdict(&drawing(&inside)).unwrap_err();
        assert!(wrong.what.starts_with(expected), "{}: {wrong:?}", &inside[..60]);
    }
    let shared = format!("<g id=\"a\">{}</g>{}", "<rect/>".repeat(100), "<use href=\"#a\"/>".repeat(1000));
    assert_eq!(verdict(&drawing(&shared)), Ok((24, 16)));
}

#[test]
fn what_programs_and_people_noted_is_not_published() {
    let text = "<?xml version=\"1.0\"?><!-- by Amna -->\n<?plantuml secret?><svg xmlns=\"http://www.w3.org/2000/svg\" \
        xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape' xmlns:r=\"r\" width=\"24\" inkscape:export='/home/amna' height=\"16\" \
        content=\"&lt;mxfile secret\">\n<metadata><r:RDF>Amna<script/></r:RDF></metadata><inkscape:view x=\"5\"/>\
        <r:a><r:b/><rect/><!-- c --></r:a><g inkscape:label=\"home\" data-name=\"at home\" id=\"g\"  ><rect/><!-- d --></g>\n</svg><!-- e -->";
    let expected = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"24\" height=\"16\">\n\
        <g id=\"g\"  ><rect/></g>\n</svg>";
    assert_eq!(verdict(text), Ok((24, 16)));
    assert_eq!(published(text), expected);
    assert_eq!(published(expected), expected, "twice is once");
    assert_eq!(published(&format!("\u{FEFF}{text}")), format!("\u{FEFF}{expected}"));
    let old =
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\"\n \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">";
    assert_eq!(published(&format!("{old}{text}").replace("<?xml version=\"1.0\"?>", "")), &expected[21..]);
}

#[test]
fn a_drawing_that_was_cut_off_anywhere_is_refused() {
    let text =
        drawing("<!-- a --><style>a{fill:red}</style><metadata><x/></metadata><g id=\"ü\">&amp;<![CDATA[b]]></g>");
    for end in 1..text.trim_end().len() {
        assert!(size(&text.as_bytes()[..end]).is_err(), "at {end}");
    }
    for at in 0..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[at] ^= 0x1F;
        assert_eq!(size(&changed).is_ok(), without(&changed).is_some());
    }
}
