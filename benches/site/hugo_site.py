"""The same made-up site for Hugo: content, data files and the plain theme."""
import os
import shutil

from guides import FRAGMENT, FRAGMENT_FACTS, Writer, guide_id, say, title
from policy import carrier_id, current, label_of, name_of, policy, text
from rahnuma_site import card, front, put, quoted
from words import LOCALES, brand, situation, ui

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEMES = {"phone": "tel:", "ussd": "tel:", "email": "mailto:", "url": ""}


class Guide(Writer):
    def __init__(self, options, carrier, locale):
        super().__init__(locale)
        self.options, self.carrier = options, carrier

    def fact(self, name):
        return f'{{{{< fact "{name}" >}}}}'

    def link(self, carrier, guide, step):
        folder = "" if carrier == self.carrier else f"../{carrier_id(carrier)}/"
        return f"[{title(self.locale, self.options['seed'], carrier, guide)}]({folder}{guide_id(guide)}.md{'#' + step if step else ''})"

    def h2(self, ident, words, _):
        return f"## {self.words(words)} {{#{ident}}}"

    def include(self, name):
        return f'{{{{< include "{name}" >}}}}'

    def items(self, rows):
        return "\n".join(f"- [ ] {self.words(words)}" + (f" *{situation(self.locale, when)}*" if when else "") for _, words, when, _ in rows)


def write_guide(options, carrier, guide, locale, blocks, _):
    name, summary = front(locale, options["seed"], carrier, guide)
    counter = [other for other in ("ur", "en") if other in options["locales"]]
    spoken = {other: card(options, carrier, guide, other) for other in {*counter, locale}}
    lines = []
    for at in range(len(spoken[locale])):
        for other in counter + ([locale] if locale not in counter else []):
            lines.append(f"  - {{lang: {LOCALES[other]['tag']}, dir: {LOCALES[other]['dir']}, text: {quoted(spoken[other][at])}}}")
    head = f"---\ntitle: {quoted(name)}\ndescription: {quoted(summary)}\nweight: {guide + 1}\ncard:\n" + "\n".join(lines) + "\n---\n"
    return put(options["out"], "hugo/content", carrier_id(carrier), f"{guide_id(guide)}.{locale}.md", text=head + Guide(options, carrier, locale).body(blocks))


def policy_yaml(options, owner, names):
    """Facts by name, each with its words in every locale."""
    lines = [f"order: [{', '.join(owner['facts'])}]", "facts:"]
    for ident, fact in owner["facts"].items():
        reading, scheme = current(fact), SCHEMES.get(fact["kind"])
        words = {locale: text(fact, locale) for locale in options["locales"]}
        lines.append(f"  {ident}:\n    label: {{" + ", ".join(f"{locale}: {quoted(label_of(fact, locale))}" for locale in words) + "}")
        lines.append("    text: {" + ", ".join(f"{locale}: {quoted(said)}" for locale, said in words.items()) + "}")
        lines += [f"    href: {quoted(scheme + str(reading['value']).replace('#', '%23'))}"] if scheme is not None else []
        lines.append(f"    confidence: {reading['confidence']}\n    checked: {quoted(reading['checked'])}\n    sources: [{', '.join(quoted(names) for _ in reading['sources'])}]")
    return "\n".join(lines) + "\n"


def write_site(options):
    root = os.path.join(options["out"], "hugo")
    shutil.copytree(os.path.join(HERE, "theme/hugo"), root)
    os.makedirs(os.path.join(root, "static"))
    shutil.copyfile(os.path.join(HERE, "theme/site.css"), os.path.join(root, "static/site.css"))
    languages = "".join(f'\n[languages.{locale}]\nlabel = "{LOCALES[locale]["name"]}"\nlocale = "{LOCALES[locale]["tag"]}"\nweight = {at}\n' for at, locale in enumerate(options["locales"], 1))
    with open(os.path.join(root, "hugo.toml"), "a", encoding="utf-8", newline="\n") as file:
        file.write(languages)
    for at in [None, *range(options["carriers"])]:
        owner = policy(options["seed"], at)
        put(root, f"data/policies/{owner['id']}.yaml", text=policy_yaml(options, owner, name_of(owner, "en")))
    carriers = range(options["carriers"])
    put(root, "data/carriers.yaml", text="".join(f"- id: {carrier_id(at)}\n  name: {{" + ", ".join(f"{locale}: {quoted(brand(locale, at))}" for locale in options["locales"]) + "}\n" for at in carriers))
    for locale in options["locales"]:
        words = {key: ui(locale, key) for key in ("site", "contents", "facts", "guides", "carriers", "skip", "languages", "here", "home", "note", "warning", "foot", "card")}
        words |= {key: LOCALES[locale][key] for key in ("tag", "dir", "name")}
        put(root, f"data/ui/{locale}.yaml", text="".join(f"{key}: {quoted(said)}\n" for key, said in words.items()))
        put(root, f"content/_index.{locale}.md", text=f"---\ntitle: {quoted(ui(locale, 'site'))}\ndescription: {quoted(ui(locale, 'about'))}\n---\n{ui(locale, 'about')}\n")
        kinds = dict(zip(FRAGMENT_FACTS, ["time", "money", "phone"]))
        said = [say(locale, (kinds[name], 0, at, at, name), lambda name: f'{{{{< fact "{name}" >}}}}', None) for at, name in enumerate(FRAGMENT_FACTS)]
        put(root, f"fragments/{FRAGMENT}.{locale}.md", text=LOCALES[locale]["join"].join(said) + "\n")
        general = quoted(name_of(policy(options["seed"], None), locale))
        put(root, f"content/general/_index.{locale}.md", text=f"---\ntitle: {general}\ndescription: {general}\nowner: national\n---\n")
        for at in carriers:
            put(root, f"content/{carrier_id(at)}/_index.{locale}.md", text=f"---\ntitle: {quoted(brand(locale, at))}\ndescription: {quoted(brand(locale, at))}\nweight: {at + 1}\n---\n")
