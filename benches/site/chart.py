"""A chart of what a page costs by the size of the site, as an SVG file that needs nothing but a browser."""
import math
from html import escape

WIDTH, HEIGHT = 780, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 250, 44, 52
COLOURS = {"neutral": "#1a6fb5", "rahnuma": "#0b8457", "hugo": "#c2410c"}


def steps(highest):
    """Round values for the upright axis."""
    raw = highest / 5
    unit = 10 ** math.floor(math.log10(raw))
    step = next(unit * factor for factor in (1, 2, 2.5, 5, 10) if unit * factor >= raw)
    return [step * at for at in range(math.ceil(highest / step) + 1)]


def draw(series, title, unit):
    """`series` is a list of `(column, label, [(pages, value), …])`; labels stand at the ends of the lines."""
    series = [(column, label, sorted(points)) for column, label, points in series if points]
    sizes = sorted({pages for _, _, points in series for pages, _ in points})
    lowest, highest = math.log10(sizes[0]), math.log10(sizes[-1])
    ticks = steps(max(value for _, _, points in series for _, value in points))
    across = lambda pages: LEFT + (WIDTH - LEFT - RIGHT) * ((math.log10(pages) - lowest) / (highest - lowest) if highest > lowest else 0.5)
    up = lambda value: HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / ticks[-1]
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">',
        "<style>text{font:13px system-ui,sans-serif;fill:#222}.grid{stroke:#8885}.line{fill:none;stroke-width:2.5}@media(prefers-color-scheme:dark){text{fill:#ddd}}</style>",
        f'<text x="{LEFT}" y="20" font-weight="700">{escape(title)}</text>',
    ]
    for value in ticks:
        out.append(f'<path class="grid" d="M{LEFT} {up(value):.1f}H{WIDTH - RIGHT}"/><text x="{LEFT - 8}" y="{up(value) + 4:.1f}" text-anchor="end">{value:g}</text>')
    for pages in sizes:
        out.append(f'<path class="grid" d="M{across(pages):.1f} {TOP}V{HEIGHT - BOTTOM}"/><text x="{across(pages):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{pages:,}</text>')
    out.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">pages of the site</text><text x="{LEFT - 8}" y="{TOP - 8}" text-anchor="end">{escape(unit)}</text>')
    taken = []
    for column, label, points in sorted(series, key=lambda one: -one[2][-1][1]):
        colour = COLOURS[column]
        line = " ".join(f"{across(pages):.1f},{up(value):.1f}" for pages, value in points)
        out.append(f'<polyline class="line" stroke="{colour}" points="{line}"/>')
        out += [f'<circle cx="{across(pages):.1f}" cy="{up(value):.1f}" r="3.5" fill="{colour}"/>' for pages, value in points]
        at = up(points[-1][1]) + 4
        while any(abs(at - other) < 16 for other in taken):
            at += 4
        taken.append(at)
        out.append(f'<text x="{across(points[-1][0]) + 10:.1f}" y="{at:.1f}" style="fill:{colour}">{escape(label)} {points[-1][1]:.2f}</text>')
    return "\n".join(out) + "\n</svg>\n"
