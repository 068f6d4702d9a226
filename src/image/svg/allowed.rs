//! What a drawing may be made of. Everything named here stands still, runs nothing and takes nothing from elsewhere.

/// Namespaces of what browsers draw, of old addresses within it, and of XML itself.
pub const SVG: &[u8] = b"http://www.w3.org/2000/svg";
pub const XLINK: &[u8] = b"http://www.w3.org/1999/xlink";
pub const XML: &[u8] = b"http://www.w3.org/XML/1998/namespace";

/// Namespaces that browsers act on; what stands in any other one they do not show.
pub const ACTIVE: [&[u8]; 2] = [b"http://www.w3.org/1999/xhtml", b"http://www.w3.org/1998/Math/MathML"];

/// Elements that are drawn, or that change how others are.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "circle", "clipPath", "defs", "desc", "ellipse", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite",
    "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB",
    "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight",
    "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "filter", "g", "line", "linearGradient", "marker", "mask", "path",
    "pattern", "polygon", "polyline", "radialGradient", "rect", "stop", "style", "svg", "switch", "symbol", "text", "textPath",
    "title", "tspan", "use", "view",
];

/// Attributes whose values are words, not ways to draw.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "class", "id", "lang", "media", "requiredExtensions", "requiredFeatures", "role", "systemLanguage", "type", "version", "viewTarget",
];

/// Attributes that say how something is drawn.
#[rustfmt::skip]
const ATTRIBUTES: &[&str] = &[
    "alignment-baseline", "amplitude", "azimuth", "baseFrequency", "baseline-shift", "bias", "clip", "clip-path", "clip-rule",
    "clipPathUnits", "color", "color-interpolation", "color-interpolation-filters", "color-rendering", "cx", "cy", "d", "diffuseConstant",
    "direction", "display", "divisor", "dominant-baseline", "dx", "dy", "edgeMode", "elevation", "exponent", "fill", "fill-opacity",
    "fill-rule", "filter", "filterRes", "filterUnits", "flood-color", "flood-opacity", "font", "font-family", "font-kerning",
    "font-size", "font-size-adjust", "font-stretch", "font-style", "font-variant", "font-weight", "fr", "fx", "fy",
    "glyph-orientation-horizontal", "glyph-orientation-vertical", "gradientTransform", "gradientUnits", "height", "image-rendering",
    "in", "in2", "intercept", "isolation", "k1", "k2", "k3", "k4", "kernelMatrix", "kernelUnitLength", "kerning", "lengthAdjust",
    "letter-spacing", "lighting-color", "limitingConeAngle", "line-height", "marker", "marker-end", "marker-mid", "marker-start",
    "markerHeight", "markerUnits", "markerWidth", "mask", "mask-type", "maskContentUnits", "maskUnits", "method", "mix-blend-mode",
    "mode", "numOctaves", "offset", "opacity", "operator", "order", "orient", "overflow", "paint-order", "path", "pathLength",
    "patternContentUnits", "patternTransform", "patternUnits", "pointer-events", "points", "pointsAtX", "pointsAtY", "pointsAtZ",
    "preserveAlpha", "preserveAspectRatio", "primitiveUnits", "r", "radius", "refX", "refY", "result", "rotate", "rx", "ry", "scale",
    "seed", "shape-rendering", "side", "slope", "spacing", "specularConstant", "specularExponent", "spreadMethod", "startOffset",
    "stdDeviation", "stitchTiles", "stop-color", "stop-opacity", "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width", "style", "surfaceScale", "tableValues", "targetX",
    "targetY", "text-anchor", "text-decoration", "text-overflow", "text-rendering", "textLength", "transform", "transform-box",
    "transform-origin", "unicode-bidi", "values", "vector-effect", "viewBox", "visibility", "white-space", "width", "word-spacing",
    "writing-mode", "x", "x1", "x2", "xChannelSelector", "y", "y1", "y2", "yChannelSelector", "z", "zoomAndPan",
];

/// Attributes that no browser of today looks at, that mean nothing in an image, or in which programs keep what they like.
#[rustfmt::skip]
const LEFT_OUT: &[&str] = &[
    "baseProfile", "content", "contentScriptType", "contentStyleType", "cursor", "enable-background", "externalResourcesRequired",
    "focusable", "p-id", "t", "tabindex",
];

/// What an attribute is to a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Words,
    Drawn,
    Reference,
    /// Of no use to a picture.
    LeftOut,
    Script,
    Unknown,
}

pub fn attribute(name: &str) -> Part {
    let begins = |with: &str| name.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with));
    match name {
        "href" => Part::Reference,
        _ if begins("on") => Part::Script,
        _ if begins("data-") || LEFT_OUT.contains(&name) => Part::LeftOut,
        _ if name.starts_with("aria-") || WORDS.contains(&name) => Part::Words,
        _ if ATTRIBUTES.contains(&name) => Part::Drawn,
        _ => Part::Unknown,
    }
}

/// Why an element cannot stay, and what to do; nothing for one that can.
pub fn refused(element: &str) -> Option<(&'static str, &'static str)> {
    if ELEMENTS.contains(&element) {
        return None;
    }
    Some(match element {
        "script" | "handler" | "listener" => ("holds a script", super::PLAIN),
        "foreignObject" => (
            "holds a piece of a web page",
            "export its words as plain text: in draw.io without “Formatted Text”, elsewhere as “plain SVG”",
        ),
        "animate" | "animateColor" | "animateMotion" | "animateTransform" | "set" | "discard" => {
            ("moves", "export it standing still")
        }
        "image" | "feImage" => {
            ("holds another image", "show that one as a file of its own, or save the whole as PNG or WebP")
        }
        "a" => ("holds a link, which nobody can follow in an image", "take it out, and put the link into the text"),
        "font" | "font-face" => ("holds a font", "export its words as paths, or with the fonts that readers have"),
        "iframe" | "embed" | "object" | "video" | "audio" | "canvas" => ("holds a piece of a web page", super::PLAIN),
        _ => ("has an element that no still drawing needs", super::PLAIN),
    })
}
