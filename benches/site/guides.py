"""What a made-up guide says: a plan that is the same in every locale, and its words in one.

A plan is a list of blocks. Sentences in it are `(kind, choice, n, m, about)`: a list of sentences in words.py, three numbers
that choose among words, and the fact or the guide it is about. Everything follows from the seed and the guide's name.
"""
import random

from words import FACTS, LOCALES, label

STEPS = ["prepare", "papers", "counter", "wait", "after", "trouble"]
TOPICS = ["close", "replace", "move", "recover", "rename", "prove", "cancel", "abroad"]
BY_KIND = {"money": "money", "duration": "time", "phone": "phone", "ussd": "code", "percentage": "share"}
# Facts that sentences name: those with a figure that holds today.
NAMED = [(ident, kind) for ident, kind, _, odd in FACTS if kind in BY_KIND and odd in ("", "ended")]
FRAGMENT = "before-you-start"
FRAGMENT_FACTS = ["national.min-age", "national.fine", "national.regulator-line"]
CARD_LINES = 2
FEW_NOUNS = min(len(locale["N"]) for locale in LOCALES.values())


class Dice:
    """Numbers from a name; the same with every version of Python."""

    def __init__(self, *name):
        self.bits = random.Random(":".join(map(str, name))).getrandbits

    def __call__(self, below):
        return self.bits(32) % below


def guide_id(guide):
    return f"{TOPICS[guide % len(TOPICS)]}-{guide:03d}"


def title(locale, seed, carrier, guide):
    dice = Dice(seed, "title", carrier, guide)
    words = LOCALES[locale]
    return words["T"][guide % len(words["T"]) if locale in ("en", "zh", "ur") else dice(99)  % len(words["T"])].format(n=words["N"][dice(9973) % len(words["N"])])


def plan(seed, carrier, guide, carriers, guides):
    """Blocks of a guide: `(kind, …)`."""
    dice = Dice(seed, "guide", carrier, guide)

    def sentence(kind="S", about=None):
        return kind, dice(9973), dice(9973), dice(9973), about

    def fact_sentence():
        ident, kind = NAMED[dice(len(NAMED))]
        return sentence(BY_KIND[kind], ident)

    def link_sentence():
        to = (dice(carriers) if dice(10) < 3 else carrier, dice(guides))
        return sentence("link", (*to, STEPS[dice(len(STEPS))] if dice(3) == 0 else None))

    def sentences(length):
        """No two that follow each other are the same."""
        start = dice(9973)
        return [("S", start + at, dice(9973), dice(9973), None) for at in range(length)]

    def paragraph(length, *more):
        return "p", sentences(length) + list(more)

    first = dice(9973)

    def item(number):
        """No two of a guide say the same, in locales of few words neither: another noun, and when those are used up another sentence."""
        return "I", number + number // FEW_NOUNS, first + number, dice(9973), None

    blocks = [paragraph(3, fact_sentence()), ("include", FRAGMENT)]
    items = 0
    for at, step in enumerate(STEPS):
        blocks.append(("h2", step, sentence("H"), " requires=prepare irreversible" if step == "counter" else ""))
        blocks.append(paragraph(2 + dice(3), fact_sentence()))
        if step == "papers":
            rows = [(dice(9973), NAMED[dice(len(NAMED))][0], dice(9973)) for _ in range(4 + dice(4))]
            blocks.append(("table", (dice(9973), dice(9973), dice(9973)), rows))
        elif step in ("prepare", "trouble"):
            blocks.append(("ul", sentences(3 + dice(3))))
        elif step == "wait":
            blocks.append(("ol", sentences(3 + dice(2))))
        if at % 2 == 0:
            blocks.append(("h3", f"more-{at}", sentence("H")))
            blocks.append(paragraph(2 + dice(2), link_sentence()))
        if step in ("counter", "after"):
            blocks.append(("alert", "warning" if step == "counter" else "note", [sentence(), fact_sentence()]))
        if step == "after":
            blocks.append(("labels", ["email", "terms", "papers"]))
        # Between a list and the items, which would be one list.
        blocks.append(paragraph(1))
        rows = []
        for _ in range(2 + dice(2)):
            items += 1
            rows.append((f"do-{items}", item(items), ["", "", "wallet", "abroad", "lost"][dice(5)], f"do-{items - 1}" if items > 1 and dice(6) == 0 else ""))
        blocks.append(("items", rows))
    blocks.append(paragraph(2, link_sentence(), link_sentence()))
    return blocks


def say(locale, sentence, value, link):
    """A sentence in a locale; `value` and `link` write what it is about."""
    kind, choice, n, m, about = sentence
    words = LOCALES[locale]
    pattern = words[kind][choice % len(words[kind])]
    noun, other = (words["N"][at % len(words["N"])] for at in (n, m))
    return pattern.format(n=noun, m=other, v=value(about) if kind in BY_KIND.values() else "", link=link(*about) if kind == "link" else "")


def facts_of(blocks):
    """Facts that a plan names, in the order of their first use, as `owner.fact` for the nation's."""
    found = {}
    for block in blocks:
        kind = block[0]
        if kind == "include":
            names = FRAGMENT_FACTS
        elif kind in ("p", "ul", "ol"):
            names = [s[4] for s in block[1] if s[0] in BY_KIND.values()]
        elif kind == "alert":
            names = [s[4] for s in block[2] if s[0] in BY_KIND.values()]
        elif kind == "table":
            names = [row[1] for row in block[2]]
        elif kind == "labels":
            names = block[1]
        else:
            names = []
        found.update(dict.fromkeys(names))
    return list(found)


def links_of(blocks):
    return [s[4] for block in blocks if block[0] == "p" for s in block[1] if s[0] == "link"]


class Writer:
    """Writes blocks as Markdown. What differs between programs is in the methods that its children replace."""

    def __init__(self, locale):
        self.locale = locale

    def body(self, blocks):
        return "\n\n".join(self.block(*block) for block in blocks) + "\n"

    def words(self, sentence):
        return say(self.locale, sentence, self.fact, self.link)

    def run(self, sentences):
        return LOCALES[self.locale]["join"].join(map(self.words, sentences))

    def block(self, kind, *more):
        return getattr(self, kind)(*more)

    def p(self, sentences):
        return self.run(sentences)

    def ul(self, sentences):
        return "\n".join(f"- {self.words(one)}" for one in sentences)

    def ol(self, sentences):
        return "\n".join(f"{at}. {self.words(one)}" for at, one in enumerate(sentences, 1))

    def h3(self, ident, words):
        return f"### {self.words(words)} {{#{ident}}}"

    def alert(self, kind, sentences):
        return f"> [!{kind.upper()}]\n> {self.run(sentences)}"

    def table(self, head, rows):
        nouns = LOCALES[self.locale]["N"]
        noun = lambda at: nouns[at % len(nouns)]
        lines = [map(noun, head), ["---"] * 3] + [[noun(first), self.fact(fact), noun(last)] for first, fact, last in rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)

    def labels(self, facts):
        at = {fact[0]: ix for ix, fact in enumerate(FACTS)}
        colon = "：" if self.locale == "zh" else ": "
        return "\n".join(f"- **{label(self.locale, at[fact])}**{colon}{self.fact(fact)}" for fact in facts)
