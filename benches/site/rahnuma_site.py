"""A made-up site in Rahnuma's own form, for the built-in theme and for a plain one."""
import json
import os
import re
import shutil

from guides import CARD_LINES, Dice, FRAGMENT, FRAGMENT_FACTS, Writer, guide_id, say, title
from policy import TODAY, carrier_id, documents, label_of, name_of, policy
from words import LOCALES, SITUATIONS, UI, brand, situation, ui

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(HERE))


def put(*parts, text):
    path = os.path.join(*parts)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    data = text.encode()
    with open(path, "wb") as file:
        file.write(data)
    return len(data)


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def local(options, words, indent):
    """A text in every locale, as a mapping below a key."""
    return "".join(f"\n{indent}{locale}: {quoted(words(locale))}" for locale in options["locales"])


class Guide(Writer):
    def __init__(self, options, carrier, locale):
        super().__init__(locale)
        self.options, self.carrier = options, carrier

    def fact(self, name):
        return f"{{{{ {name} }}}}"

    def link(self, carrier, guide, step):
        folder = "" if carrier == self.carrier else f"../{carrier_id(carrier)}/"
        return f"[{title(self.locale, self.options['seed'], carrier, guide)}]({folder}{guide_id(guide)}.md{'#' + step if step else ''})"

    def h2(self, ident, words, attributes):
        return f"## {self.words(words)} {{#{ident}{attributes}}}"

    def include(self, name):
        return f"{{{{ include {name} }}}}"

    def items(self, rows):
        lines = []
        for ident, words, when, requires in rows:
            more = (f" when={when}" if when else "") + (f" requires={requires}" if requires else "")
            lines.append(f"- [ ] {self.words(words)} {{#{ident}{more}}}")
        return "\n".join(lines)


def front(locale, seed, carrier, guide):
    """Title and summary."""
    dice = Dice(seed, "summary", carrier, guide)
    return title(locale, seed, carrier, guide), say(locale, ("S", dice(9973), dice(9973), dice(9973), None), None, None)


def write_guide(options, carrier, guide, locale, blocks, key_facts):
    name, summary = front(locale, options["seed"], carrier, guide)
    rule = "date_rule: {from: activation, fact: national.min-age}\n" if guide % 3 == 0 else ""
    text = f"---\ntitle: {quoted(name)}\nsummary: {quoted(summary)}\n{rule}key_facts: [{', '.join(key_facts)}]\n---\n" + Guide(options, carrier, locale).body(blocks)
    return put(options["out"], "rahnuma/content/guides", carrier_id(carrier), f"{guide_id(guide)}.{locale}.md", text=text)


def card(options, carrier, guide, locale):
    """What is said at the counter."""
    dice = Dice(options["seed"], "card", carrier, guide)
    return [say(locale, ("S", dice(9973), dice(9973), dice(9973), None), None, None) for _ in range(CARD_LINES)]


def write_card(options, carrier, guide):
    lines = {locale: card(options, carrier, guide, locale) for locale in options["locales"]}
    text = "".join("- text:" + local(options, lambda locale: lines[locale][at], "    ") + "\n" for at in range(CARD_LINES))
    put(options["out"], "rahnuma/content/guides", carrier_id(carrier), f"{guide_id(guide)}.card.yaml", text=text)


def value(options, fact, reading):
    shown, kind = reading["value"], fact["kind"]
    if shown == "unknown":
        return " unknown"
    if kind == "money":
        return f" {{currency: PKR, exact: {shown}}}"
    if kind == "duration":
        return f" {{unit: days, exact: {shown}}}"
    if kind == "percentage":
        return f" {{exact: {shown}}}"
    if kind == "phone":
        return f" {{number: {quoted(shown)}}}"
    if kind == "ussd":
        return f" {{code: {quoted(shown)}}}"
    if kind == "documents":
        return "".join(f"\n          - id: paper-{at}\n            label:" + local(options, lambda locale: documents(shown, locale)[at], "              ") for at in range(len(shown)))
    return f" {quoted(shown)}" if shown else local(options, lambda locale: ui(locale, "hours"), "          ")


def policy_yaml(options, owner):
    carrier = owner["at"] is not None
    lines = ["name:" + local(options, lambda locale: name_of(owner, locale), "  ")] + (["status: active"] if carrier else []) + ["country: PK", "facts:"]
    for ident, fact in owner["facts"].items():
        lines.append(f"  - id: {ident}\n    label:" + local(options, lambda locale: label_of(fact, locale), "      "))
        lines.append(f"    kind: {'yes-no-depends' if fact['odd'] == 'unknown' else fact['kind']}\n    risk: {fact['risk']}")
        lines += ["    conflict: true"] if fact["odd"] == "conflict" else []
        lines.append("    readings:")
        for reading in fact["readings"]:
            lines.append("      - value:" + value(options, fact, reading))
            lines += [f"        {key}: {reading[key]}" for key in ("from", "until") if reading[key]]
            lines.append(f"        confidence: {reading['confidence']}\n        checked: {reading['checked']}\n        sources: [{', '.join(reading['sources'])}]")
            if fact["odd"] == "unknown":
                lines.append("        ask:" + local(options, lambda locale: ui(locale, "ask"), "          "))
    return "\n".join(lines) + "\n"


def sources_yaml(owners):
    text = ""
    for owner in owners:
        cited = sorted({source for fact in owner["facts"].values() for reading in fact["readings"] for source in reading["sources"]})
        for source in cited:
            publisher = name_of(owner, "en")
            text += f"- id: {source}\n  title: {quoted(publisher + ', ' + source.rsplit('-', 1)[1])}\n  lang: en\n  publisher: {quoted(publisher)}\n  url: https://{owner['id']}.example/{source}\n  published: \"2026-03\"\n  seen: {TODAY}\n  copy: live\n  kind: official\n"
    return text


def fragment(locale):
    """Text that every guide includes: it names each of the nation's facts."""
    kinds = dict(zip(FRAGMENT_FACTS, ["time", "money", "phone"]))
    said = [say(locale, (kinds[name], 0, at, at, name), lambda name: f"{{{{ {name} }}}}", None) for at, name in enumerate(FRAGMENT_FACTS)]
    return LOCALES[locale]["join"].join(said) + "\n"


def write_strings(options, root):
    """English words of the built-in theme for locales that it has none in."""
    with open(os.path.join(REPOSITORY, "themes/default/strings/en.yaml"), encoding="utf-8") as file:
        english = file.read()
    forms = {"ar": ["zero", "one", "two", "few", "many", "other"], "fr": ["one", "many", "other"], "es": ["one", "many", "other"], "pt": ["one", "many", "other"], "id": ["other"]}
    for locale in options["locales"]:
        if os.path.exists(os.path.join(REPOSITORY, f"themes/default/strings/{locale}.yaml")):
            continue
        lines, one = [], ""
        for line in english.splitlines():
            key, colon, words = line.strip().partition(":")
            inline = re.search(r'\{one: ("[^"]*"), other: ("[^"]*")\}', line)
            indent = line[: len(line) - len(line.lstrip())]
            wanted = forms.get(locale, ["one", "other"])
            if inline:
                each = ", ".join(f"{form}: {inline[1 if form == 'one' else 2]}" for form in wanted)
                lines.append(f"{line[:inline.start()]}{{{each}}}")
            elif key == "one" and colon:
                one = words
            elif key == "other" and one:
                lines += [f"{indent}{form}:{one if form == 'one' else words}" for form in wanted]
                one = ""
            else:
                lines.append(line)
        put(root, f"themes/default/strings/{locale}.yaml", text="\n".join(lines) + "\n")


def site_yaml(options, theme):
    counter = [locale for locale in ("ur", "en") if locale in options["locales"]]
    locales = "".join(f"  - {{id: {locale}, tag: {LOCALES[locale]['tag']}, name: {LOCALES[locale]['name']}, dir: {LOCALES[locale]['dir']}, formats: {LOCALES[locale]['formats']}}}\n" for locale in options["locales"])
    return ("id: bench\ntitle:" + local(options, lambda locale: ui(locale, "site"), "  ") + "\ndescription:" + local(options, lambda locale: ui(locale, "about"), "  ")
            + f"\nbase_url: https://bench.example/\nsource_locale: en\ncounter_locales: [{', '.join(counter)}]\ntheme: {theme}\nlocales:\n{locales}review_days: {{high: 3650, medium: 3650, low: 3650}}\n")


def write_site(options):
    root = os.path.join(options["out"], "rahnuma")
    owners = [policy(options["seed"], at) for at in [None, *range(options["carriers"])]]
    put(root, "content/site.yaml", text=site_yaml(options, "default"))
    put(root, "content/situations.yaml", text="".join(f"- id: {ident}\n" + "".join(f"  {key}:" + local(options, lambda locale: situation(locale, ident)[:most], "    ") + "\n" for key, most in (("label", None), ("chip", 5), ("lead", None))) for ident in SITUATIONS))
    for owner in owners:
        put(root, f"content/policies/{owner['id']}.yaml", text=policy_yaml(options, owner))
    put(root, "content/policies/sources.yaml", text=sources_yaml(owners))
    for locale in options["locales"]:
        put(root, f"content/fragments/{FRAGMENT}.{locale}.md", text=fragment(locale))
        # The page is in its language, also where the program's words are not.
        heading, about = (ui(locale, "site"), ui(locale, "about")) if locale in UI else (say(locale, (kind, 0, 0, 1, None), None, None) for kind in "HS")
        put(root, f"content/pages/home.{locale}.md", text=f"---\ntitle: {quoted(heading)}\nsummary: {quoted(about)}\n---\n{about}\n")
    write_strings(options, root)
    if options["registry"]:
        put(root, "content/published.yaml", text=registry(options))


def registry(options):
    from guides import plan
    text = ""
    for carrier in range(options["carriers"]):
        for guide in range(options["guides"]):
            text += f"{carrier_id(carrier)}/{guide_id(guide)}:\n"
            for block in plan(options["seed"], carrier, guide, options["carriers"], options["guides"]):
                idents = [block[1]] if block[0] in ("h2", "h3") else [row[0] for row in block[1]] if block[0] == "items" else []
                text += "".join(f"  {ident}: live\n" for ident in idents)
    return text


def write_neutral(options):
    """The plain theme. Views of guides have no list of all carriers, so the theme carries its own."""
    root = os.path.join(options["out"], "neutral")
    for name in ("content/site.yaml",):
        os.remove(os.path.join(root, name))     # it may be the same file as the other site's
    put(root, "content/site.yaml", text=site_yaml(options, "neutral"))
    shutil.copytree(os.path.join(HERE, "theme/rahnuma"), os.path.join(root, "themes/neutral"), dirs_exist_ok=True)
    os.makedirs(os.path.join(root, "themes/neutral/assets"), exist_ok=True)
    shutil.copyfile(os.path.join(HERE, "theme/site.css"), os.path.join(root, "themes/neutral/assets/site.css"))
    strings = os.path.join(root, "themes/default/strings")
    if os.path.isdir(strings):
        shutil.move(strings, os.path.join(root, "themes/neutral/strings"))
        shutil.rmtree(os.path.join(root, "themes/default"))
    rows = ""
    for at in range(options["carriers"]):
        names = "".join(f"{'{% if' if not ix else '{% elif'} page.locale.id == \"{locale}\" %}}{brand(locale, at)}" for ix, locale in enumerate(options["locales"])) + "{% endif %}"
        ident = carrier_id(at)
        rows += f'    <li><a href="{{{{ page.home }}}}{ident}/"{{% if page.data == "/api/v1/facts/{ident}.json" %}} aria-current="true"{{% endif %}}>{names}</a></li>\n'
    put(root, "themes/neutral/templates/nav.html", text='{% component bench.nav(@page, @locale_index) %}\n<nav class="carriers" aria-label="{{ t(key="home.carriers") }}">\n  <ul>\n' + rows + "  </ul>\n</nav>\n{% endcomponent bench.nav %}\n")
