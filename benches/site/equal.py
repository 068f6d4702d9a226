"""Whether a built site says what the generator meant: the same guides, titles, headings, sentences, rows, figures and links.

A number counts only after this. The same checks hold for every program; what a theme adds is not looked at.
"""
import os
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

BASE = "https://bench.example"
# Marks of direction, and signs that languages put into numbers.
UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\u2066-\u2069]+")
IN_NUMBERS = re.compile(r"[\s,.*#'’\-–\u00a0\u202f\u066c\u200e\u200f\u2066-\u2069]+")
SKIPPED = ("script", "style", "template")


class Page(HTMLParser):
    """What is looked at in a page."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.root, self.ids, self.links, self.headings, self.title = {}, set(), [], [], ""
        self.text, self.article = [], {"tr": 0, "checkbox": 0, "note": 0}
        self.open, self.inside, self.silent, self.heading = [], 0, 0, None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids.update(filter(None, [found.get("id")]))
        if tag == "html":
            self.root = found
        elif tag == "a" and found.get("href"):
            self.links.append(found["href"])
        elif tag == "article":
            self.inside += 1
        elif tag in SKIPPED:
            self.silent += 1
        if re.fullmatch("h[1-6]", tag):
            self.heading = []
        if tag == "tr" and self.inside:
            self.article["tr"] += 1
        if self.inside and tag == "input" and found.get("type") == "checkbox":
            self.article["checkbox"] += 1
        if self.inside and found.get("role") == "note":
            self.article["note"] += 1

    def handle_endtag(self, tag):
        if tag == "article":
            self.inside -= 1
        elif tag in SKIPPED:
            self.silent -= 1
        if re.fullmatch("h[1-6]", tag) and self.heading is not None:
            words = "".join(self.heading).strip()
            self.title = self.title or (words if tag == "h1" else "")
            self.headings.append(squeezed(words))
            self.heading = None

    def handle_data(self, data):
        if not self.silent:
            self.text.append(data)
            if self.heading is not None:
                self.heading.append(data)


def squeezed(text):
    return UNSEEN.sub("", text)


def in_order(wanted, found):
    """Whether all of `wanted` stand in `found`, in that order."""
    rest = iter(found)
    return all(one in rest for one in wanted)


class Site:
    """A built folder."""

    def __init__(self, folder):
        self.folder, self.pages = folder, {}

    def file(self, address):
        path = os.path.join(self.folder, unquote(address).strip("/"))
        return os.path.join(path, "index.html") if os.path.isdir(path) else path

    def page(self, address):
        if address not in self.pages:
            with open(self.file(address), encoding="utf-8") as file:
                self.pages[address] = Page(file.read())
        return self.pages[address]


def broken_links(site, address, page):
    """Links of a page into its own site that lead nowhere, anchors included."""
    broken = []
    for link in sorted(set(page.links)):
        to = urlsplit(urljoin(BASE + address, link))
        if f"{to.scheme}://{to.netloc}" != BASE:
            continue
        if not os.path.isfile(site.file(to.path)):
            broken.append(link)
        elif to.fragment and to.path.endswith("/") and unquote(to.fragment) not in site.page(to.path).ids:
            broken.append(link)
    return broken


def faults_of(site, probe, plain):
    """What the page of one guide lacks. The plain theme is looked at in more detail, since it is the same for all."""
    address = "/" + probe["path"]
    if not os.path.isfile(site.file(address)):
        return ["there is no page"]
    page = site.page(address)
    text, numbers = squeezed("".join(page.text)), IN_NUMBERS.sub("", "".join(page.text))
    addresses = {urlsplit(urljoin(BASE + address, link)).path for link in page.links}
    everywhere = " ".join(page.links) + text + numbers
    faults = [f"{name} is {found!r}, not {wanted!r}" for name, found, wanted in [
        ("lang", page.root.get("lang"), probe["tag"]), ("dir", page.root.get("dir"), probe["dir"]), ("title", page.title, probe["title"]),
    ] if found != wanted]
    faults += [] if in_order([squeezed(one) for one in probe["headings"]], page.headings) else ["headings differ"]
    faults += [f"a sentence is missing: {one}" for one in probe["sentences"] if squeezed(one) not in text]
    faults += [f"a figure is missing: {one}" for one in probe["figures"] if one not in everywhere]
    faults += [f"a link is missing: {one}" for one in probe["links"] if one not in addresses]
    faults += [f"a link leads nowhere: {one}" for one in broken_links(site, address, page)]
    if plain:
        faults += [f"{name}: {found}, not {wanted}" for name, found, wanted in [
            ("rows in tables", page.article["tr"], probe["rows"]), ("boxes to tick", page.article["checkbox"], probe["items"]),
            ("alerts", page.article["note"], probe["alerts"]),
        ] if found != wanted]
    return faults


def missing_pages(site, model):
    """Guides, carriers and homes without a page."""
    wanted = [f"/{locale}/{one}" for locale in model["locales"] for one in ["", *(f"{carrier}/" for carrier in model["ids"]["carriers"])]]
    wanted += [f"/{locale}/{carrier}/{guide}/" for locale in model["locales"] for carrier in model["ids"]["carriers"] for guide in model["ids"]["guides"]]
    return [f"{address}: there is no page" for address in wanted if not os.path.isfile(site.file(address))]


def faults(folder, model, plain):
    """Everything in which a built site differs from what was meant."""
    site = Site(folder)
    found = missing_pages(site, model)
    for probe in model["probes"]:
        found += [f"{probe['path']}: {fault}" for fault in faults_of(site, probe, plain)]
    return found
